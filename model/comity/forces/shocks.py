"""Shocks strike exposed states hardest and spill over to their neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip
from comity.chance import purpose, uniform
from comity.mechanism import Force
from comity.parameter import Normal, Parameter, Uniform
from comity.world import QUARTERS_PER_YEAR, REGION, Clock, Member, Organization, Shock, Tie

ECONOMIC: Final = purpose("shocks.economic")
MIGRATION: Final = purpose("shocks.migration")
SECURITY: Final = purpose("shocks.security")
PANDEMIC: Final = purpose("shocks.pandemic")
FULL_CRISIS: Final = 3.0
"""Shocks of this total size leave nothing to be worse."""
STEEPEST: Final = -60.0


@dataclass(frozen=True, kw_only=True)
class Shocks(Force):
    """What the calendar holds acts as it did; beyond the calendar, crises come by chance to the whole region.

    Names     exogenous shocks, contagion
    Evidence  loadings of mechanisms.md, section 4, on trust 2007-2024; calendars in scenarios/calendars
    """

    economic_rate: Annotated[float, Parameter("a year", 0.0, 1.0, "chance of a region-wide economic crisis")] = 0.08
    migration_rate: Annotated[float, Parameter("a year", 0.0, 1.0, "chance of a migration crisis")] = 0.04
    security_rate: Annotated[float, Parameter("a year", 0.0, 1.0, "chance of a security crisis")] = 0.05
    pandemic_rate: Annotated[float, Parameter("a year", 0.0, 1.0, "chance of a pandemic")] = 0.015
    length: Annotated[float, Parameter("quarters", 1.0, 40.0, "length of a crisis by chance")] = 6.0
    depth: Annotated[float, Parameter("points a year", 0.0, 20.0, "growth lost in an economic crisis by chance")] = 3.0
    debt_loading: Annotated[float, Parameter("trust a quarter", 0.0, 0.1, "trust lost in a debt crisis",
        prior=Normal(0.0119, 0.0026), source="fitted to P1, T4, T6: calibration/fitted.json")] = 0.0119  # fmt: skip
    economic_loading: Annotated[float, Parameter("trust a quarter", 0.0, 0.1, "trust lost in a recession beyond growth",
        prior=Uniform(0.0, 0.006))] = 0.003  # fmt: skip
    migration_loading: Annotated[float, Parameter("trust a quarter", 0.0, 0.1, "trust lost in a migration crisis",
        prior=Normal(0.012, 0.004), source="mechanisms.md, section 4")] = 0.012  # fmt: skip
    pandemic_rally: Annotated[float, Parameter("trust a quarter", -0.1, 0.1, "trust won while a pandemic is fought",
        prior=Normal(0.012, 0.006), source="mechanisms.md, section 4")] = 0.012  # fmt: skip
    security_loading: Annotated[float, Parameter("trust a quarter", -0.1, 0.1, "trust lost when security fails",
        prior=Normal(0.004, 0.006), contested=True)] = 0.004  # fmt: skip
    energy_loading: Annotated[float, Parameter("trust a quarter", -0.1, 0.1, "trust lost in an energy and price shock",
        prior=Normal(0.002, 0.004), contested=True)] = 0.002  # fmt: skip
    grievance_loading: Annotated[float, Parameter("grievance a quarter", 0.0, 0.1,
        "grievance left by a shock of size one",
        prior=Uniform(0.004, 0.012))] = 0.008  # fmt: skip
    blamed: Annotated[float, Parameter("share", 0.0, 1.0, "share of a shock that is laid at the organization's door",
        prior=Uniform(0.2, 0.6), source="Hobolt and Tilley 2014 (memory)")] = 0.4  # fmt: skip
    contagion: Annotated[float, Parameter("share", 0.0, 1.0, "part of a neighbour's crisis that is felt at home",
        prior=Uniform(0.05, 0.35))] = 0.2  # fmt: skip

    reads = ("clock.chance_from", "clock.key0", "clock.key1", "clock.quarter", "member.crisis_near",
             "member.exposure_debt", "member.exposure_economic", "member.exposure_migration",
             "member.exposure_pandemic", "member.exposure_security", "member.growth",
             "org.storm_economic", "org.storm_migration", "org.storm_pandemic", "org.storm_security",
             "other.crisis", "shock.debt", "shock.disinformation", "shock.economic", "shock.energy",
             "shock.migration", "shock.pandemic", "shock.referendum", "shock.sanction", "shock.security",
             "tie.near")  # fmt: skip
    writes = ("member.conflict", "member.crisis", "member.crisis_near", "member.growth",
              "member.referendum", "member.shock_blamed", "member.shock_grievance", "member.shock_trust",
              "org.storm_economic", "org.storm_migration", "org.storm_pandemic", "org.storm_security")  # fmt: skip


def _storm(left: float, rate: float, length: float, clock: Clock, kind: int) -> float:
    if left > 0.0:
        return left - 1.0
    if clock.quarter < clock.chance_from:
        return 0.0
    return length if uniform(clock, REGION, kind, 0) < rate / QUARTERS_PER_YEAR else 0.0


def brew(org: Organization, clock: Clock, shocks: Shocks) -> None:
    """World: beyond the years that the calendar covers, crises come by chance."""
    org.storm_economic = _storm(org.storm_economic, shocks.economic_rate, shocks.length, clock, ECONOMIC)
    org.storm_migration = _storm(org.storm_migration, shocks.migration_rate, shocks.length, clock, MIGRATION)
    org.storm_security = _storm(org.storm_security, shocks.security_rate, shocks.length, clock, SECURITY)
    org.storm_pandemic = _storm(org.storm_pandemic, shocks.pandemic_rate, shocks.length, clock, PANDEMIC)


def strike(member: Member, org: Organization, shock: Shock, shocks: Shocks) -> None:
    """World: a shock's size times the state's exposure, with an echo of the neighbours' last quarter."""
    economic = (shock.economic + min(org.storm_economic, 1.0)) * member.exposure_economic
    debt = shock.debt * member.exposure_debt
    migration = (shock.migration + min(org.storm_migration, 1.0)) * member.exposure_migration
    pandemic = (shock.pandemic + min(org.storm_pandemic, 1.0)) * member.exposure_pandemic
    security = (shock.security + min(org.storm_security, 1.0)) * member.exposure_security
    own = economic + debt + migration + pandemic + security + shock.energy + shock.sanction
    if org.storm_economic > 0.0:
        member.growth = max(member.growth - shocks.depth * member.exposure_economic, STEEPEST)
    member.shock_trust = clip(
        shocks.economic_loading * economic
        + shocks.debt_loading * debt
        + shocks.migration_loading * migration
        - shocks.pandemic_rally * pandemic
        + shocks.security_loading * security
        + shocks.energy_loading * (shock.energy + shock.disinformation),
        -1.0,
        1.0,
    )
    felt = economic + debt + migration + security + shock.energy + shock.disinformation + shock.sanction
    member.shock_grievance = clip(shocks.grievance_loading * felt, 0.0, 1.0)
    member.shock_blamed = shocks.blamed
    member.crisis = clip(own / FULL_CRISIS + shocks.contagion * member.crisis_near, 0.0, 1.0)
    member.conflict = clip(security, 0.0, 1.0)
    member.crisis_near = 0.0
    member.referendum = clip(shock.referendum, 0.0, 1.0)


def echo(member: Member, other: Member, tie: Tie) -> None:
    """World: what strikes neighbours is felt at home a quarter later."""
    member.crisis_near = min(member.crisis_near + tie.near * other.crisis, 1.0)
