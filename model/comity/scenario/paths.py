"""Any value is addressed by its dotted path, and a wrong path names the nearest right one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.scenario.problems import near


class NoSuchPath(LookupError):
    """A path that leads nowhere: the message says where it ends and what was near."""


def look_up(tree: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path; NoSuchPath if there is none."""
    here: Any = tree
    names = path.split(".")
    for i, name in enumerate(names):
        if not isinstance(here, Mapping) or name not in here:
            known = here if isinstance(here, Mapping) else ()
            raise NoSuchPath(f'no "{name}" in {".".join(names[:i]) or "the scenario"}{near(name, known)}')
        here = here[name]
    return here
