"""`comity gallery`: how the model fares against what is known, on one page."""

from __future__ import annotations

import time
from pathlib import Path

import click

from comity.cli import options
from comity.cli.verbs import Verb
from comity.cli.words import Progress, advise, result, span


@click.command("gallery", cls=Verb)
@click.option("--out", default="comity-out/gallery.html", show_default=True, type=click.Path(path_type=Path),
              help="The page; its document goes beside it as JSON.")  # fmt: skip
@click.option(
    "--part", "parts", multiple=True, metavar="NAME", help="facts, patterns, history, fit or turning; all if none."
)
@click.option("--runs", **options.whole(20, 10**5), help="Runs of each world; as each part asks for if not given.")
@options.seed_option
@options.workers_option
def verb(out: Path, parts: tuple[str, ...], runs: int | None, seed: int | None, workers: int | None) -> None:
    """Every fact, pattern and chapter of history with picture, verdict and source; misses with reasons; the fit; and
    for each region which uncertain number could turn the founding question's answer. Some minutes."""
    from comity import engine
    from comity.gallery import PARTS, gallery

    unknown = [name for name in parts if name not in PARTS]
    if unknown:
        raise click.UsageError(
            f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}", click.get_current_context()
        )
    engine.ready(say=advise)
    start = time.monotonic()
    with Progress("parts") as progress:
        found = gallery(runs, 1 if seed is None else seed, parts or PARTS, workers=workers, progress=progress)
    result(str(found.save(out)))
    advise(f"measured in {span(time.monotonic() - start)}; open it in a browser")
