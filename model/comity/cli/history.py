"""`comity history`: what happened, against what the runs gave it and what one without a model would have said."""

from __future__ import annotations

import click

from comity.cli import options
from comity.cli.verbs import Verb
from comity.cli.words import Progress, advise, document, result


@click.command("history", cls=Verb)
@click.argument("chapters", nargs=-1, metavar="[CHAPTER]...")
@click.option("--runs", **options.whole(20, 10**5), default="200", show_default=True, help="Runs of each chapter.")
@options.seed_option
@options.workers_option
@options.json_option
def verb(chapters: tuple[str, ...], runs: int, seed: int | None, workers: int | None, as_json: bool) -> None:
    """Chapters of history: exits, exits-undated, trust, votes, deposits; all if none is named.

    Each plays a region from its start year with every uncertain number drawn from its prior, and scores the runs
    against what came (Brier and CRPS: lower is better), beside naive forecasts. Fitted: numbers were fitted to a fact
    of that kind. Informed: never fitted, but known while the rules were made.
    """
    from comity import engine
    from comity.history import CHAPTERS, history

    unknown = [name for name in chapters if name not in CHAPTERS]
    if unknown:
        raise click.UsageError(
            f"there is no chapter {unknown[0]!r}; there are {', '.join(CHAPTERS)}", click.get_current_context()
        )
    engine.ready(say=advise)
    with Progress("chapters") as progress:
        told = history(runs, 1 if seed is None else seed, chapters or None, workers, progress)
    if as_json:
        document(told.document())
    else:
        result(told.text())
    advise("Next: comity facts")
