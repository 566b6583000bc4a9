"""Pictures of a run's members and measures say what is seen, keep to the page, and come out the same again."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread

import comity
from comity import figures
from comity.figures.parallel import parallel

NAMES = ("tiles", "standing", "lanes", "ladder", "network")


@pytest.fixture(scope="module")
def run() -> comity.Run:
    return comity.load("ecowas").with_({"run.years": 12}).run(seed=1)


def pixels(picture: Any) -> Any:
    return imread(io.BytesIO(picture._repr_png_()))[..., :3]


@pytest.mark.parametrize("name", NAMES)
def test_each_is_drawn_said_and_sourced(run: comity.Run, name: str, tmp_path: Path) -> None:
    picture = getattr(run.plot, name)(path=tmp_path / f"{name}.svg")
    text = (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
    assert "ecowas, seed 1, run 0; comity" in text and len(picture.alt) > 60
    assert pixels(picture).std() > 0.01


@pytest.mark.parametrize("name", NAMES)
def test_the_same_run_gives_the_same_picture(run: comity.Run, name: str) -> None:
    one, two = (pixels(getattr(run.plot, name)()) for _ in range(2))
    assert one.shape == two.shape and float(np.abs(one - two).max()) <= 0.004


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_written_beyond_the_page(run: comity.Run, name: str) -> None:
    figure = getattr(run.plot, name)().figure
    figure.draw_without_rendering()
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        if text.get_text() and text.get_visible() and text.axes is None:
            box = text.get_window_extent()
            assert box.x0 > -2 and box.x1 < figure.bbox.width + 2, text.get_text()


@pytest.mark.parametrize("name", ["tiles", "ladder"])
def test_shades_tell_apart_in_gray(run: comity.Run, name: str) -> None:
    gray = pixels(getattr(run.plot, name)()) @ np.array([0.299, 0.587, 0.114])
    assert len(np.unique((gray * 12).round())) >= 6


def test_tiles_say_who_is_highest_and_leave_out_those_outside() -> None:
    members = pd.DataFrame({
        "iso3": ["AUT", "BEL", "GBR"], "standing": ["member", "suspended", "withdrawn"], "trust": [0.5, 0.3, 0.9],
    })  # fmt: skip
    alt = figures.tiles(members, "trust").alt
    assert "highest in AUT" in alt and "lowest in BEL" in alt and "GBR withdrawn" in alt and "90" not in alt


def test_standing_names_those_who_change() -> None:
    rows = [
        {"time": time, "iso3": code, "standing": "withdrawn" if code == "XXB" and time > 2011 else "member"}
        for time in np.arange(2010, 2014, 0.25)
        for code in ("XXA", "XXB")
    ]
    assert "1 inside at the end; XXB changed standing" in figures.standing(pd.DataFrame(rows)).alt


def test_lanes_count_what_they_show() -> None:
    events = pd.DataFrame(
        {"time": [2010.0, 2011.0, 2012.0], "iso3": ["XXA", "XXA", "XXB"], "event": ["threat", "exit", "tabled"]}
    )
    alt = figures.lanes(events, ["XXA", "XXB"], (2010.0, 2015.0)).alt
    assert "1 member threatened to leave, XXA did" in alt and "tabled" not in alt


def test_a_ladder_holds_what_a_run_tells_of_measures(run: comity.Run) -> None:
    table = run.measures()
    assert set(table["stage"]) <= {"draft", "open", "in force"}
    assert table["kept"].between(0.0, 1.0).all() and table["parties"].between(0.0, 1.0).all()
    tabled = run.events().query("event == 'tabled'")
    assert set(tabled["measure"]) <= set(table["measure"])
    assert f"{table['measure'].nunique()} measures tabled" in run.plot.ladder().alt


def test_a_network_draws_the_strongest_ties_of_each() -> None:
    ties = np.array([[0.0, 0.9, 0.1], [0.5, 0.0, 0.5], [0.2, 0.8, 0.0]])
    alt = figures.network(["XXA", "XXB", "XXC"], ties, ["XXC"]).alt
    assert "XXA-XXB 0.70" in alt and "Threatening to leave: XXC" in alt


def test_parallel_lines_turn_an_axis_where_less_is_better() -> None:
    table = pd.DataFrame({
        "respect": [0.7, 0.8, 0.6], "exits": [1.0, 0.0, 2.0], "trust": [0.4, 0.5, 0.3], "package": ["a", "b", "a"],
        "strength": [0.1, 0.9, 0.5], "unbeaten": [False, True, False], "knee": [False, True, False],
    })  # fmt: skip
    picture = parallel(
        table, ["respect", "exits", "trust"], ["package", "strength"], {"respect": 1, "exits": -1, "trust": 1}
    )
    (axes,) = picture.figure.axes
    knee = next(line for line in axes.lines if line.get_linewidth() == 3.0)
    assert list(knee.get_ydata()) == [1.0, 1.0, 1.0, 1.0, 1.0]
    assert "1 of 3 points is beaten by no other" in picture.alt
