"""Points are played in every world as kept sweeps, so that a fit that was killed goes on where it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from comity.calibration.document import Calibration
from comity.sweeps import Sweep
from comity.sweeps.executors import Say

POINTS: Final = "calibration-points.csv"
SEED: Final = "run.seed"
SEEDS: Final = 64
"""Different seeds among the points of a stage, so that its runs see many courses of luck and not the same few."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Stage:
    """Points that were played: `units` (points, parameters) in the prior, `values` (points, runs, targets) as reported,
    `seen` the same on the scale of comparison; NaN where a run has no value."""

    units: Any = field(repr=False)
    values: Any = field(repr=False)
    seen: Any = field(repr=False)

    def means(self) -> Any:
        """The mean of each point over the runs that have a value, on the scale of comparison: (points, targets)."""
        return _mean(self.seen)

    def within(self) -> Any:
        """The variance between runs of a point, the mean over points: (targets,)."""
        known = np.isfinite(self.seen)
        count = known.sum(axis=1)
        gap = np.where(known, self.seen - _mean(self.seen)[:, None, :], 0.0)
        many = count > 1
        total = (gap**2).sum(axis=1) * many
        return total.sum(axis=0) / np.maximum((np.where(many, count - 1, 0)).sum(axis=0), 1)


def _mean(values: Any) -> Any:
    known = np.isfinite(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def play(
    what: Calibration, units: Any, runs: int, folder: Path, workers: int | None = None,
    say: Say | None = None, progress: Progress | None = None, numbers: Any = None, luck: int = 0,
    alike: int = 1,
) -> Stage:  # fmt: skip
    """The points at these places of the prior, in every world. Played before: read. WrongFolder as `Sweep.run`.

    `numbers` (points, parameters) are the parameters' values where they are not those at `units`. Stages of equal
    `luck` see the same courses of luck, and within one so many points in a row are `alike` in it.
    """
    table = np.column_stack([each.at(units[:, j]) for j, each in enumerate(what.free)]) if numbers is None else numbers
    file = folder / POINTS
    file.parent.mkdir(parents=True, exist_ok=True)
    seeds = [what.seed + SEEDS * luck + k // alike % SEEDS for k in range(len(units))]
    _write(file, [SEED, *(each.path for each in what.free)], seeds, table)
    values = np.full((len(units), runs, len(what.targets)), np.nan)
    for name, world in what.worlds.items():
        if not what.outcomes(name):
            continue
        # The points are named as a file beside the sweep, so that the folder may be moved.
        said = {"outcomes": what.outcomes(name), "sweep.csv": POINTS, "sweep.runs": runs}
        sw = Sweep.of(world.with_(said, str(folder / "calibration")))
        sw.run(folder / name, workers, progress=progress, say=say)
        rows = sw.results(["design_id", "replication", "status", *what.outcomes(name)])
        _fill(what, name, rows, values)
    return Stage(units, values, _seen(what, values))


def _seen(what: Calibration, values: Any) -> Any:
    """Rates are those of all runs of a point together: one run of a rare event says nothing."""
    found = np.empty_like(values)
    for k, each in enumerate(what.targets):
        part = values[:, :, k]
        if each.kind == "rate":
            part = np.broadcast_to(_mean(part[:, :, None])[:, :1], part.shape)
        found[:, :, k] = each.seen(part)
    return found


def _write(file: Path, head: list[str], seeds: list[int], table: Any) -> None:
    """The points as a sweep reads them; written only if they are not there, so that a kept sweep knows its file."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([[seed, *(repr(float(x)) for x in row)] for seed, row in zip(seeds, table, strict=True)])
    text = held.getvalue()
    if not file.exists() or file.read_text("utf-8") != text:
        file.write_text(text, "utf-8")


def stored(what: Calibration, folders: Mapping[str, str | Path]) -> Stage:
    """A stage from sweeps that were kept before, one for each world: nothing is played.

    Each sweep varies the free parameters, all of them, over the priors of the calibration, in a design of the cube with
    the same points and runs for all worlds. ValueError says what differs; WrongFolder as `Sweep.open`.
    """
    units: Any = None
    values: Any = None
    for name in what.worlds:
        if name not in folders:
            raise ValueError(f"no sweep is named for the world {name}")
        sw = Sweep.open(folders[name], reading=True)
        told = {each.path: each.prior for each in sw.points.factors}
        if told != {each.path: each.factor.prior for each in what.free}:
            raise ValueError(f"{folders[name]} does not vary the free parameters over their priors, and nothing else")
        order = [list(told).index(each.path) for each in what.free]
        mine = sw.units()[:, order]
        shape = (len(mine), sw.manifest.runs, len(what.targets))
        if units is None:
            units, values = mine, np.full(shape, np.nan)
        if values.shape != shape or not np.array_equal(mine, units):
            raise ValueError(f"{folders[name]} has other points or runs than the sweeps of the other worlds")
        missing = [each for each in what.outcomes(name) if each not in sw.manifest.outcomes]
        if missing:
            raise ValueError(f"{folders[name]} does not report {missing[0]}")
        rows = sw.results(["design_id", "replication", "status", *what.outcomes(name)])
        _fill(what, name, rows, values)
    return Stage(units, values, _seen(what, values))


def _fill(what: Calibration, name: str, rows: Any, values: Any) -> None:
    """The outcomes of a world, each where its target stands."""
    place = rows["design_id"].to_numpy("i8"), rows["replication"].to_numpy("i8")
    done = (rows["status"] == "done").to_numpy()
    for k, target in enumerate(what.targets):
        if target.world == name:
            values[(*place, k)] = np.where(done, rows[target.outcome].to_numpy("f8"), np.nan)
