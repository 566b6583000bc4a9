"""Rulings that touch power at home make rulers leave the court long before they leave the organization."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from comity.arithmetic import logistic
from comity.chance import purpose, uniform
from comity.mechanism import Force
from comity.parameter import Normal, Parameter, Uniform
from comity.world import Clock, Member

WITHDRAW: Final = purpose("court_exit.withdraw")
ACCEPT: Final = purpose("court_exit.accept_again")


@dataclass(frozen=True, kw_only=True)
class CourtExit(Force):
    """A state that a court has ruled against may withdraw its acceptance of the court, and stays a member.

    Names     partial exit, backlash against international courts (Alter, Gathii and Helfer 2016), selective exit
    Evidence  mechanisms.md, pattern 5: 4 of 10 declarations under the African Court withdrawn 2016-20 (Adjolohoun 2020)
    """

    level: Annotated[float, Parameter("log-odds a quarter", -15.0, 5.0, "withdrawal, all terms zero",
        source="Adjolohoun 2020: where acceptance may be withdrawn, one in ten a year did")] = 0.3  # fmt: skip
    rebuke: Annotated[float, Parameter("log-odds", 0.0, 20.0, "adverse rulings of recent years, up to a full one",
        prior=Normal(3.0, 1.0))] = 3.0  # fmt: skip
    judiciary: Annotated[float, Parameter("log-odds", -20.0, 0.0, "judicial constraints on rulers at home",
        prior=Normal(-10.0, 2.0), source="all four that withdrew had weak courts at home")] = -10.0  # fmt: skip
    preference: Annotated[float, Parameter("log-odds", -5.0, 2.0, "government's position",
        prior=Normal(-1.0, 0.4))] = -1.0  # fmt: skip
    noticed: Annotated[float, Parameter("rulings", 0.0, 1.0, "rebuke below which no ruler thinks of it")] = 0.05
    fading: Annotated[float, Parameter("a quarter", 0.0, 1.0, "part of a rebuke that a quarter takes",
        prior=Uniform(0.04, 0.12))] = 0.0625  # fmt: skip
    friendly: Annotated[float, Parameter("index", -1.0, 1.0,
        "preference of a new government that may accept the court again")] = 0.15  # fmt: skip
    accepting: Annotated[float, Parameter("share", 0.0, 1.0, "such governments that do",
        prior=Uniform(0.05, 0.4))] = 0.2  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "member.id", "member.inside",
             "member.judiciary", "member.outside_court", "member.preference", "member.rebuked")  # fmt: skip
    writes = ("member.left_court", "member.outside_court", "member.rebuked")
    terms = ("level", "rebuke", "judiciary", "preference")


def withdraw(member: Member, clock: Clock, court_exit: CourtExit, why: Any) -> None:
    """Exit: after a rebuke, rulers whom nobody checks at home rid themselves of the judge abroad."""
    member.left_court = 0
    member.rebuked *= 1.0 - court_exit.fading
    if member.inside == 0 or member.outside_court != 0 or member.rebuked < court_exit.noticed:
        return
    why.level = court_exit.level
    why.rebuke = court_exit.rebuke * min(member.rebuked, 1.0)
    why.judiciary = court_exit.judiciary * member.judiciary
    why.preference = court_exit.preference * member.preference
    why.logit = why.level + why.rebuke + why.judiciary + why.preference
    why.draw = uniform(clock, member.id, WITHDRAW, 0)
    if why.draw < logistic(why.logit):
        member.outside_court = 1
        member.left_court = 1
        member.rebuked = 0.0


def accept_again(member: Member, clock: Clock, court_exit: CourtExit) -> None:
    """Home: a new, friendly government may come back to the court."""
    willing = member.outside_court != 0 and member.preference > court_exit.friendly
    if willing and uniform(clock, member.id, ACCEPT, 0) < court_exit.accepting:
        member.outside_court = 0
