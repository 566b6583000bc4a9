"""How an interval narrows as runs are added."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.figures import style
from comity.figures.style import LOOKS, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def converging(table: Any, outcome: str, sentence: str, path: str | Path | None = None, caption: str = "") -> Picture:
    """One line for each of `of`: `half_width` against `runs`, as `seen` and beyond; the band reaches to `worst`."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    called = outcome.replace("_", " ")
    with style.styled():
        figure = style.sheet(1200, 760)
        style.head(figure, f"How sure {called} is, by the number of runs at each point", sentence)
        axes = style.place(figure, 0.08, 0.15, 0.76, 0.82)
        axes.set_xscale("log", base=2)
        axes.set_yscale("log")
        ends = []
        for look, (of, part) in zip((LOOKS[1], LOOKS[0]), table.groupby("of", sort=False), strict=False):
            part = part[
                part["half_width"] > 0.0
            ]  # most points differ by nothing: a scale of powers has no place for it
            seen, beyond = part[part["seen"]], part[~part["seen"]]
            if not len(seen):
                continue
            axes.plot(
                seen["runs"], seen["half_width"], color=look.color, marker=look.marker, markerfacecolor=look.fill,
                linestyle="solid", markersize=5,
            )  # fmt: skip
            later = [seen["half_width"].iloc[-1], *beyond["half_width"]]
            axes.plot([seen["runs"].iloc[-1], *beyond["runs"]], later, color=look.color, linestyle=(0, (2, 2)))
            axes.fill_between(
                seen["runs"], seen["half_width"], seen["worst"], color=look.color, alpha=0.13, linewidth=0
            )
            ends.append((float(later[-1]), str(of), look))
        now = int(table[table["seen"]]["runs"].max())
        axes.axvline(now, color=style.HAIR, linewidth=1.0, zorder=0)
        axes.text(
            now, 0.985, " runs so far", transform=axes.get_xaxis_transform(), fontsize=7.5, color=style.SOFT, va="top"
        )
        runs = sorted(table["runs"].unique())
        axes.xaxis.set_major_locator(FixedLocator([float(n) for n in runs]))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
        known = table[table["half_width"] > 0.0]
        high = float(table["worst"].max())
        low = float(known["half_width"].min()) if len(known) else high / 10.0
        axes.set_ylim(low * 0.7, high * 1.3)
        steps = [m * 10.0**e for e in range(-9, 9) for m in (1, 2, 5)]
        axes.yaxis.set_major_locator(FixedLocator([step for step in steps if low * 0.7 <= step <= high * 1.3]))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"±{value:.3g}"))
        axes.yaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_minor_locator(NullLocator())
        axes.grid(axis="y", color=style.HAIR, linewidth=0.6)
        axes.set_xlabel("Runs at each point  →")
        axes.set_ylabel(f"95 % interval of {called}")
        _ends(axes, ends)
        style.foot(figure, caption + "; band: up to the worst twentieth; dashed: expected")
    told = "; ".join(
        f"{row.of}, {row.runs} runs: ±{row.half_width:.3g}{'' if row.seen else ' expected'}"
        for row in table.itertuples()
    )
    return style.finished(figure, f"{sentence} {told}.", path)


def _ends(axes: Axes, ends: list[tuple[float, str, style.Look]]) -> None:
    """Names at the right end of each line, apart on a scale of powers."""
    low, high = np.log(axes.get_ylim())
    places = style.spread([float(np.log(value)) for value, _, _ in ends], (high - low) * 0.06, low, high)
    for (_, words, look), place in zip(ends, places, strict=True):
        axes.annotate(
            words, (1.0, float(np.exp(place))), (5, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            color=look.color, fontsize=8, fontweight="bold", va="center", annotation_clip=False,
        )  # fmt: skip
