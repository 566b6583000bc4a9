"""Entry into force is an act of its own: at adoption, each for itself, at a threshold, or when all incorporate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import ratio
from comity.mechanism import Force
from comity.parameter import Parameter
from comity.world import (
    ALL,
    BOUND,
    EACH,
    EMPTY,
    IN_FORCE,
    NOT_PARTY,
    OPEN,
    PARTY,
    THRESHOLD,
    Clock,
    Measure,
    Organization,
    Post,
)

SLACK: Final = 1e-9
"""What rounding may take from a share of whole states."""


@dataclass(frozen=True, kw_only=True)
class Entry(Force):
    """Parties are counted; a measure enters into force by its organization's rule, or is given up.

    Names     entry into force, incorporation (Ouro Preto, art. 40), ratification threshold
    Evidence  R1 (all must incorporate: an ex-post veto), R7; mechanisms.md, fault 4
    """

    patience: Annotated[float, Parameter("quarters", 4.0, 200.0, "time after which an open measure is given up",
        source="the slow tail of R7")] = 60.0  # fmt: skip
    summit: Annotated[float, Parameter("quarter of the year, from 0", 0.0, 3.0, "when summits are held",
        source="R7: July 2019")] = 2.0  # fmt: skip

    reads = ("clock.season", "measure.age", "measure.due", "measure.open_work", "measure.parties",
             "measure.since_force", "measure.stage", "org.entered", "org.entry", "org.entry_threshold",
             "org.inside", "post.rung")  # fmt: skip
    writes = ("clock.summit", "measure.news", "measure.open_work", "measure.parties",
              "measure.since_force", "measure.stage", "org.entered", "post.due_in", "post.fresh",
              "post.rung")  # fmt: skip


def summon(clock: Clock, entry: Entry) -> None:
    """Plan: summits come round, and with them the ceremonies at which instruments are deposited."""
    clock.summit = 1 if clock.season == int(entry.summit) else 0


def recount(measure: Measure) -> None:
    """Consent: parties are counted anew."""
    measure.parties = 0.0


def count_parties(post: Post, measure: Measure, org: Organization) -> None:
    """Consent: each party counts once."""
    if post.rung != NOT_PARTY:
        measure.parties = min(measure.parties + ratio(1.0, float(org.inside)), 1.0)


def enter(measure: Measure, org: Organization, entry: Entry) -> None:
    """Consent: the rule of entry decides when an open measure is law."""
    if measure.stage == IN_FORCE:
        measure.since_force += 1.0
    if measure.stage != OPEN:
        return
    some = measure.parties > 0.0
    each = org.entry == EACH and some
    enough = org.entry == THRESHOLD and some and measure.parties >= org.entry_threshold - SLACK
    complete = org.entry == ALL and measure.parties >= 1.0 - SLACK
    if each or enough or complete:
        measure.stage = IN_FORCE
        measure.since_force = 0.0
        org.entered += 1
    elif measure.age > entry.patience:
        measure.stage = EMPTY


def take_effect(post: Post, measure: Measure) -> None:
    """Consent: in force, a measure binds its parties, and their time to implement begins."""
    if measure.stage == IN_FORCE and post.rung == PARTY:
        post.rung = BOUND
        post.fresh = 1
        post.due_in = measure.due
        measure.news = 1
        measure.open_work += 1.0
