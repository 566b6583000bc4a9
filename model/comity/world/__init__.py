"""The world is fourteen tables: one row for each thing, and each column with its unit, bounds and meaning."""

from __future__ import annotations

import functools
import typing
from typing import Any, Final

import numpy as np

from comity.world.between import Shock, Tie
from comity.world.column import Column
from comity.world.law import Measure, Post
from comity.world.organization import Area, Clock, Organization, Spillover
from comity.world.state import Ideal, Member, Stake
from comity.world.steering import Instruction, Pull, Signal
from comity.world.words import (
    ALL,
    ASSOCIATE,
    BOUND,
    CANDIDATE,
    CLOSED_AUTOCRACY,
    CONSENSUS,
    DRAFT,
    EACH,
    ELECTORAL_AUTOCRACY,
    ELECTORAL_DEMOCRACY,
    EMPTY,
    FULL,
    IN_FORCE,
    IN_NOTICE,
    INSIDE,
    LAPSED,
    LIBERAL_DEMOCRACY,
    MEMBER,
    NOT_PARTY,
    ON_ADOPTION,
    OPEN,
    OPTED_OUT,
    PARTY,
    QUALIFIED_MAJORITY,
    QUARTERS_PER_YEAR,
    REGION,
    RETURNED,
    SLOTS,
    SUSPENDED,
    THRESHOLD,
    TRANCHE,
    TWO_THIRDS,
    WAIVED,
    WITHDRAWN,
)

TABLES: Final[dict[str, type]] = {
    "clock": Clock,
    "org": Organization,
    "area": Area,
    "spillover": Spillover,
    "member": Member,
    "stake": Stake,
    "ideal": Ideal,
    "measure": Measure,
    "post": Post,
    "tie": Tie,
    "shock": Shock,
    "signal": Signal,
    "pull": Pull,
    "instruction": Instruction,
}


@functools.cache
def columns(table: str) -> dict[str, Column]:
    """The columns of a table, by name, in storage order; KeyError for a table that does not exist."""
    hints = typing.get_type_hints(TABLES[table], include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


@functools.cache
def dtype(table: str) -> np.dtype[Any]:
    """The record type of a table's rows: eight bytes a column, integers where the column is one."""
    hints = typing.get_type_hints(TABLES[table], include_extras=True)
    fields = [(name, "i8" if hint.__origin__ is int else "f8") for name, hint in hints.items()]
    return np.dtype((np.record, fields))


def blank(table: str, shape: tuple[int, ...]) -> Any:
    """An array of untouched rows of a table."""
    rows = np.zeros(shape, dtype(table))
    for name, column in columns(table).items():
        rows[name] = column.start
    return rows


__all__ = [
    "ALL",
    "ASSOCIATE",
    "BOUND",
    "CANDIDATE",
    "CLOSED_AUTOCRACY",
    "CONSENSUS",
    "DRAFT",
    "EACH",
    "ELECTORAL_AUTOCRACY",
    "ELECTORAL_DEMOCRACY",
    "EMPTY",
    "FULL",
    "INSIDE",
    "IN_FORCE",
    "IN_NOTICE",
    "LAPSED",
    "LIBERAL_DEMOCRACY",
    "MEMBER",
    "NOT_PARTY",
    "ON_ADOPTION",
    "OPEN",
    "OPTED_OUT",
    "PARTY",
    "QUALIFIED_MAJORITY",
    "QUARTERS_PER_YEAR",
    "REGION",
    "RETURNED",
    "SLOTS",
    "SUSPENDED",
    "TABLES",
    "THRESHOLD",
    "TRANCHE",
    "TWO_THIRDS",
    "WAIVED",
    "WITHDRAWN",
    "Area",
    "Clock",
    "Column",
    "Ideal",
    "Instruction",
    "Measure",
    "Member",
    "Organization",
    "Post",
    "Pull",
    "Shock",
    "Signal",
    "Spillover",
    "Stake",
    "Tie",
    "blank",
    "columns",
    "dtype",
]
