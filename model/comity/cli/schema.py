"""`comity schema`: what a scenario file may hold, for editors."""

from __future__ import annotations

import click

from comity.cli.verbs import Verb
from comity.cli.words import advise, document


@click.command("schema", cls=Verb)
def verb() -> None:
    """Print the JSON Schema of scenario files."""
    from comity.scenario import schema_file

    document(schema_file())
    advise("Next: comity schema > comity.schema.json, or comity new NAME, which writes it beside the file")
