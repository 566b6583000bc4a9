"""A rule of one's own replaces or joins one for a scenario: compiled, checked, kept with its text, same bits."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import comity
from comity import RuleError, beginning, composer, engine
from comity.arithmetic import logistic
from comity.chance import normal, purpose, uniform
from comity.forces import consent, elections, publics
from comity.quarter import RULEBOOK, rebuilt
from comity.rulebook import Rulebook, name_of
from comity.simulation import MemberState, Simulation
from comity.world import OPEN, PARTY

SMALL = {"region.synthetic.members": 5, "run.years": 3}
FAST = 0.05
MINE = purpose("test.stir")


def small(name: str = "ecowas+respectful") -> comity.Scenario:
    return comity.load(name).with_(SMALL)


def state(of: comity.Scenario, seed: int = 4, run: int = 1) -> str:
    """The digest of the last day, from the engine."""
    return engine.trace(of.first_day, seed, run).world.digest()


# Rules of a notebook


def forgive(member, publics):  # type: ignore[no-untyped-def]
    """Grievance fades and nothing else."""
    fall = publics.fading * (member.grievance - member.grievance_home)
    member.grievance = min(max(member.grievance - fall, 0.0), 1.0)


def stir(member, clock):  # type: ignore[no-untyped-def]
    """Luck of its own moves trust."""
    member.trust = min(max(member.trust + FAST * normal(clock, member.id, MINE, 0), 0.0), 1.0)


def reluctant(post, member, measure, clock, consent, why):  # type: ignore[no-untyped-def]
    """Gain and capacity decide, and nothing else."""
    if measure.stage < OPEN or measure.vote_now != 0 or post.rung == PARTY or post.rung > PARTY:
        return
    why.level = consent.level
    why.gain = consent.gain * post.gain
    why.capacity = consent.capacity * member.capacity
    why.logit = why.level + why.gain + why.capacity
    why.draw = uniform(clock, member.id, MINE, measure.serial)
    if why.draw < logistic(why.logit):
        post.rung = PARTY
        post.scope = 1.0


def raising(step: float) -> Callable[..., None]:
    """Two rules with one text."""

    def rise(member):  # type: ignore[no-untyped-def]
        member.trust = min(member.trust + step, 1.0)

    return rise


# What it does


def test_a_rule_replaces_one_for_a_scenario_and_for_no_other() -> None:
    stock, own = small(), small().with_rule(forgive, replaces="publics.aggrieve")
    assert own.run(seed=4).outcomes["resentment"] < stock.run(seed=4).outcomes["resentment"]
    assert small().run(seed=4).digest == stock.run(seed=4).digest
    assert RULEBOOK.own_rules == ()


def test_a_rule_joins_the_quarter_where_it_is_told_to() -> None:
    own = small().with_rule(raising(0.25), after="publics.trust_abroad", where="member.inside")
    phase = next(each for each in own.book.quarterly if each.name == "publics")
    names = [name_of(step.rule) for step in phase.steps]
    assert names[names.index("publics.trust_abroad") + 1] == "rise"
    found = engine.trace(own.first_day, 4).world.members
    assert (found["trust"][found["inside"] == 1] == 1.0).all() and (found["inside"] == 1).any()
    assert not (found["trust"][found["inside"] == 0] == 1.0).all() or (found["inside"] == 1).all()


def test_a_rule_may_join_at_either_end_of_a_phase() -> None:
    steps = {
        side: next(p for p in RULEBOOK.joining(stir, **{side: "publics"}).quarterly if p.name == "publics").steps
        for side in ("before", "after")
    }
    assert steps["before"][0].rule.__name__ == steps["after"][-1].rule.__name__ == "stir"


@pytest.mark.parametrize(
    ("rule", "places"),
    [
        (forgive, {"replaces": "publics.aggrieve"}),
        (stir, {"before": "publics.attach"}),
        (reluctant, {"replaces": "consent.ratify"}),
    ],
    ids=["replaces", "joins", "decides"],
)
def test_three_drivers_give_the_same_bits(rule: Any, places: dict[str, str]) -> None:
    own = small().with_rule(rule, **places)
    compiled = state(own)
    assert compiled != state(small())
    for driver in ("plain", "compiled"):
        model = Simulation(own, rng=4, run=1, driver=driver)
        model.run_model()
        assert model.world.digest() == compiled, driver


def test_copies_of_stock_rules_change_no_bit() -> None:
    copies = small()
    for rule in (publics.aggrieve, consent.ratify, consent.look_around, elections.govern):
        copies = copies.with_rule(rule, replaces=name_of(rule))
    assert state(copies) == state(small())


def test_a_book_may_hold_several_rules_and_one_of_them_again() -> None:
    own = small().with_rule(raising(0.01), after="middle").with_rule(forgive, replaces="publics.aggrieve")
    again = own.with_rule(publics.aggrieve, replaces="publics.aggrieve")
    assert [each.name for each in again.book.own_rules] == ["rise", "forgive", "aggrieve"]
    assert state(again) == state(small().with_rule(raising(0.01), after="middle"))


def test_ensembles_and_comparisons_follow_each_its_own_rules() -> None:
    stock, own = small(), small().with_rule(forgive, replaces="publics.aggrieve")
    both = comity.compare(stock, own, runs=6, seed=3)
    assert both.a.digest == stock.ensemble(runs=6, seed=3).digest
    assert both.b.digest == own.ensemble(runs=6, seed=3, workers=1).digest
    assert both.summary().loc["resentment", "difference"] < 0.0
    assert [rule["name"] for rule in both.document()["own_rules"]["b"]] == ["forgive"]


def test_years_and_other_changes_keep_the_rule() -> None:
    own = small().with_rule(forgive, replaces="publics.aggrieve")
    assert own.with_({"levers.waiver.on": True}).book is own.book
    assert own.run(seed=4, years=2).scenario.book is own.book
    assert Simulation(own, rng=1, years=2).beginning.book is own.book


# What is taken with it


def test_numbers_that_a_rule_closes_over_are_taken_as_they_are_and_make_another_rule() -> None:
    slow, fast = (small().with_rule(raising(step), after="middle") for step in (0.001, 0.25))
    assert [rule.captured["step"] for book in (slow.book, fast.book) for rule in book.own_rules] == [0.001, 0.25]
    assert slow.book.own_rules[0].hash != fast.book.own_rules[0].hash
    assert slow != fast and slow.digest != small().digest
    assert state(slow) != state(fast)
    assert state(slow) == state(small().with_rule(raising(0.001), after="middle"))


def test_both_numbers_of_two_rules_with_one_text_act_in_one_book() -> None:
    both = small().with_rule(raising(0.001), after="middle").with_rule(raising(0.002), after="middle")
    assert state(both) == state(
        small().with_rule(raising(0.002), after="middle").with_rule(raising(0.001), after="middle")
    )
    assert state(both) != state(small().with_rule(raising(0.002), after="middle"))


def test_a_rule_is_kept_with_all_that_makes_it_again() -> None:
    told = RULEBOOK.replacing("consent.ratify", reluctant).joining(stir, after="publics").described()
    assert [rule["name"] for rule in told] == ["reluctant", "stir"]
    assert told[0]["place"] == {"replaces": "consent.ratify"} and told[1]["place"] == {"after": "publics"}
    assert told[0]["source"].startswith("def reluctant(") and "nothing else" in told[0]["source"]
    assert told[1]["captured"] == {"FAST": 0.05, "MINE": MINE}
    assert told[1]["uses"] == {"normal": "comity.chance:normal"}
    book = rebuilt(json.loads(json.dumps(told)))
    assert book.described() == told
    assert composer.source(book) == composer.source(
        RULEBOOK.replacing("consent.ratify", reluctant).joining(stir, after="publics")
    )


def test_a_text_that_was_tampered_with_is_refused() -> None:
    told = RULEBOOK.joining(stir, after="publics").described()
    told[0]["source"] = told[0]["source"].replace("1.0", "0.5")
    with pytest.raises(RuleError, match="not the one that was kept"):
        rebuilt(told)
    told[0]["uses"] = {"normal": "os:system"}
    with pytest.raises(RuleError, match="os:system: a rule may call functions of"):
        rebuilt(told)


def test_another_process_gets_the_rule_by_its_text_and_gives_the_same_numbers() -> None:
    own = small().with_rule(raising(0.01), after="middle")
    code = "import pickle, sys; print(pickle.load(sys.stdin.buffer).run(seed=4).digest)"
    found = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(own), capture_output=True, check=True)
    assert found.stdout.decode().strip() == own.run(seed=4).digest


def test_a_manifest_holds_the_rule(tmp_path: Any) -> None:
    own = small().with_rule(forgive, replaces="publics.aggrieve")
    kept = json.loads((own.ensemble(runs=2).save(tmp_path / "kept") / "manifest.json").read_text())
    assert rebuilt(kept["own_rules"]).own_rules[0].hash == own.book.own_rules[0].hash
    assert "own_rules" not in small().ensemble(runs=2).document()


def test_a_text_will_do_where_there_is_no_file() -> None:
    text = """
    RATE = 0.01
    MINE = purpose("my.luck")

    def amount(trust):
        return RATE * logistic(trust)

    def rise(member, clock):
        member.trust = clip(member.trust + amount(member.trust) * uniform(clock, member.id, MINE, 0), 0.0, 1.0)
    """
    own = small().with_rule(text, after="publics")
    assert own.book.own_rules[0].captured == {"MINE": purpose("my.luck"), "RATE": 0.01}
    assert state(own) != state(small())
    assert rebuilt(own.book.described()).own_rules[0].hash == own.book.own_rules[0].hash


def test_without_a_file_the_error_says_what_to_do() -> None:
    code = (
        'import comity\ndef rise(member):\n    member.trust = 1.0\ncomity.load("eu").with_rule(rise, after="publics")'
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert sys.version_info >= (3, 13) or "hand in its text instead" in found.stderr


def test_a_cell_of_a_notebook_is_as_good_as_a_file() -> None:
    import linecache

    cell, name = "def rise(member):\n    member.trust = 1.0\n", "<ipython-input-7-0123456789ab>"
    linecache.cache[name] = (len(cell), None, cell.splitlines(keepends=True), name)
    space: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(cell, name, "exec"), space)
    assert RULEBOOK.joining(space["rise"], after="publics").own_rules[0].source == cell


def test_only_the_phase_that_holds_the_rule_is_composed_anew() -> None:
    own, stock = small().with_rule(forgive, replaces="publics.aggrieve"), composer.compiled(RULEBOOK)
    engine.ready(own.book)
    found = composer.compiled(own.book)
    differ = [
        p.name for p in RULEBOOK.phases if getattr(found, f"phase_{p.name}") is not getattr(stock, f"phase_{p.name}")
    ]
    assert differ == ["publics"]
    assert found is composer.compiled(small().with_rule(forgive, replaces="publics.aggrieve").book)


def test_a_rulebook_of_another_make_is_composed_whole() -> None:
    few = Rulebook((), tuple(p for p in RULEBOOK.quarterly if p.name == "publics"), *(
        getattr(RULEBOOK, part) for part in ("forces", "levers", "outcomes")
    ))  # fmt: skip
    assert not isinstance(composer.compiled(few.joining(raising(0.25), after="publics")), composer.Assembled)


def test_a_member_cannot_take_a_decision_that_a_rule_of_ones_own_takes() -> None:
    class Stubborn(MemberState):
        def ratify(self, measure: Any, post: Any) -> bool:
            return False

    own = small().with_rule(reluctant, replaces="consent.ratify")
    with pytest.raises(ValueError, match="ratify is decided by your rule reluctant"):
        Simulation(own, rng=1, members_class=Stubborn)


def test_the_world_of_an_own_rule_has_its_own_no_lever_twin() -> None:
    stock, own = small(), small().with_rule(raising(0.25), after="middle")
    runner = engine.Runner([stock.first_day, own.first_day])
    wished = [runner.wished(k, 4, 0).copy() for k in range(2)]
    assert np.any(wished[0]["public"] != wished[1]["public"])
    alone = engine.Runner([beginning.begin(own, own.book)]).wished(0, 4, 0)
    assert alone.tobytes() == wished[1].tobytes()
