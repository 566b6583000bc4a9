"""The levers, forces and outcomes that a scenario may name."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from comity.mechanism import Mechanism
from comity.parameter import Chosen, Declared, Parameter

FULL_STRENGTH = 1.0
SHARE = Parameter("share of its full effect", 0.0, 1.0, "how strongly the lever is pulled")


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Mechanisms by name. Two catalogues are the same only if they are one object."""

    levers: Mapping[str, type[Mechanism]]
    forces: Mapping[str, type[Mechanism]]
    outcomes: Mapping[str, type[Mechanism]]

    def declarations(self) -> dict[str, Declared]:
        """Every declared number of levers and forces by its dotted path, strengths included."""
        found = {f"levers.{name}.strength": strength(lever) for name, lever in self.levers.items()}
        for section, mechanisms in (("levers", self.levers), ("forces", self.forces)):
            for name, mechanism in mechanisms.items():
                found |= {f"{section}.{name}.{key}": number for key, number in mechanism.parameters().items()}
        return found

    def choices(self) -> dict[str, Chosen]:
        """Every choice between rival accounts, by its dotted path."""
        return {
            f"{section}.{name}.{key}": chosen
            for section, mechanisms in (("levers", self.levers), ("forces", self.forces))
            for name, mechanism in mechanisms.items()
            for key, chosen in mechanism.choices().items()
        }


def strength(lever: type[Mechanism]) -> Declared:
    """A lever's strength: a share, unless the lever declares its `scale`."""
    scale: Parameter = getattr(lever, "scale", None) or SHARE
    return Declared("strength", scale, float(getattr(lever, "default_strength", min(FULL_STRENGTH, scale.high))))


@functools.cache
def whole_catalogue() -> Catalogue:
    """Everything that comes with the program."""
    from comity.quarter import FORCES, LEVERS, OUTCOMES  # reads every rule file: only when a scenario is checked

    return Catalogue(LEVERS, FORCES, OUTCOMES)
