"""What happened in a run is read off its course: who voted, threatened, left, returned, and what became of measures."""

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
"""The name of an event, and where it happened: true at (quarter, member), (quarter, slot), (quarter, member, slot)."""

EVENTS: Final = (
    "coup", "election", "challenger_enters", "challenger_leaves", "accession", "tabled", "adoption", "rejection",
    "ratification", "entry_into_force", "abandoned", "opt_out", "deferral", "ruling", "suspension", "readmission",
    "waiver", "resumption", "lapse", "settled", "expiry", "threat", "threat_with_demand", "concession", "refusal",
    "threat_dropped", "notice", "notice_withdrawn", "exit", "return",
)  # fmt: skip
"""Every kind of event there is, in the order of the quarter."""
NONE: Final = -1
"""The row or slot of what concerns no member or no measure."""

MEASURE: Final = ("stage", "serial", "area", "sunset")
POST: Final = ("rung", "form", "ruling")


def event_watch(begin: Beginning) -> Watch:
    """What events are read from."""
    return Watch(begin.world, {"members": HAPPENS, "measures": MEASURE, "posts": POST})


def event_table(begin: Beginning, seen: Mapping[str, Any]) -> DataFrame:
    """A row for each event: quarter, time, iso3, event, measure, area; what does not apply is missing.

    Rows go by quarter; within one, in the order of `EVENTS`, then of members and measures.
    """
    import pandas as pd

    quarters, kinds, rows, slots = found(begin, seen)
    about = slots != NONE
    areas = np.where(about, seen["measures.area"][quarters, slots], NONE)
    serials = np.ma.masked_array(seen["measures.serial"][quarters, slots], ~about)
    return pd.DataFrame(
        {
            "quarter": quarters,
            "time": quarters_of(begin)["time"][quarters],
            "iso3": pd.array([begin.members[row] if row != NONE else None for row in rows.tolist()], dtype="string"),
            "event": pd.array([EVENTS[kind] for kind in kinds.tolist()], dtype="string"),
            "measure": pd.array(serials.tolist(), dtype="Int64"),
            "area": pd.array([begin.areas[area] if area != NONE else None for area in areas.tolist()], dtype="string"),
        }
    )


def found(begin: Beginning, seen: Mapping[str, Any]) -> tuple[Any, Any, Any, Any]:
    """Every event as arrays: quarter, number of the kind in `EVENTS`, row of the member, slot of the measure.

    Rows and slots are NONE where there is no member or no measure; the order is that of `event_table`.
    """
    parts: list[tuple[Any, ...]] = [(np.zeros(0, "i8"),) * 4]
    for name, where in _members(begin, seen):
        parts.append(_columns(name, where, rows=1))
    for name, where in _measures(seen):
        parts.append(_columns(name, where, slots=1))
    for name, where in _posts(begin, seen):
        parts.append(_columns(name, where, rows=1, slots=2))
    quarters, kinds, rows, slots = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((slots, rows, kinds, quarters))
    return quarters[order], kinds[order], rows[order], slots[order]


def _columns(name: str, where: Any, rows: int = 0, slots: int = 0) -> tuple[Any, ...]:
    """Quarters, kinds, rows and slots of what is true; `rows` and `slots` say which axes of `where` those are."""
    at = np.unravel_index(np.flatnonzero(where), where.shape)  # quicker than np.nonzero, which walks every axis
    nobody = np.full(len(at[0]), NONE)
    kind = np.full(len(at[0]), EVENTS.index(name))
    return at[0], kind, at[rows] if rows else nobody, at[slots] if slots else nobody


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
        yield (
            "ratification",
            live & (stood == world.NOT_PARTY) & np.isin(rung, (world.PARTY, world.BOUND, world.WAIVED)),
        )
    yield "opt_out", live & (now["form"] == world.OPTED_OUT) & (was["form"] != world.OPTED_OUT)
    yield "deferral", live & (now["form"] == world.TRANCHE) & (was["form"] != world.TRANCHE)
    yield "waiver", live & (rung == world.WAIVED) & (stood != world.WAIVED)
    yield "resumption", live & (rung == world.BOUND) & (stood == world.WAIVED)
    yield "lapse", live & (rung == world.LAPSED) & (stood != world.LAPSED)
    yield "ruling", live & (now["ruling"] > 0.0) & (was["ruling"] == 0.0)
