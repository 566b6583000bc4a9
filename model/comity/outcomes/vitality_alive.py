"""Alive: most founders are still inside, and what is tabled still becomes law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from comity.mechanism import Outcome
from comity.parameter import Parameter, Uniform
from comity.world import QUARTERS_PER_YEAR, Clock, Member, Organization

FIVE_YEARS: Final = 20
LEAST: Final = 2.0
"""Members without whom there is no organization."""


@dataclass(frozen=True, kw_only=True)
class VitalityAlive(Outcome):
    """Vitality of international organizations (Gray 2018): alive, zombie or dead; one of the three in each run.

    Texts that pass and never become law do not make an organization alive.
    """

    unit: ClassVar[str] = "share of runs"
    direction: ClassVar[str] = "higher is livelier"
    window: ClassVar[str] = "the last five years"
    columns: ClassVar[tuple[str, ...]] = ("law_before", "founders_inside", "vitality")

    law: Annotated[float, Parameter("measures a year", 0.0, 64.0, "law made, below which it is no longer alive",
        prior=Uniform(0.2, 1.0))] = 0.5  # fmt: skip

    reads = ("clock.horizon", "clock.quarter", "member.founding", "member.inside", "org.entered",
             "tally.founders", "tally.founders_inside", "tally.law_before", "tally.members_now",
             "tally.vitality")  # fmt: skip
    writes = ("tally.founders_inside", "tally.law_before", "tally.vitality")

    @staticmethod
    def finish(tally: Any) -> float:
        """One or zero."""
        return float(tally.vitality)


def begin(tally: Any) -> None:
    """Watch: founders are counted anew each quarter."""
    tally.founders_inside = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: founders inside."""
    if member.founding != 0 and member.inside != 0:
        tally.founders_inside += 1.0


def keep(org: Organization, clock: Clock, tally: Any, vitality_alive: VitalityAlive) -> None:
    """Watch: what was law five years before the end, or at the start; the judgement of the last day stays."""
    if clock.quarter + FIVE_YEARS < clock.horizon:
        tally.law_before = float(org.entered)
    years = min(clock.horizon, FIVE_YEARS) / QUARTERS_PER_YEAR
    legislates = org.entered - tally.law_before >= vitality_alive.law * years
    together = 2.0 * tally.founders_inside > tally.founders
    tally.vitality = 1.0 if tally.members_now >= LEAST and legislates and together else 0.0
