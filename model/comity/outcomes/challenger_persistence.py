"""Challenger persistence: what is left of the challengers' step ten years after the crisis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.outcomes import MISSING
from comity.parameter import Parameter

TEN_YEARS: Final = 40
YEAR: Final = 4


@dataclass(frozen=True, kw_only=True)
class ChallengerPersistence(Outcome):
    """The tenth year over the sixth, both above the level before (P1: no return); the crisis is that of the step.

    One where nothing was lost again; missing where there was no crisis, too little time, or hardly a step up.
    """

    unit: ClassVar[str] = "ratio"
    direction: ClassVar[str] = "lower is less lasting backlash"
    window: ClassVar[str] = "ten years from the first crisis of the region"
    columns: ClassVar[tuple[str, ...]] = ("stay_sum", "stay_quarters")

    least: Annotated[
        float, Parameter("share", 0.001, 1.0, "step below which there is nothing that could stay or go")
    ] = 0.02

    reads = ("tally.challenger_now", "tally.crisis_since", "tally.stay_quarters", "tally.stay_sum",
             "tally.step_before", "tally.step_quarters", "tally.step_sum")  # fmt: skip
    writes = ("tally.stay_quarters", "tally.stay_sum")

    @staticmethod
    def finish(tally: Any, challenger_persistence: ChallengerPersistence) -> float:
        """What is left of the step, over the step."""
        step = ratio(tally.step_sum, tally.step_quarters) - tally.step_before
        if tally.stay_quarters < YEAR or step < challenger_persistence.least:
            return MISSING
        return ratio(ratio(tally.stay_sum, tally.stay_quarters) - tally.step_before, step)


def keep(tally: Any) -> None:
    """Watch: the tenth year is averaged."""
    if tally.crisis_since > TEN_YEARS - YEAR and tally.crisis_since <= TEN_YEARS:
        tally.stay_sum += tally.challenger_now
        tally.stay_quarters += 1.0
