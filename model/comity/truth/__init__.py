"""Truth: what the model was fitted to, what it was not, and where it misses, against tables of facts."""

from comity.truth.report import Facts, Told
from comity.truth.table import Row, read, shipped_table
from comity.truth.verdicts import facts

__all__ = ["Facts", "Row", "Told", "facts", "read", "shipped_table"]
