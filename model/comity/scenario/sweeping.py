"""The section that says what a sweep varies, and how its points are placed."""

from __future__ import annotations

from typing import Any, Final

from comity.parameter import Parameter
from comity.scenario.document import Node
from comity.scenario.problems import Report
from comity.scenario.shape import (
    ABSENT,
    INVALID,
    Choice,
    Field,
    Fields,
    Flag,
    ListOf,
    MapOf,
    Number,
    Quantity,
    Schema,
    Text,
)

DESIGNS: Final = (
    *("sobol", "saltelli", "morris", "latin", "halton", "random"),
    *("grid", "zip", "one_at_a_time", "csv"),
)
OVERLAYS: Final = ("package", "calendar")
"""Factors whose values are names of shipped files or paths, laid over the scenario; `baseline` lays nothing over it."""
MOST_BLOCKS: Final = 32


class Varied(Quantity):
    """A prior, or a list of the values to try."""

    def check(self, node: Node, at: str, report: Report) -> Any:
        if isinstance(node.value, list) and node.value:
            return node.plain()
        if isinstance(node.value, dict):
            return super().check(node, at, report)
        report.say(node.at, at, "needs a list of values, or a prior such as {uniform: [0, 1]}")
        return INVALID

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "array", "minItems": 1}, {"$ref": "#/$defs/prior"}]}


def _section() -> Fields:
    anything = Parameter("", -1e12, 1e12, "")
    block = {
        "vary": Field(MapOf(Varied(anything), "[A-Za-z0-9_.-]+", "dotted path"), {}, "what varies, by dotted path"),
        "design": Field(Choice(DESIGNS), "sobol", "how points are placed"),
        "n": Field(Number(Parameter("points", 1, 10_000_000, "size of the design"), whole=True), 256),
        "levels": Field(
            Number(Parameter("levels", 2, 1000, "steps of a prior in a grid or in Morris's walks"), whole=True), 4
        ),
        "second_order": Field(Flag(), True, "whether Saltelli's points serve for interactions too"),
        "csv": Field(Text(longest=4096), ABSENT, "a file of points: a column for each dotted path"),
    }
    return Fields(
        block
        | {
            "blocks": Field(ListOf(Fields(block), most=MOST_BLOCKS), [], "several designs in one sweep"),
            "combine": Field(Choice(("concatenated", "crossed")), "concatenated", "how blocks go together"),
            "runs": Field(Number(Parameter("runs", 1, 1_000_000, "runs at each point"), whole=True), 20),
        }
    )


SWEEP: Final = _section()
