"""In force: measures that became law, of those that passed the organ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from comity.arithmetic import ratio
from comity.mechanism import Outcome
from comity.world import Organization


@dataclass(frozen=True, kw_only=True)
class InForceShare(Outcome):
    """Under an entry rule that waits for ratification the two are far apart (R1, R7)."""

    unit: ClassVar[str] = "share"
    direction: ClassVar[str] = "higher is more law"
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ()
    reads = ("org.entered", "org.passed")

    @staticmethod
    def finish(org: Organization) -> float:
        """Entered into force over passed."""
        return ratio(float(org.entered), float(org.passed))
