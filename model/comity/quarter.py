"""One quarter, read from top to bottom: the order of events is political content, so it is written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from comity.forces import (
    accession,
    acquis,
    agenda,
    assistance,
    budget,
    census,
    consent,
    drafting,
    elections,
    entry,
    exit,
    experience,
    founding,
    gains,
    growth,
    implementation,
    monitoring,
    publics,
    regime,
    resumption,
    shocks,
    slate,
    suspension,
    threat,
)
from comity.levers import (
    audit,
    capacity_building,
    court,
    forum,
    funds,
    hardness,
    opt_outs,
    safeguards,
    sunset,
    tranches,
    transparency,
    waiver,
)  # fmt: skip
from comity.mechanism import Force, Lever, Mechanism, Outcome, mechanism_of
from comity.outcomes import (
    adoption_share,
    arrears,
    budget_used,
    challenger_persistence,
    challenger_share,
    challenger_step,
    diversity,
    durability,
    enforcement_scepticism_r,
    exit_cluster_share,
    exit_rate,
    exits,
    implementation_reported,
    implementation_true,
    in_force_everywhere,
    in_force_share,
    inequality_between,
    inequality_within,
    integration,
    legitimacy,
    members,
    opt_outs_standing,
    overdue_delay_months,
    overdue_share,
    overdue_spread,
    resentment,
    respect,
    respect_worst_tenth,
    returns,
    ruling_lag_months,
    rulings_complied,
    soft_implemented,
    suspensions,
    suspensions_per_violation,
    threats,
    threats_with_demand,
    tranche_adoption_2y,
    trust,
    vitality_alive,
    vitality_dead,
    vitality_zombie,
    waivers,
    years_to_force,
)
from comity.rulebook import Phase, Rulebook, Step, lasting, name_of, only, phase

__all__ = [
    "FORCES",
    "LEVERS",
    "ORDER",
    "OUTCOMES",
    "REPORTED",
    "RULEBOOK",
    "SETUP",
    "WATCH",
    "Phase",
    "Rulebook",
    "Step",
    "lasting",
    "name_of",
    "only",
    "phase",
    "rebuilt",
]

SETUP: tuple[Phase, ...] = (
    phase("counting_in", "Who is there on the first day.", census.recount, census.count, census.middle_of_regimes,
        census.measure_power, census.find_middle, census.stand_apart),
    phase("founding", "What is usual is what the region's file says of the start.", founding.average,
        founding.settle_in, founding.start_effort, founding.take_stock, acquis.inherit, acquis.saturate,
        acquis.forget_area,
        acquis.average_area,
        gains.forget_shared, gains.share, gains.forget_gain, gains.add_gain, gains.net, founding.expect),
)  # fmt: skip

ORDER: tuple[Phase, ...] = (
    phase("world", "1. Growth, shocks, regimes and administrations move.",
        growth.swing_together, growth.swing_alone, shocks.brew, shocks.strike, shocks.echo,
        regime.drift, regime.overthrow, regime.wear),
    phase("home", "2. Politics at home: pressure organizes, terms run down, voters decide.",
        elections.organize, elections.tick, only("member.voted", elections.vote, elections.govern)),
    phase("standing", "3. Who is inside, and who joins.",
        accession.join, accession.forget_acquis, accession.average_acquis, accession.take_over, accession.arrive,
        census.recount, census.count, census.middle_of_regimes, census.measure_power, census.forget_outvoted,
        census.add_outvoted, census.share_outvoted),
    phase("middle", "3a. Once a year: where the middle lies.", census.find_middle, census.stand_apart, season=0),
    phase("plan", "3b. The organization collects dues, balances its budget, and fills its agenda.",
        entry.summon, monitoring.listen, monitoring.sense, monitoring.yield_to_scepticism,
        slate.make_a_name, slate.wipe, court.steady,
        budget.open_books, budget.pay,
        capacity_building.request, transparency.request, audit.request, forum.request, safeguards.request,
        funds.request, budget.balance,
        audit.inspect, transparency.disclose, forum.listen, safeguards.compensate, funds.share_out, waiver.shelter,
        capacity_building.assist, capacity_building.depend, assistance.mature,
        agenda.open_agenda, agenda.spill, agenda.weigh_demand, agenda.table, agenda.clear, funds.offer,
        everywhere=True),
    phase("drafting", "4. Before consent: the text is designed, fitted, watered down, and comes up.",
        hardness.harden, court.seat, sunset.limit, tranches.allow, opt_outs.offer, waiver.provide, forum.convene,
        drafting.forget_lowest, drafting.find_lowest, drafting.compromise, drafting.fit, consent.hesitate,
        drafting.come_up, everywhere=True),
    phase("consent", "5. Votes, ratifications, entry into force: three acts.",
        consent.call, only("post.deciding", consent.weigh, consent.look_around),
        only("post.deciding", funds.sweeten), lasting("post.deciding and measure.tranche", tranches.ease),
        lasting("post.deciding and measure.opt_out", opt_outs.ease),
        lasting("post.deciding and measure.escape", waiver.ease),
        lasting("post.deciding and measure.sunset", sunset.relieve),
        only("measure.vote_now and post.deciding", consent.vote), only("measure.vote_now", consent.count),
        consent.decide, only("measure.vote_now", consent.bind),
        only("post.deciding", consent.ratify), entry.recount, entry.count_parties, entry.enter, entry.take_effect,
        lasting("measure.news and measure.opt_out", opt_outs.ask),
        lasting("measure.news and measure.tranche", tranches.defer), only("measure.news", consent.feel)),
    phase("implementation", "6. Willing times able.",
        implementation.date, implementation.forget_load,
        only("measure.open_work", implementation.add_load), implementation.strain,
        implementation.carry_out, implementation.report),
    phase("monitoring", "7. What is found, what is pressed, who is suspended.",
        monitoring.shield, only("measure.open_work", monitoring.find, audit.quarrel),
        lasting("measure.open_work and measure.court", court.refer, court.weigh_on),
        only("measure.open_work", monitoring.press), suspension.suspend, monitoring.remember,
        monitoring.judge_fairness),
    phase("valves", "8. What was seen decides: waivers, tranches, precedents, sunset votes.",
        experience.see, experience.miss, lasting("measure.escape", waiver.use), resumption.resume,
        experience.tally_waivers,
        lasting("measure.tranche", tranches.forget_deferral, tranches.carry_more, tranches.resent),
        lasting("measure.opt_out", opt_outs.forget_holes, opt_outs.count_holes),
        lasting("measure.open_work and measure.opted_out", opt_outs.follow),
        lasting("measure.sunset", sunset.ask, sunset.renew, sunset.end, sunset.close)),
    phase("acquis", "8a. What is settled is folded into the acquis.",
        acquis.forget_live, acquis.forget_work, only("measure.news", acquis.renew_law), acquis.add_live,
        acquis.settle, acquis.fold, acquis.free, acquis.saturate, acquis.forget_area, acquis.average_area),
    phase("gains", "9. Gains and losses are felt.",
        gains.forget_shared, gains.share, gains.forget_gain, gains.add_gain, gains.net),
    phase("publics", "10. Publics judge.",
        transparency.expose, publics.move_together, publics.trust_at_home, publics.trust_abroad, publics.aggrieve,
        publics.attach, publics.legitimate),
    phase("exit", "11. Threat, answer, notice, exit, return.",
        threat.threaten, threat.answer, exit.notify, exit.leave, exit.drop_law, exit.drop_acquis,
        exit.forget_fortunes, exit.fare, exit.come_back, everywhere=True),
)  # fmt: skip

WATCH: tuple[Phase, ...] = (
    phase("watch", "What is reported is added up.",
        respect.wish, respect.forget, members.begin, integration.begin, respect.begin, resentment.begin, trust.begin,
        challenger_share.begin, challenger_step.begin, legitimacy.begin, inequality_between.begin,
        inequality_within.begin, diversity.begin, overdue_share.begin, exits.begin, vitality_alive.begin,
        in_force_share.begin,
        integration.census, members.add, integration.add, respect.compare, diversity.add, respect.judge,
        resentment.add, trust.add, challenger_share.add, challenger_step.add, legitimacy.add, inequality_between.add,
        inequality_within.add, suspensions.add, suspensions_per_violation.add, threats.add, threats_with_demand.add,
        exits.add, exit_cluster_share.add, returns.add, vitality_alive.add, inequality_between.spread,
        in_force_share.add, years_to_force.add, tranche_adoption_2y.add,
        overdue_share.add, implementation_true.add, implementation_reported.add, soft_implemented.add,
        integration.keep, respect.keep, resentment.keep, trust.keep, challenger_share.keep, challenger_step.keep,
        challenger_persistence.keep, legitimacy.keep, inequality_between.keep, inequality_within.keep, diversity.keep,
        overdue_share.keep, waivers.keep, exit_rate.keep, arrears.keep, budget_used.keep, vitality_alive.keep,
        enforcement_scepticism_r.keep),
    phase("review", "At the end of each year: the state of every obligation.",
        opt_outs_standing.begin, overdue_delay_months.add, overdue_spread.add, opt_outs_standing.add, season=3),
)  # fmt: skip


REPORTED: tuple[type[Outcome], ...] = (
    integration.Integration, respect.Respect, respect_worst_tenth.RespectWorstTenth, durability.Durability,
    resentment.Resentment, trust.Trust, challenger_share.ChallengerShare,
    challenger_step.ChallengerStep, challenger_persistence.ChallengerPersistence, legitimacy.Legitimacy,
    inequality_between.InequalityBetween, inequality_within.InequalityWithin, diversity.Diversity,
    adoption_share.AdoptionShare,
    in_force_share.InForceShare, in_force_everywhere.InForceEverywhere, years_to_force.YearsToForce,
    tranche_adoption_2y.TrancheAdoption2y,
    implementation_true.ImplementationTrue, implementation_reported.ImplementationReported,
    soft_implemented.SoftImplemented, overdue_share.OverdueShare, overdue_delay_months.OverdueDelayMonths,
    overdue_spread.OverdueSpread, waivers.Waivers, opt_outs_standing.OptOutsStanding, suspensions.Suspensions,
    suspensions_per_violation.SuspensionsPerViolation, threats.Threats, threats_with_demand.ThreatsWithDemand,
    exits.Exits, exit_rate.ExitRate, exit_cluster_share.ExitClusterShare, returns.Returns, members.Members,
    arrears.Arrears, budget_used.BudgetUsed, rulings_complied.RulingsComplied,
    ruling_lag_months.RulingLagMonths, vitality_alive.VitalityAlive, vitality_zombie.VitalityZombie,
    vitality_dead.VitalityDead, enforcement_scepticism_r.EnforcementScepticismR,
)  # fmt: skip


def _of_kind(kind: type[Mechanism], phases: tuple[Phase, ...]) -> Mapping[str, type[Mechanism]]:
    found: dict[str, type[Mechanism]] = {}
    for step in (step for phase_ in phases for step in phase_.steps):
        mechanism = mechanism_of(step.rule)
        if mechanism is not None and issubclass(mechanism, kind):
            found[mechanism.name()] = mechanism
    return MappingProxyType(found)


FORCES: Mapping[str, type[Mechanism]] = _of_kind(Force, SETUP + ORDER)
LEVERS: Mapping[str, type[Mechanism]] = _of_kind(Lever, SETUP + ORDER)
OUTCOMES: Mapping[str, type[Any]] = MappingProxyType({outcome.name(): outcome for outcome in REPORTED})
RULEBOOK = Rulebook(SETUP, ORDER + WATCH, FORCES, LEVERS, OUTCOMES)


def rebuilt(described: Iterable[Mapping[str, Any]]) -> Rulebook:
    """The shipped rulebook with the rules that `Rulebook.described` told of, in this process or another.

    RuleError if one of them is not what it was, or does not fit the rules of this package.
    """
    book = RULEBOOK
    for told in described:
        book = book.restoring(told)
    return book
