"""A problem names its file, line and column, the key, what is wrong, and the way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

LONGEST_SHOWN: Final = 60
LONGEST_PATH: Final = 4096
SUGGESTIONS: Final = 25
"""Looking for near names costs time: after so many suggestions in one file the rest go without."""

MOST_PROBLEMS: Final = 500
"""Nobody reads more; the next one says that there are more."""


class Place(NamedTuple):
    """Where a value stands; line and column count from 1, and are 0 where there is no text."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: printed as one line, `file:line:column: key: message`."""

    file: str
    line: int
    column: int
    key: str
    message: str

    def __str__(self) -> str:
        file, key = _in_line(self.file, LONGEST_PATH), _in_line(self.key, 2 * LONGEST_SHOWN)
        place = f"{file}:{self.line}:{self.column}" if self.line else file
        return f"{place}: {key}: {self.message}" if key else f"{place}: {self.message}"


class ScenarioError(Exception):
    """A scenario that cannot be used; `problems` holds every reason, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class Report:
    """Collects the problems of one scenario, so that all of them are told at once."""

    problems: list[Problem] = field(default_factory=list)
    suggestions_left: int = SUGGESTIONS

    def say(self, place: Place, key: str, message: str) -> None:
        """Note that the value at `place`, addressed by the dotted `key`, is wrong."""
        if len(self.problems) == MOST_PROBLEMS:
            self.problems.append(Problem(*place, "", "here and below: more of the same"))
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(*place, key, message))

    def near(self, word: str, known: Iterable[str]) -> str:
        """`; did you mean "..."?` for the known name nearest to `word`, or nothing."""
        if self.suggestions_left <= 0:
            return ""
        self.suggestions_left -= 1
        return near(word, known)

    def stop_if_full(self) -> None:
        """Raise ScenarioError if no more is told anyway."""
        if len(self.problems) > MOST_PROBLEMS:
            self.stop_if_any()

    def stop_if_any(self) -> None:
        """Raise ScenarioError if anything was found."""
        if self.problems:
            once = dict.fromkeys(self.problems)
            raise ScenarioError(sorted(once, key=lambda problem: (problem.file, problem.line, problem.column)))


def _in_line(name: str, longest: int) -> str:
    return name if name.isprintable() and len(name) <= longest else shown(name)


def near(word: str, known: Iterable[str]) -> str:
    """`; did you mean "..."?` for the known name nearest to `word`, or nothing."""
    if len(word) > LONGEST_SHOWN:
        return ""
    by_lower = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6 if len(word) > 3 else 0.5)
    return f'; did you mean "{by_lower[found[0]]}"?' if found else ""


def shown(value: object) -> str:
    """A value as it appears in a message: one line, never long."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, str):
        # repr escapes what does not print, so that a message stays one line.
        return f'"{repr(value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "...")[1:-1]}"'
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, list):
        return "a list"
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "..."
