"""Which lever would have kept a state in: the whole run is played again under the same luck, one lever different."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity import engine
from comity.beginning import Beginning, begin
from comity.runs.watch import Watch

if TYPE_CHECKING:
    from comity.runs.result import Run

STRENGTHS: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Strengths tried, from the start to the end of the run; 0 is off."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A lever that would have kept the state in, and the strength nearest to its own that does."""

    lever: str
    before: float
    strength: float

    @property
    def change(self) -> str:
        """In words: "with opt-outs at strength 0.6 from the start"."""
        called = self.lever.replace("_", " ")
        if self.strength == 0.0:
            return f"without {called} from the start"
        return f"with {called} at strength {self.strength:g} from the start"

    def document(self) -> dict[str, Any]:
        """Plain values."""
        told = {"lever": self.lever, "before": self.before, "strength": self.strength}
        return told | {"change": self.change, "result": "stays"}


def keeping(run: Run, row: int, progress: Callable[[int, int], None] | None = None) -> Iterator[Kept]:
    """The levers that, set otherwise from the start, let the state end the run without ever having left.

    Each is a run under the same luck; the smallest change of each lever comes first.
    """
    names = list(run.begin.book.levers)
    for done, name in enumerate(names, 1):
        before = _strength(run, name)
        for strength in sorted(STRENGTHS, key=lambda each: abs(each - before)):
            if strength != before and not _leaves(run, row, name, strength):
                yield Kept(name, before, strength)
                break
        if progress is not None:
            progress(done, len(names))


def _strength(run: Run, lever: str) -> float:
    """The mean strength over the run, 0 while off."""
    column = list(run.begin.book.levers).index(lever)
    return float(np.mean(run.begin.world.plan[:, column]))


def leaves(run: Run, row: int) -> bool:
    """Whether the state leaves in the run."""
    return _left(run.begin, run, row)


def _leaves(run: Run, row: int, lever: str, strength: float) -> bool:
    """Whether the state leaves in the same run with the lever at that strength throughout."""
    at = f"levers.{lever}."
    changes: dict[str, Any] = {at + "on": strength > 0.0, at + "from": None, at + "until": None, at + "schedule": None}
    return _left(begin(run.scenario.with_(changes | {at + "strength": strength}), run.begin.book), run, row)


def _left(day: Beginning, run: Run, row: int) -> bool:
    watch = Watch(day.world, {"members": ("left",)})
    seen = watch.read(engine.trace(day, run.seed, run.run, watch.picks).record)
    return bool((seen["members.left"][:, row] != 0).any())
