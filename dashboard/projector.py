"""What the browser is to hold, and the making of what it does not hold yet: one film for each side that changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from comity import film
from dashboard import presets
from dashboard.address import Side, State, quarter_of


@dataclass(frozen=True)
class Shown:
    """What the browser is to hold: films and fans as bytes, facts as plain values, at most one parcel to save."""

    film_a: bytes | None = None
    film_b: bytes | None = None
    ghost: bytes | None = None
    fan_a: bytes | None = None
    fan_b: bytes | None = None
    controls: Any = None
    assumptions: Any = None
    parcel: Any = None
    facts: Any = None


class Projector:
    """The films of one user, and of which state each is; `films` holds them by the names of `Shown`, None for none."""

    def __init__(self, until: int | None = None) -> None:
        self.until = until
        self.films: dict[str, Any] = {}
        self.fans: dict[str, Any] = {}
        self._keys: dict[str, Any] = {}
        self._controls: Side | None = None

    def key(self, state: State, side: str, seed: int) -> tuple[Any, ...]:
        """What a film, or a fan, of a side depends on."""
        return state.side(side), seed, self.until

    def play(self, shown: Shown, state: State, seed: int, edited: str) -> Shown:
        """What is to be shown of a state: what was made before stays. ScenarioError or ValueError, and all stays."""
        wanted = {"film_a": state.a}
        if state.b is not None:
            wanted["film_b"] = state.b
        if state.a.moves or state.a.nudge:
            wanted["ghost"] = replace(state.a, moves=(), nudge="")
        films, keys, made = dict(self.films), dict(self._keys), {}
        for name in ("film_a", "film_b", "ghost"):
            side = wanted.get(name)
            key = None if side is None else (side, seed, self.until)
            if name in keys and keys[name] == key:
                continue
            found = None if side is None else _film(side, seed, self.until)
            films[name], keys[name], made[name] = found, key, None if found is None else found.buffer
        controls = replace(state.side(edited), moves=(), nudge="")
        if controls != self._controls:
            made["controls"] = presets.levers(controls)
            made["assumptions"] = None if shown.assumptions is None else presets.assumptions(controls)
        self.films, self._keys, self._controls = films, keys, controls
        for side in ("a", "b"):
            gone = side == "b" and state.b is None
            if gone or self.fans.get(f"fan_{side}") != self.key(state, side, seed):
                made[f"fan_{side}"] = None
        return replace(shown, **made)


def _film(side: Side, seed: int, until: int | None) -> film.Film:
    return film.film(presets.resolved(side), seed, moves_of(side), until=until, nudge=side.nudge or None)


def moves_of(side: Side) -> tuple[tuple[str, str, Any], ...]:
    """The moves of a side, as `comity.film` takes them."""
    return tuple((move.date, move.path, move.value) for move in side.moves)


def facts_of(side: Side) -> dict[str, Any]:
    """A side in plain values, for the browser."""
    scenario = presets.resolved(side)
    start = int(scenario.value("run.start"))
    return {
        "scenario": side.scenario,
        "title": scenario.title,
        "story": scenario.story,
        "moves": [
            {"date": m.date, "quarter": quarter_of(m.date, start), "path": m.path, "value": m.value} for m in side.moves
        ],
        "set": [{"path": path, "value": value} for path, value in side.set],
        "nudge": side.nudge,
    }
