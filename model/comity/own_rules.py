"""A rule from a notebook is taken with its source and its numbers, so that any process can make it again.

Two rules with the same text and other numbers are two rules. What is taken is checked at once; what is wrong is told
with the line in which it stands and with what to write instead.
"""

from __future__ import annotations

import ast
import builtins
import copy
import dataclasses
import hashlib
import importlib
import inspect
import json
import linecache
import math
import textwrap
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from comity import own_checks, syntax
from comity.mechanism import Mechanism, Rule, mechanism_of
from comity.own_checks import Reader, Surroundings
from comity.syntax import RuleError

OPEN: Final = (
    *("comity.arithmetic", "comity.chance", "comity.world."),
    *("comity.forces.", "comity.levers.", "comity.outcomes."),
)
"""The modules of the package whose functions a rule may call."""

DIGITS: Final = 12
"""Digits of a rule's hash in its names."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an own rule acts: in the place of a rule, or after or before a rule or a phase, where a flag is up."""

    replaces: str = ""
    after: str = ""
    before: str = ""
    where: str = ""

    def document(self) -> dict[str, str]:
        """What is said of the place, as plain values."""
        return {key: value for key, value in dataclasses.asdict(self).items() if value}


@dataclass(frozen=True, eq=False)
class OwnRule:
    """A rule from outside the package, in its place, ready to be composed."""

    name: str
    place: Place
    source: str
    captured: Mapping[str, float]
    uses: Mapping[str, str]
    function: Rule = field(repr=False)
    hash: str

    def document(self) -> dict[str, Any]:
        """All that it takes to make the rule again, as plain values, ready for JSON."""
        told = {"name": self.name, "place": self.place.document(), "source": self.source}
        return told | {"captured": dict(self.captured), "uses": dict(self.uses), "hash": self.hash}


@dataclass(slots=True)
class _Taken:
    """A rule and its helpers as they were found: trees with the lines of their own files."""

    rule: str = ""
    trees: dict[str, ast.FunctionDef] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    uses: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def taken(rule: Rule | str, place: Place, replaced: Rule | None = None) -> OwnRule:
    """A plain function, or the text of one, as a rule in its place.

    RuleError tells everything that is wrong with it, one line each.
    """
    if isinstance(rule, str):
        found = _from_text(rule, {}, {})
    else:
        found = _Taken(rule=getattr(rule, "__name__", ""))
        _take(rule, found)
    return _made(found, place, replaced)


def restored(told: Mapping[str, Any], replaced: Rule | None = None) -> OwnRule:
    """The rule that `OwnRule.document` describes, checked again; RuleError if its hash says that it is another."""
    uses = {name: _fetched(path) for name, path in told["uses"].items()}
    found = _from_text(told["source"], uses, told["captured"])
    own = _made(found, Place(**told["place"]), replaced)
    if own.hash != told["hash"]:
        raise RuleError(f"{told['name']}: the text of this rule is not the one that was kept under {told['hash']}")
    return own


# Taking a function


def _take(function: Any, into: _Taken) -> None:
    if hasattr(function, "py_func"):
        raise RuleError(f"{function!r} is compiled already; hand in the plain function, it is compiled for you")
    if not isinstance(function, types.FunctionType) or function.__name__ == "<lambda>":
        raise RuleError(f"{function!r} is no rule; a rule is a plain function, written with def")
    code, name = function.__code__, function.__name__
    text, tree = _read(function)
    into.trees[name], into.files[name] = tree, code.co_filename
    into.texts[name] = text
    closed = inspect.getclosurevars(function)
    around = {**function.__globals__, **closed.nonlocals}
    for outside in _loaded(tree):
        if outside in around:
            _take_outside(outside, around[outside], function, into)


def _loaded(tree: ast.FunctionDef) -> list[str]:
    """Names that a function takes from around it."""
    local = {argument.arg for argument in tree.args.args}
    body = [node for statement in tree.body for node in ast.walk(statement)]
    names = [node for node in body if isinstance(node, ast.Name)]
    local |= {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return sorted({node.id for node in names if isinstance(node.ctx, ast.Load)} - local)


def _take_outside(name: str, value: Any, function: Any, into: _Taken) -> None:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool | int | float):
        if not math.isfinite(value):
            into.refused[name] = f"{name} is {value}; a rule takes finite numbers"
        elif into.numbers.setdefault(name, value) != value:
            raise RuleError(f"{syntax.where(function)}: {name} is {value} here and {into.numbers[name]} in a helper")
    elif isinstance(value, types.FunctionType):
        if value.__module__.startswith(OPEN):
            into.uses[name] = value
        elif value.__module__.startswith("comity."):
            into.refused[name] = (
                f"{name} belongs to {value.__module__}; a rule may call arithmetic, chance, other rules"
            )
        elif value.__name__ != name:
            into.refused[name] = f"{name} is another name of {value.__name__}; call it by its own"
        elif name not in into.trees:
            _take(value, into)
    elif value is math:
        into.uses[name] = value
        if name != "math":
            into.refused[name] = f'{name} is math; write "import math"'
    elif name not in own_checks.BUILTINS and not isinstance(value, types.ModuleType | types.BuiltinFunctionType):
        kind = type(value).__name__
        into.refused[name] = (
            f"{name} ({kind}) comes from outside; a rule takes rows and numbers, and keeps its memory in columns"
        )


def _read(function: Any) -> tuple[str, ast.FunctionDef]:
    """The text of a function, and its tree with the lines of the file; RuleError if the two are not the same code."""
    try:
        text = textwrap.dedent(inspect.getsource(function))
        tree = next(node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
    except (OSError, TypeError, SyntaxError, StopIteration):
        raise RuleError(
            f"{syntax.where(function)}: its source cannot be read: python -c and the bare prompt keep none; write "
            'the rule in a file or a notebook cell, or hand in its text instead: "def ..."'
        ) from None
    if tree.decorator_list:
        raise RuleError(f"{syntax.where(function)}: takes no decorators; a rule is a plain function")
    if not _same_code(tree, function.__code__):
        raise RuleError(f"{syntax.where(function)}: the file was edited after this function was read; read it again")
    ast.increment_lineno(tree, function.__code__.co_firstlineno - tree.lineno)
    return text, tree


def _same_code(tree: ast.FunctionDef, code: types.CodeType) -> bool:
    plain = copy.deepcopy(tree)
    plain.returns = None
    for argument in plain.args.args:
        argument.annotation = None
    module = compile(ast.fix_missing_locations(ast.Module([plain], [])), "<own rule>", "exec")
    again = next(each for each in module.co_consts if isinstance(each, types.CodeType))
    numbers = [[each for each in found.co_consts if isinstance(each, int | float)] for found in (again, code)]
    names = [({*found.co_names, *found.co_freevars}, found.co_varnames) for found in (again, code)]
    return numbers[0] == numbers[1] and names[0] == names[1]


# Taking a text


def _from_text(text: str, uses: Mapping[str, Any], captured: Mapping[str, float]) -> _Taken:
    """The last function of a text is the rule; the others are its helpers, and numbers may stand beside them."""
    text = textwrap.dedent(text).strip("\n") + "\n"
    file = f"<own rule {hashlib.sha256(text.encode()).hexdigest()[:DIGITS]}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    try:
        statements = ast.parse(text).body
    except SyntaxError as error:
        raise RuleError(f"own rule, line {error.lineno}: not Python: {error.msg}") from None
    found = _Taken(numbers=dict(captured), uses={**_usual(), **uses})
    for statement in statements:
        if isinstance(statement, ast.FunctionDef):
            found.rule = statement.name
            found.trees[statement.name], found.files[statement.name] = statement, file
            found.texts[statement.name] = ast.get_source_segment(text, statement) or ""
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            found.numbers[statement.targets[0].id] = _number(statement, file)
        else:
            raise RuleError(f"{file}:{statement.lineno}: a text holds functions, and numbers such as RATE = 0.1")
    if not found.rule:
        raise RuleError(f"{file}: holds no function; a rule is written with def")
    named = {name for tree in found.trees.values() for name in _loaded(tree)}
    found.uses = {name: value for name, value in found.uses.items() if name in named and name not in found.trees}
    found.numbers = {name: value for name, value in found.numbers.items() if name in named}
    world = importlib.import_module("comity.world")
    numbers = {name: value for name, value in vars(world).items() if name.isupper() and isinstance(value, int)}
    found.numbers = {name: numbers[name] for name in named & numbers.keys()} | found.numbers
    return found


def _usual() -> dict[str, Any]:
    """The functions that a text may call without importing them."""
    found: dict[str, Any] = {"math": math}
    for name in ("arithmetic", "chance"):
        module = importlib.import_module(f"comity.{name}")
        functions = {key: value for key, value in vars(module).items() if isinstance(value, types.FunctionType)}
        found |= {key: value for key, value in functions.items() if not key.startswith("_")}
    return found


def _number(statement: ast.Assign, file: str) -> float:
    value = statement.value
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "purpose":
        from comity.chance import purpose

        return purpose(str(ast.literal_eval(value.args[0])))
    try:
        number = ast.literal_eval(value)
    except ValueError:
        number = None
    if isinstance(number, bool | int | float) and math.isfinite(number):
        return number
    raise RuleError(f"{file}:{statement.lineno}: {ast.unparse(statement)}: beside the functions stand only numbers")


def _fetched(path: str) -> Any:
    if path == "math":
        return math
    module, _, name = path.rpartition(":")
    value = getattr(importlib.import_module(module), name, None) if module.startswith(OPEN) else None
    if not isinstance(value, types.FunctionType):
        raise RuleError(f"{path}: a rule may call functions of comity.arithmetic, comity.chance, and other rules alone")
    return value


# Checking and making


def _made(found: _Taken, place: Place, replaced: Rule | None) -> OwnRule:
    mechanism = mechanism_of(replaced) if replaced is not None else None
    _check(found, place, replaced, mechanism)
    uses = {name: _path(value) for name, value in sorted(found.uses.items())}
    numbers = {name: found.numbers[name] for name in sorted(found.numbers)}
    trees = {name: _bare(tree) for name, tree in found.trees.items()}
    told = [found.rule, {name: ast.unparse(tree) for name, tree in sorted(trees.items())}, uses]
    text = json.dumps([told, [[name, repr(value)] for name, value in numbers.items()], place.document()])
    digest = hashlib.sha256(text.encode()).hexdigest()
    function = _built(found, trees, f"own_{digest[:DIGITS]}", mechanism, place)
    helpers = [text for name, text in found.texts.items() if name != found.rule]
    source = "\n\n\n".join(each.rstrip("\n") for each in [*helpers, found.texts[found.rule]]) + "\n"
    own = OwnRule(found.rule, place, source, types.MappingProxyType(numbers), uses, function, digest)
    _check_columns(own)
    return own


def _path(value: Any) -> str:
    return "math" if value is math else f"{value.__module__}:{value.__name__}"


def _bare(tree: ast.FunctionDef) -> ast.FunctionDef:
    """The function without docstring and annotations."""
    plain = copy.deepcopy(tree)
    if ast.get_docstring(plain) is not None:
        plain.body = plain.body[1:] or [ast.copy_location(ast.Pass(), plain)]
    plain.returns, plain.type_comment = None, None
    for argument in plain.args.args:
        argument.annotation = None
    return plain


def _check(found: _Taken, place: Place, replaced: Rule | None, mechanism: type[Mechanism] | None) -> None:
    calls = {name: (len(tree.args.args),) * 2 for name, tree in found.trees.items() if name != found.rule}
    calls |= {name: _arity(value) for name, value in found.uses.items() if value is not math}
    wrong: list[tuple[str, int, str, str]] = []
    rule = found.trees[found.rule]
    wanted = syntax.arguments(replaced) if replaced is not None else ()
    first = own_checks.of_arguments(rule, mechanism, place.replaces, syntax.scope, wanted)
    first += own_checks.of_place(place.where, [argument.arg for argument in rule.args.args], syntax.scope)
    wrong += [(found.files[found.rule], rule.lineno, found.rule, message) for message in first]
    for name, tree in found.trees.items():
        around = Surroundings(mechanism, found.numbers, calls, found.refused)
        wrong += [
            (found.files[name], line, name, message) for line, message in Reader(tree, around, tree is rule).wrong
        ]
    _stop(wrong)


def _arity(function: Callable[..., Any]) -> tuple[int, int]:
    parameters = inspect.signature(function).parameters.values()
    fewest = sum(each.default is inspect.Parameter.empty for each in parameters)
    return fewest, len(parameters)


def _check_columns(own: OwnRule) -> None:
    """What only the function as a whole can tell: divisions, and whether it would matter which member comes first."""
    file, wrong = own.function.__code__.co_filename, []
    seen, todo = set(), [own.function]
    while todo:
        function = todo.pop()
        seen.add(function)
        for slip in syntax.slips(function):
            line, _, message = slip.partition(": ")
            place = int(line.removeprefix("line ")) if line.startswith("line ") else function.__code__.co_firstlineno
            message = message.replace("(use ratio)", "; take ratio(a, b) from comity.arithmetic, which gives 0 there")
            wrong.append((function.__code__.co_filename, place, function.__name__, message))
        inside = [each for each in syntax.outside_names(function).values() if isinstance(each, types.FunctionType)]
        todo += [each for each in inside if syntax.given(each) is not None and each not in seen]
    access = syntax.access(own.function)
    for path in sorted(access.reads):
        row, _, column = path.partition(".")
        if not row.startswith("other") and row not in syntax.WHOLE:
            continue
        table = syntax.ROWS.get(row) or syntax.WHOLE[row]
        if f"{table}.{column}" in access.writes:
            message = (
                f"reads {path} and writes {table}.{column}, so it would matter who comes first; write another column, "
                "and let a second rule take it over"
            )
            wrong.append((file, own.function.__code__.co_firstlineno, own.name, message))
    _stop(wrong)


def _stop(wrong: list[tuple[str, int, str, str]]) -> None:
    if wrong:
        told = dict.fromkeys(f"{file}:{line}: {name}: {message}" for file, line, name, message in sorted(wrong))
        raise RuleError("\n".join(told))


def _built(
    found: _Taken, trees: Mapping[str, ast.FunctionDef], module: str, mechanism: type[Mechanism] | None, place: Place
) -> Rule:
    """The rule as a function of a module of its own; its lines are those of the file in which it was written."""
    allowed = {name: getattr(builtins, name) for name in own_checks.BUILTINS}
    space: dict[str, Any] = {"__name__": module, "__builtins__": allowed, **found.numbers, **found.uses}
    for own, tree in trees.items():
        code = compile(ast.Module([tree], []), found.files[own], "exec", dont_inherit=True)
        exec(code, space)
        acts_as = place.replaces if place.replaces and own == found.rule else own
        setattr(space[own], syntax.GIVEN, syntax.Given(tree, acts_as, mechanism))
    rule: Rule = space[found.rule]
    return rule
