"""Money that is paid on delivery raises the will to deliver, and comes late to those who can deliver least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip, ratio
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import BOUND, DRAFT, Measure, Member, Organization, Post, Stake


@dataclass(frozen=True, kw_only=True)
class Milestones(Lever):
    """Part of funds and assistance is held back until new measures are truly implemented and assessed.

    Names     performance-based financing, results-based aid, ex-post conditionality
    Price     slow payment (R14); weak administrations absorb less, and money withheld is felt as coercion; uncertainty
    Evidence  R14; the Recovery and Resilience Facility as the reference case
    Misuse    aimed at the weak: those who need the money most wait for it longest
    """

    group = "money"
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost of assessing at full strength",
        prior=Uniform(0.01, 0.05))] = 0.03  # fmt: skip
    held: Annotated[float, Parameter("share", 0.0, 1.0, "funds held back at full strength",
        prior=Uniform(0.4, 0.9))] = 0.7  # fmt: skip
    helped: Annotated[float, Parameter("share", 0.0, 1.0,
        "assistance held back at full strength, nothing delivered",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip
    enough: Annotated[float, Parameter("share of income a year", 1e-6, 0.1,
        "conditional money that counts half as much as any money could",
        prior=Uniform(0.001, 0.006))] = 0.003  # fmt: skip
    enough_help: Annotated[float, Parameter("capacity", 1e-6, 1.0,
        "assistance under way that counts half as much as any could")] = 0.15  # fmt: skip
    guaranteed: Annotated[float, Parameter("share", 0.0, 1.0,
        "threat that is empty where envelopes are laid down for years",
        prior=Uniform(0.3, 0.9))] = 0.6  # fmt: skip
    pace: Annotated[float, Parameter("a quarter", 0.0, 1.0,
        "assessment of what was delivered, by able administrations on both sides",
        prior=Uniform(0.5, 1.0), source="R14: payment lags delivery by some quarters")] = 0.8  # fmt: skip
    settling: Annotated[float, Parameter("a quarter", 0.0, 1.0,
        "money held back that is paid where all is delivered")] = 0.5  # fmt: skip
    lapse: Annotated[float, Parameter("a quarter", 0.0, 0.5, "money held back that lapses where nothing is delivered",
        source="decommitment after three years")] = 0.06  # fmt: skip
    paperwork: Annotated[float, Parameter("capacity for each measure", 0.0, 0.5,
        "work of proving what is done, full depth",
        prior=Uniform(0.0, 0.04))] = 0.015  # fmt: skip
    act: Annotated[float, Parameter("acts", 0.0, 1.0, "coercion in a quarter in which all money of a measure is late",
        prior=Uniform(0.005, 0.04))] = 0.02  # fmt: skip
    uncertain: Annotated[float, Parameter("share a quarter", 0.0, 0.2,
        "predictability lost where a quarter of dues is held back",
        prior=Uniform(0.0, 0.006))] = 0.003  # fmt: skip

    reads = ("measure.age", "measure.depth", "measure.milestone", "measure.stage", "member.capacity",
             "member.coerced", "member.conditional", "member.delivered", "member.funds", "member.inside",
             "member.load", "member.milestones", "member.milestones_met", "member.power",
             "member.withheld", "org.dues", "org.held", "org.predictability", "org.regularity",
             "org.requested", "org.reserve", "org.secretariat", "post.at_stake", "post.implemented",
             "post.overdue", "post.paid", "post.rung", "post.scope", "stake.capacity", "stake.pipeline")  # fmt: skip
    writes = ("measure.milestone", "member.coerced", "member.conditional", "member.delivered",
              "member.funds", "member.load", "member.milestones", "member.milestones_met",
              "member.released", "member.withheld", "org.held", "org.predictability", "org.requested",
              "org.reserve", "post.at_stake", "post.paid")  # fmt: skip


def request(org: Organization, milestones: Milestones) -> None:
    """Plan: somebody has to assess what was delivered."""
    org.requested += milestones.cost * milestones.strength


def unsettle(org: Organization, milestones: Milestones) -> None:
    """Plan: while money is held back, nobody can tell when it will come."""
    lost = milestones.uncertain * milestones.strength * min(org.held, 1.0)
    org.predictability = clip(org.predictability - lost, 0.0, 1.0)


def hold(member: Member, milestones: Milestones) -> None:
    """Plan: part of the money goes into a purse, part of the help waits."""
    if member.inside == 0:
        return
    member.conditional = milestones.held * milestones.strength * member.funds
    member.funds -= member.conditional
    member.withheld += member.conditional
    member.released = clip(1.0 - milestones.helped * milestones.strength * (1.0 - member.delivered), 0.0, 1.0)


def promise(measure: Measure, milestones: Milestones) -> None:
    """Drafting: how far a new measure is tied to money."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.milestone = milestones.strength


def report_back(post: Post, member: Member, measure: Measure, milestones: Milestones) -> None:
    """Implementation: what is tied to money must be proved, and proving takes capacity."""
    if post.rung == BOUND:
        member.load += milestones.paperwork * measure.milestone * measure.depth * (post.scope - post.implemented)


def tempt(
    post: Post, member: Member, measure: Measure, stake: Stake, org: Organization, milestones: Milestones
) -> None:
    """Implementation: what is at stake is what was not yet paid, if the threat to keep it is meant."""
    post.at_stake = 0.0
    if post.rung == BOUND and post.implemented < post.scope:
        money = ratio(member.conditional, member.conditional + milestones.enough)
        help_ = ratio(stake.pipeline, stake.pipeline + milestones.enough_help)
        meant = 1.0 - milestones.guaranteed * org.regularity
        post.at_stake = clip(measure.milestone * (1.0 - post.paid) * max(money, help_) * meant, 0.0, 1.0)


def assess(
    post: Post, member: Member, measure: Measure, stake: Stake, org: Organization, milestones: Milestones
) -> None:
    """Implementation: what was delivered is assessed in time, sooner where both sides are able."""
    if post.rung != BOUND:
        return
    able = min(member.capacity + stake.capacity, 1.0)
    reached = clip(ratio(post.implemented, post.scope), 0.0, 1.0)
    post.paid = clip(post.paid + milestones.pace * org.secretariat * able * (reached - post.paid), 0.0, 1.0)
    weight = measure.milestone * measure.depth
    member.milestones += weight
    member.milestones_met += weight * post.paid


def _met(member: Member) -> float:
    return min(ratio(member.milestones_met, member.milestones), 1.0) if member.milestones > 0.0 else 1.0


def judge(member: Member) -> None:
    """Implementation: what was delivered decides how much help comes next; where nothing is asked, all of it does."""
    member.delivered = _met(member)


def release(member: Member, org: Organization, milestones: Milestones) -> None:
    """Implementation: the purse opens as far as milestones are met; what waits too long goes back."""
    met = _met(member)
    paid = milestones.settling * met * member.withheld
    lapsed = milestones.lapse * (1.0 - met) * member.withheld
    if member.inside == 0:
        paid = 0.0
        lapsed = member.withheld
    member.funds += paid
    member.withheld = max(member.withheld - paid - lapsed, 0.0)
    org.reserve += ratio(lapsed * member.power, org.dues)
    org.held += ratio(member.withheld * member.power, org.dues)


def withhold(post: Post, member: Member, milestones: Milestones) -> None:
    """Monitoring: money that is late because the work is late is an act, and is felt as one."""
    if post.overdue != 0:
        member.coerced += milestones.act * post.at_stake
