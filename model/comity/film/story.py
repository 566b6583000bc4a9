"""The story of a run that was moved or nudged on the way is told like any other."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from comity.film.moves import with_moves
from comity.film.nudge import Nudge, nudge_from, place_of, set_number
from comity.rulebook import Phase
from comity.runs import story
from comity.runs.kept import keeping as each_keeping
from comity.runs.replay import Touch
from comity.runs.result import Run
from comity.runs.scenario import Scenario, able
from comity.runs.story import Story
from comity.runs.why import row_of
from comity.tables import World


def why(
    scenario: Any,
    member: str | None = None,
    seed: int | str | None = None,
    moves: Iterable[Sequence[Any]] = (),
    quarter: int | str | None = None,
    run: int = 0,
    nudge: Nudge | str | Mapping[str, Any] | None = None,
    least: int = 0,
    until: int | None = None,
) -> Story:
    """The `Story` of a member, or of the organization if None, in the run that `film` shows of the same.

    `quarter` is a quarter, a year, or None for all, as in `Run.why`. Decisions of less weight than `least` (0 routine,
    1 notable, 2 great) are left out, which saves time, and so are those after the quarter `until`. ScenarioError or
    ValueError as `film`; ValueError for a member or a quarter that there is none of.
    """
    played, turned = _run(scenario, seed, moves, run), nudge_from(nudge)
    touch = None if turned is None else touching(played, turned)
    return story.told(played, member, quarter, touch=touch, least=least, until=until)


def keeping(
    scenario: Any,
    member: str,
    seed: int | str | None = None,
    moves: Iterable[Sequence[Any]] = (),
    progress: Callable[[int, int], None] | None = None,
    run: int = 0,
) -> list[dict[str, Any]]:
    """The levers that, set otherwise from the start, would have kept a member in: lever, before, strength, change.

    Each is a run more; `progress(done, all)` is called as levers are tried, and what it raises ends the search.
    """
    played = _run(scenario, seed, moves, run)
    return [each.document() for each in each_keeping(played, row_of(played, member), progress)]


def touching(run: Run, nudge: Nudge) -> Touch:
    """What a nudge does to the world of a replay."""

    def touch(quarter: int, phase: Phase, now: World) -> None:
        if quarter == nudge.quarter and phase.name == nudge.phase:
            set_number(now, place_of(run.begin, now, nudge), nudge)

    return touch


def _run(scenario: Any, seed: int | str | None, moves: Iterable[Sequence[Any]], run: int) -> Run:
    return _played(able(scenario), seed, tuple((when, path, value) for when, path, value in moves), run)


@functools.lru_cache(maxsize=8)
def _played(scenario: Scenario, seed: int | str | None, moves: tuple[Any, ...], run: int) -> Run:
    """The run that was played last is asked about again and again."""
    return with_moves(scenario, moves).run(seed, run)
