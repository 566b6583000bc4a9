"""A page's real server as a process of its own: started on a free port, weighed from outside, ended for sure."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

WATCHED = Path(__file__).resolve().with_name("_watched.py")
PATIENCE = 300.0
"""Seconds to wait for a server to answer: it may have to compile the rulebook first."""
MEGABYTE = 2**20


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Served:
    """`with Served(["comity", "dashboard", "--port", "{port}"]) as server`: a console script and its arguments."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self.port = free_port()
        self.host = "127.0.0.1"
        self.url = f"http://{self.host}:{self.port}"
        self._environment = {**os.environ, **(environment or {})}
        self._folder = tempfile.TemporaryDirectory()
        self.log, self._held = (Path(self._folder.name) / name for name in ("server.log", "held.json"))
        typed = [part.replace("{port}", str(self.port)) for part in command]
        self._command = [sys.executable, str(WATCHED), str(self._held), *typed]

    def __enter__(self) -> Served:
        with self.log.open("wb") as log:
            self._popen = subprocess.Popen(
                self._command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        self.process = psutil.Process(self._popen.pid)
        end = time.monotonic() + PATIENCE
        while not self._answers():
            if self._popen.poll() is not None or time.monotonic() > end:
                said = self.said()
                self.__exit__()
                raise RuntimeError(f"the server did not answer: {' '.join(self._command)}\n{said}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        self._popen.terminate()
        try:
            self._popen.wait(10)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait(10)
        self._folder.cleanup()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=PATIENCE) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def said(self) -> str:
        """All that the server has written."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def cpu(self) -> float:
        """Seconds of processor that the server and its children have had."""
        times = self.process.cpu_times()
        return sum((times.user, times.system, times.children_user, times.children_system))

    def memory(self) -> float:
        """Megabytes that the server holds alone."""
        return float(self.process.memory_full_info().uss) / MEGABYTE

    def threads(self) -> int:
        """Threads of the operating system."""
        return int(self.process.num_threads())

    def held(self) -> dict[str, Any]:
        """What it says about itself: `kernels`, a number, and `threads`, the names of Python's."""
        self._held.unlink(missing_ok=True)
        os.kill(self._popen.pid, signal.SIGUSR1)
        end = time.monotonic() + PATIENCE
        while not self._held.exists():
            if time.monotonic() > end:
                raise RuntimeError(f"the server does not say what it holds\n{self.said()}")
            time.sleep(0.01)
        return dict(json.loads(self._held.read_text(encoding="utf-8")))
