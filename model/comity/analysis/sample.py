"""What an analysis works on: the points of a kept sweep and one outcome at each, checked before anything is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.quarter import OUTCOMES
from comity.sweeps import Sweep

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_DROPPED: Final = 0.1
"""Of the design, what may be missing and left out before an analysis refuses."""


class Refused(ValueError):
    """An analysis that would mislead: the message says why, and what to do."""


@dataclass(frozen=True, eq=False)
class Factors:
    """What varied: `values` (points, factors), a category by the number of its level; `levels` of each or None."""

    names: tuple[str, ...]
    values: Any = field(repr=False)
    levels: tuple[tuple[str, ...] | None, ...] = ()

    @classmethod
    def of(cls, table: DataFrame) -> Factors:
        """Columns of numbers or flags are numbers; all others are categories, and so is what is missing there."""
        names, columns, levels = [], [], []
        for name in table.columns:
            column = table[name]
            kind = column.dtype.kind
            if kind in "iufb" and not column.isna().any():
                found: tuple[str, ...] | None = ("false", "true") if kind == "b" else None
                values = column.to_numpy("f8")
            else:
                words = column.map(lambda value: "(own value)" if value != value or value is None else str(value))
                found = tuple(dict.fromkeys(sorted(words)))
                values = words.map({word: k for k, word in enumerate(found)}).to_numpy("f8")
            names.append(str(name))
            columns.append(values)
            levels.append(found)
        stacked = np.column_stack(columns) if columns else np.zeros((len(table), 0))
        return cls(tuple(names), stacked, tuple(levels))

    def __len__(self) -> int:
        return len(self.names)

    def take(self, rows: Any) -> Factors:
        """Some of the points."""
        return Factors(self.names, self.values[rows], self.levels)

    def moving(self) -> list[int]:
        """Those that take more than one value."""
        return [j for j in range(len(self)) if len(self.values) and np.ptp(self.values[:, j]) > 0.0]

    def write(self, j: int, value: float) -> str:
        """A value as people read it."""
        told = self.levels[j]
        return f"{value:.3g}" if told is None else told[int(value)]


@dataclass(frozen=True, eq=False)
class Sample:
    """One outcome of a sweep: `runs` (points, runs), NaN where there is no value; row k is point k of the design."""

    outcome: str
    design: str
    factors: Factors
    runs: Any = field(repr=False)
    unit: str = ""
    source: str = ""
    seed: int = 0
    second_order: bool = True
    levels: int = 4
    notes: tuple[str, ...] = ()

    @property
    def means(self) -> Any:
        """The mean of each point over the runs that have a value; NaN where none has."""
        known = ~np.isnan(self.runs)
        total = np.where(known, self.runs, 0.0).sum(axis=1)
        return np.where(known.any(axis=1), total / np.maximum(known.sum(axis=1), 1), np.nan)

    def noise(self) -> float:
        """The share of the variance between the points' means that luck makes; NaN with one run a point.

        Runs of equal number meet the same luck at all points, so what luck does to all alike is taken off first.
        """
        y = self.runs
        if y.ndim < 2 or y.shape[1] < 2 or len(y) < 2 or np.isnan(y).any():
            return self._rough_noise()
        rest = y - y.mean(axis=1, keepdims=True) - y.mean(axis=0, keepdims=True) + y.mean()
        error = float((rest**2).sum()) / ((len(y) - 1) * (y.shape[1] - 1)) / y.shape[1]
        between = float(y.mean(axis=1).var(ddof=1))
        return min(error / between, 1.0) if between > 0.0 else 1.0

    def _rough_noise(self) -> float:
        known = (~np.isnan(self.runs)).sum(axis=1)
        many = known > 1
        if not many.any():
            return float("nan")
        error = float(
            np.mean([np.nanvar(row, ddof=1) / n for row, n in zip(self.runs[many], known[many], strict=True)])
        )
        between = float(np.nanvar(self.means, ddof=1))
        return min(error / between, 1.0) if between > 0.0 else 1.0

    def noise_words(self) -> str:
        """How much of what differs is luck."""
        share = self.noise()
        if np.isnan(share):
            return "There is one run at each point, so luck cannot be told from the factors; several runs would tell."
        told = "less than 1 %" if share < 0.005 else f"{share:.0%}".replace("%", " %")
        most = self.runs.shape[1]
        return f"Luck makes {told} of the variance between the points' means ({most} runs at each)."

    def whole(self) -> Sample:
        """The sample without points that have no value. Refused if they are many, or if nothing is left to explain."""
        known = np.isfinite(self.means)
        lost = int((~known).sum())
        if lost > MOST_DROPPED * len(known):
            raise Refused(
                f"{self.outcome} has no value at {lost} of {len(known)} points; what is left is no fair sample. "
                f"Choose an outcome that every run has, or narrow the factors"
            )
        notes = self.notes
        if lost:
            notes = (*notes, f"{lost} of {len(known)} points have no value and are left out.")
        found = Sample(
            self.outcome, self.design, self.factors.take(known), self.runs[known], self.unit, self.source, self.seed,
            self.second_order, self.levels, notes,
        )  # fmt: skip
        constant(found.outcome, found.means)
        return found


def constant(outcome: str, values: Any) -> None:
    """Refused if there is nothing to explain."""
    if len(values) < 2 or np.ptp(values) <= 1e-12 * max(float(np.abs(values).max()), 1e-300):
        said = f"is {values[0]:.6g} at every point" if len(values) else "has no value anywhere"
        raise Refused(f"{outcome} {said}; there is nothing to explain. Choose another outcome or other factors")


def opened(sweep: Sweep | str | Path) -> Sweep:
    """The sweep, or the one that a folder keeps, under whatever rules it was played. WrongFolder as `Sweep.open`."""
    return sweep if isinstance(sweep, Sweep) else Sweep.open(sweep, reading=True)


def sample(sweep: Sweep | str | Path, outcome: str) -> Sample:
    """One outcome at each point, rows put in the order of the design by their ids. Refused if runs are missing.

    A sweep that is not at its end is read as far as all points have been run equally often.
    """
    sw = opened(sweep)
    manifest = sw.manifest
    if outcome not in manifest.outcomes:
        from difflib import get_close_matches

        near = get_close_matches(outcome, manifest.outcomes, n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"it reports {', '.join(manifest.outcomes[:12])}"
        raise Refused(f'the sweep does not report "{outcome}"; {hint}')
    rows = sw.results(["design_id", "replication", "status", outcome])
    design_id, replication = rows["design_id"].to_numpy("i8"), rows["replication"].to_numpy("i8")
    points, runs = manifest.points, manifest.runs
    if len(rows) and (
        design_id.max() >= points or replication.max() >= runs or min(design_id.min(), replication.min()) < 0
    ):
        raise Refused("results.parquet is not of this design; collect it again with comity sweep collect")
    count = np.bincount(design_id * runs + replication, minlength=points * runs).reshape(points, runs)
    if (count > 1).any():
        raise Refused("results.parquet holds runs twice; collect it again with comity sweep collect")
    whole = count.all(axis=0)
    equal = int(runs if whole.all() else np.argmin(whole))
    folder = sw.folder or "DIR"
    if equal == 0:
        lost = int((count.sum(axis=1) == 0).sum()) or int(points - count[:, 0].sum())
        raise Refused(f"{lost} of {points} points have not been run; go on with comity sweep run {folder}")
    values = np.full((points, runs), np.nan)
    values[design_id, replication] = np.where(rows["status"] == "done", rows[outcome].to_numpy("f8"), np.nan)
    notes = []
    if equal < runs:
        notes.append(f"The sweep is not at its end: {equal} of {runs} runs at each point are read.")
    values = values[:, :equal]
    values[np.isinf(values)] = np.nan
    failed = int((rows["status"].to_numpy() != "done").sum())
    if failed:
        notes.append(f"{failed} runs failed and are left out; comity sweep retry {folder} tries them again.")
    gaps = int(np.isnan(values).sum()) - failed
    if gaps > 0:
        notes.append(f"{gaps} of {values.size} runs have no {outcome}; means are of the runs that have it.")
    factors = Factors.of(sw.design().drop(columns="design_id"))
    said = manifest.document["identity"]["design"]
    kind = OUTCOMES.get(outcome)
    single = not said.get("blocks")
    return Sample(
        outcome, str(said["design"]) if single and "csv" not in said else "blocks", factors, values,
        kind.unit if kind else "", source(sw), int(manifest.document["seed"]), bool(said["second_order"]),
        int(said["levels"]), tuple(notes),
    )  # fmt: skip


def source(sw: Sweep) -> str:
    """Where a picture's numbers come from."""
    document = sw.manifest.document
    return (
        f"{document['scenario']['name']}, {sw.manifest.points:,} points, {sw.manifest.runs} runs at each, seed "
        f"{document['seed']}; comity {document['versions']['comity']}, rulebook {document['rulebook'][:8]}"
    )


def needs(package: str, extra: str = "analysis") -> Any:
    """A library of the extra; Refused with what to type if it is not installed."""
    import importlib

    try:
        return importlib.import_module(package)
    except ImportError:
        name = package.partition(".")[0]
        raise Refused(f"this needs {name}; install it with: pip install 'comity[{extra}]'") from None
