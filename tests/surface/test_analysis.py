"""Kept sweeps are analysed as they are: whole, by their ids, with words for what is missing."""

from __future__ import annotations

import base64
import html.parser
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from shells import Shell

import comity
from comity import analysis
from comity.analysis.judging import Costs
from comity.analysis.sample import Factors, sample
from comity.sweeps import Sweep, store

VARY: dict[str, Any] = {
    "levers.sunset.strength": {"uniform": [0.0, 1.0]},
    "levers.waiver.strength": {"uniform": [0.0, 1.0]},
}
ON = {"levers.sunset.on": True, "levers.waiver.on": True}


@pytest.fixture(scope="module")
def base() -> comity.Scenario:
    return comity.load("mercosur").with_({"run.years": 9, **ON})


@pytest.fixture(scope="module")
def saltelli(base: comity.Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saltelli")
    comity.sweep(base, VARY, "saltelli", 16, 2).run(folder, workers=1)
    return folder


@pytest.fixture(scope="module")
def latin(base: comity.Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("latin")
    vary = {**VARY, "organization.rule": ["consensus", "qualified_majority"]}
    comity.sweep(base, vary, "latin", 120, 5).run(folder, workers=1)
    return folder


# Samples


def test_rows_that_were_shuffled_in_the_table_are_put_back_by_their_ids(saltelli: Path) -> None:
    whole = sample(saltelli, "trust").runs
    file = saltelli / store.RESULTS
    rows = pd.read_parquet(file)
    try:
        rows.sample(frac=1.0, random_state=3).to_parquet(file)
        assert (sample(saltelli, "trust").runs == whole).all()
        rows.iloc[:-1].to_parquet(file)
        notes = sample(saltelli, "trust")
        assert notes.runs.shape == (96, 1)
        assert "not at its end" in " ".join(notes.notes)
        pd.concat([rows, rows.iloc[:1]]).to_parquet(file)
        with pytest.raises(analysis.Refused, match="twice"):
            sample(saltelli, "trust")
        rows[rows.design_id > 3].to_parquet(file)
        with pytest.raises(analysis.Refused, match="4 of 96 points have not been run"):
            sample(saltelli, "trust")
    finally:
        rows.to_parquet(file)


def test_failed_runs_and_missing_values_are_told(saltelli: Path) -> None:
    file = saltelli / store.RESULTS
    rows = pd.read_parquet(file)
    try:
        changed = rows.copy()
        changed.loc[5, "status"] = "failed"
        changed.loc[8, "trust"] = np.inf
        changed.to_parquet(file)
        found = sample(saltelli, "trust")
        assert np.isnan(found.runs[2, 1]) and np.isnan(found.runs[4, 0])
        assert "1 runs failed" in found.notes[0] and "1 of 192 runs have no trust" in found.notes[1]
        assert np.isfinite(found.means).all()
    finally:
        rows.to_parquet(file)


def test_an_unknown_outcome_meets_the_nearest_one(saltelli: Path) -> None:
    with pytest.raises(analysis.Refused, match='did you mean "trust"'):
        analysis.sobol(saltelli, "trus")


def test_factors_are_numbers_flags_or_categories() -> None:
    table = pd.DataFrame({"x": [1.0, 2.0], "f": [True, False], "w": ["b", None]})
    found = Factors.of(table)
    assert found.levels == (None, ("false", "true"), ("(own value)", "b"))
    assert found.values.tolist() == [[1.0, 1.0, 1.0], [2.0, 0.0, 0.0]]


# Answers


@pytest.mark.parametrize("kind", ["pawn", "tornado", "regression", "convergence", "prim", "pareto"])
def test_each_answer_has_a_table_words_a_document_and_a_picture(latin: Path, tmp_path: Path, kind: str) -> None:
    sweep = Sweep.open(latin)
    more = {"below": float(np.median(sample(sweep, "respect").means))} if kind == "prim" else {}
    outcome: Any = ["respect", "integration"] if kind == "pareto" else "respect"
    answer = getattr(sweep, kind)(outcome, **more)
    assert len(answer.table()) > 0
    assert answer.text().endswith(".") and 1 <= len(answer.sentences) <= 8
    document = json.loads(json.dumps(answer.document(), allow_nan=False))
    assert document["analysis"] == kind and len(document["table"]) == len(answer.table())
    picture = answer.plot(tmp_path / "it.png")
    assert (tmp_path / "it.png").stat().st_size > 10_000
    assert len(picture.alt) > 40


def test_sobol_of_a_kept_sweep_and_no_other_design(saltelli: Path, latin: Path) -> None:
    answer = analysis.sobol(saltelli, "integration")
    assert set(answer.table()["index"]) == {"S1", "ST", "S2"}
    assert 0.0 <= answer.facts["noise_share"] <= 1.0
    with pytest.raises(analysis.Refused, match="design saltelli, and this is latin"):
        analysis.sobol(latin, "respect")


def test_a_morris_sweep_and_a_tornado_around_the_scenario_itself(base: comity.Scenario, tmp_path: Path) -> None:
    vary = {**VARY, "organization.rule": ["consensus", "qualified_majority"]}
    walks = comity.sweep(base, vary, "morris", 10, 3)
    walks.run(tmp_path / "morris", workers=1)
    assert len(analysis.morris(tmp_path / "morris", "respect").table()) == 3
    around = comity.sweep(base, vary, "one_at_a_time", runs=4)
    around.run(tmp_path / "around", workers=1)
    answer = analysis.tornado(tmp_path / "around", "respect")
    assert "scenario itself" in answer.text() or "scenario itself" in answer.facts["reading"]
    row = answer.table().set_index("factor").loc["organization_rule"]
    runs = around.results().groupby("organization_rule", dropna=False)["respect"].mean()
    assert row["low" if row["at_low"] == "qualified_majority" else "high"] == pytest.approx(runs["qualified_majority"])


# The command line


def test_analyse_says_it_in_words_a_document_and_a_picture(latin: Path, shell: Shell, tmp_path: Path) -> None:
    assert shell("analyse", str(latin), "pawn", "--outcome", "respect", "--picture", str(tmp_path / "p.svg")) == 0
    assert "organization_rule" in shell.out and (tmp_path / "p.svg").exists()
    assert shell("analyse", str(latin), "pareto", "--outcome", "respect", "--outcome", "integration:max", "--json") == 0
    assert json.loads(shell.out)["directions"] == {"respect": 1, "integration": 1}
    assert shell("analyse", str(latin), "pawm") == 2
    assert 'did you mean "pawn"' in shell.err
    assert shell("analyse", str(latin), "sobol", "--outcome", "respect") == 2
    assert "design saltelli" in shell.err
    assert shell("analyse", str(latin), "pareto", "--outcome", "respect", "--outcome", "budget_used") == 2
    assert "budget_used:max" in shell.err
    assert shell("analyse", str(tmp_path), "pawn") == 2
    assert shell("plot", str(latin), "tornado", "--outcome", "respect", "--out", str(tmp_path / "t.png")) == 0
    assert (tmp_path / "t.png").exists()


def test_a_missing_library_is_named_with_what_to_type(
    saltelli: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "SALib.analyze.sobol", None)
    assert shell("analyse", str(saltelli), "sobol", "--outcome", "trust") == 2
    assert "pip install 'comity[analysis]'" in shell.err


# The report


class Page(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, Any]]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_report_is_one_page_that_asks_for_nothing(latin: Path, shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    assert shell("report", str(latin), "--out", str(file)) == 0
    text = file.read_text("utf-8")
    page = Page()
    page.feed(text)
    assert page.open == []
    images = [attributes for tag, attributes in page.seen if tag == "img"]
    assert len(images) >= 6
    for each in images:
        assert each["alt"]
        data = each["src"].removeprefix("data:image/png;base64,")
        assert base64.b64decode(data).startswith(b"\x89PNG")
    assert not [tag for tag, _ in page.seen if tag in ("script", "link", "iframe")]
    assert not re.search(r"(?:src|href)=.(?!data:)", text)
    manifest = json.loads((latin / store.MANIFEST).read_text("utf-8"))
    assert manifest["hash"] in text and manifest["rulebook"] in text
    assert "120 points, 5 runs" in text and "organization.rule" in text


# The search


def test_a_search_finds_policies_within_the_budget_that_can_be_run(base: comity.Scenario, tmp_path: Path) -> None:
    levers = ["sunset", "waiver", "funds"]
    found = comity.search(base, ["integration", "respect"], levers, 0.05, 6, 12, tmp_path / "out", workers=1)
    table = found.table()
    assert (table["cost"] <= 0.05 + 1e-12).all() and table["cost"].max() > 0.0
    assert table["unbeaten"].any() and table["knee"].sum() == 1
    assert (table["integration_worst"] <= table["integration"]).all()
    assert "Winner's curse" in found.text() and "fresh luck" in found.text()
    assert {"policies.csv", "policies.png", "policy.yaml", "found.json"} <= {
        p.name for p in (tmp_path / "out").iterdir()
    }
    best = comity.load(tmp_path / "out" / "policy.yaml")
    runs = best.ensemble(6, workers=1)
    row = table.loc[found.facts["compromise"]]
    assert runs.outcomes["integration"].mean() == pytest.approx(row["integration"], abs=1e-12)
    assert runs.outcomes["respect"].mean() == pytest.approx(row["respect"], abs=1e-12)


@pytest.mark.parametrize("sampler", ["nsga2", "tpe"])
def test_a_search_that_was_stopped_goes_on_as_if_it_had_not_been(
    base: comity.Scenario, tmp_path: Path, sampler: str
) -> None:
    def stop(done: int, trials: int) -> None:
        if done == 9:
            raise KeyboardInterrupt

    levers, more = ["sunset", "waiver"], {"runs": 2, "trials": 30, "workers": 1, "sampler": sampler}
    whole = comity.search(base, "respect", levers, **more)
    with pytest.raises(KeyboardInterrupt):
        comity.search(base, "respect", levers, folder=tmp_path, progress=stop, **more)
    with pytest.raises(analysis.Refused, match="--resume"):
        comity.search(base, "respect", levers, folder=tmp_path, **more)
    with pytest.raises(analysis.Refused, match=r"another search \(runs differ\)"):
        comity.search(base, "respect", levers, folder=tmp_path, resume=True, **{**more, "runs": 3})
    seen: list[int] = []
    again = comity.search(
        base, "respect", levers, folder=tmp_path, resume=True, progress=lambda done, _: seen.append(done), **more
    )
    assert seen[0] == 10
    pd.testing.assert_frame_equal(again.table(), whole.table())


def test_costs_scale_dear_strengths_down_until_they_fit(base: comity.Scenario) -> None:
    costs = Costs(base, ["funds", "sunset"], 0.1)
    assert costs.each["sunset"] == 0.0 < costs.each["funds"]
    paid = costs.paid({"funds": 1.0, "sunset": 0.75})
    assert paid["sunset"] == 0.75 and costs.of(paid) <= 0.1 < costs.of({"funds": paid["funds"] + 0.01, "sunset": 0.0})


def test_search_tells_what_it_cannot_do(shell: Shell) -> None:
    assert shell("search", "mercosur", "--levers", "sunsett") == 2
    assert 'did you mean "sunset"' in shell.err
    assert shell("search", "mercosur", "--goal", "budget_used") == 2
    assert "budget_used:max" in shell.err
    assert shell("search", "mercosur", "--resume") == 2
