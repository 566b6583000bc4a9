"""`comity compare`: what scenarios have more than a first one, under the same luck."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from comity.cli import options
from comity.cli.verbs import Verb
from comity.cli.words import Progress, advise, between, document, figure, nearest, result, table

if TYPE_CHECKING:
    from comity.runs import Comparison, Comparisons, Scenario

SHOWN: Final = ("integration", "respect", "respect_worst_tenth", "durability", "trust", "challenger_share", "exits")
"""What is shown of many scenarios, unless outcomes are named."""


@click.command("compare", cls=Verb)
@click.argument("a")
@click.argument("b")
@click.argument("more", nargs=-1, metavar="[C]...")
@options.settings_option
@options.seed_option
@options.runs_option
@options.years_option
@options.workers_option
@click.option("--outcome", "outcomes", multiple=True, metavar="NAME", help="This outcome alone; may be repeated.")
@options.picture_option
@options.json_option
def verb(
    a: str,
    b: str,
    more: tuple[str, ...],
    settings: tuple[str, ...],
    seed: int | None,
    runs: int | None,
    years: int | None,
    workers: int | None,
    outcomes: tuple[str, ...],
    picture: Path | None,
    as_json: bool,
) -> None:
    """What B, and each further scenario, has more than A: run k of each meets the same luck.

    Changes with -s are made to all. Of more than two scenarios, the main outcomes are shown; --outcome and --json tell
    of others. The picture shows integration against respect, with intervals.
    """
    found = _all((a, b, *more), settings, years)
    known = [name for name in found[0].value("outcomes") if all(name in each.value("outcomes") for each in found)]
    for name in outcomes:
        if name not in known:
            raise click.UsageError(f'there is no outcome "{name}"{nearest(name, known)}', click.get_current_context())

    from comity import engine
    from comity.runs import Comparison, compare

    engine.ready(say=advise)
    told: Comparison | Comparisons
    with Progress("runs") as progress:
        if more:
            told = compare(
                found[0], found[1], found[2], *found[3:], runs=runs, seed=seed, workers=workers, progress=progress
            )
        else:
            told = compare(found[0], found[1], runs=runs, seed=seed, workers=workers, progress=progress)
    if picture is not None:
        told.plot.plane(picture)
        advise(f"drawn in {picture}")
    if as_json:
        document(told.document(outcomes))
    elif isinstance(told, Comparison):
        _show(told, outcomes)
    else:
        _show_many(told, outcomes or tuple(name for name in SHOWN if name in known))
    if more:
        _advise_many(a, b, outcomes, picture, (a, b, *more))
    elif found[1].diff(found[0]):
        advise(f"Next: comity show {a} --diff {b}, or comity run {b}")
    else:
        advise("The two are the same scenario. Next: comity list packages")


def _all(names: tuple[str, ...], settings: tuple[str, ...], years: int | None) -> list[Scenario]:
    """All scenarios; ScenarioError tells what is wrong with any."""
    from comity.scenario import Problem, ScenarioError

    problems: list[Problem] = []
    found = []
    for name in names:
        try:
            scenario = options.loaded(name, settings, years)
            scenario.require_region()
            found.append(scenario)
        except ScenarioError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise ScenarioError(problems)
    return found


def _advise_many(a: str, b: str, outcomes: tuple[str, ...], picture: Path | None, names: tuple[str, ...]) -> None:
    others = "" if outcomes else "; --outcome NAME tells of another"
    draw = "" if picture is not None else f", or comity compare {' '.join(names)} --picture plane.png"
    advise(f"Next: comity compare {a} {b}{draw}{others}")


def _show_many(told: Comparisons, only: tuple[str, ...]) -> None:
    """Outcome by outcome, so that scenarios stand beside each other."""
    titles = told.titles
    result(f"Beside {titles[0]}: {told.a.runs} runs of each, the same luck, seed {told.a.seed}\n")
    documents = [pair.document(only)["outcomes"] for pair in told.pairs]
    rows = []
    for name in only:
        first = documents[0][name]
        rows.append([name, figure(first["a"]), "", "", "", first["unit"]])
        for title, rest in zip(titles[1:], documents, strict=True):
            row = rest[name]
            numbers = [figure(row["b"]), figure(row["difference"])]
            rows.append([f"  {title}", *numbers, between(row["low"], row["high"]), _doubt(row), ""])
    result("\n".join(table(["", "mean", "difference", "95 % interval", "", "unit"], rows)))


def _show(pair: Comparison, only: tuple[str, ...]) -> None:
    result(f"A  {pair.titles[0]}\nB  {pair.titles[1]}\n{pair.a.runs} runs of each, the same luck, seed {pair.a.seed}\n")
    head = ["outcome", "A", "B", "B less A", "95 % interval", "", "gain of pairing", "unit"]
    rows = []
    for name, row in pair.document(only)["outcomes"].items():
        numbers = [figure(row[key]) for key in ("a", "b", "difference")]
        interval = between(row["low"], row["high"])
        rows.append([name, *numbers, interval, _doubt(row), figure(row["variance_ratio"], 1), row["unit"]])
    result("\n".join(table(head, rows)))


def _doubt(row: dict[str, Any]) -> str:
    """Whether luck alone could make the difference."""
    if row["low"] is None or row["difference"] == 0.0:
        return ""
    return "" if row["low"] > 0.0 or row["high"] < 0.0 else "unclear"
