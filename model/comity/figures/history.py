"""What happened beside what the runs gave it: a band and its points, chances and outcomes, a curve and its counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from comity.figures import style
from comity.figures.style import LOOKS, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_STATES: Final = 15


def chapter(told: Mapping[str, Any]) -> Picture:
    """`told` is a chapter's document: rows with `year`, or with `chance`, or of `kind` date and state."""
    rows: Sequence[Mapping[str, Any]] = told["rows"]
    with style.styled():
        figure = style.sheet(1000, 460)
        axes = style.place(figure, 0.08, 0.14, 0.96, 0.93)
        if "year" in rows[0]:
            _through_years(axes, rows)
        elif "chance" in rows[0]:
            _chances(axes, rows)
        else:
            axes.set_position((0.08, 0.14, 0.4, 0.79))
            _counts(axes, [row for row in rows if row["kind"] == "date"])
            _ranked(style.place(figure, 0.56, 0.14, 0.97, 0.93), [row for row in rows if row["kind"] == "state"])
    return Picture(figure, f"{told['question']} {told['text']}")


def _band(axes: Axes, x: Sequence[float], rows: Sequence[Mapping[str, Any]]) -> None:
    low, high, mean = ([row[key] for row in rows] for key in ("low", "high", "model"))
    axes.fill_between(x, low, high, color=LOOKS[1].color, alpha=0.15, linewidth=0)
    axes.plot(x, mean, color=LOOKS[1].color, label="runs: mean, nine in ten")
    axes.plot(x, [row["happened"] for row in rows], "o", color=style.INK, markersize=5, label="what happened")
    axes.legend(frameon=False, fontsize=8)


def _through_years(axes: Axes, rows: Sequence[Mapping[str, Any]]) -> None:
    _band(axes, [row["year"] for row in rows], rows)
    axes.set_ylabel("share")


def _chances(axes: Axes, rows: Sequence[Mapping[str, Any]]) -> None:
    some = list(rows)[:MOST_STATES]
    colors = [LOOKS[0].color if row["left"] else LOOKS[1].color for row in some]
    axes.bar(range(len(some)), [row["chance"] for row in some], color=colors)
    axes.set_xticks(range(len(some)), [f"{row['iso3']}{' (left)' if row['left'] else ''}" for row in some], rotation=60)
    axes.set_ylabel("share of runs in which it leaves")


def _counts(axes: Axes, rows: Sequence[Mapping[str, Any]]) -> None:
    _band(axes, [row["quarter"] // 10 + (row["quarter"] % 10) / 4 for row in rows], rows)
    axes.set_ylabel("share of states that have deposited")


def _ranked(axes: Axes, rows: Sequence[Mapping[str, Any]]) -> None:
    order = sorted(rows, key=lambda row: row["model"])
    for k, row in enumerate(order):
        did = row["happened"]
        axes.plot(row["model"], k, "o", color=LOOKS[0].color if did else LOOKS[1].color, markersize=3.5,
                  markerfacecolor=LOOKS[0].color if did else "white")  # fmt: skip
        axes.annotate(
            row["iso3"], (row["model"], k), (4, -2), textcoords="offset points", fontsize=4.5, color=style.SOFT
        )
    axes.set_yticks([])
    axes.set_xlabel("chance of an early deposit; filled: it was early")
