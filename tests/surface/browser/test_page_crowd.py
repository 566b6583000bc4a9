"""A class of thirty in one process, and a hundred who come and vanish: the load script's users, without a browser."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

pytest.importorskip("websockets", reason="websockets is not installed")

import _crowd
from _sides import Ours
from dashboard.session import MANY
from visits import Visit

Open = Callable[..., Visit]
Serve = Callable[..., Any]
AT_PLAY_MS = 4000
"""More than a page that is alone waits at play before it asks for a fan."""
LOOSE = 4.0
"""Times are asserted with so much room: a busy machine shall fail no build, and `benchmarks/page.py` has the bars."""


def run(work: Any) -> Any:
    """The result of asynchronous work, in a thread of its own: playwright has a loop in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, work).result()


def test_in_a_crowd_the_fan_behind_a_moved_lever_waits_until_the_clock_stands(visit: Open, serve: Serve) -> None:
    crowded = serve()

    async def come() -> None:
        for user in await _crowd.enter(crowded, Ours(), MANY):
            await user.vanish()

    run(come())
    seen = visit("?seed=3", on=crowded)
    seen.until("stage.fans.a")
    seen.stage("stage.set('speed', 1)")
    seen.stage("stage.clock.play()")
    seen.stage("stage.send('move', {path: 'levers.court.on', value: true, quarter: 40})")
    seen.until("stage.films.a.header.moves.length == 1 && stage.facts.many")
    seen.page.wait_for_timeout(AT_PLAY_MS)
    assert seen.stage("stage.playing && !stage.fans.a && !stage.waiting")
    seen.stage("stage.clock.pause()")
    seen.until("stage.fans.a")


@pytest.mark.long
def test_thirty_users_play_in_one_process_for_few_megabytes_each(serve: Serve) -> None:
    told = run(_crowd.playing(serve(), Ours(), 30, 20.0))
    assert told["memory"] < 3.0
    assert len(told["taken"]) >= 55
    assert sorted(told["taken"])[int(0.95 * len(told["taken"]))] < LOOSE * 0.6
    assert told["steps"] > 4.0 / LOOSE


@pytest.mark.long
def test_a_hundred_sessions_dropped_leave_no_kernel_no_thread_and_nobody_busy(serve: Serve) -> None:
    server = serve(KERNEL_CULL_TIMEOUT=f"{_crowd.CULL}s")
    told = run(_crowd.dropped(server, Ours(), 100))
    assert told["most"] >= 10
    assert (told["kernels"], told["threads"]) == (0, 0)
    assert told["busy 15"] < 0.1
    assert told["memory"] < 3.0
