"""A page in a real Chromium: how long it loads, how fast it plays, how soon a picture follows a lever."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from _served import Served
from _sides import Side

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE_MS = 60_000
COLD, WARM, MOVES = 3, 5, 40


@contextmanager
def visitor(playwright: Any) -> Iterator[Any]:
    """A browser that was never here, with one page."""
    with tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=list(QUIET), headless=True, viewport={"width": 1280, "height": 900}
        )
        try:
            page = context.pages[0] if context.pages else context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            yield page
        finally:
            context.close()


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(round(share * len(ordered) + 0.5) - 1, len(ordered) - 1)]


def came(page: Any, side: Side) -> None:
    """Waits until the page's pictures are drawn."""
    page.wait_for_function(side.drawn, polling="raf")


def loads(playwright: Any, side: Side, server: Served) -> tuple[float, float]:
    """Seconds until the pictures are drawn: median of browsers that were never here, and of reloads."""
    cold, warm = [], []
    for turn in range(COLD):
        with visitor(playwright) as page:
            begun = time.perf_counter()
            page.goto(server.url + side.path, wait_until="commit")
            came(page, side)
            cold.append(time.perf_counter() - begun)
            for _ in range(WARM if turn == 0 else 0):
                begun = time.perf_counter()
                page.reload(wait_until="commit")
                came(page, side)
                warm.append(time.perf_counter() - begun)
    return statistics.median(cold), statistics.median(warm)


class Traffic:
    """Bytes that a page has been sent: messages of its sockets before compression, and bodies over the wire."""

    def __init__(self, page: Any) -> None:
        self.received = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.webSocketFrameReceived", self._frame)
        session.on("Network.dataReceived", self._data)

    def _frame(self, event: Any) -> None:
        frame = event["response"]
        size = len(frame["payloadData"])
        self.received += size * 3 // 4 if frame["opcode"] == 2 else size

    def _data(self, event: Any) -> None:
        self.received += event["encodedDataLength"]


def alone(page: Any, side: Side, server: Served, seconds: float, moves_every: float | None = None) -> dict[str, float]:
    """One user plays for a while: steps a second, kilobytes and milliseconds of the server's processor a step.

    The run is begun anew, so that what the server does ahead of the steps counts; with `moves_every` a lever is moved
    that often, in seconds.
    """
    traffic = Traffic(page)
    page.wait_for_timeout(1000)
    worked, sent = server.cpu(), traffic.received
    side.begin(page)
    first, begun = side.steps(page), time.perf_counter()
    side.play(page)
    next_move = moves_every
    while time.perf_counter() - begun < seconds:
        page.wait_for_timeout(100)
        if next_move is not None and time.perf_counter() - begun > next_move:
            side.move(page)
            next_move += moves_every or 0.0
    steps, spent = max(side.steps(page) - first, 1), time.perf_counter() - begun
    side.pause(page)
    return {
        "steps": steps / spent,
        "kilobytes": (traffic.received - sent) / steps / 1e3,
        "cpu": 1e3 * (server.cpu() - worked) / steps,
    }


def reaction(page: Any, side: Side) -> list[float]:
    """Milliseconds from a lever's event to the frame with the new picture, measured in the page itself."""
    taken = [side.react(page) for _ in range(MOVES + 2)]
    return taken[2:]
