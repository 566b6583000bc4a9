"""comity: can an international organization deepen integration while domestic political systems stay diverse?"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from comity import film
    from comity.analysis import search
    from comity.calibration import calibrate
    from comity.document import cite
    from comity.foresight import Foresight
    from comity.runs import Comparison, Comparisons, Effects, Ensemble, Run, Scenario, compare, load
    from comity.runs.catalogue import catalogue
    from comity.runs.effects import effects
    from comity.runs.story import Story
    from comity.runs.why import why
    from comity.scenario import Problem, ScenarioError, check
    from comity.simulation import Simulation
    from comity.sweeps import Sweep, sweep
    from comity.syntax import RuleError
    from comity.truth import Facts, facts

    __version__: str

__all__ = [
    "Comparison",
    "Comparisons",
    "Effects",
    "Ensemble",
    "Facts",
    "Foresight",
    "Problem",
    "RuleError",
    "Run",
    "Scenario",
    "ScenarioError",
    "Simulation",
    "Story",
    "Sweep",
    "__version__",
    "calibrate",
    "catalogue",
    "check",
    "cite",
    "compare",
    "effects",
    "facts",
    "film",
    "load",
    "search",
    "sweep",
    "why",
]

_HOME: Final = {
    "Comparison": "comity.runs",
    "Comparisons": "comity.runs",
    "Effects": "comity.runs",
    "Ensemble": "comity.runs",
    "Facts": "comity.truth",
    "Foresight": "comity.foresight",
    "Problem": "comity.scenario",
    "RuleError": "comity.syntax",
    "Run": "comity.runs",
    "Scenario": "comity.runs",
    "ScenarioError": "comity.scenario",
    "Simulation": "comity.simulation",
    "Story": "comity.runs.story",
    "Sweep": "comity.sweeps",
    "calibrate": "comity.calibration",
    "catalogue": "comity.runs.catalogue",
    "check": "comity.scenario",
    "cite": "comity.document",
    "compare": "comity.runs",
    "effects": "comity.runs.effects",
    "facts": "comity.truth",
    "load": "comity.runs",
    "why": "comity.runs.why",
    "search": "comity.analysis",
    "sweep": "comity.sweeps",
}
"""Where each public name lives. They are fetched when they are asked for, so that `import comity` costs nothing."""
_PACKAGES: Final = ("film",)
"""Public names that are packages: `comity.film` holds all that a page shows of a run."""


def __getattr__(name: str) -> Any:
    if name == "__version__":
        found: Any = _version()
    elif name in _PACKAGES:
        found = importlib.import_module(f"comity.{name}")
    elif name in _HOME:
        found = getattr(importlib.import_module(_HOME[name]), name)
    else:
        raise AttributeError(f"module 'comity' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _version() -> str:
    """The installed version; of a mere checkout on the path, what can be said without one."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("comity")
    except PackageNotFoundError:
        return "0+checkout"
