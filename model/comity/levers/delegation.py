"""A secretariat with authority of its own treats strong and weak more alike, and is felt as a loss of sovereignty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import DRAFT, Measure, Member, Organization, Post


@dataclass(frozen=True, kw_only=True)
class Delegation(Lever):
    """Authority to draft and to enforce moves from governments to the secretariat.

    Names     delegation, supranational agency, credible commitment
    Price     every commitment costs more sovereignty; publics with an exclusive identity resent it; soft law is more
              easily treated as hard
    Evidence  W8: delegated authority lowers exit, by equal enforcement and predictability (mechanisms.md, section 2)
    Misuse    given to a weak secretariat: the price in full, the expertise missing
    """

    group = "decision"
    for_all = True
    evened: Annotated[float, Parameter("share", 0.0, 1.0, "shield of power that full delegation takes away",
        prior=Uniform(0.4, 1.0))] = 0.8  # fmt: skip
    expertise: Annotated[float, Parameter("share", 0.0, 1.0, "tailoring that an able secretariat adds to a draft",
        prior=Uniform(0.1, 0.5))] = 0.3  # fmt: skip
    surrendered: Annotated[float, Parameter("ratio", 0.0, 5.0, "sovereignty cost of a commitment, added",
        prior=Uniform(0.0, 0.3))] = 0.1  # fmt: skip
    resented: Annotated[float, Parameter("trust a quarter", 0.0, 0.05,
        "trust lost where attachment is exclusive beyond the usual, all of it",
        prior=Uniform(0.0, 0.005))] = 0.0015  # fmt: skip
    usual: Annotated[float, Parameter("share", 0.0, 1.0, "exclusive attachment from which it is resented")] = 0.45

    reads = ("measure.age", "measure.stage", "measure.tailoring", "member.identity", "member.procedure",
             "member.shield", "org.secretariat", "post.commitment")  # fmt: skip
    writes = ("measure.tailoring", "member.procedure", "member.shield", "org.delegation", "post.commitment")


def entrust(org: Organization, delegation: Delegation) -> None:
    """Plan: authority is the secretariat's for as long as it is given."""
    org.delegation = clip(delegation.strength, 0.0, 1.0)


def resent(member: Member, delegation: Delegation) -> None:
    """Plan: those who feel national only see strangers rule."""
    apart = max(member.identity - delegation.usual, 0.0)
    member.procedure -= delegation.resented * delegation.strength * delegation.strength * apart


def draft(measure: Measure, org: Organization, delegation: Delegation) -> None:
    """Drafting: experts write texts that fit more constitutions."""
    if measure.stage == DRAFT and measure.age == 0:
        better = delegation.expertise * delegation.strength * org.secretariat
        measure.tailoring = clip(measure.tailoring + better, 0.0, 1.0)


def surrender(post: Post, delegation: Delegation) -> None:
    """Consent: what is promised will be held to by others."""
    post.commitment = post.commitment * (1.0 + delegation.surrendered * delegation.strength)


def even(member: Member, delegation: Delegation) -> None:
    """Monitoring: power shields less from those who need not ask the powerful."""
    member.shield = member.shield * (1.0 - delegation.evened * delegation.strength)
