"""What the budget was spent on: running costs and programs of the past first, then the levers, all alike.

A run keeps what comes in, what is asked for and what is spent, but not for what. That follows from the rule of the
budget: every lever asks for its cost times its strength, and gets the same share of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from comity.beginning import Beginning
from comity.film.buffer import Part, exact
from comity.rulebook import Rulebook

FIXED: Final = ("running", "lean", "committed", "monitoring")
"""Numbers of the budget that say what has to be paid before any lever."""
ORGANIZATION: Final = ("requested", "spent", "revenue", "reserve", "means", "effort")
REST: Final = "compensation"
"""What is asked for by nobody's lever: paid to communities while a project is halted."""


def asking(book: Rulebook) -> list[str]:
    """The levers that ask for money."""
    return [
        name for name, lever in book.levers.items() if "org.requested" in lever.writes and "cost" in lever.parameters()
    ]


def wanted(book: Rulebook) -> dict[str, tuple[str, ...]]:
    """What has to be recorded for it, by table."""
    costs = (*(f"budget.{name}" for name in FIXED), *(f"{name}.cost" for name in asking(book)))
    return {"org": ORGANIZATION, "params": costs}


def spending(day: Beginning, seen: Mapping[str, Any]) -> dict[str, Any]:
    """Money by what it was spent on, each (quarters,), in quarters of dues; together they are all that was spent."""
    org = {name: seen[f"org.{name}"][:, 0] for name in ORGANIZATION}
    cost = {name: seen[f"params.budget.{name}"][:, 0] for name in FIXED}
    before = np.concatenate([day.world.org["reserve"], org["reserve"][:-1]])
    due = {
        "secretariat": cost["running"] + cost["lean"] * (1.0 - org["means"]),
        "past programs": cost["committed"] * org["means"],
        "monitoring": cost["monitoring"] * org["effort"],
    }
    all_due = np.sum(list(due.values()), axis=0)
    paid = np.minimum(all_due, org["revenue"] + before)
    share = np.divide(paid, all_due, out=np.zeros_like(paid), where=all_due > 0.0)
    found = {name: amount * share for name, amount in due.items()}
    places = {name: row for row, name in enumerate(day.book.levers)}
    asked = {
        name: seen[f"params.{name}.cost"][:, 0] * seen["pulls.strength"][:, places[name]] for name in asking(day.book)
    }
    granted = org["spent"] - paid
    by_levers = np.sum(list(asked.values()), axis=0) if asked else np.zeros_like(paid)
    whole = np.maximum(org["requested"], by_levers)
    part = np.divide(granted, whole, out=np.zeros_like(granted), where=whole > 0.0)
    found |= {name.replace("_", " "): amount * part for name, amount in asked.items()}
    rest = granted - by_levers * part
    found[REST] = np.where(np.abs(rest) > 1e-9, rest, 0.0)
    return found


def parts(found: Mapping[str, Any]) -> dict[str, Part]:
    """The same as one array, a column for each use that anything was spent on."""
    used = {name: amount for name, amount in found.items() if (amount > 0.0).any()}
    table = np.column_stack(list(used.values())) if used else np.zeros((len(next(iter(found.values()))), 0))
    return {"spending.by_use": exact(np.asarray(table, "f4"), label="Spent on", unit="quarters of dues", uses=[*used])}
