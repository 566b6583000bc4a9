"""A rulebook is phases of rules in their order and mechanisms by name; rules of one's own replace or join them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from comity.mechanism import Mechanism, Rule, mechanism_of
from comity.own_checks import nearest
from comity.own_rules import OwnRule, Place, restored, taken
from comity.syntax import RuleError, given


@dataclass(frozen=True, slots=True)
class Step:
    """A rule in its place; `where` names a flag or amount, as `row.column`, without which it is not called
    (several, joined by `and`).

    A lever's rule is called while the lever is on. A `lasting` one works on what was written into a measure when it was
    tabled, so it is called wherever `where` says that it was, also after the lever has been switched off.
    """

    rule: Rule
    where: str = ""
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """Rules that act together. `season` is the quarter of the year in which alone it acts; `everywhere` also takes
    in the posts of states outside."""

    name: str
    claim: str
    steps: tuple[Step, ...]
    season: int | None = None
    everywhere: bool = False


def phase(
    name: str, claim: str, *rules: Rule | tuple[Step, ...], season: int | None = None, everywhere: bool = False
) -> Phase:
    """A phase from rules, or from rules that share a condition."""
    steps: list[Step] = []
    for rule in rules:
        steps.extend(rule if isinstance(rule, tuple) else (Step(rule),))
    return Phase(name, claim, tuple(steps), season, everywhere)


def only(where: str, *rules: Rule) -> tuple[Step, ...]:
    """The rules, called only for rows whose flag `where` is up."""
    return tuple(Step(rule, where) for rule in rules)


def lasting(where: str, *rules: Rule) -> tuple[Step, ...]:
    """A lever's rules on what its design left in a measure, for as long as the measure lives."""
    return tuple(Step(rule, where, lasting=True) for rule in rules)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that a run follows: set-up, the quarter, what is watched, and the mechanisms by name."""

    founding: tuple[Phase, ...]
    quarterly: tuple[Phase, ...]
    forces: Mapping[str, type[Mechanism]]
    levers: Mapping[str, type[Mechanism]]
    outcomes: Mapping[str, type[Any]]
    own_rules: tuple[OwnRule, ...] = ()
    """Rules from outside the package, in the order in which they were put in."""

    @property
    def phases(self) -> tuple[Phase, ...]:
        """All phases, set-up first."""
        return self.founding + self.quarterly

    def replacing(self, name: str, rule: Rule | str) -> Rulebook:
        """A rulebook in which `rule` acts wherever the rule called `name` did, such as "consent.ratify".

        RuleError tells all that is wrong with the rule, or the nearest name if there is none of this one.
        """
        return self._with(taken(rule, Place(replaces=name), self._named(name)))

    def joining(self, rule: Rule | str, after: str = "", before: str = "", where: str = "") -> Rulebook:
        """A rulebook in which `rule` acts too, after or before a rule ("publics.aggrieve") or a phase ("publics").

        `where` names a flag, as `row.column`, without which it is not called. RuleError as `replacing`.
        """
        if bool(after) == bool(before):
            raise RuleError("a rule joins either after or before a rule or a phase: name one of the two")
        return self._with(taken(rule, Place(after=after, before=before, where=where)))

    def described(self) -> list[dict[str, Any]]:
        """What it takes to make this rulebook again from the shipped one, in another process too: see `rebuilt`."""
        return [own.document() for own in self.own_rules]

    def restoring(self, told: Mapping[str, Any]) -> Rulebook:
        """A rulebook in which the rule that `told` describes acts too."""
        replaces = told["place"].get("replaces", "")
        return self._with(restored(told, self._named(replaces) if replaces else None))

    def _named(self, name: str) -> Rule:
        rules = {name_of(step.rule): step.rule for phase_ in self.phases for step in phase_.steps}
        if name not in rules:
            raise RuleError(f'there is no rule "{name}"{nearest(name, rules)}')
        return rules[name]

    def _with(self, own: OwnRule) -> Rulebook:
        place, step = own.place, Step(own.function, own.place.where)
        anchor = place.after or place.before
        if place.replaces:
            old = self._named(place.replaces)
            parts = (self.founding, self.quarterly)
            found = [tuple(_replaced(each, old, own.function) for each in part) for part in parts]
        else:
            quarterly = tuple(_joined(each, anchor, step, bool(place.after)) for each in self.quarterly)
            if quarterly == self.quarterly:
                names = [each.name for each in self.quarterly]
                names += [name_of(step.rule) for each in self.quarterly for step in each.steps]
                raise RuleError(f'there is no rule or phase "{anchor}" in the quarter{nearest(anchor, names)}')
            found = [self.founding, quarterly]
        return dataclasses.replace(self, founding=found[0], quarterly=found[1], own_rules=(*self.own_rules, own))


def name_of(rule: Rule) -> str:
    """The name of a rule, as its mechanism's and its own: "consent.ratify"; one that joined has its own alone."""
    own, mechanism = given(rule), mechanism_of(rule)
    if own is not None:
        return own.name
    return f"{mechanism.name()}.{rule.__name__}" if mechanism is not None else rule.__name__


def _replaced(phase_: Phase, old: Rule, new: Rule) -> Phase:
    steps = tuple(dataclasses.replace(step, rule=new) if step.rule is old else step for step in phase_.steps)
    return phase_ if steps == phase_.steps else dataclasses.replace(phase_, steps=steps)


def _joined(phase_: Phase, anchor: str, new: Step, is_after: bool) -> Phase:
    if phase_.name == anchor:
        return dataclasses.replace(phase_, steps=(*phase_.steps, new) if is_after else (new, *phase_.steps))
    steps: list[Step] = []
    for step in phase_.steps:
        here = name_of(step.rule) == anchor
        steps += [new] if here and not is_after else []
        steps.append(step)
        steps += [new] if here and is_after else []
    return phase_ if len(steps) == len(phase_.steps) else dataclasses.replace(phase_, steps=tuple(steps))


def of_kind(kind: type[Mechanism], phases: tuple[Phase, ...]) -> Mapping[str, type[Mechanism]]:
    """The mechanisms of a kind whose rules act in the phases, by name."""
    found: dict[str, type[Mechanism]] = {}
    for step in (step for phase_ in phases for step in phase_.steps):
        mechanism = mechanism_of(step.rule)
        if mechanism is not None and issubclass(mechanism, kind):
            found[mechanism.name()] = mechanism
    return MappingProxyType(found)
