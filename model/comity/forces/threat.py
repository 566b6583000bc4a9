"""A state threatens to leave when it stands apart, its challengers are strong and its gains are small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from comity.arithmetic import logistic
from comity.chance import purpose, uniform
from comity.mechanism import Force
from comity.parameter import Normal, Parameter, Uniform
from comity.world import IN_NOTICE, SUSPENDED, Clock, Member, Organization

THREATEN: Final = purpose("threat.threaten")
DEMAND: Final = purpose("threat.demand")
CONCEDE: Final = purpose("threat.concede")


@dataclass(frozen=True, kw_only=True)
class Threat(Force):
    """Preference divergence and contagion more than nationalism; fewer than half the threats carry a demand.

    Names     exit, voice and loyalty (Hirschman 1970); withdrawal threats (von Borzyskowski and Vabulas)
    Evidence  W1, W2, W3, W6, W8, P7; mechanisms.md, decision (d)
    """

    level: Annotated[float, Parameter("log-odds a quarter", -15.0, 0.0, "threat, all terms zero",
        source="W2, W3; mechanisms.md, decision (d)")] = -7.7  # fmt: skip
    challenger: Annotated[float, Parameter("log-odds", 0.0, 10.0, "challengers beyond the usual",
        prior=Normal(3.0, 0.8))] = 3.0  # fmt: skip
    usual_challenger: Annotated[float, Parameter("vote share", 0.0, 1.0,
        "challengers at which that term is zero")] = 0.15  # fmt: skip
    opposition: Annotated[float, Parameter("log-odds", 0.0, 10.0, "a government against integration",
        prior=Normal(2.0, 0.5))] = 2.0  # fmt: skip
    distance: Annotated[float, Parameter("log-odds", 0.0, 10.0, "distance to the median beyond the usual",
        prior=Normal(2.5, 0.6), source="W1")] = 2.5  # fmt: skip
    usual_distance: Annotated[float, Parameter("index", 0.0, 2.0, "distance at which that term is zero")] = 0.2
    outvoted: Annotated[float, Parameter("log-odds", 0.0, 10.0, "share of depth bound against own vote",
        prior=Normal(1.0, 0.4), source="W8")] = 1.0  # fmt: skip
    suspended: Annotated[float, Parameter("log-odds", -2.0, 5.0, "suspended",
        prior=Normal(1.0, 0.5), source="S1; mechanisms.md, decision (d)")] = 1.0  # fmt: skip
    coup: Annotated[float, Parameter("log-odds", -2.0, 5.0, "government that came by coup",
        prior=Normal(1.0, 0.5), source="mechanisms.md, decision (d)")] = 1.0  # fmt: skip
    unprotected: Annotated[float, Parameter("log-odds", -2.0, 5.0, "crisis in which the organization did not help",
        prior=Normal(1.0, 0.5), source="mechanisms.md, decision (d)")] = 1.0  # fmt: skip
    contagion: Annotated[float, Parameter("log-odds", -5.0, 5.0, "leavers that fare well, or badly",
        prior=Normal(1.0, 0.4), source="P7")] = 1.0  # fmt: skip
    benefit: Annotated[float, Parameter("log-odds", -10.0, 0.0, "net benefit beyond the usual",
        prior=Normal(-2.0, 0.5))] = -2.0  # fmt: skip
    usual_benefit: Annotated[float, Parameter("index", -1.0, 2.0, "net benefit at which that term is zero")] = 0.1
    dependence: Annotated[float, Parameter("log-odds", -10.0, 0.0, "dependence on the others",
        prior=Normal(-1.0, 0.3))] = -1.0  # fmt: skip
    arbitrary: Annotated[float, Parameter("log-odds", -2.0, 10.0, "an organization less predictable than the usual",
        prior=Normal(1.5, 0.75), source="W8; mechanisms.md, section 2: how delegation lowers exit")] = 1.5  # fmt: skip
    usual_predictability: Annotated[float, Parameter("share", 0.0, 1.0,
        "predictability at which that term is zero")] = 0.82  # fmt: skip
    referendum: Annotated[float, Parameter("log-odds", 0.0, 12.0, "a vote on membership is under way",
        prior=Normal(6.5, 1.0))] = 6.5  # fmt: skip
    with_demand: Annotated[float, Parameter("share", 0.0, 1.0, "threats that carry a demand for reform",
        source="W6")] = 0.45  # fmt: skip
    conceding: Annotated[float, Parameter("a quarter", 0.0, 1.0, "demand met, for a state of no power",
        prior=Uniform(0.02, 0.1))] = 0.05  # fmt: skip
    conceding_power: Annotated[float, Parameter("a quarter", 0.0, 2.0,
        "demand met, added for each share of the region's income",
        source="W6: threats work when the actor is powerful")] = 0.4  # fmt: skip
    refusing: Annotated[float, Parameter("a quarter", 0.0, 1.0, "demand refused for good")] = 0.15
    sweetened: Annotated[float, Parameter("index", 0.0, 1.0, "preference won by a concession")] = 0.15

    reads = ("clock.key0", "clock.key1", "clock.quarter", "member.challenger", "member.compensation",
             "member.coup_government", "member.crisis", "member.demand", "member.dependence",
             "member.distance", "member.gain_seen", "member.id", "member.inside", "member.let_down",
             "member.outvoted", "member.power", "member.preference", "member.referendum",
             "member.refused", "member.represented", "member.safety", "member.standing", "member.threat",
             "member.tolerance", "org.leavers_fared", "org.predictability")  # fmt: skip
    writes = ("member.conceded", "member.demand", "member.demanded_now", "member.preference",
              "member.refused", "member.threat", "member.threatened_now")  # fmt: skip
    terms = ("level", "challenger", "opposition", "distance", "outvoted", "suspended", "coup", "unprotected",
             "contagion", "benefit", "dependence", "arbitrary", "referendum")  # fmt: skip


def threaten(member: Member, org: Organization, clock: Clock, threat: Threat, why: Any) -> None:
    """Exit: a government says that it may leave, with a demand or without."""
    member.threatened_now = 0
    member.demanded_now = 0
    if member.inside == 0 or member.threat != 0 or member.standing == IN_NOTICE:
        return
    helped = max(member.safety, member.compensation)
    why.level = threat.level
    why.challenger = threat.challenger * (member.challenger - threat.usual_challenger)
    why.opposition = threat.opposition * max(-member.preference, 0.0)
    why.distance = threat.distance * (max(member.distance - member.tolerance, 0.0) - threat.usual_distance)
    why.outvoted = threat.outvoted * member.outvoted * (1.0 - member.represented)
    why.suspended = threat.suspended if member.standing == SUSPENDED else 0.0
    why.coup = threat.coup if member.coup_government > 0.0 else 0.0
    why.unprotected = threat.unprotected * (member.crisis * (1.0 - helped) + member.let_down)
    why.contagion = threat.contagion * org.leavers_fared
    why.benefit = threat.benefit * (member.gain_seen - threat.usual_benefit)
    why.dependence = threat.dependence * member.dependence
    why.arbitrary = threat.arbitrary * (threat.usual_predictability - org.predictability)
    why.referendum = threat.referendum * member.referendum
    logit = why.level + why.challenger + why.opposition + why.distance + why.outvoted + why.suspended
    logit = logit + why.coup + why.unprotected + why.contagion + why.benefit + why.dependence
    why.logit = logit + why.arbitrary + why.referendum
    why.draw = uniform(clock, member.id, THREATEN, 0)
    if why.draw < logistic(why.logit):
        member.threat = 1
        member.refused = 0
        member.conceded = 0
        member.demand = 1 if uniform(clock, member.id, DEMAND, 0) < threat.with_demand else 0
        member.threatened_now = 1
        member.demanded_now = member.demand


def answer(member: Member, clock: Clock, threat: Threat) -> None:
    """Exit: the organization meets a demand, the sooner the stronger the state, or turns it down."""
    if member.threat == 0 or member.demand == 0 or member.refused != 0:
        return
    yes = min(threat.conceding + threat.conceding_power * member.power, 1.0)
    draw = uniform(clock, member.id, CONCEDE, 0)
    if draw < yes:
        member.conceded = 1
        member.threat = 0
        member.demand = 0
        member.preference = min(member.preference + threat.sweetened, 1.0)
    elif draw < yes + threat.refusing:
        member.refused = 1
