"""History as it happened: scores that cannot be gamed, a record with sources, chapters that say what was given."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shells import Shell

from comity.chance import generator
from comity.history import CHAPTERS, history
from comity.history.deposits import left_out
from comity.history.record import CHALLENGERS, DEPOSITS, EARLY_DEPOSITORS, TRUST
from comity.history.scores import area_under_curve, brier, crps, crps_normal
from comity.runs import load

SHARES = st.floats(0.0, 1.0)


def test_scores_by_hand() -> None:
    assert brier([0.0, 1.0, 0.5], [0, 1, 1]) == pytest.approx(0.25 / 3.0)
    assert crps([0.3], 0.5) == pytest.approx(0.2)
    # E|x - y| = (.1 + .3) / 2; the only pair of different runs lies .2 apart
    assert crps([0.4, 0.6], 0.3) == pytest.approx(0.2 - 0.1)
    assert area_under_curve([0.9, 0.2, 0.2], [1, 0, 1]) == pytest.approx(0.75)
    assert math.isnan(area_under_curve([0.9, 0.2], [1, 1]))


@given(belief=SHARES, said=SHARES)
def test_saying_something_else_than_one_believes_never_helps(belief: float, said: float) -> None:
    def expected(forecast: float) -> float:
        return belief * brier([forecast], [1]) + (1.0 - belief) * brier([forecast], [0])

    assert expected(belief) <= expected(said) + 1e-12


def test_the_score_of_many_draws_is_that_of_their_distribution() -> None:
    draws = generator(1, "history test").normal(0.4, 0.1, 20_000)
    assert crps(draws, 0.55) == pytest.approx(crps_normal(0.4, 0.1, 0.55), abs=2e-3)


def test_small_ensembles_are_scored_fairly() -> None:
    luck = generator(2, "history test")
    small = np.mean([crps(luck.normal(size=5), float(luck.normal())) for _ in range(6000)])
    large = np.mean([crps(luck.normal(size=500), float(luck.normal())) for _ in range(1000)])
    assert small == pytest.approx(large, abs=0.04)


def test_a_logit_that_sees_nothing_guesses_the_share() -> None:
    did = np.array([True, False] * 15)
    chance = left_out(np.zeros((30, 1)), did)
    assert chance == pytest.approx(np.where(did, 14 / 29, 15 / 29), abs=1e-3)


def test_the_record_has_a_source_for_every_figure_and_states_that_exist() -> None:
    assert all(point.source for point in (*TRUST, *CHALLENGERS, *DEPOSITS))
    assert EARLY_DEPOSITORS.issubset(load("african-union").first_day.members) and len(EARLY_DEPOSITORS) == 20
    counts = [point.value for point in DEPOSITS]
    assert counts == sorted(counts)


def test_every_chapter_is_told_with_its_naive_forecasts() -> None:
    told = history(20, chapters=("exits", "votes")).document()
    assert [each["name"] for each in told["chapters"]] == ["exits", "votes"]
    for each in told["chapters"]:
        assert each["text"] and each["rows"]
        assert all(score["naive"] and score["role"] in ("fitted", "informed") for score in each["scores"])
    json.dumps(told, allow_nan=False)
    rows = {row["iso3"]: row for row in told["chapters"][0]["rows"]}
    assert rows["GBR"]["left"] and rows["GBR"]["happened"] == "2020Q1" and len(rows) == 28


def test_deposits_count_from_the_signature() -> None:
    (told,) = history(20, chapters=("deposits",)).chapters
    states = [row for row in told.rows if row["kind"] == "state"]
    assert len(states) == 54 and sum(row["happened"] for row in states) == 20
    dates = [row for row in told.rows if row["kind"] == "date"]
    assert [row["model"] for row in dates] == sorted(row["model"] for row in dates)
    assert told.scores[0].higher_is_better and 0.4 < told.scores[0].model <= 1.0


def test_the_same_again_whatever_the_workers() -> None:
    one, two = (history(20, chapters=("exits-undated",), workers=k).document() for k in (1, 2))
    assert one == two


def test_a_chapter_that_is_none_is_told(shell: Shell) -> None:
    assert shell("history", "exit") == 2
    assert ", ".join(CHAPTERS) in shell.err
