"""A small world at its defaults, for rules that are checked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from comity import world
from comity.forces import implementation
from comity.quarter import RULEBOOK
from comity.tables import Size, World

DESIGN = {
    "consent": {"level": -3.15, "legislature": -1.5, "capacity": 3.0, "unread": -3.0, "reading": 4.0},
    "elections": {"trust_pull": 3.0, "grievance_pull": 4.0, "swing": 0.3},
    "founding": {"frailty": 1.34},
    "implementation": {"level": -0.24, "rate": 0.6, "frailty": 0.4, "pressure": 2.4},
    "monitoring": {"executive": 0.6},
    "publics": {"returning": 0.04, "national": 0.69},
    "shocks": {"debt_loading": 0.012, "grievance_loading": 0.008},
    "threat": {"level": -7.7},
}
"""Round numbers from before the fit, in place of fitted ones: a rule checked by hand must not move with a fit."""


class Day(World):
    """Two states inside, two areas, one measure in force, all numbers at their defaults or, if fitted, as designed."""

    def __init__(self) -> None:
        super().__init__(RULEBOOK, Size(2, 2, 8))
        for name, mechanism in {**RULEBOOK.forces, **RULEBOOK.levers, **RULEBOOK.outcomes}.items():
            for key, declared in mechanism.parameters().items():
                self.params[0][name][key] = DESIGN.get(name, {}).get(key, declared.default)
        self.clock[0].key0, self.clock[0].key1, self.clock[0].horizon = 7, 11, 8
        for row in range(2):
            member = self.members[row]
            member.id, member.standing, member.inside, member.accession = row + 1, world.MEMBER, 1, -1
            member.capacity = member.trust = member.democracy = member.judiciary = 0.5
            member.income, member.population, member.power, member.regime = 10.0, 1.0, 0.5, world.LIBERAL_DEMOCRACY
            member.challenger, member.term, member.term_clock = 0.15, 16.0, 8.0
        self.org[0].inside, self.org[0].population, self.org[0].power = 2, 2.0, 20.0
        self.org[0].effort, self.org[0].secretariat, self.org[0].predictability = 1.0, 1.0, 1.0
        self.org[0].coverage, self.org[0].means, self.org[0].dues = 1.0, 1.0, 0.01
        measure = self.measures[0]
        measure.stage, measure.serial, measure.depth = world.IN_FORCE, 1, 0.5
        measure.hardness, measure.due = 1.0, 8.0

    def own(self, name: str) -> Any:
        """The numbers of a mechanism."""
        return self.params[0][name]

    def on(self, name: str, strength: float) -> Any:
        """The numbers of a lever that is on."""
        self.params[0][name].strength = strength
        return self.params[0][name]

    def why(self, name: str) -> Any:
        """The scratch row of a decision."""
        return self.whys[0][name]

    def bind(self, row: int = 0) -> Any:
        """A state bound in full, with nothing done yet."""
        post = self.posts[row, 0]
        post.rung, post.scope, post.due_in = world.BOUND, 1.0, 8.0
        return post

    def draft(self) -> Any:
        """The measure on the day that it is tabled."""
        measure = self.measures[0]
        measure.stage, measure.age, measure.hardness = world.DRAFT, 0, 0.1
        return measure

    def carried_out(self, row: int = 0) -> Any:
        """The place of a state after one quarter of implementation."""
        post = self.posts[row, 0]
        implementation.carry_out(
            post, self.members[row], self.measures[0], self.areas[0], self.stakes[row, 0], self.clock[0],
            self.own("implementation"), self.why("implementation"),
        )  # fmt: skip
        return post


@pytest.fixture
def day() -> Day:
    """A small world of its own for each test."""
    return Day()
