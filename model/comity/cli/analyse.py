"""`comity analyse`: what a kept sweep says of an outcome, in sentences and a table, a document or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli import options
from comity.cli.verbs import Verb
from comity.cli.words import advise, document, nearest, result, table

if TYPE_CHECKING:
    from comity.analysis import Answer
    from comity.sweeps import Sweep

MOST_ROWS = 30

outcome_option = click.option(
    "--outcome", "outcomes", multiple=True, metavar="NAME",
    help="Of which outcome; pareto takes several, with :max or :min where they have no direction.",
)  # fmt: skip


def _limit(ctx: click.Context, option: click.Parameter, value: str | None) -> float | None:
    try:
        return None if value is None else float(value)
    except ValueError:
        raise click.BadParameter(f"needs a number, not {value!r}", ctx, option) from None


@click.command("analyse", cls=Verb)
@click.argument("folder", metavar="DIR")
@click.argument("kind", metavar="KIND")
@outcome_option
@click.option("--below", metavar="X", callback=_limit, help="prim: points below this are of interest.")
@click.option("--above", metavar="X", callback=_limit, help="prim: points above this are of interest.")
@click.option("--box", **options.whole(0, 10_000), help="prim: another box of its trajectory.")
@click.option(
    "--picture", type=click.Path(dir_okay=False, path_type=Path), help="Draw it into this file: .png, .svg or .pdf."
)
@options.json_option
def verb(
    folder: str,
    kind: str,
    outcomes: tuple[str, ...],
    below: float | None,
    above: float | None,
    box: int | None,
    picture: Path | None,
    as_json: bool,
) -> None:
    """KIND is sobol, morris, pawn, prim, tornado, pareto, convergence or regression; DIR is the folder of a sweep."""
    more = {key: value for key, value in (("below", below), ("above", above), ("box", box)) if value is not None}
    if more and kind != "prim":
        raise click.UsageError(f"--{next(iter(more))} is for prim", click.get_current_context())
    answer = answered(folder, kind, outcomes, more)
    if picture is not None:
        drawn(answer, picture)
    if as_json:
        document(answer.document())
    else:
        show(answer)
    if picture is None:
        named = " ".join(f"--outcome {name}" for name in outcomes)
        advise(f"Next: comity plot {folder} {kind} {named}".rstrip() + f", or comity report {folder}")


def opened(folder: str) -> Sweep:
    """The sweep of a folder; UsageError says what is wrong with it."""
    from comity.sweeps import Sweep, WrongFolder

    try:
        return Sweep.open(folder, reading=True)
    except WrongFolder as error:
        raise click.UsageError(str(error), click.get_current_context()) from None


def answered(folder: str, kind: str, outcomes: tuple[str, ...], more: dict[str, Any] | None = None) -> Answer:
    """The answer of an analysis; UsageError says why there is none."""
    from comity import analysis

    if kind not in analysis.KINDS:
        message = f'there is no analysis "{kind}"{nearest(kind, analysis.KINDS)}; there are {", ".join(analysis.KINDS)}'
        raise click.UsageError(message, click.get_current_context())
    sweep = opened(folder)
    named, stated = told(outcomes)
    if not named:
        named = [name for name in ("integration", "respect") if name in sweep.manifest.outcomes]
        named = named[:2] if kind == "pareto" else named[:1]
    if not named or (len(named) > 1 and kind != "pareto"):
        wanted = "one outcome" if named else "an outcome"
        raise click.UsageError(f"{kind} needs {wanted}, as in --outcome trust", click.get_current_context())
    try:
        if kind == "pareto":
            return analysis.pareto(sweep, named, stated)
        found: Answer = getattr(analysis, kind)(sweep, named[0], **(more or {}))
    except analysis.Refused as error:
        raise click.UsageError(str(error), click.get_current_context()) from None
    return found


def told(outcomes: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
    """Names, and the directions that were said with them."""
    named, stated = [], {}
    for text in outcomes:
        name, colon, way = text.partition(":")
        named.append(name)
        if colon:
            stated[name] = way
    return list(dict.fromkeys(named)), stated


def drawn(answer: Answer, path: Path) -> None:
    """Draw it; UsageError if the file's name has another ending."""
    try:
        answer.plot(path)
    except ValueError as error:
        raise click.UsageError(str(error), click.get_current_context()) from None
    advise(f"The picture is {path}")


def show(answer: Answer) -> None:
    """Sentences and a table."""
    for sentence in answer.sentences:
        result(sentence)
    result()
    rows: Any = answer.table()
    if answer.kind == "pareto":
        rows = rows[rows["unbeaten"]]
    if answer.kind == "sobol":
        rows = rows[rows["index"] != "S2"].drop(columns="with")
    lines = [[cell(value) for value in row] for row in rows.head(MOST_ROWS).itertuples(index=False)]
    result("\n".join(table([str(name) for name in rows.columns], lines)))
    if len(rows) > MOST_ROWS:
        advise(f"{len(rows) - MOST_ROWS} more rows; --json has them all")


def cell(value: Any) -> str:
    """A cell of a table for people."""
    if value is None or value != value:
        return "-"
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "yes" if value else "no"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
