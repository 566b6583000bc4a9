"""What happened, why, and what beside it: with real clicks and with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from visits import Visit

import comity

Open = Callable[..., Visit]
NOTICE = "United Kingdom gives notice to leave"


def at(seen: Visit, quarter: int, kind: str = "all") -> Any:
    """The page at a quarter, with the lines of a kind; the feed."""
    seen.stage("stage.set('quarter', argument)", quarter)
    feed = seen.page.get_by_role("region", name="What happened")
    feed.get_by_label("Kind of event").select_option(kind)
    return feed


def why(seen: Visit) -> Any:
    """The panel, once it has answered."""
    panel = seen.page.locator("[data-test=why][aria-busy=false]")
    panel.locator("article").first.wait_for()
    return panel


def test_what_happened_goes_with_the_clock_and_holds_few_lines_at_once(visit: Open) -> None:
    seen = visit("?scenario=eu&seed=1")
    feed = at(seen, 0)
    first = feed.get_by_role("listitem").first.inner_text()
    at(seen, 79)
    assert feed.get_by_role("listitem").first.inner_text() != first
    assert seen.stage("stage.films.a.arrays['events.quarter'].shape[0]") > 1000
    assert feed.get_by_role("listitem").count() < 60
    at(seen, 22, "leaving")
    assert NOTICE not in feed.inner_text()
    at(seen, 23, "leaving")
    assert NOTICE in feed.inner_text()


def test_only_great_events_are_spoken(visit: Open) -> None:
    seen = visit("?scenario=eu&seed=1")
    at(seen, 22)
    live = seen.page.locator("[data-test=feed-live]")
    assert live.get_attribute("aria-live") == "polite"
    seen.page.get_by_role("button", name="A quarter on").click()
    spoken = "text => document.querySelector('[data-test=feed-live]').innerText.includes(text)"
    seen.page.wait_for_function(spoken, arg=NOTICE)
    assert "tabled" not in live.inner_text() and "adopted" not in live.inner_text()


def test_a_line_that_is_clicked_says_why_and_its_counterfactual_runs_beside(visit: Open) -> None:
    seen = visit("?scenario=eu&seed=1")
    feed = at(seen, 30, "leaving")
    feed.get_by_role("button", name=NOTICE).click()
    panel = why(seen)
    assert "United Kingdom" in panel.get_by_role("heading", level=2).inner_text()
    assert "gives notice" in panel.locator("article").first.inner_text()
    bars = [bar.get_attribute("data-term") for bar in panel.locator("article").first.locator("[data-term]").all()]
    assert "referendum" in bars and bars[-1] == "together"
    assert panel.get_by_role("img", name="What weighed").count() == 1
    panel.get_by_text("Where this rule comes from").first.click()
    claims = seen.page.evaluate("[...document.querySelectorAll('.why__claim')].map(each => each.innerText)")
    assert claims == [next(each["claim"] for each in comity.catalogue("forces") if each["name"] == "exit")]
    panel.get_by_role("button", name="Run this beside").first.click()
    seen.until("stage.films.b && stage.films.b.header.nudge")
    assert seen.stage("stage.films.b.header.nudge.quarter") == 23
    seen.page.wait_for_function("location.search.includes('b.nudge=')")
    compared = seen.page.get_by_role("region", name="A and B, the same luck")
    compared.get_by_text("A, but GBR").wait_for()
    seen.page.reload()
    seen.ready()
    assert seen.stage("stage.films.b.header.nudge.quarter") == 23, "the link does not bring it back"


def test_the_keyboard_alone_asks_why_and_comes_back(visit: Open) -> None:
    seen = visit("?scenario=eu&seed=1")
    feed = at(seen, 30, "leaving")
    keys = seen.page.keyboard
    feed.get_by_role("listitem").first.get_by_role("button").focus()
    keys.press("ArrowDown")
    asked = seen.page.evaluate("document.activeElement.innerText")
    keys.press("Enter")
    why(seen)
    assert seen.page.evaluate("document.activeElement.id") == "why-title"
    assert seen.quarter == 30, "keys of the list moved the clock"
    keys.press("Escape")
    assert seen.page.evaluate("document.activeElement.innerText") == asked
    assert seen.page.locator(".why--open").count() == 0


def test_a_member_that_is_chosen_tells_its_year(visit: Open) -> None:
    seen = visit("?scenario=eu&seed=1")
    at(seen, 23)
    seen.stage("stage.set('selected', 'GBR')")
    panel = why(seen)
    assert panel.get_by_role("button", name="This year").get_attribute("aria-pressed") == "true"
    assert "Notice" in panel.locator("article").first.inner_text()


def test_two_runs_are_told_apart_at_the_clock_and_at_the_end(visit: Open) -> None:
    seen = visit("?scenario=eu&seed=1&set=run.years%3D8")
    at(seen, 20)
    seen.page.get_by_label("Another scenario").select_option("eu+respectful")
    compared = seen.page.get_by_role("region", name="A and B, the same luck")
    compared.locator("[data-quantity=respect]").wait_for()
    shown = compared.locator("[data-quantity=respect] .ab__more").inner_text()
    apart = seen.stage("stage.films.b.arrays['series.respect'].at(20) - stage.films.a.arrays['series.respect'].at(20)")
    assert shown.startswith("+" if apart > 0 else "−") and f"{abs(apart):.2f}" in shown
    compared.get_by_text("Everything, as a table").click()
    table = compared.locator("[data-test=ab-table]")
    table.get_by_role("row").nth(25).wait_for()
    compared.get_by_role("button", name="outcomes at the end").click()
    table.get_by_role("rowheader", name="Durability").wait_for()
    compared.get_by_role("button", name="Swap").click()
    seen.until("stage.films.a.header.scenario.includes('respectful')")
    compared.get_by_role("button", name="Close B").click()
    seen.until("stage.films.b === null")


def test_what_each_lever_did_is_drawn_and_told_and_can_be_called_off(visit: Open) -> None:
    seen = visit("?scenario=eu&seed=1&set=run.years%3D6")
    at(seen, 12)
    panel = seen.page.get_by_role("region", name="What each lever did so far")
    panel.get_by_role("button", name="Work it out").click()
    panel.locator("[data-lever=hardness]").wait_for()
    assert panel.locator("[data-lever]").count() == 1 + seen.stage("stage.films.a.header.levers.length")
    assert "all levers together" in panel.locator("[data-test=effects-summary]").inner_text()
    panel.get_by_label("Number of runs").select_option("200")
    panel.get_by_role("button", name="Over 200 runs").click()
    panel.get_by_role("button", name="Stop").click()
    panel.get_by_role("button", name="Over 200 runs").wait_for()
    panel.get_by_label("Number of runs").select_option("10")
    panel.get_by_role("button", name="Over 10 runs").click()
    panel.locator(".eff__span").first.wait_for()
    assert "10 runs" in panel.locator("[data-test=effects-summary]").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_panels_are_accessible_and_fit_a_phone(visit: Open, theme: str, shots: Any) -> None:
    seen = visit("?scenario=eu&seed=1&b.scenario=eu%20respectful", width=360, height=760, theme=theme)
    feed = at(seen, 30, "leaving")
    feed.get_by_role("button", name=NOTICE).first.click()
    panel = why(seen)
    panel.get_by_text("As text and table").first.click()
    assert panel.locator("table").first.is_visible()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
    panel.screenshot(path=str(shots / f"why-phone-{theme}.png"))
    assert seen.faults(".why") == "" and seen.faults(".feed") == "" and seen.faults(".ab") == ""


def test_a_point_of_the_plane_says_what_the_organization_decided(visit: Open) -> None:
    seen = visit("?scenario=mercosur&at=2005Q1")
    card = seen.page.locator(".cm-card-plane")
    card.scroll_into_view_if_needed()
    box = card.locator("svg").first.bounding_box()
    seen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    seen.page.locator("[data-test=why]").get_by_text("The organization").first.wait_for()
