"""One run on one page: what moved through the years, and under it what happened, to whom, when."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from comity.figures import marks, style
from comity.figures.frames import band, columns
from comity.figures.style import LOOKS, Picture
from comity.figures.words import event, name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

PANELS: Final = (
    "integration", "respect", "trust", "resentment", "grievance", "challenger_share", "members", "effort",
    "overdue_share", "budget_used",
)  # fmt: skip
MOST_PANELS: Final = 8
ACROSS: Final = 4
FIRST_EVENTS: Final = (
    "exit", "notice", "threat", "return", "accession", "suspension", "coup", "challenger_enters",
)  # fmt: skip
MOST_LANES: Final = 9
MOST_NAMES: Final = 14
"""Events in a lane above which codes would cover one another."""
LONGEST_TITLE: Final = 50
PANEL_HEIGHT: Final = 215
LANE_HEIGHT: Final = 36


class Told(Protocol):
    """A run: `series()` has a row a quarter, with `time` in years; `events()` has `time`, `iso3` and `event`."""

    def series(self) -> DataFrame:
        """One row a quarter, one column a quantity, and `time`."""

    def events(self) -> DataFrame:
        """One row for each event."""


def run(told: Told, path: str | Path | None = None, title: str = "", caption: str = "") -> Picture:
    """The course of one run: small multiples of its columns, and a lane for each kind of event."""
    series, happened = told.series(), told.events()
    shown, lanes = chosen(series), kinds(happened)
    rows = -(-len(shown) // ACROSS)
    height = 130 + PANEL_HEIGHT * rows + LANE_HEIGHT * max(len(lanes), 1) + 120
    with style.styled():
        figure = style.sheet(1600, height)
        style.head(figure, headline(series, happened, title), "One run: one course that luck took, not the likely one.")
        for k, column in enumerate(shown):
            left, top = 0.045 + 0.242 * (k % ACROSS), 1.0 - (150 + PANEL_HEIGHT * (k // ACROSS)) / height
            axes = style.place(figure, left, top - (PANEL_HEIGHT - 85) / height, left + 0.178, top)
            marks.fan(axes, [band(series, column)], name(column), LOOKS[1:])
            axes.set_title(name(column).words)
        bottom = 80 / height
        axes = style.place(figure, 0.175, bottom, 0.95, bottom + LANE_HEIGHT * max(len(lanes), 1) / height)
        _lanes(axes, series, happened, lanes)
        style.foot(figure, caption)
    return style.finished(figure, words(series, happened, title), path)


def chosen(series: DataFrame) -> list[str]:
    """The columns that readers ask for first; if there is none of them, the first ones of the table."""
    held = [column for column in columns(series) if series[column].dtype.kind in "fiub"]
    first: list[str] = [column for column in PANELS if column in held]
    return (first or held)[:MOST_PANELS]


def kinds(happened: DataFrame) -> list[str]:
    """The lanes from the top: what changes who is inside, then the rest, rare before common."""
    if not len(happened):
        return []
    counts = happened["event"].value_counts()
    rest = sorted((kind for kind in counts.index if kind not in FIRST_EVENTS), key=lambda kind: (counts[kind], kind))
    return [str(kind) for kind in (*(kind for kind in FIRST_EVENTS if kind in counts), *rest)][:MOST_LANES]


def _lanes(axes: Axes, series: DataFrame, happened: DataFrame, lanes: Sequence[str]) -> None:
    time = series["time"].to_numpy(dtype=np.float64)
    if len(time):
        style.years(axes, float(time[0]), float(time[-1]), most=12)
    for k, kind in enumerate(lanes):
        rows, height, look = happened[happened["event"] == kind], len(lanes) - 1 - k, LOOKS[k % len(LOOKS)]
        axes.axhline(height, color=style.HAIR, linewidth=0.6, zorder=0)
        label = style.shortened(event(kind), 24)
        _say(axes, (-0.012, height), label, "right", style.INK, "normal")
        _say(axes, (1.008, height), f"{len(rows)}×", "left", style.SOFT, "normal")
        axes.plot(
            rows["time"], [height] * len(rows), look.marker, color=look.color, markerfacecolor=look.fill, markersize=5
        )
        if len(rows) <= MOST_NAMES:
            _codes(axes, rows, height)
    if not lanes:
        axes.text(0.5, 0.5, "nothing happened", transform=axes.transAxes, ha="center", va="center", color=style.SOFT)
    axes.set_ylim(-0.7, max(len(lanes), 1) - 0.3)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _say(axes: Axes, spot: tuple[float, float], text: str, side: Any, color: str, weight: str) -> None:
    axes.annotate(
        text, spot, xycoords=("axes fraction", "data"), ha=side, va="center", fontsize=8, color=color,
        fontweight=weight, annotation_clip=False,
    )  # fmt: skip


def _codes(axes: Axes, rows: DataFrame, height: float) -> None:
    """The members' codes beside the marks, as far as they do not run into one another."""
    left, right = axes.get_xlim()
    free = -np.inf
    for time, code in sorted(zip(rows["time"], rows["iso3"], strict=True), key=lambda each: each[0]):
        if time >= free and isinstance(code, str):
            axes.annotate(code, (time, height), (5, 0), textcoords="offset points", fontsize=6.5, va="center",
                          color=style.SOFT, path_effects=marks.halo(2.0))  # fmt: skip
            free = time + (right - left) * 0.035


def headline(series: DataFrame, happened: DataFrame, title: str = "") -> str:
    """What is seen: where integration and respect ended, and who left."""
    ends = [f"{column} ends at {band(series, column).mean[-1]:.2f}" for column in ("integration", "respect") if
            column in columns(series) and len(series)]  # fmt: skip
    left = sorted({str(code) for code in happened.loc[happened["event"] == "exit", "iso3"]}) if len(happened) else []
    ends.append(f"{', '.join(left[:4])}{' and more' if len(left) > 4 else ''} left" if left else "nobody left")
    return f"{style.shortened(title, LONGEST_TITLE)}: {', '.join(ends)}" if title else f"{', '.join(ends)}".capitalize()


def words(series: DataFrame, happened: DataFrame, title: str = "") -> str:
    """The picture in words."""
    said = [f"{headline(series, happened, title)}."]
    for column in chosen(series):
        called, part = name(column), band(series, column)
        if len(part.mean):
            said.append(
                f"{called.words}: from {called.write(float(part.mean[0]))} to {called.write(float(part.mean[-1]))}."
            )
    said += [f"{event(kind).capitalize()}: {int((happened['event'] == kind).sum())} times." for kind in kinds(happened)]
    return " ".join(said)
