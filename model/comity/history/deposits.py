"""Who ratified the African Continental Free Trade Area early, and how the deposits ran up."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from comity.history.chapter import Chapter, Score
from comity.history.playing import Played
from comity.history.record import DEPOSITS, EARLY_DEPOSITORS, FITTED, INFORMED
from comity.history.scores import area_under_curve, brier, crps
from comity.world import NOT_PARTY, OPEN

YEAR: Final = 4
"""Quarters after that of the signature in which a deposit counts as early: the list is of a year and three weeks."""
SIGNED: Final = 20181
SIGNATORIES: Final = 54.0
MOST_TOLD: Final = 5


def deposits(played: Played) -> Chapter:
    """The chapter on the free trade area. Naive: a logit on the same covariates, each state foretold by a fit to the
    others; the share of early ones as everybody's chance; deposits at the pace of the first quarter."""
    party = first_text(played)
    early = _at(party, YEAR).mean(axis=0)
    did = np.array([name in EARLY_DEPOSITORS for name in played.members])
    logit = left_out(covariates(played), did)
    share = np.full(len(did), did.mean())
    scores = [
        Score("who is early", "area under the curve", "share of pairs", INFORMED, area_under_curve(early, did),
              {"logit, cross-validated": area_under_curve(logit, did), "coin": 0.5}, higher_is_better=True),
        Score("who is early", "Brier", "squared probability", INFORMED, brier(early, did),
              {"logit, cross-validated": brier(logit, did), "share of the early": brier(share, did)}),
    ]  # fmt: skip
    curve, rows = _curve(party)
    scores.append(curve)
    rows += [
        {"kind": "state", "iso3": name, "model": float(early[k]), "logit": float(logit[k]), "happened": bool(did[k])}
        for k, name in sorted(enumerate(played.members), key=lambda each: -early[each[0]])
    ]
    return Chapter(
        "deposits", "Who ratifies early, and how fast?", tuple(_said(rows, scores)), tuple(scores), tuple(rows)
    )


def first_text(played: Played) -> Any:
    """(runs, quarters since it opened, states): is the state party to the first text that passed? NaN past the end."""
    stage, rung = played.seen["measures.stage"], played.seen["posts.rung"]
    runs, quarters, _ = stage.shape
    found = np.full((runs, quarters, len(played.members)), np.nan)
    for run in range(runs):
        opened = stage[run] >= OPEN
        if not opened.any():
            continue
        start = int(opened.any(axis=1).argmax())
        slot = int(opened[start].argmax())
        found[run, : quarters - start] = rung[run, start:, :, slot] != NOT_PARTY
    return found


def _at(party: Any, quarters: int) -> Any:
    """Who is party so many quarters on, in the runs that reach so far: (runs, states)."""
    known = ~np.isnan(party[:, quarters, 0])
    return party[known, quarters]


def covariates(played: Played) -> Any:
    """Legislative constraints, government effectiveness, log population of the start year, standardized."""
    first = [played.seen[f"members.{name}"][:, 0].mean(axis=0) for name in ("legislature", "capacity", "population")]
    table = np.column_stack([first[0], first[1], np.log(first[2])])
    return (table - table.mean(axis=0)) / table.std(axis=0)


def left_out(x: Any, did: Any) -> Any:
    """For each state the chance that a logit fitted to the others gives it (a weak ridge keeps it finite)."""
    n = len(did)
    found = np.empty(n)
    for k in range(n):
        rest = np.arange(n) != k
        weights = _logit(np.column_stack([np.ones(n - 1), x[rest]]), did[rest].astype("f8"))
        found[k] = 1.0 / (1.0 + math.exp(-float(np.concatenate([[1.0], x[k]]) @ weights)))
    return found


def _logit(x: Any, y: Any, ridge: float = 1e-3, steps: int = 50) -> Any:
    weights = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1.0 / (1.0 + np.exp(-x @ weights))
        step = np.linalg.solve(
            (x * (p * (1.0 - p))[:, None]).T @ x + ridge * np.eye(x.shape[1]), x.T @ (y - p) - ridge * weights
        )
        weights = weights + step
        if float(np.abs(step).max()) < 1e-10:
            break
    return weights


def _curve(party: Any) -> tuple[Score, list[dict[str, Any]]]:
    """Counts against the ensemble, date by date, as shares of the signatories."""
    rows: list[dict[str, Any]] = []
    pace = next(point.value for point in DEPOSITS if _since(point.year) == 1) / SIGNATORIES
    for point in DEPOSITS:
        since = _since(point.year)
        if since == 0:
            continue
        draws, value = _at(party, since).mean(axis=1), point.value / SIGNATORIES
        steady = min(pace * since, 1.0)
        rows.append({
            "kind": "date", "quarter": point.year, "happened": value, "model": float(draws.mean()),
            "low": float(np.quantile(draws, 0.05)), "high": float(np.quantile(draws, 0.95)),
            "crps": crps(draws, value), "crps_steady": abs(steady - value), "source": point.source,
        })  # fmt: skip
    mean = {key: float(np.mean([row[key] for row in rows])) for key in ("crps", "crps_steady")}
    return Score(
        "cumulative deposits",
        "CRPS",
        "share of states",
        FITTED,
        mean["crps"],
        {"pace of the first quarter": mean["crps_steady"]},
    ), rows


def _since(quarter: int) -> int:
    """Quarters since that of the signature."""
    return (quarter // 10 - SIGNED // 10) * 4 + quarter % 10 - SIGNED % 10


def _said(rows: list[dict[str, Any]], scores: list[Score]) -> list[str]:
    states = [row for row in rows if row["kind"] == "state"]
    missed = [row["iso3"] for row in states if row["happened"]][-MOST_TOLD:]
    false = [row["iso3"] for row in states if not row["happened"]][:MOST_TOLD]
    auc = scores[0]
    return [
        f"The model ranks an early state above a late one in {auc.model:.2f} of pairs; a cross-validated logit on the "
        f"same covariates in {auc.naive['logit, cross-validated']:.2f}, a coin in .50.",
        f"Early in fact, late in the model: {', '.join(missed)}; early in the model, late in fact: {', '.join(false)}.",
        "Governments' preferences of 2018 in the region's file are a judgement made later, and favor the model here.",
    ]
