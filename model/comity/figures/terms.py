"""What weighed in a decision: a bar for each term, the sum, and the bar that luck had set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from comity.figures import style
from comity.figures.style import LOOKS, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ACROSS: Final = 2
MOST_TERMS: Final = 7
PANEL: Final = 330
"""Pixels of a decision's height."""
FOR, AGAINST = LOOKS[1], LOOKS[0]
FAR: Final = 12.0


class Told(Protocol):
    """A decision: `heading`, `bars` (words and log-odds, heaviest first), their `logit`, the `threshold`, `turn`."""

    @property
    def heading(self) -> str:
        """What was decided, when."""

    @property
    def bars(self) -> Sequence[tuple[str, float]]:
        """The terms, heaviest first."""

    @property
    def logit(self) -> float | None:
        """Their sum."""

    @property
    def threshold(self) -> float | None:
        """What the sum had to pass."""

    @property
    def turn(self) -> str:
        """What would have turned it."""


def terms(told: Sequence[Told], path: str | Path | None = None, title: str = "", caption: str = "") -> Picture:
    """A panel for each decision, in the order given."""
    rows = max(-(-len(told) // ACROSS), 1)
    height = 150 + PANEL * rows
    with style.styled():
        figure = style.sheet(1600, height)
        style.head(figure, title, "Bars: log-odds for and against, the heaviest first. Black: their sum. Dashed: the "
                   "bar that luck had set; right of it is a yes.")  # fmt: skip
        for k, each in enumerate(told):
            left, top = 0.19 + 0.5 * (k % ACROSS), 1.0 - (150 + PANEL * (k // ACROSS)) / height
            _draw(style.place(figure, left, top - (PANEL - 125) / height, left + 0.24, top), each)
        if not told:
            figure.text(0.5, 0.5, "no decision with terms", ha="center", color=style.SOFT)
        style.foot(figure, caption)
    return style.finished(figure, words(told, title), path)


def _draw(axes: Axes, each: Told) -> None:
    bars = list(each.bars[:MOST_TERMS])
    rest = sum(value for _, value in each.bars[MOST_TERMS:])
    if len(each.bars) > MOST_TERMS:
        bars.append(("all the rest", rest))
    heights = range(len(bars), 0, -1)
    for (name, value), y in zip(bars, heights, strict=True):
        look = FOR if value > 0.0 else AGAINST
        axes.barh(y, value, height=0.62, color=look.color, hatch="" if value > 0.0 else "////", edgecolor="white")
        _beside(axes, y, name, value)
    total = each.logit or 0.0
    axes.barh(0, total, height=0.62, color=style.INK)
    _beside(axes, 0, "together", total, bold=True)
    axes.axvline(0.0, color=style.SOFT, linewidth=0.8)
    reach = max([abs(value) for _, value in bars] + [abs(total), 1.0])
    if each.threshold is not None and abs(each.threshold) <= FAR:
        axes.axvline(each.threshold, color=style.INK, linewidth=1.2, linestyle=(0, (3, 2)))
        reach = max(reach, abs(each.threshold))
    axes.set_xlim(-1.12 * reach, 1.12 * reach)
    axes.set_ylim(-0.6, len(bars) + 0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.annotate(
        style.shortened(each.heading, 68), (-0.7, 1.05), xycoords="axes fraction", fontsize=8.5, fontweight="bold",
        annotation_clip=False,
    )  # fmt: skip
    axes.annotate(
        style.shortened(each.turn, 100), (-0.7, -0.2), xycoords="axes fraction", fontsize=7, color=style.SOFT,
        va="top", annotation_clip=False,
    )  # fmt: skip


def _beside(axes: Axes, y: float, name: str, value: float, bold: bool = False) -> None:
    weight = "bold" if bold else "normal"
    axes.annotate(
        style.shortened(name, 34), (-0.03, y), xycoords=("axes fraction", "data"), ha="right", va="center",
        fontsize=7.5, fontweight=weight, annotation_clip=False,
    )  # fmt: skip
    text = f"{abs(value):.2f}"
    sign = "" if float(text) == 0.0 else "+" if value > 0.0 else "−"
    axes.annotate(
        sign + text, (1.03, y), xycoords=("axes fraction", "data"), va="center", fontsize=7.5, fontweight=weight,
        color=style.SOFT, annotation_clip=False,
    )  # fmt: skip


def words(told: Sequence[Told], title: str = "") -> str:
    """The picture in words."""
    said = [f"{title}." if title else "What weighed in decisions."]
    for each in told:
        bars = ", ".join(f"{name} {value:+.2f}" for name, value in each.bars[:MOST_TERMS])
        bar = "" if each.threshold is None else f", the bar {each.threshold:+.2f}"
        said.append(f"{each.heading}: {bars}; together {each.logit or 0.0:+.2f}{bar}. {each.turn}".strip())
    return " ".join(said)
