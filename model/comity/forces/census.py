"""Who is inside, how strong, and where the middle lies is counted before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from comity.arithmetic import ratio
from comity.mechanism import Force
from comity.parameter import Parameter
from comity.world import (
    IN_NOTICE,
    MEMBER,
    RETURNED,
    SUSPENDED,
    WITHDRAWN,
    Member,
    Organization,
    Stake,
)


@dataclass(frozen=True, kw_only=True)
class Census(Force):
    """Members, suspended members and members in notice are inside; power is the share of their common income.

    Names     power asymmetry, median voter
    """

    ideal_share: Annotated[float, Parameter("share", 0.0, 1.0,
        "weight of preferences in distance, against world politics",
        source="mechanisms.md, decision (d); UNGA ideal points as a proxy")] = 0.5  # fmt: skip

    reads = ("member.bound", "member.democracy", "member.imposed", "member.income", "member.inside",
             "member.population", "member.position", "member.preference", "member.since",
             "member.standing", "members.id", "members.inside", "members.position", "members.preference",
             "org.democracy", "org.inside", "org.leavers", "org.median_position",
             "org.median_preference", "org.population", "org.power", "org.silent",
             "org.silent_population", "stake.bound", "stake.live_bound", "stake.live_outvoted",
             "stake.settled_outvoted")  # fmt: skip
    writes = ("member.bound", "member.distance", "member.imposed", "member.inside", "member.outvoted",
              "member.power", "member.since", "org.democracy", "org.inside", "org.leavers",
              "org.median_position", "org.median_preference", "org.population", "org.power", "org.silent",
              "org.silent_population")  # fmt: skip


def recount(org: Organization) -> None:
    """Census: counted anew."""
    org.inside = 0
    org.silent = 0
    org.silent_population = 0.0
    org.power = 0.0
    org.population = 0.0
    org.democracy = 0.0
    org.leavers = 0


def count(member: Member, org: Organization) -> None:
    """Census: each state inside adds its income and population."""
    member.since += 1.0
    standing = member.standing
    member.inside = 1 if standing in (MEMBER, RETURNED, SUSPENDED, IN_NOTICE) else 0
    if member.inside != 0:
        org.inside += 1
        org.power += member.income * member.population
        org.population += member.population
        org.democracy += member.democracy
        if standing in (SUSPENDED, IN_NOTICE):
            org.silent += 1
            org.silent_population += member.population
    elif standing == WITHDRAWN:
        org.leavers += 1


def middle_of_regimes(org: Organization) -> None:
    """Census: mean democracy of those inside."""
    org.democracy = min(ratio(org.democracy, float(org.inside)), 1.0)


def measure_power(member: Member, org: Organization) -> None:
    """Census: power is the share of common income."""
    member.power = min(ratio(member.income * member.population, org.power), 1.0) if member.inside != 0 else 0.0


def find_middle(org: Organization, members: Any) -> None:
    """Census: the lower median of preference and of position in world politics."""
    for i in range(members.shape[0]):
        if members[i].inside == 0:
            continue
        below = 0
        aside = 0
        for j in range(members.shape[0]):
            if members[j].inside == 0:
                continue
            p, q = members[j].preference, members[i].preference
            if p < q or (p == q and members[j].id < members[i].id):
                below += 1
            p, q = members[j].position, members[i].position
            if p < q or (p == q and members[j].id < members[i].id):
                aside += 1
        if below == (org.inside - 1) // 2:
            org.median_preference = members[i].preference
        if aside == (org.inside - 1) // 2:
            org.median_position = members[i].position


def stand_apart(member: Member, org: Organization, census: Census) -> None:
    """Census: distance to the median member, in preference and in world politics."""
    apart = abs(member.preference - org.median_preference)
    aside = abs(member.position - org.median_position)
    member.distance = census.ideal_share * apart + (1.0 - census.ideal_share) * aside


def forget_outvoted(member: Member) -> None:
    """Census: what was imposed is added up anew."""
    member.bound = 0.0
    member.imposed = 0.0


def add_outvoted(member: Member, stake: Stake) -> None:
    """Census: depth that binds, and depth that binds against the state's own vote."""
    member.bound += stake.bound + stake.live_bound
    member.imposed += stake.settled_outvoted + stake.live_outvoted


def share_outvoted(member: Member) -> None:
    """Census: the share of what binds that was voted against."""
    member.outvoted = min(ratio(member.imposed, member.bound), 1.0)
