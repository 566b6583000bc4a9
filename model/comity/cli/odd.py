"""`comity odd`: the model in words and tables."""

from __future__ import annotations

import click

from comity.cli.options import json_option
from comity.cli.verbs import DONE, WRONG_INPUT, Verb
from comity.cli.words import advise, document, result


@click.command("odd", cls=Verb)
@click.option("--write", "in_place", is_flag=True, help="Make the tables of a checkout anew, in place.")
@json_option
def verb(in_place: bool, as_json: bool) -> int:
    """Print the description of the model (ODD+D), its tables made from the declarations."""
    from comity.document import odd

    if in_place:
        if not odd.is_checkout():
            advise("an installed package is not written to; comity odd --write needs a checkout")
            return WRONG_INPUT
        try:
            changed = odd.write()
        except OSError as error:
            advise(f"{error.filename} cannot be written: {error.strerror or error}")
            return WRONG_INPUT
        if as_json:
            document({"changed": [str(path) for path in changed]})
        else:
            result("\n".join(f"{path}: made anew" for path in changed) or "every table was up to date")
        return DONE
    if as_json:
        document({name: table.documents() for name, table in odd.tables().items()})
    else:
        result(odd.whole().rstrip("\n"))
    return DONE
