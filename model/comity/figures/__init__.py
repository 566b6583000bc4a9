"""Charts for dashboard, notebooks and command line: one look."""

from comity.figures.demo import demo
from comity.figures.style import LOOKS, STYLE, Picture, styled

__all__ = ["LOOKS", "STYLE", "Picture", "demo", "styled"]
