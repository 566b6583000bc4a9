"""Pictures say what is seen, fit on the page, come out equal twice, and cope with few runs and long names."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread
from matplotlib.text import Text

from comity import figures
from comity.figures import frames, paired, plane, style, words

START, QUARTERS = 2010, 80
Side = dict[str, Any]
LONG = "A very long name of an international organization that nobody would ever abbreviate, not even in a hurry " * 2


def noise(runs: int, column: int) -> np.ndarray[Any, Any]:
    """Numbers that look like luck and are the same each time, (runs,) between -1 and 1."""
    return np.sin(np.arange(1, runs + 1) * (12.9898 + column) * 78.233)


def series(levels: dict[str, tuple[float, float]], quarters: int = QUARTERS) -> pd.DataFrame:
    """Tidy series that go from one level to another, with a band that opens."""
    way = np.linspace(0.0, 1.0, quarters)
    tables = []
    for column, (first, last) in levels.items():
        mean, wide = first + (last - first) * way, 0.1 * abs(last) * way
        time = START + np.arange(quarters) / 4
        bands = {"mean": mean, "low": mean - wide, "high": mean + wide}
        tables.append(pd.DataFrame({"column": column, "quarter": range(quarters), "time": time} | bands))
    return pd.concat(tables, ignore_index=True)


def side(title: str, integration: float, respect: float, runs: int = 40, members: int = 28, trust: float = 0.5) -> Side:
    """What the command line hands over for one scenario: made up, and much like the real thing."""
    levels = {
        "integration": (0.48, integration), "respect": (0.88, 2 * respect - 0.88), "trust": (0.4, trust),
        "resentment": (0.1, 1 - respect), "challenger_share": (0.13, 0.3 - 0.1 * respect),
        "members": (members, members),
    }  # fmt: skip
    codes = [f"X{chr(65 + k // 26)}{chr(65 + k % 26)}" for k in range(members)]
    means = {"integration": integration, "respect": respect, "respect_worst_tenth": respect - 0.1, "durability": 0.99,
             "trust": trust}  # fmt: skip
    outcomes = pd.DataFrame({name: mean + 0.03 * noise(runs, k) for k, (name, mean) in enumerate(means.items())})
    exits = pd.Series([0.42, *[0.0] * (members - 1)], index=codes)
    return {"title": title, "series": series(levels), "outcomes": outcomes, "members": codes, "exits": exits}


def pair(**changes: Any) -> list[Side]:
    return [side("The union as it is", 0.68, 0.77, **changes), side("The respectful package", 0.51, 0.87, **changes)]


def shown(figure: Figure) -> list[Text]:
    """The words on a page; a tick beyond the ends of its axis has some too, but they are not drawn."""
    figure.draw_without_rendering()
    beyond = set()
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        low, high = sorted(axis.get_view_interval())
        beyond |= {tick.label1 for tick in axis.get_major_ticks() if not low - 1e-9 <= tick.get_loc() <= high + 1e-9}
    texts = (text for text in figure.findobj(Text) if isinstance(text, Text) and text not in beyond)
    return [text for text in texts if text.get_text() and text.get_visible()]


def cut_off(figure: Figure) -> list[str]:
    """Words that reach beyond the page."""
    found = []
    for text in shown(figure):
        box, edges = text.get_window_extent(), figure.bbox
        if box.x0 < -1 or box.y0 < -1 or box.x1 > edges.width + 1 or box.y1 > edges.height + 1:
            found.append(text.get_text())
    return found


def covered(figure: Figure, size: float = 8.0) -> list[tuple[str, str]]:
    """Pairs of larger words that lie on one another."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in shown(figure) if text.get_fontsize() >= size]
    return [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.overlaps(other)]


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_demo_is_written_as_its_suffix_says(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / "new" / f"demo{suffix}"
    figures.demo(pair(), path, caption="eu, seed 1")
    assert path.read_bytes()[:8].startswith({".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}[suffix])


def test_the_demo_is_1600_by_1000_pixels(tmp_path: Path) -> None:
    figures.demo(pair(), tmp_path / "demo.png")
    assert imread(tmp_path / "demo.png").shape[:2] == (1000, 1600)


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_same_numbers_give_the_same_file(suffix: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        figures.demo(pair(), tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_another_kind_of_file_is_refused_with_the_kinds_there_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"demo\.docx.*\.png, \.svg, \.pdf, not in \.docx"):
        figures.demo(pair(), tmp_path / "demo.docx")


def test_the_caption_and_the_words_are_in_the_vector_file(tmp_path: Path) -> None:
    picture = figures.demo(pair(), tmp_path / "demo.svg", caption="European Union, eu, seed 1, 40 runs, comity 0.1.0")
    text = (tmp_path / "demo.svg").read_text(encoding="utf-8")
    assert "European Union, eu, seed 1, 40 runs, comity 0.1.0" in text
    assert "The respectful package" in text
    assert picture.alt.split(".")[0] in text


def test_the_title_says_what_is_seen() -> None:
    assert paired.headline(pair()) == "The respectful package: less integration but more respect"
    better = [side("A", 0.5, 0.7), side("B", 0.6, 0.8)]
    assert paired.headline(better) == "B: more integration and more respect"
    hardly = [side("A", 0.5, 0.7), side("B", 0.51, 0.7)]
    assert paired.headline(hardly) == "B: slightly more integration and no clear change of respect"
    assert paired.headline([side("A", 0.5, 0.7), side("B", 0.5, 0.7)]) == "B: no clear change of integration or respect"


def test_a_long_name_does_not_push_out_what_is_seen() -> None:
    assert paired.headline([side("A", 0.5, 0.7), side(LONG, 0.6, 0.8)]).endswith("…: more integration and more respect")


def test_a_difference_that_luck_explains_is_not_called_a_change() -> None:
    two = pair()
    two[1]["outcomes"]["integration"] = two[0]["outcomes"]["integration"] + 0.2 * noise(40, 7)
    assert "no clear change of integration" in paired.headline(two)


def test_differences_are_taken_run_by_run() -> None:
    """Shuffled rows change nothing, for the index says which luck a run had."""
    two = pair()
    two[1]["outcomes"] = two[0]["outcomes"] + 0.1
    shuffled = [two[0], {**two[1], "outcomes": two[1]["outcomes"].iloc[::-1]}]
    found = frames.difference(shuffled, "integration")
    assert found is not None
    assert (found.mean, found.low, found.high) == pytest.approx((0.1, 0.1, 0.1))
    assert found.clear == 1


def test_the_way_ends_where_the_outcomes_have_their_mean() -> None:
    table = series({"integration": (0.2, 0.6), "respect": (0.9, 0.7)})
    way = frames.course(table)
    mean = table.set_index("column")["mean"]
    assert way.integration[-1] == pytest.approx(mean["integration"].to_numpy()[-4:].mean())
    assert way.respect[-1] == pytest.approx(mean["respect"].to_numpy().mean())
    assert (way.integration[0], way.respect[0]) == pytest.approx((0.2, 0.9))


def test_the_picture_in_words_holds_numbers_intervals_and_who_leaves() -> None:
    told = figures.demo(pair()).alt
    assert "Integration: 0.68 becomes 0.51, a change of −0.17 (−0.17 to −0.17)" in told
    assert "Trust: 50\u2009% becomes 50\u2009%" in told
    assert "The union as it is: leaving XAA in 42% of runs" in told


def test_the_panels_say_how_the_two_end() -> None:
    figure = figures.demo([side("A", 0.5, 0.7, trust=0.4), side("B", 0.5, 0.7, trust=0.6)]).figure
    titles = {axes.get_title(loc="left") for axes in figure.axes}
    assert {"Trust ends higher", "Grievance ends the same", "Members inside end the same"} <= titles


@pytest.mark.parametrize(
    "two",
    [
        pair(),
        pair(runs=1),
        pair(runs=3),
        pair(runs=700),
        pair(members=1),
        pair(members=200),
        [side(LONG, 0.7, 0.7), side(LONG[::-1], 0.3, 0.8)],
        [side("costs $5 and $6_x", 0.7, 0.7), side("é & <b>", 0.7, 0.7)],
        [side("Same", 0.5, 0.7), side("Same", 0.5, 0.7)],
        [side("Nothing", 0.0, 0.0), side("Everything", 1.0, 1.0)],
    ],
    ids=["usual", "one run", "three runs", "many runs", "one member", "200", "long", "signs", "same", "edges"],
)
def test_nothing_is_cut_off(two: list[Side]) -> None:
    assert cut_off(figures.demo(two, caption="seed 1 · " * 40).figure) == []


def test_the_two_names_and_the_titles_do_not_cover_one_another() -> None:
    assert covered(figures.demo(pair()).figure) == []
    assert covered(figures.demo([side("As it is", 0.5, 0.7), side("Respectful", 0.505, 0.702)]).figure) == []


def test_a_still_world_can_be_drawn() -> None:
    two = pair()
    for each in two:
        each["series"][["mean", "low", "high"]] = 0.5
        each["outcomes"][:] = 0.5
        each["exits"][:] = 0.0
    picture = figures.demo(two)
    assert "no member leaves in any run" in picture.alt
    assert cut_off(picture.figure) == []


def test_what_is_missing_is_left_out() -> None:
    two = pair()
    for each in two:
        each["series"] = each["series"][each["series"]["column"].isin(["integration", "respect", "trust"])]
        each["outcomes"] = each["outcomes"][["trust"]]
        each["exits"] = None
    picture = figures.demo(two)
    assert paired.panels(two) == ["trust"]
    assert picture.alt.startswith("The respectful package beside The union as it is.")


def test_a_run_without_a_number_is_left_out_of_the_pairs() -> None:
    two = pair()
    two[1]["outcomes"].loc[3, "integration"] = np.nan
    found = frames.difference(two, "integration")
    assert found is not None and found.runs == 39
    assert cut_off(figures.demo(two).figure) == []


def test_drawing_leaves_the_settings_of_matplotlib_alone() -> None:
    with matplotlib.rc_context({"font.size": 3.0, "axes.grid": True}):
        before = dict(matplotlib.rcParams)
        one = figures.demo(pair())._repr_png_()
        assert dict(matplotlib.rcParams) == before
    assert figures.demo(pair())._repr_png_() == one, "the look must not depend on the user's settings"


def test_a_notebook_gets_the_picture_with_its_words() -> None:
    data, about = figures.fan(pair()[0]["series"], "trust")._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG")
    assert about["image/png"]["alt"].startswith("Trust through the years.")


def test_the_looks_differ_in_gray_in_dash_or_in_shape() -> None:
    def gray(color: str) -> float:
        red, green, blue = matplotlib.colors.to_rgb(color)
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert len({look.marker for look in figures.LOOKS}) == len(figures.LOOKS)
    for one, other in combinations(figures.LOOKS, 2):
        assert one.dash != other.dash or abs(gray(one.color) - gray(other.color)) > 0.1, (one, other)


def test_matplotlib_comes_with_the_first_picture_and_its_window_maker_never() -> None:
    ask = (
        "import sys; from comity import figures; print('matplotlib' in sys.modules or 'pandas' in sys.modules);"
        "import pandas as pd; figures.ready(); table = {'name': ['a'], 'integration': [.1], 'respect': [.2]};"
        "figures.frontier(pd.DataFrame(table)); print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


# One column


def test_a_fan_says_where_it_ends(tmp_path: Path) -> None:
    picture = figures.fan(pair()[0]["series"], "trust", tmp_path / "trust.png", caption="eu")
    assert (tmp_path / "trust.png").exists()
    assert picture.alt == (
        "Trust through the years. Trust: from 40\u2009% in 2010 to 50\u2009% in 2030, nine runs in ten between "
        "45\u2009% and 55\u2009%."
    )
    assert any("Trust ends at 50" in text.get_text() for text in picture.figure.texts)
    assert cut_off(picture.figure) == []


def test_a_fan_goes_into_axes_of_ones_own() -> None:
    axes = Figure().add_subplot()
    picture = figures.fan(pair()[0]["series"], "trust", axes)
    assert picture.figure is axes.figure
    assert len(axes.lines) == 1 and len(axes.collections) == 1


def test_a_fan_takes_the_wide_table_of_one_run() -> None:
    wide = pd.DataFrame({"quarter": [0, 1], "time": [2010.0, 2010.25], "trust": [0.4, 0.5]})
    assert "from 40\u2009% in 2010 to 50\u2009%" in figures.fan(wide, "trust").alt


def test_a_fan_of_several_scenarios_names_each_at_its_end() -> None:
    picture = figures.fan({each["title"]: each["series"] for each in pair()}, "integration")
    labels = [text.get_text() for text in picture.figure.findobj(Text) if isinstance(text, Text)]
    assert "0.68 The union as it is" in labels
    assert "0.51 The respectful package" in labels
    assert cut_off(picture.figure) == []


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(KeyError, match="no column 'trusty'; there are integration, respect, trust"):
        figures.fan(pair()[0]["series"], "trusty")


# The frontier


def points(*rows: tuple[str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "integration", "respect"])


def test_the_frontier_holds_what_nothing_beats() -> None:
    places = np.array([[0.1, 0.9], [0.5, 0.5], [0.4, 0.5], [0.9, 0.1], [0.9, 0.1], [0.2, 0.2]])
    assert plane.unbeaten(places) == [0, 1, 3, 4]


def test_a_frontier_names_its_policies(tmp_path: Path) -> None:
    table = points(("rigid", 0.75, 0.7), ("respectful", 0.5, 0.88), ("baseline", 0.68, 0.65), ("lost", np.nan, 0.5))
    picture = figures.frontier(table, tmp_path / "frontier.svg", caption="eu")
    assert "2 of 3 policies are beaten by none" in (tmp_path / "frontier.svg").read_text(encoding="utf-8")
    assert picture.alt.endswith("On the frontier: respectful, rigid.")
    assert cut_off(picture.figure) == [] and covered(picture.figure) == []


def test_a_frontier_of_one_or_of_none_can_be_drawn() -> None:
    assert "a beats or equals all others" in figures.frontier(points(("a", 0.5, 0.5))).figure.texts[0].get_text()
    assert figures.frontier(points()).alt.endswith("On the frontier: none.")


# One run


class Run:
    """A run as the public API hands it over."""

    def __init__(self, quarters: int = QUARTERS, events: list[tuple[float, Any, str]] | None = None) -> None:
        self.quarters = quarters
        self.told = [(2016.5, "GBR", "threat"), (2017.25, "GBR", "exit")] if events is None else events

    def series(self) -> pd.DataFrame:
        way = np.linspace(0.0, 1.0, self.quarters)
        wide = {"quarter": range(self.quarters), "time": START + np.arange(self.quarters) / 4}
        return pd.DataFrame(
            wide | {"integration": 0.5 + 0.1 * way, "respect": 0.8 - way / 10, "members": 28 - (way > 0.5)}
        )

    def events(self) -> pd.DataFrame:
        return pd.DataFrame(self.told, columns=["time", "iso3", "event"])


def test_a_run_shows_its_columns_and_a_lane_for_each_kind_of_event(tmp_path: Path) -> None:
    picture = figures.run(Run(), tmp_path / "run.png", title="European Union, 2010", caption="eu, seed 1")
    texts = [text.get_text() for text in picture.figure.findobj(Text) if isinstance(text, Text)]
    assert {"Integration", "Respect", "Members inside", "left", "threatened to leave", "GBR"} <= set(texts)
    assert picture.alt.startswith("European Union, 2010: integration ends at 0.60, respect ends at 0.70, GBR left.")
    assert cut_off(picture.figure) == []


@pytest.mark.parametrize(
    "told",
    [
        Run(events=[]),
        Run(quarters=1, events=[]),
        Run(events=[(2010 + k / 40, "AAA", f"a_kind_with_a_very_long_name_{k % 15}") for k in range(600)]),
    ],
    ids=["nothing", "one quarter", "crowded"],
)
def test_a_run_with_nothing_or_very_much_in_it_fits_the_page(told: Run) -> None:
    assert cut_off(figures.run(told, title=LONG).figure) == []


def test_a_run_in_which_nobody_leaves_says_so() -> None:
    told = [(2013.5, "HRV", "accession"), (2013.5, None, "tabled"), (2013.5, "FRA", "tabled")]
    assert "nobody left" in figures.run(Run(events=told)).alt


# Words and places


def test_numbers_are_written_as_people_read_them() -> None:
    share, index, count = words.name("trust"), words.name("integration"), words.name("members")
    assert (share.write(0.512), index.write(0.512), count.write(27.0), count.write(27.4)) == (
        "51\u2009%",
        "0.51",
        "27",
        "27.4",
    )
    assert (share.change(-0.0321), index.change(0.1), count.change(-1.0)) == ("−3.2 points", "+0.10", "−1.0")
    assert index.change(-0.001) == "0.00"
    assert words.name("years_to_force").words == "Years to force"


def test_labels_move_apart_and_stay_in_order() -> None:
    placed = style.spread([0.5, 0.51, 0.49, 0.99], 0.1, 0.0, 1.0)
    assert np.argsort(placed).tolist() == [2, 0, 1, 3]
    assert np.diff(sorted(placed)).min() >= 0.1 - 1e-12
    assert max(placed) <= 1.0


def test_an_axis_shows_small_movements_as_small() -> None:
    low, high = style.room(0.5, 0.5001, 0.1)
    assert high - low > 0.1
