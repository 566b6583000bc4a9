"""What each lever carries of a package's effect, and which levers help or hinder each other, on one page."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.figures import style
from comity.figures.style import LOOKS, Picture
from comity.figures.words import Name, name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

SHARE: Final = LOOKS[1]
EFFECT: Final = LOOKS[0]
MORE: Final = LOOKS[1].color
LESS: Final = LOOKS[0].color
ROW: Final = 46
"""Pixels of a lever's row."""
MOST_ROWS: Final = 24
"""More levers than this would be too small to read: those with the largest shares are shown."""
NUMBERS_UP_TO: Final = 14
"""With more levers, the squares are too small for numbers."""


def effects(
    levers: DataFrame,
    pairs: DataFrame,
    outcome: str,
    total: float,
    title: str,
    path: str | Path | None = None,
    caption: str = "",
) -> Picture:
    """Bars for shares that add up to `total`, with the effect of each lever; beside them a square for each pair.

    `levers`: lever, effect, low, high, shapley, shapley_low, shapley_high. `pairs`: a, b, effect, clear.
    """
    rows = levers.dropna(subset=["shapley"])
    rows = rows.reindex(rows["shapley"].abs().sort_values(ascending=False).index)
    left_out, rows = max(len(rows) - MOST_ROWS, 0), rows.head(MOST_ROWS)
    rows = rows.sort_values("shapley", ascending=False, kind="stable").reset_index(drop=True)
    called = name(outcome)
    height = 320 + ROW * max(len(rows), 3)
    with style.styled():
        figure = style.sheet(1600, height)
        style.head(figure, headline(rows, called, total, title), _how_to_read(left_out))
        top, bottom = 1.0 - 205 / height, 105 / height
        _bars(style.place(figure, 0.15, bottom, 0.47, top), rows, called, _digits([total, *rows["shapley"]], 3))
        if len(rows) > 1:
            right = 0.655 + min(0.275, (len(rows) - 1) * ROW / 1600)
            _squares(figure, style.place(figure, 0.655, bottom, right, top), rows, pairs)
        style.foot(figure, caption)
    return style.finished(figure, alt(rows, pairs, called, total, title), path)


def headline(rows: DataFrame, called: Name, total: float, title: str) -> str:
    """What all do together, and who does most of it."""
    words = called.words.lower()
    if not len(rows):
        return f"{title}: nothing can be told about {words}"
    digits = _digits([total, *rows["shapley"]])
    first = max(rows.to_dict("records"), key=lambda row: abs(row["shapley"]))
    largest = f"largest: {written(first['lever'])}, {_change(first['shapley'], digits)}"
    return f"{title}: its levers change {words} by {_change(total, digits)} ({largest})"


def _how_to_read(left_out: int) -> str:
    left = f" {left_out} levers with smaller shares are left out." if left_out else ""
    return f"Shares add up to the whole. Whiskers: 95 % intervals; pale where they hold zero.{left}"


def _bars(axes: Axes, rows: DataFrame, called: Name, digits: int) -> None:
    """A bar for the share with its interval, a ring for the effect of leaving the lever out."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.axvline(0.0, color=style.SOFT, linewidth=0.8)
    edges = [0.0]
    for height, row in zip(range(len(rows))[::-1], rows.to_dict("records"), strict=True):
        share, low, high = (float(row[key]) for key in ("shapley", "shapley_low", "shapley_high"))
        clear = low > 0.0 or high < 0.0 or math.isnan(low)
        color = SHARE.color if clear else style.FAINT
        axes.barh(height + 0.1, share, height=0.44, color=color, alpha=0.85 if clear else 0.45, linewidth=0)
        if not math.isnan(low):
            axes.plot([low, high], [height + 0.1] * 2, color=style.INK, linewidth=1.1)
        axes.plot(
            [row["low"], row["high"]], [height - 0.27] * 2, color=EFFECT.color, linewidth=1.1,
        )  # fmt: skip
        axes.plot(
            [row["effect"]], [height - 0.27], EFFECT.marker, color=EFFECT.color, markerfacecolor="white", markersize=4.5
        )
        axes.annotate(
            _change(share, digits), (1.015, height), xycoords=("axes fraction", "data"), va="center", fontsize=8,
            fontweight="bold" if clear else "normal", color=color, annotation_clip=False,
        )  # fmt: skip
        edges += [float(row[key]) for key in ("low", "high", "effect", "shapley_low", "shapley_high", "shapley")]
    known = [edge for edge in edges if not math.isnan(edge)]
    axes.set_xlim(*style.room(min(known), max(known), 1e-9, 0.06))
    axes.set_ylim(-0.6, max(len(rows), 1) - 0.4)
    axes.set_yticks(range(len(rows))[::-1], [written(lever) for lever in rows["lever"]])
    axes.tick_params(axis="y", length=0, labelsize=8.5, labelcolor=style.INK)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=style.HAIR, linewidth=0.6)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.3g}".replace("-", "−")))
    axes.set_xlabel(f"Change of {called.words.lower()}")
    axes.set_title("Bar: share of the whole.  Ring: what is lost without the lever")


def _squares(figure: Figure, axes: Axes, rows: DataFrame, pairs: DataFrame) -> None:
    """The lower triangle: how much more (blue) or less (orange) each of two levers does with the other there."""
    order = {lever: k for k, lever in enumerate(rows["lever"])}
    many = len(order)
    found = np.full((many, many), np.nan)
    clear = np.zeros((many, many), bool)
    for pair in pairs.to_dict("records"):
        if pair["a"] in order and pair["b"] in order:
            first, second = sorted((order[pair["a"]], order[pair["b"]]))
            found[second, first], clear[second, first] = pair["effect"], pair["clear"]
    widest = float(np.nanmax(np.abs(found))) if np.isfinite(found).any() else 0.0
    for (i, j), value in np.ndenumerate(found):
        if j < i:
            _square(axes, (j, many - 1 - i), float(value), bool(clear[i, j]), widest, many)
    axes.set_xlim(-0.5, many - 1.5)
    axes.set_ylim(-0.6, many - 0.4)
    called = [written(lever) for lever in rows["lever"]]
    axes.set_xticks(range(many - 1), called[:-1], rotation=45, ha="left", rotation_mode="anchor")
    axes.xaxis.tick_top()
    axes.tick_params(axis="both", length=0, labelsize=7.5)
    axes.set_yticks(range(many - 1), called[:0:-1])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    corner = axes.get_position()
    figure.text(corner.x0, corner.y0 - 0.02, _legend(widest), fontsize=7.5, color=style.SOFT, va="top")


def _square(axes: Axes, spot: tuple[int, int], value: float, clear: bool, widest: float, many: int) -> None:
    from matplotlib.patches import Rectangle

    if math.isnan(value):
        return
    strength = abs(value) / widest if widest else 0.0
    axes.add_patch(
        Rectangle(
            (spot[0] - 0.46, spot[1] - 0.46), 0.92, 0.92, facecolor=MORE if value > 0.0 else LESS,
            alpha=0.06 + 0.7 * strength, linewidth=0,
        )
    )  # fmt: skip
    if clear:
        axes.add_patch(
            Rectangle((spot[0] - 0.44, spot[1] - 0.44), 0.88, 0.88, fill=False, edgecolor=style.INK, linewidth=1.1)
        )
    if many <= NUMBERS_UP_TO and (clear or strength > 0.25):
        text = f"{value / scale(widest):+.1f}".replace("-", "−")
        axes.text(
            *spot, text, ha="center", va="center", fontsize=6.0, color=style.INK,
            fontweight="bold" if clear else "normal",
        )  # fmt: skip


def scale(largest: float) -> float:
    """The power of ten in which numbers are written in squares: the largest has one digit before the point."""
    return float(10.0 ** math.floor(math.log10(largest))) if largest > 0.0 else 1.0


def _legend(widest: float) -> str:
    unit = f" Numbers: × {scale(widest):g}." if widest else ""
    return (
        "Pairs: blue +, each does more with the other there; orange −, less.\n"
        f"Framed: clear, all pairs considered.{unit}"
    )


def written(lever: Any) -> str:
    """A lever's name for readers."""
    return str(lever).replace("_", " ")


def _digits(values: Iterable[float], counting: int = 2) -> int:
    """Digits behind the point with which so many of the largest of them count."""
    largest = max((abs(value) for value in values if not math.isnan(value)), default=0.0)
    return min(max(2, counting - 1 - math.floor(math.log10(largest))), 8) if largest > 0.0 else 2


def _change(value: float, digits: int) -> str:
    """A difference with its sign."""
    if math.isnan(value):
        return "?"
    text = f"{abs(value):.{digits}f}"
    return text if float(text) == 0.0 else ("+" if value > 0.0 else "−") + text


def alt(rows: DataFrame, pairs: DataFrame, called: Name, total: float, title: str) -> str:
    """The picture in words."""
    parts, digits = [f"{headline(rows, called, total, title)}."], _digits([total, *rows["shapley"]], 3)
    for row in rows.to_dict("records"):
        share, low, high, effect = (
            _change(row[key], digits) for key in ("shapley", "shapley_low", "shapley_high", "effect")
        )
        parts.append(f"{written(row['lever'])}: share {share} ({low} to {high}), effect {effect}.")
    clear = [pair for pair in pairs.to_dict("records") if pair["clear"]]
    for pair in clear:
        change = _change(pair["effect"], _digits([pair["effect"]]))
        parts.append(f"{written(pair['a'])} with {written(pair['b'])}: {change}.")
    if not clear:
        parts.append("No pair of levers works together or against each other beyond noise.")
    return " ".join(parts)
