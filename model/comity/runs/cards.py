"""A decision as a page shows it: sentences, a bar for each term in words, and the mechanism whose rule it was."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from comity.literature import FACTS, WORKS, facts_named, works_named
from comity.mechanism import Lever, Mechanism
from comity.quarter import FORCES, LEVERS
from comity.runs import prose
from comity.runs.quantities import term
from comity.runs.why import Decision

if TYPE_CHECKING:
    from comity.runs.counterfactual import Counterfactual
    from comity.runs.story import Story

Card = dict[str, Any]


def page(story: Story) -> dict[str, Any]:
    """A story as a page shows it, plain values for JSON: its cards in their order, its summary and its levers.

    `mechanisms` explains, once each, those that the cards name.
    """
    sayings = prose.SUMMARY if story.member else prose.ORGANIZATION
    return {
        "member": story.member,
        "name": story.name,
        "scenario": story.run.scenario.title,
        "seed": story.run.seed,
        "run": story.run.run,
        "whole": story.whole,
        "summary": prose.summary(story.decisions, sayings),
        "reading": prose.HOW_TO_READ,
        "cards": [card(each, story.member) for each in story.decisions],
        "mechanisms": {path: told for each in story.decisions if (told := mechanism(path := each.mechanism))},
        "levers": None if story.levers is None else [each.document() for each in story.levers],
    }


def card(each: Decision, member: str | None = "") -> Card:
    """One decision: `bars` are its terms that were not zero, heaviest first; `turns` what turns it, smallest first."""
    turns = [turn for turn in (each.counterfactual, *each.alternatives) if turn is not None]
    return {
        "quarter": each.quarter,
        "date": each.date,
        "decision": each.decision,
        "phase": each.phase,
        "title": prose.TITLES.get(each.decision, each.decision),
        "result": each.result,
        "detail": each.detail,
        "heading": prose.heading(each, member),
        "member": each.member,
        "measure": each.measure,
        "area": each.area,
        "weight": each.weight,
        "odds": prose.odds(each),
        "unturned": "" if turns else prose.unturned(each),
        "logit": _finite(each.logit),
        "threshold": _finite(each.threshold),
        "draw": each.draw,
        "chance": each.chance,
        "bars": _bars(each),
        "turns": [_turn(turn) for turn in turns],
        "mechanism": each.mechanism,
        "text": text([each], member),
    }


def text(decisions: Sequence[Decision], member: str | None = "") -> str:
    """Decisions in plain sentences, for a reader without a picture."""
    told = []
    for each in decisions:
        parts = (prose.odds(each), prose.weights(each), prose.turning(each) or prose.unturned(each))
        told.append(" ".join([f"{each.date}. {prose.heading(each, member)}.", *filter(None, parts)]))
    return "\n\n".join(told)


def _bars(each: Decision) -> list[dict[str, Any]]:
    declared = _numbers(each.mechanism)
    return [
        {"term": name, "words": term(name), "value": value, **declared.get(name, {"means": "", "source": ""})}
        for name, value in each.weighed
    ]


def _turn(turn: Counterfactual) -> dict[str, Any]:
    change = turn.change[0].upper() + turn.change[1:]
    words = {"change": change, "result": turn.result, "text": turn.text}
    return words | {"column": turn.column, "before": turn.before, "after": turn.after, "size": turn.size}


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _mechanism(path: str) -> type[Mechanism] | None:
    """The force or lever of a dotted name, `forces.threat`."""
    kind, _, name = path.partition(".")
    pool: dict[str, type[Mechanism]] = {**FORCES} if kind == "forces" else {**LEVERS}
    return pool.get(name)


@functools.cache
def _numbers(path: str) -> dict[str, dict[str, str]]:
    """What a mechanism's numbers mean and who says so; a term has the name of its number."""
    found = _mechanism(path)
    numbers = {} if found is None else found.parameters()
    return {key: {"means": each.parameter.means, "source": each.parameter.source} for key, each in numbers.items()}


@functools.cache
def mechanism(path: str) -> dict[str, Any] | None:
    """The force or lever whose rule decided: name, claim, evidence, and its works and facts in full; None for none."""
    found = _mechanism(path)
    if found is None:
        return None
    said = {key: found.section(key) for key in ("Names", "Evidence", "Price")}
    facts = facts_named(f"{said['Names']} {said['Evidence']}")
    works = dict.fromkeys(works_named(f"{said['Names']} {said['Evidence']}"))
    for key in facts:
        works |= dict.fromkeys(FACTS[key].works)
    return {
        "kind": "lever" if issubclass(found, Lever) else "force",
        "path": path,
        "name": found.name().replace("_", " "),
        "claim": found.claim(),
        "names": said["Names"],
        "evidence": said["Evidence"],
        "price": said["Price"],
        "facts": [{"key": key, "says": FACTS[key].says, "status": FACTS[key].status} for key in facts],
        "works": [{"key": key, "reference": WORKS[key].reference} for key in works],
    }
