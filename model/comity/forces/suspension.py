"""Suspension answers coups, rarely and selectively; it ends when elections return or when patience does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.chance import purpose, uniform
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import MEMBER, RETURNED, SUSPENDED, Clock, Member, Organization

SUSPEND: Final = purpose("suspension.suspend")
READMIT: Final = purpose("suspension.readmit")


@dataclass(frozen=True, kw_only=True)
class Suspension(Force):
    """What an organization does without any rights lever: it may suspend a government that came by coup.

    Names     suspension, anti-coup norm (Lome Declaration 2000)
    Evidence  S1, S2; mechanisms.md, pattern 9: three roads after suspension, none above .8
    """

    coup: Annotated[float, Parameter("share", 0.0, 1.0, "coup governments of a state without power that are suspended",
        prior=Uniform(0.2, 0.8), source="S2; anti-coup norms by region file")] = 0.1  # fmt: skip
    mended: Annotated[float, Parameter("share", 0.0, 1.0,
        "breach of rights below which a state suspended for it is taken back")] = 0.2  # fmt: skip
    patience: Annotated[float, Parameter("a quarter", 0.0, 1.0, "readmission without compliance",
        source="mechanisms.md, pattern 9: Syria after twelve years")] = 0.02  # fmt: skip
    act: Annotated[float, Parameter("acts", 0.0, 5.0, "coercion of a suspension, each quarter",
        prior=Uniform(0.02, 0.1))] = 0.05  # fmt: skip

    reads = ("clock.key0", "clock.key1", "clock.quarter", "member.charged", "member.coerced",
             "member.coup_government", "member.id", "member.rights_breach", "member.shield",
             "member.standing")  # fmt: skip
    writes = ("member.charged", "member.coerced", "member.since", "member.standing", "member.suspended_now")


def suspend(member: Member, org: Organization, clock: Clock, suspension: Suspension) -> None:
    """Monitoring: a coup is answered once, sooner where the state is weak; what was answered by suspension must end."""
    member.suspended_now = 0
    standing = member.standing == MEMBER or member.standing == RETURNED
    if standing and member.coup_government == 1.0:
        chance = suspension.coup * (1.0 - member.shield)
        if uniform(clock, member.id, SUSPEND, 0) < chance:
            member.standing = SUSPENDED
            member.since = 0.0
            member.suspended_now = 1
            member.charged = 0
    elif member.standing == SUSPENDED:
        member.coerced += suspension.act
        answered = member.rights_breach < suspension.mended if member.charged != 0 else member.coup_government <= 0.0
        if answered or uniform(clock, member.id, READMIT, 0) < suspension.patience:
            member.standing = MEMBER
            member.since = 0.0
            member.charged = 0
