"""Trust on growth: how far trust rises in a year for each point of growth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from comity.mechanism import Outcome
from comity.outcomes import share_of, within

NET_POINTS: Final = 200.0
"""In one of trust: net trust is twice trust less a constant, and is told in points."""


@dataclass(frozen=True, kw_only=True)
class TrustOnGrowth(Outcome):
    """The annual change of net trust on the year's growth, with an effect for each state (T5); panel of `trust_ar1`."""

    unit: ClassVar[str] = "net points for a point of growth"
    direction: ClassVar[str] = "higher is more output legitimacy"
    window: ClassVar[str] = "the first thirteen annual changes, twelve largest founding members"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("members.panel_before", "members.panel_growth", "members.panel_now", "members.panel_years",
             "tally.panel_bg", "tally.panel_gg", "tally.panel_ng")  # fmt: skip
    writes = ()

    @staticmethod
    def finish(members: Any, tally: Any) -> float:
        """The slope within states."""
        both, own = tally.panel_ng - tally.panel_bg, tally.panel_gg
        for i in range(members.shape[0]):
            change, growth = members[i].panel_now - members[i].panel_before, members[i].panel_growth
            both -= within(change, growth, members[i].panel_years)
            own -= within(growth, growth, members[i].panel_years)
        return share_of(both, own) * NET_POINTS
