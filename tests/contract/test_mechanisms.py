"""What every mechanism owes: a claim, numbers with sources, honest columns, and rules that give the same bits."""

from __future__ import annotations

import ast
import importlib
import inspect
import math
import pkgutil
import types
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import comity.forces
import comity.levers
import comity.outcomes
from comity import arithmetic, chance, syntax
from comity.mechanism import Mechanism, Rule, mechanism_of
from comity.quarter import RULEBOOK

FOLDERS = (comity.forces, comity.levers, comity.outcomes)
FILES: dict[str, types.ModuleType] = {
    found.name.removeprefix("comity."): importlib.import_module(found.name)
    for folder in FOLDERS
    for found in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}.")
}
MECHANISMS: dict[str, type[Mechanism]] = {**RULEBOOK.forces, **RULEBOOK.levers, **RULEBOOK.outcomes}
FINISHES = {outcome.finish: name for name, outcome in RULEBOOK.outcomes.items()}
RULES: list[Rule] = list(dict.fromkeys(step.rule for phase in RULEBOOK.phases for step in phase.steps))
GUARDED = (arithmetic.__name__, chance.__name__)
"""Files whose own divisions are guarded, and tested elsewhere."""

each_mechanism = pytest.mark.parametrize("name", MECHANISMS)
each_rule = pytest.mark.parametrize("rule", [*RULES, *FINISHES], ids=lambda rule: f"{owner(rule)}.{rule.__name__}")


def owner(rule: Rule) -> str:
    return FINISHES.get(rule) or rule.__module__.rpartition(".")[2]


def rules_of(name: str) -> list[Rule]:
    """The rules of a mechanism, an outcome's `finish` included."""
    return [rule for rule in (*RULES, *FINISHES) if owner(rule) == name]


def helpers(rule: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """The functions that a rule calls, and those that they call."""
    for value in syntax.outside_names(rule).values():
        if isinstance(value, types.FunctionType) and value.__module__ not in GUARDED:
            yield value
            yield from helpers(value)


def columns(paths: set[str] | tuple[str, ...], *left_out: str) -> list[str]:
    return sorted(path for path in paths if path.partition(".")[0] not in left_out)


@pytest.mark.parametrize("file", FILES)
def test_a_file_opens_with_its_claim_in_one_sentence(file: str) -> None:
    claim = (FILES[file].__doc__ or "").split("\n")[0]
    assert claim.endswith(".")
    assert ". " not in claim


@pytest.mark.parametrize("file", FILES)
def test_a_file_holds_one_mechanism_that_takes_part_in_the_quarter(file: str) -> None:
    module = FILES[file]
    own = [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__]
    kind, name = file.split(".")
    assert [each for each in own if issubclass(each, Mechanism)] == [getattr(RULEBOOK, kind)[name]]


@pytest.mark.parametrize("file", FILES)
def test_no_rule_lies_idle(file: str) -> None:
    module = FILES[file]
    public = [
        each
        for each in vars(module).values()
        if inspect.isfunction(each) and each.__module__ == module.__name__ and not each.__name__.startswith("_")
    ]
    called = {helper for rule in rules_of(file.split(".")[1]) for helper in helpers(rule)}
    assert [each.__name__ for each in public if each not in RULES and each not in called] == []


@each_mechanism
def test_a_number_says_its_unit_bounds_meaning_and_source(name: str) -> None:
    for declared in MECHANISMS[name].parameters().values():
        parameter = declared.parameter
        assert parameter.unit and parameter.means and parameter.source, declared.name
        assert math.isfinite(parameter.low) and math.isfinite(parameter.high), declared.name
        assert parameter.low < parameter.high, declared.name


@pytest.mark.parametrize("heading", ["Names", "Price", "Evidence", "Misuse"])
@pytest.mark.parametrize("name", RULEBOOK.levers)
def test_a_lever_tells_its_names_price_evidence_and_misuse(name: str, heading: str) -> None:
    assert RULEBOOK.levers[name].section(heading)


@pytest.mark.parametrize("name", RULEBOOK.forces)
def test_a_force_tells_the_names_that_the_literature_has_for_it(name: str) -> None:
    assert RULEBOOK.forces[name].section("Names")


@pytest.mark.parametrize("name", RULEBOOK.outcomes)
def test_an_outcome_tells_unit_direction_and_window(name: str) -> None:
    outcome = RULEBOOK.outcomes[name]
    assert outcome.unit and outcome.direction and outcome.window


@each_mechanism
def test_a_mechanism_declares_the_columns_that_its_rules_read(name: str) -> None:
    touched = set().union(*(syntax.access(rule).reads for rule in rules_of(name)))
    assert columns(MECHANISMS[name].reads, name) == columns(touched, "why")


@each_mechanism
def test_a_mechanism_declares_the_columns_that_its_rules_write(name: str) -> None:
    touched = set().union(*(syntax.access(rule).writes for rule in rules_of(name)))
    assert columns(MECHANISMS[name].writes) == columns(touched, "why")


@each_mechanism
def test_the_terms_of_a_decision_are_those_that_are_written_down(name: str) -> None:
    written = {path for rule in rules_of(name) for path in syntax.access(rule).writes if path.startswith("why.")}
    terms = MECHANISMS[name].terms
    assert written == ({f"why.{term}" for term in (*terms, "logit", "draw")} if terms else set())


@each_mechanism
def test_every_column_of_a_tally_is_declared_by_an_outcome(name: str) -> None:
    known = {f"tally.{column}" for outcome in RULEBOOK.outcomes.values() for column in outcome.columns}
    assert {path for path in MECHANISMS[name].writes if path.startswith("tally.")} <= known


@each_rule
def test_a_rule_says_in_a_sentence_what_it_does(rule: Rule) -> None:
    assert (inspect.getdoc(rule) or "").split("\n")[0].endswith(".")


@each_rule
def test_a_rule_and_its_helpers_give_the_same_bits_everywhere(rule: Rule) -> None:
    assert {each.__name__: syntax.slips(each) for each in (rule, *helpers(rule)) if syntax.slips(each)} == {}


NUMBERS_OF_A_RULE = (-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0)
"""Signs, halves, doubles, small counts and the edge of a clip; anything else is a parameter that nobody declared."""


@each_rule
def test_no_number_hides_in_a_rule(rule: Rule) -> None:
    for each in (rule, *helpers(rule)):
        found = [node.value for node in ast.walk(syntax.tree(each)) if isinstance(node, ast.Constant)]
        numbers = [value for value in found if isinstance(value, int | float)]
        assert [value for value in numbers if abs(value) not in NUMBERS_OF_A_RULE] == [], each.__name__


@each_rule
def test_a_rule_never_writes_a_column_that_it_reads_of_others(rule: Rule) -> None:
    """Else it would matter who comes first."""
    access = syntax.access(rule)
    table = {**syntax.ROWS, **syntax.WHOLE}
    others = [
        path.partition(".") for path in access.reads if path.startswith("other") or path.split(".")[0] in syntax.WHOLE
    ]
    assert [f"{table[row]}.{name}" for row, _, name in others if f"{table[row]}.{name}" in access.writes] == []


def test_a_rule_that_reads_others_and_writes_itself_would_be_seen() -> None:
    def catch_up(member: Any, other: Any) -> None:
        """Trust moves to that of others."""
        member.trust = other.trust

    with pytest.raises(AssertionError):
        test_a_rule_never_writes_a_column_that_it_reads_of_others(catch_up)


def test_a_mechanism_is_known_by_its_file() -> None:
    assert all(mechanism_of(rule) is MECHANISMS[owner(rule)] for rule in RULES)
