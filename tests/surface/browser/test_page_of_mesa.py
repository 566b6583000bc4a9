"""Mesa's own page shows the simulation in a browser: a click is a quarter."""

from __future__ import annotations

import os
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

pytest.importorskip("mesa.visualization", reason="Mesa's page is not installed")

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


def test_a_click_in_a_browser_is_a_quarter(address: str, chromium: Any) -> None:
    page = chromium.new_page()
    try:
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
        page.close()
