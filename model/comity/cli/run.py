"""`comity run`: a scenario's outcomes, with what most runs lie between."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from comity.cli import options
from comity.cli.verbs import FAILED, Verb
from comity.cli.words import Progress, advise, between, document, figure, result, span, table

if TYPE_CHECKING:
    from comity.runs import Ensemble, Scenario
    from comity.runs.result import Course

SERIES_UP_TO: Final = 2000
"""Runs whose course is kept: more would fill the memory, and would not sharpen it."""
SHOWN: Final = ("integration", "respect", "trust", "challenger_share", "resentment", "members")
MOST_LINES: Final = 7
TOLD: Final = ("coup", "accession", "suspension", "readmission", "threat", "notice", "exit", "return")
"""Events of a single run that are told one by one."""


@click.command("run", cls=Verb)
@click.argument("scenario", required=False)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="RESULT",
    help="Make a kept result again, and compare: a folder of --out, or a document of --json.",
)
@options.settings_option
@options.seed_option
@options.runs_option
@options.years_option
@options.workers_option
@options.out_option
@click.option("--force", is_flag=True, help="Overwrite another result in that folder.")
@options.json_option
def verb(
    scenario: str | None,
    source: Path | None,
    settings: tuple[str, ...],
    seed: int | None,
    runs: int | None,
    years: int | None,
    workers: int | None,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> int | None:
    """Run a scenario: a shipped name, a file, or several joined by +."""
    if source is not None:
        return _again(source, [scenario, *settings, seed, runs, years, out], workers, as_json)
    if scenario is None:
        raise click.UsageError("name a SCENARIO: comity run eu", click.get_current_context())
    found = options.loaded(scenario, settings, years)
    found.require_region()
    runs = int(found.value("run.runs")) if runs is None else runs
    seed = int(found.value("run.seed")) if seed is None else seed
    if out is not None:
        _free(found, seed, runs, out, force)
    ensemble = played(found, runs, seed, workers, series=(out is not None or not as_json) and runs <= SERIES_UP_TO)
    if out is not None:
        from comity.runs.store import save

        save(ensemble, out, force, picture=ensemble.course is not None)
    if as_json:
        document(ensemble.document())
    else:
        _show(ensemble)
    _advise(found, scenario, out, runs)
    return None


def _again(source: Path, others: list[object], workers: int | None, as_json: bool) -> int:
    """A kept result, made again and held against what it was: the exit code says whether it is the same."""
    from comity import engine
    from comity.runs.again import NotAResult, kept

    if any(others):
        raise click.UsageError(
            "--from stands alone: the result says its scenario, seed and runs", click.get_current_context()
        )
    try:
        told = kept(source)
    except NotAResult as error:
        raise click.UsageError(str(error), click.get_current_context()) from None
    engine.ready(say=advise)
    with Progress("runs") as progress:
        ensemble = told.again(workers, progress, series=not as_json and told.runs <= SERIES_UP_TO and not told.first)
    if as_json:
        document(ensemble.document())
    else:
        _show(ensemble)
    if ensemble.digest == told.digest:
        advise(f"the same to the bit: digest {told.digest[:12]} then and now")
        return 0
    changed = "; ".join(told.changed()) or "nothing that versions tell"
    advise(f"NOT the same: digest {told.digest[:12]} then, {ensemble.digest[:12]} now. What changed: {changed}")
    return FAILED


def _free(found: Scenario, seed: int, runs: int, out: Path, force: bool) -> None:
    """Before anything is computed: is there a place for the result?"""
    from comity.runs.store import FolderTaken, planned, prepare

    try:
        prepare(out, planned(found, seed, 0, runs), force)
    except FolderTaken as error:
        raise click.UsageError(str(error), click.get_current_context()) from None


def played(found: Scenario, runs: int, seed: int, workers: int | None, series: bool) -> Ensemble:
    """The ensemble, with progress shown; the rulebook is compiled first if this machine has not done so."""
    import time

    from comity import engine

    engine.ready(say=advise)
    start = time.monotonic()
    with Progress("runs") as progress:
        ensemble = found.ensemble(runs, seed, workers, progress, series)
    advise(f"{runs} run{'s' * (runs != 1)} in {span(time.monotonic() - start)}, digest {ensemble.digest[:12]}")
    return ensemble


def _show(ensemble: Ensemble) -> None:
    told = ensemble.scenario.resolved["run"]
    last = told["start"] + told["years"] - 1
    many = f"{ensemble.runs} runs" if ensemble.runs > 1 else "one run"
    result(f"{ensemble.scenario.title}: {told['start']} to {last}, {many}, seed {ensemble.seed}")
    result()
    result("\n".join(_outcome_table(ensemble)))
    if ensemble.course is not None:
        result()
        result("\n".join(_year_table(ensemble, ensemble.course)))
    if ensemble.runs == 1:
        result()
        result("\n".join(_happened(ensemble)))


def _outcome_table(ensemble: Ensemble) -> list[str]:
    told = ensemble.document()["outcomes"]
    if ensemble.runs == 1:
        return table(
            ["outcome", "value", "unit"], [[name, figure(row["mean"]), row["unit"]] for name, row in told.items()]
        )
    rows = [
        [name, figure(row["mean"]), between(row["low"], row["high"]), figure(row["se"]), row["unit"]]
        for name, row in told.items()
    ]
    return table(["outcome", "mean", "9 runs in 10", "error of mean", "unit"], rows)


def _year_table(ensemble: Ensemble, course: Course) -> list[str]:
    """The mean course, every few years, at the end of the year."""
    names = [name for name in SHOWN if name in course.columns]
    mean = course.mean()[3::4, [course.columns.index(name) for name in names]]
    years = len(mean)
    step = max(math.ceil((years - 1) / (MOST_LINES - 1)), 1)
    rows = [
        [str(ensemble.begin.start + year), *(figure(value) for value in mean[year].tolist())]
        for year in sorted({*range(0, years, step), years - 1})
    ]
    return table(["end of", *names], rows)


def _happened(ensemble: Ensemble) -> list[str]:
    events = ensemble.run(ensemble.first).events()
    named = events[events["event"].isin(TOLD)]
    rows = zip(named["time"], named["quarter"], named["iso3"], named["event"], strict=True)
    lines = [
        f"{int(time)}Q{quarter % 4 + 1}  {iso3}  {str(event).replace('_', ' ')}" for time, quarter, iso3, event in rows
    ]
    return lines or ["nobody threatened, left, joined or was suspended"]


def _advise(found: Scenario, typed: str, out: Path | None, runs: int) -> None:
    if out is not None:
        advise(f"kept in {out}")
        if runs > SERIES_UP_TO:
            advise(
                f"no picture, and the series of one run alone: {SERIES_UP_TO} runs are the most whose course is kept"
            )
    base = typed.partition("+")[0]
    pair = f"{base} {typed if '+' in typed else typed + '+respectful'}"
    keep = "" if out is not None else f", or comity run {typed} --out comity-out/{found.name}"
    advise(f"Next: comity compare {pair}{keep}")
