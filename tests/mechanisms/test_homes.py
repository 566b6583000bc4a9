"""Growth, shocks, regimes, elections and publics move states from within, as the rules claim."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from comity import world
from comity.forces import elections, gains, growth, publics, regime, shocks


def struck(day: Any, kind: str, row: int = 0) -> Any:
    """The state after one quarter of a shock of size one."""
    day.shocks[0, row][kind] = 1.0
    member = day.members[row]
    shocks.strike(member, day.org[0], day.shocks[0, row], day.own("shocks"))
    day.shocks[0, row][kind] = 0.0
    return member


@pytest.mark.parametrize(
    ("kind", "trust"), [("debt", 0.012), ("migration", 0.012), ("pandemic", -0.012), ("economic", 0.003)]
)
def test_crises_cost_trust_and_a_pandemic_rallies(day: Any, kind: str, trust: float) -> None:
    member = struck(day, kind)
    assert member.shock_trust == pytest.approx(trust)
    assert member.crisis == pytest.approx(1.0 / 3.0)


def test_what_strikes_a_neighbour_is_felt_a_quarter_later_and_fades(day: Any) -> None:
    day.ties[1, 0].near = 0.9
    felt = []
    struck(day, "security", 0)
    for _ in range(2):
        shocks.echo(day.members[1], day.members[0], day.ties[1, 0])
        felt.append(float(struck(day, "growth", 1).crisis))
        day.members[0].crisis = 0.0
    assert felt == pytest.approx([0.2 * 0.9 / 3.0, 0.0])


def test_a_shock_leaves_grievance_but_a_pandemic_does_not(day: Any) -> None:
    assert struck(day, "debt").shock_grievance == pytest.approx(0.008)
    assert struck(day, "pandemic").shock_grievance == 0.0


def test_a_crisis_by_chance_lasts_its_time_and_costs_growth(day: Any) -> None:
    numbers, day.clock[0].chance_from = day.own("shocks"), 0
    numbers.economic_rate, numbers.length = 1.0, 3.0
    stormy = []
    for quarter in range(200):
        day.clock[0].quarter = quarter
        shocks.brew(day.org[0], day.clock[0], numbers)
        stormy.append(day.org[0].storm_economic > 0.0)
    first = stormy.index(True)
    assert stormy[first : first + 4] == [True, True, True, False]
    day.org[0].storm_economic, day.members[0].growth = 2.0, 0.0
    assert struck(day, "growth").growth == -3.0


def test_a_quarter_of_a_year_of_growth_is_a_quarter_of_its_points(day: Any) -> None:
    day.own("growth").volatility, day.shocks[0, 0].growth = 0.0, 4.0
    day.members[0].exposure_economic = 2.0
    growth.swing_alone(day.members[0], day.org[0], day.clock[0], day.shocks[0, 0], day.own("growth"))
    assert day.members[0].growth == 8.0
    assert day.members[0].income == pytest.approx(10.0 * 1.02)


def test_a_region_swings_together_when_all_variance_is_common(day: Any) -> None:
    day.own("growth").common = 1.0
    growth.swing_together(day.org[0], day.clock[0], day.own("growth"))
    for row in range(2):
        growth.swing_alone(day.members[row], day.org[0], day.clock[0], day.shocks[0, row], day.own("growth"))
    assert day.members[0].growth == day.members[1].growth != 0.0


@pytest.mark.parametrize(
    ("start", "down", "end"),
    [
        (world.LIBERAL_DEMOCRACY, 0.58, world.ELECTORAL_DEMOCRACY),
        (world.LIBERAL_DEMOCRACY, 0.65, world.LIBERAL_DEMOCRACY),
        (world.ELECTORAL_DEMOCRACY, 0.30, world.ELECTORAL_AUTOCRACY),
        (world.ELECTORAL_AUTOCRACY, 0.05, world.CLOSED_AUTOCRACY),
    ],
)
def test_an_eroding_regime_changes_class_only_well_below_the_line_it_rose_over(
    day: Any, start: int, down: float, end: int
) -> None:
    member = day.members[0]
    member.regime, member.democracy, member.episode = start, down, -1
    day.own("regime").step = 0.0
    regime.drift(member, day.clock[0], day.own("regime"))
    assert member.regime == end


def test_closed_autocracies_do_not_erode_and_liberal_democracies_do_not_open(day: Any) -> None:
    day.own("regime").eroding = day.own("regime").opening = 0.5
    day.own("regime").consolidated = 0.0
    for regime_class, direction in ((world.CLOSED_AUTOCRACY, 1), (world.LIBERAL_DEMOCRACY, 0)):
        member, seen = day.members[0], set()
        member.regime = regime_class
        for quarter in range(100):
            day.clock[0].quarter, member.episode = quarter, 0
            regime.drift(member, day.clock[0], day.own("regime"))
            seen.add(int(member.episode))
        assert seen == {0, direction}


def test_able_states_and_liberal_democracies_see_no_coup_by_chance(day: Any) -> None:
    day.own("regime").coup_rate, day.clock[0].chance_from = 2.0, 0
    fallen = {}
    for capacity, regime_class in (
        (0.1, world.ELECTORAL_DEMOCRACY),
        (0.9, world.ELECTORAL_DEMOCRACY),
        (0.1, world.LIBERAL_DEMOCRACY),
    ):
        member = day.members[0]
        member.coup_government, member.capacity, member.regime = 0.0, capacity, regime_class
        for quarter in range(100):
            day.clock[0].quarter = quarter
            regime.overthrow(member, day.clock[0], day.shocks[0, 0], day.own("regime"))
        fallen[capacity, regime_class] = member.regime != regime_class
    assert list(fallen.values()) == [True, False, False]


def test_a_coup_government_opens_in_the_end_and_calls_elections(day: Any) -> None:
    member, numbers = day.members[0], day.own("regime")
    member.coup_government, member.regime = 1.0, world.CLOSED_AUTOCRACY
    day.clock[0].chance_from = 801
    for _ in range(int(numbers.transition)):
        regime.overthrow(member, day.clock[0], day.shocks[0, 0], numbers)
    assert (member.coup_government, member.regime, member.episode) == (0.0, world.ELECTORAL_AUTOCRACY, 1)
    day.own("elections").snap = 0.0
    elections.tick(member, day.clock[0], day.own("elections"))
    assert member.voted == 1


def test_capacity_returns_to_its_level_but_not_from_nothing(day: Any) -> None:
    day.own("regime").capacity_noise = 0.0
    day.members["capacity"], day.members["capacity_home"] = [0.4, 0.0], 0.6
    for member in day.members:
        regime.wear(member, day.clock[0], day.own("regime"))
    assert day.members["capacity"] == pytest.approx([0.4 + 0.057 * 0.2, 0.0])


def test_a_close_election_is_felt_while_it_is_near_and_never_in_a_closed_autocracy(day: Any) -> None:
    member, numbers = day.members[0], day.own("elections")
    numbers.snap, member.challenger, member.term = 0.0, 0.3, 16.0
    felt = []
    for regime_class, clock in ((3, 10.0), (3, 3.0), (0, 3.0)):
        member.regime, member.term_clock = regime_class, clock
        elections.tick(member, day.clock[0], numbers)
        felt.append((int(member.campaign), float(member.close)))
    assert felt == [(0, 0.0), (1, 0.6), (0, 0.0)]


def test_the_elites_contest_swings_less_than_an_election(day: Any) -> None:
    member, spread = day.members[0], {}
    for regime_class in (world.CLOSED_AUTOCRACY, world.LIBERAL_DEMOCRACY):
        member.regime, shares = regime_class, []
        for quarter in range(200):
            day.clock[0].quarter = quarter
            elections.vote(member, day.clock[0], day.own("elections"))
            shares.append(float(member.challenger))
        spread[regime_class] = max(shares) - min(shares)
    assert spread[world.CLOSED_AUTOCRACY] < 0.6 * spread[world.LIBERAL_DEMOCRACY]


def test_a_strong_challenger_comes_to_govern_and_turns_the_state_against_integration(day: Any) -> None:
    member, numbers = day.members[0], day.own("elections")
    numbers.turn, governed = 0.0, {}
    for share in (0.05, 0.6):
        member.challenger, terms = share, []
        for quarter in range(300):
            day.clock[0].quarter, member.preference, member.preference_home = quarter, 0.3, 0.3
            elections.govern(member, day.clock[0], numbers, day.why("elections"))
            terms.append(int(member.challenger_rules))
            assert member.preference == pytest.approx(0.3 - 0.5 * terms[-1])
        governed[share] = sum(terms)
    assert governed[0.05] < 15 < governed[0.6]


def test_disappointment_may_weigh_more_than_a_pleasant_surprise(day: Any) -> None:
    numbers = day.own("publics")
    numbers.common_noise = numbers.own_noise = 0.0
    numbers.asymmetry = 1.5
    day.members["trust_home"], day.members["gain"] = 0.5, [0.6, 0.2]
    day.members["expectation"] = 0.4
    for member in day.members:
        publics.trust_abroad(member, day.org[0], day.clock[0], numbers)
    up, down = day.members["trust"] - 0.5
    assert down == pytest.approx(-1.5 * up)


def test_trust_at_home_carries_over_and_growth_feeds_both(day: Any) -> None:
    numbers, member = day.own("publics"), day.members[0]
    numbers.common_noise = numbers.own_noise = numbers.national_noise = 0.0
    member.trust_home, member.trust_national, member.trust_national_home, member.growth = 0.5, 0.5, 0.5, -10.0
    publics.trust_at_home(member, day.clock[0], numbers)
    publics.trust_abroad(member, day.org[0], day.clock[0], numbers)
    assert member.trust_national == pytest.approx(0.493)
    assert member.trust == pytest.approx(0.5 - 0.011 - 0.69 * 0.007)


def test_a_crisis_costs_the_government_trust_as_well_and_more_than_that_the_organization(day: Any) -> None:
    numbers, member = day.own("publics"), day.members[0]
    numbers.common_noise = numbers.own_noise = numbers.national_noise = 0.0
    member.trust_home = member.trust_national = member.trust_national_home = member.trust = 0.5
    member.gain = member.expectation = member.growth = 0.0
    member.shock_trust, numbers.national_shock = 0.1, 0.7
    publics.trust_at_home(member, day.clock[0], numbers)
    publics.trust_abroad(member, day.org[0], day.clock[0], numbers)
    assert member.trust_national == pytest.approx(0.43)
    assert member.trust == pytest.approx(0.5 - 0.1 - 0.69 * 0.07)


def test_compensation_covers_hardship_and_shock_but_not_coercion(day: Any) -> None:
    numbers, found = day.own("publics"), {}
    for cause, column in (("shock", "shock_grievance"), ("act", "coerced")):
        for covered in (0.0, 1.0):
            member = day.members[0]
            member.grievance = member.grievance_home = 0.0
            member.shock_grievance = member.coerced = 0.0
            member.shock_blamed, member.compensation, member[column] = 1.0, covered, 0.1
            publics.aggrieve(member, numbers)
            found[cause, covered] = float(member.grievance)
    assert found["shock", 1.0] == 0.0 < found["shock", 0.0]
    assert found["act", 1.0] == found["act", 0.0] == pytest.approx(0.025)


def test_a_state_outside_blames_the_organization_for_nothing(day: Any) -> None:
    member = day.members[0]
    member.inside, member.coerced, member.outvoted, member.unmet, member.shock_blamed = 0, 1.0, 1.0, 1.0, 1.0
    publics.aggrieve(member, day.own("publics"))
    assert member.grievance == 0.0


def test_legitimacy_counts_each_state_inside_once(day: Any) -> None:
    day.members["trust"], day.members["inside"], day.org[0].inside = [0.3, 0.9], [1, 0], 1
    for member in day.members:
        publics.legitimate(member, day.org[0])
    assert day.org[0].legitimacy == pytest.approx(0.3)


def test_attachment_to_the_nation_returns_slowly(day: Any) -> None:
    day.own("publics").identity_noise = 0.0
    member = day.members[0]
    member.identity, member.identity_home = 0.8, 0.3
    publics.attach(member, day.clock[0], day.own("publics"))
    assert member.identity == pytest.approx(0.795)


def test_gain_is_shared_only_between_those_inside(day: Any) -> None:
    day.ties[0, 1].weight = 1.0
    day.stakes[:, 0]["implemented"] = [0.4, 0.9]
    for inside, shared in ((1, 0.4), (0, 0.0)):
        day.members[1].inside = inside
        gains.forget_shared(day.stakes[0, 0])
        gains.share(day.stakes[0, 0], day.stakes[1, 0], day.members[0], day.members[1], day.ties[0, 1])
        assert day.stakes[0, 0].shared == shared


def test_where_interests_conflict_part_of_the_gain_is_a_loss_and_overload_is_felt(day: Any) -> None:
    member, area, stake = day.members[0], day.areas[0], day.stakes[0, 0]
    area.weight, area.conflict, stake.benefit, stake.implemented = 1.0, 1.0, 0.4, 0.5
    gains.add_gain(member, stake, area, day.own("gains"))
    worth = 1.5 * 0.4
    assert member.loss == pytest.approx(0.4 * worth * 0.5)
    member.overload, member.dues_paid, member.funds = 0.5, 0.02, 0.01
    gains.net(member, day.own("gains"))
    assert member.gain == pytest.approx(worth * 0.5 - 0.4 * worth * 0.5 - 0.1 - 8.0 * 0.01)
    assert member.inequality == pytest.approx(member.loss)


def test_what_would_be_lost_outside_is_the_part_that_needs_others_and_gains_are_remembered_slowly(day: Any) -> None:
    member, area, stake = day.members[0], day.areas[0], day.stakes[0, 0]
    area.weight, area.network, stake.benefit, stake.implemented, stake.shared = 0.5, 0.4, 0.8, 0.6, 0.5
    member.gain = member.loss = member.dependence = 0.7
    gains.forget_gain(member)
    gains.add_gain(member, stake, area, day.own("gains"))
    worth = 0.5 * 0.8 * 1.5
    assert member.gain == pytest.approx(worth * (0.6 * 0.6 + 0.4 * 0.5))
    assert member.dependence == pytest.approx(1.2 * worth * 0.4 * 0.5)
    assert member.loss == 0.0
    member.gain_seen = 0.1
    gains.net(member, day.own("gains"))
    assert member.gain_seen == pytest.approx(0.1 + 0.06 * (float(member.gain) - 0.1))


def test_growth_spreads_as_far_as_calm_times_do_and_half_of_it_is_common(day: Any) -> None:
    together, alone = [], []
    for quarter in range(3000):
        day.clock[0].quarter = quarter
        growth.swing_together(day.org[0], day.clock[0], day.own("growth"))
        growth.swing_alone(day.members[0], day.org[0], day.clock[0], day.shocks[0, 0], day.own("growth"))
        together.append(float(day.org[0].growth_common))
        alone.append(float(day.members[0].growth) - float(day.org[0].growth_common))
    for part in (together, alone):
        spread = np.array(part)
        assert spread.std() == pytest.approx(1.8 * np.sqrt(0.5), rel=0.1)
        assert np.corrcoef(spread[1:], spread[:-1])[0, 1] == pytest.approx(0.75, abs=0.05)
