"""A real server, a real Chromium, and a visitor whose page may say no error and may ask nobody but this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from gallery import Board, hung
from visits import COMMAND, QUIET, Visit

import comity
from comity.film import fan, film

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WITHOUT_A_PAGE = "no Solara on this machine"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder are tests in a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="package")
def serve() -> Iterator[Callable[..., Any]]:
    """Starts servers: `serve("--classroom", KERNEL_CULL_TIMEOUT="3s")`; all are ended, none may leave a traceback."""
    pytest.importorskip("solara", reason=WITHOUT_A_PAGE)
    psutil = pytest.importorskip("psutil", reason="psutil is not installed")
    assert psutil
    from _served import Served

    started = []
    with ExitStack() as stack:

        def start(*options: str, **settings: str) -> Any:
            environment = {f"SOLARA_{name}": value for name, value in settings.items()}
            server = stack.enter_context(Served([*COMMAND, *options], environment))
            started.append(server)
            return server

        yield start
        said = [server.said() for server in started]
    assert [text for text in said if "Traceback" in text] == []


@pytest.fixture(scope="package")
def server(serve: Callable[..., Any]) -> Any:
    """The server that most tests share."""
    return serve()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser; each visit gets a profile of its own. No longer than a file: playwright's loop bars all others."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET), headless=True)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visit]]:
    """Opens the page as a new visitor: `visit("?seed=7", width=360)`; at the end nothing may have gone wrong."""
    visits: list[Visit] = []

    def open_(query: str = "", *, on: Any = None, wait: bool = True, **settings: Any) -> Visit:
        where = on or request.getfixturevalue("server")
        visits.append(Visit(chromium, where.url, settings))
        return visits[-1].go(query, wait=wait)

    yield open_
    for each in visits:
        each.leave()
    assert [wrong for each in visits for wrong in each.errors] == []
    assert [address for each in visits for address in each.strangers] == []


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where screenshots go: a folder of the test, or COMITY_SHOTS for whoever wants to look at them."""
    folder = Path(os.environ.get("COMITY_SHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="package")
def films() -> dict[str, Any]:
    """A film, the same with levers moved, a large region, a cut film, and the runs behind the first."""
    eu = comity.load("eu")
    moved = [("2014Q1", "levers.waiver.on", False), ("2014Q1", "levers.court.strength", 0.2)]
    return {
        "a": film(eu, seed=1),
        "b": film(eu, seed=1, moves=moved),
        "large": film("african-union", seed=1),
        "cut": film(eu, seed=1, until=20),
        "fan": fan(eu, seed=1, runs=6, workers=1),
    }


@pytest.fixture(scope="package")
def address(films: dict[str, Any]) -> Iterator[str]:
    """Where the pictures hang."""
    with hung({name: each.buffer for name, each in films.items()}) as found:
        yield found


@pytest.fixture
def board(chromium: Any, address: str) -> Iterator[Board]:
    """All pictures on one page; the browser may complain of nothing."""
    found = Board(chromium, address)
    yield found
    found.page.close()
    assert found.said == []
