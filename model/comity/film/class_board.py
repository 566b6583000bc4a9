"""What a class found: where its runs lie, how they spread, and which levers those moved who did best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from comity.film.roles import LABELS, ROLES, unit

STRIPS: Final = ("integration", "respect", "trust", "exits", "challenger_share", "inequality_between")
"""Outcomes whose distribution the board shows."""
TOP: Final = 0.25
"""The share of a class that counts as the best."""


def class_board(base: Mapping[str, float | None], results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The board of a class's runs.

    `base` is the run without moves; each result has `name`, `role`, `levers` (names of those moved), `values`, `answers`,
    `score` and `foresight` (points, 0 to 100). Returns `points` for a scatter of integration against respect, `strips` with
    values and quartiles by outcome, `best` by role, `levers` with how many of all and of the best moved each, and
    `frontier`, how many came out above the run without moves on both axes, and `foretold`, how many said theirs would.
    """
    return {
        "base": {"integration": base.get("integration"), "respect": base.get("respect")},
        "points": [
            {key: one[key] for key in ("name", "role", "score")}
            | {key: one["values"].get(key) for key in ("integration", "respect")}
            for one in results
        ],
        "strips": [strip for name in STRIPS if (strip := _strip(name, base, results))["values"]],
        "best": _best(results),
        "levers": _levers(results),
        "frontier": sum(_above(one["values"], base) for one in results),
        "foretold": sum(one["answers"].get("frontier") == 1.0 for one in results),
        "foresight": float(np.median([one["foresight"] for one in results])) if results else None,
        "count": len(results),
    }


def _above(values: Mapping[str, float | None], base: Mapping[str, float | None]) -> bool:
    pairs = [(values.get(key), base.get(key)) for key in ("integration", "respect")]
    return all(value is not None and without is not None and value > without for value, without in pairs)


def _strip(name: str, base: Mapping[str, float | None], results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    found = [
        {"value": one["values"][name], "role": one["role"], "name": one["name"]}
        for one in results
        if one["values"].get(name) is not None
    ]
    quartiles = np.quantile([one["value"] for one in found], (0.25, 0.5, 0.75)).tolist() if found else []
    return {"name": name, "label": LABELS[name], "unit": unit(name), "values": found, "quartiles": quartiles,
            "base": base.get(name)}  # fmt: skip


def _best(results: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The nearest to its goal in each role; who predicted better goes first among equals."""
    told = []
    for role in ROLES:
        seats = [one for one in results if one["role"] == role.name]
        if seats:
            first = max(seats, key=lambda one: (one["score"], one["foresight"]))
            told.append(
                {"role": role.name, "title": role.title, "shape": role.shape, "name": first["name"],
                 "score": first["score"], "levers": list(first["levers"]), "seats": len(seats)}
            )  # fmt: skip
    return told


def _levers(results: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    order = sorted(results, key=lambda one: -float(one["score"]))
    best = order[: max(1, round(TOP * len(order)))] if order else []
    names = sorted({lever for one in results for lever in one["levers"]})
    told = [
        {
            "lever": name,
            "title": name.replace("_", " ").capitalize(),
            "used": sum(name in one["levers"] for one in results),
            "of": len(results),
            "best_used": sum(name in one["levers"] for one in best),
            "best_of": len(best),
        }
        for name in names
    ]
    return sorted(told, key=lambda one: (-int(one["best_used"]), -int(one["used"]), str(one["title"])))
