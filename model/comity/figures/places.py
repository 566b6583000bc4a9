"""Each member is one tile of the same size, roughly where it lies: no area and no border says who weighs more."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

GRIDS: Final[Mapping[str, str]] = {
    "europe": """
        ... ... ... ... ... ... ... FIN
        ... ... ... ... ... ... SWE EST
        IRL GBR ... ... ... DNK ... LVA
        ... ... NLD ... DEU ... POL LTU
        ... FRA BEL LUX CZE SVK ... ...
        PRT ESP ... ... AUT HUN ROU ...
        ... ... ... ITA SVN HRV BGR ...
        ... ... ... MLT ... ... GRC CYP
    """,
    "southeast asia": """
        MMR LAO VNM ... ...
        ... THA KHM ... PHL
        ... MYS ... BRN ...
        ... SGP IDN ... TLS
    """,
    "south america": """
        ... COL VEN GUY SUR
        ECU PER BOL BRA ...
        ... CHL PRY URY ...
        ... ARG ... ... ...
    """,
    "africa": """
        ... ... MAR DZA TUN LBY EGY ... ...
        ... MRT MLI NER TCD SDN ERI DJI ...
        CPV SEN BFA NGA CAF SSD ETH SOM ...
        GMB GIN GHA BEN CMR UGA KEN ... ...
        GNB LBR CIV TGO GNQ COD RWA TZA SYC
        ... SLE ... STP GAB COG BDI MWI COM
        ... ... ... ... AGO ZMB ZWE MOZ MUS
        ... ... ... ... NAM BWA SWZ MDG ...
        ... ... ... ... ... ZAF LSO ... ...
    """,
    "west africa": """
        ... ... ... MLI NER
        CPV SEN ... BFA ...
        ... GMB GIN ... NGA
        ... GNB CIV GHA BEN
        ... SLE LBR TGO ...
    """,
}
"""Places by hand, west to east and north to south. The first grid that holds all members of a region is taken."""
ORDER: Final = ("europe", "southeast asia", "south america", "west africa", "africa")
WIDE: Final = 1.4
"""How much wider than high a grid without places by hand is."""


def places_of(grid: str) -> dict[str, tuple[int, int]]:
    """Column and row of each code in a grid, from 0."""
    rows = [line.split() for line in grid.split("\n") if line.strip()]
    return {code: (x, y) for y, row in enumerate(rows) for x, code in enumerate(row) if code != "..."}


def places(members: Mapping[str, Sequence[float] | None]) -> dict[str, tuple[int, int]]:
    """Column and row of each member's tile, from 0, no two the same.

    `members` maps codes to capitals as (latitude, longitude), or None. A region with members that no grid holds is laid
    out by its capitals, row by row from the north; without capitals, in order.
    """
    for name in ORDER:
        known = places_of(GRIDS[name])
        if members and set(members) <= set(known):
            return _moved_up({code: known[code] for code in members})
    return _laid_out(members)


def _moved_up(found: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    left, top = min(x for x, _ in found.values()), min(y for _, y in found.values())
    return {code: (x - left, y - top) for code, (x, y) in found.items()}


def _laid_out(members: Mapping[str, Sequence[float] | None]) -> dict[str, tuple[int, int]]:
    if not members:
        return {}
    wide = max(math.ceil(math.sqrt(WIDE * len(members))), 1)
    codes: list[Any] = list(members)
    if all(members.values()):
        codes.sort(key=lambda code: -float(members[code][0]))  # type: ignore[index]
    found: dict[str, tuple[int, int]] = {}
    for y in range(math.ceil(len(codes) / wide)):
        row = codes[y * wide : (y + 1) * wide]
        if all(members.values()):
            row.sort(key=lambda code: float(members[code][1]))  # type: ignore[index]
        found |= {code: (x, y) for x, code in enumerate(row)}
    return {code: found[code] for code in members}
