"""Regions, policy packages, shock calendars and whole scenarios come with the program and go by name."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comity.scenario.document import Budget, read_text

KINDS: Final[Mapping[str, str]] = {
    "scenarios": ".",
    "regions": "regions",
    "packages": "packages",
    "calendars": "calendars",
    "facts": "facts",
}
"""Each kind of shipped thing and its folder; a bare name is looked up in this order."""

LISTED_AS: Final[Mapping[str, str]] = {"facts": "scenarios"}
"""A folder of its own, of the same kind for readers."""

PART: Final = "areas"
"""What every region extends and nobody runs, so that no list shows it."""


# Title and story stand above the sections, so a list need not read those.
_SECTION: Final = re.compile("^(?!title|story|extends)[a-z]+:", re.MULTILINE)


@dataclass(frozen=True)
class Shipped:
    """A file that comes with the program; `shown` is how problems and origins call it on every machine."""

    kind: str
    name: str
    path: Path

    @property
    def shown(self) -> str:
        """The name of the file below the folder of scenarios."""
        return "/".join(part for part in ("scenarios", KINDS[self.kind], self.path.name) if part != ".")


@dataclass(frozen=True)
class Card:
    """What a list says of a shipped thing."""

    kind: str
    name: str
    title: str
    story: str


def shipped_folder() -> Path:
    """The folder of shipped scenarios: inside the package in a wheel, beside `model` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    wheel = package / "_scenarios"
    return wheel if wheel.is_dir() else package.parents[1] / "scenarios"


def files(folder: Path | None = None) -> dict[str, Shipped]:
    """Every shipped file by its name; where two kinds share a name, the second needs its kind: `calendars/eu`."""
    found: dict[str, Shipped] = {}
    for kind, below in KINDS.items():
        for path in sorted(((folder or shipped_folder()) / below).glob("*.yaml")):
            thing = Shipped(kind, path.stem, path)
            found.setdefault(path.stem, thing)
            found[f"{kind}/{path.stem}"] = thing
    return found


def _listed(thing: Shipped) -> str:
    return LISTED_AS.get(thing.kind, thing.kind)


@functools.cache
def _card(thing: Shipped, changed: int) -> Card:
    """`changed` makes a file that was edited be read again."""
    text = thing.path.read_text("utf-8")
    head = _SECTION.split(text, maxsplit=1)[0]
    node = read_text(head if "title:" in head else text, thing.shown, Budget())
    words = [node.find(key).value for key in ("title", "story")]
    return Card(thing.kind, thing.name, *(word if isinstance(word, str) else "" for word in words))


def shipped(kind: str | None = None, folder: Path | None = None) -> list[Card]:
    """Title and story of everything shipped, or of one of `KINDS`; a file is read again when it has changed."""
    things = sorted(set(files(folder).values()), key=lambda thing: (list(KINDS).index(thing.kind), thing.name))
    wanted = [thing for thing in things if kind in (None, thing.kind, _listed(thing)) and thing.name != PART]
    return [_card(thing, thing.path.stat().st_mtime_ns) for thing in wanted]
