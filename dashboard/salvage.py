"""Of a link that cannot be played as it is, what can be is kept, and what cannot is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import comity
from comity import film
from dashboard import presets
from dashboard.address import Side, State
from dashboard.projector import moves_of


def playable(state: State, otherwise: str) -> tuple[State, list[str]]:
    """The state without what cannot be played, and why; a side whose scenario is none is left out, or `otherwise`."""
    wrong: list[str] = []
    a = _kept(state.a, wrong)
    b = None if state.b is None else _kept(state.b, wrong)
    return replace(state, a=a or Side(otherwise), b=b), list(dict.fromkeys(wrong))


def _kept(side: Side, wrong: list[str]) -> Side | None:
    base = Side(side.scenario, side.file)
    found = _tried(lambda: presets.resolved(base), wrong)
    if found is None:
        return None
    settings: list[tuple[str, Any]] = []
    for path, value in side.set:
        changed = _tried(lambda found=found, path=path, value=value: found.with_({path: value}, "settings"), wrong)
        if changed is not None:
            settings.append((path, value))
            found = changed
    moves = [
        move
        for move, plain in zip(side.moves, moves_of(side), strict=True)
        if _tried(lambda plain=plain: film.with_moves(found, [plain]), wrong) is not None
    ]
    nudge = side.nudge if not side.nudge or _tried(lambda: film.nudge_from(side.nudge), wrong) is not None else ""
    return replace(base, set=tuple(settings), moves=tuple(moves), nudge=nudge)


def _tried(make: Callable[[], Any], wrong: list[str]) -> Any:
    """What is made, or None, and why not."""
    try:
        return make()
    except comity.ScenarioError as error:
        wrong += [str(problem) for problem in error.problems[:5]]
    except ValueError as error:
        wrong.append(str(error))
    return None
