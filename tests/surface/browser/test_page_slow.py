"""A slow line and a reload in the middle of play: whoever waits is told so, and nobody loses his or her place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from visits import Visit

Open = Callable[..., Visit]
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""A line of 400 kbit/s with 400 milliseconds of delay."""


class Line:
    """The socket between page and server: while it is `shut`, what the server says waits."""

    def __init__(self) -> None:
        self.shut, self.waiting = False, []  # type: bool, list[Any]

    def lead(self, seen: Visit) -> Line:
        """All sockets of a visit go through here."""
        seen.context.route_web_socket("**/*", self._through)
        return self

    def _through(self, page: Any) -> None:
        server = page.connect_to_server()
        page.on_message(server.send)
        server.on_message(lambda said: self.waiting.append((page, said)) if self.shut else page.send(said))

    def open(self) -> None:
        """All that waited comes, in its order."""
        self.shut = False
        for page, said in self.waiting:
            page.send(said)
        self.waiting.clear()


def waits(seen: Visit) -> str:
    return str(seen.part("waits").inner_text())


def test_on_a_slow_line_the_page_says_that_it_loads_and_then_plays(visit: Open) -> None:
    seen = visit(wait=False)
    seen.page.goto("about:blank")
    line = seen.context.new_cdp_session(seen.page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    seen.go("?seed=3", wait=False)
    sign = seen.page.locator(".cm-loading[role=status]")
    sign.wait_for()
    assert "Loading" in sign.inner_text()
    assert not seen.page.locator(".cm-frame").count()
    # half a minute would go by until all has come
    free = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", SLOW | free)
    seen.ready()
    assert not sign.is_visible()
    line.send("Network.emulateNetworkConditions", SLOW)
    assert waits(seen) == ""
    seen.stage("stage.clock.toggle()")
    seen.until("stage.quarter > 2")
    first = seen.digest()
    seen.page.get_by_role("switch", name="Court").click()
    seen.until("stage.films.a.header.digest != argument && !stage.waiting", first)
    assert seen.stage("stage.films.a.header.moves.length") == 1


def test_whoever_waits_for_a_run_is_told_and_the_clock_waits_too(visit: Open) -> None:
    seen = visit(wait=False)
    line = Line().lead(seen)
    seen.go("?seed=3")
    seen.stage("stage.clock.step(8)")
    line.shut = True
    first = seen.digest()
    seen.page.get_by_role("switch", name="Court").click()
    seen.page.get_by_text("Waiting for the server").wait_for()
    seen.stage("stage.clock.toggle()")
    seen.page.wait_for_timeout(600)
    assert seen.quarter == 8
    assert seen.digest() == first
    line.open()
    seen.answered()
    seen.until("stage.films.a.header.digest != argument", first)
    seen.until("stage.quarter > 8")
    assert waits(seen) == ""
    assert seen.faults() == ""


def test_a_reload_in_the_middle_of_play_comes_back_to_the_same_place(visit: Open) -> None:
    seen = visit("?scenario=eu%2Brespectful&seed=5&b.scenario=eu")
    seen.stage("stage.clock.step(8)")
    seen.page.get_by_role("switch", name="Court").click()
    seen.until("stage.films.a.header.moves.length == 1 && !stage.waiting")
    before = {side: seen.digest(side) for side in "ab"}
    seen.stage("stage.set('speed', 16)")
    seen.stage("stage.clock.toggle()")
    seen.until("stage.quarter > 20")
    seen.page.evaluate("window.addEventListener('pagehide', () => sessionStorage.setItem('left', "
                       "String(window.storeOfThePage.quarter)))")  # fmt: skip
    seen.page.reload(wait_until="commit")
    seen.ready()
    left = int(seen.page.evaluate("sessionStorage.getItem('left')"))
    seen.until("stage.quarter > 0")
    assert seen.quarter == left > 20
    assert {side: seen.digest(side) for side in "ab"} == before
    assert seen.stage("stage.facts.seed") == "5"
    assert not seen.stage("stage.playing")
    seen.until("new URLSearchParams(location.search).get('at') == stage.date()")


def test_the_address_follows_the_clock_while_it_runs(visit: Open) -> None:
    seen = visit("?seed=5")
    seen.stage("stage.clock.toggle()")
    seen.until("stage.playing && stage.quarterOf(new URLSearchParams(location.search).get('at')) > 2")


def test_a_link_opened_anew_starts_where_it_says_and_not_where_one_was(visit: Open) -> None:
    seen = visit("?seed=5&at=2012Q1")
    seen.until("stage.quarter == 8")
    seen.stage("stage.clock.step(10)")
    seen.go("?seed=5&at=2012Q1")
    seen.until("stage.quarter == 8")
