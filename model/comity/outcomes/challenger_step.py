"""Challenger step: how far the challengers' share lies above its level before a crisis, six years on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.outcomes import MISSING
from comity.parameter import Parameter, Uniform
from comity.world import Clock, Member

SIX_YEARS: Final = 24
YEAR: Final = 4


@dataclass(frozen=True, kw_only=True)
class ChallengerStep(Outcome):
    """Level shift after the first crisis that the whole region feels (P1: .08 to .16 within six years).

    The crisis is the first quarter in which its mean over people inside reaches the mark; the level before it is that
    of the quarter before, the level after it the mean of the sixth year. Missing where no crisis came, or too late.
    """

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is less backlash"
    window: ClassVar[str] = "six years from the first crisis of the region"
    columns: ClassVar[tuple[str, ...]] = (
        "crisis_now", "crisis_felt", "crisis_since", "step_last", "step_before", "step_sum", "step_quarters",
    )  # fmt: skip

    mark: Annotated[float, Parameter("crisis", 0.01, 1.0, "mean crisis of people inside that makes it the region's",
        prior=Uniform(0.1, 0.3))] = 0.15  # fmt: skip

    reads = ("clock.quarter", "member.crisis", "member.inside", "member.population",
             "tally.challenger_now", "tally.crisis_felt", "tally.crisis_now", "tally.crisis_since",
             "tally.people_inside", "tally.step_before", "tally.step_last", "tally.step_quarters",
             "tally.step_sum")  # fmt: skip
    writes = ("tally.crisis_felt", "tally.crisis_now", "tally.crisis_since", "tally.step_before",
              "tally.step_last", "tally.step_quarters", "tally.step_sum")  # fmt: skip

    @staticmethod
    def finish(tally: Any) -> float:
        """The level of the sixth year less the level before."""
        if tally.step_quarters < YEAR:
            return MISSING
        return float(ratio(tally.step_sum, tally.step_quarters) - tally.step_before)


def begin(tally: Any) -> None:
    """Watch: felt anew each quarter."""
    tally.crisis_now = 0.0


def add(member: Member, tally: Any) -> None:
    """Watch: how hard the crisis hits, each public by its size."""
    if member.inside != 0:
        tally.crisis_now += ratio(member.crisis * member.population, tally.people_inside)


def keep(clock: Clock, tally: Any, challenger_step: ChallengerStep) -> None:
    """Watch: the first crisis starts the clock; the sixth year is averaged."""
    if tally.crisis_felt > 0.0:
        tally.crisis_since += 1.0
    elif tally.crisis_now >= challenger_step.mark:
        tally.crisis_felt = 1.0
        tally.step_before = tally.step_last if clock.quarter > 0 else tally.challenger_now
    tally.step_last = tally.challenger_now
    if tally.crisis_since > SIX_YEARS - YEAR and tally.crisis_since <= SIX_YEARS:
        tally.step_sum += tally.challenger_now
        tally.step_quarters += 1.0
