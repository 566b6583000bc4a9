"""The sections of a scenario file: every key, its bounds, its default, and what it means."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, Final

from comity.mechanism import Mechanism
from comity.parameter import Declared, Parameter
from comity.scenario.catalogue import Catalogue, strength, whole_catalogue
from comity.scenario.document import Node
from comity.scenario.grammar import Then, When
from comity.scenario.problems import Report
from comity.scenario.shape import (
    ABSENT,
    INVALID,
    PRIOR_SCHEMA,
    REQUIRED,
    YEAR,
    Choice,
    Field,
    Fields,
    Flag,
    ListOf,
    MapOf,
    Number,
    Quantity,
    Schema,
    Shape,
    Text,
    Time,
    cell_schema,
)
from comity.scenario.sweeping import SWEEP
from comity.synthetic import MIXES

ALL: Final = "all"
ISO3: Final = "[A-Z]{3}"
# The words of a value with a prior or a source are no names, or merging could not tell the two apart.
NAME: Final = "(?!(?:value|normal|uniform|lognormal|all)$)[a-z][a-z0-9_-]{0,39}"
TITLE: Final = Text(longest=120)
NOTE: Final = Text()
FEWEST_MEMBERS: Final = 2
MOST_MEMBERS: Final = 200
MOST_INSTRUCTIONS: Final = 32


def _share(means: str) -> Parameter:
    return Parameter("share", 0.0, 1.0, means)


def _index(means: str) -> Parameter:
    return Parameter("index", 0.0, 1.0, means)


def _exposure(shock: str) -> Parameter:
    return Parameter("relative to the mean of 1", 0.0, 10.0, f"how hard {shock} hits the member")


FIGURES: Final[Mapping[str, Parameter]] = {
    "democracy": _index("liberal democracy (V-Dem libdem)"),
    "legislature": _index("constraints of the legislature on the executive (V-Dem)"),
    "judiciary": _index("constraints of the judiciary on the executive (V-Dem)"),
    "capacity": _index("government effectiveness, rescaled (WGI)"),
    "integrity": _index("control of corruption, rescaled (WGI)"),
    "income": Parameter("thousand PPP$ a head", 0.1, 300.0, "gross domestic product per head"),
    "population": Parameter("millions", 0.001, 2000.0, "inhabitants"),
    "preference": Parameter("-1 to 1", -1.0, 1.0, "the government's position on integration"),
    "position": Parameter("-1 to 1", -1.0, 1.0, "the position in the world relative to the region's median (UNGA)"),
    "trust": _share("the public that trusts the organization"),
    "trust_national": _share("the public that trusts its national institutions"),
    "identity": _share("the public with an exclusive national attachment"),
    "grievance": _index("stock of perceived coercion, uncompensated loss and unmet promise"),
    "challenger": _share("the vote of parties or factions against integration"),
    "term": Parameter("years", 0.5, 50.0, "time between elections or leadership contests"),
}
"""Numbers that every member has and that need a source."""

WHOLE_FIGURES: Final[Mapping[str, Parameter]] = {
    "regime": Parameter("class", 0, 3, "closed or electoral autocracy, electoral or liberal democracy (V-Dem)"),
    "federal": Parameter("0 or 1", 0, 1, "1 for a federation"),
}
EXPOSURES: Final[Mapping[str, Parameter]] = {
    "exposure_economic": _exposure("a recession"),
    "exposure_debt": _exposure("a debt crisis"),
    "exposure_migration": _exposure("a migration crisis"),
    "exposure_pandemic": _exposure("a pandemic"),
    "exposure_security": _exposure("a security crisis"),
}
MEAN_EXPOSURE: Final = 1.0
CAPITAL: Final = ListOf(Number(Parameter("degrees", -180.0, 180.0, "latitude and longitude")), 2, 2)

MEMBER: Final = Fields(
    {"name": Field(TITLE, REQUIRED, "the name for readers")}
    | {name: Field(Quantity(number, figure=True), REQUIRED, number.means) for name, number in FIGURES.items()}
    | {name: Field(Quantity(number, True, True), REQUIRED, number.means) for name, number in WHOLE_FIGURES.items()}
    | {name: Field(Quantity(number, figure=True), MEAN_EXPOSURE, number.means) for name, number in EXPOSURES.items()}
    | {
        "next_election": Field(Time(), REQUIRED, "the first election or leadership contest at or after the start"),
        "capital": Field(CAPITAL, REQUIRED, "[latitude, longitude]"),
        "standing": Field(Choice(("member", "candidate", "associate")), "member", "how it belongs to the organization"),
        "accession": Field(Time(), ABSENT, "when a candidate joins; absent: by rule, or never"),
    }
)
SOURCED: Final = (*FIGURES, *WHOLE_FIGURES, *EXPOSURES)

SOURCE: Final = Fields({"title": Field(NOTE, ""), "licence": Field(NOTE, ""), "note": Field(NOTE, "")})
COLUMN: Final = Fields(
    {
        "source": Field(Text(NAME, "the name of a source in region.sources"), REQUIRED, "a source in region.sources"),
        "year": Field(Number(YEAR, whole=True), ABSENT, "the year that the figures are of"),
        "note": Field(NOTE, ABSENT, "what else a reader should know"),
    }
)


def _by_area(item: Shape) -> MapOf:
    return MapOf(item, NAME, "name of a policy area")


def _region() -> Fields:
    acquis = Quantity(_index("integration reached at the start"))
    practice = Quantity(_index("domestic practice at mean capacity"))
    size = Parameter("members", FEWEST_MEMBERS, MOST_MEMBERS, "how many members the generator makes")
    code = Text(ISO3, "an ISO-3 code such as DEU")
    return Fields(
        {
            "name": Field(TITLE, REQUIRED, "the region's name"),
            "start": Field(Number(YEAR, whole=True), REQUIRED, "the year that the figures describe"),
            "sources": Field(MapOf(SOURCE, NAME, "name of a source"), {}, "where the figures come from"),
            "columns": Field(MapOf(COLUMN, "[a-z_]+", "figure", known=tuple(MEMBER.fields)), {}, "a column's source"),
            "members": Field(
                MapOf(MEMBER, ISO3, "member's ISO-3 code", FEWEST_MEMBERS, MOST_MEMBERS), ABSENT, "by ISO-3 code"
            ),
            "synthetic": Field(
                Fields(
                    {
                        "members": Field(Number(size, whole=True), REQUIRED, size.means),
                        "like": Field(Choice(tuple(MIXES)), ALL, "whose mix to copy"),
                    }
                ),
                ABSENT,
                "members made by the generator; those listed in `members` are then laid aside",
            ),
            "borders": Field(ListOf(Text(f"{ISO3}-{ISO3}", "two members such as AUT-DEU")), [], "who touches whom"),
            "groups": Field(MapOf(ListOf(code), NAME, "name of a group"), {}, "named groups of members"),
            "acquis": Field(_by_area(acquis), {}, acquis.parameter.means),
            "practice": Field(_by_area(practice), {}, practice.parameter.means),
        }
    )


AREA: Final = Fields(
    {
        name: Field(Number(number), REQUIRED, number.means)
        for name, number in {
            "weight": _share("the area's part in the whole; all areas together make 1"),
            "benefit": Parameter("relative", 0.0, 5.0, "what a member gains from full integration"),
            "sensitivity": _index("how much sovereignty it touches"),
            "capacity_demand": _index("how much administration it takes"),
            "conflict": _index("how much some win at others' cost"),
            "visibility": _index("how much the public sees of it"),
            "network": _index("how far one member's gain needs the others"),
        }.items()
    }
    | {
        "spillover": Field(
            _by_area(Number(Parameter("relative", -1.0, 1.0, "demand that it raises there"))),
            {},
            "the demand that integration here raises in other areas",
        )
    }
)


def _organization(levers: Mapping[str, type[Mechanism]]) -> Fields:
    scales = {name: strength(lever).parameter for name, lever in levers.items()}
    acts = Then(tuple((name, min(scale.low, 0.0), scale.high) for name, scale in scales.items()))

    def number(unit: str, low: float, high: float, default: float, means: str) -> Field:
        return Field(Quantity(Parameter(unit, low, high, means)), default, means)

    def word(options: tuple[str, ...], means: str) -> Field:
        return Field(Choice(options), options[0], means)

    return Fields(
        {
            "rule": word(("consensus", "qualified_majority", "two_thirds"), "the vote in the organ"),
            "entry": word(("on_adoption", "each", "threshold", "all"), "how a measure enters into force"),
            "entry_threshold": number("share", 0, 1, 0.5, "members whose ratification brings a measure into force"),
            "secretariat": number("index", 0, 1, 0.5, "quality of the secretariat"),
            "budget": number("share of members' GDP a year", 0, 0.1, 0.0005, "the common budget"),
            "contributions": word(("proportional", "equal"), "how dues are shared"),
            "arrears": number("share", 0, 1, 0.05, "dues that stay unpaid, mean of members"),
            "donors": number("share", 0, 1, 0.0, "budget that comes from outside"),
            "pace": number("measures a year", 0, 64, 6.0, "measures tabled"),
            "depth": number("index", 0, 1, 0.45, "ambition of a measure"),
            "specificity": number("index", 0, 1, 0.5, "how exactly a measure says what to do"),
            "due": number("years", 0.25, 20, 2.0, "time to implement"),
            "notice": number("years", 0, 10, 1.0, "time between notice and exit"),
            "acquis_measures": number("measures", 0, 10_000, 100.0, "measure-equivalents in force at the start"),
            "policy": word(("scheduled", "fixed"), "whether levers follow their times, or stay as on the first day"),
            "instructions": Field(
                ListOf(
                    Fields(
                        {
                            "when": Field(When(), REQUIRED, "conditions, joined by and"),
                            "then": Field(acts, REQUIRED, "moves of levers, joined by and"),
                        }
                    ),
                    0,
                    MOST_INSTRUCTIONS,
                ),
                [],
                "what the organization does on its own figures, once a year",
            ),
        }
    )


def _declared(number: Declared) -> Field:
    return Field(Quantity(number.parameter), number.default, number.parameter.means)


def lever_shape(lever: type[Mechanism]) -> Fields:
    """On or off, how strongly, when, its own numbers; unless it acts on the organization, where and for whom."""
    pull = strength(lever)
    step = Fields({"from": Field(Time(), REQUIRED), "strength": Field(Number(pull.parameter), REQUIRED)})
    area = Text(NAME, "the name of a policy area")
    member = Text(f"{ISO3}|{NAME}", "a member's ISO-3 code or the name of a group")
    aims = {
        "areas": Field(ListOf(area, least=1, every=ALL), ALL, "where it acts"),
        "members": Field(ListOf(member, least=1, every=ALL), ALL, "for whom it acts"),
    }
    return Fields(
        {
            "on": Field(Flag(), False, "whether the organization uses it"),
            "strength": _declared(pull),
            "from": Field(Time(), None, "the first quarter; null: from the start"),
            "until": Field(Time(), None, "the first quarter without it; null: to the end"),
            "schedule": Field(ListOf(step), [], "strengths over time, instead of one"),
        }
        | ({} if getattr(lever, "for_all", False) else aims)
        | _own_numbers(lever)
    )


def _own_numbers(mechanism: type[Mechanism]) -> dict[str, Field]:
    switches = {
        name: Field(Choice(chosen.choice.options), chosen.default, chosen.choice.means)
        for name, chosen in mechanism.choices().items()
    }
    return switches | {name: _declared(number) for name, number in mechanism.parameters().items()}


KINDS_OF_SHOCK: Final = (
    *("economic", "debt", "migration", "pandemic", "security", "disinformation", "energy", "coup"),
    *("referendum", "sanction"),
)
EVENT: Final = Fields(
    {
        "kind": Field(Choice(KINDS_OF_SHOCK), REQUIRED, "what happens"),
        "from": Field(Time(), REQUIRED, "its first quarter"),
        "until": Field(Time(), ABSENT, "its last quarter; absent: its first"),
        "size": Field(Number(Parameter("relative", 0, 10, "1 is a typical shock of its kind")), 1.0, "relative size"),
        "growth": Field(Number(Parameter("percentage points a year", -50, 50, "growth lost")), ABSENT, "growth effect"),
        "members": Field(
            ListOf(Text(f"{ISO3}|{NAME}", "an ISO-3 code or a group"), least=1, every=ALL), ALL, "whom it hits"
        ),
        "source": Field(NOTE, ABSENT, "where it is reported"),
        "note": Field(NOTE, ABSENT, "what else a reader should know"),
    }
)


class Covered(Shape):
    """Years for which a calendar speaks. Parts under names of their own merge; `resolved` holds the whole span."""

    pair = ListOf(Number(YEAR, whole=True), 2, 2)
    parts = MapOf(pair, "[a-z0-9][a-z0-9_-]*", "name of a part of the calendar", least=1)

    def check(self, node: Node, at: str, report: Report) -> Any:
        by_part = isinstance(node.value, dict)
        checked = (self.parts if by_part else self.pair).check(node, at, report)
        spans = sorted(checked.values() if by_part else [checked]) if checked is not INVALID else []
        if not spans or any(len(span) < 2 for span in spans):
            return INVALID
        covered = spans[0]
        for first, last in spans:
            if first > last:
                report.say(node.at, at, f"starts in {first}, after its end in {last}")
                return INVALID
            if first > covered[1] + 1:
                report.say(node.at, at, f"leaves out the years from {covered[1] + 1} to {first - 1}")
                return INVALID
            covered = [covered[0], max(covered[1], last)]
        return covered

    def schema(self) -> Schema:
        return {"anyOf": [self.pair.schema(), self.parts.schema()]}


SHOCKS: Final = Fields(
    {
        "covered": Field(
            Covered(), None, "[first, last] year of the calendar, or such a pair for each part; chance acts outside"
        ),
        "events": Field(MapOf(EVENT, NAME, "name of an event"), {}, "what happened, by name"),
    }
)

RUN: Final = Fields(
    {
        "start": Field(Number(YEAR, whole=True), ABSENT, "the first year; absent: the region's"),
        "years": Field(Number(Parameter("years", 1, 200, "how long a run lasts"), whole=True), 20),
        "seed": Field(Number(Parameter("", 0, 2**63 - 1, "the same seed, the same luck"), whole=True), 1),
        "runs": Field(Number(Parameter("runs", 1, 1_000_000, "how many runs an ensemble has"), whole=True), 100),
        "uncertainty": Field(
            Choice(("contested", "none", "all")), "contested", "which declared priors an ensemble draws"
        ),
    }
)


@functools.lru_cache(maxsize=8)
def scenario_shape(catalogue: Catalogue) -> Fields:
    """The whole file, for the levers, forces and outcomes of a catalogue."""
    levers = {name: Field(lever_shape(lever), {}, lever.claim()) for name, lever in catalogue.levers.items()}
    forces = {name: Field(Fields(_own_numbers(force)), {}, force.claim()) for name, force in catalogue.forces.items()}
    outcomes = tuple(catalogue.outcomes)
    return Fields(
        {
            "title": Field(TITLE, "", "what readers call it"),
            "story": Field(NOTE, "", "one line: what it is about"),
            "run": Field(RUN, {}, "how long, how often, with which luck"),
            "region": Field(_region(), ABSENT, "who the members are at the start"),
            "areas": Field(MapOf(AREA, NAME, "name of a policy area", least=1, most=32), ABSENT, "policy areas"),
            "organization": Field(_organization(catalogue.levers), {}, "what the organization is like"),
            "levers": Field(Fields(levers), {}, "what the organization chooses"),
            "shocks": Field(SHOCKS, {}, "what happens from outside"),
            "forces": Field(Fields(forces), {}, "numbers and theories of what happens whatever one chooses"),
            "sweep": Field(SWEEP, ABSENT, "what a sweep varies"),
            "outcomes": Field(ListOf(Choice(outcomes), least=1), list(outcomes), "what is reported"),
        }
    )


def schema_file(catalogue: Catalogue | None = None) -> Schema:
    """The JSON Schema of scenario files, draft 2020-12; nothing is required, for a file may be a difference."""
    names = {"type": "string", "description": "a shipped scenario, or a file beside this one"}
    schema = scenario_shape(catalogue or whole_catalogue()).schema()
    schema["properties"] |= {
        "$schema": {"type": "string"},
        "extends": {
            "description": "what this file starts from; of several, later wins",
            "anyOf": [names, {"type": "array", "items": names}, {"type": "null"}],
        },
    }
    heading = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A comity scenario"}
    return heading | schema | {"$defs": {"prior": PRIOR_SCHEMA, "cell": cell_schema()}}
