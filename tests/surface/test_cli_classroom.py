"""`comity dashboard --classroom`: what is said at the start, what a restart keeps, and what nginx is told."""

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import pytest

from comity.cli.classroom import NGINX, configuration

pytest.importorskip("solara", reason="the page is not installed")
MAIN = "from comity.cli import main; main()"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Started:
    """A class in a process of its own; `said` is what it wrote until it answered."""

    def __init__(self, folder, store, *options):
        self.port = free_port()
        self.log = folder / f"log-{self.port}"
        with self.log.open("w") as log:
            command = [sys.executable, "-c", MAIN, "dashboard", "--classroom", "--port", str(self.port)]
            self.process = subprocess.Popen(
                [*command, "--store", str(store), *options], stdout=log, stderr=log, env=dict(os.environ)
            )

    def __enter__(self):
        end = time.monotonic() + 90
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2).close()
                break
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                assert time.monotonic() < end, self.log.read_text()
                time.sleep(0.2)
        self.said = self.log.read_text()
        self.token = re.search(r"teacher\?token=(\S+)", self.said)[1]
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def test_a_class_says_where_it_is_and_a_restart_after_a_death_keeps_it(tmp_path):
    from dashboard.class_store import Store

    store = tmp_path / "class.sqlite"
    with Started(tmp_path, store, "ecowas") as first:
        for words in (f"http://127.0.0.1:{first.port}/join", "Only this machine", str(store), "TEACHING.md"):
            assert words in first.said
        assert first.said.count(first.token) == 1
        kept = Store(store)
        assert kept.seat_teacher("t", first.token) and kept.snapshot().scenario == "ecowas"
        kept.join("a", "Anna", ["secretariat"])
        kept.open_round("t")
        kept.predict("a", {"trust": 0.5})
        first.process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        first.process.wait()
    with Started(tmp_path, store) as second:
        assert second.token != first.token and "with 1 in it" in second.said
        kept = Store(store)
        assert not kept.is_teacher("t") and not kept.seat_teacher("t", first.token)
        assert kept.work("a").answers == {"trust": 0.5} and kept.snapshot().state == "predict"
        second.process.send_signal(signal.SIGINT)
        assert second.process.wait(20) == 0
        assert "The class is kept" in second.log.read_text()
    assert "Traceback" not in second.log.read_text()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--token", "long-enough-token"], "are for --classroom"),
        (["--nginx", "2"], "are for --classroom"),
        (["--classroom", "--token", "short"], "8 characters"),
        (["--classroom", "--store", "{folder}/letter"], "no class file"),
        (["--classroom", "--nginx", "0"], "--nginx"),
    ],
)
def test_what_cannot_be_meant_is_said_at_once(shell, tmp_path, words, why):
    (tmp_path / "letter").write_text("Dear all, " * 200)
    store = [] if "--store" in words else ["--store", str(tmp_path / "class.sqlite")]
    if "--classroom" not in words:
        store = []
    words = [word.format(folder=tmp_path) for word in words]
    assert shell("dashboard", "--port", str(free_port()), *store, *words) == 2
    assert why in shell.err and "Traceback" not in shell.err
    assert "comity-class-watch" not in {thread.name for thread in threading.enumerate()}


def test_nginx_is_told_of_every_process_and_keeps_a_browser_with_its_own(tmp_path):
    text = configuration("0.0.0.0", 8765, [8766, 8767, 8768])
    assert all(f"server 127.0.0.1:{port}" in text for port in (8766, 8767, 8768))
    assert "listen 0.0.0.0:8765;" in text and "hash $browser consistent" in text and "access_log off" in text
    assert "listen [::1]:80;" in configuration("::1", 80, [81])
    program = next(filter(None, map(shutil.which, NGINX)), None)
    if program is None:
        pytest.skip("no nginx on this machine")
    (tmp_path / "nginx.conf").write_text(configuration("127.0.0.1", free_port(), [8766, 8767]))
    tried = subprocess.run(
        [program, "-t", "-p", str(tmp_path), "-c", "nginx.conf", "-e", "error.log"], capture_output=True, text=True
    )
    assert tried.returncode == 0, tried.stderr


@pytest.mark.long
def test_behind_nginx_a_process_that_dies_is_started_again_and_its_students_find_their_seats(tmp_path):
    psutil = pytest.importorskip("psutil", reason="psutil is not installed")
    if not any(map(shutil.which, NGINX)):
        pytest.skip("no nginx on this machine")
    from _users import User

    def page(user):
        return next(widget for widget, state in user.widgets.items() if "facts" in state)

    async def round_of(port, pid):
        users = [User("127.0.0.1", port, "/class") for _ in range(9)]
        for k, user in enumerate(users):
            await user.open()
            await (await user.event(page(user), "send", {"name": "join", "payload": {"name": f"student {k}"}}))
        serving = [each for each in psutil.Process(pid).children() if "python" in each.name()]
        assert len(serving) == 3
        held = [sum(c.status == "ESTABLISHED" for c in each.net_connections("tcp")) for each in serving]
        assert sum(count > 0 for count in held) > 1  # the class is spread
        os.kill(serving[0].pid, signal.SIGKILL)
        await asyncio.sleep(4)
        for k, user in enumerate(users):
            await user.close()
            again = User("127.0.0.1", port, "/class")
            again.cookie = user.cookie
            await again.open()
            assert again.widgets[page(again)]["facts"]["joined"] == f"student {k}"
            await again.close()
        assert sum("python" in each.name() for each in psutil.Process(pid).children()) == 3

    with Started(tmp_path, tmp_path / "class.sqlite", "--nginx", "3") as served:
        try:
            asyncio.run(round_of(served.port, served.process.pid))
        finally:
            below = psutil.Process(served.process.pid).children(recursive=True)
            served.process.send_signal(signal.SIGINT)
            served.process.wait(30)
        gone, left = psutil.wait_procs(below, timeout=5)
        assert len(gone) >= 4 and left == []
    assert "started again" in served.log.read_text()
