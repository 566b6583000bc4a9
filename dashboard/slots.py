"""The slots of the page: components of other makers, each given the user's `Session` and what is `Shown`.

To plug in: write a Solara component `def Feed(session, shown)` in a file of its own and name it below; `shown` is
another one whenever there is something new, so that the component is drawn again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from dashboard.compare import Compare
from dashboard.effects import Effects
from dashboard.feed import Feed
from dashboard.why import Why

Slot = Callable[[Any, Any], Any]

SIDE: Final[tuple[Slot, ...]] = (Feed, Why)
"""The right column, from the top: the feed, why."""
BELOW: Final[tuple[Slot, ...]] = (Compare, Effects)
"""Below the pictures, over their whole width: A and B, effects."""
