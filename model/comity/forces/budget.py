"""The budget must balance: members pay, sometimes late, and what cannot be paid for is not done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, ratio
from comity.chance import normal, purpose
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import SUSPENDED, Clock, Member, Organization

LATE: Final = purpose("budget.late")
LEAST_OWN: Final = 0.05
"""Part of the budget that is always the members' own, so that what donors add stays finite."""


@dataclass(frozen=True, kw_only=True)
class Budget(Force):
    """Dues come in, donors add, running costs go first; the rest covers the levers' requests, all alike.

    Names     assessed contributions, arrears, earmarked donor funding
    Evidence  African Union 2020: partners 61 % of the budget; ECOWAS: 8 of 15 pay regularly
    """

    running: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "secretariat and meetings",
        source="EU administration: about 6 % of the budget; small organizations far more")] = 0.06  # fmt: skip
    committed: Annotated[float, Parameter("share of full dues", 0.0, 1.0,
        "bound by programs of the past that no lever moves",
        source="EU: agriculture, about 40 % of the budget")] = 0.35  # fmt: skip
    lean: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "what running costs add where the budget is tiny",
        source="ASEAN: the budget is the secretariat")] = 0.7  # fmt: skip
    monitoring: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "monitoring at full effort")] = 0.04
    hardship: Annotated[float, Parameter("ratio", 0.0, 10.0, "arrears added by a full crisis, against usual ones",
        prior=Uniform(0.5, 3.0), source="mechanisms.md, pattern 6")] = 1.5  # fmt: skip
    recession: Annotated[float, Parameter("ratio for a point a year", 0.0, 1.0,
        "arrears added by growth below trend, and spared by growth above it",
        prior=Uniform(0.0, 0.1), source="mechanisms.md, pattern 6")] = 0.05  # fmt: skip
    estranged: Annotated[float, Parameter("ratio", 0.0, 10.0, "arrears added by suspension or a threat to leave")] = 2.0
    leaning: Annotated[float, Parameter("ratio", 0.0, 5.0,
        "how much more all these weigh where donors pay for all",
        prior=Uniform(0.0, 2.0))] = 1.0  # fmt: skip
    steadied: Annotated[float, Parameter("share", 0.0, 1.0, "arrears that fully regular cycles prevent",
        prior=Uniform(0.1, 0.5))] = 0.3  # fmt: skip
    unsteady: Annotated[float, Parameter("ratio", 0.0, 1.0, "variation of arrears by chance")] = 0.3
    settling: Annotated[float, Parameter("a quarter", 0.0, 1.0, "share of old arrears that is settled")] = 0.06
    saved: Annotated[float, Parameter("quarters of dues", 0.0, 8.0, "most that may be carried over")] = 1.0
    standard: Annotated[float, Parameter("share of income", 1e-6, 0.1,
        "budget with which half of what is wanted can be bought",
        prior=Uniform(0.0001, 0.0004))] = 0.0002  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "member.arrears", "member.crisis",
             "member.growth", "member.id", "member.inside", "member.power", "member.standing",
             "member.threat", "org.arrears_rate", "org.coverage", "org.donors", "org.dues", "org.effort",
             "org.equal_dues", "org.inside", "org.means", "org.regularity", "org.requested",
             "org.reserve", "org.revenue", "org.spent")  # fmt: skip
    writes = ("member.arrears", "member.dues_paid", "org.coverage", "org.held", "org.means",
              "org.requested", "org.reserve", "org.revenue", "org.spent")  # fmt: skip


def open_books(org: Organization, budget: Budget) -> None:
    """Plan: a new quarter's account; donors' money is in it from the start."""
    org.revenue = org.donors
    org.held = 0.0
    org.requested = 0.0
    means = ratio(org.dues, max(1.0 - org.donors, LEAST_OWN))
    org.means = ratio(means, means + budget.standard)


def pay(member: Member, org: Organization, clock: Clock, budget: Budget) -> None:
    """Plan: each state inside pays its share, less what hardship or estrangement holds back."""
    member.dues_paid = 0.0
    if member.inside == 0:
        return
    apart = 1.0 if member.standing == SUSPENDED or member.threat != 0 else 0.0
    usual = org.arrears_rate * (1.0 + budget.unsteady * normal(clock, member.id, LATE, 0))
    causes = budget.hardship * member.crisis - budget.recession * member.growth + budget.estranged * apart
    steady = 1.0 - budget.steadied * org.regularity
    late = clip(usual * (1.0 + causes * (1.0 + budget.leaning * org.donors)) * steady, 0.0, 1.0)
    settled = budget.settling * member.arrears
    member.arrears = member.arrears + late - settled
    part = ratio(1.0, float(org.inside)) if org.equal_dues != 0 else member.power
    paid = 1.0 - late + settled
    org.revenue += (1.0 - org.donors) * part * paid
    member.dues_paid = org.dues * paid * (ratio(part, member.power) if org.equal_dues != 0 else 1.0)


def balance(org: Organization, budget: Budget) -> None:
    """Plan: running costs and monitoring first; the levers share what is left; nothing is spent twice."""
    fixed = (
        budget.running + budget.committed * org.means + budget.lean * (1.0 - org.means) + budget.monitoring * org.effort
    )
    available = max(org.revenue + org.reserve - fixed, 0.0)
    org.coverage = min(ratio(available, org.requested), 1.0) if org.requested > 0.0 else 1.0
    granted = org.requested * org.coverage
    org.spent = min(fixed, org.revenue + org.reserve) + granted
    org.reserve = clip(org.revenue + org.reserve - org.spent, 0.0, budget.saved)
