"""A fact beside what runs say of it: bounds as a band, runs as a mark with its interval, a naive forecast as a ring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from comity.figures import style
from comity.figures.style import LOOKS, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLORS: Final = {"hit": LOOKS[2].color, "straddles": LOOKS[6].color, "miss": LOOKS[0].color}
SHAPES: Final = {"hit": "o", "straddles": "D", "miss": "X"}
ROOM: Final = 0.12


def verdict(told: Mapping[str, Any]) -> Picture:
    """`told` is a fact's document: value, low, high, target_low, target_high, baseline, verdict, unit."""
    known = [
        told[key] for key in ("value", "low", "high", "target_low", "target_high", "runs_low", "runs_high", "baseline")
        if told.get(key) is not None
    ]  # fmt: skip
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    span = (high - low) or abs(high) or 1.0
    edges = (low - ROOM * span, high + ROOM * span)
    with style.styled():
        figure = style.sheet(900, 150)
        axes = style.place(figure, 0.03, 0.38, 0.97, 0.92)
        axes.axvspan(_or(told["target_low"], edges[0]), _or(told["target_high"], edges[1]), color="#cfe3f1", zorder=0)
        for key in ("target_low", "target_high"):
            if told[key] is not None:
                axes.axvline(told[key], color=LOOKS[1].color, linewidth=1.0)
        _runs(axes, told)
        if told.get("baseline") is not None:
            axes.plot(told["baseline"], 0.42, "o", markersize=7, markerfacecolor="none", color=style.SOFT)
        if edges[0] < 0.0 < edges[1]:
            axes.axvline(0.0, color=style.FAINT, linewidth=0.7, linestyle=(0, (2, 2)))
        axes.set_xlim(*edges)
        axes.set_ylim(-0.8, 0.8)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(str(told["unit"]), fontsize=7.5, labelpad=2)
    return Picture(figure, words(told))


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _runs(axes: Axes, told: Mapping[str, Any]) -> None:
    color = COLORS[told["verdict"]]
    if told.get("runs_low") is not None:
        axes.plot([told["runs_low"], told["runs_high"]], [0, 0], color=color, linewidth=1.2, alpha=0.6)
    if told["low"] is not None:
        axes.plot([told["low"], told["high"]], [0, 0], color=color, linewidth=6, alpha=0.5, solid_capstyle="butt")
    if told["value"] is not None:
        axes.plot(told["value"], 0, SHAPES[told["verdict"]], color=color, markersize=8)


def words(told: Mapping[str, Any]) -> str:
    """The picture in words."""
    if told["value"] is None:
        return "No run has a value."
    bounds = [f"at least {told['target_low']:.3g}" if told["target_low"] is not None else "",
              f"at most {told['target_high']:.3g}" if told["target_high"] is not None else ""]  # fmt: skip
    within = " and ".join(each for each in bounds if each) or "anything"
    interval = f" ({told['low']:.3g} to {told['high']:.3g})" if told["low"] is not None else ""
    return f"Runs say {told['value']:.3g}{interval}; the fact asks for {within}: {told['verdict']}."
