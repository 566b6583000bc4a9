"""The rows of all chunks become one table in the order of the design, the same bytes whoever made them."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.beginning import begin
from comity.mechanism import Outcome
from comity.quarter import OUTCOMES
from comity.runs import course
from comity.sweeps.points import Points
from comity.sweeps.store import DICTIONARY, FAILURES, PART, RESULTS, RUNS, Store
from comity.sweeps.table import FAILED, writing

if TYPE_CHECKING:
    import pyarrow as pa

GROUP: Final = 1 << 16
"""Rows of a row group of the results."""
BAND: Final = 4 * GROUP
"""Rows that are held in memory at once."""


def collect(store: Store) -> int:
    """Write results.parquet, dictionary.csv and failures.csv; the number of rows. What is not made yet is left out."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    points = store.points()
    design = points.table()
    rows = 0
    handle, part = tempfile.mkstemp(prefix=PART, dir=store.folder)
    os.close(handle)
    lost, gone = tempfile.mkstemp(prefix=PART, dir=store.folder)
    try:
        with os.fdopen(lost, "w", encoding="utf-8", newline="") as stream:
            failures = csv.writer(stream)
            failures.writerow(["run_id", "design_id", "replication", "seed", "error"])
            schema = None
            writer = None
            for band in _bands(store):
                table = _with_factors(band, points, design)
                if writer is None:
                    schema = table.schema
                    writer = pq.ParquetWriter(part, schema, **writing(schema))
                for first in range(0, table.num_rows, GROUP):
                    writer.write_table(table.slice(first, GROUP), row_group_size=GROUP)
                rows += table.num_rows
                _note(failures, table)
            if writer is None:
                schema = _with_factors(_empty(store), points, design).schema
                writer = pq.ParquetWriter(part, schema, **writing(schema))
            writer.close()
        for made, name in ((part, RESULTS), (gone, FAILURES)):
            os.chmod(made, 0o644)
            os.replace(made, store.folder / name)
    finally:
        Path(part).unlink(missing_ok=True)
        Path(gone).unlink(missing_ok=True)
    write_dictionary(store, points)
    assert isinstance(schema, pa.Schema)
    return rows


def _note(failures: Any, table: pa.Table) -> None:
    import pyarrow.compute as pc

    bad = table.filter(pc.equal(table["status"], FAILED))
    for row in bad.select(["run_id", "design_id", "replication", "seed", "error"]).to_pylist():
        failures.writerow(row.values())


def _bands(store: Store) -> Iterator[pa.Table]:
    """The rows in the order of the design, some at a time: those chunks are read that hold any of them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    manifest, kept = store.manifest, store.chunks()
    points, runs = manifest.points, manifest.runs
    ends = np.array([manifest.rows_of(chunk) for chunk in sorted(kept)]).reshape(-1, 2)
    chunks = np.array(sorted(kept))
    for start in range(0, manifest.rows, BAND):
        low, high = start // runs, (min(start + BAND, manifest.rows) - 1) // runs
        found = []
        for chunk in chunks[_holds(ends, low, high, points)].tolist():
            table = store.read(chunk)
            inside = pc.and_(pc.greater_equal(table["run_id"], start), pc.less(table["run_id"], start + BAND))
            found.append(table.filter(inside))
        if found:
            band = pa.concat_tables(found)
            yield band.take(pc.sort_indices(band["run_id"])).combine_chunks()


def _holds(ends: Any, low: int, high: int, points: int) -> Any:
    """Which chunks hold rows of the points from `low` to `high`: each goes through the points in circles."""
    first, last = ends[:, 0], ends[:, 1] - 1
    circle = first // points
    start, stop = first - circle * points, last - circle * points
    hit = np.zeros(len(ends), bool)
    for turn in (0, 1):
        hit |= (start <= high + turn * points) & (stop >= low + turn * points)
    return hit


def _empty(store: Store) -> pa.Table:
    from comity.sweeps.table import run_schema

    return run_schema(store.manifest.outcomes).empty_table()


def _with_factors(rows: pa.Table, points: Points, design: pa.Table) -> pa.Table:
    """The rows with the values of their factors between ids and outcomes."""
    import pyarrow as pa

    told = design.take(rows["design_id"]).combine_chunks()
    names = [*rows.column_names[:6], *(each.column for each in points.factors), *rows.column_names[6:]]
    return pa.table({name: told[name] if name in told.column_names[1:] else rows[name] for name in names})


MEANINGS: Final = (
    ("results", "run_id", "number", "number of the row: design_id times runs, plus replication", ""),
    ("results", "design_id", "number", "number of the design point", ""),
    ("results", "replication", "number", "number of the run under the seed: equal numbers meet the same luck", ""),
    ("results", "seed", "number", "seed of luck", ""),
    ("results", "status", "word", "done, or failed", ""),
    ("results", "error", "text", "why the run failed", ""),
)

NOT_HERE: Final = ("run", "iso3")
"""Columns of kept runs that the series of a sweep do not have."""


def meanings(store: Store, points: Points) -> list[tuple[str, str, str, str, str]]:
    """Table, column, unit, meaning and dotted path of every column of the results, and of the series if kept."""
    declared = store.manifest.scenario().catalogue.declarations()
    told = list(MEANINGS)
    for each in points.factors:
        number = declared.get(each.path)
        unit = number.parameter.unit if number is not None else "as in the scenario file"
        means = number.parameter.means if number is not None else "what the sweep varies"
        told.append(("results", each.column, unit, f"{means}; missing: the scenario's own", each.path))
    for name in store.manifest.outcomes:
        kind: type[Outcome] | None = OUTCOMES.get(name)
        if kind is None:
            told.append(("results", name, "", "an outcome of the user's own rules", ""))
        else:
            told.append(("results", name, kind.unit, f"{kind.claim()} {kind.direction}; {kind.window}", ""))
    if store.manifest.series:
        said = course.dictionary(begin(store.manifest.scenario()))
        words = {each.column: each for each in said if each.table in ("series", "all") and each.column not in NOT_HERE}
        told += [("series", each.column, each.unit, each.means, "") for each in words.values()]
    return told


def write_dictionary(store: Store, points: Points) -> None:
    """dictionary.csv: what every column is."""
    import io

    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["table", "column", "unit", "means", "path"])
    writer.writerows(meanings(store, points))
    store.write(DICTIONARY, stream.getvalue().encode())


def stale(store: Store) -> bool:
    """Whether the results are missing, or older than the newest chunk."""
    results = store.folder / RESULTS
    if not results.exists():
        return True
    return (store.folder / RUNS).stat().st_mtime_ns > results.stat().st_mtime_ns
