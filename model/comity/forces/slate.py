"""Each quarter begins with a clean slate: what levers did to states last quarter is not carried over by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip, ratio
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import Member, Organization


@dataclass(frozen=True, kw_only=True)
class Slate(Force):
    """Resets what is decided anew each quarter; keeps the organization's name for predictability.

    Names     credible commitment, predictability
    Evidence  assumption (mechanisms.md, section 1: predictable, principled action)
    """

    least: Annotated[float, Parameter("share", 0.0, 1.0,
        "predictability of one that treats all unequally and waives all")] = 0.2  # fmt: skip
    equal: Annotated[float, Parameter("share", 0.0, 1.0, "added by equal enforcement", prior=Uniform(0.2, 0.5))] = 0.35
    kept: Annotated[float, Parameter("share", 0.0, 1.0, "added by obligations that are not waived",
        prior=Uniform(0.1, 0.4))] = 0.25  # fmt: skip
    doubt: Annotated[float, Parameter("ratio", 0.0, 20.0,
        "how fast waivers eat that up", prior=Uniform(1.0, 6.0))] = 3.0  # fmt: skip
    speed: Annotated[float, Parameter("a quarter", 0.0, 1.0, "speed at which a name is made or lost")] = 0.05
    trusted: Annotated[float, Parameter("trust a quarter", 0.0, 0.1, "trust won by full predictability against none",
        prior=Uniform(0.0, 0.006))] = 0.003  # fmt: skip
    usual: Annotated[float, Parameter("share", 0.0, 1.0,
        "predictability at which trust neither gains nor loses")] = 0.75  # fmt: skip
    lapsing: Annotated[float, Parameter("a quarter", 0.0, 1.0, "complaints given up by those who wait",
        prior=Uniform(0.04, 0.15))] = 0.08  # fmt: skip

    grudge: Annotated[float, Parameter("a quarter", 0.0, 1.0,
        "part of the memory of failed protection that a quarter leaves")] = 0.9  # fmt: skip
    breach: Annotated[float, Parameter("a quarter", 0.0, 1.0,
        "part of the distrust in handling of data that a quarter leaves",
        prior=Uniform(0.6, 0.9))] = 0.8  # fmt: skip

    reads = ("member.complaints", "member.let_down", "org.bound_now", "org.data_breach", "org.equality",
             "org.predictability", "org.waivers_now")  # fmt: skip
    writes = ("member.audit", "member.captured", "member.compensation", "member.complaints",
              "member.conditional", "member.funds", "member.ignored", "member.invested",
              "member.let_down", "member.milestones", "member.milestones_met", "member.oversight",
              "member.procedure", "member.released", "member.represented", "member.safety",
              "member.salience", "member.tolerance", "member.transparency", "member.unmet",
              "member.voice", "org.assembly", "org.bound_now", "org.campaigning", "org.data_breach",
              "org.delegation", "org.interoperable", "org.need", "org.predictability", "org.regularity",
              "org.required", "org.stance", "org.waivers_now")  # fmt: skip


def make_a_name(org: Organization, slate: Slate) -> None:
    """Plan: equal enforcement and obligations that hold make an organization predictable."""
    waived = ratio(org.waivers_now, org.bound_now)
    kept = slate.kept * max(1.0 - slate.doubt * waived, 0.0)
    now = min(slate.least + slate.equal * org.equality + kept, 1.0)
    org.predictability = clip(org.predictability + slate.speed * (now - org.predictability), 0.0, 1.0)
    org.waivers_now = 0.0
    org.bound_now = 0.0
    org.need = 0.0
    org.required = 0.0
    org.delegation = 0.0
    org.stance = 0.0
    org.campaigning = 0.0
    org.regularity = 0.0
    org.interoperable = 0.0
    org.data_breach *= slate.breach
    org.assembly = 0.0


def wipe(member: Member, org: Organization, slate: Slate) -> None:
    """Plan: help, voice, openness and protection are given anew or not at all."""
    member.procedure = slate.trusted * (org.predictability - slate.usual)
    member.voice = 0.0
    member.represented = 0.0
    member.salience = 0.0
    member.complaints -= slate.lapsing * member.complaints
    member.ignored = 0.0
    member.compensation = 0.0
    member.unmet = 0.0
    member.transparency = 0.0
    member.audit = 0.0
    member.oversight = 0.0
    member.safety = 0.0
    member.funds = 0.0
    member.conditional = 0.0
    member.released = 1.0
    member.milestones = 0.0
    member.milestones_met = 0.0
    member.invested = 0.0
    member.captured = 0.0
    member.tolerance = 0.0
    member.let_down *= slate.grudge
