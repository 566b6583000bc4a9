"""Many users at once, without browsers: what they get, what each costs, what is left when they are gone."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from typing import Any

from _players import Player
from _served import Served
from _sides import Side
from _users import User

AT_ONCE = 10
"""Sessions that are opened at the same time."""
EVERY = 10.0
"""Seconds between two moves of a user: a class that plays with the levers, rather more than it would."""
CULL = 4
"""Seconds after which a server of this benchmark forgets who is gone."""
_NUMBERS = itertools.count(1)
LAST_MOVE = 0.5
"""Seconds before the end in which nobody moves a lever any more."""
AFTERWARDS = (1, 5, 15)
"""Seconds after the cull time at which it is looked how busy the server still is."""
GRACE = 12.0
"""Seconds after which the pool of threads gives up those that nobody used."""


async def enter(server: Served, side: Side, count: int) -> list[User]:
    """Users who have the page before them."""
    users = [User(server.host, server.port, side.many, next(_NUMBERS)) for _ in range(count)]
    for start in range(0, count, AT_ONCE):
        await asyncio.gather(*(user.open() for user in users[start : start + AT_ONCE]))
    return users


async def _plays(player: Player, begin: float, seconds: float) -> tuple[list[float], float]:
    """Plays to the end, moves a lever now and then; the seconds that each move took, and those that all of it took."""
    begun = time.perf_counter()
    await player.play()
    await asyncio.sleep(begin)
    taken, end = [], begun + seconds
    while time.perf_counter() < end - LAST_MOVE:
        started = time.perf_counter()
        taken.append(await player.move())
        await asyncio.sleep(max(min(EVERY - (time.perf_counter() - started), end - time.perf_counter()), 0.0))
    await player.stood()
    return taken, max(time.perf_counter() - begun, 1e-9)


async def playing(server: Served, side: Side, count: int, seconds: float) -> dict[str, Any]:
    """What users get who play in one process, what a step costs, alone and with what is asked for before and after.

    Each opens the page, waits until it needs nothing more, plays for `seconds` (ours: one run) and looks at its end.
    """
    first = await enter(server, side, AT_ONCE)  # whatever the first users make once for all
    await asyncio.gather(*(side.player(user).opened() for user in first))
    before, came = server.memory(), server.cpu()
    users = await enter(server, side, count)
    players = [side.player(user) for user in users]
    await asyncio.gather(*(player.opened() for player in players))
    memory = (server.memory() - before) / count
    worked, begun = server.cpu(), time.perf_counter()
    plays = [_plays(player, EVERY * place / count, seconds) for place, player in enumerate(players)]
    played = await asyncio.gather(*plays)
    cpu, spent = server.cpu() - worked, time.perf_counter() - begun
    steps = [player.shown() for player in players]
    await asyncio.gather(*(player.opened() for player in players))
    after, waited = server.cpu() - worked, time.perf_counter() - begun - spent
    sent, shown = sum(user.received for user in users), max(sum(steps), 1.0)
    for user in (*users, *first):
        await user.close()
    return {
        "memory": memory,
        "steps": min(each / took for each, (_, took) in zip(steps, played, strict=True)),
        "opened": 1e3 * (worked - came) / count,
        "cpu": 1e3 * cpu / shown,
        "whole": 1e3 * after / shown,
        "waited": waited,
        "busy": cpu / spent,
        "taken": [each for some, _ in played for each in some],
        "kilobytes": sent / shown / 1e3,
    }


async def dropped(server: Served, side: Side, count: int) -> dict[str, float]:
    """Sessions that play and vanish as by a lost network; what is left of them after the cull time."""
    (visitor,) = await enter(server, side, 1)
    await visitor.close()
    await asyncio.sleep(CULL + GRACE)
    threads, memory = server.threads(), server.memory()
    most = 0
    for start in range(0, count, AT_ONCE):
        users = await enter(server, side, min(AT_ONCE, count - start))
        await asyncio.gather(*(side.player(user).play() for user in users))
        most = max(most, int(server.held()["kernels"]))
        await asyncio.gather(*(user.vanish() for user in users))
    await asyncio.sleep(CULL)
    found = {f"busy {at}": busy for at, busy in await _busy(server, AFTERWARDS)}
    return {
        "most": most,
        "kernels": float(server.held()["kernels"]),
        "threads": float(server.threads() - threads),
        "memory": (server.memory() - memory) / count,
        **found,
    }


async def _busy(server: Served, moments: Sequence[float]) -> list[tuple[float, float]]:
    """Processors busy in the second before each moment, counted from now; nothing is asked of the server meanwhile."""
    begun, found = time.perf_counter(), []
    for at in moments:
        await asyncio.sleep(max(begun + at - 1.0 - time.perf_counter(), 0.0))
        worked, since = server.cpu(), time.perf_counter()
        await asyncio.sleep(1.0)
        found.append((at, (server.cpu() - worked) / (time.perf_counter() - since)))
    return found
