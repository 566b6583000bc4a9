"""The world is eleven tables: one row for each thing, and each column with its unit, bounds and meaning."""

from __future__ import annotations

import functools
import typing
from dataclasses import dataclass
from typing import Annotated, Any, Final

import numpy as np

QUARTERS_PER_YEAR: Final = 4
SLOTS: Final = 64
"""Measures on the table at a time; a finished one is folded into the acquis and frees its slot."""
REGION: Final = 0
"""The subject number of a draw that all members share."""

# standing of a state
CANDIDATE: Final = 0
MEMBER: Final = 1
SUSPENDED: Final = 2
IN_NOTICE: Final = 3
WITHDRAWN: Final = 4
RETURNED: Final = 5
ASSOCIATE: Final = 6

# stage of a measure
EMPTY: Final = 0
DRAFT: Final = 1
OPEN: Final = 2
IN_FORCE: Final = 3

# rung of a member on a measure, and the form in which it is party
NOT_PARTY: Final = 0
PARTY: Final = 1
BOUND: Final = 2
WAIVED: Final = 3
LAPSED: Final = 4
FULL: Final = 0
TRANCHE: Final = 1
OPTED_OUT: Final = 2

# regime classes of V-Dem
CLOSED_AUTOCRACY: Final = 0
ELECTORAL_AUTOCRACY: Final = 1
ELECTORAL_DEMOCRACY: Final = 2
LIBERAL_DEMOCRACY: Final = 3

# decision rules of the organ, and rules of entry into force
CONSENSUS: Final = 0
QUALIFIED_MAJORITY: Final = 1
TWO_THIRDS: Final = 2
ON_ADOPTION: Final = 0
EACH: Final = 1
THRESHOLD: Final = 2
ALL: Final = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column: unit, bounds (both included), meaning, and the value of a row that nobody has touched."""

    unit: str
    low: float
    high: float
    means: str
    start: float = 0.0


INF: Final = float("inf")


def _share(means: str, start: float = 0.0) -> Column:
    return Column("share", 0.0, 1.0, means, start)


def _flag(means: str, start: float = 0.0) -> Column:
    return Column("yes or no", 0.0, 1.0, means, start)


def _count(means: str, start: float = 0.0, high: float = INF) -> Column:
    return Column("count", 0.0, high, means, start)


def _quarters(means: str, start: float = 0.0, low: float = 0.0) -> Column:
    return Column("quarters", low, INF, means, start)


def _stock(means: str, start: float = 0.0) -> Column:
    return Column("index", 0.0, INF, means, start)


def _index(means: str, low: float = -INF, high: float = INF, start: float = 0.0) -> Column:
    return Column("index", low, high, means, start)


class Clock:
    """The run's own time, and the key of its luck. One row."""

    key0: Annotated[int, Column("number", 0, 2**32 - 1, "first half of the run's key to chance")]
    key1: Annotated[int, Column("number", 0, 2**32 - 1, "second half of the run's key to chance")]
    quarter: Annotated[int, Column("quarters", -1, 800, "quarters since the start of the run; -1 while it is set up")]
    season: Annotated[int, Column("quarter of the year", 0, 3, "0 is January to March")]
    horizon: Annotated[int, Column("quarters", 1, 800, "length of the run")]
    twin: Annotated[int, _flag("1 while the no-lever twin records what was wanted")]
    chance_from: Annotated[int, Column("quarters", 0, 801, "first quarter with shocks by chance, not by calendar")]
    summit: Annotated[int, _flag("a summit is held this quarter")]


class Organization:
    """The international organization: an agent with a budget, a secretariat, an agenda and effort. One row."""

    rule: Annotated[int, Column("decision rule", 0, 2, "consensus, qualified majority, two thirds")]
    entry: Annotated[int, Column("rule of entry", 0, 3, "on adoption, each for itself, threshold, all must incorporate")]
    entry_threshold: Annotated[float, _share("share of members whose ratification brings a measure into force")]
    equal_dues: Annotated[int, _flag("dues in equal shares rather than by income")]
    secretariat: Annotated[float, _share("quality of the secretariat")]
    dues: Annotated[float, Column("share of members' income a year", 0.0, 1.0, "the budget that members owe")]
    arrears_rate: Annotated[float, _share("mean share of dues that is not paid")]
    donors: Annotated[float, _share("share of the budget that comes from outside donors")]
    pace: Annotated[float, Column("measures a year", 0.0, 64.0, "measures tabled a year")]
    depth: Annotated[float, _share("depth that the organization aims at")]
    specificity: Annotated[float, _share("specificity of obligations")]
    due: Annotated[float, _quarters("time to implement")]
    notice: Annotated[float, _quarters("length of notice before exit is effective")]
    acquis_measures: Annotated[float, _count("measures in the acquis at the start")]
    hardness: Annotated[float, _share("hardness of what is tabled now: soft to hard law")]
    court: Annotated[float, _share("0 no court, 0.5 advisory or arbitration, 1 binding")]
    revenue: Annotated[float, _stock("money of this quarter, in dues of a quarter when all pay")]
    requested: Annotated[float, _stock("money that the levers ask for this quarter, same unit")]
    coverage: Annotated[float, _share("share of the requests that the budget can pay", 1.0)]
    spent: Annotated[float, _stock("money spent this quarter, same unit")]
    reserve: Annotated[float, Column("quarters of dues", 0.0, INF, "money carried over")]
    means: Annotated[float, _share("what the budget can buy against what assistance costs: money over money plus a standard")]
    side_payments: Annotated[float, _share("side payments on offer at the table")]
    democracy: Annotated[float, _share("mean democracy of states inside")]
    delivered: Annotated[float, _share("share of money that arrives where it was meant to", 1.0)]
    effort: Annotated[float, _share("monitoring and enforcement effort")]
    scepticism: Annotated[float, _share("power-weighted scepticism of members: low trust and strong challengers")]
    mean_capacity: Annotated[float, _share("mean capacity of those inside, at the start")]
    legitimacy: Annotated[float, _share("mean trust over members, each counted once")]
    predictability: Annotated[float, _share("how far what is announced is what is done, and enforcement equal", 0.7)]
    agenda: Annotated[float, _stock("measures that wait to be tabled")]
    agenda_load: Annotated[float, _stock("agenda places taken this quarter by renewals and reviews")]
    tabled_now: Annotated[int, _count("measures tabled this quarter")]
    serial: Annotated[int, _count("measures tabled so far")]
    demand: Annotated[float, _stock("sum of the demand over areas")]
    inside: Annotated[int, _count("states inside: members, suspended, in notice")]
    power: Annotated[float, _stock("income of all states inside")]
    population: Annotated[float, _stock("population of all states inside")]
    trust_common: Annotated[float, _index("trust noise that all publics share this quarter")]
    growth_common: Annotated[float, _index("region-wide deviation of growth, points a year")]
    storm_economic: Annotated[float, _quarters("quarters left of an economic crisis by chance")]
    storm_migration: Annotated[float, _quarters("quarters left of a migration crisis by chance")]
    storm_security: Annotated[float, _quarters("quarters left of a security crisis by chance")]
    storm_pandemic: Annotated[float, _quarters("quarters left of a pandemic by chance")]
    leavers: Annotated[int, _count("states outside that once were members")]
    leavers_fared: Annotated[float, Column("index", -1.0, 1.0, "how leavers fare, as seen from inside: -1 badly, 1 well")]
    median_preference: Annotated[float, Column("index", -1.0, 1.0, "median preference of governments inside")]
    median_position: Annotated[float, Column("index", -1.0, 1.0, "median position in world politics of those inside")]
    compliance: Annotated[float, _share("share of due, true implementation over all live measures", 1.0)]
    equality: Annotated[float, _share("how equally enforcement falls on strong and weak", 1.0)]
    overdue_share: Annotated[float, _share("share of due measures not implemented, acquis included")]
    need: Annotated[float, _stock("power-weighted poverty that funds are shared out by")]
    waivers_now: Annotated[float, _count("waivers in use")]
    bound_now: Annotated[float, _count("places on measures that bind or would bind but for a waiver")]
    cases_strong: Annotated[float, _stock("recent enforcement acts on members of more than mean power")]
    overdue_strong: Annotated[float, _stock("recent overdue obligations of members of more than mean power")]
    cases_weak: Annotated[float, _stock("recent enforcement acts on the other members")]
    overdue_weak: Annotated[float, _stock("recent overdue obligations of the other members")]


class Area:
    """A policy area. One row each."""

    weight: Annotated[float, _share("weight in integration and respect; weights sum to 1")]
    benefit: Annotated[float, _share("joint gain that cooperation can bring")]
    sensitivity: Annotated[float, _share("sovereignty sensitivity")]
    capacity_demand: Annotated[float, _share("administrative capacity that a measure asks for")]
    conflict: Annotated[float, _share("distributive conflict")]
    visibility: Annotated[float, _share("how visible gains and losses are to publics")]
    network: Annotated[float, _share("share of the gain that needs others to implement")]
    demand: Annotated[float, _stock("demand for a new measure")]
    until: Annotated[float, _stock("upper end of the area's stretch in the agenda draw")]
    integration: Annotated[float, _share("mean implementation index over members")]
    spill: Annotated[float, _stock("demand that integration in other areas raises here")]
    row: Annotated[int, Column("row", 0, 63, "number of the area in the address of a draw")]
    opening_acquis: Annotated[float, _share("E at the start, of those inside")]
    opening_practice: Annotated[float, _share("practice at the start, at the region's mean capacity")]
    bound: Annotated[float, _stock("settled depth that binds those inside, added up")]
    insiders: Annotated[float, _count("states inside, as added up")]
    lowest_practice: Annotated[float, _share("lowest practice of any state inside")]


class Spillover:
    """How far integration in one area (row) raises the demand for it in another (column)."""

    weight: Annotated[float, _share("strength of the spillover")]


class Member:
    """A state: government, public, challenger and administration. One row each, in the order of ISO-3 codes."""

    id: Annotated[int, Column("number", 1, 2**31 - 1, "number of the state in the address of a draw")]
    standing: Annotated[int, Column("standing", 0, 6, "candidate, member, suspended, in notice, withdrawn, returned, associate")]
    inside: Annotated[int, _flag("member, suspended or in notice")]
    founding: Annotated[int, _flag("member at the start: integration and respect count these")]
    accession: Annotated[int, Column("quarters", -1, 801, "quarter of a dated accession; -1 for none")]
    since: Annotated[int, _quarters("quarters in the present standing")]
    democracy: Annotated[float, _share("liberal democracy index (V-Dem)")]
    regime: Annotated[int, Column("class", 0, 3, "closed autocracy, electoral autocracy, electoral democracy, liberal democracy")]
    legislature: Annotated[float, _share("legislative constraints on the executive")]
    judiciary: Annotated[float, _share("judicial constraints on the executive")]
    federal: Annotated[int, _flag("federal state")]
    capacity: Annotated[float, _share("administrative capacity: (WGI government effectiveness + 2.5) / 5")]
    capacity_home: Annotated[float, _share("capacity to which the state returns")]
    integrity: Annotated[float, _share("control of corruption, rescaled like capacity")]
    income: Annotated[float, Column("thousand dollars a head", 0.0, INF, "income per head at purchasing power")]
    population: Annotated[float, Column("millions", 0.0, INF, "population")]
    power: Annotated[float, _share("share of the region's income")]
    shield: Annotated[float, _share("how far power shields from enforcement")]
    preference: Annotated[float, Column("index", -1.0, 1.0, "government's position on integration")]
    preference_home: Annotated[float, Column("index", -1.0, 1.0, "position to which governments return")]
    position: Annotated[float, Column("index", -1.0, 1.0, "position in world politics (UNGA ideal point), from the region's median")]
    distance: Annotated[float, Column("index", 0.0, 2.0, "distance to the median member")]
    trust: Annotated[float, _share("share of the public that tends to trust the organization")]
    trust_home: Annotated[float, _share("level to which trust returns")]
    trust_observed: Annotated[float, _share("trust as a survey sees it")]
    trust_national: Annotated[float, _share("share that tends to trust the national government")]
    trust_national_home: Annotated[float, _share("level to which national trust returns")]
    trust_national_change: Annotated[float, Column("share", -1.0, 1.0, "change of national trust this quarter")]
    identity: Annotated[float, _share("exclusive national attachment")]
    identity_home: Annotated[float, _share("level to which identity returns")]
    grievance: Annotated[float, _share("stock of felt coercion, uncompensated loss and unmet promise")]
    grievance_home: Annotated[float, _share("grievance without causes")]
    driver: Annotated[float, _index("pressure behind challengers, logit scale")]
    driver_home: Annotated[float, _index("that pressure without causes, logit scale")]
    carrier: Annotated[float, _index("organized form that the pressure has found, logit scale: a ratchet")]
    challenger: Annotated[float, _share("vote share of anti-integration parties or elite factions")]
    challenger_rules: Annotated[int, _flag("a challenger governs")]
    expectation: Annotated[float, _index("net gain that the public has come to expect")]
    term: Annotated[float, _quarters("time between elections or leadership contests", 16.0, 1.0)]
    term_clock: Annotated[float, _quarters("time to the next one")]
    voted: Annotated[int, _flag("an election or contest was held this quarter")]
    campaign: Annotated[int, _flag("an election is near")]
    close: Annotated[float, _share("closeness of the coming election: nearness times challenger strength")]
    episode: Annotated[int, Column("direction", -1, 1, "regime episode: -1 autocratizing, 1 democratizing")]
    coup_government: Annotated[float, _quarters("quarters left under a government that came by coup")]
    growth: Annotated[float, Column("points a year", -60.0, 60.0, "growth, as deviation from trend")]
    growth_own: Annotated[float, Column("points a year", -60.0, 60.0, "the state's own part of that deviation")]
    exposure_economic: Annotated[float, Column("ratio to the mean", 0.0, 10.0, "exposure to economic shocks", 1.0)]
    exposure_debt: Annotated[float, Column("ratio to the mean", 0.0, 10.0, "exposure to a debt crisis", 1.0)]
    exposure_migration: Annotated[float, Column("ratio to the mean", 0.0, 10.0, "exposure to migration shocks", 1.0)]
    exposure_pandemic: Annotated[float, Column("ratio to the mean", 0.0, 10.0, "exposure to pandemics", 1.0)]
    exposure_security: Annotated[float, Column("ratio to the mean", 0.0, 10.0, "exposure to conflict", 1.0)]
    crisis: Annotated[float, _share("how hard a shock hits this quarter")]
    crisis_near: Annotated[float, _share("the same among neighbours")]
    shock_trust: Annotated[float, Column("share a quarter", -1.0, 1.0, "trust lost to shocks this quarter")]
    shock_grievance: Annotated[float, Column("share a quarter", 0.0, 1.0, "grievance from shocks this quarter")]
    shock_blamed: Annotated[float, _share("share of the shock that is laid at the organization's door")]
    referendum: Annotated[float, _share("a vote on membership is held or near")]
    dues_paid: Annotated[float, _stock("dues paid this quarter, as a share of own income a year")]
    arrears: Annotated[float, _stock("unpaid dues, in quarters of dues")]
    funds: Annotated[float, _stock("money received this quarter, as a share of own income a year")]
    load: Annotated[float, _stock("work of implementing, in units of capacity")]
    overload: Annotated[float, _share("share of the work beyond capacity")]
    bound: Annotated[float, _stock("depth that binds the state, over all areas")]
    imposed: Annotated[float, _stock("the same, bound against its own vote")]
    outvoted: Annotated[float, _share("share of bound depth that the state voted against")]
    gain: Annotated[float, _index("net gain from membership as felt, after dues and losses")]
    gain_seen: Annotated[float, _index("the same, averaged over some years")]
    dependence: Annotated[float, _share("how much of the gain would be lost outside")]
    loss: Annotated[float, _share("loss from integration to the periphery of the state, before compensation")]
    inequality: Annotated[float, _share("gap of gain between core and periphery")]
    compensation: Annotated[float, _share("share of losses that safeguards make good")]
    coercion: Annotated[float, _stock("acts of coercion over four years: sanctions, withheld money, adverse rulings")]
    coerced: Annotated[float, _stock("such acts this quarter")]
    unmet: Annotated[float, _share("promises due and not kept by the organization")]
    voice: Annotated[float, _share("input of society that was used")]
    ignored: Annotated[float, _share("input of society that was asked for and not used")]
    procedure: Annotated[float, Column("share a quarter", -1.0, 1.0, "effect of procedure on trust this quarter")]
    rulings_against: Annotated[float, _stock("adverse rulings not yet complied with")]
    refused: Annotated[int, _flag("a demand was refused while a threat stands")]
    threat: Annotated[int, _flag("threatens to leave")]
    demand: Annotated[int, _flag("the threat carries a demand for reform")]
    conceded: Annotated[int, _flag("the demand was met")]
    left: Annotated[int, _flag("left this quarter")]
    joined: Annotated[int, _flag("joined or came back this quarter")]
    suspended_now: Annotated[int, _flag("suspended this quarter")]
    notice_clock: Annotated[float, _quarters("quarters to the end of notice")]
    outside_gain: Annotated[float, Column("index", -1.0, 1.0, "how a leaver fares against what it had")]
    frailty: Annotated[float, _index("slowness to ratify that no column explains, logit scale")]
    over_asked: Annotated[float, _share("asked beyond what government and public wanted, over areas")]
    not_had: Annotated[float, _share("wanted and not had, over areas")]
    misfit: Annotated[float, _share("depth-weighted misfit of what binds")]
    respect: Annotated[float, _share("respect for the state this quarter")]
    respect_sum: Annotated[float, _stock("respect added up over the run")]
    transparency: Annotated[float, _share("openness at work here this quarter")]
    audit: Annotated[float, _share("independent audit at work here this quarter")]
    safety: Annotated[float, _share("availability of a waiver here this quarter")]


class Stake:
    """What one state has in one policy area. States by areas."""

    practice: Annotated[float, _share("depth of what the state does at home already")]
    practice_home: Annotated[float, _share("depth of what the state did at the start")]
    capacity: Annotated[float, _share("capacity that assistance has built in the area")]
    pipeline: Annotated[float, _stock("assistance under way")]
    settled: Annotated[float, _stock("depth of truly implemented measures that are settled, in units of depth")]
    bound: Annotated[float, _stock("depth of settled measures that bind the state")]
    settled_misfit: Annotated[float, _stock("the same, weighted by misfit")]
    settled_outvoted: Annotated[float, _stock("the same, bound against the state's own vote")]
    live: Annotated[float, _stock("depth of truly implemented live measures")]
    live_bound: Annotated[float, _stock("depth of live measures that bind")]
    live_misfit: Annotated[float, _stock("the same, weighted by misfit")]
    live_outvoted: Annotated[float, _stock("the same, bound against the state's own vote")]
    implemented: Annotated[float, _share("E: index of true implementation in the area")]
    shared: Annotated[float, _share("tie-weighted smaller one of own and others' E")]
    asked: Annotated[float, _share("index of what binds the state in the area")]
    benefit: Annotated[float, _share("gain that the state can expect in the area")]


class Ideal:
    """What a state's government and public wanted in an area in a quarter, as the no-lever twin recorded it."""

    government: Annotated[float, _share("depth that the government wanted")]
    public: Annotated[float, _share("depth that the public wanted")]


class Measure:
    """A measure on the table; its design is frozen on the day it is tabled. One row a slot."""

    stage: Annotated[int, Column("stage", 0, 3, "empty, draft, open to ratification, in force")]
    serial: Annotated[int, _count("number of the measure in the address of a draw")]
    area: Annotated[int, Column("row", 0, 63, "row of its policy area")]
    age: Annotated[int, _quarters("quarters since tabled")]
    delay: Annotated[float, _quarters("quarters to the vote")]
    depth: Annotated[float, _share("depth of the obligation")]
    hardness: Annotated[float, _share("soft to hard law")]
    specificity: Annotated[float, _share("specificity of the obligation")]
    due: Annotated[float, _quarters("time to implement, from entry into force")]
    since_force: Annotated[float, _quarters("quarters since entry into force")]
    sunset: Annotated[float, _quarters("term after which it ends unless renewed; 0 for none")]
    renewals: Annotated[int, _count("times it was renewed")]
    escape: Annotated[float, _share("escape clause: ease of a waiver; 0 for none")]
    opt_out: Annotated[float, _share("readiness to grant an opt-out; 0 for none")]
    tranche: Annotated[float, _share("part of the obligation that may be deferred; 0 for none")]
    court: Annotated[float, _share("0 no court, 0.5 advisory, 1 binding")]
    safeguard: Annotated[float, _share("share of losses covered by safeguards in the measure")]
    uptake: Annotated[float, _share("how far society's input shaped the draft")]
    tailoring: Annotated[float, _share("how far the draft was fitted to differing constitutions")]
    vote_now: Annotated[int, _flag("goes to the vote this quarter")]
    yes: Annotated[float, _share("votes for, by count")]
    yes_power: Annotated[float, _share("votes for, by population")]
    parties: Annotated[float, _share("share of states inside that are party")]
    working: Annotated[float, _share("share of states inside where it is in force and truly implemented")]
    open_work: Annotated[float, _count("states that are party and still have work to do")]
    deferred: Annotated[float, _share("share of states inside that defer it beyond what others bear")]
    opted_out: Annotated[float, _share("share of states inside that have opted out")]
    renew: Annotated[float, _share("votes for renewal, by count")]
    folding: Annotated[int, _flag("is folded into the acquis this quarter")]
    adds: Annotated[float, _share("share of its depth that is new; the rest replaces old law")]


class Post:
    """One state's place on one measure: its rung on the ladder. States by slots."""

    rung: Annotated[int, Column("rung", 0, 4, "not party, party, in force, waived, lapsed")]
    form: Annotated[int, Column("form", 0, 2, "full, deferred tranche, opted out")]
    scope: Annotated[float, _share("part of the measure that applies: full 1, tranche share, opted out or waived 0")]
    implemented: Annotated[float, _share("true implementation")]
    reported: Annotated[float, _share("implementation as reported")]
    gap: Annotated[float, _share("depth beyond domestic practice")]
    misfit: Annotated[float, _share("misfit with constitution and legal tradition")]
    gain: Annotated[float, _index("net benefit expected", -2.0, 2.0)]
    commitment: Annotated[float, _index("sovereignty cost as perceived", 0.0, 4.0)]
    adjustment: Annotated[float, _index("cost of adapting", 0.0, 4.0)]
    side_payment: Annotated[float, _index("side payment offered", 0.0, 4.0)]
    flexibility: Annotated[float, _index("worth of valves at consent, logit scale", 0.0, 4.0)]
    peers: Annotated[float, _share("tie-weighted share of peers that are party")]
    frailty: Annotated[float, _index("slowness to ratify that no column explains, logit scale")]
    deciding: Annotated[int, _flag("a decision on consent is due this quarter")]
    vote: Annotated[int, _flag("voted for it in the organ")]
    against: Annotated[int, _flag("bound against its own vote")]
    due_in: Annotated[float, _quarters("quarters to the due date; negative once overdue", 0.0, -INF)]
    overdue: Annotated[int, _flag("due and not implemented")]
    detected: Annotated[int, _flag("found to be in breach")]
    sanction: Annotated[float, _share("pressure to comply from sanction or ruling")]
    ruling: Annotated[float, _quarters("quarters since an adverse ruling; 0 for none")]
    referred: Annotated[int, _flag("before the court")]
    waiver_left: Annotated[float, _quarters("quarters left of a waiver")]
    fresh: Annotated[int, _flag("came to bind and has not yet replaced old law")]
    seen: Annotated[float, _index("net benefit seen so far, averaged", -2.0, 2.0)]
    patience: Annotated[float, _quarters("quarters spent in a deferred tranche")]
    willingness: Annotated[float, _index("willingness to implement, logit scale")]


class Tie:
    """What one state (row) is to another (column). States by states."""

    weight: Annotated[float, _share("tie weight; rows sum to 1")]
    near: Annotated[float, _share("neighborhood weight: contiguity and distance; rows sum to 1")]


class Shock:
    """What the calendar holds for one state in one quarter. Quarters by states."""

    growth: Annotated[float, Column("points a year", -60.0, 60.0, "effect on growth")]
    economic: Annotated[float, Column("size", 0.0, 10.0, "recession")]
    debt: Annotated[float, Column("size", 0.0, 10.0, "debt crisis")]
    migration: Annotated[float, Column("size", 0.0, 10.0, "migration crisis")]
    pandemic: Annotated[float, Column("size", 0.0, 10.0, "pandemic")]
    security: Annotated[float, Column("size", 0.0, 10.0, "conflict, war or terror")]
    disinformation: Annotated[float, Column("size", 0.0, 10.0, "campaign of disinformation")]
    energy: Annotated[float, Column("size", 0.0, 10.0, "energy and price shock")]
    coup: Annotated[float, Column("size", 0.0, 10.0, "coup")]
    referendum: Annotated[float, Column("size", 0.0, 10.0, "vote on membership")]
    sanction: Annotated[float, Column("size", 0.0, 10.0, "sanctions by neighbours or the organization")]


TABLES: Final[dict[str, type]] = {
    "clock": Clock,
    "org": Organization,
    "area": Area,
    "spillover": Spillover,
    "member": Member,
    "stake": Stake,
    "ideal": Ideal,
    "measure": Measure,
    "post": Post,
    "tie": Tie,
    "shock": Shock,
}


@functools.cache
def columns(table: str) -> dict[str, Column]:
    """The columns of a table, by name, in storage order; KeyError for a table that does not exist."""
    hints = typing.get_type_hints(TABLES[table], include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


@functools.cache
def dtype(table: str) -> np.dtype[Any]:
    """The record type of a table's rows: eight bytes a column, integers where the column is one."""
    hints = typing.get_type_hints(TABLES[table], include_extras=True)
    fields = [(name, "i8" if hint.__origin__ is int else "f8") for name, hint in hints.items()]
    return np.dtype((np.record, fields))


def blank(table: str, shape: tuple[int, ...]) -> Any:
    """An array of untouched rows of a table."""
    rows = np.zeros(shape, dtype(table))
    for name, column in columns(table).items():
        rows[name] = column.start
    return rows
