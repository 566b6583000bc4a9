"""Two runs under the same luck and one clock, their differences in words and numbers, and what each lever did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from visits import Visit

import comity

Open = Callable[..., Visit]


def test_a_scenario_beside_another_runs_by_one_clock_and_tells_the_difference(visit: Open, shots: Path) -> None:
    seen = visit("?scenario=eu&seed=5")
    seen.page.locator('[data-test="beside-scenario"]').select_option("eu+respectful")
    seen.until("stage.films.b")
    assert seen.stage("stage.films.b.header.scenario") == "eu+respectful"
    assert seen.stage("stage.films.b.header.seed") == 5
    seen.stage("stage.clock.step(40)")
    panel = seen.page.locator('[data-test="compare-panel"]')
    trust = panel.locator('[data-quantity="trust"]')
    trust.wait_for()
    a, b = (seen.array("series.trust", side)[40] for side in "ab")
    assert f"{abs(100 * (b - a)):.1f}" in trust.inner_text() or f"{abs(b - a):.2f}" in trust.inner_text()
    assert len(panel.locator('[data-test="ab-summary"]').inner_text()) > 30
    seen.page.wait_for_timeout(300)
    assert seen.faults() == ""
    seen.shot(shots, "two", whole=True)
    panel.get_by_text("Everything, as a table").click()
    panel.get_by_role("button", name="outcomes at the end").click()
    outcomes = comity.compare(comity.load("eu"), comity.load("eu+respectful"), runs=1, seed=5)
    assert outcomes is not None
    assert panel.locator('[data-test="ab-table"] tbody tr').count() > 20


def test_sides_are_swapped_edited_and_closed(visit: Open) -> None:
    seen = visit("?scenario=eu&seed=5&b.scenario=eu+rigid")
    seen.until("stage.films.b")
    a, b = seen.digest("a"), seen.digest("b")
    seen.page.locator('[data-test="swap"]').click()
    seen.until("stage.films.a.header.digest == argument", b)
    assert seen.digest("b") == a
    seen.page.locator('[data-test="close-b"]').click()
    seen.until("!stage.films.b")
    assert seen.digest("a") == b


def test_a_copy_of_a_is_the_same_until_its_levers_are_moved(visit: Open) -> None:
    seen = visit("?scenario=eu+respectful&seed=5")
    seen.page.locator('[data-test="beside-copy"]').click()
    seen.until("stage.films.b")
    assert seen.digest("b") == seen.digest("a")
    seen.page.locator('[data-test="edit-b"]').click()
    seen.until("stage.facts.edited == 'b'")
    seen.stage("stage.clock.step(20)")
    seen.page.get_by_role("switch", name="Court").click()
    seen.until("stage.films.b.header.digest != stage.films.a.header.digest")
    assert seen.array("series.trust", "a", 21) == seen.array("series.trust", "b", 21)
    assert seen.stage("stage.films.a.header.moves.length") == 0


def test_a_and_b_come_with_their_fans(visit: Open) -> None:
    seen = visit("?scenario=eu&seed=5")
    seen.until("stage.fans.a")
    seen.stage("stage.send('compare', {name: 'eu+respectful'})")
    seen.until("stage.films.b && stage.fans.a && stage.fans.b")
    assert {"a", "b"} <= set(seen.stage("Object.keys(stage.fans).filter(side => stage.fans[side])"))


def test_what_each_lever_did_so_far_is_told(visit: Open, shots: Path) -> None:
    seen = visit("?scenario=eu+respectful&seed=5&at=2020Q1")
    seen.until("stage.quarter == 40")
    panel = seen.page.locator('[data-test="effects-panel"]')
    panel.scroll_into_view_if_needed()
    panel.locator('[data-test="effects"]').click()
    panel.get_by_text("Court").first.wait_for()
    panel.locator('[data-test="effects-summary"]').wait_for()
    seen.page.wait_for_timeout(300)
    seen.shot(shots, "effects", whole=True)
    assert seen.faults() == ""
