"""Notebooks say what their text says, run from top to bottom, stay small, and use nothing that users cannot."""

from __future__ import annotations

import ast
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import comity

HERE = Path(__file__).parents[2] / "notebooks"
SOURCES = sorted(HERE.glob("[0-9][0-9]-*.py"))
NAMES = [source.stem for source in SOURCES]
MOST_BYTES = 200_000
LIBRARIES = {"comity", "duckdb", "json", "matplotlib", "pandas", "pathlib", "tempfile"}
"""What a reader's notebook imports: no numpy and no scipy, for mathematics belongs in the package."""


def make() -> ModuleType:
    found = importlib.util.spec_from_file_location("make_notebooks", HERE / "make.py")
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def code(source: Path) -> ast.Module:
    return ast.parse(source.read_text(encoding="utf-8"))


def test_the_eleven_questions_are_there() -> None:
    assert [name[:2] for name in NAMES] == [f"{k:02}" for k in range(1, 12)]


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_a_notebook_is_made_of_its_text(source: Path) -> None:
    kept: dict[str, Any] = json.loads(source.with_suffix(".ipynb").read_text(encoding="utf-8"))
    made = make().read(source)
    assert ["".join(cell["source"]) for cell in kept["cells"]] == [cell["source"] for cell in made.cells]
    assert not [out for cell in kept["cells"] for out in cell.get("outputs", []) if out["output_type"] == "error"]
    assert any(cell.get("outputs") for cell in kept["cells"]), "make it: python notebooks/make.py"


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_a_notebook_stays_small(source: Path) -> None:
    assert source.with_suffix(".ipynb").stat().st_size < MOST_BYTES


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_a_notebook_asks_a_question_and_answers_it(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert text.startswith("# %% [markdown]\n# # ") and "**Question" in text


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_a_notebook_uses_public_names_only(source: Path) -> None:
    for node in ast.walk(code(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            assert {name.partition(".")[0] for name in names} <= LIBRARIES, ast.unparse(node)
        if isinstance(node, ast.Attribute):
            assert not node.attr.startswith("_") or node.attr == "__version__", ast.unparse(node)
            if isinstance(node.value, ast.Name) and node.value.id == "comity":
                assert node.attr in {*comity.__all__, "analysis"}, ast.unparse(node)


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_a_notebook_runs_from_top_to_bottom(source: Path) -> None:
    made = make().run(source)
    assert any(cell.get("outputs") for cell in made.cells)
