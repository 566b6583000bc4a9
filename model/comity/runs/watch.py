"""What is to be recorded of a run is named by table and column, and read back as arrays by quarter."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from comity.tables import World


class Watch:
    """Columns of a world's tables, as places that the engine records at the end of each quarter.

    `wanted` maps a table of the world (`members`, `org`, `posts`, ...) to its columns; one inside a record has a
    dotted name (`params`: `funds.cost`). `picks` goes to the engine.
    """

    def __init__(self, day: World, wanted: Mapping[str, Sequence[str]]) -> None:
        self.wanted = wanted
        self._parts: list[tuple[str, tuple[int, ...], bool]] = []
        found: list[Any] = [np.zeros(0, "i8")]
        for table, names in wanted.items():
            for name in names:
                places, whole = _places(day, table, name)
                found.append(places.ravel())
                self._parts.append((f"{table}.{name}", places.shape, whole))
        self.picks = np.concatenate(found)

    def read(self, record: Any) -> dict[str, Any]:
        """Arrays by `table.column`: quarters first, then the rows of the table; whole numbers as such."""
        whole_numbers, read, start = record.view("i8"), {}, 0
        for name, shape, whole in self._parts:
            stop = start + math.prod(shape)
            read[name] = (whole_numbers if whole else record)[:, start:stop].reshape((-1, *shape))
            start = stop
        return read


def _places(day: World, table: str, column: str) -> tuple[Any, bool]:
    """Where in `flat` each row keeps a column, whatever the order of rows in memory; and whether it is whole."""
    view = getattr(day, table)
    for name in column.split("."):
        view = view[name]
    start = (view.__array_interface__["data"][0] - day.buffer.__array_interface__["data"][0]) // view.itemsize
    places = np.full(view.shape, start, "i8")
    for axis, (length, stride) in enumerate(zip(view.shape, view.strides, strict=True)):
        steps = np.arange(length) * (stride // view.itemsize)
        places += steps.reshape([-1 if k == axis else 1 for k in range(view.ndim)])
    return places, view.dtype.kind == "i"
