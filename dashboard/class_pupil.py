"""A student's page: what it shows of the class, and one answer for each thing that a student can do.

It knows nothing of Solara: `changed` is called when there is something new to show. What a browser says is believed of
its own student only, and only within the budget and the quarters that are still open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import comity
from comity.film import roles
from dashboard import class_play as play
from dashboard.class_file import ClassError, Snapshot, Student, Work
from dashboard.class_room import Room

Payload = Mapping[str, Any]


class Pupil:
    """One browser's seat in the class. `facts` are plain values, `film` bytes up to the quarter that is open."""

    def __init__(self, room: Room, browser: str) -> None:
        self.changed: Callable[[], None] = lambda: None
        self._room = room
        self._browser = browser
        self._error = ""
        self._key: Any = None
        self._student: int | None = None
        self._seen: Any = None
        self.film: bytes | None = None
        self.levers: list[dict[str, Any]] | None = None
        self.facts: dict[str, Any] = {}
        self._look(room.store.snapshot())

    def hear(self, snapshot: Snapshot) -> None:
        """The class has changed; most of what others do changes nothing here."""
        if self._mine(snapshot) == self._seen:
            return
        before = self.facts
        self._look(snapshot)
        if before != self.facts:
            self.changed()

    def _mine(self, snapshot: Snapshot) -> Any:
        """What of a snapshot this page shows."""
        seat = next((seat for seat in snapshot.seats if seat.student == self._student), None)
        return replace(snapshot, revision=0, seats=()), seat

    def receive(self, name: str, payload: Payload) -> None:
        """Does what the student asks, or says why not."""
        answer = {"join": self._join, "predict": self._predict, "lever": self._lever, "back": self._back}.get(name)
        if answer is None:
            return
        try:
            self._error = ""
            answer(payload)
        except ClassError as error:
            self._error = str(error)
        except comity.ScenarioError as error:
            self._error = error.problems[0].message
        except (ValueError, KeyError, TypeError, AttributeError):
            self._error = "The page sent something that it should not. Please load it again."
        self._room.watch.poke()
        self._look(self._room.store.snapshot())
        self.changed()

    def _join(self, payload: Payload) -> None:
        self._room.store.join(self._browser, str(payload["name"])[:200], play.ROLE_NAMES)

    def _predict(self, payload: Payload) -> None:
        asked = {question["name"]: question for question in play.questions(self._room.store.snapshot().scenario)}
        answers: dict[str, float] = {}
        for name, value in dict(payload["answers"]).items():
            question, answer = asked[name], float(value)
            low, high = question.get("low", 0.0), question.get("high", 1.0)
            if not low <= answer <= high:
                raise ClassError(f"A prediction lies between {low:g} and {high:g}.")
            answers[name] = answer
        self._room.store.predict(self._browser, answers)

    def _lever(self, payload: Payload) -> None:
        """A lever is taken to a strength, from the first quarter that is not open yet."""
        store = self._room.store
        own, snapshot, work = store.student(self._browser), store.snapshot(), store.work(self._browser)
        if own is None:
            raise ClassError("You are not in the class any more. Please join again.")
        if snapshot.quarter >= snapshot.quarters:
            raise ClassError("The years are over; a lever can no longer be moved.")
        scenario = play.scenario(snapshot.scenario)
        lever, strength = str(payload["lever"]), float(payload["strength"])
        moves = roles.moved_to(scenario, work.moves, snapshot.quarter, lever, strength)
        spent, points = roles.spent(scenario, moves, own.role), roles.role(own.role).points
        if spent > points:
            raise ClassError(f"That would bring you to {spent:.1f} points, and you have {points:g}. Choose.")
        store.play(self._browser, moves, spent)

    def _back(self, payload: Payload) -> None:
        """What was moved since the last quarter was opened is taken back, as if it had not been."""
        store = self._room.store
        own, snapshot, work = store.student(self._browser), store.snapshot(), store.work(self._browser)
        if own is not None:
            lever = f"levers.{payload['lever']}."
            moves = [move for move in work.moves if move[0] < snapshot.quarter or not move[1].startswith(lever)]
            store.play(self._browser, moves, roles.spent(play.scenario(snapshot.scenario), moves, own.role))

    def _look(self, snapshot: Snapshot) -> None:
        own = self._room.store.student(self._browser)
        self._student = None if own is None else own.student
        self._seen = self._mine(snapshot)
        self.facts = self._class_facts(snapshot) if own is None else self._own_facts(snapshot, own)
        if own is None:
            self.levers, self.film, self._key = None, None, None

    def _class_facts(self, snapshot: Snapshot) -> dict[str, Any]:
        scenario = play.scenario(snapshot.scenario)
        return {
            "joined": None,
            "error": self._error,
            "state": snapshot.state,
            "round": snapshot.round,
            "title": scenario.title,
            "story": scenario.story,
            "address": self._room.address,
            "length": 24,
        }

    def _own_facts(self, snapshot: Snapshot, own: Student) -> dict[str, Any]:
        work = self._room.store.work(self._browser)
        name, dates = snapshot.scenario, play.dates(snapshot.scenario)
        self.levers = play.prices(name, own.role)
        self._cut(snapshot, own, work)
        last = min(snapshot.quarter, len(dates) - 1)
        facts = self._class_facts(snapshot) | {
            "joined": own.name,
            "role": own.role,
            "card": play.card(name, own.role),
            "quarter": snapshot.quarter,
            "quarters": snapshot.quarters,
            "from": dates[last],
            "open": dates[snapshot.quarter - 1] if snapshot.quarter else "",
            "first": dates[0],
            "last": dates[-1],
            "questions": play.questions(name),
            "answers": dict(work.answers),
            "spent": work.spent,
            "moves": [
                {
                    "quarter": q,
                    "date": dates[q],
                    "lever": path.split(".")[1],
                    "what": path.split(".")[2],
                    "value": value,
                }
                for q, path, value in work.moves
            ],
            "standing": roles.standing(play.scenario(name), work.moves, last),
            "verdict": None,
        }
        if work.result is not None:
            facts["verdict"] = play.verdict(name, own.role, work.answers, work.result)
        return facts

    def _cut(self, snapshot: Snapshot, own: Student, work: Work) -> None:
        """The film of the student's policy, up to the quarter that is open: what comes later stays here."""
        run = play.run_of(snapshot, own.student)
        past = tuple(move for move in work.moves if move[0] < snapshot.quarter)
        key = (snapshot.scenario, snapshot.seed, run, snapshot.quarter, past)
        if key == self._key:
            return
        self._key = key
        self.film = None
        if snapshot.quarter:
            self.film = play.reel(snapshot.scenario, snapshot.seed, run, past, snapshot.quarter)
