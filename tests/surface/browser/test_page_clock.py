"""The clock is the browser's: play, pause, step, scrub, speed; seed, presets, undo and reset bring other films."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from visits import Visit

Open = Callable[..., Visit]


def test_the_clock_plays_pauses_steps_scrubs_and_goes_faster(visit: Open) -> None:
    seen = visit("?seed=3")
    page = seen.page
    play = page.get_by_role("button", name="Play", exact=True)
    page.get_by_role("combobox", name="Speed").select_option("16")
    play.click()
    seen.until("stage.quarter >= 6")
    page.get_by_role("button", name="Pause", exact=True).click()
    stands = seen.quarter
    page.wait_for_timeout(300)
    assert seen.quarter == stands >= 6
    page.get_by_role("button", name="A quarter on").click()
    page.get_by_role("button", name="A quarter on").click()
    page.get_by_role("button", name="A quarter back").click()
    assert seen.quarter == stands + 1
    page.get_by_role("slider", name="Quarter").fill("50")
    assert seen.quarter == 50
    assert "2022" in page.get_by_role("region", name="Clock").inner_text()
    page.get_by_role("button", name="To the start").click()
    assert seen.quarter == 0


def test_at_sixteen_quarters_a_second_the_run_goes_to_its_end_and_never_leaps(visit: Open) -> None:
    seen = visit()
    seen.stage(
        "(window.shown = [], stage.on('quarter', quarter => window.shown.push(quarter)), stage.set('speed', 16))"
    )
    seen.page.keyboard.press("Space")
    seen.until("stage.quarter >= stage.last")
    shown = seen.page.evaluate("window.shown")
    assert shown[-1] == seen.stage("stage.last") == 79
    leaps = [after - before for before, after in itertools.pairwise(shown)]
    assert min(leaps) >= 1 and max(leaps) <= 8, "half a second at most goes by at once, however slow the machine"
    seen.until("!stage.playing")


def test_a_seed_typed_and_the_next_luck_are_other_runs_and_back_is_the_same_run(visit: Open) -> None:
    seen = visit("?seed=7")
    first = seen.digest()
    field = seen.page.get_by_label("seed")
    assert field.input_value() == "7"
    field.fill("8")
    field.press("Enter")
    seen.until("stage.films.a.header.seed == 8")
    other = seen.digest()
    seen.page.get_by_role("button", name="other luck").click()
    seen.until("stage.films.a.header.seed == 9")
    field.fill("7")
    field.press("Enter")
    seen.until("stage.films.a.header.seed == 7")
    assert seen.digest() == first != other


def test_a_seed_that_is_none_is_told_and_nothing_changes(visit: Open) -> None:
    seen = visit("?seed=7")
    first = seen.digest()
    field = seen.page.get_by_label("seed")
    for wrong in ("-1", "1.5", "all", "9" * 30):
        field.fill(wrong)
        field.press("Enter")
        seen.page.get_by_role("alert").filter(has_text="seed").first.wait_for()
        assert field.input_value() == "7"
    assert seen.digest() == first


def test_undo_and_redo_walk_through_what_was_done_and_reset_takes_all_of_it_back(visit: Open) -> None:
    seen = visit("?seed=2")
    first = seen.digest()
    seen.stage("stage.send('move', {path: 'levers.funds.strength', value: 0.1, quarter: 8})")
    seen.until("stage.films.a.header.moves.length == 1")
    second = seen.digest()
    undo, redo, reset = (seen.page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo", "Reset"))
    undo.click()
    seen.until("stage.films.a.header.moves.length == 0")
    assert seen.digest() == first
    redo.click()
    seen.until("stage.films.a.header.moves.length == 1")
    assert seen.digest() == second
    reset.click()
    seen.until("stage.films.a.header.moves.length == 0")
    assert seen.digest() == first
    assert undo.is_enabled(), "a reset can be undone"


def test_presets_tell_a_story_and_one_click_plays_one(visit: Open) -> None:
    import comity

    seen = visit()
    seen.page.get_by_role("button", name="European Union").click()
    box = seen.page.get_by_role("dialog").filter(visible=True)
    offered = box.get_by_role("button").all_inner_texts()
    for kind in ("regions", "packages", "scenarios"):
        for each in comity.catalogue(kind):
            found = [text for text in offered if text.startswith(each["title"])]
            assert found, f"{each['name']} is not offered"
            assert len(found[0]) > len(each["title"]) + 10, f"{each['name']} has no story"
    box.get_by_role("button", name="Respectful").click()
    seen.until("stage.films.a.header.scenario == 'eu+respectful'")
    box.get_by_role("button", name="Mercosur, 1995").click()
    seen.until("stage.films.a.header.scenario.startsWith('mercosur')")
