"""A deferral tranche lets a state sign what it can carry now, and carry the rest later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip, ratio
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import (
    BOUND,
    DRAFT,
    FULL,
    IN_FORCE,
    QUARTERS_PER_YEAR,
    TRANCHE,
    Measure,
    Member,
    Organization,
    Post,
    Stake,
)


@dataclass(frozen=True, kw_only=True)
class Tranches(Lever):
    """A state short of capacity may defer part of a measure; the deferred part comes due as its capacity allows.

    Names     transition periods, special and differential treatment, multi-speed integration
    Price     slower mutual gains; those who carry the whole resent deferral that drags on
    Evidence  F8, R13
    Misuse    deferral open to all for as long as they like: nobody carries the whole
    """

    group = "flexibility"
    answers = (("capacity", 0.5), ("consent", 0.5))
    needed: Annotated[float, Parameter("share", 0.0, 1.0, "shortfall from which a state defers",
        prior=Uniform(0.05, 0.3))] = 0.12  # fmt: skip
    at_once: Annotated[float, Parameter("depth", 0.05, 1.0,
        "gap that a state of no capacity cannot close at once")] = 0.4  # fmt: skip
    ease: Annotated[float, Parameter("share", 0.0, 1.0, "adjustment cost that full deferral spares at consent",
        prior=Uniform(0.3, 0.9))] = 0.6  # fmt: skip
    relief: Annotated[float, Parameter("logit", 0.0, 3.0,
        "consent won by the right to defer, for each unit of shortfall",
        prior=Uniform(0.4, 2.0))] = 1.0  # fmt: skip
    years: Annotated[float, Parameter("years", 0.5, 30.0, "time in which a state of full capacity carries the rest",
        prior=Uniform(2.0, 6.0), source="F8: most exemptions end")] = 4.0  # fmt: skip
    grace: Annotated[float, Parameter("quarters", 0.0, 20.0, "time to carry out each part as it comes due")] = 4.0
    borne: Annotated[float, Parameter("quarters", 0.0, 80.0, "deferral that the others bear without resentment")] = 12.0
    resented: Annotated[float, Parameter("share", 0.0, 1.0,
        "unmet promise felt by those who carry the whole, if all others defer",
        prior=Uniform(0.05, 0.3))] = 0.15  # fmt: skip

    reads = ("measure.age", "measure.deferred", "measure.depth", "measure.stage", "measure.tranche",
             "member.capacity", "member.unmet", "org.inside", "post.adjustment", "post.due_in",
             "post.flexibility", "post.form", "post.fresh", "post.gap", "post.patience", "post.rung",
             "post.scope", "stake.capacity", "stake.practice")  # fmt: skip
    writes = ("measure.deferred", "measure.tranche", "member.unmet", "post.adjustment", "post.due_in",
              "post.flexibility", "post.form", "post.patience", "post.scope")  # fmt: skip


def allow(measure: Measure, tranches: Tranches) -> None:
    """Drafting: how much of a new measure may be deferred."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.tranche = tranches.strength


def _shortfall(member: Member, stake: Stake, gap: float, tranches: Tranches) -> float:
    weak = 1.0 - min(member.capacity + stake.capacity, 1.0)
    return clip(weak * gap / tranches.at_once, 0.0, 1.0)


def ease(post: Post, member: Member, measure: Measure, stake: Stake, tranches: Tranches) -> None:
    """Consent: what can be deferred costs less today."""
    if measure.tranche > 0.0:
        post.adjustment *= 1.0 - tranches.ease * measure.tranche
        post.flexibility += tranches.relief * measure.tranche * _shortfall(member, stake, post.gap, tranches)


def defer(post: Post, member: Member, measure: Measure, stake: Stake, tranches: Tranches) -> None:
    """Consent: a state that is short of capacity defers its part on the day it becomes bound."""
    if post.fresh == 0 or post.form != FULL or measure.tranche <= 0.0:
        return
    short = _shortfall(member, stake, max(measure.depth - stake.practice, 0.0), tranches)
    if short > tranches.needed:
        post.form = TRANCHE
        post.scope = 1.0 - measure.tranche * short
        post.patience = 1.0


def forget_deferral(measure: Measure) -> None:
    """Valves: those who defer are counted anew."""
    measure.deferred = 0.0


def carry_more(
    post: Post, member: Member, measure: Measure, stake: Stake, org: Organization, tranches: Tranches
) -> None:
    """Valves: the deferred part comes due step by step, faster with capacity; what drags on is noticed."""
    if post.form != TRANCHE or post.rung != BOUND:
        return
    able = min(member.capacity + stake.capacity, 1.0)
    post.patience += 1.0
    post.scope = min(post.scope + able / (QUARTERS_PER_YEAR * tranches.years), 1.0)
    post.due_in = max(post.due_in, tranches.grace)
    if post.patience > tranches.borne:
        measure.deferred = min(measure.deferred + ratio(1.0, float(org.inside)), 1.0)
    if post.scope >= 1.0:
        post.form = FULL
        post.patience = 0.0


def resent(post: Post, member: Member, measure: Measure, tranches: Tranches) -> None:
    """Valves: those who carry the whole resent long deferral by others."""
    if post.form == FULL and post.rung == BOUND and measure.stage == IN_FORCE:
        member.unmet = min(member.unmet + tranches.resented * measure.depth * measure.deferred, 1.0)
