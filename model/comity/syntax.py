"""What a rule reads and writes stands in its syntax tree, and so does every slip that would break it."""

from __future__ import annotations

import ast
import difflib
import functools
import inspect
import math
import textwrap
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from comity import world

ROWS: Final[dict[str, str]] = {
    **{table: table for table in world.TABLES},
    "other": "member",
    "other_area": "area",
    "other_stake": "stake",
    "other_post": "post",
    "slot": "measure",
}
"""The names that a rule may give to a row, and the table that each comes from."""

WHOLE: Final[dict[str, str]] = {
    "areas": "area", "members": "member", "measures": "measure", "signals": "signal", "pulls": "pull",
}  # fmt: skip
"""The names of whole tables that a rule may take."""

WALKED: Final[dict[str, str]] = {
    **{"clock": "", "org": "", "tally": "", "areas": "", "members": "", "measures": ""},
    **{"signals": "", "pulls": "", "signal": "g", "pull": "l", "instruction": "s"},
    **{"member": "i", "other": "j", "tie": "ij", "area": "a", "other_area": "b", "spillover": "ab", "stake": "ia"},
    **{"other_stake": "ja", "ideal": "ia", "measure": "m", "slot": "m", "post": "im", "other_post": "jm", "shock": "i"},
}
"""What a rule that takes a row is called for: each member (i), other member (j), measure (m), area (a), other area
(b), figure that the organization reads (g), lever (l), line of instruction (s)."""

FREE: Final = ("tally", "why")
"""Rows whose columns the mechanisms themselves declare."""


class RuleError(TypeError):
    """A rule that cannot take part in a run; the message says where, why, and what would."""


@dataclass(slots=True)
class Access:
    """The columns that a rule touches, each as `row.column`."""

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)


GIVEN: Final = "__comity__"
"""The attribute under which a rule from outside the package carries what its file would tell of one inside."""


@dataclass(frozen=True, slots=True)
class Given:
    """The syntax tree of a rule from outside the package, the name under which it acts, and its mechanism, if any."""

    tree: ast.FunctionDef
    name: str
    mechanism: Any = None


def given(function: Callable[..., Any]) -> Given | None:
    """What a rule from outside the package carries; None for a rule of the package."""
    found = getattr(function, GIVEN, None)
    return found if isinstance(found, Given) else None


def scope(names: Iterable[str]) -> str:
    """The loops around a rule that takes rows of these names, outermost first; a measure brings its own area."""
    letters = {letter for name in names for letter in WALKED.get(name, "")}
    if "m" in letters:
        letters.discard("a")
    return "".join(letter for letter in "mijabgls" if letter in letters)


@functools.cache
def tree(function: Callable[..., Any]) -> ast.FunctionDef:
    """The function's definition as a tree, without docstring and annotations."""
    own = given(function)
    found = own.tree if own is not None else _in_file(function) or _alone(function)
    if ast.get_docstring(found) is not None:
        found.body = found.body[1:] or [ast.Pass()]
    found.returns = None
    found.decorator_list = []
    for argument in found.args.args:
        argument.annotation = None
    return found


@functools.cache
def _definitions(file: str) -> dict[tuple[str, int], ast.FunctionDef]:
    """All functions of a source file, by name and first line: one parse for a file, not one for a function."""
    try:
        with open(file, encoding="utf-8") as text:
            nodes = ast.walk(ast.parse(text.read()))
    except (OSError, SyntaxError):
        return {}
    found = (node for node in nodes if isinstance(node, ast.FunctionDef))
    return {(node.name, min([node.lineno, *(d.lineno for d in node.decorator_list)])): node for node in found}


def _in_file(function: Callable[..., Any]) -> ast.FunctionDef | None:
    code = function.__code__
    return _definitions(code.co_filename).get((code.co_name, code.co_firstlineno))


def _alone(function: Callable[..., Any]) -> ast.FunctionDef:
    try:
        text = textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError) as error:
        raise RuleError(f"{function!r}: its source cannot be read; define it in a file or a notebook cell") from error
    found = next((node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)), None)
    if found is None:
        raise RuleError(f"{function!r} is not written with def; a rule is a plain function")
    ast.increment_lineno(found, function.__code__.co_firstlineno - found.lineno)
    return found


def arguments(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a rule's arguments, in order."""
    return tuple(argument.arg for argument in tree(function).args.args)


@functools.cache
def outside_names(function: Callable[..., Any]) -> dict[str, Any]:
    """What the function's body takes from its module or its surroundings: name to value."""
    node = tree(function)
    closed = inspect.getclosurevars(function)
    surroundings = {**function.__globals__, **closed.nonlocals}
    local = set(arguments(function))
    local |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)} - local
    unknown = sorted(name for name in used if name not in surroundings and name not in _BUILTINS)
    if unknown:
        raise RuleError(f"{where(function)}: knows no {', '.join(unknown)}")
    return {name: surroundings[name] for name in sorted(used) if name in surroundings}


_BUILTINS: Final = ("abs", "bool", "float", "int", "len", "max", "min", "range", "round")


def where(function: Callable[..., Any]) -> str:
    """File, line and name of a function, for messages."""
    code = function.__code__
    return f"{code.co_filename}:{code.co_firstlineno}: {function.__name__}"


@functools.cache
def access(function: Callable[..., Any]) -> Access:
    """The columns that a rule reads and writes, those of its helpers included.

    Raises RuleError for a column that the table does not have, naming the nearest one.
    """
    found = Access()
    _walk(function, {name: name for name in arguments(function)}, found)
    return found


def _walk(function: Callable[..., Any], rows: dict[str, str], found: Access) -> None:
    node = tree(function)
    outside = outside_names(function)
    for column, stored, augmented in _attributes(node, rows, function):
        if stored:
            found.writes.add(column)
        if augmented or not stored:
            found.reads.add(column)
    for call in (n for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)):
        helper = outside.get(call.func.id) if isinstance(call.func, ast.Name) else None
        if not isinstance(helper, types.FunctionType):
            continue
        passed = {
            name: rows[value.id]
            for name, value in zip(arguments(helper), call.args, strict=False)
            if isinstance(value, ast.Name) and value.id in rows
        }
        if passed:
            _walk(helper, passed, found)


def _attributes(
    node: ast.FunctionDef, rows: dict[str, str], function: Callable[..., Any]
) -> Iterator[tuple[str, bool, bool]]:
    augmented = {id(n.target) for n in ast.walk(node) if isinstance(n, ast.AugAssign)}
    for n in ast.walk(node):
        if not isinstance(n, ast.Attribute):
            continue
        base = n.value.value if isinstance(n.value, ast.Subscript) else n.value
        if not (isinstance(base, ast.Name) and base.id in rows):
            continue
        name = rows[base.id]
        if name in WHOLE and base is n.value:
            continue
        if name in ROWS or name in WHOLE:
            _known(ROWS.get(name) or WHOLE[name], n, function)
        elif name not in FREE:
            continue
        yield f"{name}.{n.attr}", isinstance(n.ctx, ast.Store), id(n) in augmented


def _known(table: str, node: ast.Attribute, function: Callable[..., Any]) -> None:
    names = world.columns(table)
    if node.attr not in names:
        near = difflib.get_close_matches(node.attr, names, n=1)
        hint = f'; did you mean "{near[0]}"?' if near else f"; it has {', '.join(names)}"
        place = f"{function.__code__.co_filename}:{node.lineno}: {function.__name__}"
        raise RuleError(f'{place}: {table} has no column "{node.attr}"{hint}')


def slips(function: Callable[..., Any]) -> list[str]:
    """What makes the same rule give other bits elsewhere: powers, unguarded divisions, outside luck."""
    found = []
    for n in ast.walk(tree(function)):
        if isinstance(n, ast.BinOp | ast.AugAssign) and isinstance(n.op, ast.Pow):
            found.append(f"line {n.lineno}: ** (processors differ on powers; multiply)")
        if isinstance(n, ast.BinOp | ast.AugAssign) and isinstance(n.op, ast.Div | ast.FloorDiv | ast.Mod):
            divisor = n.right if isinstance(n, ast.BinOp) else n.value
            if not _never_zero(divisor, function):
                found.append(f"line {n.lineno}: division by what may be zero (use ratio)")
    for name, value in outside_names(function).items():
        allowed = isinstance(value, bool | int | float | np.uint64 | np.ndarray | types.FunctionType)
        if not allowed and value not in (math, np):
            kind = type(value).__name__
            found.append(f"{name} ({kind}) comes from outside; a rule takes rows, numbers and functions")
    return found


def _never_zero(node: ast.expr, function: Callable[..., Any]) -> bool:
    if isinstance(node, ast.Constant):
        return bool(node.value)
    if isinstance(node, ast.Name):
        value = outside_names(function).get(node.id)
        return isinstance(value, int | float) and bool(value)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return _never_zero(node.left, function) and _never_zero(node.right, function)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return _bounded_away(node, function)
    return False


def _bounded_away(node: ast.Attribute, function: Callable[..., Any]) -> bool:
    """A declared parameter or column whose bounds exclude zero."""
    from comity.mechanism import mechanism_of  # floor 2 beside this file; a cycle at import otherwise

    name = node.value.id if isinstance(node.value, ast.Name) else ""
    if name in ROWS:
        column = world.columns(ROWS[name]).get(node.attr)
        return column is not None and (column.low > 0.0 or column.high < 0.0)
    mechanism = mechanism_of(function)
    if mechanism is None or mechanism.name() != name:
        return False
    declared = mechanism.parameters().get(node.attr)
    return declared is not None and declared.parameter.low > 0.0
