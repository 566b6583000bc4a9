"""Who drafts fits the text to itself: power and capacity do, unless help lets small states take part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, exp, log, ratio
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import DRAFT, Measure, Member, Organization, Post, Stake

LEAST: Final = 1e-6
"""Power and capacity of which a logarithm can be taken."""


@dataclass(frozen=True, kw_only=True)
class Participation(Force):
    """A state's weight in drafting is its power, less as more is set aside, times its capacity; weight spares misfit.

    Names     agenda power, uploading (Börzel 2002), small states in negotiations (Panke 2012)
    Evidence  assumption (mechanisms.md, section 1: small states take part)
    """

    equality: Annotated[float, Parameter("share", 0.0, 1.0, "how far power is set aside in drafting",
        prior=Uniform(0.1, 0.5))] = 0.3  # fmt: skip
    drafted: Annotated[float, Parameter("share", 0.0, 1.0, "the same, added by a text drafted for all constitutions",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip
    assisted: Annotated[float, Parameter("ratio", 0.0, 5.0, "the same, added by capacity built in the area",
        prior=Uniform(0.5, 2.0))] = 1.0  # fmt: skip
    sway: Annotated[float, Parameter("share of misfit", 0.0, 1.0, "misfit that all the weight spares, and none adds",
        prior=Uniform(0.1, 0.5))] = 0.3  # fmt: skip
    middle: Annotated[float, Parameter("share", 0.0, 1.0, "mean of weight over itself and the mean weight",
        source="regions that come with the program: spread of power and capacity")] = 0.4  # fmt: skip
    slower: Annotated[float, Parameter("quarters", 0.0, 20.0, "drafting time when all take part in full",
        prior=Uniform(0.5, 3.0))] = 1.5  # fmt: skip

    reads = ("measure.age", "measure.delay", "measure.stage", "measure.tailoring", "measure.voices",
             "member.capacity", "member.inside", "member.power", "org.inside", "post.misfit",
             "stake.capacity")  # fmt: skip
    writes = ("measure.delay", "measure.voices", "post.misfit")


def invite(measure: Measure, participation: Participation) -> None:
    """Drafting: the more hands hold the pen, the longer it takes."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.delay += participation.slower * participation.drafted * measure.tailoring


def speak(member: Member, stake: Stake, measure: Measure, participation: Participation) -> None:
    """Drafting: weights are added up."""
    if measure.stage == DRAFT and measure.age == 0 and member.inside != 0:
        measure.voices += _weight(member, stake, measure, participation)


def shape(
    post: Post, member: Member, stake: Stake, measure: Measure, org: Organization, participation: Participation
) -> None:
    """Drafting: the text fits those better who wrote more of it."""
    if measure.stage != DRAFT or measure.age != 0 or member.inside == 0:
        return
    relative = ratio(_weight(member, stake, measure, participation) * float(org.inside), measure.voices)
    part = ratio(relative, 1.0 + relative)
    post.misfit = clip(post.misfit * (1.0 + participation.sway * (participation.middle - part)), 0.0, 1.0)


def _weight(member: Member, stake: Stake, measure: Measure, participation: Participation) -> float:
    added = participation.drafted * measure.tailoring + participation.assisted * stake.capacity
    equal = clip(participation.equality + added, 0.0, 1.0)
    able = min(member.capacity + stake.capacity, 1.0)
    return exp((1.0 - equal) * log(max(member.power, LEAST))) * max(able, LEAST)
