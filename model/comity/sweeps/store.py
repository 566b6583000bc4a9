"""A sweep's folder: whole files or none, so that whatever was killed goes on where it was."""

from __future__ import annotations

import errno
import json
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.sweeps.manifest import Manifest
from comity.sweeps.points import Points

if TYPE_CHECKING:
    import pyarrow as pa

MANIFEST: Final = "manifest.json"
DESIGN: Final = "design.parquet"
RUNS: Final = "runs"
SERIES: Final = "series"
RESULTS: Final = "results.parquet"
DICTIONARY: Final = "dictionary.csv"
FAILURES: Final = "failures.csv"
FILES: Final = (MANIFEST, DESIGN, RUNS, SERIES, RESULTS, DICTIONARY, FAILURES)
CHUNK: Final = re.compile(r"([0-9]{7})(?:-failed([0-9]+))?\.parquet")
PART: Final = ".part-"
"""Beginning of the name of a file that is still being written."""
STALE: Final = 3600.0
"""Seconds after which such a file belongs to nobody any more."""
FULL: Final = (errno.ENOSPC, errno.EDQUOT)
WAITS: Final = (1.0, 2.0, 5.0, 10.0, *(30.0,) * 120)
"""Seconds to wait, again and again, for room on a full disk: an hour in all."""

Say = Callable[[str], None]


class WrongFolder(Exception):
    """A folder that holds something else, or cannot be written to or read; the message says the way out."""


@dataclass(frozen=True)
class Status:
    """How far a sweep is, in rows and chunks."""

    points: int
    runs: int
    done: int
    failed: int
    left: int

    def document(self) -> dict[str, int]:
        """For `--json`."""
        return {
            "points": self.points, "runs": self.runs, "done": self.done, "failed": self.failed, "left": self.left,
        }  # fmt: skip


class Store:
    """The folder of one sweep. `keep` may be called by many threads, and by other machines that share the folder."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.manifest = folder, manifest
        self.stop = threading.Event()

    # Begin and open

    @classmethod
    def begin(cls, folder: Path, manifest: Manifest, points: Points) -> Store:
        """The folder of this sweep: made, or found as it was left. WrongFolder if it holds another."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            names = {path.name for path in folder.iterdir() if not path.name.startswith(PART)}
            (folder / RUNS).mkdir(exist_ok=True)
            if manifest.series:
                (folder / SERIES).mkdir(exist_ok=True)
        except OSError as error:
            raise WrongFolder(f"{folder} cannot be written to: {error.strerror or error}") from None
        if MANIFEST not in names:
            if strangers := sorted(names - set(FILES)):
                raise WrongFolder(f"{folder} holds other files ({strangers[0]}); name an empty or a new folder")
            store = cls(folder, manifest)
            store.write(DESIGN, _design(points))
            with suppress(FileExistsError):  # another shard may be a moment faster
                store.write(MANIFEST, manifest.text().encode(), new=True)
        found = cls.open(folder)
        if found.manifest.hash != manifest.hash:
            raise WrongFolder(differs(folder, found.manifest, manifest.document["identity"]))
        return found

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The sweep in a folder. WrongFolder if there is none."""
        try:
            document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            if document["kind"] != "sweep":
                raise KeyError("kind")
            return cls(folder, Manifest(document))
        except (OSError, ValueError, KeyError, TypeError):
            raise WrongFolder(f"{folder} holds no sweep; comity sweep run FILE --out {folder} makes one") from None

    def points(self) -> Points:
        """The points, as they are kept."""
        import pyarrow.parquet as pq

        scenario = self.manifest.scenario()
        table = pq.read_table(self.folder / DESIGN)
        return Points.of(self.manifest.factors(scenario), self.manifest.codings, table)

    # Chunks

    def chunks(self) -> dict[int, int]:
        """Chunks that are kept, and how many of their rows failed; read off the names of files alone."""
        found: dict[int, int] = {}
        for name in os.listdir(self.folder / RUNS):
            if match := CHUNK.fullmatch(name):
                chunk, failed = int(match[1]), int(match[2] or 0)
                found[chunk] = min(failed, found.get(chunk, failed))
        return found

    def left(self, shard: tuple[int, int] = (0, 1)) -> Iterator[int]:
        """Chunks still to be made, in order; of a shard (i, n) those that fall to it."""
        kept = self.chunks()
        part, parts = shard
        return (chunk for chunk in range(part, self.manifest.chunks, parts) if chunk not in kept)

    def status(self) -> Status:
        """How far it is."""
        kept = self.chunks()
        manifest = self.manifest
        rows = sum(last - first for first, last in map(manifest.rows_of, kept))
        failed = sum(kept.values())
        return Status(manifest.points, manifest.rows, rows - failed, failed, manifest.rows - rows)

    def path(self, chunk: int, failed: int = 0, kind: str = RUNS) -> Path:
        """The file of a chunk."""
        mark = f"-failed{failed}" if failed and kind == RUNS else ""
        return self.folder / kind / f"{chunk:07}{mark}.parquet"

    def read(self, chunk: int) -> pa.Table:
        """The rows of a kept chunk."""
        import pyarrow.parquet as pq

        return pq.read_table(self.path(chunk, self.chunks_failed(chunk)))

    def chunks_failed(self, chunk: int) -> int:
        """How many rows of a kept chunk failed."""
        if self.path(chunk).exists():
            return 0
        counts = [int(path.stem.partition("-failed")[2]) for path in (self.folder / RUNS).glob(f"{chunk:07}-*.parquet")]
        return min(counts)

    def keep(
        self, chunk: int, data: bytes, failed: int, series: bytes | None = None, say: Say | None = None, was: int = 0
    ) -> None:
        """Write a chunk, its series first; a full disk is waited out. `was` is how many rows of it failed before."""
        if series is not None:
            self.patiently(lambda: self.write(f"{SERIES}/{chunk:07}.parquet", series), say)
        target = self.path(chunk, failed)
        self.patiently(lambda: self.write(f"{RUNS}/{target.name}", data), say)
        if was and was != failed:
            self.path(chunk, was).unlink(missing_ok=True)

    def patiently(self, work: Callable[[], None], say: Say | None = None) -> None:
        """Do it; while the disk is full, wait and try again. OSError if it stays full, or if asked to stop."""
        for wait in WAITS:
            try:
                return work()
            except OSError as error:
                if error.errno not in FULL:
                    raise
                if say is not None:
                    say(f"{self.folder}: no space left; trying again in {wait:.0f} s (Ctrl-C ends, what is kept stays)")
                if self.stop.wait(wait):
                    raise
        return work()

    def write(self, name: str, data: bytes, new: bool = False) -> None:
        """A file, whole or not at all, and safe from a power cut. FileExistsError if it must be new and is not."""
        target = self.folder / name
        handle, part = tempfile.mkstemp(prefix=PART, dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(part, 0o644)
            (os.link if new else os.replace)(part, target)
        finally:
            Path(part).unlink(missing_ok=True)

    def sweep_up(self) -> None:
        """Take away what processes that were killed left half written."""
        for path in self.folder.glob(f"{PART}*"):
            try:
                if time.time() - path.stat().st_mtime > STALE:
                    path.unlink()
            except FileNotFoundError:
                continue


def _design(points: Points) -> bytes:
    import io

    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(points.table(), stream, compression="zstd", store_schema=False, row_group_size=1 << 16)
    return stream.getvalue()


def differs(folder: Path, kept: Manifest, wanted: dict[str, Any]) -> str:
    """What makes the sweep in a folder another than the one with the identity `wanted`."""
    theirs = kept.document["identity"]
    parts = [key for key, value in wanted.items() if key != "design" and value != theirs.get(key)]
    said, told = wanted["design"], theirs["design"]
    parts += [f"design.{key}" for key in {**said, **told} if said.get(key) != told.get(key)]
    return f"{folder} holds another sweep (they differ in {', '.join(parts)}); name another folder"
