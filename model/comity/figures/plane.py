"""Integration against respect for many policies: those that no other beats in both make up the frontier."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from comity.figures import marks, style
from comity.figures.frames import Numbers
from comity.figures.style import LOOKS, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

ON: Final = LOOKS[1]
OFF: Final = LOOKS[0]
LEAST_PLANE: Final = 0.1
MOST_NAMES: Final = 24
"""More names than this would only hide the points."""


def frontier(points: DataFrame, path: str | Path | None = None, caption: str = "") -> Picture:
    """One point a policy: columns `name`, `integration` and `respect`; where there are `integration_low`,
    `integration_high`, `respect_low` and `respect_high`, a cross of their length. Rows without both are left out.
    """
    points = points.dropna(subset=["integration", "respect"]).reset_index(drop=True)
    places = points[["integration", "respect"]].to_numpy(dtype=np.float64)
    names = [str(each) for each in points["name"]]
    best = unbeaten(places)
    with style.styled():
        figure = style.sheet(1200, 900)
        style.head(
            figure,
            _headline(names, best),
            "A policy on the line is beaten by no other in integration and respect at once.",
        )
        axes = style.place(figure, 0.08, 0.12, 0.97, 0.85)
        _draw(axes, points, places, names, best)
        style.foot(figure, caption)
    return style.finished(figure, _words(places, names, best), path)


def unbeaten(places: Numbers) -> list[int]:
    """Rows that no other row equals or passes in both columns and passes in one, from left to right."""
    kept = [
        k
        for k, place in enumerate(places)
        if not any((other >= place).all() and (other > place).any() for other in places)
    ]
    return sorted(kept, key=lambda k: (places[k, 0], -places[k, 1]))


def _draw(axes: Axes, points: DataFrame, places: Numbers, names: Sequence[str], best: Sequence[int]) -> None:
    if len(places):
        for values, put in ((places[:, 0], axes.set_xlim), (places[:, 1], axes.set_ylim)):
            put(*style.room(float(values.min()), float(values.max()), LEAST_PLANE, 0.18))
    marks.few_numbers(axes, 6)
    _crosses(axes, points, places)
    if len(best):
        steps = places[list(best)]
        axes.step(steps[:, 0], steps[:, 1], where="pre", color=ON.color, linewidth=1.2, zorder=2)
    taken = np.concatenate([places, _along(places[list(best)])])
    for k in [*best, *(k for k in range(len(places)) if k not in best)]:
        look, spot = (ON if k in best else OFF), (float(places[k, 0]), float(places[k, 1]))
        axes.plot(*spot, look.marker, color=look.color, markerfacecolor=look.fill, markersize=6.5, zorder=4)
        if len(places) <= MOST_NAMES or k in best:
            taken = marks.beside(axes, spot, style.shortened(names[k], 30), look.color, taken, 8.0, 7.0)
    axes.set_xlabel("Integration  →")
    axes.set_ylabel("Respect  →")


def _along(steps: Numbers) -> Numbers:
    """Points on the line of the frontier, for labels to keep clear of."""
    corners = [spot for one, other in pairwise(steps) for spot in (one, (one[0], other[1]), other)]
    parts = [np.linspace(one, other, 20) for one, other in pairwise(corners)]
    return np.concatenate([np.zeros((0, 2)), *parts])


def _crosses(axes: Axes, points: DataFrame, places: Numbers) -> None:
    for axis, column in enumerate(("integration", "respect")):
        if f"{column}_low" not in points or f"{column}_high" not in points:
            continue
        edges = points[[f"{column}_low", f"{column}_high"]].to_numpy(dtype=np.float64)
        for place, (low, high) in zip(places, edges, strict=True):
            ends = np.array([place, place])
            ends[:, axis] = low, high
            axes.plot(ends[:, 0], ends[:, 1], color=style.FAINT, linewidth=0.8, zorder=1)


def _headline(names: Sequence[str], best: Sequence[int]) -> str:
    if not names:
        return "No policy to show"
    if len(best) == 1:
        return f"{names[best[0]]} beats or equals all others in both"
    return f"{len(best)} of {len(names)} policies are beaten by none"


def _words(places: Numbers, names: Sequence[str], best: Sequence[int]) -> str:
    """The picture in words."""
    listed = (f"{name} (integration {x:.2f}, respect {y:.2f})" for name, (x, y) in zip(names, places, strict=True))
    front = ", ".join(names[k] for k in best) or "none"
    return f"Integration against respect: {', '.join(listed)}. On the frontier: {front}."
