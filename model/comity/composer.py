"""The quarter is composed: rules over rows become loops in a file of source that Numba compiles once."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import os
import re
import sys
import tempfile
import threading
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from comity import syntax
from comity.loops import ARGUMENTS, lever_rows, passed, phase_source
from comity.mechanism import Rule
from comity.priors import draw_all
from comity.quarter import RULEBOOK
from comity.rulebook import Phase, Rulebook
from comity.sources import Sources, mangled
from comity.syntax import RuleError


def _itself(rule: Rule) -> Callable[..., Any]:
    return rule


def plain(book: Rulebook, bind: Callable[[Rule], Callable[..., Any]] = _itself) -> dict[str, Callable[..., Any]]:
    """The phases over uncompiled rules; `bind` may put another callable in a rule's place.

    For the debugger, for recording rows, for states that decide in their own Python, and for holding the
    compiled run to the same bits.
    """
    rows = lever_rows(book)
    phases = {}
    for phase in book.phases:
        source = phase_source(phase, rows)
        names: dict[str, Any] = {mangled(step.rule): bind(step.rule) for step in phase.steps}
        file = f"<comity quarter: {phase.name}>"
        exec(compile(source, file, "exec"), names)
        phases[phase.name] = names[f"phase_{phase.name}"]
    return phases


_PULL_NOW: Final = """
@inner
def pull_now(pull, planned):
    pull.planned = planned
    pull.strength = min(max(planned + pull.shift, pull.low), pull.high)
    return pull.strength
"""

_DRIVERS: Final = """
@entry
def begin(clock, params, pulls, plan, draws, flat, template, key0, key1):
    for k in range(flat.shape[0]):
        flat[k] = template[k]
    clock[0].key0 = key0
    clock[0].key1 = key1
    {draw}(clock[0], draws, flat)
    set_levers(params, pulls, plan, 0)


@numba.extending.intrinsic
def call_at(typing, place, tables):
    def write(context, builder, signature, arguments):
        kinds = signature.args[1].types
        values = cgutils.unpack_tuple(builder, arguments[1], len(kinds))
        function = context.call_conv.get_function_type(types.none, kinds).as_pointer()
        target = builder.inttoptr(arguments[0], function)
        status, _ = context.call_conv.call_function(builder, target, types.none, kinds, values)
        with cgutils.if_unlikely(builder, status.is_error):
            context.call_conv.return_status_propagate(builder, status)
        return context.get_dummy_value()

    return types.none(types.int64, tables), write


@entry
def through(places, foundings, {A}, plan, draws, flat, template, key0, key1, picks, record, out):
    begin(clock, params, pulls, plan, draws, flat, template, key0, key1)
    tables = ({A})
    for phase in range(foundings):
        call_at(places[phase], tables)
    for quarter in range(clock[0].horizon):
        clock[0].quarter = quarter
        clock[0].season = quarter % 4
        set_levers(params, pulls, plan, quarter)
        for phase in range(foundings, places.shape[0]):
            call_at(places[phase], tables)
        for k in range(picks.shape[0]):
            record[quarter, k] = flat[picks[k]]
    finish({A}, out)


@entry
def one({A}, plan, draws, flat, template, key0, key1, picks, record, out):
    begin(clock, params, pulls, plan, draws, flat, template, key0, key1)
{founding}
    for quarter in range(clock[0].horizon):
        clock[0].quarter = quarter
        clock[0].season = quarter % 4
        set_levers(params, pulls, plan, quarter)
{quarterly}
        for k in range(picks.shape[0]):
            record[quarter, k] = flat[picks[k]]
    finish({A}, out)
"""


_DECORATORS: Final = (
    # inlined by force: most rows return at once, and a call costs them more than the rule
    'inner = numba.njit(nogil=True, error_model="numpy", no_cpython_wrapper=True,'
    " no_cfunc_wrapper=True, forceinline=True)",
    'entry = numba.njit(nogil=True, error_model="numpy", cache=True, no_cfunc_wrapper=True)',
)


def source(book: Rulebook) -> str:
    """The whole rulebook as one self-contained file: rules, helpers, phases, the quarter, the run."""
    rules = Sources("@inner")
    for phase in book.phases:
        for step in phase.steps:
            rules.add(step.rule)
    rows = lever_rows(book)
    finish = "\n".join(
        f"    out[{k}] = {rules.add(outcome.finish)}({passed(outcome.finish, name)})"
        for k, (name, outcome) in enumerate(book.outcomes.items())
    )
    strengths = "\n".join(
        f"    params[0].{name}.strength = pull_now(pulls[{row}], plan[quarter, {row}])" for name, row in rows.items()
    )
    drivers = _DRIVERS.format(
        A=ARGUMENTS,
        draw=rules.add(draw_all),
        founding="\n".join(f"    phase_{phase.name}({ARGUMENTS})" for phase in book.founding),
        quarterly="\n".join(f"        phase_{phase.name}({ARGUMENTS})" for phase in book.quarterly),
    )
    return "\n\n".join(
        [
            "import numba\nfrom numba.core import cgutils, types",
            *_DECORATORS,
            rules.text(),
            *("@entry\n" + phase_source(phase, rows) for phase in book.phases),
            _PULL_NOW,
            f"@inner\ndef set_levers(params, pulls, plan, quarter):\n{strengths or '    pass'}\n",
            f"@entry\ndef finish({ARGUMENTS}, out):\n{finish or '    pass'}\n",
            drivers,
        ]
    )


def source_of_phase(phase: Phase, book: Rulebook) -> str:
    """One phase as a self-contained file."""
    rules = Sources("@inner")
    for step in phase.steps:
        rules.add(step.rule)
    return "\n\n".join(["import numba", *_DECORATORS, rules.text(), "@entry\n" + phase_source(phase, lever_rows(book))])


def cache_folder() -> Path:
    """Where composed and compiled quarters are kept.

    COMITY_CACHE, if set; in a checkout its own `.cache`; else the user's cache; else a temporary folder.
    """
    named = os.environ.get("COMITY_CACHE")
    checkout = Path(__file__).parents[2]
    if named:
        folder = Path(named)
    elif (checkout / "pyproject.toml").is_file() and os.access(checkout, os.W_OK):
        folder = checkout / ".cache"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "comity"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="comity-"))


_KEPT: Final = 8
"""Composed rulebooks that stay in the cache; older ones are pruned."""
_KEPT_PHASES: Final = 64
"""The same for phases that hold rules of one's own."""


_MADE_FROM: Final = (
    "arithmetic.py", "chance.py", "composer.py", "loops.py", "priors.py", "quarter.py", "rulebook.py", "sources.py",
    "syntax.py", "tables.py", "world/*.py", "forces/*.py", "levers/*.py", "outcomes/*.py",
)  # fmt: skip
"""The sources that the shipped rulebook is made from."""


def _package_digest() -> str:
    digest = hashlib.sha256()
    home = Path(__file__).parent
    for part in _MADE_FROM:
        for path in sorted(home.glob(part)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


_SHIPPED: Final = _package_digest()
"""Taken when the rules are read: an edit while a session is open must not put old rules under a new name."""


def _stem(book: Rulebook) -> tuple[str, str | None]:
    """The name of the composed file, and its text where the name had to be taken from it.

    The shipped rulebook is named by the package's own sources, so that a start need not compose it again.
    """
    if book is RULEBOOK:
        return "rulebook_" + _SHIPPED, None
    text = source(book)
    return "rulebook_" + hashlib.sha256(text.encode()).hexdigest()[:20], text


def _folder() -> Path:
    import numba  # only here and below: everything that reads declarations stays fast

    versions = f"numba{numba.__version__}-numpy{np.__version__}-py{sys.version_info[0]}{sys.version_info[1]}"
    return cache_folder() / versions


def compiled(book: Rulebook) -> Any:
    """The composed rulebook as a module whose functions compile on first use, or load from the cache.

    The file is named by a hash of all that it is made from, so no edit of a rule or a helper can meet stale code. Of
    the shipped rulebook with rules of one's own, only the phases that hold them are composed anew.
    """
    if book.own_rules and _is_kin(book):
        return _assembled(book)
    name, text = _stem(book)
    return _module(name, lambda: text or source(book))


def _is_kin(book: Rulebook) -> bool:
    """Whether the rulebook differs from the shipped one by rules alone: same mechanisms, same names of phases."""
    same = all(getattr(book, part) is getattr(RULEBOOK, part) for part in ("forces", "levers", "outcomes"))
    return same and [phase.name for phase in book.phases] == [phase.name for phase in RULEBOOK.phases]


_LOADING: Final = threading.RLock()
"""A module is in `sys.modules` before it has run: who asks meanwhile from another thread waits until it is whole."""


def _module(name: str, text: Callable[[], str]) -> types.ModuleType:
    with _LOADING:
        return sys.modules[name] if name in sys.modules else _loaded(name, text)


def _loaded(name: str, text: Callable[[], str]) -> types.ModuleType:
    import numba

    folder = _folder()
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.py"
    if not path.exists():
        _prune(folder)
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".part", delete=False, encoding="utf-8") as part:
            part.write(text())
        os.replace(part.name, path)
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    kept, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(folder)
    try:
        spec.loader.exec_module(module)
    finally:
        numba.config.CACHE_DIR = kept
    return module


def _module_of(phase: Phase, book: Rulebook) -> types.ModuleType:
    text = source_of_phase(phase, book)
    return _module("phase_" + hashlib.sha256(text.encode()).hexdigest()[:20], lambda: text)


class Assembled:
    """The shipped rulebook's compiled phases with some put in their place; it answers as a composed module does."""

    def __init__(self, book: Rulebook) -> None:
        shipped = compiled(RULEBOOK)
        self.begin, self.finish, self._through = shipped.begin, shipped.finish, shipped.through
        self._calls, self._foundings = [], len(book.founding)
        self.own: list[Phase] = []
        for phase, stock in zip(book.phases, RULEBOOK.phases, strict=True):
            module = shipped
            if phase is not stock:
                module = _module_of(phase, book)
                self.own.append(phase)
            call = getattr(module, f"phase_{phase.name}")
            setattr(self, f"phase_{phase.name}", call)
            self._calls.append(call)
        self._places: dict[Any, Any] = {}

    def one(self, *arguments: Any) -> None:
        """One whole run, as the function of that name in a composed module."""
        tables = len(ARGUMENTS.split(","))
        kinds = tuple(table.dtype for table in arguments[:tables])
        if kinds not in self._places:
            self._places[kinds] = self._addresses(arguments[:tables])
        self._through(self._places[kinds], self._foundings, *arguments)

    def _addresses(self, tables: Any) -> Any:
        import numba

        signature = tuple(numba.typeof(table) for table in tables)
        places = np.zeros(len(self._calls), "i8")
        for k, call in enumerate(self._calls):
            call.compile(signature)
            found = call.overloads[signature]
            places[k] = found.library.get_pointer_to_function(found.fndesc.llvm_func_name)
        return places


def explained(error: Exception, phase: Phase, book: Rulebook) -> RuleError:
    """What Numba says of a phase, told of the line of the own rule in which it found it."""
    file = _module_of(phase, book).__file__ if _is_kin(book) and book.own_rules else compiled(book).__file__
    text = Path(str(file)).read_text(encoding="utf-8")
    composed = {node.name: node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)}
    lines = [int(line) for line in re.findall(r"line (\d+)", str(error))]
    said = _gist(str(error))
    for own in _own_functions(book):
        node = composed.get(mangled(own))
        if node is None:
            continue
        meant = [line for line in lines if node.lineno <= line <= (node.end_lineno or node.lineno)]
        if meant:
            here = _line_of(node, syntax.tree(own), meant[-1])
            name = f"{own.__code__.co_filename}:{here}: {own.__name__}"
            return RuleError(f"{name}: cannot be compiled: {said}")
    return RuleError(f"the phase {phase.name} cannot be compiled: {said}")


def _gist(said: str) -> str:
    """The one sentence of a Numba error that tells what is wrong, in the words of rows."""
    lines = [line.strip() for line in re.sub(r"\x1b\[[0-9;]*m", "", said).splitlines()]  # colors
    told = [line for line in lines if line and not line.startswith(("Failed in", "During", "File "))]
    first = told[0] if told else said
    call = re.search(r"No implementation of function Function\(<(?:built-in )?function (\w+)", first)
    if call:
        return f"{call[1]} cannot take what it is given here; it takes numbers, and a row is none"
    return re.sub(r"Record\([^)]*\)", "a row", first)


def _own_functions(book: Rulebook) -> Iterator[Callable[..., Any]]:
    """The own rules of a rulebook, and their helpers."""
    for own in book.own_rules:
        yield own.function
        around = own.function.__globals__.values()
        yield from (each for each in around if isinstance(each, types.FunctionType) and syntax.given(each) is not None)


def _line_of(composed: ast.FunctionDef, written: ast.FunctionDef, line: int) -> int:
    """The line as it was written, of a line as it was composed: the two trees have the same shape."""
    pairs = zip(ast.walk(composed), ast.walk(written), strict=False)
    found = [b.lineno for a, b in pairs if getattr(a, "lineno", 0) == line and hasattr(b, "lineno")]
    return found[0] if found else written.lineno


_ASSEMBLED: Final[dict[str, Assembled]] = {}


def _assembled(book: Rulebook) -> Assembled:
    mark = "-".join(own.hash for own in book.own_rules)
    if mark not in _ASSEMBLED:
        _ASSEMBLED[mark] = Assembled(book)
    return _ASSEMBLED[mark]


def is_cached(book: Rulebook) -> bool:
    """Whether the rulebook was compiled on this machine before: nothing to wait for."""
    return any(_folder().rglob(f"{_stem(book)[0]}.one-*.nbc"))


def _prune(folder: Path) -> None:
    for kind, many in (("rulebook", _KEPT), ("phase", _KEPT_PHASES)):
        files = sorted(folder.glob(f"{kind}_*.py"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in files[many - 1 :]:
            for path in folder.rglob(f"{old.stem}.*"):
                path.unlink(missing_ok=True)
