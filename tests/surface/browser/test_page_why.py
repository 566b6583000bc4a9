"""A click on a member or an event tells why: what weighed, what luck set, what would have turned it; and plays that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from visits import Visit

import comity

Open = Callable[..., Visit]


def test_a_click_on_a_member_tells_its_story_with_bars_and_counterfactual(visit: Open, shots: Path) -> None:
    seen = visit("?scenario=eu&seed=1")
    seen.stage("stage.clock.step(30)")
    seen.page.wait_for_timeout(200)
    seen.page.locator(".cm-card-tiles").get_by_text("HUN", exact=True).click()
    seen.until("stage.selected == 'HUN'")
    panel = seen.page.locator('[data-test="why"]')
    panel.get_by_role("button", name="So far").click()
    cards = panel.locator("[data-card]")
    cards.first.wait_for()
    if cards.first.get_attribute("aria-expanded") == "false":
        cards.first.click()
    assert "Hungary" in panel.inner_text()
    seen.shot(shots, "why-member")


def test_a_great_event_is_explained_as_the_package_explains_it(visit: Open, shots: Path) -> None:
    seen = visit("?scenario=eu&seed=1")
    story = comity.load("eu").run(seed=1).why("GBR")
    assert story is not None
    seen.stage("stage.clock.step(stage.last)")
    feed = seen.page.get_by_role("list", name="Events, newest first")
    seen.page.locator('[data-test="feed-member"]').select_option("GBR")
    seen.page.locator('[data-test="feed-kind"]').select_option(index=1)
    event = feed.get_by_role("button").filter(has_text="why?").first
    event.click()
    panel = seen.page.locator('[data-test="why"]')
    panel.locator("[data-term]").first.wait_for()
    assert panel.locator("[data-term]").count() >= 2
    assert panel.get_by_text("What would have turned it").count() >= 1
    seen.page.wait_for_timeout(300)
    assert seen.faults() == ""
    seen.shot(shots, "why-event", whole=True)
    panel.locator('[data-test="beside-0"]').first.click()
    seen.until("stage.films.b")
    assert seen.digest("b") != seen.digest("a")
    seen.page.wait_for_function("location.search.includes('b.')")
    friend = visit(seen.page.evaluate("location.search"))
    friend.until("stage.films.b")
    assert friend.digest("b") == seen.digest("b")
