"""Drafting decides what can be agreed: consensus sinks to the lowest practice, and no text fits every constitution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip
from comity.chance import purpose, uniform
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import DRAFT, Area, Clock, Measure, Member, Organization, Post, Stake
from comity.world.organization import lone_no

FIT: Final = purpose("drafting.fit")


@dataclass(frozen=True, kw_only=True)
class Drafting(Force):
    """Under consensus depth falls to the lowest practice plus what side payments buy; misfit grows with distance.

    Names     selection effect, least common denominator (Downs, Rocke and Barsoom 1996), goodness of fit
    Evidence  C10; mechanisms.md, section 2 (selection) and decision (a): misfit .2 in the African Union, .1 in the EU
    """

    tolerance: Annotated[float, Parameter("depth", 0.0, 1.0, "depth beyond the lowest practice that consensus bears",
        prior=Uniform(0.05, 0.3))] = 0.15  # fmt: skip
    left_behind: Annotated[float, Parameter("depth", 0.0, 1.0,
        "further depth that is borne where half of the states can be outvoted")] = 1.0  # fmt: skip
    bought: Annotated[float, Parameter("depth", 0.0, 1.0, "further depth that full side payments buy",
        prior=Uniform(0.0, 0.4))] = 0.2  # fmt: skip
    misfit: Annotated[float, Parameter("share", 0.0, 1.0, "misfit of a text with a state of mean regime",
        source="mechanisms.md, decision (b)")] = 0.10  # fmt: skip
    distance: Annotated[float, Parameter("share for each unit of democracy", 0.0, 2.0, "misfit from a differing regime",
        prior=Uniform(0.2, 1.0))] = 0.6  # fmt: skip
    tailored: Annotated[float, Parameter("share", 0.0, 1.0, "misfit that full tailoring removes")] = 0.6

    reads = ("area.lowest_practice", "clock.key0", "clock.key1", "clock.quarter", "measure.age",
             "measure.delay", "measure.depth", "measure.serial", "measure.stage", "measure.tailoring",
             "member.democracy", "member.id", "member.inside", "org.democracy", "org.required",
             "org.rule", "org.side_payments", "stake.practice")  # fmt: skip
    writes = ("area.lowest_practice", "measure.age", "measure.delay", "measure.depth", "measure.news",
              "measure.vote_now", "post.misfit")  # fmt: skip


def forget_lowest(area: Area) -> None:
    """Drafting: the lowest practice is looked for anew."""
    area.lowest_practice = 1.0


def find_lowest(stake: Stake, member: Member, area: Area) -> None:
    """Drafting: the lowest practice of any state inside."""
    if member.inside != 0:
        area.lowest_practice = min(area.lowest_practice, stake.practice)


def compromise(measure: Measure, area: Area, org: Organization, drafting: Drafting) -> None:
    """Drafting: under consensus a text is no deeper than the least willing can bear."""
    if measure.stage == DRAFT and measure.age == 0:
        borne = area.lowest_practice + drafting.tolerance + drafting.bought * org.side_payments
        borne += drafting.left_behind * (1.0 - lone_no(org))
        measure.depth = min(measure.depth, clip(borne, 0.0, 1.0))


def fit(post: Post, member: Member, measure: Measure, org: Organization, clock: Clock, drafting: Drafting) -> None:
    """Drafting: a text fits some constitutions and not others; tailoring closes part of the gap."""
    if measure.stage == DRAFT and measure.age == 0:
        expected = drafting.misfit + drafting.distance * abs(member.democracy - org.democracy)
        drawn = 2.0 * expected * uniform(clock, member.id, FIT, measure.serial)
        post.misfit = clip(drawn * (1.0 - drafting.tailored * measure.tailoring), 0.0, 1.0)


def come_up(measure: Measure) -> None:
    """Drafting: when its time has come, the text goes to the vote."""
    measure.age += 1
    measure.vote_now = 0
    measure.news = 0
    if measure.stage == DRAFT:
        measure.delay = max(measure.delay - 1.0, 0.0)
        if measure.delay <= 0.0:
            measure.vote_now = 1
