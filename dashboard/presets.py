"""What there is to start from, what a side of the page means as a scenario, and the declarations for its controls."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import comity
from comity import film
from dashboard.address import OWN, Side

KEPT: Final = 64
MOST_PLAYED: Final = 20_000
"""Quarters times members of one run; the European Union's twenty years are some 2,000."""
OWN_PATH: Final = re.compile(r".*comity-[^/\\]+[/\\]scenario\.yaml")


@functools.lru_cache(maxsize=KEPT)
def shipped(name: str) -> comity.Scenario:
    """A shipped scenario or several joined by +; ScenarioError if there is none. Nothing else is read from the disk."""
    known = {
        each["name"] for kind in ("regions", "packages", "calendars", "scenarios") for each in comity.catalogue(kind)
    }
    known |= {
        f"{kind}/{each['name']}" for kind in ("regions", "packages", "calendars") for each in comity.catalogue(kind)
    }
    missing = [part for part in name.split("+") if part not in known]
    if missing:
        message = f"there is no scenario named {missing[0]!r}; the page's list shows them all"
        raise comity.ScenarioError([comity.Problem(missing[0][:60], 0, 0, "", message)])
    return comity.load(name)


@functools.lru_cache(maxsize=KEPT)
def read_text(text: str, name: str = "scenario.yaml") -> comity.Scenario:
    """A scenario from the text of a file; it can extend shipped scenarios alone. ScenarioError as the loader's."""
    with TemporaryDirectory(prefix="comity-") as folder:
        path = Path(folder) / "scenario.yaml"
        path.write_text(text, "utf-8")
        try:
            return comity.load(path).require_region()
        except comity.ScenarioError as error:
            told = [
                comity.Problem(each.file.replace(str(path), name), each.line, each.column, each.key, each.message)
                for each in error.problems
            ]
            raise comity.ScenarioError(told) from None


def resolved(side: Side) -> comity.Scenario:
    """The scenario of a side, with its settings of the whole run; ScenarioError if it is none or cannot be run."""
    return _resolved(replace(side, moves=(), nudge=""))


@functools.lru_cache(maxsize=KEPT)
def _resolved(side: Side) -> comity.Scenario:
    found = read_text(side.file) if side.scenario == OWN else shipped(side.scenario)
    changed = (found.with_(dict(side.set), "settings") if side.set else found).require_region()
    region, years = changed.value("region"), int(changed.value("run.years"))
    members = (region.get("synthetic") or {}).get("members") or len(region["members"])
    if 4 * years * members > MOST_PLAYED:
        message = (
            f"{members} members for {years} years are more than a page that others use too can play; comity run can"
        )
        raise comity.ScenarioError([comity.Problem(changed.name, 0, 0, "run.years", message)])
    return changed


@functools.cache
def offered() -> dict[str, Any]:
    """Regions, packages and whole scenarios with their title and one line, for the list of presets."""
    return {
        kind: [
            {"name": each["name"], "title": each["title"], "story": each["claim"]} for each in comity.catalogue(kind)
        ]
        for kind in ("scenarios", "regions", "packages")
    }


@functools.cache
def offered_text() -> str:
    """The same as JSON."""
    return json.dumps(offered())


def levers(side: Side) -> Any:
    """The declarations of the levers, and whom and what they may be meant for; without their numbers."""
    return _levers(replace(side, moves=(), nudge=""))


@functools.lru_cache(maxsize=KEPT)
def _levers(side: Side) -> Any:
    told = _named(side, film.controls(_resolved(side), details=False))
    return {key: value for key, value in told.items() if key not in ("assumptions", "organization", "run", "columns")}


def _named(side: Side, told: Any) -> Any:
    """The same, where a file of the user's own stated something: it is called so, not by where it lay for a moment."""
    if side.scenario != OWN:
        return told
    if isinstance(told, dict):
        return {
            key: OWN_PATH.sub("your file", value) if key == "stated" and value else _named(side, value)
            for key, value in told.items()
        }
    return [_named(side, each) for each in told] if isinstance(told, list) else told


def assumptions(side: Side) -> Any:
    """The declarations of all else: run, organization, rival theories, forces, and the levers' own numbers."""
    told = _named(side, film.controls(resolved(side)))
    numbers = [
        {
            key: lever[key]
            for key in ("name", "path", "title", "claim", "evidence", "parameters", "choices")
            if key in lever
        }
        for group in told["groups"]
        for lever in group["levers"]
    ]
    return {"run": told["run"], "organization": told["organization"], "forces": told["assumptions"], "levers": numbers}
