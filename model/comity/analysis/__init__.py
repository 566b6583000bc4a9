"""What a kept sweep says: which factors matter, where policies fail, what nothing beats, how many runs are enough."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from comity.analysis.answer import Answer
from comity.analysis.converge import convergence
from comity.analysis.discovery import prim
from comity.analysis.given_data import pawn, tornado
from comity.analysis.pareto import pareto
from comity.analysis.regress import regression
from comity.analysis.sample import Refused
from comity.analysis.seeking import Found, search
from comity.analysis.turning import Turning, turning
from comity.analysis.variance import morris, sobol
from comity.sweeps import Sweep

KINDS = ("sobol", "morris", "pawn", "prim", "tornado", "pareto", "convergence", "regression")


def report(sweep: Sweep | str | Path, path: str | Path | None = None, outcomes: Sequence[str] | None = None) -> Path:
    """A kept sweep as one HTML page; see `comity.analysis.report`."""
    from comity.analysis.page import report as write

    return write(sweep, path, outcomes)


__all__ = [
    "KINDS", "Answer", "Found", "Refused", "Turning", "convergence", "morris", "pareto", "pawn", "prim", "regression",
    "report", "search", "sobol", "tornado", "turning",
]  # fmt: skip
