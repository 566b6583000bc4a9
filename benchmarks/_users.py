"""Users without a browser: they speak as much of Solara's protocol as a page does, and count what they are sent.

A browser draws on its own machine; thirty of them here would measure the drawing. A user of this kind opens a page's
socket, lets the page's widgets come, clicks, sends what a component sends, and takes every message as fast as it comes.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Callable
from typing import Any

import websockets
from websockets.asyncio.client import ClientConnection

PATIENCE = 60.0
"""Seconds to wait for an answer."""
LARGEST = 2**26

Heard = Callable[[str, dict[str, Any], list[bytes]], bool]
"""Whether a message (widget, data, buffers) is the one that is waited for."""


class User:
    """One page of one browser: what widgets hold, the bytes that came, messages with a picture or a film."""

    def __init__(self, host: str, port: int, path: str = "", number: int = 1) -> None:
        self.where, self.number = f"{host}:{port}", number
        self.path = path.format(number=number)
        self.kernel, self.page, self.cookie = (str(uuid.uuid4()) for _ in range(3))
        self.widgets: dict[str, dict[str, Any]] = {}
        self.received = 0
        self._socket: ClientConnection | None = None
        self._waits: list[tuple[Heard, asyncio.Future[float]]] = []
        self._reader: asyncio.Task[None] | None = None
        self._idle: dict[str, asyncio.Future[float]] = {}
        self.pictures = self.serial = 0
        self.gone = False
        self.told: Callable[[str, set[str]], None] = lambda widget, names: None

    async def open(self) -> float:
        """Seconds until the page's widgets were there."""
        begun = time.perf_counter()
        self._socket = await websockets.connect(
            f"ws://{self.where}/jupyter/api/kernels/{self.kernel}/channels?session_id={self.page}",
            additional_headers={"Cookie": f"solara-session-id={self.cookie}"},
            max_size=LARGEST,
            open_timeout=PATIENCE,
            ping_interval=None,
        )
        self._reader = asyncio.create_task(self._read())
        control = uuid.uuid4().hex
        await self._say("comm_open", {"comm_id": control, "target_name": "solara.control", "data": {}})
        finished = self.hears(lambda widget, data, _: widget == control and data.get("method") == "finished")
        run = {"path": self.path, "dark": False, "themes": {"light": {}, "dark": {}}}
        await self._say("comm_msg", {"comm_id": control, "data": {"method": "run", "args": run}})
        return await finished - begun

    def hears(self, heard: Heard) -> asyncio.Future[float]:
        """The moment at which a message comes for which `heard` is true."""
        future: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waits.append((heard, future))
        return asyncio.ensure_future(asyncio.wait_for(future, PATIENCE))

    def find(self, **traits: Any) -> str:
        """The widget whose state has these values; LookupError if there is none."""
        for widget, state in self.widgets.items():
            if all(state.get(name) == value for name, value in traits.items()):
                return widget
        raise LookupError(traits)

    async def event(self, widget: str, event: str, data: Any = None) -> asyncio.Future[float]:
        """What a component's event sends; the moment at which the server had done all that follows from it."""
        content = {"event": event, "data": {} if data is None else data}
        return await self._say("comm_msg", {"comm_id": widget, "data": {"method": "custom", "content": content}})

    async def update(self, widget: str, **state: Any) -> asyncio.Future[float]:
        """What a change of a widget's value sends; the moment at which the server had done all that follows from it."""
        data = {"method": "update", "state": state, "buffer_paths": []}
        return await self._say("comm_msg", {"comm_id": widget, "data": data})

    async def vanish(self) -> None:
        """Gone as by a lost network: no farewell, the socket is torn."""
        if self._socket is not None:
            self._socket.transport.abort()
        self._rest()

    async def close(self) -> None:
        """Gone as by a closed tab."""
        if self._socket is not None:
            await self._socket.close()
        self._rest()

    def _rest(self) -> None:
        self.gone = True
        self.told = lambda widget, names: None
        if self._reader is not None:
            self._reader.cancel()

    async def _say(self, kind: str, content: dict[str, Any]) -> asyncio.Future[float]:
        number = uuid.uuid4().hex
        done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._idle[number] = done
        header = {
            "msg_id": number, "msg_type": kind, "session": self.page, "username": "", "version": "5.2",
            "date": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
        }  # fmt: skip
        message = {
            "header": header, "parent_header": {}, "metadata": {}, "content": content,
            "channel": "shell", "buffers": [],
        }  # fmt: skip
        assert self._socket is not None
        await self._socket.send(json.dumps(message))
        return asyncio.ensure_future(asyncio.wait_for(done, PATIENCE))

    async def _read(self) -> None:
        assert self._socket is not None
        try:
            async for raw in self._socket:
                self.received += len(raw)
                self._take(*_parts(raw))
        except websockets.ConnectionClosed:
            pass

    def _take(self, message: dict[str, Any], buffers: list[bytes]) -> None:
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            done = self._idle.pop(message["parent_header"].get("msg_id", ""), None)
            if done is not None and not done.done():
                done.set_result(time.perf_counter())
        if kind not in ("comm_open", "comm_msg", "comm_close"):
            return
        widget, data = content["comm_id"], content.get("data", {})
        self.pictures += bool(buffers)
        if kind == "comm_close":
            self.widgets.pop(widget, None)
        elif "state" in data:
            # of bytes their number is kept: thirty users' films would weigh on the machine that is measured
            sizes = {path[0]: len(each) for path, each in zip(data.get("buffer_paths", []), buffers, strict=False)}
            self.widgets.setdefault(widget, {}).update(data["state"] | sizes)
            self.told(widget, {*data["state"], *sizes})
        now = time.perf_counter()
        for wait in list(self._waits):
            heard, future = wait
            if future.done():
                self._waits.remove(wait)
            elif heard(widget, data, buffers):
                self._waits.remove(wait)
                future.set_result(now)


def _parts(raw: str | bytes) -> tuple[dict[str, Any], list[bytes]]:
    """A message and its buffers."""
    if isinstance(raw, str):
        return json.loads(raw), []
    count = int.from_bytes(raw[:4], "big")
    starts = [int.from_bytes(raw[4 * k : 4 * k + 4], "big") for k in range(1, count + 1)]
    pieces = [raw[a:b] for a, b in zip(starts, [*starts[1:], len(raw)], strict=True)]
    return json.loads(pieces[0]), pieces[1:]
