"""A rule from outside the package is checked by its syntax tree first, so that every slip is told in its own line."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from comity import world
from comity.mechanism import Lever, Mechanism, Outcome
from comity.syntax import ROWS, WALKED, WHOLE

BUILTINS: Final = ("abs", "bool", "float", "int", "len", "max", "min", "range", "round")
MATHS: Final = ("ceil", "fabs", "floor", "inf", "isfinite", "isinf", "isnan", "pi", "sqrt")
"""What `math` may be asked for: what every processor gives to the last bit."""

_DRAW: Final = (
    "luck has an address: uniform(clock, member.id, MINE, 0) or normal(...) from comity.chance, where "
    'MINE = purpose("my.rule") stands beside the rule'
)
_COLUMN: Final = "a rule runs compiled and in threads; write what you want to see into a column"
_LISTS: Final = (
    "a rule keeps no lists, maps or text: it is called once for each row; take `other` to meet the others, or a whole "
    "table such as `members`"
)
_CALLS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("print", "open", "input", "breakpoint"), _COLUMN),
    **dict.fromkeys(("list", "dict", "set", "tuple", "str", "sorted", "zip", "enumerate", "map", "filter"), _LISTS),
    **dict.fromkeys(("sum", "any", "all"), "write a loop: for k in range(members.shape[0]), and add up"),
    "pow": "processors differ on powers; multiply, or exp(p * log(x)) from comity.arithmetic",
    **dict.fromkeys(("getattr", "setattr", "hasattr"), "name the column: member.trust"),
}
_PORTABLE: Final = ("exp", "log")
_REFUSED: Final[tuple[tuple[tuple[type[ast.AST], ...], str], ...]] = (
    ((ast.List, ast.ListComp, ast.GeneratorExp, ast.Dict, ast.DictComp, ast.Set, ast.SetComp), _LISTS),
    ((ast.JoinedStr, ast.Starred, ast.Slice, ast.Is, ast.IsNot), _LISTS),
    ((ast.Lambda, ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef), "write a helper as a function beside the rule"),
    ((ast.Try, ast.Raise, ast.Assert, ast.With), "a compiled rule has no errors to raise or catch; ask first, with if"),
    ((ast.Import, ast.ImportFrom), "import at the top of the file or the notebook, not in the rule"),
    ((ast.Global, ast.Nonlocal), "a rule changes rows and nothing else; what it must remember belongs into a column"),
    ((ast.Yield, ast.YieldFrom, ast.Await), "a rule does its work and ends; it yields nothing"),
    ((ast.Pow,), "** gives other bits on other processors; multiply, or exp(p * log(x)) from comity.arithmetic"),
    ((ast.MatMult, ast.NamedExpr, ast.Delete, ast.Match), "a rule is plain arithmetic on rows"),
)
_GIVEN: Final[Mapping[str, str]] = {
    "clock": "the clock and its key to luck are the run's own",
    "ideal": "ideals are recorded by the run itself",
    "shock": "shocks are what the scenario's calendar says; write what follows from them into a column of member",
    "spillover": "spillovers are the scenario's",
}


@dataclass(slots=True)
class Surroundings:
    """What a function may speak of: its mechanism, its captured numbers, and the functions that it may call."""

    mechanism: type[Mechanism] | None = None
    numbers: Collection[str] = ()
    calls: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    """Names from outside that a rule cannot use, and why."""


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean "..."?` or the list of what is known."""
    names = list(known)
    found = difflib.get_close_matches(word, names, n=1)
    return f'; did you mean "{found[0]}"?' if found else f"; there {'is' if len(names) == 1 else 'are'} {_and(names)}"


def _and(names: list[str]) -> str:
    return ", ".join(names) if names else "none"


class Reader(ast.NodeVisitor):
    """Walks one function and notes all that is wrong with it, as (line, message)."""

    def __init__(self, tree: ast.FunctionDef, around: Surroundings, is_rule: bool) -> None:
        self.around, self.is_rule = around, is_rule
        self.rows = {argument.arg for argument in tree.args.args}
        stored = (n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
        self.local = set(stored) | self.rows
        self.wrong: list[tuple[int, str]] = []
        self.adding: ast.AST | None = None
        for statement in tree.body:
            self.visit(statement)

    def say(self, node: ast.AST, message: str) -> None:
        self.wrong.append((getattr(node, "lineno", 0), message))

    def visit(self, node: ast.AST) -> None:
        for kinds, message in _REFUSED:
            if isinstance(node, kinds):
                self.say(node if hasattr(node, "lineno") else self.at, message)
                return
        if hasattr(node, "lineno"):
            self.at: ast.AST = node
        super().visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if not isinstance(node.value, bool | int | float):
            self.say(node, f"{node.value!r} is no number; columns hold numbers")

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Compare):
            self.say(node, "this compares and does nothing; = sets a column, == compares")
        elif not isinstance(node.value, ast.Constant):
            self.visit(node.value)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None and self.is_rule:
            self.say(node, "a rule returns nothing; it writes what it found into a column of its row")
        elif node.value is not None:
            self.visit(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        for kind, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(kind, ast.In | ast.NotIn) and not isinstance(right, ast.Tuple):
                self.say(node, "`in` asks for one of a few: member.standing in (MEMBER, RETURNED)")
                return
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        asked = {ast.unparse(n) for n in ast.walk(node.test) if isinstance(n, ast.Name | ast.Attribute)}
        stored = {ast.unparse(n) for each in node.body for n in ast.walk(each) if _is_stored(n)}
        if not asked & stored:
            self.say(node, "a loop must end, and nothing in this one changes what it asks for: for k in range(n)")
            return
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.adding = node.target
        self.generic_visit(node)

    def visit_For(self, node: ast.For) -> None:
        call = node.iter
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "range"):
            self.say(node, "a loop counts: for k in range(members.shape[0]), then members[k].trust")
            return
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        name, around = node.id, self.around
        if isinstance(node.ctx, ast.Store):
            if name in self.rows and self.is_rule:
                self.say(node, f"{name} is a row and stays what it is; write into its columns, {name}.column = ...")
        elif name in around.refused:
            self.say(node, around.refused[name])
        elif not (name in self.local or name in around.numbers or name in around.calls or name in BUILTINS):
            known = [*self.rows, *around.numbers, *around.calls, *BUILTINS]
            self.say(node, f"nothing here is called {name}{nearest(name, known)}")

    def visit_Call(self, node: ast.Call) -> None:
        for argument in node.args:
            self.visit(argument)
        if node.keywords:
            self.say(node, "name no arguments in a call; give them in their order")
        if isinstance(node.func, ast.Attribute):
            self._method(node, node.func)
        elif not isinstance(node.func, ast.Name):
            self.say(node, "only a function that has a name can be called")
        else:
            self._function(node, node.func.id)

    def _function(self, node: ast.Call, name: str) -> None:
        if name in self.around.calls:
            fewest, most = self.around.calls[name]
            if not node.keywords and not fewest <= len(node.args) <= most:
                self.say(node, f"{name} takes {most} arguments, not {len(node.args)}")
        elif name in self.around.refused:
            self.say(node, self.around.refused[name])
        elif name in _CALLS:
            self.say(node, f"{name}: {_CALLS[name]}")
        elif name not in BUILTINS:
            self.say(node, f"{name} cannot be called here{nearest(name, [*self.around.calls, *BUILTINS])}")

    def _method(self, node: ast.Call, function: ast.Attribute) -> None:
        root, name = _root(function), function.attr
        if "random" in (root, name) or _is_random(function):
            self.say(node, _DRAW)
        elif root == "math":
            self._maths(node, name)
        elif root in ("np", "numpy"):
            self.say(node, f"NumPy works on arrays, a rule on one row; {self._instead(name)}")
        else:
            self.say(node, f"{ast.unparse(function)} cannot be called; a row has columns, no methods")

    def _instead(self, name: str) -> str:
        if name in _PORTABLE:
            return f"take {name} from comity.arithmetic"
        return "use min, max, abs, math.sqrt, or clip, ratio, exp, log, logistic from comity.arithmetic"

    def _maths(self, node: ast.AST, name: str) -> None:
        if name in _PORTABLE:
            self.say(node, f"processors differ on math.{name}; take {name} from comity.arithmetic")
        elif name not in MATHS:
            self.say(node, f"processors may differ on math.{name}; a rule may use math.{', math.'.join(MATHS)}")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        base = node.value
        if isinstance(base, ast.Subscript):
            self._indexed(node, base)
        elif not isinstance(base, ast.Name):
            self.say(node, f"{ast.unparse(node)}: a column is named as row.column")
        elif base.id == "math" and base.id not in self.local:
            self._maths(node, node.attr)
        elif base.id in ("np", "numpy", "random") and base.id not in self.local:
            self.say(node, f"NumPy works on arrays, a rule on one row; {self._instead(node.attr)}")
        elif base.id in self.rows:
            self._column(node, base.id)
        else:
            self.say(node, f"{base.id} is no row; a rule reads columns of the rows that it takes")

    def _indexed(self, node: ast.Attribute, base: ast.Subscript) -> None:
        self.visit(base.slice)
        name = base.value.id if isinstance(base.value, ast.Name) else ""
        if name not in WHOLE or name not in self.rows:
            self.say(node, f"{ast.unparse(base)}: only whole tables are counted through: {', '.join(WHOLE)}")
            return
        self._known(node, WHOLE[name])
        if isinstance(node.ctx, ast.Store) and not self._is_the_mechanisms(f"{name}.{node.attr}"):
            self.say(node, f"{name}[...] is for reading; take `{WHOLE[name]}`, a rule's own row, and write there")

    def visit_Subscript(self, node: ast.Subscript) -> None:
        value = node.value
        shape = isinstance(value, ast.Attribute) and value.attr == "shape" and _root(value) in WHOLE
        if not shape:
            self.say(node, f"{ast.unparse(node)}: a row has columns: {', '.join(WHOLE)} have rows, members[k].trust")

    def _column(self, node: ast.Attribute, row: str) -> None:
        is_written = isinstance(node.ctx, ast.Store)
        if row in ROWS:
            self._known(node, ROWS[row])
            is_allowed = self._is_the_mechanisms(f"{row}.{node.attr}")
            if is_written and ROWS[row] in _GIVEN and not is_allowed:
                self.say(node, f"{row}.{node.attr} cannot be written: {_GIVEN[ROWS[row]]}")
            elif is_written and row.startswith("other") and node is not self.adding:
                self.say(node, f"{row} is for reading, or for adding up (+=): each row writes itself in its turn")
        elif row in WHOLE:
            if node.attr != "shape":
                self.say(node, f"{row} is a whole table: {row}[k].{node.attr} for k in range({row}.shape[0])")
        elif not self.is_rule:
            return
        elif self.around.mechanism is not None:
            self._own(node, row, self.around.mechanism, is_written)

    def _is_the_mechanisms(self, path: str) -> bool:
        """Whether the mechanism whose rule is replaced writes this column, which is else not for rules to write."""
        return self.around.mechanism is not None and path in self.around.mechanism.writes

    def _own(self, node: ast.Attribute, row: str, mechanism: type[Mechanism], is_written: bool) -> None:
        if row == "why":
            known = [*mechanism.terms, "logit", "draw"]
        elif row == "tally":
            known = [column for outcome in Outcome.__subclasses__() for column in outcome.columns]
        else:
            known = [*mechanism.parameters(), *mechanism.choices()]
            known += ["strength"] if issubclass(mechanism, Lever) else []
            if is_written:
                self.say(node, f"{row}.{node.attr} is a parameter, the same for all; write into a column of a row")
        if node.attr not in known:
            self.say(node, f'{row} has no "{node.attr}"{nearest(node.attr, known)}')

    def _known(self, node: ast.Attribute, table: str) -> None:
        names = world.columns(table)
        if node.attr not in names:
            self.say(node, f'{table} has no column "{node.attr}"{nearest(node.attr, names)}')


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_stored(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store)


def _is_random(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        if node.attr == "random":
            return True
        node = node.value
    return False


def of_arguments(
    tree: ast.FunctionDef, mechanism: type[Mechanism] | None, replaced: str, scope_of: Callable[[Iterable[str]], str],
    wanted: tuple[str, ...],
) -> list[str]:  # fmt: skip
    """What is wrong with the rows that a rule takes; `wanted` are those of the rule that it replaces, if any."""
    arguments, found = tree.args, []
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.posonlyargs or arguments.defaults:
        return ["a rule takes rows by their names alone: no defaults, no *, no **"]
    own = mechanism.name() if mechanism is not None else ""
    known = [*WALKED]
    if mechanism is not None:
        known += [own] if mechanism.parameters() or mechanism.choices() or issubclass(mechanism, Lever) else []
        known += ["why"] if mechanism.terms else []
    if not getattr(mechanism, "columns", ()):
        known.remove("tally")
    names = [argument.arg for argument in arguments.args]
    for name in names:
        if name not in known:
            message = f'takes "{name}", which is no row{nearest(name, known)}'
            if not replaced and name not in WALKED:
                message += " (a rule that joins brings its numbers with it: RATE = 0.1 beside it, RATE within)"
            found.append(message)
    if not names:
        found.append(f"takes no row; a rule may take {', '.join(known)}")
    if replaced and not found and scope_of(names) != scope_of(wanted):
        found.append(
            f"{replaced} is called {_for_each(scope_of(wanted))}, since it takes ({', '.join(wanted)}); yours, which "
            f"takes ({', '.join(names)}), would be called {_for_each(scope_of(names))}"
        )
    return found


_EACH: Final = {
    "m": "measure", "i": "member", "j": "other member", "a": "area", "b": "other area", "g": "figure", "l": "lever",
    "s": "line of instruction",
}  # fmt: skip


def _for_each(scope: str) -> str:
    return "for each " + " and ".join(_EACH[letter] for letter in scope) if scope else "once a quarter"


def of_place(where: str, names: Collection[str], scope_of: Callable[[Iterable[str]], str]) -> list[str]:
    """What is wrong with a condition such as `post.deciding and measure.court` for a rule that takes these rows."""
    found = []
    for path in where.split(" and ") if where else ():
        row, _, column = path.partition(".")
        columns = world.columns(ROWS[row]) if row in ROWS else {}
        if row not in ROWS:
            found.append(f'its condition "{path}" names no row{nearest(row, ROWS)}')
        elif column not in columns:
            found.append(f'its condition: {ROWS[row]} has no column "{column}"{nearest(column, columns)}')
        elif not set(scope_of([row])) <= {*scope_of(names), *("a" if "m" in scope_of(names) else "")}:
            found.append(f'its condition "{path}" needs the row {row}, which the rule does not walk: take it too')
    return found
