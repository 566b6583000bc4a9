"""Instructions to an organization are a small closed language: when some figures stand so, then move these levers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from comity.scenario.document import Node
from comity.scenario.problems import Report, shown
from comity.scenario.shape import INVALID, Schema, Shape
from comity.world.steering import LOWER, RAISE, SET, SIGNALS

NUMBER: Final = r"[-+]?\d+(?:\.\d+)?"
NAME: Final = r"[a-z][a-z0-9_]*"
CONDITION: Final = re.compile(
    rf"(?P<signal>{NAME})\s+(?:(?P<op><|>|below|above)\s+(?P<level>{NUMBER})"
    rf"|(?P<way>rises|falls)(?:\s+by\s+(?P<step>{NUMBER}))?)"
)
MOVE: Final = re.compile(
    rf"(?:(?P<way>raise|lower)\s+(?P<moved>{NAME})(?:\s+by\s+(?P<step>{NUMBER}))?"
    rf"|set\s+(?P<set>{NAME})\s+to\s+(?P<to>{NUMBER})|switch\s+(?P<switched>{NAME})\s+(?P<state>on|off))"
)
MOST_CONDITIONS: Final = 3
USUAL_STEP: Final = 0.2
"""Strength by which a lever is raised or lowered where the line does not say by how much."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A figure above or below a level, or its change over a year."""

    signal: str
    above: bool
    change: bool
    level: float


@dataclass(frozen=True, slots=True)
class Move:
    """A lever that is raised, lowered or set (RAISE, LOWER, SET), and by how much or to what."""

    lever: str
    act: int
    amount: float


class GrammarError(ValueError):
    """A line that is not of the language; the message says what would be."""


def conditions(text: str) -> tuple[Condition, ...]:
    """`trust < 0.35 and challengers rises by 0.02` as conditions; GrammarError where it is none."""
    parts = [part.strip() for part in re.split(r"\s+and\s+", text.strip())]
    if len(parts) > MOST_CONDITIONS:
        raise GrammarError(f"has {len(parts)} conditions; at most {MOST_CONDITIONS} can be joined by and")
    return tuple(_condition(part) for part in parts)


def _condition(text: str) -> Condition:
    found = CONDITION.fullmatch(text.replace("<=", "<").replace(">=", ">"))
    if found is None:
        raise GrammarError(
            f'cannot be read: {shown(text)}; write "trust < 0.35", "overdue > 0.2" or "challengers rises by 0.03"'
        )
    signal = found["signal"]
    _known(signal, SIGNALS, "figure that an organization reads")
    if found["way"]:
        step = float(found["step"] or 0.0)
        return Condition(signal, found["way"] == "rises", True, step if found["way"] == "rises" else -step)
    return Condition(signal, found["op"] in (">", "above"), False, float(found["level"]))


def moves(text: str, levers: Mapping[str, tuple[float, float]]) -> tuple[Move, ...]:
    """`raise grievance by 0.3 and lower court` as moves; `levers` gives the scale of each. GrammarError otherwise."""
    return tuple(_move(part, levers) for part in parts(text))


def parts(text: str) -> list[str]:
    """The acts of a line, apart."""
    return re.split(r"\s+and\s+|\s*,\s*", text.strip())


def _move(text: str, levers: Mapping[str, tuple[float, float]]) -> Move:
    found = MOVE.fullmatch(text)
    if found is None:
        raise GrammarError(
            f'cannot be read: {shown(text)}; write "raise forum", "lower court by 0.3", "set waiver to 0.6" '
            'or "switch audit off"'
        )
    lever = found["moved"] or found["set"] or found["switched"]
    _known(lever, levers, "lever")
    low, high = levers[lever]
    if found["set"]:
        to = float(found["to"])
        if not low <= to <= high:
            raise GrammarError(f"sets {lever} to {to:g}, but its strength lies between {low:g} and {high:g}")
        return Move(lever, SET, to)
    if found["switched"]:
        return Move(lever, SET, high if found["state"] == "on" else 0.0)
    step = float(found["step"] or USUAL_STEP)
    if not 0.0 < step <= high - low:
        raise GrammarError(f"moves {lever} by {step:g}; a step lies above 0 and is at most {high - low:g}")
    return Move(lever, RAISE if found["way"] == "raise" else LOWER, step)


def _known(name: str, names: Iterable[str], kind: str) -> None:
    names = list(names)
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        hint = f'; did you mean "{near[0]}"?' if near else f"; there are {', '.join(names)}"
        raise GrammarError(f"names {name}, which is no {kind}{hint}")


@dataclass(frozen=True)
class When(Shape):
    """The conditions of an instruction."""

    def check(self, node: Node, at: str, report: Report) -> Any:
        return _checked(node, at, report, conditions)

    def schema(self) -> Schema:
        return {"type": "string", "description": f"figures: {', '.join(SIGNALS)}"}


@dataclass(frozen=True)
class Then(Shape):
    """The acts of an instruction; `scales` holds name, low and high of each lever."""

    scales: tuple[tuple[str, float, float], ...]

    @property
    def levers(self) -> dict[str, tuple[float, float]]:
        """Each lever's scale by name."""
        return {name: (low, high) for name, low, high in self.scales}

    def check(self, node: Node, at: str, report: Report) -> Any:
        return _checked(node, at, report, lambda text: moves(text, self.levers))

    def schema(self) -> Schema:
        return {"type": "string", "description": "raise, lower, set or switch levers, joined by and"}


def _checked(node: Node, at: str, report: Report, read: Any) -> Any:
    if not isinstance(node.value, str):
        report.say(node.at, at, f"is {shown(node.value)}, not text")
        return INVALID
    try:
        read(node.value)
    except GrammarError as error:
        report.say(node.at, at, str(error))
        return INVALID
    return node.value
