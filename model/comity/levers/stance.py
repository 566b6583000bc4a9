"""A convener is trusted and ignored by the unwilling; an enforcer is obeyed and resented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from comity.arithmetic import clip
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Member, Organization, Post


@dataclass(frozen=True, kw_only=True)
class Stance(Lever):
    """How the organization meets its members: -1 as a neutral convener, 1 as an enforcer that never looks away.

    Names     managerial and enforcement schools (Chayes and Chayes 1993, Downs et al. 1996), forbearance, honest broker
    Price     a convener presses little, yields to scepticism the more and is relied on less; an enforcer's pressure
              is an act of coercion, its commitments cost more, and unchecked rulers turn away
    Evidence  C8 (forbearance as scepticism rises); the effect on trust is an assumption
    Misuse    an enforcer where law is soft: resented for nothing; a convener where practice is far below the law
    """

    group = "decision"
    for_all = True
    scale: ClassVar[Parameter] = Parameter("from convener, -1, to enforcer, 1", -1.0, 1.0, "how it meets its members")
    default_strength: ClassVar[float] = -0.5
    force: Annotated[float, Parameter("ratio", 0.0, 1.0, "pressure that a full enforcer adds, or a convener lacks",
        prior=Uniform(0.4, 1.0))] = 0.8  # fmt: skip
    neutral: Annotated[float, Parameter("trust a quarter", 0.0, 0.02, "trust that a full convener wins",
        prior=Uniform(0.0, 0.0015))] = 0.0005  # fmt: skip
    weight: Annotated[float, Parameter("ratio", 0.0, 1.0,
        "sovereignty cost that a full enforcer adds to a commitment, or a convener takes off",
        prior=Uniform(0.0, 0.25))] = 0.1  # fmt: skip
    credible: Annotated[float, Parameter("share a quarter", 0.0, 0.05,
        "predictability that a full enforcer adds, or a convener, who lets breaches pass, takes",
        prior=Uniform(0.0, 0.004))] = 0.002  # fmt: skip
    resented: Annotated[float, Parameter("index a quarter", 0.0, 0.05,
        "preference lost to a full enforcer by a state without judicial constraints",
        prior=Uniform(0.0, 0.004))] = 0.002  # fmt: skip

    reads = ("member.inside", "member.judiciary", "member.preference", "member.procedure",
             "org.predictability", "org.stance", "post.commitment", "post.sanction")  # fmt: skip
    writes = ("member.preference", "member.procedure", "org.predictability", "org.stance",
              "post.commitment", "post.sanction")  # fmt: skip


def take_up(org: Organization, stance: Stance) -> None:
    """Plan: forbearance is read from the stance when effort is next decided, and partners draw their conclusions."""
    org.stance = clip(stance.strength, -1.0, 1.0)
    org.predictability = clip(org.predictability + stance.credible * org.stance, 0.0, 1.0)


def meet(member: Member, stance: Stance) -> None:
    """Plan: publics like a broker better than a bailiff; rulers who answer to no court at home like no bailiff."""
    member.procedure -= stance.neutral * stance.strength
    if member.inside != 0:
        lost = stance.resented * max(stance.strength, 0.0) * (1.0 - member.judiciary)
        member.preference = clip(member.preference - lost, -1.0, 1.0)


def weigh_in(post: Post, stance: Stance) -> None:
    """Consent: what an enforcer holds one to is signed less lightly."""
    post.commitment = post.commitment * (1.0 + stance.weight * stance.strength)


def bear_down(post: Post, stance: Stance) -> None:
    """Monitoring: the same finding presses more or less."""
    post.sanction = clip(post.sanction * (1.0 + stance.force * stance.strength), 0.0, 1.0)
