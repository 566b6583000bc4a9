"""An answer of an analysis: a tidy table, plain sentences, a document, a picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame

    from comity.figures import Picture


@dataclass(frozen=True, eq=False)
class Answer:
    """`kind` of analysis of `outcome`; `facts` are what a machine may want beside the table."""

    kind: str
    outcome: str
    sentences: tuple[str, ...]
    rows: DataFrame = field(repr=False)
    facts: Mapping[str, Any] = field(repr=False, default_factory=dict)
    draw: Callable[[str | Path | None], Picture] | None = field(repr=False, default=None)

    def table(self) -> DataFrame:
        """Tidy: one row for each thing that is told of."""
        return self.rows.copy()

    def text(self) -> str:
        """What is found, and what is within noise, in plain sentences."""
        return " ".join(self.sentences)

    def document(self) -> dict[str, Any]:
        """Plain values for JSON; null for what is missing."""
        return {
            "analysis": self.kind,
            "outcome": self.outcome,
            "text": self.text(),
            **{key: plain(value) for key, value in self.facts.items()},
            "table": [{str(key): plain(value) for key, value in row.items()} for row in self.rows.to_dict("records")],
        }

    def plot(self, path: str | Path | None = None) -> Picture:
        """The picture, saved if a path is given (.png, .svg, .pdf)."""
        assert self.draw is not None
        return self.draw(path)


def plain(value: Any) -> Any:
    """A value that JSON knows."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def listed(words: list[str], most: int = 6) -> str:
    """Names in a sentence."""
    shown = words[:most]
    if len(words) > most:
        return f"{', '.join(shown)} and {len(words) - most} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else "none"
