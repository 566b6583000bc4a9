"""Points from a CSV file: a header of dotted paths, a row for each point; an empty cell is the scenario's own value."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from comity.scenario import Problem, Scenario, ScenarioError
from comity.scenario.document import Budget, read_text
from comity.scenario.sweeping import OVERLAYS
from comity.sweeps.factors import Column, Factor, column_names, factor


@dataclass(frozen=True)
class Table:
    """A file as it was read: what problems call it, its header, its rows, and a hash of its bytes."""

    file: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    digest: str

    def words(self, path: str) -> list[str]:
        """What stands under a header, each once."""
        if path not in self.head:
            return []
        j = self.head.index(path)
        return list(dict.fromkeys(row[j] for row in self.rows if row[j]))


def table_of(scenario: Scenario, at: str, name: str) -> Table:
    """The table of a file: as it is named from here, or beside the file that names it. ScenarioError if it is none."""
    path = Path(name)
    said = scenario.stated.find(*at.split("."), "csv").at
    beside = Path(said.file).parent / name
    path = path if path.exists() or not beside.exists() else beside
    try:
        raw = path.read_bytes()
        head, *rows = [row for row in csv.reader(raw.decode("utf-8-sig").splitlines()) if row]
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        told = getattr(error, "strerror", None) or "holds no table"
        raise ScenarioError([Problem(*said, f"{at}.csv", f'the file of points "{name}": {told}')]) from None
    if not rows:
        raise ScenarioError([Problem(str(path), 1, 1, "", "has a header and no points")])
    wide = len(head)
    cells = (tuple(cell.strip() for cell in (*row, *[""] * wide)[:wide]) for row in rows)
    return Table(str(path), tuple(word.strip() for word in head), tuple(cells), hashlib.sha256(raw).hexdigest())


def from_file(scenario: Scenario, table: Table, reported: Sequence[str]) -> tuple[list[Factor], list[Column]]:
    """Factors and columns of a table; ScenarioError names every header that leads nowhere and cell that is no value."""
    problems: list[Problem] = []
    columns = []
    for j, path in enumerate(table.head):
        if path not in OVERLAYS:
            try:
                scenario.value(path)
            except ScenarioError as error:
                problems.append(Problem(table.file, 1, j + 1, path, error.problems[0].message))
        columns.append(_column(table, j, problems))
    if problems:
        raise ScenarioError(problems)
    names = column_names(table.head, reported)
    return [factor(scenario, path, names[path], None) for path in table.head], columns


def _column(table: Table, j: int, problems: list[Problem]) -> Column:
    levels: dict[str, Any] = {}
    for i, row in enumerate(table.rows):
        if row[j] and row[j] not in levels:
            try:
                levels[row[j]] = read_text(row[j], table.file, Budget()).plain()
            except ScenarioError as error:
                problems.append(Problem(table.file, i + 2, j + 1, table.head[j], error.problems[0].message))
    order = {cell: code for code, cell in enumerate(levels)}
    codes = np.array([order.get(row[j], -1) for row in table.rows], "i8")
    values = tuple(levels.values())
    if {type(value) for value in values} == {int, float}:  # numbers written now as 1 and now as 0.5
        values = tuple(float(value) for value in values)
    return Column(codes, values)
