"""`comity list`: the catalogue, one claim a line."""

from __future__ import annotations

import click

from comity.cli.options import json_option
from comity.cli.verbs import Verb
from comity.cli.words import advise, definitions, document, nearest, result

KINDS = ("regions", "packages", "calendars", "scenarios", "levers", "forces", "outcomes", "parameters")
LONG = "parameters"
"""Hundreds of lines: shown on request alone."""
NEXT = {"levers": "comity show sunset", "forces": "comity show elections", "outcomes": "comity show respect",
        "parameters": "comity show forces.consent.capacity"}  # fmt: skip


@click.command("list", cls=Verb)
@click.argument("kind", required=False, metavar=f"[{'|'.join(KINDS)}]")
@json_option
def verb(kind: str | None, as_json: bool) -> None:
    """What there is, of one kind or of all, each with its claim."""
    from comity.runs.catalogue import catalogue

    if kind is not None and kind not in KINDS:
        raise click.UsageError(f'there is no list of "{kind}"{nearest(kind, KINDS)}', click.get_current_context())
    if as_json:
        document(catalogue(kind) if kind is not None else {each: catalogue(each) for each in KINDS})
        return
    for each in (kind,) if kind is not None else KINDS:
        if each == LONG and kind is None:
            continue
        rows = [(told["name"], _claim(told)) for told in catalogue(each)]
        if kind is None:
            result(f"{each}:")
        result("\n".join(definitions(rows, "" if kind else "  ")) or "  none yet")
    if kind is None:
        advise("Next: comity list parameters, or comity show NAME")
    else:
        advise(f"Next: {NEXT.get(kind, 'comity show eu')}")


def _claim(told: dict[str, object]) -> str:
    if "title" in told:
        return f"{told['title']}: {told['claim']}" if told["claim"] else str(told["title"])
    if "options" in told:
        return f"{told['default']}: {told['claim']}"
    if "default" in told:
        return f"{told['default']:g} {told['unit']}: {told['claim']}"
    return f"{told['claim']} [{told['unit']}]" if told.get("unit") else str(told["claim"])
