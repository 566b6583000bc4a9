"""An organization that reads its own figures once a year, and moves its levers within a budget."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import comity
from comity import scenario, world
from comity.forces import instructions, observation
from comity.levers import adaptive
from comity.quarter import LEVERS
from comity.scenario.grammar import Condition, GrammarError, Move, conditions, moves
from comity.world.steering import (
    CHALLENGERS,
    LOWER,
    OVERDUE,
    OVERDUE_ABLE,
    PROBLEMS,
    RAISE,
    SET,
    SIGNALS,
    TRUST,
)

SCALES = {"forum": (0.0, 1.0), "court": (0.0, 1.0)}


def read(day: Any) -> None:
    """The figures of one year's end, read as the quarter does."""
    for signal in day.signals:
        observation.open_file(signal)
    for row, member in enumerate(day.members):
        observation.survey(member, day.signals)
        observation.read_reports(day.posts[row, 0], member, day.signals, day.own("observation"))
    observation.count_parties(day.measures[0], day.signals)
    observation.close_books(day.org[0], day.signals)
    for signal in day.signals:
        observation.file(signal)


def test_trust_is_read_from_surveys_and_not_from_hearts(day: Any) -> None:
    day.members["trust"] = 0.9
    day.members["trust_observed"] = [0.3, 0.5]
    read(day)
    assert day.signals[TRUST].now == pytest.approx(0.4)


def test_compliance_is_read_as_it_is_reported(day: Any) -> None:
    for row, reported in enumerate((1.0, 0.4)):
        post = day.bind(row)
        post.due_in, post.implemented, post.reported = -3.0, 0.0, reported
    day.members["capacity"] = 0.5
    read(day)
    assert day.signals[OVERDUE].now == pytest.approx(0.3)
    assert day.signals[OVERDUE_ABLE].now == pytest.approx(0.15)


def test_last_years_figure_is_kept_beside_this_years(day: Any) -> None:
    day.members["challenger"] = 0.1
    read(day)
    day.members["challenger"] = 0.3
    read(day)
    assert (day.signals[CHALLENGERS].before, day.signals[CHALLENGERS].now) == pytest.approx((0.1, 0.3))


def line(day: Any, when: str, then: str) -> Any:
    """An instruction for the forum, its first lever."""
    day.signals["readings"] = 2
    row = day.instructions[0]
    for k, condition in enumerate(conditions(when)):
        for name, value in (("signal", SIGNALS.index(condition.signal)), ("above", int(condition.above))):
            setattr(row, f"{name}{k}", value)
        setattr(row, f"change{k}", int(condition.change))
        setattr(row, f"level{k}", condition.level)
    move = moves(then, SCALES)[0]
    row.lever, row.act, row.amount = list(LEVERS).index(move.lever), move.act, move.amount
    return row


@pytest.mark.parametrize(
    ("trust", "then", "expected"),
    [(0.30, "raise forum by 0.3", 0.5), (0.40, "raise forum by 0.3", 0.2), (0.30, "lower forum", 0.0),
     (0.30, "set forum to 0.9", 0.9), (0.30, "switch forum off", 0.0), (0.30, "raise forum by 0.95", 1.0)],
)  # fmt: skip
def test_an_instruction_moves_its_lever_where_its_condition_holds(
    day: Any, trust: float, then: str, expected: float
) -> None:
    row = list(LEVERS).index("forum")
    day.pulls[row].planned = 0.2
    day.signals[TRUST].now = trust
    instructions.obey(line(day, "trust < 0.35", then), day.signals, day.pulls, day.org[0])
    pull = day.pulls[row]
    assert pull.planned + pull.shift == pytest.approx(expected)
    assert day.org[0].moved == pytest.approx(abs(expected - 0.2))


def test_a_change_over_a_year_can_be_a_condition(day: Any) -> None:
    row = list(LEVERS).index("forum")
    day.signals[CHALLENGERS].before, day.signals[CHALLENGERS].now = 0.10, 0.12
    instructions.obey(line(day, "challengers rises by 0.03", "raise forum"), day.signals, day.pulls, day.org[0])
    assert day.pulls[row].shift == 0.0
    day.signals[CHALLENGERS].now = 0.14
    instructions.obey(day.instructions[0], day.signals, day.pulls, day.org[0])
    assert day.pulls[row].shift == pytest.approx(0.2)


def test_before_the_first_years_end_there_is_nothing_to_act_on(day: Any) -> None:
    row = line(day, "trust < 0.5", "raise forum")
    content(day)
    day.on("adaptive", 1.0)
    day.signals["readings"] = 0
    day.signals["now"] = 0.0
    instructions.obey(row, day.signals, day.pulls, day.org[0])
    assert row.holds == 0 and judged(day, "forum").wanted == 0.0


def test_all_conditions_of_a_line_must_hold(day: Any) -> None:
    row = line(day, "trust < 0.5 and challengers > 0.2", "raise forum")
    day.signals[TRUST].now, day.signals[CHALLENGERS].now = 0.4, 0.1
    instructions.obey(row, day.signals, day.pulls, day.org[0])
    assert row.holds == 0
    day.signals[CHALLENGERS].now = 0.3
    instructions.obey(row, day.signals, day.pulls, day.org[0])
    assert row.holds == 1


def test_the_language_is_closed_and_says_what_it_knows() -> None:
    assert conditions("trust < 0.35 and overdue above 0.2") == (
        Condition("trust", False, False, 0.35),
        Condition("overdue", True, False, 0.2),
    )
    assert conditions("trust falls by 0.02") == (Condition("trust", False, True, -0.02),)
    assert moves("raise forum, lower court by 0.3", SCALES) == (Move("forum", RAISE, 0.2), Move("court", LOWER, 0.3))
    assert moves("switch court on", SCALES) == (Move("court", SET, 1.0),)
    for text, told in (
        ("trst < 0.3", 'did you mean "trust"'),
        ("trust < __import__('os')", "cannot be read"),
        ("trust < 1 and trust < 1 and trust < 1 and trust < 1", "at most 3"),
    ):
        with pytest.raises(GrammarError, match=told):
            conditions(text)
    for text, told in (
        ("raise foru", 'did you mean "forum"'),
        ("set forum to 3", "lies between 0 and 1"),
        ("raise forum by 7", "at most 1"),
        ("forum.on = True", "cannot be read"),
    ):
        with pytest.raises(GrammarError, match=told):
            moves(text, SCALES)


def test_instructions_are_checked_with_the_file_all_at_once() -> None:
    said = [{"when": "trst < 0.4", "then": "raise forum"}, {"when": "trust < 0.4", "then": "raise foru"}]
    with pytest.raises(comity.ScenarioError) as caught:
        scenario.load({"extends": "mercosur", "organization": {"instructions": said}})
    assert "organization.instructions.0.when" in str(caught.value)
    assert "organization.instructions.1.then" in str(caught.value)


def judged(day: Any, name: str) -> Any:
    """The lever's row after a year's judgment and move."""
    row = day.pulls[list(LEVERS).index(name)]
    adaptive.judge(row, day.signals, day.org[0], day.own("adaptive"), day.why("adaptive"))
    return row


def content(day: Any) -> None:
    """Figures that nobody worries about."""
    day.signals["readings"] = 2
    for name, value in (("trust", 0.5), ("adoption", 1.0), ("coverage", 1.0)):
        day.signals[SIGNALS.index(name)].now = value
    for name, weight in LEVERS["forum"].answers:
        setattr(day.pulls[list(LEVERS).index("forum")], f"for_{name}", weight)


def test_distrust_raises_the_lever_that_is_thought_to_answer_it(day: Any) -> None:
    content(day)
    day.on("adaptive", 1.0)
    assert judged(day, "forum").wanted == 0.0
    day.signals[TRUST].now = 0.25
    row = judged(day, "forum")
    own = day.own("adaptive")
    beyond = (own.trust_wanted - 0.25) / own.trust_spread - own.ignored
    assert row.wanted == pytest.approx(own.step * dict(LEVERS["forum"].answers)["trust"] * beyond)
    assert PROBLEMS[row.because] == "trust"


def test_the_terms_of_a_move_add_up_to_what_was_asked_for(day: Any) -> None:
    content(day)
    day.on("adaptive", 1.0)
    day.signals[TRUST].now, day.signals[CHALLENGERS].now = 0.2, 0.4
    judged(day, "forum")
    why = day.why("adaptive")
    assert sum(why[name] for name in PROBLEMS) == pytest.approx(why.logit) and why.logit > 0.0


def test_moves_of_a_year_stay_within_the_budget_and_cost_predictability(day: Any) -> None:
    own, org = day.on("adaptive", 1.0), day.org[0]
    org.moves, org.moved, org.predictability = 4.0, 0.0, 0.7
    wanted = (0.5, 0.5, 1.0, -1.0, 1.0)
    for row, step in zip(day.pulls, wanted, strict=False):
        row.wanted = step
        row.shift = 0.0 if step > 0.0 else 1.0
        adaptive.move(row, org, own)
    assert org.moved == pytest.approx(own.budget)
    adaptive.unsettle(org, own)
    assert org.predictability == pytest.approx(0.7 - own.unsettled * own.budget)


RESTLESS = {"levers.adaptive.on": True, "run.years": 10}


def test_every_move_of_a_run_is_explained() -> None:
    told = comity.load("mercosur").with_(RESTLESS).run(seed=3).moves()
    assert len(told) > 5 and set(told["lever"]) <= set(LEVERS)
    assert (told["before"] - told["after"]).abs().min() >= 0.005
    known = told.dropna(subset=["figure"])
    assert set(known["figure"]) <= set(SIGNALS) and known["value"].notna().all()
    assert comity.load("mercosur").run(seed=3, years=3).moves().empty


def test_written_instructions_act_in_the_engine_and_are_told_in_their_own_words() -> None:
    said = [{"when": "trust < 0.99", "then": "set waiver to 1 and switch court off"}]
    ruled = comity.load("mercosur").with_({"organization.instructions": said, "run.years": 4})
    told = ruled.run(seed=3).moves()
    assert set(told["lever"]) == {"waiver", "court"} and set(told["because"]) == {"trust < 0.99"}
    assert ruled.ensemble(6).digest != ruled.with_({"organization.instructions": None}).ensemble(6).digest
    assert ruled.ensemble(6, workers=1).digest == ruled.ensemble(6, workers=2).digest


def test_the_no_lever_twin_has_no_policy() -> None:
    from comity import beginning

    begun = beginning.begin(comity.load("mercosur").with_(RESTLESS))
    assert (begun.twin.plan == 0.0).all() and (begun.twin.instructions["lever"] == -1).all()
    assert begun.world.clock[0].quarter == begun.twin.clock[0].quarter
    assert begun.twin.members.shape == begun.world.members.shape and begun.twin.measures.shape[0] == world.SLOTS


def test_adaptive_governance_swings_more_where_its_steps_are_large() -> None:
    """Coded: chasing noise."""
    spread = []
    for step in (0.1, 1.0):
        told = comity.load("mercosur").with_({**RESTLESS, "levers.adaptive.step": step}).run(seed=3).moves()
        spread.append(float(np.abs(told["after"] - told["before"]).sum()))
    assert spread[1] > spread[0]
