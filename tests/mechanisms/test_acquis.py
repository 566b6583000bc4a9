"""What is in force adds up to the acquis, and nothing is lost or counted twice on the way."""

from __future__ import annotations

import math
from typing import Any

import pytest

from comity import world
from comity.forces import accession, acquis


def added(day: Any, row: int = 0) -> Any:
    """The stake after live measures were added up anew."""
    stake = day.stakes[row, 0]
    acquis.forget_live(stake)
    acquis.forget_work(day.measures[0], day.areas[0])
    acquis.add_live(day.posts[row, 0], stake, day.measures[0], day.members[row], day.org[0])
    return stake


def test_what_is_in_force_and_truly_done_counts_as_far_as_it_applies(day: Any) -> None:
    post = day.bind()
    post.scope, post.implemented, post.misfit, post.against = 0.6, 0.2, 0.5, 1
    stake = added(day)
    assert stake.live == pytest.approx(0.5 * 0.2)
    assert stake.live_bound == pytest.approx(0.5 * 0.6)
    assert stake.live_misfit == pytest.approx(0.5 * 0.6 * 0.5)
    assert stake.live_outvoted == pytest.approx(0.5 * 0.6)


def test_a_quarter_counts_what_is_there_and_not_what_was(day: Any) -> None:
    post = day.bind()
    post.implemented, post.misfit, post.against = 1.0, 0.5, 1
    first = [float(added(day)[column]) for column in ("live", "live_bound", "live_misfit", "live_outvoted")]
    again = [float(added(day)[column]) for column in ("live", "live_bound", "live_misfit", "live_outvoted")]
    assert first == again == [0.5, 0.5, 0.25, 0.5]


@pytest.mark.parametrize(
    ("stage", "rung", "counted"),
    [
        (world.IN_FORCE, world.BOUND, 0.5),
        (world.IN_FORCE, world.PARTY, 0.0),
        (world.IN_FORCE, world.WAIVED, 0.0),
        (world.IN_FORCE, world.LAPSED, 0.0),
        (world.OPEN, world.BOUND, 0.0),
    ],
)
def test_only_what_binds_counts(day: Any, stage: int, rung: int, counted: float) -> None:
    post = day.bind()
    day.measures[0].stage, post.rung, post.implemented = stage, rung, 1.0
    stake = added(day)
    assert (float(stake.live), float(stake.live_bound)) == (counted, counted)


@pytest.mark.parametrize(
    ("rung", "implemented", "patience", "open_work"),
    [
        (world.BOUND, 1.0, 0.0, 0.0),
        (world.BOUND, 0.0, 0.0, 1.0),
        (world.BOUND, 1.0, 3.0, 1.0),
        (world.WAIVED, 1.0, 0.0, 1.0),
        (world.LAPSED, 0.0, 0.0, 0.0),
    ],
)
def test_work_is_open_while_something_is_left_to_do_to_defer_or_to_resume(
    day: Any, rung: int, implemented: float, patience: float, open_work: float
) -> None:
    post = day.bind()
    post.rung, post.implemented, post.patience = rung, implemented, patience
    added(day)
    assert day.measures[0].open_work == open_work


def test_a_measure_works_where_it_is_done_as_a_share_of_those_inside(day: Any) -> None:
    for row, implemented in enumerate((1.0, 0.5)):
        day.bind(row).implemented = implemented
    acquis.forget_work(day.measures[0], day.areas[0])
    for row in range(2):
        acquis.add_live(day.posts[row, 0], day.stakes[row, 0], day.measures[0], day.members[row], day.org[0])
    assert day.measures[0].working == pytest.approx(0.75)


@pytest.mark.parametrize(("stage", "since", "adds"), [(3, 0.0, 0.4), (3, 1.0, 0.4), (3, 2.0, 1.0), (2, 0.0, 1.0)])
def test_a_law_is_told_in_its_first_quarter_how_much_of_it_is_new(
    day: Any, stage: int, since: float, adds: float
) -> None:
    measure = day.measures[0]
    # a law that binds by adoption counts its first quarter already, one that enters by ratification does not yet
    measure.stage, measure.since_force, measure.adds, day.areas[0].integration = stage, since, 1.0, 0.6
    measure.news = 1
    acquis.forget_work(measure, day.areas[0])
    assert measure.adds == pytest.approx(adds)


def test_an_old_law_is_not_told_again(day: Any) -> None:
    day.measures[0].adds, day.areas[0].integration = 1.0, 0.6
    acquis.forget_work(day.measures[0], day.areas[0])
    assert day.measures[0].adds == 1.0


def test_old_law_is_repealed_once_and_never_below_nothing(day: Any) -> None:
    post, stake = day.bind(), day.stakes[0, 0]
    post.fresh, stake.bound, stake.settled, stake.settled_misfit, stake.settled_outvoted = 1, 0.2, 0.1, 0.04, 0.02
    day.measures[0].adds = 0.0
    for _ in range(2):
        acquis.renew_law(post, stake, day.measures[0], day.members[0])
        assert (stake.bound, stake.settled, stake.settled_misfit, stake.settled_outvoted) == (0.0, 0.0, 0.0, 0.0)
        stake.bound = stake.settled = stake.settled_misfit = stake.settled_outvoted = 0.0
    stake.bound = 3.0
    acquis.renew_law(post, stake, day.measures[0], day.members[0])
    assert stake.bound == 3.0


@pytest.mark.parametrize(
    ("sunset", "open_work", "since", "folded"),
    [
        (0.0, 0.0, 8.0, True),
        (0.0, 0.0, 7.0, False),
        (0.0, 1.0, 8.0, False),
        (0.0, 1.0, 32.0, True),
        (28.0, 0.0, 400.0, False),
    ],
)
def test_a_measure_is_settled_once_it_is_due_and_done_or_after_many_years_unless_it_will_end(
    day: Any, sunset: float, open_work: float, since: float, folded: bool
) -> None:
    measure = day.measures[0]
    measure.sunset, measure.open_work, measure.since_force = sunset, open_work, since
    acquis.settle(measure, day.org[0], day.own("acquis"))
    assert bool(measure.folding) == folded


def test_folding_moves_everything_and_leaves_the_sum_as_it_was(day: Any) -> None:
    post, measure = day.bind(), day.measures[0]
    post.implemented, post.misfit, post.against = 1.0, 0.5, 1
    stake = added(day)
    stake.settled, stake.bound, stake.settled_misfit, stake.settled_outvoted = 2.0, 3.0, 0.3, 0.1
    pairs = (("settled", "live"), ("bound", "live_bound"), ("settled_misfit", "live_misfit"),
             ("settled_outvoted", "live_outvoted"))  # fmt: skip
    before = [stake[settled] + stake[live] for settled, live in pairs]
    measure.folding = 1
    acquis.fold(post, stake, measure, day.members[0])
    assert [stake[settled] + stake[live] for settled, live in pairs] == pytest.approx(before)
    assert [float(stake[live]) for _, live in pairs] == [0.0] * 4


def test_what_is_not_folded_stays_on_the_table(day: Any) -> None:
    post, measure = day.bind(), day.measures[0]
    acquis.fold(post, day.stakes[0, 0], measure, day.members[0])
    acquis.free(measure)
    assert measure.stage == world.IN_FORCE and day.stakes[0, 0].bound == 0.0


@pytest.mark.parametrize(
    ("age", "folding_since", "working", "counted"),
    [(20, 0.0, 1.0, (1, 1)), (20, 0.0, 0.9, (1, 0)), (19, 0.0, 1.0, (0, 0)), (12, 8.0, 1.0, (1, 1)),
     (21, 8.0, 1.0, (0, 0))],
)  # fmt: skip
def test_each_measures_reach_is_noted_once_at_five_years_or_when_it_is_settled(
    day: Any, age: int, folding_since: float, working: float, counted: tuple[int, int]
) -> None:
    measure = day.measures[0]
    measure.age, measure.since_force, measure.working = age, folding_since, working
    measure.due, measure.open_work = 8.0, 0.0
    acquis.settle(measure, day.org[0], day.own("acquis"))
    assert (int(day.org[0].aged), int(day.org[0].everywhere)) == counted


def test_integration_saturates_and_the_area_takes_the_mean_of_those_inside(day: Any) -> None:
    numbers = day.own("acquis")
    for row, depth in enumerate((numbers.scale, 0.0)):
        stake = day.stakes[row, 0]
        stake.settled, stake.live, stake.bound, stake.live_bound = 0.75 * depth, 0.25 * depth, depth, depth
        acquis.saturate(stake, numbers)
    assert day.stakes[0, 0].implemented == pytest.approx(1.0 - math.exp(-1.0))
    assert day.stakes[0, 0].asked == pytest.approx(1.0 - math.exp(-2.0))
    for inside, mean in ((1, 0.5), (0, 1.0)):
        day.members[1].inside, day.org[0].inside = inside, 1 + inside
        acquis.forget_area(day.areas[0])
        for row in range(2):
            acquis.average_area(day.areas[0], day.stakes[row, 0], day.members[row], day.org[0])
        assert day.areas[0].integration == pytest.approx(mean * (1.0 - math.exp(-1.0)))


def test_the_acquis_of_a_newcomer_is_that_of_those_inside_today(day: Any) -> None:
    day.stakes[:, 0]["bound"] = [4.0, 8.0]
    for _ in range(2):
        accession.forget_acquis(day.areas[0])
        for row in range(2):
            accession.average_acquis(day.areas[0], day.stakes[row, 0], day.members[row])
    assert (float(day.areas[0].bound), float(day.areas[0].insiders)) == (12.0, 2.0)
