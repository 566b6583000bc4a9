"""Recognizing each other's rules spares constitutions, and works as far as partners can be trusted to keep them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, ratio
from comity.chance import purpose, uniform
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import BOUND, DRAFT, Area, Clock, Measure, Member, Organization, Post

MODE: Final = purpose("recognition.mode")
RECOGNIZES: Final = 1
EQUIVALENT: Final = 2


@dataclass(frozen=True, kw_only=True)
class Recognition(Lever):
    """A share of new measures asks states to accept each other's rules, part of them only where equivalence is shown.

    Names     mutual recognition (Cassis de Dijon 1979; Schmidt 2007), equivalence, regulatory competition
    Price     gains shrink where partners are weak; standards race to the bottom, and publics see it; proof takes time
    Evidence  assumption (mechanisms.md, section 1: respect existing regimes)
    Misuse    in visible areas among states of little capacity: doubted rules, cheap competition, grievance
    """

    group = "flexibility"
    equivalence: Annotated[float, Parameter("share", 0.0, 1.0, "part of such measures that asks for equivalence",
        prior=Uniform(0.1, 0.5))] = 0.3  # fmt: skip
    kept: Annotated[float, Parameter("share", 0.0, 1.0, "misfit that is left under recognition",
        prior=Uniform(0.15, 0.5), source="mechanisms.md, section 1")] = 0.3  # fmt: skip
    kept_equivalent: Annotated[float, Parameter("share", 0.0, 1.0, "misfit that is left under equivalence",
        prior=Uniform(0.4, 0.8))] = 0.6  # fmt: skip
    proven: Annotated[float, Parameter("share", 0.0, 1.0, "distrust and undercutting that equivalence takes away",
        prior=Uniform(0.3, 0.7))] = 0.5  # fmt: skip
    trusted: Annotated[float, Parameter("share", 0.1, 1.0, "capacity with which a partner's rules are not doubted",
        prior=Uniform(0.65, 0.9))] = 0.75  # fmt: skip
    lighter: Annotated[float, Parameter("share", 0.0, 1.0, "work spared where rules at home may stay",
        prior=Uniform(0.2, 0.6))] = 0.4  # fmt: skip
    proving: Annotated[float, Parameter("quarters", 0.0, 20.0, "time that it takes to show equivalence",
        prior=Uniform(1.0, 5.0))] = 3.0  # fmt: skip
    race: Annotated[float, Parameter("share of gain", 0.0, 1.0,
        "loss to the periphery of a measure of full depth and visibility among partners without capacity",
        prior=Uniform(0.0, 0.12))] = 0.06  # fmt: skip

    reads = ("area.visibility", "clock.key0", "clock.key1", "clock.quarter", "measure.age",
             "measure.delay", "measure.depth", "measure.light", "measure.loose", "measure.mode",
             "measure.serial", "measure.stage", "member.capacity", "member.inside", "member.loss",
             "org.inside", "post.implemented", "post.misfit", "post.rung")  # fmt: skip
    writes = ("measure.delay", "measure.light", "measure.loose", "measure.mode", "member.loss", "post.misfit")


def design(measure: Measure, clock: Clock, recognition: Recognition) -> None:
    """Drafting: as many new measures recognize, instead of harmonizing, as the lever is strong."""
    if measure.stage != DRAFT or measure.age != 0:
        return
    drawn = uniform(clock, measure.serial, MODE, 0)
    if drawn < recognition.strength * recognition.equivalence:
        measure.mode = EQUIVALENT
        measure.delay += recognition.proving
    elif drawn < recognition.strength:
        measure.mode = RECOGNIZES
        measure.light = max(measure.light, recognition.lighter)


def distrust(member: Member, measure: Measure, org: Organization, recognition: Recognition) -> None:
    """Drafting: rules of a partner bring less, the less it is able to keep them; the able are taken at their word."""
    if measure.stage == DRAFT and measure.age == 0 and member.inside != 0:
        lacking = max(1.0 - member.capacity / recognition.trusted, 0.0) * _doubt(measure, recognition)
        measure.loose = min(measure.loose + ratio(lacking, float(org.inside)), 1.0)


def spare(post: Post, measure: Measure, recognition: Recognition) -> None:
    """Drafting: whoever may keep its own rules has little that does not fit."""
    if measure.stage == DRAFT and measure.age == 0:
        post.misfit *= recognition.kept_equivalent if measure.mode == EQUIVALENT else recognition.kept


def undercut(post: Post, member: Member, measure: Measure, area: Area, recognition: Recognition) -> None:
    """Gains: while such a law is new, those who keep strict rules are undercut, and in visible areas it is seen."""
    if post.rung == BOUND:
        strength = recognition.race * _doubt(measure, recognition) * measure.loose
        member.loss = clip(member.loss + strength * area.visibility * measure.depth * post.implemented, 0.0, 1.0)


def _doubt(measure: Measure, recognition: Recognition) -> float:
    return 1.0 - recognition.proven if measure.mode == EQUIVALENT else 1.0
