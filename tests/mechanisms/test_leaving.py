"""Who is inside, who threatens, who leaves and who comes back: census, accession, threat and exit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from comity import world
from comity.forces import accession, census, threat
from comity.forces import exit as leaving


def threatened(day: Any, row: int = 0) -> float:
    """The logit of a threat."""
    member = day.members[row]
    member.threat = 0
    threat.threaten(member, day.org[0], day.clock[0], day.own("threat"), day.why("threat"))
    return float(day.why("threat").logit)


@pytest.mark.parametrize(
    ("table", "column", "value", "sign"),
    [
        ("members", "challenger", 0.6, 1),
        ("members", "preference", -0.5, 1),
        ("members", "distance", 1.0, 1),
        ("members", "outvoted", 0.5, 1),
        ("members", "standing", world.SUSPENDED, 1),
        ("members", "coup_government", 3.0, 1),
        ("members", "crisis", 0.8, 1),
        ("members", "referendum", 1.0, 1),
        ("members", "gain_seen", 0.6, -1),
        ("members", "dependence", 0.6, -1),
        ("org", "leavers_fared", 0.5, 1),
        ("org", "leavers_fared", -0.5, -1),
    ],
)
def test_each_term_of_a_threat_has_the_sign_that_it_claims(
    day: Any, table: str, column: str, value: float, sign: int
) -> None:
    before = threatened(day)
    getattr(day, table)[0][column] = value
    assert (threatened(day) - before) * sign > 0.1


def test_a_government_in_favor_threatens_no_less_for_being_more_in_favor(day: Any) -> None:
    day.members[0].preference = 0.1
    mild = threatened(day)
    day.members[0].preference = 0.9
    assert threatened(day) == mild


def test_help_in_a_crisis_takes_the_edge_off_the_threat(day: Any) -> None:
    day.members[0].crisis = 1.0
    alone = threatened(day)
    for column in ("safety", "compensation"):
        day.members[0][column] = 1.0
        assert threatened(day) == pytest.approx(alone - 1.0)
        day.members[0][column] = 0.0


@pytest.mark.parametrize(("inside", "standing", "threat_before"), [(0, 4, 0), (1, world.IN_NOTICE, 0), (1, 1, 1)])
def test_a_state_outside_in_notice_or_already_threatening_makes_no_threat(
    day: Any, inside: int, standing: int, threat_before: int
) -> None:
    member = day.members[0]
    day.own("threat").level, member.referendum = 0.0, 1.0
    member.inside, member.standing, member.threat = inside, standing, threat_before
    threat.threaten(member, day.org[0], day.clock[0], day.own("threat"), day.why("threat"))
    assert (int(member.threat), int(member.threatened_now)) == (threat_before, 0)


def test_fewer_than_half_of_the_threats_carry_a_demand(day: Any) -> None:
    day.own("threat").level, member = 0.0, day.members[0]
    member.referendum, demands, threats = 1.0, 0, 0
    for quarter in range(800):
        day.clock[0].quarter, member.threat = quarter, 0
        threat.threaten(member, day.org[0], day.clock[0], day.own("threat"), day.why("threat"))
        threats += int(member.threatened_now)
        demands += int(member.demanded_now)
    assert demands / threats == pytest.approx(0.45, abs=0.06)


def test_a_demand_is_met_sooner_the_stronger_the_state_and_ends_the_threat(day: Any) -> None:
    met = {}
    for power in (0.0, 1.0):
        member, met[power] = day.members[0], 0
        for quarter in range(200):
            day.clock[0].quarter = quarter
            member.power, member.threat, member.demand, member.refused, member.conceded = power, 1, 1, 0, 0
            member.preference = 0.0
            threat.answer(member, day.clock[0], day.own("threat"))
            met[power] += int(member.conceded)
            if member.conceded != 0:
                assert member.threat == 0 and member.preference == pytest.approx(0.15)
            else:
                assert member.threat == 1 and member.preference == 0.0
    assert 0 < met[0.0] < 30 < met[1.0]


def test_a_demand_refused_is_not_answered_again_and_a_threat_without_one_never(day: Any) -> None:
    member, numbers = day.members[0], day.own("threat")
    numbers.conceding = 1.0
    for demand, refused in ((1, 1), (0, 0)):
        member.threat, member.demand, member.refused, member.conceded = 1, demand, refused, 0
        threat.answer(member, day.clock[0], numbers)
        assert member.threat == 1 and member.conceded == 0


def noticed(day: Any, **changes: float) -> float:
    """The logit of notice under a threat."""
    member = day.members[0]
    member.threat, member.standing, member.inside = 1, world.MEMBER, 1
    for column, value in changes.items():
        member[column] = value
    leaving.notify(member, day.org[0], day.clock[0], day.own("exit"), day.why("exit"))
    for column in changes:
        member[column] = 0
    return float(day.why("exit").logit)


def test_refusal_and_a_vote_on_membership_bring_notice_and_benefit_holds_back(day: Any) -> None:
    usual = noticed(day)
    assert noticed(day, refused=1) == pytest.approx(usual + 1.2)
    assert noticed(day, referendum=1.0) == pytest.approx(usual + 3.0)
    assert noticed(day, gain_seen=0.5) == pytest.approx(usual - 1.0)
    row = day.why("exit")
    assert row.logit == pytest.approx(sum(row[term] for term in leaving.Exit.terms), abs=1e-12)


def test_notice_takes_as_long_as_the_organization_says(day: Any) -> None:
    member, numbers, day.org[0].notice = day.members[0], day.own("exit"), 4.0
    numbers.level, numbers.usual_benefit, member.threat, member.referendum = 0.0, 2.0, 1, 1.0
    leaving.notify(member, day.org[0], day.clock[0], numbers, day.why("exit"))
    assert member.standing == world.IN_NOTICE
    standings = []
    for _ in range(4):
        leaving.leave(member, numbers)
        standings.append(int(member.standing))
    assert standings == [world.IN_NOTICE] * 3 + [world.WITHDRAWN]
    leaving.leave(member, numbers)
    assert member.left == 0


def test_without_a_threat_nobody_gives_notice(day: Any) -> None:
    member, numbers = day.members[0], day.own("exit")
    numbers.level, member.referendum = 0.0, 1.0
    for quarter in range(100):
        day.clock[0].quarter = quarter
        leaving.notify(member, day.org[0], day.clock[0], numbers, day.why("exit"))
    assert member.standing == world.MEMBER


@pytest.mark.parametrize(("preference", "after"), [(0.4, world.RETURNED), (-0.4, world.IN_NOTICE)])
def test_only_a_new_and_friendly_government_takes_a_notice_back(day: Any, preference: float, after: int) -> None:
    member = day.members[0]
    member.standing, member.notice_clock, member.voted, member.preference = world.IN_NOTICE, 3.0, 1, preference
    leaving.leave(member, day.own("exit"))
    assert member.standing == after


def test_a_friendly_election_ends_a_threat_and_other_threats_fade(day: Any) -> None:
    member, numbers = day.members[0], day.own("exit")
    numbers.level = -10.0
    member.threat, member.voted, member.preference = 1, 1, 0.5
    leaving.notify(member, day.org[0], day.clock[0], numbers, day.why("exit"))
    assert member.threat == 0
    member.voted, lasted = 0, []
    for spell in range(60):
        member.threat, quarters = 1, 0
        while member.threat != 0:
            day.clock[0].quarter, quarters = 100 * spell + quarters, quarters + 1
            leaving.notify(member, day.org[0], day.clock[0], numbers, day.why("exit"))
        lasted.append(quarters)
    assert sum(lasted) / len(lasted) == pytest.approx(1.0 / 0.09, rel=0.3)


@pytest.mark.parametrize(
    ("since", "preference", "fared", "back"), [(12, 0.5, -0.2, True), (11, 0.5, -0.2, False), (40, 0.0, -0.2, False),
    (40, 0.5, 0.2, False)],
)  # fmt: skip
def test_only_a_leaver_that_fared_badly_and_is_willing_again_comes_back_after_some_years(
    day: Any, since: float, preference: float, fared: float, back: bool
) -> None:
    member, day.own("exit").coming_back = day.members[0], 1.0
    member.standing, member.since, member.preference, member.outside_gain = world.WITHDRAWN, since, preference, fared
    for quarter in range(60):
        day.clock[0].quarter = quarter
        leaving.come_back(member, day.clock[0], day.own("exit"))
        member.since = since
    assert (member.standing == world.RETURNED) == back


def test_those_who_never_left_do_not_fare_as_leavers(day: Any) -> None:
    day.org[0].leavers_fared = 0.4
    leaving.forget_fortunes(day.org[0])
    for member in day.members:
        leaving.fare(member, day.org[0], day.clock[0], day.own("exit"))
    assert day.org[0].leavers_fared == 0.0


def test_the_law_of_those_who_stay_is_untouched(day: Any) -> None:
    post, stake, member = day.bind(), day.stakes[0, 0], day.members[0]
    post.implemented, stake.settled = 1.0, 2.0
    leaving.drop_law(post, member)
    leaving.drop_acquis(stake, member)
    assert (post.rung, post.implemented, stake.settled) == (world.BOUND, 1.0, 2.0)


def test_a_candidate_without_a_date_and_an_associate_stay_outside(day: Any) -> None:
    day.clock[0].quarter = 100
    for member, standing, date in zip(day.members, (world.CANDIDATE, world.ASSOCIATE), (-1, 3), strict=True):
        member.standing, member.accession = standing, date
        accession.join(member, day.clock[0])
        assert member.standing == standing and member.joined == 0


def test_the_acquis_is_taken_over_on_the_first_day_only(day: Any) -> None:
    member, stake = day.members[0], day.stakes[0, 0]
    member.joined, day.areas[0].bound, day.areas[0].insiders = 1, 8.0, 2.0
    accession.take_over(member, stake, day.areas[0], day.org[0], day.own("accession"))
    assert stake.bound == 4.0
    accession.arrive(member)
    stake.bound = 1.0
    accession.take_over(member, stake, day.areas[0], day.org[0], day.own("accession"))
    assert stake.bound == 1.0


def test_the_suspended_and_those_in_notice_are_inside_and_candidates_are_not(day: Any) -> None:
    inside = {}
    for standing in (world.MEMBER, world.SUSPENDED, world.IN_NOTICE, world.RETURNED, world.CANDIDATE, world.ASSOCIATE):
        census.recount(day.org[0])
        day.members[0].standing = standing
        census.count(day.members[0], day.org[0])
        inside[standing] = int(day.org[0].inside)
    assert list(inside.values()) == [1, 1, 1, 1, 0, 0]


def test_the_middle_is_the_lower_median_of_those_inside(day: Any) -> None:
    day.members["preference"], day.members["position"] = [0.6, -0.2], [0.1, 0.3]
    census.find_middle(day.org[0], day.members)
    assert (day.org[0].median_preference, day.org[0].median_position) == (-0.2, 0.1)
    day.members[1].inside, day.org[0].inside = 0, 1
    census.find_middle(day.org[0], day.members)
    assert day.org[0].median_preference == 0.6
    census.stand_apart(day.members[1], day.org[0], day.own("census"))
    assert day.members[1].distance == pytest.approx(0.5 * 0.8 + 0.5 * 0.2)


def test_the_outvoted_share_is_of_all_that_binds(day: Any) -> None:
    member, stake = day.members[0], day.stakes[0, 0]
    stake.bound, stake.live_bound, stake.settled_outvoted, stake.live_outvoted = 6.0, 2.0, 1.0, 1.0
    census.forget_outvoted(member)
    census.add_outvoted(member, stake)
    census.share_outvoted(member)
    assert member.outvoted == pytest.approx(0.25)
    census.forget_outvoted(member)
    census.share_outvoted(member)
    assert member.outvoted == 0.0


def test_a_leaver_leaves_everything_behind_but_its_name(day: Any) -> None:
    member, post, stake = day.members[0], day.bind(), day.stakes[0, 0]
    member.standing, member.notice_clock, member.since = world.IN_NOTICE, 1.0, 3.0
    for column in ("threat", "demand", "refused", "arrears", "outside_gain"):
        member[column] = 1
    post.form, post.implemented, post.reported, post.overdue = world.TRANCHE, 0.4, 0.6, 1
    for column in stake.dtype.names:
        stake[column] = 0.5
    leaving.leave(member, day.own("exit"))
    leaving.drop_law(post, member)
    leaving.drop_acquis(stake, member)
    assert [float(member[c]) for c in ("inside", "since", "threat", "demand", "refused", "arrears")] == [0.0] * 6
    assert member.outside_gain == 0.0
    assert [float(post[c]) for c in ("form", "scope", "implemented", "reported", "overdue")] == [0.0] * 5
    for column in ("settled", "bound", "settled_misfit", "settled_outvoted", "live", "live_bound", "implemented"):
        assert stake[column] == 0.0
    assert (stake.practice, stake.capacity, stake.benefit) == (0.5, 0.5, 0.5)


def test_a_dropped_threat_takes_its_demand_along(day: Any) -> None:
    member, day.own("exit").level = day.members[0], -10.0
    member.threat, member.demand, member.refused, member.voted, member.preference = 1, 1, 1, 1, 0.5
    leaving.notify(member, day.org[0], day.clock[0], day.own("exit"), day.why("exit"))
    assert (member.threat, member.demand, member.refused) == (0, 0, 0)


def test_a_leaver_comes_to_fare_as_its_dependence_says(day: Any) -> None:
    day.own("exit").luck, day.org[0].leavers = 0.0, 2
    member = day.members[0]
    member.standing, member.dependence, member.outside_gain = world.WITHDRAWN, 0.5, 0.2
    leaving.fare(member, day.org[0], day.clock[0], day.own("exit"))
    assert member.outside_gain == pytest.approx(0.2 + 0.15 * (0.15 - 1.2 * 0.5 - 0.2))
    assert day.org[0].leavers_fared == pytest.approx(0.5 * member.outside_gain)


def test_few_come_back_in_a_year_and_begin_anew(day: Any) -> None:
    member, back = day.members[0], 0
    for quarter in range(2000):
        day.clock[0].quarter = quarter
        member.standing, member.since, member.preference, member.outside_gain = world.WITHDRAWN, 20.0, 0.5, -0.2
        leaving.come_back(member, day.clock[0], day.own("exit"))
        back += member.standing == world.RETURNED
    assert back / 2000 == pytest.approx(0.05 / 4.0, abs=0.008)
    day.own("exit").coming_back, member.joined = 1.0, 0
    for quarter in range(60):
        if member.standing == world.WITHDRAWN:
            day.clock[0].quarter = quarter
            leaving.come_back(member, day.clock[0], day.own("exit"))
    assert (member.standing, member.since, member.joined) == (world.RETURNED, 0.0, 1)


def test_a_standing_begins_with_a_clock_of_its_own(day: Any) -> None:
    member = day.members[0]
    member.standing, member.accession, member.since, day.clock[0].quarter = world.CANDIDATE, 3, 9.0, 3
    accession.join(member, day.clock[0])
    assert member.since == 0.0
    census.count(member, day.org[0])
    assert member.since == 1.0
    member.threat, day.own("exit").level, day.own("exit").usual_benefit, member.referendum = 1, 0.0, 2.0, 1.0
    leaving.notify(member, day.org[0], day.clock[0], day.own("exit"), day.why("exit"))
    assert (member.standing, member.since) == (world.IN_NOTICE, 0.0)


def test_the_census_adds_up_people_income_and_regimes_of_those_inside(day: Any) -> None:
    org = day.org[0]
    day.members["income"], day.members["population"], day.members["democracy"] = [10.0, 30.0], [3.0, 1.0], [0.2, 0.8]
    for _ in range(2):
        census.recount(org)
        for member in day.members:
            census.count(member, org)
        census.middle_of_regimes(org)
    assert (org.inside, org.population, org.power) == (2, 4.0, 60.0)
    assert org.democracy == pytest.approx(0.5)
    for member in day.members:
        census.measure_power(member, org)
    assert day.members["power"] == pytest.approx([0.5, 0.5])


def test_of_two_alike_the_one_with_the_lower_number_is_the_middle(day: Any) -> None:
    trio = np.repeat(day.members, 2)[:3]
    trio["id"], trio["inside"], day.org[0].inside = [3, 1, 2], 1, 3
    trio["preference"], trio["position"] = [0.4, 0.4, -0.1], [0.2, 0.2, 0.7]
    census.find_middle(day.org[0], trio)
    assert (day.org[0].median_preference, day.org[0].median_position) == (0.4, 0.2)
    trio["preference"] = [0.5, 0.1, 0.9]
    census.find_middle(day.org[0], trio)
    assert day.org[0].median_preference == 0.5
