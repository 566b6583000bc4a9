"""Charts for dashboard, notebooks and command line: one look."""

from comity.figures.effects import effects
from comity.figures.ladder import ladder
from comity.figures.lanes import lanes
from comity.figures.network import network
from comity.figures.paired import demo
from comity.figures.plane import frontier
from comity.figures.several import beside
from comity.figures.standing import standing
from comity.figures.story import run
from comity.figures.style import LOOKS, STYLE, Picture, ready, styled
from comity.figures.terms import terms
from comity.figures.through_years import fan
from comity.figures.tiles import tiles

__all__ = [
    "LOOKS", "STYLE", "Picture", "beside", "demo", "effects", "fan", "frontier", "ladder", "lanes", "network", "ready",
    "run", "standing", "styled", "terms", "tiles",
]  # fmt: skip
