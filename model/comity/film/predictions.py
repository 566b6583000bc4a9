"""Predict, then see: what a class is asked before a run, and how an answer is judged after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from comity.arithmetic import clip
from comity.film.roles import members_on_first_day
from comity.runs.scenario import Scenario

TOLERANCE: Final = {"trust": 0.1, "integration": 0.1, "exits": 3.0}
"""The error at which a number predicted earns nothing."""


def questions(scenario: Scenario) -> list[dict[str, Any]]:
    """What is asked: `kind` is "number" (from `low` to `high` in steps) or "yes"; shares are told in percent.

    ScenarioError if the scenario has no region.
    """
    members, within = members_on_first_day(scenario)
    inside = members[within]
    trust = float(inside["trust"] @ inside["population"] / inside["population"].sum())
    years = int(scenario.value("run.years"))
    return [
        {
            "name": "trust",
            "text": f"What share of the public will trust the union after {years} years? Now: {100 * trust:.0f} %.",
            "kind": "number",
            "low": 0.0,
            "high": 1.0,
            "step": 0.01,
            "unit": "share",
            "start": round(trust, 2),
        },
        {
            "name": "exits",
            "text": f"How many of the {len(inside)} members will have left?",
            "kind": "number",
            "low": 0.0,
            "high": float(min(len(inside), 10)),
            "step": 1.0,
            "unit": "members",
            "start": 0.0,
        },
        {
            "name": "frontier",
            "text": "Will your levers raise integration and respect, both, above a run in which nobody moves a lever?",
            "kind": "yes",
        },
    ]


def judged(
    scenario: Scenario,
    answers: Mapping[str, float],
    values: Mapping[str, float | None],
    base: Mapping[str, float | None],
) -> dict[str, Any]:
    """Predictions beside what came; `points` is their mean, 0 to 100, over all that was asked.

    A right yes or no earns all; a number the less, the further off. What nobody answered, or no run can answer, earns
    nothing.
    """
    told = []
    for question in questions(scenario):
        answer = answers.get(question["name"])
        came = _came(question["name"], values, base)
        points = 0.0
        if answer is not None and came is not None:
            if question["kind"] == "yes":
                points = 100.0 if bool(answer) == bool(came) else 0.0
            else:
                points = 100.0 * clip(1.0 - abs(answer - came) / TOLERANCE[question["name"]], 0.0, 1.0)
        told.append({**question, "answer": answer, "came": came, "points": points})
    return {"points": sum(one["points"] for one in told) / len(told), "answers": told}


def _came(name: str, values: Mapping[str, float | None], base: Mapping[str, float | None]) -> float | None:
    if name != "frontier":
        return values.get(name)
    pairs = [(values.get(key), base.get(key)) for key in ("integration", "respect")]
    if any(value is None or without is None for value, without in pairs):
        return None
    return float(all(value > without for value, without in pairs))  # type: ignore[operator]
