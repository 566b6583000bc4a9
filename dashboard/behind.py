"""What is long is done behind what somebody waits for: two lines for all users, on threads that step back."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Final

WORKERS: Final = 2
NICE: Final = 10


def _step_back() -> None:
    """The thread, and those that it starts, give way: a lever that is moved is answered before a fan goes on."""
    if sys.platform == "linux":  # elsewhere the whole process would
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, max(NICE, os.getpriority(os.PRIO_PROCESS, thread)))


POOL: Final = ThreadPoolExecutor(WORKERS, thread_name_prefix="comity-long", initializer=_step_back)
"""Fans, stories, tables. It holds no state of anybody."""
SLOW: Final = ThreadPoolExecutor(1, thread_name_prefix="comity-slow", initializer=_step_back)
"""What takes seconds: many runs, and which lever would have kept a member in."""
