"""What each number rests on, as its source says: a study, a practice, own computation, an assumption."""

from __future__ import annotations

import re
from typing import Final

from comity.literature import OWN, facts_named, is_study, works_named
from comity.mechanism import Mechanism
from comity.parameter import ASSUMPTION

STUDY: Final = "a study or public data"
BOTH: Final = "a study, the figure computed by the design"
COMPUTED: Final = "the design's own computation"
PRACTICE: Final = "a treaty, or what an organization does or says of itself"
REASONED: Final = "an assumption with its reason"
ASSUMED: Final = "assumption"
GROUNDS: Final = (STUDY, BOTH, COMPUTED, PRACTICE, REASONED, ASSUMED)

_COMPUTED: Final = re.compile(r"median over|mean of the five regions|regions that come with the program|state-years")
_PRACTICE: Final = re.compile(r"\b(EU|European|ASEAN|African|ECOWAS|Mercosur|Erasmus|Court of Justice|Africa)\b")


def ground(source: str) -> str:
    """One of `GROUNDS` for the source of a number."""
    if source == ASSUMPTION:
        return ASSUMED
    own = any(name in source for name in OWN) or bool(_COMPUTED.search(source))
    works = works_named(source)
    if facts_named(source) or any(is_study(key) for key in works):
        return BOTH if own else STUDY
    if own:
        return COMPUTED
    return PRACTICE if works or _PRACTICE.search(source) else REASONED


def count(mechanisms: list[type[Mechanism]]) -> dict[str, int]:
    """How many numbers of the mechanisms rest on what."""
    found = dict.fromkeys(GROUNDS, 0)
    for mechanism in mechanisms:
        for number in mechanism.parameters().values():
            found[ground(number.parameter.source)] += 1
    return found
