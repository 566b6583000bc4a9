"""Each picture of the page, alone in a real browser: what it draws, says and tabulates is what the film holds."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from gallery import NOW, Board

NAMES = (
    "outcomes", "tiles", "plane", "fan", "ladder", "ties", "lanes", "timeline", "budget", "difference",
)  # fmt: skip
BAR = 4.0
"""Milliseconds of the browser's time for a step of all pictures."""


SIDES = {
    "one": {}, "two": {"film_b": "b", "fan_a": "fan"}, "ghost": {"ghost": "b"}, "large": {"film_a": "large"},
    "strangers": {"film_b": "large"}, "longer": {"film_a": "a", "film_b": "cut"},
}  # fmt: skip


@pytest.mark.parametrize("width", [360, 1280, 1920])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_picture_is_drawn_and_stays_within_its_width(board: Board, theme: str, width: int) -> None:
    from PIL import Image

    board.open(width, theme=theme, **SIDES["two"])
    assert board.do("Object.keys(mounted)") == list(NAMES)
    for name in NAMES:
        node = board.page.locator(f"#{name} svg")
        assert node.bounding_box()["width"] <= width
        colors = Image.open(io.BytesIO(node.screenshot())).convert("RGB").getcolors(1 << 24)
        assert colors is not None and len(colors) > 20, name
    assert board.do("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("sides", SIDES.values(), ids=SIDES)
def test_words_and_table_are_there_whatever_is_compared(
    board: Board, films: dict[str, Any], sides: dict[str, str]
) -> None:
    board.open(**sides)
    shown = films[sides.get("film_a", "a")]
    for name in NAMES:
        words, (columns, rows) = board.words(name), board.table(name)
        alone = name == "difference" and not {"film_b", "ghost"} & set(sides)
        assert words.endswith("."), name
        assert "undefined" not in words and "NaN" not in words, words
        date = shown.header["dates"][19 if (name, sides.get("film_b")) == ("difference", "cut") else NOW]
        assert alone or (date in words and columns and rows), name
        assert all(len(row) == len(columns) for row in rows), name


def test_large_figures_are_the_films(board: Board, films: dict[str, Any]) -> None:
    columns, rows = board.open(**SIDES["two"]).table("outcomes")
    assert columns == ["outcome", "now", "at the start", "unit", "in B"]
    labels = {each["label"]: name for name, each in films["a"].header["arrays"].items() if name.startswith("series.")}
    assert len(rows) == 8
    for label, now, start, _, beside in rows:
        mine, other = (films[side].arrays[labels[label]] for side in "ab")
        assert [now, start, beside] == pytest.approx([mine[NOW], mine[0], other[NOW]], abs=1e-4)
    trust = films["a"].arrays["series.trust"][NOW]
    assert f"trust {100 * trust:.0f}\u2009%" in board.words("outcomes")


def test_tiles_tell_every_members_standing_and_number(board: Board, films: dict[str, Any]) -> None:
    board.open()
    a = films["a"]
    for color in ("trust", "grievance", "implementation", "challenger"):
        board.do("name => { stage.set('colour', name); update(); }", color)
        _, rows = board.table("tiles")
        assert [row[0] for row in rows] == [member["iso3"] for member in a.header["members"]]
        for k, (_, _, standing, now, before) in enumerate(rows):
            values = a.arrays[f"members.{color}"]
            assert standing == a.header["arrays"]["members.standing"]["words"][a.arrays["members.standing"][NOW, k]]
            assert [now, before] == pytest.approx([values[NOW, k], values[NOW - 4, k]], abs=1e-4)


def test_the_plane_and_the_fan_show_courses_and_bands_up_to_now(board: Board, films: dict[str, Any]) -> None:
    board.open(**SIDES["two"])
    a, b, many = films["a"], films["b"], films["fan"]
    columns, rows = board.table("plane")
    assert columns == ["quarter", "integration a", "respect a", "integration b", "respect b"]
    assert len(rows) == NOW + 1
    for quarter, (date, *numbers) in enumerate(rows):
        wanted = [each.arrays[f"series.{axis}"][quarter] for each in (a, b) for axis in ("integration", "respect")]
        assert date == a.header["dates"][quarter]
        assert numbers == pytest.approx(wanted, abs=1e-4)
    columns, rows = board.table("fan")
    low = columns.index("trust q05")
    wanted = [*many.bands["trust"][[0, 1, 3, 4], NOW]]
    assert rows[NOW][low : low + 4] == pytest.approx(wanted, abs=2e-4)


def test_the_ladder_counts_measures_and_places_members(board: Board, films: dict[str, Any]) -> None:
    a, frame = films["a"], films["a"].table("measures")
    _, rows = board.open().table("ladder")
    tabled = frame[frame.tabled <= NOW]
    assert [row[0] for row in rows] == tabled.measure.tolist()
    assert sum(row[4] is not None for row in rows) == int((tabled.in_force <= NOW).sum())
    board.do("mounted.ladder.choose('by', 'members')")
    columns, rows = board.table("ladder")
    steps = a.table("ladder")
    for row in rows:
        past = steps[(steps.measure == row[0]) & (steps.quarter <= NOW)]
        last = past.groupby("iso3").rung.last()
        assert row[2:] == [last.get(code, "not party") for code in columns[2:]]


def test_lanes_levers_ties_budget_and_differences_hold_the_films_numbers(board: Board, films: dict[str, Any]) -> None:
    board.open(**SIDES["two"])
    a, b = films["a"], films["b"]
    events = a.table("events")
    rows = [row[1:] for row in board.table("lanes")[1] if row[0] == "A"]
    for word, kind in (
        ("adverse ruling", "ruling"),
        ("opts out", "opt_out"),
        ("gets a waiver", "waiver"),
        ("leaves", "exit"),
    ):
        past = events[(events.event == kind) & (events.quarter <= NOW) & events.iso3.notna()]
        assert sum(row[2] == word for row in rows) == len(past), word
    columns, rows = board.table("timeline")
    court = a.header["levers"].index("court")
    assert rows[NOW][columns.index("court")] == pytest.approx(a.arrays["levers.strength"][NOW, court], abs=1e-4)
    assert rows[NOW][columns.index("court in B")] == pytest.approx(0.2, abs=1e-4)
    rows = [row[1:] for row in board.table("ties")[1] if row[0] == "A"]
    codes = [member["iso3"] for member in a.header["members"]]
    weights = a.arrays["ties.weight"]
    one, other, weight = rows[0]
    both = (weights[codes.index(one), codes.index(other)] + weights[codes.index(other), codes.index(one)]) / 2
    assert weight == pytest.approx(both, abs=1e-4) == pytest.approx(float(((weights + weights.T) / 2).max()), abs=1e-4)
    columns, rows = board.table("budget")
    for name in ("revenue", "spent", "reserve", "coverage"):
        assert rows[NOW][columns.index(name)] == pytest.approx(float(a.arrays[f"budget.{name}"][NOW]), abs=1e-4)
    _, rows = board.table("difference")
    assert rows[NOW][1] == pytest.approx(float(b.arrays["series.trust"][NOW] - a.arrays["series.trust"][NOW]), abs=1e-4)


def test_two_hundred_steps_leave_as_many_nodes_as_one(board: Board) -> None:
    board.open(quarter=79, **SIDES["two"])
    before = board.do("document.querySelectorAll('*').length")
    after = board.do("""() => {
        for (let k = 0; k < 200; k += 1) { stage.set('quarter', (k * 7) % 80); update(); }
        stage.set('quarter', 79); update();
        return document.querySelectorAll('*').length;
    }""")
    assert after == before
    board.do("Object.values(mounted).forEach((each) => each.destroy())")
    assert board.do("[...document.querySelectorAll('section')].every((host) => host.childElementCount === 0)")


def test_the_past_is_not_drawn_again_and_a_step_is_cheap(board: Board) -> None:
    board.open(quarter=0, **SIDES["two"])
    drawn = "#fan path, #outcomes path[stroke-width], #budget path"
    lines = f"[...document.querySelectorAll('{drawn}')].map((each) => each.getAttribute('d'))"
    before = board.do(lines)
    spent = board.do("""async () => {
        stage.playing = true;
        const spent = [];
        for (let quarter = 1; quarter < 80; quarter += 1) {
            const start = performance.now();
            stage.set('quarter', quarter); update();
            spent.push(performance.now() - start);
            await new Promise((done) => requestAnimationFrame(done));
        }
        return spent.sort((p, q) => p - q)[39];
    }""")
    assert board.do(lines) == before
    assert spent <= BAR


def test_the_keyboard_selects_members_and_asks_why(board: Board) -> None:
    board.open(quarter=79)
    board.page.locator("#tiles [tabindex='0']").focus()
    first = board.do("document.activeElement.dataset.member")
    board.page.keyboard.press("ArrowRight")
    second = board.do("document.activeElement.dataset.member")
    assert second != first
    board.page.keyboard.press("Enter")
    assert board.do("stage.selected") == second
    board.do("update()")
    assert board.page.locator(f"#tiles [data-member={second}]").get_attribute("aria-pressed") == "true"
    board.page.locator("#lanes .lanes-cursor").focus()
    board.page.keyboard.press("ArrowLeft")
    label = board.page.locator("#lanes .lanes-cursor").get_attribute("aria-label")
    board.page.keyboard.press("Enter")
    asked = board.do("stage.asked")
    assert asked["side"] == "a"
    assert board.do("quarter => stage.films.a.dates[quarter]", asked["quarter"]) in label
    assert board.do("stage.selected") == asked["member"]


def test_a_pointer_is_told_what_lies_under_it(board: Board, films: dict[str, Any]) -> None:
    board.open(quarter=79, **SIDES["two"])
    board.do("() => { mounted.ladder.choose('by', 'members'); mounted.fan.choose('series', 'trust'); update(); }")
    date = films["a"].header["dates"]
    for name in NAMES:
        if name in ("outcomes", "tiles", "ties"):
            continue
        board.page.locator(f"#{name} svg").scroll_into_view_if_needed()
        box = board.page.locator(f"#{name} svg").bounding_box()
        told = set()
        for across in (0.3, 0.42, 0.55, 0.6):
            for down in (0.15, 0.25, 0.35, 0.45, 0.6):
                board.page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
                tip = board.page.locator(f"#{name} .picture-tip")
                told.add(tip.text_content() if tip.is_visible() else "")
        words = " ".join(told)
        assert len(told - {""}) >= 2, name
        if name in ("plane", "fan", "lanes", "timeline", "budget", "difference"):
            assert any(each in words for each in date), name
    for name in ("tiles", "ties"):
        board.page.locator(f"#{name} [data-member=HUN]").last.hover()
        assert "Hungary" in board.page.locator(f"#{name} .picture-tip").text_content()
    board.page.mouse.move(0, 0)
    assert board.page.locator(".picture-tip:visible").count() == 0


def test_a_click_on_a_tile_selects_it_and_another_lets_it_go(board: Board) -> None:
    tile = board.open().page.locator("#tiles [data-member=HUN]")
    tile.click()
    assert board.do("stage.selected") == "HUN"
    tile.click()
    assert board.do("stage.selected") is None


def test_a_cut_film_shows_nothing_of_what_comes_later(board: Board, films: dict[str, Any]) -> None:
    board.open(film_a="cut", quarter=60)
    last = films["cut"].header["dates"][19]
    _, rows = board.table("plane")
    assert [rows[-1][0], len(rows)] == [last, 20]
    assert all(last in board.words(name) for name in NAMES if name != "difference")


def test_a_picture_is_saved_as_it_stands(board: Board, tmp_path: Path) -> None:
    from PIL import Image

    board.open()
    for kind in ("svg", "png"):
        with board.page.expect_download() as waited:
            board.do("""async (kind) => {
                const { save } = await import('/public/pictures/save.js');
                const said = { title: 'Members', description: mounted.tiles.summary(), background: '#ffffff' };
                await save(mounted.tiles.svg, kind, 'members', said);
            }""", kind)  # fmt: skip
        waited.value.save_as(tmp_path / f"members.{kind}")
    root = ET.parse(tmp_path / "members.svg").getroot()
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "HUN" in texts
    assert root.find("{http://www.w3.org/2000/svg}desc").text == board.words("tiles")  # type: ignore[union-attr]
    drawn = Image.open(tmp_path / "members.png")
    assert drawn.size[0] == 2 * int(float(root.attrib["width"]))
    assert len(drawn.convert("RGB").getcolors(1 << 24) or []) > 20


def test_colors_keep_their_order_in_gray_and_words_are_readable_on_cards(board: Board) -> None:
    board.open()
    order = board.do("""async () => {
        const { palette, luminance } = await import('/public/palette.js');
        const steps = Array.from({ length: 21 }, (_, k) => k / 20);
        const found = [];
        for (const theme of ['light', 'dark']) {
            const look = palette(theme);
            for (const name of ['trust', 'grievance', 'implementation', 'challenger']) {
                const gray = steps.map((share) => luminance(look.sequential(name, share)));
                const sign = theme === 'light' ? -1 : 1;
                found.push(gray.slice(1).every((v, k) => sign * (v - gray[k]) > 0));
            }
        }
        return found;
    }""")
    assert order == [True] * 8
    contrasts = board.do("""async () => {
        const { palette, luminance } = await import('/public/palette.js');
        const against = (one, other) => {
            const [low, high] = [luminance(one), luminance(other)].sort((p, q) => p - q);
            return (high + 0.05) / (low + 0.05);
        };
        return ['light', 'dark'].flatMap((theme) => {
            const look = palette(theme);
            const { ink, soft, good, bad, baseline, looks } = look;
            const words = [ink, soft, good, bad, baseline.text, ...looks.map((each) => each.text)];
            return words.map((each) => against(each, look.card));
        });
    }""")
    assert min(contrasts) >= 4.5
