"""The story of a state in one run: prose for a student, tables for a researcher, a document for scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.runs import cards, organization, prose
from comity.runs.counterfactual import as_document
from comity.runs.decisions import ROUTINE
from comity.runs.kept import Kept, keeping, leaves
from comity.runs.quantities import term
from comity.runs.replay import Touch
from comity.runs.why import CHANCE, Decision, decisions, names_of, quarters_meant, row_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from comity.figures import Picture
    from comity.runs.result import Run

WIDE: Final = 100
MOST_BARS: Final = 6
"""Decisions in a picture."""


@dataclass(frozen=True, eq=False)
class Story:
    """What a member decided in a run, and what was decided about it, each with what weighed; or the organization.

    `decisions` in their order; `levers`, if they were asked for: those that would have kept the member in, if it `left`
    in this run. Printed, it is its text.
    """

    run: Run = field(repr=False)
    member: str | None
    name: str
    decisions: tuple[Decision, ...]
    levers: tuple[Kept, ...] | None = None
    whole: bool = True
    """Whether it is the story of the whole run, not of some quarters."""

    def text(self, width: int = WIDE) -> str:
        """The story in words, in lines of so many characters."""
        return "\n".join(prose.lines(self, width))

    def __str__(self) -> str:
        return self.text()

    @property
    def left(self) -> bool:
        """Whether the member left at any time of the run, which is played once more for it."""
        return self.member is not None and leaves(self.run, row_of(self.run, self.member))

    def levers_in_words(self) -> list[str]:
        """What would have kept it in, if that was asked for and it left."""
        if self.levers is None or not self.left:
            return []
        if not self.levers:
            return ["No single lever, at any strength from the start, would have kept it in: each was tried in a run."]
        told = "; ".join(f"{each.change}: stays" for each in self.levers)
        return [f"Played again under the same luck with one lever different: {told}. With no other lever alone."]

    def table(self) -> DataFrame:
        """A row for each decision.

        quarter, date, iso3, decision, result, detail, measure, area; logit, threshold, margin, draw, chance; column,
        before, after, size, change, turned: the smallest change that turns it, in spreads between states, and to what.
        """
        import pandas as pd

        rows = [_row(each) for each in self.decisions]
        table = pd.DataFrame(rows, columns=list(_row(None)))
        whole = {"quarter": "int64", "measure": "Int64"}
        words = ("date", "iso3", "decision", "result", "detail", "area", "column", "change", "turned")
        numbers = ("logit", "threshold", "margin", "draw", "chance", "before", "after", "size")
        kinds = whole | dict.fromkeys(words, "string") | dict.fromkeys(numbers, "float64")
        return table.astype(kinds)

    def terms(self) -> DataFrame:
        """A row for each decision and term, in the order in which they were summed: quarter, date, decision, measure,
        term, value."""
        import pandas as pd

        rows = [
            (each.quarter, each.date, each.decision, each.measure, name, value)
            for each in self.decisions
            for name, value in each.terms.items()
        ]
        table = pd.DataFrame(rows, columns=["quarter", "date", "decision", "measure", "term", "value"])
        words = dict.fromkeys(("date", "decision", "term"), "string")
        return table.astype({"quarter": "int64", "measure": "Int64", "value": "float64", **words})

    def document(self) -> dict[str, Any]:
        """The document of `comity why --json`; the terms add up to the logit in their order."""
        told: dict[str, Any] = {
            "scenario": self.run.scenario.name,
            "seed": self.run.seed,
            "run": self.run.run,
            "member": self.member,
            "name": self.name,
            "decisions": [_document(each) for each in self.decisions],
        }
        if self.levers is not None:
            told["levers"] = [each.document() for each in self.levers]
        return told

    def page(self) -> dict[str, Any]:
        """The story as a page shows it, plain values: for each decision a card with heading, sentences, bars in words,
        what turns it, and the mechanism behind it with claim and sources."""
        return cards.page(self)

    def plot(self, path: str | Path | None = None) -> Picture:
        """Bars of the terms of the weightiest decisions."""
        from comity import figures
        from comity.runs.plots import caption

        shown = [_Bars(each) for each in self.weightiest()]
        title = f"{self.name}: what weighed, {self.run.scenario.title}"
        return figures.terms(shown, path, title, caption(self.run, f"run {self.run.run}"))

    def weightiest(self, most: int = MOST_BARS) -> list[Decision]:
        """The weightiest decisions with terms, in their order: great ones before small ones, close ones first."""
        with_terms = [each for each in self.decisions if each.terms and CHANCE not in each.terms]
        great, small = prose.chosen(self)
        told = {id(each): rank for rank, part in enumerate((small, great), 1) for each in part}
        first = sorted(with_terms, key=lambda each: (-told.get(id(each), 0), prose.closeness(each)))
        shown = {id(each) for each in first[:most]}
        return [each for each in self.decisions if id(each) in shown]


@dataclass(frozen=True, slots=True)
class _Bars:
    """A decision as the figure of terms takes it."""

    decision: Decision

    @property
    def heading(self) -> str:
        return f"{self.decision.date}  {prose.heading(self.decision)}"

    @property
    def bars(self) -> list[tuple[str, float]]:
        return [(term(name), value) for name, value in self.decision.weighed]

    @property
    def logit(self) -> float | None:
        return self.decision.logit

    @property
    def threshold(self) -> float | None:
        return self.decision.threshold

    @property
    def turn(self) -> str:
        return prose.turning(self.decision, others=False)


def told(
    run: Run, member: str | None, quarter: int | str | None = None, levers: bool = False,
    progress: Callable[[int, int], None] | None = None, touch: Touch | None = None, least: int = ROUTINE,
    until: int | None = None,
) -> Story:  # fmt: skip
    """The story of a member in a run; see `Run.why`. `progress(done, all)` is called as levers are tried.

    With a `touch` it is the story of the run so changed; levers are then those of the run as it was. Decisions of less
    weight than `least`, and those after the quarter `until`, are left out.
    """
    quarters = quarters_meant(run.begin, quarter)
    quarters = quarters if until is None else range(quarters.start, min(quarters.stop, until + 1))
    if member is None:
        heard = [each for each in organization.decisions(run, quarters, touch) if each.weight >= least]
        return Story(run, None, run.scenario.title, tuple(heard), None, quarter is None)
    row = row_of(run, member)
    found = tuple(decisions(run.begin, run.seed, run.run, row, quarters, touch=touch, least=least))
    code = run.begin.members[row]
    kept = (tuple(keeping(run, row, progress)) if leaves(run, row) else ()) if levers else None
    return Story(run, code, names_of(run)[code], found, kept, quarter is None)


def _row(each: Decision | None) -> dict[str, Any]:
    if each is None:
        each = Decision(0, "", "", "", None, None, None, None, None, None, {}, None, 0, None)
    turn = each.counterfactual
    return {
        "quarter": each.quarter,
        "date": each.date,
        "iso3": each.member,
        "decision": each.decision,
        "result": each.result,
        "detail": each.detail or None,
        "measure": each.measure,
        "area": each.area,
        "logit": each.logit,
        "threshold": each.threshold,
        "margin": each.margin,
        "draw": each.draw,
        "chance": each.chance,
        "column": None if turn is None else turn.column.replace(".", "_"),
        "before": None if turn is None else turn.before,
        "after": None if turn is None else turn.after,
        "size": None if turn is None else turn.size,
        "change": None if turn is None else turn.change,
        "turned": None if turn is None else turn.result,
    }


def _document(each: Decision) -> dict[str, Any]:
    words = ("quarter", "date", "decision", "result", "detail", "measure", "area", "member")
    told = {name: getattr(each, name) for name in words}
    told |= {name: getattr(each, name) for name in ("logit", "threshold", "draw", "chance")}
    told |= {"terms": dict(each.terms), "counterfactual": as_document(each.counterfactual, each.result)}
    return told | {"alternatives": [as_document(other, each.result) for other in each.alternatives]}
