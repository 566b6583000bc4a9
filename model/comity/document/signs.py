"""Which signs are tested is read where it is written: in the first line of the tests' own docstrings."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

from comity.document.markdown import Table

LABEL: Final = re.compile(r"\b(coded|emergent)\b", re.IGNORECASE)


def signs(tests: Path) -> Table:
    """Every test whose docstring calls its sign `coded` or `emergent`, file by file."""
    rows = []
    for path in sorted(tests.rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
                continue
            said = " ".join((ast.get_docstring(node) or "").split())
            label = LABEL.search(said)
            if label:
                sentence = node.name.removeprefix("test_").replace("_", " ")
                rows.append((sentence, label[0].lower(), said, f"`{path.name}`"))
    return Table(("sign", "label", "remark", "tested in"), tuple(rows))
