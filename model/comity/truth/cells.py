"""A table of comma-separated values is read cell by cell, so that a complaint can point at line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and where it begins: line and column count from 1."""

    text: str
    line: int
    column: int


def lines_of_cells(text: str) -> Iterator[list[Cell]]:
    """Each line of the table that is not empty; a quoted cell may hold commas, line breaks and doubled quotes."""
    row: list[Cell] = []
    line, column, at = 1, 1, 0
    while at < len(text):
        start = (line, column)
        quoted = text[at] == '"'
        found: list[str] = []
        if quoted:
            at, column = at + 1, column + 1
        while at < len(text):
            sign = text[at]
            if quoted and sign == '"':
                if text[at + 1 : at + 2] != '"':
                    quoted, at, column = False, at + 1, column + 1
                    continue
                at, column = at + 1, column + 1
            elif not quoted and sign in ",\n":
                break
            found.append(sign)
            at += 1
            line, column = (line + 1, 1) if sign == "\n" else (line, column + 1)
        row.append(Cell("".join(found).strip(), *start))
        if at < len(text) and text[at] == ",":
            at, column = at + 1, column + 1
            if at == len(text) or text[at] == "\n":
                row.append(Cell("", line, column))
        if at == len(text) or text[at] == "\n":
            if any(cell.text for cell in row):
                yield row
            row, at, line, column = [], at + 1, line + 1, 1
