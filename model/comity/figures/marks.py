"""The few marks of all pictures: a band and its mean, a label at a line's end, a difference and its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.figures import style
from comity.figures.frames import Band, Difference, Numbers
from comity.figures.style import LOOKS, Look
from comity.figures.words import LEAST_SPAN, Name

if TYPE_CHECKING:
    from matplotlib.axes import Axes


ROOM_FOR_NOTE: Final = 0.6


def fan(
    axes: Axes,
    bands: Sequence[Band],
    name: Name,
    looks: Sequence[Look] = LOOKS,
    note: str = "",
    titles: Sequence[str] = (),
) -> None:
    """Mean lines and the range of most runs of one column, for one or several scenarios; each ends in its number,
    and its title if there is one.

    A note gets room of its own below them.
    """
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
    if note:
        bottom -= ROOM_FOR_NOTE * (top - bottom)
        axes.text(0.02, 0.05, note, transform=axes.transAxes, fontsize=7, color=style.SOFT, linespacing=1.35)
    axes.set_ylim(bottom, top)
    style.years(axes, min(float(part.time[0]) for part in known), max(float(part.time[-1]) for part in known), most=4)
    numbers(axes, name)
    titled = zip(bands, titles or [""] * len(bands), looks, strict=False)
    ends(
        axes,
        [(float(part.mean[-1]), f"{name.write(float(part.mean[-1]))} {title}".strip(), look)
         for part, title, look in titled if len(part.time)],
    )  # fmt: skip


def numbers(axes: Axes, name: Name) -> None:
    """A few round numbers up the side, with a hairline each."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(4, integer=name.kind == "count", steps=[1, 2, 2.5, 5, 10]))
    if name.kind == "share":
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.4g}\u2009%"))
    axes.grid(axis="y", color=style.HAIR, linewidth=0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def few_numbers(axes: Axes, most: int) -> None:
    """Round numbers along both sides, without needless zeros."""
    few_numbers_along(axes.xaxis, most)
    few_numbers_along(axes.yaxis, most)


def few_numbers_along(side: Any, most: int) -> None:
    """Round numbers along one side, without needless zeros."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    side.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10]))
    side.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.3g}".replace("-", "−")))


def ends(axes: Axes, labels: Sequence[tuple[float, str, Look]], size: float = 7.5) -> None:
    """A label at the right end of each line, moved apart where lines end close together."""
    bottom, top = axes.get_ylim()
    inches = axes.get_position().height * axes.figure.get_figheight()  # type: ignore[union-attr]
    gap = (top - bottom) * size * 1.25 / 72 / max(inches, 0.1)
    heights = style.spread([height for height, _, _ in labels], gap, bottom, top)
    for (_, text, look), height in zip(labels, heights, strict=True):
        axes.annotate(
            text, (1.0, height), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            color=look.color, fontsize=size, fontweight="bold", va="center", annotation_clip=False,
        )  # fmt: skip


def halo(width: float = 2.5) -> list[Any]:
    """A white rim that keeps words readable on top of lines."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=width, foreground="white")]


def beside(
    axes: Axes, point: tuple[float, float], text: str, color: str, taken: Numbers, size: float = 9.0, away: float = 9.0
) -> Numbers:
    """A bold label on that side of a point where least lies.

    `taken` (n, 2) are the points to keep clear of, in the units of the axes; it comes back with the label's own added.
    """
    page = axes.get_figure()
    assert page is not None
    points_per_pixel = 72.0 / page.dpi
    here = axes.transData.transform(point) * points_per_pixel
    others = axes.transData.transform(taken) * points_per_pixel - here if len(taken) else np.zeros((0, 2))
    edges = axes.get_window_extent().get_points() * points_per_pixel - here
    width, height = 0.66 * size * len(text), 1.3 * size
    best, least = (1, 1), float("inf")
    for across, upward in ((1, 1), (-1, 1), (1, -1), (-1, -1), (1, 0), (-1, 0)):
        left = away if across > 0 else -away - width
        bottom = {1: away * 0.4, 0: -height / 2, -1: -away * 0.4 - height}[upward]
        x, y = others[:, 0], others[:, 1]
        hits = float(((x > left - 3) & (x < left + width + 3) & (y > bottom - 3) & (y < bottom + height + 3)).sum())
        outside = max(edges[0, 0] - left, left + width - edges[1, 0], 0.0) + max(
            edges[0, 1] - bottom, bottom + height - edges[1, 1], 0.0
        )
        if hits + 10.0 * outside < least:
            best, least = (across, upward), hits + 10.0 * outside
            box = (left, bottom)
    axes.annotate(
        text, point, (away * best[0], {1: away * 0.4, 0: 0.0, -1: -away * 0.4}[best[1]]), textcoords="offset points",
        ha="left" if best[0] > 0 else "right", va={1: "bottom", 0: "center", -1: "top"}[best[1]], fontsize=size,
        fontweight="bold", color=color, zorder=9, path_effects=halo(),
    )  # fmt: skip
    grid = np.array([(box[0] + width * a, box[1] + height * b) for a in np.linspace(0, 1, 12) for b in (0.1, 0.5, 0.9)])
    own = axes.transData.inverted().transform((grid + here) / points_per_pixel)
    return np.concatenate([taken.reshape(-1, 2), own])


def strip(axes: Axes, rows: Sequence[tuple[Name, Difference]], wide: float) -> None:
    """Paired differences, one row each: the range of most runs, the interval of the mean, the mean, and its figure."""
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
    few_numbers(axes, 4)
    axes.set_ylim(-0.6, max(len(rows), 1) - 0.4)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=style.HAIR, linewidth=0.6)


def shortened_words(name: Name) -> str:
    """Words that fit beside a strip."""
    return style.shortened(name.words, 36)
