"""Pictures hang alone on a page of their own: the repository's files, films from memory, the real store."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PUBLIC = Path(__file__).parents[2] / "dashboard" / "public"
PATIENCE = 60.0
NOW = 50
"""The quarter at which pictures are looked at."""

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>pictures</title>
<link rel="icon" href="data:,"><style>body { margin: 8px; font: 16px sans-serif; } </style></head>
<body><main id="all"></main>
<script>
for (const name of ["error", "unhandledrejection"]) addEventListener(name, () => (window.failed = true));
</script>
<script type="module">
import { stage } from "/public/stage.js";
import pictures from "/public/pictures/index.js";
const read = async (name) => (await fetch(`/films/${name}`)).arrayBuffer();
const asked = new URLSearchParams(location.search);
const found = {};
for (const key of ["film_a", "film_b", "ghost", "fan_a"]) if (asked.get(key)) found[key] = await read(asked.get(key));
window.sent = [];
stage.post = (message) => window.sent.push(message);
stage.theme = asked.get("theme") || "light";
stage.receive(found);
stage.set("quarter", Number(asked.get("quarter") || 0));
window.stage = stage;
window.mounted = {};
for (const { name, mount } of pictures) {
  const host = document.createElement("section");
  host.id = name;
  document.getElementById("all").append(host);
  mounted[name] = mount(host, stage, null);
  mounted[name].update();
}
window.update = () => Object.values(mounted).forEach((each) => each.update());
window.ready = true;
</script></body></html>"""


class Files(http.server.SimpleHTTPRequestHandler):
    """The repository's own files, the page, and films from memory."""

    def __init__(self, films: Mapping[str, bytes], *given: Any) -> None:
        self.films = films
        super().__init__(*given, directory=str(PUBLIC))

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path.startswith("/public/"):
            self.path = path.removeprefix("/public")
            super().do_GET()
            return
        body = PAGE.encode() if path == "/" else self.films.get(path.removeprefix("/films/"))
        if body is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if path == "/" else "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def hung(films: Mapping[str, bytes]) -> Iterator[str]:
    """Serves the page on loopback; gives its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, films))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join(PATIENCE)
        server.server_close()


class Board:
    """All pictures on one page, and what the browser complained of."""

    def __init__(self, browser: Any, address: str) -> None:
        self.page = browser.new_page(accept_downloads=True)
        self.page.set_default_timeout(1000 * PATIENCE)
        self.address = address
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def open(self, width: int = 1280, quarter: int = NOW, **what: str) -> Board:
        self.page.set_viewport_size({"width": width, "height": 900})
        query = "&".join(f"{key}={value}" for key, value in {"film_a": "a", "quarter": quarter, **what}.items())
        self.page.goto(f"{self.address}?{query}")
        self.page.wait_for_function("window.ready || window.failed")
        assert self.said == []
        return self

    def do(self, script: str, *given: Any) -> Any:
        return self.page.evaluate(script, *given)

    def table(self, name: str) -> tuple[list[str], list[list[Any]]]:
        found = self.do("name => mounted[name].table()", name)
        return found["columns"], found["rows"]

    def words(self, name: str) -> str:
        return str(self.do("name => mounted[name].summary()", name))
