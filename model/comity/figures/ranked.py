"""Factors in a row each, the strongest on top: a mark and its interval, for one or two numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.figures import marks, style
from comity.figures.style import LOOKS, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST: Final = 20
"""Rows of a picture; the table has the rest."""
ROW: Final = 44
TOP, BOTTOM = 150, 110


@dataclass(frozen=True, slots=True)
class Mark:
    """One number of each factor: what it is called, the factors, and `values` (factors, 3): value, low, high."""

    words: str
    factors: Sequence[str]
    values: Any


def ranked(
    parts: Sequence[Mark],
    title: str,
    below: str,
    label: str,
    path: str | Path | None = None,
    caption: str = "",
    zero: bool = False,
    gray: float = 0.0,
) -> Picture:
    """All marks have the same factors; the first one sets the order. `zero` lets the axis begin there, `gray` is how
    far chance alone reaches."""
    first = parts[0]
    order = np.argsort(-np.abs(first.values[:, 0]), kind="stable")[:MOST]
    height = TOP + BOTTOM + ROW * max(len(order), 2)
    with style.styled():
        figure = style.sheet(1200, height)
        style.head(figure, title, below, 66)
        axes = style.place(figure, 0.27, BOTTOM / height, 0.9, 1.0 - TOP / height)
        _draw(axes, parts, order, label, zero, gray)
        style.foot(figure, caption)
    return style.finished(figure, _words(parts, order, title, label), path)


def _draw(axes: Axes, parts: Sequence[Mark], order: Any, label: str, zero: bool, gray: float) -> None:
    heights = np.arange(len(order))[::-1].astype("f8")
    shifts = np.linspace(0.17, -0.17, len(parts)) if len(parts) > 1 else [0.0]
    if gray > 0.0:
        axes.axvspan(0.0, gray, color=style.HAIR, alpha=0.6, linewidth=0, zorder=0)
    axes.axvline(0.0, color=style.SOFT, linewidth=0.8, zorder=1)
    edges = np.concatenate([part.values[order].ravel() for part in parts])
    edges = np.append(edges[np.isfinite(edges)], [0.0, gray])
    low, high = style.room(float(edges.min()), float(edges.max()), 1e-9, 0.04)
    if zero:
        low = max(low, -0.06 * high)
    axes.set_xlim(low, high)
    for part, look, shift in zip(parts, (LOOKS[1], LOOKS[0]), shifts, strict=False):
        for k, height in zip(order, heights, strict=True):
            value, left, right = part.values[k]
            unsure = left <= 0.0 <= right or 0.0 < value <= gray
            color = style.FAINT if unsure else look.color
            axes.plot([max(left, low), right], [height + shift] * 2, color=color, linewidth=1.4, zorder=2)
            axes.plot(
                value, height + shift, look.marker, color=color,
                markerfacecolor="white" if look.fill == "white" else color, markersize=6, zorder=3, clip_on=False,
            )  # fmt: skip
            if part is parts[0]:
                _number(axes, value, height + shift, color, not unsure)
    _legend(axes, parts)
    axes.set_yticks(heights, [style.shortened(parts[0].factors[k].replace("_", " "), 30) for k in order])
    for tick in axes.get_yticklabels():
        tick.set_color(style.INK)
        tick.set_fontsize(8.5)
    marks.few_numbers_along(axes.xaxis, 6)
    axes.set_ylim(-0.6, len(order) - 0.4)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=style.HAIR, linewidth=0.6)
    axes.set_xlabel(f"{label}  →")


def _number(axes: Axes, value: float, height: float, color: str, bold: bool) -> None:
    axes.annotate(
        f"{value:.2g}".replace("-", "−") if abs(value) < 0.1 else f"{value:.2f}".replace("-", "−"), (1.02, height),
        xycoords=("axes fraction", "data"), va="center", fontsize=8, color=color,
        fontweight="bold" if bold else "normal", annotation_clip=False,
    )  # fmt: skip


def _legend(axes: Axes, parts: Sequence[Mark]) -> None:
    """Above the rows: which shape is which."""
    if len(parts) < 2:
        return
    from matplotlib.lines import Line2D

    held = [
        Line2D([], [], color=look.color, marker=look.marker, markerfacecolor=look.fill, linewidth=1.4, markersize=6)
        for look in (LOOKS[1], LOOKS[0])
    ]
    axes.legend(
        held, [part.words for part in parts], loc="lower left", bbox_to_anchor=(-0.01, 1.0), ncols=2, frameon=False,
        fontsize=8, handlelength=2.2, columnspacing=1.8,
    )  # fmt: skip


def _words(parts: Sequence[Mark], order: Any, title: str, label: str) -> str:
    """The picture in words."""
    told = []
    for k in order:
        numbers = "; ".join(
            f"{part.words} {part.values[k, 0]:.3g} ({part.values[k, 1]:.3g} to {part.values[k, 2]:.3g})"
            for part in parts
        )
        told.append(f"{parts[0].factors[k]}: {numbers}.")
    return f"{title}. {label}. {' '.join(told)}"
