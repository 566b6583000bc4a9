"""Who pays sets the agenda: money from donors is unsteady, and what it asks for is less the members' own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip
from comity.chance import normal, purpose
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import DRAFT, FULL, REGION, Area, Clock, Measure, Member, Organization, Post

MOOD: Final = purpose("ownership.give")


@dataclass(frozen=True, kw_only=True)
class Ownership(Force):
    """The donors' share lowers fit and legitimacy and makes revenue swing; all of it is zero where donors pay nothing.

    Trust is lost as what they asked for becomes law; what went before is in the levels of the first day. That members
    lean on donors when times are hard is part of the budget.

    Names     ownership, donor-driven agenda, aid volatility
    Evidence  African Union 2020: partners 61 % of the budget (au.int); mechanisms.md, section 1 and pattern 6
    """

    foreign: Annotated[float, Parameter("share", 0.0, 1.0, "misfit added where donors pay for all",
        prior=Uniform(0.0, 0.12))] = 0.06  # fmt: skip
    alien: Annotated[float, Parameter("trust", 0.0, 0.1,
        "trust lost as a visible text of full depth comes to bind where donors pay for all",
        prior=Uniform(0.0, 0.016))] = 0.008  # fmt: skip
    unsteady: Annotated[float, Parameter("share", 0.0, 1.0, "spread of what donors give around what they promised",
        prior=Uniform(0.05, 0.3))] = 0.15  # fmt: skip
    lasting: Annotated[float, Parameter("per quarter", 0.0, 0.99, "how much of such a swing lasts a quarter")] = 0.8

    reads = ("area.visibility", "clock.key0", "clock.key1", "clock.quarter", "measure.age",
             "measure.depth", "measure.stage", "member.procedure", "org.donor_mood", "org.donors",
             "org.revenue", "org.windfall", "post.form", "post.fresh", "post.misfit")  # fmt: skip
    writes = ("member.procedure", "org.donor_mood", "org.revenue", "org.windfall", "post.misfit")


def give(org: Organization, clock: Clock, ownership: Ownership) -> None:
    """Plan: donors give more in some years and less in others."""
    fresh = ownership.unsteady * math.sqrt(1.0 - ownership.lasting * ownership.lasting) * normal(clock, REGION, MOOD, 0)
    org.donor_mood = clip(ownership.lasting * org.donor_mood + fresh, -1.0, 1.0)
    org.windfall = org.donors * org.donor_mood
    org.revenue += org.windfall


def estrange(post: Post, member: Member, measure: Measure, area: Area, org: Organization, ownership: Ownership) -> None:
    """Consent: law that others asked and paid for is less one's own, and publics see it where it is visible."""
    if post.fresh != 0 and post.form == FULL:
        member.procedure -= ownership.alien * org.donors * area.visibility * measure.depth


def steer(post: Post, measure: Measure, org: Organization, ownership: Ownership) -> None:
    """Drafting: a text that donors asked for fits less well at home."""
    if measure.stage == DRAFT and measure.age == 0:
        post.misfit = clip(post.misfit + ownership.foreign * org.donors, 0.0, 1.0)
