"""A link, a file in and a file out bring the same run back, here and on the command line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from shells import Shell
from visits import Visit

import comity

Open = Callable[..., Visit]
LINK = "?v=1&scenario=eu+respectful&seed=7&at=2015Q3&set=levers.sunset.strength%3D0.4&move=2014Q2~levers.court.on~false"


def saved(seen: Visit, name: str, folder: Path) -> Path:
    """The file that a click in the dialog of files hands out."""
    with seen.page.expect_download() as expected:
        seen.page.get_by_role("button", name=name).click()
    path = folder / expected.value.suggested_filename
    expected.value.save_as(path)
    return path


def test_the_address_bar_holds_the_whole_state_and_a_friend_sees_the_same(visit: Open) -> None:
    seen = visit()
    page = seen.page
    seen.stage("stage.send('scenario', {name: 'eu+rigid'})")
    seen.until("stage.films.a.header.scenario == 'eu+rigid'")
    seen.stage("stage.send('seed', {seed: '11'})")
    seen.stage("stage.send('move', {path: 'levers.audit.on', value: true, quarter: 12})")
    seen.stage("stage.send('compare', {name: 'eu+respectful'})")
    seen.until("stage.films.b && stage.films.a.header.moves.length")
    seen.stage("stage.clock.step(30)")
    page.wait_for_function("location.search.includes('at=2017Q3') && location.search.includes('b.scenario')")
    friend = visit(page.evaluate("location.search"))
    friend.until("stage.films.b && stage.quarter == 30")
    assert friend.digest() == seen.digest()
    assert friend.digest("b") == seen.digest("b")
    page.reload(wait_until="commit")
    seen.until("stage.films.b && stage.quarter == 30")
    assert friend.digest() == seen.digest()


def test_a_link_of_the_first_version_plays_what_it_says(visit: Open) -> None:
    seen = visit(LINK)
    seen.until("stage.quarter == 22")
    header = seen.stage("stage.films.a.header")
    assert (header["scenario"], header["seed"]) == ("eu+respectful", 7)
    assert [list(move) for move in header["moves"]] == [["2014Q2", "levers.court.on", False]]
    assert seen.page.get_by_role("alert").filter(visible=True).all_inner_texts() == []


@pytest.mark.parametrize(
    ("query", "told", "kept"),
    [
        ("?v=1&scenario=atlantis&seed=5", "atlantis", "stage.films.a.header.seed == 5"),
        ("?v=1&scenario=asean&seed=-1", "seed", "stage.films.a.header.scenario == 'asean'"),
        ("?v=1&scenario=asean&set=levers.nothing.on%3Dtrue", "nothing", "stage.films.a.header.scenario == 'asean'"),
        ("?v=1&scenario=asean&move=2014Q9~levers.audit.on~true", "2014Q9", "stage.films.a.header.moves.length == 0"),
        ("?v=1&scenario=asean&move=1800Q1~levers.audit.on~true", "1800Q1", "stage.films.a.header.scenario == 'asean'"),
        ("?v=99&scenario=asean", "version", "stage.films.a.header.scenario == 'asean'"),
        ("?v=1&scenario=asean&sett=x", "sett", "stage.films.a.header.scenario == 'asean'"),
        ("?v=1&scenario=own", "file", "true"),
        ("?v=1&scenario=own&file=AAAA", "damaged", "true"),
    ],
)
def test_a_broken_link_says_what_is_wrong_and_keeps_the_rest(visit: Open, query: str, told: str, kept: str) -> None:
    seen = visit(query)
    seen.page.get_by_role("alert").filter(has_text=told).first.wait_for()
    assert seen.stage(kept) is True


def test_a_downloaded_scenario_replays_to_the_same_digits(visit: Open, shell: Shell, tmp_path: Path) -> None:
    seen = visit(LINK)
    seen.page.get_by_role("button", name="files").click()
    file = saved(seen, "Scenario (YAML)", tmp_path)
    outcomes = seen.stage("stage.films.a.header.outcomes")
    found = shell.document("run", str(file), "--runs", "1")["outcomes"]
    assert {name: found[name]["mean"] for name in outcomes} == pytest.approx(outcomes, nan_ok=True, abs=0.0)
    again = visit()
    again.page.get_by_role("button", name="files").click()
    again.page.locator('input[type=file][aria-label="A scenario file"]').set_input_files(file)
    again.until("stage.films.a.header.scenario != 'eu'")
    assert again.stage("stage.films.a.header.outcomes") == outcomes
    assert again.array("series.trust") == seen.array("series.trust")


@pytest.mark.parametrize(("button", "read"), [("Data (CSV)", pd.read_csv), ("Data (Parquet)", pd.read_parquet)])
def test_the_data_come_as_tidy_tables(visit: Open, tmp_path: Path, button: str, read: Callable[..., Any]) -> None:
    seen = visit(LINK)
    seen.page.get_by_role("button", name="files").click()
    with zipfile.ZipFile(saved(seen, button, tmp_path)) as held:
        tables = {
            Path(name).stem: read(io.BytesIO(held.read(name)))
            for name in held.namelist()
            if name.endswith((".csv", ".parquet"))
        }
    assert {"series", "members", "events"} <= tables.keys()
    assert len(tables["series"]) == 80
    assert tables["series"]["trust"].to_numpy() == pytest.approx(seen.array("series.trust"), abs=1e-6)
    assert set(tables["members"]["iso3"]) == {each["iso3"] for each in seen.stage("stage.films.a.header.members")}


def test_a_scenario_with_faults_is_refused_in_place_with_the_loaders_words(visit: Open, tmp_path: Path) -> None:
    wrong = tmp_path / "mine.yaml"
    wrong.write_text("extends: eu\nlevers:\n  sunsett: {on: true}\n  waiver: {strength: 7}\n")
    with pytest.raises(comity.ScenarioError) as refused:
        comity.load(wrong)
    seen = visit()
    first = seen.digest()
    seen.page.get_by_role("button", name="files").click()
    seen.page.locator('input[type=file][aria-label="A scenario file"]').set_input_files(wrong)
    told = seen.page.get_by_role("alert").filter(has_text="sunsett").first
    told.wait_for()
    for problem in refused.value.problems:
        assert f"mine.yaml:{problem.line}:{problem.column}" in told.inner_text()
        assert problem.message in told.inner_text()
    assert seen.digest() == first


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("large.yaml", b"# " + b"x" * 300_000, "256 KiB"),
        ("empty.yaml", b"", "empty.yaml"),
        ("bytes.yaml", bytes(range(256)), "bytes.yaml"),
        (
            "bomb.yaml",
            b"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n",
            "bomb.yaml",
        ),
        ("reach.yaml", b"extends: /etc/passwd\n", "reach.yaml"),
        ("run.yaml", b"extends: eu\nrun: !!python/object/apply:os.system [true]\n", "run.yaml"),
    ],
)
def test_an_upload_that_is_no_scenario_does_no_harm(visit: Open, name: str, data: bytes, told: str) -> None:
    seen = visit()
    first = seen.digest()
    seen.page.get_by_role("button", name="files").click()
    seen.page.locator('input[type=file][aria-label="A scenario file"]').set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": data}
    )
    seen.page.get_by_role("alert").filter(has_text=told).first.wait_for()
    assert "passwd:" not in seen.page.content()
    assert seen.digest() == first


def test_a_picture_is_saved_as_png_and_as_svg(visit: Open, tmp_path: Path) -> None:
    seen = visit()
    image = saved(seen, "Save Members as PNG", tmp_path)
    drawing = saved(seen, "Save Members as SVG", tmp_path)
    assert image.read_bytes().startswith(b"\x89PNG")
    assert len(image.read_bytes()) > 5_000
    assert "<svg" in drawing.read_text(encoding="utf-8")
    assert "HUN" in drawing.read_text(encoding="utf-8")


def test_the_browsers_back_returns_to_the_scenario_before(visit: Open) -> None:
    seen = visit()
    seen.stage("stage.send('scenario', {name: 'asean'})")
    seen.until("stage.films.a.header.scenario == 'asean'")
    seen.page.wait_for_function("location.search.includes('asean')")
    seen.page.go_back(wait_until="commit")
    seen.until("stage.films.a.header.scenario == 'eu'")
    seen.page.go_forward(wait_until="commit")
    seen.until("stage.films.a.header.scenario == 'asean'")
