"""What a policy package changes under the same luck, on one page: the plane, the years, the differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.figures import marks, style
from comity.figures.frames import (
    CERTAIN_FROM,
    Band,
    Course,
    Difference,
    band,
    columns,
    course,
    difference,
    likeliest_exits,
    paired,
)
from comity.figures.style import LOOKS, Picture
from comity.figures.words import Name, name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Side = Mapping[str, Any]

PANELS: Final = ("trust", "challenger_share", "challenger", "resentment", "grievance", "members", "effort")
"""What the years show: the first four of these that both sides have."""
COMPARED: Final = (
    "integration", "respect", "respect_worst_tenth", "durability", "trust", "challenger_share", "resentment",
    "legitimacy", "overdue_share", "implementation_true",
)  # fmt: skip
"""What the differences show: shares and indices alone, for they stand on one scale."""
MOST_ROWS: Final = 7
MOST_LINES: Final = 150
YEARS_APART: Final = 5
LONGEST_TITLE: Final = 50
MARKS_APART: Final = 0.08
UNCLEAR: Final = "no clear change of"
NOTICED: Final = 0.02
"""An index that moves less moves slightly."""
LEAST_PLANE: Final = 0.08
CORNERS: Final = {
    (0.985, 0.985): "more of both", (0.985, 0.015): "deeper, less respectful",
    (0.015, 0.985): "shallower, more respectful", (0.015, 0.015): "less of both",
}  # fmt: skip


def demo(pair: Sequence[Side], path: str | Path | None = None, caption: str = "") -> Picture:
    """Two scenarios under the same luck, the second against the first.

    Each of the two: `title`; `series`, tidy with column, time (years), mean, low, high; `outcomes`, runs by outcomes,
    the same index meaning the same luck; `members`, ISO-3; `exits`, share of runs in which each member left. 1600 by
    1000 pixels, or as wide as a page in vector form. `caption` says where the numbers come from.
    """
    with style.styled():
        figure = style.sheet(1600, 1000)
        style.head(figure, headline(pair), _how_to_read(pair))
        _plane(style.place(figure, 0.06, 0.125, 0.485, 0.855), pair)
        _years(figure, pair)
        _differences(figure, pair)
        style.foot(figure, caption)
    return style.finished(figure, alt(pair), path)


def headline(pair: Sequence[Side]) -> str:
    """What is seen, as a sentence."""
    said = {
        outcome: _direction(difference(pair, outcome), outcome)
        for outcome in ("integration", "respect")
        if outcome in pair[0]["outcomes"]
    }
    first, second = (style.shortened(str(side["title"]), LONGEST_TITLE) for side in pair)
    if not said:
        return f"{second} beside {first}"
    words = list(said.values())
    if len(words) == 2 and all(each.startswith(UNCLEAR) for each in words):
        words = [f"{UNCLEAR} integration or respect"]
    opposed = len(words) == 2 and {"more", "less"} <= set(" ".join(words).split())
    return f"{second}: {' but '.join(words) if opposed else ' and '.join(words)}"


def _direction(apart: Difference | None, outcome: str) -> str:
    """More or less, slightly so where one would hardly notice, or no clear change where luck can explain it."""
    if apart is None:
        return f"{UNCLEAR} {outcome}"
    sign = int(np.sign(apart.mean)) if apart.runs < CERTAIN_FROM else apart.clear
    if sign == 0:
        return f"{UNCLEAR} {outcome}"
    return f"{'slightly ' if abs(apart.mean) < NOTICED else ''}{'more' if sign > 0 else 'less'} {outcome}"


def _how_to_read(pair: Sequence[Side]) -> str:
    runs = len(pair[1]["outcomes"])
    if runs == 1:
        return "One run of each, with the same luck."
    return (
        f"Paths: the mean of {runs} runs, year by year. Each gray line joins two runs with the same luck. "
        "Bands and whiskers: nine runs in ten."
    )


# The plane


def _plane(axes: Axes, pair: Sequence[Side]) -> None:
    """Integration against respect: the way through the years, the runs at the end, and the same luck joined."""
    ways = [course(side["series"]) for side in pair]
    clouds = paired(pair, "integration", "respect")
    _limits(axes, ways, clouds)
    _quadrants(axes, clouds[0].mean(axis=0) if len(clouds[0]) else None)
    step = -(-len(clouds[0]) // MOST_LINES) if len(clouds[0]) else 1
    pairs = np.stack([clouds[0][::step], clouds[1][::step], np.full_like(clouds[0][::step], np.nan)], axis=1)
    axes.plot(*pairs.reshape(-1, 2).T, color=style.LINK, linewidth=0.5, zorder=1)  # one line, broken after each pair
    for way, cloud, look in zip(ways, clouds, LOOKS, strict=False):
        axes.scatter(
            cloud[::step, 0], cloud[::step, 1], s=11, marker=look.marker, facecolor=look.fill, edgecolor=look.color,
            linewidth=0.7, alpha=0.55, zorder=2,
        )  # fmt: skip
        axes.plot(way.integration, way.respect, color=look.color, linestyle=look.dash, linewidth=2.0, zorder=4)
    _names(axes, pair, ways, clouds)
    axes.set_xlabel("Integration, past year  →")
    axes.set_ylabel(f"Respect, mean since {int(ways[0].time[0]) if len(ways[0].time) else 'the start'}  →")


def _limits(axes: Axes, ways: Sequence[Course], clouds: Sequence[Any]) -> None:
    across = np.concatenate([*(way.integration for way in ways), *(cloud[:, 0] for cloud in clouds)])
    upward = np.concatenate([*(way.respect for way in ways), *(cloud[:, 1] for cloud in clouds)])
    for values, put in ((across, axes.set_xlim), (upward, axes.set_ylim)):
        if len(values):
            put(*style.room(float(values.min()), float(values.max()), LEAST_PLANE, 0.1))
    marks.few_numbers(axes, 6)


def _quadrants(axes: Axes, center: Any) -> None:
    """Around the first side's end: a package that lies up and to the right moves the frontier, not along it."""
    if center is None:
        return
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    axes.axvline(center[0], color=style.HAIR, linewidth=0.8, zorder=0)
    axes.axhline(center[1], color=style.HAIR, linewidth=0.8, zorder=0)
    axes.fill_between([center[0], right], center[1], top, color=style.GAIN, alpha=0.06, linewidth=0, zorder=0)
    for (x, y), words in CORNERS.items():
        axes.text(
            x, y, words, transform=axes.transAxes, ha="right" if x > 0.5 else "left", va="top" if y > 0.5 else "bottom",
            fontsize=7.5, style="italic", color=style.FAINT, zorder=3, path_effects=marks.halo(),
        )  # fmt: skip
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)


def _names(axes: Axes, pair: Sequence[Side], ways: Sequence[Course], clouds: Sequence[Any]) -> None:
    """A bold mark with the scenario's name where the runs have their mean; the start; a small mark every five years."""
    known = [(side, way, look) for side, way, look in zip(pair, ways, LOOKS, strict=False) if len(way.time)]
    ends = [
        (float(cloud[:, 0].mean()), float(cloud[:, 1].mean())) if len(cloud) else (way.integration[-1], way.respect[-1])
        for cloud, way in zip(clouds, ways, strict=True)
        if len(way.time)
    ]
    taken = np.concatenate(
        [np.zeros((0, 2)), *(np.column_stack([way.integration, way.respect]) for way in ways), *clouds]
    )
    for (side, _, look), end in zip(known, ends, strict=True):
        axes.plot(*end, look.marker, color=look.color, markersize=9, markeredgecolor="white", zorder=8)
        taken = marks.beside(axes, end, style.shortened(str(side["title"]), 34), look.color, taken, 9.0, 10.0)
    if known:
        start = (float(known[0][1].integration[0]), float(known[0][1].respect[0]))
        axes.plot(*start, "o", color=style.INK, markersize=5, zorder=7)
        taken = marks.beside(axes, start, f"{int(known[0][1].time[0])}", style.INK, taken, 7.5, 6.0)
    for (_, way, look), end in zip(known, ends, strict=True):
        taken = _anniversaries(axes, way, look, end, taken)


def _anniversaries(axes: Axes, way: Course, look: style.Look, end: Any, taken: Any) -> Any:
    """Every five years, unless it would crowd the mark before it or the end."""
    here = axes.transAxes.inverted().transform(
        axes.transData.transform(np.column_stack([way.integration, way.respect]))
    )
    last, final = here[0], axes.transAxes.inverted().transform(axes.transData.transform(end))
    for k in np.flatnonzero(np.round((way.time - way.time[0]) * 4) % (4 * YEARS_APART) == 0)[1:]:
        if min(np.hypot(*(here[k] - last)), np.hypot(*(here[k] - final))) < MARKS_APART:
            continue
        last, spot = here[k], (float(way.integration[k]), float(way.respect[k]))
        axes.plot(*spot, look.marker, color=look.color, markerfacecolor="white", markersize=4.0, zorder=7)
        taken = marks.beside(axes, spot, f"{way.time[k]:.0f}", look.color, taken, 7.0, 5.0)
    return taken


# The years


def _years(figure: Figure, pair: Sequence[Side]) -> None:
    for k, column in enumerate(panels(pair)):
        left, top = 0.55 + 0.23 * (k % 2), 0.855 - 0.255 * (k // 2)
        axes = style.place(figure, left, top - 0.175, left + 0.165, top)
        bands = [band(side["series"], column) for side in pair]
        called = name(column)
        leavers = _leavers(pair) if column == "members" else ""
        marks.fan(axes, bands, called, note=leavers)
        axes.set_title(f"{called.words} {called.verb} {_at_the_end(pair, column, bands)}")


def panels(pair: Sequence[Side]) -> list[str]:
    """The columns that both sides have, of those that readers ask for first; two words for one thing count once."""
    both = [column for column in PANELS if all(column in columns(side["series"]) for side in pair)]
    return list({name(column).words: column for column in reversed(both)}.values())[::-1][:4]


def _at_the_end(pair: Sequence[Side], column: str, bands: Sequence[Band]) -> str:
    """Higher or lower, where readers would see it and luck does not explain it."""
    first, second = (part.mean[-1] if len(part.mean) else 0.0 for part in bands)
    apart = difference(pair, column)
    unclear = apart is not None and apart.runs >= CERTAIN_FROM and not apart.clear
    called = name(column)
    if unclear or called.write(first) == called.write(second):
        return "the same"
    return "higher" if second > first else "lower"


def _leavers(pair: Sequence[Side]) -> str:
    """Who leaves, in which share of runs of each side; two at most."""
    top = {code for side in pair for code in likeliest_exits(side, 2)}
    if any(side.get("exits") is None for side in pair):
        return ""
    shares = {code: [float(side["exits"].get(code, 0.0)) for side in pair] for code in top}
    first = sorted(top, key=lambda code: (-max(shares[code]), code))[:2]
    percent = Name("", "share").write
    return "\n".join(f"{code} leaves in {' → '.join(map(percent, shares[code]))} of runs" for code in first)


# The differences


def _differences(figure: Figure, pair: Sequence[Side]) -> None:
    rows = [(name(outcome), apart) for outcome in COMPARED if (apart := difference(pair, outcome))][:MOST_ROWS]
    top, height = 0.31, min(0.036 * max(len(rows), 1), 0.19)
    axes = style.place(figure, 0.745, top - height, 0.905, top)
    wide = max([0.05, *(abs(edge) for _, apart in rows for edge in (apart.range_low, apart.range_high))]) * 1.1
    marks.strip(axes, rows, wide)
    figure.text(0.55, top + 0.022, "What the package changes under the same luck", fontsize=9, fontweight="bold")


def alt(pair: Sequence[Side]) -> str:
    """The picture in words, for those who cannot see it."""
    parts = [f"{headline(pair)}. {_how_to_read(pair)}"]
    for outcome in COMPARED:
        apart = difference(pair, outcome)
        if apart is not None:
            called = name(outcome)
            first, second = (float(values.mean()) for values in paired(pair, outcome))
            parts.append(
                f"{called.words}: {called.write(first)} becomes {called.write(second)}, a change of "
                f"{called.change(apart.mean)} ({called.change(apart.low)} to {called.change(apart.high)})."
            )
    for side in pair:
        leavers = ", ".join(f"{code} in {share:.0%} of runs" for code, share in likeliest_exits(side).items())
        parts.append(f"{side['title']}: {'leaving ' + leavers if leavers else 'no member leaves in any run'}.")
    return " ".join(parts)
