"""Charts for dashboard, notebooks and command line: one look."""

from comity.figures.demo import demo
from comity.figures.fan import fan
from comity.figures.frontier import frontier
from comity.figures.story import run
from comity.figures.style import LOOKS, STYLE, Picture, ready, styled

__all__ = ["LOOKS", "STYLE", "Picture", "demo", "fan", "frontier", "ready", "run", "styled"]
