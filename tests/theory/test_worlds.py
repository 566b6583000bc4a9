"""Five worlds of ten states, worked out by hand in the design, come out of the rules of integration and respect.

The founding text can lose (the last two), and doing nothing does not win: what was wanted and not had counts too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from comity import scenario
from comity.arithmetic import clip
from comity.outcomes import integration, respect, respect_worst_tenth
from comity.quarter import RULEBOOK
from comity.tables import Size, World

STATES, CLOSE = 10, 0.06
AREAS = scenario.load("eu").resolved["areas"]
RELUCTANCE = np.linspace(0.0, 1.0, STATES)
"""From the keenest state to the most reluctant."""


@dataclass(frozen=True)
class Design:
    """What a union asks, what is done of it, and how: the last four at the keenest and at the most reluctant state."""

    keenest: float  # preference of the keenest government; the most reluctant lies .74 below
    done: tuple[float, float]
    asked: tuple[float, float]
    misfit: float = 0.0
    outvoted: tuple[float, float] = (0.0, 0.0)
    overload: float = 0.0
    coercion: tuple[float, float] = (0.0, 0.0)
    integration: float = 0.0
    respect: float = 0.0
    worst: float = 0.0


WORLDS = {
    "nothing adopted": Design(0.30, (0.0, 0.0), (0.0, 0.0), integration=0.0, respect=0.71, worst=0.56),
    "rigid, obeyed, resented": Design(
        0.30, (0.8, 0.8), (0.8, 0.8), misfit=0.3, outvoted=(0.1, 0.6), overload=0.4, coercion=(0.3, 1.0),
        integration=0.80, respect=0.24, worst=0.12,
    ),
    "a la carte": Design(
        0.30, (0.34, 0.21), (0.34, 0.21), misfit=0.19, overload=0.12, integration=0.24, respect=0.77, worst=0.73
    ),
    "the same rigid union where it is wanted": Design(
        1.20, (0.8, 0.8), (0.8, 0.8), misfit=0.3, integration=0.80, respect=0.79, worst=0.76
    ),
    "slow respectful package where much is wanted": Design(
        1.20, (0.22, 0.18), (0.22, 0.18), misfit=0.12, overload=0.06, integration=0.19, respect=0.56, worst=0.51
    ),
}  # fmt: skip


def between(ends: tuple[float, float], state: int) -> float:
    """The value of a state, from the keenest to the most reluctant."""
    return float(ends[0] + (ends[1] - ends[0]) * RELUCTANCE[state])


def built(design: Design) -> World:
    """The world of one quarter: areas as shipped, ties alike, ideals as the twin would have written them down."""
    made = World(RULEBOOK, Size(STATES, len(AREAS), 1))
    made.ties["weight"] = (1.0 - np.eye(STATES)) / (STATES - 1)
    for key, declared in respect.Respect.parameters().items():
        made.params[0].respect[key] = declared.default
    for row, said in enumerate(AREAS.values()):
        for column in ("weight", "benefit", "sensitivity", "network"):
            made.areas[column][row] = said[column]
    for i in range(STATES):
        member = made.members[i]
        member.founding, member.inside, member.population = 1, 1, 1.0
        member.preference = clip(design.keenest - 0.74 * float(RELUCTANCE[i]), -1.0, 1.0)
        # publics lean as their governments do
        member.identity, member.trust = 0.5, clip(0.5 + member.preference, 0.0, 1.0)
        member.outvoted, member.overload = between(design.outvoted, i), design.overload
        member.coercion = between(design.coercion, i)
        for a in range(len(AREAS)):
            stake = made.stakes[i, a]
            stake.implemented, stake.asked = between(design.done, i), between(design.asked, i)
            stake.bound, stake.settled_misfit = 1.0, design.misfit
    for i in range(STATES):
        for a in range(len(AREAS)):
            others = (made.ties[i, j].weight * min(made.stakes[i, a].implemented, made.stakes[j, a].implemented)
                      for j in range(STATES) if j != i)  # fmt: skip
            made.stakes[i, a].shared = sum(others)
    return made


def judged(design: Design) -> tuple[float, float, float]:
    """Integration, respect, and respect for the worst tenth, by the plain rules of one quarter."""
    made = built(design)
    tally = made.tallies[0]
    made.clock[0].horizon, made.clock[0].twin = 1, 1
    pairs = [(i, a) for i in range(STATES) for a in range(len(AREAS))]
    for i, a in pairs:
        respect.wish(made.ideals[0, i, a], made.members[i], made.areas[a], made.clock[0])
    integration.begin(tally)
    respect.begin(tally)
    for i in range(STATES):
        respect.forget(made.members[i])
        integration.census(made.members[i], tally)
    for i, a in pairs:
        integration.add(made.members[i], made.stakes[i, a], made.areas[a], tally)
        respect.compare(made.ideals[0, i, a], made.members[i], made.stakes[i, a], made.areas[a])
    for i in range(STATES):
        respect.judge(made.members[i], tally, made.params[0].respect)
    integration.keep(made.clock[0], tally)
    respect.keep(tally)
    worst = respect_worst_tenth.RespectWorstTenth.finish(made.members, tally)
    return integration.Integration.finish(tally), respect.Respect.finish(tally), worst


@pytest.mark.parametrize("name", WORLDS)
def test_a_world_worked_out_by_hand_comes_out_of_the_rules(name: str) -> None:
    design = WORLDS[name]
    found = judged(design)
    assert found == pytest.approx((design.integration, design.respect, design.worst), abs=CLOSE)


def test_doing_nothing_does_not_win_and_the_founding_text_can_lose() -> None:
    level = {name: judged(design) for name, design in WORLDS.items()}
    nothing, cruel, menu, wanted, slow = level.values()
    assert cruel[1] < slow[1] < nothing[1] < menu[1] < wanted[1]
    assert nothing[0] < slow[0] < menu[0] < wanted[0] == cruel[0]
    assert all(worst <= mean for _, mean, worst in level.values())


def test_respect_is_whole_where_what_is_had_is_what_was_wanted() -> None:
    calm = built(WORLDS["nothing adopted"])
    member: Any = calm.members[0]
    for a in range(len(AREAS)):
        ideal = calm.ideals[0, 0, a]
        ideal.government = ideal.public = 0.4
        calm.stakes[0, a].implemented = calm.stakes[0, a].asked = 0.4
        calm.stakes[0, a].settled_misfit = 0.0
    respect.forget(member)
    for a in range(len(AREAS)):
        respect.compare(calm.ideals[0, 0, a], member, calm.stakes[0, a], calm.areas[a])
    calm.tallies[0].founders = 1.0
    respect.judge(member, calm.tallies[0], calm.params[0].respect)
    assert member.respect == 1.0
