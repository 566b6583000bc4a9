"""Campaigns of disinformation leave publics misled, and the misled make more of every shock and broken promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip
from comity.chance import purpose, uniform
from comity.mechanism import Force
from comity.parameter import Normal, Parameter, Uniform
from comity.world import QUARTERS_PER_YEAR, Clock, Member, Shock

CAMPAIGN: Final = purpose("disinformation.campaign")


@dataclass(frozen=True, kw_only=True)
class Disinformation(Force):
    """Exposure builds up in campaigns of the calendar, or of chance, where nobody at home is trusted, and fades.

    The first blow of a campaign of the calendar is a shock like others; here stands what stays. Without a shock or a
    promise that was not kept there is nothing to make more of.

    Names     information disorder, foreign influence operations, resilience to disinformation (Humprecht et al. 2020)
    Evidence  mixed: exposure is common, persuasion small (Guess et al. 2020, memory); priors straddle zero
    """

    rate: Annotated[float, Parameter("a year", 0.0, 2.0, "chance of a campaign, beyond the calendar",
        prior=Uniform(0.05, 0.25))] = 0.15  # fmt: skip
    electoral: Annotated[float, Parameter("ratio", 0.0, 10.0, "added to that chance when an election is near",
        prior=Uniform(0.0, 4.0), source="calendar: campaigns before votes")] = 2.0  # fmt: skip
    blow: Annotated[float, Parameter("size", 0.0, 1.0, "size of a campaign by chance")] = 0.7
    reach: Annotated[float, Parameter("share a quarter", 0.0, 1.0,
        "public misled by a campaign of size one where nobody trusts the government",
        prior=Uniform(0.1, 0.5))] = 0.3  # fmt: skip
    fading: Annotated[float, Parameter("a quarter", 0.0, 1.0, "fading of exposure",
        prior=Uniform(0.05, 0.2))] = 0.1  # fmt: skip
    twisted: Annotated[float, Parameter("ratio", -1.0, 4.0,
        "grievance from shocks and broken promises added where all are misled",
        prior=Normal(0.6, 0.6), contested=True)] = 0.6  # fmt: skip
    doubted: Annotated[float, Parameter("trust a quarter", -0.02, 0.02, "trust lost where all are misled",
        prior=Normal(0.001, 0.0015), contested=True)] = 0.001  # fmt: skip

    reads = ("clock.chance_from", "clock.key0", "clock.key1", "clock.quarter", "member.campaign",
             "member.id", "member.misled", "member.procedure", "member.shock_grievance",
             "member.trust_national", "member.unmet", "shock.disinformation")  # fmt: skip
    writes = ("member.misled", "member.procedure", "member.shock_grievance", "member.unmet")


def spread(member: Member, shock: Shock, clock: Clock, disinformation: Disinformation) -> None:
    """World: a campaign misleads those who trust nobody at home; most of it is forgotten within years."""
    force = min(shock.disinformation, 1.0)
    if clock.quarter >= clock.chance_from:
        rate = disinformation.rate * (1.0 + disinformation.electoral * member.campaign)
        if uniform(clock, member.id, CAMPAIGN, 0) * QUARTERS_PER_YEAR < rate:
            force = max(force, disinformation.blow)
    fresh = disinformation.reach * force * (1.0 - member.trust_national) * (1.0 - member.misled)
    member.misled = clip(member.misled * (1.0 - disinformation.fading) + fresh, 0.0, 1.0)


def twist(member: Member, disinformation: Disinformation) -> None:
    """Publics: what went wrong is made more of."""
    more = 1.0 + disinformation.twisted * member.misled
    member.shock_grievance = clip(member.shock_grievance * more, 0.0, 1.0)
    member.unmet = clip(member.unmet * more, 0.0, 1.0)
    member.procedure -= disinformation.doubted * member.misled
