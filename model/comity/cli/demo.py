"""`comity demo`: a real region beside itself with a policy package, under the same luck."""

from __future__ import annotations

import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from comity.cli.verbs import Verb
from comity.cli.words import Progress, advise, result, span, width

REGION: Final = "eu"
PACKAGE: Final = "respectful"
RUNS: Final = 16
"""Enough for clear signs, few enough for three seconds."""
PICTURE: Final = Path("comity-out") / "demo.png"
NEXT: Final = (
    ("comity compare eu eu+rigid", "another package against the same baseline"),
    ("comity list levers", "what an organization may choose, and at which price"),
    ("comity run eu -s levers.waiver.on=true", "one lever alone"),
    ("comity new mine", "a scenario of your own"),
)


@click.command("demo", cls=Verb)
def verb() -> None:
    """Play the European Union with and without a policy package: six findings, and a picture in comity-out/."""
    from comity import engine
    from comity.runs import compare, load

    start = time.monotonic()
    advise("The European Union from 2010, as it was and with the package `respectful`: the same shocks, the same luck.")
    first, second = load(REGION), load(f"{REGION}+{PACKAGE}")
    engine.ready(say=advise)
    drawing = _in_background(_get_ready_to_draw)
    with Progress("runs") as progress:
        pair = compare(first, second, runs=RUNS, progress=progress, series=True)

    from comity.cli.findings import findings

    years = first.value("run.years")
    result(f"{years} years, {RUNS} runs of each. In brackets: where the mean difference lies, with 95% confidence.\n")
    for number, sentence in enumerate(findings(pair), 1):
        result(textwrap.fill(sentence, width(), initial_indent=f"{number}  ", subsequent_indent="   "))
    drawing.join()
    _draw(pair.plot.page)
    advise(f"\nDone in {span(time.monotonic() - start)}. These compare rules, they forecast nothing. Next:")
    for line, why in NEXT:
        advise(f"  {line:<40}{why}")


def _in_background(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def _get_ready_to_draw() -> None:
    """Slow libraries are fetched while the engine runs without the interpreter's lock."""
    import pandas  # noqa: F401

    from comity import figures

    figures.ready()


def _draw(page: Callable[[Path], object]) -> None:
    try:
        PICTURE.parent.mkdir(exist_ok=True)
        page(PICTURE)
    except OSError as error:
        advise(f"\nno picture: {PICTURE} cannot be written: {error.strerror or error}")
        return
    result(f"\n{PICTURE}")
