"""The course of each measure: its stage quarter by quarter, who is party, and how much of it is carried out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.beginning import Beginning
from comity.runs.course import quarters_of
from comity.runs.watch import Watch
from comity.world import EMPTY, NOT_PARTY

if TYPE_CHECKING:
    from pandas import DataFrame

STAGES: Final = ("", "draft", "open", "in force")


def measure_watch(begin: Beginning) -> Watch:
    """What the table of measures is made of."""
    return Watch(
        begin.world,
        {"measures": ("stage", "serial", "area", "depth"), "posts": ("rung", "implemented"), "members": ("inside",)},
    )


def measure_table(begin: Beginning, seen: Mapping[str, Any]) -> DataFrame:
    """A row for each quarter and measure on the table or in force: quarter, time, measure, area, stage, depth, parties
    (share of those inside) and kept (share carried out, mean over parties; 0 without any)."""
    import pandas as pd

    stage, rung = seen["measures.stage"], seen["posts.rung"]
    inside = (seen["members.inside"] != 0)[:, :, None]
    party = (rung != NOT_PARTY) & inside
    count = party.sum(axis=1)
    kept = np.where(party, seen["posts.implemented"], 0.0).sum(axis=1) / np.maximum(count, 1)
    share = count / np.maximum(inside.sum(axis=1), 1)
    quarter, slot = np.nonzero(stage != EMPTY)
    return pd.DataFrame(
        {
            "quarter": quarter,
            "time": quarters_of(begin)["time"][quarter],
            "measure": seen["measures.serial"][quarter, slot],
            "area": [begin.areas[k] for k in seen["measures.area"][quarter, slot]],
            "stage": [STAGES[k] for k in stage[quarter, slot]],
            "depth": seen["measures.depth"][quarter, slot],
            "parties": share[quarter, slot],
            "kept": kept[quarter, slot],
        }
    )
