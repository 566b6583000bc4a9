"""Results go to standard output, everything else to standard error; a JSON document stands alone."""

from __future__ import annotations

import difflib
import json
import math
import shutil
import sys
import textwrap
import time
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any, Final

import click

NARROWEST: Final = 60
QUIET_FOR: Final = 2.0
"""Seconds before progress is shown: what is done sooner needs none."""
REFRESH: Final = 0.2


def result(text: str = "") -> None:
    """A line of the result."""
    click.echo(text)


def advise(text: str) -> None:
    """A line for the person at the keyboard."""
    click.echo(text, err=True)


def document(value: Any) -> None:
    """The one JSON document of `--json`: null for what is missing, never NaN."""
    click.echo(json.dumps(_plain(value), indent=2, allow_nan=False))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean "..."?` for the known name nearest to `word`, or nothing."""
    found = difflib.get_close_matches(word.lower(), list(known), n=1)
    return f'; did you mean "{found[0]}"?' if found else ""


def width() -> int:
    """Characters in a line of this terminal."""
    return max(shutil.get_terminal_size((100, 24)).columns, NARROWEST)


def definitions(rows: Sequence[tuple[str, str]], indent: str = "  ") -> list[str]:
    """Names and what is said of them, in two columns; long texts go on below themselves."""
    if not rows:
        return []
    margin = min(max(len(name) for name, _ in rows) + 2, width() // 2)
    lines = []
    for name, text in rows:
        head = f"{indent}{name:<{margin}}" if len(name) < margin else f"{indent}{name}  "
        hanging = " " * (len(indent) + margin)
        lines += textwrap.wrap(
            text, width(), initial_indent=head, subsequent_indent=hanging, break_on_hyphens=False
        ) or [head.rstrip()]
    return lines


def table(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    """Lines of a table: the first `left` columns begin at the left, the others end at the right."""
    widths = [max(len(line[k]) for line in (head, *rows)) for k in range(len(head))]
    return [
        "  ".join(f"{cell:<{wide}}" if k < left else f"{cell:>{wide}}" for k, (cell, wide) in enumerate(pairs)).rstrip()
        for line in (head, *rows)
        for pairs in [list(zip(line, widths, strict=True))]
    ]


def figure(value: float | None, digits: int = 3) -> str:
    """A number for people; a dash for what is missing."""
    if value is None or math.isnan(value):
        return "-"
    digits = digits + 1 if 10.0 ** -(digits + 1) <= abs(value) < 0.01 else digits  # a rare event is not no event
    text = f"{value:.{digits}f}" if abs(value) < 1000 else f"{value:.0f}"
    return text.removeprefix("-") if float(text) == 0.0 else text


class Progress:
    """How far a long piece of work is, and how long it will take: shown on a terminal alone, and not at once."""

    def __init__(self, what: str, rate: bool = False) -> None:
        self.what, self.shown, self.rate = what, False, rate
        self.start = self.last = time.monotonic()
        self.wanted = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` are finished."""
        now = time.monotonic()
        if not self.wanted or now - self.start < QUIET_FOR or now - self.last < REFRESH:
            return
        self.last, self.shown = now, True
        left = (now - self.start) * (total - done) / max(done, 1)
        rate = f"{done / (now - self.start):.0f} a second, " if self.rate else ""
        click.echo(f"\r{self.what}: {done} of {total}, {rate}{span(left)} to go   ", nl=False, err=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.shown:
            click.echo("\r" + " " * NARROWEST + "\r", nl=False, err=True)


def between(low: float | None, high: float | None, digits: int = 3) -> str:
    """An interval for people; a dash for one that is missing."""
    return "-" if low is None or high is None else f"{figure(low, digits)} to {figure(high, digits)}"


def span(seconds: float) -> str:
    """A length of time for people."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
