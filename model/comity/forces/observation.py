"""What an organization knows of itself is sampled, reported by those it judges, and up to a year old."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from comity.arithmetic import ratio
from comity.mechanism import Force
from comity.parameter import Parameter
from comity.world import BOUND, OPEN, Measure, Member, Organization, Post, Signal
from comity.world.steering import (
    ADOPTION,
    ARREARS,
    CHALLENGERS,
    COVERAGE,
    CRISIS,
    LEAVERS,
    OVERDUE,
    OVERDUE_ABLE,
    THREATS,
    TRUST,
)


@dataclass(frozen=True, kw_only=True)
class Observation(Force):
    """Once a year surveys, reports and books are read. Trust comes with sampling error, compliance as it is reported.

    Names     bounded rationality, self-reporting, governance by indicators
    Evidence  R3 (self-reports run ahead); mechanisms.md, section 2: the organization is not omniscient
    """

    patience: Annotated[
        float, Parameter("quarters", 0.0, 20.0, "time past due before an obligation is looked into")
    ] = 1.0

    reads = ("measure.parties", "measure.stage", "member.arrears", "member.capacity",
             "member.challenger", "member.crisis", "member.inside", "member.threat",
             "member.trust_observed", "org.coverage", "org.leavers", "post.due_in", "post.reported",
             "post.rung", "post.scope", "signal.added", "signal.counted", "signal.now",
             "signal.readings", "signals.added", "signals.counted")  # fmt: skip
    writes = ("signal.added", "signal.before", "signal.counted", "signal.now", "signal.readings",
              "signals.added", "signals.counted")  # fmt: skip


def open_file(signal: Signal) -> None:
    """Year's end: a new year's figures are gathered."""
    signal.added = 0.0
    signal.counted = 0.0


def survey(member: Member, signals: Any) -> None:
    """Year's end: each state inside answers surveys, votes, pays, and says what it thinks of leaving."""
    if member.inside == 0:
        return
    signals[TRUST].added += member.trust_observed
    signals[CHALLENGERS].added += member.challenger
    signals[THREATS].added += float(member.threat)
    signals[ARREARS].added += member.arrears
    signals[CRISIS].added += member.crisis
    signals[TRUST].counted += 1.0
    signals[CHALLENGERS].counted += 1.0
    signals[THREATS].counted += 1.0
    signals[ARREARS].counted += 1.0
    signals[CRISIS].counted += 1.0


def read_reports(post: Post, member: Member, signals: Any, observation: Observation) -> None:
    """Year's end: what is due and is not even reported as done, in all and where capacity is not the reason."""
    if post.rung != BOUND or post.due_in > -observation.patience:
        return
    missing = max(post.scope - post.reported, 0.0)
    signals[OVERDUE].added += missing
    signals[OVERDUE_ABLE].added += missing * member.capacity
    signals[OVERDUE].counted += 1.0
    signals[OVERDUE_ABLE].counted += 1.0


def count_parties(measure: Measure, signals: Any) -> None:
    """Year's end: how many are party to what is open or in force."""
    if measure.stage >= OPEN:
        signals[ADOPTION].added += measure.parties
        signals[ADOPTION].counted += 1.0


def close_books(org: Organization, signals: Any) -> None:
    """Year's end: who has left, and what the budget could cover."""
    signals[LEAVERS].added = float(org.leavers)
    signals[COVERAGE].added = org.coverage
    signals[LEAVERS].counted = 1.0
    signals[COVERAGE].counted = 1.0


def file(signal: Signal) -> None:
    """Year's end: the figures go to the file, last year's beside them; what nobody could count stays as it was."""
    signal.before = signal.now
    if signal.counted > 0.0:
        signal.now = ratio(signal.added, signal.counted)
        signal.readings += 1
