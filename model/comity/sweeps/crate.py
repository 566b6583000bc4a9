"""A kept result describes itself to machines: an RO-Crate with each file, what made it, and from what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from comity.sweeps.export import CannotExport

CRATE: Final = "ro-crate-metadata.json"
SPECIFICATION: Final = "https://w3id.org/ro/crate/1.1"
PROFILE: Final = "https://w3id.org/ro/wfrun/process/0.5"
LICENSE: Final = "https://creativecommons.org/licenses/by/4.0/"
TYPES: Final = {
    ".parquet": "application/vnd.apache.parquet", ".csv": "text/csv", ".yaml": "application/yaml",
    ".json": "application/json", ".png": "image/png", ".svg": "image/svg+xml", ".html": "text/html",
    ".dta": "application/x-stata-dta",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
MEANT: Final = {
    "outcomes.parquet": "outcomes, a row for each run",
    "series.parquet": "the region quarter by quarter",
    "members.parquet": "each member quarter by quarter, of the first run",
    "events.parquet": "what happened, of the first run",
    "results.parquet": "outcomes of every design point and run",
    "design.parquet": "the design: a row for each point",
    "dictionary.csv": "unit and meaning of each column",
    "scenario.yaml": "the scenario, whole: loaded again it makes the same runs",
    "manifest.json": "what the result is: scenario, seed, runs, versions, hash",
    "failures.csv": "points that could not be run, with the reason",
    "picture.png": "the result on a page",
}


def crate(folder: Path) -> Path:
    """Write `ro-crate-metadata.json` (RO-Crate 1.1, Process Run Crate) into the folder of a kept run or sweep.

    The same files make the same text. CannotExport if the folder holds no result.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CannotExport(f"{folder} holds no result; comity run --out and comity sweep run make some") from None
    files = sorted(path for path in folder.rglob("*") if path.is_file() and _belongs(path.relative_to(folder)))
    told = list(_entities(folder, manifest, files))
    text = json.dumps({"@context": f"{SPECIFICATION}/context", "@graph": told}, indent=2, ensure_ascii=False)
    (folder / CRATE).write_text(text + "\n", encoding="utf-8")
    return folder / CRATE


def _belongs(path: Path) -> bool:
    return path.name != CRATE and not any(part.startswith(".") for part in path.parts)


def _entities(folder: Path, manifest: dict[str, Any], files: list[Path]) -> Iterator[dict[str, Any]]:
    made = datetime.fromtimestamp((folder / "manifest.json").stat().st_mtime, UTC).isoformat(timespec="seconds")
    versions, seed, scenario = manifest.get("versions", {}), manifest.get("seed"), manifest.get("scenario")
    name = scenario["name"] if isinstance(scenario, dict) else scenario  # a sweep's says more
    parts = [{"@id": path.relative_to(folder).as_posix()} for path in files]
    yield {
        "@id": CRATE, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": SPECIFICATION},
    }  # fmt: skip
    yield {
        "@id": "./", "@type": "Dataset", "name": f"Runs of {name} with comity",
        "description": f"Outcomes of the scenario {name}, seed {seed}, simulated with comity; they compare rules and "
        "forecast nothing.",
        "datePublished": made, "license": {"@id": LICENSE}, "conformsTo": {"@id": PROFILE}, "hasPart": parts,
        "mentions": {"@id": "#made"}, "identifier": manifest.get("digest") or manifest.get("hash") or "",
    }  # fmt: skip
    yield {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    yield {"@id": LICENSE, "@type": "CreativeWork", "name": "Creative Commons Attribution 4.0"}
    yield {
        "@id": "#comity", "@type": "SoftwareApplication", "name": "comity",
        "softwareVersion": versions.get("comity", ""),
        "license": {"@id": "https://spdx.org/licenses/MIT"},
        "softwareRequirements": ", ".join(f"{key} {value}" for key, value in versions.items() if key != "comity"),
    }  # fmt: skip
    yield {"@id": "https://spdx.org/licenses/MIT", "@type": "CreativeWork", "name": "MIT License"}
    inputs = [part for part in parts if part["@id"] in ("scenario.yaml", "design.parquet")]
    yield {
        "@id": "#made", "@type": "CreateAction", "name": f"comity run of {name}, seed {seed}", "endTime": made,
        "instrument": {"@id": "#comity"}, "object": inputs,
        "result": [part for part in parts if part not in inputs],
    }  # fmt: skip
    for path, part in zip(files, parts, strict=True):
        yield _file(path, part["@id"])


def _file(path: Path, name: str) -> dict[str, Any]:
    told = {
        "@id": name, "@type": "File", "name": name, "contentSize": str(path.stat().st_size),
        "encodingFormat": TYPES.get(path.suffix, "application/octet-stream"), "sha256": _hash(path),
    }  # fmt: skip
    meant = MEANT.get(path.name)
    return told | ({"description": meant} if meant else {})


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
