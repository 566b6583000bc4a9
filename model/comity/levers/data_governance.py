"""Records that can be exchanged and trusted bring small gains every day, until they are breached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from comity.arithmetic import clip, ratio
from comity.chance import purpose, uniform
from comity.mechanism import Lever
from comity.parameter import Parameter, Uniform
from comity.world import QUARTERS_PER_YEAR, REGION, Area, Clock, Measure, Member, Organization, Post, Stake

BREACH: Final = purpose("data_governance.breach")


@dataclass(frozen=True, kw_only=True)
class DataGovernance(Lever):
    """Interoperable registers, consent, audit, trained officials; aimed at the data area unless a scenario says more.

    Names     interoperability, data sovereignty, once-only principle
    Price     needs capacity on both sides; sovereignty cost save in tranches; a breach costs trust everywhere
    Evidence  assumption; European Interoperability Framework and GDPR as the reference case
    Misuse    exchange at full volume with officials who cannot guard what they hold
    """

    group = "capacity"
    areas: ClassVar[tuple[str, ...]] = ("data",)
    cost: Annotated[float, Parameter("share of full dues", 0.0, 1.0, "cost at full strength",
        prior=Uniform(0.02, 0.08))] = 0.04  # fmt: skip
    daily: Annotated[float, Parameter("index", 0.0, 2.0, "gain from daily exchange, full capacity on all sides",
        prior=Uniform(0.05, 0.4))] = 0.2  # fmt: skip
    handled: Annotated[float, Parameter("trust a quarter", 0.0, 0.02,
        "trust won by daily handling that works, full capacity on all sides",
        prior=Uniform(0.0, 0.0016))] = 0.0008  # fmt: skip
    training: Annotated[float, Parameter("share a quarter", 0.0, 0.2,
        "capacity put on its way by training, at full strength and need",
        prior=Uniform(0.002, 0.01))] = 0.005  # fmt: skip
    sovereignty: Annotated[float, Parameter("ratio", 0.0, 5.0,
        "sovereignty cost of full exchange at once, against that of a measure of full depth",
        prior=Uniform(0.3, 1.5))] = 0.8  # fmt: skip
    rate: Annotated[float, Parameter("a year", 0.0, 1.0, "breach at full volume, nobody able",
        prior=Uniform(0.02, 0.1))] = 0.05  # fmt: skip
    guarded: Annotated[float, Parameter("share", 0.0, 1.0, "breaches that able officials everywhere prevent",
        prior=Uniform(0.5, 0.95))] = 0.8  # fmt: skip
    lost: Annotated[float, Parameter("trust a quarter", 0.0, 0.1, "trust lost in the quarter of a breach",
        prior=Uniform(0.002, 0.01))] = 0.005  # fmt: skip

    reads = ("area.capacity_demand", "area.sensitivity", "clock.key0", "clock.key1", "clock.quarter",
             "measure.tranche", "member.capacity", "member.gain", "member.identity", "member.inside",
             "member.procedure", "org.coverage", "org.data_breach", "org.inside", "org.interoperable",
             "org.means", "org.requested", "post.commitment", "stake.benefit", "stake.capacity",
             "stake.pipeline")  # fmt: skip
    writes = ("member.gain", "member.procedure", "org.data_breach", "org.interoperable", "org.requested",
              "post.commitment", "stake.pipeline")  # fmt: skip


def request(org: Organization, data_governance: DataGovernance) -> None:
    """Plan: registers and training cost a little."""
    org.requested += data_governance.cost * data_governance.strength


def train(member: Member, stake: Stake, area: Area, org: Organization, data_governance: DataGovernance) -> None:
    """Plan: officials are trained."""
    if member.inside != 0:
        missing = clip(1.0 - member.capacity - stake.capacity, 0.0, 1.0)
        given = data_governance.strength * org.coverage * org.means
        stake.pipeline += data_governance.training * given * missing * area.capacity_demand


def connect(member: Member, stake: Stake, org: Organization, area: Area) -> None:
    """Plan: how ready states are to exchange, on average; a chain of offices is as strong as both its ends."""
    if member.inside != 0:
        able = min(member.capacity + stake.capacity, 1.0)
        org.interoperable = min(org.interoperable + ratio(able * able, float(org.inside)), 1.0)


def leak(org: Organization, clock: Clock, data_governance: DataGovernance) -> None:
    """Plan: rarely, what was exchanged is breached; the more volume and the less able the guards, the sooner."""
    if org.interoperable <= 0.0:
        return  # nobody takes part, and nothing is exchanged
    volume = data_governance.strength * data_governance.strength
    chance = data_governance.rate * volume * (1.0 - data_governance.guarded * org.interoperable)
    if uniform(clock, REGION, BREACH, 0) * QUARTERS_PER_YEAR < chance:
        org.data_breach = 1.0


def serve(member: Member, org: Organization, data_governance: DataGovernance) -> None:
    """Plan: who is served without delay, and keeps control of what is known of him, trusts a little more."""
    if member.inside != 0:
        volume = data_governance.strength * org.coverage * (1.0 - org.data_breach)
        member.procedure += data_governance.handled * volume * org.interoperable


def distrust(member: Member, org: Organization, data_governance: DataGovernance) -> None:
    """Plan: a breach anywhere costs trust everywhere, until it is forgotten."""
    if member.inside != 0:
        member.procedure -= data_governance.lost * org.data_breach


def guard(post: Post, member: Member, measure: Measure, area: Area, data_governance: DataGovernance) -> None:
    """Consent: to join the exchange at once asks for more than the text does; in tranches it does not."""
    share = data_governance.sovereignty * data_governance.strength * (1.0 - measure.tranche)
    post.commitment = clip(post.commitment + share * area.sensitivity * member.identity, 0.0, 4.0)


def exchange(member: Member, stake: Stake, area: Area, org: Organization, data_governance: DataGovernance) -> None:
    """Gains: daily and mutual, for those who can."""
    if member.inside != 0:
        able = min(member.capacity + stake.capacity, 1.0)
        whole = 1.0 - org.data_breach
        volume = data_governance.strength * org.coverage
        member.gain += data_governance.daily * volume * stake.benefit * able * able * org.interoperable * whole
