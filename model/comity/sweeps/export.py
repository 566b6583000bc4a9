"""Tables leave for R, Stata and Excel, with the dictionary beside them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pandas import DataFrame

    from comity.sweeps.store import Store

TABLES: Final = ("results", "outcomes", "series", "members", "events")
"""Tables that a folder of a sweep, or of a kept run, may hold."""
MOST_CELLS_IN_A_SHEET: Final = 1_048_575
MOST_IN_STATA: Final = 5_000_000
"""Rows that are turned into Stata's format at once in memory; more go as CSV, which Stata reads too."""
LABEL: Final = 80


class CannotExport(Exception):
    """Nothing to export, or a format that cannot hold it; the message says the way out."""


def export(folder: Path, kinds: tuple[str, ...]) -> list[Path]:
    """Write each table of the folder in each format (`csv`, `dta`, `xlsx`) beside it; the files. CannotExport."""
    _collected(folder)
    tables = [name for name in TABLES if _parts(folder, name) and _parts(folder, name)[0].exists()]
    if not tables:
        raise CannotExport(f"{folder} holds no tables; comity run and comity sweep run make some")
    words = _dictionary(folder)
    writers = {"csv": _csv, "dta": _dta, "xlsx": _xlsx}
    return [path for kind in kinds for name in tables for path in [writers[kind](folder, name, words)]]


def _collected(folder: Path) -> None:
    """A sweep's results are made first if they are not."""
    from comity.sweeps.collect import collect, stale
    from comity.sweeps.store import Store, WrongFolder

    try:
        store: Store = Store.open(folder)
    except WrongFolder:
        return
    if stale(store):
        collect(store)


def _dictionary(folder: Path) -> dict[str, tuple[str, str]]:
    """Unit and meaning by column."""
    try:
        with (folder / "dictionary.csv").open(encoding="utf-8", newline="") as stream:
            return {row["column"]: (row["unit"], row["means"]) for row in csv.DictReader(stream)}
    except (OSError, KeyError):
        return {}


def _parts(folder: Path, name: str) -> list[Path]:
    """The files of a table: one, or those of a sweep's chunks."""
    return [folder / f"{name}.parquet"] if not (folder / name).is_dir() else sorted((folder / name).glob("*.parquet"))


def _csv(folder: Path, name: str, words: dict[str, tuple[str, str]]) -> Path:
    """Row group by row group, so that memory does not grow with the rows."""
    import pyarrow.csv
    import pyarrow.parquet as pq

    target = folder / f"{name}.csv"
    part = folder / f".part-{name}.csv"
    parts = _parts(folder, name)
    with pyarrow.csv.CSVWriter(part, pq.read_schema(parts[0])) as writer:
        for path in parts:
            with pq.ParquetFile(path) as kept:
                for batch in kept.iter_batches():
                    writer.write_batch(batch)
    part.replace(target)
    return target


def _frame(folder: Path, name: str, most: int, kind: str) -> DataFrame:
    import pandas as pd
    import pyarrow.parquet as pq

    parts = _parts(folder, name)
    rows = sum(pq.read_metadata(path).num_rows for path in parts)
    if rows > most:
        raise CannotExport(f"{folder / name} has {rows:,} rows, and {kind} holds {most:,}; --csv has no such limit")
    return pd.concat([pd.read_parquet(path) for path in parts], ignore_index=True)


def _dta(folder: Path, name: str, words: dict[str, tuple[str, str]]) -> Path:
    import pandas as pd

    frame = _frame(folder, name, MOST_IN_STATA, "a Stata file made here")
    for column in frame.columns:
        kept = frame[column]
        if pd.api.types.is_bool_dtype(kept):
            frame[column] = kept.astype("int8" if kept.notna().all() else "float32")
        elif pd.api.types.is_integer_dtype(kept):
            small = bool(kept.notna().all()) and (not len(kept) or abs(int(kept.max())) < 2**31 - 100)
            frame[column] = kept.astype("int32") if small else kept.astype("float64")
        elif not pd.api.types.is_float_dtype(kept):
            frame[column] = kept.astype(object).where(kept.notna(), "").map(_text)
    labels = {name_: f"{means} [{unit}]" for name_, (unit, means) in words.items() if name_ in frame.columns}
    target, part = folder / f"{name}.dta", folder / f".part-{name}.dta"
    frame.to_stata(
        part,
        write_index=False,
        version=118,
        variable_labels={column: label[:LABEL] for column, label in labels.items()},
    )
    part.replace(target)
    return target


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value) if not isinstance(value, int | float) else str(value)


def _xlsx(folder: Path, name: str, words: dict[str, tuple[str, str]]) -> Path:
    """A sheet of rows, and a sheet that says what the columns are."""
    try:
        import openpyxl
    except ImportError:
        raise CannotExport("openpyxl is not installed; pip install 'comity[excel]' brings it") from None
    frame = _frame(folder, name, MOST_CELLS_IN_A_SHEET, "a sheet of Excel")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.append(list(frame.columns))
    plain = frame.astype(object).where(frame.notna(), None)
    for row in plain.itertuples(index=False, name=None):
        sheet.append(row)
    meanings = book.create_sheet("dictionary")
    meanings.append(["column", "unit", "means"])
    for column, (unit, means) in words.items():
        meanings.append([column, unit, means])
    target, part = folder / f"{name}.xlsx", folder / f".part-{name}.xlsx"
    book.save(part)
    part.replace(target)
    return target
