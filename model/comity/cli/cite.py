"""`comity cite`: the literature behind a scenario."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from comity.cli import options
from comity.cli.verbs import Verb
from comity.cli.words import advise, document, result, width

if TYPE_CHECKING:
    from comity.document import Citation

MOST_USES: Final = 4


@click.command("cite", cls=Verb)
@click.argument("scenario")
@options.settings_option
@click.option("--bibtex", is_flag=True, help="Print BibTeX entries and nothing else.")
@options.json_option
def verb(scenario: str, settings: tuple[str, ...], bibtex: bool, as_json: bool) -> None:
    """Tell what a scenario rests on: studies, facts, data, and how much is assumption.

    The levers that are on, the rival theories chosen, the outcomes reported and the region's data count, and no others.
    """
    if bibtex and as_json:
        raise click.UsageError("--bibtex and --json exclude each other", click.get_current_context())
    found = options.loaded(scenario, settings)

    from comity.document import cite

    told = cite(found)
    if as_json:
        document(told.document())
    elif bibtex:
        result(told.bibtex())
    else:
        _show(told)
        advise(f"Next: comity cite {scenario} --bibtex, or comity odd")


def _show(told: Citation) -> None:
    from comity.literature import FACTS, WORKS

    program = told.program
    if program:
        result(f"{', '.join(program['authors'])}: {program['title']}, version {program['version']}.")
    result(f"\nLiterature behind {told.title}:")
    for key, used in told.works.items():
        _entry(WORKS[key].reference, f"for {_uses(used)}")
    result("\nFacts:")
    for key, used in told.facts.items():
        fact = FACTS[key]
        says = fact.says or f"{fact.topic}; its figure is kept apart for the examination of the model."
        _entry(f"{key}  {says} [{fact.status}]", f"for {_uses(used)}")
    if told.data:
        result("\nData of the region:")
        for key, source in told.data.items():
            licence = f" [{source['licence']}]" if source.get("licence") else ""
            _entry(f"{key}: {source['title']}{licence}", str(source.get("note") or ""))
    result(f"\n{told.assumptions} of {told.numbers} numbers in use are assumptions; comity odd tells which.")


def _uses(used: Sequence[str]) -> str:
    words = list(dict.fromkeys(use.removesuffix(" (number)") for use in used))
    more = f", and {len(words) - MOST_USES} more" if len(words) > MOST_USES else ""
    return "; ".join(words[:MOST_USES]) + more


def _entry(text: str, below: str) -> None:
    result(textwrap.fill(text, width(), initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False,
                         break_long_words=False))  # fmt: skip
    if below:
        result(textwrap.fill(below, width(), initial_indent="      ",
                             subsequent_indent="      "))  # fmt: skip
