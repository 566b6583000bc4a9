"""Election clock: time between elections where they are held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import ELECTORAL_DEMOCRACY, QUARTERS_PER_YEAR, Member


@dataclass(frozen=True, kw_only=True)
class ElectionInterval(Outcome):
    """Years that democracies inside lived through, over their elections (P3); early elections are chance."""

    unit: ClassVar[str] = "years"
    direction: ClassVar[str] = "neither way"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("polls", "poll_quarters")

    reads = ("member.coup_government", "member.inside", "member.regime", "member.voted", "tally.poll_quarters",
             "tally.polls")  # fmt: skip
    writes = ("tally.poll_quarters", "tally.polls")

    @staticmethod
    def finish(tally: Any) -> float:
        """Mean years between elections."""
        return share_of(tally.poll_quarters, tally.polls) / QUARTERS_PER_YEAR


def add(member: Member, tally: Any) -> None:
    """Watch: democracies inside, and those that vote."""
    if member.inside != 0 and member.regime >= ELECTORAL_DEMOCRACY and member.coup_government <= 0.0:
        tally.poll_quarters += 1.0
        tally.polls += member.voted
