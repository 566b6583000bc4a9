"""The page that a Mesa user would write for this model: SolaraViz with four pictures, one model for each user."""

from __future__ import annotations

from typing import Any

import mesa.visualization
import solara
from matplotlib.figure import Figure

import comity

PLACES = 7
"""Members in a row of the picture of members."""


class Viewed(comity.Simulation):
    """The model with one lever as an argument of its own, as SolaraViz wants it."""

    def __init__(self, scenario: str = "eu", rng: int = 1, waiver: float = 0.5) -> None:
        super().__init__(
            scenario, rng=rng, settings={"levers.waiver.on": waiver > 0.0, "levers.waiver.strength": waiver}
        )


@solara.component
def Members(model: Any) -> None:
    """Members as tiles, colored by trust."""
    mesa.visualization.solara_viz.update_counter.get()
    figure = Figure()
    axes = figure.subplots()
    trust = [member.trust for member in model.members]
    across = [k % PLACES for k in range(len(trust))]
    down = [-(k // PLACES) for k in range(len(trust))]
    axes.scatter(across, down, c=trust, s=700, marker="s", cmap="cividis", vmin=0.0, vmax=1.0)
    for x, y, member in zip(across, down, model.members, strict=True):
        axes.annotate(member.iso3, (x, y), ha="center", va="center")
    axes.set_axis_off()
    solara.FigureMatplotlib(figure, format="png", bbox_inches="tight")


@solara.component
def Page() -> None:
    """A page with its own model, so that users do not share one."""
    model = solara.use_memo(Viewed, [])
    mesa.visualization.SolaraViz(
        model,
        components=[
            (Members, 0),
            mesa.visualization.make_plot_component("trust"),
            mesa.visualization.make_plot_component(["integration", "respect"]),
            mesa.visualization.make_plot_component("challenger"),
        ],
        model_params={
            "scenario": {"type": "Select", "value": "eu", "values": ["eu", "asean"], "label": "Scenario"},
            "rng": 1,
            "waiver": {"type": "SliderFloat", "value": 0.5, "min": 0.0, "max": 1.0, "step": 0.05, "label": "Waiver"},
        },
        play_interval=1,
        name="comity",
    )
