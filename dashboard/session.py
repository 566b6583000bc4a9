"""A user's page: its state, its films, and one answer for each message of its browser.

A `Session` lives as long as its kernel and knows nothing of Solara: `changed` is called when there is something to
show, `run_later` is how something long is started. Everything that it hands out is immutable.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from threading import Event, RLock
from typing import Any, Final

import comity
from comity import film
from dashboard import presets
from dashboard.address import LARGEST_SEED, OWN, Move, Side, State, date_of, holds_all, read, written
from dashboard.behind import POOL, SLOW
from dashboard.exchange import Parcel, packed, uploaded
from dashboard.projector import Projector, Shown, facts_of, moves_of
from dashboard.salvage import playable

Payload = Mapping[str, Any]
LOG: Final = logging.getLogger("comity.dashboard")
QUIET: Final = ("fan", "assumptions", "download")
"""Messages that change nothing on the page: what was told before them still stands."""
MOST_UNDOS: Final = 100
FAN_RUNS: Final = 50
MANY: Final = 8
"""Pages looked at, beyond which a fan waits until a page's clock stands: each costs as much as forty films."""


class Session:
    """One user's page. `answers` maps a message's name to what answers it; others may add their own."""

    def __init__(self, query: str = "", first: str = "eu", until: int | None = None) -> None:
        self.changed: Callable[[], None] = lambda: None
        self.guard: Callable[[], AbstractContextManager[Any]] = nullcontext
        self.closed: Callable[[], bool] = lambda: False
        self.pages: Callable[[], int] = lambda: 1
        self.projector = Projector(until)
        self.edited = "a"
        self._first = first
        self.state = State(Side(first))
        self.shown = Shown()
        self._past: list[State] = []
        self._future: list[State] = []
        self._serial = 0
        self._parcels = 0
        self._pending: dict[str, Future[Any]] = {}
        self._extra: dict[str, Any] = {}
        self._stop_fan = Event()
        self._turn = RLock()  # what a user sends and what the pools bring in change the page one after the other
        self.answers: dict[str, Callable[[Payload], None]] = {
            name.removeprefix("on_"): getattr(self, name) for name in dir(self) if name.startswith("on_")
        }
        asked, self.problems = self._read(query)
        self._look(asked)
        self.tell()

    # -- what others may ask ------------------------------------------------------------------------------------------

    def scenario(self, side: str = "a") -> comity.Scenario:
        """The scenario of a side with its settings, without its moves."""
        return presets.resolved(self.state.side(side))

    def moves(self, side: str = "a") -> tuple[tuple[str, str, Any], ...]:
        """The moves of a side, as `comity.film` takes them."""
        return moves_of(self.state.side(side))

    @property
    def films(self) -> dict[str, Any]:
        """The films that are shown, by `film_a`, `film_b`, `ghost`; None for one that is not."""
        return self.projector.films

    @property
    def until(self) -> int | None:
        """The quarter at which films are cut, if they are."""
        return self.projector.until

    @property
    def seed(self) -> int:
        """The seed of luck, the same for both sides."""
        return _seed(self.state)

    def receive(self, name: str, payload: Payload) -> None:
        """Answer a message; what is wrong with it is told in words. `serial` says what has been answered."""
        answer = self.answers.get(name)
        serial = payload.get("serial")
        self._serial = serial if isinstance(serial, int) else self._serial
        if name not in QUIET:
            self.problems = []
        if answer is not None:
            try:
                answer(payload)
            except comity.ScenarioError as error:
                self.problems = [str(problem) for problem in error.problems[:20]]
            except (ValueError, KeyError, TypeError) as error:
                self.problems = [f"{name}: {error}"]
            except Exception as error:  # whatever it is, the page goes on
                LOG.exception("a message could not be answered: %s", name)
                self.problems = [f"{name}: this failed, and should not have ({type(error).__name__})"]
        self.tell()

    def tell(self, **extra: Any) -> None:
        """Bring the browser up to date; `extra` values join the facts under their names."""
        self._extra |= extra
        self.shown = replace(self.shown, facts=self._facts())
        self.changed()

    def later(self, name: str, work: Callable[[], Any], then: Callable[[Any], None], slow: bool = False) -> None:
        """Do something long in a shared pool, `then` with its result; of one name only the newest counts.

        What takes seconds is `slow`: it waits in a line of its own, so that stories and fans do not wait behind it.
        """
        old = self._pending.pop(name, None)
        if old is not None:
            old.cancel()
        future = (SLOW if slow else POOL).submit(work)
        self._pending[name] = future

        def done(ended: Future[Any]) -> None:
            with self.guard():
                if ended.cancelled() or self._pending.get(name) is not ended:
                    return
                del self._pending[name]
                error = ended.exception()
                if error is None:
                    with self._turn:
                        then(ended.result())
                elif not isinstance(error, film.Cancelled):
                    LOG.error("something long failed: %s", name, exc_info=error)
                    self.problems = [f"{name}: {error}"]
                self.tell()

        future.add_done_callback(done)

    def close(self) -> None:
        """Nobody looks any more: what is pending need not be done."""
        self._stop_fan.set()
        for future in self._pending.values():
            future.cancel()
        self._pending.clear()
        self.changed = lambda: None

    def parcel(self, name: str, mime: str, data: bytes) -> None:
        """Hand a file to the browser to save."""
        self._parcels += 1
        self.shown = replace(self.shown, parcel={"id": self._parcels, "name": name, "mime": mime, "data": data})

    # -- answers ------------------------------------------------------------------------------------------------------

    def on_move(self, payload: Payload) -> None:
        """From a quarter on, a lever is another: the past stays to the bit."""
        side = _side(payload)
        now = self.state.side(side)
        start = int(self.scenario(side).value("run.start"))
        move = Move(date_of(int(payload["quarter"]), start), str(payload["path"]), payload["value"])
        kept = tuple(each for each in now.moves if (each.date, each.path) != (move.date, move.path))
        self.go(self.state.with_side(side, replace(now, moves=_in_time((*kept, move)))))

    def on_unmove(self, payload: Payload) -> None:
        """Take one move back."""
        side = _side(payload)
        now = self.state.side(side)
        gone = int(payload["index"])
        self.go(self.state.with_side(side, replace(now, moves=now.moves[:gone] + now.moves[gone + 1 :])))

    def on_set(self, payload: Payload) -> None:
        """A setting of the whole run: it is played again from the start. Several as `changes`; None takes one back."""
        side = _side(payload)
        now = self.state.side(side)
        changes = payload.get("changes") or {payload["path"]: payload["value"]}
        settings = {**dict(now.set), **changes}
        kept = tuple((path, value) for path, value in settings.items() if value is not None)
        self.go(self.state.with_side(side, replace(now, set=kept)))

    def on_restore(self, payload: Payload) -> None:
        """A lever, or a mechanism, as the scenario has it: its moves and settings go."""
        side, path = _side(payload), str(payload["path"]) + "."
        now = self.state.side(side)
        kept = tuple((each, value) for each, value in now.set if not each.startswith(path))
        moves = tuple(move for move in now.moves if not move.path.startswith(path))
        self.go(self.state.with_side(side, replace(now, set=kept, moves=moves)))

    def on_scenario(self, payload: Payload) -> None:
        """Another scenario: its own levers, no moves."""
        side = _side(payload)
        name = str(payload["name"])
        file = self.state.side(side).file if name == OWN else ""
        self.go(self.state.with_side(side, Side(name, file)))

    def on_seed(self, payload: Payload) -> None:
        """Another luck, for both sides."""
        seed = int(payload["seed"])
        if not 0 <= seed <= LARGEST_SEED:
            raise ValueError(f"a seed is a whole number from 0 to {LARGEST_SEED}, not {seed}")
        self.go(replace(self.state, seed=seed))

    def on_luck(self, payload: Payload) -> None:
        """The next luck: whoever presses the same button sees the same."""
        self.go(replace(self.state, seed=(self.seed + 1) % LARGEST_SEED))

    def on_reset(self, payload: Payload) -> None:
        """The scenario as it came: no settings, no moves."""
        sides = {name: replace(self.state.side(name), set=(), moves=(), nudge="") for name in ("a", "b")}
        self.go(replace(self.state, a=sides["a"], b=sides["b"] if self.state.b is not None else None, at=""))

    def on_undo(self, payload: Payload) -> None:
        """One step back."""
        if self._past:
            self._future.append(self.state)
            self._show(self._past.pop())

    def on_redo(self, payload: Payload) -> None:
        """One step forward again."""
        if self._future:
            self._past.append(self.state)
            self._show(self._future.pop())

    def on_compare(self, payload: Payload) -> None:
        """Put a second run beside: a scenario, a copy of side a, or none."""
        if not payload.get("on", True):
            self.edited = "a"
            self.go(replace(self.state, b=None))
            return
        name = payload.get("name")
        other = Side(str(name)) if name else replace(self.state.a)
        changes = {**dict(other.set), **(payload.get("changes") or {})}
        self.go(replace(self.state, b=replace(other, set=tuple(changes.items()))))

    def on_swap(self, payload: Payload) -> None:
        """A becomes B and B becomes A."""
        if self.state.b is not None:
            self.go(replace(self.state, a=self.state.b, b=self.state.a))

    def on_navigate(self, payload: Payload) -> None:
        """The browser went back or forward: show what the address says."""
        state, self.problems = self._read(str(payload.get("search", "")))
        self._past = [*self._past, self.state][-MOST_UNDOS:]
        self._look(state)

    def on_fan(self, payload: Payload) -> None:
        """The browser has come to rest and looks: many runs behind those that are shown, under the same luck."""
        sides = ["a", "b"] if self.state.b is not None else ["a"]
        keys = {f"fan_{side}": self.projector.key(self.state, side, self.seed) for side in sides}
        if all(self.projector.fans.get(name) == key for name, key in keys.items()):
            return
        asked = [(self.scenario(side), self.moves(side)) for side in sides]
        seed, until, stop = self.seed, self.until, self._fresh_stop()

        def taken(found: list[film.Fan]) -> None:
            for (name, key), one in zip(keys.items(), found, strict=True):
                if self.projector.key(self.state, name[-1], self.seed) == key:
                    self.projector.fans[name] = key
                    self.shown = replace(self.shown, **{name: one.buffer})

        self.later("fan", lambda: film.fans(asked, seed, FAN_RUNS, until, stop=stop), taken)

    def _fresh_stop(self) -> Event:
        """What stops the fan that is being computed now, after stopping the one before."""
        self._stop_fan.set()
        self._stop_fan = Event()
        return self._stop_fan

    def on_assumptions(self, payload: Payload) -> None:
        """The drawer of forces, theories, organization and run settings was opened."""
        edited = replace(self.state.side(self.edited), moves=(), nudge="")
        self.shown = replace(self.shown, assumptions=json.dumps(presets.assumptions(edited)))

    def on_edit(self, payload: Payload) -> None:
        """The levers are to be those of side a or of side b."""
        self.edited = _side(payload)
        self._play()

    def on_upload(self, payload: Payload) -> None:
        """A scenario file of the user's own; its errors are told with line and column."""
        text = payload.get("text")
        name = str(payload.get("name", "scenario.yaml"))[:80]
        problems = uploaded(text, name)[1]
        if problems:
            self._extra["upload"] = {"name": name, "problems": problems}
            return
        self._extra["upload"] = {"name": name, "problems": []}
        side = _side(payload)
        self.go(self.state.with_side(side, Side(OWN, str(text))))

    def on_download(self, payload: Payload) -> None:
        """A file of what is on the page: the scenario, or its data."""
        side, kind = _side(payload), str(payload.get("kind"))
        scenario, moves, seed = self.scenario(side), self.moves(side), self.seed

        def taken(found: Parcel) -> None:
            self.parcel(found.name, found.mime, found.data)

        self.later("download", lambda: packed(kind, scenario, moves, seed), taken)

    # -- playing ------------------------------------------------------------------------------------------------------

    def go(self, state: State) -> None:
        """Another state, which can be undone; the old one stays if the new one cannot be played."""
        if state == self.state:
            return
        before = self.state
        self._extra.pop("label_b", None)
        self._show(state)
        self._past = [*self._past, before][-MOST_UNDOS:]
        self._future.clear()

    def _show(self, state: State) -> None:
        self._stop_fan.set()
        with self._turn:
            # the films first: who draws meanwhile must never see a state without its films
            shown = self.projector.play(self.shown, state, _seed(state), self.edited)
            self.state, self.shown = state, shown

    def _read(self, query: str) -> tuple[State, list[str]]:
        return read(query) if query.strip("?") else (State(Side(self._first)), [])

    def _look(self, state: State) -> None:
        """Show what an address says, or as much of it as can be played, and tell the rest."""
        told = list(self.problems)
        try:
            self._show(state)
        except Exception as error:
            if not isinstance(error, comity.ScenarioError | ValueError):
                LOG.exception("an address could not be shown")
            kept, wrong = playable(state, self._first)
            told += wrong or [str(error)]
            try:
                self._show(kept)
            except Exception:
                LOG.exception("not even what was left of an address could be shown")
                told.append("This link could not be played; the page starts afresh.")
                self._show(State(Side(self._first)))
        self.problems = told

    def _play(self) -> None:
        self.shown = self.projector.play(self.shown, self.state, self.seed, self.edited)

    def _facts(self) -> dict[str, Any]:
        return {
            "serial": self._serial,
            "problems": list(self.problems),
            "seed": str(self.seed),
            "undo": len(self._past),
            "redo": len(self._future),
            "address": written(replace(self.state, at="", view=())),
            "whole": holds_all(self.state),
            "at": self.state.at,
            "view": dict(self.state.view),
            "until": self.until,
            "edited": self.edited,
            "many": self.pages() > MANY,
            "a": facts_of(self.state.a),
            "b": None if self.state.b is None else facts_of(self.state.b),
            **self._extra,
        }


def _seed(state: State) -> int:
    return state.seed if state.seed is not None else int(presets.resolved(state.a).value("run.seed"))


def _side(payload: Payload) -> str:
    return "b" if payload.get("side") == "b" else "a"


def _in_time(moves: tuple[Move, ...]) -> tuple[Move, ...]:
    return tuple(sorted(moves, key=lambda move: move.date))
