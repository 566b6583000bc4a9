"""The agenda follows functional demand: what pays, and what integration elsewhere has made necessary."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Any, Final

from comity.arithmetic import clip
from comity.chance import purpose, uniform
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import (
    DRAFT,
    EMPTY,
    FULL,
    NOT_PARTY,
    QUARTERS_PER_YEAR,
    Area,
    Clock,
    Measure,
    Organization,
    Post,
    Spillover,
)

AREA: Final = purpose("agenda.area")
DEPTH: Final = purpose("agenda.depth")
ONE: Final = 1.0
CONFLICT_DETERS: Final = 0.5
"""Distributive conflict halves demand at most."""


@dataclass(frozen=True, kw_only=True)
class Agenda(Force):
    """Measures are tabled at the organization's pace, in areas drawn by demand; reviews and renewals take places.

    Names     functional spillover (Haas 1958), agenda setting
    Evidence  pace and depth by region: scenarios/regions
    """

    saturation: Annotated[float, Parameter("share", 0.0, 1.0, "how far integration in an area quells demand for more",
        prior=Uniform(0.3, 0.8))] = 0.5  # fmt: skip
    spilling: Annotated[float, Parameter("ratio", 0.0, 5.0, "weight of spillover against own benefit",
        prior=Uniform(0.2, 1.0))] = 0.5  # fmt: skip
    spread: Annotated[float, Parameter("share of depth", 0.0, 1.0, "how much measures differ in depth")] = 0.4
    soft: Annotated[float, Parameter("share", 0.0, 1.0, "hardness of what is tabled while no lever hardens it")] = 0.1
    drafting: Annotated[float, Parameter("quarters", 0.0, 20.0, "time from tabling to the vote",
        prior=Uniform(1.0, 4.0))] = 2.0  # fmt: skip
    backlog: Annotated[float, Parameter("measures", 1.0, 64.0, "measures that may wait at most")] = 8.0

    reads = ("area.benefit", "area.conflict", "area.demand", "area.integration", "area.spill",
             "areas.until", "clock.key0", "clock.key1", "clock.quarter", "measure.age", "measure.stage",
             "org.agenda", "org.agenda_load", "org.demand", "org.depth", "org.due", "org.pace",
             "org.serial", "org.specificity", "org.tabled_now", "other_area.spill", "slot.stage",
             "spillover.weight")  # fmt: skip
    writes = ("area.demand", "area.spill", "area.until", "org.agenda", "org.agenda_load", "org.demand",
              "org.serial", "org.side_payments", "org.tabled_now", "other_area.spill", "post.adjustment",
              "post.against", "post.at_stake", "post.commitment", "post.deciding", "post.detected",
              "post.due_in", "post.flexibility", "post.form", "post.fresh", "post.gain", "post.gap",
              "post.implemented", "post.lesson", "post.likeness", "post.misfit", "post.overdue",
              "post.paid", "post.patience", "post.peers", "post.prospect", "post.prospect_vote",
              "post.referred", "post.reported", "post.ruling", "post.rung", "post.sanction", "post.scope",
              "post.seen", "post.side_payment", "post.trial", "post.trying", "post.vote",
              "post.waiver_left", "post.willingness", "slot.adds", "slot.age", "slot.ambiguity",
              "slot.area", "slot.court", "slot.deferred", "slot.delay", "slot.depth", "slot.dialogue",
              "slot.doubt", "slot.due", "slot.escape", "slot.folding", "slot.forced", "slot.halted",
              "slot.hardened", "slot.hardness", "slot.light", "slot.loose", "slot.milestone", "slot.mode",
              "slot.news", "slot.open_work", "slot.opt_out", "slot.opted_out", "slot.parties",
              "slot.pilot", "slot.promise", "slot.refusals", "slot.renew", "slot.renewals", "slot.rights",
              "slot.serial", "slot.since_force", "slot.since_open", "slot.specificity", "slot.stage", "slot.sunset",
              "slot.tailoring", "slot.tranche", "slot.uptake", "slot.voices", "slot.vote_now",
              "slot.waited", "slot.working", "slot.yes", "slot.yes_power")  # fmt: skip


def open_agenda(org: Organization, agenda: Agenda) -> None:
    """Plan: the quarter's places, less those that renewals and reviews have taken."""
    org.demand = 0.0
    org.side_payments = 0.0
    org.agenda = clip(org.agenda + org.pace / QUARTERS_PER_YEAR - org.agenda_load, 0.0, agenda.backlog)
    org.agenda_load = 0.0
    org.tabled_now = int(math.floor(org.agenda))


def spill(area: Area, other_area: Area, spillover: Spillover) -> None:
    """Plan: integration here makes cooperation there more useful."""
    other_area.spill += spillover.weight * area.integration


def weigh_demand(area: Area, org: Organization, agenda: Agenda) -> None:
    """Plan: demand in an area, laid end to end for the draw."""
    open_part = 1.0 - agenda.saturation * area.integration
    own = area.benefit * open_part * (1.0 - area.conflict * CONFLICT_DETERS)
    area.demand = max(own + agenda.spilling * area.spill, 0.0)
    area.spill = 0.0
    org.demand += area.demand
    area.until = org.demand


def table(slot: Measure, areas: Any, org: Organization, clock: Clock, agenda: Agenda) -> None:
    """Plan: a free slot takes the next measure; its design is what the organization stands for today."""
    if slot.stage != EMPTY or org.tabled_now == 0 or org.demand <= 0.0:
        return
    org.tabled_now -= 1
    org.agenda = max(org.agenda - ONE, 0.0)
    org.serial += 1
    point = org.demand * uniform(clock, org.serial, AREA, 0)
    row = 0
    while row < areas.shape[0] - 1 and areas[row].until <= point:
        row += 1
    around = 1.0 + agenda.spread * (2.0 * uniform(clock, org.serial, DEPTH, 0) - 1.0)
    slot.stage = DRAFT
    slot.serial = org.serial
    slot.area = row
    slot.age = 0
    slot.delay = agenda.drafting
    slot.depth = clip(org.depth * around, 0.0, 1.0)
    slot.hardness = agenda.soft
    slot.specificity = org.specificity
    slot.due = org.due
    _plain_design(slot)


def _plain_design(measure: Measure) -> None:
    measure.since_force = 0.0
    measure.since_open = 0.0
    measure.sunset = 0.0
    measure.renewals = 0
    measure.escape = 0.0
    measure.opt_out = 0.0
    measure.tranche = 0.0
    measure.court = 0.0
    measure.mode = 0
    measure.ambiguity = 0.0
    measure.hardened = 0
    measure.voices = 0.0
    measure.halted = 0.0
    measure.loose = 0.0
    measure.light = 0.0
    measure.pilot = 0
    measure.waited = 0.0
    measure.dialogue = 0.0
    measure.doubt = 0.0
    measure.refusals = 0.0
    measure.promise = 0.0
    measure.milestone = 0.0
    measure.uptake = 0.0
    measure.tailoring = 0.0
    measure.rights = 0.0
    measure.vote_now = 0
    measure.forced = 0
    measure.news = 0
    measure.yes = 0.0
    measure.yes_power = 0.0
    measure.parties = 0.0
    measure.working = 0.0
    measure.open_work = 0.0
    measure.deferred = 0.0
    measure.opted_out = 0.0
    measure.renew = 0.0
    measure.folding = 0
    measure.adds = 1.0


def clear(post: Post, measure: Measure) -> None:
    """Plan: nobody is party to a new measure."""
    if measure.age != 0 or measure.stage != DRAFT:
        return
    post.rung = NOT_PARTY
    post.form = FULL
    post.scope = 0.0
    post.implemented = 0.0
    post.reported = 0.0
    post.gap = 0.0
    post.misfit = 0.0
    post.gain = 0.0
    post.commitment = 0.0
    post.adjustment = 0.0
    post.side_payment = 0.0
    post.flexibility = 0.0
    post.peers = 0.0
    post.deciding = 0
    post.vote = 0
    post.against = 0
    post.due_in = 0.0
    post.overdue = 0
    post.detected = 0
    post.sanction = 0.0
    post.ruling = 0.0
    post.referred = 0
    post.waiver_left = 0.0
    post.fresh = 0
    post.seen = 0.0
    post.patience = 0.0
    post.willingness = 0.0
    post.prospect = 0.0
    post.prospect_vote = 0.0
    post.trying = 0
    post.trial = 0.0
    post.lesson = 0.0
    post.likeness = 0.0
    post.paid = 0.0
    post.at_stake = 0.0
