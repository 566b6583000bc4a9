"""Who leaves, and when: a probability for each member, scored against the one that left."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from comity.history.chapter import Chapter, Score
from comity.history.playing import Played
from comity.history.record import EARLIER_YEARS, INFORMED, LEFT
from comity.history.scores import area_under_curve, brier

MOST_TOLD: Final = 4


def leaving(played: Played, until: str = "2024Q4") -> Chapter:
    """The chapter on exits from the European Union up to and with a quarter.

    Naive: nobody leaves; everybody leaves at the rate of the years before (half an exit in as many member-years, which
    is what Jeffreys' rule makes of none).
    """
    last = played.place(until)
    gone = played.seen["members.left"][:, : last + 1] != 0  # (runs, quarters, members)
    ever = gone.any(axis=1)
    chance = ever.mean(axis=0)
    did = np.array([name in LEFT for name in played.members])
    rate = 1.0 - math.exp(-0.5 / EARLIER_YEARS * (last + 1) / 4.0)
    base, nobody = np.full(len(did), rate), np.zeros(len(did))
    scores = [
        Score("who leaves, by member", "Brier", "squared probability", INFORMED, brier(chance, did),
              {"nobody leaves": brier(nobody, did), "earlier rate": brier(base, did)}),
        Score("who leaves, by member", "area under the curve", "share of pairs", INFORMED,
              area_under_curve(chance, did), {"earlier rate": 0.5}, higher_is_better=True),
        _when(played, gone, rate, last),
    ]  # fmt: skip
    rows = [_row(played, gone, k) for k in np.argsort(-chance, kind="stable")]
    return Chapter(
        "exits",
        "Who leaves the European Union, and when?",
        tuple(_said(played, rows, ever)),
        tuple(scores),
        tuple(rows),
    )


def _when(played: Played, gone: Any, rate: float, last: int) -> Score:
    """Brier's score of 'has left by now', averaged over the quarters, for the one who left."""
    name, quarter = next(iter(LEFT.items()))
    k, happened = played.members.index(name), np.arange(last + 1) >= played.place(quarter)
    by_now = np.maximum.accumulate(gone[:, :, k], axis=1).mean(axis=0)
    steady = 1.0 - (1.0 - rate) ** (np.arange(1, last + 2) / (last + 1))
    naive = {"nobody leaves": brier(np.zeros(last + 1), happened), "earlier rate": brier(steady, happened)}
    return Score(
        f"when {name} has left", "Brier over quarters", "squared probability", INFORMED, brier(by_now, happened), naive
    )


def _row(played: Played, gone: Any, k: int) -> dict[str, Any]:
    runs = gone[:, :, k].any(axis=1)
    first = gone[runs][:, :, k].argmax(axis=1) / 4.0 + played.start
    middle, low, high = np.quantile(first, (0.5, 0.05, 0.95)) if len(first) else (math.nan,) * 3
    return {
        "iso3": played.members[k], "chance": float(runs.mean()), "left": played.members[k] in LEFT,
        "median_date": float(middle), "low_date": float(low), "high_date": float(high),
        "happened": LEFT.get(played.members[k]),
    }  # fmt: skip


def _said(played: Played, rows: list[dict[str, Any]], ever: Any) -> list[str]:
    some = next(row for row in rows if row["left"])
    others = [row for row in rows if not row["left"]][:MOST_TOLD]
    count = ever.sum(axis=1)
    runs = len(ever)
    when = (
        f", where it does with a median date of {_date(some['median_date'])} (nine in ten between "
        f"{_date(some['low_date'])} and {_date(some['high_date'])})"
    )
    return [
        f"{some['iso3']} leaves in {_percent(some['chance'])} of {runs} runs{when if some['chance'] else ''}; "
        f"it left in {some['happened']}.",
        "Next: " + ", ".join(f"{row['iso3']} {_percent(row['chance'])}" for row in others) + ".",
        f"Nobody leaves in {_percent((count == 0).mean())} of runs, more than one in {_percent((count > 1).mean())}.",
    ]


def _date(time: float) -> str:
    return f"{int(time)}Q{int(time % 1 * 4) + 1}" if time == time else "never"


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"
