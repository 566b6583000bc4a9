"""The command line answers in words, in one document, and in exit codes; never in a traceback."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.cli import main
from comity.cli.verbs import VERBS
from comity.runs.catalogue import KINDS
from comity.scenario import schema_file

SMALL = ("mercosur", "--years", "2", "--runs", "3")


@dataclass(frozen=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Its one JSON document; an error if there is anything else, or a NaN in it."""
        return json.loads(self.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))

    @property
    def next(self) -> str:
        """The last advice."""
        return self.err.rstrip().splitlines()[-1]


Ask = Callable[..., Said]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(*words: str) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        found = capsys.readouterr()
        said = Said(int(ended.value.code or 0), found.out, found.err)
        assert "Traceback" not in said.out + said.err
        return said

    return asked


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# Getting around


def typed(
    *words: str, code: str = "from comity.cli import main; main()", **more: Any
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False, **more)


def test_help_takes_less_than_three_tenths_of_a_second_and_fetches_nothing_slow() -> None:
    slow = ("mesa", "numba", "pandas", "numpy", "pydantic", "comity.scenario", "comity.quarter")
    code = (
        "import atexit, sys, time\n"
        f"slow = {set(slow)!r}\n"
        "atexit.register(lambda: print(time.process_time(), *sorted(slow & set(sys.modules)), file=sys.stderr))\n"
        "from comity.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "--help"]
    tries = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(3)]
    assert all("demo" in done.stdout for done in tries)
    assert [done.stderr.split()[1:] for done in tries] == [[], [], []]
    assert min(float(done.stderr.split()[0]) for done in tries) < 0.3


def test_help_names_every_verb(ask: Ask) -> None:
    said = ask("--help")
    assert ask() == ask("-h") == said
    assert (said.code, said.err) == (0, "")
    assert all(re.search(rf"^  {verb} ", said.out, re.MULTILINE) for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(ask: Ask, verb: str) -> None:
    said = ask(verb, "--help")
    assert said.code == 0
    assert said.out.startswith(f"Usage: comity {verb}")
    assert "--debug" in said.out


def test_the_version_is_told(ask: Ask) -> None:
    assert ask("--version").out == f"comity {comity.__version__}\n"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["rnu"], 'did you mean "run"?'),
        (["comapre", "eu", "asean"], 'did you mean "compare"?'),
        (["xyzzy"], 'there is no verb "xyzzy"'),
        (["list", "lever"], 'did you mean "levers"?'),
        (["run"], "SCENARIO"),
        (["run", "eu", "--sede", "1"], "--seed"),
        (["run", "eu", "--seed", "x"], "needs a whole number from 0 to 18446744073709551615, not 'x'"),
        (["run", "eu", "--seed", "-1"], "needs a whole number"),
        (["run", "eu", "--runs", "0"], "needs a whole number from 1 to 1000000, not '0'"),
        (["run", "eu", "--years", "201"], "needs a whole number from 1 to 200"),
        (["run", "eu", "--workers", "0"], "needs a whole number from 1"),
        (["compare", "eu", "asean", "--outcome", "trsut"], 'there is no outcome "trsut"; did you mean "trust"?'),
    ],
)
def test_a_wrong_command_line_ends_with_two_and_the_way_out(ask: Ask, words: list[str], hint: str) -> None:
    said = ask(*words)
    assert (said.code, said.out) == (2, "")
    assert hint in said.err
    assert re.match(r"Next: comity( \w+)? --help$", said.next)


# Wrong input


@pytest.mark.parametrize("verb", [["run"], ["show"], ["compare", "asean"]])
def test_a_scenario_that_is_none_meets_the_nearest_one(ask: Ask, verb: list[str]) -> None:
    said = ask(*verb, "euu")
    assert (said.code, said.out) == (1, "")
    assert 'no scenario or file named "euu"; did you mean "eu"?' in said.err


def test_a_lever_that_is_none_meets_the_nearest_one(ask: Ask) -> None:
    said = ask("show", "wavier")
    assert said.code == 1
    assert 'did you mean "waiver"?' in said.err


def test_every_fault_of_a_command_is_told_at_once(ask: Ask) -> None:
    said = ask("run", *SMALL, "-s", "levers.wavier.on=true", "-s", "run.years=many")
    assert said.code == 1
    assert re.search(r'^-s:1:\d+: levers.wavier: .*did you mean "waiver"\?$', said.err, re.MULTILINE)
    assert re.search(r"^-s:1:\d+: run.years: ", said.err, re.MULTILINE)
    nothing = ask("run", "euu", "-s", "levers", "-s", "run.years=[")
    assert nothing.code == 1
    assert len(nothing.err.splitlines()) == 3


def test_a_package_alone_is_not_run_but_told_how(ask: Ask) -> None:
    said = ask("run", "respectful")
    assert said.code == 1
    assert 'join one to it, as in "eu+respectful"' in said.err


def test_both_sides_of_a_comparison_are_checked(ask: Ask) -> None:
    said = ask("compare", "euu", "aseann")
    assert said.code == 1
    assert {'"eu"', '"asean"'} <= set(re.findall(r'mean ("\w+")', said.err))


BROKEN = "title: Mine\nextends: eu\nrun: {years: 0}\nlevers:\n  wavier: {on: true}\n"


def test_check_tells_every_fault_with_its_place(ask: Ask) -> None:
    Path("broken.yaml").write_text(BROKEN, encoding="utf-8")
    said = ask("check", "broken.yaml", "eu", "absent.yaml")
    assert said.code == 1
    assert re.fullmatch(
        r"broken\.yaml:3:\d+: run\.years: .*\n"
        r'broken\.yaml:5:\d+: levers\.wavier: .*did you mean "waiver"\?\n'
        r"absent\.yaml: no scenario or file .*\n",
        said.out,
    )
    found = ask("check", "broken.yaml", "--json")
    assert found.code == 1
    assert [(row["file"], row["line"], row["key"]) for row in found.document] == [
        ("broken.yaml", 3, "run.years"),
        ("broken.yaml", 5, "levers.wavier"),
    ]
    assert all(row.keys() == {"file", "line", "column", "key", "message"} for row in found.document)


def test_check_has_nothing_to_say_of_a_good_file(ask: Ask) -> None:
    Path("good.yaml").write_text("extends: eu\n", encoding="utf-8")
    said = ask("check", "good.yaml")
    assert (said.code, said.out) == (0, "good.yaml: fine\n")
    assert ask("check", "good.yaml", "--json").document == []


@pytest.mark.parametrize(
    "text",
    [
        b"a: [1",
        b"\xff\xfe\x00nonsense",
        b"",
        b"title: &a [*a]\n",
        b"run: {years: .nan}\n",
        b"- 1\n",
        b"extends: [\x00]",
    ],
)
def test_a_file_that_is_no_scenario_gets_lines_and_not_a_traceback(ask: Ask, text: bytes) -> None:
    Path("odd.yaml").write_bytes(text)
    for words in (["check"], ["run"], ["show"], ["compare", "asean"]):
        said = ask(*words, "odd.yaml")
        assert said.code in ((0, 1) if text == b"" else (1,)), words
        assert said.code == 0 or "odd.yaml" in said.out + said.err


def test_a_folder_is_no_scenario(ask: Ask, tmp_path: Path) -> None:
    said = ask("run", str(tmp_path))
    assert said.code == 1
    assert len(said.err.splitlines()) == 1


# The catalogue


@pytest.mark.parametrize("kind", KINDS)
def test_each_list_names_what_its_document_names(ask: Ask, kind: str) -> None:
    told = ask("list", kind, "--json").document
    said = ask("list", kind)
    assert all({"name", "claim"} <= each.keys() for each in told)
    assert all(each["name"] in said.out for each in told)
    assert said.next.startswith("Next: comity show ")
    if kind == "parameters":
        numbers = [each for each in told if "options" not in each]
        assert all({"unit", "low", "high", "default", "prior", "source"} <= each.keys() for each in numbers)


def test_without_a_kind_all_are_listed(ask: Ask) -> None:
    assert set(ask("list", "--json").document) == set(KINDS)
    said = ask("list")
    assert all(f"{kind}:" in said.out for kind in KINDS if kind != "parameters")


def test_a_lever_is_shown_with_price_numbers_and_flows(ask: Ask) -> None:
    said = ask("show", "waiver")
    for words in ("price", "evidence", "misuse", "relief", "prior", "uniform", "assumption", "reads", "writes"):
        assert words in said.out
    told = ask("show", "waiver", "--json").document
    assert (told["kind"], told["name"]) == ("levers", "waiver")
    assert [number["name"] for number in told["parameters"]][:2] == ["strength", "relief"]
    assert "post.rung" in told["writes"]


def test_a_parameter_is_shown_with_bounds_and_source(ask: Ask) -> None:
    told = ask("show", "consent.capacity", "--json").document
    assert told["name"] == "forces.consent.capacity"
    assert told["low"] <= told["default"] <= told["high"]
    assert "bounds" in ask("show", "forces.consent.capacity").out


def test_a_scenario_is_shown_in_short(ask: Ask) -> None:
    said = ask("show", "eu")
    assert "European Union" in said.out
    assert "GBR" in said.out
    assert "scarborough" not in said.out, "a shock that strikes no member"
    told = ask("show", "eu", "--json").document
    assert told["resolved"]["run"]["start"] == 2010


def test_each_resolved_value_names_the_file_it_comes_from(ask: Ask) -> None:
    Path("mine.yaml").write_text("extends: eu\nrun: {years: 7}\n", encoding="utf-8")
    lines = ask("show", "mine.yaml", "--resolved").out.splitlines()
    assert "run.years = 7  # mine.yaml:2" in lines
    assert any(
        re.fullmatch(r"region\.members\.DEU\.trust = .*  # scenarios/regions/eu\.yaml:\d+", line) for line in lines
    )
    values = {row["path"]: row for row in ask("show", "mine.yaml", "--resolved", "--json").document["values"]}
    assert (values["run.years"]["value"], values["run.years"]["file"], values["run.years"]["line"]) == (
        7,
        "mine.yaml",
        2,
    )
    assert values["region.members.DEU.trust"]["file"] == "scenarios/regions/eu.yaml"


def test_a_difference_names_both_values(ask: Ask) -> None:
    Path("mine.yaml").write_text("extends: eu\ntitle: Mine\nrun: {years: 7}\n", encoding="utf-8")
    said = ask("show", "eu", "--diff", "mine.yaml")
    assert "run.years: 20 -> 7" in said.out.splitlines()
    assert said.next == "Next: comity compare eu mine.yaml"
    told = ask("show", "eu", "--diff", "mine.yaml", "--json").document
    assert {"path": "run.years", "value": 20, "other": 7} in told["values"]
    assert ask("show", "eu", "--diff", "eu").out == "the same\n"


def test_the_schema_is_that_of_the_package(ask: Ask) -> None:
    assert ask("schema").document == json.loads(json.dumps(schema_file()))


@pytest.mark.parametrize("source", ["eu", "ecowas+respectful"])
def test_a_new_file_has_no_fault_as_it_is_and_with_every_comment_taken_away(ask: Ask, source: str) -> None:
    assert ask("new", "mine", "--from", source).out == "mine.yaml\n"
    text = Path("mine.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[0] == "# yaml-language-server: $schema=comity.schema.json"
    assert json.loads(Path("comity.schema.json").read_text("utf-8")) == json.loads(json.dumps(schema_file()))
    assert ask("check", "mine.yaml").code == 0
    known = r"organization:|levers:|shocks:|  \w+:|    \w+:"
    bare = re.sub(rf"^# ({known})", r"\1", text, flags=re.MULTILINE)
    bare = re.sub(r"^  # (\w+:)", r"  \1", bare, flags=re.MULTILINE)
    Path("bare.yaml").write_text(bare, encoding="utf-8")
    assert ask("check", "bare.yaml").out == "bare.yaml: fine\n"
    assert comity.load("bare.yaml").value("levers.sunset.on") is True
    assert comity.load("bare.yaml").value("run.runs") == 100


def test_a_new_file_never_overwrites_another(ask: Ask) -> None:
    Path("mine.yaml").write_text("title: dear to me\n", encoding="utf-8")
    said = ask("new", "mine")
    assert said.code == 2
    assert "is there already" in said.err
    assert Path("mine.yaml").read_text("utf-8") == "title: dear to me\n"


def test_a_file_that_cannot_be_written_is_told_in_words(ask: Ask) -> None:
    said = ask("new", "no/such/folder/mine")
    assert said.code == 2
    assert "cannot be written" in said.err


def test_the_doctor_looks_at_versions_cores_and_cache(ask: Ask) -> None:
    told = ask("doctor", "--json").document
    assert told["comity"] == comity.__version__
    assert told["libraries"].keys() >= {"numba", "mesa", "numpy"}
    assert told["cores"] >= 1
    assert told["problems"] == []
    said = ask("doctor")
    assert "nothing is wrong" in said.out
    assert said.next == "Next: comity demo"


def test_the_doctor_sees_a_cache_that_cannot_be_written(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_CACHE", "/proc/no/cache")
    said = ask("doctor")
    assert said.code == 1
    assert "COMITY_CACHE=/proc/no/cache cannot be written to" in said.out
