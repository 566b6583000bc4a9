"""Quiet settlement clears breaches that a state could end if it wished, and the strong get the better terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, ratio
from comity.chance import purpose, uniform
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import BOUND, Clock, Measure, Member, Organization, Post, Stake

SETTLE: Final = purpose("dispute_settlement.settle")


@dataclass(frozen=True, kw_only=True)
class DisputeSettlement(Lever):
    """Consultation, panels and arbitration between members: those who dare to complain settle with the one in breach.

    Names     consultations, panels, arbitration, bargaining in the shadow of the law
    Price     cost; the strong are let off part of what they owe and enforcement becomes unequal; no help where
              capacity is missing
    Evidence  ASEAN's mechanism was never invoked by 2018 (Ewing-Chow and Yusran); Mercosur: six awards in a decade
    Misuse    set up where nobody dares to sue or law is soft: paid for and unused
    """

    group = "obligation"
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost at full strength",
        prior=Uniform(0.01, 0.06))] = 0.03  # fmt: skip
    bringing: Annotated[float, Parameter("a quarter", 0.0, 1.0,
        "overdue obligations that are taken up and settled, where all dare and can",
        prior=Uniform(0.05, 0.3))] = 0.15  # fmt: skip
    silent: Annotated[float, Parameter("democracy", 0.0, 0.9,
        "mean democracy of the members at which nobody complains about another in public",
        source="ASEAN of 2008-2018, mean .26")] = 0.25  # fmt: skip
    justiciable: Annotated[float, Parameter("hardness", 0.0, 1.0,
        "hardness from which there is a right to complain of")] = 0.4  # fmt: skip
    half_means: Annotated[float, Parameter("share", 0.05, 1.0, "capacity that lets half of the settlements be kept",
        source="as in implementation; mechanisms.md, decision (b)")] = 0.3  # fmt: skip
    spared: Annotated[float, Parameter("share", 0.0, 1.0,
        "part of the obligation that a state with a full shield is let off",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip
    unequal: Annotated[float, Parameter("share", 0.0, 0.5, "equality that one such settlement costs",
        prior=Uniform(0.0, 0.06))] = 0.03  # fmt: skip
    certainty: Annotated[float, Parameter("share a quarter", 0.0, 0.2,
        "predictability that full settlement adds where it is used",
        prior=Uniform(0.001, 0.006))] = 0.003  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "measure.hardness", "measure.serial",
             "member.capacity", "member.id", "member.overload", "member.shield", "org.coverage",
             "org.democracy", "org.equality", "org.predictability", "org.requested", "post.implemented",
             "post.overdue", "post.reported", "post.rung", "post.scope", "stake.capacity")  # fmt: skip
    writes = ("org.equality", "org.predictability", "org.requested", "post.implemented", "post.overdue",
              "post.reported", "post.scope")  # fmt: skip


def request(org: Organization, dispute_settlement: DisputeSettlement) -> None:
    """Plan: panels and their secretariat cost a little."""
    org.requested += dispute_settlement.cost * dispute_settlement.strength


def steady(org: Organization, dispute_settlement: DisputeSettlement) -> None:
    """Plan: where disputes have a place to go, more is predictable."""
    used = dispute_settlement.strength * org.coverage * _dare(org, dispute_settlement)
    org.predictability = clip(org.predictability + dispute_settlement.certainty * used, 0.0, 1.0)


def _dare(org: Organization, dispute_settlement: DisputeSettlement) -> float:
    open_part = 1.0 - dispute_settlement.silent
    return clip(ratio(org.democracy - dispute_settlement.silent, open_part), 0.0, 1.0)


def settle(
    post: Post, member: Member, measure: Measure, stake: Stake, org: Organization, clock: Clock,
    dispute_settlement: DisputeSettlement,
) -> None:  # fmt: skip
    """Monitoring: a breach that can be ended is ended by agreement, on terms that follow power."""
    if post.rung != BOUND or post.overdue == 0 or measure.hardness < dispute_settlement.justiciable:
        return
    means = min(member.capacity + stake.capacity, 1.0) * (1.0 - member.overload)
    able = ratio(means * means, means * means + dispute_settlement.half_means * dispute_settlement.half_means)
    brought = dispute_settlement.bringing * dispute_settlement.strength * org.coverage * _dare(org, dispute_settlement)
    if uniform(clock, member.id, SETTLE, measure.serial) < brought * able:
        post.scope = post.scope * (1.0 - dispute_settlement.spared * member.shield)
        post.implemented = post.scope
        post.reported = max(post.reported, post.implemented)
        post.overdue = 0
        org.equality = clip(org.equality - dispute_settlement.unequal * member.shield, 0.0, 1.0)
