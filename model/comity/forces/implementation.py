"""States implement what they are both willing and able to do: the product, never the sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from comity.arithmetic import clip, exp, logistic, ratio
from comity.chance import purpose, uniform
from comity.mechanism import Force
from comity.parameter import Choice, Normal, Parameter, Uniform
from comity.world import BOUND, Area, Clock, Measure, Member, Post, Stake

CARRY_OUT: Final = purpose("implementation.carry_out")
FARTHEST: Final = 5.0
"""How far, in log-hazard, slowness may carry."""
BOTH: Final = 0
ENFORCEMENT: Final = 1
MANAGEMENT: Final = 2


@dataclass(frozen=True, kw_only=True)
class Implementation(Force):
    """The hazard of implementation is a rate times willingness times what capacity allows, overload taken off.

    The capable but unwilling comply on paper: what they report runs ahead of what they do.

    `compliance` names the school. By both, states need will and means. By enforcement a breach is always a choice:
    means never lack, and pressure counts for more. By management a breach is never a choice: pressure and politics
    count for nothing, the task and the means for all.

    What makes a state slow to ratify a text for reasons that no column holds makes it slow to carry it out, too,
    however willing it is: the easy cases are soon done, and those that come before a court are the hard ones.

    Names     compliance, enforcement (Downs, Rocke and Barsoom 1996), management (Chayes and Chayes 1993), both
              (Tallberg 2002), decoupling
    Evidence  C2, C3, C7, C10, C11, C12, C14, R3; mechanisms.md, decision (b) and faults 5 and 6
    """

    rate: Annotated[float, Parameter("a quarter", 0.0, 5.0, "hazard with full will and means",
        prior=Normal(0.728, 0.242),
        source="fitted to C1, C2, C3, C6, P1, P2: calibration/fitted.json")] = 0.728  # fmt: skip
    half_capacity: Annotated[float, Parameter("share", 0.05, 1.0, "capacity that allows half of that hazard",
        source="mechanisms.md, decision (b): .3")] = 0.3  # fmt: skip
    level: Annotated[float, Parameter("logit", -5.0, 5.0, "willingness, all terms zero",
        prior=Normal(-1.21, 0.515),
        source="fitted to C1, C2, C3, C6, P1, P2: calibration/fitted.json")] = -1.21  # fmt: skip
    hardness: Annotated[float, Parameter("logit", -2.0, 5.0, "legal obligation", prior=Normal(1.0, 0.3))] = 1.0
    sensitivity: Annotated[float, Parameter("logit", -8.0, 1.0, "sovereignty sensitivity",
        prior=Normal(-2.0, 0.5))] = -2.0  # fmt: skip
    gap: Annotated[float, Parameter("logit", -8.0, 0.0, "depth beyond practice", prior=Normal(-2.5, 0.6))] = -2.5
    preference: Annotated[float, Parameter("logit", -1.0, 4.0, "government's position", prior=Normal(0.8, 0.3))] = 0.8
    trust: Annotated[float, Parameter("logit", -1.0, 5.0, "trust of the public", prior=Normal(1.0, 0.4),
        source="C11")] = 1.0  # fmt: skip
    usual_trust: Annotated[float, Parameter("share", 0.0, 1.0, "trust at which that term is zero")] = 0.45
    challenger: Annotated[float, Parameter("logit", -6.0, 1.0, "strength of challengers",
        prior=Normal(-1.5, 0.5))] = -1.5  # fmt: skip
    misfit: Annotated[float, Parameter("logit", -4.0, 0.0, "misfit with the constitution",
        prior=Normal(-1.0, 0.3), source="C10")] = -1.0  # fmt: skip
    federal: Annotated[float, Parameter("logit", -3.0, 1.0, "federal state", prior=Normal(-0.5, 0.2),
        source="C10")] = -0.5  # fmt: skip
    frailty: Annotated[float, Parameter("log-hazard for each logit", 0.0, 2.0,
        "slowness to ratify, for reasons that no column holds, carried over to implementing",
        prior=Normal(0.0613, 0.0733),
        source="fitted to C1, C2, C3, C6: calibration/fitted.json")] = 0.0613  # fmt: skip
    pressure: Annotated[float, Parameter("logit", 0.0, 8.0, "full sanction after detection, with no shield",
        prior=Normal(5.47, 1.02), source="fitted to C2, C3, C6: calibration/fitted.json")] = 5.47  # fmt: skip
    money: Annotated[float, Parameter("logit", -1.0, 5.0, "money that is paid on delivery only, all of it at stake",
        prior=Uniform(0.3, 1.7))] = 1.0  # fmt: skip
    paper: Annotated[float, Parameter("share", 0.0, 1.0, "capable non-compliance that is reported as done",
        prior=Uniform(0.1, 0.5), source="C14; mechanisms.md, fault 6")] = 0.3  # fmt: skip
    flattery: Annotated[float, Parameter("share", 0.0, 1.0, "self-report ahead of the truth where nobody audits",
        prior=Uniform(0.1, 0.25), source="R3")] = 0.18  # fmt: skip
    work: Annotated[float, Parameter("capacity for each unit", 0.0, 5.0,
        "capacity that a measure of full depth and demand takes",
        prior=Uniform(0.06, 0.25))] = 0.12  # fmt: skip
    dating: Annotated[float, Parameter("a quarter", 0.0, 0.5,
        "practice learned that the world's progress makes ordinary",
        prior=Uniform(0.02, 0.08))] = 0.04  # fmt: skip
    learned: Annotated[float, Parameter("share of the gap", 0.0, 1.0, "practice gained by implementing")] = 0.6
    stressed: Annotated[float, Parameter("ratio", 1.0, 5.0, "weight of pressure in the school of enforcement")] = 1.5
    compliance: Annotated[int, Choice(("both", "enforcement", "management"), "why states comply",
        source="Tallberg 2002; Downs, Rocke and Barsoom 1996; Chayes and Chayes 1993")] = BOTH  # fmt: skip

    reads = ("area.capacity_demand", "area.sensitivity", "clock.key0", "clock.key1", "clock.quarter",
             "measure.depth", "measure.halted", "measure.hardness", "measure.light", "measure.serial",
             "member.audit", "member.capacity", "member.challenger", "member.federal", "member.id",
             "member.load", "member.overload", "member.preference", "member.shield", "member.trust",
             "post.at_stake", "post.due_in", "post.frailty", "post.gap", "post.implemented", "post.misfit", "post.rung",
             "post.sanction", "post.scope", "post.willingness", "stake.capacity", "stake.practice",
             "stake.practice_home")  # fmt: skip
    writes = ("member.load", "member.overload", "post.due_in", "post.gap", "post.implemented",
              "post.overdue", "post.reported", "post.willingness", "stake.practice")  # fmt: skip
    terms = ("level", "hardness", "sensitivity", "gap", "preference", "trust", "challenger", "misfit", "federal",
             "pressure", "money")  # fmt: skip


def date(stake: Stake, implementation: Implementation) -> None:
    """Implementation: what was once ahead of its time becomes ordinary."""
    stake.practice += implementation.dating * (stake.practice_home - stake.practice)


def forget_load(member: Member) -> None:
    """Implementation: the work is added up anew."""
    member.load = 0.0


def add_load(post: Post, member: Member, measure: Measure, area: Area, implementation: Implementation) -> None:
    """Implementation: every open obligation takes capacity, also from the others."""
    if post.rung == BOUND and post.implemented < post.scope:
        work = implementation.work * area.capacity_demand * measure.depth * (1.0 - measure.light)
        member.load += work * (post.scope - post.implemented)


def strain(member: Member) -> None:
    """Implementation: work beyond capacity is overload."""
    member.overload = clip(1.0 - ratio(member.capacity, member.load), 0.0, 1.0) if member.load > 0.0 else 0.0


def carry_out(
    post: Post,
    member: Member,
    measure: Measure,
    area: Area,
    stake: Stake,
    clock: Clock,
    implementation: Implementation,
    why: Any,
) -> None:
    """Implementation: willing times able, once a quarter, until it is done; where work is halted, time stands still."""
    if post.rung != BOUND or measure.halted > 0.0:
        return
    post.due_in -= 1.0
    if post.implemented >= post.scope:
        post.overdue = 0
        return
    post.gap = max(measure.depth * post.scope - stake.practice, 0.0)
    chosen = 0.0 if implementation.compliance == MANAGEMENT else 1.0
    firm = implementation.stressed if implementation.compliance == ENFORCEMENT else chosen
    why.level = implementation.level
    why.hardness = implementation.hardness * measure.hardness
    why.sensitivity = implementation.sensitivity * area.sensitivity
    why.gap = implementation.gap * post.gap
    why.preference = chosen * implementation.preference * member.preference
    why.trust = chosen * implementation.trust * (member.trust - implementation.usual_trust)
    why.challenger = chosen * implementation.challenger * member.challenger
    why.misfit = implementation.misfit * post.misfit
    why.federal = implementation.federal * member.federal
    why.pressure = firm * implementation.pressure * post.sanction * (1.0 - member.shield)
    logit = why.level + why.hardness + why.sensitivity + why.gap + why.preference + why.trust
    why.money = implementation.money * post.at_stake
    why.logit = logit + why.challenger + why.misfit + why.federal + why.pressure + why.money
    post.willingness = why.logit
    means = min(member.capacity + stake.capacity, 1.0) * (1.0 - member.overload)
    able = ratio(means * means, means * means + implementation.half_capacity * implementation.half_capacity)
    if implementation.compliance == ENFORCEMENT:
        able = 1.0
    pace = implementation.rate * exp(clip(implementation.frailty * post.frailty, -FARTHEST, FARTHEST))
    hazard = 1.0 - exp(-pace * logistic(why.logit) * able)
    easy = post.gap <= 0.0 and means > 0.0
    why.draw = uniform(clock, member.id, CARRY_OUT, measure.serial)
    if easy or why.draw < hazard:
        post.implemented = post.scope
        stake.practice = min(stake.practice + implementation.learned * post.gap, 1.0)
        post.gap = 0.0
    post.overdue = 1 if post.due_in < 0.0 and post.implemented < post.scope else 0


def report(post: Post, member: Member, stake: Stake, implementation: Implementation) -> None:
    """Implementation: what is reported runs ahead of what is done, unless somebody audits."""
    missing = post.scope - post.implemented
    if post.rung != BOUND or missing <= 0.0:
        post.reported = post.implemented
        return
    able = min(member.capacity + stake.capacity, 1.0)
    paper = implementation.paper * able * (1.0 - logistic(post.willingness))
    ahead = (implementation.flattery + paper) * (1.0 - member.audit)
    post.reported = min(post.implemented + missing * min(ahead, 1.0), 1.0)
