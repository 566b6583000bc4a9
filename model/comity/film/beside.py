"""Two films on one clock: what the second has more than the first, by quarter, for the region and each member."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from comity.film import buffer
from comity.film.content import NOBODY
from comity.film.making import Film
from comity.film.telling import GREAT

MEMBERS: Final = ("trust", "grievance", "implementation", "respect", "challenger")
"""Columns of members of which differences are told."""


@dataclass(frozen=True, eq=False)
class Difference:
    """What film `b` has more than film `a`. `header` is plain values, `buffer` header and arrays, as a film's.

    Header: scenarios, seeds and digests of the two; `until` quarters; `members`, iso3 of those that both have;
    `parted`, the first quarter in which the series differ, or null; `outcomes` of b less a, or null if either is cut;
    `only`, great events of members that one side has and the other has not: side, quarter, event, member (iso3), text.
    Arrays: `series.NAME` [quarters], and `members.NAME` [quarters, members] of `MEMBERS`.
    """

    header: dict[str, Any]
    buffer: bytes = field(repr=False)
    arrays: dict[str, Any] = field(repr=False)


def difference(a: Film, b: Film) -> Difference:
    """Film b less film a, over the quarters that both show, counted from the start of each."""
    end = min(a.until, b.until)
    series = {
        name: b.arrays[name][:end].astype("f8") - a.arrays[name][:end]
        for name in a.arrays
        if name.startswith("series.") and name in b.arrays
    }
    codes = [[member["iso3"] for member in each.header["members"]] for each in (a, b)]
    both = [code for code in codes[0] if code in codes[1]]
    rows = [[side.index(code) for code in both] for side in codes]
    members = {
        f"members.{name}": b.arrays[f"members.{name}"][:end][:, rows[1]] - a.arrays[f"members.{name}"][:end][:, rows[0]]
        for name in MEMBERS
    }
    header = {
        "version": buffer.VERSION,
        "a": _side(a),
        "b": _side(b),
        "until": end,
        "members": both,
        "parted": _parted(series),
        "outcomes": _outcomes(a, b),
        "only": sorted(_only("a", a, b, end) + _only("b", b, a, end), key=lambda each: each["quarter"]),
    }
    said = {name: a.header["arrays"][name] for name in series}
    parts = {name: buffer.exact(values, **_labels(said[name])) for name, values in series.items()}
    for name, values in members.items():
        parts[name] = buffer.rounded(values, -1.0, 1.0, **_labels(a.header["arrays"][name]))
    told, raw = buffer.pack(header, parts, {})
    return Difference(told, raw, {**series, **members})


def _side(made: Film) -> dict[str, Any]:
    return {key: made.header[key] for key in ("scenario", "title", "seed", "run", "digest", "start")}


def _labels(said: dict[str, Any]) -> dict[str, Any]:
    return {key: said[key] for key in ("label", "unit") if key in said}


def _parted(series: dict[str, Any]) -> int | None:
    apart = np.zeros(max((len(values) for values in series.values()), default=0), bool)
    for values in series.values():
        apart |= ~((values == 0.0) | np.isnan(values))
    return int(np.argmax(apart)) if apart.any() else None


def _outcomes(a: Film, b: Film) -> dict[str, float | None] | None:
    mine, other = a.header["outcomes"], b.header["outcomes"]
    if mine is None or other is None:
        return None
    return {
        name: None if mine[name] is None or other[name] is None else other[name] - mine[name]
        for name in mine
        if name in other
    }


def _only(side: str, this: Film, other: Film, end: int) -> list[dict[str, Any]]:
    elsewhere = {(event, code) for _, event, code, _ in _great(other, end)}
    return [
        {"side": side, "quarter": quarter, "event": event, "member": code, "text": text}
        for quarter, event, code, text in _great(this, end)
        if (event, code) not in elsewhere
    ]


def _great(made: Film, end: int) -> list[tuple[int, str, str, str]]:
    """Great events of members: quarter, event, iso3, text."""
    arrays, kinds, members = made.arrays, made.header["kinds"], made.header["members"]
    weights = np.array([kind["weight"] for kind in kinds])
    told = (weights[arrays["events.kind"]] >= GREAT) & (arrays["events.quarter"] < end)
    told &= arrays["events.member"] != NOBODY
    found = []
    for k in np.flatnonzero(told).tolist():
        kind, member = kinds[arrays["events.kind"][k]], members[arrays["events.member"][k]]
        text = kind["text"].format(member=member["name"], measure="", area="")
        found.append((int(arrays["events.quarter"][k]), kind["event"], member["iso3"], text))
    return found
