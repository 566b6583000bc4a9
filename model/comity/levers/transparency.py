"""Transparency shows publics how the organization performs, good or bad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Lever
from comity.parameter import Normal, Parameter, Uniform
from comity.world import Member, Organization


@dataclass(frozen=True, kw_only=True)
class Transparency(Lever):
    """Open budgets, procurement, reviews and data: expectations follow what is, and less is diverted.

    Names     transparency, accountability, open government
    Price     exposes failure, with an early dip of trust; autocracies resent being seen; it costs
    Evidence  T8 (null or mixed: the direct effect on trust is drawn around zero), R4
    Misuse    opened while delivery is poor: publics learn of it faster than it mends
    """

    group = "openness"
    answers = (("trust", 0.6),)
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost at full strength")] = 0.03
    direct: Annotated[float, Parameter("trust a quarter", -0.02, 0.02, "direct effect on trust at full strength",
        prior=Normal(0.0, 0.0015), source="T8", contested=True)] = 0.0  # fmt: skip
    exposed: Annotated[float, Parameter("trust a quarter", 0.0, 0.1,
        "trust moved by showing promises kept or not, all of them",
        prior=Uniform(0.0, 0.02), source="T8: an early dip where performance is poor")] = 0.01  # fmt: skip
    usual: Annotated[float, Parameter("share", 0.0, 1.0, "promises not kept that publics put up with",
        prior=Uniform(0.05, 0.25))] = 0.15  # fmt: skip
    resented: Annotated[float, Parameter("index a quarter", 0.0, 0.05, "preference lost in a full autocracy",
        prior=Uniform(0.0, 0.006))] = 0.003  # fmt: skip

    reads = ("member.democracy", "member.inside", "member.preference", "member.procedure",
             "member.transparency", "member.unmet", "org.coverage", "org.requested")  # fmt: skip
    writes = ("member.preference", "member.procedure", "member.transparency", "org.requested")


def request(org: Organization, transparency: Transparency) -> None:
    """Plan: reviews and open data cost a little."""
    org.requested += transparency.cost * transparency.strength


def disclose(member: Member, org: Organization, transparency: Transparency) -> None:
    """Plan: what is shown is learned; rulers who answer to nobody dislike it."""
    shown = transparency.strength * org.coverage
    member.transparency = clip(shown, 0.0, 1.0)
    member.procedure += transparency.direct * shown
    if member.inside != 0:
        resented = transparency.resented * shown * (1.0 - member.democracy) * (1.0 - member.democracy)
        member.preference = clip(member.preference - resented, -1.0, 1.0)


def expose(member: Member, transparency: Transparency) -> None:
    """Publics: promises kept and not kept are seen."""
    member.procedure += transparency.exposed * member.transparency * (transparency.usual - member.unmet)
