"""Each move of a lever by the organization's own policy is told with the figure that asked for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.beginning import Beginning
from comity.runs.course import quarters_of
from comity.runs.watch import Watch
from comity.scenario.grammar import parts
from comity.world import QUARTERS_PER_YEAR
from comity.world.steering import PROBLEMS, SIGNALS

if TYPE_CHECKING:
    from pandas import DataFrame

READS: Final[Mapping[str, tuple[str, str]]] = {
    "trust": ("trust", "publics distrust the organization"),
    "support": ("challengers", "challengers are strong"),
    "will": ("overdue_able", "able states do not deliver"),
    "capacity": ("overdue", "states are not able to deliver"),
    "consent": ("adoption", "texts fail or are not ratified"),
    "exit": ("threats", "states threaten to leave"),
    "crisis": ("crisis", "states are in crisis"),
    "money": ("coverage", "the budget does not cover what is asked of it"),
}
"""The figure from which each problem is read, and how it is told."""
LEAST: Final = 0.005
"""Strength below which a move is not worth telling."""


def move_watch(begin: Beginning) -> Watch:
    """What moves are read from."""
    return Watch(
        begin.world,
        {
            "pulls": ("planned", "shift", "because", "low", "high"),
            "signals": ("now",),
            "instructions": ("holds", "lever"),
        },
    )


def move_table(begin: Beginning, seen: Mapping[str, Any], said: list[Mapping[str, str]]) -> DataFrame:
    """A row for each move: quarter, time, lever, before, after, because, figure, value; `said` are the instructions."""
    import pandas as pd

    columns = ("quarter", "lever", "before", "after", "because", "figure", "value")
    rows = pd.DataFrame(list(each_move(begin, seen, said)), columns=list(columns))
    rows.insert(1, "time", quarters_of(begin)["time"][rows["quarter"].to_numpy(dtype="i8")])
    return rows


def each_move(begin: Beginning, seen: Mapping[str, Any], said: list[Mapping[str, str]]) -> Iterator[tuple[Any, ...]]:
    """The rows of `move_table` without their time."""
    levers = list(begin.book.levers)
    lines = [text for each in said for text in [each["when"]] * len(parts(each["then"]))]
    low, high = seen["pulls.low"][0], seen["pulls.high"][0]
    stands = np.clip(seen["pulls.planned"] + seen["pulls.shift"], low, high)
    for quarter in range(0, len(stands), QUARTERS_PER_YEAR):
        earlier = seen["pulls.shift"][quarter - 1] if quarter else np.zeros(len(levers))
        was = np.clip(seen["pulls.planned"][quarter] + earlier, low, high)
        for row, name in enumerate(levers):
            before, after = float(was[row]), float(stands[quarter, row])
            if abs(after - before) < LEAST:
                continue
            obeyed = (seen["instructions.holds"][quarter] != 0) & (seen["instructions.lever"][quarter] == row)
            held = np.flatnonzero(obeyed)
            problem = int(seen["pulls.because"][quarter, row])
            if len(held):
                because, figure = lines[int(held[-1])], lines[int(held[-1])].split()[0]
            elif problem >= 0:
                figure, because = READS[PROBLEMS[problem]]
            else:
                yield quarter, name, before, after, "what asked for it has passed", None, np.nan
                continue
            value = float(seen["signals.now"][quarter, SIGNALS.index(figure)])
            yield quarter, name, before, after, because, figure, value
