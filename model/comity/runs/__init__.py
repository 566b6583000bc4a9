"""Running a scenario, and what comes of it: outcomes, series, members, events, paired differences, effects."""

from comity.runs.effects import Effects
from comity.runs.pair import Comparison
from comity.runs.result import Ensemble, Run
from comity.runs.scenario import Scenario, compare, load
from comity.runs.several import Comparisons

__all__ = ["Comparison", "Comparisons", "Effects", "Ensemble", "Run", "Scenario", "compare", "load"]
