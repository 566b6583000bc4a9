"""Running a scenario, and what comes of it: outcomes, series, members, events, paired differences."""

from comity.runs.pair import Comparison
from comity.runs.result import Ensemble, Run
from comity.runs.scenario import Scenario, compare, load

__all__ = ["Comparison", "Ensemble", "Run", "Scenario", "compare", "load"]
