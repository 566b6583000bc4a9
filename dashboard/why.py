"""A click becomes a story: told off the socket's thread, kept for whoever asks the same, and cut at the clock."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import solara

import comity
from comity import film
from dashboard.address import Side
from dashboard.session import Session, Shown

Payload = Mapping[str, Any]
KEPT: Final = 64
"""Stories kept, of all users; one is some 100 KB."""
ROUTINE, NOTABLE = 0, 1
"""Weights of decisions."""
BETWEEN_NEWS: Final = 0.25
"""Seconds between two words on how far something long has come."""

DECISIONS: Final[Mapping[str, str]] = {
    "threat_with_demand": "threat", "challenger_enters": "election", "challenger_leaves": "election",
    "adoption": "text", "rejection": "text", "policy": "move",
}  # fmt: skip
"""What was decided where something happened, if it has another name."""


@dataclass(frozen=True)
class Question:
    """Whose decisions, which quarters (as `Run.why` takes them), until when, of which run; equal if the answer is."""

    digest: str
    moves: tuple[Any, ...]
    nudge: str
    seed: int
    member: str | None
    quarter: int | str | None
    until: int
    scenario: comity.Scenario = field(compare=False, repr=False)


class Stopped(Exception):
    """Nobody waits for it any more."""


@functools.lru_cache(maxsize=KEPT)
def answer(question: Question) -> Mapping[str, Any]:
    """The story as a page shows it, of the whole run without what is routine.

    ValueError for a member or a quarter that there is none of.
    """
    asked = question
    return film.why(
        asked.scenario, asked.member, asked.seed, asked.moves, asked.quarter, nudge=asked.nudge or None,
        least=ROUTINE if asked.quarter is not None else NOTABLE, until=asked.until,
    ).page()  # fmt: skip


def opened(cards: list[Mapping[str, Any]], event: str | None, measure: int | None) -> int | None:
    """The card to open: the decision behind an event, or else the greatest, the latest of several."""
    if not cards:
        return None
    decision = DECISIONS.get(event or "", event)
    fits = [k for k, card in enumerate(cards) if card["decision"] == decision]
    exact = [k for k in fits if measure is None or card_is(cards[k], measure)]
    if exact or fits:
        return (exact or fits)[-1]
    return max(range(len(cards)), key=lambda k: (cards[k]["weight"], k)) if event is None else None


def card_is(card: Mapping[str, Any], measure: int) -> bool:
    """Whether a card is about a measure."""
    return bool(card["measure"] == measure)


class Desk:
    """What one user asked last, and the answer. `told` is replaced, never changed; `changed` is called then."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.changed: Callable[[], None] = lambda: None
        self.told: dict[str, Any] | None = None
        self._question: Question | None = None
        self._side = Side()
        self._stop = threading.Event()

    def receive(self, message: Payload) -> None:
        """A message of the panel; what is wrong with it is told in place."""
        answers = {"ask": self.ask, "levers": self.levers, "stop": self.stop, "shut": self.shut,
                   "beside": self.beside, "kept": self.kept}  # fmt: skip
        try:
            answers[str(message.get("do"))](message)
        except (ValueError, KeyError, TypeError, IndexError) as error:
            self._tell(problem=f"{error}")

    def ask(self, message: Payload) -> None:
        """Whose story is wanted, and when: `side`, `member` or null, `quarter`, `span`, `event`, `measure`, `at`."""
        session = self.session
        side = "b" if message.get("side") == "b" and session.state.b is not None else "a"
        scenario, quarter = session.scenario(side), int(message["quarter"])
        last = int(session.films[f"film_{side}"].until) - 1
        quarter, at = min(quarter, last), min(int(message.get("at", quarter)), last)
        spans: dict[str, int | str | None] = {"quarter": quarter, "year": _year(scenario, quarter), "all": None}
        member = None if message.get("member") is None else str(message["member"])
        self._side = session.state.side(side)
        moves, nudge = session.moves(side), self._side.nudge
        span = spans[str(message.get("span", "quarter"))]
        # nobody reads ahead of the clock
        until = quarter if span == quarter else at
        question = Question(scenario.digest, moves, nudge, session.seed, member, span, until, scenario)
        self._question = question
        self.stop(message)
        event, measure, serial = message.get("event"), message.get("measure"), message.get("serial")

        def work() -> Any:
            try:
                return answer(question)
            except (ValueError, comity.ScenarioError) as error:
                return str(error)

        def then(found: Any) -> None:
            if self._question is not question:
                return
            if isinstance(found, str):
                self.told = {"serial": serial, "story": None, "problem": found, "progress": None}
            else:
                more = {"opened": opened(found["cards"], event, measure), "digest": question.digest}
                story = {**found, **more, "levers": None, "nudged": bool(nudge)}
                self.told = {"serial": serial, "story": story, "problem": "", "progress": None}
            self.changed()

        session.later("why", work, then)

    def levers(self, message: Payload) -> None:
        """Which lever would have kept it in: the run is played again for each, as long as somebody waits."""
        question, stop = self._question, threading.Event()
        if question is None or question.member is None:
            return
        self._stop.set()
        self._stop = stop
        told = [0.0]

        def progress(done: int, all_: int) -> None:
            if stop.is_set() or self.session.closed():
                raise Stopped
            if time.monotonic() - told[0] > BETWEEN_NEWS and done < all_:
                told[0] = time.monotonic()
                with self.session.guard():
                    self._tell(progress=[done, all_])

        def work() -> Any:
            try:
                return film.keeping(question.scenario, question.member, question.seed, question.moves, progress)
            except Stopped:
                return None

        def then(found: Any) -> None:
            if self._question is question and self.told and self.told["story"] and not stop.is_set():
                self.told = self.told | {"progress": None, "story": self.told["story"] | {"levers": found}}
                self.changed()

        self._tell(progress=[0, 1])
        self.session.later("why-levers", work, then, slow=True)

    def stop(self, message: Payload) -> None:
        """Nobody waits for the levers any more."""
        self._stop.set()
        self._tell(progress=None)

    def shut(self, message: Payload) -> None:
        """The panel was closed."""
        self.stop(message)
        self._question = self.told = None
        self.changed()

    def beside(self, message: Payload) -> None:
        """The run as it was, and beside it the run with the one thing changed that turns the decision."""
        story = self.told["story"] if self.told else None
        if story is None:
            return
        card = story["cards"][int(message["card"])]
        turn = card["turns"][int(message["turn"])]
        nudge = film.nudge_from({**card, **turn, "value": turn["after"]})
        side = replace(self._side, nudge="" if nudge is None else nudge.text())
        self._put(side, f"{turn['change']} ({card['date']})")

    def kept(self, message: Payload) -> None:
        """The run as it was, and beside it the run with a lever that keeps the member in."""
        lever, strength = str(message["lever"]), float(message["strength"])
        at = f"levers.{lever}."
        changes: dict[str, Any] = {at + "on": strength > 0.0, at + "strength": strength}
        changes |= {at + "from": None, at + "until": None, at + "schedule": None}
        side = self._side
        settings = {**dict(side.set), **changes}
        moves = tuple(move for move in side.moves if not move.path.startswith(at))
        kept = tuple((path, value) for path, value in settings.items() if value is not None)
        self._put(replace(side, set=kept, moves=moves), f"{lever.replace('_', ' ')} at {strength:g} from the start")

    def _put(self, side: Side, label: str) -> None:
        self.session.go(replace(self.session.state, a=self._side, b=side))
        self.session.tell(label_b=label)

    def _tell(self, **news: Any) -> None:
        if self.told is not None:
            self.told = self.told | news
            self.changed()


def _year(scenario: comity.Scenario, quarter: int) -> str:
    return str(int(scenario.value("run.start")) + quarter // 4)


@solara.component_vue("components/why.vue", vuetify=False)
def WhyPanel(told: Any = None, event_desk: Callable[[Payload], None] | None = None) -> None:
    """The panel: what was weighed, and what would have turned it."""


@solara.component
def Why(session: Session, shown: Shown) -> None:
    """The story of what the user clicked."""
    desk = solara.use_memo(lambda: Desk(session), [])
    _, render = solara.use_state(0)
    desk.changed = lambda: render(lambda count: count + 1)
    WhyPanel(told=desk.told, event_desk=desk.receive)
