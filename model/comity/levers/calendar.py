"""A calendar that keeps clear of elections decides when governments can, and where many vote it seldom can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Measure, Member, Organization, Post


@dataclass(frozen=True, kw_only=True)
class Calendar(Lever):
    """Votes wait, and due dates move, while states of weight have an election within two quarters.

    Names     electoral calendar, pre-election freeze, waiting game (Schneider 2018)
    Price     delay: among many members some election is always near
    Evidence  P5 (pending elections, above all close ones in large states, reduce agreement), P6 (conflict is put off)
    Misuse    in a large region, followed to the letter: every vote waits as long as it may, for nothing
    """

    group = "flexibility"
    borne: Annotated[float, Parameter("share of power", 0.0, 1.0,
        "states with an election near that a lax calendar bears",
        prior=Uniform(0.15, 0.5))] = 0.3  # fmt: skip
    longest: Annotated[float, Parameter("quarters", 0.0, 40.0, "longest that a vote can wait for full respect",
        prior=Uniform(4.0, 10.0))] = 6.0  # fmt: skip
    window: Annotated[float, Parameter("quarters", 0.0, 8.0, "time before an election in which nothing falls due",
        source="P5")] = 2.0  # fmt: skip

    reads = ("measure.vote_now", "measure.waited", "member.campaign", "member.inside", "member.power",
             "member.term", "member.term_clock", "org.campaigning", "post.due_in", "post.fresh")  # fmt: skip
    writes = ("measure.delay", "measure.vote_now", "measure.waited", "org.campaigning", "post.due_in")


def look_ahead(member: Member, org: Organization) -> None:
    """Plan: how much of the region, by power, has an election near."""
    if member.inside != 0 and member.campaign != 0:
        org.campaigning = min(org.campaigning + member.power, 1.0)


def wait(measure: Measure, org: Organization, calendar: Calendar) -> None:
    """Drafting: a vote that would fall among elections is put off to the next quarter, but not for ever."""
    busy = org.campaigning > calendar.borne * (1.0 - calendar.strength)
    if measure.vote_now != 0 and busy and measure.waited < calendar.longest * calendar.strength:
        measure.vote_now = 0
        measure.delay = 1.0
        measure.waited += 1.0


def respite(post: Post, member: Member, calendar: Calendar) -> None:
    """Consent: what would fall due shortly before an election falls due after it."""
    if post.fresh == 0:
        return
    before = member.term_clock - post.due_in
    if before < 0.0:
        before += member.term
    if 0.0 <= before <= calendar.window:
        post.due_in += calendar.strength * (before + 1.0)
