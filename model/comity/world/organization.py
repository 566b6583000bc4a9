"""The organization and what it works on: the clock of the run, its areas, and how they spill over."""

from __future__ import annotations

from typing import Annotated

from comity.world.column import INF, Column, count, flag, index, quarters, share, stock
from comity.world.words import CONSENSUS


class Clock:
    """The run's own time, and the key of its luck. One row."""

    key0: Annotated[int, Column("number", 0, 2**32 - 1, "first half of the run's key to chance")]
    key1: Annotated[int, Column("number", 0, 2**32 - 1, "second half of the run's key to chance")]
    quarter: Annotated[int, Column("quarters", -1, 800, "quarters since the start of the run; -1 while it is set up")]
    season: Annotated[int, Column("quarter of the year", 0, 3, "0 is January to March")]
    horizon: Annotated[int, Column("quarters", 1, 800, "length of the run")]
    twin: Annotated[int, flag("1 while the no-lever twin records what was wanted")]
    chance_from: Annotated[int, Column("quarters", 0, 801, "first quarter with shocks by chance, not by calendar")]
    summit: Annotated[int, flag("a summit is held this quarter")]


class Organization:
    """The international organization: an agent with a budget, a secretariat, an agenda and effort. One row."""

    rule: Annotated[int, Column("decision rule", 0, 2, "consensus, qualified majority, two thirds")]
    entry: Annotated[int, Column("rule of entry", 0, 3, "on adoption, each for itself, threshold, all")]
    entry_threshold: Annotated[float, share("share of members whose ratification brings a measure into force")]
    equal_dues: Annotated[int, flag("dues in equal shares rather than by income")]
    secretariat: Annotated[float, share("quality of the secretariat")]
    dues: Annotated[float, Column("share of members' income a year", 0.0, 1.0, "the budget that members owe")]
    arrears_rate: Annotated[float, share("mean share of dues that is not paid")]
    donors: Annotated[float, share("share of the budget that comes from outside donors")]
    pace: Annotated[float, Column("measures a year", 0.0, 64.0, "measures tabled a year")]
    depth: Annotated[float, share("depth that the organization aims at")]
    specificity: Annotated[float, share("specificity of obligations")]
    due: Annotated[float, quarters("time to implement")]
    notice: Annotated[float, quarters("length of notice before exit is effective")]
    acquis_measures: Annotated[float, count("measures in the acquis at the start")]
    revenue: Annotated[float, stock("money of this quarter, in dues of a quarter when all pay")]
    requested: Annotated[float, stock("money that the levers ask for this quarter, same unit")]
    coverage: Annotated[float, share("share of the requests that the budget can pay", 1.0)]
    spent: Annotated[float, stock("money spent this quarter, same unit")]
    reserve: Annotated[float, Column("quarters of dues", 0.0, INF, "money carried over")]
    means: Annotated[float, share("what the budget can buy: money over money plus a standard")]
    side_payments: Annotated[float, share("side payments on offer at the table")]
    democracy: Annotated[float, share("mean democracy of states inside")]
    effort: Annotated[float, share("monitoring and enforcement effort")]
    scepticism: Annotated[float, share("power-weighted scepticism of members: low trust and strong challengers")]
    mean_capacity: Annotated[float, share("mean capacity of those inside, at the start")]
    legitimacy: Annotated[float, share("mean trust over members, each counted once")]
    predictability: Annotated[float, share("how far what is announced is what is done, and enforcement equal", 0.7)]
    moves: Annotated[float, stock("moves of levers that the problems of the year ask for, added up")]
    moved: Annotated[float, stock("moves of levers made this year, added up")]
    agenda: Annotated[float, stock("measures that wait to be tabled")]
    agenda_load: Annotated[float, stock("agenda places taken this quarter by renewals and reviews")]
    tabled_now: Annotated[int, count("measures tabled this quarter")]
    serial: Annotated[int, count("measures tabled so far")]
    demand: Annotated[float, stock("sum of the demand over areas")]
    inside: Annotated[int, count("states inside: members, suspended, in notice")]
    silent: Annotated[int, count("those of them without a vote: suspended or in notice")]
    silent_population: Annotated[float, stock("population of those")]
    power: Annotated[float, stock("income of all states inside")]
    population: Annotated[float, stock("population of all states inside")]
    trust_common: Annotated[float, index("trust noise that all publics share this quarter")]
    growth_common: Annotated[float, index("region-wide deviation of growth, points a year")]
    storm_economic: Annotated[float, quarters("quarters left of an economic crisis by chance")]
    storm_migration: Annotated[float, quarters("quarters left of a migration crisis by chance")]
    storm_security: Annotated[float, quarters("quarters left of a security crisis by chance")]
    storm_pandemic: Annotated[float, quarters("quarters left of a pandemic by chance")]
    leavers: Annotated[int, count("states outside that once were members")]
    leavers_fared: Annotated[float, Column("index", -1.0, 1.0, "how leavers fare: -1 badly, 1 well")]
    median_preference: Annotated[float, Column("index", -1.0, 1.0, "median preference of governments inside")]
    median_position: Annotated[float, Column("index", -1.0, 1.0, "median position in world politics of those inside")]
    equality: Annotated[float, share("how equally enforcement falls on strong and weak", 1.0)]
    need: Annotated[float, stock("power-weighted poverty that funds are shared out by")]
    campaigning: Annotated[float, share("power-weighted share of states inside with an election near")]
    waivers_now: Annotated[float, count("waivers in use")]
    bound_now: Annotated[float, count("places on measures that bind or would bind but for a waiver")]
    voted: Annotated[int, count("texts put to the vote so far")]
    passed: Annotated[int, count("texts passed so far")]
    entered: Annotated[int, count("measures that entered into force so far")]
    aged: Annotated[int, count("measures that grew five years old, or were done before")]
    everywhere: Annotated[int, count("those of them that all states inside had implemented")]
    rulings: Annotated[int, count("rulings given so far")]
    rulings_obeyed: Annotated[int, count("rulings obeyed so far")]
    ruling_wait: Annotated[float, quarters("time from ruling to compliance, added up")]
    required: Annotated[float, share("votes that a text needs while a lever says so; 0: the region's own rule decides")]
    delegation: Annotated[float, share("authority delegated to the secretariat")]
    stance: Annotated[float, Column("index", -1.0, 1.0, "from neutral convener, -1, to enforcer, 1")]
    regularity: Annotated[float, share("how regular funding cycles are")]
    held: Annotated[float, stock("money held back until milestones are met, in quarters of dues")]
    windfall: Annotated[float, Column("share of full dues", -1.0, 1.0, "what donors give beyond what they promised")]
    donor_mood: Annotated[float, Column("share", -1.0, 1.0, "how far donors give more or less than they promised")]
    interoperable: Annotated[float, share("mean readiness of states inside to exchange data this quarter")]
    assembly: Annotated[float, share("weight of a regional assembly")]
    data_breach: Annotated[float, share("trust in handling of data that a breach has cost")]
    cases_strong: Annotated[float, stock("recent enforcement acts on members of more than mean power")]
    overdue_strong: Annotated[float, stock("recent overdue obligations of members of more than mean power")]
    cases_weak: Annotated[float, stock("recent enforcement acts on the other members")]
    overdue_weak: Annotated[float, stock("recent overdue obligations of the other members")]


class Area:
    """A policy area. One row each."""

    weight: Annotated[float, share("weight in integration and respect; weights sum to 1")]
    benefit: Annotated[float, share("joint gain that cooperation can bring")]
    sensitivity: Annotated[float, share("sovereignty sensitivity")]
    capacity_demand: Annotated[float, share("administrative capacity that a measure asks for")]
    conflict: Annotated[float, share("distributive conflict")]
    visibility: Annotated[float, share("how visible gains and losses are to publics")]
    network: Annotated[float, share("share of the gain that needs others to implement")]
    demand: Annotated[float, stock("demand for a new measure")]
    until: Annotated[float, stock("upper end of the area's stretch in the agenda draw")]
    integration: Annotated[float, share("mean implementation index over members")]
    spill: Annotated[float, stock("demand that integration in other areas raises here")]
    row: Annotated[int, Column("row", 0, 63, "number of the area in the address of a draw")]
    opening_acquis: Annotated[float, share("E at the start, of those inside")]
    opening_practice: Annotated[float, share("practice at the start, at the region's mean capacity")]
    bound: Annotated[float, stock("settled depth that binds those inside, added up")]
    insiders: Annotated[float, count("states inside, as added up")]
    lowest_practice: Annotated[float, share("lowest practice of any state inside")]


class Spillover:
    """How far integration in one area (row) raises the demand for it in another (column)."""

    weight: Annotated[float, share("strength of the spillover")]


def lone_no(org: Organization) -> float:
    """How much the refusal of a single state weighs, from 1 under consensus to 0 under a majority."""
    if org.required > 0.0:
        return max(2.0 * org.required - 1.0, 0.0)
    return 1.0 if org.rule == CONSENSUS else 0.0
