"""A scenario that can be run: once, many times, or beside others under the same luck."""

from __future__ import annotations

import functools
import hashlib
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, overload

import numpy as np

from comity import engine, scenario
from comity.beginning import Beginning, begin
from comity.mechanism import Rule
from comity.quarter import RULEBOOK, rebuilt
from comity.rulebook import Rulebook
from comity.runs.pair import Comparison
from comity.runs.result import LARGEST, Ensemble, Keeper, Progress, Run, reported
from comity.runs.several import Comparisons
from comity.syntax import RuleError


@dataclass(frozen=True, eq=False)
class Scenario(scenario.Scenario):
    """A checked scenario; see `comity.scenario.Scenario` for what it holds, here is what it does.

    `book` is the rulebook that it follows: the shipped one, unless `with_rule` put other rules in.
    """

    book: Rulebook = field(default=RULEBOOK, repr=False)

    @classmethod
    def of(cls, checked: scenario.Scenario, book: Rulebook = RULEBOOK) -> Scenario:
        """The same scenario, able to run."""
        return cls(checked.name, checked.stated, checked.catalogue, checked._tree, book)

    def with_(self, changes: Mapping[str, Any], origin: str = "<with_>") -> Scenario:
        """The scenario with other values at dotted paths; None takes back what was stated. ScenarioError as `load`."""
        return Scenario.of(super().with_(changes, origin), self.book)

    def with_rule(
        self, rule: Rule | str, *, replaces: str = "", after: str = "", before: str = "", where: str = ""
    ) -> Scenario:
        """The scenario under a rulebook in which `rule`, a plain function or the text of one, acts too.

        `replaces` names the rule whose place it takes ("consent.ratify"); it may take the same rows, and the numbers
        of that rule's mechanism by name. Or it joins the quarter `after` or `before` a rule or a phase, for rows whose
        flag `where` is up ("member.inside"). It is compiled like any other; numbers that it closes over are taken as
        they are now. RuleError tells all that is wrong, with lines and what to write instead.
        """
        if bool(replaces) + bool(after) + bool(before) != 1:
            raise RuleError("name one place: with_rule(rule, replaces=...), after=... or before=...")
        if replaces and where:
            raise RuleError("a rule that replaces another keeps its condition; `where` is for one that joins")
        if replaces:
            return Scenario.of(self, self.book.replacing(replaces, rule))
        return Scenario.of(self, self.book.joining(rule, after, before, where))

    @functools.cached_property
    def digest(self) -> str:
        """The same for two scenarios that make the same runs (sha-256, hexadecimal); own rules count."""
        stated = super().digest
        rules = [own.hash for own in self.book.own_rules]
        return hashlib.sha256("".join([stated, *rules]).encode()).hexdigest() if rules else stated

    def __reduce__(self) -> tuple[Any, ...]:
        # own rules travel as their text, for a function of a notebook is unknown elsewhere
        return _again, (super().__reduce__(), self.book.described())

    @functools.cached_property
    def first_day(self) -> Beginning:
        """The first day of its world. ScenarioError if it has no region."""
        return begin(self, self.book)

    def run(self, seed: int | str | None = None, run: int = 0, years: int | None = None) -> Run:
        """One run: number `run` of the ensemble under the seed (`run.seed` of the scenario if None).

        A seed is a whole number from 0 to 2**64 - 1, also as text. ValueError for another.
        """
        this = self._lasting(years)
        number = whole("a run", run, 0, LARGEST)
        return Run.of(this, this.first_day, this.seed_or_own(seed), number)

    def ensemble(
        self,
        runs: int | None = None,
        seed: int | str | None = None,
        workers: int | None = None,
        progress: Progress | None = None,
        series: bool = False,
        years: int | None = None,
    ) -> Ensemble:
        """Many runs, in as many threads as there are cores unless `workers` says otherwise; the same for any number.

        `runs` is `run.runs` of the scenario if None. `progress(done, all)` is called as runs end. `series` keeps the
        region's course of every run, some kilobytes each. ValueError for a seed, or a number, that is none.
        """
        this = self._lasting(years)
        return play([this], this.runs_or_own(runs), this.seed_or_own(seed), workers, progress, series)[0]

    def _lasting(self, years: int | None) -> Scenario:
        return self if years is None else self.with_({"run.years": years})

    def runs_or_own(self, runs: int | None) -> int:
        """The number of runs that is asked for, or `run.runs`. ValueError for one that is none."""
        return whole("the number of runs", self.value("run.runs") if runs is None else runs, 1)

    def seed_or_own(self, seed: int | str | None) -> int:
        """The seed that is asked for, or `run.seed`. ValueError for one that is none."""
        return whole("a seed", self.value("run.seed") if seed is None else seed, 0, LARGEST)


def _again(checked: tuple[Any, ...], described: list[dict[str, Any]]) -> Scenario:
    make, (_, *stated) = checked
    return Scenario.of(make(Scenario, *stated), rebuilt(described))


def load(source: scenario.loading.Source) -> Scenario:
    """The scenario of a shipped name, a path, several of them joined by `+`, or a map with the same keys as a file.

    ScenarioError holds all that is wrong, wherever it was written.
    """
    return Scenario.of(scenario.load(source))


@overload
def compare(
    a: Scenario | scenario.loading.Source, b: Scenario | scenario.loading.Source, *, runs: int | None = ...,
    seed: int | str | None = ..., workers: int | None = ..., progress: Progress | None = ..., series: bool = ...,
) -> Comparison: ...  # fmt: skip
@overload
def compare(
    a: Scenario | scenario.loading.Source, b: Scenario | scenario.loading.Source,
    c: Scenario | scenario.loading.Source, /, *more: Scenario | scenario.loading.Source, runs: int | None = ...,
    seed: int | str | None = ..., workers: int | None = ..., progress: Progress | None = ..., series: bool = ...,
) -> Comparisons: ...  # fmt: skip
def compare(
    a: Scenario | scenario.loading.Source,
    b: Scenario | scenario.loading.Source,
    *more: Scenario | scenario.loading.Source,
    runs: int | None = None,
    seed: int | str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    series: bool = False,
) -> Comparison | Comparisons:
    """Scenarios under the same luck: what `b` has more than `a`, run by run; with `more`, what each has more than `a`.

    Runs and seed are those of `a` if None. ScenarioError or ValueError as `load` and `ensemble`.
    """
    all_ = [able(each) for each in (a, b, *more)]
    first, *others = play(all_, all_[0].runs_or_own(runs), all_[0].seed_or_own(seed), workers, progress, series)
    return Comparisons(first, tuple(others)) if more else Comparison(first, others[0])


def able(source: Scenario | scenario.Scenario | scenario.loading.Source) -> Scenario:
    """A scenario that can run, from whatever names or holds one; ScenarioError as `load`."""
    if isinstance(source, Scenario):
        return source
    return Scenario.of(source) if isinstance(source, scenario.Scenario) else load(source)


def whole(what: str, value: int | str, low: int, high: int | None = None) -> int:
    """The whole number that a value is, or is written as; ValueError says what is asked for."""
    try:
        number = int(value) if isinstance(value, str) else operator.index(value)
        if not isinstance(value, bool) and low <= number and (high is None or number <= high):
            return number
    except (TypeError, ValueError):
        pass
    span = f"of at least {low}" if high is None else f"from {low} to {high}"
    raise ValueError(f"{what} is a whole number {span}, not {value!r}")


def play(
    scenarios: list[Scenario], runs: int, seed: int, workers: int | None, progress: Progress | None, series: bool
) -> list[Ensemble]:
    """Each scenario's runs under the seed; worlds of one shape go together and share their twins where they can."""
    workers = None if workers is None else whole("the number of workers", workers, 1)
    shapes = [each.first_day.world.size for each in scenarios]
    together = len(set(shapes)) == 1
    found: list[Ensemble] = []
    for part, group in enumerate([scenarios] if together else [[each] for each in scenarios]):
        found += _play(
            group, runs, seed, workers, _part(progress, part, 1 if together else len(scenarios), runs), series
        )
    return found


def _part(progress: Progress | None, part: int, parts: int, runs: int) -> Callable[[int], None] | None:
    return None if progress is None else lambda done: progress(part * runs + done, parts * runs)


def _play(
    scenarios: list[Scenario],
    runs: int,
    seed: int,
    workers: int | None,
    done: Callable[[int], None] | None,
    series: bool,
) -> list[Ensemble]:
    days = [each.first_day for each in scenarios]
    keepers = [Keeper(day, runs) for day in days] if series else []
    picks = keepers[0].watch.picks if series else engine.NOTHING
    take = (lambda k, run, trace: keepers[k].take(run, trace.record)) if series else None
    values = engine.ensemble(days, seed, range(runs), workers, done, picks, take)
    ensembles = []
    for k, (each, day) in enumerate(zip(scenarios, days, strict=True)):
        names, columns = reported(each, day)
        course = keepers[k].course() if series else None
        ensembles.append(Ensemble(each, seed, tuple(names), np.ascontiguousarray(values[k][:, columns]), day, course))
    return ensembles
