"""Which way an outcome is better, from its own declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.analysis.sample import Refused
from comity.quarter import OUTCOMES


def direction(outcome: str) -> int:
    """1 where higher is better, -1 where lower is, 0 where neither is, or where nobody says."""
    said = OUTCOMES[outcome].direction if outcome in OUTCOMES else ""
    return 1 if said.startswith("higher") else -1 if said.startswith("lower") else 0


def directions(outcomes: Sequence[str], stated: Mapping[str, str] | None = None) -> dict[str, int]:
    """The direction of each outcome; a stated `max` or `min` goes first. Refused where none is known."""
    found = {}
    for name in outcomes:
        word = (stated or {}).get(name)
        if word is not None and word not in ("max", "min"):
            raise Refused(f"{name}: say max or min, not {word!r}")
        found[name] = {"max": 1, "min": -1}[word] if word is not None else direction(name)
        if found[name] == 0:
            raise Refused(f"{name} is neither good nor bad in itself; say {name}:max or {name}:min")
    return found
