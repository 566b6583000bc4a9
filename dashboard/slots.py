"""The slots of the page: components of other makers, each given the user's `Session`.

To plug in: write a Solara component `def Feed(session)` in a file of its own and name it below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

Slot = Callable[[Any], Any]

SIDE: Final[tuple[Slot, ...]] = ()
"""The right column, from the top: the feed, why."""
BELOW: Final[tuple[Slot, ...]] = ()
"""Below the pictures, over their whole width: A and B, effects."""
