"""How a text is prepared: each lever does what its first line claims, and costs what it says, checked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from comity import world
from comity.arithmetic import exp, logistic
from comity.forces import acquis, consent, drafting, experience, gains, implementation
from comity.levers import calendar, dialogue, impact_assessment, model_law, pilots, recognition


def in_quarters(day: Any, number: int) -> Any:
    """The clock in each of so many quarters, for what is drawn."""
    for quarter in range(number):
        day.clock[0].quarter = quarter
        yield quarter


# dialogue


def foreseen(day: Any, row: int = 0) -> Any:
    """The place of a state once it has said how it will decide."""
    consent.foresee(
        day.posts[row, 0], day.members[row], day.measures[0], day.areas[0], day.stakes[row, 0], day.org[0],
        day.own("consent"), day.why("consent"),
    )  # fmt: skip
    return day.posts[row, 0]


def test_what_is_foreseen_of_a_vote_is_what_the_vote_will_weigh(day: Any) -> None:
    day.draft().vote_now = 1
    post = foreseen(day)
    consent.vote(
        post, day.members[0], day.measures[0], day.org[0], day.clock[0], day.own("consent"), day.why("consent")
    )
    assert post.prospect_vote == pytest.approx(float(day.why("consent").logit))


def test_hidden_reluctance_shows_in_talks_and_slows_ratification(day: Any) -> None:
    day.draft()
    before = float(foreseen(day).prospect)
    day.posts[0, 0].frailty = -2.0
    assert foreseen(day).prospect == pytest.approx(before - 2.0)


def test_it_is_foreseen_whether_parliament_will_be_asked(day: Any) -> None:
    day.draft()
    day.members[0].legislature, day.stakes[0, 0].practice, day.org[0].entry = 0.8, 1.0, world.THRESHOLD
    treaty = float(foreseen(day).prospect)
    day.org[0].entry = world.EACH
    assert foreseen(day).prospect == pytest.approx(treaty - day.own("consent").legislature * 0.8)


def test_nothing_is_foreseen_of_a_text_that_is_older_or_by_a_state_outside(day: Any) -> None:
    day.draft().age = 1
    assert foreseen(day).prospect == 0.0
    day.measures[0].age, day.members[0].inside = 0, 0
    assert foreseen(day).prospect == 0.0


def talked(day: Any, prospect: float, vote: float, strength: float = 1.0) -> Any:
    """The measure after talks in which both states foresee the same."""
    measure, numbers = day.draft(), day.on("dialogue", strength)
    dialogue.open_talks(measure, numbers)
    for row in range(2):
        day.posts[row, 0].prospect, day.posts[row, 0].prospect_vote = prospect, vote
        dialogue.sound_out(day.posts[row, 0], day.members[row], measure, day.org[0], numbers)
    dialogue.give_way(measure, day.org[0], day.clock[0], numbers)
    return measure


def test_a_text_in_danger_is_watered_down_by_how_much_it_is_in_danger(day: Any) -> None:
    day.org[0].rule, day.org[0].entry = world.CONSENSUS, world.EACH
    measure = talked(day, prospect=-3.0, vote=2.0)
    passes = exp(-2.0 * (1.0 - logistic(2.0)))
    followed = 1.0 - exp(-20.0 * logistic(-3.0))
    assert measure.depth == pytest.approx(0.5 * (1.0 - 0.4 * (1.0 - passes * followed)))
    assert measure.delay == 2.0 and measure.stage == world.DRAFT


def test_a_text_that_all_want_is_only_delayed(day: Any) -> None:
    day.org[0].rule, day.org[0].entry = world.CONSENSUS, world.EACH
    measure = talked(day, prospect=10.0, vote=30.0)
    assert measure.depth == pytest.approx(0.5) and measure.delay == 2.0


@pytest.mark.parametrize(
    ("entry", "prospect", "vote", "dropped"),
    [
        (world.EACH, 0.0, -2.0, True),
        (world.EACH, -9.0, 9.0, False),
        (world.ALL, -9.0, 9.0, True),
        (world.ALL, 3.0, 9.0, False),
        (world.THRESHOLD, -9.0, 9.0, True),
        (world.ON_ADOPTION, -9.0, 9.0, False),
    ],
)
def test_a_text_that_would_fail_is_dropped_and_leaves_its_place(
    day: Any, entry: int, prospect: float, vote: float, dropped: bool
) -> None:
    day.org[0].rule, day.org[0].entry, day.org[0].entry_threshold = world.CONSENSUS, entry, 0.6
    measure = talked(day, prospect, vote)
    assert (measure.stage == world.EMPTY) == dropped
    assert day.org[0].agenda == (0.6 if dropped else 0.0)


def test_talks_ease_consent_and_keep_inspectors_from_inspecting(day: Any) -> None:
    measure = talked(day, 10.0, 30.0, strength=0.5)
    dialogue.ease(day.posts[0, 0], measure, day.own("dialogue"))
    dialogue.displace(day.org[0], day.own("dialogue"))
    assert day.posts[0, 0].flexibility == pytest.approx(0.3)
    assert day.org[0].effort == pytest.approx(1.0 - 0.0025)


# impact assessment


def estimated(day: Any, row: int = 0) -> float:
    """What the assessment finds on average, after one of two states."""
    impact_assessment.estimate(
        day.posts[row, 0], day.members[row], day.measures[0], day.areas[0], day.stakes[row, 0], day.org[0],
        day.own("impact_assessment"),
    )  # fmt: skip
    return float(day.measures[0].promise)


def test_a_study_tailors_and_lightens_as_far_as_it_is_paid_and_delays_in_any_case(day: Any) -> None:
    measure, numbers = day.draft(), day.on("impact_assessment", 1.0)
    day.org[0].coverage = 0.5
    impact_assessment.study(measure, day.org[0], numbers)
    assert measure.tailoring == pytest.approx(0.2) and measure.light == pytest.approx(0.15) and measure.delay == 2.0
    impact_assessment.request(day.org[0], numbers)
    assert day.org[0].requested == pytest.approx(0.02)


def test_an_estimate_is_benefit_less_sovereignty_misfit_and_the_gap_that_the_weak_must_close(day: Any) -> None:
    day.draft().hardness = 1.0
    day.areas[0].sensitivity, day.areas[0].network = 0.4, 0.5
    day.members[0].identity, day.posts[0, 0].misfit, day.stakes[0, 0].benefit = 0.5, 0.2, 0.6
    day.stakes[0, 0].practice = 0.1
    assert estimated(day) == pytest.approx(0.5 * (0.6 - 1.2 * 0.4 * 0.5 * 0.5 - 0.5 * 0.2 - 0.5 * 0.4 * 0.5))


def stopped(day: Any, promise: float, secretariat: float, number: int = 400) -> float:
    """The share of texts with that promise that are stopped at full strength."""
    numbers, count = day.on("impact_assessment", 1.0), 0
    day.org[0].secretariat = secretariat
    for _ in in_quarters(day, number):
        measure = day.draft()
        measure.promise = promise
        impact_assessment.judge(measure, day.org[0], day.clock[0], numbers)
        count += int(measure.stage == world.EMPTY)
    return count / number


def test_what_does_not_pay_is_stopped_and_a_weak_secretariat_raises_false_alarms(day: Any) -> None:
    assert stopped(day, -0.5, 1.0) > 0.98
    assert stopped(day, 0.3, 1.0) < 0.05
    assert 0.12 < stopped(day, 0.3, 0.0) < 0.28


def test_a_lighter_design_takes_less_capacity_to_carry_out(day: Any) -> None:
    post, member, measure, area = day.bind(), day.members[0], day.measures[0], day.areas[0]
    area.capacity_demand = 1.0
    loads = []
    for light in (0.0, 0.25):
        measure.light, member.load = light, 0.0
        implementation.add_load(post, member, measure, area, day.own("implementation"))
        loads.append(float(member.load))
    assert loads[1] == pytest.approx(0.75 * loads[0])


# model law


def test_a_model_law_fits_better_is_looser_later_and_no_longer_one_law(day: Any) -> None:
    measure, numbers = day.draft(), day.on("model_law", 0.5)
    measure.specificity = 0.6
    model_law.draft(measure, day.org[0], numbers)
    assert measure.tailoring == pytest.approx(0.4)
    assert measure.specificity == pytest.approx(0.6 * 0.8)
    assert measure.loose == pytest.approx(0.15 * 0.25)
    assert measure.delay == 1.0
    model_law.request(day.org[0], numbers)
    assert day.org[0].requested == pytest.approx(0.005)


def test_tailoring_closes_part_of_the_misfit(day: Any) -> None:
    misfits = []
    for tailoring in (0.0, 1.0):
        day.draft().tailoring = tailoring
        day.members[0].democracy = 0.9
        drafting.fit(day.posts[0, 0], day.members[0], day.measures[0], day.org[0], day.clock[0], day.own("drafting"))
        misfits.append(float(day.posts[0, 0].misfit))
    assert misfits[1] == pytest.approx(0.4 * misfits[0]) and misfits[0] > 0.0


def test_where_versions_differ_partners_share_less(day: Any) -> None:
    day.ties[0, 1].weight = 1.0
    day.stakes["implemented"] = 0.8
    shares = []
    for loose in (0.0, 0.25):
        day.stakes[0, 0].loose, day.stakes[0, 0].shared = loose, 0.0
        gains.share(day.stakes[0, 0], day.stakes[1, 0], day.members[0], day.members[1], day.ties[0, 1])
        shares.append(float(day.stakes[0, 0].shared))
    assert shares == pytest.approx([0.8, 0.6])


def test_looseness_goes_into_the_acquis_with_the_law_and_is_the_mean_over_its_depth(day: Any) -> None:
    post, stake, measure, member = day.bind(), day.stakes[0, 0], day.measures[0], day.members[0]
    post.implemented, measure.loose, stake.settled = 1.0, 0.4, 0.5
    acquis.add_live(post, stake, measure, member, day.org[0])
    acquis.saturate(stake, day.own("acquis"))
    assert stake.loose == pytest.approx(0.4 * 0.5 / 1.0)
    measure.folding = 1
    acquis.fold(post, stake, measure, member)
    acquis.saturate(stake, day.own("acquis"))
    assert stake.settled_loose == pytest.approx(0.2) and stake.live_loose == 0.0
    assert stake.loose == pytest.approx(0.2)


def test_a_loose_law_is_expected_to_bring_less_and_seen_to_bring_less(day: Any) -> None:
    post, stake, area, measure = day.bind(), day.stakes[0, 0], day.areas[0], day.measures[0]
    stake.benefit, area.network, measure.working, measure.parties, post.implemented = 0.5, 0.5, 1.0, 1.0, 1.0
    expected, seen = [], []
    for loose in (0.0, 1.0):
        measure.loose, post.seen = loose, 0.0
        consent.weigh(post, day.members[0], measure, area, stake, day.org[0], day.own("consent"))
        experience.see(post, day.members[0], measure, area, stake, day.own("experience"))
        expected.append(float(post.gain))
        seen.append(float(post.seen))
    assert expected == pytest.approx([0.5, 0.25])
    assert seen == pytest.approx([0.05, 0.025])


# recognition


def test_the_strength_is_the_share_of_measures_that_recognize_and_some_ask_for_equivalence(day: Any) -> None:
    numbers, modes = day.on("recognition", 0.5), []
    for _ in in_quarters(day, 400):
        measure = day.draft()
        measure.mode, measure.delay = 0, 0.0
        recognition.design(measure, day.clock[0], numbers)
        assert measure.delay == (3.0 if measure.mode == recognition.EQUIVALENT else 0.0)
        modes.append(int(measure.mode))
    assert 170 < 400 - modes.count(0) < 230
    assert 40 < modes.count(recognition.EQUIVALENT) < 80


@pytest.mark.parametrize(("mode", "misfit", "loose"), [(1, 0.06, 0.3), (2, 0.12, 0.15)])
def test_recognition_spares_constitutions_and_distrusts_weak_partners(
    day: Any, mode: int, misfit: float, loose: float
) -> None:
    measure, numbers = day.draft(), day.on("recognition", 1.0)
    measure.mode = mode
    day.members[0].capacity, day.members[1].capacity = 0.9, 0.3
    for row in range(2):
        recognition.distrust(day.members[row], measure, day.org[0], numbers)
    day.posts[0, 0].misfit = 0.2
    recognition.spare(day.posts[0, 0], measure, numbers)
    assert measure.loose == pytest.approx(loose) and day.posts[0, 0].misfit == pytest.approx(misfit)


def test_undercutting_is_felt_in_visible_areas_where_partners_are_weak(day: Any) -> None:
    post, member, measure, numbers = day.bind(), day.members[0], day.measures[0], day.on("recognition", 1.0)
    post.implemented, measure.mode = 1.0, recognition.RECOGNIZES
    losses = []
    for visibility, loose in ((1.0, 0.6), (0.0, 0.6), (1.0, 0.0)):
        day.areas[0].visibility, measure.loose, member.loss = visibility, loose, 0.0
        recognition.undercut(post, member, measure, day.areas[0], numbers)
        losses.append(float(member.loss))
    assert losses == pytest.approx([0.06 * 0.6 * 0.5, 0.0, 0.0])


# pilots


def test_a_trial_takes_its_time(day: Any) -> None:
    measure = day.draft()
    pilots.choose(measure, day.clock[0], day.on("pilots", 1.0))
    assert measure.pilot == 1 and measure.delay == 5.0


def tried(day: Any, benefit: float) -> Any:
    """The place of a willing state that has tried the measure out, with no chance in the result."""
    numbers = day.on("pilots", 1.0)
    numbers.volunteers, numbers.noise = 1.0, 0.0
    post = day.posts[0, 0]
    post.gap, day.stakes[0, 0].benefit = 0.4, benefit
    pilots.try_out(post, day.members[0], day.measures[0], day.areas[0], day.stakes[0, 0], day.clock[0], numbers)
    return post


def test_a_trial_shows_net_benefit_and_leaves_some_practice_behind(day: Any) -> None:
    post = tried(day, 0.6)
    assert post.trying == 1
    assert post.trial == pytest.approx(0.6 - 0.5 * 0.4 * 0.5)
    assert day.stakes[0, 0].practice == pytest.approx(0.25 * 0.4)


def test_the_unwilling_do_not_try(day: Any) -> None:
    day.members[0].preference = -1.0
    assert tried(day, 0.6).trying == 0


@pytest.mark.parametrize(("benefit", "encourages"), [(0.9, True), (0.0, False)])
def test_a_success_encourages_and_a_failure_deters_more(day: Any, benefit: float, encourages: bool) -> None:
    tried(day, benefit)
    numbers, post = day.own("pilots"), day.posts[1, 0]
    post.gain = 0.5
    pilots.watch(post, day.posts[0, 0], day.members[1], day.members[0], day.measures[0], numbers)
    pilots.heed(post, numbers)
    shown = benefit - 0.1 - 0.1
    assert post.gain == pytest.approx(0.5 + 0.8 * shown * (1.0 if encourages else 1.5))


def test_the_unlike_are_no_guide(day: Any) -> None:
    tried(day, 0.9)
    numbers, taught = day.own("pilots"), []
    for democracy, income in ((0.5, 10.0), (0.5, 5.0), (1.0, 10.0)):
        post = day.posts[1, 0]
        post.gain = post.lesson = post.likeness = 0.0
        day.members[1].democracy, day.members[1].income = democracy, income
        pilots.watch(post, day.posts[0, 0], day.members[1], day.members[0], day.measures[0], numbers)
        pilots.heed(post, numbers)
        taught.append(float(post.gain))
    assert taught[0] == pytest.approx(2.0 * taught[1]) == pytest.approx(2.0 * taught[2])


# calendar


def test_a_vote_waits_while_states_of_weight_have_an_election_near_but_not_for_ever(day: Any) -> None:
    numbers, measure = day.on("calendar", 1.0), day.draft()
    numbers.longest = 3.0
    day.members[0].campaign = 1
    waits = 0
    for _ in range(10):
        measure.vote_now = 1
        day.org[0].campaigning = 0.0
        calendar.look_ahead(day.members[0], day.org[0])
        calendar.wait(measure, day.org[0], numbers)
        waits += 1 - int(measure.vote_now)
    assert waits == 3


@pytest.mark.parametrize(("power", "waits"), [(0.1, False), (0.2, True)])
def test_a_lax_calendar_bears_some_campaigns(day: Any, power: float, waits: bool) -> None:
    measure = day.draft()
    measure.vote_now = 1
    day.members[0].campaign, day.members[0].power = 1, power
    calendar.look_ahead(day.members[0], day.org[0])
    calendar.wait(measure, day.org[0], day.on("calendar", 0.5))
    assert (measure.vote_now == 0) == waits


@pytest.mark.parametrize(("to_election", "due_in"), [(9.0, 10.0), (7.0, 8.0), (11.0, 8.0), (8.0, 9.0)])
def test_what_would_fall_due_shortly_before_an_election_falls_due_after_it(
    day: Any, to_election: float, due_in: float
) -> None:
    post = day.bind()
    post.fresh, day.members[0].term_clock = 1, to_election
    calendar.respite(post, day.members[0], day.on("calendar", 1.0))
    assert post.due_in == due_in
