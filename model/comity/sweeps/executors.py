"""Chunks are played by this process's threads, by processes, or by a Dask cluster: one loop hands out, one keeps.

A worker that dies takes no row with it: its chunk is played again, a few times, by another.
"""

from __future__ import annotations

import functools
import os
import queue
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final

from comity.sweeps.manifest import Manifest
from comity.sweeps.player import ENVIRONMENT
from comity.sweeps.store import Store
from comity.sweeps.work import Chunks, Done, Stopped, Task, played, task_of

Progress = Callable[[int, int], None]
Say = Callable[[str], None]
TRIES: Final = 5
"""How often a chunk is tried whose worker dies or whose machine lacks something."""
LOOK: Final = 0.1
"""Seconds between two looks at what has happened."""
PATIENCE: Final = 1.5
"""Seconds for threads to end after their run in hand; later they are left behind, for they hold nothing."""
SPARE: Final = 2
"""Chunks in hand for each worker, so that none waits for the next."""


class Unfinished(Exception):
    """Chunks that could not be played however often they were tried; the rest is kept."""


def threads(
    store: Store, points: Any, chunks: Chunks, left: Sequence[int], workers: int, tell: Progress, say: Say
) -> None:
    """Play chunks in threads of this process. KeyboardInterrupt ends them after their run in hand."""
    manifest, lock, news = store.manifest, threading.Lock(), queue.SimpleQueue[Any]()
    stop, waiting = store.stop, iter(left)

    def work() -> None:
        try:
            while not stop.is_set():
                with lock:
                    chunk = next(waiting, None)
                if chunk is None:
                    break
                task = task_of(manifest, points, chunk)
                done = _tried(lambda task=task: chunks.play(task, stop, lambda: news.put(1)))  # type: ignore[misc]
                store.keep(done.chunk, done.data, done.failed, done.series, say)
        except Stopped:
            pass
        except BaseException as error:
            news.put(error)
        finally:
            news.put(None)

    team = [threading.Thread(target=work, daemon=True) for _ in range(workers)]
    for thread in team:
        thread.start()
    try:
        _listen(news, workers, rows_in(manifest, left), tell)
    except BaseException:
        stop.set()
        deadline = time.monotonic() + PATIENCE
        for thread in team:
            thread.join(max(deadline - time.monotonic(), 0.0))
        raise


def rows_in(manifest: Manifest, chunks: Sequence[int]) -> int:
    """How many rows some chunks have."""
    return sum(last - first for first, last in map(manifest.rows_of, chunks))


def _listen(news: queue.SimpleQueue[Any], workers: int, total: int, tell: Progress) -> None:
    """Until all threads are at their end; an error of one is raised once the others are done."""
    rows, failure, at_work = 0, None, workers
    while at_work:
        try:
            heard = news.get(timeout=LOOK)
        except queue.Empty:
            continue
        if heard is None:
            at_work -= 1
        elif isinstance(heard, BaseException):
            failure = failure or heard
        else:
            rows += heard
            tell(rows, total)
    if failure is not None:
        raise Unfinished(f"{type(failure).__name__}: {failure}") from failure


def _tried(work: Callable[[], Done]) -> Done:
    """Played; where the machine lacked something, once more after a while."""
    for tries in range(TRIES - 1):
        try:
            return work()
        except ENVIRONMENT:
            time.sleep(2.0**tries / 4.0)
    return work()


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends its workers


def processes(store: Store, points: Any, left: Sequence[int], workers: int, tell: Progress, say: Say) -> None:
    """Play chunks in processes of their own; a pool of which one died is made anew."""
    import multiprocessing

    text = store.manifest.text()
    spawn = multiprocessing.get_context("spawn")
    hands = Hands(store, points, left, workers, tell, say)
    while True:
        pool = ProcessPoolExecutor(workers, mp_context=spawn, initializer=_ignore_interrupts)
        try:
            hands.work(functools.partial(_submitted, pool, text))
            pool.shutdown()
            return
        except BrokenProcessPool:
            say("a worker died; its chunks are played again")
            hands.again()
        except BaseException:
            for process in list((pool._processes or {}).values()):
                process.kill()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _submitted(pool: ProcessPoolExecutor, text: str, task: Task) -> Future[Done]:
    return pool.submit(played, text, task)


class Hands:
    """Chunks that are out, each with what will come of it; and how often each was tried."""

    def __init__(self, store: Store, points: Any, left: Sequence[int], workers: int, tell: Progress, say: Say) -> None:
        self.store, self.points, self.say, self.tell = store, points, say, tell
        self.left, self.total = iter(left), rows_in(store.manifest, left)
        self.room = workers * SPARE
        self.out: dict[Any, int] = {}
        self.back: list[int] = []
        self.tries: dict[int, int] = {}
        self.given_up: list[int] = []
        self.rows = 0

    def next(self) -> Task | None:
        """The next chunk to hand out; one that was tried too often is given up, and the others go on."""
        while (chunk := self.back.pop() if self.back else next(self.left, None)) is not None:
            self.tries[chunk] = self.tries.get(chunk, 0) + 1
            if self.tries[chunk] <= TRIES:
                return task_of(self.store.manifest, self.points, chunk)
            self.given_up.append(chunk)
        return None

    def finish(self) -> None:
        """Unfinished if chunks were given up."""
        if self.given_up:
            many = f"{len(self.given_up)} chunks were" if len(self.given_up) > 1 else f"chunk {self.given_up[0]} was"
            raise Unfinished(f"{many} tried {TRIES} times; each time the worker died or lacked something")

    def again(self) -> None:
        """Take back all that is out."""
        self.back += self.out.values()
        self.out.clear()

    def work(self, submit: Callable[[Task], Future[Done]]) -> None:
        """Hand out and keep until nothing is left."""
        while True:
            while len(self.out) < self.room and (task := self.next()) is not None:
                try:
                    self.out[submit(task)] = task.chunk
                except BaseException:
                    self.back.append(task.chunk)
                    raise
            if not self.out:
                return self.finish()
            ready, _ = wait(self.out, timeout=LOOK, return_when=FIRST_COMPLETED)
            for future in ready:
                self.keep(future)

    def keep(self, future: Any) -> None:
        """Keep what came back; what lacked memory or a file there is played again. Errors of a pool are its own."""
        try:
            done = future.result()
        except ENVIRONMENT as error:
            self.say(f"a worker had {type(error).__name__}: {error}; its chunk is played again")
            self.back.append(self.out.pop(future))
            return
        chunk = self.out.pop(future)
        self.store.keep(chunk, done.data, done.failed, done.series, self.say)
        self.tries.pop(chunk, None)
        first, last = self.store.manifest.rows_of(chunk)
        self.rows += last - first
        self.tell(self.rows, self.total)


def cores() -> int:
    """How many workers there are unless somebody says otherwise."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
