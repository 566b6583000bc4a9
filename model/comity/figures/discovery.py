"""Scenario discovery: the trade-off of coverage and density, and the limits of the box that was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.figures import marks, style
from comity.figures.style import LOOKS, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

UNSURE = 0.05


def discovery(
    steps: Sequence[Mapping[str, Any]],
    limits: Sequence[Mapping[str, Any]],
    chosen: int,
    interest: str,
    rate: float,
    path: str | Path | None = None,
    caption: str = "",
) -> Picture:
    """`steps` of the trajectory: coverage, density, limits (how many); `limits` of the chosen box: factor, low, high,
    range_low, range_high, levels, quasi_p, reproduced. `rate` is the density of all points."""
    step = steps[chosen]
    said = f"{interest[0].upper()}{interest[1:]}"
    title = f"{said} in {100 * rate:.0f} % of points, and in {100 * step['density']:.0f} % inside the box"
    below = "Left: boxes from all points (at the right) to few. Right: the chosen box inside each factor's whole range."
    with style.styled():
        figure = style.sheet(1500, 760)
        style.head(figure, title, below, 88)
        _trade(style.place(figure, 0.065, 0.15, 0.45, 0.8), steps, chosen, rate)
        _limits(style.place(figure, 0.66, 0.19, 0.9, 0.78), limits)
        style.foot(figure, caption)
    told = " ".join(
        f"{row['factor']}: {row['levels'] or '{:.3g} to {:.3g}'.format(row['low'], row['high'])}, quasi-p "
        f"{row['quasi_p']:.2g}, limited in {row['reproduced']:.0%} of half samples."
        for row in limits
    )
    words = f"{title}. The box covers {step['coverage']:.0%} of them. {told}"
    return style.finished(figure, words, path)


def _trade(axes: Axes, steps: Sequence[Mapping[str, Any]], chosen: int, rate: float) -> None:
    axes.axhline(rate, color=style.HAIR, linewidth=1.0)
    axes.text(0.3, rate, "all points", fontsize=7.5, color=style.FAINT, va="bottom")
    axes.plot(
        [each["coverage"] for each in steps], [each["density"] for each in steps], color=style.LINK, linewidth=1.0,
        zorder=1,
    )  # fmt: skip
    seen: set[int] = set()
    for each in steps:
        count = int(each["limits"])
        look = LOOKS[count % len(LOOKS)]
        axes.plot(
            each["coverage"], each["density"], look.marker, color=look.color, markerfacecolor=look.fill, markersize=5,
            zorder=2, label=None if count in seen else f"{count} limit{'' if count == 1 else 's'}", linestyle="none",
        )  # fmt: skip
        seen.add(count)
    here = steps[chosen]
    axes.plot(here["coverage"], here["density"], "o", color=style.INK, markerfacecolor="none", markersize=13, zorder=3)
    axes.annotate(
        f"chosen (box {chosen})", (here["coverage"], here["density"]), (11, 8), textcoords="offset points", fontsize=8,
        fontweight="bold", path_effects=marks.halo(),
    )  # fmt: skip
    axes.set_xlim(-0.02, 1.05)
    axes.set_ylim(0.0, 1.05)
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 0.03), frameon=False, fontsize=7.5, handletextpad=0.2)
    marks.few_numbers(axes, 6)
    axes.set_xlabel("Coverage: share of such points that the box holds  →")
    axes.set_ylabel("Density: share of such points inside it  →")


def _limits(axes: Axes, limits: Sequence[Mapping[str, Any]]) -> None:
    rows = limits
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(-0.6, max(len(rows), 1) - 0.4)
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    if not rows:
        axes.text(0.5, 0.0, "no limit", ha="center", color=style.SOFT)
        return
    for x, words in ((0.0, "lowest tried"), (1.0, "highest tried")):
        axes.text(
            x, 1.02, words, transform=axes.transAxes, fontsize=7, color=style.FAINT,
            ha="left" if x == 0.0 else "right", va="bottom",
        )  # fmt: skip
    axes.text(1.03, 1.02, "quasi-p, in half\nsamples again", transform=axes.transAxes, fontsize=7, color=style.FAINT)
    for at, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
        sure = row["quasi_p"] <= UNSURE and row["reproduced"] >= 0.5
        color = LOOKS[1].color if sure else style.FAINT
        axes.annotate(
            style.shortened(str(row["factor"]).replace("_", " "), 30), (-0.03, at), xycoords=("axes fraction", "data"),
            ha="right", va="center", fontsize=8.5, annotation_clip=False,
        )  # fmt: skip
        axes.annotate(
            f"{_p(row['quasi_p'])}, {row['reproduced']:.0%}", (1.03, at), xycoords=("axes fraction", "data"),
            va="center", fontsize=8, color=color, annotation_clip=False,
        )  # fmt: skip
        if row["levels"] is not None:
            axes.text(0.5, at, style.shortened(row["levels"], 44), ha="center", va="center", fontsize=8, color=color)
            continue
        span = (row["range_high"] - row["range_low"]) or 1.0
        left, right = ((row[end] - row["range_low"]) / span for end in ("low", "high"))
        axes.plot([0.0, 1.0], [at, at], color=style.HAIR, linewidth=2.5, zorder=1)
        axes.plot([left, right], [at, at], color=color, linewidth=7, solid_capstyle="butt", zorder=2)
        for place, end, shown in ((left, row["low"], left > 0.0), (right, row["high"], right < 1.0)):
            if shown:
                axes.annotate(
                    f"{end:.3g}", (place, at), (0, 7), textcoords="offset points", ha="center", fontsize=7.5,
                    color=style.SOFT,
                )  # fmt: skip


def _p(value: float) -> str:
    return "<0.001" if value < 0.001 else f"{value:.3f}"
