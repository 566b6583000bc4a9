"""The quarter is composed: rules over rows become loops in a file of source that Numba compiles once."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tempfile
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from comity.loops import ARGUMENTS, lever_rows, passed, phase_source
from comity.mechanism import Rule
from comity.priors import draw_all
from comity.quarter import RULEBOOK, Rulebook
from comity.sources import Sources, mangled


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
            "import numba",
            # inlined by force: most rows return at once, and a call costs them more than the rule
            'inner = numba.njit(nogil=True, error_model="numpy", no_cpython_wrapper=True,'
            " no_cfunc_wrapper=True, forceinline=True)",
            'entry = numba.njit(nogil=True, error_model="numpy", cache=True, no_cfunc_wrapper=True)',
            rules.text(),
            *("@entry\n" + phase_source(phase, rows) for phase in book.phases),
            _PULL_NOW,
            f"@inner\ndef set_levers(params, pulls, plan, quarter):\n{strengths or '    pass'}\n",
            f"@entry\ndef finish({ARGUMENTS}, out):\n{finish or '    pass'}\n",
            drivers,
        ]
    )


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


_MADE_FROM: Final = (
    "arithmetic.py", "chance.py", "composer.py", "loops.py", "priors.py", "quarter.py", "sources.py", "syntax.py",
    "tables.py", "world/*.py", "forces/*.py", "levers/*.py", "outcomes/*.py",
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


def compiled(book: Rulebook) -> types.ModuleType:
    """The composed file as a module whose functions compile on first use, or load from the cache.

    The file is named by a hash of all that it is made from, so no edit of a rule or a helper can meet stale code.
    """
    name, text = _stem(book)
    if name in sys.modules:
        return sys.modules[name]
    import numba

    folder = _folder()
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.py"
    if not path.exists():
        _prune(folder)
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".part", delete=False, encoding="utf-8") as part:
            part.write(text or source(book))
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


def is_cached(book: Rulebook) -> bool:
    """Whether the rulebook was compiled on this machine before: nothing to wait for."""
    return any(_folder().rglob(f"{_stem(book)[0]}.one-*.nbc"))


def _prune(folder: Path) -> None:
    files = sorted(folder.glob("rulebook_*.py"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in files[_KEPT - 1 :]:
        for path in folder.rglob(f"{old.stem}.*"):
            path.unlink(missing_ok=True)
