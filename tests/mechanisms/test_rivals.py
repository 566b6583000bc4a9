"""Rival theories: each option changes what its literature says, by hand, and none compiles anything anew."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

from comity import beginning, composer, engine, scenario, world
from comity.forces import consent, elections, implementation
from comity.mechanism import Mechanism
from comity.quarter import RULEBOOK

MECHANISMS: dict[str, type[Mechanism]] = {**RULEBOOK.forces, **RULEBOOK.levers, **RULEBOOK.outcomes}
SWITCHES = {
    f"forces.{name}.{key}": chosen
    for name, mechanism in RULEBOOK.forces.items()
    for key, chosen in mechanism.choices().items()
}
RIVALS = [(path, option) for path, chosen in SWITCHES.items() for option in chosen.choice.options[1:]]


def code(mechanism: Any, switch: str, option: str) -> int:
    """The number that stands for an option."""
    return int(mechanism.choices()[switch].choice.options.index(option))


# What is declared


def test_every_question_that_the_literature_leaves_open_has_its_switch() -> None:
    assert set(SWITCHES) >= {
        "forces.consent.theory",
        "forces.consent.diffusion",
        "forces.elections.backlash",
        "forces.implementation.compliance",
    }


@pytest.mark.parametrize("name", [name for name, each in MECHANISMS.items() if each.choices()])
def test_the_constants_that_a_rule_compares_with_number_the_options_in_their_order(name: str) -> None:
    module = vars(sys.modules[MECHANISMS[name].__module__])
    for chosen in MECHANISMS[name].choices().values():
        assert [module[option.upper()] for option in chosen.choice.options] == list(range(len(chosen.choice.options)))


@pytest.mark.parametrize("path", SWITCHES)
def test_a_choice_says_what_it_decides_and_who_argues_for_what(path: str) -> None:
    choice = SWITCHES[path].choice
    assert choice.means and any(character.isdigit() for character in choice.source)
    assert SWITCHES[path].default == choice.options[0]


# What each account says, by hand

TERMS = ("gain", "legislature", "sovereignty", "misfit", "peers", "side_payment", "election", "flexibility")


def weighed(day: Any, theory: str) -> dict[str, float]:
    """The terms of a ratification in which every term has something to weigh."""
    member, post, measure = day.members[0], day.posts[0, 0], day.measures[0]
    measure.stage, measure.vote_now, post.rung = world.OPEN, 0, world.NOT_PARTY
    member.legislature, member.close = 0.5, 0.4
    post.gain, post.adjustment, post.commitment, post.misfit = 0.6, 0.1, 0.3, 0.2
    post.peers, post.side_payment, post.flexibility = 0.5, 0.2, 0.7
    day.own("consent").theory = code(consent.Consent, "theory", theory)
    consent.ratify(post, member, measure, day.org[0], day.clock[0], day.own("consent"), day.why("consent"))
    row = day.why("consent")
    assert row.logit == pytest.approx(sum(row[term] for term in consent.Consent.terms), abs=1e-12)
    return {term: float(row[term]) for term in TERMS}


@pytest.mark.parametrize(
    ("theory", "stressed", "slighted"),
    [
        (
            "rational_design",
            {"gain", "side_payment", "flexibility"},
            {"sovereignty", "misfit", "peers", "legislature", "election"},
        ),
        ("appropriateness", {"sovereignty", "misfit", "peers"}, {"gain", "side_payment", "flexibility"}),
    ],
)
def test_a_theory_of_consent_weighs_its_own_terms_more_and_its_rivals_less(
    day: Any, theory: str, stressed: set[str], slighted: set[str]
) -> None:
    two_level, rival = weighed(day, "two_level"), weighed(day, theory)
    factors = {term: 1.5 if term in stressed else 0.5 if term in slighted else 1.0 for term in TERMS}
    assert rival == {term: pytest.approx(factors[term] * two_level[term]) for term in TERMS}
    assert all(abs(value) > 0.01 for value in two_level.values())


def peers(day: Any, diffusion: str, seen: float = 0.0, powers: tuple[float, float] = (0.5, 0.5)) -> float:
    """What the example of one party says to a state that is not one yet."""
    day.own("consent").diffusion = code(consent.Consent, "diffusion", diffusion)
    day.ties[0, 1].near, day.ties[0, 1].weight = 0.4, 0.25
    day.members["power"] = powers
    post, other = day.posts[0, 0], day.posts[1, 0]
    post.peers, other.rung, other.seen = 0.0, world.BOUND, seen
    consent.look_around(post, other, day.members[0], day.members[1], day.ties[0, 1], day.own("consent"))
    return float(post.peers)


def test_by_emulation_a_peer_counts_whatever_it_saw_and_however_strong_it_is(day: Any) -> None:
    assert {peers(day, "emulation", seen, powers) for seen in (-1.0, 1.0) for powers in ((0.9, 0.1), (0.1, 0.9))} == {
        0.4
    }


@pytest.mark.parametrize(
    ("seen", "says"), [(0.0, 0.0), (0.15, 0.2), (0.3, 0.4), (2.0, 0.4), (-0.15, -0.2), (-2.0, -0.4)]
)
def test_by_learning_a_peer_says_what_it_saw_and_a_failure_deters(day: Any, seen: float, says: float) -> None:
    assert peers(day, "learning", seen) == pytest.approx(says)


@pytest.mark.parametrize(("powers", "says"), [((0.1, 0.9), 0.25), ((0.5, 0.5), 0.0), ((0.9, 0.1), 0.0)])
def test_by_coercion_only_a_stronger_partner_counts_by_how_much_one_depends_on_it(
    day: Any, powers: tuple[float, float], says: float
) -> None:
    assert peers(day, "coercion", 1.0, powers) == says


def driver(day: Any, backlash: str, trust: float = 0.0, grievance: float = 0.0, identity: float = 0.0) -> float:
    """The pressure behind challengers after changes of a public with an identity of .3."""
    member = day.members[0]
    member.driver_home, member.trust_home, member.grievance_home, member.identity_home = -1.5, 0.5, 0.1, 0.3
    member.trust, member.grievance, member.identity = 0.5 + trust, 0.1 + grievance, 0.3 + identity
    day.own("elections").backlash = code(elections.Elections, "backlash", backlash)
    elections.organize(member, day.own("elections"))
    return float(member.driver) + 1.5


@pytest.mark.parametrize(
    ("backlash", "distrust", "grievance", "identity"),
    [("mixed", 3.0, 4.0, 2.0), ("loss", 3.0, 6.0, 1.0), ("status", 3.0, 2.4, 3.0), ("disinformation", 4.5, 2.0, 2.0)],
)
def test_an_account_of_backlash_names_what_pulls(
    day: Any, backlash: str, distrust: float, grievance: float, identity: float
) -> None:
    assert driver(day, backlash, trust=-0.1) == pytest.approx(0.1 * distrust)
    assert driver(day, backlash, grievance=0.1) == pytest.approx(0.1 * grievance)
    assert driver(day, backlash, identity=0.1) == pytest.approx(0.1 * identity)


@pytest.mark.parametrize("backlash", ["mixed", "loss", "status", "disinformation"])
def test_being_misled_pulls_where_that_account_holds_and_nowhere_else(day: Any, backlash: str) -> None:
    day.members[0].misled = 0.15
    assert driver(day, backlash) == pytest.approx(0.3 if backlash == "disinformation" else 0.0)


def test_by_status_the_same_grievance_weighs_more_where_attachment_is_exclusive(day: Any) -> None:
    apart = []
    for identity in (0.0, 0.4):
        with_it, without = (driver(day, "status", grievance=g, identity=identity) for g in (0.1, 0.0))
        apart.append(with_it - without)
    assert apart == [pytest.approx(0.24), pytest.approx(0.56)]


def willingness(day: Any, school: str, **changes: float) -> float:
    """The logit of an implementation that is overdue and pressed, with changes of the member."""
    day.own("implementation").compliance = code(implementation.Implementation, "compliance", school)
    post = day.bind()
    post.implemented, post.sanction, day.stakes[0, 0].practice = 0.0, 0.5, 0.1
    before = {name: day.members[0][name] for name in changes}
    for name, value in changes.items():
        day.members[0][name] = value
    found = float(day.carried_out().willingness)
    for name, value in before.items():
        day.members[0][name] = value
    return found


@pytest.mark.parametrize(("school", "factor"), [("both", 1.0), ("enforcement", 1.5), ("management", 0.0)])
def test_a_school_of_compliance_says_how_far_pressure_moves_a_state(day: Any, school: str, factor: float) -> None:
    assert willingness(day, school) - willingness(day, school, shield=1.0) == pytest.approx(factor * 2.4 * 0.5)


@pytest.mark.parametrize(
    "change", [{"preference": -0.8}, {"trust": 0.0}, {"challenger": 0.6}], ids=lambda change: next(iter(change))
)
def test_by_management_politics_at_home_keep_nobody_from_complying(day: Any, change: dict[str, float]) -> None:
    assert willingness(day, "management") == willingness(day, "management", **change)
    assert willingness(day, "enforcement") > willingness(day, "enforcement", **change)


def met(day: Any, school: str, capacity: float) -> int:
    """In the luck of how many quarters of three hundred an obligation would be met."""
    day.own("implementation").compliance = code(implementation.Implementation, "compliance", school)
    day.members[0].capacity, found = capacity, 0
    for quarter in range(300):
        day.clock[0].quarter, post = quarter, day.bind()
        post.implemented, day.stakes[0, 0].practice = 0.0, 0.1
        found += int(day.carried_out().implemented == 1.0)
    return found


def test_by_enforcement_means_never_lack_and_by_the_others_they_do(day: Any) -> None:
    assert met(day, "enforcement", 0.05) == met(day, "enforcement", 1.0)
    for school in ("both", "management"):
        assert met(day, school, 0.05) < met(day, school, 1.0) / 4


# In a whole run

SMALL = {"region.synthetic.members": 8, "run.years": 10, "run.uncertainty": "none"}


def last_day(region: str, **changes: Any) -> str:
    """All tables of states and law on the last day of a run."""
    begun = beginning.begin(scenario.load(region).with_({**SMALL, **changes}))
    found = engine.trace(begun, 2).world
    return "".join(str(getattr(found, name).tobytes()) for name in ("org", "members", "stakes", "posts"))


@pytest.mark.parametrize(("path", "option"), RIVALS, ids=lambda value: str(value))
def test_a_rival_changes_a_run_and_the_default_said_aloud_changes_none(path: str, option: str) -> None:
    stock = last_day("ecowas")
    assert last_day("ecowas", **{path: SWITCHES[path].default}) == stock
    assert last_day("ecowas", **{path: option}) != stock


def test_a_switch_compiles_nothing_anew() -> None:
    last_day("ecowas")
    module = composer.compiled(RULEBOOK)
    before = {phase.name: len(getattr(module, f"phase_{phase.name}").signatures) for phase in RULEBOOK.phases}
    one, modules = len(module.one.signatures), {name for name in sys.modules if name.startswith("rulebook_")}
    everything = {path: chosen.choice.options[-1] for path, chosen in SWITCHES.items()}
    begun = beginning.begin(scenario.load("ecowas").with_({**SMALL, **everything}))
    engine.trace(begun, 2)
    assert begun.book is RULEBOOK and composer.compiled(begun.book) is module
    assert {phase.name: len(getattr(module, f"phase_{phase.name}").signatures) for phase in RULEBOOK.phases} == before
    assert len(module.one.signatures) == one
    assert {name for name in sys.modules if name.startswith("rulebook_")} == modules


def test_an_ensemble_may_hold_all_eighty_and_one_rivals_and_more_side_by_side() -> None:
    options = [chosen.choice.options for chosen in SWITCHES.values()]
    kinds = [[]]  # type: list[list[str]]
    for each in options:
        kinds = [[*kind, option] for kind in kinds for option in each]
    small = scenario.load("ecowas").with_({**SMALL, "run.years": 4})
    days = [beginning.begin(small.with_(dict(zip(SWITCHES, kind, strict=True)))) for kind in kinds[::9]]
    found = engine.ensemble(days, 3, range(1))
    assert len(np.unique(found[:, 0, :], axis=0)) > len(days) / 2
