"""A scenario becomes the first day of its world: tables filled in, plans laid out, uncertain numbers listed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from comity import chance, world
from comity.parameter import LogNormal, Normal, Parameter, Prior, Uniform
from comity.priors import DRAW, LOGNORMAL, NORMAL, UNIFORM
from comity.quarter import RULEBOOK
from comity.rulebook import Rulebook
from comity.scenario import Scenario
from comity.scenario.catalogue import strength
from comity.scenario.grammar import Condition, Move, conditions, moves
from comity.synthetic import generated
from comity.tables import Size, World
from comity.world.steering import SIGNALS

RULES: Final = {
    "consensus": world.CONSENSUS, "qualified_majority": world.QUALIFIED_MAJORITY, "two_thirds": world.TWO_THIRDS,
}  # fmt: skip
ENTRIES: Final = {
    "on_adoption": world.ON_ADOPTION, "each": world.EACH, "threshold": world.THRESHOLD, "all": world.ALL,
}  # fmt: skip
STANDINGS: Final = {"member": world.MEMBER, "candidate": world.CANDIDATE, "associate": world.ASSOCIATE}
NEIGHBOR_KM: Final = 800.0
"""Distance between capitals over which neighborhood fades to a third; a common border counts as much as nearness."""
EARTH_KM: Final = 6371.0
STEADY: Final = 0.7
"""Predictability of an organization on its first day, before it has announced anything."""
ORGANIZATION: Final = {
    "entry_threshold": "entry_threshold", "secretariat": "secretariat", "budget": "dues", "arrears": "arrears_rate",
    "donors": "donors", "pace": "pace", "depth": "depth", "specificity": "specificity",
    "acquis_measures": "acquis_measures",
}  # fmt: skip
"""Numbers of a scenario's organization, and the columns that take them as they are."""
AREA: Final = ("weight", "benefit", "sensitivity", "capacity_demand", "conflict", "visibility", "network")
"""Numbers of a policy area that columns of the same name take as they are."""
FIGURES: Final = (
    "democracy", "legislature", "judiciary", "capacity", "integrity", "income", "population", "preference", "position",
    "trust", "trust_national", "identity", "grievance", "challenger", "exposure_economic", "exposure_debt",
    "exposure_migration", "exposure_pandemic", "exposure_security",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Beginning:
    """The first day: the filled world, the numbers to draw, and the names of its rows.

    `members` are ISO-3 codes in the order of the rows; `areas` the names of the policy areas. `twin` is the same day
    without levers and without new measures: what it wants, it wants unpersuaded.
    """

    world: World
    twin: World
    draws: Any
    members: tuple[str, ...]
    areas: tuple[str, ...]
    start: int
    seed: int
    runs: int
    book: Rulebook


def quarters_from(point: Any, start: int) -> int:
    """Quarters from the first of January of `start` to a time point such as `2012` or `2012Q3`."""
    text = str(point)
    year, _, quarter = text.partition("Q")
    return (int(year) - start) * world.QUARTERS_PER_YEAR + (int(quarter) - 1 if quarter else 0)


def begin(scenario: Scenario, book: Rulebook = RULEBOOK) -> Beginning:
    """The first day of a scenario's world. ScenarioError if it has no region."""
    document = scenario.require_region().resolved
    start, years = int(document["run"]["start"]), int(document["run"]["years"])
    region = document["region"]
    figures = dict(sorted(generated(region, document["run"]["seed"]).items()))
    areas = tuple(document["areas"])
    lines = _lines(document, book)
    size = Size(len(figures), len(areas), years * world.QUARTERS_PER_YEAR, max(len(lines), 1))
    day = World(book, size)
    draws: list[tuple[int, Prior, float, float, str, int]] = []
    _set_clock(day, document, start)
    _set_members(day, figures, start, draws)
    _set_areas(day, document, areas)
    _set_organization(day, document["organization"], draws)
    _set_ties(day, figures, region.get("borders") or [])
    _set_shocks(day, document["shocks"], list(figures), region, scenario, start)
    _set_parameters(day, document, scenario, book, draws)
    if document["run"]["uncertainty"] == "none":
        draws.clear()  # every uncertain number stays at its middle
    _set_scales(day, book)
    twin = day.copy(book)
    twin.clock["twin"] = 1
    twin.org["pace"] = 0.0
    _set_levers(day, document, scenario, book, list(figures), areas, start)
    _set_instructions(day, lines, book)
    return Beginning(
        day, twin, _draw_table(draws), tuple(figures), areas, start,
        int(document["run"]["seed"]), int(document["run"]["runs"]), book,
    )  # fmt: skip


def _set_clock(day: World, document: Mapping[str, Any], start: int) -> None:
    clock = day.clock[0]
    clock.quarter = chance.SETUP
    clock.horizon = day.size.quarters
    covered = document["shocks"].get("covered")
    last = int(covered[1]) if covered and int(covered[0]) <= start else start - 1
    clock.chance_from = min(max((last + 1 - start) * world.QUARTERS_PER_YEAR, 0), day.size.quarters + 1)


def _middle(value: Any) -> tuple[float, Prior | None]:
    """The value to start from, and the prior where the figure is uncertain."""
    if not isinstance(value, Mapping):
        return float(value), None
    if "value" in value:
        return float(value["value"]), None
    if "normal" in value:
        mean, sd = value["normal"]
        return float(mean), Normal(float(mean), float(sd))
    if "uniform" in value:
        low, high = value["uniform"]
        return (float(low) + float(high)) / 2.0, Uniform(float(low), float(high))
    median, sd = value["lognormal"]
    return float(median), LogNormal(float(median), float(sd))


Draws = list[tuple[int, Prior, float, float, str, int]]


def _set_members(day: World, figures: Mapping[str, Mapping[str, Any]], start: int, draws: Draws) -> None:
    columns = world.columns("member")
    for row, (code, figure) in enumerate(figures.items()):
        member = day.members[row]
        member.id = chance.subject(code)
        for name in FIGURES:
            if name in figure:
                middle, prior = _middle(figure[name])
                setattr(member, name, middle)
                if prior is not None:
                    bounds = columns[name]
                    place = day.place("members", row, name)
                    draws.append((place, prior, bounds.low, bounds.high, f"member.{name}", member.id))
        member.regime = int(_middle(figure.get("regime", 0))[0])
        member.federal = int(_middle(figure.get("federal", 0))[0])
        member.standing = STANDINGS[figure.get("standing", "member")]
        accession = figure.get("accession")
        member.accession = quarters_from(accession, start) if accession is not None else -1
        member.term = _middle(figure.get("term", 4))[0] * world.QUARTERS_PER_YEAR
        ahead = quarters_from(figure.get("next_election", f"{start + 2}Q1"), start)
        while ahead < 0:  # a run may start after the region does: whole terms later, no wave of elections
            ahead += max(int(member.term), 1)
        member.term_clock = float(ahead + 1)


def _set_areas(day: World, document: Mapping[str, Any], areas: tuple[str, ...]) -> None:
    region = document["region"]
    for row, name in enumerate(areas):
        area, said = day.areas[row], document["areas"][name]
        area.row = row
        for column in AREA:
            setattr(area, column, float(said[column]))
        area.opening_acquis = float(region["acquis"].get(name, 0.0))
        area.opening_practice = float(region["practice"].get(name, 0.0))
        for other, weight in (said.get("spillover") or {}).items():
            day.spillovers[row, areas.index(other)].weight = float(weight)


def _set_organization(day: World, said: Mapping[str, Any], draws: Draws) -> None:
    org = day.org[0]
    org.rule, org.entry = RULES[said["rule"]], ENTRIES[said["entry"]]
    org.equal_dues = int(said["contributions"] == "equal")
    org.predictability = STEADY
    columns = world.columns("org")
    for key, column in ORGANIZATION.items():
        middle, prior = _middle(said[key])
        setattr(org, column, middle)
        if prior is not None:
            bounds = columns[column]
            place = day.place("org", 0, column)
            draws.append((place, prior, bounds.low, bounds.high, f"organization.{key}", world.REGION))
    org.due = _middle(said["due"])[0] * world.QUARTERS_PER_YEAR
    org.notice = _middle(said["notice"])[0] * world.QUARTERS_PER_YEAR


def distance(a: Any, b: Any) -> float:
    """Kilometers along the great circle between two places given as [latitude, longitude] in degrees."""
    (p, q), (r, s) = [[math.radians(float(x)) for x in place] for place in (a, b)]
    half = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2.0 * EARTH_KM * math.asin(min(math.sqrt(half), 1.0))


def _set_ties(day: World, figures: Mapping[str, Mapping[str, Any]], borders: list[str]) -> None:
    codes = list(figures)
    touching = {frozenset(pair.split("-")) for pair in borders}
    income = [_middle(f["income"])[0] * _middle(f["population"])[0] for f in figures.values()]
    inside = [float(f.get("standing", "member") == "member") for f in figures.values()]
    for i, a in enumerate(codes):
        near, weight = np.zeros(len(codes)), np.zeros(len(codes))
        for j, b in enumerate(codes):
            if i == j:
                continue
            places = figures[a].get("capital"), figures[b].get("capital")
            km = distance(*places) if all(places) else NEIGHBOR_KM
            closeness = float(frozenset((a, b)) in touching) + math.exp(-km / NEIGHBOR_KM)
            near[j] = closeness
            trade = NEIGHBOR_KM / (NEIGHBOR_KM + km) + float(frozenset((a, b)) in touching)
            weight[j] = inside[j] * income[j] * trade
        for column, values in (("near", near), ("weight", weight)):
            total = math.fsum(values)
            if total > 0.0:
                # a hair below one, so that sums of rounded shares never pass it
                day.ties[column][i, :] = values / total * (1.0 - 1e-12)


def _set_shocks(
    day: World, said: Mapping[str, Any], codes: list[str], region: Mapping[str, Any], scenario: Scenario, start: int
) -> None:
    kinds = set(world.columns("shock")) - {"growth"}
    for event in (said.get("events") or {}).values():
        if event is None:
            continue
        first = max(quarters_from(event["from"], start), 0)
        last = min(quarters_from(event.get("until") or event["from"], start), day.size.quarters - 1)
        rows = _targets(event.get("members"), codes, region)
        size, growth = _middle(event.get("size", 1.0))[0], event.get("growth")
        for quarter in range(first, last + 1):
            for row in rows:
                cell = day.shocks[quarter, row]
                if event["kind"] in kinds:
                    setattr(cell, event["kind"], min(getattr(cell, event["kind"]) + size, 10.0))
                if growth is not None:
                    cell.growth = max(min(cell.growth + _middle(growth)[0], 60.0), -60.0)


def _targets(said: Any, codes: list[str], region: Mapping[str, Any]) -> list[int]:
    """Rows of the members meant: all, or codes and groups; codes of other regions mean nobody."""
    if said is None or said == "all":
        return list(range(len(codes)))
    groups = region.get("groups") or {}
    meant = {code for name in ([said] if isinstance(said, str) else said) for code in groups.get(name, [name])}
    return [row for row, code in enumerate(codes) if code in meant]


def _set_parameters(day: World, document: Mapping[str, Any], scenario: Scenario, book: Rulebook, draws: Draws) -> None:
    uncertainty = document["run"]["uncertainty"]
    for section, mechanisms in (("forces", book.forces), ("levers", book.levers), ("outcomes", book.outcomes)):
        for name, mechanism in mechanisms.items():
            said = document[section].get(name, {}) if section != "outcomes" else {}
            record = day.params[0][name]
            for key, declared in mechanism.parameters().items():
                stated = f"{section}.{name}.{key}" in scenario.fixed
                middle, prior = _middle(said[key]) if stated else (declared.default, None)
                record[key] = middle
                wanted = declared.parameter.prior
                if not stated and wanted is not None and _drawn(declared.parameter, uncertainty):
                    prior = wanted
                if prior is not None:
                    place = day.place("params", 0, f"{name}.{key}")
                    low, high = declared.parameter.low, declared.parameter.high
                    draws.append((place, prior, low, high, f"{name}.{key}", world.REGION))
            for key, chosen in mechanism.choices().items():
                record[key] = chosen.choice.options.index(said.get(key, chosen.default))


def _drawn(parameter: Parameter, uncertainty: str) -> bool:
    return uncertainty == "all" or (uncertainty == "contested" and parameter.contested)


def _set_levers(
    day: World, document: Mapping[str, Any], scenario: Scenario, book: Rulebook, codes: list[str],
    areas: tuple[str, ...], start: int,
) -> None:  # fmt: skip
    for row, name in enumerate(book.levers):
        said = document["levers"][name]
        day.plan[:, row] = list(strengths(said, day.size.quarters, start))
        day.aims_member[row, :] = 0
        day.aims_member[row, _targets(said.get("members"), codes, document["region"])] = 1
        whole = getattr(book.levers[name], "areas", ()) or areas
        aimed = whole if said.get("areas") in (None, "all") else said["areas"]
        day.aims_area[row, :] = [int(area in aimed) for area in areas]


def _set_scales(day: World, book: Rulebook) -> None:
    """What the levers' own classes say: their scale, and which problems they are taken to answer."""
    for row, lever in enumerate(book.levers.values()):
        scale = strength(lever).parameter
        day.pulls[row].low, day.pulls[row].high = min(scale.low, 0.0), scale.high
        for problem, weight in getattr(lever, "answers", ()):
            setattr(day.pulls[row], f"for_{problem}", float(weight))


def _lines(document: Mapping[str, Any], book: Rulebook) -> list[tuple[tuple[Condition, ...], Move]]:
    """The scenario's instructions, a line for each move."""
    scales = {name: strength(lever).parameter for name, lever in book.levers.items()}
    levers = {name: (min(scale.low, 0.0), scale.high) for name, scale in scales.items()}
    return [
        (conditions(said["when"]), move)
        for said in document["organization"].get("instructions") or []
        for move in moves(said["then"], levers)
    ]


def _set_instructions(day: World, lines: list[tuple[tuple[Condition, ...], Move]], book: Rulebook) -> None:
    names = list(book.levers)
    for row, (when, move) in enumerate(lines):
        line = day.instructions[row]
        line.lever, line.act, line.amount = names.index(move.lever), move.act, move.amount
        for k, condition in enumerate(when):
            setattr(line, f"signal{k}", SIGNALS.index(condition.signal))
            setattr(line, f"above{k}", int(condition.above))
            setattr(line, f"change{k}", int(condition.change))
            setattr(line, f"level{k}", condition.level)


def strengths(said: Mapping[str, Any], quarters: int, start: int) -> Iterator[float]:
    """A lever's strength in each quarter: zero while it is off, before `from` and after `until`."""
    first = quarters_from(said["from"], start) if said.get("from") is not None else 0
    last = quarters_from(said["until"], start) if said.get("until") is not None else quarters
    steps = [(quarters_from(step["from"], start), float(step["strength"])) for step in said.get("schedule") or []]
    for quarter in range(quarters):
        strength = float(_middle(said["strength"])[0])
        for begins, value in steps:
            if quarter >= begins:
                strength = value
        yield strength if said["on"] and first <= quarter < last else 0.0


def _draw_table(draws: Draws) -> Any:
    table = np.zeros(len(draws), DRAW)
    for row, (place, prior, low, high, purpose, subject) in enumerate(draws):
        table[row] = (place, *_kind(prior), low, high, chance.purpose(purpose), subject)
    return table


def _kind(prior: Prior) -> tuple[int, float, float]:
    match prior:
        case Uniform(low, high):
            return UNIFORM, low, high
        case Normal(mean, sd):
            return NORMAL, mean, sd
        case LogNormal(median, sd):
            return LOGNORMAL, median, sd
