"""Adaptive governance moves levers after the year's figures; in good times it helps, in noise it unsettles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from comity.arithmetic import clip, ratio
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Organization, Pull
from comity.world.steering import (
    ADOPTION,
    CHALLENGERS,
    COVERAGE,
    CRISIS,
    FOR_CAPACITY,
    FOR_CONSENT,
    FOR_CRISIS,
    FOR_EXIT,
    FOR_MONEY,
    FOR_SUPPORT,
    FOR_TRUST,
    FOR_WILL,
    OVERDUE,
    OVERDUE_ABLE,
    PROBLEMS,
    THREATS,
    TRUST,
)


@dataclass(frozen=True, kw_only=True)
class Adaptive(Lever):
    """Each lever class says which problems it answers; problems beyond the usual move it, within a yearly budget.

    Names     adaptive governance, experimentalist governance (Sabel and Zeitlin 2008), policy learning
    Price     an organization that moves its levers every year is less predictable, and chases noise
    Evidence  C8 (enforcement follows support); otherwise assumption
    Misuse    large moves on small samples: levers swing, and nobody believes that anything will last
    """

    group = "decision"
    for_all = True
    step: Annotated[float, Parameter("strength a year", 0.0, 2.0, "move for a problem of one spread",
        prior=Uniform(0.1, 0.4))] = 0.25  # fmt: skip
    budget: Annotated[float, Parameter("strength a year", 0.0, 20.0, "all moves of a year together, at most")] = 1.0
    ignored: Annotated[float, Parameter("spreads", 0.0, 5.0, "problem that is put up with")] = 0.5
    fading: Annotated[float, Parameter("a year", 0.0, 1.0, "part of earlier moves that is taken back each year")] = 0.15
    unsettled: Annotated[float, Parameter("share for each unit of strength", 0.0, 1.0,
        "predictability lost by moving levers", prior=Uniform(0.01, 0.08))] = 0.03  # fmt: skip
    trust_wanted: Annotated[float, Parameter("share", 0.0, 1.0, "trust that is thought enough")] = 0.45
    trust_spread: Annotated[float, Parameter("share", 0.01, 1.0, "shortfall that counts as one problem")] = 0.1
    challengers_borne: Annotated[float, Parameter("vote share", 0.0, 1.0, "challengers that are put up with")] = 0.18
    challengers_spread: Annotated[float, Parameter("vote share", 0.01, 1.0, "excess that counts as one problem")] = 0.1
    overdue_borne: Annotated[float, Parameter("share of due obligations", 0.0, 1.0, "not even reported done")] = 0.1
    overdue_spread: Annotated[float, Parameter("share", 0.01, 1.0, "excess that counts as one problem")] = 0.15
    adoption_wanted: Annotated[float, Parameter("share of states", 0.0, 1.0, "parties to what is open")] = 0.8
    adoption_spread: Annotated[float, Parameter("share", 0.01, 1.0, "shortfall that counts as one problem")] = 0.25
    threats_spread: Annotated[float, Parameter("share of states", 0.01, 1.0, "threats that count as one problem")] = (
        0.05
    )
    crisis_spread: Annotated[float, Parameter("share", 0.01, 1.0, "mean crisis that counts as one problem")] = 0.25
    coverage_spread: Annotated[float, Parameter("share", 0.01, 1.0, "requests unpaid that count as one problem")] = 0.3

    reads = ("org.moved", "org.moves", "org.predictability", "pull.for_capacity", "pull.for_consent",
             "pull.for_crisis", "pull.for_exit", "pull.for_money", "pull.for_support", "pull.for_trust",
             "pull.for_will", "pull.high", "pull.low", "pull.moved", "pull.planned", "pull.shift",
             "pull.wanted", "signals.now", "signals.readings")  # fmt: skip
    writes = ("org.moved", "org.moves", "org.predictability", "pull.because", "pull.moved", "pull.shift",
              "pull.wanted")  # fmt: skip
    terms = PROBLEMS


def _beyond(excess: float, spread: float, ignored: float) -> float:
    return max(clip(ratio(excess, spread), 0.0, 2.0) - ignored, 0.0)


def _heavier(pull: Pull, row: int, term: float, heaviest: float) -> float:
    if abs(term) <= heaviest:
        return heaviest
    pull.because = row
    return abs(term)


def open_file(org: Organization) -> None:
    """Governance: what the problems ask for is added up anew."""
    org.moves = 0.0


def judge(pull: Pull, signals: Any, org: Organization, adaptive: Adaptive, why: Any) -> None:
    """Governance: each problem beyond the usual asks for the levers that are thought to answer it."""
    pull.because = -1
    pull.wanted = 0.0
    if signals[COVERAGE].readings == 0:
        return  # before the first year's end there is nothing to read
    spare = adaptive.ignored
    able = signals[OVERDUE_ABLE].now - 0.5 * adaptive.overdue_borne
    unable = signals[OVERDUE].now - signals[OVERDUE_ABLE].now - 0.5 * adaptive.overdue_borne
    half = 0.5 * adaptive.overdue_spread
    why.trust = pull.for_trust * _beyond(adaptive.trust_wanted - signals[TRUST].now, adaptive.trust_spread, spare)
    rise = signals[CHALLENGERS].now - adaptive.challengers_borne
    why.support = pull.for_support * _beyond(rise, adaptive.challengers_spread, spare)
    why.will = pull.for_will * _beyond(able, half, spare)
    why.capacity = pull.for_capacity * _beyond(unable, half, spare)
    stuck = adaptive.adoption_wanted - signals[ADOPTION].now
    why.consent = pull.for_consent * _beyond(stuck, adaptive.adoption_spread, spare)
    why.exit = pull.for_exit * _beyond(signals[THREATS].now, adaptive.threats_spread, spare)
    why.crisis = pull.for_crisis * _beyond(signals[CRISIS].now, adaptive.crisis_spread, spare)
    why.money = pull.for_money * _beyond(1.0 - signals[COVERAGE].now, adaptive.coverage_spread, spare)
    asked = why.trust + why.support + why.will + why.capacity
    why.logit = asked + why.consent + why.exit + why.crisis + why.money
    why.draw = 0.0
    heaviest = _heavier(pull, FOR_TRUST, why.trust, 0.0)
    heaviest = _heavier(pull, FOR_SUPPORT, why.support, heaviest)
    heaviest = _heavier(pull, FOR_WILL, why.will, heaviest)
    heaviest = _heavier(pull, FOR_CAPACITY, why.capacity, heaviest)
    heaviest = _heavier(pull, FOR_CONSENT, why.consent, heaviest)
    heaviest = _heavier(pull, FOR_EXIT, why.exit, heaviest)
    heaviest = _heavier(pull, FOR_CRISIS, why.crisis, heaviest)
    _heavier(pull, FOR_MONEY, why.money, heaviest)
    stands = clip(pull.planned + pull.shift, pull.low, pull.high)
    moved = adaptive.strength * adaptive.step * why.logit - adaptive.fading * pull.shift
    pull.wanted = clip(stands + moved, pull.low, pull.high) - stands
    org.moves += abs(pull.wanted)


def move(pull: Pull, org: Organization, adaptive: Adaptive) -> None:
    """Governance: levers go as far as the year's budget of moves allows, all alike."""
    part = min(ratio(adaptive.budget, org.moves), 1.0) if org.moves > 0.0 else 0.0
    pull.moved = part * pull.wanted
    pull.shift = clip(pull.planned + pull.shift, pull.low, pull.high) + pull.moved - pull.planned
    org.moved += abs(pull.moved)


def unsettle(org: Organization, adaptive: Adaptive) -> None:
    """Governance: who moves levers is less predictable."""
    org.predictability = clip(org.predictability - adaptive.unsettled * org.moved, 0.0, 1.0)
