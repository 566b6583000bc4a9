"""What a fit found becomes a declaration: the middle of the posterior is the default, its spread the prior's."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from comity.parameter import Normal

FITTED: Final = Path(__file__).with_name("fitted.json")
"""What the shipped fit found: the one file that says what was fitted, to what, with what posterior."""
KEPT: Final = ("calibration", "title", "hash", "seed", "numbers", "possible", "draws", "kept", "effective", "losses",
               "targets", "parameters", "correlations", "coverage")  # fmt: skip
DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Declaration:
    """How a force or lever has to declare a fitted number."""

    path: str
    default: float
    prior: Normal
    source: str


def fitted(path: Path = FITTED) -> dict[str, Any]:
    """The document of the shipped fit."""
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def declarations(document: Mapping[str, Any]) -> dict[str, Declaration]:
    """By path, for every parameter to which the facts speak; the others stay as they were declared before.

    A posterior's ties between parameters are lost here: an ensemble draws each by itself. `posterior.csv` of a fit
    keeps them.
    """
    found = {}
    for each in document["parameters"]:
        if each["spoken"] and each["seen_by"]:
            middle, sd = _short(each["middle"]), _short(each["sd"])
            facts = sorted({_fact(id) for id in each["seen_by"]})
            source = f"fitted to {', '.join(facts)}: calibration/fitted.json"
            found[each["path"]] = Declaration(each["path"], middle, Normal(middle, sd), source)
    return found


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _fact(id: str) -> str:
    """The fact to which a part of it belongs: R7 of R7b."""
    return re.sub(r"(?<=\d)[a-z]$", "", id)
