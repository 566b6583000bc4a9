"""More than two scenarios under the same luck: one document, one table, one plane."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import comity
from comity import figures
from comity.cli import main
from comity.figures import several
from comity.runs.several import told_apart

TYPED = ("compare", "mercosur", "mercosur+rigid", "mercosur+respectful", "--years", "2", "--runs", "4", "--seed", "3")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def many() -> comity.Comparisons:
    parts = [comity.load(f"mercosur{more}").with_({"run.years": 2}) for more in ("", "+rigid", "+respectful")]
    return comity.compare(*parts[:2], parts[2], runs=4, seed=3)


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_each_is_compared_with_the_first_as_two_would_be(many: comity.Comparisons) -> None:
    for pair, name in zip(many.pairs, ("rigid", "respectful"), strict=True):
        other = comity.load(f"mercosur+{name}").with_({"run.years": 2})
        alone = comity.compare(comity.load("mercosur").with_({"run.years": 2}), other, runs=4, seed=3)
        pd.testing.assert_frame_equal(pair.differences, alone.differences)
    rows = many.summary()
    assert set(rows["b"]) == {"Rigid", "Respectful"}
    assert {"outcome", "difference", "low", "high", "unit", "variance_ratio"} <= set(rows.columns)
    assert rows.columns.is_unique


def test_the_document_lists_the_others(capsys: pytest.CaptureFixture[str], many: comity.Comparisons) -> None:
    code, out, _ = typed(capsys, *TYPED, "--json")
    document = json.loads(out)
    assert code == 0
    assert document == json.loads(json.dumps(many.document()))
    assert [each["b"] for each in document["others"]] == ["mercosur+rigid", "mercosur+respectful"]
    assert (document["a"], document["seed"], document["runs"]) == ("mercosur", 3, 4)
    _, out, _ = typed(capsys, *TYPED[:3], *TYPED[4:], "--json")
    assert json.loads(out)["outcomes"] == document["others"][0]["outcomes"]


def test_people_see_scenarios_beside_each_other_and_a_picture(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = typed(capsys, *TYPED, "--picture", "out/plane.svg")
    assert code == 0
    assert out.startswith("Beside Mercosur, 1995: 4 runs of each")
    for name in ("integration", "respect"):
        assert re.search(rf"^{name} +0\.\d+ .*\n  Rigid +0\.\d+ .*\n  Respectful +0\.\d+ ", out, re.MULTILINE), name
    assert "<svg" in Path("out/plane.svg").read_text("utf-8")
    assert err.splitlines()[-1].startswith("Next: comity compare mercosur mercosur+rigid")


def test_two_can_be_drawn_too(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = typed(capsys, *TYPED[:3], "--years", "1", "--runs", "2", "--picture", "plane.png")
    assert code == 0
    assert Path("plane.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_that_cannot_be_written_is_told_before_anything_is_computed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("file").touch()
    for name, words in (("plane.gif", "a picture ends in"), ("file/plane.png", "cannot be written to")):
        code, out, err = typed(capsys, "compare", "eu", "eu+rigid", "--runs", "100000", "--picture", name)
        assert (code, out) == (2, "")
        assert words in err


def test_points_carry_the_interval_of_the_difference(many: comity.Comparisons) -> None:
    points = many.points().set_index("name")
    row = many.pairs[0].summary().loc["integration"]
    rigid = points.loc["Rigid"]
    assert rigid["integration"] == pytest.approx(row["b"])
    assert rigid["integration_high"] - rigid["integration_low"] == pytest.approx(row["high"] - row["low"])
    first = many.a.summary().loc["integration"]
    assert points.iloc[0]["integration_low"] == pytest.approx(first["mean_low"])


def test_titles_are_short_and_never_the_same() -> None:
    assert told_apart(["EU", "EU + Rigid", "Mine"], ["eu", "eu+rigid", "mine"]) == ("EU", "Rigid", "Mine")
    assert told_apart(["EU", "EU"], ["eu", "my-eu"]) == ("eu", "my-eu")
    assert told_apart(["EU", "EU"], ["eu", "eu"]) == ("eu (1)", "eu (2)")


def points(places: list[tuple[float, float]]) -> pd.DataFrame:
    table = pd.DataFrame(places, columns=["integration", "respect"])
    for column in ("integration", "respect"):
        table[f"{column}_low"], table[f"{column}_high"] = table[column] - 0.01, table[column] + 0.01
    return table.assign(name=[f"package {k}" for k in range(len(places))])


def test_the_headline_names_who_has_more_of_both() -> None:
    found = several.headline(points([(0.5, 0.5), (0.6, 0.6), (0.4, 0.4), (0.505, 0.6), (0.6, 0.4)]))
    assert found == "Beside package 0, package 1 has more of both and package 2 has less of both"
    assert several.headline(points([(0.5, 0.5), (0.6, 0.4)])) == "None has more of both than package 0, or less of both"


def test_eleven_packages_are_told_apart_and_fit_on_the_page() -> None:
    kinds = [(look.color, look.marker) for look in several.looks(14)]
    assert len(set(kinds)) == 14
    angle = np.linspace(0, 6, 11)
    picture = figures.beside(points(list(zip(0.5 + 0.2 * np.cos(angle), 0.5 + 0.2 * np.sin(angle), strict=True))))
    picture.figure.draw_without_rendering()
    shown = [text.get_text() for text in picture.figure.axes[0].texts]
    assert all(any(text.startswith(f"package {k}") for text in shown) for k in range(11))
    assert "package 0 (baseline)" in shown
