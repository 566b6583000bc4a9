"""What leaves the page as a file and what comes in as one; a file that comes in is text, is small, and is only read."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any, Final

import comity
from comity import film
from dashboard import presets
from dashboard.address import LARGEST_FILE, OWN, Side

YAML: Final = "application/yaml"
ZIP: Final = "application/zip"
TABLES: Final = ("series", "members", "events", "measures", "deeds", "spending")


@dataclass(frozen=True)
class Parcel:
    """A file for the browser to save."""

    name: str
    mime: str
    data: bytes


def packed(kind: str, scenario: comity.Scenario, moves: Any, seed: int) -> Parcel:
    """The scenario as a file that replays what was seen to the bit, or its tables as CSV or Parquet in a zip."""
    whole = film.with_moves(scenario, moves).with_({"run.seed": seed})
    name = f"{scenario.name.replace('+', '-').replace('/', '-').strip('<>')}-seed-{seed}"
    if kind == "scenario":
        heading = f"# {scenario.title}, as it was played on the page; comity run {name}.yaml --runs 1\n"
        return Parcel(f"{name}.yaml", YAML, (heading + whole.to_yaml()).encode())
    if kind not in ("csv", "parquet"):
        raise ValueError(f"a download is a scenario, csv or parquet, not {kind[:20]!r}")
    played = film.film(whole, seed)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES:
            frame = played.table(table)
            data = frame.to_csv(index=False).encode() if kind == "csv" else frame.to_parquet(index=False)
            archive.writestr(f"{name}/{table}.{kind}", data)
        archive.writestr(f"{name}/{name}.yaml", whole.to_yaml())
    return Parcel(f"{name}-{kind}.zip", ZIP, written.getvalue())


def uploaded(text: Any, name: str) -> tuple[comity.Scenario | None, list[str]]:
    """The scenario of an uploaded text, or every reason why it is none, as the loader tells them."""
    if not isinstance(text, str):
        return None, [f"{name}: is not text"]
    if len(text.encode("utf-8", "replace")) > LARGEST_FILE:
        return None, [f"{name}: is larger than {LARGEST_FILE // 1024} KiB, the most the page takes"]
    try:
        presets.read_text(text, name)
        return presets.resolved(Side(OWN, text)), []
    except comity.ScenarioError as error:
        return None, [str(problem) for problem in error.problems[:50]]
