"""Independent audit finds what self-reports leave out, and those who are found out resent it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Measure, Member, Organization, Post


@dataclass(frozen=True, kw_only=True)
class Audit(Lever):
    """An auditor of its own raises detection, cuts the bias of self-reports and protects money from diversion.

    Names     independent monitoring, third-party verification
    Price     cost; conflict with the detected; being inspected is felt as coercion
    Evidence  R3 (self-reports run .1 to .25 ahead)
    Misuse    audit without help: findings pile up where capacity, not will, is missing
    """

    group = "openness"
    answers = (("will", 0.6), ("money", -0.3))
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost at full strength",
        prior=Uniform(0.02, 0.1))] = 0.05  # fmt: skip
    conflict: Annotated[float, Parameter("acts", 0.0, 1.0,
        "coercion felt for each measure found in breach, each quarter",
        prior=Uniform(0.0, 0.006))] = 0.002  # fmt: skip
    inspected: Annotated[float, Parameter("index a quarter", 0.0, 0.05,
        "preference lost by a state without judicial constraints",
        prior=Uniform(0.0, 0.003))] = 0.0015  # fmt: skip

    reads = ("measure.hardness", "member.audit", "member.coerced", "member.inside", "member.judiciary",
             "member.preference", "org.coverage", "org.requested", "post.detected")  # fmt: skip
    writes = ("member.audit", "member.coerced", "member.preference", "org.requested")


def request(org: Organization, audit: Audit) -> None:
    """Plan: auditors must be paid."""
    org.requested += audit.cost * audit.strength


def inspect(member: Member, org: Organization, audit: Audit) -> None:
    """Plan: as much audit as the lever asks and the budget covers."""
    member.audit = clip(audit.strength * org.coverage, 0.0, 1.0)
    if member.inside != 0:
        lost = audit.inspected * member.audit * (1.0 - member.judiciary)
        member.preference = clip(member.preference - lost, -1.0, 1.0)


def quarrel(post: Post, member: Member, measure: Measure, audit: Audit) -> None:
    """Monitoring: a finding against hard law is an act, and is answered as one."""
    if post.detected != 0:
        member.coerced += audit.conflict * member.audit * measure.hardness
