"""Roles, prices, predictions and the board of a class: a game over films, fair to all seats."""

import json

import pytest

import comity
from comity import film
from comity.film import class_board, predictions, roles

REGIONS = ("eu", "asean", "ecowas", "mercosur", "african-union")
NAMES = tuple(role.name for role in roles.ROLES)


@pytest.fixture(scope="module")
def eu():
    return comity.load("eu")


@pytest.fixture(scope="module")
def bare():
    return comity.load("eu+bare")


@pytest.fixture(scope="module")
def without(eu):
    return film.film(eu, 1)


def test_there_are_five_roles_each_with_a_shape_of_its_own_and_a_whole_goal():
    assert NAMES == ("secretariat", "reluctant", "reformer", "creditor", "small-state")
    assert len({role.shape for role in roles.ROLES}) == 5
    for role in roles.ROLES:
        assert sum(abs(weight) for weight in role.weights.values()) == pytest.approx(1.0)
        assert set(role.weights) <= set(roles.SPANS) and set(role.near) <= set(roles.GROUP_POINTS)
    with pytest.raises(ValueError, match="secretariat, reluctant, reformer, creditor, small-state"):
        roles.role("king")


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_seats_four_different_members_and_tells_each_its_own_figures(region):
    scenario = comity.load(region)
    cards = [roles.card(scenario, name) for name in NAMES]
    members = [card["member"]["iso3"] for card in cards if card["member"]]
    assert cards[0]["member"] is None and len(set(members)) == 4
    assert len({json.dumps(card["facts"]) for card in cards}) == 5
    assert all(fact["text"] and fact["label"] for card in cards for fact in card["facts"])
    founders = {one["iso3"] for one in film.film(scenario, until=1).header["members"] if one["founder"]}
    assert set(members) <= founders


def test_seats_go_to_whom_the_words_say(eu):
    seated = {name: card["member"]["iso3"] for name in NAMES if (card := roles.card(eu, name))["member"]}
    assert seated["creditor"] == "DEU" and seated["small-state"] == "MLT" and seated["reluctant"] == "GBR"


def test_every_lever_has_a_price_a_claim_and_costs_less_in_ones_own_field(eu):
    for name in NAMES:
        told = roles.prices(eu, name)
        assert {one["lever"] for one in told} == set(eu.catalogue.levers)
        for one in told:
            assert one["claim"] and one["price"] and one["points"] > 0
            full = roles.GROUP_POINTS[one["group"]]
            assert one["points"] == (full / 2 if one["near"] else full)
            assert one["near"] == (one["group"] in roles.role(name).near)


def test_points_are_paid_for_the_way_and_for_the_way_back(bare):
    there = roles.moved_to(bare, [], 0, "waiver", 0.8)
    price = roles.price(bare, "waiver", "creditor")
    assert roles.standing(bare, there, 0)["waiver"] == 0.8
    paid = roles.spent(bare, there, "creditor")
    assert paid == pytest.approx(0.8 * price)
    back = roles.moved_to(bare, there, 8, "waiver", 0.0)
    assert roles.spent(bare, back, "creditor") == pytest.approx(2 * paid)
    assert roles.standing(bare, back, 7)["waiver"] == 0.8 and roles.standing(bare, back, 8)["waiver"] == 0.0


def test_a_lever_moved_twice_in_a_quarter_is_moved_once_and_back_to_where_it_was_not_at_all(bare):
    once = roles.moved_to(bare, roles.moved_to(bare, [], 4, "waiver", 0.8), 4, "waiver", 0.3)
    assert roles.standing(bare, once, 4)["waiver"] == 0.3
    assert roles.spent(bare, once, "creditor") == pytest.approx(0.3 * roles.price(bare, "waiver", "creditor"))
    assert roles.moved_to(bare, once, 4, "waiver", roles.standing(bare, [], 4)["waiver"]) == []
    assert roles.levers_of(once) == ["waiver"]


@pytest.mark.parametrize(("lever", "strength"), [("waver", 0.5), ("waiver", 1.5), ("waiver", float("nan"))])
def test_what_is_no_lever_or_no_strength_is_refused(eu, lever, strength):
    with pytest.raises((ValueError, comity.ScenarioError)):
        roles.moved_to(eu, [], 0, lever, strength)


def test_a_run_without_moves_scores_fifty_in_every_role(without):
    for name in NAMES:
        values = roles.values(without, name)
        told = roles.score(name, values, values)
        assert told["points"] == 50.0 and all(part["points"] == 0.0 for part in told["parts"])


def test_more_of_the_goal_scores_more_and_the_scale_ends_at_0_and_100():
    base = {key: 0.5 for key in roles.SPANS}
    for role in roles.ROLES:
        for sign, end in ((1, 100.0), (-1, 0.0)):
            far = {key: 0.5 + sign * (1 if weight > 0 else -1) * 9 for key, weight in role.weights.items()}
            assert roles.score(role.name, far, base)["points"] == pytest.approx(end)
        for key, weight in role.weights.items():
            better = base | {key: 0.5 + (0.01 if weight > 0 else -0.01)}
            assert roles.score(role.name, better, base)["points"] > 50.0
        assert roles.score(role.name, {}, base)["points"] == 50.0


def test_a_cut_film_gives_no_score(eu):
    with pytest.raises(ValueError, match="cut has no outcomes"):
        roles.values(film.film(eu, 1, until=20), "creditor")


def test_predictions_are_judged_by_what_came(eu, without):
    values = roles.values(without, "secretariat")
    asked = [question["name"] for question in predictions.questions(eu)]
    assert asked == ["trust", "exits", "frontier"]
    right = {"trust": values["trust"], "exits": values["exits"], "frontier": 0.0}
    assert predictions.judged(eu, right, values, values)["points"] == pytest.approx(100.0)
    wrong = {"trust": values["trust"] + 0.05, "exits": values["exits"] + 3, "frontier": 1.0}
    told = predictions.judged(eu, wrong, values, values)
    assert [round(one["points"]) for one in told["answers"]] == [50, 0, 0]
    assert predictions.judged(eu, {}, values, values)["points"] == 0.0


def test_the_board_tells_how_a_class_spread_and_what_the_best_moved():
    base = {"integration": 0.5, "respect": 0.7, "trust": 0.4, "exits": 1.0}
    results = [
        {
            "name": f"s{k}", "role": NAMES[k % 5], "levers": ["waiver"] if k >= 15 else ["sunset"],
            "values": {"integration": 0.41 + 0.01 * k, "respect": 0.71, "trust": 0.3, "exits": k % 2},
            "score": 40.0 + k, "foresight": 50.0 + k, "answers": {"frontier": float(k < 12)},
        }
        for k in range(20)
    ]  # fmt: skip
    told = class_board.class_board(base, results)
    assert told["count"] == 20 and told["frontier"] == 10 and len(told["points"]) == 20
    assert told["foretold"] == 12 and told["foresight"] == 59.5
    strip = next(one for one in told["strips"] if one["name"] == "integration")
    assert strip["quartiles"] == pytest.approx([0.4575, 0.505, 0.5525]) and strip["base"] == 0.5
    assert [one["name"] for one in told["best"]] == ["s15", "s16", "s17", "s18", "s19"]
    assert told["levers"][0] == {
        "lever": "waiver", "title": "Waiver", "used": 5, "of": 20, "best_used": 5, "best_of": 5,
    }  # fmt: skip
    json.dumps(told, allow_nan=False)


def test_an_empty_class_has_an_empty_board():
    told = class_board.class_board({}, [])
    assert told["count"] == 0 and told["points"] == [] and told["best"] == [] and told["levers"] == []
