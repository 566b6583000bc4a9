"""Assistance builds capacity slowly, where a state means to use it; elsewhere it teaches to comply on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip, logistic, ratio
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import Area, Member, Organization, Stake


@dataclass(frozen=True, kw_only=True)
class CapacityBuilding(Lever):
    """Money becomes area capacity after two to four years, with reforms and not before them; unfunded it decays.

    Names     management school (Chayes and Chayes 1993), technical assistance, twinning
    Price     budget; without willingness nothing or worse (C14); the helped administration builds less of its own
    Evidence  C9, C12, C14
    Misuse    aimed at the unwilling: better reports, not better deeds; for ever: dependence
    """

    group = "capacity"
    answers = (("capacity", 1.0), ("money", -0.8))
    cost: Annotated[float, Parameter("share of full dues", 0.0, 2.0, "cost at full strength",
        prior=Uniform(0.15, 0.5))] = 0.3  # fmt: skip
    yield_: Annotated[float, Parameter("share a quarter", 0.0, 0.2, "capacity put on its way at full strength and need",
        prior=Uniform(0.012, 0.04))] = 0.024  # fmt: skip
    reform: Annotated[float, Parameter("logit", 0.0, 20.0, "how sharply use depends on the government's will",
        prior=Uniform(2.0, 6.0), source="works with reforms, not before them")] = 4.0  # fmt: skip
    will: Annotated[float, Parameter("index", -1.0, 1.0, "preference at which half of it is used")] = 0.0
    dependence: Annotated[float, Parameter("share a quarter", 0.0, 0.1,
        "own capacity not built, for each unit that assistance built",
        prior=Uniform(0.0, 0.006))] = 0.0025  # fmt: skip

    reads = ("area.capacity_demand", "area.weight", "member.capacity", "member.capacity_home",
             "member.inside", "member.preference", "member.released", "org.coverage", "org.inside",
             "org.means", "org.requested", "stake.capacity", "stake.pipeline")  # fmt: skip
    writes = ("member.capacity_home", "org.requested", "stake.pipeline")


def request(member: Member, org: Organization, capacity_building: CapacityBuilding) -> None:
    """Plan: help is asked for where capacity is missing."""
    if member.inside != 0:
        org.requested += ratio(capacity_building.cost * capacity_building.strength, float(org.inside))


def assist(member: Member, stake: Stake, area: Area, org: Organization, capacity_building: CapacityBuilding) -> None:
    """Plan: what the budget covers is put on its way, to those who lack capacity and will use it."""
    if member.inside == 0:
        return
    missing = clip(1.0 - member.capacity - stake.capacity, 0.0, 1.0)
    used = logistic(capacity_building.reform * (member.preference - capacity_building.will))
    given = capacity_building.strength * org.coverage * org.means * member.released
    stake.pipeline += capacity_building.yield_ * given * missing * used * area.capacity_demand


def depend(member: Member, stake: Stake, area: Area, capacity_building: CapacityBuilding) -> None:
    """Plan: an administration that others build builds less of its own."""
    loss = capacity_building.dependence * area.weight * stake.capacity
    member.capacity_home = clip(member.capacity_home - loss, 0.0, 1.0)
