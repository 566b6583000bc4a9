"""Gains come from what partners implement too; losses fall on the periphery unless they are made good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import Area, Member, Stake, Tie


@dataclass(frozen=True, kw_only=True)
class Gains(Force):
    """Own implementation brings its own part; the network part is the smaller of own and partners', over ties.

    Names     network externalities, joint gains, embedded liberalism (Ruggie 1982)
    Evidence  P8 (uncompensated loss feeds challengers); mechanisms.md, section 2
    """

    scale: Annotated[float, Parameter("index", 0.0, 10.0, "felt gain of full integration with full benefit",
        prior=Uniform(1.0, 2.0))] = 1.5  # fmt: skip
    dues: Annotated[float, Parameter("index for each share of income", 0.0, 50.0,
        "felt cost of dues, and worth of money received",
        prior=Uniform(4.0, 12.0))] = 8.0  # fmt: skip
    loss: Annotated[float, Parameter("share of gain", 0.0, 1.0, "loss to the periphery at full conflict",
        prior=Uniform(0.2, 0.6))] = 0.4  # fmt: skip
    strain: Annotated[float, Parameter("index", 0.0, 2.0, "felt cost of full overload")] = 0.2
    seen: Annotated[float, Parameter("a quarter", 0.0, 1.0, "weight of the present in gain as remembered")] = 0.06
    dependence: Annotated[float, Parameter("index", 0.0, 5.0, "loss outside, for each unit of network gain",
        prior=Uniform(0.8, 1.6))] = 1.2  # fmt: skip

    reads = ("area.conflict", "area.network", "area.weight", "member.compensation", "member.dependence",
             "member.dues_paid", "member.funds", "member.gain", "member.gain_seen", "member.inside",
             "member.invested", "member.loss", "member.overload", "other.inside",
             "other_stake.implemented", "stake.benefit", "stake.implemented", "stake.loose",
             "stake.shared", "tie.weight")  # fmt: skip
    writes = ("member.dependence", "member.gain", "member.gain_seen", "member.inequality", "member.loss",
              "stake.shared")  # fmt: skip


def forget_shared(stake: Stake) -> None:
    """Gains: what is shared is added up anew."""
    stake.shared = 0.0


def share(stake: Stake, other_stake: Stake, member: Member, other: Member, tie: Tie) -> None:
    """Gains: with each partner, the smaller of the two implementations works, as far as it is the same law."""
    if member.inside != 0 and other.inside != 0:
        together = min(stake.implemented, other_stake.implemented) * (1.0 - stake.loose)
        stake.shared = min(stake.shared + tie.weight * together, 1.0)


def forget_gain(member: Member) -> None:
    """Gains: added up anew."""
    member.gain = 0.0
    member.loss = 0.0
    member.dependence = 0.0


def add_gain(member: Member, stake: Stake, area: Area, gains: Gains) -> None:
    """Gains: area by area; where interests conflict, part of the gain is somebody's loss."""
    network = area.network * stake.shared
    worth = area.weight * stake.benefit * gains.scale
    gain = worth * ((1.0 - area.network) * stake.implemented + network)
    member.gain += gain
    member.loss = clip(member.loss + gains.loss * area.conflict * worth * stake.implemented, 0.0, 1.0)
    member.dependence = clip(member.dependence + gains.dependence * worth * network, 0.0, 1.0)


def net(member: Member, gains: Gains) -> None:
    """Gains: dues and losses off, money received on; then remembered."""
    left = member.loss * (1.0 - member.compensation)
    member.inequality = left
    money = gains.dues * (member.funds + member.invested - member.dues_paid)
    member.gain += money - left - gains.strain * member.overload
    member.gain_seen += gains.seen * (member.gain - member.gain_seen)
