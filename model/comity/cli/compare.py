"""`comity compare`: what one scenario has more than another, under the same luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from comity.cli import options
from comity.cli.verbs import Verb
from comity.cli.words import Progress, advise, between, document, figure, nearest, result, table

if TYPE_CHECKING:
    from comity.runs import Comparison, Scenario


@click.command("compare", cls=Verb)
@click.argument("a")
@click.argument("b")
@options.settings_option
@options.seed_option
@options.runs_option
@options.years_option
@options.workers_option
@click.option("--outcome", "outcomes", multiple=True, metavar="NAME", help="This outcome alone; may be repeated.")
@options.json_option
def verb(
    a: str,
    b: str,
    settings: tuple[str, ...],
    seed: int | None,
    runs: int | None,
    years: int | None,
    workers: int | None,
    outcomes: tuple[str, ...],
    as_json: bool,
) -> None:
    """What B has more than A: run k of each meets the same luck. Changes with -s are made to both."""
    first, second = _both(a, b, settings, years)
    known = [name for name in first.value("outcomes") if name in second.value("outcomes")]
    for name in outcomes:
        if name not in known:
            raise click.UsageError(f'there is no outcome "{name}"{nearest(name, known)}', click.get_current_context())

    from comity import engine
    from comity.runs import compare

    engine.ready(say=advise)
    with Progress("runs") as progress:
        pair = compare(first, second, runs, seed, workers, progress)
    if as_json:
        document(pair.document(outcomes))
    else:
        _show(pair, outcomes)
    if second.diff(first):
        advise(f"Next: comity show {a} --diff {b}, or comity run {b}")
    else:
        advise("The two are the same scenario. Next: comity list packages")


def _both(a: str, b: str, settings: tuple[str, ...], years: int | None) -> tuple[Scenario, Scenario]:
    """Both scenarios; ScenarioError tells what is wrong with either."""
    from comity.scenario import Problem, ScenarioError

    problems: list[Problem] = []
    found = []
    for name in (a, b):
        try:
            scenario = options.loaded(name, settings, years)
            scenario.require_region()
            found.append(scenario)
        except ScenarioError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise ScenarioError(problems)
    return found[0], found[1]


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
