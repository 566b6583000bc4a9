"""Why: the numbers of a decision are those that were used, and what would have turned it does when it is run."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest

import comity
from comity import composer, engine, world
from comity.arithmetic import logistic
from comity.quarter import RULEBOOK
from comity.runs.decisions import KINDS, MAJOR, NO_DRAW, NONE, Kind, Scene
from comity.runs.organization import TEXT
from comity.runs.replay import Replay
from comity.runs.result import Run
from comity.runs.slices import Slice
from comity.runs.story import Story
from comity.runs.why import CHANCE, Decision, decisions, threshold_of

SMALL = {"region.synthetic.members": 4, "run.years": 3}
BY_NAME = {kind.name: kind for kind in (*KINDS, TEXT)}


def story(name: str, member: str | None, seed: int, years: int | None = None) -> Story:
    return comity.load(name).run(seed=seed, years=years).why(member)


@pytest.fixture(scope="module")
def britain() -> Story:
    """The default scenario and a seed under which the United Kingdom leaves."""
    return story("eu", "GBR", 1)


LIVES = [("eu", "HUN", 2), ("ecowas", "NER", 3), ("ecowas", "BFA", 2), ("mercosur", "PRY", 4), ("asean", "MMR", 5),
         ("african-union", "SOM", 2), ("eu+respectful", "GRC", 6)]  # fmt: skip


@pytest.fixture(scope="module", params=LIVES, ids=lambda life: "-".join(map(str, life)))
def life(request: pytest.FixtureRequest) -> Story:
    """Members of all regions, under several seeds."""
    return story(*request.param, years=12)


# The numbers are those that were used


def check_numbers(each: Decision) -> None:
    if each.logit is not None:
        total = 0.0
        for value in each.terms.values():
            total += value
        assert total == each.logit, each
    if each.draw is not None:
        assert each.chance is not None and each.logit is not None
        assert each.threshold is not None and each.margin is not None
        assert (each.draw < each.chance) == (each.logit > each.threshold) == (each.margin > 0.0), each


def test_the_terms_of_a_departure_add_up_to_the_bit_and_luck_is_what_it_was(britain: Story) -> None:
    for each in britain.decisions:
        check_numbers(each)
    assert {"threat", "notice", "exit", "vote", "implementation"} <= {each.decision for each in britain.decisions}


def test_the_terms_of_every_decision_add_up_to_the_bit(life: Story) -> None:
    assert life.decisions
    for each in life.decisions:
        check_numbers(each)


YES = (
    "votes for it", "ratifies", "carries it out", "threatens to leave", "gives notice", "uses a waiver",
    "is let stand aside", "challengers come into", "challengers stay in", "is suspended", "follows others",
)  # fmt: skip
NO = ("votes against it", "challengers stay out", "challengers leave", "asks to stand aside, and is refused")


def test_what_was_decided_is_what_the_draw_and_the_chance_say(life: Story, britain: Story) -> None:
    seen = set()
    for each in (*life.decisions, *britain.decisions):
        if each.draw is not None and each.chance is not None and each.result.startswith(YES + NO):
            assert (each.draw < each.chance) == each.result.startswith(YES), each
            seen.add(each.result.startswith(YES))
    assert seen == {True, False}


def test_the_terms_are_those_that_the_mechanism_declares(life: Story) -> None:
    declared = {"vote": "consent", "ratification": "consent", "implementation": "implementation",
                "election": "elections", "threat": "threat", "notice": "exit"}  # fmt: skip
    for each in life.decisions:
        if each.decision in declared:
            assert tuple(each.terms) == RULEBOOK.forces[declared[each.decision]].terms
        else:
            assert tuple(each.terms) in ((), (CHANCE,))


def test_the_threshold_of_a_rate_is_where_the_chance_equals_the_draw() -> None:
    rate, logit, draw = 0.4, 0.7, 0.21
    chance = 1.0 - math.exp(-rate * logistic(logit))
    at = threshold_of(logit, chance, draw)
    assert 1.0 - math.exp(-rate * logistic(at)) == pytest.approx(draw)
    assert threshold_of(logit, chance, 0.9) == math.inf
    assert threshold_of(0.3, logistic(0.3), logistic(-1.2)) == pytest.approx(-1.2)


# The replay is the run


def test_a_replay_ends_where_the_run_ended() -> None:
    begin = comity.load("ecowas").with_({"run.years": 5}).first_day
    replay = Replay(begin, 7, 3)
    for _ in replay.moments():
        pass
    assert replay.now.digest() == engine.trace(begin, 7, 3).world.digest()


def test_trying_something_leaves_the_run_as_it_was() -> None:
    begin = comity.load("mercosur").with_(SMALL).first_day
    replay = Replay(begin, 7, 0)
    for moment in replay.moments():
        replay.tried(moment.phase, replay.now.place("members", 0, "trust"), 0.1)
    assert replay.now.digest() == engine.trace(begin, 7, 0).world.digest()


def test_nothing_changed_decides_nothing_else() -> None:
    begin = comity.load("mercosur").with_(SMALL).first_day
    replay = Replay(begin, 7, 0)
    place = replay.now.place("members", 0, "trust")
    for moment in replay.moments():
        assert replay.tried(moment.phase, place, float(moment.was.flat[place])).digest() == moment.now.digest()


@pytest.mark.parametrize(("name", "quarters"), [("eu+rigid", 4), ("ecowas", 3)])
def test_plain_and_compiled_phases_tell_the_same_story(name: str, quarters: int) -> None:
    begin = comity.load(name).with_({"region.synthetic.members": 3, "run.years": 1, "organization.pace": 8}).first_day
    compiled = decisions(begin, 3, 0, 0, range(quarters))
    assert compiled
    assert decisions(begin, 3, 0, 0, range(quarters), composer.plain(begin.book)) == compiled


@pytest.mark.parametrize("name", ["eu+respectful", "ecowas"])
def test_a_slice_of_a_phase_leaves_a_state_where_the_whole_phase_does(name: str) -> None:
    """What a decision wrote into its own rows is the same, whatever was left out."""
    begin = comity.load(name).with_({"region.synthetic.members": 5, "run.years": 3}).first_day
    replay, row = Replay(begin, 5, 0), 2
    spare = begin.world.copy(begin.book)
    spare.ideals[...] = replay.now.ideals
    kinds = {kind.phase: frozenset(k.rule for k in KINDS if k.phase == kind.phase) for kind in KINDS}
    slices = {
        phase.name: Slice(begin.book, phase, kinds[phase.name], row, int(begin.world.members["id"][row]))
        for phase in begin.book.quarterly
        if phase.name in kinds
    }
    columns = ("rung", "form", "vote", "implemented", "ruling", "against", "waiver_left")
    own = ("standing", "threat", "refused", "conceded", "left", "challenger_rules", "coup_government", "notice_clock")
    for moment in replay.moments():
        if moment.phase.name in slices:
            spare.buffer[:] = moment.was.buffer
            slices[moment.phase.name].play(spare, range(world.SLOTS))
            for column in columns:
                assert np.array_equal(spare.posts[column][row], moment.now.posts[column][row]), column
            for column in own:
                assert spare.members[column][row] == moment.now.members[column][row], column


# What would have turned it


def tried_again(run: Run, told: list[Decision], plain: bool = False) -> list[tuple[Decision, str]]:
    """Each counterfactual played in a replay of its own, and what was decided then."""
    replay = Replay(run.begin, run.seed, run.run, composer.plain(run.begin.book) if plain else None)
    found = []
    for moment in replay.moments():
        for each in told:
            turn = each.counterfactual
            if turn is None or each.quarter != moment.quarter or BY_NAME[each.decision].phase != moment.phase.name:
                continue
            kind = BY_NAME[each.decision]
            row = NONE if each.member is None else run.begin.members.index(each.member)
            serials = moment.now.measures["serial"]
            slot = NONE if each.measure is None else int(np.flatnonzero(serials == each.measure)[0])
            table, _, column = turn.column.partition(".")
            rows = {"member": row, "post": row * world.SLOTS + slot, "measure": slot, "org": 0}
            rows["stake"] = row * run.begin.world.size.areas + int(moment.was.measures["area"][slot])
            place = replay.now.place({"org": "org"}.get(table, f"{table}s"), rows[table], column)
            whole = world.dtype(table)[column].kind == "i"
            value: int | float = int(turn.after) if whole else turn.after
            before = moment.was.buffer[place] if whole else moment.was.flat[place]
            assert float(before) == turn.before
            again = replay.tried(moment.phase, place, value)
            found.append((each, kind.said(Scene(moment.was, again, row), slot)))
    return found


def check_turned(told: Story) -> None:
    again = tried_again(told.run, list(told.decisions))
    assert len(again) == sum(each.counterfactual is not None for each in told.decisions) > 0
    for each, said in again:
        assert each.counterfactual is not None
        assert said == each.counterfactual.result != each.result


def test_other_changes_turn_great_decisions_when_they_are_run(britain: Story, life: Story) -> None:
    for told in (britain, life):
        others = [
            dataclasses.replace(each, counterfactual=other) for each in told.decisions for other in each.alternatives
        ]
        for each, said in tried_again(told.run, others):
            assert each.counterfactual is not None
            assert said == each.counterfactual.result != each.result


def test_what_would_have_turned_a_decision_does_when_it_is_run(life: Story) -> None:
    check_turned(life)


def test_what_would_have_kept_britain_from_threatening_and_from_notice_does_when_it_is_run(britain: Story) -> None:
    check_turned(britain)
    turned = {each.decision: each.counterfactual for each in britain.decisions if each.weight == MAJOR}
    assert turned["threat"] is not None and turned["threat"].result == "does not threaten to leave"
    assert turned["notice"] is not None and turned["notice"].result in ("goes on threatening", "drops the threat")


def test_it_turns_in_plain_python_as_well() -> None:
    run = comity.load("mercosur").with_(SMALL).run(seed=3)
    told = [each for each in decisions(run.begin, 3, 0, 0, range(8)) if each.counterfactual is not None]
    again = tried_again(run, told, plain=True)
    assert again and all(said == each.counterfactual.result for each, said in again if each.counterfactual)


def test_a_smaller_change_of_the_same_column_does_not_turn_it(britain: Story) -> None:
    """The change is the smallest in whole hundredths, where more of it never turns it back."""
    some = [each for each in britain.decisions if each.counterfactual and each.counterfactual.size > 0.1]
    shrunk = []
    for each in some:
        turn = each.counterfactual
        assert turn is not None
        step = math.copysign(0.01, turn.after - turn.before)
        if abs(turn.after - turn.before) > 0.015:
            shrunk.append(dataclasses.replace(each, counterfactual=dataclasses.replace(turn, after=turn.after - step)))
    again = tried_again(britain.run, shrunk)
    assert again and all(said == each.result for each, said in again)


# The organization


def test_the_organization_tells_its_texts_and_what_would_have_saved_the_failed_ones() -> None:
    told = story("ecowas", None, 1)
    events = told.run.events()["event"].value_counts()
    kinds = pd.Series([each.decision for each in told.decisions]).value_counts()
    results = pd.Series([each.result for each in told.decisions]).value_counts()
    assert kinds["tabled"] == events["tabled"]
    assert results["the text fails"] == events["rejection"] > 0
    assert results["the text passes"] == events["adoption"]
    check_turned(told)
    failed = next(each for each in told.decisions if each.result == "the text fails")
    assert "consensus is needed; against it " in failed.detail
    assert told.member is None and "what the organization decided" in told.text()


def test_an_organization_that_adapts_tells_which_levers_it_moved_and_why() -> None:
    changes = {"levers.adaptive.on": True, "run.years": 8}
    run = comity.load("eu").with_(changes).run(seed=2)
    told = [each for each in run.why().decisions if each.decision == "move"]
    moves = run.moves()
    assert [each.quarter for each in told] == moves["quarter"].tolist()
    assert told and all(each.detail for each in told)
    replay = Replay(run.begin, 2, 0)
    for _ in replay.moments():
        pass
    assert replay.now.digest() == engine.trace(run.begin, 2, 0).world.digest()


def test_the_organization_tells_what_it_decided_about_members() -> None:
    told = story("african-union", None, 3, years=12)
    events = told.run.events()
    for name in ("suspension", "readmission", "concession", "refusal"):
        mine = [(each.quarter, each.member) for each in told.decisions if each.decision == name]
        rows = events[events["event"] == name]
        assert sorted(mine) == sorted(zip(rows["quarter"], rows["iso3"], strict=True)), name
    assert any(each.decision == "suspension" for each in told.decisions)


# The catalogue of decisions


@pytest.mark.parametrize("kind", [*KINDS, TEXT], ids=lambda kind: kind.name)
def test_a_kind_of_decision_is_taken_where_it_says(kind: Kind) -> None:
    phase = next(phase for phase in RULEBOOK.quarterly if phase.name == kind.phase)
    assert kind.rule in [step.rule for step in phase.steps]
    drawn_for = {kind.rule.__globals__.get(name) for name in kind.rule.__code__.co_names}
    assert kind.purpose == NO_DRAW or ("uniform" in kind.rule.__code__.co_names and kind.purpose in drawn_for)


def test_every_decision_with_terms_is_among_the_kinds_that_are_told() -> None:
    """The moves of an adaptive organization are told in its own story."""
    told = {kind.rule.__module__.rpartition(".")[2] for kind in KINDS}
    assert {name for name, force in RULEBOOK.forces.items() if force.terms} <= told
    assert {name for name, lever in RULEBOOK.levers.items() if lever.terms} - {"adaptive"} <= told
