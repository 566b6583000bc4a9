"""A scenario is a frozen, complete and checked document whose every value knows where it comes from."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from comity.scenario.catalogue import Catalogue, whole_catalogue
from comity.scenario.document import Budget, Node, from_python, read_text
from comity.scenario.inherit import merge
from comity.scenario.model import scenario_shape
from comity.scenario.paths import NoSuchPath, look_up
from comity.scenario.problems import Place, Problem, Report, ScenarioError, shown
from comity.scenario.relations import Relations
from comity.scenario.shape import INVALID
from comity.scenario.write import written

DEFAULT = Place("default", 0, 0)
WORDS_FOR_READERS = ("title", "story")


@dataclass(frozen=True, eq=False)
class Scenario:
    """What a run needs, checked. Equal if it makes the same runs, whatever its title.

    `stated` is what the files say, without defaults; `_tree` what `resolved` hands out copies of.
    """

    name: str
    stated: Node = field(repr=False)
    catalogue: Catalogue = field(repr=False)
    _tree: Mapping[str, Any] = field(repr=False)

    @property
    def resolved(self) -> dict[str, Any]:
        """The whole document as plain values, defaults filled in; a copy, so that changing it changes nothing."""
        return {key: _copy(value) for key, value in self._tree.items()}

    @property
    def title(self) -> str:
        """What readers call it."""
        return self._tree["title"] or self.name

    @property
    def story(self) -> str:
        """One line: what it is about."""
        return str(self._tree["story"])

    def value(self, path: str) -> Any:
        """The resolved value at a dotted path; ScenarioError, with the nearest path, if there is none."""
        try:
            return _copy(look_up(self._tree, path))
        except NoSuchPath as error:
            raise ScenarioError([Problem(self.name, 0, 0, path, str(error))]) from None

    def origin(self, path: str) -> Place:
        """Where the value at a dotted path was written; file `default` if no file states it."""
        self.value(path)
        names = path.split(".")
        node = self.stated
        for name in names:
            if not (isinstance(node.value, dict) and name in node.value) or node.value[name].value is None:
                return DEFAULT
            node = node.value[name]
        return node.at

    @functools.cached_property
    def fixed(self) -> frozenset[str]:
        """Paths of declared numbers that the scenario states itself: their declared priors are not drawn."""
        declared = self.catalogue.declarations()
        return frozenset(path for path in declared if self.origin(path) is not DEFAULT)

    @functools.cached_property
    def digest(self) -> str:
        """The same for two scenarios that make the same runs: title and story do not count (sha-256, hexadecimal)."""
        told = {key: value for key, value in self._tree.items() if key not in WORDS_FOR_READERS}
        text = json.dumps([told, sorted(self.fixed)], sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[Any, ...]:
        # travels to another process as what it states, and is checked again there; its catalogue is the program's own
        return _again, (type(self), self.name, self.stated.plain())

    def with_(self, changes: Mapping[str, Any], origin: str = "<with_>") -> Scenario:
        """The scenario with other values at dotted paths; None takes back what was stated.

        ScenarioError tells everything that is wrong with the changes; problems call their file `origin`.
        """
        stated, budget, report = self.stated, Budget(), Report()
        for path, value in changes.items():
            try:
                node = value if isinstance(value, Node) else from_python(value, origin, budget, path)
                stated = merge(stated, _at_path(path, node))
            except ScenarioError as error:
                report.problems.extend(error.problems)
        report.stop_if_any()
        return checked(self.name, stated, self.catalogue)

    def require_region(self) -> Scenario:
        """Itself, if it can be run; ScenarioError if it is a mere package or calendar."""
        if "region" not in self._tree:
            message = f'there is no region to run; join one to it, as in "eu+{self.name}"'
            raise ScenarioError([Problem(self.stated.at.file, 0, 0, "region", message)])
        return self

    def members_of(self, targets: str | list[str]) -> tuple[str, ...]:
        """The members, in the order of the region, that `all`, or codes and names of groups, mean."""
        region = self._tree["region"]
        everyone = tuple(region.get("members", ()))
        if isinstance(targets, str):
            return everyone
        groups = region["groups"]
        meant = {code for target in targets for code in groups.get(target, [target])}
        return tuple(code for code in everyone if code in meant)

    def to_yaml(self) -> str:
        """What the scenario states, as one file that extends nothing; loaded again it is the same scenario."""
        return written(self.stated.plain())

    def diff(self, other: Scenario) -> list[tuple[str, Any, Any]]:
        """Each dotted path where the two differ, with this value and the other; None where one has none."""
        return list(_differences(self._tree, other._tree, ""))


def checked(name: str, stated: Node, catalogue: Catalogue) -> Scenario:
    """The scenario that a merged tree makes; ScenarioError with every reason if it makes none."""
    report = Report()
    tree = scenario_shape(catalogue).check(stated, "", report)
    if tree is not INVALID:
        Relations(stated, tree, report).check()
    report.stop_if_any()
    if "region" in tree:
        tree["run"].setdefault("start", tree["region"]["start"])
        for key in ("acquis", "practice"):
            tree["region"][key] = {area: tree["region"][key].get(area, 0.0) for area in tree["areas"]}
    return Scenario(name, stated, catalogue, tree)


def _again(kind: type[Scenario], name: str, stated: Any) -> Scenario:
    again = checked(name, from_python(stated, name, Budget()), whole_catalogue())
    return kind(again.name, again.stated, again.catalogue, again._tree)


def set_from_text(text: str, origin: str = "-s") -> dict[str, Node]:
    """`levers.sunset.term=5` as a change for `with_`; the value is read as YAML, errors name `origin` as the file."""
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise ScenarioError([Problem(origin, 1, 1, "", f'{shown(text)} has no "="; write KEY=VALUE')])
    if not value.strip():
        raise ScenarioError([Problem(origin, 1, len(path) + 2, path.strip(), "has no value; null takes it back")])
    try:
        node = read_text(value, origin, Budget())
    except ScenarioError as error:
        raise ScenarioError([_moved(problem, path, text) for problem in error.problems]) from None
    _shift(node, len(path) + 1)
    return {path.strip(): node}


def _moved(problem: Problem, path: str, text: str) -> Problem:
    # The parser tells an open bracket in the line after the last.
    column = problem.column + len(path) + 1 if problem.line == 1 else len(text) + 1
    return Problem(problem.file, 1, column, path.strip(), problem.message)


def _shift(node: Node, columns: int) -> None:
    node.at = node.at._replace(column=node.at.column + columns)
    node.key = node.key._replace(column=node.key.column + columns)
    children = node.value.values() if isinstance(node.value, dict) else node.value
    for child in children if isinstance(children, list | type({}.values())) else ():
        _shift(child, columns)


def _at_path(path: str, node: Node) -> Node:
    """A tree that holds only `node`, under its dotted path."""
    for name in reversed(path.split(".")):
        node = Node({name: node}, node.at)
    return node


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def _differences(mine: Any, theirs: Any, at: str) -> Any:
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        for name in dict.fromkeys((*mine, *theirs)):
            yield from _differences(mine.get(name), theirs.get(name), f"{at}.{name}" if at else name)
    elif mine != theirs:
        yield at, mine, theirs
