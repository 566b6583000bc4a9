"""A visit to the page: what a user does there, in the words of the page's own names and roles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
COMMAND = ("comity", "dashboard", "--port", "{port}")
PATIENCE = 30_000
"""Milliseconds to wait for what must come."""
LOOPBACK = ("127.0.0.1", "localhost")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}

SEE_THE_STORE = """document.addEventListener('DOMContentLoaded', () => {
    window.comity?.then(stage => { window.storeOfThePage = stage; });
})"""
READY = "() => document.documentElement?.dataset.ready === 'true'"
"""The first film is drawn."""


class Visit:
    """One browser's page; `page` is playwright's, the rest says what the page is about."""

    def __init__(self, browser: Any, url: str, settings: Mapping[str, Any]) -> None:
        wanted = dict(settings)
        size = {"width": wanted.pop("width", 1280), "height": wanted.pop("height", 900)}
        theme = wanted.pop("theme", "light")
        self.url, self.errors, self.strangers = url, [], []  # type: str, list[str], list[str]
        self.context = browser.new_context(viewport=size, color_scheme=theme, accept_downloads=True, **wanted)
        self.context.route(lambda address: not _is_ours(address), self._stranger)
        self.context.add_init_script(SEE_THE_STORE)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.watch(self.page)

    def watch(self, page: Any) -> None:
        """Whatever goes wrong on this page is kept."""
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("websocket", self._socket)

    def go(self, query: str = "", wait: bool = True) -> Visit:
        """To an address of the page: `""`, `"?seed=7"`, `"teacher?token=..."`."""
        self.page.goto(f"{self.url}/{query}", wait_until="commit")
        if wait:
            self.ready()
        return self

    def ready(self) -> None:
        """Waits for the first film's pictures."""
        self.page.wait_for_function(READY)

    def leave(self) -> None:
        """The window is closed."""
        self.context.close()

    def stage(self, expression: str, argument: Any = None) -> Any:
        """The value of a JavaScript expression of the page's store, `stage`; `argument` is at hand too."""
        return self.page.evaluate(
            f"async argument => {{ const stage = await window.comity; return {expression}; }}", argument
        )

    def until(self, expression: str, argument: Any = None) -> None:
        """Waits until such an expression is true."""
        script = f"argument => {{ const stage = window.storeOfThePage; return stage && Boolean({expression}); }}"
        self.page.wait_for_function(script, arg=argument)

    @property
    def quarter(self) -> int:
        """The quarter that is shown, from 0."""
        return int(self.stage("stage.quarter"))

    def digest(self, side: str = "a") -> str:
        """The digest of the film of a side."""
        return str(self.stage(f"stage.films.{side}.header.digest"))

    def array(self, name: str, side: str = "a", until: int | None = None) -> list[float]:
        """An array of the film that the page plays, flat; of the quarters before `until`, if that is given."""
        rows = "" if until is None else f".subarray(0, {until} * found.width)"
        found = f"{{ const found = stage.films.{side}.arrays['{name}']; return Array.from(found.data{rows}); }}"
        return list(self.stage(f"(() => {found})()"))

    def answered(self) -> None:
        """Waits until the server has answered everything that it was asked."""
        self.until("!stage.waiting")

    def part(self, name: str) -> Any:
        """The control of the page with this test name."""
        return self.page.locator(f'[data-test="{name}"]').first

    def control(self, path: str) -> Any:
        """The control of a dotted path."""
        return self.page.locator(f'[data-path="{path}"]').first

    def picture(self, name: str) -> Any:
        """The card of a picture."""
        return self.page.locator(f'[data-picture="{name}"]')

    def faults(self, context: str | None = None) -> str:
        """What axe-core finds wrong for people who use the page otherwise, one paragraph for each; "" if nothing."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, context=context, options=RULES)
        return "\n".join(
            f"{each['id']}: {each['help']}: " + "; ".join(node["html"][:160] for node in each["nodes"][:5])
            for each in found.response["violations"]
        )

    def shot(self, folder: Path, name: str, whole: bool = False) -> None:
        """A screenshot, for whoever looks."""
        self.page.screenshot(path=folder / f"{name}.png", full_page=whole)

    def _stranger(self, route: Any) -> None:
        self.strangers.append(route.request.url)
        route.abort()

    def _socket(self, socket: Any) -> None:
        if not _is_ours(socket.url):
            self.strangers.append(socket.url)


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("data", "blob", "about", "chrome") or parts.hostname in LOOPBACK
