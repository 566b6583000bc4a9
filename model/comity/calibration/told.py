"""What a fit found, as plain values: targets before and after, posterior against prior, who sees what, how sure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.calibration.coverage import SHARES
from comity.calibration.seen import SEES

if TYPE_CHECKING:
    from comity.calibration.fitting import Fit
    from comity.calibration.stages import Stage

DIGITS: Final = 6
QUANTILES: Final = (0.05, 0.16, 0.5, 0.84, 0.95)


def told(found: Fit) -> dict[str, Any]:
    """The document of a fit."""
    what, posterior = found.what, found.posterior
    document = {
        "calibration": what.name, "title": what.title, "hash": what.hash, "seed": what.seed,
        "numbers": dict(what.numbers), "possible": list(found.possible), "draws": len(found.given.facts),
        "kept": len(posterior.weights), "effective": posterior.effective, "losses": found.losses,
        "targets": [target(found, k) for k in range(len(what.targets))],
        "parameters": [parameter(found, j) for j in range(len(what.free))],
        "correlations": [
            {"a": what.free[i].path, "b": what.free[j].path, "r": r} for i, j, r in found.seen.pairs()
        ],
        "coverage": {
            "truths": found.coverage.truths,
            "held": {f"{share:g}": found.coverage.overall(share) for share in SHARES},
            "uneven": [
                each.path for each, gap in zip(what.free, found.coverage.evenness(), strict=True)
                if gap > found.coverage.bound
            ],
        },
    }  # fmt: skip
    return rounded(document)  # type: ignore[no-any-return]


def target(found: Fit, k: int) -> dict[str, Any]:
    """A target: what was found, what the model says before and after, and whether that lies within its tolerance."""
    each = found.what.targets[k]
    before, after = _mean(found.before, k), _mean(found.after, k)
    prior, predicted = _spread(found.first, k), _spread(found.predicted, k)
    return {
        "id": each.id, "outcome": each.outcome, "world": each.world, "value": each.value, "low": each.low,
        "high": each.high, "before": before, "after": after, "verdict_before": verdict(each, before),
        "verdict_after": verdict(each, after), "prior_low": prior[0], "prior_high": prior[1],
        "predicted_low": predicted[0], "predicted_high": predicted[1], "predicted": predicted[2],
        "accepted_prior": _share(found.first, each, k), "accepted": _share(found.predicted, each, k),
        "seen_by": [found.what.free[j].path for j in range(len(found.what.free)) if found.seen.reach[j, k] >= SEES],
        "source": each.source,
    }  # fmt: skip


def verdict(each: Any, value: float) -> str:
    """Whether the mean lies within the tolerance."""
    return "missing" if not math.isfinite(value) else "hit" if each.hit(value) else "miss"


def parameter(found: Fit, j: int) -> dict[str, Any]:
    """A parameter: prior, posterior, and which facts see it."""
    each, sees = found.what.free[j], found.seen.seers(j)
    prior = each.at(np.array(QUANTILES))
    quantiles = each.at(np.asarray(found.posterior.quantiles(j, QUANTILES)))
    ids = [found.what.targets[k].id for k in sees]
    return {
        "path": each.path, "default": each.default, "prior": each.factor.document()["prior"],
        "prior_quantiles": prior.tolist(), "quantiles": quantiles.tolist(), "middle": float(quantiles[2]),
        "sd": float(quantiles[3] - quantiles[1]) / 2.0, "point": found.values(found.point)[each.path],
        "shrinkage": float(found.seen.shrinkage[j]), "shift": float(found.seen.shift[j]),
        "spoken": found.seen.spoken(j), "seen_by": ids, "only_by": ids[0] if len(ids) == 1 else None,
        "held": {f"{share:g}": float(found.coverage.held[share][j]) for share in SHARES},
        "error": float(found.coverage.error[j]), "error_of_prior": float(found.coverage.prior_error[j]),
    }  # fmt: skip


def _known(stage: Stage, k: int) -> Any:
    values = stage.values[:, :, k].ravel()
    return values[np.isfinite(values)]


def _mean(stage: Stage, k: int) -> float:
    values = _known(stage, k)
    return float(values.mean()) if len(values) else math.nan


def _spread(stage: Stage, k: int) -> tuple[float, float, float]:
    values = _known(stage, k)
    if not len(values):
        return math.nan, math.nan, math.nan
    low, high = np.quantile(values, (0.05, 0.95))
    return float(low), float(high), float(values.mean())


def _share(stage: Stage, each: Any, k: int) -> float:
    """The share of points, or of runs of a history, that lie within the tolerance."""
    values = stage.values[:, :, k]
    if each.kind == "rate":
        with np.errstate(invalid="ignore"):
            values = np.nanmean(values, axis=1)
    known = values[np.isfinite(values)]
    return float(((known >= each.low) & (known <= each.high)).mean()) if len(known) else math.nan


def rounded(value: Any) -> Any:
    """Numbers to six digits, null for what is missing."""
    if isinstance(value, dict):
        return {str(key): rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    if isinstance(value, bool) or value is None or isinstance(value, str | int):
        return value
    number = float(value)
    return float(f"{number:.{DIGITS}g}") if math.isfinite(number) else None
