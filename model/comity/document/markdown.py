"""Tables stand between markers in a text that is written by hand; only what is between them is ever replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MARKED: Final = re.compile(r"<!-- table: (?P<name>[\w-]+) -->\n(?P<text>.*?)<!-- end -->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head and its rows, all as text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """The table in Markdown."""
        lines = [self.head, ("---",) * len(self.head), *self.rows]
        return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)

    def documents(self) -> list[dict[str, str]]:
        """Each row by the names of the head."""
        return [dict(zip(self.head, row, strict=True)) for row in self.rows]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;") or " "


def marked(text: str) -> list[str]:
    """The names of the tables that a text has room for, in its order."""
    return [found["name"] for found in MARKED.finditer(text)]


def filled(text: str, tables: Mapping[str, Table]) -> str:
    """The text with the tables made anew; one that is not given stays as it stands."""

    def between(found: re.Match[str]) -> str:
        table = tables.get(found["name"])
        body = found["text"] if table is None else f"\n{table.text}\n\n"
        return f"<!-- table: {found['name']} -->\n{body}<!-- end -->"

    return MARKED.sub(between, text)
