"""`comity search`: levers that do best in several goals at once, in the mean and in bad luck, under a budget."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from comity.cli import options
from comity.cli.analyse import cell, told
from comity.cli.verbs import STOPPED, Verb
from comity.cli.words import Progress, advise, document, result, table

MOST_ROWS = 20


def _money(ctx: click.Context, option: click.Parameter, value: str | None) -> float | None:
    try:
        return None if value is None else float(value)
    except ValueError:
        raise click.BadParameter(f"needs a share of full dues, as in 0.1, not {value!r}", ctx, option) from None


@click.command("search", cls=Verb)
@click.argument("scenario")
@click.option(
    "--goal", "goals", multiple=True, metavar="NAME",
    help="An outcome to be good in, with :max or :min where it has no direction; may be repeated.",
)  # fmt: skip
@click.option("--levers", metavar="A,B,C", help="The levers to pull; all if not given.")
@click.option("--budget", metavar="X", callback=_money, help="The most that levers may cost, in shares of full dues.")
@options.settings_option
@click.option("--runs", **options.whole(2, options.MOST_RUNS), default="40", help="Runs of each policy.")
@click.option("--trials", **options.whole(4, 1_000_000), default="200", help="How many policies are tried.")
@click.option("--sampler", metavar="nsga2|tpe", default="nsga2", help="Who proposes policies.")
@options.out_option
@click.option("--resume", is_flag=True, help="Go on with the search that the folder keeps.")
@options.workers_option
@options.json_option
def verb(
    scenario: str,
    goals: tuple[str, ...],
    levers: str | None,
    budget: float | None,
    settings: tuple[str, ...],
    runs: int,
    trials: int,
    sampler: str,
    out: Path | None,
    resume: bool,
    workers: int | None,
    as_json: bool,
) -> int | None:
    """Search SCENARIO's levers; the folder of --out keeps trials, table, picture and the best as a scenario file."""
    from comity import engine
    from comity.analysis import Refused
    from comity.analysis.seeking import BEST, search

    found = options.loaded(scenario, settings)
    names, stated = told(goals or ("integration", "respect"))
    if resume and out is None:
        raise click.UsageError("--resume needs the folder, as --out DIR", click.get_current_context())
    engine.ready(say=advise)
    try:
        with Progress("policies", rate=True) as progress:
            answer = search(
                found, names, None if levers is None else [each.strip() for each in levers.split(",")], budget, runs,
                trials, out, resume, workers, progress, sampler, stated,
            )  # fmt: skip
    except Refused as error:
        raise click.UsageError(str(error), click.get_current_context()) from None
    except KeyboardInterrupt:
        advise(
            "Stopped. "
            + (
                f"To go on: the same command with --resume; {out} keeps the trials"
                if out
                else "Nothing is kept without --out"
            )
        )
        return STOPPED
    if as_json:
        document(answer.document())
        return None
    for sentence in answer.sentences:
        result(sentence)
    result()
    rows: Any = answer.table()
    rows = rows[rows["unbeaten"]].sort_values(names[0], ascending=False)
    shown = ["policy", *answer.levers, "cost", *(part for name in names for part in (name, f"{name}_worst"))]
    shown = [name for name in shown if name not in answer.levers or (rows[name] > 0.0).any()]
    lines = [[cell(value) for value in row] for row in rows[shown].head(MOST_ROWS).itertuples(index=False)]
    result("\n".join(table(shown, lines)))
    if out is not None:
        advise(f"Next: comity compare {scenario} {out / BEST}")
    return None
