"""A scenario file is read and inherited as written, and each hostile file gets one clear line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from comity.scenario import Catalogue, ScenarioError, load
from comity.scenario.document import DEEPEST, LARGEST_FILE, MOST_VALUES

NOTHING = Catalogue({}, {}, {})


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(text: str | bytes, name: str = "a.yaml") -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def problems(source: object) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load(source, NOTHING)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


def laughs() -> str:
    lines = ["a0: &a0 [ha]", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12))]
    return "\n".join(lines)


HOSTILE = {
    "billion laughs": (laughs(), "a.yaml:5:20: a4.2: more than 8,000 values, aliases written out"),
    "an alias in its own anchor": ("run: &a [*a]", "a.yaml:1:10: run.0: the alias *a stands inside its own anchor"),
    "an alias without anchor": ("run: *b", "a.yaml:1:6: run: the alias *b has no anchor before it"),
    "NaN": ("run: {years: .nan}", "a.yaml:1:14: run.years: .nan is not a finite number"),
    "infinity": ("run:\n  years: -.inf", "a.yaml:2:10: run.years: -.inf is not a finite number"),
    "an overflow": ("run: {years: 1e999}", "a.yaml:1:14: run.years: 1e999 is not a finite number"),
    "the NaN of JSON": ('{"run": {"years": NaN}}', 'a.yaml:1:19: run.years: is "NaN", not a whole number'),
    "a duplicate key": (
        "run:\n  years: 1\n  years: 2",
        'a.yaml:3:3: run.years: the key "years" stands here twice, first in line 2',
    ),
    "a byte-order mark": (
        b"\xef\xbb\xbftitle: x",
        "a.yaml:1:1: the file starts with a byte-order mark; save it as UTF-8 without one",
    ),
    "UTF-16": (
        "title: x".encode("utf-16"),
        "a.yaml:1:1: the file starts with a byte-order mark; save it as UTF-8 without one",
    ),
    "a tab": ("run:\n\tyears: 1", "a.yaml:2:1: a tab stands in the indentation; YAML indents with spaces"),
    "a tab before a dash": ("- a\n\t- b", "a.yaml:2:1: a tab stands in the indentation; YAML indents with spaces"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "a.yaml:1:1: not a text file in UTF-8"),
    "Latin-1": ("title: Württemberg".encode("latin-1"), "a.yaml:1:9: not a text file in UTF-8"),
    "a control character": (b"title: x\nstory: \0", "a.yaml:2:8: not text: it holds the character U+0000"),
    "an empty file": ("", "a.yaml:1:1: the file is empty"),
    "only a comment": ("# to do", "a.yaml:1:1: the file is empty"),
    "a list": ("- run", "a.yaml:1:1: a scenario is a map of sections, not a list"),
    "a word": ("hello", 'a.yaml:1:1: a scenario is a map of sections, not "hello"'),
    "two documents": ("title: x\n---\ntitle: y", "a.yaml:2:1: a second document starts here; one file is one scenario"),
    "a tag": (
        "title: !!python/object/apply:os.getcwd []",
        'a.yaml:1:8: title: the tag "tag:yaml.org,2002:python/object/apply:os.getcwd": tags are not used in scenarios',
    ),
    "a tag on text": ("title: !x y", 'a.yaml:1:8: title: the tag "!x": tags are not used in scenarios'),
    "an open bracket": (
        "run: {years: 1",
        "a.yaml:2:1: not YAML: did not find expected ',' or '}' (while parsing a flow mapping)",
    ),
    "a key that is a list": (
        "run: {[a]: 1}",
        "a.yaml:1:7: run: a key must be a plain word, not a list, a map or an alias",
    ),
    "a merge key": ("run: {<<: 1}", 'a.yaml:1:7: run.<<: "<<" is not a word of YAML 1.2; did you mean "extends"?'),
    "depth": ("[" * 100_000, f"a.yaml:1:{DEEPEST + 1}: {'.'.join('0' * DEEPEST)}: nested deeper than {DEEPEST} levels"),
    "too many values": (
        "outcomes: [" + "1," * MOST_VALUES + "1]",
        "a.yaml:1:16008: outcomes.7998: more than 8,000 values, aliases written out",
    ),
    "a large file": (
        "#" * (LARGEST_FILE + 1),
        "a.yaml:1:1: the file is larger than 1 MiB, the most a scenario may have",
    ),
    "a number of a million digits": (
        "run: {years: " + "9" * 1_000_000 + "}",
        f"a.yaml:1:14: run.years: {'9' * 60}... is not a finite number",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_clear_line(name: str) -> None:
    text, line = HOSTILE[name]
    assert problems(written(text)) == [line]


def test_a_long_message_stays_one_short_line() -> None:
    [line] = problems(written("x" * 100_000 + ": 1"))
    assert len(line) < 250
    assert "\n" not in problems({"run": {"uncertainty": "a\nb"}})[0]


def test_what_is_no_file_gets_one_clear_line() -> None:
    os.mkdir("folder.yaml")
    assert problems("folder.yaml") == ["folder.yaml: is not a file"]
    assert problems("/dev/zero/../zero.yaml")[0].startswith("/dev/zero/../zero.yaml: no scenario or file named")
    os.symlink("/dev/zero", "zero.yaml")
    assert problems("zero.yaml") == ["zero.yaml: is not a file"]


def test_a_file_that_may_not_be_read_gets_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    name = written("title: x")
    monkeypatch.setattr(Path, "open", refuse)
    assert problems(name) == ["a.yaml: cannot be read: Permission denied"]


def test_an_unknown_name_brings_the_nearest() -> None:
    assert problems("euu") == ['euu: no scenario or file named "euu"; did you mean "eu"?']
    assert problems("eu.yaml") == ['eu.yaml: no scenario or file named "eu.yaml"; did you mean "eu"?']
    written("title: x", "region_mine.yaml")
    expected = 'regoin_mine.yaml: no scenario or file named "regoin_mine.yaml"; did you mean "region_mine.yaml"?'
    assert problems("regoin_mine.yaml") == [expected]
    assert problems("a\nb")[0] == '<name>: no scenario or file named "a\\nb"'
    assert problems("x" * 10_000 + "/y")[0].count("\n") == 0
    assert problems("areas+euu") == ['euu: no scenario or file named "euu"; did you mean "eu"?']


def test_a_file_full_of_faults_tells_them_up_to_a_limit() -> None:
    told = problems(written("\n".join(f"key{i}: 1" for i in range(2_000))))
    assert len(told) == 501
    assert any(line.endswith("here and below: more of the same") for line in told)


# YAML 1.2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("2010-01-01", "2010-01-01"),
        ('"1"', "1"),
        ("'true'", "true"),
        ("2010s", "2010s"),
    ],
)
def test_text_stays_text_as_in_yaml_1_2(text: str, value: str) -> None:
    assert load(written(f"title: {text}"), NOTHING).resolved["title"] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("1e-3", 0.001), ("+.5", 0.5), ("5.", 5.0), ("0x10", 16), ("0o17", 15), ("007", 7), ("1E0", 1.0), ("-2", -2)],
)
def test_numbers_are_numbers_as_in_yaml_1_2(text: str, value: float) -> None:
    found = load(written(f"sweep: {{vary: {{run.years: [{text}]}}}}"), NOTHING).resolved["sweep"]["vary"]["run.years"]
    assert found == [value]
    assert type(found[0]) is type(value)


def test_json_is_accepted_with_tabs_and_without_spaces() -> None:
    assert load(written('{\n\t"run":{"years":7,"uncertainty":"none"}}', "a.json"), NOTHING).value("run.years") == 7


def test_an_alias_is_the_value_of_its_anchor() -> None:
    scenario = load(written("title: &t one\nstory: *t\nrun: &r {seed: 5}\n"), NOTHING)
    assert (scenario.title, scenario.story) == ("one", "one")


# Inheritance


def test_later_wins_maps_merge_lists_replace_null_resets() -> None:
    written("run: {years: 5, seed: 2}\nsweep: {vary: {run.years: [1, 2]}}", "one.yaml")
    written("run: {years: 6, runs: 9}\nsweep: {vary: {run.years: [3]}}", "two.yaml")
    scenario = load(written("extends: [one.yaml, two.yaml]\nrun: {seed: null}"), NOTHING)
    assert scenario.resolved["run"] == {"years": 6, "seed": 1, "runs": 9, "uncertainty": "contested"}
    assert scenario.value("sweep.vary")["run.years"] == [3]


def test_a_prior_replaces_a_prior_as_one_value() -> None:
    written("organization: {depth: {normal: [0.4, 0.1]}}", "one.yaml")
    scenario = load(written("extends: one.yaml\norganization: {depth: {uniform: [0.1, 0.2]}}"), NOTHING)
    assert scenario.value("organization.depth") == {"uniform": [0.1, 0.2]}


def test_a_map_after_a_null_starts_afresh() -> None:
    written("run: {years: 5}", "one.yaml")
    written("extends: one.yaml\nrun: null", "two.yaml")
    assert load(written("extends: two.yaml\nrun: {seed: 3}"), NOTHING).resolved["run"]["years"] == 20


def test_names_joined_by_plus_extend_each_other() -> None:
    written("title: One\nrun: {years: 5, seed: 2}", "one.yaml")
    written("title: Two\nrun: {years: 6}", "two.yaml")
    scenario = load("one.yaml+two.yaml", NOTHING)
    assert (scenario.name, scenario.title) == ("one+two", "One + Two")
    assert scenario.value("run.years") == 6
    assert scenario.value("run.seed") == 2


def test_a_mistake_in_the_parent_is_told_of_the_parent() -> None:
    written("title: x\nrun:\n  yeers: 5\n", "below/parent.yaml")
    child = written("extends: below/parent.yaml\nrun: {seed: -1}")
    assert problems(child) == [
        "a.yaml:2:13: run.seed: is -1, but must lie between 0 and 9.22337e+18",
        'below/parent.yaml:3:3: run.yeers: no such key; did you mean "years"?',
    ]


def test_a_parent_is_called_as_its_child_was_called() -> None:
    written("x: 1", "below/deep/two.yaml")
    written("extends: deep/two.yaml", "below/one.yaml")
    assert problems("below/one.yaml") == ["below/deep/two.yaml:1:1: x: no such key"]
    written("extends: deep/../three.yaml", "below/one.yaml")
    written("x: 1", "below/three.yaml")
    assert problems("./below/one.yaml") == ["below/three.yaml:1:1: x: no such key"]


def test_an_unreadable_parent_is_told_once_and_of_the_parent() -> None:
    written("run: {", "parent.yaml")
    assert [line.partition(":")[0] for line in problems(written("extends: [parent.yaml, parent.yaml]\nx: 1"))] == [
        "parent.yaml"
    ]


def test_a_path_is_relative_to_the_file_that_names_it() -> None:
    written("run: {years: 3}", "below/two.yaml")
    written("extends: ./two.yaml", "below/one.yaml")
    assert load(written("extends: below/one.yaml"), NOTHING).value("run.years") == 3
    written("extends: ../a.json", "below/up.yaml")
    written('{"run": {"years": 4}}', "a.json")
    assert load(written("extends: below/up.yaml"), NOTHING).value("run.years") == 4


@pytest.mark.parametrize(
    "path",
    ["../out.yaml", "below/../../out.yaml", "/etc/hosts.yaml", "C:\\x.yaml", "..\\out.yaml", "~/x.yaml", "link.yaml"],
)
def test_extends_stays_in_the_folder(path: str) -> None:
    written("run: {years: 3}", "../out.yaml")
    os.symlink("../out.yaml", "link.yaml")
    [line] = problems(written(f"extends: {path}"))
    assert line.startswith("a.yaml:1:10: extends: ")
    assert "leaves the folder" in line or "not a relative path" in line


@pytest.mark.parametrize("path", ["../../etc/passwd", "./a", "regions/../eu"])
def test_a_path_that_is_no_scenario_file_is_refused(path: str) -> None:
    assert "is neither a shipped scenario nor a path" in problems(written(f"extends: {path}"))[0]


def test_a_file_that_is_not_there_is_told_where_it_is_named() -> None:
    assert problems(written("title: x\nextends: [b.yaml]")) == [
        'a.yaml:2:11: extends: "b.yaml" is not there: no such file'
    ]


def test_circles_are_told_once() -> None:
    written("extends: c.yaml", "b.yaml")
    written("extends: a.yaml", "c.yaml")
    line = "c.yaml:1:10: extends: goes in a circle: a.yaml -> b.yaml -> c.yaml -> a.yaml"
    assert problems(written("extends: b.yaml")) == [line]
    assert problems(written("extends: d.yaml", "d.yaml")) == [
        "d.yaml:1:10: extends: goes in a circle: d.yaml -> d.yaml"
    ]


def test_a_parent_shared_by_two_is_no_circle() -> None:
    written("run: {years: 3}", "d.yaml")
    written("extends: d.yaml", "b.yaml")
    written("extends: d.yaml", "c.yaml")
    assert load(written("extends: [b.yaml, c.yaml]"), NOTHING).value("run.years") == 3


def test_extending_too_much_is_one_line() -> None:
    assert problems(written("extends: [" + "b.yaml," * 51 + "b.yaml]")) == [
        "a.yaml:1:10: extends: names 52 scenarios; 50 are the most"
    ]
    for i in range(60):
        written(f"extends: chain{i + 1}.yaml", f"chain{i}.yaml")
    [line] = problems("chain0.yaml")
    assert line == "chain49.yaml:1:10: extends: more than 50 files extend one another"


def test_unknown_names_in_extends_bring_the_nearest() -> None:
    assert problems(written("extends: [aeras, 5]")) == [
        'a.yaml:1:11: extends: no shipped scenario named "aeras"; did you mean "areas"?',
        "a.yaml:1:18: extends: names a scenario or a file, not 5",
    ]


def test_the_values_of_all_files_together_are_limited() -> None:
    many = "sweep: {vary: {run.years: [" + "1," * (MOST_VALUES // 2) + "1]}}"
    written(many, "b.yaml")
    [line] = problems(written("extends: [b.yaml]\n" + many))
    assert "more than 8,000 values" in line
