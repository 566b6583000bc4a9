"""What many ask for is made once: the latest answers are remembered, and who asks meanwhile waits for the first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Remembered(Generic[Thing]):
    """The last `most` things made, by key. Threads may ask at once; a thing whose making failed is not remembered."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._found: OrderedDict[Hashable, Thing] = OrderedDict()
        self._making: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._found)

    def known(self, key: Hashable) -> Thing | None:
        """The thing, if it is remembered."""
        with self._lock:
            return self._known(key)

    def put(self, key: Hashable, thing: Thing) -> None:
        """Remember a thing."""
        with self._lock:
            self._found[key] = thing
            self._found.move_to_end(key)
            while len(self._found) > self.most:
                self._found.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._found.clear()

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing; made now, unless it is remembered or another thread is about to have made it."""
        while True:
            with self._lock:
                found = self._known(key)
                if found is not None:
                    return found
                other = self._making.get(key)
                if other is None:
                    mine = self._making[key] = threading.Event()
                    break
            other.wait()
        try:
            thing = make()
            self.put(key, thing)
            return thing
        finally:
            with self._lock:
                del self._making[key]
            mine.set()

    def _known(self, key: Hashable) -> Thing | None:
        if key in self._found:
            self._found.move_to_end(key)
        return self._found.get(key)
