"""The description says what the code declares, speaks of every mechanism, and names the literature of a run."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner, Result

import comity
from comity.cli import main
from comity.document import cite, files, grounds, odd, tables, told
from comity.document.markdown import Table, filled, marked
from comity.literature import WORKS
from comity.quarter import RULEBOOK


def ran(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), prog_name="comity")


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_the_tables_are_those_that_the_code_declares(path) -> None:  # type: ignore[no-untyped-def]
    assert path.read_text(encoding="utf-8") == told(path), "comity odd --write makes them anew"


def test_every_table_has_its_place_and_every_place_its_table() -> None:
    places = [name for path in files() for name in marked(path.read_text(encoding="utf-8"))]
    assert sorted(places) == sorted(tables())


@pytest.mark.parametrize("name", [*RULEBOOK.forces, *RULEBOOK.levers, *RULEBOOK.outcomes])
def test_every_mechanism_is_spoken_of(name: str) -> None:
    assert f"`{name}`" in files()[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "heading",
    ["Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling",
     "Theoretical and empirical background", "Individual decision-making", "Learning", "Sensing", "Interaction",
     "Collectives", "Heterogeneity", "Stochasticity", "Observation", "Initialization", "Input data", "Submodels",
     "Normative caveats"],
)  # fmt: skip
def test_every_part_of_the_protocol_is_there(heading: str) -> None:
    part = re.search(rf"^#+ (?:\d\. )?{heading}\n\n(.+)", files()[0].read_text(encoding="utf-8"), re.MULTILINE)
    assert part, heading


def test_only_what_stands_between_markers_is_made_anew() -> None:
    text = "before\n<!-- table: a -->\nold\n<!-- end -->\nafter <!-- table: b -->\nkept\n<!-- end -->"
    new = filled(text, {"a": Table(("x",), (("1|2",),))})
    assert new == (
        "before\n<!-- table: a -->\n\n| x |\n| --- |\n| 1\\|2 |\n\n<!-- end -->\nafter <!-- table: b -->\nkept\n"
        "<!-- end -->"
    )
    assert filled(new, {"a": Table(("x",), (("1|2",),))}) == new


def test_every_draw_of_a_rule_is_listed_with_its_law() -> None:
    rows = {row["purpose"]: row for row in tables()["draws"].documents()}
    assert rows["`consent.vote`"]["law"] == "uniform"
    assert rows["`consent.vote`"]["drawn in"] == "`consent.vote`"
    assert rows["`growth.common`"]["law"] == "normal"
    declared = {
        f"`{purpose}`"
        for mechanism in (*RULEBOOK.forces.values(), *RULEBOOK.levers.values())
        for purpose in re.findall(r'purpose\("([\w.]+)"\)', _source(mechanism))
    }
    assert declared == set(rows)


def _source(mechanism: type) -> str:
    import inspect
    import sys

    return inspect.getsource(sys.modules[mechanism.__module__])


def test_what_a_number_rests_on_is_told_by_its_source() -> None:
    assert grounds.ground("assumption") == grounds.ASSUMED
    assert grounds.ground("R8, shrunk") == grounds.STUDY
    assert grounds.ground("C14; mechanisms.md, fault 6") == grounds.BOTH
    assert grounds.ground("mechanisms.md, section 4") == grounds.COMPUTED
    assert grounds.ground("Treaty on European Union, art. 16") == grounds.PRACTICE
    assert grounds.ground("two to four years") == grounds.REASONED


def test_every_number_is_counted_once() -> None:
    mechanisms = [*RULEBOOK.forces.values(), *RULEBOOK.levers.values(), *RULEBOOK.outcomes.values()]
    declared = sum(len(mechanism.parameters()) for mechanism in mechanisms)
    rows = {row["rests on"]: row for row in tables()["grounds"].documents()}
    assert rows["together"]["together"] == str(declared)
    assert int(rows["assumption"]["together"]) > 0


def test_the_verb_prints_both_texts_and_gives_tables_as_data() -> None:
    said = ran("odd").stdout
    assert said.startswith("# comity in words") and "# The tables of the model" in said
    data = json.loads(ran("odd", "--json").stdout)
    assert {row["force"] for row in data["forces"]} == {f"`{name}`" for name in RULEBOOK.forces}


def test_writing_leaves_an_installed_package_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(odd, "is_checkout", lambda: False)
    done = ran("odd", "--write")
    assert done.exit_code == 1
    assert "checkout" in done.stderr


def test_writing_makes_stale_tables_anew(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    stale = tmp_path / "ODD.md"
    stale.write_text("text\n<!-- table: scales -->\nold\n<!-- end -->\n", encoding="utf-8")
    monkeypatch.setattr(odd, "files", lambda: (stale,))
    assert odd.write() == [stale]
    assert "| scale | extent | note |" in stale.read_text(encoding="utf-8")
    assert odd.write() == []


# The literature of a run


def test_a_lever_that_is_off_is_not_cited() -> None:
    base = comity.load("eu").with_({"levers.sunset.on": False})
    assert not any("lever sunset" in use for used in cite(base).works.values() for use in used)
    on = cite(base.with_({"levers.sunset.on": True}))
    assert any(use.startswith("lever sunset") for use in on.works["Koremenos 2016"])


def test_forces_facts_and_theories_are_cited_with_their_use() -> None:
    told_ = cite("eu")
    assert "force consent, theory theory: two_level" in told_.works["Putnam 1988"]
    assert "force consent, legislature (number)" in told_.facts["R8"]
    assert "fact C11" in told_.works["Williams 2018"]
    assert any(use == "outcome overdue_delay_months" for use in told_.facts["C3"])


def test_the_theory_that_is_chosen_is_named() -> None:
    other = cite(comity.load("eu").with_({"forces.consent.theory": "appropriateness"}))
    assert "force consent, theory theory: appropriateness" in other.works["March and Olsen 1998"]


def test_the_regions_own_data_are_cited_with_their_licence() -> None:
    data = cite("mercosur").data
    assert data["vdem"]["licence"] == "CC BY-SA 4.0"


def test_assumptions_are_counted() -> None:
    told_ = cite("eu")
    assert 0 < told_.assumptions < told_.numbers


def test_the_verb_cites_the_program_first() -> None:
    lines = ran("cite", "eu").stdout.splitlines()
    assert lines[0].startswith("The comity authors: comity")
    assert any("reference unchecked" in line for line in lines)


def test_the_verb_gives_one_json_document() -> None:
    told_ = json.loads(ran("cite", "eu+respectful", "--json").stdout)
    assert {work["key"] for work in told_["works"]} <= set(WORKS)
    assert told_["program"]["title"].startswith("comity")
    assert all(work["used_for"] for work in told_["works"])


def test_the_verb_gives_bibtex_entries_with_labels_of_their_own() -> None:
    text = ran("cite", "eu", "--bibtex").stdout
    labels = re.findall(r"^@\w+\{([A-Za-z0-9]+),$", text, re.MULTILINE)
    assert labels[0] == "comity" and len(set(labels)) == len(labels) > 20
    assert text.count("{") == text.count("}")


def test_an_unknown_scenario_is_told_in_words() -> None:
    done = ran("cite", "euu")
    assert done.exit_code == 1 and "eu" in done.stderr
    assert "Traceback" not in done.stderr
