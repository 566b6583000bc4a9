"""Exits: states that left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class Exits(Outcome):
    """Notice given and run out; a state that came back and left again counts twice."""

    unit: ClassVar[str] = "count"
    direction: ClassVar[str] = "lower is steadier"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("exits_now", "exits_total")

    reads = ("member.left", "tally.exits_now", "tally.exits_total")
    writes = ("tally.exits_now", "tally.exits_total")

    @staticmethod
    def finish(tally: Any) -> float:
        """All exits."""
        return float(tally.exits_total)


def begin(tally: Any) -> None:
    """Watch: counted anew each quarter."""
    tally.exits_now = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: left this quarter."""
    tally.exits_now += member.left
    tally.exits_total += member.left
