"""Envelopes for several years make money predictable, and leave it stranded where it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Member, Organization


@dataclass(frozen=True, kw_only=True)
class Cycles(Lever):
    """Money is laid down for years ahead: members pay in time and plan with it, and it cannot follow what happens.

    Names     multiannual financial framework, predictable funding cycles, programmable aid
    Price     stranded funds where capacity to use them is low; late money in a crisis; milestones lose their threat
    Evidence  assumption; multiannual financial framework of the European Union as the reference case
    Misuse    seven-year envelopes for weak administrations in a restless decade
    """

    group = "money"
    for_all = True
    certainty: Annotated[float, Parameter("share a quarter", 0.0, 0.2, "predictability that full cycles add",
        prior=Uniform(0.001, 0.01))] = 0.004  # fmt: skip
    stranded: Annotated[float, Parameter("share", 0.0, 1.0,
        "money that lies idle at full strength, without capacity to use it",
        prior=Uniform(0.2, 0.7))] = 0.4  # fmt: skip
    late: Annotated[float, Parameter("share", 0.0, 1.0, "compensation and funds that come too late in a full crisis",
        prior=Uniform(0.3, 0.9))] = 0.6  # fmt: skip
    blamed: Annotated[float, Parameter("trust a quarter", 0.0, 0.02,
        "trust lost where money cannot be moved to a full crisis",
        prior=Uniform(0.0, 0.004))] = 0.002  # fmt: skip

    reads = ("member.compensation", "member.crisis", "member.funds", "member.inside", "member.procedure",
             "org.coverage", "org.held", "org.mean_capacity", "org.means", "org.predictability")  # fmt: skip
    writes = ("member.compensation", "member.funds", "member.procedure", "org.coverage",
              "org.predictability", "org.regularity")  # fmt: skip


def commit(org: Organization, cycles: Cycles) -> None:
    """Plan: envelopes are known years ahead, save for what is held back."""
    org.regularity = cycles.strength
    sure = cycles.certainty * cycles.strength * (1.0 - min(org.held, 1.0))
    org.predictability = clip(org.predictability + sure, 0.0, 1.0)


def strand(org: Organization, cycles: Cycles) -> None:
    """Plan: the longer ahead money is laid down, the more of it lies where nobody can use it."""
    idle = cycles.stranded * cycles.strength * cycles.strength * (1.0 - org.mean_capacity)
    org.coverage *= 1.0 - clip(idle, 0.0, 1.0)


def lag(member: Member, org: Organization, cycles: Cycles) -> None:
    """Plan: what is laid down cannot be moved to where a crisis strikes, and publics see it."""
    if member.inside != 0:
        fixed = cycles.strength * cycles.strength * org.means
        member.procedure -= cycles.blamed * fixed * member.crisis
    on_time = 1.0 - clip(cycles.late * cycles.strength * member.crisis, 0.0, 1.0)
    member.compensation *= on_time
    member.funds *= on_time
