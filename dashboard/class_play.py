"""What a class plays: films, prices, scores and boards, all asked of `comity.film`; nothing is computed here.

Whoever opens a page may ask for the same first day, base run or card: these are kept, by name and seed.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import comity
from comity import film
from comity.film import class_board, predictions, roles
from dashboard.class_file import Move, Snapshot
from dashboard.class_store import Store, policy_digest

ROLE_NAMES = tuple(role.name for role in roles.ROLES)


@functools.lru_cache(maxsize=32)
def scenario(name: str) -> comity.Scenario:
    """A shipped scenario by its name. ScenarioError where there is none."""
    return comity.load(name)


@functools.lru_cache(maxsize=1)
def offered() -> dict[str, list[dict[str, str]]]:
    """Regions and packages that a teacher can choose from."""
    return {
        kind: [{"name": str(one["name"]), "title": str(one["title"]), "claim": str(one["claim"])}
               for one in comity.catalogue(kind)]
        for kind in ("regions", "packages")
    }  # fmt: skip


def run_of(snapshot: Snapshot, student: int) -> int:
    """The run that a student plays: the same for all, or one for each seat."""
    return student if snapshot.luck == "own" else 0


@functools.lru_cache(maxsize=512)
def card(name: str, role: str) -> dict[str, Any]:
    """The role's card in a scenario."""
    return roles.card(scenario(name), role)


@functools.lru_cache(maxsize=512)
def prices(name: str, role: str) -> list[dict[str, Any]]:
    """The levers with what the role pays for them."""
    return roles.prices(scenario(name), role)


@functools.lru_cache(maxsize=32)
def questions(name: str) -> list[dict[str, Any]]:
    """What is asked before a run."""
    return predictions.questions(scenario(name))


@functools.lru_cache(maxsize=2048)
def base(name: str, seed: int, run: int, role: str) -> Mapping[str, Any]:
    """What the run without moves comes to, as the role is judged."""
    return roles.values(filmed(name, seed, run, (), len(dates(name))), role)


def filmed(name: str, seed: int, run: int, moves: Sequence[Move], until: int) -> film.Film:
    """A film of a policy, cut where the class stands."""
    return film.film(scenario(name), seed, moves, run=run, until=until)


@functools.lru_cache(maxsize=128)
def reel(name: str, seed: int, run: int, moves: tuple[Move, ...], until: int) -> bytes:
    """Such a film as it is sent. A reveal plays all, and then all look: what a class holds is kept until then."""
    return filmed(name, seed, run, moves, until).buffer


def result(snapshot: Snapshot, student: int, role: str, moves: Sequence[Move]) -> dict[str, Any]:
    """What a student's policy comes to, beside the run without moves."""
    run = run_of(snapshot, student)
    played = filmed(snapshot.scenario, snapshot.seed, run, moves, snapshot.quarters)
    reel(snapshot.scenario, snapshot.seed, run, tuple(moves), snapshot.quarters)
    return {
        "values": roles.values(played, role),
        "base": dict(base(snapshot.scenario, snapshot.seed, run, role)),
    }


def fill(store: Store) -> int:
    """Plays every policy of the round that nobody has played yet; returns how many."""
    missing, snapshot = store.without_result(), store.snapshot()
    for student, moves in missing:
        found = result(snapshot, student.student, student.role, moves)
        store.put_result(snapshot.round, student.student, policy_digest(moves), found)
    return len(missing)


def verdict(name: str, role: str, answers: Mapping[str, float], found: Mapping[str, Any]) -> dict[str, Any]:
    """Score and foresight of one student, from what is kept of the run."""
    return {
        "score": roles.score(role, found["values"], found["base"]),
        "foresight": predictions.judged(scenario(name), answers, found["values"], found["base"]),
    }


def board(store: Store) -> dict[str, Any] | None:
    """The class's board; None until the round is revealed."""
    snapshot = store.snapshot()
    if snapshot.state != "revealed":
        return None
    told = []
    for one in store.results():
        judged = verdict(snapshot.scenario, one.student.role, one.answers, one.result)
        told.append(
            {
                "name": one.student.name,
                "role": one.student.role,
                "levers": roles.levers_of(one.moves),
                "values": one.result["values"],
                "answers": one.answers,
                "score": judged["score"]["points"],
                "foresight": judged["foresight"]["points"],
            }
        )
    without = base(snapshot.scenario, snapshot.seed, 0, ROLE_NAMES[0])
    return class_board.class_board(without, told) | {"luck": snapshot.luck, "seed": snapshot.seed}


@functools.lru_cache(maxsize=32)
def dates(name: str) -> tuple[str, ...]:
    """The quarters of a scenario's run, as written: 2010Q1, ..."""
    return tuple(film.film(scenario(name), until=0).header["dates"])
