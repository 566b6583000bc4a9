"""`comity check`: everything that is wrong with scenario files, at once."""

from __future__ import annotations

import dataclasses

import click

from comity.cli.options import json_option
from comity.cli.verbs import DONE, WRONG_INPUT, Verb
from comity.cli.words import advise, document, result


@click.command("check", cls=Verb)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@json_option
def verb(files: tuple[str, ...], as_json: bool) -> int:
    """Tell every error of scenario files, as file:line:column: key: what is wrong."""
    from comity.scenario import check

    problems = check(files)
    if as_json:
        document([dataclasses.asdict(problem) for problem in problems])
    elif problems:
        for problem in problems:
            result(str(problem))
    else:
        result("\n".join(f"{file}: fine" for file in files))
        advise(f"Next: comity show {files[0]} --resolved, or comity run {files[0]}")
    if not problems:
        return DONE
    advise(f"{len(problems)} to mend. Next: comity check {' '.join(files)}")
    return WRONG_INPUT
