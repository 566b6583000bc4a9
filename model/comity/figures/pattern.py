"""The figures of a pattern as a picture: lines, bars, scatters, a curve, whatever its measure gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.figures import style
from comity.figures.style import LOOKS, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Draw = Callable[["Axes", Mapping[str, Any]], None]


def pattern(told: Mapping[str, Any]) -> Picture:
    """`told` is a pattern's document with its `figures`. KeyError for a kind that nobody knows how to draw."""
    figures = told["figures"]
    draw = KINDS[figures["kind"]]
    with style.styled():
        figure = style.sheet(900, 420)
        axes = style.place(figure, 0.09, 0.16, 0.95, 0.92)
        draw(axes, figures)
    value = "unknown" if told["value"] is None else f"{told['value']:.3g}"
    return Picture(figure, f"{told['statement']} Measured: {told['how']}; {value} {told['unit']}, {told['verdict']}.")


def _numbers(values: Any) -> Any:
    return np.array([np.nan if value is None else value for value in values], "f8")


def _lines(axes: Axes, told: Mapping[str, Any]) -> None:
    for line in told["y"]:
        axes.plot(told["x"], _numbers(line), color=LOOKS[1].color, linewidth=0.8, alpha=0.6)
    axes.axhline(0.0, color=style.FAINT, linewidth=0.7)
    axes.set_ylabel(f"annual change; each line is {told['each']}")


def _fan(axes: Axes, told: Mapping[str, Any]) -> None:
    for name, look in zip(("trust", "challengers"), (LOOKS[1], LOOKS[0]), strict=True):
        low, high = _numbers(told[f"{name}_low"]), _numbers(told[f"{name}_high"])
        axes.fill_between(told["x"], low, high, color=look.color, alpha=0.15, linewidth=0)
        axes.plot(told["x"], _numbers(told[name]), color=look.color, linestyle=look.dash, label=name)
    axes.legend(frameon=False, fontsize=8)


def _path(axes: Axes, told: Mapping[str, Any]) -> None:
    x, y = _numbers(told["x"]), _numbers(told["y"])
    axes.plot(x, y, "-o", color=LOOKS[1].color, markersize=3, linewidth=1.0)
    axes.plot(x[-1:], y[-1:], "s", color=LOOKS[0].color, markersize=7)
    axes.set_xlabel("share overdue, mean of runs, year by year")
    axes.set_ylabel("mean delay of the overdue")


def _scatters(axes: Axes, told: Mapping[str, Any]) -> None:
    for name, look in zip(("own", "forced"), (LOOKS[1], LOOKS[0]), strict=True):
        gap, kept = _numbers(told[f"{name}_gap"]), _numbers(told[f"{name}_kept"])
        axes.plot(gap, kept, look.marker, color=look.color, label=f"{name} depth (r = {told[f'{name}_r']:.2f})")
        for region, x, y in zip(told["regions"], gap, kept, strict=True):
            axes.annotate(region, (x, y), (4, 3), textcoords="offset points", fontsize=6.5, color=style.SOFT)
    axes.set_xlabel("gap between law and practice")
    axes.set_ylabel("share carried out")
    axes.legend(frameon=False, fontsize=8)


def _hazard(axes: Axes, told: Mapping[str, Any]) -> None:
    axes.bar(told["x"], _numbers(told["y"]), color=LOOKS[1].color)
    axes.set_xlabel("quarters since the text was open")
    axes.set_ylabel("share of the rest that ratifies")


def _cumulative(axes: Axes, told: Mapping[str, Any]) -> None:
    for name, look in zip(("court", "organization"), (LOOKS[0], LOOKS[1]), strict=True):
        axes.plot(told["x"], _numbers(told[name]), color=look.color, linestyle=look.dash, label=f"left the {name}")
    axes.set_ylabel("exits a run, so far")
    axes.legend(frameon=False, fontsize=8)


def _bars(axes: Axes, told: Mapping[str, Any]) -> None:
    values = _numbers(told["values"])
    axes.barh(range(len(values))[::-1], values, color=LOOKS[1].color)
    axes.set_yticks(range(len(values))[::-1], [str(name) for name in told["names"]])
    axes.figure.subplots_adjust(left=0.3)
    axes.set_position((0.3, 0.16, 0.65, 0.76))


def _slopes(axes: Axes, told: Mapping[str, Any]) -> None:
    for name, look in zip(("calm", "whole"), (LOOKS[1], LOOKS[0]), strict=True):
        slope, error = _numbers(told[name]), _numbers(told[f"{name}_error"])
        order = np.argsort(slope)
        place = np.linspace(0.0, 1.0, len(slope))
        axes.errorbar(place, slope[order], 2.0 * error[order], fmt="none", ecolor=look.color, alpha=0.25)
        axes.plot(place, slope[order], color=look.color, linestyle=look.dash, label=name)
    axes.axhline(0.0, color=style.FAINT, linewidth=0.7)
    axes.set_xticks([])
    axes.set_ylabel("slope of trust on growth, run by run")
    axes.legend(frameon=False, fontsize=8)


def _ranked(axes: Axes, told: Mapping[str, Any]) -> None:
    names = [key.removesuffix(": exits") for key in told if key.endswith(": exits")]
    for name, look in zip(names, LOOKS, strict=False):
        exits = _numbers(told[f"{name}: exits"])[:20]
        axes.plot(np.arange(1, len(exits) + 1), exits, look.marker, linestyle=look.dash, color=look.color, label=name,
                  markersize=4, linewidth=1.0)  # fmt: skip
        axes.annotate(str(told[f"{name}: members"][0]), (1, exits[0]), (5, 2), textcoords="offset points", fontsize=7)
    axes.set_xlabel("members, those that leave most often first")
    axes.set_ylabel("exits a run")
    axes.legend(frameon=False, fontsize=8)


KINDS: Final[dict[str, Draw]] = {
    "lines": _lines, "fan": _fan, "path": _path, "two scatters": _scatters, "hazard": _hazard,
    "cumulative": _cumulative, "bars": _bars, "slopes": _slopes, "ranked": _ranked,
}  # fmt: skip
