"""Budget used: money spent, of money that came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import Organization


@dataclass(frozen=True, kw_only=True)
class BudgetUsed(Outcome):
    """Below one where money is carried over or expires because nobody asks for it."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "neither good nor bad in itself"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ("money_in", "money_out")

    reads = ("org.revenue", "org.spent", "tally.money_in", "tally.money_out")
    writes = ("tally.money_in", "tally.money_out")

    @staticmethod
    def finish(tally: Any) -> float:
        """Spent over received."""
        return share_of(tally.money_out, tally.money_in)


def keep(org: Organization, tally: Any) -> None:
    """Watch: the quarter's account."""
    tally.money_in += org.revenue
    tally.money_out += org.spent
