"""What each lever does: shares that add up, subsets that are ordinary scenarios, the same for any number of workers."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import comity
from comity import engine
from comity.cli import effects as told
from comity.quarter import LEVERS
from comity.runs import shapley
from comity.runs.effects import package_of
from comity.runs.subsets import PAIRS_PER_RUN, Design

YEARS = 7
FEW = ["waiver", "sunset", "hardness"]
MANY = [*FEW, "audit", "tranches", "opt_outs", "forum"]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def package() -> comity.Scenario:
    return comity.load("mercosur+respectful").with_({"run.years": YEARS})


@pytest.fixture(scope="module")
def few(package: comity.Scenario) -> comity.Effects:
    return comity.effects(package, FEW, runs=5, seed=3)


@pytest.fixture(scope="module")
def many(package: comity.Scenario) -> comity.Effects:
    return comity.effects(package, MANY, runs=5, seed=3)


def without(package: comity.Scenario, *levers: str) -> comity.Scenario:
    return package.with_({f"levers.{name}.on": False for name in levers})


def mean(package: comity.Scenario, outcome: str = "integration") -> float:
    return float(package.ensemble(runs=5, seed=3).outcomes[outcome].mean())


# What is told


def test_shares_add_up_to_the_total_to_the_bit(few: comity.Effects, many: comity.Effects) -> None:
    for each in (few, many):
        assert each.total != 0.0
        assert sum(each.table()["shapley"]) == each.total
        document = json.loads(json.dumps(each.document()))
        assert sum(row["shapley"] for row in document["levers"].values()) == document["total"]


def test_the_total_is_all_levers_less_none_of_them(package: comity.Scenario, many: comity.Effects) -> None:
    assert many.total == pytest.approx(mean(package) - mean(without(package, *MANY)), abs=1e-14)


def test_an_effect_is_what_the_package_loses_without_the_lever(package: comity.Scenario, many: comity.Effects) -> None:
    apart = comity.compare(without(package, "waiver"), package, runs=5, seed=3).summary().loc["integration"]
    row = many.table().set_index("lever").loc["waiver"]
    for mine, theirs in (("effect", "difference"), ("low", "low"), ("high", "high")):
        assert row[mine] == pytest.approx(apart[theirs], abs=1e-14)
    assert row["variance_ratio"] == pytest.approx(apart["variance_ratio"], nan_ok=True)


def test_alone_a_lever_stands_beside_what_was_not_asked_about(package: comity.Scenario, many: comity.Effects) -> None:
    others = [name for name in MANY if name != "sunset"]
    row = many.table().set_index("lever").loc["sunset"]
    assert row["alone"] == pytest.approx(mean(without(package, *others)) - mean(without(package, *MANY)), abs=1e-14)


def test_an_interaction_is_how_much_more_each_does_with_the_other_there(
    package: comity.Scenario, many: comity.Effects
) -> None:
    both, one, other = (mean(without(package, *each)) for each in (("waiver", "sunset"), ("waiver",), ("sunset",)))
    pairs = many.interactions().set_index(["a", "b"])
    assert len(pairs) == 21
    assert pairs.loc[("waiver", "sunset"), "effect"] == pytest.approx(mean(package) - one - other + both, abs=1e-14)
    assert (pairs["runs"] == 5).all()
    assert (pairs["low"] <= pairs["effect"]).all()


def test_two_levers_share_their_interaction_equally(package: comity.Scenario) -> None:
    pair = comity.effects(package, ["waiver", "hardness"], runs=4, seed=3)
    table, (between,) = pair.table(), pair.interactions()["effect"]
    assert table["shapley"].tolist() == pytest.approx((table["alone"] + between / 2).tolist(), abs=1e-14)
    assert table["shapley"].tolist() == pytest.approx((table["effect"] - between / 2).tolist(), abs=1e-14)


def test_one_lever_carries_everything(package: comity.Scenario) -> None:
    one = comity.effects(package, ["sunset"], runs=3, seed=3)
    row = one.table().iloc[0]
    assert one.total == row["shapley"] == pytest.approx(row["effect"]) == pytest.approx(row["alone"])
    assert len(one.interactions()) == 0
    assert one.document()["interactions"] == []


def test_tables_are_tidy(few: comity.Effects) -> None:
    columns = ["lever", "effect", "low", "high", "shapley", "shapley_low", "shapley_high"]
    assert list(few.table().columns)[:7] == columns
    assert few.table()["lever"].tolist() == [name for name in LEVERS if name in FEW]
    assert list(few.interactions().columns) == ["a", "b", "effect", "low", "high", "runs", "clear"]
    assert (few.table()["shapley_low"] <= few.table()["shapley"]).all()


# From shared runs


def test_a_subset_is_the_ordinary_scenario_with_the_other_levers_off(package: comity.Scenario) -> None:
    design = Design(tuple(FEW), 3)
    day = package.first_day
    values = engine.variants(day, 3, range(2), lambda run: design.plans(day, run))
    known = list(day.book.outcomes)
    for row, subset in enumerate(design.subsets(0)):
        off = [name for k, name in enumerate(FEW) if not subset >> k & 1]
        ordinary = without(package, *off).ensemble(runs=2, seed=3)
        columns = [known.index(name) for name in ordinary.names]
        found = np.array([rows[row, columns] for rows in values])
        np.testing.assert_array_equal(found, ordinary.values)


@pytest.mark.parametrize("levers", [FEW, MANY])
def test_nothing_depends_on_the_number_of_workers(package: comity.Scenario, levers: list[str]) -> None:
    found = [comity.effects(package, levers, runs=5, seed=3, workers=n) for n in (1, 2, 5)]
    assert len({each.digest for each in found}) == 1
    assert len({json.dumps(each.document()) for each in found}) == 1
    assert comity.effects(package, levers, runs=5, seed=4).digest != found[0].digest


def test_the_first_runs_of_many_are_the_same_as_few(package: comity.Scenario, many: comity.Effects) -> None:
    first = comity.effects(package, MANY, runs=2, seed=3)
    np.testing.assert_array_equal(first.played.shares, many.played.shares[:2])


def test_several_outcomes_come_from_the_same_runs(package: comity.Scenario, few: comity.Effects) -> None:
    both = comity.effects(package, FEW, outcome=["integration", "respect"], runs=5, seed=3)
    assert list(both) == ["integration", "respect"]
    assert both["integration"].document() == few.document()
    assert few.of("respect").document() == both["respect"].document()
    assert both["respect"].total != few.total


def test_a_named_lever_that_is_off_is_switched_on_at_its_stated_strength() -> None:
    off = {"levers.waiver.on": False, "levers.waiver.strength": 0.3}
    bare = comity.load("mercosur").with_({"run.years": YEARS, **off})
    found = comity.effects(bare, ["waiver"], runs=3, seed=3)
    package = bare.with_({"levers.waiver.on": True})
    assert found.scenario == package
    apart = comity.compare(bare, package, runs=3, seed=3).summary().loc["integration", "difference"]
    assert found.total == pytest.approx(apart, abs=1e-14)


def test_without_names_the_levers_that_are_on_are_meant(package: comity.Scenario) -> None:
    on = tuple(name for name in LEVERS if package.value(f"levers.{name}.on"))
    assert package_of(package, None) == (package, on)
    assert package_of(package, ["sunset", "audit", "sunset"])[1] == tuple(n for n in LEVERS if n in ("audit", "sunset"))


def test_progress_hears_of_each_run(package: comity.Scenario) -> None:
    heard: list[tuple[int, int]] = []
    comity.effects(package, ["waiver"], runs=3, workers=2, progress=lambda done, total: heard.append((done, total)))
    assert sorted(heard) == [(1, 3), (2, 3), (3, 3)]


# Which subsets are played


def test_up_to_six_levers_all_subsets_are_played_and_beyond_a_sample() -> None:
    assert Design(tuple("abcdef"), 1).subsets(9) == list(range(64))
    many = Design(tuple("abcdefghijkl"), 1)
    assert not many.exact
    assert len(many.subsets(0)) < 140
    assert many.subsets(0) == sorted(set(many.subsets(0)))


def test_orders_are_drawn_anew_in_each_run_and_not_by_the_place_in_a_list() -> None:
    names = tuple("abcdefgh")
    forward, backward, other, _ = Design(names, 1).orders(0)
    assert backward == forward[::-1] != other
    assert Design(names, 1).orders(1) != Design(names, 1).orders(0) != Design(names, 2).orders(0)
    turned = names[::-1]
    assert [turned[k] for k in Design(turned, 1).orders(0)[0]] == [names[k] for k in forward]


def test_in_sampled_orders_each_lever_is_as_often_early_as_late() -> None:
    design = Design(tuple("abcdefgh"), 1)
    first = np.bincount([design.orders(run)[0][0] for run in range(800)], minlength=8)
    assert (np.abs(first - 100) < 45).all(), first


def test_many_pairs_take_turns() -> None:
    design = Design(tuple("abcdefghijklmno"), 1)
    pairs = shapley.pairs(15)
    looked_at = [k for run in range(35) for k in design.pairs(run)]
    assert len(design.pairs(0)) == PAIRS_PER_RUN < len(pairs)
    counts = np.bincount(looked_at, minlength=len(pairs))
    assert counts.min() == counts.max() == 35 * PAIRS_PER_RUN // len(pairs)
    everybody = shapley.everybody(15)
    for k in design.pairs(3):
        assert everybody & ~(1 << pairs[k][0] | 1 << pairs[k][1]) in design.subsets(3)


# What is missing or wrong


def test_an_outcome_without_a_value_is_told_as_missing(few: comity.Effects) -> None:
    missing = [name for name in few.outcomes if few.of(name).known == 0]
    assert missing, "some outcome has no value in so few years"
    found = few.of(missing[0])
    assert math.isnan(found.total)
    document = json.loads(json.dumps(found.document(), allow_nan=False))
    assert document["total"] is None
    assert document["levers"]["waiver"]["shapley"] is None
    assert "nothing can be told" in told.sentences(found)[0]
    assert found.plot.shares().alt.endswith("beyond noise.")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"levers": ["sunsett"]}, r'there is no lever "sunsett"; did you mean "sunset"\?'),
        ({"levers": []}, "no lever is named"),
        ({"outcome": "integratoin"}, r'there is no outcome "integratoin"; did you mean "integration"\?'),
        ({"runs": 0}, "the number of runs"),
        ({"seed": -1}, "a seed"),
        ({"workers": 0}, "the number of workers"),
    ],
)
def test_what_is_wrong_is_refused_with_the_way_out(
    package: comity.Scenario, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        comity.effects(package, **changes)


def test_where_no_lever_is_on_nothing_can_be_asked() -> None:
    bare = comity.load("mercosur").with_({f"levers.{name}.on": False for name in LEVERS})
    with pytest.raises(ValueError, match="no lever is on in mercosur"):
        comity.effects(bare)


# The picture


def cut_off(figure: Any) -> list[str]:
    """Words that reach beyond the page."""
    from matplotlib.text import Text

    figure.draw_without_rendering()
    inside = figure.bbox
    found = []
    for text in figure.findobj(Text):
        box = text.get_window_extent()
        if text.get_text() and text.get_visible() and (box.x0 < -1 or box.x1 > inside.width + 1 or box.y0 < -1):
            found.append(text.get_text())
    return found


def test_the_picture_says_what_the_table_says(many: comity.Effects) -> None:
    picture = many.plot.shares("shares.png")
    assert Path("shares.png").read_bytes().startswith(b"\x89PNG")
    assert picture.alt.startswith("Mercosur, 1995 + Respectful: its levers change integration by")
    assert all(f"{name.replace('_', ' ')}: share " in picture.alt for name in MANY)
    assert cut_off(picture.figure) == []


def test_two_levers_and_one_fit_on_a_page(package: comity.Scenario) -> None:
    for names in (["sunset"], ["sunset", "capacity_building"]):
        picture = comity.effects(package, names, runs=2).plot.shares()
        assert cut_off(picture.figure) == []


def test_of_forty_levers_the_largest_are_drawn() -> None:
    from comity import figures

    names = [f"a_lever_with_name_{k}" for k in range(40)]
    share = np.linspace(-0.2, 0.3, 40)
    rows = pd.DataFrame({"lever": names, "effect": share, "low": share - 0.01, "high": share + 0.01, "shapley": share})
    rows = rows.assign(shapley_low=share - 0.01, shapley_high=share + 0.01)
    pairs = pd.DataFrame(
        [{"a": a, "b": b, "effect": 0.01, "clear": False} for k, a in enumerate(names) for b in names[k + 1 :]]
    )
    picture = figures.effects(rows, pairs, "trust", float(share.sum()), "A union")
    assert cut_off(picture.figure) == []
    assert "a lever with name 39" in picture.alt
    assert "a lever with name 20:" not in picture.alt
