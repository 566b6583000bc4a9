"""A kept sweep as one HTML page that needs nothing else: plan, provenance, answers, pictures, tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity import analysis
from comity.analysis.answer import Answer
from comity.analysis.sample import Refused, opened, source
from comity.figures import hypertext
from comity.figures.hypertext import number, safe
from comity.sweeps import Sweep

if TYPE_CHECKING:
    from pandas import DataFrame

FIRST: Final = ("integration", "respect")
NAME: Final = "report.html"
MOST_ROWS: Final = 40
KINDS_OF: Final = {
    "saltelli": ("sobol", "pawn", "prim"), "morris": ("morris",), "one_at_a_time": ("tornado",),
    "zip": ("regression",), "grid": ("tornado", "regression", "prim"),
}  # fmt: skip
USUAL: Final = ("tornado", "pawn", "regression", "prim")
TITLES: Final = {
    "sobol": "Which factors make it vary", "morris": "Which factors move it", "pawn": "Which factors shape it",
    "prim": "Where it is at its worst", "tornado": "From low to high", "regression": "As a sum, and as questions",
    "convergence": "How many runs are enough", "pareto": "What nothing beats",
}  # fmt: skip


def report(sweep: Sweep | str | Path, path: str | Path | None = None, outcomes: Sequence[str] | None = None) -> Path:
    """Write the page and say where it is: `report.html` in the sweep's folder if no path is given.

    `outcomes` are integration and respect if None, or the sweep's first two. Analyses are those that the design
    allows; one that refuses says why. WrongFolder, OtherRules as `Sweep.open`; Refused for an unknown outcome.
    """
    sw = opened(sweep)
    known = sw.manifest.outcomes
    named = list(outcomes or [name for name in FIRST if name in known] or known[:2])
    for name in named:
        if name not in known:
            raise Refused(f'the sweep does not report "{name}"; it reports {", ".join(known[:12])}')
    target = Path(path) if path is not None else sw.store.folder / NAME
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(sw, named), "utf-8")
    return target


def page(sw: Sweep, outcomes: Sequence[str]) -> str:
    """The page's text."""
    document = sw.manifest.document
    said = document["scenario"]
    title = said["title"] or said["name"]
    design = document["identity"]["design"]
    kind = str(design["design"]) if not design.get("blocks") and "csv" not in design else "blocks"
    parts = [f"<h1>{safe(title)}</h1>", f'<p class="soft">{safe(source(sw))}</p>', *_plan(sw, kind)]
    if len(outcomes) > 1:
        parts += ["<h2>Together</h2>", *_answered("pareto", lambda: analysis.pareto(sw, outcomes))]
    kinds = [*KINDS_OF.get(kind, USUAL), *(["convergence"] if sw.manifest.runs > 1 else [])]
    for name in outcomes:
        parts.append(f"<h2>{safe(name.replace('_', ' ').capitalize())}</h2>")
        for each in kinds:
            parts += _answered(each, lambda each=each, name=name: getattr(analysis, each)(sw, name))
    parts += _outcomes(sw)
    parts += _provenance(sw)
    return hypertext.page(title, parts)


def _answered(kind: str, ask: Any) -> list[str]:
    """Sentences, picture and table of an analysis; or why there is none."""
    heading = f"<h3>{safe(TITLES[kind])} <span class='soft'>({kind})</span></h3>"
    try:
        answer: Answer = ask()
    except Refused as error:
        return [heading, f'<p class="soft">Not answered: {safe(str(error))}.</p>']
    rows = answer.table()
    if kind == "pareto":
        rows = rows[rows["unbeaten"]]
    parts = [heading, *(f"<p>{safe(sentence)}</p>" for sentence in answer.sentences), hypertext.image(answer.plot())]
    parts.append(f"<details><summary>Table</summary>{_table(rows)}</details>")
    if "tree" in answer.facts:
        parts.append(f"<details><summary>Tree</summary><pre>{safe(str(answer.facts['tree']))}</pre></details>")
    return parts


def _plan(sw: Sweep, kind: str) -> list[str]:
    """What varied, how often it ran, and how far it is."""
    status = sw.status()
    rows = []
    for each in sw.points.factors:
        said = each.document()
        told = said.get("prior") or said.get("values")
        words = ", ".join(map(str, told)) if isinstance(told, list) else ""
        if isinstance(told, dict):
            ((name, numbers),) = told.items()
            words = f"{name} {' to '.join(f'{number:g}' for number in numbers)}" if name == "uniform" else (
                f"{name} ({', '.join(f'{number:g}' for number in numbers)})"
            )  # fmt: skip
        rows.append([each.column, each.path, words or "from a file"])
    state = f"{status.done:,} of {status.runs:,} runs done" + (f", {status.failed:,} failed" if status.failed else "")
    return [
        "<h2>Plan</h2>",
        f"<p>Design {safe(kind)}: {sw.manifest.points:,} points, {sw.manifest.runs:,} runs at each under the same "
        f"luck (seed {sw.manifest.document['seed']}); {state}.</p>",
        hypertext.table(["factor", "path", "values"], rows),
    ]


def _outcomes(sw: Sweep) -> list[str]:
    """A row for each outcome over all runs."""
    from comity.runs.interval import spread

    names = sw.manifest.outcomes
    table = sw.results(names)
    rows = []
    for name in names:
        found = spread(table[name].to_numpy("f8"))
        rows.append(
            [name, *(number(value) for value in (found.mean, found.sd, found.low, found.high)), f"{found.runs:,}"]
        )
    head = ["outcome", "mean", "sd", "low (5 %)", "high (95 %)", "runs with a value"]
    return ["<h2>All outcomes, over all points and runs</h2>", hypertext.table(head, rows)]


def _provenance(sw: Sweep) -> list[str]:
    document = sw.manifest.document
    rows = [
        ["scenario", document["scenario"]["name"]], ["scenario digest", document["scenario"]["digest"]],
        ["sweep hash", document["hash"]], ["rulebook", document["rulebook"]],
        ["rules of one's own", "yes" if document["own_rules"] else "none"],
        *[[f"version of {name}", version] for name, version in document["versions"].items()],
    ]  # fmt: skip
    return [
        "<h2>Provenance</h2>", hypertext.table(["what", "which"], rows),
        "<p>Each row of results.parquet can be run again: <code>Sweep.open(DIR).rerun(run_id)</code>.</p>",
    ]  # fmt: skip


def _table(rows: DataFrame) -> str:
    cells = [[number(value) for value in row] for row in rows.head(MOST_ROWS).itertuples(index=False)]
    more = f'<p class="soft">{len(rows) - MOST_ROWS} more rows.</p>' if len(rows) > MOST_ROWS else ""
    return hypertext.table([str(name) for name in rows.columns], cells) + more
