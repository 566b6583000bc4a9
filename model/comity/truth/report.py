"""Hits and misses as plain values: for a table on a screen, for JSON, for a page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from comity.runs.result import versions
from comity.signs import EMERGENT
from comity.truth.table import LEVEL, NULL, ROLES, SIGN, Row

if TYPE_CHECKING:
    from pandas import DataFrame

HIT, STRADDLES, MISS = VERDICTS = ("hit", "straddles", "miss")
GROUPS: Final[Mapping[str, str]] = {
    "fitted": "the model was fitted to these",
    "informed": "never fitted, but known while the rules were designed",
    "blind": "never seen",
}


@dataclass(frozen=True, eq=False)
class Told:
    """One fact and what runs say of it.

    `value` with its interval (95 percent) is the mean over runs, or of the paired differences of a contrast;
    `runs_low` and `runs_high` hold nine runs in ten; `inside` is the share of runs within the bounds, `known` the
    number of runs that have a value. `baseline` is what somebody would say who knows no rule.
    """

    row: Row
    value: float
    low: float
    high: float
    verdict: str
    baseline: float
    baseline_verdict: str
    baseline_kind: str
    runs_low: float
    runs_high: float
    inside: float
    known: int

    @property
    def counts(self) -> bool:
        """Whether a hit is validation: a sign only if it is emergent, a null row never."""
        if self.row.kind == NULL:
            return False
        return self.row.kind == LEVEL or self.row.label == EMERGENT

    def document(self) -> dict[str, Any]:
        """Plain values, null for what is missing."""
        row = self.row
        return {
            "id": row.id, "outcome": row.outcome, "value": _number(self.value), "low": _number(self.low),
            "high": _number(self.high), "target_low": _number(row.low), "target_high": _number(row.high),
            "verdict": self.verdict, "baseline": _number(self.baseline), "baseline_verdict": self.baseline_verdict,
            "baseline_kind": self.baseline_kind, "statement": row.statement, "scenario": row.scenario, "set": row.set,
            "unit": row.unit, "kind": row.kind, "role": row.role, "source": row.source, "label": row.label,
            "runs_low": _number(self.runs_low), "runs_high": _number(self.runs_high), "inside": _number(self.inside),
            "known": self.known, "counts": self.counts,
        }  # fmt: skip


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


@dataclass(frozen=True, eq=False)
class Facts:
    """A table of facts held against the model."""

    told: tuple[Told, ...]
    runs: int
    seed: int

    def document(self) -> list[dict[str, Any]]:
        """The document of `comity facts --json`: a plain dict for each fact, in the order of the table."""
        return [each.document() for each in self.told]

    def frame(self) -> DataFrame:
        """The same as a table."""
        import pandas as pd

        return pd.DataFrame(self.document())

    def summary(self) -> list[dict[str, Any]]:
        """For each role and kind that the table has: how many hit, straddle and miss, the naive forecast beside them.

        Signs are told apart by label; `counts` says whether a hit is validation.
        """
        groups: dict[tuple[str, str, str], list[Told]] = {}
        for each in self.told:
            label = each.row.label or "unlabelled" if each.row.kind == SIGN else ""
            groups.setdefault((each.row.role, each.row.kind, label), []).append(each)
        order = {role: place for place, role in enumerate(ROLES)}
        kinds = {LEVEL: 0, SIGN: 1, NULL: 2}
        found = []
        for (role, kind, label), members in sorted(
            groups.items(), key=lambda item: (order[item[0][0]], kinds[item[0][1]], item[0][2])
        ):
            verdicts = {verdict: sum(each.verdict == verdict for each in members) for verdict in VERDICTS}
            naive = sum(each.baseline_verdict == HIT for each in members)
            counts = all(each.counts for each in members)
            found.append(
                {"role": role, "kind": kind, "label": label, "facts": len(members), **verdicts,
                 "baseline_hits": naive, "counts": counts}
            )  # fmt: skip
        return found

    def provenance(self) -> dict[str, Any]:
        """Runs, seed and versions behind the verdicts."""
        return {"runs": self.runs, "seed": self.seed, "versions": dict(versions())}

    def misses(self) -> list[dict[str, Any]]:
        """The facts that are not hit: misses first, then those that straddle a bound."""
        wrong = [each for each in self.told if each.verdict != HIT]
        return [each.document() for each in sorted(wrong, key=lambda each: each.verdict != MISS)]
