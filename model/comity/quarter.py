"""One quarter, read from top to bottom: the order of events is political content, so it is written out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from comity.forces import (
    accession,
    acquis,
    agenda,
    ambiguity,
    assistance,
    blame,
    budget,
    census,
    challenge,
    consent,
    court_exit,
    disinformation,
    drafting,
    elections,
    entry,
    exit,
    experience,
    founding,
    gains,
    growth,
    implementation,
    instructions,
    lobby,
    mobility,
    monitoring,
    observation,
    ownership,
    participation,
    periphery,
    prosperity,
    publics,
    regime,
    resumption,
    rights_breach,
    rivalry,
    shocks,
    slate,
    suspension,
    threat,
)
from comity.levers import (
    adaptive,
    assembly,
    audit,
    calendar,
    capacity_building,
    cofinance,
    court,
    cycles,
    data_governance,
    decision_rule,
    delegation,
    dialogue,
    dispute_settlement,
    exchange,
    forum,
    funds,
    grievance,
    hardness,
    impact_assessment,
    media,
    milestones,
    model_law,
    opt_outs,
    pace,
    pilots,
    recognition,
    rights,
    safeguards,
    security,
    stance,
    sunset,
    tranches,
    transparency,
    waiver,
)  # fmt: skip
from comity.mechanism import Force, Lever, Mechanism, Outcome, Rule, mechanism_of
from comity.outcomes import (
    adoption_share,
    arrears,
    budget_used,
    challenger_persistence,
    challenger_share,
    challenger_step,
    court_exits,
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
    milestones_paid_half,
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
    rulings_pending_10y,
    rulings_pending_democracy_r,
    soft_implemented,
    suspensions,
    suspensions_per_violation,
    threats,
    threats_with_demand,
    tranche_adoption_2y,
    trust,
    trust_gap,
    vitality_alive,
    vitality_dead,
    vitality_zombie,
    waivers,
    years_to_force,
)
from comity.own_checks import nearest
from comity.own_rules import OwnRule, Place, restored, taken
from comity.syntax import RuleError, given


@dataclass(frozen=True, slots=True)
class Step:
    """A rule in its place; `where` names a flag or amount, as `row.column`, without which it is not called
    (several, joined by `and`).

    A lever's rule is called while the lever is on. A `lasting` one works on what was written into a measure when it was
    tabled, so it is called wherever `where` says that it was, also after the lever has been switched off.
    """

    rule: Rule
    where: str = ""
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """Rules that act together. `season` is the quarter of the year in which alone it acts; `everywhere` also takes
    in the posts of states outside."""

    name: str
    claim: str
    steps: tuple[Step, ...]
    season: int | None = None
    everywhere: bool = False


def phase(
    name: str, claim: str, *rules: Rule | tuple[Step, ...], season: int | None = None, everywhere: bool = False
) -> Phase:
    """A phase from rules, or from rules that share a condition."""
    steps: list[Step] = []
    for rule in rules:
        steps.extend(rule if isinstance(rule, tuple) else (Step(rule),))
    return Phase(name, claim, tuple(steps), season, everywhere)


def only(where: str, *rules: Rule) -> tuple[Step, ...]:
    """The rules, called only for rows whose flag `where` is up."""
    return tuple(Step(rule, where) for rule in rules)


def lasting(where: str, *rules: Rule) -> tuple[Step, ...]:
    """A lever's rules on what its design left in a measure, for as long as the measure lives."""
    return tuple(Step(rule, where, lasting=True) for rule in rules)


SETUP: tuple[Phase, ...] = (
    phase("counting_in", "Who is there on the first day.", census.recount, census.count, census.middle_of_regimes,
        census.measure_power, census.find_middle, census.stand_apart),
    phase("founding", "What is usual is what the region's file says of the start.", founding.average,
        founding.settle_in, founding.start_effort, founding.take_stock, acquis.inherit, acquis.saturate,
        acquis.forget_area,
        acquis.average_area,
        gains.forget_shared, gains.share, gains.forget_gain, gains.add_gain, gains.net, founding.expect,
        periphery.settle, periphery.divide, prosperity.remember, rivalry.forget, rivalry.look, rivalry.begin),
)  # fmt: skip

ORDER: tuple[Phase, ...] = (
    phase("world", "1. Growth, shocks, regimes and administrations move.",
        growth.swing_together, growth.swing_alone, prosperity.grow, shocks.brew, shocks.strike, shocks.echo,
        disinformation.spread, mobility.resent, regime.drift, regime.overthrow, regime.wear, rights_breach.spread,
        rivalry.forget, rivalry.look, rivalry.stir, rivalry.clash),
    phase("home", "2. Politics at home: pressure organizes, terms run down, voters decide.",
        elections.organize, elections.tick,
        only("member.voted", elections.vote, elections.govern, court_exit.accept_again)),
    phase("standing", "3. Who is inside, and who joins.",
        accession.join, accession.forget_acquis, accession.average_acquis, accession.take_over, accession.arrive,
        census.recount, census.count, census.middle_of_regimes, census.measure_power, census.forget_outvoted,
        census.add_outvoted, census.share_outvoted),
    phase("middle", "3a. Once a year: where the middle lies.", census.find_middle, census.stand_apart, season=0),
    phase("governance", "3b. Once a year: what is known moves the levers, from the next quarter on.",
        instructions.open_year, instructions.obey, adaptive.open_file, adaptive.judge, adaptive.move,
        adaptive.unsettle, season=0),
    phase("plan", "3c. The organization collects dues, balances its budget, and fills its agenda.",
        entry.summon, monitoring.listen, monitoring.sense, monitoring.yield_to_scepticism,
        dialogue.displace, slate.make_a_name, slate.wipe, calendar.look_ahead, court.steady, decision_rule.set_bar,
        delegation.entrust, delegation.resent, stance.take_up, stance.meet, pace.politicize, cycles.commit,
        milestones.unsettle),
    phase("budget", "3d. Dues come in, levers ask for money, and the budget balances.",
        budget.open_books, ownership.give, budget.pay,
        capacity_building.request, transparency.request, audit.request, forum.request, safeguards.request,
        funds.request, dispute_settlement.request, rights.request, impact_assessment.request, model_law.request,
        milestones.request, cofinance.request, data_governance.request, security.request, assembly.request,
        grievance.request, exchange.request, media.request,
        only("measure.halted", challenge.compensate), budget.balance, cycles.strand),
    phase("help", "3e. What the budget covers is done for members and their publics.",
        dispute_settlement.steady, rights.oversee, audit.inspect, grievance.blow_whistle, transparency.disclose,
        forum.listen, assembly.open_session, assembly.seat, media.teach, exchange.send, mobility.ebb,
        safeguards.compensate, funds.share_out, cofinance.crowd_in, cycles.lag, milestones.hold, waiver.shelter,
        security.confide, security.protect, capacity_building.assist, data_governance.train,
        capacity_building.depend, assistance.mature, data_governance.connect, data_governance.leak,
        data_governance.serve, lasting("org.data_breach", data_governance.distrust)),
    phase("agenda", "3f. The agenda follows functional demand.",
        pace.hasten, agenda.open_agenda, agenda.spill, agenda.weigh_demand, agenda.table, agenda.clear, funds.offer,
        everywhere=True),
    phase("drafting", "4. Before consent: the text is designed, fitted, watered down, and comes up.",
        pace.deepen, hardness.harden, ambiguity.blur, court.seat, rights.write_clause, sunset.limit, tranches.allow,
        opt_outs.offer, waiver.provide, decision_rule.cut_short, delegation.draft, forum.convene, assembly.debate,
        impact_assessment.study, model_law.draft, pilots.choose, dialogue.open_talks, recognition.design,
        milestones.promise, lasting("measure.mode", recognition.distrust), participation.invite, participation.speak,
        drafting.forget_lowest, drafting.find_lowest, drafting.compromise, drafting.fit, ownership.steer,
        participation.shape,
        lasting("measure.mode", recognition.spare), impact_assessment.estimate, impact_assessment.judge,
        consent.hesitate, only("measure.dialogue", consent.foresee),
        dialogue.sound_out, dialogue.give_way, drafting.come_up, calendar.wait, everywhere=True),
    phase("consent", "5. Votes, ratifications, entry into force: three acts.",
        consent.call, only("post.deciding", consent.weigh, rivalry.guard, consent.look_around),
        only("post.deciding", delegation.surrender, stance.weigh_in, lobby.press),
        lasting("post.deciding and measure.rights", rights.deter),
        only("post.deciding", funds.sweeten, data_governance.guard),
        lasting("post.deciding and measure.tranche", tranches.ease),
        lasting("post.deciding and measure.opt_out", opt_outs.ease),
        lasting("post.deciding and measure.escape", waiver.ease),
        lasting("post.deciding and measure.sunset", sunset.relieve),
        lasting("post.deciding and measure.dialogue", dialogue.ease),
        lasting("measure.vote_now and measure.pilot and post.deciding", pilots.try_out),
        lasting("measure.vote_now and measure.pilot", pilots.watch),
        lasting("measure.pilot and post.deciding", pilots.heed),
        only("measure.vote_now and post.deciding", consent.vote), only("measure.vote_now", consent.count),
        consent.decide, only("measure.vote_now and measure.forced", decision_rule.remember),
        only("measure.vote_now", consent.bind),
        only("post.deciding", consent.ratify), entry.recount, entry.count_parties, entry.enter, entry.take_effect,
        lasting("measure.news and measure.opt_out", opt_outs.ask),
        lasting("measure.news and measure.tranche", tranches.defer), only("measure.news", calendar.respite),
        only("measure.news", consent.feel, ownership.estrange)),
    phase("implementation", "6. Willing times able.",
        challenge.halt, implementation.date, implementation.forget_load,
        only("measure.open_work", implementation.add_load),
        lasting("measure.milestone and measure.open_work", milestones.report_back), implementation.strain,
        lasting("measure.milestone and measure.open_work", milestones.tempt),
        implementation.carry_out, implementation.report,
        lasting("measure.milestone", milestones.assess), milestones.judge,
        lasting("member.withheld", milestones.release)),
    phase("monitoring", "7. What is found, what is pressed, who is suspended.",
        monitoring.shield, delegation.even, only("org.delegation", ambiguity.harden, ambiguity.resent),
        only("measure.open_work", monitoring.find, audit.quarrel, dispute_settlement.settle),
        lasting("measure.open_work and measure.court", court.refer, court.rebuke, court.weigh_on),
        lasting("measure.milestone and measure.open_work", milestones.withhold),
        only("measure.open_work", stance.bear_down, monitoring.press), suspension.suspend, rights.remedy,
        rights.suspend, monitoring.remember,
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
        gains.forget_shared, gains.share, gains.forget_gain, gains.add_gain, data_governance.exchange, mobility.earn,
        lasting("measure.mode", recognition.undercut), cofinance.divide, gains.net, periphery.divide),
    phase("publics", "10. Publics judge.",
        transparency.expose, disinformation.twist, blame.charge, publics.move_together, publics.trust_at_home,
        publics.trust_abroad, publics.aggrieve, grievance.hear, periphery.diverge, publics.attach, mobility.mingle,
        prosperity.belong, publics.legitimate),
    phase("exit", "11. Threat, answer, notice, exit, return.",
        court_exit.withdraw, threat.threaten, threat.answer, exit.notify, exit.leave, exit.drop_law, exit.drop_acquis,
        exit.forget_fortunes, exit.fare, exit.come_back, everywhere=True),
    phase("observation", "12. At the end of each year: what the organization can know of itself.",
        observation.open_file, observation.survey, observation.read_reports, observation.count_parties,
        observation.close_books, observation.file, season=3),
)  # fmt: skip

WATCH: tuple[Phase, ...] = (
    phase("watch", "What is reported is added up.",
        respect.wish, respect.forget, members.begin, integration.begin, respect.begin, resentment.begin, trust.begin,
        challenger_share.begin, challenger_step.begin, legitimacy.begin, inequality_between.begin,
        inequality_within.begin, trust_gap.begin, diversity.begin, overdue_share.begin, exits.begin,
        vitality_alive.begin, in_force_share.begin,
        integration.census, members.add, integration.add, respect.compare, diversity.add, respect.judge,
        resentment.add, trust.add, challenger_share.add, challenger_step.add, legitimacy.add, inequality_between.add,
        inequality_within.add, trust_gap.add, suspensions.add, suspensions_per_violation.add, threats.add,
        threats_with_demand.add, exits.add, court_exits.add, exit_cluster_share.add, returns.add, vitality_alive.add,
        inequality_between.spread, in_force_share.add, years_to_force.add, tranche_adoption_2y.add,
        milestones_paid_half.add,
        overdue_share.add, implementation_true.add, implementation_reported.add, soft_implemented.add,
        integration.keep, respect.keep, resentment.keep, trust.keep, challenger_share.keep, challenger_step.keep,
        challenger_persistence.keep, legitimacy.keep, inequality_between.keep, inequality_within.keep, trust_gap.keep,
        diversity.keep, overdue_share.keep, waivers.keep, exit_rate.keep, arrears.keep, budget_used.keep,
        vitality_alive.keep, enforcement_scepticism_r.keep),
    phase("review", "At the end of each year: the state of every obligation.",
        opt_outs_standing.begin, overdue_delay_months.add, overdue_spread.add, opt_outs_standing.add, season=3),
)  # fmt: skip


REPORTED: tuple[type[Outcome], ...] = (
    integration.Integration, respect.Respect, respect_worst_tenth.RespectWorstTenth, durability.Durability,
    resentment.Resentment, trust.Trust, challenger_share.ChallengerShare,
    challenger_step.ChallengerStep, challenger_persistence.ChallengerPersistence, legitimacy.Legitimacy,
    inequality_between.InequalityBetween, inequality_within.InequalityWithin, trust_gap.TrustGap,
    diversity.Diversity,
    adoption_share.AdoptionShare,
    in_force_share.InForceShare, in_force_everywhere.InForceEverywhere, years_to_force.YearsToForce,
    tranche_adoption_2y.TrancheAdoption2y, milestones_paid_half.MilestonesPaidHalf,
    implementation_true.ImplementationTrue, implementation_reported.ImplementationReported,
    soft_implemented.SoftImplemented, overdue_share.OverdueShare, overdue_delay_months.OverdueDelayMonths,
    overdue_spread.OverdueSpread, waivers.Waivers, opt_outs_standing.OptOutsStanding, suspensions.Suspensions,
    suspensions_per_violation.SuspensionsPerViolation, threats.Threats, threats_with_demand.ThreatsWithDemand,
    exits.Exits, exit_rate.ExitRate, exit_cluster_share.ExitClusterShare, returns.Returns,
    court_exits.CourtExits, members.Members,
    arrears.Arrears, budget_used.BudgetUsed, rulings_complied.RulingsComplied,
    ruling_lag_months.RulingLagMonths, rulings_pending_10y.RulingsPending10y,
    rulings_pending_democracy_r.RulingsPendingDemocracyR, vitality_alive.VitalityAlive, vitality_zombie.VitalityZombie,
    vitality_dead.VitalityDead, enforcement_scepticism_r.EnforcementScepticismR,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that a run follows: set-up, the quarter, what is watched, and the mechanisms by name."""

    founding: tuple[Phase, ...]
    quarterly: tuple[Phase, ...]
    forces: Mapping[str, type[Mechanism]]
    levers: Mapping[str, type[Mechanism]]
    outcomes: Mapping[str, type[Any]]
    own_rules: tuple[OwnRule, ...] = ()
    """Rules from outside the package, in the order in which they were put in."""

    @property
    def phases(self) -> tuple[Phase, ...]:
        """All phases, set-up first."""
        return self.founding + self.quarterly

    def replacing(self, name: str, rule: Rule | str) -> Rulebook:
        """A rulebook in which `rule` acts wherever the rule called `name` did, such as "consent.ratify".

        RuleError tells all that is wrong with the rule, or the nearest name if there is none of this one.
        """
        return self._with(taken(rule, Place(replaces=name), self._named(name)))

    def joining(self, rule: Rule | str, after: str = "", before: str = "", where: str = "") -> Rulebook:
        """A rulebook in which `rule` acts too, after or before a rule ("publics.aggrieve") or a phase ("publics").

        `where` names a flag, as `row.column`, without which it is not called. RuleError as `replacing`.
        """
        if bool(after) == bool(before):
            raise RuleError("a rule joins either after or before a rule or a phase: name one of the two")
        return self._with(taken(rule, Place(after=after, before=before, where=where)))

    def described(self) -> list[dict[str, Any]]:
        """What it takes to make this rulebook again from the shipped one, in another process too: see `rebuilt`."""
        return [own.document() for own in self.own_rules]

    def restoring(self, told: Mapping[str, Any]) -> Rulebook:
        """A rulebook in which the rule that `told` describes acts too."""
        replaces = told["place"].get("replaces", "")
        return self._with(restored(told, self._named(replaces) if replaces else None))

    def _named(self, name: str) -> Rule:
        rules = {name_of(step.rule): step.rule for phase_ in self.phases for step in phase_.steps}
        if name not in rules:
            raise RuleError(f'there is no rule "{name}"{nearest(name, rules)}')
        return rules[name]

    def _with(self, own: OwnRule) -> Rulebook:
        place, step = own.place, Step(own.function, own.place.where)
        anchor = place.after or place.before
        if place.replaces:
            old = self._named(place.replaces)
            parts = (self.founding, self.quarterly)
            found = [tuple(_replaced(each, old, own.function) for each in part) for part in parts]
        else:
            quarterly = tuple(_joined(each, anchor, step, bool(place.after)) for each in self.quarterly)
            if quarterly == self.quarterly:
                names = [each.name for each in self.quarterly]
                names += [name_of(step.rule) for each in self.quarterly for step in each.steps]
                raise RuleError(f'there is no rule or phase "{anchor}" in the quarter{nearest(anchor, names)}')
            found = [self.founding, quarterly]
        return dataclasses.replace(self, founding=found[0], quarterly=found[1], own_rules=(*self.own_rules, own))


def name_of(rule: Rule) -> str:
    """The name of a rule, as its mechanism's and its own: "consent.ratify"; one that joined has its own alone."""
    own, mechanism = given(rule), mechanism_of(rule)
    if own is not None:
        return own.name
    return f"{mechanism.name()}.{rule.__name__}" if mechanism is not None else rule.__name__


def _replaced(phase_: Phase, old: Rule, new: Rule) -> Phase:
    steps = tuple(dataclasses.replace(step, rule=new) if step.rule is old else step for step in phase_.steps)
    return phase_ if steps == phase_.steps else dataclasses.replace(phase_, steps=steps)


def _joined(phase_: Phase, anchor: str, new: Step, is_after: bool) -> Phase:
    if phase_.name == anchor:
        return dataclasses.replace(phase_, steps=(*phase_.steps, new) if is_after else (new, *phase_.steps))
    steps: list[Step] = []
    for step in phase_.steps:
        here = name_of(step.rule) == anchor
        steps += [new] if here and not is_after else []
        steps.append(step)
        steps += [new] if here and is_after else []
    return phase_ if len(steps) == len(phase_.steps) else dataclasses.replace(phase_, steps=tuple(steps))


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
