"""Where packages end under the same luck: integration against respect, one point each, the first as the yardstick."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from comity.figures import marks, style
from comity.figures.frames import Numbers
from comity.figures.paired import CORNERS
from comity.figures.style import LOOKS, Look, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

LEAST_PLANE: Final = 0.04
MORE_MARKERS: Final = ("<", ">", "h", "p", "d", "H", "8")
AXES: Final = ("integration", "respect")


def looks(many: int) -> list[Look]:
    """As many looks as there are points: the seven of all pictures, then their colors with other shapes."""
    found = list(LOOKS)
    while len(found) < many:
        k = len(found) - len(LOOKS)
        again = LOOKS[(k + 1) % len(LOOKS)]
        found.append(Look(again.color, again.dash, MORE_MARKERS[k % len(MORE_MARKERS)], "white"))
    return found[:many]


def beside(points: DataFrame, path: str | Path | None = None, caption: str = "") -> Picture:
    """One point a scenario, the first the baseline: name, and mean, low and high of `integration` and `respect`."""
    points = points.dropna(subset=list(AXES)).reset_index(drop=True)
    with style.styled():
        figure = style.sheet(1200, 960)
        style.head(
            figure,
            headline(points),
            "Crosses: 95 % interval of the difference from the baseline under the same luck; of the baseline, its own.",
            wide=66,
        )
        axes = style.place(figure, 0.085, 0.115, 0.97, 0.86)
        if len(points):
            _draw(axes, points)
        axes.set_xlabel("Integration  →")
        axes.set_ylabel("Respect  →")
        style.foot(figure, caption)
    return style.finished(figure, alt(points), path)


def headline(points: DataFrame) -> str:
    """Who has more of both, and who of neither."""
    if len(points) < 2:
        return "Nothing to compare"
    first = points["name"][0]
    said = []
    for words, sign in (("more", 1), ("less", -1)):
        names = both(points, sign)
        if names:
            said.append(f"{_listed(names)} {'has' if len(names) == 1 else 'have'} {words} of both")
    return f"Beside {first}, {' and '.join(said)}" if said else f"None has more of both than {first}, or less of both"


def both(points: DataFrame, sign: int) -> list[str]:
    """Scenarios whose intervals lie beyond the first one's mean in both, above (1) or below (-1)."""
    found = []
    for k in range(1, len(points)):
        row, first = points.iloc[k], points.iloc[0]
        edges = [row[f"{axis}_{'low' if sign > 0 else 'high'}"] - first[axis] for axis in AXES]
        if all(edge * sign > 0.0 for edge in edges):
            found.append(str(row["name"]))
    return found


def _listed(names: Sequence[str]) -> str:
    most = 3
    shown = [style.shortened(name, 26) for name in names[:most]]
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _draw(axes: Axes, points: DataFrame) -> None:
    places = points[list(AXES)].to_numpy(dtype=np.float64)
    edges = points[[f"{axis}_{end}" for axis in AXES for end in ("low", "high")]].to_numpy(dtype=np.float64)
    edges = np.where(np.isnan(edges), np.repeat(places, 2, axis=1), edges)
    axes.set_xlim(*style.room(float(edges[:, :2].min()), float(edges[:, :2].max()), LEAST_PLANE, 0.22))
    axes.set_ylim(*style.room(float(edges[:, 2:].min()), float(edges[:, 2:].max()), LEAST_PLANE, 0.12))
    marks.few_numbers(axes, 6)
    _quadrants(axes, places[0])
    kinds = looks(len(points))
    for place, edge, look in zip(places, edges, kinds, strict=True):
        axes.plot(edge[:2], [place[1]] * 2, color=look.color, linewidth=1.2, zorder=3)
        axes.plot([place[0]] * 2, edge[2:], color=look.color, linewidth=1.2, zorder=3)
    taken = np.concatenate([places, *(_cross(place, edge) for place, edge in zip(places, edges, strict=True))])
    for k, (place, look) in enumerate(zip(places, kinds, strict=True)):
        spot = (float(place[0]), float(place[1]))
        axes.plot(
            *spot, look.marker, color=look.color, markerfacecolor=look.fill, markersize=9 if k == 0 else 7.5,
            markeredgewidth=1.3, zorder=5,
        )  # fmt: skip
        words = style.shortened(str(points["name"][k]), 34) + (" (baseline)" if k == 0 else "")
        taken = marks.beside(axes, spot, words, look.color, taken, 8.5, 8.0)


def _cross(place: Numbers, edge: Numbers) -> Numbers:
    """Points along the arms, for names to keep clear of."""
    across = np.linspace(edge[0], edge[1], 12)
    upward = np.linspace(edge[2], edge[3], 12)
    return np.concatenate(
        [np.column_stack([across, np.full(12, place[1])]), np.column_stack([np.full(12, place[0]), upward])]
    )


def _quadrants(axes: Axes, center: Numbers) -> None:
    """What lies up and to the right of the baseline moves the frontier, not along it."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    axes.axvline(center[0], color=style.HAIR, linewidth=0.8, zorder=0)
    axes.axhline(center[1], color=style.HAIR, linewidth=0.8, zorder=0)
    axes.fill_between([center[0], right], center[1], top, color=style.GAIN, alpha=0.06, linewidth=0, zorder=0)
    for (x, y), words in CORNERS.items():
        axes.text(
            x, y, words, transform=axes.transAxes, ha="right" if x > 0.5 else "left", va="top" if y > 0.5 else "bottom",
            fontsize=7.5, style="italic", color=style.FAINT, zorder=1,
        )  # fmt: skip
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)


def alt(points: DataFrame) -> str:
    """The picture in words."""
    parts = [f"{headline(points)}."]
    for k, row in enumerate(points.to_dict("records")):
        spans = (f"{axis} {row[axis]:.3f} ({row[f'{axis}_low']:.3f} to {row[f'{axis}_high']:.3f})" for axis in AXES)
        parts.append(f"{row['name']}{' (baseline)' if k == 0 else ''}: {', '.join(spans)}.")
    return " ".join(parts)
