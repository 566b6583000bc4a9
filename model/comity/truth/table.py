"""A table of facts: each row a statement, the world in which it should show, and the bounds within which it holds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from comity.runs import Scenario, load
from comity.scenario import Problem, ScenarioError, set_from_text
from comity.scenario.problems import near, shown
from comity.signs import LABELS, SIGNS
from comity.truth.cells import Cell, lines_of_cells

COLUMNS: Final = (
    "id", "statement", "scenario", "set", "outcome", "low", "high", "unit", "kind", "role", "source",
)  # fmt: skip
OPTIONAL: Final = ("sign",)
"""A key of `comity.signs`, or one of its labels: whether a sign is written into a rule or comes out of several."""
LEVEL, SIGN, NULL = KINDS = ("level", "sign", "null")
FITTED, INFORMED, BLIND = ROLES = ("fitted", "informed", "blind")
CONTRAST: Final = "|"
ALL: Final = {"run.uncertainty": "all"}
"""Every uncertain coefficient is drawn from its prior, unless the row says otherwise."""


@dataclass(frozen=True, eq=False)
class Row:
    """A fact as its table states it, with its world, and for a contrast the second world.

    `set` of a `level` row changes its scenario. Of a `sign` or `null` row it is what the second world has more than the
    first, under the same luck, and the difference counts; with a bar, what stands before it is set in both worlds, what
    stands after it in the second alone. A sign row without a second world is about the outcome's own sign: a slope, a
    correlation.
    """

    id: str
    statement: str
    scenario: str
    set: str
    outcome: str
    low: float
    high: float
    unit: str
    kind: str
    role: str
    source: str
    sign: str
    world: Scenario
    second: Scenario | None

    @property
    def label(self) -> str:
        """Coded, emergent or contested; empty where the table does not say."""
        return SIGNS[self.sign].label if self.sign in SIGNS else self.sign


def shipped_table() -> Path:
    """The table that comes with the program: every fact that has a figure or a sign and is not kept apart."""
    return Path(__file__).with_name("facts.csv")


def not_measured() -> dict[str, str]:
    """The facts that are in no row of the shipped table, and why: what the model takes in, it cannot put out."""
    text = Path(__file__).with_name("not_measured.csv").read_text("utf-8")
    rows = list(lines_of_cells(text))[1:]
    return {row[0].text: row[1].text for row in rows}


def read(path: str | Path | None = None) -> tuple[Row, ...]:
    """The rows of a table, of the shipped one if None. ScenarioError tells everything that is wrong with it."""
    file = shipped_table() if path is None else Path(path)
    name = f"facts/{file.name}" if path is None else str(path)
    try:
        text = file.read_text("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = "is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else "cannot be read: no such file"
        raise ScenarioError([Problem(name, 0, 0, "", reason)]) from None
    return _Reader(name, file.parent).rows(text)


class _Reader:
    """Reads one table, and gathers all that is wrong before it says so."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.problems: list[Problem] = []
        self.worlds: dict[str, Scenario] = {}

    def say(self, cell: Cell, key: str, message: str) -> None:
        self.problems.append(Problem(self.name, cell.line, cell.column, key, message))

    def rows(self, text: str) -> tuple[Row, ...]:
        lines = list(lines_of_cells(text))
        if not lines:
            raise ScenarioError([Problem(self.name, 1, 1, "", f"is empty; a table begins with {','.join(COLUMNS)}")])
        head = self._head(lines[0])
        found = [self._row(head, line) for line in lines[1:]]
        if not found and not self.problems:
            self.problems.append(Problem(self.name, lines[0][0].line, 1, "", "holds no fact"))
        seen: dict[str, int] = {}
        for line in lines[1:]:
            cell = line[head["id"]] if "id" in head and head["id"] < len(line) else None
            if cell is not None and cell.text in seen:
                self.say(cell, "id", f"{shown(cell.text)} stands in line {seen[cell.text]} already")
            elif cell is not None and cell.text:
                seen[cell.text] = cell.line
        if self.problems:
            raise ScenarioError(sorted(dict.fromkeys(self.problems), key=lambda each: (each.line, each.column)))
        return tuple(row for row in found if row is not None)

    def _head(self, line: list[Cell]) -> dict[str, int]:
        head: dict[str, int] = {}
        for place, cell in enumerate(line):
            if cell.text not in (*COLUMNS, *OPTIONAL):
                self.say(cell, cell.text, f"no such column{near(cell.text, (*COLUMNS, *OPTIONAL))}")
            elif cell.text in head:
                self.say(cell, cell.text, "stands here twice")
            head.setdefault(cell.text, place)
        missing = [name for name in COLUMNS if name not in head]
        if missing:
            self.say(line[0], "", f"lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}")
        return head

    def _row(self, head: Mapping[str, int], line: list[Cell]) -> Row | None:
        before = len(self.problems)
        if len(line) != len(head):
            self.say(line[0], "", f"has {len(line)} cells, and the head has {len(head)}; cells with commas want quotes")
            return None
        cells = {name: line[place] for name, place in head.items()}

        def at(name: str) -> Cell:
            return cells.get(name, Cell("", line[0].line, line[0].column))

        low, high = self._number(at("low"), "low", -math.inf), self._number(at("high"), "high", math.inf)
        if low > high:
            self.say(at("low"), "low", f"is {at('low').text}, above high, which is {at('high').text}")
        kind = self._word(at("kind"), "kind", KINDS)
        self._word(at("role"), "role", ROLES)
        if kind == LEVEL and low == -math.inf and high == math.inf and len(self.problems) == before:
            self.say(at("low"), "low", "is empty, and so is high; a level wants at least one of them")
        if not at("id").text:
            self.say(at("id"), "id", "is empty; a fact goes by a name of its own")
        if at("sign").text and at("sign").text not in (*SIGNS, *LABELS):
            self.say(at("sign"), "sign", f"{shown(at('sign').text)} is no known sign{near(at('sign').text, SIGNS)}")
        world, second = self._worlds(at("scenario"), at("set"), kind)
        if world is not None:
            self._outcome(at("outcome"), world)
        if world is None or len(self.problems) > before:
            return None
        words = {name: at(name).text for name in (*COLUMNS, *OPTIONAL)}
        return Row(**{**words, "low": low, "high": high, "world": world, "second": second})  # type: ignore[arg-type]

    def _number(self, cell: Cell, key: str, empty: float) -> float:
        if not cell.text:
            return empty
        try:
            number = float(cell.text)
        except ValueError:
            number = math.nan
        if math.isnan(number):
            self.say(cell, key, f"{shown(cell.text)} is no number; leave it empty for no bound")
            return empty
        return number

    def _word(self, cell: Cell, key: str, words: Iterable[str]) -> str:
        if cell.text not in words:
            self.say(cell, key, f"{shown(cell.text)} is none of {', '.join(words)}{near(cell.text, words)}")
        return cell.text

    def _outcome(self, cell: Cell, world: Scenario) -> None:
        reported = [str(name) for name in world.value("outcomes")]
        if cell.text in reported:
            return
        known = list(world.book.outcomes)
        if cell.text in known:
            self.say(cell, "outcome", f"{cell.text} is not reported by this scenario; add it to its outcomes")
        else:
            self.say(cell, "outcome", f"no outcome named {shown(cell.text)}{near(cell.text, known)}")

    def _worlds(self, scenario: Cell, said: Cell, kind: str) -> tuple[Scenario | None, Scenario | None]:
        base = self._loaded(scenario)
        both, bar, more = said.text.partition(CONTRAST)
        if not bar and kind in (SIGN, NULL):
            both, more = "", said.text
        if kind == LEVEL and more.strip():
            self.say(said, "set", "a level has one world; only a sign or null row sets more in a second one")
            return None, None
        if kind == NULL and not more.strip():
            self.say(said, "set", "is empty; a null row names what should make no difference")
            return None, None
        if base is None:
            return None, None
        first = self._with(base, both, said)
        second = self._with(first, more, said) if first is not None and more.strip() else None
        return first, second

    def _loaded(self, cell: Cell) -> Scenario | None:
        if not cell.text:
            self.say(cell, "scenario", "is empty; name a shipped scenario or a file")
            return None
        beside = self.folder / cell.text
        is_file = cell.text.endswith((".yaml", ".yml", ".json")) and not Path(cell.text).exists() and beside.exists()
        try:
            found = self.worlds.get(cell.text)
            if found is None:
                found = load(beside if is_file else cell.text)
                found.require_region()
                found = self.worlds[cell.text] = found.with_(ALL)
            return found
        except ScenarioError as error:
            for problem in error.problems:
                where = "" if problem.file in (cell.text, "<name>") else f"{problem.file}:{problem.line}: "
                self.say(cell, "scenario", f"{where}{problem.key + ': ' if problem.key else ''}{problem.message}")
            return None

    def _with(self, base: Scenario, text: str, cell: Cell) -> Scenario | None:
        parts = [part.strip() for part in text.split(";") if part.strip()]
        if not parts:
            return base
        changes: dict[str, Any] = {}
        wrong = False
        for part in parts:
            try:
                changes |= set_from_text(part, self.name)
            except ScenarioError as error:
                wrong = True
                self._set_problems(error, cell)
        if wrong:
            return None
        try:
            return base.with_(changes, self.name)
        except ScenarioError as error:
            self._set_problems(error, cell)
            return None

    def _set_problems(self, error: ScenarioError, cell: Cell) -> None:
        for problem in error.problems:
            self.say(cell, "set", f"{problem.key + ': ' if problem.key else ''}{problem.message}")
