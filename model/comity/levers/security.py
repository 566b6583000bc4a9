"""Neighbors who build confidence and answer crises together bear their differences, while protection holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip
from comity.chance import purpose, uniform
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Clock, Member, Organization

FAIL: Final = purpose("security.protect")


@dataclass(frozen=True, kw_only=True)
class Security(Lever):
    """Confidence between neighbors, joint answers to crises, human security: help that is seen when it is needed.

    Names     confidence-building measures, security community (Deutsch 1957), human security
    Price     a standing cost; protection that was promised and fails raises exit
    Evidence  W4; mechanisms.md, section 1 (sign only)
    Misuse    a promise of protection by an organization that cannot keep it
    """

    group = "capacity"
    cost: Annotated[float, Parameter("share of full dues", 0.0, 2.0, "standing cost at full strength",
        prior=Uniform(0.08, 0.3))] = 0.15  # fmt: skip
    calming: Annotated[float, Parameter("a quarter", 0.0, 1.0, "threat between neighbors that full confidence removes",
        prior=Uniform(0.03, 0.15))] = 0.08  # fmt: skip
    borne: Annotated[float, Parameter("index", 0.0, 1.0, "distance in preferences that is borne for safety's sake",
        prior=Uniform(0.05, 0.25))] = 0.15  # fmt: skip
    protection: Annotated[float, Parameter("share", 0.0, 1.0, "failed protection that a joint answer makes good",
        prior=Uniform(0.3, 0.9))] = 0.6  # fmt: skip
    soothed: Annotated[float, Parameter("share", 0.0, 1.0, "grievance from a shock that visible help prevents",
        prior=Uniform(0.0, 0.4))] = 0.2  # fmt: skip
    failing: Annotated[float, Parameter("a quarter", 0.0, 1.0,
        "promise broken under full attack, by an organization without means",
        prior=Uniform(0.2, 0.6))] = 0.4  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "member.conflict", "member.id",
             "member.inside", "member.rivalry", "member.safety", "member.shock_grievance",
             "org.coverage", "org.means", "org.requested", "org.secretariat")  # fmt: skip
    writes = ("member.let_down", "member.rivalry", "member.safety", "member.shock_grievance",
              "member.tolerance", "org.requested")  # fmt: skip


def request(org: Organization, security: Security) -> None:
    """Plan: standing forces, observers and stocks cost in calm times too."""
    org.requested += security.cost * security.strength


def confide(member: Member, org: Organization, security: Security) -> None:
    """Plan: observers, hot lines and visits lower the threat that neighbors see in each other."""
    reach = security.strength * org.coverage * org.means
    member.rivalry *= 1.0 - clip(security.calming * reach, 0.0, 1.0)
    member.tolerance = clip(security.borne * reach, 0.0, 1.0) if member.inside != 0 else 0.0


def protect(member: Member, org: Organization, clock: Clock, security: Security) -> None:
    """Plan: help in a shock is seen; a promise to one under attack is kept as far as means and secretariat reach."""
    if member.inside == 0:
        return
    able = org.coverage * org.means * org.secretariat
    member.safety = max(member.safety, clip(security.protection * security.strength * able, 0.0, 1.0))
    member.shock_grievance *= 1.0 - clip(security.soothed * security.strength * able, 0.0, 1.0)
    if member.conflict > 0.0:
        chance = security.failing * security.strength * member.conflict * (1.0 - able)
        if uniform(clock, member.id, FAIL, 0) < chance:
            member.let_down = 1.0
