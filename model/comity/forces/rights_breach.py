"""Breaches of rights follow power: they grow while a regime autocratizes or soldiers rule, and fade when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class RightsBreach(Force):
    """How far rights are being broken in each state, whether or not the organization looks.

    Names     democratic backsliding, rule-of-law crisis, repression
    Evidence  S1 (suspensions answer mostly coups and violations of rights); B1, B2 for the episodes behind them
    """

    eroding: Annotated[float, Parameter("share", 0.0, 1.0, "breach under way while a regime autocratizes",
        prior=Uniform(0.4, 0.8))] = 0.6  # fmt: skip
    seized: Annotated[float, Parameter("share", 0.0, 1.0, "breach under a government that came by coup",
        prior=Uniform(0.6, 1.0))] = 0.9  # fmt: skip
    standing: Annotated[float, Parameter("share", 0.0, 1.0,
        "standing breach in a state without democracy and without courts",
        prior=Uniform(0.1, 0.4))] = 0.25  # fmt: skip
    speed: Annotated[float, Parameter("a quarter", 0.0, 1.0, "speed at which a breach grows or fades",
        prior=Uniform(0.08, 0.25))] = 0.15  # fmt: skip

    reads = ("member.coup_government", "member.democracy", "member.episode", "member.judiciary",
             "member.rights_breach")  # fmt: skip
    writes = ("member.rights_breach",)


def spread(member: Member, rights_breach: RightsBreach) -> None:
    """World: what rulers do with the courts and the press follows what the regime is becoming."""
    ahead = rights_breach.standing * (1.0 - member.democracy) * (1.0 - member.judiciary)
    if member.episode < 0:
        ahead = max(ahead, rights_breach.eroding)
    if member.coup_government > 0.0:
        ahead = max(ahead, rights_breach.seized)
    moved = rights_breach.speed * (ahead - member.rights_breach)
    member.rights_breach = clip(member.rights_breach + moved, 0.0, 1.0)
