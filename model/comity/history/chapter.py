"""A chapter sets what happened beside what the model gave it, and beside what one without a model would have said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Score:
    """One proper score: of the model, and of each naive forecast; lower is better unless `higher_is_better`."""

    what: str
    rule: str
    unit: str
    role: str
    model: float
    naive: dict[str, float]
    higher_is_better: bool = False

    @property
    def beaten(self) -> list[str]:
        """The naive forecasts that the model beats."""
        sign = -1.0 if self.higher_is_better else 1.0
        return [name for name, value in self.naive.items() if sign * self.model < sign * value]


@dataclass(frozen=True)
class Chapter:
    """`name`, the question, plain sentences, the scores, and `rows` (one for each date, state or forecast)."""

    name: str
    question: str
    sentences: tuple[str, ...]
    scores: tuple[Score, ...]
    rows: tuple[dict[str, Any], ...] = field(repr=False)

    def table(self) -> DataFrame:
        """The rows, tidy."""
        import pandas as pd

        return pd.DataFrame(list(self.rows))

    def document(self) -> dict[str, Any]:
        """Plain values for JSON; null for what is missing."""
        return {
            "name": self.name,
            "question": self.question,
            "text": " ".join(self.sentences),
            "scores": [
                {
                    "what": each.what, "rule": each.rule, "unit": each.unit, "role": each.role,
                    "model": plain(each.model), "naive": {name: plain(value) for name, value in each.naive.items()},
                    "beaten": each.beaten,
                }
                for each in self.scores
            ],
            "rows": [{key: plain(value) for key, value in row.items()} for row in self.rows],
        }  # fmt: skip


def plain(value: Any) -> Any:
    """Null for what is missing; numbers of Python for those of NumPy."""
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and value != value else value
