"""Private money multiplies public money where it is well governed, and enriches a few where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Member, Organization


@dataclass(frozen=True, kw_only=True)
class Cofinance(Lever):
    """Guarantees crowd in investment on top of funds; the more of it, the thinner is the oversight that it gets.

    Names     blended finance, public-private partnership, crowding in
    Price     inequality within and between members where governance is weak; content for local firms costs efficiency
    Evidence  assumption; European Fund for Strategic Investments as the reference case
    Misuse    guarantees without audit or open procurement: public risk, private gain
    """

    group = "money"
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost of guarantees at full strength",
        prior=Uniform(0.05, 0.2))] = 0.1  # fmt: skip
    own: Annotated[float, Parameter("share of income a year", 0.0, 0.05,
        "investment drawn to common projects where money is no constraint",
        prior=Uniform(0.001, 0.006))] = 0.003  # fmt: skip
    multiple: Annotated[float, Parameter("ratio", 0.0, 5.0, "private for each unit of public money in the funds",
        prior=Uniform(0.2, 1.0))] = 0.5  # fmt: skip
    watched: Annotated[float, Parameter("share", 0.0, 1.0, "missing integrity that full audit makes good",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip
    openness: Annotated[float, Parameter("share", 0.0, 1.0, "the same by full openness, against full audit",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip
    content: Annotated[float, Parameter("share", 0.0, 1.0, "work reserved to local firms and people")] = 0.5
    content_cost: Annotated[float, Parameter("share", 0.0, 1.0, "efficiency lost where all work is reserved",
        source="mechanisms.md, section 1: local content costs 12 % efficiency")] = 0.12  # fmt: skip
    content_spread: Annotated[float, Parameter("share", 0.0, 1.0, "capture that such reserves prevent",
        prior=Uniform(0.1, 0.6))] = 0.3  # fmt: skip
    uneven: Annotated[float, Parameter("index for each share of income", 0.0, 100.0,
        "loss to the periphery from money that a few capture",
        prior=Uniform(8.0, 32.0))] = 16.0  # fmt: skip

    reads = ("member.audit", "member.captured", "member.funds", "member.inside", "member.integrity",
             "member.loss", "member.transparency", "org.coverage", "org.means", "org.requested")  # fmt: skip
    writes = ("member.captured", "member.invested", "member.loss", "org.requested")


def request(org: Organization, cofinance: Cofinance) -> None:
    """Plan: guarantees must be backed."""
    org.requested += cofinance.cost * cofinance.strength


def crowd_in(member: Member, org: Organization, cofinance: Cofinance) -> None:
    """Plan: private money follows public money; where nobody looks, part of it ends with a few."""
    if member.inside == 0:
        return
    seen = max(member.audit, cofinance.openness * member.transparency)
    governed = member.integrity + (1.0 - member.integrity) * cofinance.watched * seen
    public = cofinance.own * org.means + cofinance.multiple * member.funds
    private = cofinance.strength * org.coverage * public
    taken = clip(cofinance.strength * (1.0 - governed), 0.0, 1.0)
    member.invested = private * (1.0 - taken) * (1.0 - cofinance.content * cofinance.content_cost)
    member.captured = private * taken * (1.0 - cofinance.content * cofinance.content_spread)


def divide(member: Member, cofinance: Cofinance) -> None:
    """Gains: what a few capture is missing elsewhere in the state."""
    member.loss = clip(member.loss + cofinance.uneven * member.captured, 0.0, 1.0)
