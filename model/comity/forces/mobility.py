"""Those who study and work abroad bring something home; some do not come home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip, ratio
from comity.mechanism import Force
from comity.parameter import Normal, Parameter, Uniform
from comity.world import Member, Organization, Shock


@dataclass(frozen=True, kw_only=True)
class Mobility(Force):
    """What exchange has set in motion lasts for cohorts: small gains, contact, brain drain, and a target in hard times.

    Names     contact hypothesis (Allport 1954), transactionalism (Deutsch 1957), brain drain
    Evidence  T11 (null, negative and positive studies: contact is drawn around zero); mechanisms.md, section 1
    """

    fading: Annotated[float, Parameter("a quarter", 0.0, 0.5, "fading of mobility that nothing feeds",
        prior=Uniform(0.01, 0.04))] = 0.02  # fmt: skip
    worth: Annotated[float, Parameter("index", 0.0, 1.0, "felt gain of full mobility",
        prior=Uniform(0.0, 0.16))] = 0.08  # fmt: skip
    contact: Annotated[float, Parameter("identity a quarter", -0.01, 0.01,
        "exclusive attachment lost where all are mobile",
        prior=Normal(0.0, 0.001), source="T11: 0 to .05 a cohort, or none", contested=True)] = 0.0  # fmt: skip
    drain: Annotated[float, Parameter("capacity a quarter", 0.0, 0.05,
        "capacity that a state without income loses where all are mobile",
        prior=Uniform(0.0, 0.04))] = 0.02  # fmt: skip
    backlash: Annotated[float, Parameter("grievance a quarter", 0.0, 0.1,
        "grievance where all are mobile in a migration crisis of size one",
        prior=Uniform(0.0, 0.02))] = 0.008  # fmt: skip

    reads = ("member.capacity", "member.exposure_migration", "member.gain", "member.identity",
             "member.income", "member.inside", "member.mobility", "member.shock_grievance",
             "org.population", "org.power", "org.storm_migration", "shock.migration")  # fmt: skip
    writes = ("member.capacity", "member.gain", "member.identity", "member.mobility", "member.shock_grievance")


def resent(member: Member, org: Organization, shock: Shock, mobility: Mobility) -> None:
    """World: in a migration crisis open doors are held against those who opened them."""
    crisis = (shock.migration + min(org.storm_migration, 1.0)) * member.exposure_migration
    added = mobility.backlash * member.mobility * crisis
    member.shock_grievance = clip(member.shock_grievance + added, 0.0, 1.0)


def ebb(member: Member, org: Organization, mobility: Mobility) -> None:
    """Plan: mobility fades; the more there is, the more of those whom poorer states need stay away."""
    poorer = clip(1.0 - ratio(member.income * org.population, org.power), 0.0, 1.0)
    lost = mobility.drain * member.mobility * member.mobility * poorer
    member.capacity = clip(member.capacity * (1.0 - lost), 0.0, 1.0)
    member.mobility = member.mobility * (1.0 - mobility.fading)


def earn(member: Member, mobility: Mobility) -> None:
    """Gains: skills and ties pay a little."""
    if member.inside != 0:
        member.gain += mobility.worth * member.mobility


def mingle(member: Member, mobility: Mobility) -> None:
    """Publics: contact moves attachment a little, one way or the other."""
    moved = mobility.contact * member.mobility * member.identity
    member.identity = clip(member.identity - moved, 0.0, 1.0)
