"""A calibration file says what is fitted to what: worlds, targets with the error of their sources, free parameters."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from comity.parameter import LogNormal, Normal, Parameter, Prior, Uniform
from comity.quarter import OUTCOMES
from comity.runs import Scenario, load
from comity.scenario import Problem, ScenarioError
from comity.scenario.document import Budget, Node, read_file
from comity.scenario.problems import Report, near, shown
from comity.scenario.shape import ABSENT, INVALID, REQUIRED, Choice, Field, Fields, MapOf, Number, Quantity, Shape, Text
from comity.sweeps.factors import Factor, number_of

SHIPPED: Final = "world"
FOLDER: Final = Path(__file__).parent
FIT: Final = ("C1", "C2", "C3", "C6", "W3", "T4", "T5", "T6", "P1", "P2", "R7", "R8")
"""Facts that a shipped fit may look at; all others of the table are for checking it."""
SCALES: Final = ("linear", "log", "sqrt")
KINDS: Final = ("history", "rate")
FLOOR: Final = 1e-4
"""What a logarithm takes a smaller value for: a share of nothing at all."""
DECLARED: Final = "declared"
ID: Final = "[A-Za-z][A-Za-z0-9_]{0,15}"
WORLD: Final = "[a-z][a-z0-9_-]{0,23}"
QUICK: Final = {"waves": 1, "points": 96, "last": 240, "runs": 3, "truths": 24, "trials": 12, "check": 24}


@dataclass(frozen=True)
class Target:
    """What a source found, the outcome that is measured in the same way, and how sure the source is.

    A `history` is compared run by run: the source saw one course of events, and so does a run. A `rate` is counted over
    all runs of a point, and `exposure` says over how much (in the unit of the rate) the source counted.
    """

    id: str
    world: str
    outcome: str
    value: float
    sd: float
    scale: str
    kind: str
    exposure: float
    low: float
    high: float
    source: str

    def seen(self, values: Any) -> Any:
        """Values on the scale on which they are compared."""
        if self.scale == "log":
            return np.log(np.maximum(values, FLOOR))
        return np.sqrt(np.maximum(values, 0.0)) if self.scale == "sqrt" else np.asarray(values, "f8")

    @property
    def observed(self) -> float:
        """What was found, on that scale."""
        return float(self.seen(self.value))

    @property
    def error(self) -> float:
        """The source's own error (standard deviation) on that scale."""
        if self.kind == "rate":
            return 0.5 / float(np.sqrt(self.exposure))
        if self.scale == "log":
            return self.sd / max(self.value, FLOOR)
        return self.sd / (2.0 * float(np.sqrt(self.value))) if self.scale == "sqrt" else self.sd

    def hit(self, value: float) -> bool:
        """Whether a value lies within the tolerance that was written down before any fit."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Free:
    """A parameter that is fitted: its path, the prior that the fit starts from, its value today."""

    path: str
    factor: Factor
    default: float
    own_prior: bool

    @property
    def name(self) -> str:
        """Short, for tables."""
        return ".".join(self.path.split(".")[-2:])

    def at(self, units: Any) -> Any:
        """Values at places in the prior, 0 to 1."""
        return self.factor.at(units).data


@dataclass(frozen=True, eq=False)
class Calibration:
    """All that a calibration file says, checked."""

    name: str
    title: str
    seed: int
    numbers: Mapping[str, int]
    cut: float
    accepted: float
    worlds: Mapping[str, Scenario] = field(repr=False)
    targets: tuple[Target, ...]
    free: tuple[Free, ...]

    def quick(self) -> Calibration:
        """The same in a minute or two: few points, few runs, nothing to rely on."""
        small = {key: min(value, QUICK[key]) for key, value in self.numbers.items()}
        return Calibration(
            self.name, self.title, self.seed, small, self.cut, self.accepted, self.worlds, self.targets, self.free
        )

    def outcomes(self, world: str) -> list[str]:
        """What a world has to report, each once."""
        return list(dict.fromkeys(each.outcome for each in self.targets if each.world == world))

    def told(self) -> dict[str, Any]:
        """All that the result depends on, as plain values."""
        return {
            "seed": self.seed, "numbers": dict(self.numbers), "cut": self.cut, "accepted": self.accepted,
            "worlds": {name: world.digest for name, world in self.worlds.items()},
            "targets": [vars(each) for each in self.targets],
            "free": {each.path: [each.default, each.factor.document()["prior"]] for each in self.free},
        }  # fmt: skip

    @property
    def hash(self) -> str:
        """Equal for two calibrations that find the same."""
        return hashlib.sha256(json.dumps(self.told(), sort_keys=True).encode()).hexdigest()


class _Prior(Quantity):
    """A prior of one's own, or the word `declared` for that of the declaration."""

    def check(self, node: Node, at: str, report: Report) -> Any:
        if node.value == DECLARED:
            return DECLARED
        if isinstance(node.value, dict):
            return super().check(node, at, report)
        report.say(node.at, at, f'is {shown(node.value)}, not "{DECLARED}" or a prior such as {{normal: [0, 1]}}')
        return INVALID


class _Anything(Shape):
    """What a scenario may hold at a dotted path: it is checked there."""

    def check(self, node: Node, at: str, report: Report) -> Any:
        return node

    def schema(self) -> dict[str, Any]:
        return {}


_ANY: Final = Parameter("", -1e12, 1e12, "")
_NOTE: Final = Text()


def _whole(low: int, high: int, means: str) -> Number:
    return Number(Parameter("", low, high, means), whole=True)


_TARGET: Final = Fields({
    "world": Field(Text(WORLD, "the name of a world"), REQUIRED),
    "outcome": Field(Text(), REQUIRED),
    "value": Field(Number(_ANY), REQUIRED),
    "sd": Field(Number(Parameter("", 1e-9, 1e12, "")), ABSENT),
    "scale": Field(Choice(SCALES), "linear"),
    "kind": Field(Choice(KINDS), "history"),
    "exposure": Field(Number(Parameter("", 1.0, 1e12, "")), ABSENT),
    "low": Field(Number(_ANY), REQUIRED),
    "high": Field(Number(_ANY), REQUIRED),
    "source": Field(_NOTE, REQUIRED),
})  # fmt: skip
_FILE: Final = Fields({
    "title": Field(Text(longest=120), ""),
    "seed": Field(_whole(0, 2**63 - 1, "the same seed, the same fit"), 1),
    "waves": Field(_whole(1, 10, "waves of history matching"), 2),
    "points": Field(_whole(20, 1_000_000, "points of a wave"), 500),
    "last": Field(_whole(40, 1_000_000, "points of the last stage, from which the posterior is taken"), 1500),
    "runs": Field(_whole(1, 10_000, "runs at each point"), 4),
    "truths": Field(_whole(8, 10_000, "truths of one's own making that the method is tried on"), 100),
    "trials": Field(_whole(4, 100_000, "trials of the point fit"), 60),
    "check": Field(_whole(4, 100_000, "runs before and after the fit"), 200),
    "cut": Field(Number(Parameter("standard deviations", 1.0, 20.0, "implausible from here")), 3.0),
    "accepted": Field(Number(Parameter("share", 0.001, 1.0, "of runs, kept as nearest to the facts")), 0.05),
    "worlds": Field(MapOf(Fields({
        "scenario": Field(Text(), REQUIRED),
        "set": Field(MapOf(_Anything(), "[A-Za-z0-9_.-]+", "dotted path"), ABSENT),
    }), WORLD, "world", least=1), REQUIRED),
    "targets": Field(MapOf(_TARGET, ID, "fact id", least=1), REQUIRED),
    "free": Field(MapOf(_Prior(_ANY), "[A-Za-z0-9_.-]+", "dotted path", least=1, most=200), REQUIRED),
})  # fmt: skip
NUMBERS: Final = ("waves", "points", "last", "runs", "truths", "trials", "check")


def read(source: str | Path = SHIPPED) -> Calibration:
    """A calibration file, or the shipped one by its name. ScenarioError tells everything that is wrong with it."""
    path = Path(source)
    shipped = FOLDER / f"{source}.yaml"
    if not path.is_file() and shipped.is_file():
        path = shipped
    if not path.is_file():
        names = [each.stem for each in sorted(FOLDER.glob("*.yaml"))]
        raise ScenarioError([Problem(str(source), 0, 0, "", f"no such file{near(str(source), names)}")])
    node = read_file(path, path.name if path == shipped else str(path), Budget())
    report = Report()
    said = _FILE.check(node, "", report)
    report.stop_if_any()
    worlds = _worlds(node, said["worlds"], path, report)
    targets = _targets(node, said["targets"], worlds, report)
    free = _free(node, said["free"], worlds, report)
    report.stop_if_any()
    numbers = {key: int(said[key]) for key in NUMBERS}
    title = said["title"] or path.stem
    return Calibration(path.stem, title, said["seed"], numbers, said["cut"], said["accepted"], worlds, targets, free)


def _worlds(node: Node, said: Mapping[str, Any], path: Path, report: Report) -> dict[str, Scenario]:
    found = {}
    for name, world in said.items():
        at = node.find("worlds", name)
        beside = path.parent / world["scenario"]
        try:
            scenario = load(str(beside) if beside.is_file() else world["scenario"])
            found[name] = scenario.with_(world["set"]) if "set" in world else scenario
            found[name].require_region()
        except ScenarioError as error:
            for problem in error.problems:
                report.say(at.at, f"worlds.{name}", f"{problem.key}: {problem.message}".lstrip(": "))
    return found


def _targets(node: Node, said: Mapping[str, Any], worlds: Mapping[str, Any], report: Report) -> tuple[Target, ...]:
    found = []
    for name, each in said.items():
        at, key = node.find("targets", name), f"targets.{name}"
        if each["outcome"] not in OUTCOMES:
            hint = report.near(each["outcome"], OUTCOMES)
            report.say(at.find("outcome").at, f"{key}.outcome", f"{shown(each['outcome'])} is no outcome{hint}")
        if each["world"] not in worlds:
            report.say(at.find("world").at, f"{key}.world", f"{shown(each['world'])} is none of worlds")
        if each["kind"] == "rate" and "exposure" not in each:
            report.say(at.at, key, "is a rate and lacks its exposure: over how much the source counted")
        if each["kind"] == "history" and "sd" not in each:
            report.say(at.at, key, "lacks sd: the source's own error")
        if each["low"] > each["high"]:
            report.say(at.at, key, f"low {each['low']:g} lies above high {each['high']:g}")
        if each["scale"] != "linear" and each["value"] <= 0.0:
            report.say(at.find("value").at, f"{key}.value", f"is not above 0, as scale {each['scale']} needs")
        scale = "sqrt" if each["kind"] == "rate" else each["scale"]
        found.append(Target(
            name, each["world"], each["outcome"], each["value"], each.get("sd", 0.0), scale, each["kind"],
            each.get("exposure", 0.0), each["low"], each["high"], each["source"],
        ))  # fmt: skip
    return tuple(found)


def _free(node: Node, said: Mapping[str, Any], worlds: Mapping[str, Scenario], report: Report) -> tuple[Free, ...]:
    found: list[Free] = []
    if not worlds:
        return ()
    first = next(iter(worlds.values()))
    declared = first.catalogue.declarations()
    for path, prior in said.items():
        at, key = node.find("free").value[path].key, f"free.{path}"
        if path not in declared:
            report.say(at, key, f"is no declared number of a force or lever{report.near(path, declared)}")
            continue
        fixed = [name for name, world in worlds.items() if path in world.fixed]
        if fixed:
            report.say(at, key, f"the world {fixed[0]} states it itself; take it back there or do not fit it")
        number = declared[path]
        told = _told(number.parameter.prior) if prior == DECLARED else prior
        if told is None:
            report.say(at, key, "has no declared prior; write one, as in {normal: [0, 1]}")
            continue
        ((kind, pair),) = told.items()
        limits, _ = number_of(first, path)
        low, high = (limits.low, limits.high) if limits is not None else (-np.inf, np.inf)
        factor = Factor(path, path, None, (kind, float(pair[0]), float(pair[1])), False, low, high)
        found.append(Free(path, factor, number.default, prior != DECLARED))
    return tuple(found)


def _told(prior: Prior | None) -> dict[str, list[float]] | None:
    """A declared prior as a file says it."""
    match prior:
        case Uniform(low, high):
            return {"uniform": [low, high]}
        case Normal(mean, sd):
            return {"normal": [mean, sd]}
        case LogNormal(median, sd):
            return {"lognormal": [median, sd]}
    return None
