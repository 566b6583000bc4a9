"""Text becomes a tree of values that know their line and column, and hostile text becomes one clear line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml

from comity.parameter import LogNormal, Normal, Uniform
from comity.scenario.problems import Place, Problem, Report, ScenarioError, shown

LARGEST_FILE: Final = 1 << 20
"""Bytes; the African Union with all its figures has a tenth of it."""

MOST_VALUES: Final = 8_000
"""Values of one scenario, aliases written out: 200 members with every figure have three quarters of it."""

DEEPEST: Final = 24
LONGEST_NUMBER: Final = 300

_PARSER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Half the time of the named constructor, and there are thousands of places.
_place: Final = partial(tuple.__new__, Place)
_BYTE_ORDER_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_UNREADABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The core schema of YAML 1.2: NO and 1_000 are text, 1e-3 is a number.
_NUMBER_STARTS: Final = frozenset("+-.0123456789")
_WORDS: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE: Final = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


class Node:
    """A value and where it stands: plain scalar, list of nodes, or map of names to nodes.

    `key` is the place of the name under which the value stands, or its own place in a list. A map with `reset` replaces
    what it is merged upon, because something other than a map stood between the two.
    """

    __slots__ = ("at", "key", "reset", "value")

    def __init__(self, value: Any, at: Place, key: Place | None = None, reset: bool = False) -> None:
        self.value = value
        self.at = at
        self.key = at if key is None else key
        self.reset = reset

    def find(self, *names: str) -> Node:
        """The node under the names, or the last one that exists on the way there."""
        node = self
        for name in names:
            if not (isinstance(node.value, dict) and name in node.value):
                break
            node = node.value[name]
        return node

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {name: node.plain() for name, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


@dataclass
class Budget:
    """How many values a scenario may still hold, whatever number of files they come from."""

    left: int = MOST_VALUES


def read_file(path: Path, name: str, budget: Budget) -> Node:
    """The tree of a file, which problems call `name`; ScenarioError if the file or its text is unusable."""
    try:
        if not path.is_file():
            raise ScenarioError([Problem(name, 0, 0, "", "is not a file" if path.exists() else "no such file")])
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ScenarioError([Problem(name, 0, 0, "", f"cannot be read: {reason}")]) from None
    return read_text(_decoded(raw, name), name, budget)


def _decoded(raw: bytes, name: str) -> str:
    if len(raw) > LARGEST_FILE:
        _refuse(name, f"the file is larger than {LARGEST_FILE >> 20} MiB, the most a scenario may have")
    if raw.startswith(_BYTE_ORDER_MARKS):
        _refuse(name, "the file starts with a byte-order mark; save it as UTF-8 without one")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise ScenarioError([Problem(name, line, column, "", "not a text file in UTF-8")]) from None


def _refuse(name: str, message: str) -> NoReturn:
    raise ScenarioError([Problem(name, 1, 1, "", message)])


def read_text(text: str, name: str, budget: Budget) -> Node:
    """The tree of a text, which problems call `name`; ScenarioError with every fault that reading can find."""
    unreadable = _UNREADABLE.search(text)
    if unreadable is not None:
        line = text.count("\n", 0, unreadable.start()) + 1
        column = unreadable.start() - text.rfind("\n", 0, unreadable.start())
        message = f"not text: it holds the character U+{ord(unreadable.group()):04X}"
        raise ScenarioError([Problem(name, line, column, "", message)])
    builder = _Builder(name, budget)
    parser = _PARSER(text)
    try:
        root = builder.build(parser)
    except yaml.MarkedYAMLError as error:
        raise ScenarioError([_syntax(error, text, name)]) from None
    finally:
        parser.dispose()
    builder.report.stop_if_any()
    return root


def _syntax(error: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    lines = text.splitlines()
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: column + 1] or "tab character" in str(error.problem):
        return Problem(name, line + 1, column + 1, "", "a tab stands in the indentation; YAML indents with spaces")
    where = f" ({error.context})" if error.context else ""
    return Problem(name, line + 1, column + 1, "", f"not YAML: {error.problem}{where}")


@dataclass
class _Frame:
    """A list or map that is being read: `name` is the key whose value comes next."""

    node: Node
    entries: dict[str, Node] | None
    anchor: str | None
    budget_before: int
    name: str | None = None
    key: Place | None = None


@dataclass
class _Builder:
    """Builds the tree from parser events: nothing is recursive, so that depth cannot exhaust the stack."""

    file: str
    budget: Budget
    report: Report = field(default_factory=Report)
    frames: list[_Frame] = field(default_factory=list)
    anchors: dict[str, tuple[Node, int] | None] = field(default_factory=dict)
    root: Node | None = None

    def build(self, parser: Any) -> Node:
        next_event = parser.get_event
        while True:
            event = next_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self.scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self.open(event, {} if kind is yaml.MappingStartEvent else [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.close()
            elif kind is yaml.AliasEvent:
                self.alias(event)
            elif kind is yaml.DocumentStartEvent and self.root is not None:
                self.stop(self.place(event), "a second document starts here; one file is one scenario")
            elif kind is yaml.StreamEndEvent:
                if self.root is None:
                    _refuse(self.file, "the file is empty")
                return self.root

    def scalar(self, event: Any) -> None:
        at = self.place(event)
        if event.tag is not None:
            self.stop(at, f"the tag {shown(event.tag)}: tags are not used in scenarios")
        frame = self.frames[-1] if self.frames else None
        text = event.value
        node = None
        if frame is not None and frame.name is None and frame.entries is not None:
            self.name(frame, frame.entries, text, at)
        else:
            node = Node(text if event.style else self.resolved(text, at), at)
            self.add(node, at)
            if frame is not None:
                frame.name = None
        if event.anchor is not None:
            self.anchors[event.anchor] = (node or Node(text, at), 1)

    def name(self, frame: _Frame, entries: dict[str, Node], name: str, at: Place) -> None:
        frame.name, frame.key = name, at
        if name in entries:
            first = entries[name].key.line
            self.report.say(at, self.path(), f"the key {shown(name)} stands here twice, first in line {first}")
            self.report.stop_if_full()
        elif name == "<<":
            self.report.say(at, self.path(), '"<<" is not a word of YAML 1.2; did you mean "extends"?')

    def open(self, event: Any, empty: Any) -> None:
        at = self.place(event)
        if event.tag is not None:
            self.stop(at, f"the tag {shown(event.tag)}: tags are not used in scenarios")
        if len(self.frames) >= DEEPEST:
            self.stop(at, f"nested deeper than {DEEPEST} levels")
        node = Node(empty, at)
        before = self.budget.left
        self.add(node, at)
        self.frames.append(_Frame(node, empty if isinstance(empty, dict) else None, event.anchor, before))
        if event.anchor is not None:
            self.anchors[event.anchor] = None

    def close(self) -> None:
        frame = self.frames.pop()
        if frame.anchor is not None:
            self.anchors[frame.anchor] = (frame.node, frame.budget_before - self.budget.left)
        if self.frames:
            self.frames[-1].name = None

    def alias(self, event: Any) -> None:
        at = self.place(event)
        if event.anchor not in self.anchors:
            self.stop(at, f"the alias *{shown(event.anchor)[1:-1]} has no anchor before it")
        anchored = self.anchors[event.anchor]
        if anchored is None:
            self.stop(at, f"the alias *{shown(event.anchor)[1:-1]} stands inside its own anchor")
        node, size = anchored
        self.budget.left -= size - 1
        self.add(Node(node.value, node.at), at)
        if self.frames:
            self.frames[-1].name = None

    def add(self, node: Node, at: Place) -> None:
        self.budget.left -= 1
        if self.budget.left < 0:
            self.stop(at, f"more than {MOST_VALUES:,} values, aliases written out")
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        if frame.entries is None:
            frame.node.value.append(node)
            return
        if frame.name is None or frame.key is None:
            self.stop(at, "a key must be a plain word, not a list, a map or an alias")
        node.key = frame.key
        frame.entries[frame.name] = node

    def resolved(self, text: str, at: Place) -> Any:
        """The value of plain text; numbers that are not finite are noted and count as null."""
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _NUMBER_STARTS:
            return text
        number = number_of(text)
        if isinstance(number, float) and number - number != 0.0:
            self.report.say(at, self.path(), f"{shown(text)[1:-1]} is not a finite number")
            return None
        return number

    def path(self) -> str:
        # An open list or map already stands in the list around it; what comes next does not yet.
        names = (
            frame.name if frame.entries is not None else str(len(frame.node.value) - (frame is not self.frames[-1]))
            for frame in self.frames
        )
        return ".".join(name for name in names if name is not None)

    def place(self, event: Any) -> Place:
        mark = event.start_mark
        return _place((self.file, mark.line + 1, mark.column + 1))

    def stop(self, at: Place, message: str) -> NoReturn:
        self.report.say(at, self.path(), message)
        self.report.stop_if_any()
        raise AssertionError


def number_of(text: str) -> int | float | str:
    """The number that plain text stands for in YAML 1.2; infinite if it has no finite value; else the text."""
    if len(text) > LONGEST_NUMBER:
        return float("inf") if _FLOAT.fullmatch(text) or _OTHER_BASE.fullmatch(text) else text
    if _WHOLE.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    return float("inf") if _NOT_FINITE.fullmatch(text) else text


def from_python(value: object, file: str, budget: Budget, key: str = "") -> Node:
    """The tree of plain Python values and priors; ScenarioError names the first that no file could hold."""
    return _from_python(value, Place(file, 0, 0), budget, key, 0)


def _from_python(value: Any, at: Place, budget: Budget, key: str, depth: int) -> Node:
    budget.left -= 1
    if budget.left < 0:
        raise ScenarioError([Problem(*at, key, f"more than {MOST_VALUES:,} values")])
    if depth > DEEPEST:
        raise ScenarioError([Problem(*at, key, f"nested deeper than {DEEPEST} levels")])
    value = _as_plain(value)
    if isinstance(value, Mapping):
        return Node({name: _child(name, child, at, budget, key, depth) for name, child in value.items()}, at)
    if isinstance(value, list | tuple):
        return Node([_from_python(child, at, budget, f"{key}.{i}", depth + 1) for i, child in enumerate(value)], at)
    if value is not None and not isinstance(value, str | bool | int | float):
        raise ScenarioError([Problem(*at, key, f"a scenario cannot hold a {type(value).__name__}")])
    if isinstance(value, float) and value - value != 0.0:
        raise ScenarioError([Problem(*at, key, f"{value} is not a finite number")])
    if isinstance(value, int) and abs(value) >= 10**LONGEST_NUMBER:
        raise ScenarioError([Problem(*at, key, f"a number of more than {LONGEST_NUMBER} digits")])
    if isinstance(value, str) and not _writable(value):
        raise ScenarioError([Problem(*at, key, f"{shown(value)} cannot be written as UTF-8")])
    return Node(value, at)


def _child(name: Any, child: Any, at: Place, budget: Budget, key: str, depth: int) -> Node:
    if not isinstance(name, str) or not _writable(name):
        raise ScenarioError([Problem(*at, key, f"the key {shown(name)} is not text")])
    return _from_python(child, at, budget, f"{key}.{name}" if key else name, depth + 1)


def _writable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _as_plain(value: Any) -> Any:
    match value:
        case Uniform(low, high):
            return {"uniform": [low, high]}
        case Normal(mean, sd):
            return {"normal": [mean, sd]}
        case LogNormal(median, sd):
            return {"lognormal": [median, sd]}
    # Numbers of NumPy arrive from sweep designs and notebooks.
    return value.item() if hasattr(value, "item") and not isinstance(value, Mapping | list | tuple) else value
