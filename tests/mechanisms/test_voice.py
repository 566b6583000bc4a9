"""Publics, blame and disinformation, and the levers of voice, on rows small enough to check by hand."""

from __future__ import annotations

from typing import Any

import pytest

from comity.forces import blame, disinformation, elections, mobility, periphery, publics, slate, threat
from comity.levers import assembly, exchange, grievance, media
from comity.outcomes import trust_gap


def test_the_periphery_bears_alone_what_the_whole_public_bears_on_the_mean(day: Any) -> None:
    member = day.members[0]
    member.gain, member.inequality, member.periphery = 0.4, 0.06, 0.3
    periphery.divide(member)
    core = member.gain + member.inequality
    assert member.gain_periphery == pytest.approx(0.46 - 0.2)
    assert 0.3 * member.gain_periphery + 0.7 * core == pytest.approx(member.gain)


def test_without_a_loss_or_a_shock_the_two_publics_stay_one(day: Any) -> None:
    member, numbers = day.members[0], day.own("periphery")
    member.gain = 0.3
    periphery.settle(member, numbers)
    for _ in range(10):
        periphery.divide(member)
        periphery.diverge(member, numbers)
    assert member.trust_periphery == member.trust
    assert member.grievance_periphery == member.grievance


def test_a_usual_loss_has_left_its_gap_already_and_a_new_one_widens_it(day: Any) -> None:
    numbers = day.own("periphery")
    usual, worse = day.members[0], day.members[1]
    for member in (usual, worse):
        member.inequality = 0.06
        periphery.settle(member, numbers)
    worse.inequality = 0.12
    for member in (usual, worse):
        periphery.divide(member)
        periphery.diverge(member, numbers)
    assert usual.trust_apart == pytest.approx(-0.01 * 0.14 / 0.04)
    assert worse.trust_apart == pytest.approx(usual.trust_apart - 0.01 * 0.14)


def test_loss_is_resented_where_it_falls_and_by_the_whole_public_no_more_than_before(day: Any) -> None:
    member, numbers = day.members[0], day.own("periphery")
    member.inequality, member.shock_blamed, member.grievance = 0.06, 0.5, 0.2
    periphery.settle(member, numbers)
    periphery.divide(member)
    periphery.diverge(member, numbers)
    assert member.grievance == 0.2
    assert member.grievance_periphery == pytest.approx(0.2 + 0.5 * 0.015 * 0.14 * 0.8)


def test_losses_made_good_and_a_voice_of_its_own_bring_the_periphery_closer(day: Any) -> None:
    numbers = day.own("periphery")
    left, heard = day.members[0], day.members[1]
    for member in (left, heard):
        member.shock_grievance = 0.02
        periphery.settle(member, numbers)
    heard.compensation, heard.voice = 1.0, 1.0
    for member in (left, heard):
        periphery.diverge(member, numbers)
    assert heard.trust_periphery > left.trust_periphery
    assert heard.grievance_periphery < left.grievance_periphery


def test_the_trust_gap_is_that_of_core_and_periphery_by_population(day: Any) -> None:
    tally = day.tallies[0]
    tally.people_inside = 2.0
    for member in day.members:
        member.periphery, member.trust_periphery = 0.5, 0.4
        trust_gap.add(member, tally)
    assert tally.gap_now == pytest.approx(0.2)


def test_a_campaign_misleads_those_who_trust_nobody_at_home(day: Any) -> None:
    numbers = day.own("disinformation")
    day.clock[0].chance_from = 100
    trusting, alone = day.members[0], day.members[1]
    trusting.trust_national, alone.trust_national = 1.0, 0.0
    for row, member in enumerate((trusting, alone)):
        day.shocks[0, row].disinformation = 1.0
        disinformation.spread(member, day.shocks[0, row], day.clock[0], numbers)
    assert trusting.misled == 0.0
    assert alone.misled == pytest.approx(0.3)
    day.shocks[0, 1].disinformation = 0.0
    disinformation.spread(alone, day.shocks[0, 1], day.clock[0], numbers)
    assert alone.misled == pytest.approx(0.3 * 0.9)


def test_campaigns_by_chance_wait_until_the_calendar_ends(day: Any) -> None:
    numbers, member = day.own("disinformation"), day.members[0]
    numbers.rate, day.clock[0].chance_from = 2.0, 5
    misled = []
    for quarter in range(30):
        day.clock[0].quarter = quarter
        disinformation.spread(member, day.shocks[0, 0], day.clock[0], numbers)
        misled.append(member.misled > 0.0)
    assert not any(misled[:5]) and any(misled[5:])


def test_the_misled_make_more_of_what_went_wrong_and_trust_a_little_less(day: Any) -> None:
    numbers = day.own("disinformation")
    calm, struck = day.members[0], day.members[1]
    struck.shock_grievance, struck.unmet = 0.01, 0.2
    for member in (calm, struck):
        member.misled = 0.5
        disinformation.twist(member, numbers)
    assert calm.shock_grievance == calm.unmet == 0.0
    assert calm.procedure == pytest.approx(-0.001 * 0.5)
    assert struck.shock_grievance == pytest.approx(0.01 * 1.3)
    assert struck.unmet == pytest.approx(0.2 * 1.3)


def test_at_usual_values_blame_is_what_the_shock_left_it_at(day: Any) -> None:
    member, numbers = day.members[0], day.own("blame")
    member.shock_blamed, member.preference, member.transparency = 0.4, 0.28, 0.25
    numbers.usual_campaign = 0.0
    blame.charge(member, day.org[0], numbers)
    assert member.shock_blamed == pytest.approx(0.4)


def test_skeptical_governments_and_campaigns_shift_blame(day: Any) -> None:
    numbers, friendly, hostile = day.own("blame"), day.members[0], day.members[1]
    friendly.preference, hostile.preference = 0.5, -0.5
    for member in (friendly, hostile):
        member.shock_blamed = 0.4
        blame.charge(member, day.org[0], numbers)
    assert hostile.shock_blamed - friendly.shock_blamed == pytest.approx(0.15)
    before, friendly.shock_blamed, friendly.campaign = float(friendly.shock_blamed), 0.4, 1
    blame.charge(friendly, day.org[0], numbers)
    assert friendly.shock_blamed - before == pytest.approx(0.08)


def test_joint_review_takes_blame_off_and_credit_too(day: Any) -> None:
    numbers, alone, together = day.own("blame"), day.members[0], day.members[1]
    together.transparency = 1.0
    for member in (alone, together):
        member.shock_blamed, member.gain, member.growth = 0.4, 0.2, 2.0
        blame.charge(member, day.org[0], numbers)
    assert alone.shock_blamed - together.shock_blamed == pytest.approx(0.2)
    assert alone.procedure == 0.0
    assert together.procedure == pytest.approx(-0.2 * (0.05 * 0.2 + 0.0011 * 2.0))


def test_an_assembly_speaks_for_the_outvoted(day: Any) -> None:
    silent, heard = day.members[0], day.members[1]
    assembly.seat(heard, day.org[0], day.on("assembly", 1.0))
    numbers = day.own("publics")
    logits = []
    for member in (silent, heard):
        member.outvoted, member.shock_blamed = 0.5, 1.0
        publics.aggrieve(member, numbers)
        threat.threaten(member, day.org[0], day.clock[0], day.own("threat"), day.why("threat"))
        logits.append(float(day.why("threat").outvoted))
    assert heard.outvoted == silent.outvoted == 0.5
    assert heard.grievance == pytest.approx(0.55 * silent.grievance)
    assert logits == pytest.approx([0.5, 0.5 * 0.55])


def test_debate_arouses_the_exclusively_attached_more_than_in_proportion(day: Any) -> None:
    member = day.members[0]
    member.identity, member.democracy = 0.5, 1.0
    aroused = []
    for strength in (0.5, 1.0):
        assembly.seat(member, day.org[0], day.on("assembly", strength))
        aroused.append(float(member.salience))
    assert aroused == pytest.approx([0.075, 0.3])
    member.trust_home, member.identity_home, member.driver_home = member.trust, member.identity, -1.0
    elections.organize(member, day.own("elections"))
    assert member.driver == pytest.approx(-1.0 + 0.3)


def test_an_assembly_is_liked_in_democracies_and_not_by_autocrats(day: Any) -> None:
    ruler, democrat = day.members[0], day.members[1]
    ruler.democracy, democrat.democracy = 0.0, 1.0
    for member in (ruler, democrat):
        assembly.seat(member, day.org[0], day.on("assembly", 1.0))
    assert democrat.procedure > ruler.procedure == 0.0
    assert ruler.preference < democrat.preference == 0.0


def test_a_debate_takes_time_even_where_it_is_not_paid_for(day: Any) -> None:
    measure, day.org[0].coverage = day.draft(), 0.0
    assembly.debate(measure, day.org[0], day.on("assembly", 0.5))
    assembly.open_session(day.org[0], day.on("assembly", 0.5))
    assert measure.delay == pytest.approx(1.0)
    assert measure.tailoring == day.org[0].assembly == 0.0


def test_what_an_assembly_was_is_gone_with_the_next_quarter(day: Any) -> None:
    member, org = day.members[0], day.org[0]
    assembly.open_session(org, day.on("assembly", 1.0))
    assembly.seat(member, org, day.on("assembly", 1.0))
    slate.make_a_name(org, day.own("slate"))
    slate.wipe(member, org, day.own("slate"))
    assert org.assembly == member.represented == member.salience == member.voice == 0.0


def test_complaints_that_are_answered_no_longer_aggrieve(day: Any) -> None:
    member, numbers = day.members[0], day.on("grievance", 0.5)
    member.grievance = 0.2
    grievance.hear(member, day.org[0], numbers)
    filed = 0.02 * 0.5 * 2.25 * 0.2
    assert member.complaints == 0.0
    assert member.grievance == pytest.approx(0.2 - 0.2 * filed)


def test_without_staff_a_door_wide_open_makes_it_worse(day: Any) -> None:
    able, unable = day.members[0], day.members[1]
    able.grievance = unable.grievance = 0.2
    numbers = day.on("grievance", 1.0)
    for _ in range(8):
        day.org[0].means = 1.0
        grievance.hear(able, day.org[0], numbers)
        day.org[0].means = 0.05
        grievance.hear(unable, day.org[0], numbers)
    assert able.grievance < 0.2 < unable.grievance
    assert unable.complaints > 0.0


def test_those_who_wait_give_up_in_time(day: Any) -> None:
    member = day.members[0]
    member.complaints = 1.0
    slate.wipe(member, day.org[0], day.own("slate"))
    assert member.complaints == pytest.approx(0.92)


def test_whistleblowers_add_to_an_audit_and_rulers_without_judges_resent_it(day: Any) -> None:
    ruler, bound = day.members[0], day.members[1]
    ruler.judiciary, bound.judiciary, bound.audit = 0.0, 1.0, 0.3
    for member in (ruler, bound):
        grievance.blow_whistle(member, day.org[0], day.on("grievance", 1.0))
    assert bound.audit == pytest.approx(0.4)
    assert ruler.preference < bound.preference == 0.0


def test_those_go_abroad_who_would_have_gone_anyway(day: Any) -> None:
    open_, closed = day.members[0], day.members[1]
    open_.identity, closed.identity = 0.0, 1.0
    for member in (open_, closed):
        exchange.send(member, day.org[0], day.on("exchange", 1.0))
    assert open_.mobility == pytest.approx(0.025)
    assert closed.mobility == pytest.approx(0.2 * 0.025)


def test_mobility_pays_a_little_drains_the_poor_and_ebbs(day: Any) -> None:
    rich, poor, numbers = day.members[0], day.members[1], day.own("mobility")
    rich.income, poor.income = 15.0, 5.0
    for member in (rich, poor):
        member.mobility = 0.5
        mobility.earn(member, numbers)
        mobility.ebb(member, day.org[0], numbers)
        assert member.gain == pytest.approx(0.04)
        assert member.mobility == pytest.approx(0.49)
    assert rich.capacity == 0.5
    assert poor.capacity == pytest.approx(0.5 * (1.0 - 0.02 * 0.25 * 0.5))


def test_open_doors_are_held_against_those_who_opened_them_in_a_migration_crisis(day: Any) -> None:
    member = day.members[0]
    member.mobility = 0.5
    mobility.resent(member, day.org[0], day.shocks[0, 0], day.own("mobility"))
    assert member.shock_grievance == 0.0
    day.shocks[0, 0].migration = 1.0
    mobility.resent(member, day.org[0], day.shocks[0, 0], day.own("mobility"))
    assert member.shock_grievance == pytest.approx(0.004)


def test_contact_moves_attachment_by_the_sign_that_was_drawn(day: Any) -> None:
    numbers = day.own("mobility")
    for contact in (0.001, 0.0, -0.001):
        member = day.members[0]
        member.identity, member.mobility, numbers.contact = 0.5, 1.0, contact
        mobility.mingle(member, numbers)
        assert member.identity == pytest.approx(0.5 - 0.5 * contact)


def test_lessons_undo_disinformation_where_they_are_believed_and_media_are_free(day: Any) -> None:
    believed, ruled = day.members[0], day.members[1]
    believed.trust = ruled.trust = 0.6
    believed.democracy, ruled.democracy = 1.0, 0.0
    for member in (believed, ruled):
        member.misled = 0.4
        media.teach(member, day.org[0], day.on("media", 1.0))
    assert believed.misled == pytest.approx(0.4 * (1.0 - 0.5 * 0.6))
    assert ruled.misled == 0.4
    assert ruled.preference < believed.preference == 0.0


def test_where_few_trust_the_organization_lessons_are_taken_for_propaganda(day: Any) -> None:
    member = day.members[0]
    member.trust = 0.15
    costs = []
    for strength in (0.5, 1.0):
        member.procedure = 0.0
        media.teach(member, day.org[0], day.on("media", strength))
        costs.append(-float(member.procedure))
    assert costs[1] == pytest.approx(0.005 * 0.2)
    assert costs[1] == pytest.approx(4.0 * costs[0])
