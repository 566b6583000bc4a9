"""Monitoring finds what it looks for; enforcement yields to scepticism and stops short of the powerful."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, logistic, ratio
from comity.chance import purpose, uniform
from comity.mechanism import Force
from comity.parameter import Normal, Parameter, Uniform
from comity.world import BOUND, Clock, Measure, Member, Organization, Post, Stake

FIND: Final = purpose("monitoring.find")


@dataclass(frozen=True, kw_only=True)
class Monitoring(Force):
    """Effort is the secretariat's quality less forbearance; breaches are found, and pressure follows hardness.

    Names     police patrols and fire alarms, forbearance, power shield
    Evidence  C7, C8, C14; mechanisms.md, decision (b): sanction zero for soft law
    """

    forbearance: Annotated[float, Parameter("ratio", 0.0, 3.0,
        "effort lost for each unit of scepticism beyond the usual",
        prior=Normal(1.2, 0.4), source="C8")] = 1.2  # fmt: skip
    usual: Annotated[float, Parameter("share", 0.0, 1.0, "scepticism that costs no effort")] = 0.3
    adjusting: Annotated[float, Parameter("a quarter", 0.0, 1.0, "speed at which effort moves")] = 0.1
    finding: Annotated[float, Parameter("a quarter", 0.0, 1.0, "chance to find a breach, at full effort and no audit",
        prior=Uniform(0.2, 0.6))] = 0.4  # fmt: skip
    audited: Annotated[float, Parameter("ratio", 0.0, 3.0, "finding added by full independent audit",
        prior=Uniform(0.4, 1.2))] = 0.8  # fmt: skip
    hidden: Annotated[float, Parameter("share", 0.0, 1.0, "breaches that the capable and unwilling hide",
        source="C14; mechanisms.md, fault 6")] = 0.6  # fmt: skip
    alone: Annotated[float, Parameter("share", 0.0, 1.0, "pressure of an executive that has no court behind it",
        prior=Uniform(0.3, 0.9), source="shadow of the court (Tallberg 2002)")] = 0.6  # fmt: skip
    soft_below: Annotated[float, Parameter("share", 0.0, 0.9, "hardness below which nothing is sanctioned")] = 0.35
    executive: Annotated[float, Parameter("share", 0.0, 1.0, "pressure that the secretariat can bring to bear",
        prior=Normal(0.946, 0.0808), source="fitted to C3: calibration/fitted.json")] = 0.946  # fmt: skip
    shielded: Annotated[float, Parameter("share", 0.0, 1.0, "shield of a state that is the whole region's economy",
        prior=Uniform(0.5, 1.0), source="C7")] = 0.8  # fmt: skip
    half_power: Annotated[float, Parameter("share", 0.001, 1.0,
        "share of the region's income that gives half that shield")] = 0.15  # fmt: skip
    felt: Annotated[float, Parameter("acts", 0.0, 1.0,
        "coercion in one quarter of full pressure on one measure")] = 0.02  # fmt: skip
    memory: Annotated[float, Parameter("a quarter", 0.0, 1.0, "part of past acts that a quarter leaves",
        source="four years: mechanisms.md, coercion")] = 0.9375  # fmt: skip
    fairness: Annotated[float, Parameter("a quarter", 0.0, 1.0,
        "speed at which fairness of enforcement is learned")] = 0.05  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "measure.court", "measure.hardness", "measure.serial",
             "member.audit", "member.capacity", "member.challenger", "member.coerced", "member.coercion",
             "member.id", "member.inside", "member.outside_court", "member.power", "member.shield", "member.trust",
             "org.cases_strong", "org.cases_weak", "org.effort", "org.equality", "org.inside",
             "org.overdue_strong", "org.overdue_weak", "org.scepticism", "org.secretariat", "org.stance",
             "post.detected", "post.overdue", "post.rung", "post.sanction", "post.willingness",
             "stake.capacity")  # fmt: skip
    writes = ("member.coerced", "member.coercion", "member.shield", "org.cases_strong", "org.cases_weak",
              "org.effort", "org.equality", "org.overdue_strong", "org.overdue_weak", "org.scepticism",
              "post.detected", "post.sanction")  # fmt: skip


def listen(org: Organization) -> None:
    """Plan: the secretariat looks at its support anew."""
    org.scepticism = 0.0


def sense(member: Member, org: Organization) -> None:
    """Plan: scepticism is distrust and challengers' strength, weighted by power."""
    if member.inside != 0:
        distrust = 0.5 * max(1.0 - member.trust, 0.0) + 0.5 * member.challenger
        org.scepticism = clip(org.scepticism + member.power * distrust, 0.0, 1.0)


def yield_to_scepticism(org: Organization, monitoring: Monitoring) -> None:
    """Plan: enforcement is traded for support: a convener yields more to scepticism, an enforcer not at all."""
    forbearance = monitoring.forbearance * (1.0 - org.stance)
    wanted = org.secretariat * (1.0 - forbearance * max(org.scepticism - monitoring.usual, 0.0))
    org.effort = clip(org.effort + monitoring.adjusting * (max(wanted, 0.0) - org.effort), 0.0, 1.0)


def shield(member: Member, monitoring: Monitoring) -> None:
    """Monitoring: power shields; acts of the past fade."""
    member.shield = monitoring.shielded * ratio(member.power, member.power + monitoring.half_power)
    member.coercion = monitoring.memory * member.coercion
    member.coerced = 0.0


def find(
    post: Post, member: Member, measure: Measure, stake: Stake, org: Organization, clock: Clock, monitoring: Monitoring
) -> None:
    """Monitoring: a breach is found, sooner with effort and audit, later where it is hidden well."""
    if post.rung != BOUND or post.overdue == 0:
        post.detected = 0
        post.sanction = 0.0
        return
    if post.detected == 0:
        able = min(member.capacity + stake.capacity, 1.0)
        hiding = monitoring.hidden * able * (1.0 - logistic(post.willingness)) * (1.0 - member.audit)
        chance = monitoring.finding * org.effort * (1.0 + monitoring.audited * member.audit) * (1.0 - hiding)
        if uniform(clock, member.id, FIND, measure.serial) < chance:
            post.detected = 1
    hard = ratio(measure.hardness - monitoring.soft_below, 1.0 - monitoring.soft_below)
    judge = measure.court if member.outside_court == 0 else 0.0
    credible = monitoring.alone + (1.0 - monitoring.alone) * judge
    post.sanction = monitoring.executive * credible * post.detected * clip(hard, 0.0, 1.0) * org.effort


def press(post: Post, member: Member, measure: Measure, org: Organization, monitoring: Monitoring) -> None:
    """Monitoring: pressure is an act of coercion, and falls on the weak more than on the strong."""
    if post.overdue == 0:
        return
    act = post.sanction * (1.0 - member.shield)
    member.coerced += monitoring.felt * act
    if member.power * org.inside > 1.0:
        org.overdue_strong += 1.0
        org.cases_strong += act
    else:
        org.overdue_weak += 1.0
        org.cases_weak += act


def remember(member: Member) -> None:
    """Monitoring: acts of coercion are remembered for some years."""
    member.coercion += member.coerced


def judge_fairness(org: Organization, monitoring: Monitoring) -> None:
    """Monitoring: enforcement is equal when strong and weak face the same pressure for the same breach."""
    strong = ratio(org.cases_strong, org.overdue_strong)
    weak = ratio(org.cases_weak, org.overdue_weak)
    if org.overdue_strong > 0.0 and org.overdue_weak > 0.0 and strong + weak > 0.0:
        equal = 1.0 - ratio(abs(strong - weak), strong + weak)
        org.equality = clip(org.equality + monitoring.fairness * (equal - org.equality), 0.0, 1.0)
    org.cases_strong = monitoring.memory * org.cases_strong
    org.cases_weak = monitoring.memory * org.cases_weak
    org.overdue_strong = monitoring.memory * org.overdue_strong
    org.overdue_weak = monitoring.memory * org.overdue_weak
