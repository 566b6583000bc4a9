"""Opt-outs: share of places on live measures where a state stands aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import BOUND, OPTED_OUT, Post


@dataclass(frozen=True, kw_only=True)
class OptOutsStanding(Outcome):
    """At the last year's end; tranches and waivers do not count, nor do opt-outs from what is settled."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is more uniform"
    window: ClassVar[str] = "the end of the run"
    columns: ClassVar[tuple[str, ...]] = ("asides", "places")

    reads = ("post.form", "post.rung", "tally.asides", "tally.places")
    writes = ("tally.asides", "tally.places")

    @staticmethod
    def finish(tally: Any) -> float:
        """Places aside over places bound."""
        return share_of(tally.asides, tally.places)


def begin(tally: Any) -> None:
    """Watch: counted anew each quarter; the last one stays."""
    tally.asides = 0.0
    tally.places = 0.0


def add(post: Post, tally: Any) -> None:
    """Watch: who is bound, and who is bound to nothing."""
    if post.rung == BOUND:
        tally.places += 1.0
        if post.form == OPTED_OUT:
            tally.asides += 1.0
