"""What can be set: every lever, every parameter, every choice, as declared and as the scenario sets it."""

from __future__ import annotations

import json
from typing import Any

import pytest

import comity
from comity.film import control, controls
from comity.film.settable import GROUPS, step
from comity.mechanism import Lever
from comity.quarter import FORCES, LEVERS
from comity.runs.scenario import Scenario


@pytest.fixture(scope="module")
def respectful() -> Scenario:
    return comity.load("eu+respectful")


@pytest.fixture(scope="module")
def told(respectful: Scenario) -> dict[str, Any]:
    return controls(respectful)


def levers(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [lever for group in told["groups"] for lever in group["levers"]]


def settings(told: dict[str, Any]) -> list[dict[str, Any]]:
    mechanisms = [*levers(told), *told["assumptions"]]
    own = [each for mechanism in mechanisms for each in (*mechanism["parameters"], *mechanism["choices"])]
    return [*own, *told["organization"], *told["run"], *(lever["strength"] for lever in levers(told))]


def test_controls_are_plain_values(told: dict[str, Any]) -> None:
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_every_lever_stands_in_one_group_with_claim_price_and_evidence(told: dict[str, Any]) -> None:
    names = [lever["name"] for lever in levers(told)]
    assert sorted(names) == sorted(LEVERS)
    assert {lever.group for lever in LEVERS.values()} <= {own for _, groups in GROUPS.values() for own in groups}
    assert len(told["groups"]) == 5
    for lever in levers(told):
        assert lever["claim"] and lever["price"] and lever["evidence"] and lever["title"]


def test_a_new_lever_appears_by_itself(respectful: Scenario) -> None:
    from comity.film.settable import _groups, _lever

    class Novel(Lever):
        """Something new."""

        group = "novelty"

    said = respectful.value("levers.waiver")
    lever = _lever(respectful, said, LEVERS["waiver"], True, True, True) | {"group": Novel.group}
    assert _groups({"novel": lever})[0]["title"] == "Others"


def test_every_declared_number_and_choice_can_be_set_at_its_path(respectful: Scenario, told: dict[str, Any]) -> None:
    paths = {each["path"]: each for each in settings(told)}
    known = respectful.catalogue
    assert set(known.declarations()) | set(known.choices()) <= set(paths)
    for path, number in known.declarations().items():
        each = paths[path]
        assert (each["low"], each["high"]) == (number.parameter.low, number.parameter.high)
        assert each["default"] == number.default
        assert each["unit"] == number.parameter.unit and each["source"] and each["means"]
    for path, each in paths.items():
        assert each["value"] == respectful.value(path) or each["value"] is None, path
        if each["value"] not in (None, []) and path != "run.start":
            respectful.with_({path: each["value"]})


def test_a_setting_says_which_file_states_it(told: dict[str, Any]) -> None:
    lever = next(each for each in levers(told) if each["name"] == "court")
    assert lever["strength"]["stated"].startswith("scenarios/packages/respectful.yaml:")
    assert {each["path"]: each["stated"] for each in told["run"]}["run.years"].startswith("scenarios/regions/eu.yaml:")
    assert all(each["stated"] is None for each in told["assumptions"][0]["parameters"])


def test_controls_say_what_acts_and_for_whom(respectful: Scenario) -> None:
    changed = respectful.with_(
        {"levers.waiver": {"on": True, "strength": 0.3, "from": 2012, "members": ["GRC"], "areas": ["trade"]},
         "levers.court.on": False, "levers.sunset": {"on": True, "strength": 0.0}}
    )  # fmt: skip
    found = {lever["name"]: lever for lever in levers(controls(changed))}
    waiver = found["waiver"]
    assert (waiver["acts"], waiver["from"], waiver["until"]) == (True, "2012Q1", None)
    assert (waiver["members"], waiver["areas"]) == (["GRC"], ["trade"])
    assert not found["court"]["acts"] and not found["sunset"]["acts"]
    assert found["stance"]["for_all"] and "members" not in found["stance"]
    assert (found["stance"]["strength"]["low"], found["stance"]["strength"]["high"]) == (-1.0, 1.0)


def test_where_levers_cannot_be_moved_controls_say_why() -> None:
    fixed = controls(comity.load("asean").with_({"organization.policy": "fixed"}))
    assert "organization.policy is fixed" in fixed["why_not_movable"]
    assert not any(lever["movable"] or lever["moves"] for lever in levers(fixed))


def test_assumptions_hold_rival_theories(told: dict[str, Any]) -> None:
    assert [each["name"] for each in told["assumptions"]] == list(FORCES)
    rivals = {each["path"]: each["options"] for force in told["assumptions"] for each in force["choices"]}
    assert "appropriateness" in rivals["forces.consent.theory"]


def test_one_control_can_be_asked_for(respectful: Scenario, told: dict[str, Any]) -> None:
    assert control(respectful, "levers.court") in levers(told)
    assert control(respectful, "forces.exit") in told["assumptions"]
    with pytest.raises(ValueError, match="neither a lever nor a force"):
        control(respectful, "levers.cuort")
    short = controls(respectful, details=False)
    assert not any(lever["parameters"] for lever in levers(short))
    assert len(json.dumps(short)) < 100_000


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [(0, 1, 0.01), (0, 0.05, 0.0005), (-1, 1, 0.02), (1, 20, 0.2), (0, 6, 0.1), (0.5, 0.5, 0.2)],
)
def test_a_slider_has_round_steps(low: float, high: float, wanted: float) -> None:
    assert step(low, high) == wanted
