"""The film of a run: what a browser reads is what the run was, and nothing after the end of a cut film is in it."""

from __future__ import annotations

import json
import re
import struct
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
import pytest

import comity
from comity import engine
from comity.figures import places as tiles
from comity.film import TABLES, Film, content, film, making, studio, telling, unpack
from comity.runs import course
from comity.runs.events import EVENTS
from comity.runs.scenario import Scenario
from comity.runs.watch import Watch
from comity.scenario import shipped
from comity.world import BOUND, EMPTY, LAPSED, NOT_PARTY, OPTED_OUT, PARTY, TRANCHE, WAIVED

REGIONS = tuple(card.name for card in shipped("regions"))


@pytest.fixture(scope="module")
def union() -> Scenario:
    return comity.load("eu")


@pytest.fixture(scope="module")
def shown(union: Scenario) -> Film:
    return film(union, seed=1)


def as_a_browser_reads(raw: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The contract of the buffer, written a second time and as plainly as can be."""
    (length,) = struct.unpack("<I", raw[:4])
    header = json.loads(raw[4 : 4 + length].decode("utf-8"))
    arrays = {}
    for name, said in header["arrays"].items():
        start = 4 + length + said["offset"]
        assert start % 8 == 0
        count = int(np.prod(said["shape"]))
        cells = np.frombuffer(raw, f"<{said['type']}", count, start)
        if "levels" in said:
            cells = np.array([
                said["low"] + cell * (said["high"] - said["low"]) / said["levels"] if cell <= said["levels"] else np.nan
                for cell in cells.tolist()
            ])  # fmt: skip
        arrays[name] = cells.reshape(said["shape"])
    return header, arrays


# The buffer


def test_the_film_and_its_package_have_one_name() -> None:
    assert comity.film.film is film
    assert comity.film.Film is Film


def test_the_buffer_can_be_read_by_its_description_alone(shown: Film) -> None:
    header, arrays = as_a_browser_reads(shown.buffer)
    assert header == shown.header
    again, known = unpack(shown.buffer)
    assert again == header
    assert set(known) == set(arrays) == set(shown.arrays)
    for name, values in arrays.items():
        np.testing.assert_allclose(known[name], values, rtol=1e-12, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("raw", [b"", b"abc", b"\0" * 64, b"\xff" * 64, struct.pack("<I", 2) + b"{}"])
def test_bytes_that_are_no_film_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="these bytes are no film"):
        unpack(raw)


def test_a_film_of_another_version_is_refused(shown: Film) -> None:
    with pytest.raises(ValueError, match="version 2"):
        unpack(shown.buffer.replace(b'"version":1,', b'"version":2,', 1))


def test_the_european_film_fits_the_wire(shown: Film) -> None:
    assert len(shown.buffer) < 160_000
    assert len(json.dumps(shown.header)) < 30_000


@pytest.mark.parametrize("region", REGIONS)
def test_series_are_those_of_the_run(region: str) -> None:
    scenario = comity.load(region)
    made, run = film(scenario, seed=3), scenario.run(3)
    series = run.series()
    for name in series.columns.drop(["quarter", "time"]):
        np.testing.assert_array_equal(made.arrays[f"series.{name}"], series[name].to_numpy("f4"), err_msg=name)
    told = {name: None if np.isnan(value) else value for name, value in run.outcomes.items()}
    assert made.header["outcomes"] == told


@pytest.mark.parametrize("region", REGIONS)
def test_series_stay_within_the_bounds_that_are_told(region: str) -> None:
    for package in ("", "+rigid", "+respectful"):
        made = film(region + package, seed=5)
        for name, said in made.header["arrays"].items():
            if name.startswith(("series.", "budget.", "areas.")):
                values = made.arrays[name][~np.isnan(made.arrays[name])]
                assert (values >= said.get("low", -np.inf) - 1e-6).all(), name
                assert (values <= said.get("high", np.inf) + 1e-6).all(), name


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("until", [0, 1, 2])
def test_a_film_of_hardly_anything_is_a_film(region: str, until: int) -> None:
    made = film(region, seed=1, until=until)
    assert len(made.arrays["series.trust"]) == until
    assert len(made.table("events")) == len(made.arrays["events.quarter"])


@pytest.mark.parametrize("region", REGIONS)
def test_members_are_those_of_the_run(region: str) -> None:
    scenario = comity.load(region)
    made = film(scenario, seed=3)
    table, said = scenario.run(3).members(), made.header["arrays"]
    shape = (made.until, len(made.header["members"]))
    for name in ("standing", "regime"):
        words = np.array(said[f"members.{name}"]["words"])[made.arrays[f"members.{name}"]]
        assert words.ravel().tolist() == table[name].tolist()
    for name in content.MEMBERS:
        if name == "implementation":
            continue
        values, entry = table[name].to_numpy("f8").reshape(shape), said[f"members.{name}"]
        step = (entry["high"] - entry["low"]) / entry["levels"] if "levels" in entry else 0.0
        bounded = np.clip(values, entry.get("low", -np.inf), entry.get("high", np.inf)) if step else values
        assert np.abs(made.arrays[f"members.{name}"] - bounded).max() <= 0.5 * step + 1e-12, name
        assert np.array_equal(bounded, values), f"{name} leaves the bounds within which it travels"


def test_implementation_of_members_without_network_is_integration(union: Scenario) -> None:
    flat = union.with_({f"areas.{area}.network": 0.0 for area in union.value("areas")})
    made = film(flat, seed=2)
    founders = [row for row, member in enumerate(made.header["members"]) if member["founder"]]
    mean = made.arrays["members.implementation"][:, founders].mean(axis=1)
    np.testing.assert_allclose(mean, made.arrays["series.integration"], atol=1e-4)


@pytest.mark.parametrize("scenario", [*REGIONS, "eu+respectful", "mercosur+a-la-carte"])
def test_events_are_those_of_the_run_in_their_order(scenario: str) -> None:
    made, table = film(scenario, seed=2), comity.load(scenario).run(2).events()
    kinds, codes = made.header["kinds"], [member["iso3"] for member in made.header["members"]]
    assert [kinds[kind]["event"] for kind in made.arrays["events.kind"]] == table["event"].tolist()
    assert made.arrays["events.quarter"].tolist() == table["quarter"].tolist()
    who = [None if row == 255 else codes[row] for row in made.arrays["events.member"].tolist()]
    assert who == [None if pd.isna(code) else code for code in table["iso3"]]
    rows = made.arrays["events.measure"].tolist()
    assert [None if row == 65_535 else row + 1 for row in rows] == [
        None if pd.isna(number) else number for number in table["measure"]
    ]
    areas = [None if row == 65_535 else made.header["areas"][made.arrays["measures.area"][row]] for row in rows]
    assert areas == [None if pd.isna(area) else area for area in table["area"]]


def test_every_kind_of_event_has_words_that_can_be_filled_in() -> None:
    assert set(telling.WORDS) == set(EVENTS)
    for each in telling.kinds():
        assert 0 <= each["weight"] <= 3
        assert set(re.findall(r"{(\w+)}", each["text"])) <= {"member", "measure", "area"}
        assert each["text"].format(member="A", measure=1, area="trade")


def test_every_column_of_the_series_has_a_label_of_its_own(union: Scenario) -> None:
    names = course.region_columns(union.first_day, film_record(union))
    labels = [telling.label(name) for name in names]
    assert len(set(labels)) == len(labels)


def film_record(scenario: Scenario) -> Any:
    watch = course.region_watch(scenario.first_day)
    return watch.read(np.zeros((scenario.first_day.world.size.quarters, len(watch.picks))))


# The ladder


def standing_on(posts: dict[str, Any], q: int, row: int, slot: int) -> str:
    """Where a member stands on a measure, from the columns themselves."""
    rung, form, late = (int(posts[f"posts.{name}"][q, row, slot]) for name in ("rung", "form", "overdue"))
    if rung == LAPSED:
        return "lapsed"
    if form == OPTED_OUT:
        return "opted out"
    if rung == BOUND:
        return "in force in part" if form == TRANCHE else "in force, overdue" if late else "in force"
    return {NOT_PARTY: "not party", PARTY: "party", WAIVED: "waived"}[rung]


@pytest.mark.parametrize("name", ["eu+a-la-carte", "african-union"])
def test_the_ladder_leads_to_where_each_member_stood(name: str) -> None:
    scenario = comity.load(name).with_({"run.years": 10, "levers.tranches.on": True})
    made, day = film(scenario, seed=1), scenario.first_day
    watch = Watch(day.world, {"posts": ("rung", "form", "overdue"), "measures": ("serial", "stage")})
    posts = watch.read(engine.trace(day, 1, 0, watch.picks).record)
    words, members = made.header["arrays"]["ladder.rung"]["words"], len(made.header["members"])
    assert (np.diff(made.arrays["ladder.quarter"].astype("i8")) >= 0).all()
    changes = list(zip(*(made.arrays[f"ladder.{part}"].tolist() for part in ("quarter", "measure", "member", "rung")),
                       strict=True))  # fmt: skip
    stands: dict[tuple[int, int], str] = {}
    seen: set[str] = set()
    for q in range(made.until):
        stands |= {(measure, member): words[rung] for when, measure, member, rung in changes if when == q}
        for slot in np.flatnonzero(posts["measures.stage"][q] != EMPTY).tolist():
            measure = int(posts["measures.serial"][q, slot]) - 1
            for row in range(members):
                told = standing_on(posts, q, row, slot)
                assert stands.get((measure, row), "not party") == told, (q, measure, row)
                seen.add(told)
    assert len(seen) >= 5
    table = made.table("ladder")
    assert [words[rung] for rung in made.arrays["ladder.rung"]] == table["rung"].tolist()


def test_measures_live_between_tabling_and_end(shown: Film) -> None:
    table = shown.table("measures")
    assert table["measure"].tolist() == list(range(1, len(table) + 1))
    for earlier, later in (("tabled", "adopted"), ("adopted", "in_force"), ("in_force", "ended")):
        known = table[table[earlier].notna() & table[later].notna()]
        assert (known[earlier] <= known[later]).all()
    assert (table["ended"].isna() == (table["fate"] == "on the table")).all()
    rejected = table[table["fate"] == "rejected"]
    assert rejected["adopted"].isna().all()


# Cut films


@pytest.mark.parametrize("end", [0, 1, 7, 33])
def test_a_cut_film_is_the_beginning_of_the_whole_one(union: Scenario, shown: Film, end: int) -> None:
    cut = film(union, seed=1, until=end)
    assert cut.header["until"] == end
    assert cut.header["outcomes"] is None
    for name, values in cut.arrays.items():
        whole = shown.arrays[name]
        if name.startswith(("series.", "budget.", "members.", "areas.")):
            np.testing.assert_array_equal(values, whole[:end], err_msg=name)
        elif name.startswith(("ladder.", "events.")):
            group = name.partition(".")[0]
            before = shown.arrays[f"{group}.quarter"] < end
            np.testing.assert_array_equal(values, whole[before], err_msg=name)
    for name in TABLES:
        assert "quarter" not in cut.table(name) or (cut.table(name)["quarter"] < end).all()


def test_nothing_after_the_end_of_a_cut_film_can_be_read_from_it(union: Scenario) -> None:
    moves = [("2018Q1", "levers.sunset.on", True), ("2019Q1", "levers.waiver.strength", 0.1)]
    storm = {"kind": "economic", "from": "2019Q1", "until": "2020Q4", "size": 5.0}
    later = union.with_({"shocks.events.storm": storm, "shocks.events.longer": storm | {"from": "2016Q1", "size": 0.0}})
    quiet = film(union.with_({"shocks.events.longer": storm | {"from": "2016Q1", "size": 0.0}}), seed=4, until="2017Q4")
    loud = film(later, seed=4, until="2017Q4", moves=moves)
    assert loud.header["until"] == 32
    assert {**loud.header, "digest": "", "moves": []} == {**quiet.header, "digest": "", "moves": []}
    tail = [each.buffer[4 + struct.unpack("<I", each.buffer[:4])[0] :] for each in (loud, quiet)]
    assert tail[0] == tail[1]
    assert all(shock["until"] < 32 for shock in loud.header["shocks"])


def test_an_end_outside_the_run_is_refused(union: Scenario) -> None:
    with pytest.raises(ValueError, match="2010Q1 to 2029Q4"):
        film(union, until="2031Q1")
    with pytest.raises(ValueError, match="the number of quarters to show"):
        film(union, until=81)


def test_the_digest_tells_films_apart(union: Scenario, shown: Film) -> None:
    others = [film(union, 2), film(union, 1, run=1), film(union, 1, until=20),
              film(union, 1, [(4, "levers.waiver.strength", 0.5)])]  # fmt: skip
    assert len({shown.digest, *(other.digest for other in others)}) == 5
    assert film(union, 1) is film(union, 1)
    making.FILMS.clear()
    again = film(union, 1)
    assert again.digest == shown.digest
    assert again.buffer == shown.buffer
    assert film(union.with_({"title": "Europe"}), 1).header["title"] == "Europe"


# Tiles


@pytest.mark.parametrize("region", REGIONS)
def test_every_member_of_a_shipped_region_has_a_tile_by_hand(region: str) -> None:
    members = comity.load(region).value("region.members")
    assert any(set(members) <= set(tiles.places_of(grid)) for grid in tiles.GRIDS.values())
    found = tiles.places(dict.fromkeys(members))
    assert set(found) == set(members)
    assert len(set(found.values())) == len(found)
    assert min(x for x, _ in found.values()) == min(y for _, y in found.values()) == 0


@pytest.mark.parametrize("region", REGIONS)
def test_tiles_lie_roughly_where_states_do(region: str) -> None:
    capitals = {code: said["capital"] for code, said in comity.load(region).value("region.members").items()}
    found = tiles.places(capitals)
    x, y = np.array([found[code] for code in capitals]).T
    north, east = np.array(list(capitals.values())).T
    assert np.corrcoef(x, east)[0, 1] > 0.75
    assert np.corrcoef(-y, north)[0, 1] > 0.75


def test_regions_of_one_s_own_are_laid_out_without_overlaps() -> None:
    for many in (1, 2, 7, 30, 200):
        found = tiles.places({f"M{k:02d}": None for k in range(many)})
        assert len(set(found.values())) == many
    near = tiles.places({"AAA": [10.0, 5.0], "BBB": [50.0, 9.0], "CCC": [50.0, 1.0], "DDD": [10.0, 1.0]})
    assert near["BBB"][1] <= near["AAA"][1]
    assert near["CCC"][0] < near["BBB"][0]
    assert tiles.places({}) == {}


def test_a_region_that_is_made_has_a_film(union: Scenario) -> None:
    made = film(union.with_({"region.synthetic.members": 12, "run.years": 3}))
    places = {(member["x"], member["y"]) for member in made.header["members"]}
    assert len(places) == 12


# Threads


def test_many_may_ask_at_once(union: Scenario) -> None:
    asked = [(union, seed, [(quarter, "levers.sunset.on", True)]) for seed in (1, 2) for quarter in (3, 40)]
    alone = [film(*each).buffer for each in asked]
    making.FILMS.clear()
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda each: film(*each).buffer, asked * 5))
    assert together == alone * 5


def test_only_some_scenarios_are_kept_in_memory(union: Scenario) -> None:
    for years in range(1, studio.KEPT + 4):
        film(comity.load("mercosur").with_({"run.years": years}), 1)
    assert len(studio.STUDIOS) <= studio.KEPT
    assert film(union, 1).digest
