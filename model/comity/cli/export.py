"""`comity export`: tables of a kept run or sweep for R, Stata and Excel."""

from __future__ import annotations

from pathlib import Path

import click

from comity.cli.verbs import Verb
from comity.cli.words import advise, result


@click.command("export", cls=Verb)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--csv", is_flag=True, help="Comma-separated text.")
@click.option("--dta", is_flag=True, help="Stata 14 and later.")
@click.option("--xlsx", is_flag=True, help="Excel, with the dictionary as a second sheet.")
@click.option("--crate", is_flag=True, help="ro-crate-metadata.json: the folder as an RO-Crate, for archives.")
def verb(folder: Path, csv: bool, dta: bool, xlsx: bool, crate: bool) -> None:
    """Write the tables of a folder in other formats beside them; dictionary.csv says what their columns are."""
    from comity.sweeps.crate import crate as describe
    from comity.sweeps.export import CannotExport, export

    asked = {"csv": csv, "dta": dta, "xlsx": xlsx}
    kinds = tuple(kind for kind, wanted in asked.items() if wanted)
    if not kinds and not crate:
        raise click.UsageError("name a format: --csv, --dta, --xlsx or --crate", click.get_current_context())
    try:
        for path in export(folder, kinds) if kinds else ():
            result(str(path))
        if crate:
            result(str(describe(folder)))
    except CannotExport as error:
        raise click.UsageError(str(error), click.get_current_context()) from None
    advise(f"{folder / 'dictionary.csv'} says what each column is")
    advise(f"Next: comity sweep status {folder}" if (folder / "runs").is_dir() else "Next: comity list outcomes")
