"""Years to force: median time from tabling to entry into force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.outcomes import MISSING
from comity.world import IN_FORCE, QUARTERS_PER_YEAR, Measure

LATE: Final = 10.0
LAST: Final = 20.0
"""Years; a measure that takes longer counts as one that takes this long."""


@dataclass(frozen=True, kw_only=True)
class YearsToForce(Outcome):
    """Median over the measures that entered into force, from how many took at most 1, 2, 3, 4, 6 and 10 years.

    Within a class they are taken as spread evenly; missing where nothing entered into force.
    """

    unit: ClassVar[str] = "years"
    direction: ClassVar[str] = "lower is faster"
    window: ClassVar[str] = "measures that entered into force in the run"
    columns: ClassVar[tuple[str, ...]] = (
        "force_all", "force_in_1", "force_in_2", "force_in_3", "force_in_4", "force_in_6", "force_in_10",
    )  # fmt: skip

    reads = ("measure.age", "measure.since_force", "measure.stage", "measure.vote_now",
             "tally.force_all", "tally.force_in_1", "tally.force_in_10", "tally.force_in_2",
             "tally.force_in_3", "tally.force_in_4", "tally.force_in_6")  # fmt: skip
    writes = ("tally.force_all", "tally.force_in_1", "tally.force_in_10", "tally.force_in_2",
              "tally.force_in_3", "tally.force_in_4", "tally.force_in_6")  # fmt: skip

    @staticmethod
    def finish(tally: Any) -> float:
        """The age by which half of them were in force."""
        half = 0.5 * tally.force_all
        if half <= 0.0:
            return MISSING
        if tally.force_in_1 >= half:
            return _at(half, 0.0, 1.0, 0.0, tally.force_in_1)
        if tally.force_in_2 >= half:
            return _at(half, 1.0, 2.0, tally.force_in_1, tally.force_in_2)
        if tally.force_in_3 >= half:
            return _at(half, 2.0, 3.0, tally.force_in_2, tally.force_in_3)
        if tally.force_in_4 >= half:
            return _at(half, 3.0, 4.0, tally.force_in_3, tally.force_in_4)
        if tally.force_in_6 >= half:
            return _at(half, 4.0, 6.0, tally.force_in_4, tally.force_in_6)
        if tally.force_in_10 >= half:
            return _at(half, 6.0, LATE, tally.force_in_6, tally.force_in_10)
        return _at(half, LATE, LAST, tally.force_in_10, tally.force_all)


def _at(wanted: float, low: float, high: float, before: float, upto: float) -> float:
    """The age between `low` and `high` by which `wanted` were there, of `before` at the one and `upto` at the other."""
    return low + (high - low) * ratio(wanted - before, upto - before)


def add(measure: Measure, tally: Any) -> None:
    """Watch: measures that became law this quarter, by age."""
    if measure.stage != IN_FORCE or (measure.since_force > 0.0 and measure.vote_now == 0):
        return
    years = measure.age / QUARTERS_PER_YEAR
    tally.force_all += 1.0
    tally.force_in_1 += _yes(years <= 1.0)
    tally.force_in_2 += _yes(years <= 2.0)
    tally.force_in_3 += _yes(years <= 3.0)
    tally.force_in_4 += _yes(years <= 4.0)
    tally.force_in_6 += _yes(years <= 6.0)
    tally.force_in_10 += _yes(years <= LATE)


def _yes(holds: bool) -> float:
    return 1.0 if holds else 0.0
