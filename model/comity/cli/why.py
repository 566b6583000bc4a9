"""`comity why`: the story of a member in one run, decision by decision."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli import options
from comity.cli.options import whole
from comity.cli.verbs import Verb
from comity.cli.words import Progress, advise, document, result, width

if TYPE_CHECKING:
    from comity.runs.story import Story


@click.command("why", cls=Verb)
@click.argument("scenario")
@click.option("--member", metavar="ISO3", help="Whose story; the organization's own if not given.")
@options.settings_option
@options.seed_option
@click.option(
    "--run", "run", default="0", show_default=True, **whole(0, options.LARGEST_SEED), help="Number of the run."
)
@click.option("--quarter", metavar="2016Q3", help="One quarter alone, or one year (2016).")
@options.years_option
@click.option("--levers", is_flag=True, help="If it left: which lever would have kept it in (some dozen runs).")
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="Draw what weighed into this file.")
@options.json_option
def verb(
    scenario: str,
    member: str | None,
    settings: tuple[str, ...],
    seed: int | None,
    run: int,
    quarter: str | None,
    years: int | None,
    levers: bool,
    picture: Path | None,
    as_json: bool,
) -> None:
    """Why a member did what it did: what it decided, what weighed, and what would have turned it."""
    found = options.loaded(scenario, settings, years)
    found.require_region()

    from comity import engine
    from comity.runs.story import told
    from comity.runs.why import quarters_meant, row_of

    engine.ready(say=advise)
    played = found.run(seed, run)
    try:
        if member is not None:
            row_of(played, member)
        quarters_meant(played.begin, quarter)
    except ValueError as error:
        raise click.UsageError(str(error), click.get_current_context()) from None
    with Progress("levers") as progress:
        story = told(played, member, quarter, levers, progress)
    if as_json:
        document(story.document())
    else:
        result(story.text(min(width(), 110)))
    if picture is not None:
        story.plot(picture)
    _advise(story, scenario, levers)


def _advise(story: Story, typed: str, levers: bool) -> None:
    whose = "" if story.member is None else f" --member {story.member}"
    this = f"comity why {typed}{whose} --seed {story.run.seed}"
    if any(each.decision == "exit" for each in story.decisions) and not levers:
        advise(f"Next: {this} --levers, for which lever would have kept it in")
    elif story.whole and story.decisions:
        busiest = max(story.decisions, key=lambda each: each.weight)
        advise(f"Next: {this} --quarter {busiest.date}, for all of that quarter")
    else:
        advise(f"Next: {this}, for the whole story")
