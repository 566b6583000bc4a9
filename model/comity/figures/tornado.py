"""A tornado: from each factor's low end to its high end, the widest on top."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from comity.figures import marks, style
from comity.figures.ranked import BOTTOM, MOST, ROW, TOP
from comity.figures.style import LOOKS, Picture


def tornado(
    table: Any, outcome: str, middle: float, told: str, path: str | Path | None = None, caption: str = ""
) -> Picture:
    """One bar a factor: columns `factor`, `at_low`, `at_high` (words), `low`, `high` (the outcome there), `clear`;
    `middle` is where the bars part, `told` how they are to be read."""
    called = outcome.replace("_", " ")
    rows = list(table.head(MOST).itertuples())
    strong = [str(row.factor).replace("_", " ") for row in rows if row.clear]
    title = f"{' and '.join(strong[:2])} move{'s' if len(strong) == 1 else ''} {called} most"
    title = title if strong else f"No factor clearly moves {called}"
    height = TOP + BOTTOM + ROW * max(len(rows), 2)
    low, high = LOOKS[0], LOOKS[1]
    with style.styled():
        figure = style.sheet(1200, height)
        style.head(figure, title, f"{called[0].upper()}{called[1:]} {told}. Gray: within noise.", 66)
        axes = style.place(figure, 0.22, BOTTOM / height, 0.95, 1.0 - TOP / height)
        ends = np.array([[row.low, row.high] for row in rows] + [[middle, middle]])
        span = max(float(np.ptp(ends)), 1e-9)
        axes.set_xlim(float(ends.min()) - 0.28 * span, float(ends.max()) + 0.28 * span)
        axes.axvline(middle, color=style.SOFT, linewidth=0.8, zorder=3)
        for row, at in zip(rows, range(len(rows) - 1, -1, -1), strict=True):
            sides = [(row.low, low, False), (row.high, high, True)]
            for value, look, full in sorted(sides, key=lambda side: -abs(side[0] - middle)):
                color = look.color if row.clear else style.FAINT
                axes.barh(
                    at, value - middle, 0.56, middle, color=color if full else "white", edgecolor=color, linewidth=1.2,
                    hatch=None if full else "////", zorder=2,
                )  # fmt: skip
            for value, words, partner in ((row.low, row.at_low, row.high), (row.high, row.at_high, row.low)):
                left = value < middle or (value == middle and partner > middle)
                outer = min(row.low, row.high, middle) if left else max(row.low, row.high, middle)
                same = (row.low - middle) * (row.high - middle) > 0.0
                if same and abs(value - middle) < abs(partner - middle):
                    outer, left = middle, not left
                axes.annotate(
                    style.shortened(str(words), 22), (outer, at), (-4 if left else 4, 0), textcoords="offset points",
                    ha="right" if left else "left", va="center", fontsize=7.5, color=style.SOFT,
                    path_effects=marks.halo(2.0),
                )  # fmt: skip
        axes.set_yticks(
            range(len(rows) - 1, -1, -1), [style.shortened(str(row.factor).replace("_", " "), 28) for row in rows]
        )
        for tick in axes.get_yticklabels():
            tick.set_color(style.INK)
            tick.set_fontsize(8.5)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_ylim(-0.6, len(rows) - 0.4)
        marks.few_numbers_along(axes.xaxis, 6)
        axes.grid(axis="x", color=style.HAIR, linewidth=0.6)
        axes.set_xlabel(f"{called[0].upper()}{called[1:]}  →      hatched: low end of the factor; filled: high end")
        style.foot(figure, caption)
    words = " ".join(f"{r.factor}: {r.low:.3g} at {r.at_low}, {r.high:.3g} at {r.at_high}." for r in rows)
    return style.finished(figure, f"{title}. {called} {told}. {words}", path)
