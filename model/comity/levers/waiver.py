"""A waiver lets a state bend in a crisis instead of breaking; too cheap, it spreads doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip
from comity.chance import purpose, uniform
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import BOUND, DRAFT, OPTED_OUT, QUARTERS_PER_YEAR, WAIVED, Clock, Measure, Member, Post

ASK: Final = purpose("waiver.ask")


@dataclass(frozen=True, kw_only=True)
class Waiver(Lever):
    """An escape clause in new measures; a state hit by a shock, or one that finds it convenient, may use it for a time.

    Names     escape clause, safeguard clause, derogation in emergencies
    Price     cheap waivers are overused and spread doubt about what is promised; waived measures bring nothing
    Evidence  F2, F6
    Misuse    a waiver for the asking: obligations hold only in good times
    """

    group = "flexibility"
    answers = (("crisis", 1.0), ("exit", 0.3))
    relief: Annotated[float, Parameter("logit", 0.0, 3.0, "consent won by a way to bend",
        prior=Uniform(0.2, 1.0), source="F6")] = 0.5  # fmt: skip
    need: Annotated[float, Parameter("crisis", 0.0, 1.0, "crisis from which a waiver is needed",
        prior=Uniform(0.15, 0.5))] = 0.3  # fmt: skip
    asking: Annotated[float, Parameter("a quarter", 0.0, 1.0, "use in a full crisis, on open obligations",
        prior=Uniform(0.1, 0.5))] = 0.3  # fmt: skip
    settled: Annotated[float, Parameter("ratio", 0.0, 1.0, "the same on obligations already met")] = 0.2
    abuse: Annotated[float, Parameter("a quarter", 0.0, 1.0, "use without need where waivers are free",
        prior=Uniform(0.05, 0.25))] = 0.12  # fmt: skip
    years: Annotated[float, Parameter("years", 0.25, 10.0, "length of a waiver")] = 1.5
    protection: Annotated[float, Parameter("share", 0.0, 1.0, "failed protection that a waiver makes good",
        prior=Uniform(0.2, 0.9))] = 0.6  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "measure.age", "measure.escape",
             "measure.serial", "measure.stage", "member.crisis", "member.id", "post.flexibility",
             "post.form", "post.gap", "post.implemented", "post.rung", "post.scope")  # fmt: skip
    writes = ("measure.escape", "member.safety", "post.flexibility", "post.overdue", "post.rung",
              "post.waiver_left")  # fmt: skip


def provide(measure: Measure, waiver: Waiver) -> None:
    """Drafting: how easily a new measure can be waived."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.escape = waiver.strength


def ease(post: Post, measure: Measure, waiver: Waiver) -> None:
    """Consent: a commitment that can bend is easier to take, and deeper ones are taken (F6)."""
    post.flexibility += waiver.relief * measure.escape


def shelter(member: Member, waiver: Waiver) -> None:
    """Valves: in a crisis the organization has something to offer."""
    member.safety = clip(waiver.protection * waiver.strength, 0.0, 1.0)


def use(post: Post, member: Member, measure: Measure, clock: Clock, waiver: Waiver) -> None:
    """Valves: need, or convenience where waivers are cheap, suspends an obligation for a time."""
    if post.rung != BOUND or measure.escape <= 0.0 or post.form == OPTED_OUT:
        return
    needed = waiver.asking * max(member.crisis - waiver.need, 0.0) * measure.escape
    cheap = waiver.abuse * measure.escape * measure.escape * measure.escape * post.gap
    chance = (waiver.settled if post.implemented >= post.scope else 1.0) * (needed + cheap)
    if chance > 0.0 and uniform(clock, member.id, ASK, measure.serial) < chance:
        post.rung = WAIVED
        post.waiver_left = QUARTERS_PER_YEAR * waiver.years
        post.overdue = 0
