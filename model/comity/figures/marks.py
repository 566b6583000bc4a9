"""The few marks of which pictures are made: a band with its mean, a label at a line's end, a difference with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from comity.figures import style
from comity.figures.frames import Band, Difference
from comity.figures.style import LOOKS, Look
from comity.figures.words import LEAST_SPAN, Name

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def fan(axes: Axes, bands: Sequence[Band], name: Name, looks: Sequence[Look] = LOOKS) -> None:
    """Mean lines and the range of most runs of one column, for one or several scenarios; each ends in its number."""
    for part, look in zip(bands, looks, strict=False):
        axes.fill_between(part.time, part.low, part.high, color=look.color, alpha=0.13, linewidth=0)
        axes.plot(part.time, part.mean, color=look.color, linestyle=look.dash)
    known = [part for part in bands if len(part.time)]
    if not known:
        return
    low = min(float(part.low.min()) for part in known)
    high = max(float(part.high.max()) for part in known)
    bottom, top = style.room(low, high, LEAST_SPAN[name.kind])
    if name.kind != "count" and low >= 0.0 and high <= 1.0:
        bottom, top = max(bottom, 0.0), min(top, 1.0)
    axes.set_ylim(bottom, top)
    style.years(axes, min(float(part.time[0]) for part in known), max(float(part.time[-1]) for part in known), most=4)
    numbers(axes, name)
    ends(axes, [(float(part.mean[-1]), name.write(float(part.mean[-1]))) for part in bands if len(part.time)], looks)


def numbers(axes: Axes, name: Name) -> None:
    """A few round numbers up the side, with a hairline each."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(4, integer=name.kind == "count", steps=[1, 2, 2.5, 5, 10]))
    if name.kind == "share":
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.4g}\u2009%"))
    axes.grid(axis="y", color=style.HAIR, linewidth=0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def ends(axes: Axes, labels: Sequence[tuple[float, str]], looks: Sequence[Look] = LOOKS, size: float = 7.5) -> None:
    """A label at the right end of each line, moved apart where lines end close together."""
    bottom, top = axes.get_ylim()
    inches = axes.get_position().height * axes.figure.get_figheight()  # type: ignore[union-attr]
    gap = (top - bottom) * size * 1.25 / 72 / max(inches, 0.1)
    heights = style.spread([height for height, _ in labels], gap, bottom, top)
    for (_, text), height, look in zip(labels, heights, looks, strict=False):
        axes.annotate(
            text, (1.0, height), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            color=look.color, fontsize=size, fontweight="bold", va="center", annotation_clip=False,
        )  # fmt: skip


def strip(axes: Axes, rows: Sequence[tuple[Name, Difference]], wide: float) -> None:
    """Paired differences, one row each: the range of most runs, the interval of the mean, the mean, and it in figures."""
    look, heights = LOOKS[1], np.arange(len(rows))[::-1]
    axes.axvline(0.0, color=style.SOFT, linewidth=0.8)
    for (name, apart), height in zip(rows, heights, strict=True):
        color = look.color if apart.clear or apart.runs == 1 else style.FAINT
        axes.plot([apart.range_low, apart.range_high], [height] * 2, color=color, linewidth=1.0)
        axes.plot([apart.low, apart.high], [height] * 2, color=color, linewidth=4.5, solid_capstyle="butt", alpha=0.45)
        axes.plot([apart.mean], [height], marker=look.marker, color=color, markersize=4.5)
        axes.annotate(
            shortened_words(name), (-0.02, height), xycoords=("axes fraction", "data"), ha="right", va="center",
            fontsize=8, annotation_clip=False,
        )  # fmt: skip
        axes.annotate(
            name.change(apart.mean), (1.02, height), xycoords=("axes fraction", "data"), va="center", fontsize=8,
            fontweight="bold" if apart.clear else "normal", color=color, annotation_clip=False,
        )  # fmt: skip
    axes.set_xlim(-wide, wide)
    axes.set_ylim(-0.6, max(len(rows), 1) - 0.4)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=style.HAIR, linewidth=0.6)


def shortened_words(name: Name) -> str:
    """Words that fit beside a strip."""
    return style.shortened(name.words, 36)
