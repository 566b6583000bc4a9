"""Members as tiles of one size, roughly where they lie: no area and no border says who weighs more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.figures import style
from comity.figures.places import places
from comity.figures.style import Picture
from comity.figures.words import name

if TYPE_CHECKING:
    from pandas import DataFrame

MARKS: Final[Mapping[str, str]] = {
    "candidate": "+", "associate": "○", "suspended": "‖", "in notice": "→", "withdrawn": "×", "returned": "↩",
}  # fmt: skip
GONE: Final = ("withdrawn", "candidate", "associate")
"""Standings whose figures say nothing of a member: their tiles are empty."""
SCALE: Final = "Blues"
WIDTH_OF_A_LETTER: Final = 18
"""Of the title, in pixels."""
DARK: Final = 0.55
"""From here on, letters are white."""


def tiles(
    members: DataFrame, column: str = "trust", path: str | Path | None = None, title: str = "", caption: str = ""
) -> Picture:
    """One quarter of `members` (iso3, standing, and the column): a tile each, darker for more; other standings than
    membership have a mark. KeyError if the column is not there."""
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    rows = {str(row["iso3"]): row for row in members.to_dict("records")}
    called, where = name(column), places(dict.fromkeys(rows))
    inside = [float(row[column]) for row in rows.values() if row["standing"] not in GONE]
    low, high = (min(inside), max(inside)) if inside else (0.0, 1.0)
    across = max(x for x, _ in where.values()) + 1
    down = max(y for _, y in where.values()) + 1
    with style.styled():
        wide = max(150 * across + 60, 760)
        figure = style.sheet(wide, 150 * down + 230)
        told = "Every member has the same area. Darker is more."
        style.head(figure, _headline(rows, column, title), told, wide // WIDTH_OF_A_LETTER)
        axes = style.place(figure, 0.02, 0.1, 0.98, 1.0 - 150 / (150 * down + 230))
        for code, (x, y) in where.items():
            row = rows[code]
            gone = row["standing"] in GONE
            share = 0.0 if gone else (float(row[column]) - low) / max(high - low, 1e-9)
            shade: Any = "white" if gone else colormaps[SCALE](0.12 + 0.8 * share)
            ink = "white" if not gone and share > DARK else style.INK
            axes.add_patch(
                Rectangle((x, -y), 0.92, -0.92, facecolor=shade, edgecolor=style.FAINT, linewidth=0.8,
                          linestyle="--" if gone else "-")
            )  # fmt: skip
            axes.text(x + 0.46, -y - 0.38, code, ha="center", va="center", fontsize=9, fontweight="bold", color=ink)
            value = "" if gone else called.write(float(row[column]))
            axes.text(x + 0.46, -y - 0.66, value, ha="center", va="center", fontsize=7.5, color=ink)
            mark = MARKS.get(str(row["standing"]), "")
            axes.text(x + 0.84, -y - 0.16, mark, ha="center", va="center", fontsize=9, color=ink)
        axes.set_xlim(-0.05, across)
        axes.set_ylim(-down, 0.05)
        axes.set_aspect("equal")
        axes.set_axis_off()
        marks = sorted({str(row["standing"]) for row in rows.values()} & MARKS.keys())
        key = "  ".join(f"{MARKS[word]} {word}" for word in marks)
        figure.text(0.02, 0.07, f"{called.words}: {called.write(low)} (light) to {called.write(high)} (dark)   {key}",
                    fontsize=8, color=style.SOFT)  # fmt: skip
        style.foot(figure, caption)
    return style.finished(figure, _words(rows, column, title), path)


def _ranked(rows: Mapping[str, Any], column: str) -> list[tuple[str, float]]:
    known = [(code, float(row[column])) for code, row in rows.items() if row["standing"] not in GONE]
    return sorted((each for each in known if np.isfinite(each[1])), key=lambda each: -each[1])


def _headline(rows: Mapping[str, Any], column: str, title: str) -> str:
    ranked, called = _ranked(rows, column), name(column)
    if not ranked:
        return f"{called.words}: nobody is inside"
    (top, most), (bottom, least) = ranked[0], ranked[-1]
    said = f"{called.words} is highest in {top} ({called.write(most)}) and lowest in {bottom} ({called.write(least)})"
    return f"{style.shortened(title, 40)}: {said[0].lower()}{said[1:]}" if title else said


def _words(rows: Mapping[str, Any], column: str, title: str) -> str:
    called = name(column)
    told = ", ".join(f"{code} {called.write(value)}" for code, value in _ranked(rows, column))
    other = ", ".join(f"{code} {row['standing']}" for code, row in rows.items() if row["standing"] != "member")
    return f"{_headline(rows, column, title)}. {told}." + (f" Not plain members: {other}." if other else "")
