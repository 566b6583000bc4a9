"""A fit from the first wave to the last check: seeded, kept as it goes, the same bytes however often it was killed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.analysis.answer import plain
from comity.calibration import pointfit
from comity.calibration.coverage import SHARES, Coverage, coverage
from comity.calibration.document import SHIPPED, Calibration, read
from comity.calibration.matching import Wave, places
from comity.calibration.rejection import Draws, Posterior, draws, fit, observed
from comity.calibration.seen import Seen, seen
from comity.calibration.stages import Stage, play
from comity.chance import generator
from comity.sweeps.store import WrongFolder

if TYPE_CHECKING:
    from pandas import DataFrame

KEPT: Final = "calibration.json"
FOUND: Final = "fit.json"
DRAWN: Final = "posterior.csv"
PLACES: Final = "places.json"
POINT_RUNS: Final = 4
"""Times the runs of a wave's point that a trial of the point fit has, for its mean to be sharp."""
DIGITS: Final = 6
CHECKED, LAST, TRIED, PREDICTED = 0, 20, 21, 22
"""The luck of each stage, waves between them: what is compared shares it, what is learned from does not."""

Say = Callable[[str], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Fit:
    """All that was found. `document()` is what `fit.json` holds; `table()` a row for each target."""

    what: Calibration
    first: Stage = field(repr=False)
    last: Stage = field(repr=False)
    possible: tuple[float, ...]
    given: Draws = field(repr=False)
    posterior: Posterior = field(repr=False)
    seen: Seen = field(repr=False)
    coverage: Coverage = field(repr=False)
    before: Stage = field(repr=False)
    after: Stage = field(repr=False)
    predicted: Stage = field(repr=False)
    middle: Any = field(repr=False)
    point: Any = field(repr=False)
    losses: dict[str, float] = field(repr=False)

    def values(self, units: Any) -> dict[str, float]:
        """Parameters, by path, at places of the prior (parameters,)."""
        return {each.path: float(each.at(np.array([units[j]]))[0]) for j, each in enumerate(self.what.free)}

    def document(self) -> dict[str, Any]:
        """Plain values for JSON, rounded so that they do not depend on the order of sums."""
        from comity.calibration.told import told

        return told(self)

    def table(self) -> DataFrame:
        """A row for each target: what was found, before and after, the verdict."""
        import pandas as pd

        return pd.DataFrame(self.document()["targets"])


def calibrate(
    source: str | Path | Calibration = SHIPPED, out: str | Path | None = None, workers: int | None = None,
    quick: bool = False, say: Say | None = None, progress: Progress | None = None,
) -> Fit:  # fmt: skip
    """Fit a calibration file (the shipped one by default); `out` keeps every run, the result and its page.

    History matching throws out what is impossible, wave by wave; then the posterior by rejection with regression
    adjustment from the runs of the last stage, a point fit, checks before and after, coverage on made-up truths.

    ScenarioError for a file with faults; WrongFolder if `out` holds something else; ValueError if nothing is possible.
    """
    import tempfile

    what = source if isinstance(source, Calibration) else read(source)
    what = what.quick() if quick else what
    if out is None:
        with tempfile.TemporaryDirectory() as folder:
            return _calibrate(what, Path(folder), workers, say or (lambda text: None), progress)
    folder_ = Path(out)
    _claim(what, folder_)
    found = _calibrate(what, folder_, workers, say or (lambda text: None), progress)
    _keep(found, folder_)
    return found


def _claim(what: Calibration, folder: Path) -> None:
    """The folder is new, empty, or this very calibration's."""
    kept = folder / KEPT
    if kept.exists():
        if json.loads(kept.read_text("utf-8"))["hash"] != what.hash:
            raise WrongFolder(f"{folder} holds another calibration; name another folder")
        return
    if folder.exists() and any(folder.iterdir()):
        raise WrongFolder(f"{folder} holds other files; name an empty or a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps({"hash": what.hash, "told": what.told()}, indent=1, sort_keys=True) + "\n", "utf-8")


def _calibrate(what: Calibration, folder: Path, workers: int | None, say: Say, progress: Progress | None) -> Fit:
    numbers, k = what.numbers, len(what.free)

    def run(name: str, units: Any, runs: int, luck: int, values: Any = None) -> Stage:
        return play(what, units, runs, folder / name, workers, say, progress, values, luck)

    defaults = np.array([[each.default for each in what.free]])
    say("Before: today's values")
    before = run("before", np.full((1, k), 0.5), numbers["check"], CHECKED, defaults)
    waves: list[Wave] = []
    shares: list[float] = []
    first: Stage | None = None
    for number in range(1, numbers["waves"] + 1):
        name = f"wave-{number}"
        units, share = _places(what, folder / name, name, numbers["points"], waves)
        say(f"Wave {number}: {share:.1%} of the prior is possible still".replace("%", " %"))
        stage = run(name, units, numbers["runs"], number)
        first = first or stage
        waves.append(Wave.of(what, stage))
        shares.append(share)
    units, share = _places(what, folder / "last", "last", numbers["last"], waves)
    shares.append(share)
    say(f"Last: {share:.1%} of the prior is possible".replace("%", " %"))
    last = run("last", units, numbers["runs"], LAST)
    assert first is not None
    given, facts = draws(what, last), observed(what)
    posterior = fit(given, facts, what.accepted)
    middle = np.array([float(posterior.quantiles(j, 0.5)) for j in range(k)])
    spread = waves[-1].spread

    def played(at: Any, trial: int) -> Any:
        return run(f"trials/{trial}", at[None, :], POINT_RUNS * numbers["runs"], TRIED).means()[0]

    say("Point fit")
    point, least, starts = pointfit.search(what, spread, [middle, np.full(k, 0.5)], played, folder / "trials")
    say("After: the middle of the posterior, today's values where no fact speaks, and draws from it")
    looked = seen(what, waves[0], given, facts, posterior)
    fitted = [
        float(each.at(middle[j : j + 1])[0]) if looked.spoken(j) else each.default for j, each in enumerate(what.free)
    ]
    after = run("after", middle[None, :], numbers["check"], CHECKED, np.array([fitted]))
    drawn = posterior.sample(generator(what.seed, "calibration.predicted"), max(numbers["check"] // 2, 4))
    predicted = run("predicted", drawn, 2, PREDICTED)
    losses = {"middle": starts[0], "prior": starts[1], "point": least}
    return Fit(
        what, first, last, tuple(shares), given, posterior, looked,
        coverage(given, numbers["truths"], what.accepted, what.seed), before, after, predicted, middle, point, losses,
    )  # fmt: skip


def _places(what: Calibration, folder: Path, name: str, n: int, waves: list[Wave]) -> tuple[Any, float]:
    """The places of a stage: read if they were chosen before, so that what is kept stays what it was."""
    file = folder / PLACES
    if file.exists():
        kept = json.loads(file.read_text("utf-8"))
        return np.array(kept["units"]), float(kept["share"])
    units, share = places(what.seed, f"calibration.{name}", n, len(what.free), waves, what.cut)
    folder.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(json.dumps({"share": share, "units": units.tolist()}) + "\n", "utf-8")
    part.replace(file)
    return units, share


def _keep(found: Fit, folder: Path) -> None:
    """The result as documents: numbers for programs, draws for one's own pictures, a page for people."""
    from comity.calibration.page import write

    text = json.dumps(found.document(), indent=1, allow_nan=False)
    (folder / FOUND).write_text(text + "\n", "utf-8")
    head = [each.path for each in found.what.free]
    columns = [each.at(found.posterior.units[:, j]) for j, each in enumerate(found.what.free)]
    rows = np.column_stack([*columns, found.posterior.weights])
    lines = [",".join([*head, "weight"]), *(",".join(f"{value:.{DIGITS}g}" for value in row) for row in rows)]
    (folder / DRAWN).write_text("\n".join(lines) + "\n", "utf-8")
    write(found, folder)


__all__ = ["SHARES", "Fit", "calibrate", "plain"]
