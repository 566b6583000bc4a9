"""The catalogue tells what there is: shipped scenarios, levers, forces, outcomes and their numbers, as documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from comity.mechanism import Lever, Mechanism, Outcome
from comity.parameter import Chosen, Declared, LogNormal, Normal, Parameter, Prior, Uniform
from comity.quarter import FORCES, LEVERS, OUTCOMES
from comity.scenario import shipped
from comity.scenario.catalogue import strength, whole_catalogue

Document = dict[str, Any]
SHIPPED: Final = ("regions", "packages", "calendars", "scenarios")
SECTIONS: Final = {"Names": "names", "Price": "price", "Evidence": "evidence", "Misuse": "misuse", "Formula": "formula"}
"""Sections of a mechanism's docstring, and what they are called in its document."""


def catalogue(kind: str) -> list[Document]:
    """Everything of one of `KINDS`, each with its name and a claim; plain values, ready for JSON.

    KeyError for another kind.
    """
    return _MADE[kind]()


def explained(name: str) -> list[tuple[str, Document]]:
    """What a lever, force, outcome or parameter of this name is: kind and document; several where kinds share it.

    A name may carry its kind before it (`levers.sunset`); a parameter's path may lack it (`sunset.term`).
    """
    kind, _, rest = name.partition(".")
    pools = {"levers": LEVERS, "forces": FORCES, "outcomes": OUTCOMES}
    found = [(each, mechanism_document(pool[name])) for each, pool in pools.items() if name in pool]
    if kind in pools and rest in pools[kind]:
        found.append((kind, mechanism_document(pools[kind][rest])))
    paths = {f"{section}.{name}" for section in pools} | {name}
    return found + [("parameters", each) for each in catalogue("parameters") if each["name"] in paths]


def known_names() -> list[str]:
    """Every name that `explained` knows, for the nearest one to be found."""
    return [*LEVERS, *FORCES, *OUTCOMES, *(each["name"] for each in catalogue("parameters"))]


def mechanism_document(mechanism: type[Mechanism]) -> Document:
    """All that a mechanism says of itself."""
    told: Document = {"name": mechanism.name(), "claim": mechanism.claim()}
    if issubclass(mechanism, Lever):
        told["group"] = mechanism.group
    if issubclass(mechanism, Outcome):
        told |= {"unit": mechanism.unit, "direction": mechanism.direction, "window": mechanism.window}
    told |= {key: text for heading, key in SECTIONS.items() if (text := mechanism.section(heading))}
    numbers = [number_document(key, number) for key, number in mechanism.parameters().items()]
    if issubclass(mechanism, Lever):
        numbers.insert(0, number_document("strength", strength(mechanism)))
    switches = [choice_document(key, chosen) for key, chosen in mechanism.choices().items()]
    told |= {"choices": switches} if switches else {}
    return told | {"parameters": numbers, "reads": list(mechanism.reads), "writes": list(mechanism.writes)}


def number_document(name: str, number: Declared) -> Document:
    """A declared number: where it may lie, where it lies unless somebody says otherwise, and who says so."""
    parameter: Parameter = number.parameter
    return {
        "name": name,
        "claim": parameter.means,
        "unit": parameter.unit,
        "low": parameter.low,
        "high": parameter.high,
        "default": number.default,
        "prior": prior_document(parameter.prior),
        "source": parameter.source,
        "contested": parameter.contested,
    }


def choice_document(name: str, chosen: Chosen) -> Document:
    """A choice between rival accounts: what it decides, between which, and which holds unless somebody says so."""
    choice = chosen.choice
    return {
        "name": name,
        "claim": choice.means,
        "options": list(choice.options),
        "default": chosen.default,
        "source": choice.source,
    }


def prior_document(prior: Prior | None) -> Document | None:
    """A prior as a scenario file writes it."""
    if isinstance(prior, Uniform):
        return {"uniform": [prior.low, prior.high]}
    if isinstance(prior, Normal):
        return {"normal": [prior.mean, prior.sd]}
    if isinstance(prior, LogNormal):
        return {"lognormal": [prior.median, prior.sd]}
    return None


def _mechanisms(pool: Mapping[str, type[Mechanism]]) -> Callable[[], list[Document]]:
    return lambda: [mechanism_document(mechanism) for _, mechanism in sorted(pool.items())]


def _cards(kind: str) -> Callable[[], list[Document]]:
    return lambda: [{"name": card.name, "claim": card.story, "title": card.title} for card in shipped(kind)]


def _parameters() -> list[Document]:
    known = whole_catalogue()
    switches = [choice_document(path, chosen) for path, chosen in known.choices().items()]
    return [number_document(path, number) for path, number in known.declarations().items()] + switches


_MADE: Final[dict[str, Callable[[], list[Document]]]] = {
    **{kind: _cards(kind) for kind in SHIPPED},
    "levers": _mechanisms(LEVERS),
    "forces": _mechanisms(FORCES),
    "outcomes": _mechanisms(OUTCOMES),
    "parameters": _parameters,
}
KINDS: Final = tuple(_MADE)
"""What there are catalogues of."""
