"""`comity turning`: which assumption could turn a conclusion, over all that is uncertain."""

from __future__ import annotations

import time

import click

from comity.cli import options
from comity.cli.verbs import Verb
from comity.cli.words import Progress, advise, document, result, span, table

REGIONS = ("eu", "asean", "ecowas", "mercosur", "african-union")


@click.command("turning", cls=Verb)
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@click.option("--from", "a", default="rigid", show_default=True, metavar="PACKAGE", help='A package; "" for none.')
@click.option(
    "--to", "b", default="respectful", show_default=True, metavar="PACKAGE", help="The package set against it."
)
@click.option("--outcome", "outcomes", multiple=True, metavar="NAME", help="Integration and respect if not given.")
@click.option("--points", **options.whole(20, 10**6), help="Draws of all the priors; 2.5 a number if not given.")
@click.option("--runs", **options.whole(1, 10**5), default="1", show_default=True, help="Paired runs at each draw.")
@options.seed_option
@options.json_option
def verb(
    scenarios: tuple[str, ...], a: str, b: str, outcomes: tuple[str, ...], points: int | None, runs: int,
    seed: int | None, as_json: bool,
) -> None:  # fmt: skip
    """What one package has more than another in each scenario, and which uncertain number could turn the answer.

    All numbers with a prior are drawn together; numbers that move the difference beyond chance are then put, each
    alone, at the ends of its own prior (5 and 95 percent). A conclusion that survives this rests on no single number;
    the share of draws says how often it survives all of them at once. All five regions if none is named.
    """
    from comity import engine
    from comity.analysis.turning import OUTCOMES, turning

    for name in scenarios or REGIONS:
        for package in (a, b):
            options.loaded(f"{name}+{package}" if package else name)
    engine.ready(say=advise)
    start = time.monotonic()
    with Progress("steps") as progress:
        try:
            told = turning(scenarios or REGIONS, a, b, outcomes or OUTCOMES, points, runs, seed=seed, progress=progress)
        except ValueError as error:
            raise click.UsageError(str(error), click.get_current_context()) from None
    if as_json:
        document(told.document())
    else:
        result(told.text() + "\n")
        result("\n".join(table(*_rows(told.document()["conclusions"]))))
    advise(f"in {span(time.monotonic() - start)}")


def _rows(conclusions: list[dict]) -> tuple[list[str], list[list[str]]]:  # type: ignore[type-arg]
    head = [
        "scenario",
        "outcome",
        "difference",
        "interval",
        "same sign",
        "suspect",
        "at its low end",
        "at its high end",
        "",
    ]
    rows = []
    for each in conclusions:
        share = f"{100 * each['share_same_sign']:.0f} %" if each["share_same_sign"] is not None else "-"
        first = [
            each["scenario"], each["outcome"], f"{each['difference']:+.3f}",
            f"{each['difference_low']:+.3f} to {each['difference_high']:+.3f}", share,
        ]  # fmt: skip
        for k, s in enumerate(each["suspects"] or [None]):
            lead = first if k == 0 else [""] * 5
            tail = ["none", "", "", ""] if s is None else [
                s["parameter"], f"{s['at_low']:+.3f} ({s['low_value']:.3g})",
                f"{s['at_high']:+.3f} ({s['high_value']:.3g})",
                "turns it" if s["turns"] else "",
            ]  # fmt: skip
            rows.append(lead + tail)
    return head, rows
