"""Decisions come out as the design's worked examples, term by term: ratification, implementation, threat, notice."""

from __future__ import annotations

from typing import Any

import pytest

from comity import world
from comity.forces import consent, implementation, threat
from comity.forces import exit as leaving


@pytest.fixture
def day(day: Any) -> Any:
    """A small world whose text has long been read at home."""
    day.measures[0].since_open = 40.0
    return day


def ratified(day: Any) -> Any:
    """The scratch row of a ratification by the African Union's mean member of 2018."""
    member, measure, post = day.members[0], day.measures[0], day.posts[0, 0]
    member.legislature, member.capacity, member.preference = 0.51, 0.33, 0.3
    measure.stage, measure.hardness, measure.specificity = world.OPEN, 0.5, 0.7
    post.gain, post.adjustment, post.commitment, post.misfit = 0.7, 0.2, 0.12, 0.2
    post.rung = world.NOT_PARTY
    consent.ratify(post, member, measure, day.org[0], day.clock[0], day.own("consent"), day.why("consent"))
    return day.why("consent")


def test_a_ratification_in_the_african_union_of_2018(day: Any) -> None:
    row = ratified(day)
    terms = {"gain": 1.25, "legislature": -0.765, "capacity": 0.99, "preference": 0.3, "sovereignty": -0.24,
             "misfit": -0.2, "precision": -0.28, "level": -3.15}  # fmt: skip
    assert {name: float(row[name]) for name in terms} == pytest.approx(terms)
    assert row.logit == pytest.approx(1.055 - 3.15)


@pytest.mark.parametrize(
    ("table", "column", "value", "adds"),
    [
        ("posts", "peers", 1.0, 1.0),
        ("posts", "side_payment", 0.5, 0.75),
        ("posts", "flexibility", 0.6, 0.6),
        ("posts", "frailty", -1.3, -1.3),
        ("members", "close", 1.0, -0.5),
        ("clock", "summit", 1, 0.7),
    ],
)
def test_what_the_table_leaves_at_zero_adds_its_coefficient(
    day: Any, table: str, column: str, value: float, adds: float
) -> None:
    before = float(ratified(day).logit)
    row = {"posts": day.posts[0, 0], "members": day.members[0], "clock": day.clock[0]}[table]
    row[column] = value
    assert ratified(day).logit - before == pytest.approx(adds)


def test_what_a_measure_would_bring_and_cost(day: Any) -> None:
    member, measure, area, stake, post = (
        day.members[0], day.measures[0], day.areas[0], day.stakes[0, 0], day.posts[0, 0],
    )  # fmt: skip
    member.identity, member.capacity, stake.capacity, stake.practice, stake.benefit = 0.3, 0.4, 0.2, 0.1, 0.8
    area.network, area.sensitivity, measure.parties, day.org[0].predictability = 0.5, 0.5, 0.4, 0.6
    post.side_payment = post.flexibility = post.peers = 0.9
    consent.weigh(post, member, measure, area, stake, day.org[0], day.own("consent"))
    assert post.gap == pytest.approx(0.4)
    assert post.gain == pytest.approx(0.8 * (1.0 - 0.5 * 0.4 * 0.6) * (1.0 - 0.3 * 0.4))
    assert post.commitment == pytest.approx(0.5 * 0.5 * 2.0 * 0.3)
    assert post.adjustment == pytest.approx(0.4 * (1.0 - 0.6))
    assert (post.side_payment, post.flexibility, post.peers) == (0.0, 0.0, 0.0)


def carried_out(day: Any, sanction: float) -> tuple[Any, float]:
    """The scratch row, and the share of quarters in which the Union's mean member of 2010 would act."""
    member, measure, post, stake = day.members[0], day.measures[0], day.posts[0, 0], day.stakes[0, 0]
    member.preference, member.trust, member.challenger, member.federal = 0.3, 0.45, 0.13, 0
    member.capacity, measure.hardness, day.areas[0].sensitivity, measure.depth = 0.73, 0.9, 0.3, 0.5
    acted, quarters = 0, 3000
    for quarter in range(quarters):
        day.clock[0].quarter = quarter
        day.bind()
        post.implemented, post.misfit, post.sanction, stake.practice = 0.0, 0.175, sanction, 0.1
        acted += int(day.carried_out().implemented)
    return day.why("implementation"), acted / quarters


def test_implementation_in_the_union_before_the_due_date(day: Any) -> None:
    row, share = carried_out(day, 0.0)
    terms = {"level": -0.24, "hardness": 0.9, "sensitivity": -0.6, "gap": -1.0, "preference": 0.24, "trust": 0.0,
             "challenger": -0.195, "misfit": -0.175, "federal": 0.0, "pressure": 0.0}  # fmt: skip
    assert {name: float(row[name]) for name in terms} == pytest.approx(terms)
    assert row.logit == pytest.approx(-1.07)
    assert share == pytest.approx(0.123, abs=0.02)


def test_implementation_in_the_union_once_it_is_overdue_and_pressed(day: Any) -> None:
    row, share = carried_out(day, 1.0)
    assert row.pressure == pytest.approx(2.4)
    assert share == pytest.approx(0.333, abs=0.03)


def test_pressure_is_what_the_shield_leaves_of_it(day: Any) -> None:
    post = day.bind()
    post.sanction, day.members[0].shield = 0.5, 0.4
    day.carried_out()
    assert day.why("implementation").pressure == pytest.approx(2.4 * 0.5 * 0.6)
    assert day.why("implementation").trust == pytest.approx(0.05)


def test_capacity_from_home_and_from_assistance_adds_up_and_overload_takes_from_it(day: Any) -> None:
    numbers, acted = day.own("implementation"), {}
    numbers.rate = 5.0
    for capacity, built, overload in ((0.6, 0.0, 0.0), (0.4, 0.2, 0.0), (0.8, 0.4, 0.4)):
        day.members[0].capacity, day.stakes[0, 0].capacity, day.members[0].overload = capacity, built, overload
        found = set()
        for quarter in range(200):
            day.clock[0].quarter = quarter
            day.bind().implemented = 0.0
            day.stakes[0, 0].practice = 0.0
            if day.carried_out().implemented == 1.0:
                found.add(quarter)
        acted[capacity] = found
    assert acted[0.6] == acted[0.4] == acted[0.8]


def test_a_report_is_the_truth_and_a_part_of_what_is_missing(day: Any) -> None:
    post = day.bind()
    post.implemented, post.willingness, day.members[0].capacity, day.stakes[0, 0].capacity = 0.4, 0.0, 0.5, 0.1
    implementation.report(post, day.members[0], day.stakes[0, 0], day.own("implementation"))
    assert post.reported == pytest.approx(0.4 + 0.6 * (0.18 + 0.3 * 0.6 * 0.5))


def test_a_threat_term_by_term(day: Any) -> None:
    member, org = day.members[0], day.org[0]
    member.challenger, member.preference, member.distance, member.outvoted = 0.25, -0.2, 0.6, 0.3
    member.standing, member.coup_government, member.crisis, member.safety = world.SUSPENDED, 2.0, 0.5, 0.2
    member.gain_seen, member.dependence, member.referendum, org.leavers_fared = 0.2, 0.4, 0.5, 0.3
    threat.threaten(member, org, day.clock[0], day.own("threat"), day.why("threat"))
    terms = {"level": -7.7, "challenger": 0.3, "opposition": 0.4, "distance": 1.0, "outvoted": 0.3, "suspended": 1.0,
             "coup": 1.0, "unprotected": 0.4, "contagion": 0.3, "benefit": -0.2, "dependence": -0.4,
             "referendum": 3.25, "arbitrary": 1.5 * (0.82 - 1.0)}  # fmt: skip
    assert {name: float(day.why("threat")[name]) for name in terms} == pytest.approx(terms)
    assert day.why("threat").logit == pytest.approx(sum(terms.values()))


def test_a_notice_term_by_term(day: Any) -> None:
    member = day.members[0]
    member.threat, member.refused, member.gain_seen, member.referendum, day.org[0].leavers_fared = 1, 1, 0.3, 0.5, -0.2
    leaving.notify(member, day.org[0], day.clock[0], day.own("exit"), day.why("exit"))
    terms = {"level": -3.48, "refused": 1.2, "benefit": -0.4, "contagion": -0.14, "referendum": 1.5}
    assert {name: float(day.why("exit")[name]) for name in terms} == pytest.approx(terms)
    assert day.why("exit").logit == pytest.approx(sum(terms.values()))


def test_three_in_a_hundred_threats_become_a_notice_in_a_quarter_and_nine_are_dropped(day: Any) -> None:
    member, noticed, dropped, quarters = day.members[0], 0, 0, 3000
    for quarter in range(quarters):
        day.clock[0].quarter = quarter
        member.threat, member.standing, member.gain_seen = 1, world.MEMBER, 0.1
        leaving.notify(member, day.org[0], day.clock[0], day.own("exit"), day.why("exit"))
        noticed += member.standing == world.IN_NOTICE
        dropped += member.threat == 0
    assert noticed / quarters == pytest.approx(0.03, abs=0.01)
    assert dropped / quarters == pytest.approx(0.09, abs=0.02)
