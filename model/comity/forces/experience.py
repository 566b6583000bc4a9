"""What a measure has truly brought is seen slowly, and promises that partners do not keep are noticed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import BOUND, IN_FORCE, WAIVED, Area, Measure, Member, Organization, Post, Stake


@dataclass(frozen=True, kw_only=True)
class Experience(Force):
    """Each party compares what a measure brings, with the partners it really has, with what it costs in sovereignty.

    Names     learning, renegotiation on observed benefit (Koremenos 2001)
    Evidence  F1; empty promises: R1
    """

    learning: Annotated[float, Parameter("a quarter", 0.0, 1.0, "weight of the present in what was seen",
        prior=Uniform(0.05, 0.2))] = 0.1  # fmt: skip
    sovereignty: Annotated[float, Parameter("index", 0.0, 5.0, "cost of full sensitivity, depth, hardness and identity",
        prior=Uniform(0.5, 2.0))] = 1.2  # fmt: skip
    misfit: Annotated[float, Parameter("index", 0.0, 5.0, "cost of full misfit", prior=Uniform(0.2, 0.8))] = 0.5
    missed: Annotated[float, Parameter("share for each unit of depth", 0.0, 1.0,
        "promise missed where no partner delivers on time",
        prior=Uniform(0.02, 0.08))] = 0.04  # fmt: skip

    reads = ("area.network", "area.sensitivity", "measure.depth", "measure.due", "measure.hardness",
             "measure.loose", "measure.since_force", "measure.stage", "measure.working",
             "member.identity", "member.unmet", "org.bound_now", "org.waivers_now", "post.implemented",
             "post.misfit", "post.rung", "post.seen", "stake.benefit")  # fmt: skip
    writes = ("member.unmet", "org.bound_now", "org.waivers_now", "post.seen")


def see(post: Post, member: Member, measure: Measure, area: Area, stake: Stake, experience: Experience) -> None:
    """Valves: benefit with the partners that really work along, less what it costs to be bound."""
    if post.rung != BOUND:
        return
    with_others = measure.working * (1.0 - measure.loose)
    brings = stake.benefit * post.implemented * (1.0 - area.network + area.network * with_others)
    costs = experience.sovereignty * area.sensitivity * measure.depth * measure.hardness * member.identity
    now = brings - costs - experience.misfit * post.misfit
    post.seen = clip(post.seen + experience.learning * (now - post.seen), -2.0, 2.0)


def miss(post: Post, member: Member, measure: Measure, experience: Experience) -> None:
    """Valves: what partners promised and have not done, after it was due."""
    if post.rung == BOUND and measure.stage == IN_FORCE and measure.since_force > measure.due:
        member.unmet = min(member.unmet + experience.missed * measure.depth * (1.0 - measure.working), 1.0)


def tally_waivers(post: Post, org: Organization) -> None:
    """Valves: how much of what binds is waived."""
    if post.rung == BOUND or post.rung == WAIVED:
        org.bound_now += 1.0
    if post.rung == WAIVED:
        org.waivers_now += 1.0
