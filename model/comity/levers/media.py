"""Media literacy and public-service cooperation undo disinformation where they are believed, and only there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Member, Organization


@dataclass(frozen=True, kw_only=True)
class Media(Lever):
    """Teachers, fact-checkers and broadcasters from all members take on what campaigns have left behind.

    Names     media literacy, prebunking and debunking, public-service media, boomerang effect
    Price     where few trust the organization it is taken for propaganda; cost; autocrats resist it
    Evidence  wide priors: corrections work and fade (meta-analyses, memory), and come from whom one trusts
    Misuse    at full strength in calm times: nothing to undo, and the suspicious are confirmed
    """

    group = "openness"
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost at full strength",
        prior=Uniform(0.01, 0.05))] = 0.02  # fmt: skip
    undone: Annotated[float, Parameter("share a quarter", 0.0, 1.0,
        "exposure undone at full strength and means, where all trust the organization and media are free",
        prior=Uniform(0.2, 0.9))] = 0.5  # fmt: skip
    suspected_below: Annotated[float, Parameter("share", 0.0, 1.0, "trust below which it is taken for propaganda",
        prior=Uniform(0.25, 0.45))] = 0.35  # fmt: skip
    suspected: Annotated[float, Parameter("trust for each unit missing, each quarter", 0.0, 0.2,
        "trust lost to that suspicion at full strength",
        prior=Uniform(0.0, 0.012))] = 0.005  # fmt: skip
    resisted: Annotated[float, Parameter("index a quarter", 0.0, 0.05, "preference lost in a full autocracy",
        prior=Uniform(0.0, 0.004))] = 0.002  # fmt: skip

    reads = ("member.democracy", "member.inside", "member.misled", "member.preference",
             "member.procedure", "member.trust", "org.coverage", "org.means", "org.requested")  # fmt: skip
    writes = ("member.misled", "member.preference", "member.procedure", "org.requested")


def request(org: Organization, media: Media) -> None:
    """Plan: teachers and newsrooms cost a little."""
    org.requested += media.cost * media.strength


def teach(member: Member, org: Organization, media: Media) -> None:
    """Plan: the trusted are believed; the others confirm what was suspected of them."""
    if member.inside == 0:
        return
    reached = media.strength * org.coverage * org.means
    undone = clip(media.undone * reached * member.trust * member.democracy, 0.0, 1.0)
    member.misled = member.misled * (1.0 - undone)
    suspicion = max(media.suspected_below - member.trust, 0.0)
    member.procedure -= media.suspected * media.strength * media.strength * suspicion
    autocracy = (1.0 - member.democracy) * (1.0 - member.democracy)
    member.preference = clip(member.preference - media.resisted * media.strength * autocracy, -1.0, 1.0)
