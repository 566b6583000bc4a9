"""Controls are made from the declarations; a lever that is moved while the clock runs acts from then on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from shells import Shell
from visits import Visit

import comity

Open = Callable[..., Visit]


def unfold(seen: Visit) -> None:
    """Opens every group of levers."""
    for summary in seen.page.locator(".cm-levers summary").all():
        if not summary.evaluate("each => each.parentElement.open"):
            summary.click()


def test_every_declared_lever_has_a_switch_a_price_and_its_evidence_one_click_away(visit: Open) -> None:
    seen = visit("?scenario=eu+respectful")
    unfold(seen)
    panel = seen.page.get_by_role("complementary", name="Levers")
    switches = panel.get_by_role("switch")
    names = {each.get_attribute("id").removeprefix("cm-l-") for each in switches.all()}
    declared = {each["name"] for each in comity.catalogue("levers")}
    assert names == declared
    assert 4 <= panel.locator("summary").count() <= 6
    told = panel.inner_text()
    for each in comity.catalogue("levers"):
        assert each["price"] in told, each["name"]
    court = next(each for each in comity.catalogue("levers") if each["name"] == "court")
    panel.get_by_role("button", name="Court", exact=True).click()
    assert court["claim"] in panel.inner_text()
    assert "Evidence" in panel.inner_text()


def test_a_lever_moved_while_the_clock_runs_acts_from_the_next_quarter_and_the_past_stays(visit: Open) -> None:
    seen = visit("?scenario=eu+respectful&seed=3")
    first = seen.digest()
    before = {name: seen.array(f"series.{name}") for name in ("trust", "integration", "respect")}
    seen.stage("stage.set('speed', 2)")
    seen.page.keyboard.press("Space")
    seen.until("stage.quarter >= 10")
    seen.page.get_by_role("switch", name="Court").click()
    seen.until("stage.films.a.header.moves.length == 1")
    seen.page.get_by_role("button", name="Pause", exact=True).click()  # the space bar is the switch's now
    date, path, value = seen.stage("stage.films.a.header.moves")[0]
    assert (path, value) == ("levers.court.on", False)
    acts = seen.stage("stage.quarterOf(argument)", date)
    assert 10 < acts <= seen.quarter + 1
    for name, old in before.items():
        new = seen.array(f"series.{name}")
        assert new[:acts] == old[:acts], name
    assert seen.digest() != first
    strength = "stage.films.a.arrays['levers.strength'].value(argument, stage.films.a.header.levers.indexOf('court'))"
    assert seen.stage(strength, acts - 1) > 0.0
    assert seen.stage(strength, acts) == 0.0


def test_a_switch_stays_where_it_was_put(visit: Open) -> None:
    seen = visit("?scenario=eu+respectful&seed=3")
    seen.stage("stage.clock.step(20)")
    court = seen.page.get_by_role("switch", name="Court")
    assert court.is_checked()
    court.click()
    seen.until("stage.films.a.header.moves.length == 1 && !stage.waiting")
    seen.page.wait_for_timeout(150)
    assert not court.is_checked()
    court.click()
    seen.until("stage.films.a.header.moves[0][2] === true")


def test_a_slider_pulls_a_lever_and_the_move_can_be_taken_back(visit: Open) -> None:
    seen = visit("?scenario=eu+respectful&seed=3")
    first = seen.digest()
    seen.stage("stage.clock.step(20)")
    slider = seen.page.get_by_role("slider", name="Court, strength")
    slider.fill("0.9")
    seen.until("stage.films.a.header.moves.length == 1")
    assert seen.stage("stage.films.a.header.moves")[0][1:] == ["levers.court.strength", 0.9]
    seen.page.get_by_role("button", name="Take back").first.click()
    seen.until("stage.films.a.header.moves.length == 0")
    assert seen.digest() == first


def test_when_and_for_whom_can_be_chosen(visit: Open) -> None:
    seen = visit("?scenario=eu+respectful&seed=3")
    unfold(seen)
    panel = seen.page.get_by_role("complementary", name="Levers")
    panel.get_by_role("button", name="Waiver", exact=True).click()
    panel.locator("label", has_text="from").locator("select").select_option("2014Q1")
    seen.page.wait_for_function("location.search.includes('levers.waiver.from')")
    panel.get_by_role("group", name="For whom").get_by_role("button", name="Greece").click()
    seen.page.wait_for_function("location.search.includes('GRC')")
    seen.answered()
    name = "stage.films.a.header.levers.indexOf('waiver')"
    assert seen.stage(f"stage.films.a.arrays['levers.strength'].value(0, {name})") == 0.0
    assert seen.stage(f"stage.films.a.arrays['levers.strength'].value(20, {name})") > 0.0


def test_assumptions_are_apart_can_be_searched_and_say_their_source(visit: Open) -> None:
    seen = visit()
    first = seen.digest()
    seen.page.get_by_role("button", name="assumptions").first.click()
    box = seen.page.get_by_role("dialog", name="Assumptions")
    box.get_by_label("Search the assumptions").fill("consent")
    theory = box.get_by_label("Consent: theory")
    theory.wait_for()
    assert "source" in box.inner_text()
    theory.select_option("appropriateness")
    seen.until("stage.facts.a.set.length == 1")
    assert seen.digest() != first
    box.get_by_role("button", name="reset").first.click()
    seen.until("stage.facts.a.set.length == 0")
    assert seen.digest() == first


def test_moves_travel_in_a_scenario_file_that_the_command_line_replays(
    visit: Open, shell: Shell, tmp_path: Path
) -> None:
    seen = visit("?scenario=eu+respectful&seed=3")
    seen.stage("stage.clock.step(30)")
    seen.page.get_by_role("switch", name="Court").click()
    seen.page.get_by_role("slider", name="Rights, strength").fill("0.8")
    seen.until("stage.films.a.header.moves.length == 2 && !stage.waiting")
    seen.page.get_by_role("button", name="files").click()
    with seen.page.expect_download() as expected:
        seen.page.get_by_role("button", name="Scenario (YAML)").click()
    file = tmp_path / "mine.yaml"
    expected.value.save_as(file)
    outcomes = seen.stage("stage.films.a.header.outcomes")
    found = shell.document("run", str(file), "--runs", "1")["outcomes"]
    assert {name: found[name]["mean"] for name in outcomes} == pytest.approx(outcomes, nan_ok=True, abs=0.0)
