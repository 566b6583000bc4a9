"""An organization that looks some years ahead tries each move on a copy of its world before it makes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from comity.world import QUARTERS_PER_YEAR


@dataclass(frozen=True, slots=True)
class Move:
    """One move: when, which lever, from where to where, and what it was expected to gain."""

    date: str
    lever: str
    before: float
    after: float
    gain: float
    expected: Mapping[str, float]

    def __str__(self) -> str:
        way = "raises" if self.after > self.before else "lowers"
        told = ", ".join(f"{name} {change:+.4f}" for name, change in self.expected.items())
        return f"{self.date}: {way} {self.lever} from {self.before:.2f} to {self.after:.2f}, expecting {told}"


@dataclass
class Foresight:
    """A policy that optimizes over a short horizon: `Simulation("eu", policy=Foresight(...))`.

    Once a year each lever in `levers` is tried a step up and a step down, on twins of the world as it stands that
    differ by that move alone, `guesses` times under lucks that are not the run's own. The best move is made, then the
    next best, as long as all moves of the year stay within `budget` (strength) and gain more than `least` in the
    weighted sum of `goals` (figures of a quarter, such as integration and respect, with their weights).

    `moves` tells what was done and why. Rolling-horizon optimization, bounded rationality: it knows its own world well,
    but neither its luck nor the calendar. ValueError for a goal that no figure has, or a lever that does not exist.
    """

    levers: Sequence[str]
    goals: Mapping[str, float] = field(default_factory=lambda: {"integration": 1.0, "respect": 1.0})
    years: float = 2.0
    step: float = 0.25
    budget: float = 0.5
    guesses: int = 2
    least: float = 0.0005
    moves: list[Move] = field(default_factory=list)

    def decide(self, simulation: Any) -> Mapping[str, float]:
        """Strengths of the levers that are moved this year."""
        stands = {name: self._strength(simulation, name) for name in self.levers}
        chosen: dict[str, float] = {}
        left = self.budget
        base = self._figures(simulation, chosen)
        while left > 0.0:
            best = self._best(simulation, stands, chosen, base, left)
            if best is None:
                break
            self.moves.append(best)
            left -= abs(best.after - best.before)
            chosen[best.lever] = stands[best.lever] = best.after
            base = {name: base[name] + best.expected[name] for name in base}
        return chosen

    def _best(
        self, simulation: Any, stands: Mapping[str, float], chosen: Mapping[str, float], base: Mapping[str, float],
        left: float,
    ) -> Move | None:  # fmt: skip
        found: list[Move] = []
        for name, before in stands.items():
            if name in chosen:
                continue
            row = list(simulation.beginning.book.levers).index(name)
            low, high = (float(simulation.world.pulls[end][row]) for end in ("low", "high"))
            for step in (self.step, -self.step):
                after = min(max(before + min(max(step, -left), left), low), high)
                if after == before:
                    continue
                then = self._figures(simulation, {**chosen, name: after})
                expected = {goal: then[goal] - base[goal] for goal in self.goals}
                gain = sum(weight * expected[goal] for goal, weight in self.goals.items())
                found.append(Move(simulation.date, name, before, after, gain, expected))
        worth = [move for move in found if move.gain > self.least]
        return max(worth, key=lambda move: move.gain) if worth else None

    def _figures(self, simulation: Any, strengths: Mapping[str, float]) -> dict[str, float]:
        quarters = max(int(self.years * QUARTERS_PER_YEAR), 1)
        guesses = [simulation.look_ahead(strengths, quarters, luck) for luck in range(self.guesses)]
        unknown = [goal for goal in self.goals if goal not in guesses[0]]
        if unknown:
            raise ValueError(f"no figure is called {unknown[0]!r}; there are {', '.join(guesses[0])}")
        return {goal: sum(guess[goal] for guess in guesses) / len(guesses) for goal in self.goals}

    @staticmethod
    def _strength(simulation: Any, lever: str) -> float:
        levers = list(simulation.beginning.book.levers)
        if lever not in levers:
            raise ValueError(f"there is no lever {lever!r}; there are {', '.join(levers)}")
        return float(simulation.world.pulls["strength"][levers.index(lever)])
