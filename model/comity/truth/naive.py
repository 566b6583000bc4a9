"""What somebody would say who knows no rule: the last value, the mean over all regions, or a coin.

A level whose outcome is that of a run's last year is naively what it is in the first year of the same world: nothing
changes. Any other level is naively the mean of that outcome over the five regions, whatever the organization. A sign is
naively the toss of a coin: right half of the time, so it straddles. That something makes no difference is naively
believed, so a null row wins no credit.
"""

from __future__ import annotations

from typing import Final

from comity.runs import Scenario, load
from comity.truth.table import ALL, LEVEL, NULL, Row

REGIONS: Final = ("eu", "asean", "ecowas", "mercosur", "african-union")
LAST, POOLED, COIN, NOTHING = "last value", "pooled mean", "coin", "no difference"
LAST_YEAR: Final = "mean of the last year"


def baseline_of(row: Row) -> str:
    """The right one of the naive forecasts for a row."""
    if row.kind == NULL:
        return NOTHING
    if row.kind != LEVEL:
        return COIN
    return LAST if row.world.book.outcomes[row.outcome].window == LAST_YEAR else POOLED


def worlds_of(row: Row) -> list[Scenario]:
    """The worlds whose mean the naive forecast of a level is."""
    which = baseline_of(row)
    if which == LAST:
        return [row.world.with_({"run.years": 1})]
    if which == POOLED:
        return [load(region).with_(ALL) for region in REGIONS]
    return []
