"""Talk before signing shows what could stop a text at home, and waters it down or drops it in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, exp, logistic, ratio
from comity.chance import purpose, uniform
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import (
    ALL,
    DRAFT,
    EMPTY,
    ON_ADOPTION,
    THRESHOLD,
    Clock,
    Measure,
    Member,
    Organization,
    Post,
)
from comity.world.organization import lone_no

DROP: Final = purpose("dialogue.drop")


@dataclass(frozen=True, kw_only=True)
class Dialogue(Lever):
    """Each state says before the vote what stands in its way; the text gives way, or is dropped where that is no use.

    Names     two-level games and involuntary defection (Putnam 1988), pre-negotiation, informal consultation
    Price     shallower measures, delay; officials who talk do not enforce
    Evidence  P5 (agreement fails where politics at home stands against it)
    Misuse    talks about everything where few can block and nobody has to ratify: time and effort lost for nothing
    """

    group = "voice"
    delay: Annotated[float, Parameter("quarters", 0.0, 20.0, "time that full talks take",
        prior=Uniform(1.0, 4.0))] = 2.0  # fmt: skip
    yielding: Annotated[float, Parameter("share of depth", 0.0, 1.0, "depth given up where a text is sure to fail",
        prior=Uniform(0.2, 0.7))] = 0.4  # fmt: skip
    relief: Annotated[float, Parameter("logit", 0.0, 3.0, "consent won by a text that was talked through",
        prior=Uniform(0.2, 1.0))] = 0.6  # fmt: skip
    hoped: Annotated[float, Parameter("quarters", 1.0, 100.0, "time in which a state hopes to carry a text home",
        source="five years: what outcomes count as in force")] = 20.0  # fmt: skip
    hopeless: Annotated[float, Parameter("share", 0.0, 1.0, "chance of a consensus below which a text is not pursued",
        prior=Uniform(0.05, 0.4))] = 0.2  # fmt: skip
    holdouts: Annotated[float, Parameter("states", 0.0, 10.0, "states not to follow that doom a text which needs all",
        prior=Uniform(0.5, 2.0))] = 1.0  # fmt: skip
    spared: Annotated[float, Parameter("places on the agenda", 0.0, 1.0, "place that a text dropped in time leaves",
        prior=Uniform(0.3, 0.9))] = 0.6  # fmt: skip
    displaced: Annotated[float, Parameter("share a quarter", 0.0, 0.1, "enforcement effort that full talks displace",
        prior=Uniform(0.0, 0.01), source="rulebook: may displace enforcement")] = 0.005  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "measure.age", "measure.delay",
             "measure.depth", "measure.dialogue", "measure.doubt", "measure.refusals", "measure.serial",
             "measure.stage", "member.inside", "org.agenda", "org.effort", "org.entry",
             "org.entry_threshold", "org.inside", "org.required", "org.rule", "post.flexibility",
             "post.prospect", "post.prospect_vote")  # fmt: skip
    writes = ("measure.delay", "measure.depth", "measure.dialogue", "measure.doubt", "measure.refusals",
              "measure.stage", "org.agenda", "org.effort", "post.flexibility")  # fmt: skip


def displace(org: Organization, dialogue: Dialogue) -> None:
    """Plan: those who talk do not inspect."""
    org.effort = clip(org.effort - dialogue.displaced * dialogue.strength, 0.0, 1.0)


def open_talks(measure: Measure, dialogue: Dialogue) -> None:
    """Drafting: talks on a new text take time."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.dialogue = dialogue.strength
        measure.delay += dialogue.delay * dialogue.strength


def sound_out(post: Post, member: Member, measure: Measure, org: Organization, dialogue: Dialogue) -> None:
    """Drafting: how many would vote it down, and how many not carry it home in time, by what they say."""
    if measure.stage != DRAFT or measure.age != 0 or member.inside == 0:
        return
    measure.refusals += 1.0 - logistic(post.prospect_vote)
    if org.entry != ON_ADOPTION:
        never = exp(-dialogue.hoped * logistic(post.prospect))
        measure.doubt = min(measure.doubt + ratio(never, float(org.inside)), 1.0)


def give_way(measure: Measure, org: Organization, clock: Clock, dialogue: Dialogue) -> None:
    """Drafting: a text in danger is watered down; one that would fail all the same leaves its place to another."""
    if measure.stage != DRAFT or measure.age != 0:
        return
    passes = exp(-measure.refusals * lone_no(org))
    danger = 1.0 - passes * (1.0 - measure.doubt)
    measure.depth = clip(measure.depth * (1.0 - dialogue.yielding * measure.dialogue * danger), 0.0, 1.0)
    fails = passes < dialogue.hopeless or 1.0 - measure.doubt < _needed(org, dialogue)
    if fails and uniform(clock, measure.serial, DROP, 0) < measure.dialogue:
        measure.stage = EMPTY
        org.agenda += dialogue.spared


def _needed(org: Organization, dialogue: Dialogue) -> float:
    if org.entry == THRESHOLD:
        return float(org.entry_threshold)
    return 1.0 - ratio(dialogue.holdouts, float(org.inside)) if org.entry == ALL else 0.0


def ease(post: Post, measure: Measure, dialogue: Dialogue) -> None:
    """Consent: a text that was written around what holds states back is easier to take."""
    post.flexibility += dialogue.relief * measure.dialogue
