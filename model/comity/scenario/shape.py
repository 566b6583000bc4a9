"""A shape says what a value may be: it checks values, fills in defaults, and writes the JSON Schema."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from comity.parameter import Parameter
from comity.scenario.document import Node, number_of
from comity.scenario.problems import Report, shown

Schema = dict[str, Any]


class Missing:
    """Stands where a value failed its check or was not given; never part of a scenario."""


INVALID: Final = Missing()
REQUIRED: Final = Missing()
ABSENT: Final = Missing()
"""Field defaults: REQUIRED must be given, ABSENT may stay away."""


class Shape(ABC):
    """What a value may be."""

    @abstractmethod
    def check(self, node: Node, at: str, report: Report) -> Any:
        """The value as `resolved` holds it, or INVALID with the reasons noted; `at` is its dotted path."""

    @abstractmethod
    def schema(self) -> Schema:
        """The same in JSON Schema, draft 2020-12."""


@dataclass(frozen=True)
class Text(Shape):
    """One line or more of text; `pattern` with its `wording` for names of a fixed form."""

    pattern: str = ""
    wording: str = "text"
    longest: int = 2000

    def check(self, node: Node, at: str, report: Report) -> Any:
        value = node.value
        if not isinstance(value, str):
            quotes = f'; did you mean "{shown(value)}"?' if isinstance(value, int | float) else ""
            report.say(node.at, at, f"is {shown(value)}, not {self.wording}{quotes}")
        elif len(value) > self.longest:
            report.say(node.at, at, f"is text of {len(value):,} characters; at most {self.longest:,} are allowed")
        elif self.pattern and not re.fullmatch(self.pattern, value):
            report.say(node.at, at, f"is {shown(value)}, not {self.wording}")
        else:
            return value
        return INVALID

    def schema(self) -> Schema:
        form = {"pattern": f"^({self.pattern})$"} if self.pattern else {}
        return {"type": "string", "maxLength": self.longest, **form}


@dataclass(frozen=True)
class Flag(Shape):
    """True or false, and nothing that other YAML readers take for it."""

    def check(self, node: Node, at: str, report: Report) -> Any:
        if isinstance(node.value, bool):
            return node.value
        meant = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}
        word = meant.get(str(node.value).lower())
        hint = f"; did you mean {word}?" if word else ""
        report.say(node.at, at, f"is {shown(node.value)}, not true or false{hint}")
        return INVALID

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Number(Shape):
    """A finite number within the bounds of its declaration; `whole` for counts, which stay integers."""

    parameter: Parameter
    whole: bool = False

    def check(self, node: Node, at: str, report: Report) -> Any:
        value, kind = node.value, "a whole number" if self.whole else "a number"
        if self.whole and isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int if self.whole else int | float):
            report.say(node.at, at, f"is {shown(value)}, not {kind}{_number_meant(value)}")
            return INVALID
        if not self.parameter.low <= value <= self.parameter.high:
            report.say(node.at, at, f"is {shown(value)}, but must lie {self.bounds()}")
            return INVALID
        return value if self.whole else float(value)

    def bounds(self) -> str:
        unit = f" ({self.parameter.unit})" if self.parameter.unit else ""
        return f"between {self.parameter.low:g} and {self.parameter.high:g}{unit}"

    def schema(self) -> Schema:
        kind = "integer" if self.whole else "number"
        described = {"description": f"{self.parameter.means} [{self.parameter.unit}]"} if self.parameter.means else {}
        return {"type": kind, "minimum": self.parameter.low, "maximum": self.parameter.high} | described


def _number_meant(value: object) -> str:
    if not isinstance(value, str):
        return ""
    for text in (value.strip(), value.strip().replace(",", "."), value.replace("_", "")):
        number = number_of(text) if text else text
        if not isinstance(number, str) and number - number == 0:
            return f"; did you mean {number!r}?"
    return ""


PRIOR_SCHEMA: Final[Schema] = {
    "type": "object",
    "description": "A prior, drawn once in every run of an ensemble.",
    "properties": {
        kind: {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2, "description": means}
        for kind, means in (("normal", "[mean, sd]"), ("uniform", "[low, high]"), ("lognormal", "[median, sd]"))
    },
}
PRIORS: Final = tuple(PRIOR_SCHEMA["properties"])


@dataclass(frozen=True)
class Quantity(Shape):
    """A number or a prior of it: `{normal: [mean, sd]}`, `{uniform: [low, high]}` or `{lognormal: [median, sd]}`.

    As a `figure` it may also be a cell with its provenance: `{value: 0.7, year: 2009, source: vdem}`.
    """

    parameter: Parameter
    whole: bool = False
    figure: bool = False

    def check(self, node: Node, at: str, report: Report) -> Any:
        number = Number(self.parameter, self.whole)
        if not isinstance(node.value, dict):
            return number.check(node, at, report)
        kinds = self.kinds()
        given = [name for name in node.value if name in kinds]
        if len(given) != 1:
            report.say(node.key, at, f"needs a number or a map with exactly one of {', '.join(kinds)}")
            return INVALID
        child = node.value[given[0]]
        checked = (
            number.check(child, f"{at}.value", report)
            if given[0] == "value"
            else self.prior(given[0], child, f"{at}.{given[0]}", report)
        )
        provenance = Fields(_PROVENANCE if self.figure else {}, {given[0]}).check(node, at, report)
        return INVALID if checked is INVALID or provenance is INVALID else {given[0]: checked} | provenance

    def kinds(self) -> tuple[str, ...]:
        return (("value",) if self.figure else ()) + (() if self.whole else PRIORS)

    def prior(self, kind: str, node: Node, at: str, report: Report) -> Any:
        """The two numbers of a prior: its middle, or both its ends, within the bounds of the number itself."""
        names = {"normal": "[mean, sd]", "uniform": "[low, high]", "lognormal": "[median, sd]"}[kind]
        if not isinstance(node.value, list) or len(node.value) != 2:
            report.say(node.at, at, f"needs two numbers, {names}")
            return INVALID
        inside, spread = Number(self.parameter), Number(_SPREAD)
        second = inside if kind == "uniform" else spread
        pair = [
            shape.check(child, f"{at}.{i}", report)
            for i, (shape, child) in enumerate(zip((inside, second), node.value, strict=True))
        ]
        if INVALID in pair:
            return INVALID
        if kind == "uniform" and pair[0] > pair[1]:
            report.say(node.at, at, f"starts at {pair[0]:g}, above its end {pair[1]:g}")
            return INVALID
        if kind == "lognormal" and pair[0] <= 0.0:
            report.say(node.at, at, f"has the median {pair[0]:g}; a lognormal number is above 0")
            return INVALID
        return pair

    def schema(self) -> Schema:
        number = Number(self.parameter, self.whole).schema()
        if self.figure:
            return {"anyOf": [number, {"$ref": "#/$defs/cell"}]}
        return {"anyOf": [number, {"$ref": "#/$defs/prior"}]}


_SPREAD: Final = Parameter("", 0.0, 1e6, "how far draws lie from the middle")
YEAR: Final = Parameter("year", 1900, 2200, "calendar year")


@dataclass(frozen=True)
class Choice(Shape):
    """One word of a few."""

    options: tuple[str, ...]

    def check(self, node: Node, at: str, report: Report) -> Any:
        if isinstance(node.value, str) and node.value in self.options:
            return node.value
        hint = report.near(node.value, self.options) if isinstance(node.value, str) else ""
        report.say(node.at, at, f"is {shown(node.value)}, not one of {', '.join(self.options)}{hint}")
        return INVALID

    def schema(self) -> Schema:
        return {"enum": list(self.options)}


@dataclass(frozen=True)
class Time(Shape):
    """A quarter, `2012Q3`, or a year, which means its first quarter; `resolved` holds `2012Q1`."""

    def check(self, node: Node, at: str, report: Report) -> Any:
        text = str(node.value)
        if not isinstance(node.value, bool | float) and re.fullmatch("[0-9]{4}(Q[1-4])?", text):
            if YEAR.low <= int(text[:4]) <= YEAR.high:
                return text if len(text) > 4 else f"{text}Q1"
            report.say(node.at, at, f"is {text}, but must lie between {YEAR.low:g} and {YEAR.high:g}")
            return INVALID
        loose = re.fullmatch("([0-9]{4})[ -]?[qQ]([1-4])", text)
        hint = f"; did you mean {loose[1]}Q{loose[2]}?" if loose else ""
        report.say(node.at, at, f"is {shown(node.value)}, not a year or a quarter such as 2012Q3{hint}")
        return INVALID

    def schema(self) -> Schema:
        year = {"type": "integer", "minimum": YEAR.low, "maximum": YEAR.high}
        return {"anyOf": [year, {"type": "string", "pattern": "^[0-9]{4}(Q[1-4])?$"}]}


@dataclass(frozen=True)
class ListOf(Shape):
    """A list; with `every`, that one word may stand for all there is."""

    item: Shape
    least: int = 0
    most: int = 20_000
    every: str = ""

    def check(self, node: Node, at: str, report: Report) -> Any:
        if self.every and node.value in (self.every, [self.every]):
            return self.every
        if not isinstance(node.value, list):
            word = f' or "{self.every}"' if self.every else ""
            report.say(node.at, at, f"is {shown(node.value)}, not a list{word}; did you mean [{_bare(node.value)}]?")
            return INVALID
        count = len(node.value)
        if not self.least <= count <= self.most:
            asked = f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"
            report.say(node.at, at, f"has {count} items; {asked} are needed")
            return INVALID
        checked = [self.item.check(child, f"{at}.{i}", report) for i, child in enumerate(node.value)]
        if self.every and any(child.value == self.every for child in node.value):
            return self.every
        return [item for item in checked if item is not INVALID]

    def schema(self) -> Schema:
        listed = {"type": "array", "items": self.item.schema(), "minItems": self.least, "maxItems": self.most}
        return {"anyOf": [{"const": self.every}, listed]} if self.every else listed


def _bare(value: object) -> str:
    return "..." if isinstance(value, dict | list) else shown(value).strip('"')


@dataclass(frozen=True)
class MapOf(Shape):
    """A map whose keys are names of one form, given by `pattern` and in words by `wording`, or the `known` names."""

    item: Shape
    pattern: str
    wording: str
    least: int = 0
    most: int = 2000
    known: tuple[str, ...] = ()

    def check(self, node: Node, at: str, report: Report) -> Any:
        if not isinstance(node.value, dict):
            report.say(node.at, at, f"is {shown(node.value)}, not a map of {self.wording}s")
            return INVALID
        given = {name: child for name, child in node.value.items() if child.value is not None}
        if not self.least <= len(given) <= self.most:
            report.say(node.key, at, f"has {len(given):,} entries; {self.least} to {self.most} are needed")
            return INVALID
        result = {}
        for name, child in given.items():
            here = f"{at}.{name}"
            if self.known and name not in self.known:
                near = report.near(name, self.known)
                report.say(child.key, here, f"{shown(name)} is not a known {self.wording}{near}")
            elif not re.fullmatch(self.pattern, name):
                report.say(child.key, here, f"{shown(name)} is not a {self.wording}")
            else:
                result[name] = self.item.check(child, here, report)
        return {name: value for name, value in result.items() if value is not INVALID}

    def schema(self) -> Schema:
        item = {"anyOf": [self.item.schema(), {"type": "null"}]}
        if self.known:
            return {"type": "object", "properties": dict.fromkeys(self.known, item), "additionalProperties": False}
        return {"type": "object", "patternProperties": {f"^({self.pattern})$": item}, "additionalProperties": False}


@dataclass(frozen=True)
class Field:
    """A named part of a map: its shape, its default, and what it means."""

    shape: Shape
    default: Any = ABSENT
    means: str = ""


@dataclass(frozen=True)
class Fields(Shape):
    """A map of named parts; no others are allowed, but those in `apart`, which somebody else checks."""

    fields: Mapping[str, Field]
    apart: frozenset[str] | set[str] = frozenset()

    def check(self, node: Node, at: str, report: Report) -> Any:
        if not isinstance(node.value, dict):
            report.say(node.at, at, f"is {shown(node.value)}, not a map")
            return INVALID
        dot = f"{at}." if at else ""
        self.refuse_unknown(node, dot, report)
        result, missing = {}, []
        for name, field in self.fields.items():
            child = node.value.get(name)
            if child is not None and child.value is not None:
                value = field.shape.check(child, dot + name, report)
            elif field.default is REQUIRED:
                missing.append(name)
                continue
            else:
                value = self.default(node, field, dot + name, report)
            if not isinstance(value, Missing):
                result[name] = value
        if missing:
            report.say(node.key, at, f"lacks {', '.join(missing)}")
        return result

    def default(self, node: Node, field: Field, at: str, report: Report) -> Any:
        # A section that is not given has the defaults of its parts.
        if field.default == {}:
            return field.shape.check(Node({}, node.at, node.key), at, report)
        return list(field.default) if isinstance(field.default, list) else field.default

    def refuse_unknown(self, node: Node, dot: str, report: Report) -> None:
        for name, child in node.value.items():
            if name not in self.fields and name not in self.apart:
                near = report.near(name, self.fields)
                report.say(child.key, dot + name, f"no such key{near}")

    def schema(self) -> Schema:
        properties = {}
        for name, field in self.fields.items():
            described = field.shape.schema() | ({"description": field.means} if field.means else {})
            if not isinstance(field.default, Missing) and field.default not in ({}, None):
                described["default"] = field.default
            properties[name] = {"anyOf": [described, {"type": "null"}]}
        return {"type": "object", "properties": properties, "additionalProperties": False}


SOURCE_NAME: Final = Text("[a-z][a-z0-9_-]*", "the name of a source in region.sources")
_PROVENANCE: Final = {
    "year": Field(Number(YEAR, whole=True), means="the year that the figure is of"),
    "source": Field(SOURCE_NAME, means="the name of its source in region.sources"),
    "note": Field(Text(), means="what else a reader should know"),
}


def cell_schema() -> Schema:
    """A figure with its provenance, in JSON Schema."""
    schema = Fields(_PROVENANCE).schema()
    schema["properties"] |= {"value": {"type": "number"}} | PRIOR_SCHEMA["properties"]
    return schema
