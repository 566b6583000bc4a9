"""What happened in a run is read off its course: who voted, threatened, left, came back, and what became of measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity import world
from comity.beginning import Beginning
from comity.runs.course import HAPPENS, quarters_of
from comity.runs.watch import Watch

if TYPE_CHECKING:
    from pandas import DataFrame

Where = tuple[str, Any]
"""The name of an event, and where it happened: true at (quarter, member), (quarter, slot) or (quarter, member, slot)."""

MEASURE: Final = ("stage", "serial", "area", "sunset")
POST: Final = ("rung", "form", "ruling")


def event_watch(begin: Beginning) -> Watch:
    """What events are read from."""
    return Watch(begin.world, {"members": HAPPENS, "measures": MEASURE, "posts": POST})


def event_table(begin: Beginning, seen: Mapping[str, Any]) -> DataFrame:
    """A row for each event: quarter, time, iso3, event, measure, area; what does not apply is missing.

    Rows go by quarter; within one, in the order of the quarter's phases, then of members.
    """
    import pandas as pd

    rows: list[tuple[int, int, int, int, str]] = []
    for order, (name, where) in enumerate(_all(begin, seen)):
        for at in np.argwhere(where):
            quarter, member, slot = _address(name, at)
            rows.append((quarter, order, member, slot, name))
    rows.sort(key=lambda row: row[:4])
    quarter = np.array([row[0] for row in rows], "i8")
    slots = [row[3] for row in rows]
    serial = [seen["measures.serial"][row[0], row[3]] if row[3] >= 0 else None for row in rows]
    areas = [begin.areas[seen["measures.area"][q, slot]] if slot >= 0 else None for q, slot in zip(quarter, slots, strict=True)]
    return pd.DataFrame(
        {
            "quarter": quarter,
            "time": quarters_of(begin)["time"][quarter],
            "iso3": pd.array([begin.members[row[2]] if row[2] >= 0 else None for row in rows], dtype="string"),
            "event": pd.array([row[4] for row in rows], dtype="string"),
            "measure": pd.array(serial, dtype="Int64"),
            "area": pd.array(areas, dtype="string"),
        }
    )


def _address(name: str, at: Any) -> tuple[int, int, int]:
    """Quarter, row of the member and slot of the measure; -1 for what does not apply."""
    if len(at) == 3:
        return int(at[0]), int(at[1]), int(at[2])
    return (int(at[0]), -1, int(at[1])) if name in OF_MEASURES else (int(at[0]), int(at[1]), -1)


OF_MEASURES: Final = ("tabled", "adoption", "rejection", "entry_into_force", "settled", "expiry", "abandoned")
OF_POSTS: Final = ("ratification", "opt_out", "deferral", "waiver", "resumption", "lapse", "ruling")
OF_MEMBERS: Final = (
    "coup", "election", "challenger_enters", "challenger_leaves", "accession", "threat", "threat_with_demand",
    "concession", "refusal", "threat_dropped", "notice", "notice_withdrawn", "exit", "return", "suspension",
    "readmission",
)  # fmt: skip
EVENTS: Final = (*OF_MEMBERS, *OF_MEASURES, *OF_POSTS)
"""Every kind of event there is."""


def _all(begin: Beginning, seen: Mapping[str, Any]) -> Iterator[Where]:
    yield from _members(begin, seen)
    yield from _measures(seen)
    yield from _posts(begin, seen)


def _before(values: Any, first: Any) -> Any:
    """The same column one quarter earlier; `first` is the value before the first quarter."""
    start = np.broadcast_to(np.asarray(first, values.dtype), values[:1].shape)
    return np.concatenate([start, values[:-1]])


def _members(begin: Beginning, seen: Mapping[str, Any]) -> Iterator[Where]:
    now = {name: seen[f"members.{name}"] for name in HAPPENS}
    was = {name: _before(values, begin.world.members[name]) for name, values in now.items()}
    rises = {name: (now[name] != 0) & (was[name] == 0) for name in HAPPENS}
    falls = {name: (now[name] == 0) & (was[name] != 0) for name in HAPPENS}
    yield "coup", now["coup_government"] == 1.0
    yield "election", now["voted"] != 0
    yield "challenger_enters", rises["challenger_rules"]
    yield "challenger_leaves", falls["challenger_rules"]
    stand, stood = now["standing"], was["standing"]
    outside = np.isin(stood, (world.CANDIDATE, world.ASSOCIATE))
    yield "accession", outside & (stand == world.MEMBER)
    yield "threat", rises["threat"]
    yield "threat_with_demand", rises["threat"] & (now["demand"] != 0)
    yield "concession", rises["conceded"]
    yield "refusal", rises["refused"]
    left = now["left"] != 0
    yield "threat_dropped", falls["threat"] & ~rises["conceded"] & ~left & (stood != world.IN_NOTICE)
    yield "notice", (stand == world.IN_NOTICE) & (stood != world.IN_NOTICE)
    yield "notice_withdrawn", (stood == world.IN_NOTICE) & (stand != world.IN_NOTICE) & ~left
    yield "exit", left
    yield "return", (stood == world.WITHDRAWN) & (stand != world.WITHDRAWN)
    yield "suspension", (stand == world.SUSPENDED) & (stood != world.SUSPENDED)
    yield "readmission", (stood == world.SUSPENDED) & np.isin(stand, (world.MEMBER, world.RETURNED))


def _measures(seen: Mapping[str, Any]) -> Iterator[Where]:
    stage, serial = seen["measures.stage"], seen["measures.serial"]
    fresh = serial != _before(serial, 0)
    stood = np.where(fresh, world.DRAFT, _before(stage, world.EMPTY))
    gone = stage == world.EMPTY
    yield "tabled", fresh
    yield "adoption", (stood == world.DRAFT) & (stage > world.DRAFT)
    yield "rejection", (stood == world.DRAFT) & gone
    yield "entry_into_force", (stood < world.IN_FORCE) & (stage == world.IN_FORCE)
    yield "abandoned", (stood == world.OPEN) & gone
    ended = (stood == world.IN_FORCE) & gone
    yield "settled", ended & (seen["measures.sunset"] <= 0.0)
    yield "expiry", ended & (seen["measures.sunset"] > 0.0)


def _posts(begin: Beginning, seen: Mapping[str, Any]) -> Iterator[Where]:
    stage, serial = seen["measures.stage"], seen["measures.serial"]
    fresh = serial != _before(serial, 0)
    live = ((stage != world.EMPTY) | (_before(stage, world.EMPTY) != world.EMPTY) | fresh)[:, None, :]
    now = {name: seen[f"posts.{name}"] for name in POST}
    was = {name: np.where(fresh[:, None, :], 0, _before(values, 0)) for name, values in now.items()}
    rung, stood = now["rung"], was["rung"]
    if int(begin.world.org["entry"][0]) != world.ON_ADOPTION:
        yield "ratification", live & (stood == world.NOT_PARTY) & np.isin(rung, (world.PARTY, world.BOUND, world.WAIVED))
    yield "opt_out", live & (now["form"] == world.OPTED_OUT) & (was["form"] != world.OPTED_OUT)
    yield "deferral", live & (now["form"] == world.TRANCHE) & (was["form"] != world.TRANCHE)
    yield "waiver", live & (rung == world.WAIVED) & (stood != world.WAIVED)
    yield "resumption", live & (rung == world.BOUND) & (stood == world.WAIVED)
    yield "lapse", live & (rung == world.LAPSED) & (stood != world.LAPSED)
    yield "ruling", live & (now["ruling"] > 0.0) & (was["ruling"] == 0.0)
