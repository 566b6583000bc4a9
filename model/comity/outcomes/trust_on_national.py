"""Trust on national trust: how far trust in the organization follows trust at home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of, within


@dataclass(frozen=True, kw_only=True)
class TrustOnNational(Outcome):
    """Annual change of trust on that of national trust, with an effect for each state (T6); panel of `trust_ar1`.

    National trust is taken without sampling error: the same respondents answer both questions, so that the two errors
    go together, which lifts the slope about as much as an error of the regressor pulls it down (assumption).
    """

    unit: ClassVar[str] = "ratio"
    direction: ClassVar[str] = "higher is more extrapolation from home"
    window: ClassVar[str] = "the first thirteen annual changes, twelve largest founding members"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("members.panel_before", "members.panel_national", "members.panel_now", "members.panel_years",
             "tally.panel_bd", "tally.panel_dd", "tally.panel_nd")  # fmt: skip
    writes = ()

    @staticmethod
    def finish(members: Any, tally: Any) -> float:
        """The slope within states."""
        both, own = tally.panel_nd - tally.panel_bd, tally.panel_dd
        for i in range(members.shape[0]):
            change, national = members[i].panel_now - members[i].panel_before, members[i].panel_national
            both -= within(change, national, members[i].panel_years)
            own -= within(national, national, members[i].panel_years)
        return share_of(both, own)
