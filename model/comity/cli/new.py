"""`comity new`: a commented file to start a scenario from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from comity.cli.options import loaded
from comity.cli.verbs import Verb
from comity.cli.words import advise, result

SCHEMA: Final = "comity.schema.json"
TEXT: Final = """\
# yaml-language-server: $schema={schema}
# A scenario holds differences only: what stands here wins over what it extends.
title: {title}
story: say in one line what it is about
extends: {parents}

run:
  years: {years}
  # seed: 1               # the same seed, the same luck
  # runs: 100             # how many runs an ensemble has

# Every value that may be changed, with the file it comes from: comity show {source} --resolved
# organization:
#   depth: {depth}             # how ambitious a measure is, 0 to 1
#   pace: {pace}              # measures tabled a year

# What each lever does: comity list levers. Its price and its numbers: comity show sunset
# levers:
#   sunset: {{on: true, strength: 0.6, from: {start}, areas: [{area}]}}
#   waiver: {{on: true, members: [{member}]}}

# What happens from outside, by name. A number may be a prior.
# shocks:
#   events:
#     storm: {{kind: economic, from: {start}Q3, until: {start}Q4, size: 1.5, members: all}}
"""


@click.command("new", cls=Verb)
@click.argument("name")
@click.option("--from", "source", default="eu", show_default=True, help="The scenario to start from.")
def verb(name: str, source: str) -> None:
    """Write NAME.yaml, a commented scenario that extends another."""
    from comity.scenario import schema_file

    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    found = loaded(source)
    found.require_region()
    told = found.resolved
    text = TEXT.format(
        schema=SCHEMA,
        title=json.dumps(path.stem),
        parents=_parents(source, path),
        years=told["run"]["years"],
        source=source,
        depth=told["organization"]["depth"],
        pace=told["organization"]["pace"],
        start=told["run"]["start"],
        area=next(iter(told["areas"])),
        member=next(iter(told["region"].get("members") or ["DEU"])),
    )
    beside = path.parent / SCHEMA
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        beside.write_text(json.dumps(schema_file()) + "\n", encoding="utf-8")
    except FileExistsError:
        raise click.UsageError(f"{path} is there already; name another file") from None
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror or error}") from None
    result(str(path))
    advise(f"{beside} beside it lets editors complete and check it.")
    advise(f"Next: comity check {path}")


def _parents(source: str, path: Path) -> str:
    """What the new file extends; a file is named as seen from it."""
    names = [source] if Path(source).exists() else source.split("+")
    told = [Path(name).name if Path(name).exists() and Path(name).parent == path.parent else name for name in names]
    return told[0] if len(told) == 1 else f"[{', '.join(told)}]"
