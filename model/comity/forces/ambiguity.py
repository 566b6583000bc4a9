"""Law that is neither clearly soft nor clearly hard may come to be treated as hard by those to whom it is delegated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip
from comity.chance import purpose, uniform
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import BOUND, DRAFT, IN_FORCE, Clock, Measure, Member, Organization, Post

HARDEN: Final = purpose("ambiguity.harden")


@dataclass(frozen=True, kw_only=True)
class Ambiguity(Force):
    """Halfway between soft and hard is a stepping stone, and a trap: parties find themselves held to what they noted.

    Names     constructive ambiguity, hardening of soft law, mission creep
    Evidence  assumption (mechanisms.md, section 1: soft and hard clearly apart)
    """

    rate: Annotated[float, Parameter("a quarter", 0.0, 0.2, "hazard at full ambiguity and delegation",
        prior=Uniform(0.004, 0.02), source="mechanisms.md, section 1")] = 0.01  # fmt: skip
    hard: Annotated[float, Parameter("share", 0.0, 1.0, "hardness as which it is then treated")] = 0.8
    act: Annotated[float, Parameter("acts", 0.0, 1.0, "coercion felt by a party that is held to it, at full depth",
        prior=Uniform(0.01, 0.06))] = 0.03  # fmt: skip
    doubt: Annotated[float, Parameter("share", 0.0, 0.5, "predictability lost each time",
        prior=Uniform(0.0, 0.02))] = 0.01  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "measure.age", "measure.ambiguity",
             "measure.depth", "measure.hardened", "measure.hardness", "measure.serial", "measure.stage",
             "member.coerced", "org.delegation", "org.predictability", "post.implemented", "post.rung",
             "post.scope")  # fmt: skip
    writes = ("measure.ambiguity", "measure.hardened", "measure.hardness", "member.coerced", "org.predictability")


def blur(measure: Measure) -> None:
    """Drafting: a text is clear at either end of the scale, and most ambiguous in the middle."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.ambiguity = 1.0 - abs(2.0 * measure.hardness - 1.0)


def harden(measure: Measure, org: Organization, clock: Clock, ambiguity: Ambiguity) -> None:
    """Monitoring: whoever was given authority may use it; what was announced is then not what is done."""
    measure.hardened = 0
    if measure.stage != IN_FORCE or measure.hardness >= ambiguity.hard:
        return
    chance = ambiguity.rate * measure.ambiguity * org.delegation
    if uniform(clock, measure.serial, HARDEN, 0) < chance:
        measure.hardness = ambiguity.hard
        measure.ambiguity = 0.0
        measure.hardened = 1
        org.predictability = clip(org.predictability - ambiguity.doubt, 0.0, 1.0)


def resent(post: Post, member: Member, measure: Measure, ambiguity: Ambiguity) -> None:
    """Monitoring: a party that has not done it yet feels coerced."""
    if measure.hardened != 0 and post.rung == BOUND and post.implemented < post.scope:
        member.coerced += ambiguity.act * measure.depth
