"""Who stood where, and who changed: streams of members between standings, from date to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from comity.figures import style
from comity.figures.style import LOOKS, Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

ORDER: Final = ("member", "returned", "candidate", "associate", "suspended", "in notice", "withdrawn")
"""From the top: inside and at ease, outside and wishing, inside and in trouble, gone."""
COLORS: Final[Mapping[str, str]] = {
    "member": LOOKS[1].color, "returned": LOOKS[5].color, "candidate": LOOKS[2].color, "associate": "#9a9a9a",
    "suspended": LOOKS[3].color, "in notice": LOOKS[6].color, "withdrawn": LOOKS[0].color,
}  # fmt: skip
STOPS: Final = 6
WIDE: Final = 0.09
"""Width of a stop, in distances between two."""
GAP: Final = 0.6
"""Room between two standings, in members."""
MOST_NAMED: Final = 4


def standing(members: DataFrame, path: str | Path | None = None, title: str = "", caption: str = "") -> Picture:
    """An alluvial picture of `members` (a row for each quarter and member: time, iso3, standing).

    Streams are as wide as members are many; those who change are named where they are few.
    """
    table = members.pivot(index="time", columns="iso3", values="standing").sort_index()
    stops = sorted({int(k) for k in np.linspace(0, len(table) - 1, min(STOPS, len(table))).round()})
    shown = table.iloc[stops]
    found = [word for word in ORDER if (shown == word).any().any()]
    with style.styled():
        figure = style.sheet(1300, 760)
        style.head(figure, _headline(shown, title), "Each stream is as wide as the members in it are many.", 62)
        axes = style.place(figure, 0.02, 0.1, 0.86, 0.84)
        _draw(axes, shown, found)
        style.foot(figure, caption)
    return style.finished(figure, _words(shown, title), path)


def _draw(axes: Axes, shown: DataFrame, found: Sequence[str]) -> None:
    spots = [_spots({str(code): str(word) for code, word in row.items()}, found) for _, row in shown.iterrows()]
    for k in range(len(shown) - 1):
        before, after = shown.iloc[k], shown.iloc[k + 1]
        for old in found:
            for new in found:
                names = [code for code in shown.columns if before[code] == old and after[code] == new]
                if names:
                    _stream(axes, k, spots[k], spots[k + 1], names, old, new)
    for k, (time, row) in enumerate(shown.iterrows()):
        for word in found:
            heights = [spots[k][code] for code in shown.columns if row[code] == word]
            if heights:
                axes.fill_between(
                    [k - WIDE, k + WIDE], min(heights) - 0.5, max(heights) + 0.5, color=COLORS[word], linewidth=0
                )
                axes.text(k, (min(heights) + max(heights)) / 2, str(len(heights)), ha="center", va="center",
                          fontsize=8, color="white", fontweight="bold")  # fmt: skip
                if k == len(shown) - 1:
                    axes.text(k + WIDE + 0.04, (min(heights) + max(heights)) / 2, word, va="center", fontsize=9)
        axes.text(
            k, max(spots[k].values()) + 1.2, f"{int(float(str(time)))}", ha="center", fontsize=9, color=style.SOFT
        )
    axes.set_xlim(-0.2, len(shown) - 1 + 0.75)
    axes.set_ylim(-1.0, max(max(each.values()) for each in spots) + 2.5)
    axes.set_axis_off()


def _spots(row: Mapping[str, str], found: Sequence[str]) -> dict[str, float]:
    """The height of each member at a stop: by standing, then by code."""
    spots: dict[str, float] = {}
    height = 0.0
    for word in reversed(found):
        names = sorted((code for code, stood in row.items() if stood == word), reverse=True)
        for code in names:
            spots[code] = height
            height += 1.0
        height += GAP if names else 0.0
    return spots


def _stream(
    axes: Axes, k: int, left: Mapping[str, float], right: Mapping[str, float], names: Sequence[str], old: str, new: str
) -> None:
    way = np.linspace(0.0, 1.0, 40)
    bend = way * way * (3.0 - 2.0 * way)
    x = k + WIDE + way * (1.0 - 2 * WIDE)
    changed = old != new
    for code in names:
        middle = left[code] + (right[code] - left[code]) * bend
        axes.fill_between(
            x, middle - 0.5, middle + 0.5, color=COLORS[new if changed else old], alpha=0.75 if changed else 0.25,
            linewidth=0,
        )  # fmt: skip
    if changed and len(names) <= MOST_NAMED:
        for code in names:
            axes.text(k + 0.5, (left[code] + right[code]) / 2, code, ha="center", va="center", fontsize=7.5)


def _headline(shown: DataFrame, title: str) -> str:
    first, last = shown.iloc[0], shown.iloc[-1]
    moved = [code for code in shown.columns if (shown[code] != first[code]).any()]
    inside = int(last.isin(["member", "returned", "suspended", "in notice"]).sum())
    said = f"{inside} inside at the end; {', '.join(moved[:6]) if moved else 'nobody'}"
    said += f"{' and more' if len(moved) > 6 else ''} changed standing"
    return f"{style.shortened(title, 50)}: {said}" if title else said


def _words(shown: DataFrame, title: str) -> str:
    parts = [f"{_headline(shown, title)}."]
    for time, row in shown.iterrows():
        counts = row.value_counts()
        told = ", ".join(f"{int(counts[word])} {word}" for word in ORDER if word in counts)
        parts.append(f"{int(float(str(time)))}: {told}.")
    return " ".join(parts)
