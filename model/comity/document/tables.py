"""Every table of the model's description, made from what the code declares."""

from __future__ import annotations

import ast
import functools
import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from comity import world
from comity.document import grounds
from comity.document.markdown import Table
from comity.mechanism import Mechanism, Rule, mechanism_of
from comity.parameter import Parameter
from comity.quarter import FORCES, LEVERS, ORDER, OUTCOMES, SETUP, WATCH
from comity.rulebook import Phase, name_of
from comity.runs.catalogue import prior_document
from comity.scenario import shipped
from comity.scenario.catalogue import strength
from comity.signs import LABELS, SIGNS

LAWS: Final = ("uniform", "normal")
SEASONS: Final = ("first", "second", "third", "last")


def code(text: str) -> str:
    return f"`{text}`"


def number(value: float) -> str:
    """A number for a table: no more figures than were declared."""
    if value in (float("inf"), -float("inf")):
        return "none"
    return f"{value:.6g}"


def first_line(thing: Any) -> str:
    """The first sentence of what a rule says of itself."""
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")


def _columns(table: str) -> Table:
    rows = tuple(
        (code(name), column.unit, number(column.low), number(column.high), column.means)
        for name, column in world.columns(table).items()
    )
    return Table(("column", "unit", "low", "high", "meaning"), rows)


def _entities() -> Table:
    rows = tuple((code(name), str(len(world.columns(name))), first_line(kind)) for name, kind in world.TABLES.items())
    return Table(("table", "columns", "one row is"), rows)


def _phases() -> Table:
    rows = tuple(
        (code(each.name), each.claim, _when(each), ", ".join(_mechanisms(each))) for each in (*SETUP, *ORDER, *WATCH)
    )
    return Table(("phase", "claim", "when", "who acts"), rows)


def _when(phase: Phase) -> str:
    if phase in SETUP:
        return "before the first quarter"
    return "each quarter" if phase.season is None else f"{SEASONS[phase.season]} quarter of the year"


def _mechanisms(phase: Phase) -> Iterable[str]:
    return dict.fromkeys(code(name_of(step.rule).partition(".")[0]) for step in phase.steps)


def _quarter() -> Table:
    rows = []
    for each in (*SETUP, *ORDER, *WATCH):
        for step in each.steps:
            where = step.where + (" (also after the lever went off)" if step.lasting else "")
            rows.append((each.name, code(name_of(step.rule)), where, first_line(step.rule)))
    return Table(("phase", "rule", "only where", "does"), tuple(rows))


def _forces() -> Table:
    rows = tuple(
        (code(name), each.claim(), each.section("Names"), each.section("Evidence")) for name, each in _sorted(FORCES)
    )
    return Table(("force", "claim", "the literature's names", "evidence"), rows)


def _levers() -> Table:
    rows = tuple(
        (code(name), getattr(each, "group", ""), each.claim(), each.section("Price"), each.section("Evidence"),
         each.section("Misuse"))
        for name, each in sorted(LEVERS.items(), key=lambda item: (getattr(item[1], "group", ""), item[0]))
    )  # fmt: skip
    return Table(("lever", "group", "claim", "price", "evidence", "misuse"), rows)


def _sorted(pool: Mapping[str, type[Mechanism]]) -> list[tuple[str, type[Mechanism]]]:
    return sorted(pool.items())


def _everything() -> list[tuple[str, type[Mechanism]]]:
    return [*_sorted(FORCES), *_sorted(LEVERS), *_sorted(OUTCOMES)]


def _decisions() -> Table:
    rows = tuple((code(name), each.claim(), ", ".join(each.terms)) for name, each in _everything() if each.terms)
    return Table(("decided in", "claim", "terms, in the order in which they are summed"), rows)


def _rivals() -> Table:
    rows = tuple(
        (code(f"{name}.{key}"), chosen.choice.means, ", ".join(_options(chosen)), chosen.choice.source)
        for name, each in _everything()
        for key, chosen in each.choices().items()
    )
    return Table(("switch", "decides", "rivals", "source"), rows)


def _options(chosen: Any) -> Iterable[str]:
    return (f"{code(option)} (default)" if option == chosen.default else code(option)
            for option in chosen.choice.options)  # fmt: skip


def _parameters() -> Table:
    rows = []
    for name, each in _everything():
        numbers = dict(each.parameters())
        if name in LEVERS:
            numbers = {"strength": strength(each), **numbers}
        for key, declared in numbers.items():
            p = declared.parameter
            rows.append((
                code(f"{name}.{key}"), p.means, p.unit, number(declared.default), number(p.low), number(p.high),
                _prior(p), "yes" if p.contested else "", p.source,
            ))  # fmt: skip
    head = ("number", "meaning", "unit", "default", "low", "high", "prior", "contested", "source")
    return Table(head, tuple(rows))


def _prior(parameter: Parameter) -> str:
    prior = prior_document(parameter.prior)
    if prior is None:
        return ""
    (kind, values), *_ = prior.items()
    return f"{kind} {number(values[0])}, {number(values[1])}"


def _grounds() -> Table:
    pools = [grounds.count(list(pool.values())) for pool in (FORCES, LEVERS, OUTCOMES)]
    rows = [
        (ground, *(str(pool[ground]) for pool in pools), str(sum(pool[ground] for pool in pools)))
        for ground in grounds.GROUNDS
    ]
    rows.append(("together", *(str(sum(pool.values())) for pool in pools), str(sum(sum(p.values()) for p in pools))))
    return Table(("rests on", "forces", "levers", "outcomes", "together"), tuple(rows))


def _outcomes() -> Table:
    rows = tuple((code(name), kind.claim(), kind.unit, kind.direction, kind.window) for name, kind in OUTCOMES.items())
    return Table(("outcome", "claim", "unit", "direction", "window"), rows)


def _scales() -> Table:
    rows = (
        ("time", "one quarter a step", "four quarters a year; a run lasts as many years as its scenario says"),
        ("members", "2 to 200 states", f"{len(shipped('regions'))} real regions, or synthetic ones"),
        ("areas", "policy areas of the region's file", "each with its benefit, sensitivity and network share"),
        ("measures", f"{world.SLOTS} live at once", "what is settled is folded into the acquis and frees its place"),
        ("mechanisms", f"{len(FORCES)} forces, {len(LEVERS)} levers",
         "levers are off unless a scenario says otherwise"),
        ("outcomes", str(len(OUTCOMES)), "added up while the run goes on"),
        ("numbers", str(sum(len(each.parameters()) for _, each in _everything())),
         f"{_contested()} of them contested, drawn anew in each run"),
    )  # fmt: skip
    return Table(("scale", "extent", "note"), rows)


def _contested() -> int:
    return sum(declared.parameter.contested for _, each in _everything() for declared in each.parameters().values())


def _signs() -> Table:
    told = sorted(SIGNS.values(), key=lambda sign: LABELS.index(sign.label))
    return Table(
        ("sign", "label", "fact", "reason"), tuple((sign.claim, sign.label, sign.fact, sign.reason) for sign in told)
    )


def _draws() -> Table:
    rows = []
    for rule in dict.fromkeys(step.rule for phase in (*SETUP, *ORDER, *WATCH) for step in phase.steps):
        for kind, purpose in _drawn(rule):
            mechanism = mechanism_of(rule)
            rows.append((code(purpose), kind, code(name_of(rule)), mechanism.claim() if mechanism else ""))
    rows = sorted(set(rows))
    return Table(("purpose", "law", "drawn in", "mechanism"), tuple(rows))


def _drawn(rule: Rule) -> Iterable[tuple[str, str]]:
    """Law and purpose of each draw in a rule, or in a function of its file that it calls."""
    module = sys.modules[rule.__module__]
    purposes = _purposes(module)
    found: set[tuple[str, str]] = set()
    named, handed_on = set(), set()
    for function in _called(rule.__name__, module):
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and node.id in purposes:
                named.add(purposes[node.id])
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LAWS:
                inside = {purposes[each.id] for each in ast.walk(node)
                          if isinstance(each, ast.Name) and each.id in purposes}  # fmt: skip
                found |= {(node.func.id, purpose) for purpose in inside}
                handed_on |= set() if inside else {node.func.id}
    # a purpose that a rule hands to a helper is drawn there, by the law of the helper
    elsewhere = named - {purpose for _, purpose in found}
    return found | {(law, purpose) for purpose in elsewhere for law in handed_on}


def _called(name: str, module: Any) -> Iterable[ast.FunctionDef]:
    """The function of that name and all of its file that it calls."""
    known = {node.name: node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.FunctionDef)}
    waiting, seen = [name], {}
    while waiting:
        name = waiting.pop()
        if name in known and name not in seen:
            seen[name] = known[name]
            calls = [node.func for node in ast.walk(known[name]) if isinstance(node, ast.Call)]
            waiting += [each.id for each in calls if isinstance(each, ast.Name)]
    return seen.values()


def _purposes(module: Any) -> dict[str, str]:
    """The purposes that a file declares, by the name of the constant."""
    found = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Call) and isinstance(node.target, ast.Name):
            called = node.value.func
            if isinstance(called, ast.Name) and called.id == "purpose":
                found[node.target.id] = str(ast.literal_eval(node.value.args[0]))
    return found


MADE: Final[Mapping[str, Callable[[], Table]]] = {
    "signs": _signs,
    "scales": _scales,
    "entities": _entities,
    "phases": _phases,
    "forces": _forces,
    "levers": _levers,
    "decisions": _decisions,
    "rivals": _rivals,
    "grounds": _grounds,
    "outcomes": _outcomes,
    "draws": _draws,
    "quarter": _quarter,
    "parameters": _parameters,
    **{f"columns-{table}": functools.partial(_columns, table) for table in world.TABLES},
}
"""How each table is made, by its name."""
