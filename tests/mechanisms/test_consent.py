"""Who decides, what is weighed, and when a measure comes to bind: consent and entry into force."""

from __future__ import annotations

from typing import Any

import pytest

from comity import world
from comity.forces import consent, entry


def weighed(day: Any, row: int = 0, **changes: float) -> float:
    """The logit of a ratification; changes are given as `row__column=value`."""
    rows = {"member": day.members[row], "measure": day.measures[0], "post": day.posts[row, 0], "org": day.org[0],
            "area": day.areas[0], "stake": day.stakes[row, 0], "clock": day.clock[0]}  # fmt: skip
    before = {path: rows[path.split("__")[0]][path.split("__")[1]] for path in changes}
    for path, value in changes.items():
        table, column = path.split("__")
        rows[table][column] = value
    day.measures[0].stage, day.measures[0].vote_now = world.OPEN, 0
    day.posts[row, 0].rung = world.NOT_PARTY
    numbers = day.own("consent")
    consent.weigh(
        rows["post"], rows["member"], rows["measure"], rows["area"], rows["stake"], rows["org"], numbers
    )  # fmt: skip
    consent.ratify(
        rows["post"], rows["member"], rows["measure"], rows["org"], rows["clock"], numbers, day.why("consent")
    )
    for path, value in before.items():
        table, column = path.split("__")
        rows[table][column] = value
    return float(day.why("consent").logit)


def test_the_terms_of_consent_add_up_to_the_logit_that_was_used(day: Any) -> None:
    day.areas[0].sensitivity, day.members[0].identity, day.stakes[0, 0].benefit = 0.5, 0.4, 0.6
    day.measures[0].specificity, day.members[0].close, day.posts[0, 0].frailty = 0.7, 0.3, 0.9
    logit = weighed(day)
    row = day.why("consent")
    assert logit == pytest.approx(sum(row[term] for term in consent.Consent.terms), abs=1e-12)


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ({"stake__benefit": 0.9}, 1),
        ({"member__capacity": 0.9}, 1),
        ({"member__preference": 0.5}, 1),
        ({"org__predictability": 0.2}, -1),
        ({"member__legislature": 0.9}, -1),
        ({"member__identity": 0.9}, -1),
        ({"measure__specificity": 1.0}, -1),
        ({"post__misfit": 0.5}, -1),
        ({"member__close": 1.0}, -1),
        ({"clock__summit": 1}, 1),
        ({"measure__parties": 1.0}, 1),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else str(value),
)
def test_each_term_of_consent_has_the_sign_that_it_claims(day: Any, change: dict[str, float], sign: int) -> None:
    day.stakes[0, 0].benefit, day.areas[0].sensitivity, day.areas[0].network = 0.5, 0.5, 0.5
    day.members[0].identity = 0.3
    assert (weighed(day, **change) - weighed(day)) * sign > 0.01


def test_what_is_practice_already_needs_no_adjustment_and_capacity_makes_it_cheap(day: Any) -> None:
    post, stake = day.posts[0, 0], day.stakes[0, 0]
    costs = []
    for practice, capacity in ((0.5, 0.1), (0.0, 0.1), (0.0, 1.0)):
        weighed(day, stake__practice=practice, member__capacity=capacity)
        costs.append(float(post.adjustment))
    assert costs == [0.0, pytest.approx(0.45), 0.0]
    assert stake.practice == 0.0


def test_neighbours_that_are_party_count_by_how_near_they_are(day: Any) -> None:
    day.ties[0, 1].near = 0.7
    for rung, peers in ((world.NOT_PARTY, 0.0), (world.PARTY, 0.7)):
        day.posts[0, 0].peers, day.posts[1, 0].rung = 0.0, rung
        consent.look_around(
            day.posts[0, 0], day.posts[1, 0], day.members[0], day.members[1], day.ties[0, 1], day.own("consent")
        )
        assert day.posts[0, 0].peers == peers


def test_a_state_that_has_signed_is_not_asked_again_and_adoption_asks_nobody_to_ratify(day: Any) -> None:
    measure, post, member = day.measures[0], day.posts[0, 0], day.members[0]
    measure.stage, measure.vote_now, day.org[0].entry = world.OPEN, 0, world.EACH
    asked = []
    for rung, rule in ((world.NOT_PARTY, world.EACH), (world.PARTY, world.EACH), (world.NOT_PARTY, world.ON_ADOPTION)):
        post.rung, day.org[0].entry = rung, rule
        consent.call(post, measure, member, day.org[0])
        asked.append(int(post.deciding))
    assert asked == [1, 0, 0]


def test_a_government_blocks_a_consensus_less_readily_than_it_votes_no(day: Any) -> None:
    logits = []
    for rule in (world.CONSENSUS, world.QUALIFIED_MAJORITY):
        day.measures[0].vote_now, day.org[0].rule = 1, rule
        consent.vote(
            day.posts[0, 0], day.members[0], day.measures[0], day.org[0], day.clock[0], day.own("consent"),
            day.why("consent"),
        )  # fmt: skip
        logits.append(float(day.why("consent").logit))
    assert logits[0] - logits[1] == pytest.approx(1.5)


def test_votes_count_by_state_and_by_population_and_only_of_those_who_decide(day: Any) -> None:
    measure, org = day.measures[0], day.org[0]
    measure.vote_now, org.population = 1, 4.0
    day.members["population"] = [1.0, 3.0]
    day.posts[:, 0]["vote"] = 1
    day.posts[0, 0].deciding = 1
    for row in range(2):
        consent.count(day.posts[row, 0], day.members[row], measure, org)
    assert (measure.yes, measure.yes_power) == (0.5, 0.25)


def test_one_abstention_in_a_large_club_still_blocks_a_consensus(day: Any) -> None:
    measure, org = day.measures[0], day.org[0]
    org.inside, org.rule, org.entry = 200, world.CONSENSUS, world.EACH
    for yes, stage in ((199 / 200, world.EMPTY), (1.0 - 1e-12, world.OPEN)):
        measure.stage, measure.vote_now, measure.yes = world.DRAFT, 1, yes
        consent.decide(measure, org, day.own("consent"))
        assert measure.stage == stage


def test_ratification_waits_for_a_quarter_after_the_vote(day: Any) -> None:
    measure, post = day.measures[0], day.posts[0, 0]
    day.own("consent").level = 5.0
    day.members[0].capacity, measure.stage, post.rung = 1.0, world.OPEN, world.NOT_PARTY
    for vote_now, rung in ((1, world.NOT_PARTY), (0, world.PARTY)):
        measure.vote_now = vote_now
        consent.ratify(post, day.members[0], measure, day.org[0], day.clock[0], day.own("consent"), day.why("consent"))
        assert post.rung == rung
    assert post.against == 0 and post.scope == 1.0


def test_a_party_is_bound_only_once_the_measure_is_law(day: Any) -> None:
    measure, post = day.measures[0], day.posts[0, 0]
    post.rung, measure.due = world.PARTY, 8.0
    for stage, rung in ((world.OPEN, world.PARTY), (world.IN_FORCE, world.BOUND)):
        measure.stage = stage
        entry.take_effect(post, measure)
        assert post.rung == rung
    assert post.due_in == 8.0 and post.fresh == 1


def test_adoption_leaves_those_alone_whom_a_text_that_failed_would_have_bound(day: Any) -> None:
    measure = day.measures[0]
    measure.vote_now, measure.stage, day.org[0].entry = 1, world.EMPTY, world.ON_ADOPTION
    consent.bind(day.posts[0, 0], measure, day.org[0])
    assert day.posts[0, 0].rung == world.NOT_PARTY


def test_every_party_counts_once_whatever_it_does_with_the_measure(day: Any) -> None:
    measure = day.measures[0]
    day.posts[0, 0].rung = world.WAIVED
    entry.recount(measure)
    for row in range(2):
        entry.count_parties(day.posts[row, 0], measure, day.org[0])
    assert measure.parties == 0.5


def test_a_summit_comes_round_once_a_year(day: Any) -> None:
    held = []
    for season in range(4):
        day.clock[0].season = season
        entry.summon(day.clock[0], day.own("entry"))
        held.append(int(day.clock[0].summit))
    assert held == [0, 0, 1, 0]


def test_slowness_to_ratify_is_a_matter_of_state_and_measure_and_stays(day: Any) -> None:
    measure, member = day.draft(), day.members[0]
    member.frailty, measure.serial = 0.8, 3
    found = []
    for age in (0, 1):
        day.clock[0].quarter, measure.age = age, age
        consent.hesitate(day.posts[0, 0], member, measure, day.clock[0], day.own("consent"))
        found.append(float(day.posts[0, 0].frailty))
    assert found[0] == found[1]
    day.own("consent").frailty_measure, measure.age = 2.0 * day.own("consent").frailty_measure, 0
    day.clock[0].quarter = 0
    consent.hesitate(day.posts[0, 0], member, measure, day.clock[0], day.own("consent"))
    assert day.posts[0, 0].frailty - 0.8 == pytest.approx(2.0 * (found[0] - 0.8)) != 0.0
    day.own("consent").frailty_measure, measure.age = 0.0, 0
    consent.hesitate(day.posts[0, 0], member, measure, day.clock[0], day.own("consent"))
    assert day.posts[0, 0].frailty == 0.8


@pytest.mark.parametrize(
    ("rule", "gap", "asked"),
    [
        (world.THRESHOLD, 0.0, 1.0),  # a treaty is ratified, whatever it says
        (world.EACH, 0.0, 0.0),
        (world.ALL, 0.0, 0.0),
        (world.ALL, 0.05, 0.5),
        (world.EACH, 0.4, 1.0),
    ],
)
def test_a_decision_goes_through_parliament_as_far_as_it_asks_for_new_law(
    day: Any, rule: int, gap: float, asked: float
) -> None:
    numbers, post, measure, member = day.own("consent"), day.posts[0, 0], day.measures[0], day.members[0]
    measure.stage, post.rung, post.gap, measure.since_open, member.legislature = (
        world.OPEN,
        world.NOT_PARTY,
        gap,
        0.0,
        0.8,
    )
    day.org[0].entry, numbers.statute = rule, 0.1
    consent.ratify(post, member, measure, day.org[0], day.clock[0], numbers, day.why("consent"))
    assert day.why("consent").reading == pytest.approx(asked * numbers.unread)
    assert day.why("consent").legislature == pytest.approx(asked * numbers.legislature * 0.8)


def test_a_text_is_hardly_ratified_before_parliament_has_read_it(day: Any) -> None:
    numbers, found = day.own("consent"), []
    measure, post = day.measures[0], day.posts[0, 0]
    day.org[0].entry = world.THRESHOLD
    measure.stage, post.rung = world.OPEN, world.NOT_PARTY
    for quarters in (1.0, 2.0, numbers.reading, 40.0):
        measure.since_open, post.rung = quarters, world.NOT_PARTY
        consent.ratify(post, day.members[0], measure, day.org[0], day.clock[0], numbers, day.why("consent"))
        found.append(float(day.why("consent").reading))
    assert found[0] == pytest.approx(numbers.unread * (1.0 - 1.0 / numbers.reading))
    assert found[0] < found[1] < found[2] == found[3] == 0.0


def test_the_clock_of_a_text_starts_when_it_passes_the_organ(day: Any) -> None:
    measure, org, numbers = day.measures[0], day.org[0], day.own("consent")
    org.rule, org.entry = world.CONSENSUS, world.EACH
    measure.stage, measure.vote_now, measure.yes, measure.since_open = world.DRAFT, 1, 1.0, 9.0
    consent.decide(measure, org, numbers)
    assert (measure.stage, measure.since_open) == (world.OPEN, 0.0)
    measure.vote_now = 0
    for _ in range(3):
        consent.decide(measure, org, numbers)
    assert measure.since_open == 3.0
    measure.stage = world.DRAFT
    consent.decide(measure, org, numbers)
    assert measure.since_open == 3.0
