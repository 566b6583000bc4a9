"""Integration may make members richer and give them a shared identity, or it may not: both effects are contested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip
from comity.mechanism import Force
from comity.parameter import Normal, Parameter
from comity.world import QUARTERS_PER_YEAR, Member

PERCENT: Final = 100.0
STEEPEST: Final = 60.0


@dataclass(frozen=True, kw_only=True)
class Prosperity(Force):
    """Growth follows gains beyond those of the first day, which are in the trend; long membership may form identity.

    `share` switches the feedback of gains on growth: 0 is none, 1 is what its advocates claim.

    Names     growth effects of integration, security community, Europeanization of identity
    Evidence  C13 (treaties mostly fail to produce their intended effects), T11 (null or mixed on identity)
    """

    ceiling: Annotated[float, Parameter("points a year", 0.0, 2.0, "growth added by a full gain",
        source="mechanisms.md, section 1: at most .3 points a year")] = 0.3  # fmt: skip
    share: Annotated[float, Parameter("share", -1.0, 1.0, "share of that growth that is real",
        prior=Normal(0.0, 0.4), source="C13", contested=True)] = 0.0  # fmt: skip
    drift: Annotated[float, Parameter("share a quarter", -0.005, 0.005, "exclusive national attachment lost by members",
        prior=Normal(0.0, 0.0001), source="T11", contested=True)] = 0.0  # fmt: skip

    reads = ("member.gain", "member.gain_home", "member.gain_seen", "member.growth", "member.identity",
             "member.income", "member.inside")  # fmt: skip
    writes = ("member.gain_home", "member.growth", "member.identity", "member.income")


def remember(member: Member) -> None:
    """Founding: the gain of the first day is in the trend."""
    member.gain_home = member.gain


def grow(member: Member, prosperity: Prosperity) -> None:
    """World: what membership brings beyond that moves growth."""
    if member.inside != 0:
        beyond = clip(member.gain_seen - member.gain_home, -1.0, 1.0)
        more = prosperity.ceiling * prosperity.share * beyond
        member.growth = clip(member.growth + more, -STEEPEST, STEEPEST)
        member.income *= 1.0 + more / (PERCENT * QUARTERS_PER_YEAR)


def belong(member: Member, prosperity: Prosperity) -> None:
    """Publics: long membership may shift attachment a little."""
    if member.inside != 0:
        member.identity = clip(member.identity - prosperity.drift, 0.0, 1.0)
