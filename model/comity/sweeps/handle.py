"""A sweep is planned, run, stopped, gone on with and read: from Python, by the command line, on many machines."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from comity import engine
from comity.beginning import begin
from comity.quarter import RULEBOOK
from comity.rulebook import Rulebook
from comity.runs import Run, Scenario
from comity.scenario import Problem, ScenarioError
from comity.scenario.sweeping import OVERLAYS
from comity.sweeps import executors
from comity.sweeps.collect import collect, stale
from comity.sweeps.designs import CUBE, units
from comity.sweeps.factors import overlays
from comity.sweeps.listed import table_of
from comity.sweeps.manifest import Manifest, OtherRules, book_of, described, hashed, identity
from comity.sweeps.plan import Plan, planned, problems
from comity.sweeps.points import Points, blocks_of, made
from comity.sweeps.store import MANIFEST, RESULTS, Status, Store, WrongFolder, differs
from comity.sweeps.work import Chunks, task_for

if TYPE_CHECKING:
    from pandas import DataFrame

    from comity.sweeps.drive import Function


@dataclass(frozen=True)
class Draft:
    """A sweep that is not kept yet: its scenario, with its `sweep` section, and what is laid over it."""

    scenario: Scenario
    overlays: Mapping[str, Any]
    identity: Mapping[str, Any]

    @classmethod
    def of(cls, scenario: Scenario, book: Rulebook, series: bool) -> Draft:
        """What a scenario says of a sweep, with the files that it names. ScenarioError if it says nothing."""
        scenario.require_region()
        if "sweep" not in scenario.resolved:
            message = "says nothing; name under vary what varies, as in {vary: {levers.sunset.strength: [0, 0.5, 1]}}"
            raise ScenarioError([Problem(scenario.stated.at.file, 0, 0, "sweep", message)])
        files, laid = {}, []
        for at, block in blocks_of(scenario.value("sweep")):
            for path in OVERLAYS:
                laid += [str(name) for name in block["vary"].get(path, ())]
            if "csv" in block:
                table = table_of(scenario, at, block["csv"])
                files[block["csv"]] = table.digest
                laid += [word for path in OVERLAYS for word in table.words(path)]
        near = str(Path(scenario.stated.find("sweep").at.file).parent)
        over = overlays(laid, near)
        return cls(scenario, over, identity(scenario, over, files, book, series))


class Sweep:
    """What varies, where, how often. `folder` is where it is kept, once it has run or been opened."""

    def __init__(self, book: Rulebook, draft: Draft | None = None, store: Store | None = None) -> None:
        self.book, self._draft, self._kept = book, draft, store
        self._strange: OtherRules | None = None

    @classmethod
    def of(cls, scenario: Scenario, book: Rulebook | None = None, series: bool = False) -> Sweep:
        """The sweep of a scenario's `sweep` section, under its rules. ScenarioError tells what is wrong with it."""
        rules: Rulebook = getattr(scenario, "book", RULEBOOK) if book is None else book
        return cls(rules, Draft.of(scenario, rules, series))

    @classmethod
    def open(cls, folder: str | Path, reading: bool = False) -> Sweep:
        """The sweep that a folder keeps. WrongFolder if it keeps none, OtherRules if it was begun under other rules.

        For `reading` alone other rules do not matter: what was found stays found, but no row can be played.
        """
        store = Store.open(Path(folder))
        try:
            return cls(book_of(store.manifest.document), store=store)
        except OtherRules as error:
            if not reading:
                raise
            kept = cls(RULEBOOK, store=store)
            kept._strange = error
            return kept

    @classmethod
    def whole(cls, manifest: Manifest, points: Points) -> Sweep:
        """The sweep that a manifest and its points make, kept nowhere. OtherRules as `open`."""
        made_ = cls(book_of(manifest.document))
        made_.__dict__ |= {"_described": manifest, "points": points}
        return made_

    @functools.cached_property
    def points(self) -> Points:
        """Its points. ScenarioError tells why the design cannot be made."""
        if self._draft is None:
            return self.store.points()
        return made(self._draft.scenario, self._draft.identity["outcomes"])

    @property
    def manifest(self) -> Manifest:
        """All that it is."""
        return self._kept.manifest if self._kept is not None else self._described

    @functools.cached_property
    def _described(self) -> Manifest:
        assert self._draft is not None
        draft = self._draft
        return described(draft.scenario, self.points, draft.overlays, dict(draft.identity), self.book)

    @functools.cached_property
    def chunks(self) -> Chunks:
        """What plays its rows. OtherRules if it was opened for reading alone."""
        if self._strange is not None:
            raise self._strange
        return Chunks(self.manifest, self.book)

    @property
    def folder(self) -> Path | None:
        """Where it is kept."""
        return self._kept.folder if self._kept is not None else None

    @property
    def store(self) -> Store:
        """Its folder. ValueError if it has none yet."""
        if self._kept is None:
            raise ValueError("the sweep was not run yet; run(FOLDER) does it")
        return self._kept

    def _at(self, folder: Path) -> Store:
        """Its store in a folder, begun there if need be. WrongFolder if something else is kept there."""
        if self._kept is not None and self._kept.folder == folder:
            return self._kept
        if (folder / MANIFEST).exists():
            found = Store.open(folder)
            told = self._draft.identity if self._draft is not None else self.manifest.document["identity"]
            if found.manifest.hash != hashed(told):
                raise WrongFolder(differs(folder, found.manifest, dict(told)))
            return found
        self.check()
        return Store.begin(folder, self.manifest, self.points)

    def check(self) -> None:
        """ScenarioError with everything that is wrong with any point."""
        if found := problems(self.chunks.player, self.points):
            raise ScenarioError(found)

    def plan(self, workers: int | None = None) -> Plan:
        """What it will cost on so many workers (as many as there are cores if None). ScenarioError as `check`."""
        self.check()
        return planned(self.chunks, self.points, workers or executors.cores())

    def run(
        self,
        folder: str | Path | None = None,
        workers: int | None = None,
        processes: bool = False,
        dask: str | None = None,
        shard: tuple[int, int] = (0, 1),
        progress: executors.Progress | None = None,
        say: executors.Say | None = None,
    ) -> Status:
        """Run what is left of it, and keep it in the folder; where it stands then.

        In threads of this process, in `processes`, or on the `dask` cluster of that address (`local` starts one).
        `shard` (i, n) does the i-th of n parts, counted from 0. ScenarioError as `check`; WrongFolder if the folder
        holds something else; Unfinished if a chunk could not be played.
        """
        target = Path(folder) if folder is not None else self.folder
        if target is None:
            raise ValueError("name a folder to keep it in")
        workers = workers or executors.cores()
        tell = progress or (lambda done, rows: None)
        voice = say or (lambda text: None)
        store = self._kept = self._at(target)
        left = list(store.left(shard))
        if left:
            store.sweep_up()
            engine.ready(self.book, voice)
            self._play(store, left, workers, processes, dask, tell, voice)
        if not store.status().left and (left or stale(store)):
            collect(store)
        return store.status()

    def _play(
        self, store: Store, left: list[int], workers: int, processes: bool, dask: str | None,
        tell: executors.Progress, say: executors.Say,
    ) -> None:  # fmt: skip
        workers = max(min(workers, len(left)), 1)
        if dask is not None:
            from comity.sweeps import cluster

            cluster.play(store, self.points, left, workers, dask, tell, say)
        elif processes:
            executors.processes(store, self.points, left, workers, tell, say)
        else:
            executors.threads(store, self.points, self.chunks, left, workers, tell, say)

    def retry(self, progress: executors.Progress | None = None) -> Status:
        """Run failed rows again; where it stands then."""
        from comity.sweeps.retry import retry

        retry(self, progress or (lambda done, rows: None))
        return self.status()

    def status(self) -> Status:
        """How far it is."""
        return self.store.status()

    def collect(self) -> int:
        """Write the table of all rows that are there; how many they are."""
        return collect(self.store)

    def results(self, columns: Sequence[str] | None = None) -> DataFrame:
        """A row for each run in the order of the design: ids, status, factors, outcomes. Collected first if need be."""
        import pandas as pd

        if stale(self.store):
            self.collect()
        return pd.read_parquet(self.store.folder / RESULTS, columns=None if columns is None else list(columns))

    def design(self) -> DataFrame:
        """A row for each point: `design_id` and a column for each factor."""
        return self.points.table().to_pandas()  # type: ignore[no-any-return]

    def units(self) -> Any:
        """The design in the unit cube, (points, factors), in the order of the points: what SALib's analyses want.

        ValueError unless the sweep is one block of a design in the cube.
        """
        said = self.manifest.document["identity"]["design"]
        if said["blocks"] or said["design"] not in CUBE or "csv" in said:
            raise ValueError(f"no unit cube: the design is {'blocks' if said['blocks'] else said['design']}")
        seed, k = int(self.manifest.document["seed"]), len(self.points.factors)
        return units(said["design"], seed, said["n"], k, said["levels"], said["second_order"])

    def scenario(self, design_id: int) -> Scenario:
        """The scenario of a design point. IndexError if there is none."""
        if not 0 <= design_id < len(self.points):
            raise IndexError(f"there is no point {design_id}; there are 0 to {len(self.points) - 1}")
        return Scenario.of(self.chunks.player.scenario(self.points.values(design_id)), self.book)

    def rerun(self, run_id: int) -> Run:
        """A row run again, alone and by the long way: the same outcomes to the bit, and its course. IndexError."""
        if not 0 <= run_id < self.manifest.rows:
            raise IndexError(f"there is no run {run_id}; there are 0 to {self.manifest.rows - 1}")
        design_id, replication = divmod(run_id, self.manifest.runs)
        scenario = self.scenario(design_id)
        return Run.of(scenario, begin(scenario, self.book), int(scenario.value("run.seed")), replication)

    def series(self) -> DataFrame:
        """A row for each run and quarter, if the sweep was asked to keep series. ValueError if it was not."""
        import pandas as pd

        if not self.manifest.series:
            raise ValueError("no series was kept; ask for it before the sweep runs")
        paths = sorted((self.store.folder / "series").glob("*.parquet"))
        table = pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True)
        return table.sort_values(["run_id", "quarter"], ignore_index=True)

    def function(self, runs: int | None = None, outcomes: Sequence[str] | None = None) -> Function:
        """The scenario as a plain function of its factors: `f(sunset_strength=0.3)` gives mean outcomes."""
        from comity.sweeps.drive import Function

        return Function(self, runs or self.manifest.runs, outcomes or self.manifest.outcomes)

    def __getattr__(self, name: str) -> Any:
        """`sobol(outcome)` and the other analyses of `comity.analysis`, of this sweep."""
        kinds = importlib.import_module("comity.analysis") if not name.startswith("_") else None
        if kinds is not None and name in (*kinds.KINDS, "report"):
            return functools.partial(getattr(kinds, name), self)
        raise AttributeError(f"a sweep has no {name!r}")

    def to_ema(self, name: str = "comity", runs: int | None = None) -> Any:
        """The scenario as a `Model` of the EMA workbench, which must be installed."""
        from comity.sweeps.drive import to_ema

        return to_ema(self.function(runs), name)

    def outcomes_of(self, points: Points, runs: Sequence[int]) -> Any:
        """Outcomes (points, runs, outcomes) of any points of these factors; nothing is kept."""
        n = len(points)
        design_id, replication = np.repeat(np.arange(n), len(runs)), np.tile(np.array(runs, "i8"), n)
        rows, _ = self.chunks.rows(task_for(0, points, design_id, replication))
        if rows.errors:
            raise ValueError(next(iter(rows.errors.values())))
        return rows.values.reshape(n, len(runs), -1)


def sweep(
    scenario: Scenario | Any,
    vary: Mapping[str, Any] | None = None,
    design: str | None = None,
    n: int | None = None,
    runs: int | None = None,
    *,
    levels: int | None = None,
    second_order: bool | None = None,
    csv: str | Path | None = None,
    blocks: Sequence[Mapping[str, Any]] | None = None,
    combine: str | None = None,
    seed: int | None = None,
    series: bool = False,
    book: Rulebook | None = None,
) -> Sweep:
    """A sweep over a scenario: what is not said here is as in its `sweep` section, and as there by default.

    `vary` maps dotted paths (or `package`, `calendar`) to lists of values or to priors; it, `blocks` or `csv` replace
    all that the section varies. `levels` are steps of a prior in a grid or in Morris's walks. `series` keeps the course
    of every run. `book` is the rulebook; the scenario's own if None. ScenarioError tells everything that is wrong.
    """
    from comity.runs import load

    found = scenario if isinstance(scenario, Scenario) else load(scenario)
    said = {
        "vary": None if vary is None else {str(path): _listed(value) for path, value in vary.items()},
        "design": design, "n": n, "runs": runs, "levels": levels, "second_order": second_order,
        "csv": None if csv is None else str(csv), "blocks": blocks, "combine": combine,
    }  # fmt: skip
    changes: dict[str, Any] = {f"sweep.{key}": value for key, value in said.items() if value is not None}
    if seed is not None:
        changes["run.seed"] = seed
    if "sweep" in found.resolved and not (vary is None and blocks is None and csv is None):
        found = found.with_({"sweep.vary": None, "sweep.blocks": None, "sweep.csv": None})
    return Sweep.of(found.with_(changes, "<sweep>") if changes else found, book, series)


def _listed(value: Any) -> Any:
    """Arrays, tuples and ranges as lists."""
    if hasattr(value, "tolist"):
        return value.tolist()
    return list(value) if isinstance(value, tuple | range) else value
