"""How many students can one machine serve? A whole round with 30 in one process, and with 100 in several behind nginx.

`python benchmarks/classroom.py [--students 100] [--processes 4] [--seconds 20]`. Students are users without a browser,
who speak Solara's protocol over sockets of their own; server and load share the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from _served import free_port
from _users import User

AT_ONCE = 8
EVERY = 3.0
"""Seconds between two things that a student does: rather more than a class would."""
SPEED = 4.0
"""Quarters a second at which a film is played in a student's browser, where it costs the server nothing."""
TOKEN = "the-teacher-of-this-benchmark"
LEVERS = ("waiver", "sunset", "opt_outs", "tranches", "forum", "dialogue")


class Class:
    """`comity dashboard --classroom` and all its processes, weighed together."""

    def __init__(self, processes: int) -> None:
        self.port = free_port()
        self._folder = tempfile.TemporaryDirectory()
        main = "from comity.cli import main; main()"
        command = [sys.executable, "-c", main, "dashboard", "--classroom", "--port", str(self.port), "--token", TOKEN]
        command += ["--store", str(Path(self._folder.name) / "class.sqlite")]
        command += ["--nginx", str(processes)] if processes > 1 else []
        self._log = (Path(self._folder.name) / "log").open("w+")
        self._popen = subprocess.Popen(command, stdout=self._log, stderr=self._log, start_new_session=True)

    def __enter__(self) -> Class:
        end = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2).close()
                return self
            except OSError:
                if time.monotonic() > end or self._popen.poll() is not None:
                    self._log.seek(0)
                    raise RuntimeError(f"no class opened:\n{self._log.read()}") from None
                time.sleep(0.3)

    def __exit__(self, *_: object) -> None:
        self._popen.send_signal(signal.SIGINT)
        try:
            self._popen.wait(15)
        except subprocess.TimeoutExpired:
            self._popen.kill()
        self._log.close()
        self._folder.cleanup()

    def processes(self) -> list[psutil.Process]:
        """The processes that serve pages; with nginx in front, the one that started them serves none."""
        first = psutil.Process(self._popen.pid)
        return [each for each in first.children(recursive=True) if each.name().startswith("python")] or [first]

    def cpu(self) -> float:
        """Seconds of processor of all that serve, nginx too."""
        first = psutil.Process(self._popen.pid)
        return sum(sum(each.cpu_times()[:2]) for each in (first, *first.children(recursive=True)))

    def memory(self) -> float:
        """Megabytes that the serving processes hold alone."""
        return sum(each.memory_full_info().uss for each in self.processes()) / 2**20


def page(user: User) -> str:
    """The widget that is the page."""
    return next(widget for widget, state in user.widgets.items() if "facts" in state)


def facts(user: User) -> dict[str, Any]:
    """What the page shows."""
    return dict(user.widgets[page(user)]["facts"])


async def tell(user: User, what: str, /, **payload: Any) -> float:
    """Sends what a click sends; seconds until the server had answered it."""
    begun = time.perf_counter()
    await (await user.event(page(user), "send", {"name": what, "payload": payload}))
    return time.perf_counter() - begun


async def all_see(users: list[User], state: str) -> float:
    """Seconds until every student's page shows a state."""
    begun = time.perf_counter()
    while not all(facts(user).get("state") == state for user in users):
        if time.perf_counter() - begun > 60:
            raise RuntimeError(f"not all see {state}")
        await asyncio.sleep(0.01)
    return time.perf_counter() - begun


async def enter(port: int, number: int) -> tuple[User, float, float]:
    """A student who loads the page and joins: seconds until it stood, and until the seat was taken."""
    user = User("127.0.0.1", port, "/class")
    opened = await user.open()
    joined = await tell(user, "join", name=f"student {number}")
    assert facts(user)["joined"] == f"student {number}", facts(user)
    return user, opened, joined


async def acts(user: User, begin: float, seconds: float) -> list[float]:
    """Moves a lever now and then."""
    await asyncio.sleep(begin)
    taken, end, number = [], time.perf_counter() + seconds - begin, 0
    while time.perf_counter() < end:
        taken.append(await tell(user, "lever", lever=LEVERS[number % len(LEVERS)], strength=0.1 * (1 + number % 4)))
        number += 1
        await asyncio.sleep(EVERY - taken[-1] if taken[-1] < EVERY else 0)
    return taken


async def round_of(served: Class, students: int, seconds: float) -> dict[str, float | np.ndarray[Any, Any]]:
    """A whole round; what each part took."""
    teacher = User("127.0.0.1", served.port, "/teacher")
    await teacher.open()
    await tell(teacher, "token", token=TOKEN)
    assert facts(teacher)["teacher"], facts(teacher)
    first, _, _ = await enter(served.port, 0)
    before = served.memory()
    users, opened, joined = [first], [], []
    for start in range(1, students, AT_ONCE):
        group = await asyncio.gather(*(enter(served.port, k) for k in range(start, min(start + AT_ONCE, students))))
        users += [user for user, _, _ in group]
        opened += [seconds for _, seconds, _ in group]
        joined += [seconds for _, _, seconds in group]
    told: dict[str, Any] = {"opened": opened, "joined": joined}
    told["memory"] = (served.memory() - before) / (students - 1)

    async def click(name: str, state: str, **payload: Any) -> float:
        begun = time.perf_counter()
        await tell(teacher, name, **payload)
        await all_see(users, state)
        return time.perf_counter() - begun

    told["round opened"] = await click("open", "predict")
    told["predicted"] = await asyncio.gather(*(tell(u, "predict", answers={"trust": 0.4, "exits": 1}) for u in users))
    worked, begun = served.cpu(), time.perf_counter()
    moves = await asyncio.gather(*(acts(u, EVERY * k / students, seconds) for k, u in enumerate(users)))
    spent, told["moved"] = time.perf_counter() - begun, [each for some in moves for each in some]
    told["CPU a step"] = 1e3 * (served.cpu() - worked) / (SPEED * spent * students)
    told["CPU a move"] = 1e3 * (served.cpu() - worked) / len(told["moved"])
    told["years opened"] = await click("advance", "running", quarters=20)
    told["paused"] = await click("pause", "paused")
    told["went on"] = await click("resume", "running")
    told["revealed"] = await click("reveal", "revealed")
    scored = sum(facts(user)["verdict"] is not None for user in users)
    assert scored == students, f"{scored} of {students} have a score"
    told["memory at the end"] = (served.memory() - before) / (students - 1)
    told["kilobytes"] = sum(user.received for user in users) / students / 1e3
    for user in (*users, teacher):
        await user.close()
    return told


def report(students: int, processes: int, told: dict[str, Any]) -> None:
    """A small table."""
    front = "one process" if processes == 1 else f"{processes} processes behind nginx"
    print(f"\n{students} students, {front}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name in ("opened", "joined", "predicted", "moved"):
        low, high = np.quantile(told[name], (0.5, 0.95))
        words = {"opened": "page stood", "joined": "seat taken", "predicted": "prediction kept", "moved": "lever moved"}
        print(f"  {words[name]:34} median {low:6.3f} s   p95 {high:6.3f} s   ({len(told[name])})")
    for name in ("round opened", "years opened", "paused", "went on", "revealed"):
        print(f"  {'teacher: ' + name + ', seen by all':34} {told[name]:6.3f} s")
    step, move = told["CPU a step"], told["CPU a move"]
    print(f"  CPU a student's step at {SPEED:g} a second   {step:6.2f} ms; a lever moved {move:.1f} ms")
    memory, end = told["memory"], told["memory at the end"]
    print(f"  memory a further student           {memory:6.2f} MB; with a whole film at the end {end:.2f} MB")
    print(f"  sent to each in the whole round    {told['kilobytes']:6.0f} KB")


def main() -> None:
    """Both classes, or the one that is asked for."""
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    said.add_argument("--students", type=int)
    said.add_argument("--processes", type=int, default=4)
    said.add_argument("--seconds", type=float, default=20.0)
    asked = said.parse_args()
    for students, processes in [(asked.students, asked.processes)] if asked.students else [(30, 1), (100, 4)]:
        with Class(processes) as served:
            report(students, processes, asyncio.run(round_of(served, students, asked.seconds)))


if __name__ == "__main__":
    main()
