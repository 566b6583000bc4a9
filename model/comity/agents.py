"""States and their organization are Mesa agents: rows of the world that have a name and decide for themselves.

Every column of a row is an attribute of its agent, read and written in place. A subclass of `MemberState` that
overrides one of `DECISIONS` in plain Python takes part in a run: the method says yes or no, and the stock rule then
does what follows from the answer.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import mesa
import numpy as np

from comity import syntax, world
from comity.chance import uniform
from comity.forces import consent, elections, exit, implementation, threat
from comity.mechanism import Rule, mechanism_of
from comity.rulebook import Rulebook, name_of

STANDINGS: Final = ("candidate", "member", "suspended", "in notice", "withdrawn", "returned", "associate")
"""The words for `standing`, in the order of its numbers."""

YES: Final = -1.0
NO: Final = 2.0
"""Draws that no chance of a yes can miss or reach."""


@dataclass(frozen=True)
class Decision:
    """A yes or no that a member takes: the stock rule, the purpose of its draw, and where its answer can be read."""

    rule: Rule
    purpose: int
    said: Callable[[Mapping[str, Any]], bool]

    def stock(self, rows: Mapping[str, Any]) -> bool | None:
        """What the stock rule would decide, tried on copies of the rows; None where there is nothing to decide."""
        asked = False

        def noticed(clock: Any, subject: int, purpose: int, object: int) -> float:
            nonlocal asked
            asked = asked or purpose == self.purpose
            return uniform(clock, subject, purpose, object)

        copies = {name: row.copy() for name, row in rows.items()}
        _with_draws(self.rule, noticed)(*copies.values())
        return self.said(copies) if asked else None

    def carry_out(self, rows: Mapping[str, Any], answer: bool) -> None:
        """Let the stock rule do what follows from an answer that it would not have given."""

        def settled(clock: Any, subject: int, purpose: int, object: int) -> float:
            if purpose == self.purpose:
                return YES if answer else NO
            return uniform(clock, subject, purpose, object)

        _with_draws(self.rule, settled)(*rows.values())


def _with_draws(rule: Rule, draw: Callable[..., float]) -> Callable[..., None]:
    return types.FunctionType(rule.__code__, {**rule.__globals__, "uniform": draw}, rule.__name__)


DECISIONS: Final[Mapping[str, Decision]] = {
    "vote": Decision(consent.vote, consent.VOTE, lambda rows: rows["post"].vote != 0),
    "ratify": Decision(consent.ratify, consent.RATIFY, lambda rows: rows["post"].rung == world.PARTY),
    "implement": Decision(
        implementation.carry_out,
        implementation.CARRY_OUT,
        lambda rows: rows["post"].implemented >= rows["post"].scope,
    ),
    "govern": Decision(elections.govern, elections.GOVERN, lambda rows: rows["member"].challenger_rules != 0),
    "threaten": Decision(threat.threaten, threat.THREATEN, lambda rows: rows["member"].threat != 0),
    "notify": Decision(exit.notify, exit.NOTIFY, lambda rows: rows["member"].standing == world.IN_NOTICE),
}
"""The decisions that a subclass of `MemberState` may override, by the name of the method."""


def _attribute(name: str, column: world.Column) -> property:
    def read(agent: Any) -> int | float:
        return agent.record[name].item()

    def write(agent: Any, value: float) -> None:
        if not column.low <= value <= column.high:
            raise ValueError(f"{name} of {agent.name} lies between {column.low} and {column.high}, not at {value}")
        agent.record[name] = value

    return property(read, write, doc=f"{column.means} ({column.unit}, {column.low:g} to {column.high:g})")


def _with_columns(table: str) -> Callable[[type], type]:
    """Give a class of agents the columns of its table as attributes."""

    def give(agents: type) -> type:
        for name, column in world.columns(table).items():
            setattr(agents, name, _attribute(name, column))
        return agents

    return give


@_with_columns("org")
class Organization(mesa.Agent):
    """The organization: an agent with a budget, a secretariat, an agenda and effort; its columns are attributes."""

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.record = model.world.org[0]
        self.name = model.title

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"


@_with_columns("member")
class MemberState(mesa.Agent):
    """A state: government, public, challenger and administration; its columns are attributes, such as `trust`.

    `iso3` and `name` say which; `row` is its row in the tables of `model.world`. The methods that are named in
    `DECISIONS` answer True or False; override one to decide otherwise, or call `super()` to hear what the stock rule
    would decide. `measure` and `post` are rows: `measure.depth`, `post.gap`. A method is asked only where there is
    something to decide. The no-lever twin, which records what states want, always follows the stock rules.
    """

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        self.row = row
        self.record = model.world.members[row]
        self.iso3: str = model.beginning.members[row]
        self.name: str = model.names.get(self.iso3, self.iso3)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.iso3}>"

    @property
    def standing_word(self) -> str:
        """The standing in words, from "candidate" to "returned"."""
        return STANDINGS[self.record["standing"]]

    @property
    def posts(self) -> Any:
        """The state's places on the measures, one for each slot; the measures are `model.world.measures`."""
        return self.model.world.posts[self.row]

    @property
    def stakes(self) -> Any:
        """What the state has in the policy areas, in the order of `model.beginning.areas`."""
        return self.model.world.stakes[self.row]

    def vote(self, measure: Any, post: Any) -> bool:
        """Whether the government votes for a measure in the organ."""
        return self.stock("vote", measure)

    def ratify(self, measure: Any, post: Any) -> bool:
        """Whether the state ratifies an open measure this quarter."""
        return self.stock("ratify", measure)

    def implement(self, measure: Any, post: Any) -> bool:
        """Whether the state implements what binds it this quarter; what is practice at home already, it does anyway."""
        return self.stock("implement", measure)

    def govern(self) -> bool:
        """Whether, after a vote, a challenger comes to govern."""
        return self.stock("govern")

    def threaten(self) -> bool:
        """Whether the government threatens to leave."""
        return self.stock("threaten")

    def notify(self) -> bool:
        """Whether, under a threat, the government gives notice."""
        return self.stock("notify")

    def stock(self, decision: str, measure: Any = None) -> bool:
        """What the stock rule would decide now; it changes nothing. False where there is nothing to decide."""
        found = DECISIONS[decision]
        _not_replaced(decision, self.model.beginning.book)
        return found.stock(self._rows(found.rule, measure)) or False

    def _rows(self, rule: Rule, measure: Any) -> dict[str, Any]:
        tables = self.model.world
        mechanism = mechanism_of(rule)
        assert mechanism is not None
        own = mechanism.name()
        rows = {"member": self.record, "org": tables.org[0], "clock": tables.clock[0], own: tables.params[0][own]}
        if mechanism.terms:
            rows["why"] = tables.whys[0][own]
        if measure is not None:
            slot, area = _slot(tables.measures, measure), int(measure.area)
            rows |= {"measure": measure, "area": tables.areas[area]}
            rows |= {"post": self.posts[slot], "stake": self.stakes[area]}
        return {name: rows[name] for name in syntax.arguments(rule)}


def _slot(measures: Any, measure: Any) -> int:
    """The slot of a row of `measures`, from where it lies in memory."""
    start, at = (rows.__array_interface__["data"][0] for rows in (measures, measure))
    slot, rest = divmod(at - start, measures.dtype.itemsize)
    if rest or not 0 <= slot < len(measures):
        raise ValueError("this measure is no row of the model's own table of measures")
    return int(slot)


def overriding(agents: type[MemberState]) -> frozenset[str]:
    """The decisions that a class of members takes in its own Python."""
    return frozenset(name for name in DECISIONS if getattr(agents, name) is not getattr(MemberState, name))


def asking(members: Sequence[MemberState]) -> Callable[[Rule], Callable[..., None]]:
    """A binding for `composer.plain`: rules of overridden decisions ask the member, all others are themselves."""
    deciders = {
        DECISIONS[name].rule: (name, {int(m.id): m for m in members if name in overriding(type(m))})
        for name in frozenset().union(*(overriding(type(member)) for member in members))
    }

    def bind(rule: Rule) -> Callable[..., None]:
        if rule not in deciders:
            return rule
        name, own = deciders[rule]
        names = syntax.arguments(rule)

        def ask(*passed: Any) -> None:
            rows = dict(zip(names, passed, strict=True))
            member = own.get(int(rows["member"].id))
            if member is None:
                rule(*passed)
            else:
                _ask(member, name, rows)

        return ask

    return bind


def _ask(member: MemberState, name: str, rows: Mapping[str, Any]) -> None:
    decision = DECISIONS[name]
    stock = decision.stock(rows)
    if stock is None:
        decision.rule(*rows.values())
        return
    answer = getattr(member, name)(*(rows[each] for each in ("measure", "post") if each in rows))
    if not isinstance(answer, bool | np.bool_):
        raise TypeError(f"{type(member).__name__}.{name} answered {answer!r}; a decision is True or False")
    if bool(answer) == stock:
        decision.rule(*rows.values())
    else:
        decision.carry_out(rows, bool(answer))


def _not_replaced(decision: str, book: Rulebook) -> None:
    name = name_of(DECISIONS[decision].rule)
    for own in book.own_rules:
        if own.place.replaces == name:
            raise ValueError(
                f"{decision} is decided by your rule {own.name}, which replaces {name}, so no member can be asked; "
                "decide either in the rule or in the class"
            )


def phases_with(book: Rulebook, decisions: frozenset[str]) -> frozenset[str]:
    """The phases in which decisions are taken; ValueError if the rulebook never comes to one of them."""
    found: dict[str, str] = {}
    for phase in book.quarterly:
        for step in phase.steps:
            found.update({name: phase.name for name in decisions if DECISIONS[name].rule is step.rule})
    for name in sorted(decisions - found.keys()):
        _not_replaced(name, book)
        raise ValueError(f"this rulebook has no {syntax.where(DECISIONS[name].rule)}, so nobody would ask {name}")
    return frozenset(found.values())
