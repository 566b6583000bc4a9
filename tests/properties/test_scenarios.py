"""Merging is associative, reading never fails in another way than it says, and writing loses nothing."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.mechanism import Force, Lever, Outcome
from comity.parameter import Parameter
from comity.scenario import Catalogue, ScenarioError, load, set_from_text
from comity.scenario.document import Budget, Node, from_python, read_text
from comity.scenario.inherit import merge
from comity.scenario.write import written


@dataclass(frozen=True, kw_only=True)
class Sunset(Lever):
    """A lever with a number of its own."""

    term: Annotated[float, Parameter("years", 1, 20, "time to the vote")] = 7.0


@dataclass(frozen=True, kw_only=True)
class Elections(Force):
    """A force."""

    swing: Annotated[float, Parameter("share", 0.0, 0.5, "votes that move")] = 0.1


CATALOGUE = Catalogue({"sunset": Sunset}, {"elections": Elections}, {"trust": Outcome})

# Words of the scenario language mixed with others, so that random documents get past the first check.
SECTIONS = ("run", "region", "areas", "organization", "levers", "shocks", "forces", "sweep", "outcomes", "title")
PARTS = (
    *("members", "synthetic", "borders", "groups", "columns", "sources", "acquis", "start", "name", "AAA", "BBB"),
    *("trade", "data", "weight", "spillover", "sunset", "on", "strength", "from", "until", "schedule", "term"),
    *("events", "covered", "kind", "vary", "design", "run.years", "elections", "swing", "years", "depth", "value"),
    *("normal", "uniform", "lognormal", "source", "year", "democracy", "next_election", "standing", "accession"),
)
# "<<" is the merge key of YAML 1.1, which is refused with a hint: a document never holds it
names = (st.sampled_from(PARTS) | st.text(max_size=6)).filter(lambda name: name != "<<")
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3000)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["all", "AAA", "AAA-BBB", "2012Q3", "economic", "trade", "trust", "NO", "1e-3", "-", "#", "a: b"])
    | st.text(max_size=8)
)
values = st.recursive(
    scalars,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(names, children, max_size=4),
    max_leaves=20,
)
documents = st.dictionaries(st.sampled_from(SECTIONS) | names, values, max_size=6)


def node(value: Any) -> Node:
    return from_python(value, "x", Budget())


def shape(tree: Node) -> Any:
    """All that matters of a tree, its resets too."""
    if isinstance(tree.value, dict):
        return tree.reset, {name: shape(child) for name, child in tree.value.items()}
    return tree.plain()


few = st.sampled_from(["a", "b", "value", "normal"])
trees = st.recursive(
    st.none() | st.integers(0, 3) | st.lists(st.integers(0, 3), max_size=2),
    lambda children: st.dictionaries(few, children, max_size=3),
    max_leaves=12,
)


@given(trees, trees, trees)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_merging_is_associative(a: Any, b: Any, c: Any) -> None:
    one = merge(merge(node(a), node(b)), node(c))
    other = merge(node(a), merge(node(b), node(c)))
    assert one.plain() == other.plain()


@given(trees)
@settings(deadline=None, derandomize=True)
def test_merging_with_nothing_or_itself_changes_nothing(a: Any) -> None:
    assert merge(node(a), node(a)).plain() == a
    tree = {"x": a}
    assert merge(node({}), node(tree)).plain() == tree
    assert merge(node(tree), node({})).plain() == tree


@given(documents)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_document_is_a_scenario_or_a_scenario_error(document: dict[str, Any]) -> None:
    try:
        scenario = load(document, CATALOGUE)
    except ScenarioError as error:
        assert error.problems
        assert all("\n" not in str(problem) for problem in error.problems)
    else:
        assert scenario.with_({}).resolved == scenario.resolved


@given(st.binary(max_size=60) | st.text(alphabet="a:-[]{}#&*!|>'\"%@`,? \n\t.0e~<\\", max_size=60).map(str.encode))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_bytes_are_a_scenario_or_a_scenario_error(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_bytes(content)
        try:
            load(path, CATALOGUE)
        except ScenarioError as error:
            assert error.problems
            assert all("\n" not in str(problem) for problem in error.problems)


@given(st.text(max_size=30))
@settings(deadline=None, derandomize=True)
def test_any_setting_or_name_is_taken_or_a_scenario_error(text: str) -> None:
    for call in (set_from_text, lambda text: set_from_text(f"run.years={text}"), lambda text: load(text, CATALOGUE)):
        try:
            call(text)
        except ScenarioError as error:
            assert all("\n" not in str(problem) for problem in error.problems)


@given(documents)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_what_is_written_reads_as_the_same_values(document: dict[str, Any]) -> None:
    again = read_text(written(document), "x", Budget()).plain()
    assert again == document
    assert repr(again) == repr(document)


changes = st.fixed_dictionaries(
    {},
    optional={
        "title": st.text(max_size=20),
        "run.years": st.integers(1, 200) | st.none(),
        "run.seed": st.integers(0, 2**63 - 1),
        "levers.sunset.on": st.booleans(),
        "levers.sunset.strength": st.floats(0, 1),
        "levers.sunset.term": st.floats(1, 20)
        | st.tuples(st.floats(1, 20), st.floats(0, 100)).map(lambda pair: {"normal": list(pair)}),
        "levers.sunset.from": st.integers(1900, 2200) | st.just("2012Q3"),
        "levers.sunset.members": st.lists(st.sampled_from(["AAA", "old"]), min_size=1) | st.just("all"),
        "forces.elections.swing": st.floats(0, 0.5),
        "organization.rule": st.sampled_from(["consensus", "two_thirds"]),
    },
)


@given(changes)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_scenario_written_and_read_is_the_same(change: dict[str, Any]) -> None:
    scenario = load({}, CATALOGUE).with_(change)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_text(scenario.to_yaml(), encoding="utf-8")
        again = load(path, CATALOGUE)
    assert again.resolved == scenario.resolved
    assert again == scenario
    assert scenario.diff(again) == []
