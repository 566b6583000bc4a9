"""Communities that were not heard may halt a project until they are paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.chance import purpose, uniform
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import IN_FORCE, Area, Clock, Measure, Organization

HALT: Final = purpose("challenge.halt")


@dataclass(frozen=True, kw_only=True)
class Challenge(Force):
    """Where a measure is visible and divides, and no forum was used, it may be halted for a time, and compensated.

    Names     local opposition to infrastructure, inspection panels, social license
    Evidence  assumption (mechanisms.md, section 1: communities challenge projects)
    """

    rate: Annotated[float, Parameter("a quarter", 0.0, 0.5, "hazard at full visibility and conflict, with nobody heard",
        prior=Uniform(0.003, 0.03))] = 0.012  # fmt: skip
    length: Annotated[float, Parameter("quarters", 1.0, 40.0, "length of a halt", prior=Uniform(2.0, 8.0))] = 4.0
    compensation: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost of a halted measure of full depth",
        prior=Uniform(0.002, 0.02))] = 0.01  # fmt: skip

    reads = ("area.conflict", "area.visibility", "clock.key0", "clock.key1", "clock.quarter",
             "measure.depth", "measure.halted", "measure.open_work", "measure.serial", "measure.stage",
             "measure.uptake", "org.requested")  # fmt: skip
    writes = ("measure.halted", "org.requested")


def compensate(measure: Measure, org: Organization, challenge: Challenge) -> None:
    """Plan: while a project is halted, the communities are paid."""
    org.requested += challenge.compensation * measure.depth


def halt(measure: Measure, area: Area, clock: Clock, challenge: Challenge) -> None:
    """Implementation: work that is under way may be stopped; a halt runs out."""
    if measure.halted > 0.0:
        measure.halted = max(measure.halted - 1.0, 0.0)
    elif measure.stage == IN_FORCE and measure.open_work > 0.0:
        chance = challenge.rate * area.visibility * area.conflict * (1.0 - measure.uptake)
        if uniform(clock, measure.serial, HALT, 0) < chance:
            measure.halted = challenge.length
