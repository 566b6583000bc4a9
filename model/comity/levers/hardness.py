"""Hard law obliges more than soft law, and is signed and borne less gladly."""

from __future__ import annotations

from dataclasses import dataclass

from comity.mechanism import Lever
from comity.world import DRAFT, Measure


@dataclass(frozen=True, kw_only=True)
class Hardness(Lever):
    """The strength is the hardness of every measure tabled from now on: obligation, and sanction once found in breach.

    Names     hard and soft law (Abbott and Snidal 2000), obligation
    Price     specific, hard obligations are joined less (C15); sanctions are acts of coercion
    Evidence  R12, C15
    Misuse    hard law where practice is far below it: refusals under consensus, coercion under majority
    """

    group = "obligation"
    answers = (("will", 0.4), ("consent", -0.5), ("exit", -0.4))
    reads = ("measure.age", "measure.hardness", "measure.stage")
    writes = ("measure.hardness",)


def harden(measure: Measure, hardness: Hardness) -> None:
    """Drafting: a new measure is as hard as the organization wants it now."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.hardness = max(measure.hardness, hardness.strength)
