"""A manifest says all that a sweep is: scenario, design, luck, versions; two with one hash make the same rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import comity
from comity import engine
from comity.quarter import RULEBOOK, rebuilt
from comity.rulebook import Rulebook
from comity.scenario import Scenario
from comity.scenario.catalogue import whole_catalogue
from comity.scenario.document import Budget, from_python
from comity.scenario.scenario import checked
from comity.sweeps.factors import Factor, factor
from comity.sweeps.points import Points, coding
from comity.syntax import RuleError
from comity.world import QUARTERS_PER_YEAR

FORMAT: Final = 1
SMALLEST, LARGEST = 16, 256
"""Rows of a chunk: enough for its file to weigh little beside its numbers, few enough for little to be lost."""
SPREAD: Final = 32
"""A sweep has about this many chunks or more, so that many workers find work."""
STATES_QUARTERS: Final = 600_000
"""States times quarters that a chunk should not exceed: some three seconds of work."""

Document = dict[str, Any]


class OtherRules(Exception):
    """A sweep that was begun under other rules than these."""


@dataclass(frozen=True)
class Manifest:
    """The document, with what is asked of it most."""

    document: Document

    @property
    def points(self) -> int:
        """How many points the design has."""
        return int(self.document["design"]["points"])

    @property
    def runs(self) -> int:
        """Runs at each point."""
        return int(self.document["runs"])

    @property
    def rows(self) -> int:
        """Runs in all."""
        return self.points * self.runs

    @property
    def chunk(self) -> int:
        """Rows of a chunk."""
        return int(self.document["chunk"])

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return -(-self.rows // self.chunk)

    @property
    def outcomes(self) -> list[str]:
        """What is reported of each run."""
        return [str(name) for name in self.document["outcomes"]]

    @property
    def series(self) -> bool:
        """Whether the course of each run is kept."""
        return bool(self.document["series"])

    @property
    def hash(self) -> str:
        """Equal for two sweeps that make the same rows."""
        return str(self.document["hash"])

    @property
    def codings(self) -> dict[str, str]:
        """How the table of points holds each column."""
        return {each["column"]: each["coding"] for each in self.document["design"]["factors"]}

    def scenario(self) -> Scenario:
        """The scenario that varies, as it was stated, checked again."""
        said = self.document["scenario"]
        return checked(said["name"], from_python(said["stated"], said["name"], Budget()), whole_catalogue())

    def factors(self, scenario: Scenario) -> list[Factor]:
        """The factors in the order of their columns."""
        told = self.document["design"]["factors"]
        return [factor(scenario, each["path"], each["column"], each.get("prior", each.get("values"))) for each in told]

    def rows_of(self, chunk: int) -> tuple[int, int]:
        """The first place of a chunk's rows, and the first after them, in the order in which rows are made: all points
        once, then all points again, so that a sweep that stops is balanced."""
        first = chunk * self.chunk
        return first, min(first + self.chunk, self.rows)

    def text(self) -> str:
        """As the file holds it."""
        return json.dumps(self.document, indent=1, allow_nan=False, ensure_ascii=False) + "\n"


def identity(
    scenario: Scenario, overlays: Mapping[str, Any], files: Mapping[str, str], book: Rulebook, series: bool
) -> Document:
    """What makes a sweep this one; `scenario` has its `sweep` section, `files` are hashes of files of points."""
    return {
        "scenario": without_sweep(scenario).digest,
        "design": scenario.resolved["sweep"],
        "seed": int(scenario.value("run.seed")),
        "files laid over": hashed(overlays),
        "files of points": dict(files),
        "outcomes": [str(name) for name in scenario.value("outcomes")],
        "series": series,
        "rulebook": engine.rulebook_name(book),
        "own rules": own_rules(book),
    }


def hashed(value: Any) -> str:
    """A hash (sha-256, hexadecimal) of plain values."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, allow_nan=False).encode()).hexdigest()


def described(
    scenario: Scenario, points: Points, overlays: Mapping[str, Any], told: Document, book: Rulebook = RULEBOOK
) -> Manifest:
    """The manifest of a sweep, whose identity is `told`."""
    base = without_sweep(scenario)
    runs = int(scenario.value("sweep.runs"))
    document: Document = {
        "format": FORMAT,
        "kind": "sweep",
        "hash": hashed(told),
        "identity": told,
        "versions": versions(),
        "scenario": {
            "name": scenario.name, "title": scenario.title, "digest": base.digest,
            "stated": base.stated.plain(), "resolved": base.resolved,
        },
        "overlays": dict(overlays),
        "design": {
            "points": len(points),
            "factors": [
                {**each.document(), "coding": coding(column)}
                for each, column in zip(points.factors, points.columns, strict=True)
            ],
        },
        "runs": runs,
        "seed": told["seed"],
        "outcomes": told["outcomes"],
        "series": told["series"],
        "chunk": chunk_size(len(points) * runs, scenario),
        "rulebook": told["rulebook"],
        "own_rules": told["own rules"],
    }  # fmt: skip
    return Manifest(document)


def chunk_size(rows: int, scenario: Scenario) -> int:
    """Rows of a chunk: the same on every machine, since it is part of what shards agree on."""
    resolved = scenario.resolved
    region = resolved["region"]
    states = len(region.get("members") or ()) or int(region["synthetic"]["members"])
    most = max(STATES_QUARTERS // (states * QUARTERS_PER_YEAR * int(resolved["run"]["years"])), 1)
    return max(min(LARGEST, most, max(rows // SPREAD, SMALLEST)), 1)


def without_sweep(scenario: Scenario) -> Scenario:
    """The scenario without what it says of sweeps."""
    return scenario.with_({"sweep": None})


def versions() -> dict[str, str]:
    """What wrote the manifest; nothing slow is imported for it."""
    import importlib.metadata
    import platform

    found = {name: importlib.metadata.version(name) for name in ("numba", "numpy", "pyarrow")}
    return {"comity": comity.__version__, **found, "python": platform.python_version()}


def own_rules(book: Rulebook) -> Any:
    """The rules of a user's own in a book, as source with its captured values; None for the shipped book.

    A book of own rules describes itself by `described()`; `quarter.rebuilt` makes it again.
    """
    return None if book is RULEBOOK else book.described() or None


def book_of(document: Mapping[str, Any]) -> Rulebook:
    """The rulebook of a manifest, its own rules made again; OtherRules if it is not that of the sweep's beginning."""
    told = document.get("own_rules")
    try:
        book = RULEBOOK if told is None else rebuilt(told)
    except (AttributeError, KeyError, TypeError, RuleError) as error:
        raise OtherRules(f"the sweep has rules of its own that cannot be made again: {error}") from error
    if engine.rulebook_name(book) != document["rulebook"]:
        begun, here = document["versions"]["comity"], comity.__version__
        raise OtherRules(
            f"the sweep was begun under other rules (comity {begun}, rulebook {document['rulebook'][:8]}) than these "
            f"(comity {here}, rulebook {engine.rulebook_name(book)[:8]}); results would mix. Begin a new folder"
        )
    return book
