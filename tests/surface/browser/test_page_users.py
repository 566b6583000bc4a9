"""Users do not meet: each has a session of their own, and who is gone leaves neither thread nor kernel behind."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from visits import QUIET, Visit

Open = Callable[..., Visit]
Serve = Callable[..., Any]
CULL = 3
"""Seconds after which the servers of these tests forget who is gone."""
SOON = 60.0
"""Seconds of patience: a server that hears no farewell finds out by its own pings, after up to forty."""


def forgotten(server: Any, kernels: int = 0) -> bool:
    """Whether a server comes down to so many kernels, soon."""
    end = time.monotonic() + CULL + SOON
    while server.held()["kernels"] > kernels:
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def ours(server: Any) -> list[str]:
    """The threads of a server that work for somebody: not those of the pools, which wait and are few."""
    return [name for name in server.held()["threads"] if not name.startswith(("AnyIO worker", "comity-long"))]


@pytest.fixture(scope="module")
def hasty(serve: Serve) -> Any:
    """A server that soon forgets who is gone."""
    return serve(KERNEL_CULL_TIMEOUT=f"{CULL}s")


def test_two_users_do_not_see_one_another(visit: Open) -> None:
    one, other = visit("?scenario=eu&seed=1"), visit("?scenario=eu&seed=1")
    first = other.digest()
    assert one.digest() == first
    one.stage("stage.send('move', {path: 'levers.funds.strength', value: 0.1, quarter: 8})")
    one.stage("stage.send('seed', {seed: '5'})")
    one.until("stage.films.a.header.seed == 5")
    other.page.wait_for_timeout(500)
    assert other.digest() == first
    assert other.stage("stage.films.a.header.moves.length") == 0
    assert "seed=5" not in other.page.evaluate("location.search")
    other.stage("stage.send('luck')")
    other.until("stage.films.a.header.seed == 2")
    assert one.stage("stage.films.a.header.seed") == 5


def test_two_tabs_of_one_browser_are_two_pages(visit: Open) -> None:
    seen = visit("?seed=1")
    tab = seen.context.new_page()
    seen.watch(tab)
    tab.goto(f"{seen.url}/?seed=2", wait_until="commit")
    tab.wait_for_function("window.storeOfThePage?.films.a?.header.seed == 2")
    seen.stage("stage.send('luck')")
    seen.until("stage.films.a.header.seed == 2")
    seen.stage("stage.send('luck')")
    seen.until("stage.films.a.header.seed == 3")
    assert tab.evaluate("window.storeOfThePage.films.a.header.seed") == 2


def test_a_closed_tab_is_forgotten_at_once(visit: Open, hasty: Any) -> None:
    assert forgotten(hasty)
    seen = visit(on=hasty)
    assert hasty.held()["kernels"] == 1
    seen.page.close()
    end = time.monotonic() + 5.0
    while hasty.held()["kernels"] and time.monotonic() < end:
        time.sleep(0.1)
    assert hasty.held()["kernels"] == 0


def test_a_user_whose_machine_dies_leaves_no_busy_thread_and_no_kernel(hasty: Any, tmp_path: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    assert forgotten(hasty)
    before = ours(hasty)
    command = [chromium, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--remote-debugging-port=0", hasty.url]
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        end = time.monotonic() + SOON
        while not hasty.held()["kernels"]:
            assert time.monotonic() < end, "the browser never came"
            time.sleep(0.1)
        time.sleep(2.0)
    finally:
        _end_group(browser)
    assert forgotten(hasty)
    assert ours(hasty) == before
    worked = hasty.cpu()
    time.sleep(1.0)
    assert hasty.cpu() - worked < 0.2, "somebody still works for a user who is gone"


def _end_group(browser: subprocess.Popen[bytes]) -> None:
    os.killpg(browser.pid, signal.SIGKILL)
    browser.wait(10)


def test_a_lost_network_is_bridged_and_the_page_goes_on(visit: Open, server: Any) -> None:
    seen = visit("?seed=1")
    seen.page.keyboard.press("Space")
    seen.stage("solara.debug.dropConnection()")
    seen.until("stage.quarter > 4")
    seen.page.keyboard.press("Space")
    seen.page.wait_for_function("solara.debug.kernel().connectionStatus === 'connected'")
    seen.stage("stage.send('luck')")
    seen.until("stage.films.a.header.seed == 2")
    seen.errors[:] = [text for text in seen.errors if "WebSocket" not in text]


def test_who_has_been_gone_for_long_loads_again_and_has_lost_nothing(visit: Open, hasty: Any) -> None:
    seen = visit("?seed=6", on=hasty)
    seen.stage("stage.send('move', {path: 'levers.funds.strength', value: 0.1, quarter: 8})")
    seen.until("stage.films.a.header.moves.length == 1")
    seen.page.wait_for_function("location.search.includes('move=')")
    before = seen.digest()
    seen.context.set_offline(True)
    seen.stage("solara.debug.dropConnection()")
    assert forgotten(hasty)
    seen.context.set_offline(False)
    seen.page.reload(wait_until="commit")
    seen.ready()
    assert seen.digest() == before
    seen.errors.clear()  # a browser says that it is offline


def test_beyond_the_cap_a_visitor_gets_a_polite_page(visit: Open, serve: Serve) -> None:
    small = serve(KERNEL_MAX_COUNT="2", KERNEL_CULL_TIMEOUT=f"{CULL}s")
    first, second = visit(on=small), visit(on=small)
    third = visit(on=small, wait=False)
    third.page.get_by_role("heading").filter(has_text="full").wait_for()
    third.errors.clear()  # the browser reports the 503 itself
    assert third.faults() == ""
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(small.url)
    assert refused.value.code == 503
    first.stage("stage.send('luck')")
    first.until("stage.films.a.header.seed == 2")
    second.page.close()
    assert forgotten(small, 1)
    third.page.get_by_role("link", name="Try again").click()
    third.ready()


def test_a_page_of_another_site_opens_no_socket(server: Any) -> None:
    websockets = pytest.importorskip("websockets", reason="websockets is not installed")

    async def knock(origin: str) -> bool:
        address = f"ws://{server.host}:{server.port}/jupyter/api/kernels/{'0' * 8}/channels?session_id=x"
        try:
            async with websockets.connect(address, origin=origin):
                return True
        except websockets.InvalidStatus:
            return False

    with ThreadPoolExecutor(1) as apart:  # playwright has its own loop in this thread
        assert apart.submit(lambda: asyncio.run(knock(server.url))).result()
        assert not apart.submit(lambda: asyncio.run(knock("http://elsewhere.example"))).result()


def test_a_message_that_is_too_long_ends_that_session_alone(visit: Open, server: Any) -> None:
    seen = visit("?seed=1")
    large = visit("?seed=2")
    large.stage("stage.send('upload', {name: 'x.yaml', text: 'x'.repeat(3e6)})")
    large.page.wait_for_timeout(500)
    seen.stage("stage.send('luck')")
    seen.until("stage.films.a.header.seed == 2")
    large.errors.clear()
