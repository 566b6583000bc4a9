"""Golden numbers move only on purpose, and then with a line in the changelog."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def refresh() -> Any:
    """The script that writes the numbers, as a module."""
    spec = importlib.util.spec_from_file_location("refresh", HERE / "refresh.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFRESH = refresh()


@pytest.mark.parametrize("name", REFRESH.SCENARIOS)
def test_results_are_those_of_the_last_move_on_purpose(name: str) -> None:
    pinned = json.loads(REFRESH.FILE.read_text())[name]
    now = REFRESH.found(name)
    moved = [
        f"  {outcome}: {pinned['outcomes'].get(outcome)} -> {value}"
        for outcome, value in now["outcomes"].items()
        if pinned["outcomes"].get(outcome) != value
    ]
    assert now == pinned, "\n".join([f"results of {name} moved:", *moved, (REFRESH.__doc__ or "").strip()])
