"""Which lever would have kept a state in: the whole run is played again under the same luck, one lever different."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity import engine
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
    trials, names = _Trials(run, row), list(run.begin.book.levers)
    for done, name in enumerate(names, 1):
        before = float(np.mean(run.begin.world.plan[:, done - 1]))
        for strength in sorted(STRENGTHS, key=lambda each: abs(each - before)):
            if strength != before and not trials.leaves(done - 1, strength):
                yield Kept(name, before, strength)
                break
        if progress is not None:
            progress(done, len(names))


def leaves(run: Run, row: int) -> bool:
    """Whether the state leaves in the run."""
    return _Trials(run, row).leaves()


class _Trials:
    """Plays the run again, with one lever at another strength; one twin serves all, for the luck is the same."""

    def __init__(self, run: Run, row: int) -> None:
        self._run, self._row = run, row
        self._runner = engine.Runner([run.begin])
        self._watch = Watch(run.begin.world, {"members": ("left",)})

    def leaves(self, lever: int | None = None, strength: float = 0.0) -> bool:
        """Whether the state leaves in the run, with a lever (its column) at that strength throughout."""
        plan = self._run.begin.world.plan.copy()
        if lever is not None:
            plan[:, lever] = strength
        record = self._runner.run(0, self._run.seed, self._run.run, self._watch.picks, plan).record
        return bool((self._watch.read(record)["members.left"][:, self._row] != 0).any())
