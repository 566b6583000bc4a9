"""What each lever has done so far: at once for the run that is shown, over many runs and in shares when asked for."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import solara

import comity
from comity import film
from dashboard.session import Session, Shown

Payload = Mapping[str, Any]
KEPT: Final = 128
BETWEEN_NEWS: Final = 0.25
"""Seconds between two words on how far something long has come."""
MOST_RUNS: Final = 500
SHARES_OF: Final = ("integration", "respect", "trust", "challenger_share", "resentment")
"""Outcomes of which shares are told."""


@dataclass(frozen=True)
class Question:
    """A run up to a quarter; equal where the answer is."""

    digest: str
    moves: tuple[Any, ...]
    seed: int
    quarter: int
    scenario: comity.Scenario = field(compare=False, repr=False)


@functools.lru_cache(maxsize=KEPT)
def of_this_run(question: Question) -> Mapping[str, Any]:
    """What each lever did in the run that is shown, up to the quarter."""
    asked = question
    return film.effects_so_far(asked.scenario, moves=asked.moves, seed=asked.seed, quarter=asked.quarter)


class Tally:
    """One user's question of what the levers did. `told` is replaced, never changed; `changed` is called then."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.changed: Callable[[], None] = lambda: None
        self.told: dict[str, Any] | None = None
        self._question: Question | None = None
        self._stop = threading.Event()

    def receive(self, message: Payload) -> None:
        """A message of the panel: `do` is one of the methods below."""
        answers = {"ask": self.ask, "many": self.many, "shares": self.shares, "stop": self.stop, "shut": self.shut}
        try:
            answers[str(message.get("do"))](message)
        except (ValueError, KeyError, TypeError, comity.ScenarioError) as error:
            self._tell(problem=str(error), progress=None)

    def ask(self, message: Payload) -> None:
        """What each lever did on a `side` up to a `quarter` of the run that is shown."""
        question = self._asked(message)
        if question == self._question and self.told and self.told.get("one"):
            return
        self._question = question
        self._stop.set()
        self.told = {"one": None, "many": None, "shares": None, "progress": None, "problem": "", "waits": True}
        self.changed()
        self._later("effects", lambda: {"one": of_this_run(question), "waits": False}, question)

    def many(self, message: Payload) -> None:
        """The same over many runs under the same luck, with intervals."""
        runs = min(max(int(message.get("runs", 50)), 2), MOST_RUNS)
        question, stop = self._begin(message)

        def work() -> Any:
            return {
                "many": film.effects_so_far(
                    question.scenario, moves=question.moves, seed=question.seed, quarter=question.quarter, runs=runs,
                    workers=1, stop=stop, progress=self._progress(stop, "many"),
                )
            }  # fmt: skip

        self._later("effects-many", work, question, slow=True)

    def shares(self, message: Payload) -> None:
        """What each lever adds to the outcomes of the whole run: Shapley shares, which add up to the total."""
        runs = min(max(int(message.get("runs", 20)), 2), MOST_RUNS)
        question, stop = self._begin(message)

        def work() -> Any:
            whole = film.with_moves(question.scenario, question.moves)
            found = comity.effects(
                whole, outcome=list(SHARES_OF), runs=runs, seed=question.seed, workers=1,
                progress=self._progress(stop, "shares"),
            )  # fmt: skip
            return {"shares": {name: each.document() for name, each in found.items()}}

        self._later("effects-shares", work, question, slow=True)

    def stop(self, message: Payload) -> None:
        """Nobody waits for it any more."""
        self._stop.set()
        self._tell(progress=None)

    def shut(self, message: Payload) -> None:
        """The panel was closed."""
        self._stop.set()
        self._question = self.told = None
        self.changed()

    def _asked(self, message: Payload) -> Question:
        session = self.session
        side = "b" if message.get("side") == "b" and session.state.b is not None else "a"
        last = int(session.films[f"film_{side}"].until) - 1
        quarter = min(max(int(message["quarter"]), 0), last)
        scenario = session.scenario(side)
        return Question(scenario.digest, session.moves(side), session.seed, quarter, scenario)

    def _begin(self, message: Payload) -> tuple[Question, threading.Event]:
        if self._question is None:
            raise ValueError("ask what the levers did in this run first")
        self._stop.set()
        self._stop = threading.Event()
        self._tell(progress={"what": str(message.get("do")), "done": 0, "all": 1}, problem="")
        return self._question, self._stop

    def _progress(self, stop: threading.Event, what: str) -> Callable[[int, int], None]:
        told = [0.0]

        def progress(done: int, all_: int) -> None:
            if stop.is_set() or self.session.closed():
                stop.set()
                raise film.Cancelled
            if done < all_ and time.monotonic() - told[0] > BETWEEN_NEWS:
                told[0] = time.monotonic()
                with self.session.guard():
                    self._tell(progress={"what": what, "done": done, "all": all_})

        return progress

    def _later(self, name: str, work: Callable[[], Any], question: Question, slow: bool = False) -> None:
        def guarded() -> Any:
            try:
                return work()
            except film.Cancelled:
                return {}
            except (ValueError, comity.ScenarioError) as error:
                return {"problem": str(error), "waits": False}

        def then(found: Any) -> None:
            if self._question is question:
                self._tell(**found, progress=None)

        self.session.later(name, guarded, then, slow)

    def _tell(self, **news: Any) -> None:
        if self.told is not None:
            self.told = self.told | news
            self.changed()


@solara.component_vue("components/effects.vue", vuetify=False)
def EffectsPanel(told: Any = None, event_tally: Callable[[Payload], None] | None = None) -> None:
    """The panel of what each lever did."""


@solara.component
def Effects(session: Session, shown: Shown) -> None:
    """What each lever did so far."""
    tally = solara.use_memo(lambda: Tally(session), [])
    _, render = solara.use_state(0)
    tally.changed = lambda: render(lambda count: count + 1)
    EffectsPanel(told=tally.told, event_tally=tally.receive)
