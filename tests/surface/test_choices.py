"""A theory is named in a scenario like any other value: checked, explained, swept, and told in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any

import jsonschema
import pytest

from comity import beginning
from comity.cli import main
from comity.mechanism import Force
from comity.parameter import Choice
from comity.runs.catalogue import catalogue, explained
from comity.scenario import ScenarioError, check, load, schema_file, set_from_text

THEORY = "forces.consent.theory"
OPTIONS = "two_level, rational_design, appropriateness"
EU = {"extends": "mercosur", "run": {"years": 2}}


def stated(word: Any) -> dict[str, Any]:
    return {**EU, "forces": {"consent": {"theory": word}}}


def test_a_file_the_command_line_and_with_name_a_theory_alike() -> None:
    in_file = load(stated("appropriateness"))
    assert in_file.value(THEORY) == "appropriateness"
    assert load(EU).with_({THEORY: "appropriateness"}) == in_file
    assert load(EU).with_(set_from_text(f"{THEORY}=appropriateness")) == in_file


def test_the_theory_that_holds_anyway_makes_the_same_scenario() -> None:
    assert load(stated("two_level")) == load(EU)
    assert load(EU).value(THEORY) == "two_level"


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("apropriateness", f'is "apropriateness", not one of {OPTIONS}; did you mean "appropriateness"?'),
        (1, f"is 1, not one of {OPTIONS}"),
        ({"uniform": [0, 1]}, f"is a map, not one of {OPTIONS}"),
    ],
)
def test_a_word_that_is_no_theory_is_told_with_the_nearest(word: Any, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(stated(word))
    assert [(problem.key, problem.message) for problem in caught.value.problems] == [(THEORY, message)]


def test_a_switch_that_does_not_exist_is_told_with_the_nearest() -> None:
    with pytest.raises(ScenarioError, match='did you mean "theory"'):
        load(EU).with_({"forces.consent.theorie": "two_level"})


def test_in_a_run_the_place_of_the_word_stands_for_it() -> None:
    for code, word in enumerate(("two_level", "rational_design", "appropriateness")):
        assert beginning.begin(load(stated(word))).world.params[0].consent.theory == code


def test_the_schema_offers_the_words() -> None:
    valid = jsonschema.Draft202012Validator(schema_file()).is_valid
    assert valid({"forces": {"consent": {"theory": "rational_design"}}})
    assert not valid({"forces": {"consent": {"theory": "irrational_design"}}})


def test_a_sweep_may_vary_a_theory_by_its_words() -> None:
    swept = load({**EU, "sweep": {"vary": {THEORY: ["two_level", "appropriateness"]}}})
    assert swept.value("sweep")["vary"] == {THEORY: ["two_level", "appropriateness"]}


def test_the_catalogue_tells_options_default_and_source() -> None:
    told = {each["name"]: each for each in catalogue("parameters")}[THEORY]
    assert told["options"] == ["two_level", "rational_design", "appropriateness"]
    assert told["default"] == "two_level" and "Putnam" in told["source"]
    (kind, force), *_ = explained("consent")
    assert kind == "forces" and {each["name"] for each in force["choices"]} == {"theory", "diffusion"}
    assert not {"theory", "diffusion"} & {each["name"] for each in force["parameters"]}
    json.dumps(catalogue("parameters"), allow_nan=False)


def test_the_command_explains_a_theory(capsys: pytest.CaptureFixture[str]) -> None:
    def ask(*words: str) -> tuple[str, str]:
        with pytest.raises(SystemExit):
            main(list(words))
        return capsys.readouterr()

    assert "two_level (default), rational_design, appropriateness" in ask("show", "consent")[0]
    told, advice = ask("show", "consent.theory")
    assert "options" in told and "Koremenos" in told
    assert f"-s {THEORY}=appropriateness" in advice
    assert f"{THEORY}" in ask("list", "parameters")[0]


def test_a_scenario_with_a_theory_is_right_and_says_where_it_was_named(tmp_path: Any) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text("extends: mercosur\nforces:\n  consent: {theory: rational_design}\n")
    assert check([file]) == []
    assert load(file).origin(THEORY).line == 3


@dataclass(frozen=True, kw_only=True)
class Late(Force):
    """A force whose default is not its first option."""

    account: Annotated[int, Choice(("old", "new"), "which account")] = 1


def test_the_first_option_must_be_the_default_for_an_untouched_world_is_zero() -> None:
    with pytest.raises(TypeError, match=r"Late\.account: the first option must be the default"):
        Late.choices()


@pytest.mark.parametrize("options", [("alone",), ("twice", "twice")])
def test_a_choice_is_between_two_at_least_and_names_each_once(options: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="needs two options or more, each once"):
        Choice(options, "which account")
