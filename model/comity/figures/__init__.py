"""Charts for dashboard, notebooks and command line: one look."""

from comity.figures.paired import demo
from comity.figures.plane import frontier
from comity.figures.story import run
from comity.figures.style import LOOKS, STYLE, Picture, ready, styled
from comity.figures.terms import terms
from comity.figures.through_years import fan

__all__ = ["LOOKS", "STYLE", "Picture", "demo", "fan", "frontier", "ready", "run", "styled", "terms"]
