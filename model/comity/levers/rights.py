"""Safeguards for rights give citizens a remedy, and set the organization against the rulers who break them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, ratio
from comity.chance import purpose, uniform
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import DRAFT, MEMBER, RETURNED, SUSPENDED, Clock, Measure, Member, Organization, Post

SUSPEND: Final = purpose("rights.suspend")


@dataclass(frozen=True, kw_only=True)
class Rights(Lever):
    """Oversight, remedies that courts at home carry, clauses in new measures and, rarely, suspension.

    Names     democratic conditionality, rule-of-law mechanism, human rights oversight, suspension
    Price     exit of the sanctioned; what the powerful are spared costs credibility; autocrats sign less
    Evidence  S1 (the powerful are shielded; large memberships suspend less), S2 (one backslider in nineteen a year)
    Misuse    strict words in a club of autocrats: few signatures, fewer remedies
    """

    group = "obligation"
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost at full strength",
        prior=Uniform(0.01, 0.06))] = 0.03  # fmt: skip
    trusted: Annotated[float, Parameter("trust a quarter", 0.0, 0.02,
        "trust won in a full democracy whose courts carry every remedy",
        prior=Uniform(0.0, 0.003))] = 0.001  # fmt: skip
    curing: Annotated[float, Parameter("share a quarter", 0.0, 1.0, "breach that a remedy carried by courts takes away",
        prior=Uniform(0.02, 0.15))] = 0.08  # fmt: skip
    deterred: Annotated[float, Parameter("sovereignty cost", 0.0, 2.0,
        "cost of a full rights clause to a state without democracy",
        prior=Uniform(0.05, 0.4))] = 0.2  # fmt: skip
    grave: Annotated[float, Parameter("share", 0.0, 0.9, "breach from which suspension is thought of")] = 0.4
    suspending: Annotated[float, Parameter("a quarter", 0.0, 1.0,
        "suspension of a state without power for the gravest breach",
        prior=Uniform(0.03, 0.15), source="S2: .03 to .1 of backsliding states a year")] = 0.08  # fmt: skip
    offended: Annotated[float, Parameter("index", 0.0, 1.0, "preference lost by a government that is suspended",
        prior=Uniform(0.05, 0.25))] = 0.12  # fmt: skip
    selective: Annotated[float, Parameter("share a quarter", 0.0, 0.2,
        "predictability lost for each state spared for its power, at full breach and shield",
        prior=Uniform(0.0, 0.06))] = 0.03  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "measure.age", "measure.rights",
             "measure.stage", "member.democracy", "member.id", "member.inside", "member.judiciary",
             "member.oversight", "member.preference", "member.procedure", "member.rights_breach",
             "member.shield", "member.standing", "org.coverage", "org.effort", "org.predictability",
             "org.requested", "post.commitment")  # fmt: skip
    writes = ("measure.rights", "member.charged", "member.oversight", "member.preference",
              "member.procedure", "member.rights_breach", "member.since", "member.standing",
              "member.suspended_now", "org.predictability", "org.requested", "post.commitment")  # fmt: skip


def request(org: Organization, rights: Rights) -> None:
    """Plan: rapporteurs, commissions and courts of rights must be paid."""
    org.requested += rights.cost * rights.strength


def oversee(member: Member, org: Organization, rights: Rights) -> None:
    """Plan: as much oversight as is paid for; where courts carry its remedies, citizens of democracies value it."""
    if member.inside != 0:
        member.oversight = clip(rights.strength * org.coverage, 0.0, 1.0)
        carried = member.judiciary * org.effort * member.oversight
        member.procedure += rights.trusted * carried * member.democracy


def write_clause(measure: Measure, rights: Rights) -> None:
    """Drafting: a new measure carries a clause on rights."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.rights = rights.strength


def deter(post: Post, member: Member, measure: Measure, rights: Rights) -> None:
    """Consent: the clause costs those who have most to hide."""
    unfree = 1.0 - member.democracy
    post.commitment += rights.deterred * measure.rights * unfree * unfree


def remedy(member: Member, org: Organization, rights: Rights) -> None:
    """Monitoring: a remedy ends part of a breach, where there is a court to grant it."""
    cured = clip(rights.curing * member.judiciary * org.effort * member.oversight, 0.0, 1.0)
    member.rights_breach = member.rights_breach * (1.0 - cured)


def suspend(member: Member, org: Organization, clock: Clock, rights: Rights) -> None:
    """Monitoring: grave breaches may end in suspension; the powerful are spared, and that is seen."""
    grave = ratio(member.rights_breach - rights.grave, 1.0 - rights.grave)
    if member.inside == 0 or grave <= 0.0 or member.standing == SUSPENDED:
        return
    chance = rights.suspending * member.oversight * grave * (1.0 - member.shield)
    member_in_good_standing = member.standing == MEMBER or member.standing == RETURNED
    if member_in_good_standing and uniform(clock, member.id, SUSPEND, 0) < chance:
        member.standing = SUSPENDED
        member.since = 0.0
        member.suspended_now = 1
        member.charged = 1
        member.preference = clip(member.preference - rights.offended, -1.0, 1.0)
    else:
        spared = rights.selective * member.oversight * grave * member.shield
        org.predictability = clip(org.predictability - spared, 0.0, 1.0)
