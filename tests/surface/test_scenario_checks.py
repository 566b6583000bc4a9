"""Each mistake in a scenario is told with its place, its key, what is wrong, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

import pytest

from comity.mechanism import Force, Lever, Outcome
from comity.parameter import Parameter
from comity.scenario import Catalogue, ScenarioError, check, load


@dataclass(frozen=True, kw_only=True)
class Sunset(Lever):
    """A lever with a number of its own."""

    term: Annotated[float, Parameter("years", 1, 20, "time to the vote")] = 7.0


@dataclass(frozen=True, kw_only=True)
class Stance(Lever):
    """A lever with another scale."""

    scale: ClassVar[Parameter] = Parameter("from soft to hard", -1.0, 1.0, "how hard the line is")
    default_strength: ClassVar[float] = 0.0


@dataclass(frozen=True, kw_only=True)
class Elections(Force):
    """A force."""

    swing: Annotated[float, Parameter("share", 0.0, 0.5, "votes that move")] = 0.1


CATALOGUE = Catalogue({"sunset": Sunset, "stance": Stance}, {"elections": Elections}, {"trust": Outcome})
COLUMNS = (
    *("democracy", "regime", "legislature", "judiciary", "federal", "capacity", "integrity", "income", "population"),
    *("preference", "position", "trust", "trust_national", "identity", "grievance", "challenger", "term"),
)
MEMBER = (
    "{name: N, democracy: 0.5, regime: 2, legislature: 0.5, judiciary: 0.5, federal: 0, capacity: 0.5, "
    "integrity: 0.5, income: 20, population: 5, preference: 0.1, position: 0, trust: 0.5, trust_national: 0.5, "
    "identity: 0.3, grievance: 0.1, challenger: 0.1, term: 4, next_election: 2011, capital: [50, 10]}"
)
REGION = f"""\
region:
  name: R
  start: 2010
  sources: {{assumption: {{title: a}}, other: {{}}}}
  columns: {{{", ".join(f"{name}: {{source: assumption}}" for name in COLUMNS)}}}
  groups: {{old: [AAA, BBB]}}
  borders: [AAA-BBB]
  acquis: {{trade: 0.5}}
  members:
    AAA: {MEMBER}
    BBB: {MEMBER}
    CCC: {MEMBER}
areas:
  trade: {{weight: 0.6, benefit: 1, sensitivity: 0.1, capacity_demand: 0.1, conflict: 0.1, visibility: 0.1, network: 0}}
  data: {{weight: 0.4, benefit: 1, sensitivity: 0.1, capacity_demand: 0.1, conflict: 0.1, visibility: 0.1, network: 0}}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.yaml").write_text(REGION)


def problems(text: str) -> list[str]:
    """What is wrong with a child of the region, without the name of its file."""
    Path("a.yaml").write_text(f"extends: r.yaml\n{text}")
    return [str(problem).removeprefix("a.yaml:") for problem in check(["a.yaml"], CATALOGUE)]


def test_the_region_itself_is_right() -> None:
    assert problems("") == []


MISTAKES = {
    # Names
    "levers: {sunst: {on: true}}": '2:10: levers.sunst: no such key; did you mean "sunset"?',
    "levers: {sunset: {of: true}}": '2:19: levers.sunset.of: no such key; did you mean "on"?',
    "forces: {election: {}}": '2:10: forces.election: no such key; did you mean "elections"?',
    "forces: {elections: {swings: 0.1}}": '2:22: forces.elections.swings: no such key; did you mean "swing"?',
    "outcomes: [trst]": '2:12: outcomes.0: is "trst", not one of trust; did you mean "trust"?',
    "Run: {}": '2:1: Run: no such key; did you mean "run"?',
    "levers: {sunst: null}": '2:10: levers.sunst: no such key; did you mean "sunset"?',
    # Kinds of values
    "levers: {sunset: {on: yes}}": '2:23: levers.sunset.on: is "yes", not true or false; did you mean true?',
    "levers: {sunset: {on: 0}}": "2:23: levers.sunset.on: is 0, not true or false; did you mean false?",
    "levers: {sunset: true}": "2:18: levers.sunset: is true, not a map",
    "levers: {sunset: {term: 1,5}}": "2:27: levers.sunset.5: no such key",
    "levers: {sunset: {term: '1,5'}}": '2:25: levers.sunset.term: is "1,5", not a number; did you mean 1.5?',
    "levers: {sunset: {term: 1_0}}": '2:25: levers.sunset.term: is "1_0", not a number; did you mean 10?',
    "levers: {sunset: {term: true}}": "2:25: levers.sunset.term: is true, not a number",
    "title: 2010": '2:8: title: is 2010, not text; did you mean "2010"?',
    f"title: {'x' * 121}": "2:8: title: is text of 121 characters; at most 120 are allowed",
    "run: {years: 2.5}": "2:14: run.years: is 2.5, not a whole number",
    "run: {uncertainty: al}": '2:20: run.uncertainty: is "al", not one of contested, none, all; did you mean "all"?',
    "outcomes: trust": '2:11: outcomes: is "trust", not a list; did you mean [trust]?',
    "areas: [trade]": "2:8: areas: is a list, not a map of name of a policy areas",
    "levers: {sunset: {from: 2012q3}}": (
        '2:25: levers.sunset.from: is "2012q3", not a year or a quarter such as 2012Q3; did you mean 2012Q3?'
    ),
    "levers: {sunset: {from: 12}}": "2:25: levers.sunset.from: is 12, not a year or a quarter such as 2012Q3",
    "levers: {sunset: {from: 1012}}": "2:25: levers.sunset.from: is 1012, but must lie between 1900 and 2200",
    # Bounds
    "levers: {sunset: {term: 0.5}}": "2:25: levers.sunset.term: is 0.5, but must lie between 1 and 20 (years)",
    "levers: {sunset: {strength: 1.1}}": (
        "2:29: levers.sunset.strength: is 1.1, but must lie between 0 and 1 (share of its full effect)"
    ),
    "levers: {stance: {strength: -2}}": (
        "2:29: levers.stance.strength: is -2, but must lie between -1 and 1 (from soft to hard)"
    ),
    "run: {years: 0}": "2:14: run.years: is 0, but must lie between 1 and 200 (years)",
    "run: {years: 201}": "2:14: run.years: is 201, but must lie between 1 and 200 (years)",
    "run: {runs: 0}": "2:13: run.runs: is 0, but must lie between 1 and 1e+06 (runs)",
    "region: {synthetic: {members: 10000000}}": (
        "2:31: region.synthetic.members: is 10000000, but must lie between 2 and 200 (members)"
    ),
    "region: {members: {AAA: {democracy: 1.2}}}": (
        "2:37: region.members.AAA.democracy: is 1.2, but must lie between 0 and 1 (index)"
    ),
    "region: {members: {AAA: {regime: 4}}}": (
        "2:34: region.members.AAA.regime: is 4, but must lie between 0 and 3 (class)"
    ),
    "region: {members: {AAA: {capital: [1]}}}": "2:35: region.members.AAA.capital: has 1 items; 2 are needed",
    "region: {members: {BBB: null, CCC: null}}": "2:10: region.members: has 1 entries; 2 to 200 are needed",
    # Priors
    "organization: {depth: {normal: [2, 0.1]}}": (
        "2:33: organization.depth.normal.0: is 2, but must lie between 0 and 1 (index)"
    ),
    "organization: {depth: {normal: [0.5, -1]}}": (
        "2:38: organization.depth.normal.1: is -1, but must lie between 0 and 1e+06"
    ),
    "organization: {depth: {normal: 0.5}}": "2:32: organization.depth.normal: needs two numbers, [mean, sd]",
    "organization: {depth: {uniform: [0.5, 0.1]}}": (
        "2:33: organization.depth.uniform: starts at 0.5, above its end 0.1"
    ),
    "organization: {depth: {uniform: [0.5, 1.1]}}": (
        "2:39: organization.depth.uniform.1: is 1.1, but must lie between 0 and 1 (index)"
    ),
    "organization: {depth: {lognormal: [0, 1]}}": (
        "2:35: organization.depth.lognormal: has the median 0; a lognormal number is above 0"
    ),
    "organization: {depth: {normal: [0.5, 1], uniform: [0, 1]}}": (
        "2:16: organization.depth: needs a number or a map with exactly one of normal, uniform, lognormal"
    ),
    "organization: {depth: {gaussian: [0.5, 1]}}": (
        "2:16: organization.depth: needs a number or a map with exactly one of normal, uniform, lognormal"
    ),
    "organization: {depth: {normal: [0.5, 1], year: 2009}}": "2:42: organization.depth.year: no such key",
    # Members, groups, borders
    "region: {members: {Aaa: {}}}": '2:20: region.members.Aaa: "Aaa" is not a member\'s ISO-3 code',
    "region: {members: {DDD: {name: D}}}": (
        "2:20: region.members.DDD: lacks democracy, legislature, judiciary, capacity, integrity, income, population, "
        "preference, position, trust, trust_national, identity, grievance, challenger, term, regime, federal, "
        "next_election, capital"
    ),
    "region: {members: null}": "2:1: region: lacks members, or synthetic to have them made",
    "region: {members: {AAA: {accession: 2012}}}": (
        "2:26: region.members.AAA.accession: is for candidates; the standing is member"
    ),
    "region: {members: {AAA: {next_election: 2009Q4}}}": (
        "2:41: region.members.AAA.next_election: is 2009Q4, before the region's start in 2010"
    ),
    "region: {borders: [AAA-DDD]}": "2:20: region.borders: DDD is not a member of the region",
    "region: {borders: [AAA-AAA]}": "2:20: region.borders: AAA-AAA joins a member to itself",
    "region: {borders: [AAA-BBB, BBB-AAA]}": "2:29: region.borders: BBB-AAA stands here twice",
    "region: {borders: [AAABBB]}": '2:20: region.borders.0: is "AAABBB", not two members such as AUT-DEU',
    "region: {groups: {new: [DDD]}}": "2:25: region.groups.new: DDD is not a member of the region",
    "region: {groups: {New: [AAA]}}": '2:19: region.groups.New: "New" is not a name of a group',
    "levers: {sunset: {members: [DDD]}}": '2:29: levers.sunset.members: "DDD" is not a member of the region',
    "levers: {sunset: {members: [olt]}}": (
        '2:29: levers.sunset.members: "olt" is not a group of the region; did you mean "old"?'
    ),
    "levers: {sunset: {members: AAA}}": (
        '2:28: levers.sunset.members: is "AAA", not a list or "all"; did you mean [AAA]?'
    ),
    # Provenance
    "region: {members: {AAA: {exposure_debt: 2}, BBB: {exposure_debt: 2}}}": (
        "2:26: region.members.AAA.exposure_debt: has no source, as in 1 more members; "
        "name one in region.columns.exposure_debt, or in the cell"
    ),
    "region: {members: {AAA: {democracy: {value: 0.5, source: othr}}}}": (
        '2:58: region.members.AAA.democracy.source: "othr" is not in region.sources; did you mean "other"?'
    ),
    "region: {members: {AAA: {democracy: {value: 0.5, year: 2011}}}}": (
        "2:56: region.members.AAA.democracy.year: is of 2011, after the region's start in 2010"
    ),
    "region: {columns: {democracy: {year: 2011}}}": (
        "2:38: region.columns.democracy.year: is of 2011, after the region's start in 2010"
    ),
    "region: {columns: {democracy: {source: othr}}}": (
        '2:40: region.columns.democracy.source: "othr" is not in region.sources; did you mean "other"?'
    ),
    "region: {columns: {democrcy: {source: other}}}": (
        '2:20: region.columns.democrcy: "democrcy" is not a known figure; did you mean "democracy"?'
    ),
    "run: {start: 2009}": "2:14: run.start: is 2009, before the region's figures of 2010",
    # Areas
    "areas: {trade: {weight: 0.7}}": "2:1: areas: the weights of all areas make 1.1, not 1",
    "areas: {trade: {spillover: {dat: 0.1}}}": (
        '2:29: areas.trade.spillover.dat: "dat" is not a policy area; did you mean "data"?'
    ),
    "areas: {trade: {spillover: {trade: 0.1}}}": (
        "2:29: areas.trade.spillover.trade: an area does not spill over into itself"
    ),
    "region: {acquis: {trde: 0.1}}": '2:19: region.acquis.trde: "trde" is not a policy area; did you mean "trade"?',
    "region: {practice: {trde: 0.1}}": '2:21: region.practice.trde: "trde" is not a policy area; did you mean "trade"?',
    "levers: {sunset: {areas: [trde]}}": (
        '2:27: levers.sunset.areas: "trde" is not a policy area; did you mean "trade"?'
    ),
    "areas: null": "r.yaml:1:1: region: has no policy areas; add areas to extends",
    # Times
    "levers: {sunset: {from: 2012, until: 2012}}": "2:38: levers.sunset.until: is 2012Q1, not after from, 2012Q1",
    "levers: {sunset: {schedule: [{from: 2012, strength: 1}, {from: 2011, strength: 0}]}}": (
        "2:29: levers.sunset.schedule: 2011Q1 stands after 2012Q1; put the times in order"
    ),
    "levers: {sunset: {schedule: [{from: 2012}]}}": "2:30: levers.sunset.schedule.0: lacks strength",
    # Shocks
    "shocks: {covered: [2012, 2010]}": "2:19: shocks.covered: starts in 2012, after its end in 2010",
    "shocks: {covered: {a: [2000, 2004], b: [2006, 2009]}}": (
        "2:19: shocks.covered: leaves out the years from 2005 to 2005"
    ),
    "shocks: {covered: [2012]}": "2:19: shocks.covered: has 1 items; 2 are needed",
    "shocks: {events: {e: {kind: storm, from: 2010}}}": (
        '2:29: shocks.events.e.kind: is "storm", not one of economic, debt, migration, pandemic, security, '
        "disinformation, energy, coup, referendum, sanction"
    ),
    "shocks: {events: {e: {kind: debt, from: 2010, until: 2009}}}": (
        "2:54: shocks.events.e.until: is 2009Q1, before from, 2010Q1"
    ),
    "shocks: {events: {e: {kind: debt, from: 2010, members: [olt]}}}": (
        '2:57: shocks.events.e.members: "olt" is not a group of the region; did you mean "old"?'
    ),
    # Sweeps
    "sweep: {vary: {run.yeers: [1]}}": '2:16: sweep.vary.run.yeers: no "yeers" in run; did you mean "years"?',
    "sweep: {vary: {run.years: 1}}": (
        "2:27: sweep.vary.run.years: needs a list of values, or a prior such as {uniform: [0, 1]}"
    ),
    "sweep: {vary: {run.years: {uniform: [1]}}}": "2:37: sweep.vary.run.years.uniform: needs two numbers, [low, high]",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_once_with_its_place_and_the_way_out(text: str) -> None:
    assert problems(text) == [MISTAKES[text]]


def test_figures_without_any_source_are_told_once_for_each_column() -> None:
    told = problems("region: {columns: null}")
    assert len(told) == len(COLUMNS)
    assert all("has no source, as in 2 more members" in line for line in told)


def test_a_cell_with_its_own_source_needs_no_column() -> None:
    cell = "{normal: [2, 0.5], source: other, year: 2010, note: n}"
    assert problems(f"region: {{members: {{AAA: {{exposure_debt: {cell}}}}}}}") == []


def test_everything_is_told_at_once_in_the_order_of_the_file() -> None:
    text = "run: {years: 0}\nlevers: {sunset: {term: 99, on: maybe}}\nregion: {borders: [AAA-DDD, AAA-EEE]}"
    assert [line.split(": ")[:2] for line in problems(text)] == [
        ["2:14", "run.years"],
        ["3:25", "levers.sunset.term"],
        ["3:33", "levers.sunset.on"],
        ["4:20", "region.borders"],
        ["4:29", "region.borders"],
    ]


def test_members_beyond_number_are_one_line() -> None:
    codes = [f"{a}{b}{c}" for a in "ABC" for b in "ABCDEFGHIJ" for c in "ABCDEFGHIJ"][:201]
    [line] = problems(
        f"region: {{members: {{{', '.join(f'{code}: {{}}' for code in codes)}}}, borders: [], groups: null}}"
    )
    assert line == "2:10: region.members: has 202 entries; 2 to 200 are needed"


def test_a_calendar_may_name_members_of_other_regions() -> None:
    text = "shocks: {events: {e: {kind: debt, from: 2010, members: [ZZZ, AAA, old]}}}"
    assert problems(text) == []
    assert load("a.yaml", CATALOGUE).value("shocks.events.e.members") == ["ZZZ", "AAA", "old"]


def test_parts_of_a_calendar_make_one_span() -> None:
    assert problems("shocks: {covered: {2010s: [2010, 2019], 2020s: [2020, 2024]}}") == []
    assert load("a.yaml", CATALOGUE).value("shocks.covered") == [2010, 2024]


def test_a_removed_member_leaves_borders_groups_and_targets() -> None:
    text = "region: {members: {AAA: null}, borders: [AAA-BBB, BBB-CCC]}\nlevers: {sunset: {members: [AAA, BBB]}}"
    assert problems(text) == []
    resolved = load("a.yaml", CATALOGUE).resolved
    assert list(resolved["region"]["members"]) == ["BBB", "CCC"]
    assert resolved["region"]["borders"] == ["BBB-CCC"]
    assert resolved["region"]["groups"] == {"old": ["BBB"]}
    assert resolved["levers"]["sunset"]["members"] == ["BBB"]


def test_a_removed_area_leaves_the_rest() -> None:
    text = "areas: {data: null, trade: {weight: 1, spillover: {data: 0.1}}}\nlevers: {sunset: {areas: [data, trade]}}"
    assert problems(text + "\nregion: {acquis: {data: 0.5}}") == []
    resolved = load("a.yaml", CATALOGUE).resolved
    assert resolved["areas"]["trade"]["spillover"] == {}
    assert resolved["levers"]["sunset"]["areas"] == ["trade"]
    assert resolved["region"]["acquis"] == {"trade": 0.5}


def test_a_removed_source_is_missed() -> None:
    assert problems("region: {columns: {trust: null}}") == [
        "r.yaml:10:181: region.members.AAA.trust: has no source, as in 2 more members; "
        "name one in region.columns.trust, or in the cell"
    ]
    told = problems("region: {sources: {assumption: null}}")
    assert len(told) == len(COLUMNS)
    assert told[0].endswith('region.columns.democracy.source: "assumption" is not in region.sources')


def test_members_made_by_the_generator_lay_the_listed_aside() -> None:
    assert problems("region: {synthetic: {members: 28}}\nlevers: {sunset: {members: [old]}}") == []
    scenario = load("a.yaml", CATALOGUE)
    assert scenario.value("region.synthetic") == {"members": 28, "like": "all"}
    assert "members" not in scenario.resolved["region"]
    assert scenario.value("region.groups") == {"old": []}
    assert scenario.members_of(["old"]) == ()


def test_a_difference_without_a_region_is_checked_for_what_it_has() -> None:
    Path("p.yaml").write_text("levers: {sunset: {on: true, members: [DEU, founders], areas: [any], term: 99}}")
    assert [str(problem) for problem in check(["p.yaml"], CATALOGUE)] == [
        "p.yaml:1:75: levers.sunset.term: is 99, but must lie between 1 and 20 (years)"
    ]
    Path("p.yaml").write_text("sweep: {vary: {region.members.AAA.trust: [0.1], areas.any.benefit: [1]}}")
    assert check(["p.yaml"], CATALOGUE) == []


def test_a_run_needs_a_region() -> None:
    Path("p.yaml").write_text("levers: {sunset: {on: true}}")
    with pytest.raises(
        ScenarioError, match=r'p.yaml: region: there is no region to run; join one to it, as in "eu\+p"'
    ):
        load("p.yaml", CATALOGUE).require_region()
    assert load("r.yaml+p.yaml", CATALOGUE).require_region().value("levers.sunset.on") is True


def test_check_tells_of_every_file_and_of_a_shared_parent_once() -> None:
    Path("bad.yaml").write_text("run: {years: 0}")
    Path("one.yaml").write_text("extends: bad.yaml\nx: 1")
    Path("two.yaml").write_text("extends: bad.yaml\ny: 1")
    found = [f"{problem.file} {problem.key}" for problem in check(["one.yaml", "two.yaml", "none.yaml"], CATALOGUE)]
    assert found == ["bad.yaml run.years", "one.yaml x", "two.yaml y", "none.yaml "]
