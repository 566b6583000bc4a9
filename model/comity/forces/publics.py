"""Publics judge performance against what they have come to expect; grievance steps up and fades slowly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from comity.arithmetic import clip, ratio
from comity.chance import normal, purpose
from comity.mechanism import Force
from comity.parameter import Normal, Parameter, Uniform
from comity.world import REGION, Clock, Member, Organization

COMMON: Final = purpose("publics.common")
NATIONAL: Final = purpose("publics.national")
OWN: Final = purpose("publics.own")
SURVEY: Final = purpose("publics.survey")
IDENTITY: Final = purpose("publics.identity")


@dataclass(frozen=True, kw_only=True)
class Publics(Force):
    """Trust returns slowly to its level, moved by growth, trust at home, gain beyond expectation, procedure and shocks.

    Names     output and input legitimacy (Scharpf 1999), performance and procedure, extrapolation from national trust
    Evidence  T4, T5, T6, T9, P1; mechanisms.md, section 4
    """

    returning: Annotated[float, Parameter("a quarter", 0.0, 1.0, "return of trust to its level",
        prior=Normal(0.0414, 0.00975), source="fitted to T4: calibration/fitted.json")] = 0.0414  # fmt: skip
    growth: Annotated[float, Parameter("trust for a point a year, each quarter", -0.01, 0.02, "growth",
        prior=Normal(0.0011, 0.0004), source="T5")] = 0.0011  # fmt: skip
    national: Annotated[float, Parameter("ratio", 0.0, 2.0, "change of national trust carried over",
        prior=Normal(0.596, 0.0843), source="fitted to T6: calibration/fitted.json")] = 0.596  # fmt: skip
    performance: Annotated[float, Parameter("trust for each unit of gain, each quarter", 0.0, 0.5,
        "gain beyond expectation",
        prior=Uniform(0.02, 0.08), source="mechanisms.md, section 4")] = 0.05  # fmt: skip
    asymmetry: Annotated[float, Parameter("ratio", 0.5, 2.0, "weight of disappointment against pleasant surprise",
        prior=Uniform(1.0, 1.5), source="mechanisms.md, section 4")] = 1.0  # fmt: skip
    common_noise: Annotated[float, Parameter("share a quarter", 0.0, 0.1, "change of trust that all share",
        source="mechanisms.md, section 4")] = 0.0165  # fmt: skip
    own_noise: Annotated[float, Parameter("share a quarter", 0.0, 0.1, "change of trust of each public",
        source="mechanisms.md, section 4")] = 0.0145  # fmt: skip
    national_return: Annotated[float, Parameter("a quarter", 0.0, 1.0, "return of national trust",
        source="mechanisms.md, section 4")] = 0.05  # fmt: skip
    national_growth: Annotated[float, Parameter("trust for a point a year, each quarter", 0.0, 0.02,
        "growth and national trust",
        source="T5, T6: growth moves national trust by .57 net points")] = 0.0007  # fmt: skip
    national_shock: Annotated[float, Parameter("share", 0.0, 1.5,
        "what a crisis takes from trust in the organization that it takes from trust in the government",
        prior=Uniform(0.3, 1.1),
        source="2007 to 2013: the Union lost 26 points, governments 18 (Eurobarometer, memory)")] = 0.7  # fmt: skip
    national_noise: Annotated[float, Parameter("share a quarter", 0.0, 0.1, "change of national trust",
        source="mechanisms.md, section 4")] = 0.019  # fmt: skip
    survey: Annotated[float, Parameter("share", 0.0, 0.1, "sampling error of a survey",
        source="mechanisms.md, section 4")] = 0.016  # fmt: skip
    learning: Annotated[float, Parameter("a quarter", 0.0, 1.0, "speed at which expectation follows gain",
        prior=Uniform(0.04, 0.12), source="mechanisms.md, section 4")] = 0.08  # fmt: skip
    opened: Annotated[float, Parameter("a quarter", 0.0, 1.0, "added speed under full transparency",
        prior=Uniform(0.0, 0.3), source="T8; mechanisms.md, section 1")] = 0.15  # fmt: skip
    hardship: Annotated[float, Parameter("grievance for a point a year, each quarter", 0.0, 0.02, "growth below trend",
        source="mechanisms.md, section 4")] = 0.0009  # fmt: skip
    coercion: Annotated[float, Parameter("grievance for each act", 0.0, 2.0, "felt coercion",
        prior=Uniform(0.1, 0.5))] = 0.25  # fmt: skip
    imposed: Annotated[float, Parameter("grievance a quarter", 0.0, 0.2, "bound against its own vote, all of it",
        prior=Uniform(0.005, 0.03))] = 0.015  # fmt: skip
    unmet: Annotated[float, Parameter("grievance a quarter", 0.0, 0.2, "promises not kept, all of them",
        prior=Uniform(0.003, 0.02))] = 0.01  # fmt: skip
    ignored: Annotated[float, Parameter("grievance a quarter", 0.0, 0.2, "input asked for and not used, all of it",
        prior=Uniform(0.0, 0.015))] = 0.006  # fmt: skip
    uncompensated: Annotated[float, Parameter("grievance a quarter", 0.0, 0.5, "loss to the periphery, each unit",
        prior=Uniform(0.005, 0.03), source="P8")] = 0.015  # fmt: skip
    fading: Annotated[float, Parameter("a quarter", 0.0, 1.0, "fading of grievance",
        source="mechanisms.md, section 4: half-life four years")] = 0.043  # fmt: skip
    identity_return: Annotated[float, Parameter("a quarter", 0.0, 1.0, "return of identity to its level")] = 0.01
    identity_noise: Annotated[float, Parameter("share a quarter", 0.0, 0.1, "change of identity by chance")] = 0.002

    reads = ("clock.key0", "clock.key1", "clock.quarter", "member.coerced", "member.compensation",
             "member.expectation", "member.gain", "member.grievance", "member.grievance_home",
             "member.growth", "member.id", "member.identity", "member.identity_home", "member.ignored",
             "member.inequality", "member.inside", "member.outvoted", "member.procedure",
             "member.represented", "member.shock_blamed", "member.shock_grievance", "member.shock_trust",
             "member.transparency", "member.trust", "member.trust_home", "member.trust_national",
             "member.trust_national_change", "member.trust_national_home", "member.unmet", "org.inside",
             "org.legitimacy", "org.trust_common")  # fmt: skip
    writes = ("member.expectation", "member.grievance", "member.identity", "member.trust",
              "member.trust_national", "member.trust_national_change", "member.trust_observed",
              "org.legitimacy", "org.trust_common")  # fmt: skip


def move_together(org: Organization, clock: Clock, publics: Publics) -> None:
    """Publics: what moves all publics at once."""
    org.trust_common = publics.common_noise * normal(clock, REGION, COMMON, 0)
    org.legitimacy = 0.0


def trust_at_home(member: Member, clock: Clock, publics: Publics) -> None:
    """Publics: trust in the national government follows growth, crises and chance."""
    before = member.trust_national
    moved = (
        publics.national_return * (member.trust_national_home - before)
        + publics.national_growth * member.growth
        - publics.national_shock * member.shock_trust
        + publics.national_noise * normal(clock, member.id, NATIONAL, 0)
    )
    member.trust_national = clip(before + moved, 0.0, 1.0)
    member.trust_national_change = member.trust_national - before


def trust_abroad(member: Member, org: Organization, clock: Clock, publics: Publics) -> None:
    """Publics: performance against expectation, growth, trust at home, procedure, shocks, chance."""
    surprise = member.gain - member.expectation
    if surprise < 0.0:
        surprise *= publics.asymmetry
    moved = (
        publics.returning * (member.trust_home - member.trust)
        + publics.growth * member.growth
        + publics.national * member.trust_national_change
        + publics.performance * surprise
        + member.procedure
        - member.shock_trust
        + org.trust_common
        + publics.own_noise * normal(clock, member.id, OWN, 0)
    )
    member.trust = clip(member.trust + moved, 0.0, 1.0)
    seen = member.trust + publics.survey * normal(clock, member.id, SURVEY, 0)
    member.trust_observed = clip(seen, 0.0, 1.0)
    follow = min(publics.learning + publics.opened * member.transparency, 1.0)
    member.expectation += follow * (member.gain - member.expectation)


def aggrieve(member: Member, publics: Publics) -> None:
    """Publics: coercion, loss, broken promises and shocks add to grievance; time takes from it."""
    bad_times = publics.hardship * max(-member.growth, 0.0) * (1.0 - member.compensation)
    inside = float(member.inside)
    causes = inside * (
        publics.coercion * member.coerced
        + publics.imposed * member.outvoted * (1.0 - member.represented)
        + publics.unmet * member.unmet
        + publics.ignored * member.ignored
        + publics.uncompensated * member.inequality
    )
    shock = member.shock_grievance * (1.0 - member.compensation)
    rise = (bad_times + shock + member.shock_blamed * causes) * (1.0 - member.grievance)
    fall = publics.fading * (member.grievance - member.grievance_home)
    member.grievance = clip(member.grievance + rise - fall, 0.0, 1.0)


def attach(member: Member, clock: Clock, publics: Publics) -> None:
    """Publics: attachment to the nation moves slowly."""
    back = publics.identity_return * (member.identity_home - member.identity)
    noise = publics.identity_noise * normal(clock, member.id, IDENTITY, 0)
    member.identity = clip(member.identity + back + noise, 0.0, 1.0)


def legitimate(member: Member, org: Organization) -> None:
    """Publics: legitimacy is the mean of trust, each state counted once."""
    if member.inside != 0:
        org.legitimacy = min(org.legitimacy + member.trust * ratio(1.0, float(org.inside)), 1.0)
