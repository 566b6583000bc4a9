"""Exchange sends students, teachers and workers abroad, those first who would have gone anyway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Member, Organization


@dataclass(frozen=True, kw_only=True)
class Exchange(Lever):
    """Education, languages and recognized degrees feed mobility; what follows from it is in the force `mobility`.

    Names     educational exchange, contact hypothesis (Allport 1954), transactionalism (Deutsch 1957)
    Price     brain drain of poor members, faster than exchange itself; a target in a migration crisis; cost
    Evidence  T11 (mixed: small, slow, self-selected)
    Misuse    for poor members alone, without anything to come home to
    """

    group = "openness"
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost at full strength",
        prior=Uniform(0.02, 0.1), source="Erasmus+: about 2 % of the budget of the European Union")] = 0.05  # fmt: skip
    pace: Annotated[float, Parameter("share a quarter", 0.0, 0.2, "mobility set in motion at full strength and means",
        prior=Uniform(0.01, 0.04))] = 0.025  # fmt: skip
    selected: Annotated[float, Parameter("share", 0.0, 1.0, "how far the exclusively attached stay at home",
        prior=Uniform(0.5, 1.0), source="T11: self-selected")] = 0.8  # fmt: skip

    reads = ("member.identity", "member.inside", "member.mobility", "org.coverage", "org.means", "org.requested")
    writes = ("member.mobility", "org.requested")


def request(org: Organization, exchange: Exchange) -> None:
    """Plan: grants cost money."""
    org.requested += exchange.cost * exchange.strength


def send(member: Member, org: Organization, exchange: Exchange) -> None:
    """Plan: as many go as grants allow and wish to."""
    if member.inside != 0:
        wishing = (1.0 - exchange.selected * member.identity) * (1.0 - member.mobility)
        paid = exchange.strength * org.coverage * org.means
        member.mobility = clip(member.mobility + exchange.pace * paid * wishing, 0.0, 1.0)
