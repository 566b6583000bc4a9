"""`comity report`: a kept sweep as one HTML page that needs nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from comity.cli.analyse import opened
from comity.cli.verbs import Verb
from comity.cli.words import result


@click.command("report", cls=Verb)
@click.argument("folder", metavar="DIR")
@click.option("--outcome", "outcomes", multiple=True, metavar="NAME", help="Of which outcomes; may be repeated.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Into this file; report.html in DIR if not given."
)
def verb(folder: str, outcomes: tuple[str, ...], out: Path | None) -> None:
    """Plan, provenance, the analyses that the design allows, pictures and tables of the sweep that DIR keeps."""
    from comity.analysis import Refused, report

    try:
        path = report(opened(folder), out, outcomes or None)
    except Refused as error:
        raise click.UsageError(str(error), click.get_current_context()) from None
    result(str(path))
