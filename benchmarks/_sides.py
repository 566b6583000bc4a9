"""What is done to a page that is measured: ours, and Mesa's SolaraViz for the same model."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from _players import PICTURES, Player, Pupil, Viewer
from _users import User

HERE = Path(__file__).resolve().parent


class Side(Protocol):
    """A page: how it is served, when it is drawn, how it is played and moved, in a browser and without one."""

    name: str
    command: tuple[str, ...]
    path: str
    many: str
    """The address of user `{number}` of a crowd."""
    drawn: str
    """JavaScript that is true when all pictures are drawn."""

    def begin(self, page: Any) -> None:
        """A new run from its first quarter."""

    def play(self, page: Any) -> None:
        """Start the clock, as fast as it goes."""

    def pause(self, page: Any) -> None:
        """Stop the clock."""

    def steps(self, page: Any) -> int:
        """Quarters shown so far."""

    def move(self, page: Any) -> None:
        """Move a lever and do not wait."""

    def react(self, page: Any) -> float:
        """Move a lever; milliseconds until the picture was another."""

    def player(self, user: User) -> Player:
        """A user without a browser before this page."""


AT = 40
"""The quarter about which levers of ours are moved: the middle of a run. No two moves are of one quarter, so that none
is answered with a film that was made for another."""
SWITCH = "#cm-l-rights"


class SolaraViz:
    """Mesa's page. A lever acts when the model is made anew, so moving one is a click on Reset."""

    name = "SolaraViz"
    command = (
        "solara", "run", str(HERE / "_solara_viz.py"), "--host", "127.0.0.1", "--port", "{port}",
        "--no-open", "--production",
    )  # fmt: skip
    path = many = "/"
    drawn = """() => {
        const pictures = [...document.querySelectorAll('img')].filter(each => each.src.startsWith('blob:'));
        return pictures.length >= 4 && pictures.every(each => each.complete && each.naturalWidth > 0);
    }"""
    _react = """() => new Promise(done => {
        const begun = performance.now();
        const seen = new MutationObserver(changes => {
            if (changes.some(each => each.target.tagName === 'IMG' || each.target.querySelector?.('img'))) {
                seen.disconnect();
                requestAnimationFrame(() => done(performance.now() - begun));
            }
        });
        seen.observe(document.body, {attributes: true, attributeFilter: ['src'], childList: true, subtree: true});
        [...document.querySelectorAll('button')].find(each => each.innerText.toUpperCase() === 'RESET').click();
    })"""

    _count = """() => {
        window.drawn = 0;
        new MutationObserver(changes => {
            for (const each of changes) {
                if (each.target.tagName === 'IMG' || [...each.addedNodes].some(node => node.querySelector?.('img'))) {
                    window.drawn += 1;
                }
            }
        }).observe(document.body, {attributes: true, attributeFilter: ['src'], childList: true, subtree: true});
    }"""

    def begin(self, page: Any) -> None:
        self._reset(page)
        page.wait_for_timeout(1000)  # the pictures of the beginning have come
        page.evaluate(self._count)

    def _reset(self, page: Any) -> None:
        page.get_by_role("button", name="Reset").click()
        page.get_by_text("Step: 0", exact=True).wait_for()

    def play(self, page: Any) -> None:
        page.get_by_role("button", name="▶").click()

    def pause(self, page: Any) -> None:
        button = page.get_by_role("button", name="❚❚")
        if button.count() and button.is_enabled():  # at the end of the run there is nothing to pause
            button.click()
            page.get_by_role("button", name="▶").wait_for()

    def steps(self, page: Any) -> int:
        """Steps that were drawn: the model may run to its end while the page shows nothing of it."""
        return int(page.evaluate("window.drawn")) // PICTURES

    def move(self, page: Any) -> None:
        raise NotImplementedError("SolaraViz starts anew when a lever is moved")

    def react(self, page: Any) -> float:
        if not page.get_by_text("Step: 0", exact=True).count():
            self._reset(page)
        page.get_by_role("button", name="Step", exact=True).click()
        page.get_by_text("Step: 1", exact=True).wait_for()
        page.wait_for_timeout(400)  # all four pictures have come
        return float(page.evaluate(self._react))

    def player(self, user: User) -> Player:
        return Viewer(user)


class Ours:
    """Our page. A lever that is moved acts from the next quarter on; the clock is the browser's."""

    name = "comity"
    many = "/?seed={number}"  # nobody is served what was made for another
    command = ("comity", "dashboard", "--port", "{port}")
    path = "/"
    drawn = "() => document.documentElement?.dataset.ready === 'true'"
    _store = "const stage = await window.comity;"
    _react = """async path => {
        const control = document.querySelector(path);
        const drawn = new Promise(done => {
            const seen = new PerformanceObserver(list => {
                if (list.getEntriesByName('comity:film').length) {
                    seen.disconnect();
                    done(list.getEntriesByName('comity:film')[0].startTime);
                }
            });
            seen.observe({ entryTypes: ['mark'] });
        });
        const begun = performance.now();
        control.click();
        return await drawn - begun;
    }"""

    _both = """async () => {
        const stage = await window.comity;
        const until = async true_ => { while (!true_()) await new Promise(requestAnimationFrame); };
        stage.clock.pause();
        stage.send('compare', { on: false });
        stage.send('luck');
        await until(() => !stage.waiting && !stage.films.b && stage.fans.a);
        const begun = performance.now();
        stage.send('compare', { name: 'eu+respectful' });
        await until(() => stage.films.b && stage.fans.a && stage.fans.b);
        const spent = (performance.now() - begun) / 1000;
        stage.send('compare', { on: false });
        await until(() => !stage.waiting && !stage.films.b);
        return spent;
    }"""

    def begin(self, page: Any) -> None:
        page.evaluate(f"""async () => {{ {self._store}
            const film = stage.films.a;
            stage.clock.step(-Infinity);
            stage.send('luck');
            while (stage.films.a === film) await new Promise(requestAnimationFrame);
        }}""")

    def play(self, page: Any) -> None:
        page.evaluate(f"async () => {{ {self._store} stage.set('speed', 16); }}")
        page.get_by_role("button", name="Play", exact=True).click()

    def pause(self, page: Any) -> None:
        page.evaluate(f"async () => {{ {self._store} stage.clock.pause(); }}")

    def steps(self, page: Any) -> int:
        return int(page.evaluate(f"async () => {{ {self._store} return stage.quarter; }}"))

    def move(self, page: Any) -> None:
        page.evaluate("path => document.querySelector(path).click()", SWITCH)

    def react(self, page: Any) -> float:
        page.evaluate(
            f"""async at => {{ {self._store}
            window.turns = (window.turns || 0) + 1;
            stage.clock.step(at + (window.turns % 2 ? 1 : -1) * (window.turns >> 1) - stage.quarter);
            if (stage.facts.a.moves.length) stage.send('reset');
            while (stage.waiting) await new Promise(requestAnimationFrame);
        }}""",
            AT,
        )
        page.wait_for_timeout(1500)  # the fan has been asked for and has come
        return float(page.evaluate(self._react, SWITCH))

    def both(self, page: Any) -> float:
        """Seconds from a click that puts a scenario beside to both films and both fans of fifty; least of three."""
        return min(float(page.evaluate(self._both)) for _ in range(3))

    def player(self, user: User) -> Player:
        return Pupil(user)
