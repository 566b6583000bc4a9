"""A result is kept as tidy Parquet that says what it is; another result's folder is never overwritten unasked."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.runs import course
from comity.runs.result import own_rules, versions

if TYPE_CHECKING:
    from comity.runs.result import Ensemble

MANIFEST: Final = "manifest.json"
PICTURE: Final = "picture.png"
TABLES: Final = ("outcomes.parquet", "series.parquet", "members.parquet", "events.parquet")
FILES: Final = (*TABLES, "dictionary.csv", "scenario.yaml", PICTURE, MANIFEST)
PART: Final = ".part-"
"""Beginning of the name of a folder that is still being written."""


class FolderTaken(Exception):
    """A folder that holds something else, or cannot be written to; the message says the way out."""


def prepare(folder: Path, identity: dict[str, Any], force: bool) -> None:
    """Make the folder, or raise FolderTaken, before anything is computed.

    A folder without a manifest is taken unless it is empty or was left unfinished; one with another result's manifest
    unless `force` is given.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = {path.name for path in folder.iterdir() if not path.name.startswith(PART)}
        Path(tempfile.mkdtemp(prefix=PART, dir=folder)).rmdir()
    except OSError as error:
        raise FolderTaken(f"{folder} cannot be written to: {error.strerror or error}") from None
    if MANIFEST not in names:
        if strangers := sorted(names - set(FILES)):
            raise FolderTaken(f"{folder} holds other files ({strangers[0]}); name an empty or a new folder")
        return
    kept = _identity_of(folder)
    if kept != identity and not force:
        told = f"{kept['scenario']}, seed {kept['seed']}, {kept['runs']} runs" if kept else "something unreadable"
        raise FolderTaken(f"{folder} holds another result ({told}); name another folder, or overwrite it with --force")


def identity(ensemble: Ensemble) -> dict[str, Any]:
    """What makes a result this one: the same scenario, seed and runs make the same numbers."""
    return planned(ensemble.scenario, ensemble.seed, ensemble.first, ensemble.runs)


def planned(scenario: Any, seed: int, first: int, runs: int) -> dict[str, Any]:
    """The identity of a result that is still to be made."""
    return {
        "scenario": scenario.name,
        "scenario_digest": scenario.digest,
        "seed": seed,
        "first_run": first,
        "runs": runs,
    }


def save(ensemble: Ensemble, folder: Path, force: bool = False, picture: bool = False) -> Path:
    """Write everything that is known of the result, each file whole or not at all, the manifest last.

    outcomes: a row a run. series: a row a run and quarter (of an ensemble without series: of its first run). members
    and events: of the first run. `picture` adds a page about it. FolderTaken if the folder is not free.
    """
    told = identity(ensemble)
    prepare(folder, told, force)
    part = Path(tempfile.mkdtemp(prefix=PART, dir=folder))
    try:
        _write(ensemble, part, picture)
        files = sorted(path.name for path in part.iterdir())
        manifest = {**told, "digest": ensemble.digest, "versions": dict(versions()), "files": files}
        manifest |= own_rules(ensemble.begin)
        (part / MANIFEST).write_text(json.dumps(manifest, indent=2, allow_nan=False) + "\n", encoding="utf-8")
        (folder / MANIFEST).unlink(missing_ok=True)
        for name in (*files, MANIFEST):
            os.replace(part / name, folder / name)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def _write(ensemble: Ensemble, folder: Path, picture: bool) -> None:
    run = ensemble.run(ensemble.first)
    if ensemble.course is not None:
        series = ensemble.paths()
    else:
        series = run.series()
        series.insert(0, "run", run.run)
    tables = {"outcomes": ensemble.outcomes.reset_index(), "series": series}
    for name, table in {"members": run.members(), "events": run.events()}.items():
        table.insert(0, "run", run.run)
        tables[name] = table
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
    _write_dictionary(folder / "dictionary.csv", ensemble)
    (folder / "scenario.yaml").write_text(ensemble.scenario.to_yaml(), encoding="utf-8")
    if picture:
        (run.plot.story if ensemble.runs == 1 else ensemble.plot.page)(folder / PICTURE)


def _write_dictionary(path: Path, ensemble: Ensemble) -> None:
    fields = [field.name for field in dataclasses.fields(course.Meaning)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(fields)
        writer.writerows(dataclasses.astuple(meaning) for meaning in course.dictionary(ensemble.begin))


def _identity_of(folder: Path) -> dict[str, Any]:
    try:
        kept = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {key: kept[key] for key in ("scenario", "scenario_digest", "seed", "first_run", "runs")}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
