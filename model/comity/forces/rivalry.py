"""States see a threat in neighbors whose regimes differ or who are at war, and guard their sovereignty the more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip
from comity.chance import normal, purpose, uniform
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import QUARTERS_PER_YEAR, Area, Clock, Measure, Member, Post, Tie

MOOD: Final = purpose("rivalry.stir")
INCIDENT: Final = purpose("rivalry.clash")
STEEPEST: Final = 60.0


@dataclass(frozen=True, kw_only=True)
class Rivalry(Force):
    """Threat lingers, and is fed by regime distance and conflict next door; incidents are rare.

    What a state sees in all its neighbors together is kept with the state. The sovereignty cost is zero at the
    threat of the first day.

    Names     security dilemma, interstate rivalry, democratic peace
    Evidence  sign only (mechanisms.md, section 1)
    """

    regime: Annotated[float, Parameter("share for each unit of democracy", 0.0, 2.0,
        "threat seen in a neighbor whose regime differs",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip
    conflict: Annotated[float, Parameter("share", 0.0, 2.0, "threat seen in a neighbor at war",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip
    returning: Annotated[float, Parameter("a quarter", 0.0, 1.0, "speed at which threat follows its causes",
        prior=Uniform(0.04, 0.15))] = 0.08  # fmt: skip
    noise: Annotated[float, Parameter("share a quarter", 0.0, 0.2, "misperception by chance")] = 0.01
    sovereignty: Annotated[float, Parameter("ratio", 0.0, 10.0,
        "sovereignty cost that full threat adds, against sensitivity times depth",
        prior=Uniform(0.0, 1.0))] = 0.5  # fmt: skip
    incidents: Annotated[float, Parameter("a year", 0.0, 2.0, "incidents under full threat",
        prior=Uniform(0.05, 0.3))] = 0.15  # fmt: skip
    setback: Annotated[float, Parameter("points a year", 0.0, 10.0, "growth lost by an incident")] = 0.5
    alarm: Annotated[float, Parameter("trust", 0.0, 0.1, "trust lost by an incident that nobody prevented",
        prior=Uniform(0.0, 0.01))] = 0.005  # fmt: skip

    reads = ("area.sensitivity", "clock.key0", "clock.key1", "clock.quarter", "measure.depth",
             "member.democracy", "member.growth_own", "member.id", "member.rivalry",
             "member.rivalry_home", "member.shock_trust", "member.tension", "other.conflict",
             "other.democracy", "post.commitment", "tie.near")  # fmt: skip
    writes = ("member.growth_own", "member.rivalry", "member.rivalry_home", "member.shock_trust",
              "member.tension", "post.commitment")  # fmt: skip


def forget(member: Member) -> None:
    """World: what neighbors are like is looked at anew."""
    member.tension = 0.0


def look(member: Member, other: Member, tie: Tie, rivalry: Rivalry) -> None:
    """World: a neighbor of another kind, or one at war, is a worry."""
    seen = rivalry.regime * abs(member.democracy - other.democracy) + rivalry.conflict * other.conflict
    member.tension = min(member.tension + tie.near * seen, 1.0)


def begin(member: Member) -> None:
    """Founding: the threat of the first day is the usual one."""
    member.rivalry = member.tension
    member.rivalry_home = member.tension


def stir(member: Member, clock: Clock, rivalry: Rivalry) -> None:
    """World: threat follows its causes slowly, and errs."""
    moved = rivalry.returning * (member.tension - member.rivalry) + rivalry.noise * normal(clock, member.id, MOOD, 0)
    member.rivalry = clip(member.rivalry + moved, 0.0, 1.0)


def clash(member: Member, clock: Clock, rivalry: Rivalry) -> None:
    """World: under threat an incident may happen; it costs growth, and trust in an organization that let it happen."""
    if uniform(clock, member.id, INCIDENT, 0) * QUARTERS_PER_YEAR < rivalry.incidents * member.rivalry:
        member.growth_own = max(member.growth_own - rivalry.setback, -STEEPEST)
        member.shock_trust = min(member.shock_trust + rivalry.alarm, 1.0)


def guard(post: Post, member: Member, measure: Measure, area: Area, rivalry: Rivalry) -> None:
    """Consent: who feels threatened beyond the usual gives up sovereignty less gladly."""
    beyond = member.rivalry - member.rivalry_home
    cost = rivalry.sovereignty * beyond * area.sensitivity * measure.depth
    post.commitment = clip(post.commitment + cost, 0.0, 4.0)
