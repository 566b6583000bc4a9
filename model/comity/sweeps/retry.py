"""Failed rows are run again, and take their place in the chunks that they failed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from comity import engine
from comity.sweeps.collect import collect
from comity.sweeps.store import SERIES, Store
from comity.sweeps.table import FAILED, Rows, packed
from comity.sweeps.work import task_for

if TYPE_CHECKING:
    from comity.sweeps.executors import Progress
    from comity.sweeps.handle import Sweep


def retry(sweep: Sweep, tell: Progress) -> None:
    """Run every failed row of a sweep again; chunks are replaced one by one, each whole or not at all."""
    store = sweep.store
    failed = {chunk: count for chunk, count in sorted(store.chunks().items()) if count}
    if not failed:
        return
    engine.ready(sweep.book)
    rows, done = sum(failed.values()), 0
    for chunk, count in failed.items():
        _mend(sweep, store, chunk, count)
        done += count
        tell(done, rows)
    if not store.status().left:
        collect(store)


def _mend(sweep: Sweep, store: Store, chunk: int, was: int) -> None:
    outcomes = sweep.manifest.outcomes
    kept = store.read(chunk)
    bad = np.flatnonzero(np.array(kept["status"].to_pylist()) == FAILED)
    ids = {name: kept[name].to_numpy() for name in ("design_id", "replication", "seed")}
    found, courses = sweep.chunks.rows(task_for(chunk, sweep.points, ids["design_id"][bad], ids["replication"][bad]))
    values = np.stack([kept[name].to_numpy() for name in outcomes], axis=1)
    values[bad] = found.values
    seeds = ids["seed"].copy()
    seeds[bad] = found.seed
    errors = {int(bad[k]): message for k, message in found.errors.items()}
    whole = Rows(ids["design_id"], ids["replication"], seeds, values, errors)
    series = None
    if courses is not None:
        series = packed(_joined(store, chunk, courses.table()))
    store.keep(chunk, packed(whole.table(outcomes, sweep.manifest.runs)), len(errors), series, was=was)


def _joined(store: Store, chunk: int, fresh: Any) -> Any:
    """The series of a chunk with those of the rows that now succeeded, in the order of the chunk."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kept = pq.read_table(store.path(chunk, kind=SERIES))
    both = pa.concat_tables([kept, fresh]) if kept.schema.equals(fresh.schema) else fresh
    order = [("replication", "ascending"), ("design_id", "ascending"), ("quarter", "ascending")]
    return both.sort_by(order).combine_chunks()
