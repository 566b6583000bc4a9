"""The bibliography, declared once: every work and every stylized fact that mechanisms, numbers and documents name."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from comity.literature.documents import DATA_SETS, DOCUMENTS
from comity.literature.entries import DATA, DOCUMENT, KEPT_APART, Fact, Work
from comity.literature.facts import FACTS_IN_ORDER
from comity.literature.findings import FINDINGS, RECALLED
from comity.literature.theory import THEORY

_UNCHECKED: Final = tuple(dataclasses.replace(work, unchecked=True) for work in (*RECALLED, *THEORY, *DOCUMENTS))
_IN_ORDER: Final = sorted((*FINDINGS, *_UNCHECKED, *DATA_SETS), key=lambda work: work.label.lower())

WORKS: Final[Mapping[str, Work]] = MappingProxyType({work.key: work for work in _IN_ORDER})
"""Every work by the name that docstrings use, in the order of the alphabet."""

FACTS: Final[Mapping[str, Fact]] = MappingProxyType({fact.key: fact for fact in FACTS_IN_ORDER})
"""Every stylized fact by its number: "C7"."""

OWN: Final = ("mechanisms.md", "rulebook:", "panel 1990-2024")
"""How docstrings name the project's own design notes: sketches on synthetic members and regressions on public data."""

_LETTERS: Final = "".join(sorted({key[0] for key in FACTS}))
_RANGE: Final = re.compile(rf"\b([{_LETTERS}])(\d{{1,2}})-\1(\d{{1,2}})\b")
_FACT: Final = re.compile(rf"\b[{_LETTERS}]\d{{1,2}}\b")


@functools.cache
def _names() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """One pattern for all names of works, the longest first, and the key behind each name."""
    keys = {name: work.key for work in WORKS.values() for name in (work.key, *work.also)}
    longest = sorted(keys, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest)), keys


def works_named(text: str) -> tuple[str, ...]:
    """Keys of the works that a text names, in its order, each once."""
    pattern, keys = _names()
    return tuple(dict.fromkeys(keys[found] for found in pattern.findall(" ".join(text.split()))))


def facts_named(text: str) -> tuple[str, ...]:
    """Numbers of the facts that a text names, in its order, each once; `R9-R11` names three."""
    spread = _RANGE.sub(lambda m: " ".join(f"{m[1]}{n}" for n in range(int(m[2]), int(m[3]) + 1)), text)
    return tuple(dict.fromkeys(_FACT.findall(spread)))


def is_study(key: str) -> bool:
    """Whether a work is research or data, rather than a legal text or what an organization says of itself."""
    return WORKS[key].kind != DOCUMENT


__all__ = [
    "DATA",
    "DOCUMENT",
    "FACTS",
    "KEPT_APART",
    "OWN",
    "WORKS",
    "Fact",
    "Work",
    "facts_named",
    "is_study",
    "works_named",
]
