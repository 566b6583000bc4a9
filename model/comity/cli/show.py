"""`comity show`: one thing explained: a scenario with the file behind each value, or a mechanism with its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from comity.cli.options import json_option, loaded
from comity.cli.verbs import Verb
from comity.cli.words import advise, definitions, document, result, table

if TYPE_CHECKING:
    from comity.runs import Scenario


@click.command("show", cls=Verb)
@click.argument("name")
@click.option("--resolved", is_flag=True, help="Every value of a scenario, with the file and line it comes from.")
@click.option("--diff", "other", metavar="OTHER", help="Where two scenarios differ: both values of each path.")
@json_option
def verb(name: str, resolved: bool, other: str | None, as_json: bool) -> None:
    """Explain a scenario, lever, force, outcome or parameter."""
    from comity.runs.catalogue import explained

    found = [] if resolved or other else explained(name)
    if found:
        _show_mechanisms(found, as_json)
        return
    scenario = _scenario(name, alone=not (resolved or other))
    if other is not None:
        _show_difference(scenario, loaded(other), f"{name} {other}", as_json)
    elif resolved:
        _show_resolved(scenario, name, as_json)
    else:
        _show_scenario(scenario, name, as_json)


def _scenario(name: str, alone: bool) -> Scenario:
    """The scenario; if there is none of the name, the nearest of all names is told."""
    from pathlib import Path

    from comity.runs.catalogue import known_names
    from comity.scenario import Problem, ScenarioError
    from comity.scenario.problems import near

    try:
        return loaded(name)
    except ScenarioError as error:
        hint = near(name, known_names()) if alone else ""
        if hint and len(error.problems) == 1 and not Path(name).suffix and "did you mean" not in str(error):
            first = error.problems[0]
            raise ScenarioError([Problem(first.file, 0, 0, "", first.message + hint)]) from None
        raise


# Mechanisms and parameters


def _show_mechanisms(found: list[tuple[str, dict[str, Any]]], as_json: bool) -> None:
    if as_json:
        documents = [{"kind": kind, **told} for kind, told in found]
        document(documents[0] if len(documents) == 1 else documents)
        return
    for kind, told in found:
        result("\n".join(_parameter_lines(told) if kind == "parameters" else _mechanism_lines(kind, told)))
        result()
    kind, told = found[0]
    path = told["name"] if kind == "parameters" else f"{kind}.{told['name']}.on" if kind == "levers" else ""
    value = _example(told) if kind == "parameters" else "true"
    advise(f"Next: comity run eu -s {path}={value}" if path else "Next: comity run eu")


def _example(told: Mapping[str, Any]) -> str:
    """A value to try: another theory, or the default number."""
    return str(told["options"][-1]) if "options" in told else f"{told['default']:g}"


def _mechanism_lines(kind: str, told: Mapping[str, Any]) -> Iterator[str]:
    yield f"{told['name']} ({kind.removesuffix('s')})"
    yield told["claim"]
    words = ("names", "price", "evidence", "misuse", "formula", "group", "unit", "direction", "window")
    yield from definitions([(word, told[word]) for word in words if told.get(word)])
    if told["parameters"]:
        yield "  numbers:"
        head = ("name", "default", "low", "high", "unit", "prior", "")
        rows = [
            (n["name"], *(f"{n[key]:g}" for key in ("default", "low", "high")), n["unit"], _prior(n["prior"]), _note(n))
            for n in told["parameters"]
        ]
        yield from (f"    {line}" for line in table(head, rows))
        yield from definitions([(n["name"], f"{n['claim']} ({n['source']})") for n in told["parameters"]], "    ")
    if told.get("choices"):
        yield "  theories:"
        rows = [(n["name"], f"{_options(n)}: {n['claim']} ({n['source']})") for n in told["choices"]]
        yield from definitions(rows, "    ")
    flows = [("reads", told["reads"]), ("writes", told["writes"])]
    yield from definitions([(word, ", ".join(columns)) for word, columns in flows if columns])


def _options(told: Mapping[str, Any]) -> str:
    return ", ".join(f"{word} (default)" if word == told["default"] else word for word in told["options"])


def _parameter_lines(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"{told['name']} (parameter)"
    yield told["claim"]
    if "options" in told:
        yield from definitions([("options", _options(told)), ("source", told["source"])])
        return
    rows = [("default", f"{told['default']:g} {told['unit']}"), ("bounds", f"{told['low']:g} to {told['high']:g}")]
    rows += [("prior", _prior(told["prior"])), ("source", told["source"])]
    if told["contested"]:
        rows.append(("contested", "the evidence is null or mixed; an ensemble draws it unless the scenario fixes it"))
    yield from definitions(rows)


def _prior(prior: Mapping[str, list[float]] | None) -> str:
    if prior is None:
        return "-"
    (kind, numbers), *_ = prior.items()
    return f"{kind} {numbers[0]:g}, {numbers[1]:g}"


def _note(number: Mapping[str, Any]) -> str:
    return "contested" if number["contested"] else ""


# Scenarios


def _show_scenario(scenario: Scenario, typed: str, as_json: bool) -> None:
    told = scenario.resolved
    if as_json:
        document({"kind": "scenario", "name": scenario.name, "digest": scenario.digest, "resolved": told})
        return
    result(f"{scenario.title} ({scenario.name})")
    if scenario.story:
        result(scenario.story)
    result("\n".join(definitions([*_scenario_rows(scenario, told), ("shocks", _shocks(scenario, told))])))
    advise(f"Next: comity show {typed} --resolved, or comity run {_runnable(scenario, typed)}")


def _runnable(scenario: Scenario, typed: str) -> str:
    """The name under which it can be run: a package needs a region."""
    return typed if "region" in scenario.resolved else f"eu+{typed}"


def _scenario_rows(scenario: Scenario, told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    run, organization = told["run"], told["organization"]
    if "region" not in told:  # a package says what it changes, not what a region without it would be
        organization = {key: item for key, item in organization.items() if scenario.origin(f"organization.{key}").line}
    if "region" in told:
        last = run["start"] + run["years"] - 1
        yield "years", f"{run['start']} to {last}; {run['runs']} runs, seed {run['seed']}, draws: {run['uncertainty']}"
        region = told["region"]
        if region.get("synthetic"):
            yield (
                "members",
                f"{region['synthetic']['members']} made by the generator, like {region['synthetic']['like']}",
            )
        else:
            by_standing: dict[str, list[str]] = {}
            for code, figures in region["members"].items():
                by_standing.setdefault(figures["standing"], []).append(code)
            for standing, codes in by_standing.items():
                yield f"{standing}s", f"{len(codes)}: {' '.join(codes)}"
    yield "areas", ", ".join(told.get("areas") or ["none of its own"])
    yield "organization", ", ".join(f"{key} {_short(value)}" for key, value in organization.items()) or "unchanged"
    on = [f"{name} {_short(lever['strength'])}{_aim(lever)}" for name, lever in told["levers"].items() if lever["on"]]
    yield "levers on", ", ".join(on) or "none"


def _shocks(scenario: Scenario, told: Mapping[str, Any]) -> str:
    """The dated shocks that strike a member while the run lasts."""
    events = {name: event for name, event in told["shocks"]["events"].items() if event}
    if "region" in told and told["region"].get("members"):
        start = told["run"]["start"]
        span = range(start, start + told["run"]["years"])
        events = {
            name: event
            for name, event in events.items()
            if int(str(event["from"])[:4]) in span and scenario.members_of(event["members"])
        }
    return ", ".join(f"{name} {event['from']}" for name, event in events.items()) or "none dated"


def _aim(lever: Mapping[str, Any]) -> str:
    """When, where and for whom, if not always, everywhere and for all."""
    parts = [f"{word} {lever[word]}" for word in ("from", "until") if lever.get(word) is not None]
    parts += [f"in {_short(lever['areas'])}"] if lever["areas"] != "all" else []
    parts += [f"for {_short(lever['members'])}"] if lever["members"] != "all" else []
    return f" ({', '.join(parts)})" if parts else ""


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_short(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_short(item) for item in value) + "]"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return f"{value:g}" if isinstance(value, float) else str(value)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted paths of values; a prior or a figure with its source is one value, so is a list."""
    if isinstance(value, dict) and value and not {"value", "normal", "uniform", "lognormal"} & value.keys():
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}" if path else key)
    else:
        yield path, value


def _show_resolved(scenario: Scenario, typed: str, as_json: bool) -> None:
    leaves = [(path, value, scenario.origin(path)) for path, value in _leaves(scenario.resolved)]
    if as_json:
        rows = [{"path": path, "value": value, **place._asdict()} for path, value, place in leaves]
        document({"kind": "scenario", "name": scenario.name, "digest": scenario.digest, "values": rows})
        return
    for path, value, place in leaves:
        where = f"{place.file}:{place.line}" if place.line else place.file
        result(f"{path} = {_short(value)}  # {where}")
    advise(f"Next: comity run {_runnable(scenario, typed)} -s run.years=10")


def _show_difference(scenario: Scenario, other: Scenario, typed: str, as_json: bool) -> None:
    differences = scenario.diff(other)
    if as_json:
        rows = [{"path": path, "value": mine, "other": theirs} for path, mine, theirs in differences]
        document({"kind": "difference", "name": scenario.name, "other": other.name, "values": rows})
        return
    result("\n".join(f"{path}: {_short(mine)} -> {_short(theirs)}" for path, mine, theirs in differences) or "the same")
    advise(f"Next: comity compare {typed}")
