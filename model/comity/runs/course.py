"""What a run's course is told in: the region quarter by quarter, and each member quarter by quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity import world
from comity.beginning import Beginning
from comity.rulebook import Rulebook
from comity.runs.watch import Watch

if TYPE_CHECKING:
    from pandas import DataFrame

NOW: Final = "_now"
"""Ending of an accumulator that holds the value of the quarter."""

ORGANIZATION: Final[Mapping[str, str]] = {
    "effort": "effort",
    "scepticism": "scepticism",
    "predictability": "predictability",
    "equality": "equality",
    "waivers_in_use": "waivers_now",
    "coverage": "coverage",
    "revenue": "revenue",
    "spent": "spent",
    "reserve": "reserve",
}
"""Columns of the series, and the organization's columns that they hold."""

MEANS: Final[Mapping[str, str]] = {
    "preference": "preference",
    "gain": "gain",
    "democracy": "democracy",
    "capacity": "capacity",
    "outvoted": "outvoted",
    "overload": "overload",
}
"""Columns of the series that are means over the states inside, each counted once."""

STANDING: Final = (
    "candidate", "member", "suspended", "in notice", "withdrawn", "returned", "associate",
)  # fmt: skip
REGIME: Final = ("closed autocracy", "electoral autocracy", "electoral democracy", "liberal democracy")
WORDS: Final[Mapping[str, tuple[str, ...]]] = {"standing": STANDING, "regime": REGIME}

MEMBER: Final = (
    "inside", "democracy", "legislature", "judiciary", "capacity", "preference", "distance", "power", "trust",
    "trust_observed", "trust_national", "identity", "grievance", "challenger", "challenger_rules", "growth", "crisis",
    "gain", "gain_seen", "dependence", "overload", "outvoted", "respect", "coercion", "arrears", "funds",
    "compensation", "threat",
)  # fmt: skip
"""Columns of a member that the table of members holds, after standing and regime in words."""
HAPPENS: Final = (
    "standing", "regime", "left", "voted", "challenger_rules", "coup_government", "threat", "demand", "conceded",
    "refused",
)  # fmt: skip
"""Columns of a member that events are read from."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column for readers: what it is, in which unit."""

    table: str
    column: str
    unit: str
    means: str


def of_the_quarter(book: Rulebook) -> dict[str, str]:
    """Columns of the series that outcomes keep themselves, and the accumulators that hold them.

    An outcome with one such accumulator gives its name to the column; of several, each has a name of its own.
    """
    found: dict[str, str] = {}
    for name, outcome in book.outcomes.items():
        kept = [column for column in outcome.columns if column.endswith(NOW)]
        found |= {name: kept[0]} if len(kept) == 1 else {column.removesuffix(NOW): column for column in kept}
    return found


def region_watch(begin: Beginning) -> Watch:
    """What the region's series is made of."""
    return Watch(
        begin.world,
        {
            "tallies": tuple(of_the_quarter(begin.book).values()),
            "org": tuple(dict.fromkeys(ORGANIZATION.values())),
            "members": ("inside", "standing", "left", *dict.fromkeys(MEANS.values())),
        },
    )


def region_columns(begin: Beginning, seen: Mapping[str, Any]) -> dict[str, Any]:
    """The region's series: an array of quarters for each column."""
    inside = seen["members.inside"] != 0
    count = inside.sum(axis=1)
    columns = {name: seen[f"tallies.{kept}"][:, 0] for name, kept in of_the_quarter(begin.book).items()}
    columns |= {name: seen[f"org.{kept}"][:, 0] for name, kept in ORGANIZATION.items()}
    columns |= {name: _mean(seen[f"members.{kept}"], inside, count) for name, kept in MEANS.items()}
    return columns | {"suspended": (seen["members.standing"] == world.SUSPENDED).sum(axis=1)}


def _mean(values: Any, inside: Any, count: Any) -> Any:
    total = np.where(inside, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def quarters_of(begin: Beginning) -> dict[str, Any]:
    """`quarter`, from 0, and `time`, the year in which it begins: 2010.25 is the second quarter of 2010."""
    quarter = np.arange(begin.world.size.quarters)
    return {"quarter": quarter, "time": begin.start + quarter / world.QUARTERS_PER_YEAR}


def member_watch(begin: Beginning) -> Watch:
    """What the table of members is made of."""
    return Watch(begin.world, {"members": (*WORDS, *MEMBER)})


def member_table(begin: Beginning, seen: Mapping[str, Any]) -> DataFrame:
    """A row for each quarter that was seen and member, in this order."""
    import pandas as pd

    quarters, members = len(seen["members.inside"]), len(begin.members)
    when = {name: np.repeat(values[:quarters], members) for name, values in quarters_of(begin).items()}
    words = {name: np.array(said)[seen[f"members.{name}"].ravel()] for name, said in WORDS.items()}
    numbers = {name: seen[f"members.{name}"].ravel() for name in MEMBER}
    return pd.DataFrame({**when, "iso3": np.tile(begin.members, quarters), **words, **numbers})


def dictionary(begin: Beginning) -> list[Meaning]:
    """Unit and meaning of every column of every table that a result keeps."""
    book = begin.book
    said = [Meaning("outcomes", name, kind.unit, f"{kind.claim()} {kind.direction}; {kind.window}")
            for name, kind in book.outcomes.items()]  # fmt: skip
    for name, kept in of_the_quarter(book).items():
        keeper = next(kind for kind in book.outcomes.values() if kept in kind.columns)
        said.append(Meaning("series", name, keeper.unit, f"in the quarter; {keeper.claim()}"))
    for table, names, how in (("org", ORGANIZATION, ""), ("member", MEANS, ", mean of the states inside")):
        for name, kept in names.items():
            column = world.columns(table)[kept]
            said.append(Meaning("series", name, column.unit, column.means + how))
    said.append(Meaning("series", "suspended", "count", "states suspended"))
    for name in (*WORDS, *MEMBER):
        column = world.columns("member")[name]
        said.append(Meaning("members", name, "word" if name in WORDS else column.unit, column.means))
    return said + WHEN


WHEN: Final = [
    Meaning("all", "run", "number", "number of the run under the seed"),
    Meaning("all", "quarter", "quarters", "quarters since the start, from 0"),
    Meaning("all", "time", "year", "beginning of the quarter: 2010.25 is April 2010"),
    Meaning("all", "iso3", "ISO-3 code", "member; empty for what happens to a measure as such"),
    Meaning("events", "event", "word", "what happened"),
    Meaning("events", "measure", "number", "number of the measure, in the order of the agenda"),
    Meaning("events", "area", "word", "policy area of the measure"),
]
