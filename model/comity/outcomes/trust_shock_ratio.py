"""Trust and shocks: what the states lost that a crisis hit hard, over what the others lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.outcomes import MISSING
from comity.parameter import Parameter
from comity.world import Clock, Member

YEAR: Final = 4
FOUR_YEARS: Final = 16


@dataclass(frozen=True, kw_only=True)
class TrustShockRatio(Outcome):
    """Trust before the region's first crisis less that of the fourth year after it; the crisis is `challenger_step`'s.

    Hit hard are founding members on which more of the crisis fell, added up over four years, than on their mean.
    Missing where no crisis came or too late, where it hit all alike, or where the others lost hardly anything.
    """

    unit: ClassVar[str] = "ratio"
    direction: ClassVar[str] = "higher is more told apart by the shock"
    window: ClassVar[str] = "four years from the first crisis of the region"
    columns: ClassVar[tuple[str, ...]] = ("shock_quarters",)

    least: Annotated[float, Parameter("share", 0.001, 1.0, "loss of the others that is not told from noise")] = 0.03

    reads = ("clock.quarter", "member.crisis", "member.hit", "member.trust_after", "member.trust_last",
             "member.trust_observed", "members.founding", "members.hit", "members.trust_after",
             "members.trust_before", "tally.crisis_felt", "tally.crisis_since",
             "tally.shock_quarters")  # fmt: skip
    writes = ("member.hit", "member.trust_after", "member.trust_before", "member.trust_last", "tally.shock_quarters")

    @staticmethod
    def finish(members: Any, tally: Any, trust_shock_ratio: TrustShockRatio) -> float:
        """Mean loss of the hit over mean loss of the spared."""
        hits = 0.0
        states = 0.0
        for i in range(members.shape[0]):
            if members[i].founding != 0:
                hits += members[i].hit
                states += 1.0
        mean = ratio(hits, states)
        hit = 0.0
        hit_loss = 0.0
        spared_loss = 0.0
        for i in range(members.shape[0]):
            if members[i].founding != 0:
                loss = members[i].trust_before - members[i].trust_after
                if members[i].hit > mean:
                    hit += 1.0
                    hit_loss += loss
                else:
                    spared_loss += loss
        spared = ratio(spared_loss, states - hit)
        if tally.shock_quarters < YEAR or hit == 0.0 or spared < trust_shock_ratio.least:
            return MISSING
        return ratio(ratio(hit_loss, hit), spared)


def add(member: Member, clock: Clock, tally: Any) -> None:
    """Watch: trust before the crisis, how hard it hits, and trust in the fourth year."""
    if tally.crisis_felt > 0.0:
        if tally.crisis_since == 0.0:
            member.trust_before = member.trust_last if clock.quarter > 0 else member.trust_observed
        if tally.crisis_since < FOUR_YEARS:
            member.hit += member.crisis
        if tally.crisis_since > FOUR_YEARS - YEAR and tally.crisis_since <= FOUR_YEARS:
            member.trust_after = min(member.trust_after + member.trust_observed / YEAR, 1.0)
    member.trust_last = member.trust_observed


def keep(tally: Any) -> None:
    """Watch: whether the fourth year is over."""
    if tally.crisis_since > FOUR_YEARS - YEAR and tally.crisis_since <= FOUR_YEARS:
        tally.shock_quarters += 1.0
