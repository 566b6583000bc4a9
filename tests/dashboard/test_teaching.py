"""What the teacher's guide says that students will see is what the model shows them."""

import random
from pathlib import Path

import numpy as np
import pytest

import comity
from comity import film
from comity.film import roles

GUIDE = " ".join((Path(__file__).parents[2] / "dashboard" / "TEACHING.md").read_text(encoding="utf-8").split())


def played(name, moves=(), seed=1, run=0):
    return film.film(comity.load(name), seed, moves, run=run)


def outcomes(name, lever=None, run=0):
    moves = () if lever is None else roles.moved_to(comity.load(name), [], 0, lever, 1.0)
    return played(name, moves, run=run).header["outcomes"]


def at_random(name, students=30):
    """Policies of a class that does not think: of each its role, and twelve levers moved as far as the points reach."""
    scenario, chosen = comity.load(name), random.Random(7)
    for seat in range(students):
        role = roles.ROLES[seat % len(roles.ROLES)]
        low = {one["lever"]: one["low"] for one in roles.prices(scenario, role.name)}
        levers, moves = list(low), []
        chosen.shuffle(levers)
        for lever in levers[:12]:
            tried = roles.moved_to(scenario, moves, 0, lever, chosen.choice([low[lever], 0.0, 0.5, 1.0]))
            if roles.spent(scenario, tried, role.name) <= role.points:
                moves = tried
        yield role.name, moves


def board(name):
    """Outcomes of the run without moves, and outcomes and scores of the class that moves levers at random."""
    plain, values, scores = played(name), [], []
    for role, moves in at_random(name):
        values.append(roles.values(played(name, moves), role))
        scores.append(roles.score(role, values[-1], roles.values(plain, role))["points"])
    return plain.header["outcomes"], values, scores


def span(values):
    return min(values), max(values)


def percent(share):
    return f"{100 * share:.0f} %"


def test_the_first_lesson_tells_the_run_without_moves():
    told = outcomes("eu")
    shown = (
        f"integration {told['integration']:.2f}, respect {told['respect']:.2f}, trust {percent(told['trust'])} in the"
    )
    assert shown in GUIDE
    series = played("eu").arrays
    first, second = series["series.trust"][19], series["series.trust"][39]
    members, inside = roles.members_on_first_day(comity.load("eu"))
    begun = np.average(members["trust"][inside], weights=members["population"][inside])
    assert (
        f"from {percent(begun)} on the first day to {percent(first)}, respect to {series['series.respect'][19]:.2f}"
        in GUIDE
    )
    assert f"trust comes back to {percent(second)}" in GUIDE


def test_the_first_lesson_tells_who_leaves_and_when():
    told = played("eu").table("events").query("event in ['notice', 'exit']")
    assert told[["iso3", "event"]].to_numpy().tolist() == [["GBR", "notice"], ["GBR", "exit"]]
    notice, left = (int(time) for time in told["time"])
    assert f"gives notice in {notice} and is out in {left}." in GUIDE


def test_the_first_lesson_tells_what_opt_outs_do():
    told = outcomes("eu", "opt_outs")
    assert (
        f"respect {told['respect']:.2f}, trust {percent(told['trust'])}, integration {told['integration']:.2f}" in GUIDE
    )


def test_the_first_lesson_tells_what_tranches_do():
    plain, told = outcomes("eu"), outcomes("eu", "tranches")
    up = {key: told[key] - plain[key] for key in ("integration", "respect")}
    assert f"raise integration by {up['integration']:.3f} and respect by {up['respect']:.3f}" in GUIDE


@pytest.mark.long
def test_the_first_lesson_tells_what_a_class_at_random_finds():
    plain, values, _ = board("eu")
    up = [[one[key] - plain[key] for key in ("integration", "respect")] for one in values]
    above = [one for one in up if min(one) > 0.0]
    assert f"{len(above)} came out above on both axes, by a hair" in GUIDE
    assert all(min(one) < 0.005 for one in above)
    (low, high), (least, most) = (span([one[key] for one in values]) for key in ("integration", "respect"))
    assert f"integration lay between {low:.2f} and {high:.2f}, respect between {least:.2f} and {most:.2f}" in GUIDE
    assert {one["exits"] for one in values} == {1.0}


def test_the_second_lesson_tells_what_packages_and_levers_do():
    rigid, plain, soft = outcomes("eu+rigid"), outcomes("eu"), outcomes("eu+respectful")
    assert f"integration {rigid['integration']:.2f} and respect {rigid['respect']:.2f}, the union as it was" in GUIDE
    assert f"as it was {plain['integration']:.2f} and {plain['respect']:.2f}" in GUIDE
    assert f"package {soft['integration']:.2f} and {soft['respect']:.2f}" in GUIDE
    base, votes, able = outcomes("ecowas"), outcomes("ecowas", "decision_rule"), outcomes("ecowas", "capacity_building")
    assert f"respect from {base['respect']:.2f} to {votes['respect']:.2f}" in GUIDE
    assert f"integration (from {base['integration']:.3f} to {votes['integration']:.3f})" in GUIDE
    did, does = (percent(one["implementation_true"]) for one in (base, able))
    assert f"truly carried out there from {did} to {does}" in GUIDE
    assert f"only from {base['integration']:.3f} to {able['integration']:.3f}" in GUIDE
    seen = outcomes("eu", "transparency")
    assert f"from {percent(plain['trust'])} to {percent(seen['trust'])}" in GUIDE


def test_the_second_lesson_tells_whom_a_majority_costs():
    scenario = comity.load("ecowas")
    ran = (played("ecowas", roles.moved_to(scenario, [], 0, "decision_rule", 1.0)), played("ecowas"))
    points = roles.score("reluctant", *(roles.values(one, "reluctant") for one in ran))["points"]
    assert f"costs the reluctant member {50.0 - points:.0f} points" in GUIDE


@pytest.mark.long
def test_the_second_lesson_tells_how_a_class_at_random_scores():
    rigid, ecowas = (np.quantile(board(name)[2], (0.0, 0.25, 0.75, 1.0)) for name in ("eu+rigid", "ecowas"))
    assert f"{rigid[1]:.0f} to {rigid[2]:.0f} points in the rigid union, the best {rigid[3]:.0f}" in GUIDE
    assert f"in ECOWAS {ecowas[1]:.0f} to {ecowas[2]:.0f}, the best {ecowas[3]:.0f}" in GUIDE
    assert f"the worst had {ecowas[0]:.0f} points" in GUIDE


@pytest.mark.long
def test_the_third_lesson_tells_how_far_luck_and_policy_reach():
    plain = [outcomes("eu", run=run) for run in range(1, 31)]
    moved = [outcomes("eu", "opt_outs", run=run) for run in range(1, 31)]
    left = sum(one["exits"] > 0 for one in plain)
    assert f"(in {left} of 30 at least one)" in GUIDE and max(one["exits"] for one in plain) == 3
    low, high = (edge(one["trust"] for one in plain) for edge in (min, max))
    assert f"trust ends between {percent(low)} and {percent(high)}" in GUIDE
    low, high = (edge(one["integration"] for one in plain) for edge in (min, max))
    assert f"integration between {low:.2f} and {high:.2f}" in GUIDE
    changes = {
        key: [b[key] - a[key] for a, b in zip(plain, moved, strict=True)] for key in ("respect", "trust", "integration")
    }
    assert f"respect rises every time (by {min(changes['respect']):.2f} to {max(changes['respect']):.2f})" in GUIDE
    assert f"({100 * min(changes['trust']):.0f} to {100 * max(changes['trust']):.0f} points)" in GUIDE
    assert f"(by {-max(changes['integration']):.2f} to {-min(changes['integration']):.2f})" in GUIDE
    assert min(changes["respect"]) > 0.0 and min(changes["trust"]) > 0.0 and max(changes["integration"]) < 0.0
    fewer, more = (sum(sign * (b["exits"] - a["exits"]) > 0 for a, b in zip(plain, moved, strict=True))
                   for sign in (-1, 1))  # fmt: skip
    assert f"fewer states leave in {fewer} of the thirty lucks, more in {more}" in GUIDE

    def higher(key):
        """Of comparisons of two students with different luck, the percent in which opt-outs seem to raise it."""
        others = [b[key] > a[key] for i, a in enumerate(plain) for j, b in enumerate(moved) if i != j]
        return 100.0 * np.mean(others)

    trust, integration = 100.0 - higher("trust"), higher("integration")
    assert f"fall in {trust:.0f} of 100 comparisons and integration to rise in {integration:.0f}" in GUIDE
    assert higher("respect") == 100.0 and "respect never seems to fall" in GUIDE


@pytest.mark.long
def test_tranches_raise_both_under_most_lucks():
    both = 0
    for run in range(1, 31):
        plain, told = outcomes("eu", run=run), outcomes("eu", "tranches", run=run)
        both += all(told[key] > plain[key] for key in ("integration", "respect"))
    assert f"both rise in {both} of the 30 lucks" in GUIDE
