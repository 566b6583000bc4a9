"""What verbs have in common: their options, and how a scenario is named and changed on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from comity.runs import Scenario

Decorator = Callable[[Any], Any]
DEBUG: Final = "--debug"
LARGEST_SEED: Final = 2**64 - 1
MOST_YEARS: Final = 200
MOST_RUNS: Final = 1_000_000


def debug_option() -> click.Option:
    """What every verb has."""
    return click.Option([DEBUG], is_flag=True, expose_value=False, help="Show where an error came from.")


def whole(low: int, high: int) -> dict[str, Any]:
    """What makes an option take a whole number within bounds, and tell the bounds to whoever misses them."""

    def convert(ctx: click.Context, option: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        try:
            found = int(value)
        except ValueError:
            found = low - 1
        if not low <= found <= high:
            raise click.BadParameter(f"needs a whole number from {low} to {high}, not {value[:40]!r}", ctx, option)
        return found

    return {"metavar": "N", "callback": convert}


json_option: Decorator = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
settings_option: Decorator = click.option(
    "-s", "--set", "settings", multiple=True, metavar="KEY=VALUE",
    help="Another value at a dotted path, such as levers.waiver.on=true; may be repeated.",
)  # fmt: skip
seed_option: Decorator = click.option(
    "--seed", **whole(0, LARGEST_SEED), help="The seed of luck; the scenario's if not given."
)
runs_option: Decorator = click.option(
    "--runs", **whole(1, MOST_RUNS), help="How many runs; the scenario's if not given."
)
years_option: Decorator = click.option("--years", **whole(1, MOST_YEARS), help="How long a run lasts.")
workers_option: Decorator = click.option(
    "--workers",
    **whole(1, 1024),
    help="Threads; as many as there are cores if not given. Results do not depend on it.",
)
out_option: Decorator = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Keep tables, picture and manifest in this folder."
)


def _picture(ctx: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    """Told before anything is computed: a suffix that no picture has, or a folder that cannot be."""
    if value is None:
        return None
    from comity.figures.style import DESCRIPTION

    if value.suffix.lower() not in DESCRIPTION:
        raise click.BadParameter(f"a picture ends in {', '.join(DESCRIPTION)}, not {value.name!r}", ctx, option)
    try:
        value.parent.mkdir(parents=True, exist_ok=True)
        with value.open("ab"):
            pass
    except OSError as error:
        raise click.BadParameter(f"{value} cannot be written to: {error.strerror or error}", ctx, option) from None
    if not value.stat().st_size:
        value.unlink()
    return value


picture_option: Decorator = click.option(
    "--picture", type=click.Path(dir_okay=False, path_type=Path), callback=_picture, metavar="FILE",
    help="Draw it, too: .png, .svg or .pdf.",
)  # fmt: skip


def loaded(name: str, settings: tuple[str, ...] = (), years: int | None = None) -> Scenario:
    """The scenario of a name or path, with changes from the command line; ScenarioError tells all that is wrong."""
    from comity.runs import load
    from comity.scenario import Problem, ScenarioError, set_from_text

    problems: list[Problem] = []
    changes: dict[str, Any] = {} if years is None else {"run.years": years}
    found: Scenario | None = None
    try:
        found = load(name)
    except ScenarioError as error:
        problems.extend(error.problems)
    for text in settings:
        try:
            changes |= set_from_text(text)
        except ScenarioError as error:
            problems.extend(error.problems)
    if problems or found is None:
        raise ScenarioError(problems)
    return found.with_(changes, "--years") if changes else found
