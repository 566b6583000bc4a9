"""Who plays in a crowd: what a page's own script sends while its user plays, and when, without a browser.

A user of ours does what a person with a browser does. He opens the page and waits for the fan behind the run that it
shows; he presses play; the clock runs at four quarters a second, in the page alone, and waits while a lever is
answered; every ten seconds he switches a lever, which acts from the next quarter on; at the last quarter the clock
stands and he looks at the fan of what he played. The page (`bridge.vue`) asks for a fan when film and fan no longer
belong together and nothing has changed for .4 s, while the clock runs for 3 s, and while the clock runs in a crowd not
at all. The panels of effects, why and comparison are shut, as they are when the page opens, and ask nothing then.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, Protocol

from _users import User

PICTURES = 4
"""Pictures of SolaraViz that each step sends anew."""
SPEED = 4.0
"""Quarters a second: what the page's clock is set to when it opens."""
LEVER = "levers.rights.on"
LAST = 79
"""The last quarter of the run that our page opens with."""
REST, REST_AT_PLAY = 0.4, 3.0
"""Seconds without a change after which our page asks for the fan behind a new film: `bridge.vue`."""
FRAME, LONGEST_FRAME = 0.05, 0.5
"""Seconds: how often the clock looks, and what a page that was away makes up for at most (`clock.js`)."""


class Player(Protocol):
    """A user before a page."""

    async def opened(self) -> None:
        """Until the page needs nothing more."""

    async def play(self) -> None:
        """Starts the clock."""

    async def move(self) -> float:
        """Moves a lever; seconds until what the picture is made of has come."""

    async def stood(self) -> None:
        """Until the clock stands, if it stands by itself."""

    def shown(self) -> float:
        """Steps shown since the clock was started."""


class Viewer:
    """A user of SolaraViz: the server runs the clock and sends each step's pictures."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._before = user.pictures
        self._turn = 0

    async def opened(self) -> None:
        """The pictures of the beginning have come with the page, or come soon."""
        await asyncio.sleep(1.0)

    async def play(self) -> None:
        """The button."""
        self._before = self.user.pictures
        await self.user.event(self.user.find(_model_name="BtnModel", children=["▶"]), "click")

    async def move(self) -> float:
        """A move of the slider; the picture would follow at the next Reset, and is not waited for."""
        slider = self.user.find(_model_name="SliderModel", label="Waiver")
        begun = time.perf_counter()
        self._turn += 1
        return await (await self.user.update(slider, v_model=0.25 if self._turn % 2 else 0.75)) - begun

    async def stood(self) -> None:
        """It goes on until the model stops."""

    def shown(self) -> float:
        """Steps of which all pictures came."""
        return (self.user.pictures - self._before) / PICTURES


class Pupil:
    """A user of ours: films come whole, the clock is the page's."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.bridge = next(widget for widget, state in user.widgets.items() if "facts" in state)
        self.quarter = 0
        self._playing = self._waiting = self._on = False
        self._asked = ""
        self._resting: asyncio.TimerHandle | None = None
        self._clock: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        user.told = self._told
        self._rest()

    @property
    def facts(self) -> dict[str, Any]:
        """What the server says of the state."""
        return dict(json.loads(self._state["facts"]))

    @property
    def _state(self) -> dict[str, Any]:
        return self.user.widgets.get(self.bridge, {})

    async def opened(self) -> None:
        """The fan behind the first film has come."""
        while not self._state.get("fan_a"):
            await asyncio.sleep(FRAME)

    async def play(self) -> None:
        """Nothing is asked of the server: the film is there."""
        self.quarter, self._playing = 0, True
        self._clock = asyncio.create_task(self._run())

    async def move(self) -> float:
        """A lever switched from the next quarter on, answered by the new film; the clock waits for it."""
        self.user.serial, self._on = self.user.serial + 1, not self._on
        quarter = min(self.quarter + 1, LAST)
        move = {"side": "a", "path": LEVER, "value": self._on, "quarter": quarter, "serial": self.user.serial}
        begun, self._waiting = time.perf_counter(), True
        film = self.user.hears(
            lambda widget, data, _: widget == self.bridge and ["film_a"] in data.get("buffer_paths", [])
        )
        await self._send("move", move)
        spent = await film - begun
        self._waiting = False
        return spent

    async def stood(self) -> None:
        """The clock has come to its end."""
        assert self._clock is not None
        await self._clock

    def shown(self) -> float:
        """Quarters that the clock has passed."""
        return float(self.quarter)

    async def _run(self) -> None:
        """`clock.js`: a frame moves it on by what has passed, unless a film is awaited."""
        due, before = 0.0, time.perf_counter()
        while self.quarter < LAST:
            await asyncio.sleep(FRAME)
            now = time.perf_counter()
            passed, before = min(now - before, LONGEST_FRAME), now
            if not self._waiting:
                due += passed * SPEED
                self.quarter, due = min(self.quarter + int(due), LAST), due % 1.0
        self._playing = False
        self._rest()

    def _told(self, widget: str, names: set[str]) -> None:
        if widget == self.bridge and names & {"facts", "film_a"}:
            self._rest()

    def _rest(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
        if not self.user.gone and not (self._playing and self.facts["many"]):
            self._resting = self._loop.call_later(REST_AT_PLAY if self._playing else REST, self._ask)

    def _ask(self) -> None:
        address = self.facts["address"]
        if not self.user.gone and not self._state.get("fan_a") and self._asked != address:
            self._asked = address
            self.user.serial += 1
            self._loop.create_task(self._send("fan", {"serial": self.user.serial}))

    async def _send(self, name: str, payload: dict[str, Any]) -> None:
        await self.user.event(self.bridge, "send", {"name": name, "payload": payload})
