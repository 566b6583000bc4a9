"""The teacher's page: what it shows of the class, and one answer for each thing that a teacher can do.

It opens with the token that was printed at the start. The store asks again at every action whether this browser has
shown it, so that a page left open after a restart can do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import segno

import comity
from dashboard import class_play as play
from dashboard.class_file import ClassError, Snapshot
from dashboard.class_room import Room

Payload = Mapping[str, Any]
LARGEST_SEED = 2**53 - 1  # what a browser counts exactly


def picture_of(address: str) -> str:
    """The address as a QR code, in SVG: black, on whatever white it is laid."""
    return str(segno.make(address, error="m").svg_inline(border=2, omitsize=True, dark="black", title=address))


class Desk:
    """A teacher's browser, or one that would be."""

    def __init__(self, room: Room, browser: str, token: str = "") -> None:
        self.changed: Callable[[], None] = lambda: None
        self._room = room
        self._browser = browser
        self._error = ""
        self._board: tuple[Any, Any] = (None, None)
        self.film: bytes | None = None
        self.facts: dict[str, Any] = {}
        if token and not self._room.store.seat_teacher(browser, token):
            self._error = "That is not the token of this class. It was printed when the class was started."
        self._look(room.store.snapshot())

    @property
    def board(self) -> Any:
        """The class's board, once the round is revealed."""
        return self._board[1]

    def hear(self, snapshot: Snapshot) -> None:
        """The class has changed."""
        before = self.facts, self.board
        self._look(snapshot)
        if before != (self.facts, self.board):
            self.changed()

    def receive(self, name: str, payload: Payload) -> None:
        """Does what the teacher asks, or says why not."""
        store, who = self._room.store, self._browser
        answers: dict[str, Callable[[], object]] = {
            "token": lambda: self._show_token(str(payload["token"])),
            "set_up": lambda: self._set_up(payload),
            "open": lambda: store.open_round(who),
            "advance": lambda: store.advance(who, int(payload["quarters"])),
            "pause": lambda: store.pause(who),
            "resume": lambda: store.resume(who),
            "reveal": self._reveal,
            "reset": lambda: store.reset(who),
            "clear": lambda: store.reset(who, everybody=True),
            "remove": lambda: store.remove(who, int(payload["student"])),
        }
        if name not in answers:
            return
        try:
            self._error = ""
            answers[name]()
        except ClassError as error:
            self._error = str(error)
        except comity.ScenarioError as error:
            self._error = error.problems[0].message
        except (ValueError, KeyError, TypeError):
            self._error = "The page sent something that it should not. Please load it again."
        self._room.watch.poke()
        self._look(store.snapshot())
        self.changed()

    def _show_token(self, token: str) -> None:
        if not self._room.store.seat_teacher(self._browser, token.strip()):
            raise ClassError("That is not the token of this class. It was printed when the class was started.")

    def _set_up(self, payload: Payload) -> None:
        name, seed = str(payload["scenario"]), int(payload["seed"])
        if not 0 <= seed <= LARGEST_SEED:
            raise ClassError(f"A seed is a whole number from 0 to {LARGEST_SEED}.")
        parts = name.split("+")
        known = {kind: {one["name"] for one in names} for kind, names in play.offered().items()}
        if parts[0] not in known["regions"] or not set(parts[1:]) <= known["packages"]:
            raise ClassError(f"There is no scenario called “{name}”.")
        self._room.store.set_up(self._browser, name, seed, str(payload["luck"]), len(play.dates(name)))

    def _reveal(self) -> None:
        """Plays all policies before anybody sees one, and after the reveal those that came in meanwhile."""
        if self._room.store.is_teacher(self._browser):
            play.fill(self._room.store)
        self._room.store.reveal(self._browser)
        play.fill(self._room.store)

    def _look(self, snapshot: Snapshot) -> None:
        if not self._room.store.is_teacher(self._browser):
            self.facts, self._board, self.film = {"teacher": False, "error": self._error}, (None, None), None
            return
        name, seed, quarter = snapshot.scenario, snapshot.seed, snapshot.quarter
        # for the wall: the run in which nobody moves a lever, as far as it is open
        self.film = play.reel(name, seed, 0, (), quarter) if quarter else None
        scenario, dates = play.scenario(snapshot.scenario), play.dates(snapshot.scenario)
        titles = {role: play.card(snapshot.scenario, role) for role in play.ROLE_NAMES}
        self.facts = {
            "teacher": True,
            "error": self._error,
            "state": snapshot.state,
            "round": snapshot.round,
            "scenario": snapshot.scenario,
            "title": scenario.title,
            "story": scenario.story,
            "seed": snapshot.seed,
            "luck": snapshot.luck,
            "quarter": snapshot.quarter,
            "quarters": snapshot.quarters,
            "open": dates[snapshot.quarter - 1] if snapshot.quarter else "",
            "first": dates[0],
            "last": dates[-1],
            "seats": [
                {
                    "student": seat.student, "name": seat.name, "role": titles[seat.role]["title"],
                    "shape": titles[seat.role]["shape"], "predicted": seat.predicted, "moves": seat.moves,
                    "spent": seat.spent,
                }
                for seat in snapshot.seats
            ],
            "roles": [{key: card[key] for key in ("name", "title", "shape", "goal")} for card in titles.values()],
            "address": self._room.address,
            "reach": self._room.reach,
            "qr": picture_of(f"{self._room.address}/join"),
            "offered": play.offered(),
        }  # fmt: skip
        if self._board[0] != snapshot.revision:
            if snapshot.state == "revealed":
                play.fill(self._room.store)
            self._board = (snapshot.revision, play.board(self._room.store))
