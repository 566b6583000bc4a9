"""Candidates join on their date with the acquis taken over, and newcomers keep what they learned on the way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import ratio
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import CANDIDATE, MEMBER, Area, Clock, Member, Organization, Stake


@dataclass(frozen=True, kw_only=True)
class Accession(Force):
    """A dated accession takes effect in its quarter; the newcomer takes over the acquis, nearly all of it done.

    A candidate is screened and prepared, as far as there is a secretariat to do it: part of the way from what it did at
    home to the acquis stays its practice.

    Names     accession, conditionality (Schimmelfennig and Sedelmeier 2005)
    Evidence  C9: entrants under conditionality comply better than old members in three of four enlargements
    """

    taken_over: Annotated[float, Parameter("share", 0.0, 1.0, "part of the acquis that is truly done on the first day",
        prior=Uniform(0.8, 1.0), source="C9")] = 0.92  # fmt: skip
    prepared: Annotated[float, Parameter("share", 0.0, 1.0,
        "way from practice to the acquis that a candidate goes for good under a full secretariat",
        prior=Uniform(0.0, 0.6), source="C9: effects that last")] = 0.3  # fmt: skip

    reads = ("area.bound", "area.insiders", "area.integration", "clock.quarter", "member.accession", "member.inside",
             "member.joined", "member.standing", "org.secretariat", "stake.bound", "stake.practice",
             "stake.practice_home")  # fmt: skip
    writes = ("area.bound", "area.insiders", "member.joined", "member.since", "member.standing",
              "stake.bound", "stake.practice", "stake.practice_home", "stake.settled")  # fmt: skip


def join(member: Member, clock: Clock) -> None:
    """Standing: a candidate becomes a member on its date."""
    if member.standing == CANDIDATE and member.accession >= 0 and clock.quarter >= member.accession:
        member.standing = MEMBER
        member.since = 0.0
        member.joined = 1


def forget_acquis(area: Area) -> None:
    """Standing: the acquis that a newcomer takes over is averaged anew."""
    area.bound = 0.0
    area.insiders = 0.0


def average_acquis(area: Area, stake: Stake, member: Member) -> None:
    """Standing: what binds those inside."""
    if member.inside != 0:
        area.bound += stake.bound
        area.insiders += 1.0


def take_over(member: Member, stake: Stake, area: Area, org: Organization, accession: Accession) -> None:
    """Standing: on its first day a newcomer is bound by the acquis, has done most of it, and has learned on the way."""
    if member.joined != 0:
        stake.bound = ratio(area.bound, area.insiders)
        stake.settled = accession.taken_over * stake.bound
        way = accession.prepared * org.secretariat * max(area.integration - stake.practice, 0.0)
        stake.practice = min(stake.practice + way, 1.0)
        stake.practice_home = min(stake.practice_home + way, 1.0)


def arrive(member: Member) -> None:
    """Standing: the first day is over."""
    member.joined = 0
