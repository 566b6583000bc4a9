"""An opt-out keeps a state that objects on principle inside, and leaves a hole that does not close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, ratio
from comity.chance import purpose, uniform
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import (
    BOUND,
    DRAFT,
    FULL,
    OPTED_OUT,
    Clock,
    Measure,
    Member,
    Organization,
    Post,
)

GRANT: Final = purpose("opt_outs.grant")
COPY: Final = purpose("opt_outs.copy")


@dataclass(frozen=True, kw_only=True)
class OptOuts(Lever):
    """A state bound against its vote, or whose sovereignty cost is high, may ask to stand aside, and is let or refused.

    Names     differentiated integration, opt-outs (Schimmelfennig and Winzen)
    Price     permanent differentiation; smaller network gains; each opt-out invites the next
    Evidence  F7, F8
    Misuse    granted to whoever asks: obligations a la carte, and the acquis frays by precedent
    """

    group = "flexibility"
    answers = (("exit", 0.8), ("consent", 0.5), ("support", 0.3))
    objection: Annotated[float, Parameter("sovereignty cost", 0.0, 2.0, "cost from which a state asks on principle",
        prior=Uniform(0.2, 0.5))] = 0.35  # fmt: skip
    relief: Annotated[float, Parameter("logit", 0.0, 6.0,
        "consent won by the prospect of an opt-out, for each unit of sovereignty cost",
        prior=Uniform(0.8, 3.0))] = 1.8  # fmt: skip
    precedent: Annotated[float, Parameter("a quarter", 0.0, 1.0,
        "bound states that follow if all others have opted out",
        prior=Uniform(0.01, 0.1))] = 0.04  # fmt: skip
    granted: Annotated[float, Parameter("trust", 0.0, 0.1, "trust won when an opt-out is granted",
        prior=Uniform(0.0, 0.008), source="F7")] = 0.004  # fmt: skip
    refused: Annotated[float, Parameter("trust", 0.0, 0.1, "trust lost when it is refused",
        prior=Uniform(0.0, 0.006), source="F7")] = 0.003  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "measure.age", "measure.depth",
             "measure.opt_out", "measure.opted_out", "measure.serial", "measure.stage", "member.id",
             "member.procedure", "org.inside", "post.against", "post.commitment", "post.flexibility",
             "post.form", "post.fresh", "post.implemented", "post.rung", "post.scope")  # fmt: skip
    writes = ("measure.opt_out", "measure.opted_out", "member.procedure", "post.against",
              "post.flexibility", "post.form", "post.implemented", "post.overdue", "post.reported",
              "post.scope")  # fmt: skip


def offer(measure: Measure, opt_outs: OptOuts) -> None:
    """Drafting: how ready the organization is to let a state stand aside."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.opt_out = opt_outs.strength


def ease(post: Post, measure: Measure, opt_outs: OptOuts) -> None:
    """Consent: who may stand aside need not block."""
    post.flexibility += opt_outs.relief * measure.opt_out * post.commitment


def ask(post: Post, member: Member, measure: Measure, clock: Clock, opt_outs: OptOuts) -> None:
    """Consent: on the day a measure binds, the outvoted and those who object on principle ask to stand aside."""
    if post.fresh == 0 or post.form != FULL:
        return
    if post.against == 0 and post.commitment < opt_outs.objection:
        return
    if uniform(clock, member.id, GRANT, measure.serial) < measure.opt_out:
        post.form = OPTED_OUT
        post.scope = 0.0
        post.against = 0
        member.procedure += opt_outs.granted * measure.depth
    else:
        member.procedure -= opt_outs.refused * measure.depth


def forget_holes(measure: Measure) -> None:
    """Valves: opt-outs are counted anew."""
    measure.opted_out = 0.0


def count_holes(post: Post, measure: Measure, org: Organization) -> None:
    """Valves: each standing opt-out is seen."""
    if post.form == OPTED_OUT and post.rung == BOUND:
        measure.opted_out = min(measure.opted_out + ratio(1.0, float(org.inside)), 1.0)


def follow(post: Post, member: Member, measure: Measure, clock: Clock, opt_outs: OptOuts) -> None:
    """Valves: precedent: what others were spared, a state that has not yet done its part asks for too."""
    if post.form != FULL or post.rung != BOUND or post.implemented >= post.scope:
        return
    chance = clip(opt_outs.precedent * measure.opt_out * measure.opted_out, 0.0, 1.0)
    if chance > 0.0 and uniform(clock, member.id, COPY, measure.serial) < chance:
        post.form = OPTED_OUT
        post.scope = 0.0
        post.implemented = 0.0
        post.reported = 0.0
        post.overdue = 0
        post.against = 0
