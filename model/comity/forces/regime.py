"""Regimes drift: democracies erode, autocracies open, soldiers take power, and administrations wear or recover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, exp, ratio
from comity.chance import normal, purpose, uniform
from comity.mechanism import Force
from comity.parameter import Normal, Parameter, Uniform
from comity.world import (
    CLOSED_AUTOCRACY,
    ELECTORAL_AUTOCRACY,
    ELECTORAL_DEMOCRACY,
    LIBERAL_DEMOCRACY,
    QUARTERS_PER_YEAR,
    Clock,
    Member,
    Shock,
)

ONSET: Final = purpose("regime.onset")
PACE: Final = purpose("regime.pace")
END: Final = purpose("regime.end")
COUP: Final = purpose("regime.coup")
CAPACITY: Final = purpose("regime.capacity")


@dataclass(frozen=True, kw_only=True)
class Regime(Force):
    """Episodes of autocratization and democratization, coups, and a capacity that returns to its level.

    Names     third wave of autocratization, episodes of regime transformation, coups d'etat
    Evidence  B1, B2, B3; coups in West Africa 2010-2023: about .04 a state-year
    """

    eroding: Annotated[float, Parameter("a year", 0.0, 0.5, "onset of autocratization",
        prior=Uniform(0.008, 0.041), source="B1")] = 0.021  # fmt: skip
    opening: Annotated[float, Parameter("a year", 0.0, 0.5, "onset of democratization, below liberal democracy",
        prior=Uniform(0.01, 0.04), source="B2")] = 0.02  # fmt: skip
    watched: Annotated[float, Parameter("log-hazard", -1.0, 2.0, "onset of autocratization that full oversight checks",
        prior=Normal(0.2, 0.2), contested=True)] = 0.2  # fmt: skip
    propping: Annotated[float, Parameter("log-hazard", -1.0, 2.0,
        "onset of democratization that support without oversight cuts, for each unit beyond plain membership",
        prior=Normal(0.3, 0.4), source="mechanisms.md, section 1: a pretext for consolidating power",
        contested=True)] = 0.3  # fmt: skip
    recognized: Annotated[float, Parameter("share", 0.0, 1.0, "support that plain membership is")] = 0.3
    half_funds: Annotated[float, Parameter("share of income a year", 1e-6, 0.1,
        "money received that is half of the support that money can be")] = 0.005  # fmt: skip
    consolidated: Annotated[float, Parameter("ratio", 0.0, 1.0,
        "onset of autocratization in liberal democracies, against others",
        source="B1: EU .008 against .021 in the world")] = 0.35  # fmt: skip
    step: Annotated[float, Parameter("index a quarter", 0.0, 0.1, "mean change of democracy in an episode",
        prior=Uniform(0.008, 0.02), source="B3")] = 0.013  # fmt: skip
    ending: Annotated[float, Parameter("a quarter", 0.01, 1.0, "chance that an episode ends",
        prior=Uniform(0.05, 0.12))] = 0.08  # fmt: skip
    coup_rate: Annotated[float, Parameter("a year for each unit of missing capacity", 0.0, 2.0, "coups",
        prior=Uniform(0.1, 0.3), source="nine coups in 210 state-years in West Africa")] = 0.2  # fmt: skip
    coup_floor: Annotated[float, Parameter("share", 0.0, 1.0, "capacity from which coups do not happen")] = 0.55
    coup_damage: Annotated[float, Parameter("share", 0.0, 1.0, "democracy and constraints lost in a coup")] = 0.6
    coup_turn: Annotated[float, Parameter("index", 0.0, 1.0, "preference lost when a coup government comes in",
        prior=Uniform(0.0, 0.3))] = 0.15  # fmt: skip
    transition: Annotated[float, Parameter("quarters", 1.0, 60.0, "time after which a coup government opens")] = 14.0
    capacity_return: Annotated[float, Parameter("a quarter", 0.0, 1.0, "return of capacity to its level",
        source="B3: .79 a year")] = 0.057  # fmt: skip
    capacity_noise: Annotated[float, Parameter("share a quarter", 0.0, 0.1, "change of capacity by chance",
        source="B3: .114 of a WGI unit a year")] = 0.008  # fmt: skip
    to_liberal: Annotated[float, Parameter("index", 0.0, 1.0, "democracy at which a regime counts as liberal")] = 0.70
    from_liberal: Annotated[float, Parameter("index", 0.0, 1.0, "democracy below which it no longer does")] = 0.60
    to_electoral: Annotated[float, Parameter("index", 0.0, 1.0, "democracy at which an autocracy turns")] = 0.42
    from_electoral: Annotated[float, Parameter("index", 0.0, 1.0, "democracy below which a democracy is lost")] = 0.34
    to_open: Annotated[float, Parameter("index", 0.0, 1.0,
        "democracy at which a closed autocracy holds elections")] = 0.14  # fmt: skip
    from_open: Annotated[float, Parameter("index", 0.0, 1.0, "democracy below which it no longer does")] = 0.07

    reads = ("clock.chance_from", "clock.key0", "clock.key1", "clock.quarter", "member.capacity",
             "member.capacity_home", "member.coup_government", "member.crisis", "member.democracy",
             "member.episode", "member.funds", "member.id", "member.inside", "member.judiciary",
             "member.legislature", "member.oversight", "member.preference", "member.regime", "shock.coup")  # fmt: skip
    writes = ("member.capacity", "member.coup_government", "member.democracy", "member.episode",
              "member.judiciary", "member.legislature", "member.preference", "member.regime",
              "member.term_clock")  # fmt: skip


def drift(member: Member, clock: Clock, regime: Regime) -> None:
    """World: an episode begins, moves democracy and the constraints that go with it, and ends."""
    if member.episode == 0:
        draw = uniform(clock, member.id, ONSET, 0) * QUARTERS_PER_YEAR
        down = 0.0 if member.regime == CLOSED_AUTOCRACY else regime.eroding
        if member.regime == LIBERAL_DEMOCRACY:
            down *= regime.consolidated
        up = 0.0 if member.regime == LIBERAL_DEMOCRACY or member.coup_government > 0.0 else regime.opening
        if member.inside != 0:
            down *= exp(-regime.watched * member.oversight)
            paid = ratio(member.funds, member.funds + regime.half_funds)
            support = (regime.recognized + (1.0 - regime.recognized) * paid) * (1.0 - member.oversight)
            up *= exp(-regime.propping * (support - regime.recognized))
        if draw < down:
            member.episode = -1
        elif draw < down + up:
            member.episode = 1
        return
    change = member.episode * regime.step * max(0.0, 1.0 + normal(clock, member.id, PACE, 0))
    member.democracy = clip(member.democracy + change, 0.0, 1.0)
    member.legislature = clip(member.legislature + change, 0.0, 1.0)
    member.judiciary = clip(member.judiciary + change, 0.0, 1.0)
    if uniform(clock, member.id, END, 0) < regime.ending:
        member.episode = 0
    _classify(member, regime)


def _classify(member: Member, regime: Regime) -> None:
    if member.episode < 0:
        if member.regime == LIBERAL_DEMOCRACY and member.democracy < regime.from_liberal:
            member.regime = ELECTORAL_DEMOCRACY
        elif member.regime == ELECTORAL_DEMOCRACY and member.democracy < regime.from_electoral:
            member.regime = ELECTORAL_AUTOCRACY
        elif member.regime == ELECTORAL_AUTOCRACY and member.democracy < regime.from_open:
            member.regime = CLOSED_AUTOCRACY
    elif member.regime == CLOSED_AUTOCRACY and member.democracy > regime.to_open:
        member.regime = ELECTORAL_AUTOCRACY
    elif member.regime == ELECTORAL_AUTOCRACY and member.democracy > regime.to_electoral:
        member.regime = ELECTORAL_DEMOCRACY
    elif member.regime == ELECTORAL_DEMOCRACY and member.democracy > regime.to_liberal:
        member.regime = LIBERAL_DEMOCRACY


def overthrow(member: Member, clock: Clock, shock: Shock, regime: Regime) -> None:
    """World: a coup comes from the calendar, or by chance where capacity is low and times are hard."""
    struck = shock.coup > 0.0
    if clock.quarter >= clock.chance_from and member.regime != LIBERAL_DEMOCRACY:
        rate = regime.coup_rate * max(regime.coup_floor - member.capacity, 0.0) * (1.0 + member.crisis)
        struck = struck or uniform(clock, member.id, COUP, 0) * QUARTERS_PER_YEAR < rate
    if struck:
        member.coup_government = 1.0
        member.episode = 0
        member.regime = CLOSED_AUTOCRACY
        member.democracy *= 1.0 - regime.coup_damage
        member.legislature *= 1.0 - regime.coup_damage
        member.judiciary *= 1.0 - regime.coup_damage
        member.preference = clip(member.preference - regime.coup_turn, -1.0, 1.0)
    elif member.coup_government > 0.0:
        member.coup_government += 1.0
        if member.coup_government > regime.transition:
            member.coup_government = 0.0
            member.episode = 1
            member.regime = ELECTORAL_AUTOCRACY
            member.term_clock = 1.0


def wear(member: Member, clock: Clock, regime: Regime) -> None:
    """World: capacity varies and returns to its level."""
    if member.capacity > 0.0:
        back = regime.capacity_return * (member.capacity_home - member.capacity)
        noise = regime.capacity_noise * normal(clock, member.id, CAPACITY, 0)
        member.capacity = clip(member.capacity + back + noise, 0.0, 1.0)
