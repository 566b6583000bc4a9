"""`comity effects`: which lever of a package does what, alone and with the others."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from comity.cli import options
from comity.cli.verbs import Verb
from comity.cli.words import Progress, advise, document, result, span, table

if TYPE_CHECKING:
    from comity.runs import Effects

MOST_PAIRS: Final = 6
MOST_NAMED: Final = 3
MOST_GAIN: Final = 9999


@click.command("effects", cls=Verb)
@click.argument("scenario")
@click.option("--levers", metavar="A,B,C", help="These levers; those that are on in the scenario if not given.")
@click.option("--outcome", default="integration", show_default=True, metavar="NAME", help="What is asked about.")
@options.settings_option
@options.seed_option
@options.runs_option
@options.years_option
@options.workers_option
@options.picture_option
@options.json_option
def verb(
    scenario: str,
    levers: str | None,
    outcome: str,
    settings: tuple[str, ...],
    seed: int | None,
    runs: int | None,
    years: int | None,
    workers: int | None,
    picture: Path | None,
    as_json: bool,
) -> None:
    """What each lever of a package does to an outcome, under the same luck and from shared runs.

    EFFECT is what the package has with the lever more than without it. ALONE is what the lever does more than no lever.
    SHARE is its part of what all do together: what it adds, the mean over all orders in which they could be switched
    on (Shapley 1953), so that the shares add up to the total. Of a pair, it is told how much more each does in the
    package with the other there. A lever that is named with --levers but off is switched on at the strength that is
    stated for it; levers that are on but not named stay on throughout, and so does what a package changes besides its
    levers, such as organization.pace. Up to six levers, every run meets all their
    combinations; with more, each run draws orders of its own, and the intervals hold that uncertainty too.
    """
    from comity import engine
    from comity.runs.effects import effects, package_of

    found = options.loaded(scenario, settings, years)
    names = None if levers is None else [name.strip() for name in levers.split(",") if name.strip()]
    try:
        package_of(found, names, [outcome])
    except ValueError as error:
        none_on = str(error).startswith("no lever is on")
        hint = f": comity effects {scenario}+respectful, or --levers waiver,sunset" if none_on else ""
        raise click.UsageError(f"{error}{hint}", click.get_current_context()) from None
    engine.ready(say=advise)
    start = time.monotonic()
    with Progress("runs") as progress:
        told = effects(found, names, outcome, runs, seed, workers, progress)
    if picture is not None:
        told.plot.shares(picture)
    if as_json:
        document(told.document())
    else:
        _show(told)
    advise(f"{told.runs} runs, each with {_subsets(told)}, in {span(time.monotonic() - start)}")
    if picture is not None:
        advise(f"drawn in {picture}")
    _advise(told, scenario, picture)


def _subsets(told: Effects) -> str:
    many = len(told.levers)
    if told.exact:
        return f"all {2**many} combinations of {many} lever{'s' * (many != 1)}"
    return f"{told.subsets} of the {2**many} combinations of {many} levers"


def _show(told: Effects) -> None:
    runs = f"{told.runs} runs" if told.known == told.runs else f"{told.known} of {told.runs} runs have a value"
    result(f"{told.scenario.title}: what its levers do to {told.outcome} ({told.unit})")
    result(f"{runs}, seed {told.seed}, the same luck for all; intervals: 95 %\n")
    result("\n".join(_lever_table(told)))
    if len(told.levers) > 1:
        result()
        result("\n".join(_pair_table(told)))
    result()
    result("\n".join(sentences(told)))


def _lever_table(told: Effects) -> list[str]:
    """The levers by the size of their share, and their sum."""
    rows, total = sorted(told.rows(), key=lambda row: _size(row["shapley"]), reverse=True), told.total_spread
    digits = _digits([told.total, *(row[key] for row in rows for key in ("effect", "shapley", "alone"))])
    lines = [
        [
            row["lever"], _fixed(row["shapley"], digits), _interval(row, "shapley_low", "shapley_high", digits),
            _fixed(row["effect"], digits), _interval(row, "low", "high", digits), _fixed(row["alone"], digits),
            _interval(row, "alone_low", "alone_high", digits), _gain(row["variance_ratio"]),
        ]
        for row in rows
    ]  # fmt: skip
    sum_ = {"low": total.mean_low, "high": total.mean_high}
    lines.append(["all together", _fixed(told.total, digits), _interval(sum_, "low", "high", digits), *[""] * 5])
    head = ["lever", "share", "interval", "effect", "interval", "alone", "interval", "gain of pairing"]
    return table(head, lines)


def _pair_table(told: Effects) -> list[str]:
    """The pairs that matter most: those beyond noise first."""
    pairs = sorted(told.pair_rows(), key=lambda row: (row["clear"], _size(row["effect"])), reverse=True)[:MOST_PAIRS]
    digits = _digits([row["effect"] for row in pairs])
    rows = [
        [
            f"{row['a']} + {row['b']}", _fixed(row["effect"], digits), _interval(row, "low", "high", digits),
            "" if row["clear"] else "unclear",
        ]
        for row in pairs
    ]  # fmt: skip
    return table(["pair", "interaction", "interval", ""], rows)


def sentences(told: Effects) -> list[str]:
    """Which lever carries what, which pair works together or against each other, and what luck may explain."""
    if told.known == 0:
        return [f"{told.outcome} has no value in any run with every combination of levers: nothing can be told."]
    rows = sorted(told.rows(), key=lambda row: _size(row["shapley"]), reverse=True)
    digits = _digits([told.total, *(row["shapley"] for row in rows)])
    if told.known < 2:
        return ["One run tells nothing of the next: --runs 100 gives intervals."]
    clear = [row for row in rows if _beyond_noise(row["shapley_low"], row["shapley_high"])]
    said = [_carried(told, clear, digits)]
    noise = [row["lever"] for row in rows if row not in clear]
    if noise and clear:
        said.append(f"Within noise: {', '.join(noise)}.")
    if len(told.levers) > 1:
        said.append(_paired(told))
    return said


def _carried(told: Effects, clear: Sequence[dict[str, Any]], digits: int) -> str:
    total = told.total_spread
    size = _fixed(abs(told.total), digits)
    if len(told.levers) == 1:
        name = told.levers[0]
        if not clear:
            return f"{name} changes {told.outcome} by no more than noise ({_fixed(told.total, digits)})."
        return f"{name} {'raises' if told.total > 0.0 else 'lowers'} {told.outcome} by {size}."
    all_ = f"All {len(told.levers)} levers"
    if _beyond_noise(total.mean_low, total.mean_high):
        verb = "raise" if told.total > 0.0 else "lower"
        first = f"{all_} together {verb} {told.outcome} by {size}"
    else:
        first = f"{all_} together change {told.outcome} by no more than noise ({_fixed(told.total, digits)})"
    if not clear:
        return f"{first}; no lever's share is beyond noise."
    named = []
    for row in clear[:MOST_NAMED]:
        text = f"{row['lever']} {_signed(row['shapley'], digits)}"
        part = row["shapley"] / told.total if told.total else math.inf
        named.append(f"{text} ({100 * part:.0f} %)" if 0.0 < part <= 2.0 and "by no more" not in first else text)
    more = f" and {len(clear) - MOST_NAMED} smaller" if len(clear) > MOST_NAMED else ""
    return f"{first}: {', '.join(named)}{more}."


def _paired(told: Effects) -> str:
    pairs = told.pair_rows()
    clear = sorted((row for row in pairs if row["clear"]), key=lambda row: _size(row["effect"]), reverse=True)
    if not clear and len(pairs) == 1:
        return f"{pairs[0]['a']} and {pairs[0]['b']} neither help nor hinder each other beyond noise."
    if not clear:
        return f"Of {len(pairs)} pairs, none works together or against each other beyond noise."
    digits = _digits([row["effect"] for row in clear])
    parts = []
    for words, sign in (("more", 1.0), ("less", -1.0)):
        some = [row for row in clear if row["effect"] * sign > 0.0]
        if some:
            top = some[0]
            named = f"{top['a']} and {top['b']} each add {words} with the other there"
            others = {1: "", 2: ", as in one more pair"}.get(len(some), f", as in {len(some) - 1} more pairs")
            parts.append(f"{named} ({_signed(top['effect'], digits)}){others}")
    return f"{'; '.join(parts)}."


def _beyond_noise(low: float, high: float) -> bool:
    return low > 0.0 or high < 0.0


def _size(value: float) -> float:
    return 0.0 if math.isnan(value) else abs(value)


def _digits(values: Sequence[float]) -> int:
    """Enough digits that the largest of them shows three."""
    largest = max(map(_size, values), default=0.0)
    return min(max(3, 2 - math.floor(math.log10(largest))), 8) if largest > 0.0 else 3


def _fixed(value: float, digits: int) -> str:
    """A number with so many digits; a dash for what is missing."""
    if math.isnan(value):
        return "-"
    text = f"{value:.{digits}f}"
    return text.removeprefix("-") if float(text) == 0.0 else text


def _signed(value: float, digits: int) -> str:
    text = _fixed(abs(value), digits)
    return text if float(text) == 0.0 else ("-" if value < 0.0 else "+") + text


def _interval(row: dict[str, Any], low: str, high: str, digits: int) -> str:
    if math.isnan(row[low]):
        return "-"
    return f"{_fixed(row[low], digits)} to {_fixed(row[high], digits)}"


def _gain(ratio: float) -> str:
    return "-" if math.isnan(ratio) else f"{ratio:.1f}" if ratio < MOST_GAIN else f"> {MOST_GAIN}"


def _advise(told: Effects, typed: str, picture: Path | None) -> None:
    top = max(told.rows(), key=lambda row: _size(row["shapley"]))["lever"]
    draw = "" if picture is not None else f", or comity effects {typed} --picture effects.png"
    advise(f"Next: comity show {top}{draw}")
