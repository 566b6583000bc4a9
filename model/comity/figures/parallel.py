"""Policies that nothing beats, as lines across all that was asked and all that was varied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.figures import style
from comity.figures.style import LOOKS, Picture
from comity.figures.words import name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

MOST_FACTORS: Final = 8
MOST_GRAY: Final = 300


def parallel(
    table: DataFrame, outcomes: Sequence[str], factors: Sequence[str], signs: Mapping[str, int],
    path: str | Path | None = None, caption: str = "",
) -> Picture:  # fmt: skip
    """`table` has a row for each point: outcomes, factors, `unbeaten`, `knee`. Up is better on the axis of an outcome;
    factors that are words stand in the order of the alphabet."""
    columns = [*outcomes, *list(factors)[:MOST_FACTORS]]
    heights = {column: _heights(table[column], signs.get(column, 1)) for column in columns}
    lines = np.column_stack([heights[column] for column in columns])
    best, knee = table["unbeaten"].to_numpy(bool), table["knee"].to_numpy(bool)
    with style.styled():
        figure = style.sheet(max(190 * len(columns), 1000), 760)
        style.head(
            figure,
            _headline(table, outcomes),
            "Colored: beaten by no other point. Thick: the knee. Gray: the rest.",
            56,
        )
        axes = style.place(figure, 0.06, 0.2, 0.95, 0.8)
        for row in np.flatnonzero(~best)[:MOST_GRAY]:
            axes.plot(lines[row], color=style.HAIR, linewidth=0.6, zorder=1)
        for row in np.flatnonzero(best & ~knee):
            axes.plot(lines[row], color=LOOKS[1].color, linewidth=1.2, alpha=0.8, zorder=2)
        for row in np.flatnonzero(knee & best):
            axes.plot(lines[row], color=LOOKS[0].color, linewidth=3.0, zorder=3)
        for k, column in enumerate(columns):
            _axis(axes, k, column, table[column], signs.get(column, 1), column in outcomes)
        axes.set_xlim(-0.3, len(columns) - 0.7)
        axes.set_ylim(-0.12, 1.12)
        axes.set_axis_off()
        style.foot(figure, caption)
    return style.finished(figure, _words(table, outcomes, columns[len(outcomes) :]), path)


def _heights(values: Any, sign: int) -> Any:
    numbers = _numbers(values)
    low, high = np.nanmin(numbers), np.nanmax(numbers)
    share = (numbers - low) / (high - low) if high > low else np.full(len(numbers), 0.5)
    return share if sign > 0 else 1.0 - share


def _numbers(values: Any) -> Any:
    if values.dtype.kind in "fiub":
        return values.to_numpy("f8")
    levels = sorted(values.unique())
    return np.array([levels.index(value) for value in values], "f8")


def _axis(axes: Axes, k: int, column: str, values: Any, sign: int, is_outcome: bool) -> None:
    axes.plot([k, k], [0.0, 1.0], color=style.INK if is_outcome else style.FAINT, linewidth=1.0, zorder=4)
    is_number = values.dtype.kind in "fiub"
    ends = (values.min(), values.max()) if is_number else (min(values), max(values))
    bottom, top = ends if sign > 0 else ends[::-1]
    for height, value, side in ((-0.03, bottom, "top"), (1.03, top, "bottom")):
        told = f"{value:.3g}" if is_number else style.shortened(str(value), 12)
        axes.text(k, height, told, ha="center", va=side, fontsize=7.5, color=style.SOFT)
    called = name(column).words if is_outcome else column.replace("_", " ")
    words = style.shortened(called, 24)
    axes.text(k, -0.11, "\n".join(_two_lines(words)), ha="center", va="top", fontsize=8.5,
              fontweight="bold" if is_outcome else "normal")  # fmt: skip


def _two_lines(words: str) -> list[str]:
    middle = words.rfind(" ", 0, 13) if len(words) > 13 else -1
    return [words] if middle < 0 else [words[:middle], words[middle + 1 :]]


def _headline(table: DataFrame, outcomes: Sequence[str]) -> str:
    count = int(table["unbeaten"].sum())
    asked = ", ".join(name(each).words.lower() for each in outcomes)
    return f"{count} of {len(table)} points {'is' if count == 1 else 'are'} beaten by no other in {asked}"


def _words(table: DataFrame, outcomes: Sequence[str], factors: Sequence[str]) -> str:
    best = table[table["unbeaten"]]
    told = [f"{name(each).words} from {best[each].min():.3g} to {best[each].max():.3g}" for each in outcomes]
    spans = [
        f"{each.replace('_', ' ')} {best[each].min():.3g} to {best[each].max():.3g}"
        for each in factors
        if best[each].dtype.kind in "fiub"
    ]
    tail = f" They use {'; '.join(spans)}." if spans else ""
    return f"{_headline(table, outcomes)}. Among these: {'; '.join(told)}.{tail}"
