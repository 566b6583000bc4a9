"""A waiver ends by itself: what was waived binds again, with time to catch up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.mechanism import Force
from comity.parameter import Parameter
from comity.world import BOUND, WAIVED, Post


@dataclass(frozen=True, kw_only=True)
class Resumption(Force):
    """Waivers granted run their time, also after the lever that granted them is switched off.

    Names     temporary derogation
    """

    grace: Annotated[float, Parameter("quarters", 0.0, 20.0, "time to catch up after a waiver")] = 2.0

    reads = ("post.due_in", "post.rung", "post.waiver_left")
    writes = ("post.due_in", "post.rung", "post.waiver_left")


def resume(post: Post, resumption: Resumption) -> None:
    """Valves: the time of a waiver runs down, and the obligation returns."""
    if post.rung != WAIVED:
        return
    post.waiver_left = max(post.waiver_left - 1.0, 0.0)
    if post.waiver_left <= 0.0:
        post.rung = BOUND
        post.due_in = max(post.due_in, resumption.grace)
