"""Sweeps: many points, many runs at each, on any number of machines, kept so that every row can be run again."""

from comity.sweeps.executors import Unfinished
from comity.sweeps.handle import Sweep, sweep
from comity.sweeps.manifest import OtherRules
from comity.sweeps.store import Status, WrongFolder

__all__ = ["OtherRules", "Status", "Sweep", "Unfinished", "WrongFolder", "sweep"]
