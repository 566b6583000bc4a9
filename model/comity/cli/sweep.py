"""`comity sweep`: many points, many runs at each: what it will cost, run, go on, collect, try again, send to Slurm."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli import options
from comity.cli.verbs import DONE, FAILED, STOPPED, Verb
from comity.cli.words import Progress, advise, document, figure, nearest, result, span

if TYPE_CHECKING:
    from comity.sweeps import Status, Sweep

PARTS = {
    "plan": "What a sweep will cost, and everything that is wrong with it.",
    "run": "Run what is left of a sweep.",
    "status": "How far a sweep is.",
    "collect": "One table of all rows that are there.",
    "retry": "Run failed rows again.",
    "slurm": "Write an array script for a cluster with Slurm.",
}


class Parts(click.Group):
    """The parts of a verb. A name that is none meets the nearest one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The part that was typed; UsageError, with the nearest one, if there is none."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            raise click.UsageError(f'sweep cannot "{args[0]}"{nearest(args[0], self.commands)}', ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of their use."""
        return list(PARTS)


@click.group("sweep", cls=Parts)
def verb() -> None:
    """Many points, many runs at each, on any number of machines; a file's `sweep` section says what varies."""


verb.params.append(options.debug_option())


def _shard(ctx: click.Context, option: click.Parameter, value: str | None) -> tuple[int, int]:
    if value is None:
        return 0, 1
    part, slash, parts = value.partition("/")
    if not (slash and part.isdigit() and parts.isdigit() and int(part) < int(parts)):
        raise click.BadParameter(
            f"needs a part and a number of parts, counted from 0 as in 0/2 and 1/2, not {value[:20]!r}", ctx, option
        )
    return int(part), int(parts)


what = click.argument("what", metavar="FILE_OR_DIR")
out_option = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Keep the sweep in this folder."
)
vary_option = click.option(
    "--vary", "vary", multiple=True, metavar="PATH=VALUES",
    help="What varies, in place of the file's: levers.waiver.on=[false, true], or a prior; may be repeated.",
)  # fmt: skip
design_option = click.option("--design", metavar="NAME", help="How points are placed: sobol, latin, grid, ...")
n_option = click.option("--n", **options.whole(1, 10_000_000), help="Size of the design.")
series_option = click.option("--series", is_flag=True, help="Keep the course of every run too.")
MAKING = (what, options.settings_option, vary_option, design_option, n_option, options.runs_option,
          options.seed_option, series_option)  # fmt: skip


def _making(function: Any) -> Any:
    """The options that say which sweep is meant."""
    for option in reversed(MAKING):
        function = option(function)
    return function


def _meant(
    what: str, settings: tuple[str, ...], vary: tuple[str, ...], design: str | None, n: int | None, runs: int | None,
    seed: int | None, series: bool,
) -> Sweep:  # fmt: skip
    """The sweep of a folder, or of a scenario and what the command line says."""
    from comity.scenario import set_from_text
    from comity.sweeps import Sweep, sweep

    if (Path(what) / "manifest.json").exists():
        if settings or vary or design or n or runs or seed is not None or series:
            raise click.UsageError("the sweep in a folder is what it is; options that change it want the file")
        return _opened(what)
    found = options.loaded(what, settings)
    if not (vary or design or n or runs or seed is not None):
        return Sweep.of(found, series=series)
    told: dict[str, Any] = {}
    for text in vary:
        for path, node in set_from_text(text, "--vary").items():
            told[path] = node.plain()
    return sweep(found, told or None, design, n, runs, seed=seed, series=series)


def _opened(what: str) -> Sweep:
    from comity.sweeps import OtherRules, Sweep, WrongFolder

    try:
        return Sweep.open(what)
    except (WrongFolder, OtherRules) as error:
        raise click.UsageError(str(error), click.get_current_context()) from None


@verb.command("plan", cls=Verb, help=PARTS["plan"])
@_making
@options.workers_option
@options.json_option
def plan(workers: int | None, as_json: bool, what: str, **making: Any) -> None:
    """Check every point, time a run, and say what all of them will take."""
    from comity import engine

    meant = _meant(what, **making)
    meant.check()
    engine.ready(say=advise)
    told = meant.plan(workers)
    if as_json:
        document(told.document())
    else:
        result(f"{told.points:,} points, {told.replications:,} runs at each: {told.runs:,} runs")
        result(f"{told.run_seconds * 1000:.1f} ms a run: {span(told.seconds)} on {told.workers} workers")
        result(f"{size(told.bytes)} for {told.outcomes} outcomes, at most, and as much again once collected")
    advise(f"Next: comity sweep run {what}" + ("" if Path(what).is_dir() else f" --out {_folder(meant)}"))


def _folder(meant: Sweep) -> Path:
    return Path("comity-out") / f"{meant.manifest.document['scenario']['name']}-sweep"


@verb.command("run", cls=Verb, help=PARTS["run"])
@_making
@out_option
@options.workers_option
@click.option("--processes", is_flag=True, help="Workers are processes and not threads.")
@click.option("--dask", metavar="local|ADDRESS", help="Workers are those of a Dask cluster; local starts one here.")
@click.option("--shard", metavar="I/N", callback=_shard, help="Part I, counted from 0, of N; the folder is shared.")
@options.json_option
def run(
    out: Path | None,
    workers: int | None,
    processes: bool,
    dask: str | None,
    shard: tuple[int, int],
    as_json: bool,
    what: str,
    **making: Any,
) -> int:
    """Run what is left of a sweep, and keep it; once all is done, results.parquet holds it."""
    from comity.sweeps import OtherRules, Unfinished, WrongFolder
    from comity.sweeps.cluster import NoDask

    meant = _meant(what, **making)
    folder = out or meant.folder or _folder(meant)
    try:
        with Progress("runs", rate=True) as progress:
            status = meant.run(folder, workers, processes, dask, shard, progress, advise)
    except (WrongFolder, OtherRules, NoDask) as error:
        raise click.UsageError(str(error), click.get_current_context()) from None
    except KeyboardInterrupt:
        kept = meant.status() if meant.folder is not None else None
        told = f"{kept.done + kept.failed:,} of {kept.runs:,} runs are kept" if kept is not None else "nothing was run"
        advise(f"Stopped; {told}. To go on: comity sweep run {folder}")
        return STOPPED
    except Unfinished as error:
        advise(f"{error}. The rest is kept. To go on: comity sweep run {folder}")
        return FAILED
    return _told(status, folder, as_json)


def _told(status: Status, folder: Path | str, as_json: bool) -> int:
    """Where it stands, and what to type next."""
    if as_json:
        document(status.document())
    else:
        result(f"{status.done:,} of {status.runs:,} runs done, {status.failed:,} failed, {status.left:,} left")
    if status.left:
        advise(f"Next: comity sweep run {folder}")
    elif status.failed:
        advise(f"Next: comity sweep retry {folder}; failures.csv says what went wrong")
    else:
        advise(f"{Path(folder) / 'results.parquet'} holds a row for each run. Next: comity export {folder} --csv")
    return FAILED if status.failed else DONE


@verb.command("status", cls=Verb, help=PARTS["status"])
@click.argument("folder", metavar="DIR")
@options.json_option
def status(folder: str, as_json: bool) -> None:
    """How many runs are done, failed and left."""
    _told(_store(folder).status(), folder, as_json)


def _store(folder: str) -> Any:
    from comity.sweeps import WrongFolder
    from comity.sweeps.store import Store

    try:
        return Store.open(Path(folder))
    except WrongFolder as error:
        raise click.UsageError(str(error), click.get_current_context()) from None


@verb.command("collect", cls=Verb, help=PARTS["collect"])
@click.argument("folder", metavar="DIR")
@options.json_option
def collect(folder: str, as_json: bool) -> int:
    """Write results.parquet, dictionary.csv and failures.csv, also of a sweep that is not at its end."""
    from comity.sweeps.collect import collect as write

    store = _store(folder)
    rows = write(store)
    if not as_json:
        result(f"{rows:,} rows")
    return _told(store.status(), folder, as_json)


@verb.command("retry", cls=Verb, help=PARTS["retry"])
@click.argument("folder", metavar="DIR")
@options.json_option
def retry(folder: str, as_json: bool) -> int:
    """Run failed rows again."""
    meant = _opened(folder)
    with Progress("runs", rate=True) as progress:
        found = meant.retry(progress)
    return _told(found, folder, as_json)


@verb.command("slurm", cls=Verb, help=PARTS["slurm"])
@click.argument("folder", metavar="DIR")
@click.option("--jobs", **options.whole(1, 10_000), default="10", help="How many jobs share the work.")
@click.option("--workers", **options.whole(1, 1024), default="4", help="Cores of a job.")
def slurm(folder: str, jobs: int, workers: int) -> None:
    """Print an array script: each job does a share of the folder's sweep, and may be submitted again."""
    from comity import engine
    from comity.sweeps.plan import timed
    from comity.sweeps.slurm import script

    meant = _opened(folder)
    engine.ready(say=advise)
    seconds = timed(meant.chunks, meant.points) * meant.status().left
    result(script(Path(folder), jobs, workers, seconds).rstrip())
    advise(f"Next: comity sweep slurm {folder} > sweep.sh; sbatch sweep.sh; comity sweep collect {folder}")


def size(count: int) -> str:
    """Bytes for people."""
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{figure(count, 0)} {unit}"
        count //= 1000
    return f"{count} GB"
