"""Small panels, one a number: what was thought or predicted before, what is left after, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.figures import style
from comity.figures.style import LOOKS, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS: Final = 4
WIDTH: Final = 1500
ROW: Final = 270
TOP, BOTTOM, GAP = 150, 60, 94
STEPS: Final = 160
NARROW: Final = (0.002, 0.998)


@dataclass(frozen=True, slots=True)
class Panel:
    """One number: draws `before` and `after` with their weights (None for equal ones), `mark` what was found or is
    used today, `low` and `high` a tolerance around it, if there is one."""

    title: str
    words: str
    before: Any
    after: Any
    weights: Any = None
    mark: float | None = None
    low: float | None = None
    high: float | None = None


def against(
    panels: Sequence[Panel], title: str, below: str, path: str | Path | None = None, caption: str = ""
) -> Picture:
    """Densities of both, a line at the mark, a band for the tolerance."""
    rows = max(-(-len(panels) // COLUMNS), 1)
    height = TOP + BOTTOM + rows * ROW
    with style.styled():
        figure = style.sheet(WIDTH, height)
        style.head(figure, title, below)
        for k, panel in enumerate(panels):
            row, column = divmod(k, COLUMNS)
            left = 0.03 + column * 0.2425
            top = 1.0 - (TOP + row * ROW + 36) / height
            axes = style.place(figure, left, top - (ROW - GAP) / height, left + 0.215, top)
            _draw(axes, panel)
        style.foot(figure, caption)
    return style.finished(figure, _words(panels, title), path)


def _draw(axes: Axes, panel: Panel) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    before, after = (np.asarray(each, "f8") for each in (panel.before, panel.after))
    weights = None if panel.weights is None else np.asarray(panel.weights, "f8")[np.isfinite(after)]
    before, after = before[np.isfinite(before)], after[np.isfinite(after)]
    ends = [*(np.quantile(each, NARROW) for each in (before, after) if len(each))]
    known = [] if panel.mark is None else [panel.mark]
    edges = np.concatenate([*ends, known]) if ends or known else np.array([0.0, 1.0])
    # an end of the tolerance is shown unless it lies so far out that nothing else could be seen
    span = float(edges.max() - edges.min())
    far = [value for value in (panel.low, panel.high) if value is not None]
    edges = np.append(edges, [v for v in far if edges.min() - span <= v <= edges.max() + span])
    low, high = style.room(float(edges.min()), float(edges.max()), 1e-9, 0.03)
    grid = np.linspace(low, high, STEPS)
    if panel.low is not None and panel.high is not None:
        axes.axvspan(panel.low, panel.high, color=style.HAIR, alpha=0.7, linewidth=0, zorder=0)
    if len(before) > 1:
        axes.fill_between(grid, density(before, grid), color=style.FAINT, alpha=0.35, linewidth=0, zorder=1)
    if len(after) > 1:
        axes.plot(grid, density(after, grid, weights), color=LOOKS[1].color, zorder=3)
    if panel.mark is not None:
        axes.axvline(panel.mark, color=LOOKS[0].color, linestyle=(0, (3.5, 1.5)), linewidth=1.4, zorder=2)
    axes.set_xlim(low, high)
    axes.set_ylim(bottom=0.0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.3g}".replace("-", "−")))
    axes.set_title(style.shortened(panel.title, 40), pad=14.0)
    axes.text(0.0, 1.03, style.shortened(panel.words, 52), transform=axes.transAxes, fontsize=6.8, color=style.SOFT)


def density(values: Any, grid: Any, weights: Any = None) -> Any:
    """A Gaussian smoothing of the draws, its width by Silverman's rule, over the grid; its peak is one."""
    w = np.full(len(values), 1.0 / len(values)) if weights is None else weights / weights.sum()
    middle = float(w @ values)
    sd = float(np.sqrt(w @ (values - middle) ** 2))
    width = max(1.06 * sd * (1.0 / float(np.sum(w**2))) ** -0.2, (grid[-1] - grid[0]) / STEPS)
    found = np.exp(-0.5 * ((grid[:, None] - values[None, :]) / width) ** 2) @ w
    return found / found.max() if found.max() > 0.0 else found


def _words(panels: Sequence[Panel], title: str) -> str:
    told = []
    for panel in panels:
        found = "" if panel.mark is None else f", marked {panel.mark:.3g}"
        parts = [
            f"{name} {np.nanquantile(each, 0.05):.3g} to {np.nanquantile(each, 0.95):.3g}"
            for name, each in (("before", panel.before), ("after", panel.after))
            if np.isfinite(each).any()
        ]
        told.append(f"{panel.title}: {'; '.join(parts)}{found}.")
    return f"{title}. {' '.join(told)}"
