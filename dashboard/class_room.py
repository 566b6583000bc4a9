"""The class that this process serves: its file, the thread that watches it, and the address that students open.

One process has one room, opened before the first page and closed after the last; what users share beyond it is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dashboard.class_store import Store
from dashboard.class_watch import Watch


@dataclass(frozen=True)
class Room:
    """A class that is open. `address` is what students type, without a path; `reach` says who can."""

    store: Store
    watch: Watch
    address: str
    reach: str


_OPEN: list[Room] = []


def open_room(path: Path | str, address: str, reach: str) -> Room:
    """Opens the class of this process. ClassError if the file is none, RuntimeError if a class is open already."""
    if _OPEN:
        raise RuntimeError("this process serves a class already")
    store = Store(path)
    room = Room(store, Watch(store), address.rstrip("/"), reach)
    room.watch.start()
    _OPEN.append(room)
    return room


def close_room() -> None:
    """Ends the watch; the file stays, for the next start."""
    while _OPEN:
        _OPEN.pop().watch.stop()


def room() -> Room:
    """The class of this process. RuntimeError if none is open."""
    if not _OPEN:
        raise RuntimeError("no class is open here: start with comity dashboard --classroom")
    return _OPEN[0]
