"""Shares of games whose Shapley values are known, and the arithmetic that makes them add up to the bit."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.runs import shapley

Game = Callable[[frozenset[int]], float]


def table(players: int, game: Game) -> Any:
    """The value of every subset, as one run: (1, 2**players)."""
    subsets = [frozenset(k for k in range(players) if subset >> k & 1) for subset in range(2**players)]
    return np.array([[game(subset) for subset in subsets]])


def shares(players: int, game: Game) -> list[float]:
    return [float(value) for value in shapley.exact(table(players, game))[0]]


def along(players: int, game: Game, order: list[int]) -> Any:
    values = table(players, game)[0]
    return shapley.along(order, values[shapley.chain(order)])


def by_definition(players: int, game: Game) -> list[float]:
    """The mean over all orders, in fractions."""
    total = [Fraction(0)] * players
    for order in itertools.permutations(range(players)):
        for k, player in enumerate(order):
            before = frozenset(order[:k])
            total[player] += Fraction(game(before | {player})) - Fraction(game(before))
    return [float(each / math.factorial(players)) for each in total]


def scattered(players: int) -> Game:
    """A game without any structure."""
    return lambda there: math.sin(1.0 + sum((k + 1) ** 3 for k in there)) * len(there)


def gloves(there: frozenset[int]) -> float:
    """Player 0 holds a left glove, 1 and 2 a right one each; a pair is worth 1."""
    return float(0 in there and bool(there & {1, 2}))


# Known games


def test_where_each_adds_the_same_in_any_company_the_share_is_just_that() -> None:
    worth = [0.5, -2.0, 0.0, 7.25]
    assert shares(4, lambda there: sum(worth[k] for k in there)) == pytest.approx(worth)


def test_of_three_gloves_the_single_left_one_gets_two_thirds() -> None:
    assert shares(3, gloves) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_in_a_vote_of_four_with_weights_the_shares_are_those_of_shapley_and_shubik() -> None:
    weights, quota = [4, 3, 2, 1], 6
    found = shares(4, lambda there: float(sum(weights[k] for k in there) >= quota))
    assert found == pytest.approx([5 / 12, 3 / 12, 3 / 12, 1 / 12])


def test_players_that_do_the_same_get_the_same() -> None:
    assert shares(5, lambda there: len(there) ** 2) == pytest.approx([5.0] * 5)


def test_a_player_that_adds_nothing_gets_nothing() -> None:
    def game(there: frozenset[int]) -> float:
        return scattered(4)(there - {2})

    assert shares(4, game)[2] == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize("players", [1, 2, 3, 5])
def test_the_sum_over_subsets_is_the_mean_over_all_orders(players: int) -> None:
    found = shares(players, scattered(players))
    assert found == pytest.approx(by_definition(players, scattered(players)), abs=1e-12)


@pytest.mark.parametrize("players", [1, 2, 4, 6])
def test_shares_add_up_to_all_less_nobody(players: int) -> None:
    def game(there: frozenset[int]) -> float:
        return 3.0 + scattered(players)(there)

    values = table(players, game)[0]
    assert sum(shares(players, game)) == pytest.approx(values[-1] - values[0], abs=1e-13)


def test_several_runs_and_outcomes_are_shared_out_at_once() -> None:
    one, other = table(3, gloves), table(3, scattered(3))
    together = np.stack([np.concatenate([one, other]), np.concatenate([other, one])], axis=-1)
    found = shapley.exact(together)
    assert found.shape == (2, 3, 2)
    assert found[1, :, 1] == pytest.approx(shares(3, gloves))
    assert found[0, :, 1] == pytest.approx(shares(3, scattered(3)))


# Orders


def test_a_chain_goes_from_nobody_to_all() -> None:
    assert shapley.chain([2, 0, 1]) == [0b000, 0b100, 0b101, 0b111]


def test_along_one_order_the_gains_telescope() -> None:
    values = table(6, scattered(6))[0]
    found = along(6, scattered(6), [3, 5, 0, 1, 4, 2])
    assert math.fsum(found) == pytest.approx(values[-1] - values[0], abs=1e-13)


def test_an_order_and_its_reverse_are_unbiased() -> None:
    """The mean over all antithetic pairs is the exact share: each pair is as likely as any other."""
    game, orders = scattered(5), [list(order) for order in itertools.permutations(range(5))]
    halves = [(along(5, game, order) + along(5, game, order[::-1])) / 2 for order in orders]
    assert np.mean(halves, axis=0) == pytest.approx(shares(5, game), abs=1e-12)


def test_one_order_and_its_reverse_are_exact_where_only_pairs_interact() -> None:
    def game(there: frozenset[int]) -> float:
        alone = sum(0.5 * k - 1.0 for k in there)
        return alone + sum(math.cos(a * 7 + b) for a, b in itertools.combinations(sorted(there), 2))

    order = [4, 1, 0, 3, 2]
    assert along(5, game, order) != pytest.approx(shares(5, game), abs=1e-3)
    half = (along(5, game, order) + along(5, game, order[::-1])) / 2
    assert half == pytest.approx(shares(5, game), abs=1e-12)


# To the bit

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: value * 1e-3)


@given(st.lists(NUMBERS, min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_shares_add_up_to_the_bit_in_any_order_and_by_any_sum(values: list[float], shuffler: Any) -> None:
    near = math.fsum(values) * (1.0 + 3e-16)
    moved, total = shapley.adding_up(values, near)
    for _ in range(3):
        shuffler.shuffle(moved)
        naive = 0.0
        for each in moved:
            naive += each
        assert naive == sum(moved) == math.fsum(moved) == float(np.sum(moved)) == total


@given(st.lists(NUMBERS, min_size=1, max_size=40))
def test_making_them_add_up_moves_nothing_that_counts(values: list[float]) -> None:
    moved, total = shapley.adding_up(values, math.fsum(values))
    scale = max(sum(map(abs, values)), 1e-300)
    assert all(abs(a - b) <= 1e-13 * scale for a, b in zip(moved, values, strict=True))
    assert abs(total - math.fsum(values)) <= 1e-13 * scale


def test_what_is_not_known_stays_unknown_and_nothing_stays_nothing() -> None:
    moved, total = shapley.adding_up([math.nan, 1.0], math.nan)
    assert math.isnan(moved[0])
    assert math.isnan(total)
    assert shapley.adding_up([0.0, 0.0], 0.0) == ([0.0, 0.0], 0.0)
    assert shapley.adding_up([5e-324, 1e-310], 1e-310)[1] in (0.0, 1e-310)


def test_pairs_are_listed_once() -> None:
    assert shapley.pairs(3) == [(0, 1), (0, 2), (1, 2)]
    assert shapley.pairs(1) == []
