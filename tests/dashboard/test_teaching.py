"""What the teacher's guide says that students will see is what the model shows them."""

from pathlib import Path

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
    assert f"to {percent(first)}, respect to {series['series.respect'][19]:.2f}" in GUIDE
    assert f"trust comes back to {percent(second)}" in GUIDE


def test_the_first_lesson_tells_who_leaves_and_when():
    told = played("eu").table("events").query("event in ['notice', 'exit']")
    assert told["iso3"].tolist() == ["GBR", "GBR"]
    notice, left = (int(time) for time in told["time"])
    assert f"gives notice in {notice} and is out in {left}" in GUIDE


def test_the_first_lesson_tells_what_opt_outs_do():
    told = outcomes("eu", "opt_outs")
    assert (
        f"respect {told['respect']:.2f}, trust {percent(told['trust'])}, integration {told['integration']:.2f}" in GUIDE
    )


def test_the_second_lesson_tells_what_packages_and_levers_do():
    rigid, plain, soft = outcomes("eu+rigid"), outcomes("eu"), outcomes("eu+respectful")
    assert f"integration {rigid['integration']:.2f} and respect {rigid['respect']:.2f}, the union as it was" in GUIDE
    assert f"as it was {plain['integration']:.2f} and {plain['respect']:.2f}" in GUIDE
    assert f"package {soft['integration']:.2f} and {soft['respect']:.2f}" in GUIDE
    base, votes, able = outcomes("ecowas"), outcomes("ecowas", "decision_rule"), outcomes("ecowas", "capacity_building")
    assert f"respect from {base['respect']:.2f} to {votes['respect']:.2f}" in GUIDE
    assert f"integration at {votes['integration']:.2f}" in GUIDE
    assert f"only from {base['integration']:.3f} to {able['integration']:.3f}" in GUIDE
    seen = outcomes("eu", "transparency")
    assert f"from {percent(plain['trust'])} to {percent(seen['trust'])}" in GUIDE


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
