"""Files that take long start first, so that no core waits for another at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
LONGEST_FIRST = (
    "notebooks/test_notebooks.py",
    "surface/test_house.py",  # its first tests need nothing compiled: meanwhile the other core compiles
    "surface/test_sweep_deaths.py",
    "surface/test_own_rules.py",
    "surface/browser",
    "surface/test_turning.py",
    "properties",
    "facts",
    "surface",
    "contract/test_composer.py",
    "contract/test_drivers.py",
)
"""Files and folders, in the order in which they start; what is not named comes after, and is short."""


def _place(item: pytest.Item) -> int:
    path = item.path.relative_to(HERE)
    tall = [k for k, name in enumerate(LONGEST_FIRST) if path == Path(name) or Path(name) in path.parents]
    return tall[0] if tall else len(LONGEST_FIRST)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order within a file stays as it is."""
    items.sort(key=_place)
