"""Each member's years in a lane of its own: what it was allowed, what it was told, and how it left."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.figures import style
from comity.figures.style import LOOKS, Picture
from comity.figures.words import event

if TYPE_CHECKING:
    from pandas import DataFrame

SHOWN: Final[Mapping[str, tuple[str, str]]] = {
    "waiver": ("^", LOOKS[5].color), "opt_out": ("o", LOOKS[3].color), "ruling": ("s", LOOKS[6].color),
    "suspension": ("D", "#000000"), "threat": ("v", LOOKS[0].color), "notice": (">", LOOKS[0].color),
    "exit": ("X", LOOKS[0].color), "accession": ("P", LOOKS[2].color), "return": ("P", LOOKS[2].color),
}  # fmt: skip
"""Kinds of events, each with a shape and a color; great ones stand above small ones."""
LANE: Final = 26
MOST_SMALL: Final = ("waiver", "opt_out", "ruling")


def lanes(
    events: DataFrame, members: list[str], span: tuple[float, float], path: str | Path | None = None, title: str = "",
    caption: str = "",
) -> Picture:  # fmt: skip
    """`events` (time, iso3, event) of the kinds that are `SHOWN`, a lane for each of `members`, over `span` years."""
    height = LANE * len(members) + 250
    held = events[events["event"].isin(SHOWN) & events["iso3"].isin(members)]
    with style.styled():
        figure = style.sheet(1400, height)
        style.head(figure, _headline(held, title), "A lane for each member. Shapes tell kinds apart.", 76)
        axes = style.place(figure, 0.05, 100 / height, 0.98, 1.0 - 150 / height)
        style.years(axes, *span, most=12)
        for k in range(len(members)):
            axes.axhline(len(members) - 1 - k, color=style.HAIR, linewidth=0.6, zorder=0)
        for order, (kind, (shape, color)) in enumerate(SHOWN.items()):
            part = held[held["event"] == kind]
            if len(part):
                small = kind in MOST_SMALL
                axes.plot(
                    part["time"], [len(members) - 1 - members.index(code) for code in part["iso3"]], shape,
                    color=color, markerfacecolor="white" if kind == "threat" else color, markersize=4 if small else 7,
                    alpha=0.75 if small else 1.0, label=event(kind), zorder=2 + order, linestyle="none",
                )  # fmt: skip
        axes.set_yticks([len(members) - 1 - k for k in range(len(members))], members)
        axes.set_ylim(-0.8, len(members) - 0.2)
        axes.tick_params(axis="y", length=0)
        if len(held):
            figure.legend(loc="lower left", bbox_to_anchor=(0.02, 26 / height), ncols=9, frameon=False, fontsize=8,
                          handletextpad=0.2, columnspacing=1.2)  # fmt: skip
        style.foot(figure, caption)
    return style.finished(figure, _words(held, title), path)


def _headline(held: DataFrame, title: str) -> str:
    left = list(dict.fromkeys(held.loc[held["event"] == "exit", "iso3"]))
    threatened = held.loc[held["event"] == "threat", "iso3"].nunique()
    said = f"{threatened} member{'s' * (threatened != 1)} threatened to leave, "
    said += f"{', '.join(left[:5])} did" if left else "nobody did"
    return f"{style.shortened(title, 50)}: {said}" if title else said


def _words(held: DataFrame, title: str) -> str:
    counts: Any = held["event"].value_counts()
    told = [f"{event(kind)}: {int(counts[kind])} times" for kind in SHOWN if kind in counts]
    busiest = held["iso3"].value_counts().head(3)
    most = ", ".join(f"{code} ({count})" for code, count in busiest.items())
    return f"{_headline(held, title)}. {'; '.join(told)}." + (f" Most events: {most}." if most else "")
