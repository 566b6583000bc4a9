"""All that is held against the model, measured once, and written as one page with its document beside it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PARTS: Final = ("facts", "patterns", "history", "fit", "turning")
REASONS: Final = Path(__file__).with_name("reasons.csv")
REGIONS: Final = ("eu", "asean", "ecowas", "mercosur", "african-union")
NAME: Final = "gallery.html"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Gallery:
    """Documents of the parts that were measured, plain values all; `page` is the whole of it as hypertext."""

    told: Mapping[str, Any]
    provenance: Mapping[str, Any]

    def document(self) -> dict[str, Any]:
        """Everything, for JSON."""
        return {"provenance": dict(self.provenance), **self.told}

    def page(self) -> str:
        """One page that needs nothing else."""
        from comity.gallery.writing import page

        return page(self)

    def save(self, path: str | Path) -> Path:
        """The page at the path, and the document beside it as JSON."""
        target = Path(path)
        if target.suffix != ".html":
            target = target / NAME
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(self.page(), encoding="utf-8")
        text = json.dumps(self.document(), indent=1, ensure_ascii=False, allow_nan=False)
        target.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
        return target


def gallery(
    runs: int | None = None, seed: int = 1, parts: Sequence[str] = PARTS, regions: Sequence[str] = REGIONS,
    only: Sequence[str] | None = None, workers: int | None = None, progress: Progress | None = None,
) -> Gallery:  # fmt: skip
    """Measure the parts: facts, patterns and history with `runs` of each world (their own numbers if None), the shipped
    fit as it was found, and for each region which number could turn the founding question's answer. `only` picks facts.

    ValueError for a part that there is none of.
    """
    unknown = [name for name in parts if name not in PARTS]
    if unknown:
        raise ValueError(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    makers: dict[str, Callable[[], Any]] = {
        "facts": lambda: _facts(runs, seed, only, workers),
        "patterns": lambda: _patterns(runs, seed, workers),
        "history": lambda: _history(runs, seed, workers),
        "fit": _fit,
        "turning": lambda: _turning(regions, seed),
    }
    told: dict[str, Any] = {}
    for k, name in enumerate(parts):
        told[name] = makers[name]()
        if progress is not None:
            progress(k + 1, len(parts))
    from comity.runs.result import versions

    return Gallery(told, {"runs": runs, "seed": seed, "versions": dict(versions())})


def _facts(runs: int | None, seed: int, only: Sequence[str] | None, workers: int | None) -> dict[str, Any]:
    from comity.truth import facts, read

    rows = [row for row in read(None) if only is None or row.id in only]
    found = facts(rows, runs, seed, workers)
    return {"rows": found.document(), "summary": found.summary(), "runs": found.runs, "reasons": reasons()}


def _patterns(runs: int | None, seed: int, workers: int | None) -> list[dict[str, Any]]:
    from comity.truth.patterns import RUNS, patterns

    return [each.document() for each in patterns(None, runs or RUNS, seed, workers)]


def _history(runs: int | None, seed: int, workers: int | None) -> dict[str, Any]:
    from comity.history import RUNS, history

    return history(runs or RUNS, seed, None, workers).document()


def _fit() -> dict[str, Any]:
    from comity.calibration.declaring import fitted

    found: dict[str, Any] = fitted()
    return found


def _turning(regions: Sequence[str], seed: int) -> dict[str, Any]:
    from comity.analysis import turning

    return turning(regions, "rigid", "respectful", seed=seed).document()


def reasons() -> dict[str, dict[str, str]]:
    """Why a fact is missed, as far as is known: the mechanism to blame, and the reason, by the fact's id."""
    with REASONS.open(encoding="utf-8", newline="") as file:
        return {row["id"]: {"mechanism": row["mechanism"], "reason": row["reason"]} for row in csv.DictReader(file)}
