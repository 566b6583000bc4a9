"""A name, a path or a map becomes a Scenario, or all the reasons why not."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

from comity.scenario.catalogue import Catalogue, whole_catalogue
from comity.scenario.document import Node, from_python
from comity.scenario.inherit import SUFFIXES, Reader, merge
from comity.scenario.problems import Problem, ScenarioError, near, shown
from comity.scenario.scenario import Scenario, checked

Source = str | Path | Mapping[str, Any]
MOST_LOOKED_AT: Final = 200


def load(source: Source, catalogue: Catalogue | None = None) -> Scenario:
    """The scenario of a shipped name, a path, several of them joined by `+`, or a map with the same keys as a file.

    ScenarioError holds all that is wrong, wherever it was written.
    """
    catalogue = catalogue or whole_catalogue()
    with _no_collection():
        name, stated = ("<map>", _from_map(source)) if isinstance(source, Mapping) else _named(source)
        return checked(name, stated, catalogue)


def check(paths: Iterable[str | Path], catalogue: Catalogue | None = None) -> list[Problem]:
    """Every problem of every file, in their order; a package or a calendar alone is fine."""
    found: list[Problem] = []
    for path in paths:
        try:
            load(path, catalogue)
        except ScenarioError as error:
            found += [problem for problem in error.problems if problem not in found]
    return found


@contextmanager
def _no_collection() -> Iterator[None]:
    """A tree of thousands of values makes no garbage, and looking for it would take a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _from_map(source: Mapping[str, Any]) -> Node:
    reader = Reader(folder=Path.cwd())
    node = reader.extended(from_python(source, "<map>", reader.budget), None)
    reader.report.stop_if_any()
    assert node is not None
    return node


def _named(source: str | Path) -> tuple[str, Node]:
    text = str(source)
    parts = [text] if isinstance(source, Path) or _exists(text) else text.split("+")
    problems: list[Problem] = []
    found: list[tuple[str, Node]] = []
    for part in parts:
        try:
            found.append(_one(Path(part) if isinstance(source, Path) else part))
        except ScenarioError as error:
            problems.extend(error.problems)
    if problems:
        raise ScenarioError(problems)
    name, stated = found[0]
    for other, node in found[1:]:
        name, stated = f"{name}+{other}", _joined(stated, node)
    return name, stated


def named(text: str, near: str = "") -> Node:
    """What a shipped name, a path, or several of them joined by `+` state; ScenarioError with every reason.

    A path that does not lead anywhere from here may lead somewhere from the folder `near`.
    """
    beside = Path(near) / text
    return _named(beside if near and not _exists(text) and _exists(str(beside)) else text)[1]


def _exists(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False


def _joined(first: Node, second: Node) -> Node:
    titles = [node.value["title"] for node in (first, second) if "title" in node.value]
    joined = merge(first, second)
    if len(titles) == 2 and all(isinstance(title.value, str) for title in titles):
        joined.value["title"] = Node(" + ".join(title.value for title in titles), titles[1].at)
    return joined


def _not_found(text: str, known: Iterable[str]) -> Problem:
    name = Path(text).name if "\0" not in text else ""
    hint = near(name, known) or near(name.partition(".")[0], known)
    return Problem(
        text if text.isprintable() and text else "<name>", 0, 0, "", f"no scenario or file named {shown(text)}{hint}"
    )


def _beside(path: Path) -> Iterator[str]:
    """Names of scenario files in the same folder, of a large folder some."""
    if _exists(str(path.parent)):
        for entry in islice(path.parent.iterdir(), MOST_LOOKED_AT):
            if entry.suffix in SUFFIXES:
                yield entry.name


def _one(source: str | Path) -> tuple[str, Node]:
    """The name and merged tree of one shipped name or path."""
    text = str(source)
    is_path = isinstance(source, Path) or text.endswith(SUFFIXES) or "\\" in text
    reader = Reader(folder=Path(text).parent)
    thing = None if is_path else reader.shipped.get(text)
    if thing is None and not is_path and not _exists(text):
        raise ScenarioError([_not_found(text, reader.shipped)])
    if is_path and not _exists(text):
        raise ScenarioError([_not_found(text, (*reader.shipped, *_beside(Path(text))))])
    path, name = (thing.path, thing.shown) if thing is not None else (Path(text), text)
    node = reader.read(path, name)
    reader.report.stop_if_any()
    assert node is not None
    return (text if thing is not None else path.stem), node
