"""The address bar holds the whole state of a page, in words, and a broken link keeps what is good in it.

`/?v=1&scenario=eu%2Brespectful&seed=7&at=2015Q3&set=levers.sunset.strength%3D0.4&move=2014Q2~levers.court.on~true`
and the same again with `b.` before it for the other side. A scenario of one's own travels as `file=`, deflated, where
it is short enough for an address.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

VERSION: Final = "1"
LARGEST_SEED: Final = 2**63 - 1
LONGEST_FILE_IN_ADDRESS: Final = 6000
LARGEST_FILE: Final = 256 * 1024
MOST_CHANGES: Final = 400
LONGEST_ADDRESS: Final = 32 * 1024
NAME: Final = re.compile(r"[a-z0-9][a-z0-9_/+-]{0,199}")
PATH: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}(?:\.[A-Za-z0-9][A-Za-z0-9_-]{0,59}){1,5}")
DATE: Final = re.compile(r"(\d{4})Q([1-4])")
VIEW: Final = re.compile(r"[a-z]{1,20}")
NUDGE: Final = re.compile(
    r"\d{1,4}~[a-z_]{1,30}~[a-z]{1,10}\.[a-z0-9_]{1,40}~-?\d[\d.e-]{0,24}~[A-Za-z0-9]{0,8}~\d{0,6}"
)
WORD: Final = re.compile(r"[A-Za-z0-9_.,-]{1,60}")
OWN: Final = "own"
"""What a scenario is called that came as a file."""


@dataclass(frozen=True)
class Move:
    """From the quarter `date` ("2014Q2") on, the value at a dotted path is another."""

    date: str
    path: str
    value: Any

    def __hash__(self) -> int:
        return hash((self.date, self.path, repr(self.value)))


@dataclass(frozen=True)
class Side:
    """One of the two runs on the page: a scenario's name (or a text of one's own), settings of the whole run, moves.

    `nudge` is a counterfactual that is played, as `comity.film.Nudge.text` writes it.
    """

    scenario: str = "eu"
    file: str = ""
    set: tuple[tuple[str, Any], ...] = ()
    moves: tuple[Move, ...] = ()
    nudge: str = ""

    def __hash__(self) -> int:
        # values may be lists, which have none of their own
        return hash((self.scenario, self.file, repr(self.set), self.moves, self.nudge))


@dataclass(frozen=True)
class State:
    """All that an address says. `seed` None is the scenario's own; `at` is where the clock stands."""

    a: Side = field(default_factory=Side)
    b: Side | None = None
    seed: int | None = None
    at: str = ""
    view: tuple[tuple[str, str], ...] = ()

    def side(self, name: str) -> Side:
        """The side of that name, `a` or `b`; side b of a page that has none is side a."""
        return self.b if name == "b" and self.b is not None else self.a

    def with_side(self, name: str, side: Side) -> State:
        """The same with another side a or b."""
        return replace(self, b=side) if name == "b" else replace(self, a=side)


def written(state: State) -> str:
    """The query of an address that brings the state back."""
    pairs: list[tuple[str, str]] = [("v", VERSION)]
    pairs += _side_written(state.a, "")
    pairs += [("seed", str(state.seed))] if state.seed is not None else []
    pairs += [("at", state.at)] if state.at else []
    pairs += _side_written(state.b, "b.") if state.b is not None else []
    pairs += [(f"view.{key}", value) for key, value in state.view]
    return urlencode(pairs, safe="~,")


def _side_written(side: Side, before: str) -> list[tuple[str, str]]:
    packed = _packed(side.file) if side.file else ""
    pairs = [(before + "scenario", side.scenario.replace("+", " "))]
    pairs += [(before + "file", packed)] if packed else []
    pairs += [(before + "set", f"{path}={_said(value)}") for path, value in side.set]
    pairs += [(before + "nudge", side.nudge)] if side.nudge else []
    return pairs + [(before + "move", f"{move.date}~{move.path}~{_said(move.value)}") for move in side.moves]


def holds_all(state: State) -> bool:
    """Whether the address brings everything back: a large file of one's own does not fit into it."""
    sides = [side for side in (state.a, state.b) if side is not None and side.file]
    return all(_packed(side.file) for side in sides) and len(written(state)) <= LONGEST_ADDRESS


def read(query: str) -> tuple[State, list[str]]:
    """The state that a query describes, and what of it could not be used, in sentences; never an exception."""
    wrong: list[str] = []
    if len(query) > LONGEST_ADDRESS:
        return State(), [f"This link is longer than {LONGEST_ADDRESS:,} characters; it starts the page afresh."]
    pairs = parse_qsl(query.lstrip("?"), keep_blank_values=True)
    version = dict(pairs).get("v", VERSION)
    if version != VERSION:
        wrong.append(
            f"This link is of version {version[:10]}, this page of version {VERSION}; what both know was kept."
        )
    single: dict[str, str] = {}
    many: dict[str, list[str]] = {"set": [], "move": [], "b.set": [], "b.move": []}
    view: dict[str, str] = {}
    for key, value in pairs:
        if key in many:
            many[key].append(value)
        elif key.startswith("view.") and VIEW.fullmatch(key[5:]) and WORD.fullmatch(value):
            view[key[5:]] = value
        elif key in ("scenario", "b.scenario", "file", "b.file", "nudge", "b.nudge", "seed", "at"):
            single[key] = value
        elif key not in ("v", "class", "token", "kernelid", "modelid", "solara-no-close-beacon"):
            wrong.append(f"“{key[:40]}” means nothing here and was left out.")
    a = _side_read(single, many, "", wrong)
    other = {"b.scenario", "b.file", "b.nudge"} & set(single) or many["b.set"] or many["b.move"]
    b = _side_read({"b.scenario": a.scenario} | single, many, "b.", wrong) if other else None
    return State(a, b, _seed(single, wrong), _at(single, wrong), tuple(sorted(view.items()))), wrong


def _side_read(single: Mapping[str, str], many: Mapping[str, list[str]], before: str, wrong: list[str]) -> Side:
    name = single.get(before + "scenario", "eu").replace(" ", "+")
    if not NAME.fullmatch(name):
        wrong.append(f"“{name[:40]}” is no name of a scenario; the page shows the European Union instead.")
        name = "eu"
    text = ""
    if before + "file" in single:
        text = _unpacked(single[before + "file"])
        if not text:
            wrong.append("The scenario file inside this link is damaged; its settings and moves were kept.")
            name = "eu" if name == OWN else name
    elif name == OWN:
        wrong.append("This link was made with a scenario file that it does not hold; ask its sender for the file.")
        name = "eu"
    settings = [found for each in many[before + "set"] if (found := _setting(each, wrong))]
    moves = [found for each in many[before + "move"] if (found := _move(each, wrong))]
    if len(settings) + len(moves) > MOST_CHANGES:
        wrong.append(f"This link holds more than {MOST_CHANGES} changes; the first {MOST_CHANGES} of a kind were kept.")
    kept = sorted(moves[:MOST_CHANGES], key=lambda move: move.date)
    nudge = single.get(before + "nudge", "")
    if nudge and not NUDGE.fullmatch(nudge):
        wrong.append("The counterfactual in this link is not written as one and was left out.")
        nudge = ""
    return Side(name, text, tuple(dict(settings[:MOST_CHANGES]).items()), tuple(kept), nudge)


def _setting(text: str, wrong: list[str]) -> tuple[str, Any] | None:
    path, equals, value = text.partition("=")
    if not equals or not PATH.fullmatch(path):
        wrong.append(f"The setting “{text[:60]}” is not written path=value and was left out.")
        return None
    return path, _meant(value)


def _move(text: str, wrong: list[str]) -> Move | None:
    date, _, rest = text.partition("~")
    path, tilde, value = rest.partition("~")
    if not tilde or not DATE.fullmatch(date) or not PATH.fullmatch(path):
        wrong.append(f"The move “{text[:60]}” is not written 2014Q2~path~value and was left out.")
        return None
    return Move(date, path, _meant(value))


def _seed(single: Mapping[str, str], wrong: list[str]) -> int | None:
    text = single.get("seed")
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= LARGEST_SEED:
        return int(text)
    wrong.append(f"The seed “{text[:30]}” is no whole number from 0 to {LARGEST_SEED}; the scenario's own is used.")
    return None


def _at(single: Mapping[str, str], wrong: list[str]) -> str:
    text = single.get("at", "")
    if text and not DATE.fullmatch(text):
        wrong.append(f"The date “{text[:20]}” is not written 2015Q3; the clock stands at the start.")
        return ""
    return text


def _said(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False) if not _is_word(value) else str(value)


def _is_word(value: Any) -> bool:
    """Whether text may stand without its quotation marks: it does not read as anything else."""
    if not isinstance(value, str) or not value or any(sign in value for sign in '"[]{}'):
        return False
    try:
        json.loads(value)
    except ValueError:
        return value == value.strip()
    return False


def _meant(text: str) -> Any:
    """The plain value that a text stands for: a word of JSON, or the text itself. Not finite is text."""
    try:
        return json.loads(text, parse_constant=str)
    except (ValueError, RecursionError):
        return text


def _packed(text: str) -> str:
    """A file as part of an address; empty if it would be too long for one."""
    packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    return packed if len(packed) <= LONGEST_FILE_IN_ADDRESS else ""


def _unpacked(packed: str) -> str:
    """The file that an address holds; empty if it is damaged or larger than a file may be."""
    try:
        raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        inflater = zlib.decompressobj()
        text = inflater.decompress(raw, LARGEST_FILE + 1)
        return "" if len(text) > LARGEST_FILE or not inflater.eof else text.decode()
    except (binascii.Error, ValueError, zlib.error):
        return ""


def quarter_of(date: str, start: int) -> int:
    """Quarters from the start of the year `start` to a date; negative before it."""
    year, season = date.split("Q")
    return 4 * (int(year) - start) + int(season) - 1


def date_of(quarter: int, start: int) -> str:
    """The date of a quarter counted from the start of a year."""
    return f"{start + quarter // 4}Q{quarter % 4 + 1}"
