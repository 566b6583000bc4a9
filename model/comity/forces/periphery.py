"""Losses fall on the periphery of a state: it judges and resents apart from the public as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip, ratio
from comity.mechanism import Force
from comity.parameter import Normal, Parameter, Uniform
from comity.world import Member


@dataclass(frozen=True, kw_only=True)
class Periphery(Force):
    """Trust and grievance of the periphery move with those of the whole public, and deviate by its loss.

    What a mean loss adds to the grievance of the whole public is counted once, there; here stands only by how much
    worse it is where it falls. No decision reads the periphery: its votes are counted with all others.

    Names     geography of discontent, places that do not matter (Rodriguez-Pose 2018), relative deprivation
    Evidence  P8; that input is heard in the periphery first is contested (T10)
    """

    part: Annotated[float, Parameter("share", 0.05, 0.9, "part of the public that lives in the periphery",
        prior=Uniform(0.2, 0.4))] = 0.3  # fmt: skip
    returning: Annotated[float, Parameter("a quarter", 0.001, 1.0, "speed at which the two publics come together again",
        source="the return of trust: mechanisms.md, section 4")] = 0.04  # fmt: skip
    deprived: Annotated[float, Parameter("trust for each unit of gain, each quarter", 0.0, 0.2,
        "trust lost where less is gained than elsewhere at home",
        prior=Uniform(0.0, 0.02))] = 0.01  # fmt: skip
    heard: Annotated[float, Parameter("trust a quarter", -0.02, 0.02,
        "trust won in the periphery, beyond the whole, by input that is used and lost by input that is not",
        prior=Normal(0.001, 0.0015), source="T10", contested=True)] = 0.001  # fmt: skip
    loss: Annotated[float, Parameter("grievance a quarter", 0.0, 0.5, "loss beyond the mean, each unit",
        prior=Uniform(0.005, 0.03), source="P8; as for the whole public")] = 0.015  # fmt: skip
    exposed: Annotated[float, Parameter("ratio", 0.0, 3.0, "grievance from shocks in the periphery beyond the whole",
        prior=Uniform(0.0, 0.6))] = 0.3  # fmt: skip
    fading: Annotated[float, Parameter("a quarter", 0.0, 1.0, "fading of what the periphery resents more",
        source="mechanisms.md, section 4: half-life four years")] = 0.043  # fmt: skip

    reads = ("member.compensation", "member.gain", "member.gain_periphery", "member.grievance",
             "member.grievance_apart", "member.grievance_periphery", "member.ignored",
             "member.inequality", "member.inside", "member.periphery", "member.shock_blamed",
             "member.shock_grievance", "member.trust", "member.trust_apart", "member.voice")  # fmt: skip
    writes = ("member.gain_periphery", "member.grievance_apart", "member.grievance_periphery",
              "member.periphery", "member.trust_apart", "member.trust_periphery")  # fmt: skip


def divide(member: Member) -> None:
    """Gains: what the whole public loses on the mean, the periphery loses alone."""
    member.gain_periphery = member.gain + member.inequality - ratio(member.inequality, member.periphery)


def settle(member: Member, periphery: Periphery) -> None:
    """Founding: the periphery starts where its usual loss has left it."""
    member.periphery = periphery.part
    behind = member.inequality * (ratio(1.0, member.periphery) - 1.0)
    member.trust_apart = clip(-ratio(periphery.deprived * behind, periphery.returning), -1.0, 1.0)
    member.trust_periphery = clip(member.trust + member.trust_apart, 0.0, 1.0)
    member.grievance_periphery = member.grievance


def diverge(member: Member, periphery: Periphery) -> None:
    """Publics: loss, shocks and a voice of its own move the periphery away from the whole; time brings it back."""
    behind = member.gain_periphery - member.gain
    heard = periphery.heard * (member.voice - member.ignored)
    moved = periphery.deprived * behind + heard - periphery.returning * member.trust_apart
    member.trust_apart = clip(member.trust_apart + moved, -1.0, 1.0)
    lost = float(member.inside) * member.shock_blamed * periphery.loss * max(-behind, 0.0)
    struck = periphery.exposed * member.shock_grievance * (1.0 - member.compensation)
    rise = (lost + struck) * (1.0 - member.grievance_periphery)
    member.grievance_apart = clip(member.grievance_apart * (1.0 - periphery.fading) + rise, 0.0, 1.0)
    member.trust_periphery = clip(member.trust + member.trust_apart, 0.0, 1.0)
    member.grievance_periphery = clip(member.grievance + member.grievance_apart, 0.0, 1.0)
