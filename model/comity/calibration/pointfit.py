"""A point fit: Optuna looks for the single set of parameters whose mean runs lie nearest to facts and prior."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from comity.analysis.sample import needs
from comity.calibration.document import Calibration
from comity.calibration.rejection import normal_scores
from comity.chance import generator

TRIALS: Final = "trials.jsonl"
Played = Callable[[Any, int], Any]
Progress = Callable[[int, int], None]


def loss(what: Calibration, spread: Any, units: Any, means: Any) -> float:
    """Squared distance from the facts, in variances (targets,) of what is uncertain, and from the prior's middle."""
    observed = np.array([each.observed for each in what.targets])
    apart = (means - observed) ** 2 / spread
    return float(np.where(np.isfinite(apart), apart, 100.0).sum() + (normal_scores(units) ** 2).sum())


def search(
    what: Calibration, spread: Any, starts: Sequence[Any], played: Played, folder: Path,
    progress: Progress | None = None,
) -> tuple[Any, float, list[float]]:  # fmt: skip
    """The best places in the prior (parameters,), their loss, and the losses of the `starts`.

    `played(units, trial)` gives the mean of each target on its scale. Trials are kept in the folder: a search that was
    stopped proposes the same again, and reads what it knows. Refused without Optuna.
    """
    optuna = needs("optuna")
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    try:
        return _search(optuna, what, spread, starts, played, folder, progress)
    finally:
        optuna.logging.set_verbosity(before)


def _search(
    optuna: Any, what: Calibration, spread: Any, starts: Sequence[Any], played: Played, folder: Path,
    progress: Progress | None,
) -> tuple[Any, float, list[float]]:  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / TRIALS
    known = [json.loads(line) for line in kept.read_text("utf-8").splitlines()] if kept.exists() else []
    space = {each.path: optuna.distributions.FloatDistribution(0.001, 0.999) for each in what.free}
    study = optuna.create_study(direction="minimize")
    best, first = (starts[0], np.inf), []
    trials = max(what.numbers["trials"], len(starts))
    for number in range(trials):
        seed = int(generator(what.seed, f"calibration.trial_{number}").integers(2**32))
        study.sampler = optuna.samplers.TPESampler(seed=seed, multivariate=True)
        if number < len(starts):
            study.enqueue_trial(
                {p: float(np.clip(u, 0.001, 0.999)) for p, u in zip(space, starts[number], strict=True)}
            )
        trial = study.ask(space)
        units = np.array([trial.params[path] for path in space])
        if number < len(known) and np.allclose(known[number]["units"], units, rtol=0.0, atol=1e-12):
            value = float(known[number]["loss"])
        else:
            value = loss(what, spread, units, played(units, number))
            with kept.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({"units": units.tolist(), "loss": value}) + "\n")
        study.tell(trial, value)
        if number < len(starts):
            first.append(value)
        if value < best[1]:
            best = (units, value)
        if progress is not None:
            progress(number + 1, trials)
    return best[0], best[1], first
