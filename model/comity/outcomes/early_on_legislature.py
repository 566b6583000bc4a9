"""Early ratifiers and veto players: how far strong legislatures slow ratification, capacity held constant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.mechanism import Outcome
from comity.outcomes import early_slope
from comity.world import NOT_PARTY, ON_ADOPTION, OPEN, Measure, Member, Organization, Post

YEAR: Final = 4.0
"""Quarters after the one in which it passed."""


@dataclass(frozen=True, kw_only=True)
class EarlyOnLegislature(Outcome):
    """Logit over states of being party within a year, on legislative constraints and government effectiveness (R8).

    Texts are pooled, each state with as many trials as texts were open to it for a year; the coefficient is that of
    constraints (0-1). The scale of effectiveness is that of its source, -2.5 to 2.5. Of its source's covariates the
    size of population is left out, which was not significant. Missing where no text was open for a year or adoption
    binds.
    """

    unit: ClassVar[str] = "logit"
    direction: ClassVar[str] = "negative where parliaments slow"
    window: ClassVar[str] = "texts that passed, a year on"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("measure.since_open", "measure.stage", "measure.vote_now", "member.early", "member.early_done",
             "member.inside", "members.capacity_home", "members.early", "members.early_done",
             "members.legislature", "org.entry", "post.rung")  # fmt: skip
    writes = ("member.early", "member.early_done")

    @staticmethod
    def finish(members: Any) -> float:
        """The coefficient of legislative constraints."""
        return early_slope(members, 1)


def add(post: Post, member: Member, measure: Measure, org: Organization) -> None:
    """Watch: who is party a year after a text passed."""
    ripe = measure.stage >= OPEN and measure.vote_now == 0 and measure.since_open == YEAR
    if ripe and member.inside != 0 and org.entry != ON_ADOPTION:
        member.early += 1.0
        member.early_done += 1.0 if post.rung != NOT_PARTY else 0.0
