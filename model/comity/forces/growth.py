"""Growth swings around its trend, partly for the whole region at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip
from comity.chance import normal, purpose
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import QUARTERS_PER_YEAR, REGION, Clock, Member, Organization, Shock

COMMON: Final = purpose("growth.common")
OWN: Final = purpose("growth.own")
PERCENT: Final = 100.0
STEEPEST: Final = 60.0


@dataclass(frozen=True, kw_only=True)
class Growth(Force):
    """Deviation of growth from trend: a common and an own part, each persistent, plus what the calendar says.

    Names     business cycle synchronization
    Evidence  within-state spread of growth in the panel, crises left to the calendar
    """

    volatility: Annotated[float, Parameter("points a year", 0.0, 10.0, "spread of growth in calm times",
        prior=Uniform(1.2, 2.6), source="panel 1990-2024, within-state spread outside crises")] = 1.8  # fmt: skip
    common: Annotated[float, Parameter("share of variance", 0.0, 1.0, "part that the whole region shares",
        prior=Uniform(0.3, 0.7))] = 0.5  # fmt: skip
    persistence: Annotated[float, Parameter("per quarter", 0.0, 0.98, "how much of a deviation lasts a quarter",
        prior=Uniform(0.6, 0.85))] = 0.75  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "member.exposure_economic", "member.growth",
             "member.growth_own", "member.id", "member.income", "org.growth_common", "shock.growth")  # fmt: skip
    writes = ("member.growth", "member.growth_own", "member.income", "org.growth_common")


def swing_together(org: Organization, clock: Clock, growth: Growth) -> None:
    """World: the region's common deviation moves."""
    fresh = math.sqrt((1.0 - growth.persistence * growth.persistence) * growth.common) * growth.volatility
    org.growth_common = growth.persistence * org.growth_common + fresh * normal(clock, REGION, COMMON, 0)


def swing_alone(member: Member, org: Organization, clock: Clock, shock: Shock, growth: Growth) -> None:
    """World: each economy moves around the common deviation, and is hit as it is exposed."""
    fresh = math.sqrt((1.0 - growth.persistence * growth.persistence) * (1.0 - growth.common)) * growth.volatility
    member.growth_own = clip(
        growth.persistence * member.growth_own + fresh * normal(clock, member.id, OWN, 0), -STEEPEST, STEEPEST
    )
    hit = shock.growth * member.exposure_economic
    member.growth = clip(org.growth_common + member.growth_own + hit, -STEEPEST, STEEPEST)
    member.income *= 1.0 + member.growth / (PERCENT * QUARTERS_PER_YEAR)
