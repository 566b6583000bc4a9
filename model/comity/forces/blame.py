"""Governments lay what goes wrong at the organization's door; what is reviewed together is owned together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import Member, Organization


@dataclass(frozen=True, kw_only=True)
class Blame(Force):
    """The share of bad outcomes charged to the organization rises with skeptical governments and near elections.

    Joint review (transparency, an assembly) lowers it, and then governments share in the credit for good times too. All
    terms are zero at usual values, so that the share is the one that `shocks` declares.

    Names     blame shifting, scapegoating, responsibility attribution, credit claiming
    Evidence  Hobolt and Tilley 2014 (memory); mechanisms.md, section 1
    """

    skeptic: Annotated[float, Parameter("share for each unit of preference", 0.0, 1.0,
        "blame shifted by a government against integration, beyond the usual one",
        prior=Uniform(0.0, 0.3), source="Hobolt and Tilley 2014 (memory)")] = 0.15  # fmt: skip
    usual_preference: Annotated[float, Parameter("index", -1.0, 1.0,
        "position of a government at which that term is zero",
        source="mean of the five regions at their start")] = 0.28  # fmt: skip
    electoral: Annotated[float, Parameter("share", 0.0, 1.0, "blame added when an election is near",
        prior=Uniform(0.0, 0.2))] = 0.08  # fmt: skip
    usual_campaign: Annotated[float, Parameter("share of quarters", 0.0, 1.0, "campaigns at which that term is zero",
        source="a window of two in sixteen quarters")] = 0.13  # fmt: skip
    joint: Annotated[float, Parameter("share", 0.0, 1.0, "blame, and credit, that full joint review takes off",
        prior=Uniform(0.05, 0.35))] = 0.2  # fmt: skip
    usual_review: Annotated[float, Parameter("share", 0.0, 1.0, "joint review at which blame is the usual one",
        source="European Union: transparency .3")] = 0.25  # fmt: skip
    credit_gain: Annotated[float, Parameter("trust for each unit of gain, each quarter", 0.0, 0.5,
        "credit at stake for gain beyond expectation",
        source="mechanisms.md, section 4: what publics give for it")] = 0.05  # fmt: skip
    credit_growth: Annotated[float, Parameter("trust for a point a year, each quarter", 0.0, 0.02,
        "credit at stake for growth",
        source="T5: what publics give for it")] = 0.0011  # fmt: skip

    reads = ("member.campaign", "member.expectation", "member.gain", "member.growth", "member.inside",
             "member.preference", "member.procedure", "member.shock_blamed", "member.transparency",
             "org.assembly")  # fmt: skip
    writes = ("member.procedure", "member.shock_blamed")


def charge(member: Member, org: Organization, blame: Blame) -> None:
    """Publics: whose fault it was, and whose merit."""
    reviewed = 1.0 - (1.0 - member.transparency) * (1.0 - org.assembly)
    shifted = (
        blame.skeptic * (blame.usual_preference - member.preference)
        + blame.electoral * (float(member.campaign) - blame.usual_campaign)
        - blame.joint * (reviewed - blame.usual_review)
    )
    member.shock_blamed = clip(member.shock_blamed + shifted, 0.0, 1.0)
    good = blame.credit_gain * max(member.gain - member.expectation, 0.0) + blame.credit_growth * max(
        member.growth, 0.0
    )
    member.procedure -= float(member.inside) * blame.joint * reviewed * good
