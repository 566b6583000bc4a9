"""What is kept of runs: one explicit schema, few bytes, the same bytes for the same rows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

DONE: Final = "done"
FAILED: Final = "failed"
LONGEST_ERROR: Final = 500


@dataclass(eq=False)
class Rows:
    """Rows of runs in the order of their places: ids, luck, status, and `values` (rows, outcomes)."""

    design_id: Any
    replication: Any
    seed: Any
    values: Any
    errors: dict[int, str]

    def table(self, outcomes: Sequence[str], runs: int) -> pa.Table:
        """As they are kept; what is missing is null."""
        import pyarrow as pa

        n = len(self.design_id)
        status = [FAILED if k in self.errors else DONE for k in range(n)] if self.errors else [DONE] * n
        error = [self.errors.get(k) for k in range(n)] if self.errors else [None] * n
        columns = [
            pa.array(self.design_id * runs + self.replication),
            pa.array(self.design_id),
            pa.array(self.replication),
            pa.array(self.seed),
            pa.array(status, pa.string()),
            pa.array(error, pa.string()),
            *(pa.array(self.values[:, j], pa.float64(), from_pandas=True) for j in range(len(outcomes))),
        ]
        return pa.Table.from_arrays(columns, schema=run_schema(outcomes))


def run_schema(outcomes: Sequence[str]) -> pa.Schema:
    """Names and types of a table of runs."""
    import pyarrow as pa

    whole = [("run_id", pa.int64()), ("design_id", pa.int64()), ("replication", pa.int64()), ("seed", pa.uint64())]
    words = [("status", pa.string()), ("error", pa.string())]
    return pa.schema([*whole, *words, *((name, pa.float64()) for name in outcomes)])


def writing(schema: pa.Schema) -> dict[str, Any]:
    """How tables are written: ids as steps, words by number, numbers byte by byte, all packed."""
    import pyarrow as pa

    ids = [field.name for field in schema if field.name in ("run_id", "design_id")]
    numbers = [field.name for field in schema if pa.types.is_floating(field.type)]
    encoding = dict.fromkeys(ids, "DELTA_BINARY_PACKED") | dict.fromkeys(numbers, "BYTE_STREAM_SPLIT")
    return {
        "compression": "zstd",
        "compression_level": 3,
        "use_dictionary": [field.name for field in schema if field.name not in encoding],
        "column_encoding": encoding,
        "write_statistics": False,
        "store_schema": False,
    }


def packed(table: pa.Table) -> bytes:
    """A table as a Parquet file with one row group."""
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(table, stream, row_group_size=max(table.num_rows, 1), **writing(table.schema))
    return stream.getvalue()


def unpacked(data: bytes) -> pa.Table:
    """The table of such a file."""
    import pyarrow.parquet as pq

    return pq.read_table(io.BytesIO(data))


def series_schema(columns: Sequence[str]) -> pa.Schema:
    """Names and types of the courses of runs: a row for each run and quarter, in single precision."""
    import pyarrow as pa

    ids = [("run_id", pa.int64()), ("design_id", pa.int64()), ("replication", pa.int64()), ("quarter", pa.int16())]
    return pa.schema([*ids, ("time", pa.float64()), *((name, pa.float32()) for name in columns)])


def empty(rows: int, outcomes: int) -> Any:
    """Room for outcomes, with nothing known."""
    return np.full((rows, outcomes), np.nan)
