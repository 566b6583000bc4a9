"""Which levers are on together in which run, and what is read from that: the same runs serve every question."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from comity import chance
from comity.beginning import Beginning
from comity.runs import shapley

ORDER: Final = chance.purpose("effects.order")
ORDERS: Final = 2
"""Antithetic pairs of orders in each run, where orders are sampled."""
PAIRS_PER_RUN: Final = 66
"""Pairs of levers looked at in each run, where orders are sampled: all pairs of twelve; of more, they take turns."""


@dataclass(frozen=True)
class Design:
    """Which levers are on together in which run: a subset of levers is a whole number, bit k for lever k.

    Up to six levers, every run meets all subsets. Of more, every run meets all levers and none, each lever alone, all
    but each lever, all but each pair of levers, and the subsets along orders and their reverses, drawn for that run.
    """

    levers: tuple[str, ...]
    seed: int

    @property
    def exact(self) -> bool:
        """Whether all subsets are visited."""
        return len(self.levers) <= shapley.EXACT_UP_TO

    def orders(self, run: int) -> list[list[int]]:
        """The sampled orders in which levers join in this run, each followed by its reverse."""
        if self.exact:
            return []
        key = chance.run_key(self.seed, run)
        clock = types.SimpleNamespace(quarter=chance.SETUP, key0=key[0], key1=key[1])
        found = []
        for k in range(ORDERS):
            draws = [chance.uniform(clock, chance.subject(name), ORDER, k) for name in self.levers]
            order = sorted(range(len(draws)), key=draws.__getitem__)
            found += [order, order[::-1]]
        return found

    def pairs(self, run: int) -> list[int]:
        """The pairs looked at in this run, by their number in `shapley.pairs`."""
        many = len(shapley.pairs(len(self.levers)))
        if self.exact or many <= PAIRS_PER_RUN:
            return list(range(many))
        return sorted((run * PAIRS_PER_RUN + k) % many for k in range(PAIRS_PER_RUN))

    def subsets(self, run: int) -> list[int]:
        """The subsets of levers that are played in this run, each once."""
        players = len(self.levers)
        everybody = shapley.everybody(players)
        if self.exact:
            return list(range(everybody + 1))
        both = shapley.pairs(players)
        found = {0, everybody}
        for k in range(players):
            found |= {1 << k, everybody & ~(1 << k)}
        for k in self.pairs(run):
            found.add(everybody & ~(1 << both[k][0] | 1 << both[k][1]))
        for order in self.orders(run):
            found.update(shapley.chain(order))
        return sorted(found)

    def plans(self, begin: Beginning, run: int) -> Iterator[Any]:
        """The strengths (quarters, levers) of the beginning with only those of each subset."""
        rows = np.array([list(begin.book.levers).index(name) for name in self.levers])
        for subset in self.subsets(run):
            plan = begin.world.plan.copy()
            plan[:, rows[[subset >> k & 1 == 0 for k in range(len(rows))]]] = 0.0
            yield plan


@dataclass(frozen=True)
class Played:
    """Outcomes (runs, ..., K) of the subsets that everything is told from; pairs not looked at in a run are NaN."""

    everything: Any
    nothing: Any
    without: Any
    alone: Any
    without_both: Any
    shares: Any

    @classmethod
    def of(cls, design: Design, values: Sequence[Any]) -> Played:
        """From the outcomes (subsets, K) of each run's subsets, in the order of `Design.subsets`."""
        runs = [_Values(design.subsets(run), rows) for run, rows in enumerate(values)]
        players = len(design.levers)
        everybody, both = shapley.everybody(players), shapley.pairs(players)
        without_both = np.full((len(runs), len(both), values[0].shape[1]), np.nan)
        for run, of in enumerate(runs):
            for k in design.pairs(run):
                without_both[run, k] = of[everybody & ~(1 << both[k][0] | 1 << both[k][1])]
        if design.exact:
            shares = shapley.exact(np.stack(values))
        else:
            shares = np.stack(
                [
                    np.mean([shapley.along(o, of.at(shapley.chain(o))) for o in design.orders(run)], axis=0)
                    for run, of in enumerate(runs)
                ]
            )
        return cls(
            np.stack([of[everybody] for of in runs]),
            np.stack([of[0] for of in runs]),
            np.stack([of.at([everybody & ~(1 << k) for k in range(players)]) for of in runs]),
            np.stack([of.at([1 << k for k in range(players)]) for of in runs]),
            without_both,
            shares,
        )

    def outcome(self, k: int) -> Played:
        """The same of one outcome alone, (runs, ...), in the runs in which it is known throughout."""
        parts = [part[..., k] for part in (self.everything, self.nothing, self.without, self.alone, self.shares)]
        known = ~np.any([np.isnan(part).reshape(len(part), -1).any(axis=1) for part in parts], axis=0)
        everything, nothing, without, alone, shares = (part[known] for part in parts)
        return Played(everything, nothing, without, alone, self.without_both[..., k][known], shares)


class _Values:
    """What the outcomes were with a subset of the levers."""

    def __init__(self, subsets: Sequence[int], rows: Any) -> None:
        self.row, self.rows = {subset: k for k, subset in enumerate(subsets)}, rows

    def __getitem__(self, subset: int) -> Any:
        return self.rows[self.row[subset]]

    def at(self, subsets: Sequence[int]) -> Any:
        return self.rows[[self.row[subset] for subset in subsets]]
