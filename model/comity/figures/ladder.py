"""The ladder of each measure, year by year: tabled, open to members, in force, kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.figures import style
from comity.figures.style import Picture

if TYPE_CHECKING:
    from pandas import DataFrame

STEPS: Final[Mapping[str, float]] = {"draft": 0.12, "open": 0.3}
"""Shade of a measure on the table, and of one that waits for ratification; in force, it is as dark as it is kept."""
IN_FORCE: Final = (0.42, 1.0)
KEY: Final = (
    "Pale: on the table. Light: waiting for ratification. Mid to dark: in force, kept by none to all.\n"
    "A row ends where its measure is settled law, has lapsed or was dropped."
)
SCALE: Final = "viridis_r"
ROW: Final = 7
LEAST: Final = 420


def ladder(table: DataFrame, path: str | Path | None = None, title: str = "", caption: str = "") -> Picture:
    """A heat map of `table` (a row for each quarter and measure alive in it: time, measure, area, stage, kept).

    `kept` is the share of obligations carried out among those bound. Rows are measures by area and age.
    """
    first = table.groupby("measure").agg(area=("area", "first"), time=("time", "min"))
    areas = list(dict.fromkeys(table.sort_values("time")["area"]))
    rows = sorted(first.index, key=lambda each: (areas.index(first.loc[each, "area"]), first.loc[each, "time"], each))
    times = np.sort(table["time"].unique())
    grid = np.full((len(rows), len(times)), np.nan)
    at = {measure: k for k, measure in enumerate(rows)}
    column = np.searchsorted(times, table["time"].to_numpy("f8"))
    low, high = IN_FORCE
    shade = [
        STEPS.get(str(stage), low + (high - low) * float(kept))
        for stage, kept in zip(table["stage"], table["kept"], strict=True)
    ]
    grid[[at[measure] for measure in table["measure"]], column] = shade
    height = max(ROW * len(rows), LEAST) + 240
    with style.styled():
        figure = style.sheet(1200, height)
        style.head(
            figure, _headline(table, title), "Rows are measures, oldest first in each area. Darker is further.", 80
        )
        axes = style.place(figure, 0.13, 95 / height, 0.97, 1.0 - 130 / height)
        _draw(axes, grid, rows, first, areas, times)
        figure.text(0.13, 42 / height, KEY, fontsize=7.5, color=style.SOFT)
        style.foot(figure, caption)
    return style.finished(figure, _words(table, title), path)


def _draw(axes: Any, grid: Any, rows: list[Any], first: DataFrame, areas: list[str], times: Any) -> None:
    from matplotlib import colormaps

    edges = (float(times[0]), float(times[-1]) + 0.25)
    axes.imshow(grid, aspect="auto", cmap=colormaps[SCALE], vmin=0.0, vmax=1.0, interpolation="nearest",
                extent=(*edges, len(rows) - 0.5, -0.5))  # fmt: skip
    style.years(axes, *edges, most=12)
    start = 0
    for area in areas:
        count = sum(first.loc[each, "area"] == area for each in rows)
        if start:
            axes.axhline(start - 0.5, color="white", linewidth=2.0)
        axes.annotate(style.shortened(area, 16), (-0.012, start + count / 2 - 0.5), xycoords=("axes fraction", "data"),
                      ha="right", va="center", fontsize=8)  # fmt: skip
        start += count
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _counts(table: DataFrame) -> tuple[int, int, float]:
    last = table[table["time"] == table["time"].max()]
    bound = last[last["stage"] == "in force"]
    return table["measure"].nunique(), len(bound), float(bound["kept"].mean()) if len(bound) else float("nan")


def _headline(table: DataFrame, title: str) -> str:
    tabled, bound, kept = _counts(table)
    told = f", {100 * kept:.0f}\u2009% of them kept" if kept == kept else ""
    said = f"{tabled} measures tabled, {bound} being carried out at the end{told}"
    return f"{style.shortened(title, 50)}: {said}" if title else said


def _words(table: DataFrame, title: str) -> str:
    counts = table.groupby("area")["measure"].nunique().sort_values(ascending=False)
    return f"{_headline(table, title)}. By area: {', '.join(f'{area} {count}' for area, count in counts.items())}."
