"""What a column is called in a sentence, and how its numbers are written for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["share", "index", "count"]
PEOPLE_SEE: Final[dict[Kind, float]] = {"share": 0.01, "index": 0.01, "count": 0.1}
"""Half of this, or less, rounds to no difference."""
LEAST_SPAN: Final[dict[Kind, float]] = {"share": 0.1, "index": 0.1, "count": 4.0}
"""How much an axis shows at least, so that small movements look small."""


@dataclass(frozen=True, slots=True)
class Name:
    """A column for readers: short words, the kind of number, whether it cannot pass 0 and 1."""

    words: str
    kind: Kind = "index"

    def write(self, value: float) -> str:
        """The number as people read it."""
        if self.kind == "share":
            return f"{value * 100:.0f}\u2009%"
        return f"{value:.2f}" if self.kind == "index" else _plain(value)

    def change(self, value: float) -> str:
        """A difference, with its sign; shares in percentage points."""
        if self.kind == "share":
            return f"{_signed(value * 100, 1)} points"
        return _signed(value, 2 if self.kind == "index" else 1)


def _plain(value: float) -> str:
    return f"{value:.0f}" if abs(value - round(value)) < 0.05 or abs(value) >= 100 else f"{value:.1f}"


def _signed(value: float, digits: int) -> str:
    text = f"{abs(value):.{digits}f}"
    if float(text) == 0.0:
        return text
    return ("+" if value > 0 else "−") + text


NAMES: Final[dict[str, Name]] = {
    "integration": Name("Integration"),
    "respect": Name("Respect"),
    "respect_worst_tenth": Name("Respect for the worst-treated tenth"),
    "durability": Name("Durability"),
    "trust": Name("Trust", "share"),
    "challenger_share": Name("Challengers’ vote", "share"),
    "challenger": Name("Challengers’ vote", "share"),
    "resentment": Name("Grievance"),
    "grievance": Name("Grievance"),
    "legitimacy": Name("Legitimacy"),
    "members": Name("Members inside", "count"),
    "effort": Name("Monitoring effort"),
    "overdue_share": Name("Overdue measures", "share"),
    "adoption_share": Name("Adopted measures", "share"),
    "in_force_share": Name("Measures in force", "share"),
    "implementation_true": Name("True implementation", "share"),
    "implementation_reported": Name("Reported implementation", "share"),
    "exits": Name("Exits", "count"),
    "inequality_between": Name("Inequality between members"),
    "inequality_within": Name("Inequality within members"),
}


def name(column: str) -> Name:
    """The words for a column; one that nobody knows gets its own name and plain numbers."""
    return NAMES.get(column) or Name(column.replace("_", " ").capitalize(), "index")


EVENTS: Final[dict[str, str]] = {
    "exit": "left",
    "notice": "gave notice",
    "threat": "threatened to leave",
    "return": "came back",
    "accession": "joined",
    "suspension": "suspended",
    "challenger_enters": "challengers enter government",
}


def event(kind: str) -> str:
    """What happened, in words."""
    return EVENTS.get(kind) or kind.replace("_", " ")
