"""The page is for everybody: offline, by keyboard, by screen reader, light and dark, from a phone to a projector."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from visits import Visit

Open = Callable[..., Visit]
WIDTHS = {"phone": (360, 740), "desk": (1280, 900), "projector": (1920, 1080)}
BOXES = ("presets", "files", "help", "assumptions")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", WIDTHS)
def test_the_page_fits_the_device_and_nobody_is_shut_out(visit: Open, shots: Path, device: str, theme: str) -> None:
    width, height = WIDTHS[device]
    seen = visit("?scenario=eu+respectful", width=width, height=height, theme=theme)
    seen.stage("stage.clock.step(40)")
    seen.page.wait_for_timeout(600)
    seen.shot(shots, f"{device}-{theme}", whole=True)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    assert seen.faults() == ""


@pytest.mark.parametrize("box", BOXES)
def test_what_opens_over_the_page_shuts_nobody_out(visit: Open, shots: Path, box: str) -> None:
    for theme, width in (("light", 360), ("dark", 1280)):
        seen = visit("", theme=theme, width=width)
        seen.stage("stage.emit('open', argument)", box)
        seen.page.get_by_role("dialog").filter(visible=True).wait_for()
        seen.page.wait_for_timeout(300)
        seen.shot(shots, f"{box}-{theme}")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.faults() == ""
        seen.page.keyboard.press("Escape")
        seen.page.get_by_role("dialog").filter(visible=True).wait_for(state="hidden")


def test_a_whole_session_by_keyboard_alone(visit: Open) -> None:
    seen = visit("?seed=4")
    keys = seen.page.keyboard
    keys.press("ArrowRight")
    keys.press("Shift+ArrowRight")
    assert seen.quarter == 5
    keys.press("ArrowLeft")
    assert seen.quarter == 4
    keys.press("Space")
    seen.until("stage.playing && stage.quarter > 5")
    keys.press("Space")
    seen.until("!stage.playing")
    keys.press("End")
    assert seen.quarter == seen.stage("stage.last")
    keys.press("Home")
    assert seen.quarter == 0
    keys.press("?")
    help_ = seen.page.get_by_role("dialog").filter(visible=True)
    help_.wait_for()
    assert "space" in help_.inner_text()
    keys.press("Escape")
    seen.page.get_by_role("dialog").filter(visible=True).wait_for(state="hidden")
    first = seen.digest()
    seen.stage("stage.send('move', {path: 'levers.funds.strength', value: 0.1, quarter: 8})")
    seen.until("stage.films.a.header.moves.length == 1")
    keys.press("r")
    seen.until("stage.films.a.header.moves.length == 0")
    assert seen.digest() == first


def test_tab_reaches_everything_that_can_be_used_and_shows_where_it_is(visit: Open) -> None:
    seen = visit()
    usable = seen.page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, textarea, a[href], summary')]
            .filter(each => !each.disabled && each.tabIndex >= 0 && each.checkVisibility({checkVisibilityCSS: true}))
            .filter(each => !each.closest('dialog:not([open]), [hidden], [aria-hidden=true]')).length"""
    )
    reached, unseen = set(), []
    for _ in range(usable + 5):
        seen.page.keyboard.press("Tab")
        found = seen.page.evaluate(
            """() => { const at = document.activeElement;
                if (at === document.body) return null;
                window.number ||= new Map(); if (!window.number.has(at)) window.number.set(at, window.number.size);
                const style = getComputedStyle(at);
                const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
                const marked = outlined || style.boxShadow !== 'none';
                return [window.number.get(at), marked, at.outerHTML.slice(0, 120)]; }"""
        )
        if found is not None:
            reached.add(found[0])
            unseen += [] if found[1] else [found[2]]
    assert len(reached) >= usable, f"{len(reached)} of {usable} reached"
    assert unseen == [], "focus cannot be seen there"


def test_every_picture_and_control_has_a_name_for_screen_readers(visit: Open) -> None:
    seen = visit()
    nameless = seen.page.evaluate(
        """() => [...document.querySelectorAll('button, input, select')]
            .filter(each => !(each.ariaLabel || each.innerText || each.title || each.labels?.length))
            .filter(each => !(each.closest('label') || each.getAttribute('aria-labelledby')))
            .map(each => each.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
    assert seen.page.evaluate("document.documentElement.lang") == "en"
    assert "comity" in seen.page.title()
    assert seen.page.get_by_role("heading", level=1).count() == 1


def test_the_page_needs_nobody_but_this_machine(visit: Open) -> None:
    asked: list[str] = []
    seen = visit()
    seen.page.on("request", lambda request: asked.append(request.url))
    seen.go()
    seen.page.keyboard.press("Space")
    seen.until("stage.quarter > 3")
    assert len(asked) > 5, "the requests are seen"
    assert {address.split("/")[2] for address in asked if "//" in address and not address.startswith("blob:")} == {
        seen.url.removeprefix("http://")
    }


def test_what_is_quiet_stays_quiet_for_who_wants_less_motion(visit: Open) -> None:
    seen = visit(reduced_motion="reduce")
    moving = seen.page.evaluate(
        "document.getAnimations().filter(each => each.effect.getComputedTiming().iterations === Infinity).length"
    )
    assert moving == 0
