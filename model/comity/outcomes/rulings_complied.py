"""Rulings complied with: share of rulings that were obeyed by the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from comity.mechanism import Outcome
from comity.outcomes import share_of
from comity.world import Organization


@dataclass(frozen=True, kw_only=True)
class RulingsComplied(Outcome):
    """Rulings given, binding or advisory, the recent ones too; missing where no court ruled."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more lawful"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ()

    reads = ("org.rulings", "org.rulings_obeyed")
    writes = ()

    @staticmethod
    def finish(org: Organization) -> float:
        """Obeyed over given."""
        return share_of(float(org.rulings_obeyed), float(org.rulings))
