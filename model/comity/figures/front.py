"""A set that nothing beats, in two outcomes of any direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from comity.figures import marks, style
from comity.figures.style import LOOKS, Picture

MOST_OTHERS = 4000
MOST_CROSSES = 20
"""More intervals than these would only hide the points."""
LEAST = 0.02
"""An axis shows at least this much, so that small movements look small."""


def front(
    table: Any,
    outcomes: Sequence[str],
    signs: Mapping[str, int],
    path: str | Path | None = None,
    caption: str = "",
    what: str = "points",
    label: str = "design_id",
) -> Picture:
    """One point a row: the two outcomes, with `_low` and `_high` of each where they are known, `unbeaten` and `knee`.
    `signs` are 1 where high is good and -1 where low is; `what` rows are called, `label` the column of their names.
    """
    first, second = outcomes[:2]
    best, rest = table[table["unbeaten"]].sort_values(first), table[~table["unbeaten"]]
    verb = "is" if len(best) == 1 else "are"
    title = f"{len(best)} of {len(table)} {what} {verb} beaten by none"
    below = "Filled squares: no other is better in all outcomes at once. Diamond: the knee. Lines: 95 % intervals."
    with style.styled():
        figure = style.sheet(1200, 900)
        style.head(figure, title, below)
        axes = style.place(figure, 0.09, 0.13, 0.96, 0.84)
        for name, put in ((first, axes.set_xlim), (second, axes.set_ylim)):
            values = table[name].to_numpy(dtype=np.float64)
            put(*style.room(float(values.min()), float(values.max()), LEAST, 0.12))
        marks.few_numbers(axes, 6)
        shown = rest.iloc[:: -(-len(rest) // MOST_OTHERS)] if len(rest) else rest
        axes.plot(
            shown[first], shown[second], "o", color=style.FAINT, markersize=3, alpha=0.6, markeredgewidth=0, zorder=1
        )
        for one, other, across in ((first, second, True), (second, first, False)):
            if f"{one}_low" not in best or len(best) > MOST_CROSSES:
                continue
            for row in best.to_dict("records"):
                ends = [row[f"{one}_low"], row[f"{one}_high"]]
                xs, ys = (ends, [row[other]] * 2) if across else ([row[other]] * 2, ends)
                axes.plot(xs, ys, color=LOOKS[1].color, linewidth=0.9, alpha=0.6, zorder=2)
        axes.plot(best[first], best[second], "s", color=LOOKS[1].color, markersize=6, zorder=4)
        taken = table[[first, second]].to_numpy(dtype=np.float64)[:2000]
        for row in best[best["knee"]].to_dict("records"):
            spot = (float(row[first]), float(row[second]))
            axes.plot(*spot, "D", color=LOOKS[0].color, markeredgecolor="white", markersize=10, zorder=5)
            taken = marks.beside(axes, spot, f"knee: {row[label]}", LOOKS[0].color, taken, 8.5, 9.0)
        for name, tell in ((first, axes.set_xlabel), (second, axes.set_ylabel)):
            words = name.replace("_", " ")
            tell(f"{words[0].upper()}{words[1:]}  ({'more' if signs[name] > 0 else 'less'} is better)  →")
        style.foot(figure, caption)
    return style.finished(figure, _words(title, best, (first, second), label), path)


def _words(title: str, best: Any, outcomes: Sequence[str], label: str) -> str:
    told: list[dict[str, Any]] = best.to_dict("records")
    rows = "; ".join(f"{row[label]}: " + ", ".join(f"{name} {row[name]:.3g}" for name in outcomes) for row in told[:40])
    return f"{title}. {rows}."
