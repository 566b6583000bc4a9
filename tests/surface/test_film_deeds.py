"""The film tells what was spent on what, and what is done about each measure, as the run itself knows it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import comity
from comity import engine
from comity.film import Film, film
from comity.runs.scenario import Scenario
from comity.runs.watch import Watch
from comity.world import BOUND, IN_FORCE, IN_NOTICE, MEMBER, RETURNED, SUSPENDED

SPENDERS = {
    "eu+respectful": [], "african-union+enforcer": [], "ecowas+pay-for-performance": [],
    "mercosur+technocratic": [("2000Q2", "levers.funds.on", True), ("2005Q1", "levers.audit.strength", 0.2)],
}  # fmt: skip


def recorded(scenario: Scenario, wanted: dict[str, tuple[str, ...]], seed: int) -> dict[str, Any]:
    """Columns of a run as the engine leaves them at the end of each quarter."""
    day = scenario.first_day
    watch = Watch(day.world, wanted)
    return watch.read(engine.trace(day, seed, 0, watch.picks).record)


# Money


@pytest.mark.parametrize("name", SPENDERS)
def test_uses_of_the_budget_add_up_to_what_was_spent(name: str) -> None:
    made = film(name, seed=3, moves=SPENDERS[name])
    uses, series = made.table("spending").drop(columns=["quarter", "time"]), made.table("series")
    assert (uses >= 0.0).all().all()
    assert uses.sum(axis=1).to_numpy() == pytest.approx(series["spent"].to_numpy(), abs=1e-12)
    told = made.header["arrays"]["spending.by_use"]["uses"]
    assert [use.replace(" ", "_") for use in told] == [use for use in uses if uses[use].any()]
    shown = uses[[use.replace(" ", "_") for use in told]].to_numpy()
    assert made.arrays["spending.by_use"] == pytest.approx(shown, abs=1e-6)


def test_a_cut_film_knows_of_no_later_spending() -> None:
    whole, cut = film("eu+respectful", seed=3), film("eu+respectful", seed=3, until=6)
    uses = cut.header["arrays"]["spending.by_use"]["uses"]
    later = whole.header["arrays"]["spending.by_use"]["uses"]
    places = [later.index(use) for use in uses]
    assert (cut.arrays["spending.by_use"] == whole.arrays["spending.by_use"][:6, places]).all()
    assert cut.table("spending").equals(whole.table("spending").head(6))


def test_a_lever_gets_its_cost_times_its_strength_where_all_is_paid() -> None:
    scenario = comity.load("eu").with_({"levers.forum.on": True, "levers.forum.strength": 0.5})
    made = film(scenario, seed=3, moves=[("2014Q1", "levers.forum.strength", 0.25)])
    money, series = made.table("spending"), made.table("series")
    paid = series["coverage"] == 1.0
    assert paid.any()
    cost = float(scenario.value("levers.forum.cost"))
    strength = np.where(money["quarter"] < 16, 0.5, 0.25)
    assert money["forum"][paid].to_numpy() == pytest.approx((cost * strength)[paid.to_numpy()], abs=1e-12)


def test_what_no_lever_asked_for_goes_to_communities_of_halted_projects() -> None:
    scenario = comity.load("eu+respectful")
    money = film(scenario, seed=3).table("spending")["compensation"].to_numpy()
    seen = recorded(scenario, {"measures": ("halted", "depth")}, seed=3)
    halted = seen["measures.halted"][:-1] > 0.0
    assert halted.any()
    assert (money[1:] > 0.0).tolist() == halted.any(axis=1).tolist()


# Deeds


@pytest.fixture(scope="module")
def union() -> Scenario:
    return comity.load("eu+a-la-carte").with_({"run.years": 12, "levers.tranches.on": True})


@pytest.fixture(scope="module")
def made(union: Scenario) -> Film:
    return film(union, seed=2)


@pytest.fixture(scope="module")
def seen(union: Scenario) -> dict[str, Any]:
    posts = ("rung", "implemented", "reported", "scope")
    return recorded(union, {"posts": posts, "measures": ("serial", "stage"), "members": ("standing",)}, seed=2)


def test_a_measure_is_carried_out_as_far_as_its_members_do_on_average(made: Film, seen: dict[str, Any]) -> None:
    table = made.table("deeds").set_index(["measure", "quarter"])
    known = 0
    for quarter in range(made.until):
        inside = np.isin(seen["members.standing"][quarter], (MEMBER, SUSPENDED, IN_NOTICE, RETURNED))
        for slot in np.flatnonzero(seen["measures.stage"][quarter] == IN_FORCE).tolist():
            bound = inside & (seen["posts.rung"][quarter, :, slot] == BOUND)
            row = table.loc[(int(seen["measures.serial"][quarter, slot]), quarter)]
            for name in ("implemented", "reported"):
                values = seen[f"posts.{name}"][quarter, :, slot]
                assert row[name] == pytest.approx(values[bound].sum() / inside.sum(), abs=1e-12)
            known += 1
    assert known == len(table) > 100
    assert (table["reported"] >= table["implemented"] - 1e-12).all()
    assert (table["reported"] > table["implemented"] + 0.01).any()


def test_the_film_holds_the_courses_one_measure_after_the_other(made: Film) -> None:
    table = made.table("deeds")
    measures, arrays = made.table("measures"), made.arrays
    assert arrays["deeds.true"] == pytest.approx(table["implemented"].to_numpy(), abs=0.5 / 254)
    assert arrays["deeds.reported"] == pytest.approx(table["reported"].to_numpy(), abs=0.5 / 254)
    missing = made.header["arrays"]["deeds.first"]["missing"]
    for row, first in enumerate(arrays["deeds.first"].tolist()):
        if first == missing:
            assert row + 1 not in set(table["measure"])
            continue
        assert table["measure"].iloc[first] == row + 1
        assert table["quarter"].iloc[first] == measures["in_force"].iloc[row]


def test_a_member_has_done_all_from_the_quarter_that_is_told(made: Film, seen: dict[str, Any]) -> None:
    serial, after = seen["measures.serial"], made.arrays["deeds.after"]
    missing = made.header["arrays"]["deeds.after"]["missing"]
    measures = made.table("measures")
    bound, scope = seen["posts.rung"] == BOUND, seen["posts.scope"]
    done = bound & (scope > 0.0) & (seen["posts.implemented"] >= scope)
    for row in range(len(measures)):
        quarters, slots = np.nonzero(serial == row + 1)
        for member in range(after.shape[1]):
            when = quarters[done[quarters, member, slots]]
            told = after[row, member]
            assert told == missing if not len(when) else when.min() == measures["in_force"][row] + told


@pytest.mark.parametrize("end", [0, 9, 30])
def test_a_cut_film_knows_of_deeds_until_its_end(union: Scenario, made: Film, end: int) -> None:
    cut, whole = film(union, seed=2, until=end), made.table("deeds")
    early = whole[whole["quarter"] < end].reset_index(drop=True)
    assert cut.table("deeds").equals(early) or early.empty
    assert len(cut.arrays["deeds.true"]) == len(early)
    in_force, missing = made.table("measures")["in_force"], made.header["arrays"]["deeds.after"]["missing"]
    for row, after in enumerate(cut.arrays["deeds.after"].tolist()):
        then = made.arrays["deeds.after"][row].tolist()
        seen_by_then = [one != missing and in_force[row] + one < end for one in then]
        assert after == [one if there else missing for one, there in zip(then, seen_by_then, strict=True)]
