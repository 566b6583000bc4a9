"""A run begins with levels to return to: what is usual for each state is what its region's file says of its start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, logit, ratio
from comity.chance import normal, purpose
from comity.mechanism import Force
from comity.parameter import Normal, Parameter, Uniform
from comity.world import Area, Clock, Member, Organization, Stake

FRAILTY: Final = purpose("founding.frailty")
START: Final = purpose("founding.capacity")
LEAST: Final = 0.005
MOST: Final = 0.995


@dataclass(frozen=True, kw_only=True)
class Founding(Force):
    """Set-up before the first quarter: home levels, and practice by capacity.

    Names     initial conditions
    Evidence  mechanisms.md, sections 4 and 5
    """

    frailty: Annotated[float, Parameter("logit", 0.0, 4.0, "spread over states of slowness to ratify",
        prior=Normal(1.86, 0.484), source="fitted to C1, C2, C3, R7: calibration/fitted.json")] = 1.86  # fmt: skip
    practice_slope: Annotated[float, Parameter("depth for each unit of capacity", 0.0, 2.0,
        "better administrations do more already",
        prior=Uniform(0.2, 0.9))] = 0.5  # fmt: skip
    practice_spread: Annotated[float, Parameter("depth", 0.0, 0.5, "how far practice differs by chance")] = 0.08
    trust_home: Annotated[float, Parameter("share", 0.0, 1.0, "mean level to which trust returns",
        prior=Uniform(0.42, 0.58), source="EU 2007: .57, from 2020 .5; elsewhere assumption")] = 0.5  # fmt: skip
    usual_effort: Annotated[float, Parameter("share of quality", 0.0, 1.0, "effort at the start")] = 0.9

    reads = ("area.benefit", "area.opening_practice", "area.row", "clock.key0", "clock.key1",
             "clock.quarter", "member.capacity", "member.challenger", "member.gain", "member.grievance",
             "member.id", "member.identity", "member.inside", "member.preference", "member.trust",
             "member.trust_national", "org.inside", "org.legitimacy", "org.mean_capacity",
             "org.secretariat", "stake.practice")  # fmt: skip
    writes = ("member.capacity_home", "member.carrier", "member.driver", "member.driver_home",
              "member.expectation", "member.founding", "member.frailty", "member.gain_seen",
              "member.grievance_home", "member.identity_home", "member.preference_home",
              "member.trust_home", "member.trust_national_home", "member.trust_observed", "org.effort",
              "org.legitimacy", "org.mean_capacity", "stake.benefit", "stake.practice",
              "stake.practice_home")  # fmt: skip


def average(member: Member, org: Organization) -> None:
    """Founding: mean capacity and mean trust of those inside."""
    if member.inside != 0:
        org.mean_capacity += member.capacity * ratio(1.0, float(org.inside))
        org.legitimacy += member.trust * ratio(1.0, float(org.inside))


def settle_in(member: Member, org: Organization, clock: Clock, founding: Founding) -> None:
    """Founding: what a state starts with is what it returns to; trust returns to the region's level."""
    member.founding = member.inside
    member.capacity_home = member.capacity
    member.preference_home = member.preference
    member.identity_home = member.identity
    member.grievance_home = member.grievance
    member.trust_home = clip(founding.trust_home + member.trust - org.legitimacy, 0.0, 1.0)
    member.trust_national_home = member.trust_national
    member.trust_observed = member.trust
    vote = clip(member.challenger, LEAST, MOST)
    member.driver_home = logit(vote)
    member.driver = logit(vote)
    member.carrier = logit(vote)
    member.frailty = founding.frailty * normal(clock, member.id, FRAILTY, 0)


def start_effort(org: Organization, founding: Founding) -> None:
    """Founding: the secretariat is at work already."""
    org.effort = founding.usual_effort * org.secretariat


def take_stock(stake: Stake, member: Member, area: Area, org: Organization, clock: Clock, founding: Founding) -> None:
    """Founding: what a state does at home already, by its capacity and by chance, and what it can gain."""
    deviation = member.capacity - org.mean_capacity
    drawn = founding.practice_spread * normal(clock, member.id, START, area.row)
    stake.practice = clip(area.opening_practice + founding.practice_slope * deviation + drawn, 0.0, 1.0)
    stake.practice_home = stake.practice
    stake.benefit = clip(area.benefit, 0.0, 1.0)


def expect(member: Member) -> None:
    """Founding: publics expect what they have."""
    member.expectation = member.gain
    member.gain_seen = member.gain
