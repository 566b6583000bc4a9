"""Threats: times that a state threatened to leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class Threats(Outcome):
    """A threat stands until it is met, dropped or carried out; each one counts once (W6)."""

    unit: ClassVar[str] = "count"
    direction: ClassVar[str] = "lower is steadier"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("threats_total",)

    reads = ("member.threatened_now", "tally.threats_total")
    writes = ("tally.threats_total",)

    @staticmethod
    def finish(tally: Any) -> float:
        """All threats."""
        return float(tally.threats_total)


def add(member: Member, tally: Any) -> None:
    """Watch: threats made this quarter."""
    tally.threats_total += member.threatened_now
