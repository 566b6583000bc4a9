"""What a column is called in a sentence, and how its numbers are written for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["share", "index", "count"]
LEAST_SPAN: Final[dict[Kind, float]] = {"share": 0.1, "index": 0.1, "count": 4.0}
"""How much an axis shows at least, so that small movements look small."""


@dataclass(frozen=True, slots=True)
class Name:
    """A column for readers: short words, the kind of number, and the verb that goes with the words."""

    words: str
    kind: Kind = "index"
    verb: str = "ends"

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
    "challenger_share": Name("Challenger vote", "share"),
    "challenger": Name("Challenger vote", "share"),
    "resentment": Name("Grievance"),
    "grievance": Name("Grievance"),
    "legitimacy": Name("Legitimacy"),
    "members": Name("Members inside", "count", "end"),
    "effort": Name("Monitoring effort"),
    "overdue_share": Name("Overdue measures", "share", "end"),
    "adoption_share": Name("Adopted measures", "share", "end"),
    "in_force_share": Name("Measures in force", "share", "end"),
    "implementation_true": Name("True implementation", "share"),
    "implementation_reported": Name("Reported implementation", "share"),
    "exits": Name("Exits", "count", "end"),
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
    "readmission": "readmitted",
    "coup": "coup",
    "notice_withdrawn": "took notice back",
    "threat_with_demand": "threat with a demand",
    "challenger_leaves": "challengers out of office",
    "challenger_enters": "challengers in office",
}


def event(kind: str) -> str:
    """What happened, in words."""
    return EVENTS.get(kind) or kind.replace("_", " ")
