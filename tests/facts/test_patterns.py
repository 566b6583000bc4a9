"""The ten patterns: their arithmetic on courses made by hand, and a verdict on each from a few runs."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from comity import world
from comity.runs import load
from comity.signs import CODED, EMERGENT
from comity.truth import courses, lawmaking, leaving, publics
from comity.truth.patterns import PATTERNS, patterns

KEYS = [pattern.key for pattern in PATTERNS]


def test_there_are_ten_and_each_says_whether_it_counts() -> None:
    assert len(set(KEYS)) == 10
    assert {pattern.label for pattern in PATTERNS} == {CODED, EMERGENT}
    assert all(pattern.low < pattern.high and pattern.statement.endswith(".") for pattern in PATTERNS)


@pytest.mark.parametrize("key", KEYS)
def test_each_gives_a_verdict_and_the_figures_of_a_picture(key: str) -> None:
    (found,) = patterns([key], runs=6)
    told = found.document()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["verdict"] in ("hit", "straddles", "miss")
    assert told["figures"]["kind"]
    assert told["value"] is None or math.isnan(found.low) or told["low"] <= told["value"] <= told["high"]


def test_a_pattern_is_the_same_whatever_the_number_of_workers() -> None:
    one, two = (patterns(["bunching"], runs=4, workers=workers)[0].document() for workers in (1, 2))
    assert one == two


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no pattern 'togther'; there are together"):
        patterns(["togther"])


# Arithmetic


def test_a_course_holds_the_same_numbers_as_a_run() -> None:
    mercosur = load("mercosur").with_({"run.years": 2})
    found = courses.courses(mercosur, {"members": ("trust", "standing"), "tallies": ("trust_now",)}, 2, 7, 1)
    table = mercosur.run(seed=7, run=1).members()
    trust = table["trust"].to_numpy().reshape(8, -1)
    assert np.array_equal(found["members.trust"][1], trust)
    assert found["members.standing"].dtype.kind == "i" and found["tallies.trust_now"].shape == (2, 8, 1)


def test_years_are_their_ends_or_their_means() -> None:
    course = np.arange(8.0).reshape(1, 8)
    assert courses.years_ends(course).tolist() == [[3.0, 7.0]]
    assert courses.yearly(course).tolist() == [[1.5, 5.5]]


def test_a_slope_within_states_and_its_error_are_those_of_a_regression_with_dummies() -> None:
    luck = np.random.default_rng(2)
    cause = luck.normal(size=(9, 4))
    change = 0.7 * cause + luck.normal(size=(1, 4)) + 0.3 * luck.normal(size=(9, 4))
    dummies = np.tile(np.eye(4), (9, 1))
    full = np.column_stack([cause.ravel(), dummies])
    beta, rest = np.linalg.lstsq(full, change.ravel(), rcond=None)[:2]
    error = math.sqrt(rest[0] / (36 - 5) * np.linalg.inv(full.T @ full)[0, 0])
    assert courses.slope(change, cause) == pytest.approx((beta[0], error))


class Played:
    """Courses by hand instead of those of a world."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: Any, **found: Any) -> None:
        by_name = {name.replace("__", "."): np.array(values) for name, values in found.items()}
        monkeypatch.setattr(module, "courses", lambda *_: by_name)


def worlds(_: str) -> Any:
    return load("asean")


def test_the_shared_part_is_what_years_explain(monkeypatch: pytest.MonkeyPatch) -> None:
    year, state = np.array([1.0, -1.0, 1.0, -1.0]), np.array([1.0, -1.0])
    change = np.zeros((13, 2))
    change[:4] = year[:, None] * 0.02 + np.outer([1.0, 1.0, -1.0, -1.0], state) * 0.01
    trust = np.concatenate([np.zeros((1, 2)), change.cumsum(axis=0)])
    Played(
        monkeypatch, publics, members__trust_observed=np.repeat(trust, 4, axis=0)[None] + 0.5,
        members__growth=np.zeros((1, 56, 2)), members__population=np.ones((1, 56, 2)),
        members__founding=np.ones((1, 56, 2), int),
    )  # fmt: skip
    shared, _ = publics.together(worlds, 1, 1, 1)
    assert shared[0] == pytest.approx(0.0004 / (0.0004 + 0.0001))


def test_trust_regains_what_ten_years_after_the_trough_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    yearly = np.full(25, 0.5)
    yearly[8:13], yearly[12], yearly[22] = 0.4, 0.3, 0.45
    course = np.repeat(yearly, 4)[None, :, None]
    Played(monkeypatch, publics, tallies__trust_now=course, tallies__challenger_now=course)
    back, _ = publics.regained(worlds, 1, 1, 1)
    assert back[0] == pytest.approx(0.15 / 0.2)


def test_delay_is_that_of_each_year_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    years = 14
    share, delay = np.linspace(0.02, 0.01, years), np.linspace(4.0, 9.0, years)
    count = np.cumsum(np.full(years, 10.0))
    late = np.cumsum(10.0 * delay / 3.0)
    Played(
        monkeypatch, lawmaking,
        **{f"tallies__{name}": np.repeat(values, 4)[None, :, None]
           for name, values in (("overdue_now", share), ("late_count", count), ("late_quarters", late))},
    )  # fmt: skip
    values, figures = lawmaking.few_and_late(worlds, 1, 1, 1)
    assert values[0] == pytest.approx(-1.0)
    assert figures["y"][-1] == pytest.approx(9.0)


def test_hazards_are_of_those_who_could_still_ratify() -> None:
    parties = np.array([[0.0], [0.5], [0.75], [0.75]])
    one = {
        "parties": parties, "serial": np.ones((4, 1), int), "stage": np.full((4, 1), world.OPEN),
        "vote_now": np.array([[1], [0], [0], [0]]), "since_open": np.array([[0.0], [1.0], [2.0], [3.0]]),
        "summit": np.array([[0], [0], [1], [0]]),
    }  # fmt: skip
    taken, open_to, since, summit = lawmaking._hazards(one)
    assert (taken / open_to).tolist() == [0.5, 0.5, 0.0]
    assert since.tolist() == [1.0, 2.0, 3.0] and summit.tolist() == [False, True, False]
    assert lawmaking._log_ratio(taken, open_to, summit, ~summit) == pytest.approx(math.log(0.5 / (0.5 / 1.25)))


def test_three_roads_lead_out_of_suspension(monkeypatch: pytest.MonkeyPatch) -> None:
    suspended, member, notice = world.SUSPENDED, world.MEMBER, world.IN_NOTICE
    standing = np.array([[[suspended] * 4, [member, member, notice, suspended]]])
    coup = np.array([[[1.0] * 4, [0.0, 5.0, 0.0, 2.0]]])
    nobody = np.zeros((1, 2, 4))
    Played(
        monkeypatch, leaving, members__standing=standing, members__coup_government=coup,
        members__charged=nobody.astype(int), members__rights_breach=nobody,
    )  # fmt: skip
    values, figures = leaving.three_roads(worlds, 1, 1, 1)
    assert figures["values"].tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert values[0] == pytest.approx(1 / 3)


def test_a_road_that_nobody_takes_breaks_the_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = np.array([[[world.SUSPENDED] * 2, [world.MEMBER] * 2]])
    nothing = np.zeros((1, 2, 2))
    Played(
        monkeypatch, leaving, members__standing=standing, members__coup_government=nothing,
        members__charged=nothing.astype(int), members__rights_breach=nothing,
    )  # fmt: skip
    assert leaving.three_roads(worlds, 1, 1, 1)[0].tolist() == [1.0]


def test_arrears_are_compared_where_states_are_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    owed = np.array([[[1.0, 5.0], [3.0, 5.0], [1.0, 5.0], [1.0, 5.0], [4.0, 5.0], [4.0, 5.0]]])
    growth = np.array([[[0.0, -9.0], [-5.0, -9.0], [0.0, -9.0], [0.0, -9.0], [0.0, 0.0], [0.0, 0.0]]])
    standing = np.full((1, 6, 2), world.MEMBER)
    standing[0, 4:, 0] = world.SUSPENDED
    threats = np.zeros((1, 6, 2), int)
    threats[0, 5, 0] = 1
    Played(
        monkeypatch, leaving, members__arrears=owed, members__growth=growth, members__standing=standing,
        members__inside=np.array([[[1, 0]] * 6]), members__threatened_now=threats,
    )  # fmt: skip
    values, figures = leaving.arrears(worlds, 1, 1, 1)
    rest = np.mean([1.0, 1.0, 1.0, 4.0, 4.0])
    assert figures["values"][0] == pytest.approx(3.0 - rest)
    assert figures["values"][1] == pytest.approx(4.0 - 1.5)
    assert values[0] == pytest.approx(min(figures["values"]))


def test_courts_and_organizations_are_left_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    left, court = np.zeros((1, 8, 3), int), np.zeros((1, 8, 3), int)
    court[0, 1, 0] = court[0, 6, 1] = left[0, 5, 2] = 1
    Played(monkeypatch, leaving, members__left=left, members__left_court=court)
    values, figures = leaving.court_first(worlds, 1, 1, 1)
    assert values.tolist() == [1.0]
    assert figures["court_sooner"] == 1.0 and figures["court"].tolist() == [1.0, 2.0]
