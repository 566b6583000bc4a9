"""`comity doctor`: what this machine has, and what keeps comity from running well on it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import click

from comity.cli.options import json_option
from comity.cli.verbs import DONE, WRONG_INPUT, Verb
from comity.cli.words import advise, definitions, document, result

NEEDED: Final = ("click", "matplotlib", "mesa", "networkx", "numba", "numpy", "pandas", "pyarrow", "pyyaml", "scipy")
OLDEST: Final = (3, 11)


@click.command("doctor", cls=Verb)
@json_option
def verb(as_json: bool) -> int:
    """Look at this machine: versions, cores, cache; and say what is wrong, with the way out."""
    problems: list[str] = []
    told: dict[str, Any] = {
        "comity": _version("comity", problems),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "libraries": {name: _version(name, problems) for name in NEEDED},
    }
    if sys.version_info < OLDEST:
        problems.append(f"Python {told['python']} is too old: comity needs {OLDEST[0]}.{OLDEST[1]} or newer")
    told |= _scenarios(problems) | _cache(problems)
    told["problems"] = problems
    if as_json:
        document(told)
    else:
        rows = [(key, _words(value)) for key, value in told.items() if key != "problems"]
        result("\n".join(definitions(rows, "")))
        result("\n".join(problems) if problems else "nothing is wrong")
        advise("Next: comity demo" if not problems else "Next: mend these, then comity doctor")
    return WRONG_INPUT if problems else DONE


def _version(name: str, problems: list[str]) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        problems.append(f"{name} is not installed; install comity with pip, or type make demo in a checkout")
        return None


def _scenarios(problems: list[str]) -> dict[str, Any]:
    from comity.scenario import check, shipped, shipped_folder

    names = [card.name for card in shipped()]
    if not names:
        problems.append(f"no scenarios in {shipped_folder()}; install comity anew")
    faults = check([card.name for card in shipped("regions")])
    problems += [f"a shipped scenario is broken: {fault}" for fault in faults[:3]]
    return {"scenarios": f"{len(names)} in {shipped_folder()}"}


def _cache(problems: list[str]) -> dict[str, Any]:
    """Where compiled rulebooks are kept, and whether this one is."""
    from comity import composer
    from comity.quarter import RULEBOOK

    try:
        folder = composer.cache_folder()
        with tempfile.TemporaryFile(dir=folder):
            pass
        compiled = composer.is_cached(RULEBOOK)
    except Exception as error:
        problems.append(f"the rulebook cannot be kept: {error}; COMITY_CACHE names another folder")
        return {"cache": None, "compiled": False}
    named = os.environ.get("COMITY_CACHE")
    if named and Path(named) != folder:
        problems.append(f"COMITY_CACHE={named} cannot be written to: the rulebook is compiled anew in every run")
    elif folder.name.startswith("comity-"):
        problems.append("no cache folder can be written to: name one in COMITY_CACHE, or each run compiles anew")
    return {"cache": str(folder), "compiled": compiled}


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {version or 'missing'}" for name, version in value.items())
    return {True: "yes", False: "not yet"}.get(value, str(value)) if isinstance(value, bool) else str(value)
