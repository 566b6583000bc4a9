"""More and deeper measures a year carry a union further, until administrations and publics can no longer follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import DRAFT, QUARTERS_PER_YEAR, Measure, Member, Organization


@dataclass(frozen=True, kw_only=True)
class Pace(Lever):
    """The agenda moves faster and aims deeper than the region's own pace and depth.

    Names     ambition, agenda overload, politicization (Hooghe and Marks 2009)
    Price     overload where capacity is low; depth beyond practice; what moves fast is fought over in public
    Evidence  assumption; C8 for politicization and its consequences
    Misuse    speed in a region of weak administrations: law on paper
    """

    group = "decision"
    for_all = True
    faster: Annotated[float, Parameter("ratio", 0.0, 5.0, "measures a year added at full strength",
        prior=Uniform(0.5, 1.5))] = 1.0  # fmt: skip
    deeper: Annotated[float, Parameter("ratio", 0.0, 2.0, "depth added at full strength",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip
    politicized: Annotated[float, Parameter("trust a quarter", 0.0, 0.05,
        "trust lost at full strength where attachment is exclusively national",
        prior=Uniform(0.0, 0.006))] = 0.003  # fmt: skip

    reads = ("measure.age", "measure.depth", "measure.stage", "member.identity", "member.procedure",
             "org.agenda", "org.pace")  # fmt: skip
    writes = ("measure.depth", "member.procedure", "org.agenda")


def hasten(org: Organization, pace: Pace) -> None:
    """Plan: more is put on the agenda than the region's own pace would."""
    org.agenda += pace.faster * pace.strength * org.pace / QUARTERS_PER_YEAR


def politicize(member: Member, pace: Pace) -> None:
    """Plan: what moves fast is noticed, and those who feel national only like it least."""
    member.procedure -= pace.politicized * pace.strength * pace.strength * member.identity


def deepen(measure: Measure, pace: Pace) -> None:
    """Drafting: the text aims deeper."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.depth = clip(measure.depth * (1.0 + pace.deeper * pace.strength), 0.0, 1.0)
