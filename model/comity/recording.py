"""Rows that remember: what a rule really reads and writes is written down while plain Python runs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

from comity import syntax
from comity.mechanism import Rule

ROWS: Final = {*syntax.ROWS, *syntax.WHOLE, *syntax.FREE}


class Row:
    """A row of a table that notes each column as it is read or written; the values are the row's own."""

    __slots__ = ("_name", "_row", "_seen")

    def __init__(self, row: Any, name: str, seen: syntax.Access) -> None:
        object.__setattr__(self, "_row", row)
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "_seen", seen)

    def __getattr__(self, column: str) -> Any:
        self._seen.reads.add(f"{self._name}.{column}")
        return getattr(self._row, column)

    def __setattr__(self, column: str, value: Any) -> None:
        self._seen.writes.add(f"{self._name}.{column}")
        setattr(self._row, column, value)


class Table:
    """A whole table whose rows remember."""

    __slots__ = ("_name", "_rows", "_seen")

    def __init__(self, rows: Any, name: str, seen: syntax.Access) -> None:
        self._rows, self._name, self._seen = rows, name, seen

    @property
    def shape(self) -> tuple[int, ...]:
        """As of the table itself."""
        shape: tuple[int, ...] = self._rows.shape
        return shape

    def __getitem__(self, place: Any) -> Row:
        return Row(self._rows[place], self._name, self._seen)


class Recorder:
    """A binding for `composer.plain`; `seen` holds for each rule what it touched, as `row.column`."""

    def __init__(self) -> None:
        self.seen: defaultdict[Rule, syntax.Access] = defaultdict(syntax.Access)

    def bind(self, rule: Rule) -> Callable[..., Any]:
        """The rule over rows that remember; what it returns is passed on."""
        names, seen = syntax.arguments(rule), self.seen[rule]

        def recorded(*passed: Any) -> Any:
            return rule(*(_remembering(row, name, seen) for name, row in zip(names, passed, strict=True)))

        return recorded


def _remembering(row: Any, name: str, seen: syntax.Access) -> Any:
    if name in syntax.WHOLE:
        return Table(row, name, seen)
    return Row(row, name, seen) if name in ROWS else row
