"""Social safeguards make losses good before they become grievance, at the payers' expense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip, ratio
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Member, Organization


@dataclass(frozen=True, kw_only=True)
class Safeguards(Lever):
    """Losers from integration and from shocks are compensated as far as the budget reaches.

    Names     embedded liberalism (Ruggie 1982), compensation, adjustment assistance
    Price     a levy on richer members, who gain less and tire of paying; money that other levers lack
    Evidence  P8
    Misuse    promised and not funded: the levy is paid and the losses stay
    """

    group = "money"
    answers = (("support", 0.8), ("crisis", 0.5), ("money", -0.5))
    cost: Annotated[float, Parameter("share of full dues", 0.0, 2.0, "cost at full strength",
        prior=Uniform(0.2, 0.6))] = 0.4  # fmt: skip
    covered: Annotated[float, Parameter("share", 0.0, 1.0, "losses made good at full strength and funding",
        prior=Uniform(0.4, 0.9))] = 0.7  # fmt: skip
    levy: Annotated[float, Parameter("share of income a year", 0.0, 0.05,
        "paid at full strength by a member twice as rich as the mean, at most",
        prior=Uniform(0.001, 0.006))] = 0.003  # fmt: skip
    fatigue: Annotated[float, Parameter("index a quarter", 0.0, 0.05, "preference lost by such a payer",
        prior=Uniform(0.0, 0.012))] = 0.006  # fmt: skip

    reads = ("member.dues_paid", "member.income", "member.inside", "member.preference", "org.coverage",
             "org.means", "org.population", "org.power", "org.requested")  # fmt: skip
    writes = ("member.compensation", "member.dues_paid", "member.preference", "org.requested")


def request(org: Organization, safeguards: Safeguards) -> None:
    """Plan: compensation is asked for."""
    org.requested += safeguards.cost * safeguards.strength


def compensate(member: Member, org: Organization, safeguards: Safeguards) -> None:
    """Plan: as far as money reaches, losses are made good; those above the mean pay for it."""
    if member.inside == 0:
        return
    member.compensation = clip(safeguards.covered * safeguards.strength * org.coverage * org.means, 0.0, 1.0)
    mean = ratio(org.power, org.population)
    richer = clip(ratio(member.income, mean) - 1.0, 0.0, 1.0)
    member.dues_paid += safeguards.levy * safeguards.strength * org.means * richer
    tired = safeguards.fatigue * safeguards.strength * safeguards.strength * richer
    member.preference = clip(member.preference - tired, -1.0, 1.0)
