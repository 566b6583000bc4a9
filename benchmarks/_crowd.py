"""Many users at once, without browsers: what they get, what each costs, what is left when they are gone."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import Any

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
GRACE = 12.0
"""Seconds after which the pool of threads gives up those that nobody used."""


async def _enter(server: Served, side: Side, count: int) -> list[User]:
    """Users who have the page before them."""
    users = [User(server.host, server.port, side.many, next(_NUMBERS)) for _ in range(count)]
    for start in range(0, count, AT_ONCE):
        await asyncio.gather(*(user.open() for user in users[start : start + AT_ONCE]))
    return users


async def _plays(user: User, side: Side, begin: float, seconds: float) -> list[float]:
    """Plays for a while, moves a lever now and then; the seconds that each move took to be answered."""
    await side.enter(user)
    await asyncio.sleep(begin)
    taken, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end - 0.2:
        started = time.perf_counter()
        taken.append(await side.interact(user))
        await asyncio.sleep(max(min(EVERY - (time.perf_counter() - started), end - time.perf_counter()), 0.0))
    return taken


async def playing(server: Served, side: Side, count: int, seconds: float) -> dict[str, Any]:
    """What users get who play in one process, and what a step of theirs costs."""
    first = await _enter(server, side, AT_ONCE)  # whatever the first users make once for all
    before = server.memory()
    users = await _enter(server, side, count)
    memory = (server.memory() - before) / count
    worked, begun = server.cpu(), time.perf_counter()
    plays = (_plays(user, side, EVERY * place / count, seconds) for place, user in enumerate(users))
    taken = [each for some in await asyncio.gather(*plays) for each in some]
    spent = time.perf_counter() - begun
    steps = [side.played(user, spent) for user in users]
    cpu = server.cpu() - worked
    sent = sum(user.received for user in users)
    for user in (*users, *first):
        await user.close()
    return {
        "memory": memory,
        "steps": min(steps) / spent,
        "cpu": 1e3 * cpu / max(sum(steps), 1.0),
        "busy": cpu / spent,
        "taken": taken,
        "kilobytes": sent / max(sum(steps), 1.0) / 1e3,
    }


async def dropped(server: Served, side: Side, count: int) -> dict[str, float]:
    """Sessions that play and vanish as by a lost network; what is left of them after the cull time."""
    (visitor,) = await _enter(server, side, 1)
    await visitor.close()
    await asyncio.sleep(CULL + GRACE)
    threads, memory = server.threads(), server.memory()
    most = 0
    for start in range(0, count, AT_ONCE):
        users = await _enter(server, side, min(AT_ONCE, count - start))
        await asyncio.gather(*(side.enter(user) for user in users))
        most = max(most, int(server.held()["kernels"]))
        await asyncio.gather(*(user.vanish() for user in users))
    worked = server.cpu()
    await asyncio.sleep(CULL)
    busy = (server.cpu() - worked) / CULL
    await asyncio.sleep(GRACE)
    worked = server.cpu()
    await asyncio.sleep(1.0)
    return {
        "most": most,
        "kernels": float(server.held()["kernels"]),
        "threads": float(server.threads() - threads),
        "busy": server.cpu() - worked,
        "busy_before": busy,
        "memory": (server.memory() - memory) / count,
    }
