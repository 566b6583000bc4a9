"""Pictures tell what is truly done, what money is spent on, and all of it of A, of B or of both."""

from __future__ import annotations

from typing import Any

import pytest
from gallery import NOW, Board

TWO = {"film_b": "b", "fan_a": "fan"}


@pytest.mark.parametrize("name", ["ladder", "lanes", "ties"])
def test_ladder_lanes_and_ties_show_a_b_or_both(board: Board, name: str) -> None:
    board.open(**TWO)
    (menu,) = [each for each in board.do("name => mounted[name].menus()", name) if each["key"] == "side"]
    assert menu["value"] == "both"
    whole = "name => ({ labels: [...document.querySelectorAll(`#${name} svg > g[aria-label]`)].map("
    whole += "each => each.getAttribute('aria-label').slice(0, 2)), wide: mounted[name].wide() })"
    assert board.do(whole, name) == {"labels": ["A:", "B:"], "wide": True}
    columns, rows = board.table(name)
    assert columns[0] == "run"
    parts = {side: [row[1:] for row in rows if row[0] == side] for side in "AB"}
    alone = {}
    for side in "AB":
        board.do("([name, side]) => mounted[name].choose('side', side)", [name, side.lower()])
        assert board.do(whole, name)["labels"] == [f"{side}:"]
        alone[side] = board.words(name)
        assert board.table(name)[1] == [[side, *row] for row in parts[side]]
    board.do("name => mounted[name].choose('side', 'both')", name)
    assert board.words(name) == f"{alone['A']} {alone['B']}"
    assert alone["A"].startswith("A: ") and alone["B"].startswith("B: ")


def test_why_is_asked_of_the_run_whose_lane_was_clicked(board: Board) -> None:
    board.open(quarter=79, **TWO)
    for side, cursor in zip("ab", board.page.locator("#lanes .lanes-cursor").all(), strict=True):
        cursor.focus()
        board.page.keyboard.press("Enter")
        assert board.do("stage.asked.side") == side


def test_without_b_there_is_no_switch(board: Board) -> None:
    board.open()
    for name in ("ladder", "lanes", "ties"):
        assert "side" not in [each["key"] for each in board.do("name => mounted[name].menus()", name)]
        assert board.table(name)[0][0] != "run"


def test_the_ladder_tells_what_is_truly_done_and_what_is_reported(board: Board, films: dict[str, Any]) -> None:
    a = films["a"]
    deeds = a.table("deeds").set_index(["measure", "quarter"])
    columns, rows = board.open().table("ladder")
    lives = a.table("measures").set_index("measure")
    for row in rows:
        told = dict(zip(columns, row, strict=True))
        if told["in force"] is None:
            assert told["carried out"] is None
            continue
        last = min([NOW, *(lives.ended[[row[0]]] - 1).dropna().tolist()])
        wanted = deeds.loc[(row[0], last)]
        assert told["carried out"] == pytest.approx(wanted.implemented, abs=0.003)
        assert told["reported"] == pytest.approx(wanted.reported, abs=0.003)
    laws = board.words("ladder")
    for shows, words in {
        "true": "truly carried out",
        "reported": "reported as done",
        "gap": "done on paper only",
    }.items():
        board.do("shows => mounted.ladder.choose('shows', shows)", shows)
        assert board.words("ladder").startswith(laws) and words in board.words("ladder")
    board.do("mounted.ladder.choose('by', 'members')")
    assert [each for menu in board.do("mounted.ladder.menus()") for each in menu["options"] if each[0] == "gap"] == []
    board.do("mounted.ladder.choose('shows', 'true')")
    columns, rows = board.table("ladder")
    steps, after = a.table("ladder"), a.arrays["deeds.after"]
    codes = [member["iso3"] for member in a.header["members"]]
    for row in rows:
        stood = steps[(steps.measure == row[0]) & (steps.quarter <= NOW)].groupby("iso3").rung.last()
        for code, told in zip(columns[2:], row[2:], strict=True):
            rung, quarters = stood.get(code, "not party"), int(after[row[0] - 1, codes.index(code)])
            done = quarters < 255 and lives.in_force[row[0]] + quarters <= NOW
            binding = {"in force": "done" if done else "not yet done", "in force, overdue": "overdue",
                       "in force in part": "done" if done else "not yet done"}  # fmt: skip
            assert told == binding.get(rung, "not binding")


def test_the_budget_tells_what_it_is_spent_on(board: Board, films: dict[str, Any]) -> None:
    board.open(**TWO)
    board.do("mounted.budget.choose('shows', 'uses')")
    columns, rows = board.table("budget")
    for side, ending in (("a", ""), ("b", " in B")):
        film = films[side]
        uses = film.header["arrays"]["spending.by_use"]["uses"]
        told = [rows[NOW][columns.index(use + ending)] for use in uses]
        assert told == pytest.approx(film.arrays["spending.by_use"][NOW].tolist(), abs=1e-4)
    assert "past programs" in board.words("budget") and "In B: " in board.words("budget")
