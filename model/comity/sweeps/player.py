"""A point becomes a run: the first day of its group of points is laid out once, then numbers are written into it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from comity import composer, engine
from comity.beginning import AREA, FIGURES, ORGANIZATION, Beginning, begin, strengths
from comity.chance import run_key
from comity.quarter import RULEBOOK
from comity.rulebook import Rulebook
from comity.scenario import Scenario
from comity.scenario.document import Budget, from_python
from comity.scenario.inherit import merge
from comity.scenario.scenario import checked
from comity.scenario.sweeping import OVERLAYS
from comity.sweeps.factors import NOTHING_OVER, Factor
from comity.sweeps.points import Points
from comity.world import QUARTERS_PER_YEAR

ENVIRONMENT: Final = (MemoryError, OSError)
"""What is wrong with a machine and not with a point: the chunk is tried again, and no row says so."""
KEPT: Final = 64
"""First days that a player remembers; each takes a megabyte for thirty states."""
PULLED: Final = ("on", "strength")
"""What of a lever is written into its plan."""
DERIVED: Final = ("income", "population")
"""Figures of members from which more than a column is made."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number goes: a place in the world's buffer, and whether publics and governments feel it without levers.

    A lever's `on` and `strength` go into the plan instead: `lever` is its name and `key` which of the two.
    """

    place: int = -1
    felt: bool = False
    twin: bool = True
    scale: float = 1.0
    lever: str = ""
    key: str = ""


def place_of(day: Beginning, path: str) -> Place | None:
    """Where the number at a dotted path goes; None if more depends on it, so that the day must be laid out anew."""
    match path.split("."):
        case ["levers", name, key] if name in day.book.levers and key in PULLED:
            return Place(lever=name, key=key)
        case ["levers", name, key] if name in day.book.levers and key in day.book.levers[name].parameters():
            return Place(day.world.place("params", 0, f"{name}.{key}"), felt=engine.has_own_rules(day.book))
        case ["forces", name, key] if name in day.book.forces and key in day.book.forces[name].parameters():
            return Place(day.world.place("params", 0, f"{name}.{key}"), felt=True)
        case ["organization", "pace"]:
            return Place(day.world.place("org", 0, ORGANIZATION["pace"]), twin=False)
        case ["organization", ("due" | "notice") as key]:
            return Place(day.world.place("org", 0, key), felt=True, scale=QUARTERS_PER_YEAR)
        case ["organization", key] if key in ORGANIZATION:
            return Place(day.world.place("org", 0, ORGANIZATION[key]), felt=True)
        case ["areas", name, key] if name in day.areas and key in AREA and key != "weight":
            return Place(day.world.place("areas", day.areas.index(name), key), felt=True)
        case ["region", ("acquis" | "practice") as kind, name] if name in day.areas:
            return Place(day.world.place("areas", day.areas.index(name), f"opening_{kind}"), felt=True)
        case ["region", "members", code, key] if code in day.members and key in FIGURES and key not in DERIVED:
            return Place(day.world.place("members", day.members.index(code), key), felt=True)
    return None


class Pulled:
    """A lever's strength in each quarter, as a function of its own `on` and `strength`."""

    def __init__(self, day: Beginning, row: int, said: Mapping[str, Any]) -> None:
        self.row, self.on = row, said["on"]

        def laid_out(strength: Any) -> Any:
            pulled = {**said, "on": True, "strength": strength}
            return np.array(list(strengths(pulled, day.world.size.quarters, day.start)))

        self.own, self.scheduled = laid_out(said["strength"]), laid_out(0.0)
        self.free = laid_out(1.0) != self.scheduled

    def plan(self, changes: Mapping[str, float]) -> Any:
        """With other values of the two."""
        if not changes.get("on", self.on):
            return 0.0
        return np.where(self.free, changes["strength"], self.scheduled) if "strength" in changes else self.own


class Group:
    """The first day of all points that differ in plain numbers only."""

    def __init__(self, scenario: Scenario, book: Rulebook, plain: Sequence[str]) -> None:
        self.day = begin(scenario, book)
        self.scenario = scenario
        self.seed = int(scenario.value("run.seed"))
        self.wish = engine.wish_key(self.day)
        self.places: list[Place] = []
        for path in plain:
            place = place_of(self.day, path)
            if place is None:
                raise ValueError(f"{path} means nothing here: what it belongs to was replaced by something else")
            self.places.append(place)
        rows = {name: row for row, name in enumerate(book.levers)}
        pulled = dict.fromkeys(place.lever for place in self.places if place.lever)
        self.levers = {name: Pulled(self.day, rows[name], scenario.value(f"levers.{name}")) for name in pulled}


@dataclass(frozen=True, slots=True)
class Setting:
    """One point, ready to be played: its group, the numbers to write, and what its twin depends on."""

    group: Group
    numbers: tuple[float, ...]
    wish: tuple[Any, ...]


class Player:
    """Plays points of one sweep. Threads share it; each has a `Workspace` of its own."""

    def __init__(
        self,
        base: Scenario,
        factors: Sequence[Factor],
        overlays: Mapping[str, Any],
        book: Rulebook = RULEBOOK,
    ) -> None:
        self.base, self.book, self.factors, self.overlays = base, book, tuple(factors), overlays
        self._groups: OrderedDict[Any, Group] = OrderedDict()
        self._lock = threading.Lock()
        day = begin(base, book)
        places = {each.path: place_of(day, each.path) for each in factors}
        self.writable = {path: place for path, place in places.items() if place is not None}

    def scenario(self, values: Mapping[str, Any]) -> Scenario:
        """The scenario of a point: files are laid over it first, then values at dotted paths. ScenarioError as load."""
        found = self.base
        for each in self.factors:
            name = values.get(each.path) if each.overlay else None
            if name is not None and name not in NOTHING_OVER:
                over = from_python(self.overlays[str(name)], str(name), Budget())
                found = checked(found.name, merge(found.stated, over), found.catalogue)
        changes = {path: value for path, value in values.items() if path not in OVERLAYS}
        return found.with_(changes, "<sweep>") if changes else found

    def plain(self, points: Points) -> list[int]:
        """Which factors are plain numbers that need no new first day."""
        return [
            j
            for j, (each, column) in enumerate(zip(points.factors, points.columns, strict=True))
            if each.path in self.writable and column.numbers() is not None
        ]

    def keys(self, points: Points) -> tuple[list[int], Any, list[int]]:
        """Plain factors; for each point the number of its kind, within which only plain numbers differ; and a point of
        each kind."""
        plain = self.plain(points)
        kinds = np.zeros(len(points), "i8")
        for j, column in enumerate(points.columns):
            part = column.data
            if j in plain:
                part = column.stated
            elif column.levels is None:
                part = np.unique(part, return_inverse=True)[1]
            if len(part) and (part != part[0]).any():
                mixed = kinds * (int(part.max()) + 2) + part + 1
                kinds = np.unique(mixed, return_inverse=True)[1]
        _, first = np.unique(kinds, return_index=True)
        return plain, kinds, first.tolist()

    def prepared(self, points: Points) -> Prepared:
        """The points, ready to be played one by one."""
        return Prepared(self, points)

    def group(self, points: Points, plain: Sequence[int], k: int) -> Group:
        """The group of point `k`, laid out with the point's own numbers."""
        values = points.values(k)
        numbers = {points.factors[j].path for j in plain if points.factors[j].path in values}
        key = repr([(path,) if path in numbers else (path, value) for path, value in values.items()])
        with self._lock:
            if key in self._groups:
                self._groups.move_to_end(key)
                return self._groups[key]
        written = [points.factors[j].path for j in plain if points.factors[j].path in values]
        group = Group(self.scenario(values), self.book, written)
        with self._lock:
            self._groups[key] = group
            while len(self._groups) > KEPT:
                self._groups.popitem(last=False)
        return group


class Prepared:
    """Points ready to be played; first days are laid out when they are asked for, and kept as long as there is room."""

    def __init__(self, player: Player, points: Points) -> None:
        self.player, self.points = player, points
        self.plain, self.kinds, _ = player.keys(points)
        columns = [points.columns[j].numbers() for j in self.plain]
        self.numbers = np.array(columns).reshape(len(self.plain), len(points)).T
        felt = [player.writable[points.factors[j].path].felt for j in self.plain]
        self.felt = self.numbers[:, np.array(felt, bool)]
        self._failed: dict[int, Exception] = {}

    def order(self, place: Any, replication: Any) -> list[int]:
        """The rows, those that share a twin or a first day one after the other; of which point each is, which run."""
        wishes = [row.tobytes() for row in self.felt]
        kinds, points = self.kinds.tolist(), place.tolist()
        runs = replication.tolist()
        return sorted(range(len(points)), key=lambda k: (runs[k], wishes[points[k]], kinds[points[k]]))

    def setting(self, k: int) -> Setting:
        """Point `k`; whatever its first day cannot be laid out for is raised."""
        kind = int(self.kinds[k])
        if kind in self._failed:
            raise self._failed[kind]
        try:
            group = self.player.group(self.points, self.plain, k)
        except ENVIRONMENT:
            raise
        except Exception as error:
            self._failed[kind] = error
            raise
        row = self.numbers[k]
        stated = tuple(row[row == row].tolist())
        felt = [(place.place, value) for place, value in zip(group.places, stated, strict=True) if place.felt]
        return Setting(group, stated, (group.wish, group.seed, tuple(felt)))


class Workspace:
    """The buffers of one thread."""

    def __init__(self, player: Player) -> None:
        self.module = composer.compiled(player.book)
        self.book = player.book
        self._group: Group | None = None
        self._wish: Any = None

    def play(self, setting: Setting, run: int, picks: Any = engine.NOTHING) -> engine.Trace:
        """Run number `run` of a point; its world is valid until the next call."""
        group = setting.group
        if group is not self._group:
            self._enter(group)
        self._write(setting)
        key = run_key(group.seed, run)
        if self._wish != (setting.wish, run):
            self._wish = None
            engine.play(self.module, self.book, self.twin, group.day.draws, self.twin_day, key, engine.NOTHING)
            self._wish = (setting.wish, run)
        self.world.ideals[...] = self.twin.ideals
        return engine.play(self.module, self.book, self.world, group.day.draws, self.day, key, picks)

    def _enter(self, group: Group) -> None:
        day = group.day
        if self._group is None or self._group.day.world.size != day.world.size:
            self._wish = None
            self.world, self.day = day.world.copy(self.book), day.world.copy(self.book)
            self.twin, self.twin_day = day.twin.copy(self.book), day.twin.copy(self.book)
        else:
            for mine, template, source in ((self.world, self.day, day.world), (self.twin, self.twin_day, day.twin)):
                template.buffer[:] = source.buffer
                for name in ("spillovers", "ties", "shocks", "aims_member", "aims_area", "plan"):
                    getattr(mine, name)[...] = getattr(source, name)
        self._group = group

    def _write(self, setting: Setting) -> None:
        group = setting.group
        pulled: dict[str, dict[str, float]] = {}
        day, twin = self.day.flat, self.twin_day.flat
        for place, value in zip(group.places, setting.numbers, strict=True):
            if place.lever:
                pulled.setdefault(place.lever, {})[place.key] = value
                continue
            day[place.place] = value * place.scale
            if place.twin:
                twin[place.place] = value * place.scale
        for name, changes in pulled.items():
            lever = group.levers[name]
            self.world.plan[:, lever.row] = lever.plan(changes)
