"""A lower bar lets more and deeper texts pass, and those whom it passes over remember."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import DRAFT, Area, Measure, Member, Organization, Post


@dataclass(frozen=True, kw_only=True)
class DecisionRule(Lever):
    """While on, it replaces the region's own rule: the strength runs from consensus, 0, to a simple majority, 1.

    Names     pooling of sovereignty, consensus and majority voting, tyranny of the majority
    Price     governments outvoted where their no used to count turn away; texts run deeper than practice; what binds
              against their vote feeds threats to leave
    Evidence  W8; Downs, Rocke and Barsoom 1996 (memory) for depth under consensus
    Misuse    majorities in a region of unequal practice: texts that pass and are not ratified or not kept
    """

    group = "decision"
    for_all = True
    fewest: Annotated[float, Parameter("share of states", 0.5, 1.0, "votes that a text needs at full strength",
        source="a simple majority: more than half")] = 0.501  # fmt: skip
    quicker: Annotated[float, Parameter("share", 0.0, 1.0, "time to the vote saved under a simple majority",
        prior=Uniform(0.1, 0.5))] = 0.3  # fmt: skip
    slighted: Annotated[float, Parameter("index", 0.0, 1.0,
        "preference lost when a text of full depth and sensitivity passes over a no that used to count",
        prior=Uniform(0.1, 0.6))] = 0.3  # fmt: skip

    reads = ("area.sensitivity", "measure.age", "measure.delay", "measure.depth", "measure.stage",
             "member.preference", "post.deciding", "post.vote")  # fmt: skip
    writes = ("measure.delay", "member.preference", "org.required")


def set_bar(org: Organization, decision_rule: DecisionRule) -> None:
    """Plan: the share of votes that a text needs for now."""
    org.required = clip(1.0 - (1.0 - decision_rule.fewest) * decision_rule.strength, 0.0, 1.0)


def cut_short(measure: Measure, decision_rule: DecisionRule) -> None:
    """Drafting: who need not convince everybody comes to the vote sooner."""
    if measure.stage == DRAFT and measure.age == 0:
        measure.delay = measure.delay * (1.0 - decision_rule.quicker * decision_rule.strength)


def remember(post: Post, member: Member, measure: Measure, area: Area, decision_rule: DecisionRule) -> None:
    """Consent: a government whose no used to stop such a text does not forget that it no longer does."""
    if post.vote == 0 and post.deciding != 0:
        lost = decision_rule.slighted * measure.depth * area.sensitivity
        member.preference = clip(member.preference - lost, -1.0, 1.0)
