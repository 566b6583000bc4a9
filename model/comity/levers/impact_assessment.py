"""An assessment beforehand makes better texts, costs time and money, and stops some that would have paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, ratio
from comity.chance import normal, purpose, uniform
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import DRAFT, EMPTY, Area, Clock, Measure, Member, Organization, Post, Stake

ESTIMATE: Final = purpose("impact_assessment.estimate")
STOP: Final = purpose("impact_assessment.stop")


@dataclass(frozen=True, kw_only=True)
class ImpactAssessment(Lever):
    """Misfit and the work of adapting are seen before the vote, so the design improves; a bad estimate ends a text.

    Names     regulatory impact assessment, better regulation, ex ante evaluation
    Price     delay, cost; estimates err, more so in a weak secretariat, and false alarms kill what would have paid
    Evidence  C10 (what fits badly is transposed late)
    Misuse    by a secretariat that cannot tell: drafts die by chance
    """

    group = "openness"
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost at full strength",
        prior=Uniform(0.01, 0.05))] = 0.02  # fmt: skip
    delay: Annotated[float, Parameter("quarters", 0.0, 20.0, "time that a full assessment takes",
        prior=Uniform(1.0, 4.0))] = 2.0  # fmt: skip
    fit: Annotated[float, Parameter("share", 0.0, 1.0, "part of what is not yet tailored that it tailors",
        prior=Uniform(0.2, 0.6))] = 0.4  # fmt: skip
    lighter: Annotated[float, Parameter("share", 0.0, 1.0, "work of implementing that a better design spares",
        prior=Uniform(0.1, 0.5))] = 0.3  # fmt: skip
    noise: Annotated[float, Parameter("index", 0.0, 2.0, "error of an estimate by a secretariat of no quality",
        prior=Uniform(0.2, 0.5))] = 0.35  # fmt: skip
    skill: Annotated[float, Parameter("share", 0.0, 1.0, "part of that error that full quality takes away")] = 0.6
    bar: Annotated[float, Parameter("index", -1.0, 1.0, "estimate below which a text is stopped")] = 0.0
    sovereignty: Annotated[float, Parameter("index", 0.0, 5.0, "cost of full sensitivity, depth, hardness and identity",
        prior=Uniform(0.5, 2.0), source="as parties later see it: experience")] = 1.2  # fmt: skip
    misfit: Annotated[float, Parameter("index", 0.0, 5.0, "cost of full misfit", prior=Uniform(0.2, 0.8))] = 0.5
    adapting: Annotated[float, Parameter("index", 0.0, 5.0, "cost of a full gap to a state without capacity",
        prior=Uniform(0.2, 0.8))] = 0.5  # fmt: skip

    reads = ("area.network", "area.sensitivity", "clock.key0", "clock.key1", "clock.quarter",
             "measure.age", "measure.delay", "measure.depth", "measure.hardness", "measure.light",
             "measure.loose", "measure.promise", "measure.serial", "measure.stage", "measure.tailoring",
             "member.capacity", "member.identity", "member.inside", "org.coverage", "org.inside",
             "org.requested", "org.secretariat", "post.misfit", "stake.benefit", "stake.capacity",
             "stake.practice")  # fmt: skip
    writes = ("measure.delay", "measure.light", "measure.promise", "measure.stage", "measure.tailoring",
              "org.requested")  # fmt: skip


def request(org: Organization, impact_assessment: ImpactAssessment) -> None:
    """Plan: studies cost a little."""
    org.requested += impact_assessment.cost * impact_assessment.strength


def study(measure: Measure, org: Organization, impact_assessment: ImpactAssessment) -> None:
    """Drafting: a study takes time, and what is paid for improves the design."""
    if measure.stage == DRAFT and measure.age == 0:
        done = impact_assessment.strength * org.coverage
        measure.tailoring += (1.0 - measure.tailoring) * impact_assessment.fit * done
        measure.light = impact_assessment.lighter * done
        measure.delay += impact_assessment.delay * impact_assessment.strength


def estimate(
    post: Post,
    member: Member,
    measure: Measure,
    area: Area,
    stake: Stake,
    org: Organization,
    impact_assessment: ImpactAssessment,
) -> None:
    """Drafting: what a text will bring each state, less what it will cost it, added up."""
    if measure.stage != DRAFT or measure.age != 0 or member.inside == 0:
        return
    gap = max(measure.depth - stake.practice, 0.0)
    weak = 1.0 - min(member.capacity + stake.capacity, 1.0)
    bound = area.sensitivity * measure.depth * measure.hardness * member.identity
    brings = stake.benefit * (1.0 - area.network * measure.loose)
    costs = impact_assessment.sovereignty * bound + impact_assessment.misfit * post.misfit
    costs += impact_assessment.adapting * gap * weak * (1.0 - measure.light)
    measure.promise = clip(measure.promise + ratio(brings - costs, float(org.inside)), -4.0, 4.0)


def judge(measure: Measure, org: Organization, clock: Clock, impact_assessment: ImpactAssessment) -> None:
    """Drafting: what does not seem to pay is stopped, rightly or wrongly."""
    if measure.stage != DRAFT or measure.age != 0:
        return
    error = impact_assessment.noise * (1.0 - impact_assessment.skill * org.secretariat)
    seen = measure.promise + error * normal(clock, measure.serial, ESTIMATE, 0)
    if seen < impact_assessment.bar and uniform(clock, measure.serial, STOP, 0) < impact_assessment.strength:
        measure.stage = EMPTY
