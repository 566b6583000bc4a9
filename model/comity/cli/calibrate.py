"""`comity calibrate`: fit uncertain numbers to facts, and say what the facts do not speak to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from comity.cli import options
from comity.cli.verbs import FAILED, STOPPED, Verb
from comity.cli.words import Progress, advise, document, result, table

FOLDER = Path("comity-fit")


@click.command("calibrate", cls=Verb)
@click.argument("file", default="world")
@options.out_option
@options.workers_option
@click.option("--quick", is_flag=True, help="Few points and few runs: a look in a minute, nothing to rely on.")
@click.option("--screen", is_flag=True, help="No fit: walk through the priors, and tell which parameters matter.")
@options.json_option
def verb(file: str, out: Path | None, workers: int | None, quick: bool, screen: bool, as_json: bool) -> int | None:
    """Fit FILE (a calibration file; the shipped one if none is named). The folder of --out keeps all runs and the
    result, and the same command goes on after a stop."""
    from comity import engine
    from comity.analysis import Refused
    from comity.calibration import calibrate, read
    from comity.calibration.page import NAME, covered, sentences
    from comity.sweeps import OtherRules, Unfinished, WrongFolder

    what = read(file)
    if screen:
        return _screened(what, out or Path(f"{FOLDER}-screen"), workers, as_json)
    folder = out or Path(f"{FOLDER}-quick" if quick else FOLDER)
    engine.ready(say=advise)
    try:
        with Progress("runs", rate=True) as progress:
            found = calibrate(what, folder, workers, quick, advise, progress)
    except (WrongFolder, OtherRules, Refused) as error:
        raise click.UsageError(str(error), click.get_current_context()) from None
    except KeyboardInterrupt:
        advise(f"Stopped; {folder} keeps what was run. To go on: the same command")
        return STOPPED
    except (Unfinished, ValueError) as error:
        advise(f"{error}. What was run is kept in {folder}")
        return FAILED
    told = found.document()
    if as_json:
        document(told)
        return None
    for sentence in [*sentences(told), covered(told)]:
        result(sentence)
    result()
    head = ["fact", "outcome", "found", "before", "", "after", ""]
    rows = [
        [t["id"], t["outcome"], _cell(t["value"]), _cell(t["before"]), t["verdict_before"], _cell(t["after"]),
         t["verdict_after"]]
        for t in told["targets"]
    ]  # fmt: skip
    result("\n".join(table(head, rows)))
    result()
    head = ["parameter", "before", "middle", "90 %", "seen by"]
    rows = [
        [".".join(p["path"].split(".")[-2:]), _cell(p["default"]), _cell(p["middle"]),
         f"{_cell(p['quantiles'][0])} to {_cell(p['quantiles'][-1])}", ", ".join(p["seen_by"]) or "no fact"]
        for p in told["parameters"]
    ]  # fmt: skip
    result("\n".join(table(head, rows)))
    advise(f"Next: open {folder / NAME}; fit.json and posterior.csv beside it hold the numbers")
    return None


def _screened(what: Any, folder: Path, workers: int | None, as_json: bool) -> int | None:
    from comity import engine
    from comity.calibration.screening import screen
    from comity.sweeps import WrongFolder

    engine.ready(say=advise)
    try:
        with Progress("runs", rate=True) as progress:
            rows = screen(what, folder, workers=workers, progress=progress).table()
    except WrongFolder as error:
        raise click.UsageError(str(error), click.get_current_context()) from None
    records = rows.to_dict("records")
    if as_json:
        document({"calibration": what.name, "parameters": records})
        return None
    head = ["parameter", *(each.id for each in what.targets), "matters"]
    lines = [
        [".".join(str(row["parameter"]).split(".")[-2:]), *(f"{row[each.id]:.2f}" for each in what.targets),
         "yes" if row["matters"] else ""]
        for row in records
    ]  # fmt: skip
    result("\n".join(table(head, lines)))
    return None


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g}"
