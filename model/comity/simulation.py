"""A run as Mesa users know it: a `mesa.Model` that steps one quarter at a time and gives the engine's bits.

`import mesa` (3.3) makes "spawn" the start method of `multiprocessing`, so scripts that call `mesa.batch_run` with
several processes need the usual `if __name__ == "__main__":`.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import mesa
from mesa.agent import AgentSet

from comity import composer, engine
from comity.agents import MemberState, Organization, asking, overriding, phases_with
from comity.beginning import begin
from comity.chance import fresh_seed, run_key
from comity.course import Call, Course
from comity.quarter import RULEBOOK
from comity.rulebook import Rulebook
from comity.scenario import Scenario, load
from comity.world import QUARTERS_PER_YEAR

LARGEST_SEED: Final = 2**64 - 1
PLAN: Final = "plan"
"""The phase before which a policy is asked."""
GUESS: Final = 0x5EED
"""Turns the seed of a run into that of its guesses."""
GUESSES: Final = 1_000_000
"""Numbers set aside for the guesses of one run, and of one quarter of it."""
GUESSES_A_QUARTER: Final = 1_000


class Policy(Protocol):
    """What an organization does in plain Python, in the place of its plan."""

    def decide(self, simulation: Any) -> Mapping[str, float]:
        """Strengths (0 to 1) of levers from now on; those not named go on as they were. Asked once a year."""


def _compiled(book: Rulebook, arguments: Sequence[Any]) -> Mapping[str, Call]:
    engine.ready(book, lambda text: print(text, file=sys.stderr))
    return engine.phases(book, arguments)


class Simulation(mesa.Model):
    """One run of a scenario, quarter by quarter; every argument is a keyword with a default.

    scenario
        A `Scenario`, the name of a shipped one (several joined by `+`), a path, or a map as in a file.
    rng, seed
        The seed of the run's luck: a whole number, also as text; either name does. None means fresh luck.
    run
        Run number `run` of the ensemble with that seed: the same luck, and the same draws of what is uncertain.
    years, settings
        Changes of the scenario: its length, and values at dotted paths.
    members_class
        `MemberState` or a subclass; or a map or a function from ISO-3 codes to such classes.
    policy
        An object with `decide(simulation)`: the organization's own Python instead of its plan.
    driver
        "compiled", or "plain" for the debugger: every rule uncompiled, same bits, some hundred times slower.
    collect, member_columns
        Whether `datacollector` collects at the end of each step; columns of members that it collects too.
    book
        The rulebook to follow; that of the scenario if None.

    In a batch, a map is a list of values like any other: write `"settings": [{...}]`.
    `time`, `steps` and `scenario` belong to Mesa; our clock is `quarter` and `date`, our scenario `given`.
    """

    running: bool

    def __init__(
        self,
        scenario: Scenario | str | Path | Mapping[str, Any] = "eu",
        *,
        rng: int | str | None = None,
        seed: int | str | None = None,
        run: int = 0,
        years: int | None = None,
        settings: Mapping[str, Any] | None = None,
        members_class: Any = MemberState,
        policy: Policy | None = None,
        driver: str = "compiled",
        collect: bool = True,
        member_columns: str | Iterable[str] = (),
        book: Rulebook | None = None,
    ) -> None:
        number = _seed(rng, seed)
        super().__init__(rng=number)
        self.luck = number, int(run)
        self.given = _scenario(scenario, years, settings)
        self.title = self.given.title
        self.names = _names(self.given)
        self.policy, self.collect = policy, collect
        book = getattr(self.given, "book", RULEBOOK) if book is None else book
        self.beginning = begin(self.given, book)
        is_plain = _is_plain(driver)
        calls = composer.plain(book) if is_plain else _compiled(book, self.beginning.world.arguments)
        self._course = Course(self.beginning, self.beginning.world, calls, is_plain)
        self.world = self._course.world
        twin = Course(self.beginning, self.beginning.twin, calls, is_plain)
        key = _words(run_key(*self.luck))
        twin.begin(key)
        twin.to_the_end()
        self.world.ideals[...] = twin.world.ideals
        self._course.begin(key)
        self._chosen: dict[int, float] = {}
        self._ahead: Course | None = None
        self.organization = Organization(self)
        self._states = _members(self, members_class)
        self.members = AgentSet(self._states, random=self.random)
        self._quarterly = self._phases()
        self.datacollector = mesa.DataCollector(_reporters(book), _columns(member_columns))

    @property
    def scenario(self) -> Any:
        """Mesa's own from 3.5 on, and its page reads it; ours is `given`."""
        raise AttributeError("scenario belongs to Mesa; the scenario of comity is called given")

    @scenario.setter
    def scenario(self, value: Any) -> None:
        """Mesa 3.5 sets its own here, which knows the seed and nothing else."""

    @property
    def quarter(self) -> int:
        """The quarter last played, from 0; -1 on the first day."""
        return int(self.world.clock["quarter"][0])

    @property
    def date(self) -> str:
        """The quarter last played as text, such as "2010Q1"; on the first day the one before the start."""
        year, season = divmod(self.quarter, QUARTERS_PER_YEAR)
        return f"{self.beginning.start + year}Q{season + 1}"

    def member(self, iso3: str) -> MemberState:
        """The member with that ISO-3 code; ValueError if there is none."""
        return self._states[_row_of(iso3, self.beginning.members)]

    def step(self) -> None:
        """One quarter, the phases in their order. After the last quarter `running` is False and a step does nothing."""
        if not self.running:
            return
        course, quarter = self._course, self.quarter + 1
        course.turn(quarter)
        strengths = self.world.plan[quarter]
        if self._chosen:
            strengths = strengths.copy()
            strengths[list(self._chosen)] = list(self._chosen.values())
        course.set_levers(strengths)
        for call in self._quarterly:
            call(*course.arguments)
        self.running = quarter + 1 < self.world.size.quarters
        if self.collect:
            self.datacollector.collect(self)
            _file_by_position(self.datacollector, self)

    def look_ahead(self, strengths: Mapping[str, float], quarters: int, luck: int = 0) -> dict[str, float]:
        """The figures of the region after so many quarters, if levers stood so from the next one on.

        Levers not named stay as they are. It is a guess under luck of its own (`luck` 0, 1, ...): neither this run's
        luck nor its calendar is known in advance, and nothing of this run changes. ValueError for no such lever.
        """
        if self._ahead is None:
            course = self._course
            self._ahead = Course(self.beginning, self.beginning.world, course.calls, course.is_plain)
        stands = self.world.pulls["strength"].copy()
        for name, strength in strengths.items():
            stands[self._lever(name, strength)] = strength
        seed, run = self.luck
        key = _words(run_key(seed ^ GUESS, (run + 1) * GUESSES + self.quarter * GUESSES_A_QUARTER + luck))
        self._ahead.ahead(self._course, key, stands, quarters)
        tally = self._ahead.world.tallies
        return {name.removesuffix("_now"): float(tally[name][0]) for name in tally.dtype.names if name.endswith("_now")}

    def outcomes(self) -> dict[str, float]:
        """The outcomes as they stand now; at the end of the run those that the engine gives."""
        return self._course.outcomes()

    def register_agent(self, agent: mesa.Agent) -> None:
        """Mesa's own; but Mesa 3.3 counts agents in a table for all models, which would never be freed."""
        super().register_agent(agent)
        counters = getattr(mesa.Agent, "_ids", {})
        if counters.pop(self, None) is not None:
            agent.unique_id = len(self.agents)

    def _phases(self) -> list[Call]:
        """The phases of a quarter; where a member decides in its own Python, that phase goes row by row."""
        book, calls = self.beginning.book, dict(self._course.calls)
        own = frozenset[str]().union(*(overriding(type(member)) for member in self._states))
        if own:
            asked = composer.plain(book, asking(self._states))
            calls |= {name: asked[name] for name in phases_with(book, own)}
        found = [calls[phase.name] for phase in book.quarterly]
        if self.policy is not None:
            names = [phase.name for phase in book.quarterly]
            found.insert(names.index(PLAN), self._ask_policy)
        return found

    def _ask_policy(self, *_: Any) -> None:
        if self.policy is None or self.quarter % QUARTERS_PER_YEAR:
            return
        for name, strength in self.policy.decide(self).items():
            row = self._lever(name, strength)
            self._chosen[row] = float(strength)
            self.world.params[0][name]["strength"] = strength
            self.world.pulls[row].planned = self.world.pulls[row].strength = strength

    def _lever(self, name: str, strength: float) -> int:
        levers = self.beginning.book.levers
        if name not in levers:
            near = difflib.get_close_matches(name, levers, n=1)
            raise ValueError(f"there is no lever {name!r}" + (f'; did you mean "{near[0]}"?' if near else ""))
        row = list(levers).index(name)
        low, high = float(self.world.pulls["low"][row]), float(self.world.pulls["high"][row])
        if not low <= strength <= high:
            raise ValueError(f"the strength of {name} lies between {low:g} and {high:g}, not at {strength}")
        return row


def _seed(rng: Any, seed: Any) -> int:
    said = {_whole(each) for each in (rng, seed) if each is not None}
    if len(said) > 1:
        raise ValueError(f"rng and seed are two names for one thing; they say {rng!r} and {seed!r}")
    return said.pop() if said else fresh_seed()


def _whole(seed: Any) -> int:
    try:
        number = int(seed)
        if (isinstance(seed, str) or number == seed) and not isinstance(seed, bool) and 0 <= number <= LARGEST_SEED:
            return number
    except (TypeError, ValueError, OverflowError):
        pass
    raise ValueError(f"a seed is a whole number from 0 to {LARGEST_SEED}, not {seed!r}")


def _words(key: tuple[Any, Any]) -> tuple[int, int]:
    return int(key[0]), int(key[1])


def _is_plain(driver: str) -> bool:
    if driver not in ("compiled", "plain"):
        raise ValueError(f'a driver is "compiled" or "plain", not {driver!r}')
    return driver == "plain"


def _scenario(source: Any, years: int | None, settings: Mapping[str, Any] | None) -> Scenario:
    scenario = source if isinstance(source, Scenario) else load(source)
    changes = {**(settings or {}), **({} if years is None else {"run.years": years})}
    return (scenario.with_(changes) if changes else scenario).require_region()


def _names(scenario: Scenario) -> dict[str, str]:
    region = scenario.resolved["region"]
    members = {} if region.get("synthetic") else region["members"]
    return {code: str(figures.get("name") or code) for code, figures in members.items()}


def _members(model: Simulation, classes: Any) -> list[MemberState]:
    codes = model.beginning.members
    for code in classes if isinstance(classes, Mapping) else ():
        _row_of(code, codes)
    return [_class_of(code, classes)(model, row) for row, code in enumerate(codes)]


def _row_of(iso3: str, codes: Sequence[str]) -> int:
    if iso3 not in codes:
        raise ValueError(f"{iso3} is no member here; there are {', '.join(codes)}")
    return codes.index(iso3)


def _class_of(code: str, classes: Any) -> type[MemberState]:
    if isinstance(classes, Mapping):
        found = classes.get(code, MemberState)
    else:
        found = classes if isinstance(classes, type) else classes(code)
    if not (isinstance(found, type) and issubclass(found, MemberState)):
        raise TypeError(f"members_class: {code} needs a subclass of MemberState, not {found!r}")
    return found


def _reporters(book: Rulebook) -> dict[str, Callable[[Simulation], Any]]:
    """What is collected of the model: the date, the number of members, and each outcome's number of the quarter."""
    found: dict[str, Callable[[Simulation], Any]] = {
        "date": lambda model: model.date,
        "members": lambda model: model.organization.inside,
    }
    for name in dict.fromkeys(name for outcome in book.outcomes.values() for name in outcome.columns):
        if name.endswith("_now"):
            found[name.removesuffix("_now")] = _tally(name)
    return found


def _tally(name: str) -> Callable[[Simulation], float]:
    def report(model: Simulation) -> float:
        return float(model.world.tallies[name][0])

    return report


def _columns(names: str | Iterable[str]) -> dict[str, Callable[[Any], Any]]:
    """Reporters of members' columns; the organization has none of them."""

    def report(name: str) -> Callable[[Any], Any]:
        return lambda agent: getattr(agent, name) if isinstance(agent, MemberState) else None

    return {name: report(name) for name in ([names] if isinstance(names, str) else names)}


def _file_by_position(collector: Any, model: Simulation) -> None:
    """Mesa 3.3's `batch_run` looks numbers up by position, but finds agents' records filed by step: one too late."""
    if hasattr(collector, "_collection_steps") or not collector.model_vars:
        return
    position = len(next(iter(collector.model_vars.values()))) - 1
    records = collector._agent_records
    if model.steps in records and model.steps != position:
        records[position] = records.pop(model.steps)
