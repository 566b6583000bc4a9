"""What a kept sweep says: which factors matter, where policies fail, what nothing beats, how many runs are enough."""

from comity.analysis.answer import Answer
from comity.analysis.converge import convergence
from comity.analysis.discovery import prim
from comity.analysis.given_data import pawn, tornado
from comity.analysis.pareto import pareto
from comity.analysis.regress import regression
from comity.analysis.sample import Refused
from comity.analysis.search import Found, search
from comity.analysis.variance import morris, sobol

KINDS = ("sobol", "morris", "pawn", "prim", "tornado", "pareto", "convergence", "regression")

__all__ = [
    "KINDS", "Answer", "Found", "Refused", "convergence", "morris", "pareto", "pawn", "prim", "regression", "search",
    "sobol", "tornado",
]  # fmt: skip
