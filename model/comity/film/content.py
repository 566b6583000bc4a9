"""What a film holds: series, members, the ladder of each measure, money, levers, shocks, read off a run's record."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity import world
from comity.beginning import Beginning
from comity.film import deeds, money, telling
from comity.film.buffer import Part, exact, rounded
from comity.film.moves import date
from comity.rulebook import Rulebook
from comity.runs import course, events
from comity.runs.scenario import Scenario

if TYPE_CHECKING:
    from pandas import DataFrame

STORMS: Final = ("storm_economic", "storm_migration", "storm_security", "storm_pandemic")
MONEY: Final = ("revenue", "requested", "spent", "reserve", "coverage", "held")
MEMBERS: Final[Mapping[str, tuple[str, float, float] | None]] = {
    "trust": ("u2", 0.0, 1.0), "grievance": ("u2", 0.0, 1.0), "implementation": ("u2", 0.0, 1.0),
    "challenger": ("u2", 0.0, 1.0), "respect": ("u2", 0.0, 1.0), "preference": ("u2", -1.0, 1.0),
    "gain": ("u2", -2.0, 2.0), "power": ("u2", 0.0, 1.0), "arrears": ("u2", 0.0, 64.0), "funds": ("u2", 0.0, 0.25),
    "capacity": ("u1", 0.0, 1.0), "democracy": ("u1", 0.0, 1.0), "identity": ("u1", 0.0, 1.0),
    "distance": ("u1", 0.0, 2.0), "crisis": ("u1", 0.0, 1.0), "outvoted": ("u1", 0.0, 1.0),
    "overload": ("u1", 0.0, 1.0), "threat": None, "challenger_rules": None,
}  # fmt: skip
"""Columns of members, and how each travels: whole, or rounded between bounds (what lies beyond is put on a bound)."""
RUNGS: Final = (
    "not party", "party", "in force", "in force, overdue", "in force in part", "opted out", "waived", "lapsed",
)  # fmt: skip
NOT_PARTY, PARTY, BOUND, OVERDUE, IN_PART, OPTED_OUT, WAIVED, LAPSED = range(len(RUNGS))
FATES: Final = ("on the table", "rejected", "abandoned", "settled", "expired")
ENDS: Final[Mapping[str, int]] = {"rejection": 1, "abandoned": 2, "settled": 3, "expiry": 4}
NEVER: Final = 65_535
"""The quarter of what has not happened, the measure of what concerns none."""
NOBODY: Final = 255
UNSEEN_END: Final[Mapping[int, int]] = {world.DRAFT: 1, world.OPEN: 2, world.IN_FORCE: 3}
"""The fate of a measure whose place was taken in the quarter in which it ended, by the stage in which it stood."""


def parts(day: Beginning, seen: Mapping[str, Any], said: Mapping[str, Mapping[str, Any]]) -> dict[str, Part]:
    """Every array of a film, by name; `said` is what `columns` tells of the series."""
    small = _small(day, seen)
    found = events.found(day, small)
    measures = _measures(small, found)
    return {
        **_series(day, seen, said),
        **money.parts(money.spending(day, seen)),
        **_members(day, seen),
        **_areas(day, seen),
        **_levers(day, seen),
        **{f"measures.{name}": part for name, part in _measure_parts(measures).items()},
        **{f"ladder.{name}": part for name, part in _ladder_parts(small).items()},
        **{f"deeds.{name}": part for name, part in deeds.parts(seen, small, measures).items()},
        **{f"events.{name}": part for name, part in _event_parts(small, found).items()},
        **_ties(day),
    }


def _small(day: Beginning, seen: Mapping[str, Any]) -> dict[str, Any]:
    """What events are read from: one byte a cell, of the places that a measure ever took; a tenth of the work."""
    found = {f"members.{name}": seen[f"members.{name}"] for name in course.HAPPENS}
    taken = (seen["measures.serial"] != 0).any(axis=0)
    for name in ("serial", "area", "sunset", "depth", "hardness"):
        found[f"measures.{name}"] = seen[f"measures.{name}"][:, taken]
    found["measures.stage"] = seen["measures.stage"][:, taken].astype("u1")
    for name in ("rung", "form", "overdue"):
        found[f"posts.{name}"] = seen[f"posts.{name}"].astype("u1")[:, :, taken]
    found["posts.ruling"] = (seen["posts.ruling"] > 0.0).astype("u1")[:, :, taken]
    return found


def columns(book: Rulebook) -> dict[str, dict[str, Any]]:
    """What the header says of each column of the series."""
    told: dict[str, dict[str, Any]] = {}
    organization = {name: world.columns("org")[kept] for name, kept in course.ORGANIZATION.items()}
    members = {name: world.columns("member")[kept] for name, kept in course.MEANS.items()}
    for name, kept in course.of_the_quarter(book).items():
        keeper = next(kind for kind in book.outcomes.values() if kept in kind.columns)
        known = (
            keeper.unit == "share" and name in telling.LABELS
        )  # of a column not known here, the unit may not be true
        bounds = {"low": -1 if name in telling.SIGNED else 0, "high": 1} if known else {}
        told[name] = {"unit": keeper.unit, **bounds}
    for name, column in {**organization, **members}.items():
        told[name] = {"unit": column.unit, **_bounds(column)}
    told["suspended"] = {"unit": "count"}
    return {name: {"label": telling.label(name), **said} for name, said in told.items()}


def _bounds(column: world.Column) -> dict[str, float]:
    bounds = {"low": column.low, "high": column.high}
    return {name: value for name, value in bounds.items() if math.isfinite(value)}


def _series(day: Beginning, seen: Mapping[str, Any], said: Mapping[str, Mapping[str, Any]]) -> dict[str, Part]:
    values = course.region_columns(day, seen)
    found = {f"series.{name}": exact(np.asarray(column, "f4"), **said[name]) for name, column in values.items()}
    for name in MONEY:
        if f"series.{name}" not in found:
            column = world.columns("org")[name]
            told = {"label": telling.label(name), "unit": column.unit, **_bounds(column)}
            found[f"budget.{name}"] = exact(np.asarray(seen[f"org.{name}"][:, 0], "f4"), **told)
    return found


def _members(day: Beginning, seen: Mapping[str, Any]) -> dict[str, Part]:
    words = {name: [*said] for name, said in course.WORDS.items()}
    found = {
        f"members.{name}": exact(seen[f"members.{name}"], label=telling.label(name), words=said)
        for name, said in words.items()
    }
    for name, how in MEMBERS.items():
        values = implementation(day, seen) if name == "implementation" else seen[f"members.{name}"]
        unit = "share" if name == "implementation" else world.columns("member")[name].unit
        told = {"label": telling.label(name), "unit": unit}
        if how is None:
            found[f"members.{name}"] = exact(values, **told)
        else:
            kind, low, high = how
            found[f"members.{name}"] = rounded(values, low, high, kind, **told)
    return found


def implementation(day: Beginning, seen: Mapping[str, Any]) -> Any:
    """How far each member truly implements, over all areas by their weight: (quarters, members)."""
    return seen["stakes.implemented"] @ day.world.areas["weight"]


def _areas(day: Beginning, seen: Mapping[str, Any]) -> dict[str, Part]:
    return {
        "areas.integration": rounded(
            seen["areas.integration"], 0.0, 1.0, label="Implementation by area", unit="share"
        )
    }  # fmt: skip


def levers_in_use(day: Beginning, seen: Mapping[str, Any]) -> list[str]:
    """The levers that were at work in any quarter shown."""
    used = (seen["pulls.strength"] != 0.0).any(axis=0)
    return [name for row, name in enumerate(day.book.levers) if used[row]]


def _levers(day: Beginning, seen: Mapping[str, Any]) -> dict[str, Part]:
    rows = [list(day.book.levers).index(name) for name in levers_in_use(day, seen)]
    return {"levers.strength": rounded(seen["pulls.strength"][:, rows], -1.0, 1.0, label="Strength", unit="strength")}


Found = tuple[Any, Any, Any, Any]


def _measures(small: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """One row for each measure tabled: arrays by name; NEVER where a thing has not happened."""
    serial, stage = small["measures.serial"], small["measures.stage"]
    many = int(serial.max()) if serial.size else 0
    quarters, kinds, _, slots = found
    table = {name: np.full(many, NEVER) for name in ("tabled", "adopted", "in_force", "ended")}
    table |= {"fate": np.zeros(many, "i8"), "area": np.zeros(many, "i8")}
    table |= {name: np.zeros(many) for name in ("depth", "hardness")}

    def of(kind: str) -> tuple[Any, Any, Any]:
        this = kinds == events.EVENTS.index(kind)
        return quarters[this], slots[this], serial[quarters[this], slots[this]] - 1

    when, where, row = of("tabled")
    table["tabled"][row] = when
    for name in ("area", "depth", "hardness"):
        table[name][row] = small[f"measures.{name}"][when, where]
    for name, kind in (("adopted", "adoption"), ("in_force", "entry_into_force")):
        when, _, row = of(kind)
        table[name][row] = when
    taken = _taken(serial, stage)
    for when, row, stood in zip(*taken, strict=True):
        table["ended"][row], table["fate"][row] = when, UNSEEN_END[int(stood)]
    for kind, fate in ENDS.items():
        when, _, row = of(kind)
        table["ended"][row], table["fate"][row] = when, fate
    return table


def _taken(serial: Any, stage: Any) -> tuple[Any, Any, Any]:
    """Measures that gave their place to another in the quarter in which they ended: when, row, stage before."""
    at, slot = np.nonzero((serial[1:] != serial[:-1]) & (stage[:-1] != world.EMPTY))
    return at + 1, serial[at, slot] - 1, stage[at, slot]


def _measure_parts(table: Mapping[str, Any]) -> dict[str, Part]:
    dates = ("tabled", "adopted", "in_force", "ended")
    whole = {name: Part(table[name].astype("<u2"), {"missing": NEVER}) for name in dates}
    whole["area"] = Part(table["area"].astype("u1"))
    whole["fate"] = Part(table["fate"].astype("u1"), {"words": [*FATES]})
    return whole | {name: rounded(table[name], 0.0, 1.0, "u1", unit="share") for name in ("depth", "hardness")}


def _ladder(small: Mapping[str, Any]) -> tuple[Any, Any, Any, Any]:
    """Every change of a member's place on a measure: quarter, row of the measure, row of the member, rung."""
    rung, form = small["posts.rung"], small["posts.form"]
    serial, stage = small["measures.serial"], small["measures.stage"]
    place = np.array([NOT_PARTY, PARTY, BOUND, WAIVED, LAPSED], "u1")[rung]
    bound = rung == world.BOUND
    place[bound & (small["posts.overdue"] != 0)] = OVERDUE
    place[bound & (form == world.TRANCHE)] = IN_PART
    place[(form == world.OPTED_OUT) & (rung != world.LAPSED)] = OPTED_OUT
    before = np.zeros_like(place)
    before[1:] = place[:-1]
    fresh = np.ones(serial.shape, bool)
    fresh[1:] = serial[1:] != serial[:-1]
    before *= ~fresh[:, None, :]
    changed = (place != before) & (stage != world.EMPTY)[:, None, :]
    at = np.flatnonzero(changed)
    quarter, member, slot = np.unravel_index(at, changed.shape)
    return quarter, serial[quarter, slot] - 1, member, place.ravel()[at]


def _ladder_parts(small: Mapping[str, Any]) -> dict[str, Part]:
    quarter, measure, member, rung = _ladder(small)
    return {
        "quarter": exact(quarter), "measure": exact(measure), "member": exact(member),
        "rung": Part(rung, {"words": [*RUNGS]}),
    }  # fmt: skip


def _event_parts(small: Mapping[str, Any], found: Found) -> dict[str, Part]:
    quarters, kinds, rows, slots = found
    measure, about = np.full(len(slots), NEVER), slots != events.NONE
    measure[about] = small["measures.serial"][quarters[about], slots[about]] - 1
    return {
        "quarter": exact(quarters),
        "kind": exact(kinds),
        "member": Part(np.where(rows != events.NONE, rows, NOBODY).astype("u1"), {"missing": NOBODY}),
        "measure": Part(measure.astype("<u2"), {"missing": NEVER}),
    }


def _ties(day: Beginning) -> dict[str, Part]:
    return {f"ties.{name}": rounded(day.world.ties[name], 0.0, 1.0, unit="share") for name in ("weight", "near")}


def shocks(scenario: Scenario, day: Beginning, seen: Mapping[str, Any], end: int) -> list[dict[str, Any]]:
    """Shocks that began before the end of what is shown: those of the calendar, and those that came by chance."""
    told = [{**each, "until": min(each["until"], end - 1)} for each in _calendar(scenario) if each["from"] < end]
    for storm in STORMS:
        blows = seen[f"org.{storm}"][:, 0] > 0.0
        edges = np.flatnonzero(np.diff(np.concatenate([[False], blows, [False]]).astype("i1")))
        for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            kind = storm.removeprefix("storm_")
            told.append(
                {"name": "by chance", "kind": kind, "from": first, "until": last - 1, "members": None, "size": 1.0}
            )
    return sorted(told, key=lambda each: (each["from"], each["name"]))


@functools.lru_cache(maxsize=8)
def _calendar(scenario: Scenario) -> tuple[dict[str, Any], ...]:
    day = scenario.first_day
    quarters = {date(day.start, quarter): quarter for quarter in range(day.world.size.quarters)}
    first, last = date(day.start, 0), date(day.start, day.world.size.quarters - 1)
    found = []
    for name, event in (scenario.value("shocks.events") or {}).items():
        if event is None:
            continue
        begins, ends = event["from"], event.get("until") or event["from"]
        targets = event.get("members", "all")
        meant = day.members if targets == "all" else scenario.members_of(targets)
        if ends < first or begins > last or not meant:
            continue
        everybody = len(meant) == len(day.members)
        found.append(
            {
                "name": name.replace("-", " ").replace("_", " "),
                "kind": event["kind"],
                "from": quarters.get(begins, 0),
                "until": quarters.get(ends, day.world.size.quarters - 1),
                "members": None if everybody else [day.members.index(code) for code in meant],
                "size": event.get("size", 1.0),
            }
        )
    return tuple(found)


def measure_frame(day: Beginning, seen: Mapping[str, Any]) -> DataFrame:
    """A row for each measure: number, area, depth, hardness, and the quarters in which things happened to it."""
    import pandas as pd

    small = _small(day, seen)
    table = _measures(small, events.found(day, small))
    whole = {
        name: pd.array([None if value == NEVER else value for value in table[name].tolist()], dtype="Int64")
        for name in ("tabled", "adopted", "in_force", "ended")
    }
    return pd.DataFrame(
        {
            "measure": np.arange(len(table["area"])) + 1,
            "area": [day.areas[area] for area in table["area"].tolist()],
            "depth": table["depth"],
            "hardness": table["hardness"],
            **whole,
            "fate": [FATES[fate] for fate in table["fate"].tolist()],
        }
    )


def deeds_frame(day: Beginning, seen: Mapping[str, Any]) -> DataFrame:
    """A row for each measure and quarter in which it was in force: implemented in truth, and as reported."""
    small = _small(day, seen)
    return deeds.frame(seen, small, _measures(small, events.found(day, small)))


def ladder_frame(day: Beginning, seen: Mapping[str, Any]) -> DataFrame:
    """A row for each change of a member's place on a measure: quarter, measure, iso3, rung in words."""
    import pandas as pd

    quarter, measure, member, rung = _ladder(_small(day, seen))
    words = [RUNGS[each] for each in rung.tolist()]
    codes = [day.members[row] for row in member.tolist()]
    return pd.DataFrame({"quarter": quarter, "measure": measure + 1, "iso3": codes, "rung": words})
