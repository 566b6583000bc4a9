"""The table of signs is what the tests test: each sign that is had by one test, and no test of a sign without a row."""

from __future__ import annotations

import re
from pathlib import Path

from comity import signs

FOLDER = Path(__file__).parents[1] / "mechanisms"
TESTED = re.findall(
    r'^@sign\("(\w+)"\)', "\n".join(p.read_text() for p in sorted(FOLDER.glob("test_*.py"))), re.MULTILINE
)


def test_each_sign_that_is_had_has_exactly_one_test() -> None:
    assert sorted(TESTED) == sorted(key for key, one in signs.SIGNS.items() if one.label != signs.NOT_HAD)


def test_each_sign_has_a_label_and_a_reason_where_it_needs_one() -> None:
    for key, one in signs.SIGNS.items():
        assert one.label in signs.LABELS, key
        assert one.claim.endswith("."), key
        assert bool(one.reason) == (one.label in (signs.EMERGENT, signs.NOT_HAD)), key
