"""Adoption: texts that passed the organ, of those put to the vote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import Organization


@dataclass(frozen=True, kw_only=True)
class AdoptionShare(Outcome):
    """Counts votes in the organ, not ratifications at home; missing where nothing came to a vote."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more agreed"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("org.passed", "org.voted")
    writes = ()

    @staticmethod
    def finish(org: Organization) -> float:
        """Votes passed over votes held."""
        return share_of(float(org.passed), float(org.voted))
