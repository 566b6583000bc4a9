"""What happens to texts whatever an organization chooses: who drafts, who lobbies, what hardens, what is halted."""

from __future__ import annotations

from typing import Any

import pytest

from comity import world
from comity.forces import ambiguity, challenge, implementation, lobby, participation

# ambiguity


@pytest.mark.parametrize(("hardness", "unclear"), [(0.0, 0.0), (0.5, 1.0), (0.9, 0.2), (1.0, 0.0)])
def test_a_text_is_clear_at_either_end_and_ambiguous_in_the_middle(day: Any, hardness: float, unclear: float) -> None:
    measure = day.draft()
    measure.hardness = hardness
    ambiguity.blur(measure)
    assert measure.ambiguity == pytest.approx(unclear)


def hardenings(day: Any, delegation: float, unclear: float, number: int = 2000) -> int:
    """How often law halfway between soft and hard comes to be treated as hard."""
    measure, found = day.measures[0], 0
    day.org[0].delegation = delegation
    for quarter in range(number):
        day.clock[0].quarter = quarter
        measure.hardness, measure.ambiguity, day.org[0].predictability = 0.5, unclear, 1.0
        ambiguity.harden(measure, day.org[0], day.clock[0], day.own("ambiguity"))
        found += int(measure.hardened)
        assert (measure.hardness == 0.8) == (day.org[0].predictability < 1.0) == (measure.hardened != 0)
    return found


def test_soft_law_hardens_by_ambiguity_times_delegation(day: Any) -> None:
    assert hardenings(day, 0.0, 1.0) == hardenings(day, 1.0, 0.0) == 0
    assert 10 <= hardenings(day, 1.0, 1.0) <= 32


def test_hard_law_cannot_harden(day: Any) -> None:
    day.org[0].delegation, day.measures[0].ambiguity = 1.0, 1.0
    day.own("ambiguity").rate = 0.2
    for quarter in range(200):
        day.clock[0].quarter = quarter
        ambiguity.harden(day.measures[0], day.org[0], day.clock[0], day.own("ambiguity"))
    assert day.measures[0].hardness == 1.0 and day.org[0].predictability == 1.0


def test_who_has_not_done_it_yet_feels_coerced(day: Any) -> None:
    day.measures[0].hardened = 1
    done, open_ = day.bind(0), day.bind(1)
    done.implemented = 1.0
    for row, post in enumerate((done, open_)):
        ambiguity.resent(post, day.members[row], day.measures[0], day.own("ambiguity"))
    assert day.members[0].coerced == 0.0
    assert day.members[1].coerced == pytest.approx(0.03 * 0.5)


# lobby


@pytest.mark.parametrize(("gain", "voice"), [(0.35, 0.0), (0.425, 0.5), (0.9, 1.0), (-0.9, -1.0)])
def test_business_pulls_the_way_its_gain_goes(day: Any, gain: float, voice: float) -> None:
    post, day.areas[0].network, day.members[0].integrity = day.posts[0, 0], 0.6, 0.5
    post.gain = gain
    lobby.press(post, day.members[0], day.areas[0], day.own("lobby"))
    assert post.gain == pytest.approx(gain + 0.05 * 0.6 * voice)


def test_business_is_heard_more_where_officials_can_be_bought(day: Any) -> None:
    day.areas[0].network, moved = 1.0, []
    for integrity in (0.0, 1.0):
        post, day.members[0].integrity = day.posts[0, 0], integrity
        post.gain = 0.9
        lobby.press(post, day.members[0], day.areas[0], day.own("lobby"))
        moved.append(float(post.gain) - 0.9)
    assert moved == pytest.approx([0.075, 0.025])


# participation


def shaped(day: Any) -> list[float]:
    """The misfit that a large and a small state are left with, of .2 each."""
    measure, numbers = day.draft(), day.own("participation")
    measure.voices, day.members[0].power, day.members[1].power = 0.0, 0.9, 0.1
    for row in range(2):
        participation.speak(day.members[row], day.stakes[row, 0], measure, numbers)
    for row in range(2):
        day.posts[row, 0].misfit = 0.2
        participation.shape(day.posts[row, 0], day.members[row], day.stakes[row, 0], measure, day.org[0], numbers)
    return [float(day.posts[row, 0].misfit) for row in range(2)]


def test_the_text_fits_those_who_wrote_more_of_it(day: Any) -> None:
    day.own("participation").equality = 0.0
    large, small = shaped(day)
    assert large == pytest.approx(0.2 * (1.0 + 0.3 * (0.4 - 1.8 / 2.8)))
    assert small == pytest.approx(0.2 * (1.0 + 0.3 * (0.4 - 0.2 / 1.2)))


def test_a_text_drafted_for_all_or_help_that_built_capacity_lets_the_small_take_part(day: Any) -> None:
    usual = shaped(day)[1]
    day.measures[0].tailoring = 0.8
    drafted = shaped(day)[1]
    day.measures[0].tailoring, day.stakes[1, 0].capacity = 0.0, 0.3
    assisted = shaped(day)[1]
    assert usual > drafted and usual > assisted


def test_many_hands_take_longer(day: Any) -> None:
    measure = day.draft()
    measure.tailoring = 0.8
    participation.invite(measure, day.own("participation"))
    assert measure.delay == pytest.approx(1.5 * 0.5 * 0.8)


# challenge


def halts(day: Any, uptake: float, number: int = 1000) -> int:
    """How often work on a visible, divisive measure is halted."""
    measure, area, numbers = day.measures[0], day.areas[0], day.own("challenge")
    area.visibility, area.conflict, measure.uptake = 0.8, 0.5, uptake
    numbers.rate, found = 0.1, 0
    for quarter in range(number):
        day.clock[0].quarter = quarter
        measure.open_work, measure.halted = 1.0, 0.0
        challenge.halt(measure, area, day.clock[0], numbers)
        found += int(measure.halted > 0.0)
    return found


def test_those_who_were_heard_halt_nothing(day: Any) -> None:
    assert halts(day, 1.0) == 0
    assert 25 <= halts(day, 0.0) <= 56


def test_while_work_is_halted_time_stands_still_and_communities_are_paid(day: Any) -> None:
    measure, post = day.measures[0], day.bind()
    measure.halted, day.stakes[0, 0].practice = 2.0, 1.0
    assert day.carried_out().implemented == 0.0 and post.due_in == 8.0
    challenge.compensate(measure, day.org[0], day.own("challenge"))
    assert day.org[0].requested == pytest.approx(0.01 * 0.5)
    for left in (1.0, 0.0):
        challenge.halt(measure, day.areas[0], day.clock[0], day.own("challenge"))
        assert measure.halted == left
    assert day.carried_out().implemented == 1.0


def test_what_is_done_or_not_yet_law_is_not_halted(day: Any) -> None:
    measure, numbers = day.measures[0], day.own("challenge")
    day.areas[0].visibility = day.areas[0].conflict = 1.0
    numbers.rate = 0.5
    for quarter in range(50):
        day.clock[0].quarter = quarter
        measure.stage, measure.open_work = world.IN_FORCE, 0.0
        challenge.halt(measure, day.areas[0], day.clock[0], numbers)
        measure.stage, measure.open_work = world.OPEN, 1.0
        challenge.halt(measure, day.areas[0], day.clock[0], numbers)
    assert measure.halted == 0.0


def test_a_halted_measure_keeps_what_was_done(day: Any) -> None:
    post = day.bind()
    post.implemented, day.measures[0].halted = 1.0, 3.0
    implementation.carry_out(
        post, day.members[0], day.measures[0], day.areas[0], day.stakes[0, 0], day.clock[0],
        day.own("implementation"), day.why("implementation"),
    )  # fmt: skip
    assert post.implemented == 1.0 and post.overdue == 0
