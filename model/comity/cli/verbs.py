"""The verbs, each fetched when it is typed, and one way for everything to end: a message, advice, an exit code."""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Sequence
from typing import Any, Final

import click

from comity.cli import options
from comity.cli.words import advise, nearest

DONE: Final = 0
WRONG_INPUT: Final = 1
WRONG_COMMAND: Final = 2
FAILED: Final = 3
STOPPED: Final = 130
"""What a shell reports for a program that Ctrl-C ended."""

VERBS: Final = {
    "demo": "A real region with and without a policy package, under the same luck: findings and a picture.",
    "list": "What there is: regions, packages, calendars, scenarios, levers, forces, outcomes, parameters.",
    "show": "A scenario, lever, force, outcome or parameter explained.",
    "check": "Every error of scenario files at once, with line and column.",
    "new": "Write a commented scenario file to start from.",
    "run": "Run a scenario, once or many times: outcomes with intervals.",
    "compare": "Two or more scenarios under the same luck: differences with intervals.",
    "effects": "What each lever of a package does, alone and with others: shares that add up.",
    "why": "The story of a member: what it decided, what weighed, and what would have turned it.",
    "dashboard": "The live page in a browser: levers, pictures, why; --classroom for a class.",
    "sweep": "Many points, many runs at each, on any number of machines: plan, run, go on, collect.",
    "analyse": "What a kept sweep says: which factors matter, where it fails, how many runs are enough.",
    "gallery": "How the model fares against what is known: facts, patterns, history, fit, on one page.",
    "history": "History as it happened against the runs: exits, trust, votes, deposits, by proper scores.",
    "turning": "Which uncertain number could turn what one package has more than another.",
    "search": "Levers that do best in several goals, in the mean and in bad luck, under a budget.",
    "calibrate": "Fit uncertain numbers to facts: posterior, misses, and what the facts do not speak to.",
    "facts": "The model against a table of facts: hits and misses, a naive forecast beside each.",
    "report": "One HTML page of a kept sweep: plan, provenance, pictures, tables.",
    "plot": "One picture of a kept sweep.",
    "export": "Tables of a kept run or sweep for R, Stata, Excel, with their dictionary.",
    "cite": "The literature, facts and data behind a scenario.",
    "odd": "The model in words and tables (ODD+D).",
    "schema": "The JSON Schema of scenario files.",
    "doctor": "What this machine has, and what is wrong with it.",
}
"""Each verb, in the module of its name, and its one line; here, so that `comity --help` need not fetch them."""

DEBUG: Final = options.DEBUG


class Verb(click.Command):
    """A verb. It returns its exit code, or None when it is done."""

    def __init__(self, *arguments: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        self.params.append(options.debug_option())


class Verbs(click.Group):
    """All verbs. A name that is none meets the nearest one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order in which a newcomer meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, from the module of its name."""
        if cmd_name not in VERBS:
            return None
        found: click.Command = importlib.import_module(f"comity.cli.{cmd_name}").verb
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that was typed; UsageError, with the nearest one, if there is none."""
        if args[0] not in VERBS and not args[0].startswith("-"):
            raise click.UsageError(f'there is no verb "{args[0]}"{nearest(args[0], VERBS)}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with their one line."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **said: Any) -> Any:
        """Run what was typed, tell what went wrong in words, and exit with the code that scripts rely on."""
        if not said.get("standalone_mode", True):
            return super().main(args, *rest, **said)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        typed = list(sys.argv[1:] if args is None else args)
        said |= {"standalone_mode": False, "prog_name": "comity"}
        try:
            code = super().main(typed, *rest, **said)
        except Exception as error:
            if DEBUG in typed:
                traceback.print_exc()
            code = _told(error)
        sys.exit(code if isinstance(code, int) else DONE)


def _told(error: Exception) -> int:
    """Say what went wrong and what to do; the exit code."""
    if isinstance(error, click.Abort):
        advise("Stopped. Nothing is half written; the same command starts over and gives the same runs.")
        return STOPPED
    if isinstance(error, click.ClickException):
        verb = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "comity"
        advise(f"{verb}: {error.format_message()}")
        advise(f"Next: {verb} --help")
        return WRONG_COMMAND

    from comity.scenario import ScenarioError

    if isinstance(error, ScenarioError):
        for problem in error.problems:
            advise(str(problem))
        return WRONG_INPUT
    advise(f"comity: this failed, and should not have: {type(error).__name__}: {error}")
    advise(f"Next: the same command with {DEBUG} shows where; comity doctor looks at this machine")
    return FAILED


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(package_name="comity", message="comity %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """A laboratory for one question: can states integrate while their politics at home stay diverse and sovereign?

    Start with `comity demo`.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


main.params.append(options.debug_option())
