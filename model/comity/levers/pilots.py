"""A trial by some teaches the others, the more so the more they are alike; a failed one deters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, ratio
from comity.chance import normal, purpose, uniform
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import DRAFT, Area, Clock, Measure, Member, Post, Stake

CHOOSE: Final = purpose("pilots.choose")
VOLUNTEER: Final = purpose("pilots.volunteer")
RESULT: Final = purpose("pilots.result")


@dataclass(frozen=True, kw_only=True)
class Pilots(Lever):
    """A share of new measures is tried out by willing states before the vote; others weigh what they saw there.

    Names     policy experimentation, pilot projects, policy learning and diffusion (Gilardi 2010)
    Price     delay; trials of what does not pay deter also those whom it would have paid
    Evidence  P7 (the experience of others encourages or deters)
    Misuse    everything is a pilot: nothing is decided, and the willing are a poor guide to the rest
    """

    group = "flexibility"
    quarters: Annotated[float, Parameter("quarters", 0.0, 40.0, "length of a trial", prior=Uniform(3.0, 8.0))] = 5.0
    volunteers: Annotated[float, Parameter("share of states", 0.0, 1.0, "states of middling will that take part",
        prior=Uniform(0.1, 0.4))] = 0.25  # fmt: skip
    alone: Annotated[float, Parameter("share", 0.0, 1.0, "network gain that a trial among few can show",
        prior=Uniform(0.2, 0.7))] = 0.4  # fmt: skip
    noise: Annotated[float, Parameter("index", 0.0, 2.0, "chance in the result of one trial",
        prior=Uniform(0.1, 0.4))] = 0.25  # fmt: skip
    heeded: Annotated[float, Parameter("ratio", 0.0, 3.0, "gain expected for each unit that trials of the like showed",
        prior=Uniform(0.4, 1.2))] = 0.8  # fmt: skip
    deterred: Annotated[float, Parameter("ratio", 1.0, 5.0, "weight of a failure against a success",
        prior=Uniform(1.0, 2.5), source="P7")] = 1.5  # fmt: skip
    success: Annotated[float, Parameter("index", -1.0, 1.0, "net benefit from which a trial counts as a success",
        prior=Uniform(0.0, 0.2))] = 0.1  # fmt: skip
    learned: Annotated[float, Parameter("share of the gap", 0.0, 1.0, "practice that a trial leaves behind",
        prior=Uniform(0.1, 0.4))] = 0.25  # fmt: skip
    regime: Annotated[float, Parameter("ratio", 0.0, 3.0, "likeness lost for each unit of democracy apart")] = 1.0
    sovereignty: Annotated[float, Parameter("index", 0.0, 5.0, "cost of full sensitivity, depth, hardness and identity",
        prior=Uniform(0.5, 2.0), source="as parties later see it: experience")] = 1.2  # fmt: skip
    misfit: Annotated[float, Parameter("index", 0.0, 5.0, "cost of full misfit", prior=Uniform(0.2, 0.8))] = 0.5
    adapting: Annotated[float, Parameter("index", 0.0, 5.0, "cost of a full gap to a state without capacity",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip

    reads = ("area.network", "area.sensitivity", "clock.key0", "clock.key1", "clock.quarter",
             "measure.age", "measure.delay", "measure.depth", "measure.hardness", "measure.serial",
             "measure.stage", "member.capacity", "member.democracy", "member.id", "member.identity",
             "member.income", "member.preference", "other.democracy", "other.income", "other_post.trial",
             "other_post.trying", "post.gain", "post.gap", "post.lesson", "post.likeness", "post.misfit",
             "stake.benefit", "stake.capacity", "stake.practice")  # fmt: skip
    writes = ("measure.delay", "measure.pilot", "post.gain", "post.lesson", "post.likeness", "post.trial",
              "post.trying", "stake.practice")  # fmt: skip


def choose(measure: Measure, clock: Clock, pilots: Pilots) -> None:
    """Drafting: as many new measures are tried out first as the lever is strong; a trial takes its time."""
    new = measure.stage == DRAFT and measure.age == 0
    if new and uniform(clock, measure.serial, CHOOSE, 0) < pilots.strength:
        measure.pilot = 1
        measure.delay += pilots.quarters


def try_out(
    post: Post, member: Member, measure: Measure, area: Area, stake: Stake, clock: Clock, pilots: Pilots
) -> None:
    """Consent: by the vote the willing have tried, each with its own result, and some of it has become practice."""
    chance = pilots.volunteers * (1.0 + member.preference)
    if uniform(clock, member.id, VOLUNTEER, measure.serial) >= chance:
        return
    weak = 1.0 - min(member.capacity + stake.capacity, 1.0)
    brings = stake.benefit * (1.0 - area.network + area.network * pilots.alone)
    bound = area.sensitivity * measure.depth * measure.hardness * member.identity
    costs = pilots.sovereignty * bound + pilots.misfit * post.misfit + pilots.adapting * post.gap * weak
    post.trying = 1
    post.trial = clip(brings - costs + pilots.noise * normal(clock, member.id, RESULT, measure.serial), -4.0, 4.0)
    stake.practice = min(stake.practice + pilots.learned * post.gap, 1.0)


def watch(post: Post, other_post: Post, member: Member, other: Member, measure: Measure, pilots: Pilots) -> None:
    """Consent: what happened to another counts as far as it is alike in regime and income."""
    if other_post.trying == 0:
        return
    apart = pilots.regime * abs(member.democracy - other.democracy)
    like = max(1.0 - apart, 0.0) * ratio(min(member.income, other.income), max(member.income, other.income))
    result = other_post.trial - pilots.success
    if result < 0.0:
        result *= pilots.deterred
    post.lesson += like * result
    post.likeness += like


def heed(post: Post, pilots: Pilots) -> None:
    """Consent: success of the like raises what a state expects, failure lowers it."""
    taught = pilots.heeded * ratio(post.lesson, max(post.likeness, 1.0))
    post.gain = clip(post.gain + taught, -2.0, 2.0)
