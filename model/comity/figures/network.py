"""The ties between members: who is close to whom, with each in the place where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from comity.figures import style
from comity.figures.places import places
from comity.figures.style import LOOKS, Picture

MOST: Final = 3
"""Ties of each member that are drawn: its strongest. All of them would be a ball of wool."""
WIDEST: Final = 9.0
WIDTH_OF_A_LETTER: Final = 18
"""Of the title, in pixels."""


def network(
    members: Sequence[str], ties: Any, threatening: Sequence[str] = (), path: str | Path | None = None,
    title: str = "", caption: str = "",
) -> Picture:  # fmt: skip
    """`ties` (members, members), rows that sum to one; those who threaten to leave have a ring around them."""
    where = places(dict.fromkeys(members))
    weights = np.asarray(ties, "f8")
    drawn = _strongest(weights)
    heaviest = max((weight for *_, weight in drawn), default=1.0)
    across, down = max(x for x, _ in where.values()) + 1, max(y for _, y in where.values()) + 1
    with style.styled():
        wide = max(150 * across + 60, 760)
        figure = style.sheet(wide, 150 * down + 190)
        told = f"Each member's {MOST} strongest ties; wider is closer."
        style.head(figure, _headline(members, drawn, title), told, wide // WIDTH_OF_A_LETTER)
        axes = style.place(figure, 0.03, 0.07, 0.97, 1.0 - 140 / (150 * down + 190))
        for i, j, weight in drawn:
            (x1, y1), (x2, y2) = where[members[i]], where[members[j]]
            axes.plot(
                [x1, x2], [-y1, -y2], color=style.FAINT, linewidth=WIDEST * weight / heaviest, alpha=0.6, zorder=1
            )
        for code, (x, y) in where.items():
            if code in threatening:
                axes.plot(x, -y, "o", markersize=25, markerfacecolor="none", markeredgecolor=LOOKS[0].color,
                          markeredgewidth=2.0, zorder=3)  # fmt: skip
            axes.plot(x, -y, "o", markersize=20, color="white", markeredgecolor=LOOKS[1].color, zorder=2)
            axes.text(x, -y, code, ha="center", va="center", fontsize=7, fontweight="bold", zorder=4)
        axes.set_xlim(-0.6, across - 0.4)
        axes.set_ylim(-down + 0.4, 0.6)
        axes.set_aspect("equal")
        axes.set_axis_off()
        style.foot(figure, caption)
    return style.finished(figure, _words(members, drawn, threatening, title), path)


def _strongest(weights: Any) -> list[tuple[int, int, float]]:
    """Pairs with the mean of both weights, the strongest few of each member."""
    both = (weights + weights.T) / 2.0
    np.fill_diagonal(both, 0.0)
    pairs = {
        (min(i, int(j)), max(i, int(j)))
        for i in range(len(both))
        for j in np.argsort(-both[i], kind="stable")[:MOST]
        if both[i, j] > 0.0
    }
    return sorted(((i, j, float(both[i, j])) for i, j in pairs), key=lambda each: each[2])


def _headline(members: Sequence[str], drawn: list[tuple[int, int, float]], title: str) -> str:
    if not drawn:
        return "Nobody is tied to anybody"
    i, j, _ = drawn[-1]
    said = f"The closest are {members[i]} and {members[j]}"
    return f"{style.shortened(title, 40)}: {said[0].lower()}{said[1:]}" if title else said


def _words(members: Sequence[str], drawn: list[tuple[int, int, float]], threatening: Sequence[str], title: str) -> str:
    top = ", ".join(f"{members[i]}-{members[j]} {weight:.2f}" for i, j, weight in reversed(drawn[-5:]))
    threat = f" Threatening to leave: {', '.join(threatening)}." if threatening else " Nobody threatens to leave."
    return f"{_headline(members, drawn, title)}. Strongest ties: {top or 'none'}.{threat}"
