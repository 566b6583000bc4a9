"""One column through the years: the mean as a line, nine runs in ten as a band."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.figures import marks, style
from comity.figures.frames import Band, band
from comity.figures.style import LOOKS, Picture
from comity.figures.words import name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame


def fan(
    series: DataFrame | Mapping[str, DataFrame], column: str, where: str | Path | Axes | None = None, caption: str = ""
) -> Picture:
    """Drawn to a file, into axes, or on a page of its own.

    `series` is one scenario's tidy table (column, time, mean, low, high), or its wide table of one run (time and a
    column each), or several such tables by title, seven at most. KeyError if a table lacks the column.
    """
    several = {str(title): table for title, table in series.items()} if isinstance(series, dict) else {"": series}
    bands = {title: band(table, column) for title, table in list(several.items())[: len(LOOKS)]}
    if hasattr(where, "plot"):
        axes: Any = where
        _draw(axes, bands, column)
        return Picture(axes.figure, _words(bands, column))
    with style.styled():
        figure = style.sheet(1000, 620)
        style.head(figure, _headline(bands, column), "Line: the mean of all runs. Band: nine runs in ten.", 80)
        _draw(style.place(figure, 0.075, 0.14, 0.66 if len(bands) > 1 else 0.91, 0.83), bands, column)
        style.foot(figure, caption)
    return style.finished(figure, _words(bands, column), where)


def _draw(axes: Axes, bands: Mapping[str, Band], column: str) -> None:
    looks = LOOKS if len(bands) > 1 else LOOKS[1:]
    marks.fan(axes, list(bands.values()), name(column), looks, titles=[style.shortened(title, 28) for title in bands])


def _headline(bands: Mapping[str, Band], column: str) -> str:
    called = name(column)
    if len(bands) != 1:
        return called.words
    (part,) = bands.values()
    if not len(part.mean):
        return f"{called.words}: nothing recorded"
    first, last = called.write(float(part.mean[0])), called.write(float(part.mean[-1]))
    if first == last:
        return f"{called.words} {called.verb} where it began, at {last}"
    return f"{called.words} {called.verb} at {last}, from {first}"


def _words(bands: Mapping[str, Band], column: str) -> str:
    """The picture in words."""
    called, said = name(column), []
    for title, part in bands.items():
        if len(part.mean):
            said.append(
                f"{title or called.words}: from {called.write(float(part.mean[0]))} in {part.time[0]:.0f} to "
                f"{called.write(float(part.mean[-1]))} in {part.time[-1]:.0f}, nine runs in ten between "
                f"{called.write(float(part.low[-1]))} and {called.write(float(part.high[-1]))}."
            )
    return " ".join([f"{called.words} through the years.", *said])
