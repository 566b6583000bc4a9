"""All tables of a run lie in one buffer, so that a run is reset, copied and hashed in one move."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from comity import world
from comity.mechanism import Lever, Mechanism
from comity.rulebook import Rulebook
from comity.world.steering import SIGNALS

STATE: Final = (
    "clock", "org", "areas", "members", "stakes", "measures", "posts", "params", "tallies", "whys", "signals", "pulls",
    "instructions",
)  # fmt: skip
"""The tables that change while a run goes on, in the order in which they lie in the buffer."""


_TABLE_OF: Final = {
    "clock": "clock", "org": "org", "areas": "area", "members": "member", "stakes": "stake", "measures": "measure",
    "posts": "post", "signals": "signal", "pulls": "pull", "instructions": "instruction",
}  # fmt: skip


RECORDS: Final = 1024
"""Records that are kept: a world is made of some two hundred, and each thread has worlds of its own."""
LINE: Final = 64
"""Bytes in a line of the processor's cache; each table begins on one."""


def _whole_lines(kind: np.dtype[Any], shape: tuple[int, ...]) -> int:
    length = kind.itemsize * int(np.prod(shape))
    return -(-length // LINE) * LINE


def _record(fields: Iterable[tuple[str, Any]]) -> np.dtype[Any]:
    return _record_of(tuple(fields))


@functools.lru_cache(maxsize=RECORDS)
def _record_of(fields: tuple[tuple[str, Any], ...]) -> np.dtype[Any]:
    return np.dtype((np.record, list(fields) or [("none", "f8")]))


def parameter_type(mechanism: type[Mechanism]) -> np.dtype[Any]:
    """The record of one mechanism's numbers and choices; a lever's begins with its strength of the moment."""
    own = [(name, "f8") for name in mechanism.parameters()] + [(name, "i8") for name in mechanism.choices()]
    return _record([("strength", "f8"), *own] if issubclass(mechanism, Lever) else own)


def _mechanisms(book: Rulebook) -> dict[str, type[Mechanism]]:
    return {**book.forces, **book.levers, **book.outcomes}


def parameters_type(book: Rulebook) -> np.dtype[Any]:
    """The record of all numbers of a rulebook, one nested record a mechanism."""
    return _record([(name, parameter_type(mechanism)) for name, mechanism in _mechanisms(book).items()])


def tally_type(book: Rulebook) -> np.dtype[Any]:
    """The record of all accumulators that the outcomes of a rulebook declare."""
    names = dict.fromkeys(name for outcome in book.outcomes.values() for name in outcome.columns)
    return _record([(name, "f8") for name in names])


def why_type(book: Rulebook) -> np.dtype[Any]:
    """The scratch record of all decisions: their terms, the logit that they add up to, and the draw."""
    return _record(
        [
            (name, _record([(term, "f8") for term in (*mechanism.terms, "logit", "draw")]))
            for name, mechanism in _mechanisms(book).items()
            if mechanism.terms
        ]
    )


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each: members, areas, quarters, lines of instruction."""

    members: int
    areas: int
    quarters: int
    instructions: int = 1


class World:
    """The tables of one run: the changing ones as views of one buffer, the given ones beside it.

    `members[i].trust`, `posts[i, m].rung`, `stakes[i, a].practice`, `measures[m].depth`, `org[0].budget`, ...: rows are
    `numpy.record`. `flat` is the whole changing state as numbers of eight bytes.
    """

    def __init__(self, book: Rulebook, size: Size) -> None:
        n, a, m = size.members, size.areas, world.SLOTS
        self.size = size
        shapes: dict[str, tuple[np.dtype[Any], tuple[int, ...]]] = {
            "clock": (world.dtype("clock"), (1,)),
            "org": (world.dtype("org"), (1,)),
            "areas": (world.dtype("area"), (a,)),
            "members": (world.dtype("member"), (n,)),
            "stakes": (world.dtype("stake"), (n, a)),
            "measures": (world.dtype("measure"), (m,)),
            "posts": (world.dtype("post"), (n, m)),
            "params": (parameters_type(book), (1,)),
            "tallies": (tally_type(book), (1,)),
            "whys": (why_type(book), (1,)),
            "signals": (world.dtype("signal"), (len(SIGNALS),)),
            "pulls": (world.dtype("pull"), (max(len(book.levers), 1),)),
            "instructions": (world.dtype("instruction"), (size.instructions,)),
        }
        total = sum(_whole_lines(kind, shape) for kind, shape in shapes.values())
        room = np.zeros(total // 8 + LINE // 8, "i8")
        first = (-room.ctypes.data % LINE) // 8
        self.buffer = room[first : first + total // 8]
        self.flat = self.buffer.view("f8")
        self.places: dict[str, int] = {}
        start = 0
        for name, (kind, shape) in shapes.items():
            length = kind.itemsize * int(np.prod(shape))
            view = self.buffer.view("u1")[start : start + length].view(kind).reshape(shape)
            # states lie side by side for each measure, since the quarter goes through measures and asks each state
            setattr(self, name, view if name != "posts" else view.reshape((m, n)).T)
            self.places[name] = start // 8
            start += _whole_lines(kind, shape)
        for name, table in _TABLE_OF.items():
            for column, declared in world.columns(table).items():
                getattr(self, name)[column] = declared.start
        self.spillovers = world.blank("spillover", (a, a))
        self.ties = world.blank("tie", (n, n))
        self.shocks = world.blank("shock", (size.quarters, n))
        self.ideals = world.blank("ideal", (size.quarters, n, a))
        self.aims_member = np.ones((max(len(book.levers), 1), n), "i8")
        self.aims_area = np.ones((max(len(book.levers), 1), a), "i8")
        self.plan = np.zeros((size.quarters, max(len(book.levers), 1)), "f8")

    clock: Any
    org: Any
    areas: Any
    members: Any
    stakes: Any
    measures: Any
    posts: Any
    params: Any
    tallies: Any
    whys: Any
    signals: Any
    pulls: Any
    instructions: Any

    @property
    def arguments(self) -> tuple[Any, ...]:
        """The tables in the order in which every composed function takes them."""
        return (
            self.clock, self.org, self.areas, self.spillovers, self.members, self.stakes, self.ideals, self.measures,
            self.posts, self.ties, self.shocks, self.params, self.tallies, self.whys, self.signals, self.pulls,
            self.instructions, self.aims_member, self.aims_area,
        )  # fmt: skip

    def place(self, table: str, row: int, column: str) -> int:
        """Where in `flat` a number lies: the row is counted over the whole table, states before slots."""
        if table == "posts":
            state, slot = divmod(row, world.SLOTS)
            row = slot * self.size.members + state
        kind = getattr(self, table).dtype
        offset = 0
        for part in column.split("."):
            kind, at = kind.fields[part][:2]
            offset += at
        return int(self.places[table] + (getattr(self, table).dtype.itemsize * row + offset) // 8)

    def copy(self, book: Rulebook) -> World:
        """A world of its own with the same content."""
        twin = World(book, self.size)
        twin.buffer[:] = self.buffer
        for name in ("spillovers", "ties", "shocks", "ideals", "aims_member", "aims_area", "plan"):
            getattr(twin, name)[...] = getattr(self, name)
        return twin

    def out_of_bounds(self) -> list[str]:
        """Every column that holds a value outside its bounds, or no number at all: `table.column = value (bounds)`."""
        found = []
        for name, table in _TABLE_OF.items():
            rows = getattr(self, name)
            for column, declared in world.columns(table).items():
                values = rows[column]
                wrong = ~((values >= declared.low) & (values <= declared.high))
                if wrong.any():
                    found.append(f"{table}.{column} = {values[wrong][0]} ({declared.low} to {declared.high})")
        return found

    def digest(self) -> str:
        """A hash of the whole changing state."""
        return hashlib.sha256(self.buffer.tobytes()).hexdigest()
