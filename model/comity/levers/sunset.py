"""A sunset clause makes a commitment easier to take and harder to rely on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import ratio
from comity.chance import purpose, uniform
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import (
    BOUND,
    DRAFT,
    EMPTY,
    IN_FORCE,
    LAPSED,
    NOT_PARTY,
    QUARTERS_PER_YEAR,
    Clock,
    Measure,
    Member,
    Organization,
    Post,
)

CLAUSE: Final = purpose("sunset.clause")


@dataclass(frozen=True, kw_only=True)
class Sunset(Lever):
    """A share of new measures ends after a term unless a majority of parties, on what they have seen, renews it.

    Names     finite duration, renegotiation provision (Koremenos 2001)
    Price     scheduled windows to leave; what may end attracts less investment; renewals take places on the agenda
    Evidence  F1
    Misuse    short terms everywhere: the agenda fills with renewals, and little is ever settled
    """

    group = "flexibility"
    answers = (("consent", 0.3), ("exit", 0.4))
    term: Annotated[float, Parameter("years", 1.0, 20.0, "time in force after which a measure ends unless renewed",
        source="Koremenos 2016, ch. 4")] = 7.0  # fmt: skip
    relief: Annotated[float, Parameter("logit", 0.0, 3.0,
        "ease of consent to what will end, where the future is uncertain",
        prior=Uniform(0.3, 1.2))] = 0.7  # fmt: skip
    discount: Annotated[float, Parameter("share", 0.0, 1.0, "investment lost in a measure that may end after a year",
        prior=Uniform(0.1, 0.5))] = 0.3  # fmt: skip
    load: Annotated[float, Parameter("places on the agenda", 0.0, 2.0, "agenda taken by one renewal")] = 0.5
    quorum: Annotated[float, Parameter("share of parties", 0.0, 1.0, "parties that must want to renew")] = 0.5

    reads = ("clock.key0", "clock.key1", "clock.quarter", "measure.age", "measure.parties",
             "measure.renew", "measure.renewals", "measure.serial", "measure.since_force",
             "measure.stage", "measure.sunset", "org.agenda_load", "org.inside", "org.predictability",
             "post.against", "post.flexibility", "post.gain", "post.rung", "post.seen")  # fmt: skip
    writes = ("measure.renew", "measure.renewals", "measure.stage", "measure.sunset", "org.agenda_load",
              "post.flexibility", "post.gain", "post.implemented", "post.overdue", "post.rung",
              "post.scope")  # fmt: skip


def limit(measure: Measure, clock: Clock, sunset: Sunset) -> None:
    """Drafting: the clause is written into as many new measures as the lever is strong."""
    new = measure.stage == DRAFT and measure.age == 0
    if new and uniform(clock, measure.serial, CLAUSE, 0) < sunset.strength:
        measure.sunset = QUARTERS_PER_YEAR * sunset.term


def relieve(post: Post, measure: Measure, org: Organization, sunset: Sunset) -> None:
    """Consent: the less predictable the future, the more a way out is worth; but what may end brings less."""
    if measure.sunset > 0.0:
        post.flexibility += sunset.relief * (1.0 - 0.5 * org.predictability)
        post.gain *= 1.0 - ratio(sunset.discount * QUARTERS_PER_YEAR, measure.sunset)


def ask(measure: Measure) -> None:
    """Valves: at the end of a term the votes to renew are counted anew."""
    measure.renew = 0.0


def renew(post: Post, measure: Measure, org: Organization) -> None:
    """Valves: what was seen decides, not what was hoped."""
    if _ends(measure) and post.rung == BOUND and post.seen > 0.0:
        measure.renew = min(measure.renew + ratio(1.0, float(org.inside)), 1.0)


def end(post: Post, measure: Measure, member: Member, sunset: Sunset) -> None:
    """Valves: without a majority of its parties a measure lapses; with one, those who saw no good in it may go."""
    if not _ends(measure) or post.rung == NOT_PARTY:
        return
    lost = measure.renew < sunset.quorum * measure.parties
    if lost or (post.rung == BOUND and post.seen <= 0.0 and post.against != 0):
        post.rung = LAPSED
        post.scope = 0.0
        post.implemented = 0.0
        post.overdue = 0


def close(measure: Measure, org: Organization, sunset: Sunset) -> None:
    """Valves: a renewed measure begins a new term; each decision takes a place on the agenda."""
    if not _ends(measure):
        return
    org.agenda_load += sunset.load
    if measure.renew < sunset.quorum * measure.parties:
        measure.stage = EMPTY
    else:
        measure.renewals += 1


def _ends(measure: Measure) -> bool:
    return bool(
        measure.stage == IN_FORCE
        and measure.sunset > 0.0
        and measure.since_force >= measure.sunset * float(measure.renewals + 1)
    )
