"""What is done about a measure in truth: how far members carry it out, and how far they report that they do.

A place on the ladder says what binds; a measure may be in force everywhere and carried out nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity import world
from comity.film.buffer import Part, rounded

if TYPE_CHECKING:
    from pandas import DataFrame

POSTS: Final = ("implemented", "reported", "scope")
NEVER: Final = 65_535
NOT_YET: Final = 255
COURSES: Final = {"true": ("implemented", "Carried out"), "reported": ("reported", "Reported as carried out")}


def parts(seen: Mapping[str, Any], small: Mapping[str, Any], measures: Mapping[str, Any]) -> dict[str, Part]:
    """Courses of each measure while it is in force, true and reported, and when each member carried it out."""
    begins, length = measures["in_force"], _length(measures, len(small["measures.stage"]))
    told = courses(seen, small, measures)
    found = {
        name: rounded(told[column], 0.0, 1.0, "u1", label=words, unit="share of members inside")
        for name, (column, words) in COURSES.items()
    }
    first = np.where(length > 0, np.cumsum(length) - length, NEVER)
    return {
        **found,
        "first": Part(first.astype("<u2"), {"missing": NEVER}),
        "after": Part(_after(seen, small, begins), {"missing": NOT_YET}),
    }


def courses(seen: Mapping[str, Any], small: Mapping[str, Any], measures: Mapping[str, Any]) -> dict[str, Any]:
    """Means over the members inside of what each has done, and reports, of each measure in force: one measure after
    the other, a number for each quarter from its entry into force on."""
    begins, length = measures["in_force"], _length(measures, len(small["measures.stage"]))
    inside = np.isin(seen["members.standing"], world.INSIDE)
    many = np.maximum(inside.sum(axis=1), 1)[:, None]
    counted = (small["posts.rung"] == world.BOUND) & inside[:, :, None]
    when, slot = np.nonzero(small["measures.stage"] == world.IN_FORCE)
    row = small["measures.serial"][when, slot] - 1
    after = when - begins[row]
    known = (after >= 0) & (after < length[row])
    cells = ((np.cumsum(length) - length)[row] + after)[known]
    found: dict[str, Any] = {"measure": np.repeat(np.arange(len(length)), length)}
    found["quarter"] = np.arange(int(length.sum())) + np.repeat(begins - (np.cumsum(length) - length), length)
    taken = (seen["measures.serial"] != 0).any(axis=0)
    for column, _ in COURSES.values():
        mean = np.where(counted, seen[f"posts.{column}"][:, :, taken], 0.0).sum(axis=1) / many
        found[column] = np.zeros(int(length.sum()))
        found[column][cells] = mean[when, slot][known]
    return found


def frame(seen: Mapping[str, Any], small: Mapping[str, Any], measures: Mapping[str, Any]) -> DataFrame:
    """A row for each measure and quarter in which it was in force: implemented in truth, and as reported."""
    import pandas as pd

    told = courses(seen, small, measures)
    return pd.DataFrame({**told, "measure": told["measure"] + 1})


def _length(measures: Mapping[str, Any], end: int) -> Any:
    """For how many of the quarters shown each measure is in force."""
    begins = measures["in_force"]
    return np.where(begins == NEVER, 0, np.maximum(np.minimum(measures["ended"], end) - begins, 0))


def _after(seen: Mapping[str, Any], small: Mapping[str, Any], in_force: Any) -> Any:
    """Quarters from entry into force until each member has done all that a measure asks of it: (measures, members)."""
    taken = (seen["measures.serial"] != 0).any(axis=0)
    scope, implemented = (seen[f"posts.{name}"][:, :, taken] for name in ("scope", "implemented"))
    done = (small["posts.rung"] == world.BOUND) & (scope > 0.0) & (implemented >= scope)
    found = np.full((len(in_force), done.shape[1]), NEVER)
    when, member, slot = np.nonzero(done)
    np.minimum.at(found, (small["measures.serial"][when, slot] - 1, member), when)
    quarters = np.where(found == NEVER, NOT_YET, np.clip(found - in_force[:, None], 0, NOT_YET - 1))
    return quarters.astype("u1")
