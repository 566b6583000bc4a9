"""Mesa's own page shows the simulation: rendered without a browser, and clicked in one where there is one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mesa
import pytest

from comity.simulation import Simulation

solara = pytest.importorskip("solara", reason="solara is not installed")
vuetify = pytest.importorskip("ipyvuetify", reason="ipyvuetify is not installed")
visualization = pytest.importorskip("mesa.visualization", reason="Mesa's page is not installed")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 60.0
"""Seconds to wait for a server or a page."""

APP = """
import mesa.visualization
import solara
from comity.simulation import Simulation

page = mesa.visualization.SolaraViz(
    Simulation(scenario="mercosur", rng="5", years=1),
    components=[mesa.visualization.make_plot_component("trust"), lambda model: solara.Text(f"Quarter: {model.date}")],
    model_params={
        "rng": {"type": "InputText", "value": "5", "label": "Seed"},
        "scenario": {"type": "Select", "value": "mercosur", "values": ["mercosur", "asean"], "label": "Scenario"},
        "years": 1,
    },
    name="comity",
)
"""


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


def answers(address: str, server: subprocess.Popen[bytes]) -> bool:
    """Whether the page is there before patience runs out."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A page served on loopback."""
    (tmp_path / "app.py").write_text(APP, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "solara", "run", "app.py", "--host", "127.0.0.1", "--port", str(port),
        "--no-open", "--production",
    ]  # fmt: skip
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=tmp_path, env=os.environ, stdout=log, stderr=log)
    try:
        found = f"http://127.0.0.1:{port}/"
        assert answers(found, server), (tmp_path / "server.log").read_text(encoding="utf-8")
        yield found
    finally:
        server.terminate()
        server.wait(PATIENCE)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_click_in_a_browser_is_a_quarter(address: str, tmp_path: Path) -> None:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, args=list(QUIET), headless=True
        )
        try:
            page = browser.new_page()
            page.set_default_timeout(PATIENCE * 1000)
            said: list[str] = []
            page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: said.append(str(error)))
            page.goto(address)
            page.get_by_text("Quarter: 1994Q4").wait_for()
            page.get_by_role("button", name="Step", exact=True).click()
            page.get_by_text("Quarter: 1995Q1").wait_for()
            page.get_by_text("Step: 1" if mesa.__version__ < "3.4" else "Time: 1.0").wait_for()
            page.get_by_role("button", name="Reset").click()
            page.get_by_text("Quarter: 1994Q4").wait_for()
            assert said == []
        finally:
            browser.close()
