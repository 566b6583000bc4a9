"""Swings of challengers: how far their vote moves from one election to the next."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.outcomes import MISSING
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class ChallengerChangeSd(Outcome):
    """Standard deviation over all elections of states inside (P2); the first change is from the region file's vote.

    Missing with fewer than two.
    """

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is steadier"
    window: ClassVar[str] = "all elections"
    columns: ClassVar[tuple[str, ...]] = ("change_n", "change_x", "change_xx")

    reads = ("member.challenger", "member.challenger_last", "member.inside", "member.voted",
             "tally.change_n", "tally.change_x", "tally.change_xx")  # fmt: skip
    writes = ("member.challenger_last", "tally.change_n", "tally.change_x", "tally.change_xx")

    @staticmethod
    def finish(tally: Any) -> float:
        """The standard deviation of the changes."""
        if tally.change_n < 2.0:
            return MISSING
        mean = ratio(tally.change_x, tally.change_n)
        return math.sqrt(max(ratio(tally.change_xx, tally.change_n) - mean * mean, 0.0))


def add(member: Member, tally: Any) -> None:
    """Watch: the vote against that of the election before."""
    if member.voted != 0 and member.inside != 0 and member.challenger_last > 0.0:
        change = member.challenger - member.challenger_last
        tally.change_n += 1.0
        tally.change_x += change
        tally.change_xx += change * change
    member.challenger_last = member.challenger
