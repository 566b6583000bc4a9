"""A number is declared once: unit, bounds, meaning, prior and source stand beside its value."""

from __future__ import annotations

import dataclasses
import functools
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

ASSUMPTION: Final = "assumption"
"""The honest source of a number that no study gives."""


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every value from `low` to `high` is as likely as any other."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"uniform prior: low {self.low} lies above high {self.high}")


@dataclass(frozen=True, slots=True)
class Normal:
    """The bell curve; a draw outside the parameter's bounds is set on the nearer bound."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not self.sd >= 0.0:
            raise ValueError(f"normal prior: standard deviation {self.sd} is negative")


@dataclass(frozen=True, slots=True)
class LogNormal:
    """A positive number whose logarithm is normal; `median` in the unit of the number itself."""

    median: float
    sd: float

    def __post_init__(self) -> None:
        if not (self.median > 0.0 and self.sd >= 0.0):
            raise ValueError(f"lognormal prior: needs median > 0 and sd >= 0, not {self.median}, {self.sd}")


Prior = Uniform | Normal | LogNormal


@dataclass(frozen=True, slots=True)
class Parameter:
    """What is known of a number before any run.

    `contested` marks a coefficient on which the evidence is null or mixed: its prior straddles
    zero, and an ensemble draws it in every run unless the scenario fixes it.
    """

    unit: str
    low: float
    high: float
    means: str
    prior: Prior | None = None
    source: str = ASSUMPTION
    contested: bool = False

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"{self.means}: low {self.low} lies above high {self.high}")
        if self.contested and self.prior is None:
            raise ValueError(f"{self.means}: a contested coefficient needs a prior")


@dataclass(frozen=True, slots=True)
class Choice:
    """Rival accounts of one rule, by name; in a run the place of the name in `options` stands for it.

    The first option is the one that holds unless a scenario says otherwise.
    """

    options: tuple[str, ...]
    means: str
    source: str = ASSUMPTION

    def __post_init__(self) -> None:
        if len(set(self.options)) != len(self.options) or len(self.options) < 2:
            raise ValueError(f"{self.means}: a choice needs two options or more, each once, not {self.options}")


@dataclass(frozen=True, slots=True)
class Declared:
    """One declared number of a mechanism: its name, its declaration, its default."""

    name: str
    parameter: Parameter
    default: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """One declared choice of a mechanism: its name, its declaration, and the option that holds by default."""

    name: str
    choice: Choice
    default: str


@functools.cache
def declared(mechanism: type) -> Mapping[str, Declared]:
    """The numbers that a mechanism declares, in the order of its fields."""
    hints = typing.get_type_hints(mechanism, include_extras=True)
    found: dict[str, Declared] = {}
    for field in dataclasses.fields(mechanism):
        parameter = _annotation(hints[field.name], Parameter)
        if parameter is None and _annotation(hints[field.name], Choice) is not None:
            continue
        if parameter is None:
            raise TypeError(f"{mechanism.__name__}.{field.name} is declared neither with a Parameter nor with a Choice")
        default = float(typing.cast(Any, field.default))
        if not parameter.low <= default <= parameter.high:
            raise ValueError(
                f"{mechanism.__name__}.{field.name}: default {default} outside {parameter.low} to {parameter.high}"
            )
        found[field.name] = Declared(field.name, parameter, default)
    return found


@functools.cache
def choices(mechanism: type) -> Mapping[str, Chosen]:
    """The choices that a mechanism declares, in the order of its fields; TypeError unless the first is the default."""
    hints = typing.get_type_hints(mechanism, include_extras=True)
    found: dict[str, Chosen] = {}
    for field in dataclasses.fields(mechanism):
        choice = _annotation(hints[field.name], Choice)
        if choice is None:
            continue
        if field.default != 0:
            # a record that nobody has touched is zero, and must follow the default
            raise TypeError(f"{mechanism.__name__}.{field.name}: the first option must be the default")
        found[field.name] = Chosen(field.name, choice, choice.options[0])
    return found


Kind = typing.TypeVar("Kind")


def _annotation(hint: Any, kind: type[Kind]) -> Kind | None:
    for extra in getattr(hint, "__metadata__", ()):
        if isinstance(extra, kind):
            return extra
    return None
