"""What is settled is folded into the acquis, so that nothing is lost and nothing grows without end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import exp, log, ratio
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import (
    BOUND,
    EMPTY,
    IN_FORCE,
    NOT_PARTY,
    WAIVED,
    Area,
    Measure,
    Member,
    Organization,
    Post,
    Stake,
)

DONE: Final = 1e-9
MOST: Final = 0.995
"""Of an area that is all regulated, as far as a logarithm can tell."""
FIVE_YEARS: Final = 20


@dataclass(frozen=True, kw_only=True)
class Acquis(Force):
    """A member's integration in an area saturates in the depth that it truly implements; new law partly replaces old.

    Names     acquis communautaire, depth of integration
    Evidence  A0 is one constant for the world, set so that trade in the EU of 2010 is .8 (mechanisms.md, section 2);
              turnover of the acquis about .04 a year (fault 3)
    """

    scale: Annotated[float, Parameter("depth", 0.1, 1000.0, "A0: depth in force that brings an area to 1 - 1/e",
        source="80 units of depth in the EU acquis of 2010; mechanisms.md, section 5")] = 17.3  # fmt: skip
    lagging: Annotated[float, Parameter("share of the acquis", 0.0, 1.0,
        "not truly done at the start by a state without capacity",
        prior=Uniform(0.1, 0.5))] = 0.25  # fmt: skip
    lasting: Annotated[float, Parameter("quarters", 4.0, 200.0,
        "time in force after which a measure is settled in any case")] = 32.0  # fmt: skip

    reads = ("area.integration", "area.opening_acquis", "measure.adds", "measure.age", "measure.depth",
             "measure.due", "measure.folding", "measure.loose", "measure.news", "measure.open_work",
             "measure.since_force", "measure.stage", "measure.sunset", "measure.working",
             "member.capacity", "member.inside", "org.aged", "org.everywhere", "org.inside",
             "org.mean_capacity", "post.against", "post.fresh", "post.implemented", "post.misfit",
             "post.patience", "post.rung", "post.scope", "stake.bound", "stake.implemented",
             "stake.live", "stake.live_bound", "stake.live_loose", "stake.live_misfit",
             "stake.live_outvoted", "stake.settled", "stake.settled_loose", "stake.settled_misfit",
             "stake.settled_outvoted")  # fmt: skip
    writes = ("area.integration", "measure.adds", "measure.folding", "measure.open_work", "measure.stage",
              "measure.working", "org.aged", "org.everywhere", "post.fresh", "stake.asked", "stake.bound",
              "stake.implemented", "stake.live", "stake.live_bound", "stake.live_loose",
              "stake.live_misfit", "stake.live_outvoted", "stake.loose", "stake.settled",
              "stake.settled_loose", "stake.settled_misfit", "stake.settled_outvoted")  # fmt: skip


def inherit(stake: Stake, member: Member, area: Area, org: Organization, acquis: Acquis) -> None:
    """Founding: the acquis binds all members alike; weak administrations have not done all of it."""
    if member.inside == 0:
        return
    missing = max(org.mean_capacity - member.capacity, 0.0)
    stake.bound = -acquis.scale * log(1.0 - min(area.opening_acquis, MOST))
    stake.settled = stake.bound * max(1.0 - acquis.lagging * missing, 0.0)


def forget_live(stake: Stake) -> None:
    """Acquis: live measures are added up anew."""
    stake.live = 0.0
    stake.live_bound = 0.0
    stake.live_misfit = 0.0
    stake.live_outvoted = 0.0
    stake.live_loose = 0.0


def forget_work(measure: Measure, area: Area) -> None:
    """Acquis: open work is counted anew; in its first quarter a law is told how much of it is new."""
    measure.open_work = 0.0
    measure.working = 0.0
    if measure.stage == IN_FORCE and measure.news != 0 and measure.since_force <= 1.0:
        measure.adds = 1.0 - area.integration


def renew_law(post: Post, stake: Stake, measure: Measure, member: Member) -> None:
    """Acquis: on the day it binds, a new law repeals what it replaces."""
    if post.fresh != 0 and post.rung != NOT_PARTY:
        post.fresh = 0
        old = stake.bound
        gone = min(measure.depth * post.scope * (1.0 - measure.adds), old)
        kept = 1.0 - ratio(gone, old)
        stake.settled *= kept
        stake.settled_misfit *= kept
        stake.settled_outvoted *= kept
        stake.settled_loose *= kept
        stake.bound = old - gone


def add_live(post: Post, stake: Stake, measure: Measure, member: Member, org: Organization) -> None:
    """Acquis: what is in force and truly done counts, as far as it applies."""
    if post.rung == NOT_PARTY or measure.stage != IN_FORCE:
        return
    if post.rung == BOUND:
        bound = measure.depth * post.scope
        stake.live += measure.depth * post.implemented
        stake.live_bound += bound
        stake.live_misfit += bound * post.misfit
        stake.live_outvoted += bound * post.against
        stake.live_loose += measure.depth * post.implemented * measure.loose
        measure.working = min(measure.working + post.implemented * ratio(1.0, float(org.inside)), 1.0)
    if (post.rung == BOUND and post.implemented < post.scope - DONE) or post.rung == WAIVED or post.patience > 0.0:
        measure.open_work += 1.0


def settle(measure: Measure, org: Organization, acquis: Acquis) -> None:
    """Acquis: a measure that has nothing left to decide is marked to be folded; at five years its reach is noted."""
    measure.folding = 0
    if measure.stage == IN_FORCE and measure.sunset <= 0.0:
        done = measure.open_work <= 0.0 and measure.since_force >= measure.due
        if done or measure.since_force >= acquis.lasting:
            measure.folding = 1
    old = measure.age == FIVE_YEARS
    if old or (measure.folding != 0 and measure.age < FIVE_YEARS):
        org.aged += 1
        org.everywhere += 1 if measure.working >= 1.0 - DONE else 0


def fold(post: Post, stake: Stake, measure: Measure, member: Member) -> None:
    """Acquis: its depth goes into the totals of the area, and its slot will be free."""
    if measure.folding != 0 and post.rung == BOUND:
        bound = measure.depth * post.scope
        stake.settled += measure.depth * post.implemented
        stake.bound += bound
        stake.settled_misfit += bound * post.misfit
        stake.settled_outvoted += bound * post.against
        stake.settled_loose += measure.depth * post.implemented * measure.loose
        stake.live = max(stake.live - measure.depth * post.implemented, 0.0)
        stake.live_bound = max(stake.live_bound - bound, 0.0)
        stake.live_misfit = max(stake.live_misfit - bound * post.misfit, 0.0)
        stake.live_outvoted = max(stake.live_outvoted - bound * post.against, 0.0)
        stake.live_loose = max(stake.live_loose - measure.depth * post.implemented * measure.loose, 0.0)


def free(measure: Measure) -> None:
    """Acquis: a folded measure leaves its slot."""
    if measure.folding != 0:
        measure.stage = EMPTY
        measure.folding = 0


def saturate(stake: Stake, acquis: Acquis) -> None:
    """Acquis: the index of what is implemented, of what is asked, and of how far versions of the law differ."""
    stake.implemented = 1.0 - exp(-(stake.settled + stake.live) / acquis.scale)
    stake.asked = 1.0 - exp(-(stake.bound + stake.live_bound) / acquis.scale)
    stake.loose = min(ratio(stake.settled_loose + stake.live_loose, stake.settled + stake.live), 1.0)


def forget_area(area: Area) -> None:
    """Acquis: the area's mean is taken anew."""
    area.integration = 0.0


def average_area(area: Area, stake: Stake, member: Member, org: Organization) -> None:
    """Acquis: mean integration of the states inside."""
    if member.inside != 0:
        area.integration = min(area.integration + stake.implemented * ratio(1.0, float(org.inside)), 1.0)
