"""In force: measures that became law, of those that passed the organ five years before the end or earlier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import IN_FORCE, OPEN, Clock, Measure, Organization

FIVE_YEARS: Final = 20


@dataclass(frozen=True, kw_only=True)
class InForceShare(Outcome):
    """Under an entry rule that waits for ratification the two are far apart (R1, R7).

    Measures count by the day they were tabled, so that each has had at least five years; missing in shorter runs.
    """

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more law"
    window: ClassVar[str] = "measures tabled at least five years before the end"
    columns: ClassVar[tuple[str, ...]] = ("force_tabled", "force_passed", "force_entered")

    reads = ("clock.horizon", "clock.quarter", "measure.serial", "measure.since_force", "measure.stage",
             "measure.vote_now", "org.serial", "tally.force_entered", "tally.force_passed",
             "tally.force_tabled")  # fmt: skip
    writes = ("tally.force_entered", "tally.force_passed", "tally.force_tabled")

    @staticmethod
    def finish(tally: Any) -> float:
        """Entered into force over passed."""
        return share_of(tally.force_entered, tally.force_passed)


def begin(org: Organization, clock: Clock, tally: Any) -> None:
    """Watch: the last serial number that still has five years to go."""
    if clock.quarter + FIVE_YEARS < clock.horizon:
        tally.force_tabled = float(org.serial)


def add(measure: Measure, tally: Any) -> None:
    """Watch: texts that passed this quarter, and those that became law."""
    if measure.serial > tally.force_tabled:
        return
    if measure.vote_now != 0 and measure.stage >= OPEN:
        tally.force_passed += 1.0
    if measure.stage == IN_FORCE and (measure.since_force <= 0.0 or measure.vote_now != 0):
        tally.force_entered += 1.0
