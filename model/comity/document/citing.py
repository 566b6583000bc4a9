"""The literature behind a run: what its forces, levers that are on, theories, outcomes and numbers rest on."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from comity.literature import FACTS, WORKS, facts_named, works_named
from comity.mechanism import Mechanism, Outcome
from comity.parameter import ASSUMPTION
from comity.runs.scenario import Scenario, able
from comity.scenario import Scenario as Checked
from comity.scenario.loading import Source

HEADINGS: Final = ("Names", "Evidence")


@dataclass(frozen=True)
class Citation:
    """What a scenario rests on. `works` and `facts` map each key to what it is used for; `data` is the region's own."""

    title: str
    program: Mapping[str, Any]
    works: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, tuple[str, ...]]
    data: Mapping[str, Mapping[str, Any]]
    assumptions: int
    numbers: int

    def document(self) -> dict[str, Any]:
        """All of it as plain values, ready for JSON."""
        works = [
            {"key": key, "reference": work.reference, "kind": work.kind, "authors": work.authors, "year": work.year,
             "title": work.title, "doi": work.doi, "unchecked": work.unchecked, "used_for": list(used)}
            for key, used in self.works.items() for work in [WORKS[key]]
        ]  # fmt: skip
        facts = [
            {"key": key, "topic": FACTS[key].topic, "says": FACTS[key].says, "status": FACTS[key].status,
             "works": list(FACTS[key].works), "used_for": list(used)}
            for key, used in self.facts.items()
        ]  # fmt: skip
        data = [{"key": key, **source} for key, source in self.data.items()]
        return {
            "scenario": self.title,
            "program": dict(self.program),
            "works": works,
            "facts": facts,
            "data": data,
            "numbers": self.numbers,
            "assumptions": self.assumptions,
        }

    def bibtex(self) -> str:
        """The program and all works as BibTeX entries."""
        return "\n\n".join([_software(self.program), *(WORKS[key].bibtex for key in self.works)])


def cite(scenario: Scenario | Checked | Source) -> Citation:
    """The literature behind a scenario, given as one, or as its name, path or map. ScenarioError as `load`."""
    this = able(scenario)
    works: dict[str, dict[str, None]] = {}
    facts: dict[str, dict[str, None]] = {}
    numbers = assumptions = 0
    for text, use in _texts(this):
        if use.endswith("(number)"):
            numbers, assumptions = numbers + 1, assumptions + (text == ASSUMPTION)
        for key in works_named(text):
            works.setdefault(key, {})[use] = None
        for key in facts_named(text):
            facts.setdefault(key, {})[use] = None
            for work in FACTS[key].works:
                works.setdefault(work, {})[f"fact {key}"] = None
    return Citation(
        this.title, program(),
        {key: tuple(works[key]) for key in WORKS if key in works},
        {key: tuple(facts[key]) for key in FACTS if key in facts},
        this.resolved.get("region", {}).get("sources", {}), assumptions, numbers,
    )  # fmt: skip


def _texts(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Every text that may name literature, with what it speaks of."""
    tree, book = scenario.resolved, scenario.book
    reported = set(tree.get("outcomes") or book.outcomes)
    on = {name for name in book.levers if tree["levers"][name]["on"]}
    for name, force in book.forces.items():
        yield from _of(force, f"force {name}", tree["forces"].get(name, {}))
    for name in (name for name in book.levers if name in on):
        yield from _of(book.levers[name], f"lever {name}", tree["levers"][name])
    for name in (name for name in book.outcomes if name in reported):
        yield from _of(book.outcomes[name], f"outcome {name}", {})


def _of(mechanism: type[Mechanism], use: str, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if issubclass(mechanism, Outcome):
        yield mechanism.__doc__ or "", use
        yield mechanism.claim(), use
    for heading in HEADINGS:
        yield mechanism.section(heading), use
    for key, chosen in mechanism.choices().items():
        yield chosen.choice.source, f"{use}, theory {key}: {said.get(key, chosen.default)}"
    for key, number in mechanism.parameters().items():
        yield number.parameter.source, f"{use}, {key} (number)"


@functools.cache
def program() -> Mapping[str, Any]:
    """How the program itself is cited: its CITATION.cff. Empty where there is none."""
    package = Path(__file__).resolve().parents[1]
    for path in (package / "_document" / "CITATION.cff", package.parents[1] / "CITATION.cff"):
        if path.is_file():
            told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
            return {key: told[key] for key in ("title", "version", "license", "message") if key in told} | {
                "authors": [author.get("name") or f"{author['family-names']}, {author['given-names']}"
                            for author in told["authors"]],
            }  # fmt: skip
    return {}


def _software(told: Mapping[str, Any]) -> str:
    if not told:
        return ""
    authors = " and ".join(f"{{{author}}}" for author in told["authors"])
    title = re.sub(r"([&%#_])", r"\\\1", told["title"])
    fields = {"author": authors, "title": f"{{{title}}}", "version": told["version"]}
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join(["@software{comity,", *lines, "}"])
