"""Every picture is drawn, follows the clock, and says the same in words and as a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from visits import Visit

Open = Callable[..., Visit]
PROMISED = ("tiles", "plane", "fan", "ladder", "timeline", "ties", "budget")


def cards(seen: Visit) -> dict[str, str]:
    """The pictures by name, with the selector of their card."""
    found = seen.page.evaluate("[...document.querySelectorAll('.cm-card')].map(each => each.className)")
    names = [re.search(r"cm-card-(\w+)", classes) for classes in found]
    return {name[1]: f".{name[0]}" for name in names if name}


def test_all_promised_pictures_are_there_with_words_and_a_table(visit: Open, shots: Path) -> None:
    seen = visit("?scenario=eu+respectful&seed=2&b.scenario=eu")
    seen.stage("stage.clock.step(40)")
    found = cards(seen)
    assert set(PROMISED) <= found.keys()
    for name, selector in found.items():
        card = seen.page.locator(selector)
        card.scroll_into_view_if_needed()
        seen.page.wait_for_timeout(150)
        assert card.locator(".cm-canvas").first.evaluate(
            "each => each.querySelectorAll('path,rect,circle,line,text').length"
        ), name
        summary = card.locator(".cm-summary").inner_text()
        assert len(summary) > 20, f"{name} says nothing"
        card.get_by_role("button", name="as a table").click()
        rows = card.locator("tbody tr")
        rows.first.wait_for()
        assert rows.count() >= 1, name
        assert "NaN" not in card.inner_text() and "undefined" not in card.inner_text(), name
        card.get_by_role("button", name="as a table").click()
    seen.shot(shots, "pictures-ab", whole=True)


def test_pictures_grow_with_the_clock_and_never_look_ahead(visit: Open) -> None:
    seen = visit("?seed=2")
    drawn = []
    for quarter in (0, 20, 60):
        seen.stage("stage.clock.step(argument - stage.quarter)", quarter)
        seen.page.wait_for_timeout(200)
        drawn.append(seen.page.locator(".cm-card-fan .cm-summary").inner_text())
    assert len(set(drawn)) == 3
    assert [text[:6] for text in drawn] == ["2010Q1", "2015Q1", "2025Q1"]


@pytest.mark.parametrize("colour", ["trust", "grievance", "implementation"])
def test_members_can_be_colored_by_choice_and_shape_says_it_too(visit: Open, colour: str) -> None:
    seen = visit("?seed=2")
    seen.stage("stage.clock.step(40)")
    card = seen.page.locator(".cm-card-tiles")
    card.get_by_role("combobox").first.select_option(colour)
    seen.until("stage.colour == argument", colour)
    seen.page.wait_for_timeout(250)
    assert colour[:5] in card.locator(".cm-summary").inner_text().lower()
    card.get_by_role("button", name="as a table").click()
    row = card.locator("tbody tr").filter(has_text="Hungary")
    assert row.count() == 1
    place = seen.stage("stage.films.a.members.findIndex(each => each.iso3 == 'HUN')")
    value = seen.stage(f"stage.films.a.arrays['members.{colour}'].value(40, {place})")
    shown = row.inner_text()
    assert round(value, 4) in [float(each) for each in re.findall(r"\d+\.\d+", shown)]


def test_the_fan_of_fifty_comes_behind_the_run_when_the_page_rests(visit: Open) -> None:
    seen = visit("?seed=2")
    seen.until("stage.fans.a")
    assert seen.stage("stage.fans.a.header.runs") == 50
    seen.stage("stage.clock.step(40)")
    seen.page.wait_for_timeout(300)
    assert "background runs" in seen.page.locator(".cm-card-fan").inner_text()


def test_a_ghost_of_the_baseline_is_there_once_a_lever_was_moved(visit: Open) -> None:
    seen = visit("?scenario=eu+respectful&seed=2")
    assert seen.stage("stage.films.ghost") is None
    first = seen.digest()
    seen.stage("stage.send('move', {path: 'levers.court.on', value: false, quarter: 8})")
    seen.until("stage.films.ghost")
    assert seen.digest("ghost") == first
