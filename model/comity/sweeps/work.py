"""One chunk of a sweep is played, wherever it falls, and comes back as the bytes of its file."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity import engine
from comity.rulebook import Rulebook
from comity.runs import course
from comity.sweeps.manifest import Manifest, book_of
from comity.sweeps.player import ENVIRONMENT, Player, Setting, Workspace
from comity.sweeps.points import Points
from comity.sweeps.table import LONGEST_ERROR, Rows, empty, packed, series_schema


class Stopped(Exception):
    """Asked to end before the chunk was done."""


@dataclass(frozen=True, slots=True)
class Task:
    """A chunk to be played: the points that it needs, and for each row which of them, the design's id, the run."""

    chunk: int
    points: Points
    place: Any
    design_id: Any
    replication: Any


@dataclass(frozen=True, slots=True)
class Done:
    """A chunk that was played: its file, and that of its series if they are kept."""

    chunk: int
    data: bytes
    failed: int
    series: bytes | None


def task_of(manifest: Manifest, points: Points, chunk: int) -> Task:
    """The chunk, with only the points that it needs."""
    first, last = manifest.rows_of(chunk)
    replication, design_id = np.divmod(np.arange(first, last), manifest.points)
    return task_for(chunk, points, design_id, replication)


def task_for(chunk: int, points: Points, design_id: Any, replication: Any) -> Task:
    """Runs of points, as a task."""
    needed, place = np.unique(design_id, return_inverse=True)
    return Task(chunk, points.take(needed), place, design_id, replication)


class Chunks:
    """Plays the chunks of a sweep; threads share it."""

    def __init__(self, manifest: Manifest, book: Rulebook | None = None) -> None:
        self.manifest = manifest
        self.book = book_of(manifest.document) if book is None else book
        self.base = manifest.scenario()
        self.player = Player(self.base, manifest.factors(self.base), manifest.document["overlays"], self.book)
        known = list(self.book.outcomes)
        self.outcomes = manifest.outcomes
        self.picked = [known.index(name) for name in self.outcomes]
        self._mine = threading.local()

    def workspace(self) -> Workspace:
        """The buffers of this thread."""
        if not hasattr(self._mine, "workspace"):
            engine.ready(self.book)
            self._mine.workspace = Workspace(self.player)
        return self._mine.workspace  # type: ignore[no-any-return]

    def play(self, task: Task, stop: threading.Event | None = None, ran: Callable[[], None] | None = None) -> Done:
        """Play every row of a chunk; a point that raises is a row that says so. Stopped if asked to end."""
        rows, series = self.rows(task, stop, ran)
        data = packed(rows.table(self.outcomes, self.manifest.runs))
        return Done(task.chunk, data, len(rows.errors), packed(series.table()) if series is not None else None)

    def rows(
        self, task: Task, stop: threading.Event | None = None, ran: Callable[[], None] | None = None
    ) -> tuple[Rows, Courses | None]:
        """The rows of a chunk in order, and the courses of its runs if they are kept."""
        ready = self.player.prepared(task.points)
        n, seed = len(task.design_id), int(self.manifest.document["seed"])
        values, seeds, errors = empty(n, len(self.outcomes)), np.full(n, seed, np.uint64), {}
        courses = Courses(self.manifest, task) if self.manifest.series else None
        for k in ready.order(task.place, task.replication):
            if stop is not None and stop.is_set():
                raise Stopped
            try:
                setting = ready.setting(int(task.place[k]))
                seeds[k] = setting.group.seed
                values[k] = self._one(setting, int(task.replication[k]), k, courses)
            except ENVIRONMENT:
                raise
            except Exception as error:
                errors[k] = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
            if ran is not None:
                ran()
        return Rows(task.design_id, task.replication, seeds, values, errors), courses

    def _one(self, setting: Setting, run: int, k: int, courses: Courses | None) -> Any:
        if courses is None:
            return self.workspace().play(setting, run).outcomes[self.picked]
        watch = course.region_watch(setting.group.day)
        trace = self.workspace().play(setting, run, watch.picks)
        courses.take(k, setting.group.day, watch.read(trace.record))
        return trace.outcomes[self.picked]


class Courses:
    """The courses of a chunk's runs, in the order of its rows."""

    def __init__(self, manifest: Manifest, task: Task) -> None:
        self.manifest, self.task = manifest, task
        self.found: dict[int, dict[str, Any]] = {}

    def take(self, k: int, day: Any, seen: Any) -> None:
        """The course of row `k`."""
        self.found[k] = {**course.quarters_of(day), **course.region_columns(day, seen)}

    def table(self) -> Any:
        """A row for each run and quarter; runs that failed have none."""
        import pyarrow as pa

        names = list(next(iter(self.found.values()), {"quarter": 0, "time": 0}))[2:]
        schema = series_schema(names)
        rows = sorted(self.found)
        lengths = [len(self.found[k]["quarter"]) for k in rows]
        design = np.repeat(self.task.design_id[rows], lengths)
        replication = np.repeat(self.task.replication[rows], lengths)
        columns = [design * self.manifest.runs + replication, design, replication]
        for name in ("quarter", "time", *names):
            parts = [self.found[k][name] for k in rows]
            columns.append(np.concatenate(parts) if parts else np.zeros(0))
        arrays = [pa.array(each).cast(field.type) for each, field in zip(columns, schema, strict=True)]
        return pa.Table.from_arrays(arrays, schema=schema)


@functools.lru_cache(maxsize=2)
def chunks_of(text: str) -> Chunks:
    """What plays the chunks of a manifest's text: made once in each process."""
    return Chunks(Manifest(json.loads(text)))


def played(text: str, task: Task) -> Done:
    """A chunk played in another process, or on another machine, from the manifest's text."""
    return chunks_of(text).play(task)
