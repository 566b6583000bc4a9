"""What a scenario tells its organization to do, and when, is done once a year on what the organization knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from comity.arithmetic import clip
from comity.mechanism import Force
from comity.world import Instruction, Organization
from comity.world.steering import LOWER, SET


@dataclass(frozen=True, kw_only=True)
class Instructions(Force):
    """Lines such as `when: trust < 0.35, then: raise grievance`, read in their order; the next quarter feels them.

    Names     policy rules, feedback rules, rule-based governance
    Evidence  assumption: what it is told it does
    """

    reads = ("instruction.above0", "instruction.above1", "instruction.above2", "instruction.act",
             "instruction.amount", "instruction.change0", "instruction.change1", "instruction.change2",
             "instruction.holds", "instruction.level0", "instruction.level1", "instruction.level2",
             "instruction.lever", "instruction.signal0", "instruction.signal1", "instruction.signal2",
             "org.moved", "pulls.high", "pulls.low", "pulls.planned", "pulls.shift", "signals.before",
             "signals.now", "signals.readings")  # fmt: skip
    writes = ("instruction.holds", "org.moved", "pulls.moved", "pulls.shift")


def _holds(row: int, above: int, change: int, level: float, signals: Any) -> bool:
    if row < 0:
        return True
    if signals[row].readings <= change:
        return False  # nothing was read yet, or nothing to compare it with
    seen = signals[row].now - (signals[row].before if change != 0 else 0.0)
    return bool(seen > level if above != 0 else seen < level)


def open_year(org: Organization) -> None:
    """Governance: the moves of the year are added up anew."""
    org.moved = 0.0


def obey(instruction: Instruction, signals: Any, pulls: Any, org: Organization) -> None:
    """Governance: where all conditions hold, the lever is moved, within its scale."""
    if instruction.lever < 0:
        return
    first = _holds(instruction.signal0, instruction.above0, instruction.change0, instruction.level0, signals)
    second = _holds(instruction.signal1, instruction.above1, instruction.change1, instruction.level1, signals)
    third = _holds(instruction.signal2, instruction.above2, instruction.change2, instruction.level2, signals)
    instruction.holds = 1 if first and second and third else 0
    if instruction.holds == 0:
        return
    row = instruction.lever
    low, high = pulls[row].low, pulls[row].high
    stands = clip(pulls[row].planned + pulls[row].shift, low, high)
    if instruction.act == SET:
        wanted = instruction.amount
    elif instruction.act == LOWER:
        wanted = stands - instruction.amount
    else:
        wanted = stands + instruction.amount
    goes = clip(wanted, low, high)
    pulls[row].moved = goes - stands
    pulls[row].shift = goes - pulls[row].planned
    org.moved += abs(goes - stands)
