"""A factor is what a sweep varies: a dotted path, or a shipped file laid over the scenario, and its values or prior."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from comity.arithmetic import exp, normal_quantile
from comity.parameter import Parameter
from comity.scenario import Problem, Scenario, ScenarioError
from comity.scenario.document import Node
from comity.scenario.loading import named
from comity.scenario.model import scenario_shape
from comity.scenario.shape import Field, Fields, MapOf, Number, Quantity
from comity.scenario.sweeping import OVERLAYS

NOTHING_OVER: Final = ("baseline", "none")
"""Names under which an overlay lays nothing over the scenario."""
LONGEST: Final = 32
TAKEN: Final = ("run_id", "design_id", "replication", "seed", "status", "error", "quarter", "time")
"""Columns that every table of a sweep has."""
NOT_LEGAL: Final = frozenset((
    "byte", "double", "e", "else", "end", "float", "for", "foreach", "if", "in", "int", "long", "strL", "using", "with",
))  # fmt: skip
"""Words that Stata does not take as names."""
INNER: Final = (0.005, 0.99)
"""Where a design steps on 0 and 1, a prior with tails is read between its 0.5 and 99.5 percent quantiles."""


@dataclass(frozen=True)
class Factor:
    """What varies. `values` are those to try; of a prior, its kind and two numbers; neither for points from a file.

    `whole` says that the path holds whole numbers, `low` and `high` what its number must lie between.
    """

    path: str
    column: str
    values: tuple[Any, ...] | None = None
    prior: tuple[str, float, float] | None = None
    whole: bool = False
    low: float = -np.inf
    high: float = np.inf

    @property
    def overlay(self) -> bool:
        """Whether its values are files that are laid over the scenario."""
        return self.path in OVERLAYS

    @property
    def tails(self) -> bool:
        """Whether the prior has no ends."""
        return self.prior is not None and self.prior[0] != "uniform"

    def at(self, units: Any) -> Column:
        """The values at places between 0 and 1: equal shares of the list, or the prior's quantiles."""
        units = np.asarray(units, "f8")
        if self.values is not None:
            codes = np.minimum((units * len(self.values)).astype("i8"), len(self.values) - 1)
            return Column(codes, self.values)
        assert self.prior is not None
        kind, first, second = self.prior
        if kind == "uniform":
            numbers = first + (second - first) * units
        else:
            inside = units if ((units > 0.0) & (units < 1.0)).all() else INNER[0] + INNER[1] * units
            z = np.array([normal_quantile(unit) for unit in inside.tolist()])
            numbers = (
                first + second * z
                if kind == "normal"
                else first * np.array([exp(second * each) for each in z.tolist()])
            )
        if self.whole and kind == "uniform":
            numbers = np.minimum(np.floor(first + (second - first + 1.0) * units), second)
        numbers = np.clip(np.rint(numbers) if self.whole else numbers, self.low, self.high)
        return whole_column(numbers) if self.whole else Column(numbers)

    def document(self) -> dict[str, Any]:
        """As a manifest keeps it."""
        said: dict[str, Any] = {"values": list(self.values)} if self.values is not None else {}
        if self.prior is not None:
            said = {"prior": {self.prior[0]: list(self.prior[1:])}}
        return {"path": self.path, "column": self.column, **said}


@dataclass(frozen=True, eq=False)
class Column:
    """A factor's values at the points. Without `levels`, `data` holds numbers and NaN where the scenario's own value
    stands; with them, places in `levels`, and -1 there."""

    data: Any
    levels: tuple[Any, ...] | None = None

    def __len__(self) -> int:
        return len(self.data)

    @property
    def stated(self) -> Any:
        """At which points the factor has a value."""
        return ~np.isnan(self.data) if self.levels is None else self.data >= 0

    def value(self, k: int) -> Any:
        """The value at point `k`; None for the scenario's own."""
        if self.levels is None:
            return None if np.isnan(self.data[k]) else float(self.data[k])
        return None if self.data[k] < 0 else self.levels[self.data[k]]

    def states(self, k: int) -> bool:
        """Whether the factor has a value at point `k`."""
        return bool(self.data[k] == self.data[k] if self.levels is None else self.data[k] >= 0)

    def take(self, places: Any) -> Column:
        """The values at some of the points."""
        return Column(self.data[places], self.levels)

    def numbers(self) -> Any | None:
        """The values as numbers (false and true as 0 and 1), NaN where unset; None if a level is no number."""
        if self.levels is None:
            return self.data
        if not all(isinstance(level, int | float) for level in self.levels):
            return None
        table = np.array([*map(float, self.levels), np.nan])
        return table[self.data]

    def plain(self) -> Column:
        """Numbers alone where every level is a number other than a whole one."""
        if self.levels is None or not all(isinstance(level, float) for level in self.levels):
            return self
        return Column(self.numbers())


def whole_column(numbers: Any) -> Column:
    """Whole numbers as levels, so that they stay whole."""
    levels, codes = np.unique(numbers, return_inverse=True)
    return Column(codes.astype("i8"), tuple(int(level) for level in levels))


def joined(parts: Sequence[tuple[int, Column | None]]) -> Column:
    """Columns one below the other; a number of points without a column is unset there."""
    known = [part for _, part in parts if part is not None]
    if all(part.levels is None for part in known):
        return Column(np.concatenate([np.full(n, np.nan) if part is None else part.data for n, part in parts]))
    places: dict[str, int] = {}
    levels: list[Any] = []
    pieces = []
    for n, part in parts:
        if part is None:
            pieces.append(np.full(n, -1, "i8"))
            continue
        own = part.levels
        codes = part.data
        if own is None:
            found, codes = np.unique(part.data, return_inverse=True)
            own = tuple(found.tolist())
        where = []
        for level in own:
            key = json.dumps(level, sort_keys=True)
            if key not in places:
                places[key] = len(levels)
                levels.append(level)
            where.append(places[key])
        pieces.append(np.array([*where, -1], "i8")[codes])
    return Column(np.concatenate(pieces), tuple(levels))


def number_of(scenario: Scenario, path: str) -> tuple[Parameter | None, bool]:
    """The declaration of the number at a path and whether it is whole; None where the path holds no number."""
    shape: Any = scenario_shape(scenario.catalogue)
    for name in path.split("."):
        if isinstance(shape, Field):
            shape = shape.shape
        if isinstance(shape, Fields) and name in shape.fields:
            shape = shape.fields[name].shape
        elif isinstance(shape, MapOf):
            shape = shape.item
        else:
            return None, False
    return (shape.parameter, shape.whole) if isinstance(shape, Number | Quantity) else (None, False)


def column_names(paths: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """A short legal name for each path: its last two words, at most 32 characters, no two the same."""
    used = {*TAKEN, *taken}
    found: dict[str, str] = {}
    for path in paths:
        words = [re.sub(r"\W", "_", word).lower() for word in path.split(".")]
        for count in range(min(2, len(words)), len(words) + 1):
            name = "_".join(words[-count:])
            if len(name) <= LONGEST and name not in used and name not in NOT_LEGAL and not name[0].isdigit():
                break
        else:
            mark = hashlib.sha256(path.encode()).hexdigest()[:6]
            name = f"f_{words[-1][: LONGEST - 9]}_{mark}"
        used.add(name)
        found[path] = name
    return found


def factor(scenario: Scenario, path: str, column: str, said: Any) -> Factor:
    """The factor at a path, from what the scenario's `sweep.vary` says of it."""
    declared, whole = (None, False) if path in OVERLAYS else number_of(scenario, path)
    low, high = (declared.low, declared.high) if declared is not None else (-np.inf, np.inf)
    if isinstance(said, Mapping):
        ((kind, pair),) = said.items()
        return Factor(path, column, None, (kind, float(pair[0]), float(pair[1])), whole, low, high)
    values = None if said is None else tuple(said)
    return Factor(path, column, values, None, whole, low, high)


def overlays(names: Iterable[str], near: str) -> dict[str, dict[str, Any]]:
    """What each of the files that are laid over says, for the manifest to be whole; ScenarioError as `load`."""
    problems: list[Problem] = []
    found: dict[str, dict[str, Any]] = {}
    for name in names:
        if name in NOTHING_OVER or name in found:
            continue
        try:
            told: Node = named(name, near)
            found[name] = {key: value for key, value in told.plain().items() if key not in ("title", "story")}
        except ScenarioError as error:
            problems.extend(error.problems)
    if problems:
        raise ScenarioError(problems)
    return found
