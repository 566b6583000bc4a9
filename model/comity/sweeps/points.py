"""The points of a sweep: a value, or none, for each factor at each point, as the scenario's `sweep` asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.scenario import Problem, Scenario, ScenarioError
from comity.scenario.sweeping import OVERLAYS
from comity.sweeps import designs
from comity.sweeps.factors import Column, Factor, column_names, factor, joined
from comity.sweeps.listed import from_file, table_of

if TYPE_CHECKING:
    import pyarrow as pa


OR_NULL: Final = "-or-null"


@dataclass(frozen=True, eq=False)
class Points:
    """Factors, and for each its column of values over the points."""

    factors: tuple[Factor, ...]
    columns: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.columns[0])

    def values(self, k: int) -> dict[str, Any]:
        """What point `k` states, by dotted path; None takes back what the scenario states."""
        pairs = zip(self.factors, self.columns, strict=True)
        return {each.path: column.value(k) for each, column in pairs if column.states(k)}

    def take(self, places: Any) -> Points:
        """Some of the points."""
        return Points(self.factors, tuple(column.take(places) for column in self.columns))

    def table(self) -> pa.Table:
        """`design_id` and a column for each factor: numbers, flags or words; what is none of them as JSON text."""
        import pyarrow as pa

        made = {"design_id": pa.array(np.arange(len(self)), pa.int64())}
        for each, column in zip(self.factors, self.columns, strict=True):
            made[each.column] = _array(column)
        return pa.table(made)

    @classmethod
    def of(cls, factors: Sequence[Factor], codings: Mapping[str, str], table: pa.Table) -> Points:
        """The points of a kept table."""
        columns = []
        for each in factors:
            kept = table[each.column].combine_chunks()
            how = codings[each.column]
            if how == "number":
                columns.append(Column(kept.to_numpy(zero_copy_only=False).astype("f8")))
                continue
            coded = kept.dictionary_encode()
            words = coded.dictionary.to_pylist()
            levels = [json.loads(word) for word in words] if how == "json" else words
            codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype("i8")
            if how.endswith(OR_NULL):
                codes, levels = np.where(codes < 0, len(levels), codes), [*levels, None]
            columns.append(Column(codes, tuple(levels)))
        return cls(tuple(factors), tuple(columns))


def coding(column: Column) -> str:
    """How a table holds a column: as `number`, `whole`, `flag`, `text`, or as `json` in text.

    With `-or-null`, what is missing there is a null that the point states; else it is what the point leaves alone.
    """
    if column.levels is None:
        return "number"
    kinds = {type(level) for level in column.levels if level is not None}
    known: dict[type, str] = {bool: "flag", int: "whole", float: "number", str: "text"}
    kind = known.get(next(iter(kinds)), "json") if len(kinds) == 1 else "json"
    if None not in column.levels or kind == "json":
        return kind
    return kind + OR_NULL if column.stated.all() else "json"


def _array(column: Column) -> Any:
    import pyarrow as pa

    if column.levels is None:
        return pa.array(column.data, pa.float64(), from_pandas=True)
    kind = coding(column).removesuffix(OR_NULL)
    types = {"flag": pa.bool_(), "whole": pa.int64(), "number": pa.float64()}
    levels = [json.dumps(level) for level in column.levels] if kind == "json" else list(column.levels)
    table = pa.array([*levels, None], types.get(kind, pa.string()))
    return table.take(pa.array(column.data % (len(levels) + 1)))  # -1 is the last: none


def made(scenario: Scenario, reported: Sequence[str]) -> Points:
    """The points that the scenario's `sweep` asks for; ScenarioError tells what is wrong with it."""
    said = scenario.resolved["sweep"]
    seed = int(scenario.value("run.seed"))
    blocks = blocks_of(said)
    problems: list[Problem] = []
    found: list[tuple[list[Factor], list[Column]]] = []
    for number, (at, block) in enumerate(blocks):
        try:
            found.append(_block(scenario, block, at, seed + number, reported))
        except designs.WrongDesign as error:
            problems.append(problem(scenario, f"{at}.{error.key}", str(error)))
        except ScenarioError as error:
            problems.extend(error.problems)
    if problems:
        raise ScenarioError(problems)
    return _together(scenario, found, said["combine"] == "crossed", reported)


def problem(scenario: Scenario, key: str, message: str) -> Problem:
    node = scenario.stated
    for name in key.split("."):
        if isinstance(node.value, dict) and name in node.value:
            node = node.value[name]
        elif isinstance(node.value, list) and name.isdigit():
            node = node.value[int(name)]
    return Problem(*node.at, key, message)


def blocks_of(said: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Where each block of the design is said, and what is said of it."""
    own = [("sweep", said)] if said["vary"] or "csv" in said or not said["blocks"] else []
    return own + [(f"sweep.blocks.{i}", block) for i, block in enumerate(said["blocks"])]


def _block(
    scenario: Scenario, said: Mapping[str, Any], at: str, seed: int, reported: Sequence[str]
) -> tuple[list[Factor], list[Column]]:
    if "csv" in said:
        if said["vary"]:
            raise designs.WrongDesign("csv", "stands beside vary; points from a file are a block of their own")
        return from_file(scenario, table_of(scenario, at, said["csv"]), reported)
    if said["design"] == "csv":
        raise designs.WrongDesign("design", "is csv, but no file of points is named under csv")
    vary = said["vary"]
    names = column_names(vary, reported)
    factors = [factor(scenario, path, names[path], values) for path, values in vary.items()]
    own = {path: _own(scenario, path) for path in vary} if said["design"] == "one_at_a_time" else {}
    return factors, designs.columns_of(said, factors, own, seed)


def _own(scenario: Scenario, path: str) -> Any:
    """The scenario's own value, stated; None where it has a prior or nothing."""
    if path in OVERLAYS:
        return None
    value = scenario.value(path)
    if isinstance(value, Mapping):
        return value.get("value")
    return value


def _together(
    scenario: Scenario, blocks: list[tuple[list[Factor], list[Column]]], cross: bool, reported: Sequence[str]
) -> Points:
    named: dict[str, Factor] = {}
    for factors, _ in blocks:
        for each in factors:
            if cross and each.path in named:
                raise ScenarioError([problem(scenario, "sweep.blocks", f"{each.path} varies in two crossed blocks")])
            named.setdefault(each.path, each)
    names = column_names(named, reported)
    factors_ = tuple(
        Factor(each.path, names[path], each.values, each.prior, each.whole, each.low, each.high)
        for path, each in named.items()
    )
    parts = [{each.path: column for each, column in zip(*block, strict=True)} for block in blocks]
    if cross:
        whole = designs.crossed(parts)
        return Points(factors_, tuple(whole[each.path].plain() for each in factors_))
    lengths = [len(next(iter(part.values()))) for part in parts]
    columns = (
        joined([(length, part.get(each.path)) for length, part in zip(lengths, parts, strict=True)]).plain()
        for each in factors_
    )
    return Points(factors_, tuple(columns))
