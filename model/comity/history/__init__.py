"""History as it happened, scored: who left the Union, how trust and challengers moved, who ratified in Africa.

Each chapter plays a shipped scenario from its start year many times, with every uncertain number drawn from its
prior, and holds the ensemble against what came: by scores that reward an honest forecast (Brier, CRPS), beside what one
without a model would have said. Shocks from outside are given with their dates, the British vote of 2016 among them:
the chapter on exits is told with that date and without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from comity.history.chapter import Chapter, Score
from comity.history.deposits import deposits
from comity.history.leaving import leaving
from comity.history.playing import play
from comity.history.record import CHALLENGERS, TRUST
from comity.history.through_years import TRUST_STEP, VOTE_STEP, through_years
from comity.runs import Scenario, load

__all__ = ["CHAPTERS", "Chapter", "History", "Score", "history"]

RUNS: Final = 200
YEARS_OF_TRUST: Final = 26
GIVEN: Final = "shocks.events.referendum-britain"

Done = Callable[[int, int], None]


@dataclass(frozen=True)
class History:
    """The chapters, and what they were told from."""

    chapters: tuple[Chapter, ...]
    runs: int
    seed: int

    def text(self) -> str:
        """Question, sentences and scores of each chapter."""
        parts = []
        for each in self.chapters:
            lines = [each.question, *each.sentences]
            for score in each.scores:
                naive = ", ".join(f"{name} {value:.4f}" for name, value in score.naive.items())
                lines.append(f"  {score.what} ({score.rule}, {score.role}): model {score.model:.4f}; {naive}")
            parts.append("\n".join(lines))
        return "\n\n".join(parts)

    def document(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"runs": self.runs, "seed": self.seed, "chapters": [each.document() for each in self.chapters]}


def history(
    runs: int = RUNS, seed: int = 1, chapters: tuple[str, ...] | None = None, workers: int | None = None,
    progress: Done | None = None,
) -> History:  # fmt: skip
    """The chapters asked for, all of `CHAPTERS` if None. ValueError for a chapter that there is none of."""
    asked = tuple(CHAPTERS) if chapters is None else chapters
    for name in asked:
        if name not in CHAPTERS:
            raise ValueError(f"there is no chapter {name!r}; there are {', '.join(CHAPTERS)}")
    told = []
    for k, name in enumerate(asked):
        told.append(CHAPTERS[name](runs, seed, workers))
        if progress is not None:
            progress(k + 1, len(asked))
    return History(tuple(told), runs, seed)


def _drawn(name: str, years: int, **changes: Any) -> Scenario:
    return load(name).with_({"run.years": years, "run.uncertainty": "all", **changes})


def _exits(runs: int, seed: int, workers: int | None) -> Chapter:
    return leaving(play(_drawn("eu", 15), {"members": ("left",)}, runs, seed, workers))


def _exits_undated(runs: int, seed: int, workers: int | None) -> Chapter:
    without = _drawn("eu", 15, **{GIVEN: None})
    told = leaving(play(without, {"members": ("left",)}, runs, seed, workers))
    question = "Who leaves, if the model is not told of the vote of 2016?"
    return Chapter("exits-undated", question, told.sentences, told.scores, told.rows)


def _trust(runs: int, seed: int, workers: int | None) -> Chapter:
    return _of_the_union("trust", runs, seed, workers)


def _votes(runs: int, seed: int, workers: int | None) -> Chapter:
    return _of_the_union("votes", runs, seed, workers)


def _of_the_union(name: str, runs: int, seed: int, workers: int | None) -> Chapter:
    """From January 2000, so that the crises lie ahead of the start; the figure held is the last one before it."""
    scenario = _drawn("single-market-2000", YEARS_OF_TRUST)
    column = {"trust": "tallies.trust_now", "votes": "tallies.challenger_now"}[name]
    played = play(scenario, {"tallies": (column.partition(".")[2],)}, runs, seed, workers)

    def values(year: int) -> Any:
        return played.of_year(column, year)[:, 0]

    if name == "votes":
        return through_years(
            "votes", "How far do Eurosceptic parties rise?", "challenger vote", played, values, CHALLENGERS,
            0.12, VOTE_STEP, 1999,
        )  # fmt: skip
    start = float(values(2000).mean())
    return through_years(
        "trust", "Where does trust in the Union go?", "trust", played, values, TRUST, start, TRUST_STEP, 1999
    )


def _deposits(runs: int, seed: int, workers: int | None) -> Chapter:
    wanted = {"posts": ("rung",), "measures": ("stage",), "members": ("legislature", "capacity", "population")}
    return deposits(play(_drawn("free-trade-area", 8), wanted, min(runs, 100), seed, workers))


CHAPTERS: Final[dict[str, Callable[[int, int, int | None], Chapter]]] = {
    "exits": _exits,
    "exits-undated": _exits_undated,
    "trust": _trust,
    "votes": _votes,
    "deposits": _deposits,
}
"""Each chapter by its name."""
