"""A scenario is complete, knows where each value comes from, and changes only into another scenario."""

from __future__ import annotations

import json
import pickle
from dataclasses import FrozenInstanceError, dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar

import jsonschema
import numpy as np
import pytest

from comity.mechanism import Force, Lever, Outcome
from comity.parameter import LogNormal, Normal, Parameter, Uniform
from comity.scenario import (
    Catalogue,
    Place,
    Scenario,
    ScenarioError,
    load,
    schema_file,
    set_from_text,
    shipped,
    shipped_folder,
)
from comity.scenario.document import Budget, read_file
from comity.scenario.library import files


@dataclass(frozen=True, kw_only=True)
class Sunset(Lever):
    """A lever with a number of its own."""

    term: Annotated[float, Parameter("years", 1, 20, "time to the vote", prior=Uniform(5, 9))] = 7.0


@dataclass(frozen=True, kw_only=True)
class Stance(Lever):
    """A lever with another scale."""

    scale: ClassVar[Parameter] = Parameter("from soft to hard", -1.0, 1.0, "how hard the line is")
    default_strength: ClassVar[float] = 0.0


@dataclass(frozen=True, kw_only=True)
class Elections(Force):
    """A force."""

    swing: Annotated[float, Parameter("share", 0.0, 0.5, "votes that move")] = 0.1


CATALOGUE = Catalogue({"sunset": Sunset, "stance": Stance}, {"elections": Elections}, {"trust": Outcome})
TEXT = """\
title: Ours
extends: parent.yaml
levers:
  sunset: {on: true, from: 2012, schedule: [{from: 2012Q2, strength: 1}]}
"""
PARENT = """\
run: {years: 7}
levers:
  sunset:
    term: {normal: [6, 1]}
"""


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scenario:
    monkeypatch.chdir(tmp_path)
    Path("ours.yaml").write_text(TEXT)
    Path("parent.yaml").write_text(PARENT)
    return load("ours.yaml", CATALOGUE)


def problems(call: Any, *arguments: Any) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        call(*arguments)
    return [str(problem) for problem in caught.value.problems]


def test_resolved_is_complete(ours: Scenario) -> None:
    resolved = ours.resolved
    assert resolved["run"] == {"years": 7, "seed": 1, "runs": 100, "uncertainty": "contested"}
    assert resolved["levers"]["sunset"] == {
        "on": True,
        "strength": 1.0,
        "from": "2012Q1",
        "until": None,
        "schedule": [{"from": "2012Q2", "strength": 1.0}],
        "areas": "all",
        "members": "all",
        "term": {"normal": [6.0, 1.0]},
    }
    assert resolved["levers"]["stance"]["on"] is False
    assert resolved["levers"]["stance"]["strength"] == 0.0
    assert resolved["forces"] == {"elections": {"swing": 0.1}}
    assert resolved["outcomes"] == ["trust"]
    assert resolved["shocks"] == {"covered": None, "events": {}}
    assert resolved["organization"]["entry"] == "on_adoption"


def test_changing_what_resolved_hands_out_changes_nothing(ours: Scenario) -> None:
    ours.resolved["levers"]["sunset"]["schedule"].append("x")
    ours.value("outcomes").append("y")
    ours.resolved["run"]["years"] = 0
    assert ours.value("levers.sunset.schedule") == [{"from": "2012Q2", "strength": 1.0}]
    assert ours.value("outcomes") == ["trust"]
    assert ours.value("run.years") == 7
    with pytest.raises(FrozenInstanceError):
        ours.name = "x"  # type: ignore[misc]


def test_each_value_knows_its_origin(ours: Scenario) -> None:
    assert ours.origin("levers.sunset.on") == Place("ours.yaml", 4, 16)
    assert ours.origin("levers.sunset.term") == Place("parent.yaml", 4, 11)
    assert ours.origin("levers.sunset.strength") == Place("default", 0, 0)
    assert ours.with_({"run.years": None}).origin("run.years").file == "default"
    assert ours.with_({"run.seed": 3}).origin("run.seed") == Place("<with_>", 0, 0)


def test_a_wrong_path_brings_the_nearest(ours: Scenario) -> None:
    assert problems(ours.value, "levers.sunst.on") == [
        'ours: levers.sunst.on: no "sunst" in levers; did you mean "sunset"?'
    ]
    assert problems(ours.origin, "rum") == ['ours: rum: no "rum" in the scenario; did you mean "run"?']
    assert problems(ours.value, "run.years.x")[0].endswith('no "x" in run.years')


def test_with_makes_another_scenario_and_leaves_this_one(ours: Scenario) -> None:
    other = ours.with_({"levers.sunset.term": 5, "levers.stance": {"on": True}, "run.years": np.int64(9)})
    assert other.value("levers.sunset.term") == 5.0
    assert other.value("levers.stance.on") is True
    assert other.value("run.years") == 9
    assert ours.value("levers.sunset.term") == {"normal": [6.0, 1.0]}
    assert ours.diff(other) == [
        ("run.years", 7, 9),
        ("levers.sunset.term", {"normal": [6.0, 1.0]}, 5.0),
        ("levers.stance.on", False, True),
    ]


def test_with_takes_priors_and_takes_back_with_none(ours: Scenario) -> None:
    priors = {"levers.sunset.term": Uniform(2, 3), "organization.depth": Normal(0.5, 0.1)}
    other = ours.with_(priors | {"organization.due": LogNormal(2, 0.5)})
    assert other.value("levers.sunset.term") == {"uniform": [2.0, 3.0]}
    assert other.value("organization.depth") == {"normal": [0.5, 0.1]}
    assert other.value("organization.due") == {"lognormal": [2.0, 0.5]}
    assert other.with_({"levers.sunset.term": None}).value("levers.sunset.term") == 7.0


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"levers.sunst.on": True}, ['<with_>: levers.sunst: no such key; did you mean "sunset"?']),
        ({"levers.sunst.on": None}, ['<with_>: levers.sunst: no such key; did you mean "sunset"?']),
        ({"extends": "eu"}, ["<with_>: extends: no such key"]),
        ({"levers..on": True}, ["<with_>: levers.: no such key"]),
        ({"run.years": float("nan")}, ["<with_>: run.years: nan is not a finite number"]),
        ({"run.years": {1}}, ["<with_>: run.years: a scenario cannot hold a set"]),
        ({"run": {1: 2}}, ["<with_>: run: the key 1 is not text"]),
        ({"title": "\ud800"}, ['<with_>: title: "\\ud800" cannot be written as UTF-8']),
        ({"run.years": 10**400}, ["<with_>: run.years: a number of more than 300 digits"]),
        ({"outcomes": list(range(9_000))}, ["<with_>: outcomes.7999: more than 8,000 values"]),
        (
            {"run.years": 0, "run.runs": 0},
            [
                "<with_>: run.years: is 0, but must lie between 1 and 200 (years)",
                "<with_>: run.runs: is 0, but must lie between 1 and 1e+06 (runs)",
            ],
        ),
    ],
)
def test_wrong_changes_are_told_like_wrong_files(ours: Scenario, changes: dict[str, Any], lines: list[str]) -> None:
    assert problems(ours.with_, changes) == lines


def test_a_map_that_holds_itself_is_refused(ours: Scenario) -> None:
    endless: dict[str, Any] = {}
    endless["x"] = endless
    [line] = problems(ours.with_, {"run": endless})
    assert "nested deeper than" in line


def test_a_setting_of_the_command_line_is_read_as_yaml(ours: Scenario) -> None:
    for text, path, value in [
        ("levers.sunset.term=5", "levers.sunset.term", 5.0),
        ("levers.sunset.on = false", "levers.sunset.on", False),
        ("levers.sunset.term={uniform: [2, 3]}", "levers.sunset.term", {"uniform": [2.0, 3.0]}),
        ("title=a=b", "title", "a=b"),
        ("levers.sunset.from=null", "levers.sunset.from", None),
        ("title=NO", "title", "NO"),
    ]:
        assert ours.with_(set_from_text(text), origin="-s").value(path) == value


def test_a_wrong_setting_is_told_with_its_column(ours: Scenario) -> None:
    assert problems(ours.with_, set_from_text("run.years=0")) == [
        "-s:1:11: run.years: is 0, but must lie between 1 and 200 (years)"
    ]
    wrong_prior = set_from_text("levers.sunset.term={uniform: [2, 30]}")
    assert problems(ours.with_, wrong_prior)[0].startswith("-s:1:34: levers.sunset.term.uniform.1: is 30")
    assert problems(set_from_text, "run.years") == ['-s:1:1: "run.years" has no "="; write KEY=VALUE']
    assert problems(set_from_text, "run.years=") == ["-s:1:11: run.years: has no value; null takes it back"]
    assert problems(set_from_text, "run\n.years=") == ['-s:1:12: "run\\n.years": has no value; null takes it back']
    assert problems(set_from_text, "run.years={")[0].startswith("-s:1:12: run.years: not YAML")
    assert problems(set_from_text, "run.years=.nan") == ["-s:1:11: run.years: .nan is not a finite number"]


def test_written_and_loaded_again_it_is_the_same(ours: Scenario) -> None:
    odd = {"story": 'a "quote", a \\ and: # no\ncomment \x85\u2028\U0001f600 \0', "title": "null"}
    for scenario in (ours, ours.with_(odd), ours.with_({"title": "1e3"}), ours.with_({"run.years": None})):
        Path("again.yaml").write_text(scenario.to_yaml(), encoding="utf-8")
        again = load("again.yaml", CATALOGUE)
        assert again.resolved == scenario.resolved
        assert again.fixed == scenario.fixed
    assert "extends" not in ours.to_yaml()


def test_fixed_numbers_are_those_that_somebody_wrote(ours: Scenario) -> None:
    assert ours.fixed == {"levers.sunset.term"}
    assert ours.with_({"forces.elections.swing": 0.1}).fixed == {"levers.sunset.term", "forces.elections.swing"}


def test_the_digest_tells_scenarios_apart_by_what_they_do(ours: Scenario) -> None:
    assert ours.digest == ours.with_({"title": "x", "story": "y"}).digest
    assert ours == ours.with_({"title": "x"})
    assert ours.digest != ours.with_({"run.years": 8}).digest
    # The number is the default, but written down it is no longer drawn from its declared prior.
    assert ours.digest != ours.with_({"forces.elections.swing": 0.1}).digest
    assert ours != 1
    assert len({ours, ours.with_({"title": "x"})}) == 1


def test_a_map_makes_a_scenario() -> None:
    scenario = load({"run": {"years": 3}, "levers": {"sunset": {"on": True}}}, CATALOGUE)
    assert (scenario.name, scenario.value("run.years")) == ("<map>", 3)
    assert load({"extends": "areas"}, CATALOGUE).value("areas.trade.weight") > 0
    assert problems(load, {"extends": "../x.yaml"}, CATALOGUE)[0].startswith("<map>: extends: ")
    assert problems(load, {"run": {"yeers": 3}}, CATALOGUE) == ['<map>: run.yeers: no such key; did you mean "years"?']


# Shipped files


def test_every_shipped_file_goes_by_its_name() -> None:
    assert (shipped_folder() / "areas.yaml").is_file()
    for card in shipped():
        assert files()[f"{card.kind}/{card.name}"].path.is_file()
        assert card.title
        assert card.story
    assert {card.name for card in shipped("regions")} >= {"eu", "asean", "ecowas", "mercosur", "african-union"}
    assert "areas" not in [card.name for card in shipped()]


def test_a_card_changes_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "regions" / "mine.yaml"
    path.parent.mkdir()
    path.write_text("region: {name: x}\ntitle: Late\n")
    assert [(card.kind, card.name, card.title) for card in shipped(folder=tmp_path)] == [("regions", "mine", "Late")]
    path.write_text("title: Longer\n")
    assert [card.title for card in shipped("regions", tmp_path)] == ["Longer"]


@pytest.mark.parametrize("name", sorted(name for name in files() if "/" in name))
def test_a_shipped_file_is_right(name: str) -> None:
    load(name)


@pytest.mark.parametrize("name", ["eu", "asean", "ecowas", "mercosur", "african-union"])
def test_a_shipped_region_can_be_run_and_written(name: str, tmp_path: Path) -> None:
    region = load(name).require_region()
    path = tmp_path / "again.yaml"
    path.write_text(region.to_yaml(), encoding="utf-8")
    assert load(path).resolved == region.resolved
    assert load(name).with_({"region.synthetic.members": 200}).value("region.synthetic.members") == 200


# JSON Schema


def valid(document: Any, schema: dict[str, Any]) -> bool:
    return bool(jsonschema.Draft202012Validator(schema).is_valid(document))


def test_the_schema_accepts_what_is_right_and_refuses_what_is_not() -> None:
    schema = schema_file(CATALOGUE)
    jsonschema.Draft202012Validator.check_schema(schema)
    right: list[dict[str, Any]] = [
        {"$schema": "x", "extends": ["eu", "mine.yaml"], "run": None},
        {"levers": {"sunset": {"on": True, "from": 2012, "until": "2013Q1", "term": {"normal": [6, 1]}}}},
        {"levers": {"sunset": {"areas": "all", "members": ["DEU", "old"]}, "stance": {"strength": -1}}},
        {"region": {"members": {"AUT": {"democracy": {"value": 0.5, "source": "vdem", "year": 2010}}, "DEU": None}}},
        {"shocks": {"covered": [2000, 2009], "events": {"a-b": {"kind": "debt", "from": 2010}}}},
    ]
    wrong: list[dict[str, Any]] = [
        {"Run": {}},
        {"run": {"years": 0}},
        {"run": {"years": 2.5}},
        {"levers": {"sunst": {}}},
        {"levers": {"sunset": {"on": "yes"}}},
        {"levers": {"sunset": {"term": 99}}},
        {"levers": {"sunset": {"from": "2012q3"}}},
        {"region": {"members": {"aut": {}}}},
        {"shocks": {"events": {"e": {"kind": "storm"}}}},
        {"outcomes": ["trst"]},
        {"extends": 5},
    ]
    assert [document for document in right if not valid(document, schema)] == []
    assert [document for document in wrong if valid(document, schema)] == []


def test_the_schema_accepts_every_shipped_file() -> None:
    schema = schema_file()
    for thing in files().values():
        document = read_file(thing.path, thing.shown, Budget()).plain()
        jsonschema.Draft202012Validator(schema).validate(document)


def test_the_committed_schema_is_that_of_the_code() -> None:
    committed = json.loads((shipped_folder() / "schema.json").read_text("utf-8"))
    assert committed == json.loads(json.dumps(schema_file())), "write scenarios/schema.json anew: comity schema"


def test_a_scenario_travels_to_another_process_unchanged() -> None:
    sent = load("mercosur").with_({"levers.waiver.on": True, "forces.growth.volatility": 2.5})
    received = pickle.loads(pickle.dumps(sent))
    assert received == sent
    assert received.fixed == sent.fixed


def test_times_of_a_lever_are_refused_where_the_policy_is_fixed() -> None:
    fixed = load("asean").with_({"organization.policy": "fixed"})
    with pytest.raises(ScenarioError, match=r"levers\.waiver\.from: has no effect while organization\.policy is fixed"):
        fixed.with_({"levers.waiver.on": True, "levers.waiver.from": "2010Q1"})
