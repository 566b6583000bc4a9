"""A second run beside the first, under the same luck: chosen here, told apart here, and taken away again."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import solara

import comity
from comity import film
from dashboard import presets
from dashboard.address import OWN, Side
from dashboard.exchange import uploaded
from dashboard.session import Session, Shown

Payload = Mapping[str, Any]


class Beside:
    """One user's choice of what stands beside. `problem` tells what was wrong with the last wish."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.changed: Callable[[], None] = lambda: None
        self.problems: list[str] = []

    def receive(self, message: Payload) -> None:
        """A wish of the panel: `do` is one of the methods below."""
        self.problems = []
        wishes = {"put": self.put, "edit": self.edit, "swap": self.swap, "close": self.close, "file": self.file}
        try:
            wishes[str(message.get("do"))](message)
        except comity.ScenarioError as error:
            self.problems = [str(problem) for problem in error.problems[:8]]
        except (ValueError, KeyError, TypeError, IndexError) as error:
            self.problems = [str(error)]
        self.session.tell()
        self.changed()

    def put(self, message: Payload) -> None:
        """Another scenario by `name`, or side a `without_moves`, `before` a move, `without` a lever, or as a `copy`."""
        a = self.session.state.a
        what = str(message.get("what"))
        if what == "scenario":
            b = Side(str(message["name"]))
        elif what == "without_moves":
            b = replace(a, moves=(), nudge="")
        elif what == "before":
            b = replace(a, moves=a.moves[: int(message["move"])])
        elif what == "without":
            b = without(a, str(message["lever"]))
        else:
            b = a
        self.session.go(replace(self.session.state, b=b))

    def file(self, message: Payload) -> None:
        """A scenario file of the user's own; its errors are told with line and column."""
        name = str(message.get("name", "scenario.yaml"))[:80]
        self.problems = uploaded(message.get("text"), name)[1]
        if not self.problems:
            self.session.go(replace(self.session.state, b=Side(OWN, str(message["text"]))))

    def edit(self, message: Payload) -> None:
        """The levers are to be those of side a or of side b."""
        self.session.receive("edit", {"side": message.get("side")})

    def swap(self, message: Payload) -> None:
        """A becomes B and B becomes A."""
        self.session.receive("swap", {})

    def close(self, message: Payload) -> None:
        """One run alone again."""
        self.session.receive("compare", {"on": False})


def without(side: Side, lever: str) -> Side:
    """The side with a lever off throughout, whatever was planned or moved."""
    at = f"levers.{lever}."
    settings = {path: value for path, value in side.set if not path.startswith(at)} | {at + "on": False}
    moves = tuple(move for move in side.moves if not move.path.startswith(at))
    return replace(side, set=tuple(settings.items()), moves=moves)


def label(a: Side, b: Side, title: str, dates: list[str]) -> str:
    """What the second run is, in a few words, by how it differs from the first."""
    if b == a:
        return "a copy of A"
    same = (b.scenario, b.file) == (a.scenario, a.file)
    if same and replace(b, nudge="") == replace(a, nudge="") and b.nudge:
        found = film.nudge_from(b.nudge)
        return "" if found is None else f"A, but {found.words()} in {dates[found.quarter]}"
    if same and (b.set, b.nudge) == (a.set, a.nudge) and len(b.moves) < len(a.moves):
        if not b.moves:
            return "A without your moves"
        if b.moves == a.moves[: len(b.moves)]:
            return f"A as it was before {said(a.moves[len(b.moves)].path)} in {a.moves[len(b.moves)].date}"
    levers = sorted({said(path) for path, value in set(_flat(b)) ^ set(_flat(a)) if path.startswith("levers.")})
    if same and levers:
        return f"A with another {', '.join(levers[:3])}{' and more' if len(levers) > 3 else ''}"
    return title


def said(path: str) -> str:
    """The lever that a path is of, as people write it."""
    return path.split(".")[1].replace("_", " ")


def _flat(side: Side) -> list[tuple[str, str]]:
    settings = [(path, repr(value)) for path, value in side.set]
    return settings + [(move.path, f"{move.date} {move.value!r}") for move in side.moves]


@functools.cache
def outcomes() -> dict[str, dict[str, str]]:
    """What each outcome is called, means, is counted in, and which way it is better."""
    return {
        each["name"]: {
            "title": each["claim"].partition(":")[0],
            "means": each["claim"].partition(": ")[2],
            "unit": each["unit"],
            "direction": each["direction"],
        }
        for each in comity.catalogue("outcomes")
    }


@functools.lru_cache(maxsize=16)
def _apart(a: Any, b: Any) -> Any:
    return film.difference(a, b)


def told(session: Session) -> dict[str, Any]:
    """What the panel shows: what could be put beside, and, if something is, what it is."""
    # a page may be drawn while another film is being made: only what can be played is told
    films = session.films
    a, b = session.state.a, session.state.b if films.get("film_b") is not None else None
    found: dict[str, Any] = {
        "a": {"title": session.scenario("a").title, "scenario": a.scenario},
        "moves": [
            {"date": move.date, "lever": said(move.path), "path": move.path, "value": move.value} for move in a.moves
        ],
        "levers": list(films["film_a"].header["levers"]),
        "edited": session.edited,
        "b": None,
    }
    if b is not None:
        title, dates = session.scenario("b").title, films["film_b"].header["dates"]
        found["b"] = {"title": title, "label": label(a, b, title, dates), "scenario": b.scenario}
    return found


@solara.component_vue("components/compare.vue", vuetify=False)
def ComparePanel(
    told: Any = None,
    apart: Any = None,
    offered: Any = None,
    outcomes: Any = None,
    problems: Any = None,
    event_wish: Callable[[Payload], None] | None = None,
) -> None:
    """The panel of the two sides."""  # fmt: skip


@solara.component
def Compare(session: Session, shown: Shown) -> None:
    """A and B: what stands beside, and what is different."""
    beside = solara.use_memo(lambda: Beside(session), [])
    _, render = solara.use_state(0)
    beside.changed = lambda: render(lambda count: count + 1)
    a, b = session.films.get("film_a"), session.films.get("film_b")
    apart = None if a is None or b is None else _apart(a, b).buffer
    ComparePanel(
        told=told(session),
        apart=apart,
        offered=presets.offered(),
        outcomes=outcomes(),
        problems=beside.problems,
        event_wish=beside.receive,
    )
