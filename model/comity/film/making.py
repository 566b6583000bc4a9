"""A film is a whole run made ready for pictures: a header for reading, arrays for drawing, cut where it should end."""

from __future__ import annotations

import functools
import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from comity import world
from comity.beginning import Beginning
from comity.figures.places import places
from comity.film import buffer, content, money, telling
from comity.film.content import MONEY
from comity.film.moves import Move, date, moved_plan, read_moves
from comity.film.nudge import Nudge, nudge_from
from comity.film.remembered import Remembered
from comity.film.studio import Played, Studio, studio_of
from comity.runs import course, events, moves
from comity.runs.result import LARGEST, reported
from comity.runs.scenario import Scenario, able, whole

if TYPE_CHECKING:
    from pandas import DataFrame

TABLES: Final = ("series", "members", "events", "levers", "measures", "ladder", "deeds", "spending")
"""Tables that a film can be downloaded as."""


@dataclass(frozen=True, eq=False)
class Film:
    """One run as it is shown. `header` is plain values, ready for JSON; `buffer` the whole in bytes: see the package.

    `until` is the number of quarters that it holds; of later ones it knows nothing. It may be shared: change nothing.
    """

    scenario: Scenario = field(repr=False)
    seed: int
    run: int
    moves: tuple[Move, ...]
    nudge: Nudge | None
    until: int
    header: dict[str, Any] = field(repr=False)
    buffer: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """The same for two films that show the same."""
        return str(self.header["digest"])

    @functools.cached_property
    def arrays(self) -> dict[str, Any]:
        """The arrays by name, as the buffer holds them."""
        return buffer.unpack(self.buffer)[1]

    def table(self, name: str) -> DataFrame:
        """One of `TABLES` as a tidy table, in full precision; the run is played once more for it. ValueError for
        another name."""
        import pandas as pd

        if name not in TABLES:
            raise ValueError(f'there is no table "{name}"; there are {", ".join(TABLES)}')
        studio, played = _played(self.scenario, self.seed, self.run, self.moves, self.nudge)
        day = studio.begin
        seen, when = played.until(self.until).seen, course.quarters_of(day)
        cut = {key: values[: self.until] for key, values in when.items()}
        if name == "series":
            return pd.DataFrame({**cut, **course.region_columns(day, seen)})
        if name == "members":
            return course.member_table(day, seen)
        if name == "events":
            return events.event_table(day, seen)
        if name == "levers":
            rows = list(day.book.levers)
            return pd.DataFrame({**cut, **{lever: seen["pulls.strength"][:, k] for k, lever in enumerate(rows)}})
        if name == "spending":
            return pd.DataFrame(
                {**cut, **{use.replace(" ", "_"): paid for use, paid in money.spending(day, seen).items()}}
            )
        frames = {"measures": content.measure_frame, "ladder": content.ladder_frame, "deeds": content.deeds_frame}
        return frames[name](day, seen)


FILMS: Final[Remembered[Film]] = Remembered(24)
"""The films made last, some 300 KB each: a class begins with one, and whoever undoes a move goes back to another."""


def film(
    scenario: Any,
    seed: int | str | None = None,
    moves: Iterable[Sequence[Any]] = (),
    run: int = 0,
    until: int | str | None = None,
    nudge: Nudge | str | Mapping[str, Any] | None = None,
) -> Film:
    """The film of a run: of a scenario (or what `comity.load` takes) under a seed, with levers moved on the way.

    `moves` are `(date or quarter, path, value)`; see `with_moves`. `until`, a number of quarters or a date such as
    `2015Q3`, which is the last one then, cuts it: what comes later is in it nowhere. `nudge` plays a counterfactual
    (see `nudge_of`). The last films are remembered and handed out again. ScenarioError for a scenario or a move that
    is none, ValueError for a seed, run, end or nudge.
    """
    source = able(scenario).require_region()
    assert isinstance(source, Scenario)
    number, this = source.seed_or_own(seed), whole("a run", run, 0, LARGEST)
    moved, turned = read_moves(source, moves), nudge_from(nudge)
    end = end_of(until, source.first_day)
    key = (source.digest, source.name, source.title, source.story, number, this, moved, turned, end)
    return FILMS.get(key, lambda: _made(source, number, this, moved, turned, end))


def _made(scenario: Scenario, seed: int, run: int, moved: tuple[Move, ...], nudge: Nudge | None, end: int) -> Film:
    studio, played = _played(scenario, seed, run, moved, nudge)
    cut = played.until(end)
    header = _header(scenario, studio.begin, seed, run, moved, nudge, end, cut)
    parts = content.parts(studio.begin, cut.seen, studio.columns)
    same = {f"budget.{name}": f"series.{name}" for name in MONEY if f"series.{name}" in parts}
    told, raw = buffer.pack(header, parts, same)
    return Film(scenario, seed, run, moved, nudge, end, told, raw)


def _played(
    scenario: Scenario, seed: int, run: int, moved: tuple[Move, ...], nudge: Nudge | None
) -> tuple[Studio, Played]:
    studio = studio_of(scenario)
    return studio, studio.play(seed, run, moved_plan(scenario, studio.begin, moved), nudge)


def end_of(until: int | str | None, day: Beginning) -> int:
    """The number of quarters to show. ValueError for what is none."""
    last = day.world.size.quarters
    if until is None:
        return last
    if isinstance(until, str) and "Q" in until.upper():
        for quarter in range(last):
            if date(day.start, quarter) == until.strip().upper():
                return quarter + 1
        raise ValueError(f"{until} lies outside the run, which goes from {date(day.start, 0)} "
                         f"to {date(day.start, last - 1)}")  # fmt: skip
    return whole("the number of quarters to show", until, 0, last)


def _header(
    scenario: Scenario, day: Beginning, seed: int, run: int, moved: tuple[Move, ...], nudge: Nudge | None, end: int,
    cut: Played,
) -> dict[str, Any]:  # fmt: skip
    names, columns = reported(scenario, day)
    ended = end == day.world.size.quarters
    recipe = [scenario.digest, seed, run, end, [(m.quarter, m.path, m.value) for m in moved]]
    recipe.append(None if nudge is None else nudge.document())
    return {
        "version": buffer.VERSION,
        "scenario": scenario.name,
        "title": scenario.title,
        "story": scenario.story,
        "seed": seed,
        "run": run,
        "digest": hashlib.sha256(json.dumps(recipe).encode()).hexdigest()[:16],
        "start": date(day.start, 0),
        "quarters": day.world.size.quarters,
        "until": end,
        "dates": [date(day.start, quarter) for quarter in range(day.world.size.quarters)],
        "members": members_of(scenario),
        "areas": list(day.areas),
        "levers": content.levers_in_use(day, cut.seen),
        "kinds": telling.kinds(),
        "moves": [[date(day.start, move.quarter), move.path, move.value] for move in moved],
        "policy": _policy(scenario, day, cut.seen),
        "nudge": None if nudge is None else nudge.document(),
        "shocks": content.shocks(scenario, day, cut.seen, end),
        "outcomes": _outcomes(names, cut.outcomes[columns]) if ended else None,
    }


def _outcomes(names: Sequence[str], values: Any) -> dict[str, float | None]:
    return {name: None if math.isnan(value) else value for name, value in zip(names, values.tolist(), strict=True)}


def members_of(scenario: Scenario) -> list[dict[str, Any]]:
    """The members in the order of their rows: code, name, place of the tile, and whether it is in from the start."""
    return [dict(each) for each in _members(scenario.digest, scenario)]


@functools.lru_cache(maxsize=8)
def _members(digest: str, scenario: Scenario) -> tuple[dict[str, Any], ...]:
    day = scenario.first_day
    region = scenario.resolved["region"]
    known = {} if region.get("synthetic") else region["members"]
    where = places({code: known.get(code, {}).get("capital") for code in day.members})
    return tuple(
        {
            "iso3": code,
            "name": str(known.get(code, {}).get("name") or code),
            "x": where[code][0],
            "y": where[code][1],
            "founder": int(day.world.members["standing"][row]) in world.INSIDE,
        }
        for row, code in enumerate(day.members)
    )


def _policy(scenario: Scenario, day: Beginning, seen: Mapping[str, Any]) -> dict[str, Any]:
    """Levers that the organization moved by itself, if it has such a policy: names of columns, and rows."""
    columns = ["quarter", "lever", "before", "after", "because", "figure", "value"]
    if not seen["pulls.shift"].any():
        return {"columns": columns, "rows": []}
    said = scenario.value("organization.instructions")
    return {"columns": columns, "rows": [[_plain(part) for part in row] for row in moves.each_move(day, seen, said)]}


def _plain(part: Any) -> Any:
    if isinstance(part, float):
        return None if math.isnan(part) else round(part, 3)
    return part
