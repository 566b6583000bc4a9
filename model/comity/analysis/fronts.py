"""Sets that nothing beats: which rows are in it, how surely, and where it bends."""

from __future__ import annotations

from typing import Any

import numpy as np


def unbeaten(values: Any) -> Any:
    """Which rows (n, k), all to be high, no other equals or passes everywhere and passes somewhere."""
    n = len(values)
    found = np.ones(n, bool)
    # The largest sums first: what beats many rows comes early and strikes them out at once.
    for k in np.argsort(-values.sum(axis=1), kind="stable"):
        if found[k]:
            beaten = (values <= values[k]).all(axis=1) & (values < values[k]).any(axis=1)
            found &= ~beaten
    return found


def unit(values: Any) -> Any:
    """Columns from 0 (worst of the rows) to 1 (best); a column that does not vary is 1."""
    low, span = values.min(axis=0), np.ptp(values, axis=0)
    return np.where(span > 0.0, (values - low) / np.where(span > 0.0, span, 1.0), 1.0)


def knee(front: Any) -> int:
    """The row of a front where giving up a little of one gains most of another.

    Of two columns, the row farthest above the line that joins the front's ends (Das 1999), both from 0 to 1; of more,
    and where no row lies above that line, the one nearest to the best of every column.
    """
    places = unit(front)
    if front.shape[1] == 2 and len(front) > 2:
        above = places.sum(axis=1) - 1.0
        if above.max() > 1e-9:
            return int(np.argmax(above))
    return compromise(front)


def compromise(front: Any) -> int:
    """The row whose worst column, from 0 to 1, is best; of equal ones that with the higher sum."""
    places = unit(front)
    order = np.lexsort((-places.sum(axis=1), -places.min(axis=1)))
    return int(order[0])
