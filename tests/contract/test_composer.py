"""Rules become loops: what is shared keeps its order, what is edited is compiled anew, what is wrong is named."""

from __future__ import annotations

import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comity import composer, syntax
from comity.forces import growth
from comity.priors import DRAW
from comity.quarter import RULEBOOK
from comity.rulebook import Phase, Rulebook, Step, only, phase
from comity.tables import Size, World
from comity.world import Member, Organization, Tie


def small(*rules: Any) -> Rulebook:
    """A rulebook with one phase of its own and the parameters of growth alone."""
    return Rulebook((), (phase("alone", "A phase of the test.", *rules),), {"growth": growth.Growth}, {}, {})


def walk(book: Rulebook, quarters: int = 3) -> World:
    """The world of two states after some quarters of a compiled rulebook."""
    day = World(book, Size(2, 1, quarters))
    day.clock["horizon"] = quarters
    day.members["id"] = [1, 2]
    day.members["trust"] = [0.25, 0.5]
    template = day.copy(book)
    record, out, none = np.zeros((quarters, 0)), np.zeros(1), np.zeros(0, "i8")
    composer.compiled(book).one(
        *day.arguments, day.plan, np.zeros(0, DRAW), day.flat, template.flat, 1, 2, none, record, out
    )
    return day


def rise(member: Member) -> None:
    """Test: trust rises by a sixteenth."""
    member.trust += 0.0625


def rise_faster(member: Member) -> None:
    """Test: trust rises by an eighth."""
    member.trust += 0.125


def add_up(member: Member, org: Organization) -> None:
    """Test: trust is added up."""
    org.power += member.trust


def level(member: Member, org: Organization) -> None:
    """Test: everybody gets the sum, so the sum must be complete first."""
    member.gain = org.power


def look(member: Member, other: Member, tie: Tie) -> None:
    """Test: reads others' trust."""
    member.crisis_near = min(member.crisis_near + tie.near * other.trust, 1.0)


def test_rules_that_touch_only_their_own_row_share_a_loop() -> None:
    source = composer.phase_source(small(rise, rise_faster).quarterly[0], {})
    assert source.count("for i in range") == 1


def test_a_sum_over_members_is_complete_before_anybody_reads_it() -> None:
    book = small(add_up, level)
    assert composer.phase_source(book.quarterly[0], {}).count("for i in range") == 2
    day = walk(book, quarters=1)
    assert day.members["gain"].tolist() == [0.75, 0.75]


def test_what_others_are_looked_at_for_is_not_changed_in_the_same_loop() -> None:
    source = composer.phase_source(small(look, rise).quarterly[0], {})
    assert source.count("for i in range") == 2


def test_a_condition_that_all_share_is_asked_before_the_inner_loop() -> None:
    source = composer.phase_source(phase("meet", "A claim.", only("member.inside", look)), {})
    lines = [line.strip() for line in source.splitlines()]
    assert lines.index("if members[i].inside != 0:") < lines.index("for j in range(members.shape[0]):")


def test_replacing_a_rule_replaces_the_compiled_code() -> None:
    slow, fast = walk(small(rise)), walk(small(rise_faster))
    assert slow.members["trust"].tolist() == [0.4375, 0.6875]
    assert fast.members["trust"].tolist() == [0.625, 0.875]


def test_an_edited_helper_in_another_file_is_not_met_by_stale_code(tmp_path: Path) -> None:
    # the reproduced fault of Numba's own cache: an edit of b.py went unseen by a cached caller in a.py
    import importlib.util
    import sys

    def module(name: str, text: str) -> Any:
        path = tmp_path / f"{name}.py"
        path.write_text(textwrap.dedent(text))
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None and spec.loader is not None
        found = importlib.util.module_from_spec(spec)
        sys.modules[name] = found
        spec.loader.exec_module(found)
        syntax._definitions.cache_clear()
        return found

    results = []
    for step in ("0.0625", "0.125"):
        module("edited_helper", f"def amount():\n    return {step}\n")
        rules = module(
            "edited_rule",
            """
            from edited_helper import amount

            def rise(member):
                member.trust += amount()
            """,
        )
        results.append(walk(small(rules.rise), quarters=1).members["trust"].tolist())
    assert results == [[0.3125, 0.5625], [0.375, 0.625]]


def test_the_cache_is_kept_apart_from_the_users_own_numba_cache() -> None:
    import numba

    before = numba.config.CACHE_DIR
    walk(small(rise), quarters=1)
    assert before == numba.config.CACHE_DIR


def test_old_rulebooks_are_pruned_from_the_cache(tmp_path: Path) -> None:
    for k in range(12):
        (tmp_path / f"rulebook_{k:020d}.py").write_text("")
    composer._prune(tmp_path)
    assert len(list(tmp_path.glob("rulebook_*.py"))) == composer._KEPT - 1


def wrong_column(member: Member) -> None:
    """Test: a slip of the pen."""
    member.trsut += 1.0  # type: ignore[attr-defined]


def wrong_row(membr: Any) -> None:
    """Test: a slip of the pen."""
    membr.trust += 1.0


def test_a_column_that_does_not_exist_is_named_with_the_nearest_one() -> None:
    with pytest.raises(syntax.RuleError, match='member has no column "trsut"; did you mean "trust"'):
        syntax.access(wrong_column)


def test_an_argument_that_is_no_row_is_refused_with_those_that_are() -> None:
    with pytest.raises(syntax.RuleError, match='takes "membr", which is no row; a rule may take clock'):
        composer.phase_source(small(wrong_row).quarterly[0], {})


def powers(member: Member) -> None:
    """Test: what platforms disagree on."""
    member.gain = member.trust**2.5 / member.power


def test_powers_and_unguarded_divisions_are_found_in_the_syntax_tree() -> None:
    found = " ".join(syntax.slips(powers))
    assert "**" in found and "ratio" in found


def test_the_composed_file_holds_every_rule_of_the_quarter_once() -> None:
    text = composer.source(RULEBOOK)
    for step in (step for phase_ in RULEBOOK.phases for step in phase_.steps):
        assert text.count(f"def {composer.mangled(step.rule)}(") == 1


def test_a_rule_may_name_a_condition_only_of_its_own_rows() -> None:
    wrong = Phase("wrong", "A claim.", (Step(rise, "elsewhere.flag"),))
    with pytest.raises(syntax.RuleError, match="names no row"):
        composer.phase_source(wrong, {})


def test_threads_that_ask_at_once_all_get_the_whole_rulebook() -> None:
    name = composer.compiled(RULEBOOK).__name__
    together = threading.Barrier(8)

    def ask(_: int) -> bool:
        together.wait(10)
        return hasattr(composer.compiled(RULEBOOK), "finish")

    kept = sys.modules.pop(name)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(ask, range(8)))
    finally:
        sys.modules[name] = kept
