"""Results of runs: one, or many under one seed; each can say what it is a result of."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import math
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

import comity
from comity import engine
from comity.beginning import Beginning
from comity.runs import course, events, measures, moves
from comity.runs.interval import quantiles, spread
from comity.runs.plots import EnsemblePlots, RunPlots
from comity.scenario import Scenario

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from comity.runs.story import Story

Progress = Callable[[int, int], None]
LARGEST: Final = 2**64 - 1
FOUNDATIONS: Final = ("numba", "numpy")


def reported(scenario: Scenario, begin: Beginning) -> tuple[list[str], list[int]]:
    """Names of the outcomes that the scenario reports, and their columns in what the engine gives."""
    known = list(begin.book.outcomes)
    names = [str(name) for name in scenario.value("outcomes")]
    return names, [known.index(name) for name in names]


def digest(names: Sequence[str], values: Any) -> str:
    """A hash (sha-256, hexadecimal) of outcomes by name, run after run: the same for any number of workers."""
    numbers = np.ascontiguousarray(values, "<f8") + 0.0  # no negative zero
    numbers[np.isnan(numbers)] = math.nan
    return hashlib.sha256(json.dumps(list(names)).encode() + numbers.tobytes()).hexdigest()


@functools.cache
def versions() -> Mapping[str, str]:
    """What the numbers of this process are made with; sources that change on disk meanwhile change nothing here."""
    found = {name: importlib.metadata.version(name) for name in FOUNDATIONS}
    rulebook = engine.ready().__name__.partition("_")[2]
    told = {"comity": comity.__version__, **found, "python": platform.python_version(), "rulebook": rulebook}
    return MappingProxyType(told)


def own_rules(begin: Beginning) -> dict[str, Any]:
    """For a document or manifest: the rules from outside the package, with all it takes to make them again."""
    described = begin.book.described()
    return {"own_rules": described} if described else {}


def number(value: float) -> float | None:
    """For a JSON document: what is missing is null."""
    return None if math.isnan(value) else float(value)


@dataclass(frozen=True, eq=False)
class Run:
    """One run. `outcomes` by name; its course is replayed when it is asked for, for every draw has an address."""

    scenario: Scenario
    seed: int
    run: int
    outcomes: Mapping[str, float]
    begin: Beginning = field(repr=False)

    @classmethod
    def of(cls, scenario: Scenario, begin: Beginning, seed: int, run: int) -> Run:
        """Run number `run` under the seed, played."""
        names, columns = reported(scenario, begin)
        values = engine.trace(begin, seed, run).outcomes[columns]
        return cls(scenario, seed, run, dict(zip(names, values.tolist(), strict=True)), begin)

    @property
    def digest(self) -> str:
        """The same as that of an ensemble of this run alone."""
        return digest(list(self.outcomes), [list(self.outcomes.values())])

    def series(self) -> DataFrame:
        """A row for each quarter: quarter, time, and a column for each quantity of the region."""
        import pandas as pd

        seen = self._seen(course.region_watch(self.begin))
        return pd.DataFrame({**course.quarters_of(self.begin), **course.region_columns(self.begin, seen)})

    def members(self) -> DataFrame:
        """A row for each quarter and member: quarter, time, iso3, standing and regime in words, and their numbers."""
        return course.member_table(self.begin, self._seen(course.member_watch(self.begin)))

    def events(self) -> DataFrame:
        """A row for each event: quarter, time, iso3, event, measure, area; what does not apply is missing."""
        return events.event_table(self.begin, self._seen(events.event_watch(self.begin)))

    def measures(self) -> DataFrame:
        """A row for each quarter and measure that is on the table or in force: quarter, time, measure, area, stage,
        depth, parties (share of those inside) and kept (share carried out, mean over parties)."""
        return measures.measure_table(self.begin, self._seen(measures.measure_watch(self.begin)))

    def moves(self) -> DataFrame:
        """A row for each lever that the organization's own policy moved: quarter, time, lever, before, after, because,
        and the figure that it had read with its value; empty where it has no such policy."""
        watch, said = moves.move_watch(self.begin), self.scenario.value("organization.instructions")
        return moves.move_table(self.begin, self._seen(watch), said)

    def why(
        self, member: str | None = None, quarter: int | str | None = None, levers: bool = False,
        progress: Progress | None = None,
    ) -> Story:  # fmt: skip
        """The story of a member (ISO-3), or of the organization if None: each decision that changed something, what
        weighed, and what would have turned it; of all quarters, or of one (`2016Q3`, or counted from 0) or a year.

        `levers` adds which lever would have kept it in, if it left in this run: some dozen runs more, and
        `progress(done, all)` is called as they end. ValueError for a member or a quarter that there is none of.
        """
        from comity.runs.story import told

        return told(self, member, quarter, levers, progress)

    @property
    def plot(self) -> RunPlots:
        """Pictures of this run."""
        return RunPlots(self)

    def document(self) -> dict[str, Any]:
        """The document of `comity run --runs 1 --json`."""
        return Ensemble.around(self).document()

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Kept as tidy Parquet with a dictionary and a manifest; see `comity.runs.store.save`."""
        return Ensemble.around(self).save(folder, force)

    def _seen(self, watch: Any) -> dict[str, Any]:
        return watch.read(engine.trace(self.begin, self.seed, self.run, watch.picks).record)  # type: ignore[no-any-return]


@dataclass(frozen=True, eq=False)
class Course:
    """The series of many runs: (runs, quarters, columns) in single precision, and who left in which run."""

    columns: tuple[str, ...]
    values: Any = field(repr=False)
    left: Any = field(repr=False)

    def mean(self) -> Any:
        """The mean course: (quarters, columns)."""
        return quantiles(self.values.astype("f8"))[0]

    def of(self, column: str) -> Any:
        """One column: (runs, quarters). ValueError if there is none of the name."""
        return self.values[:, :, self.columns.index(column)].astype("f8")


class Keeper:
    """Takes the series of each run as it ends; threads may call it at once, for each run has a place of its own."""

    def __init__(self, begin: Beginning, runs: int) -> None:
        self.begin, self.watch = begin, course.region_watch(begin)
        blank = np.zeros((begin.world.size.quarters, len(self.watch.picks)))
        self.columns = tuple(course.region_columns(begin, self.watch.read(blank)))
        self._values = np.zeros((runs, begin.world.size.quarters, len(self.columns)), "f4")
        self._left = np.zeros((runs, len(begin.members)), bool)

    def take(self, run: int, record: Any) -> None:
        """Run number `run` and its record."""
        seen = self.watch.read(record)
        found = course.region_columns(self.begin, seen)
        for k, name in enumerate(self.columns):
            self._values[run, :, k] = found[name]
        self._left[run] = (seen["members.left"] != 0).any(axis=0)

    def course(self) -> Course:
        """All that was taken."""
        return Course(self.columns, self._values, self._left)


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Runs 0, 1, ... under one seed. `values` is (runs, outcomes); without a course, memory hardly grows with runs."""

    scenario: Scenario
    seed: int
    names: tuple[str, ...]
    values: Any = field(repr=False)
    begin: Beginning = field(repr=False)
    course: Course | None = field(default=None, repr=False)
    first: int = 0

    @classmethod
    def around(cls, run: Run) -> Ensemble:
        """One run as an ensemble of itself."""
        values = np.array([list(run.outcomes.values())])
        return cls(run.scenario, run.seed, tuple(run.outcomes), values, run.begin, None, run.run)

    @property
    def runs(self) -> int:
        """How many runs."""
        return len(self.values)

    @property
    def outcomes(self) -> DataFrame:
        """A row for each run, a column for each outcome; the index is the number of the run."""
        import pandas as pd

        index = pd.RangeIndex(self.first, self.first + self.runs, name="run")
        return pd.DataFrame(self.values, index=index, columns=list(self.names))

    @property
    def digest(self) -> str:
        """A hash of every run's outcomes in order: the same for any number of workers."""
        return digest(self.names, self.values)

    def summary(self) -> DataFrame:
        """A row for each outcome: mean; sd, low, high of the runs (low and high hold nine runs in ten); se, mean_low,
        mean_high of the mean (95 percent); runs that have a value; unit."""
        import pandas as pd

        rows = {name: spread(self.values[:, k]) for k, name in enumerate(self.names)}
        columns = ("mean", "sd", "low", "high", "se", "mean_low", "mean_high", "runs")
        table = pd.DataFrame({c: {name: getattr(row, c) for name, row in rows.items()} for c in columns})
        table.index.name = "outcome"
        return table.assign(unit=[self.begin.book.outcomes[name].unit for name in self.names])

    def series(self) -> DataFrame:
        """A row for each column and quarter: column, quarter, time, mean, low, high (nine runs in ten).

        ValueError unless the ensemble was run with `series=True`.
        """
        import pandas as pd

        kept, when = self._kept(), course.quarters_of(self.begin)
        mean, low, high = (part.T.ravel() for part in quantiles(kept.values.astype("f8")))
        many, quarters = len(kept.columns), len(when["quarter"])
        spans = {name: np.tile(values, many) for name, values in when.items()}
        return pd.DataFrame(
            {"column": np.repeat(kept.columns, quarters), **spans, "mean": mean, "low": low, "high": high}
        )

    def paths(self) -> DataFrame:
        """A row for each run and quarter: run, quarter, time, and the columns of the series. ValueError as above."""
        import pandas as pd

        kept, when = self._kept(), course.quarters_of(self.begin)
        quarters = len(when["quarter"])
        index = {"run": np.repeat(np.arange(self.first, self.first + self.runs), quarters)}
        index |= {name: np.tile(values, self.runs) for name, values in when.items()}
        values = {name: kept.values[:, :, k].ravel() for k, name in enumerate(kept.columns)}
        return pd.DataFrame({**index, **values})

    def exits(self) -> Series[float]:
        """For each member (ISO-3), the share of runs in which it left. ValueError as above."""
        import pandas as pd

        return pd.Series(self._kept().left.mean(axis=0), index=pd.Index(self.begin.members, name="iso3"), name="exits")

    def run(self, run: int = 0) -> Run:
        """Run number `run`, with its course; IndexError if the ensemble has none of that number."""
        if not 0 <= run - self.first < self.runs:
            raise IndexError(f"there is no run {run}; there are {self.first} to {self.first + self.runs - 1}")
        values = self.values[run - self.first].tolist()
        return Run(self.scenario, self.seed, run, dict(zip(self.names, values, strict=True)), self.begin)

    @property
    def plot(self) -> EnsemblePlots:
        """Pictures of the ensemble."""
        return EnsemblePlots(self)

    def document(self) -> dict[str, Any]:
        """The document of `comity run --json`: plain values, null for what is missing."""
        told = {}
        for k, name in enumerate(self.names):
            row, kind = spread(self.values[:, k]), self.begin.book.outcomes[name]
            parts = ("mean", "low", "high", "sd", "se", "mean_low", "mean_high")
            told[name] = {part: number(getattr(row, part)) for part in parts} | {"unit": kind.unit, "runs": row.runs}
        return {
            "scenario": self.scenario.name,
            "title": self.scenario.title,
            "scenario_digest": self.scenario.digest,
            "seed": self.seed,
            "runs": self.runs,
            "versions": dict(versions()),
            **own_rules(self.begin),
            "outcomes": told,
            "first_run": self.first,
            "stated": self.scenario.stated.plain(),
            "digest": self.digest,
        }

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Kept as tidy Parquet with a dictionary and a manifest; see `comity.runs.store.save`."""
        from comity.runs.store import save

        return save(self, Path(folder), force)

    def _kept(self) -> Course:
        if self.course is None:
            raise ValueError("no series was kept; run the ensemble with series=True")
        return self.course
