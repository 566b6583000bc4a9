"""Rulings pending: share of rulings that were not obeyed within ten years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of


@dataclass(frozen=True, kw_only=True)
class RulingsPending10y(Outcome):
    """Of the rulings given ten years before the end or earlier; missing where none was, so in every shorter run.

    What was waived, or left behind by leaving, was not obeyed.
    """

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "lower is more lawful"
    window: ClassVar[str] = "rulings of all years but the last ten"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("members.ruled", "members.ruled_done")
    writes = ()

    @staticmethod
    def finish(members: Any) -> float:
        """Not obeyed in time over given."""
        given = 0.0
        done = 0.0
        for i in range(members.shape[0]):
            given += members[i].ruled
            done += members[i].ruled_done
        return share_of(given - done, given)
