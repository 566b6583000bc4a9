"""Morris's plane: how much a factor moves the outcome, against how unevenly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from comity.figures import marks, style
from comity.figures.style import LOOKS, Picture


def elementary(table: Any, outcome: str, floor: float, path: str | Path | None = None, caption: str = "") -> Picture:
    """One point a factor: columns `factor`, `mu_star`, `low`, `high`, `sigma`, `clear`; `floor` is what luck makes."""
    called = outcome.replace("_", " ")
    order = table.sort_values("mu_star", ascending=False)
    strong = [str(name).replace("_", " ") for name in order[order["clear"]]["factor"]]
    title = f"{' and '.join(strong[:2])} move{'s' if len(strong) == 1 else ''} {called} most"
    title = title if strong else f"No factor clearly moves {called}"
    with style.styled():
        figure = style.sheet(1200, 900)
        below = "To the right: moves it more. Up: how much it moves it depends on where, or on the others."
        style.head(figure, title, below, 66)
        axes = style.place(figure, 0.09, 0.13, 0.96, 0.84)
        right = float(max(table["high"].max(), floor)) * 1.15 or 1.0
        top = max(float(table["sigma"].max()) * 1.18, right * 0.25)
        axes.set_xlim(0.0, right)
        axes.set_ylim(-0.02 * top, top)
        marks.few_numbers(axes, 6)
        if floor > 0.0:
            axes.axvspan(0.0, floor, color=style.HAIR, alpha=0.6, linewidth=0, zorder=0)
            axes.text(floor, top * 0.985, " luck alone", fontsize=7.5, color=style.SOFT, va="top")
        reach = min(right, top)
        axes.plot([0.0, reach], [0.0, reach], color=style.HAIR, linewidth=1.0, zorder=1)
        axes.text(
            reach * 0.97, reach * 0.97, "as uneven as it is strong ", fontsize=7.5, color=style.FAINT, style="italic",
            ha="right", va="bottom",
        )  # fmt: skip
        taken = table[["mu_star", "sigma"]].to_numpy(dtype=np.float64)
        for row in order.itertuples():
            look, spot = (LOOKS[1] if row.clear else LOOKS[0]), (float(row.mu_star), float(row.sigma))
            color = look.color if row.clear else style.FAINT
            axes.plot([max(row.low, 0.0), row.high], [spot[1]] * 2, color=color, linewidth=1.2, zorder=2)
            fill = "white" if look.fill == "white" else color
            axes.plot(*spot, look.marker, color=color, markerfacecolor=fill, markersize=6.5, zorder=4)
            name = style.shortened(str(row.factor).replace("_", " "), 30)
            taken = marks.beside(axes, spot, name, color, taken, 8.0, 7.0)
        axes.set_xlabel(f"Mean size of an effect on {called} (mu*), with its 95 % interval  →")
        axes.set_ylabel("How much effects differ (sigma)  →")
        style.foot(figure, caption)
    told = " ".join(
        f"{row.factor}: mu* {row.mu_star:.3g} ({row.low:.3g} to {row.high:.3g}), sigma {row.sigma:.3g}."
        for row in order.itertuples()
    )
    return style.finished(figure, f"{title}. {told}", path)
