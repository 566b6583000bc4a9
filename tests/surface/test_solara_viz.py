"""Mesa's own page shows the simulation and is clicked, without a browser; `browser/` does the same in one."""

from __future__ import annotations

from typing import Any

import pytest

from comity.simulation import Simulation

solara = pytest.importorskip("solara", reason="solara is not installed")
vuetify = pytest.importorskip("ipyvuetify", reason="ipyvuetify is not installed")
visualization = pytest.importorskip("mesa.visualization", reason="Mesa's page is not installed")


def render(page: Any) -> Any:
    """The page inside the frame that holds its side bar."""
    _, rendered = solara.render(solara.AppLayout(children=[page]), handle_error=False)
    return rendered


def button(rendered: Any, label: str) -> Any:
    return rendered.find(vuetify.Btn, children=[label]).widget


def test_the_page_steps_stops_and_starts_again() -> None:
    shown = solara.reactive(Simulation("mercosur", rng=5, years=1))
    page = visualization.SolaraViz(
        shown,
        components=[
            visualization.make_plot_component("trust"),
            visualization.make_plot_component(["integration", "respect"]),
        ],
        model_params={"scenario": "asean", "rng": "6", "years": 1},
    )
    rendered = render(page)
    try:
        first = shown.value
        for _ in range(4):
            button(rendered, "Step").click()
        assert (first.date, first.running) == ("1995Q4", False)
        assert button(rendered, "Step").disabled
        button(rendered, "Reset").click()
        again = shown.value
        assert again is not first
        assert (again.given.name, again.luck, again.quarter) == ("asean", (6, 0), -1)
    finally:
        rendered.close()


def test_a_map_of_states_can_be_drawn_by_a_component_of_ones_own() -> None:
    @solara.component
    def Leavers(model: Simulation) -> None:
        visualization.solara_viz.update_counter.get()
        solara.Text(f"{len(model.members.select(lambda member: member.threat))} threaten to leave")

    rendered = render(visualization.SolaraViz(Simulation("mercosur", rng=1, years=1), components=[Leavers]))
    try:
        button(rendered, "Step").click()
        assert [each for each in rendered.find(vuetify.Html).widgets if "threaten to leave" in str(each.children)]
    finally:
        rendered.close()
