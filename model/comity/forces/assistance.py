"""Assistance under way turns into capacity after years, and what is no longer funded decays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from comity.arithmetic import clip
from comity.mechanism import Force
from comity.parameter import Parameter, Uniform
from comity.world import Stake


@dataclass(frozen=True, kw_only=True)
class Assistance(Force):
    """What was paid for matures and fades whether or not the lever that paid for it is still on.

    Names     absorption lag, sustainability of technical assistance
    Evidence  C9: effects before accession outlast it
    """

    lag: Annotated[float, Parameter("quarters", 1.0, 40.0, "mean time until assistance works",
        prior=Uniform(8.0, 16.0), source="two to four years")] = 12.0  # fmt: skip
    decay: Annotated[float, Parameter("a quarter", 0.0, 0.5, "decay of what assistance built",
        prior=Uniform(0.015, 0.05))] = 0.03  # fmt: skip

    reads = ("stake.capacity", "stake.pipeline")
    writes = ("stake.capacity", "stake.pipeline")


def mature(stake: Stake, assistance: Assistance) -> None:
    """Plan: the pipeline empties into capacity; capacity fades."""
    ripe = stake.pipeline / assistance.lag
    stake.pipeline -= ripe
    stake.capacity = clip(stake.capacity * (1.0 - assistance.decay) + ripe, 0.0, 1.0)
