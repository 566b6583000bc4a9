"""One thread of each server process looks whether the class file changed, and tells the pages that are open.

`PRAGMA data_version` costs some microseconds and changes whenever anybody, in any process, has committed. A page is
told on its own thread, never on this one, so that a phone which fell silent holds up nobody else.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from dashboard.class_file import ClassFile, Snapshot

logger = logging.getLogger(__name__)

SECONDS = 0.2
"""Between two looks: what a class feels as at once."""

Post = Callable[[Callable[[], None]], object]
"""Hands a function to a page's own thread; RuntimeError while the page is not there."""


@dataclass(eq=False)
class Listener:
    """A page that wants to be told; `told` is the revision that was last handed to its thread."""

    post: Post
    hear: Callable[[Snapshot], None]
    told: int = -1
    heard: int = field(default=-1)


class Watch:
    """Looks at a class file until it is stopped. `snapshot` is the class as last seen."""

    def __init__(self, file: ClassFile, seconds: float = SECONDS):
        self._file = file
        self._seconds = seconds
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._ended = threading.Event()
        self.snapshot = file.snapshot()
        self._thread = threading.Thread(target=self._look, name="comity-class-watch", daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread, and waits until it has ended."""
        self._ended.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def poke(self) -> None:
        """Looks now: whoever has just changed something should not wait for the next look."""
        self._wake.set()

    def listen(self, post: Post, hear: Callable[[Snapshot], None]) -> Callable[[], None]:
        """Has a page told of every change from now on, in order, the latest only; returns what ends that."""
        listener = Listener(post, hear)
        with self._lock:
            self._listeners.append(listener)

        def leave() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        self.poke()
        return leave

    def listening(self) -> int:
        """How many pages are told."""
        with self._lock:
            return len(self._listeners)

    def _look(self) -> None:
        while not self._ended.is_set():
            try:
                with self._file.connected() as file:
                    self._look_through(file)
            except sqlite3.Error:
                # the disk is full, or the file is held for long: pages keep what they show, and we look again
                logger.exception("class file %s cannot be read", self._file.path)
                self._ended.wait(1.0)

    def _look_through(self, file: sqlite3.Connection) -> None:
        seen = None
        while not self._ended.is_set():
            self._wake.clear()
            version = file.execute("PRAGMA data_version").fetchone()[0]
            if version != seen:
                self.snapshot = self._file.read(file)
                seen = version
            self._tell()
            self._wake.wait(self._seconds)

    def _tell(self) -> None:
        """Hands the snapshot to all that have not had it; a page that is away is tried again at the next look."""
        with self._lock:
            behind = [listener for listener in self._listeners if listener.told != self.snapshot.revision]
        for listener in behind:
            try:
                listener.post(lambda listener=listener: self._deliver(listener))  # type: ignore[misc]
            except RuntimeError:
                continue
            listener.told = self.snapshot.revision

    def _deliver(self, listener: Listener) -> None:
        """On the page's thread: what is newest by now, once."""
        snapshot = self.snapshot
        if listener.heard == snapshot.revision:
            return
        listener.heard = snapshot.revision
        try:
            listener.hear(snapshot)
        except Exception:
            logger.exception("a page could not be told of a change in the class")
