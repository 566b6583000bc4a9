"""A counterfactual is played to its end: one number of one row changed before a phase, and nothing before it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from comity import composer, engine, world
from comity.beginning import Beginning
from comity.chance import run_key
from comity.course import Course
from comity.runs.decisions import KINDS
from comity.runs.organization import TEXT
from comity.runs.quantities import FLAGS, quantity
from comity.tables import World

TABLES: Final[Mapping[str, str]] = {
    "member": "members", "post": "posts", "stake": "stakes", "measure": "measures", "org": "org",
}  # fmt: skip
"""Tables of which a number may be changed, and what the world calls them."""
OF_A_STATE: Final = ("member", "post", "stake")
OF_A_MEASURE: Final = ("post", "stake", "measure")


@dataclass(frozen=True, slots=True)
class Nudge:
    """`column` (`table.column`) is `value` right before a phase of a quarter, in the row that member and measure name.

    `member` is an ISO-3 code, needed for what a state has; `measure` is its number, needed for what a measure or a
    place on it has, and for a stake, which is one in the area of that measure.
    """

    quarter: int
    phase: str
    column: str
    value: float
    member: str | None = None
    measure: int | None = None

    def document(self) -> dict[str, Any]:
        """Plain values; `nudge_from` reads them."""
        return asdict(self)

    def words(self) -> str:
        """What is otherwise, in words: "GBR: trust in the organization at 0.31"."""
        whose = f"{self.member}: " if self.member and self.column.partition(".")[0] in OF_A_STATE else ""
        if self.column in FLAGS:
            who, what = FLAGS[self.column]
            return f"{whose}had {who} {'' if self.value else 'not '}{what}"
        return f"{whose}{quantity(self.column)} at {self.value:.3g}"

    def text(self) -> str:
        """As an address holds it: `26~exit~member.trust~0.31~GBR~`."""
        parts = (self.quarter, self.phase, self.column, repr(self.value), self.member, self.measure)
        return "~".join("" if part is None else str(part) for part in parts)


def nudge_from(said: Nudge | str | Mapping[str, Any] | None) -> Nudge | None:
    """A nudge from its text, its document, or the document of a counterfactual, which says `after` for `value` and
    may say `decision` for `phase`. ValueError for what is none."""
    if said is None or isinstance(said, Nudge):
        return said
    if isinstance(said, str):
        parts = said.split("~")
        if len(parts) != len(Nudge.__slots__):
            raise ValueError(f"a nudge is written QUARTER~PHASE~TABLE.COLUMN~VALUE~MEMBER~MEASURE, not {said!r}")
        said = dict(zip(("quarter", "phase", "column", "value", "member", "measure"), parts, strict=True))
    try:
        phase = said["phase"] if said.get("phase") else phase_of(said["decision"])
        value = float(said["value"] if said.get("value") is not None else said["after"])
        measure = None if said.get("measure") in (None, "") else int(said["measure"])
        found = Nudge(int(said["quarter"]), str(phase), str(said["column"]), value, said.get("member") or None, measure)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"a nudge says quarter, phase, column, value, member and measure: {error}") from None
    table, _, name = found.column.partition(".")
    if table not in TABLES or name not in world.columns(table):
        raise ValueError(f"a nudge changes a column of {', '.join(TABLES)}; there is no {found.column}")
    declared = world.columns(table)[name]
    if not (math.isfinite(found.value) and declared.low <= found.value <= declared.high):
        raise ValueError(f"{found.column} lies between {declared.low:g} and {declared.high:g}, not at {found.value:g}")
    return found


def phase_of(decision: str) -> str:
    """The phase in which decisions of a kind are taken; ValueError for a kind that there is none of."""
    for kind in (*KINDS, TEXT):
        if kind.name == decision:
            return kind.phase
    raise ValueError(f"no decision is called {decision!r}")


def nudge_of(decision: Any, counterfactual: Any = None) -> Nudge:
    """The nudge that turns a decision of a `Story`: its counterfactual, or another of its `alternatives`.

    ValueError for a decision that no single change turns.
    """
    turn = decision.counterfactual if counterfactual is None else counterfactual
    if turn is None:
        raise ValueError("no single change turns this decision")
    found = nudge_from(
        {
            "quarter": decision.quarter,
            "phase": phase_of(decision.decision),
            "column": turn.column,
            "value": turn.after,
            "member": decision.member if turn.column.partition(".")[0] in OF_A_STATE else None,
            "measure": decision.measure if turn.column.partition(".")[0] in OF_A_MEASURE else None,
        }
    )
    assert found is not None
    return found


def change_of(kept: Any) -> dict[str, Any]:
    """What to set in a scenario (`with_`) so that a lever stands as a story's `levers` say it would have kept a member
    in; `kept` is one of them or its document."""
    said = kept if isinstance(kept, Mapping) else kept.document()
    at, strength = f"levers.{said['lever']}", float(said["strength"])
    return {
        f"{at}.on": strength > 0.0, f"{at}.from": None, f"{at}.until": None, f"{at}.schedule": None,
        f"{at}.strength": strength,
    }  # fmt: skip


def place_of(begin: Beginning, now: World, nudge: Nudge) -> int:
    """Where in the world's `flat` the number lies. ValueError if nothing of the kind is there at that time."""
    table, _, name = nudge.column.partition(".")
    row = slot = 0
    if table in OF_A_STATE:
        if nudge.member not in begin.members:
            raise ValueError(f"{nudge.column} is of a member; there is no member {nudge.member}")
        row = begin.members.index(nudge.member)
    if table in OF_A_MEASURE:
        live = (now.measures["serial"] == nudge.measure) & (now.measures["stage"] != world.EMPTY)
        if not live.any():
            raise ValueError(f"{nudge.column} is of a measure; measure {nudge.measure} is not on the table then")
        slot = int(np.flatnonzero(live)[0])
    if table == "post":
        row = row * world.SLOTS + slot
    elif table == "stake":
        row = row * now.size.areas + int(now.measures["area"][slot])
    elif table == "measure":
        row = slot
    return now.place(TABLES[table], row, name)


def nudged(begin: Beginning, seed: int, run: int, wished: Any, nudge: Nudge, picks: Any) -> tuple[Any, Any]:
    """Outcomes (K,) and record (quarters, picks) of a run with one number changed; the same bits before.

    `wished` is the path of the no-lever twin. ValueError for a nudge that has no place in the run.
    """
    phases = [phase.name for phase in begin.book.quarterly]
    if nudge.phase not in phases:
        raise ValueError(f"there is no phase {nudge.phase!r}; there are {', '.join(phases)}")
    if not 0 <= nudge.quarter < begin.world.size.quarters:
        raise ValueError(f"quarter {nudge.quarter} lies outside the run of {begin.world.size.quarters} quarters")
    calls = engine.phases(begin.book, begin.world.arguments)
    played = Course(begin, begin.world, calls, is_plain=False)
    now = played.world
    now.ideals[...] = wished
    first, second = run_key(seed, run)
    played.begin((int(first), int(second)))
    record = np.zeros((now.size.quarters, len(picks)))
    for quarter in range(now.size.quarters):
        played.turn(quarter)
        played.set_levers(now.plan[quarter])
        for name in phases:
            if quarter == nudge.quarter and name == nudge.phase:
                set_number(now, place_of(begin, now, nudge), nudge)
            calls[name](*played.arguments)
        record[quarter] = now.flat[picks]
    out = np.zeros(max(len(begin.book.outcomes), 1))
    composer.compiled(begin.book).finish(*played.arguments, out)
    return out, record


def set_number(now: World, place: int, nudge: Nudge) -> None:
    """Put the number of a nudge into its place in the world's `flat`."""
    table, _, name = nudge.column.partition(".")
    whole = world.dtype(table)[name].kind == "i"
    (now.buffer if whole else now.flat)[place] = int(nudge.value) if whole else nudge.value
