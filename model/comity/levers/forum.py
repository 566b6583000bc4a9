"""A forum improves what is drafted where its input is used; input that is ignored costs more than silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Lever
from comity.parameter import Normal, Parameter, Uniform
from comity.world import DRAFT, Measure, Member, Organization


@dataclass(frozen=True, kw_only=True)
class Forum(Lever):
    """Society is heard on drafts: the part that is used fits texts to constitutions, the part that is not is noticed.

    Names     stakeholder consultation, throughput legitimacy, deliberation
    Price     delay; ignored input costs legitimacy
    Evidence  T10 (null: the direct effect on trust is drawn around zero), T9
    Misuse    consultation for show: uptake near zero, delay and disappointment in full
    """

    group = "voice"
    answers = (("trust", 0.5), ("support", 0.3))
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost at full strength")] = 0.02
    uptake: Annotated[float, Parameter("share", 0.0, 1.0, "input that an able secretariat uses",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip
    fit: Annotated[float, Parameter("share", 0.0, 1.0, "tailoring won when all input is used",
        prior=Uniform(0.3, 1.0))] = 0.7  # fmt: skip
    delay: Annotated[float, Parameter("quarters", 0.0, 20.0, "time that a full hearing takes",
        prior=Uniform(1.0, 6.0))] = 3.0  # fmt: skip
    heard: Annotated[float, Parameter("trust a quarter", -0.02, 0.02, "direct effect on trust of input that is used",
        prior=Normal(0.0, 0.0015), source="T10", contested=True)] = 0.0  # fmt: skip
    crowd: Annotated[float, Parameter("share", 0.0, 1.0,
        "input that cannot be used when everybody is asked about everything",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip

    reads = ("measure.age", "measure.delay", "measure.stage", "measure.tailoring", "measure.uptake",
             "member.democracy", "member.procedure", "member.voice", "org.coverage", "org.requested",
             "org.secretariat")  # fmt: skip
    writes = ("measure.delay", "measure.tailoring", "measure.uptake", "member.ignored",
              "member.procedure", "member.voice", "org.requested")  # fmt: skip


def request(org: Organization, forum: Forum) -> None:
    """Plan: hearings cost a little."""
    org.requested += forum.cost * forum.strength


def convene(measure: Measure, org: Organization, forum: Forum) -> None:
    """Drafting: a hearing takes time, and what is used of it shapes the text."""
    if measure.stage == DRAFT and measure.age == 0:
        used = forum.uptake * org.secretariat * (1.0 - forum.crowd * forum.strength)
        measure.uptake = clip(used * forum.strength * org.coverage, 0.0, 1.0)
        measure.tailoring = clip(measure.tailoring + forum.fit * measure.uptake, 0.0, 1.0)
        measure.delay += forum.delay * forum.strength


def listen(member: Member, org: Organization, forum: Forum) -> None:
    """Plan: what society said was used, or it was not."""
    used = forum.uptake * org.secretariat * (1.0 - forum.crowd * forum.strength)
    member.voice = clip(forum.strength * used, 0.0, 1.0)
    member.ignored = clip(forum.strength * (1.0 - used) * member.democracy, 0.0, 1.0)
    member.procedure += forum.heard * member.voice
