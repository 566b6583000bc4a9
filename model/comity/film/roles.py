"""Roles for a class: five seats at one table, each with a goal, figures of its own, and points to move levers with.

What is here is a game laid over the model, not a part of it: points are a price that makes students choose, weights are
a goal that they can argue about. A score compares a run with the run under the same luck in which nobody moved a lever,
so that it is the policy that is judged and not the weather.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from comity.arithmetic import clip
from comity.film.making import Film
from comity.film.moves import Timeline, read_moves, timelines
from comity.runs.scenario import Scenario
from comity.scenario.catalogue import strength
from comity.world import INSIDE, QUARTERS_PER_YEAR

GROUP_POINTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "money": 12.0,
        "capacity": 12.0,
        "obligation": 10.0,
        "decision": 10.0,
        "openness": 8.0,
        "flexibility": 8.0,
        "voice": 6.0,
    }
)
"""Points for moving a lever by one whole strength: what costs money is dear, what costs talk is cheap."""
NEAR: Final = 0.5
"""What a role pays in the fields that are its own, as a share of the price."""

PAYER: Final = "payer"
"""The pick of the member with the largest income."""
OWN: Final = ("trust", "grievance", "respect", "challenger")
"""What is told of a role's own member, as `own_trust` and so on."""


@dataclass(frozen=True)
class Role:
    """A seat: `weights` are its goal (more of it is better, or less where negative), of absolute sum 1.

    `near` are the groups of levers that it moves at half the price; `picks` is the column by which its member is found:
    the one with the most of it, or the least where it begins with a minus.
    """

    name: str
    title: str
    shape: str
    goal: str
    information: str
    points: float
    near: tuple[str, ...]
    picks: str
    weights: Mapping[str, float]


ROLES: Final = (
    Role(
        "secretariat",
        "Secretariat",
        "circle",
        "Deepen what is in force and truly carried out, and keep every member in.",
        "You are told what all have signed and how much of it is carried out.",
        36.0,
        ("capacity", "openness"),
        "",
        MappingProxyType({"integration": 0.5, "implementation_true": 0.2, "exits": -0.3}),
    ),
    Role(
        "reluctant",
        "Reluctant member",
        "square",
        "Be asked for as little as possible against your will, without having to leave.",
        "You are told how your own public and parliament see the union.",
        30.0,
        ("flexibility",),
        "-preference",
        MappingProxyType({"own_respect": 0.4, "own_grievance": -0.3, "respect_worst_tenth": 0.3}),
    ),
    Role(
        "reformer",
        "Reformer",
        "triangle",
        "Make the union open and worth its citizens' trust, at home and everywhere.",
        "You are told how free and how able the governments at the table are.",
        30.0,
        ("voice", "openness"),
        "democracy",
        MappingProxyType({"legitimacy": 0.4, "respect": 0.3, "challenger_share": -0.3}),
    ),
    Role(
        "creditor",
        "Creditor",
        "diamond",
        "Your taxpayers pay most: see that what was agreed is done, and keep the challengers at home small.",
        "You are told what you pay and who pays with you.",
        30.0,
        ("money", "obligation"),
        PAYER,
        MappingProxyType({"implementation_true": 0.4, "overdue_share": -0.2, "own_challenger": -0.4}),
    ),
    Role(
        "small-state",
        "Small state",
        "cross",
        "Be heard, gain as much as the large ones do, and keep your people's trust.",
        "You are told what your administration can carry.",
        30.0,
        ("voice", "capacity"),
        "-population",
        MappingProxyType({"own_trust": 0.4, "own_respect": 0.3, "inequality_between": -0.3}),
    ),
)

SPANS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "integration": 0.05,
        "implementation_true": 0.2,
        "exits": 2.0,
        "respect": 0.1,
        "respect_worst_tenth": 0.2,
        "legitimacy": 0.06,
        "challenger_share": 0.06,
        "overdue_share": 0.03,
        "inequality_between": 0.05,
        "own_trust": 0.08,
        "own_grievance": 0.08,
        "own_respect": 0.2,
        "own_challenger": 0.08,
    }
)
"""The difference from the run without moves that earns all points of a part: about the largest between two packages."""

LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "integration": "Integration",
        "implementation_true": "Truly carried out",
        "exits": "Members that left",
        "respect": "Respect",
        "respect_worst_tenth": "Respect for those respected least",
        "legitimacy": "Legitimacy",
        "challenger_share": "Challengers' share of the vote",
        "overdue_share": "Overdue obligations",
        "inequality_between": "Inequality between members",
        "trust": "Trust in the organization",
        "own_trust": "Trust at home",
        "own_grievance": "Grievance at home",
        "own_respect": "Respect for us",
        "own_challenger": "Challengers at home",
    }
)

SHARES: Final = frozenset(
    ("implementation_true", "challenger_share", "overdue_share", "trust", "own_trust", "own_challenger")
)
"""Outcomes that are shares of something and read best in percent."""


def unit(name: str) -> str:
    """How an outcome is written: "share" in percent, "members" as a count, "index" with two decimals."""
    return "members" if name == "exits" else "share" if name in SHARES else "index"


def role(name: str) -> Role:
    """A role by its name. ValueError names those that there are."""
    for one in ROLES:
        if one.name == name:
            return one
    raise ValueError(f"no role is called {name!r}; there are {', '.join(each.name for each in ROLES)}")


def seat(scenario: Scenario, name: str) -> int | None:
    """The row of the member whose seat a role has, among the scenario's members; None for the secretariat.

    No two roles have the same member, where there are enough of them; the one that pays most is found first.
    """
    wanted = role(name)
    if not wanted.picks:
        return None
    taken: set[int] = set()
    for one in sorted((each for each in ROLES if each.picks), key=lambda each: each.picks != PAYER):
        found = _most(scenario, one.picks, taken)
        if one is wanted:
            break
        taken.add(found)
    return found


def _most(scenario: Scenario, picks: str, taken: set[int]) -> int:
    members, inside = members_on_first_day(scenario)
    column = picks.removeprefix("-")
    figures = members["income"] * members["population"] if column == PAYER else members[column].astype(float)
    figures = -figures if picks.startswith("-") else figures
    order = [int(row) for row in np.argsort(-figures, kind="stable") if inside[row]]
    return next((row for row in order if row not in taken), order[0])


def members_on_first_day(scenario: Scenario) -> tuple[Any, Any]:
    """The members' rows on the first day, and which of them are inside then."""
    members = scenario.first_day.world.members
    return members, np.isin(members["standing"], INSIDE)


def card(scenario: Scenario, name: str) -> dict[str, Any]:
    """What a student is told of the role: words, points, the member it sits for, and figures that only it is shown."""
    one, row = role(name), seat(scenario, name)
    told = {key: getattr(one, key) for key in ("name", "title", "shape", "goal", "information", "points")}
    member = None
    if row is not None:
        member = {"iso3": str(scenario.first_day.members[row]), "name": _name(scenario, row)}
    parts = [{"label": LABELS[key], "weight": weight} for key, weight in one.weights.items()]
    return {**told, "near": list(one.near), "member": member, "parts": parts, "facts": _facts(scenario, one, row)}


def _facts(scenario: Scenario, one: Role, row: int | None) -> list[dict[str, str]]:
    members, within = members_on_first_day(scenario)
    inside = members[within]
    weights = inside["population"] / inside["population"].sum()
    if row is None:
        return [
            {"label": "Members", "text": str(len(inside))},
            {"label": "Public that trusts you", "text": _percent(float(weights @ inside["trust"]))},
            {"label": "Members with weak administrations", "text": str(int((inside["capacity"] < 0.5).sum()))},
            {"label": "Least willing government", "text": _name(scenario, _most(scenario, "-preference", set()))},
        ]
    own = members[row]
    shown = {
        "reluctant": ("trust", "challenger", "identity", "grievance"),
        "reformer": ("democracy", "judiciary", "trust", "challenger"),
        "creditor": ("dues", "trust", "challenger", "capacity"),
        "small-state": ("capacity", "dues", "trust", "judiciary"),
    }[one.name]
    income = inside["income"] * inside["population"]
    figures = {"dues": float(own["income"] * own["population"] / income.sum())}
    figures |= {key: float(own[key]) for key in shown if key != "dues"}
    words = {
        "trust": "Public that trusts the union",
        "challenger": "Challengers' share of the vote",
        "identity": "Public that feels national only",
        "grievance": "Grievance, of 100",
        "democracy": "Liberal democracy, of 100",
        "judiciary": "Strength of your courts, of 100",
        "capacity": "Strength of your administration, of 100",
        "dues": "Your share of the union's income",
    }
    return [{"label": words[key], "text": _told(key, figures[key])} for key in shown]


def _told(key: str, value: float) -> str:
    return f"{100 * value:.0f}" if key in ("grievance", "democracy", "judiciary", "capacity") else _percent(value)


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %" if value < 0.1 else f"{100 * value:.0f} %"


def _name(scenario: Scenario, row: int) -> str:
    return str(scenario.value(f"region.members.{scenario.first_day.members[row]}.name"))


def price(scenario: Scenario, lever: str, name: str) -> float:
    """Points that a role pays for moving a lever by one whole strength."""
    group = str(scenario.catalogue.levers[lever].group)  # type: ignore[attr-defined]
    return GROUP_POINTS[group] * (NEAR if group in role(name).near else 1.0)


def prices(scenario: Scenario, name: str) -> list[dict[str, Any]]:
    """Every lever as a role sees it: what it claims and costs, the points, and how the scenario sets it on day one."""
    start = int(scenario.value("run.start"))
    told = []
    for lever, kind in scenario.catalogue.levers.items():
        scale = strength(kind).parameter
        line = Timeline.of(scenario.value(f"levers.{lever}"), start)
        group = str(kind.group)  # type: ignore[attr-defined]
        told.append(
            {
                "lever": lever,
                "title": lever.replace("_", " ").capitalize(),
                "group": group,
                "claim": kind.claim(),
                "price": kind.section("Price"),
                "points": price(scenario, lever, name),
                "near": group in role(name).near,
                "low": scale.low,
                "high": scale.high,
                "strength": float(line.at(0)),
            }
        )
    order = list(GROUP_POINTS)
    return sorted(told, key=lambda one: (not one["near"], order.index(str(one["group"])), str(one["title"])))


def standing(scenario: Scenario, moves: Iterable[Sequence[Any]], quarter: int) -> dict[str, float]:
    """The strength of every lever in a quarter, with moves made; 0 while it is off. ScenarioError for a bad move."""
    start = int(scenario.value("run.start"))
    moved = timelines(scenario, read_moves(scenario, moves))
    return {
        lever: float((moved.get(lever) or Timeline.of(scenario.value(f"levers.{lever}"), start)).at(quarter))
        for lever in scenario.catalogue.levers
    }


def moved_to(
    scenario: Scenario, moves: Iterable[Sequence[Any]], quarter: int, lever: str, strength: float
) -> list[tuple[int, str, Any]]:
    """The moves with a lever taken to a strength from a quarter on; 0 switches it off.

    It takes the place of what was said of the lever for that quarter; nothing is left of it where it changes nothing.
    ScenarioError for a lever or strength that is none.
    """
    kept = [(int(q), str(path), value) for q, path, value in moves
            if not (q == quarter and path.startswith(f"levers.{lever}."))]  # fmt: skip
    if lever not in scenario.catalogue.levers:
        raise ValueError(f"no lever is called {lever!r}")
    now = standing(scenario, kept, quarter)[lever]
    if strength == now:
        return kept
    if strength == 0.0:
        return [*kept, (quarter, f"levers.{lever}.on", False)]
    made: list[tuple[int, str, Any]] = [(quarter, f"levers.{lever}.strength", float(strength))]
    if now == 0.0:
        made.append((quarter, f"levers.{lever}.on", True))
    found = [*kept, *made]
    read_moves(scenario, found)
    return found


def levers_of(moves: Iterable[Sequence[Any]]) -> list[str]:
    """The levers that moves touch, by name, in the order in which they were first moved."""
    return list(dict.fromkeys(str(path).split(".")[1] for _, path, _ in moves))


def spent(scenario: Scenario, moves: Iterable[Sequence[Any]], name: str) -> float:
    """Points that a role has spent on moves: for each, how far it takes the lever, times the price.

    Taking a lever back costs again; only what the moves change is paid. ScenarioError for a move that is none.
    """
    start = int(scenario.value("run.start"))
    lines: dict[str, Timeline] = {}
    total = 0.0
    for move in read_moves(scenario, moves):
        before = lines.get(move.lever) or Timeline.of(scenario.value(f"levers.{move.lever}"), start)
        after = lines[move.lever] = before.moved(move.quarter, move.what, move.value)
        change = abs(after.at(move.quarter) - before.at(move.quarter))
        total += change * price(scenario, move.lever, name)
    return round(total, 6)


def values(film: Film, name: str) -> dict[str, float | None]:
    """What a role is judged by: the outcomes of a whole film, and its own member's last year. ValueError for a part."""
    outcomes = film.header["outcomes"]
    if outcomes is None:
        raise ValueError("a film that was cut has no outcomes: make it without `until`")
    row = seat(film.scenario, name)
    if row is None:
        return dict(outcomes)
    own = {f"own_{column}": _last_year(film, f"members.{column}", row) for column in OWN}
    return {**outcomes, **own}


def _last_year(film: Film, array: str, row: int) -> float:
    """The mean of a member's column over the last year, as the film tells it."""
    told = film.arrays[array]
    return float(told[-QUARTERS_PER_YEAR:, row].mean())


def score(name: str, values: Mapping[str, float | None], base: Mapping[str, float | None]) -> dict[str, Any]:
    """How near a run came to a role's goal: 50 is the run without moves, 0 and 100 are the ends of the scale.

    `values` and `base` are what `values()` gives for the run and for the run under the same luck without moves.
    A part that either of them lacks counts as unmoved.
    """
    parts, total = [], 0.0
    for key, weight in role(name).weights.items():
        value, without = values.get(key), base.get(key)
        share = 0.0 if value is None or without is None else clip((value - without) / SPANS[key], -1.0, 1.0)
        total += weight * share
        parts.append(
            {
                "name": key,
                "label": LABELS[key],
                "unit": unit(key),
                "value": value,
                "base": without,
                "weight": weight,
                "points": 50.0 * weight * share,
            }
        )
    return {"points": 50.0 + 50.0 * total, "parts": parts}
