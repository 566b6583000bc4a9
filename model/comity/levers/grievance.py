"""Grievances that are heard in time do not wait for an election; a queue that nobody works off becomes one more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip, ratio
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Member, Organization


@dataclass(frozen=True, kw_only=True)
class Grievance(Lever):
    """An ombudsman takes complaints, answers as many as staff and money allow, and protects those who report breaches.

    Names     ombudsman, complaint mechanism, inspection panel, fire alarms (McCubbins and Schwartz 1984)
    Price     complaints that wait add to grievance; rulers resent whistleblowers; cost
    Evidence  T9 (procedure counts); no measured effect on grievance: driven by its priors
    Misuse    opened without staff: the wider the door, the longer the queue
    """

    group = "voice"
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost at full strength",
        prior=Uniform(0.02, 0.08))] = 0.04  # fmt: skip
    filed: Annotated[float, Parameter("share a quarter", 0.0, 0.5, "grievance that turns into complaints, door ajar",
        prior=Uniform(0.01, 0.03))] = 0.02  # fmt: skip
    crowd: Annotated[float, Parameter("ratio", 0.0, 5.0, "further complaints that a door wide open draws",
        prior=Uniform(1.0, 4.0))] = 2.5  # fmt: skip
    handled: Annotated[float, Parameter("share a quarter", 0.0, 0.5,
        "complaints answered at full strength by an able secretariat with ample means",
        prior=Uniform(0.01, 0.022))] = 0.016  # fmt: skip
    relief: Annotated[float, Parameter("ratio", 0.0, 1.0, "grievance that an answer takes away",
        prior=Uniform(0.1, 0.3))] = 0.2  # fmt: skip
    discouraged: Annotated[float, Parameter("complaints", 0.001, 1.0,
        "queue at which half of those who would complain no longer do",
        prior=Uniform(0.02, 0.1))] = 0.05  # fmt: skip
    waiting: Annotated[float, Parameter("grievance a quarter", 0.0, 0.5, "for each unit of complaints that wait",
        prior=Uniform(0.02, 0.08))] = 0.05  # fmt: skip
    whistle: Annotated[float, Parameter("share", 0.0, 1.0, "worth of protected whistleblowers, in terms of an audit",
        prior=Uniform(0.0, 0.2))] = 0.1  # fmt: skip
    resented: Annotated[float, Parameter("index a quarter", 0.0, 0.05,
        "preference lost by a state without judicial constraints",
        prior=Uniform(0.0, 0.004))] = 0.0015  # fmt: skip

    reads = ("member.audit", "member.complaints", "member.grievance", "member.inside",
             "member.judiciary", "member.preference", "org.coverage", "org.means", "org.requested",
             "org.secretariat")  # fmt: skip
    writes = ("member.audit", "member.complaints", "member.grievance", "member.preference", "org.requested")


def request(org: Organization, grievance: Grievance) -> None:
    """Plan: those who answer must be paid."""
    org.requested += grievance.cost * grievance.strength


def blow_whistle(member: Member, org: Organization, grievance: Grievance) -> None:
    """Plan: insiders who are protected tell what audits miss; rulers without courts above them resent it."""
    if member.inside != 0:
        protected = grievance.strength * org.coverage
        member.audit = clip(member.audit + grievance.whistle * protected, 0.0, 1.0)
        resented = grievance.resented * grievance.strength * (1.0 - member.judiciary)
        member.preference = clip(member.preference - resented, -1.0, 1.0)


def hear(member: Member, org: Organization, grievance: Grievance) -> None:
    """Publics: complaints come in by the door, and go out as far as staff and money reach."""
    if member.inside == 0:
        return
    wide = grievance.strength * (1.0 + grievance.crowd * grievance.strength)
    trying = ratio(grievance.discouraged, grievance.discouraged + member.complaints)
    pending = member.complaints + grievance.filed * wide * trying * member.grievance
    hands = grievance.strength * org.coverage * org.means * org.secretariat
    answered = min(pending, grievance.handled * hands)
    member.complaints = pending - answered
    worse = grievance.waiting * member.complaints * (1.0 - member.grievance)
    member.grievance = clip(member.grievance - grievance.relief * answered + worse, 0.0, 1.0)
