"""Why: a member's story in words, tables, documents and pictures, and advice for whoever slips."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from shells import Shell

import comity
from comity.quarter import RULEBOOK
from comity.runs.decisions import MAJOR
from comity.runs.kept import keeping
from comity.runs.story import Story
from comity.runs.why import quarters_meant

SMALL = {"region.synthetic.members": 4, "run.years": 3}


def story(name: str, member: str | None, seed: int, years: int | None = None) -> Story:
    return comity.load(name).run(seed=seed, years=years).why(member)


@pytest.fixture(scope="module")
def britain() -> Story:
    """The default scenario and a seed under which the United Kingdom leaves."""
    return story("eu", "GBR", 1)


LIVES = [("eu", "HUN", 2), ("ecowas", "NER", 3), ("ecowas", "BFA", 2), ("mercosur", "PRY", 4), ("asean", "MMR", 5),
         ("african-union", "SOM", 2), ("eu+respectful", "GRC", 6)]  # fmt: skip


@pytest.fixture(scope="module", params=LIVES, ids=lambda life: "-".join(map(str, life)))
def life(request: pytest.FixtureRequest) -> Story:
    """Members of all regions, under several seeds."""
    return story(*request.param, years=12)


# What is told


def test_britain_s_story_holds_its_threat_notice_and_exit_in_order(britain: Story) -> None:
    great = [each.decision for each in britain.decisions if each.weight == MAJOR]
    assert [name for name in great if name in ("threat", "notice", "exit")] == ["threat", "notice", "exit"]
    assert all(a.quarter <= b.quarter for a, b in zip(britain.decisions, britain.decisions[1:], strict=False))


def test_the_story_has_every_event_of_the_member_that_somebody_decided(life: Story) -> None:
    events = life.run.events()
    own = events[events["iso3"] == life.member]
    told = pd.Series([each.decision for each in life.decisions]).value_counts()
    for event in (
        "election",
        "ratification",
        "waiver",
        "suspension",
        "readmission",
        "notice",
        "exit",
        "return",
        "coup",
    ):
        assert told.get(event, 0) == (own["event"] == event).sum(), event
    threats = (own["event"] == "threat").sum()
    assert threats <= told.get("threat", 0)  # one that is met at once is gone at the end of the quarter


def test_the_story_is_told_in_words(britain: Story) -> None:
    text = str(britain)
    assert text == britain.text() and max(map(len, text.splitlines())) <= 100
    assert "United Kingdom" in text and "Notice: gives notice" in text and "Exit: leaves" in text
    assert "What weighed: " in text and "luck set the bar at" in text
    assert "With the " in text and ": does not threaten to leave." in text
    assert "nan" not in text and "inf" not in text.replace("infrastructure", "")


def test_one_quarter_is_told_in_full(britain: Story) -> None:
    notice = next(each for each in britain.decisions if each.decision == "notice")
    for said in (notice.date, notice.quarter, str(notice.quarter)):
        part = britain.run.why("GBR", said)
        assert {each.quarter for each in part.decisions} == {notice.quarter}
        assert part.decisions == tuple(each for each in britain.decisions if each.quarter == notice.quarter)
    year = britain.run.why("gbr", notice.date[:4])
    assert {each.date[:4] for each in year.decisions} == {notice.date[:4]}


def test_the_table_has_a_row_for_each_decision_and_tidy_columns(britain: Story) -> None:
    table = britain.table()
    assert len(table) == len(britain.decisions)
    assert all(name == name.lower() and "." not in name and len(name) <= 32 for name in table.columns)
    assert table["margin"].dropna().equals((table["logit"] - table["threshold"])[table["margin"].notna()])
    assert (table["iso3"] == "GBR").all()
    terms = britain.terms()
    notice = terms[terms["decision"] == "notice"]
    assert notice["term"].tolist() == list(RULEBOOK.forces["exit"].terms)
    row = table[table["decision"] == "notice"].iloc[0]
    assert notice["value"].sum() == pytest.approx(row["logit"])


def test_the_table_of_an_empty_story_has_the_same_columns(britain: Story) -> None:
    empty = britain.run.why("GBR", "2029Q4")
    assert empty.decisions == () and "Nothing was decided" in empty.text()
    assert empty.table().dtypes.equals(britain.table().dtypes)
    assert list(empty.terms().columns) == list(britain.terms().columns)


def test_comity_why_is_the_story_of_that_run(britain: Story) -> None:
    again = comity.why("eu", "GBR", seed=1, quarter=2011)
    assert again.decisions == tuple(each for each in britain.decisions if each.date.startswith("2011"))
    assert comity.why(comity.load("eu"), "GBR", seed="1", quarter="2015Q4").decisions
    assert isinstance(again, comity.Story)


def test_another_run_is_another_story(britain: Story) -> None:
    other = comity.why("eu", "GBR", seed=1, run=1, quarter=2011).decisions
    assert other and other != tuple(each for each in britain.decisions if each.date.startswith("2011"))


def test_a_picture_shows_what_weighed(britain: Story, tmp_path: Path) -> None:
    picture = britain.plot(tmp_path / "why.png")
    assert (tmp_path / "why.png").stat().st_size > 20_000
    assert "Notice: gives notice" in picture.alt and "a vote on membership" in picture.alt
    nothing = britain.run.why("GBR", "2029Q4").plot()
    assert nothing.alt.startswith("United Kingdom")


def test_a_run_s_plots_draw_it_as_well(tmp_path: Path) -> None:
    run = comity.load("ecowas").with_(SMALL).run(seed=1)
    member = run.begin.members[0]
    assert run.plot.why(member, tmp_path / "why.png").alt == run.why(member).plot().alt
    assert (tmp_path / "why.png").exists()


# Levers


def test_a_lever_that_would_have_kept_a_state_in_does() -> None:
    run = comity.load("eu").run(seed=7)
    told = run.why("GBR", levers=True)
    assert told.levers, "no lever keeps Britain in under this seed any more; take another"
    first = told.levers[0]
    changed = run.scenario.with_({f"levers.{first.lever}.on": True, f"levers.{first.lever}.strength": first.strength})
    again = changed.run(seed=7).events()
    assert not ((again["iso3"] == "GBR") & (again["event"] == "exit")).any()
    assert f"{first.change}: stays" in " ".join(told.text().split())
    assert told.document()["levers"][0] == first.document()


def test_levers_are_tried_only_for_who_left(monkeypatch: pytest.MonkeyPatch) -> None:
    run = comity.load("mercosur").with_(SMALL).run(seed=1)
    monkeypatch.setattr("comity.runs.story.keeping", lambda *_: pytest.fail("nobody left"))
    assert run.why(run.begin.members[0], levers=True).levers == ()


def test_trying_levers_tells_how_far_it_is() -> None:
    run, heard = comity.load("mercosur").with_(SMALL).run(seed=1), list[tuple[int, int]]()
    list(keeping(run, 0, lambda done, total: heard.append((done, total))))
    assert heard == [(k, len(RULEBOOK.levers)) for k in range(1, len(RULEBOOK.levers) + 1)]


# Documents and errors


def test_the_document_is_what_scripts_rely_on(shell: Shell, britain: Story) -> None:
    assert shell("why", "eu", "--member", "GBR", "--seed", "1", "--json") == 0, shell.err
    told: Any = json.loads(shell.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert {"scenario", "seed", "run", "member", "decisions"} <= told.keys()
    assert (told["scenario"], told["seed"], told["run"], told["member"]) == ("eu", 1, 0, "GBR")
    assert len(told["decisions"]) == len(britain.decisions)
    for each in told["decisions"]:
        keys = {"quarter", "decision", "result", "logit", "threshold", "draw", "terms", "counterfactual"}
        assert keys <= each.keys()
        assert {"change", "result"} <= each["counterfactual"].keys()
        if each["terms"] and each["logit"] is not None:
            assert sum(each["terms"].values()) == each["logit"]
        if each["draw"] is not None:
            assert 0.0 < each["draw"] < 1.0


def test_the_verb_tells_the_story_and_what_to_type_next(shell: Shell, tmp_path: Path) -> None:
    picture = tmp_path / "p.svg"
    assert shell("why", "mercosur", "--member", "PRY", "--years", "4", "--picture", str(picture)) == 0, shell.err
    assert "Paraguay" in shell.out and picture.exists()
    assert "Next: comity why mercosur --member PRY" in shell.err
    assert shell("why", "mercosur", "--years", "3") == 0
    assert "what the organization decided" in shell.out


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (("eu", "--member", "GBX"), 'there is no member "GBX"; did you mean "GBR"?'),
        (("eu", "--member", "United Kingdm"), 'did you mean "GBR"?'),
        (("eu", "--member", "GBR", "--quarter", "spring"), "a quarter is written 2016Q3"),
        (("eu", "--member", "GBR", "--quarter", "1999Q1"), "lies outside the run, which goes from 2010Q1 to 2029Q4"),
        (("eu", "--member", "GBR", "--run", "-1"), "needs a whole number from 0"),
    ],
)
def test_a_slip_meets_advice_and_no_traceback(shell: Shell, typed: tuple[str, ...], line: str) -> None:
    assert shell("why", *typed) == 2
    assert line in shell.err and "Traceback" not in shell.err


def test_a_region_that_is_none_is_told_as_everywhere(shell: Shell) -> None:
    assert shell("why", "eux", "--member", "GBR") == 1
    assert 'did you mean "eu"' in shell.err


def test_python_users_meet_the_same_advice() -> None:
    run = comity.load("mercosur").with_(SMALL).run(seed=1)
    with pytest.raises(ValueError, match=r'there is no member "GBX"'):
        run.why("GBX")
    with pytest.raises(ValueError, match=r"a quarter is written 2016Q3, a year 2016, not '2016Q5'"):
        quarters_meant(run.begin, "2016Q5")
    with pytest.raises(ValueError, match="lies outside the run"):
        run.why(run.begin.members[0], 12)


def test_great_decisions_tell_other_changes_that_turn_them(britain: Story) -> None:
    notice = next(each for each in britain.decisions if each.decision == "notice")
    assert notice.counterfactual is not None and notice.alternatives
    sizes = [notice.counterfactual.size, *(each.size for each in notice.alternatives)]
    assert sizes == sorted(sizes)
    assert all(each.result != notice.result for each in notice.alternatives)
    assert len({notice.counterfactual.column, *(each.column for each in notice.alternatives)}) == len(sizes)
    assert f" Or {notice.alternatives[0].change}: " in " ".join(britain.text().split())
