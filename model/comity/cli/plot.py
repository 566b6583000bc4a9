"""`comity plot`: one picture of a kept sweep."""

from __future__ import annotations

from pathlib import Path

import click

from comity.cli.analyse import answered, drawn, outcome_option
from comity.cli.verbs import Verb
from comity.cli.words import result


@click.command("plot", cls=Verb)
@click.argument("folder", metavar="DIR")
@click.argument("kind", metavar="KIND")
@outcome_option
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path),
    help="Into this file (.png, .svg, .pdf); into the folder's pictures if not given.",
)  # fmt: skip
def verb(folder: str, kind: str, outcomes: tuple[str, ...], out: Path | None) -> None:
    """KIND is sobol, morris, pawn, prim, tornado, pareto, convergence or regression; DIR is the folder of a sweep."""
    answer = answered(folder, kind, outcomes)
    path = out or Path(folder) / "pictures" / f"{kind}-{answer.outcome.replace(' ', '-')}.png"
    drawn(answer, path)
    result(str(path))
