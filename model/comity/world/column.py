"""A column says what it holds: unit, bounds, meaning, and the value of a row that nobody has touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Column:
    """One column: unit, bounds (both included), meaning, and the value of a row that nobody has touched."""

    unit: str
    low: float
    high: float
    means: str
    start: float = 0.0


INF: Final = float("inf")


def share(means: str, start: float = 0.0) -> Column:
    return Column("share", 0.0, 1.0, means, start)


def flag(means: str, start: float = 0.0) -> Column:
    return Column("yes or no", 0.0, 1.0, means, start)


def count(means: str, start: float = 0.0, high: float = INF) -> Column:
    return Column("count", 0.0, high, means, start)


def quarters(means: str, start: float = 0.0, low: float = 0.0) -> Column:
    return Column("quarters", low, INF, means, start)


def stock(means: str, start: float = 0.0) -> Column:
    return Column("index", 0.0, INF, means, start)


def index(means: str, low: float = -INF, high: float = INF, start: float = 0.0) -> Column:
    return Column("index", low, high, means, start)
