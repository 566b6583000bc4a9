"""The description of the model: two texts written by hand, found beside the package or inside it, with fresh tables."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

from comity.document.markdown import Table, filled
from comity.document.tables import MADE

PACKAGE: Final = Path(__file__).resolve().parents[1]
NAMES: Final = ("ODD.md", "TABLES.md")


def files() -> tuple[Path, ...]:
    """The two texts: inside the package in a wheel, beside it in a checkout."""
    wheel = PACKAGE / "_document"
    folder = wheel if wheel.is_dir() else PACKAGE.parent
    return tuple(folder / name for name in NAMES)


@functools.cache
def tables() -> dict[str, Table]:
    """Every table by its name."""
    return {name: make() for name, make in MADE.items()}


def is_checkout() -> bool:
    """Whether the texts are those of a checkout, which may be written to."""
    return files()[0].parent == PACKAGE.parent


def told(path: Path) -> str:
    """One of the texts with its tables made anew."""
    return filled(path.read_text(encoding="utf-8"), tables())


def whole() -> str:
    """The whole description."""
    return "\n".join(told(path) for path in files())


def write() -> list[Path]:
    """Make the tables of a checkout anew, in place; the files that changed. OSError if one cannot be written."""
    changed = []
    for path in files():
        text = told(path)
        if text != path.read_text(encoding="utf-8"):
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed
