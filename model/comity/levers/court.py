"""A court makes obligations predictable, and its rulings, where nobody at home constrains rulers, feed backlash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip
from comity.chance import purpose, uniform
from comity.mechanism import Lever
from comity.parameter import Normal, Parameter, Uniform
from comity.world import BOUND, DRAFT, Area, Clock, Measure, Member, Organization, Post

REFER: Final = purpose("court.refer")
RULE: Final = purpose("court.rule")
TEN_YEARS: Final = 40.0
"""In quarters: after so long a ruling counts as pending for good."""


@dataclass(frozen=True, kw_only=True)
class Court(Lever):
    """Up to a half it gives advice, beyond it binding rulings; breaches are referred, ruled on, and obeyed in time.

    A ruling by itself fines nobody: a state has to make a new law, and what presses is the penalty for none.

    Names     international adjudication, dispute settlement, judicialization (Alter 2014), backlash against courts
    Price     binding rulings against governments that no court at home constrains cost preference, and may end in exit
    Evidence  R9-R11, C6 (17 months from ruling to compliance), C7
    Misuse    a binding court over autocracies, or over soft law
    """

    group = "obligation"
    answers = (("will", 0.6), ("support", -0.4), ("exit", -0.3))
    referral: Annotated[float, Parameter("a quarter", 0.0, 1.0, "breach found that goes to court, at full effort",
        prior=Uniform(0.03, 0.2))] = 0.08  # fmt: skip
    duration: Annotated[float, Parameter("quarters", 1.0, 40.0, "mean time to a ruling",
        source="about 18 months before the Court of Justice (memory)")] = 6.0  # fmt: skip
    advisory: Annotated[float, Parameter("share", 0.0, 1.0, "pressure of advice, against a binding ruling",
        prior=Uniform(0.1, 0.4))] = 0.25  # fmt: skip
    obeyed: Annotated[float, Parameter("share", 0.0, 1.0,
        "pressure of a ruling in a state without judicial constraints",
        prior=Uniform(0.0, 0.4), source="R11")] = 0.15  # fmt: skip
    remedy: Annotated[float, Parameter("quarters", 1.0, 40.0, "time after a ruling until it presses in full",
        prior=Normal(5.47, 3.6), source="fitted to C6: calibration/fitted.json")] = 5.47  # fmt: skip
    act: Annotated[float, Parameter("acts", 0.0, 5.0, "coercion of one binding ruling",
        prior=Uniform(0.02, 0.15))] = 0.06  # fmt: skip
    backlash: Annotated[float, Parameter("index", 0.0, 0.5,
        "preference lost for a binding ruling, without constraints at home",
        prior=Uniform(0.0, 0.08))] = 0.04  # fmt: skip
    binding: Annotated[float, Parameter("strength", 0.0, 1.0, "strength above which rulings bind")] = 0.5
    justiciable: Annotated[float, Parameter("hardness", 0.0, 1.0,
        "hardness from which a measure can be brought to court")] = 0.4  # fmt: skip
    certainty: Annotated[float, Parameter("share a quarter", 0.0, 0.2, "predictability that a full court adds",
        prior=Uniform(0.001, 0.01))] = 0.005  # fmt: skip

    reads = ("area.sensitivity", "clock.horizon", "clock.key0", "clock.key1", "clock.quarter",
             "measure.age", "measure.court", "measure.hardness", "measure.serial", "measure.stage",
             "member.coerced", "member.id", "member.judiciary", "member.outside_court",
             "member.preference", "member.rebuked", "member.ruled", "member.ruled_done", "org.effort",
             "org.predictability", "org.ruling_wait", "org.rulings", "org.rulings_obeyed",
             "post.detected", "post.overdue", "post.referred", "post.ruling", "post.rung",
             "post.sanction")  # fmt: skip
    writes = ("measure.court", "member.coerced", "member.preference", "member.rebuked", "member.ruled",
              "member.ruled_done", "org.predictability", "org.ruling_wait", "org.rulings",
              "org.rulings_obeyed", "post.referred", "post.ruling", "post.sanction")  # fmt: skip


def seat(measure: Measure, court: Court) -> None:
    """Drafting: a new measure is under the court that there is."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.court = court.strength


def steady(org: Organization, court: Court) -> None:
    """Plan: where there is a judge, more is predictable."""
    org.predictability = clip(org.predictability + court.certainty * court.strength, 0.0, 1.0)


def refer(post: Post, member: Member, measure: Measure, org: Organization, clock: Clock, court: Court) -> None:
    """Monitoring: a breach that was found goes to court, sooner where effort is high, and is ruled on in time."""
    if post.rung != BOUND or post.overdue == 0:
        if post.ruling > 0.0 and post.rung == BOUND:
            org.rulings_obeyed += 1
            org.ruling_wait += post.ruling
            given = float(clock.quarter) - post.ruling
            if float(clock.horizon) - given > TEN_YEARS and post.ruling <= TEN_YEARS:
                member.ruled_done += 1.0
        post.referred = 0
        post.ruling = 0.0
        return
    if post.ruling > 0.0:
        post.ruling += 1.0
    elif member.outside_court != 0:
        post.referred = 0
    elif post.referred != 0:
        if uniform(clock, member.id, RULE, measure.serial) < 1.0 / court.duration:
            post.ruling = 1.0
            org.rulings += 1
            if float(clock.horizon - clock.quarter) > TEN_YEARS:
                member.ruled += 1.0
            if measure.court > court.binding:
                unchecked = 1.0 - member.judiciary
                member.coerced += court.act
                member.preference = clip(member.preference - court.backlash * unchecked, -1.0, 1.0)
    elif post.detected != 0 and measure.hardness >= court.justiciable:
        chance = court.referral * org.effort
        post.referred = 1 if uniform(clock, member.id, REFER, measure.serial) < chance else 0


def rebuke(post: Post, member: Member, measure: Measure, area: Area) -> None:
    """Monitoring: a ruling is remembered by rulers, the more the closer it comes to their power at home."""
    if post.ruling == 1.0:
        member.rebuked += measure.court * area.sensitivity


def weigh_on(post: Post, member: Member, measure: Measure, court: Court) -> None:
    """Monitoring: a binding ruling takes over and presses as penalties come near; advice adds to what there is."""
    if post.ruling <= 0.0 or member.outside_court != 0:
        return
    carried = court.obeyed + (1.0 - court.obeyed) * member.judiciary
    if measure.court > court.binding:
        post.sanction = carried * min(post.ruling / court.remedy, 1.0)
    else:
        post.sanction = max(post.sanction, court.advisory * carried)
