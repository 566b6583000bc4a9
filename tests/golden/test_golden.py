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


def difference(pinned: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What moved, in lines to read; nothing where all is as it was."""
    if now == pinned:
        return []
    before, after = pinned["outcomes"], now["outcomes"]
    names = [*before, *(name for name in after if name not in before)]
    moved = [name for name in names if before.get(name, "none") != after.get(name, "none")]
    lines = [f"  {name}: {before.get(name, 'none')} -> {after.get(name, 'none')}" for name in moved]
    when = "from the first two years on" if now.get("early") != pinned.get("early") else "after the first two years"
    if moved:
        return [f"{len(moved)} outcomes moved, {when}:", *lines]
    return [
        f"no outcome moved, but the world did, {when}: a column came, went or changed its place, or holds other bits"
    ]


@pytest.mark.parametrize("name", REFRESH.SCENARIOS)
def test_results_are_those_of_the_last_move_on_purpose(name: str) -> None:
    pinned = json.loads(REFRESH.FILE.read_text())[name]
    moved = difference(pinned, REFRESH.found(name))
    assert not moved, "\n".join([f"results of {name}:", *moved, (REFRESH.__doc__ or "").strip()])


def test_a_difference_is_told_in_lines_to_read() -> None:
    pinned = {"early": "a", "digest": "b", "outcomes": {"trust": 0.5, "exits": None}}
    assert difference(pinned, pinned) == []
    moved = {"early": "a", "digest": "c", "outcomes": {"trust": 0.4, "exits": None, "new": 1.0}}
    assert difference(pinned, moved) == [
        "2 outcomes moved, after the first two years:",
        "  trust: 0.5 -> 0.4",
        "  new: none -> 1.0",
    ]
    other_bits = {**pinned, "early": "z"}
    assert "no outcome moved" in difference(pinned, other_bits)[0]


def test_every_pinned_scenario_is_still_run_and_every_region_is_pinned() -> None:
    assert set(json.loads(REFRESH.FILE.read_text())) == set(REFRESH.SCENARIOS)
    assert {"eu", "asean", "ecowas", "mercosur", "african-union"} <= {name.split("+")[0] for name in REFRESH.SCENARIOS}
