"""`comity facts`: what the model was fitted to, what it was not, and where it misses."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final

import click

from comity.cli import options
from comity.cli.verbs import Verb
from comity.cli.words import Progress, advise, between, definitions, document, figure, result, span, table

if TYPE_CHECKING:
    from comity.truth import Facts, Told

MARKS: Final = {"hit": "hit", "straddles": "~", "miss": "MISS"}
WIDEST: Final = 28


@click.command("facts", cls=Verb)
@click.argument("file", metavar="[FILE.csv]", required=False)
@options.runs_option
@options.seed_option
@options.workers_option
@options.json_option
def verb(file: str | None, runs: int | None, seed: int | None, workers: int | None, as_json: bool) -> None:
    """Hold the model against a table of facts: the shipped one, or one of your own.

    A row names a scenario, what to set in it, an outcome and the bounds within which it should lie. Runs draw every
    uncertain number from its prior. Beside each verdict stands that of a naive forecast. Exit code 0 with misses too.
    """
    from comity import engine, truth

    rows = truth.read(file)
    engine.ready(say=advise)
    start = time.monotonic()
    with Progress("runs") as progress:
        found = truth.facts(rows, runs, seed, workers, progress)
    advise(f"{len(rows)} facts, {found.runs} runs of each world, in {span(time.monotonic() - start)}")
    if as_json:
        document(found.document())
        return
    _show(found)
    advise(_next(found))


def _next(found: Facts) -> str:
    wrong = [each for each in found.told if each.verdict != "hit"]
    name = (wrong or list(found.told))[0].row.outcome
    return f"Next: comity show {name}, or comity facts --json"


def _show(found: Facts) -> None:
    from comity.truth.report import GROUPS

    for role, means in GROUPS.items():
        those = [each for each in found.told if each.row.role == role]
        if not those:
            continue
        result(f"{role}: {means}")
        head = ["id", "outcome", "value", "interval", "bounds", "verdict", "naive", ""]
        result("\n".join(table(head, [_line(each) for each in those], left=2)))
        result()
    rows = [
        [each["role"], " ".join(filter(None, (each["label"], each["kind"]))), *(str(each[key]) for key in (
            "facts", "hit", "straddles", "miss", "baseline_hits")), "yes" if each["counts"] else "no"]
        for each in found.summary()
    ]  # fmt: skip
    head = ["role", "kind", "facts", "hit", "straddle", "miss", "naive hits", "validation"]
    result("\n".join(table(head, rows, left=2)))
    wrong = [each for each in found.told if each.verdict != "hit"]
    if wrong:
        result()
        result("Not hit:")
        result("\n".join(definitions([(each.row.id, each.row.statement) for each in wrong])))


def _line(each: Told) -> list[str]:
    row = each.row
    name = row.outcome if len(row.outcome) <= WIDEST else row.outcome[: WIDEST - 1] + "."
    kind = "" if row.kind == "level" else " ".join(filter(None, (row.label, row.kind)))
    interval = between(each.low, each.high) if not math.isnan(each.low) else "-"
    return [
        row.id, name, figure(each.value), interval, _bounds(row.low, row.high), MARKS[each.verdict],
        MARKS[each.baseline_verdict], kind,
    ]  # fmt: skip


def _bounds(low: float, high: float) -> str:
    if low == -math.inf and high == math.inf:
        return "holds 0"
    if low == -math.inf:
        return f"< {figure(high)}"
    return f"> {figure(low)}" if high == math.inf else between(low, high)
