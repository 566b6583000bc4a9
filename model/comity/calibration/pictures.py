"""Pictures of a fit: posterior against prior, and what the model predicts before and after, beside what was found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.chance import generator

if TYPE_CHECKING:
    from comity.calibration.fitting import Fit
    from comity.figures import Picture

DRAWN: Final = 2000


def parameters(found: Fit, path: str | Path | None = None) -> Picture:
    """Prior in gray, posterior as a line, today's value dashed."""
    from comity.figures.against import Panel, against

    luck = generator(found.what.seed, "calibration.picture")
    panels = []
    for j, each in enumerate(found.what.free):
        sees = [found.what.targets[k].id for k in found.seen.seers(j)]
        words = f"seen by {', '.join(sees)}" if sees else "seen by no fact"
        prior, posterior = each.at(luck.uniform(0.0, 1.0, DRAWN)), each.at(found.posterior.units[:, j])
        panels.append(Panel(each.name, words, prior, posterior, found.posterior.weights, each.default))
    spoken = sum(found.seen.spoken(j) for j in range(len(panels)))
    title = f"The facts speak to {spoken} of {len(panels)} parameters"
    below = "Gray: prior. Line: posterior. Dashed: the value before the fit."
    return against(panels, title, below, path, source(found))


def targets(found: Fit, path: str | Path | None = None) -> Picture:
    """Runs over the prior in gray, over the posterior as a line, what was found dashed, its tolerance as a band."""
    from comity.figures.against import Panel, against

    panels, hits = [], 0
    for k, each in enumerate(found.what.targets):
        before, after = _values(found.first, k, each), _values(found.predicted, k, each)
        mean = (
            float(np.nanmean(found.after.values[:, :, k])) if np.isfinite(found.after.values[:, :, k]).any() else np.nan
        )
        hits += each.hit(mean)
        words = f"{each.id}, {each.world}"
        panels.append(
            Panel(each.outcome.replace("_", " "), words, before, after, None, each.value, each.low, each.high)
        )
    title = f"After the fit {hits} of {len(panels)} facts lie within their tolerance"
    below = "Gray: runs over the prior. Line: runs over the posterior. Dashed: what was found; band: its tolerance."
    return against(panels, title, below, path, source(found))


def _values(stage: Any, k: int, each: Any) -> Any:
    values = stage.values[:, :, k]
    if each.kind == "rate":
        known = np.isfinite(values)
        return np.where(known, values, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return values.ravel()


def source(found: Fit) -> str:
    """Where a picture's numbers come from."""
    import comity

    runs = len(found.what.worlds) * (len(found.first.units) + len(found.last.units)) * found.what.numbers["runs"]
    return f"{found.what.title}, some {runs:,} runs, seed {found.what.seed}; comity {comity.__version__}"
