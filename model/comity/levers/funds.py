"""Cohesion funds buy visible gains and consent; payers tire, and money leaks where corruption is not checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip, ratio
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Member, Organization, Post


@dataclass(frozen=True, kw_only=True)
class Funds(Lever):
    """A part of the budget goes to poorer members, by how far they lie below the mean.

    Names     side payments, structural and cohesion funds, redistribution
    Price     payers' fatigue; diversion where integrity is low and nobody audits
    Evidence  assumption; COIL and EU cohesion policy as the reference case
    Misuse    large funds without audit: money for rulers rather than for regions
    """

    group = "money"
    answers = (("consent", 0.4), ("support", 0.3), ("money", -1.0))
    cost: Annotated[float, Parameter("share of full dues", 0.0, 2.0, "cost at full strength",
        source="EU cohesion policy: about a third of the budget at strength .5")] = 0.7  # fmt: skip
    leak: Annotated[float, Parameter("share", 0.0, 1.0, "money diverted where integrity is nil and nobody looks",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip
    openness: Annotated[float, Parameter("share", 0.0, 1.0, "diversion that full openness prevents, against full audit",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip
    sour: Annotated[float, Parameter("trust a quarter", 0.0, 0.1, "trust lost where all money leaks",
        prior=Uniform(0.0, 0.012))] = 0.006  # fmt: skip
    buys: Annotated[float, Parameter("index", 0.0, 2.0, "side payment at full strength and means",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip
    fatigue: Annotated[float, Parameter("index a quarter", 0.0, 0.05,
        "preference lost by a payer twice as rich as the mean",
        prior=Uniform(0.0, 0.008))] = 0.004  # fmt: skip

    reads = ("member.audit", "member.funds", "member.income", "member.inside", "member.integrity",
             "member.power", "member.preference", "member.procedure", "member.transparency",
             "org.coverage", "org.dues", "org.inside", "org.means", "org.need", "org.population",
             "org.power", "org.requested", "org.side_payments", "post.side_payment")  # fmt: skip
    writes = ("member.funds", "member.preference", "member.procedure", "org.need", "org.requested",
              "org.side_payments", "post.side_payment")  # fmt: skip


def request(member: Member, org: Organization, funds: Funds) -> None:
    """Plan: money is asked for, and need is added up."""
    if member.inside != 0:
        org.requested += ratio(funds.cost * funds.strength, float(org.inside))
        mean = ratio(org.power, org.population)
        org.need += member.power * max(1.0 - ratio(member.income, mean), 0.0)


def offer(org: Organization, funds: Funds) -> None:
    """Plan: what funds can buy at the table."""
    org.side_payments = clip(funds.strength * org.means * org.coverage, 0.0, 1.0)


def share_out(member: Member, org: Organization, funds: Funds) -> None:
    """Plan: by how far a state lies below the mean; some leaks, and payers tire."""
    if member.inside == 0:
        return
    mean = ratio(org.power, org.population)
    relative = ratio(member.income, mean)
    pot = org.dues * funds.cost * funds.strength * org.coverage
    due = ratio(pot * max(1.0 - relative, 0.0), org.need)
    unseen = (1.0 - member.integrity) * (1.0 - max(member.audit, funds.openness * member.transparency))
    lost = clip(funds.leak * unseen, 0.0, 1.0)
    member.funds = due * (1.0 - lost)
    taker = 1.0 if relative < 1.0 else 0.0
    member.procedure -= funds.sour * funds.strength * org.means * lost * taker
    tired = funds.fatigue * funds.strength * funds.strength * org.means * clip(relative - 1.0, 0.0, 1.0)
    member.preference = clip(member.preference - tired, -1.0, 1.0)


def sweeten(post: Post, member: Member, org: Organization, funds: Funds) -> None:
    """Consent: who receives is asked with money in sight."""
    if member.funds > 0.0:
        post.side_payment += funds.buys * org.side_payments
