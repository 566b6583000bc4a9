"""A mechanism is a claim: frozen parameters, what it reads, what it writes, and rules over rows."""

from __future__ import annotations

import inspect
import re
import sys
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from comity.parameter import Chosen, Declared, choices, declared
from comity.syntax import given

Rule = Callable[..., None]


@dataclass(frozen=True, kw_only=True)
class Mechanism:
    """One file, one mechanism. `reads` and `writes` name columns as `row.column`; tests hold it to them.

    `terms` names the addends of the decision that the mechanism takes, if it takes one, in the order
    in which they are summed. Which effects are expected, and whether they are written into a rule, stands in `signs`.
    """

    reads: ClassVar[tuple[str, ...]] = ()
    writes: ClassVar[tuple[str, ...]] = ()
    terms: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def name(cls) -> str:
        """The name by which scenarios, sliders and tables know it: its file's name."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def claim(cls) -> str:
        """The first line of its file."""
        return (inspect.getdoc(sys.modules[cls.__module__]) or "").split("\n")[0]

    @classmethod
    def parameters(cls) -> Mapping[str, Declared]:
        """Its declared numbers, in the order of the fields."""
        return declared(typing.cast(Any, cls))

    @classmethod
    def choices(cls) -> Mapping[str, Chosen]:
        """Its rival accounts, by the name of the switch; a rule compares the switch with whole numbers from 0 on."""
        return choices(typing.cast(Any, cls))

    @classmethod
    def section(cls, heading: str) -> str:
        """A section of its docstring: `Names`, `Price`, `Evidence`, `Misuse`; empty if absent."""
        text = inspect.getdoc(cls) or ""
        found = re.search(rf"^{heading}[ \t]+(.*(?:\n[ \t]+.*)*)", text, flags=re.MULTILINE)
        return " ".join(found.group(1).split()) if found else ""


@dataclass(frozen=True, kw_only=True)
class Force(Mechanism):
    """What happens whatever the organization chooses."""


@dataclass(frozen=True, kw_only=True)
class Lever(Mechanism):
    """What an organization may choose: on or off, how strongly, when, where and for whom.

    A lever's rules are called only where it is switched on, in force at the quarter, and aimed at the
    member and area in hand; so a lever that is off touches no draw and no state.
    """

    group: ClassVar[str] = ""
    answers: ClassVar[tuple[tuple[str, float], ...]] = ()
    """The problems (`world.steering.PROBLEMS`) that an adaptive organization takes it for an answer to, -1 to 1."""
    for_all: ClassVar[bool] = False
    """Whether it acts on the organization as a whole, so that it cannot be meant for some members or areas."""
    areas: ClassVar[tuple[str, ...]] = ()
    """Policy areas that `all` means for it; empty for every area there is. A scenario may name others."""
    if TYPE_CHECKING:
        strength: float
        """The strength of the moment, from 0 to 1 unless the lever declares another `scale`, and 0 while it is off: a
        column of its record in a run, not a declared number."""


@dataclass(frozen=True, kw_only=True)
class Outcome(Mechanism):
    """A number reported of a run, accumulated while the run goes on.

    `columns` are its own accumulators in the `tally` row. `watch` rules act at the end of each quarter;
    `finish` turns the accumulators into the reported number.
    """

    unit: ClassVar[str] = ""
    direction: ClassVar[str] = ""
    window: ClassVar[str] = "the whole run"
    columns: ClassVar[tuple[str, ...]] = ()


def mechanism_of(rule: Rule) -> type[Mechanism] | None:
    """The mechanism in whose file a rule stands: the one class that the file itself defines.

    A rule from outside the package belongs to the mechanism whose rule it replaces, or to none.
    """
    own = given(rule)
    if own is not None:
        return typing.cast("type[Mechanism] | None", own.mechanism)
    module: Any = sys.modules[rule.__module__]
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Mechanism) and value.__module__ == rule.__module__:
            return value
    return None
