"""Whoever copies a rule of ours into a notebook to change it starts from something that is accepted as it stands."""

from __future__ import annotations

import pytest

import comity
from comity.mechanism import mechanism_of
from comity.quarter import RULEBOOK, rebuilt
from comity.rulebook import name_of
from comity.simulation import Simulation

RULES = {name_of(step.rule): step.rule for phase in RULEBOOK.phases for step in phase.steps}


@pytest.mark.parametrize("name", RULES)
def test_every_rule_of_the_quarter_is_a_rule_that_anybody_could_have_written(name: str) -> None:
    book = RULEBOOK.replacing(name, RULES[name])
    (own,) = book.own_rules
    assert mechanism_of(own.function) is mechanism_of(RULES[name])
    assert name_of(own.function) == name
    assert rebuilt(book.described()).own_rules[0].hash == own.hash


def test_a_quarter_of_copies_is_the_quarter_to_the_bit() -> None:
    book = RULEBOOK
    for name, rule in RULES.items():
        book = book.replacing(name, rule)
    assert not {step.rule for phase in book.phases for step in phase.steps} & set(RULES.values())
    small = comity.load("ecowas+respectful").with_({"region.synthetic.members": 4, "run.years": 2})
    stock, copies = (Simulation(small, rng=3, driver="plain", book=each) for each in (RULEBOOK, book))
    while stock.running:
        stock.step()
        copies.step()
        assert copies.world.digest() == stock.world.digest(), stock.date
