"""Whatever a scenario lets one set is told as plain values, made from declarations: a new lever appears by itself."""

from __future__ import annotations

import copy
import functools
import math
from collections.abc import Mapping
from typing import Any, Final, cast

from comity.film.moves import date
from comity.film.telling import label
from comity.mechanism import Lever, Mechanism
from comity.parameter import Parameter
from comity.runs import course
from comity.runs.catalogue import Document, mechanism_document
from comity.runs.scenario import Scenario, able
from comity.scenario.grammar import USUAL_STEP
from comity.scenario.model import ALL, scenario_shape
from comity.scenario.scenario import DEFAULT
from comity.scenario.shape import Choice, Field, Fields, Flag, ListOf, Number, Quantity
from comity.world.steering import SIGNALS

GROUPS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "binding": ("What binds", ("obligation",)),
    "deciding": ("How it decides", ("decision",)),
    "bending": ("Room to bend", ("flexibility",)),
    "means": ("Money and capacity", ("money", "capacity")),
    "voice": ("Voice and openness", ("voice", "openness")),
}
"""The groups in which levers are shown: title, and the `group` of the levers that stand in it."""
OTHERS: Final = ("others", "Others")
"""The group of levers whose own group is in none of these."""
STEPS: Final = 100.0
STRENGTH_STEP: Final = 0.05


def controls(scenario: Any, details: bool = True) -> Document:
    """All that can be set in a scenario (or what `comity.load` takes), ready for JSON. ScenarioError without a region.

    Without `details` levers and forces come without their parameters, a sixth of the whole; `control` gives those of
    one of them.

    - `groups` of levers: name, title, and `levers`; each lever with its claim, names, price, evidence and misuse, its
      scale, what the scenario says of it (`on`, `strength`, `from`, `until`, `schedule`, and unless it acts for all,
      `members` and `areas`), `acts` (whether it does in this run), `movable` (whether it can be moved while a run goes
      on), and its own `parameters` and `choices`
    - `assumptions`: forces, each with claim, evidence, `parameters`, and `choices` between rival theories
    - `organization`, `run`: settings of the whole run
    - `members`, `member_groups`, `areas`, `dates`: what levers may be meant for, and when
    - `columns`: unit and meaning of what series and members hold
    - `why_not_movable`: why no lever can be moved, or null

    A setting has `path`, `kind` (number, choice, flag, time, list, text), `value`, `default`, `means`, and where they
    apply `unit`, `low`, `high`, `step`, `options`, `prior`, `source`, `contested`; `stated` says which file sets it, or
    null. A `value` may be a prior, written as in a file.
    """
    source = able(scenario).require_region()
    assert isinstance(source, Scenario)
    said, day = source.resolved, source.first_day
    fixed = said["organization"]["policy"] == "fixed"
    shape = scenario_shape(source.catalogue).fields
    acting = {name for row, name in enumerate(day.book.levers) if day.world.plan[:, row].any()}
    levers = {
        name: _lever(source, said["levers"][name], cast("type[Lever]", lever), name in acting, not fixed, details)
        for name, lever in day.book.levers.items()
    }
    quarters = day.world.size.quarters
    return {
        "scenario": source.name,
        "title": source.title,
        "story": source.story,
        "groups": _groups(levers),
        "assumptions": [
            _assumption(source, said["forces"][name], force, details) for name, force in day.book.forces.items()
        ],
        "organization": _section(source, "organization", shape["organization"], said["organization"]),
        "run": _section(source, "run", shape["run"], said["run"]),
        "members": [{"iso3": code, "name": _name(said, code)} for code in day.members],
        "member_groups": said["region"].get("groups") or {},
        "areas": list(day.areas),
        "dates": [date(day.start, quarter) for quarter in range(quarters)],
        "signals": list(SIGNALS),
        "columns": _columns(source),
        "why_not_movable": "organization.policy is fixed: levers stay as on the first day" if fixed else None,
    }


def control(scenario: Any, path: str) -> Document:
    """One lever or force in full, as `controls` has it: `levers.court`, `forces.exit`. ValueError for another path."""
    told = controls(scenario)
    levers = [lever for group in told["groups"] for lever in group["levers"]]
    for each in (*levers, *told["assumptions"]):
        if each["path"] == path:
            return dict(each)
    raise ValueError(f"{path} is neither a lever nor a force")


def _name(said: Mapping[str, Any], code: str) -> str:
    return str((said["region"].get("members") or {}).get(code, {}).get("name") or code)


def _groups(levers: Mapping[str, Document]) -> list[Document]:
    placed = {own: name for name, (_, groups) in GROUPS.items() for own in groups}
    titles = {name: title for name, (title, _) in GROUPS.items()} | dict([OTHERS])
    found = []
    for name, title in titles.items():
        inside = [lever for lever in levers.values() if placed.get(lever["group"], OTHERS[0]) == name]
        if inside:
            found.append({"name": name, "title": title, "levers": inside})
    return found


@functools.lru_cache(maxsize=512)
def _told(mechanism: Any) -> Document:
    """What a mechanism says of itself, without what only programs ask for."""
    told = mechanism_document(mechanism)
    return {key: value for key, value in told.items() if key not in ("reads", "writes")}


def _lever(
    scenario: Scenario, said: Mapping[str, Any], lever: type[Lever], acts: bool, movable: bool, details: bool
) -> Document:
    told = copy.deepcopy(_told(cast(Any, lever)))
    path = f"levers.{lever.name()}"
    pull, *numbers = told.pop("parameters")
    strength = _number(scenario, f"{path}.strength", pull, said["strength"]) | {"step": STRENGTH_STEP}
    settings = {key: said[key] for key in ("on", "from", "until", "schedule")}
    aims = {} if lever.for_all else {key: said[key] for key in ("members", "areas")}
    usual = list(lever.areas) or ALL
    return {
        **told,
        "path": path,
        "title": label(lever.name()),
        **settings,
        "strength": strength,
        "for_all": lever.for_all,
        **aims,
        **({} if lever.for_all else {"usual_areas": usual}),
        "acts": acts,
        "movable": movable,
        "moves": [f"{path}.on", f"{path}.strength"] if movable else [],
        "stated": _stated(scenario, f"{path}.on"),
        "parameters": _numbers(scenario, path, numbers, said) if details else [],
        "choices": _choices(scenario, path, told, said),
    }


def _assumption(scenario: Scenario, said: Mapping[str, Any], force: type[Mechanism], details: bool) -> Document:
    told = copy.deepcopy(_told(cast(Any, force)))
    path = f"forces.{force.name()}"
    numbers = told.pop("parameters")
    return {
        **told,
        "path": path,
        "title": label(force.name()),
        "parameters": _numbers(scenario, path, numbers, said) if details else [],
        "choices": _choices(scenario, path, told, said),
    }


def _numbers(scenario: Scenario, path: str, numbers: list[Document], said: Mapping[str, Any]) -> list[Document]:
    return [_number(scenario, f"{path}.{each['name']}", each, said[each["name"]]) for each in numbers]


def _choices(scenario: Scenario, path: str, told: Document, said: Mapping[str, Any]) -> list[Document]:
    return [
        {
            **{key: value for key, value in each.items() if key != "claim"},
            "path": f"{path}.{each['name']}",
            "kind": "choice",
            "means": each["claim"],
            "value": said[each["name"]],
            "stated": _stated(scenario, f"{path}.{each['name']}"),
        }
        for each in told.get("choices", [])
    ]


def _number(scenario: Scenario, path: str, told: Document, value: Any) -> Document:
    return {
        **{key: value for key, value in told.items() if key != "claim"},
        "path": path,
        "kind": "number",
        "means": told["claim"],
        "step": step(told["low"], told["high"]),
        "value": value,
        "stated": _stated(scenario, path),
    }


def _stated(scenario: Scenario, path: str) -> str | None:
    place = scenario.origin(path)
    if place is DEFAULT:
        return None
    return f"{place.file}:{place.line}" if place.line else place.file


def step(low: float, high: float) -> float:
    """A step by which a slider goes from one end to the other in about a hundred: 1, 2 or 5 of a power of ten."""
    rough = (high - low) / STEPS
    if not rough > 0.0 or not math.isfinite(rough):
        return USUAL_STEP
    power = 10.0 ** math.floor(math.log10(rough))
    return float(f"{next(part for part in (1.0, 2.0, 5.0, 10.0) if part * power >= 0.999 * rough) * power:.3g}")


def _section(scenario: Scenario, name: str, field: Field, said: Mapping[str, Any]) -> list[Document]:
    assert isinstance(field.shape, Fields)
    return [_setting(scenario, f"{name}.{key}", part, said.get(key)) for key, part in field.shape.fields.items()]


def _setting(scenario: Scenario, path: str, field: Field, value: Any) -> Document:
    shape, name = field.shape, path.rpartition(".")[2]
    told: Document = {"name": name, "path": path, "title": label(name), "means": field.means, "value": value}
    told["default"] = field.default if isinstance(field.default, str | int | float | list | dict) else None
    told["stated"] = _stated(scenario, path) if value is not None else None
    if isinstance(shape, Number | Quantity):
        parameter: Parameter = shape.parameter
        told |= {"kind": "number", "unit": parameter.unit, "low": parameter.low, "high": parameter.high}
        told |= {"whole": shape.whole, "means": field.means or parameter.means}
        return told | {"step": 1 if shape.whole else step(parameter.low, parameter.high)}
    if isinstance(shape, Choice):
        return told | {"kind": "choice", "options": list(shape.options)}
    kinds: tuple[tuple[type, str], ...] = ((Flag, "flag"), (ListOf, "list"))
    return told | {"kind": next((kind for each, kind in kinds if isinstance(shape, each)), "text")}


def _columns(scenario: Scenario) -> Document:
    """Unit and meaning of what is drawn, by `table.column` (series, members, outcomes)."""
    return {
        f"{each.table}.{each.column}": {"label": label(each.column), "unit": each.unit, "means": each.means}
        for each in course.dictionary(scenario.first_day)
        if each.table in ("series", "members", "outcomes")
    }
