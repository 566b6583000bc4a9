"""A kept result can be made again from what it says of itself, to the bit, or says which of its makers has changed."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from comity.quarter import rebuilt
from comity.runs.result import Ensemble, Progress, versions
from comity.runs.scenario import Scenario, load
from comity.runs.store import MANIFEST

SCENARIO: Final = "scenario.yaml"
STATED: Final = "stated"
"""The key under which a document holds what its scenario states."""


class NotAResult(Exception):
    """A path that holds no result, or one that lacks what it takes to make it again; the message says the way out."""


@dataclass(frozen=True)
class Kept:
    """What a result says of itself: scenario, seed, runs `first`, `first` + 1, ..., hash, and what it was made with."""

    scenario: Scenario
    seed: int
    first: int
    runs: int
    digest: str
    versions: Mapping[str, str]

    def again(self, workers: int | None = None, progress: Progress | None = None, series: bool = False) -> Ensemble:
        """The same runs, played anew."""
        whole = self.scenario.ensemble(self.first + self.runs, self.seed, workers, progress, series)
        if not self.first:
            return whole
        return dataclasses.replace(whole, values=whole.values[self.first :], course=None, first=self.first)

    def changed(self) -> list[str]:
        """What is not as it was when the result was made: "numba 0.60.0 then, 0.61.0 now"."""
        now = versions()
        return [
            f"{name} {self.versions.get(name, 'none')} then, {now.get(name, 'none')} now"
            for name in dict.fromkeys([*self.versions, *now])
            if self.versions.get(name) != now.get(name)
        ]


def kept(path: str | Path) -> Kept:
    """A result's folder, its manifest, or the document that `comity run --json` printed, read back.

    NotAResult for anything else; ScenarioError or RuleError if today's rulebook does not know its scenario or rules.
    """
    file = Path(path)
    file = file / MANIFEST if file.is_dir() else file
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotAResult(
            f"{file} cannot be read: {error.strerror or error}; name a folder of comity run --out"
        ) from None
    except ValueError:
        raise NotAResult(
            f"{file} is no JSON; name a folder of comity run --out, or what comity run --json printed"
        ) from None
    missing = [key for key in ("scenario", "seed", "runs", "digest", "versions") if not _has(told, key)]
    if missing or not (_has(told, STATED) or (file.parent / SCENARIO).is_file()):
        lacks = missing[0] if missing else "the scenario"
        raise NotAResult(f"{file} is not a result of comity run: it does not say {lacks}")
    found = load(told[STATED]) if _has(told, STATED) else load(file.parent / SCENARIO)
    if told.get("own_rules"):
        found = Scenario.of(found, rebuilt(told["own_rules"]))
    named = dataclasses.replace(found, name=str(told["scenario"]))
    return Kept(
        named, int(told["seed"]), int(told.get("first_run", 0)), int(told["runs"]), told["digest"], told["versions"]
    )


def _has(told: Any, key: str) -> bool:
    return isinstance(told, dict) and told.get(key) is not None
