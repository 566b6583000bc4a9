"""A union so small that what an outcome finds in it can be worked out by hand."""

from __future__ import annotations

from typing import Any

from comity import composer, syntax, world
from comity.quarter import RULEBOOK
from comity.tables import Size, World

PHASES = composer.plain(RULEBOOK)


class Union(World):
    """Founding members inside, ten million people each, one area, no measures; rules are the plain ones."""

    def __init__(self, states: int = 3, horizon: int = 40) -> None:
        super().__init__(RULEBOOK, Size(states, 1, horizon))
        for name, mechanism in {**RULEBOOK.forces, **RULEBOOK.levers, **RULEBOOK.outcomes}.items():
            for key, declared in mechanism.parameters().items():
                self.params[0][name][key] = declared.default
        self.clock["horizon"] = horizon
        self.areas["weight"] = 1.0
        self.members["standing"] = world.MEMBER
        self.members["inside"] = self.members["founding"] = 1
        self.members["population"] = 10.0
        self.org["inside"], self.org["population"] = states, 10.0 * states

    def watch(self, *quarters: int) -> None:
        """What is reported is added up at the end of these quarters."""
        for quarter in quarters:
            self.clock["quarter"], self.clock["season"] = quarter, quarter % 4
            for phase in ("watch", "review"):
                PHASES[phase](*self.arguments)

    def found(self, name: str) -> float:
        """The outcome as it stands."""
        finish = RULEBOOK.outcomes[name].finish
        rows = {"org": self.org[0], "clock": self.clock[0], "tally": self.tallies[0], "members": self.members}
        own = {name: self.params[0][name]} if RULEBOOK.outcomes[name].parameters() else {}
        return float(finish(*({**rows, **own}[argument] for argument in syntax.arguments(finish))))

    def leaves(self, state: int, quarter: int) -> None:
        """A state is outside from this quarter on; the organization's own count is that of the morning."""
        self.members[state].left, self.members[state].inside = 1, 0
        self.members[state].standing = world.WITHDRAWN
        self.watch(quarter)
        self.members[state].left = 0

    def law(self, slot: int = 0, **said: float) -> Any:
        """A measure of depth .5 in force for a year, which binds all in full and is due in three quarters."""
        measure = self.measures[slot]
        measure.stage, measure.serial, measure.depth, measure.hardness = world.IN_FORCE, slot + 1, 0.5, 0.9
        measure.since_force = 4.0
        for name, value in said.items():
            setattr(measure, name, value)
        for state in range(len(self.members)):
            post = self.posts[state, slot]
            post.rung, post.scope, post.due_in = world.BOUND, 1.0, 3.0
        return measure
