"""Every rule really touches what its source says, also on worlds that no run would come to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from comity import beginning, chance, composer, scenario, syntax, world
from comity.course import Course
from comity.mechanism import Rule
from comity.quarter import RULEBOOK
from comity.recording import Recorder

MEMBERS = 4
QUARTERS = 48
STIRRED = 0.25
"""Share of all numbers that are set anew before every quarter."""
FIXED = {
    "member": ("id",), "measure": ("area", "serial"), "area": ("row",), "org": (), "post": (), "stake": (),
    "signal": (), "pull": ("low", "high", "shift"), "instruction": ("lever", "signal0", "signal1", "signal2"),
}  # fmt: skip
"""Columns that address a draw or a row, which no rule changes."""
FINISHES = {outcome.finish: name for name, outcome in RULEBOOK.outcomes.items()}
RULES: dict[Rule, str] = {
    **{step.rule: step.rule.__module__.rpartition(".")[2] for phase in RULEBOOK.phases for step in phase.steps},
    **FINISHES,
}


def called(rule: Rule) -> str:
    return f"{RULES[rule]}.{rule.__name__}"


def stir(tables: Any, quarter: int) -> None:
    """Set some numbers of every table to anything within their bounds, so that rare branches are taken."""
    luck = np.random.default_rng(quarter)
    for table, rows in (
        ("member", tables.members), ("org", tables.org), ("measure", tables.measures), ("post", tables.posts),
        ("stake", tables.stakes), ("area", tables.areas), ("signal", tables.signals), ("pull", tables.pulls),
        ("instruction", tables.instructions),
    ):  # fmt: skip
        for name, column in world.columns(table).items():
            if name not in FIXED[table]:
                low, high = max(column.low, -5.0), min(column.high, 20.0)
                whole = rows.dtype[name].kind == "i"
                values = (
                    luck.integers(int(low), int(high) + 1, rows.shape) if whole else luck.uniform(low, high, rows.shape)
                )
                taken = luck.random(rows.shape) < STIRRED
                rows[name][taken] = values[taken]


@pytest.fixture(scope="module")
def seen() -> Iterator[dict[Rule, syntax.Access]]:
    """What each rule touched in a small world with every lever on, stirred before every quarter."""
    recorder = Recorder()
    small = {"region.synthetic.members": MEMBERS, "run.years": QUARTERS // world.QUARTERS_PER_YEAR}
    day = beginning.begin(scenario.load("mercosur").with_(small))
    course = Course(day, day.world, composer.plain(RULEBOOK, recorder.bind), is_plain=True)
    key0, key1 = chance.run_key(1, 0)
    course.begin((int(key0), int(key1)))
    tables = course.world
    tables.aims_member[:], tables.aims_area[:] = 1, 1
    tables.instructions["lever"] = 0
    for k in range(3):
        tables.instructions[f"signal{k}"] = k
    tables.clock["chance_from"] = 0
    tables.params[0].regime.coup_rate = 2.0
    tables.params[0].shocks.economic_rate = 1.0
    # votes divide, and no rule of a region lets a divided vote pass: a lower bar then has somebody to pass over
    tables.params[0].consent.vote_level = 1.0
    tables.params[0].consent.majority = tables.params[0].consent.two_thirds = 1.0
    tables.params[0].decision_rule.fewest = 0.5
    for quarter in range(QUARTERS):
        course.turn(quarter)
        tables.pulls["shift"] = 0.0  # else the policy switches levers off
        course.set_levers(np.full(len(RULEBOOK.levers), 0.8))
        tables.clock["twin"] = quarter % 2
        stir(tables, quarter)
        tables.measures[0].stage, tables.measures[0].delay = world.DRAFT, 0.0  # one text comes to the vote each quarter
        for phase in RULEBOOK.quarterly:
            course.calls[phase.name](*course.arguments)
    for finish, outcome in FINISHES.items():
        recorder.bind(finish)(*course.finish_rows(outcome))
    yield recorder.seen


@pytest.mark.parametrize("rule", RULES, ids=called)
def test_a_rule_reads_and_writes_nothing_that_its_source_does_not_show(
    rule: Rule, seen: dict[Rule, syntax.Access]
) -> None:
    shown = syntax.access(rule)
    assert seen[rule].reads <= shown.reads
    assert seen[rule].writes <= shown.writes


def test_nearly_all_that_rules_can_touch_was_touched(seen: dict[Rule, syntax.Access]) -> None:
    """Else the test above would say little."""
    idle = {}
    can = 0
    for rule in RULES:
        shown = syntax.access(rule)
        can += len(shown.reads) + len(shown.writes)
        left = (shown.reads - seen[rule].reads) | (shown.writes - seen[rule].writes)
        if left:
            idle[called(rule)] = sorted(left)
    assert sum(map(len, idle.values())) < 0.03 * can, idle
    assert not [rule for rule in RULES if not (seen[rule].reads or seen[rule].writes)]


def test_a_row_that_remembers_tells_reading_from_writing() -> None:
    def rule(member: Any, measure: Any, members: Any) -> float:
        member.trust += measure.depth
        return float(members[1].identity)

    recorder = Recorder()
    rows = world.blank("member", (2,))
    recorder.bind(rule)(rows[0], world.blank("measure", (1,))[0], rows)
    assert recorder.seen[rule].reads == {"member.trust", "measure.depth", "members.identity"}
    assert recorder.seen[rule].writes == {"member.trust"}


def test_a_rule_over_rows_that_remember_changes_the_rows_themselves() -> None:
    def rule(member: Any) -> None:
        member.trust = 0.75

    rows = world.blank("member", (2,))
    Recorder().bind(rule)(rows[1])
    assert rows["trust"].tolist() == [0.0, 0.75]
