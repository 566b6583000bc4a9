"""Dask hands chunks to other machines: `local` starts a real cluster here, an address joins any that runs.

With dask-jobqueue: `cluster = SLURMCluster(...); cluster.scale(40)`, then `cluster.scheduler_address` is the address.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from comity.sweeps.executors import LOOK, SPARE, Hands, Progress, Say
from comity.sweeps.store import Store
from comity.sweeps.work import played

LOCAL: Final = "local"
ANSWER: Final = 10.0
"""Seconds that a cluster has to answer."""
IN_HASTE: Final = 0.8
COUNT: Final = 5.0
"""Seconds between two counts of the workers: they come and go."""
AT_LEISURE: Final = 20.0
"""Seconds that a cluster has to end, after Ctrl-C and at the end of the work."""


class NoDask(Exception):
    """Dask is not installed, or no cluster answers; the message says the way out."""


def play(store: Store, points: Any, left: Sequence[int], workers: int, address: str, tell: Progress, say: Say) -> None:
    """Play chunks on a Dask cluster. Rows travel to this process, which alone writes: workers need no shared folder."""
    try:
        import distributed
    except ImportError:
        raise NoDask("Dask is not installed; pip install 'comity[dask]' brings it") from None

    cluster = None
    try:
        if address == LOCAL:
            cluster = distributed.LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
            )
        client = distributed.Client(cluster or address, timeout=ANSWER)
    except (OSError, ValueError, TimeoutError) as error:
        raise NoDask(f"no Dask cluster at {address}: {error}") from None
    patience = IN_HASTE
    try:
        _work(client, store, points, left, workers, tell, say)
        patience = AT_LEISURE
    finally:
        if cluster is not None and patience == IN_HASTE:
            _kill(cluster)
        for each in (client, cluster):
            if each is not None:
                with suppress(TimeoutError):  # what does not end in time ends with this process
                    each.close(timeout=patience)


def _kill(cluster: Any) -> None:
    """End the workers of our own cluster at once: what they have in hand is played again another time."""
    cluster.shutdown_on_close = False  # or it would be waited for once more when the program ends
    for nanny in cluster.workers.values():
        pid = getattr(getattr(nanny, "process", None), "pid", None)
        if pid:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)


def _work(client: Any, store: Store, points: Any, left: Sequence[int], workers: int, tell: Progress, say: Say) -> None:
    from distributed import wait
    from distributed.scheduler import KilledWorker

    hands = Hands(store, points, left, workers, tell, say)
    text = client.scatter(store.manifest.text(), hash=False)
    looked, alone = -COUNT, False
    while True:
        if time.monotonic() - looked >= COUNT:
            looked, there = time.monotonic(), sum(client.nthreads().values())
            hands.room = max(SPARE * there, 1)
            if not there and not alone:
                say("the cluster has no workers; waiting for some (Ctrl-C ends, what is kept stays)")
            alone = not there
        while len(hands.out) < hands.room and (task := hands.next()) is not None:
            key = f"comity-{store.manifest.hash[:8]}-{task.chunk}-{hands.tries[task.chunk]}"
            future = client.submit(played, text, task, pure=False, key=key)
            hands.out[future] = task.chunk
        if not hands.out:
            return hands.finish()
        try:
            ready = wait(list(hands.out), timeout=LOOK, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            continue
        for future in ready:
            try:
                hands.keep(future)
            except KilledWorker:
                say("a worker died; its chunk is played again")
                hands.back.append(hands.out.pop(future))
