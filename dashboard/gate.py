"""In front of Solara stands a gate: it keeps strange sites out, counts the users, and names files so that they keep."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import urlsplit

from solara.server import kernel_context
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        # templates of Vue are compiled in the browser
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
VERSIONED: Final = re.compile(r"/static/public/v-([0-9a-f]{12})/")
KERNEL: Final = re.compile(r"/jupyter/api/kernels/([^/]+)/")
NO_PAGE: Final = ("/static/", "/_solara/", "/jupyter/", "/readyz", "/resourcez")
HIDDEN: Final = ("/resourcez",)

FULL: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>comity: full house</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:1.25rem/1.6 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1.5rem;color:#22303c;
background:#faf9f6}h1{font-weight:600;font-size:1.8rem}@media(prefers-color-scheme:dark){body{color:#e8e6e1;
background:#15191d}a{color:#9fd0f5}}</style></head><body><main><h1>The house is full</h1><p>As many people as this
machine can serve are looking at the page now. It opens by itself when there is room; your link is kept.</p>
<p><a href="">Try again</a></p></main><script>setInterval(async () => {
  if (!document.hidden && (await fetch(location.href, {method: "HEAD"})).ok) location.reload();
}, 15000)</script></body></html>"""


class Gate:
    """ASGI middleware: `most` users at once, files of the page under a name that holds their `stamp`.

    With `names` it answers to those host names alone.
    """

    def __init__(self, app: Any, stamp: str, most: int, names: tuple[str, ...] = ()) -> None:
        self.app, self.stamp, self.most, self.names = app, stamp, most, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            if not _same_site(scope) or not self._named_right(scope) or self._one_too_many(scope["path"]):
                await receive()
                await send({"type": "websocket.close", "code": 1008})
                return
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if not self._named_right(scope):
            await PlainTextResponse("This page answers to its own address alone.", 421)(scope, receive, send)
            return
        if path.startswith(HIDDEN):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
            return
        if not path.startswith(NO_PAGE) and len(kernel_context.contexts) >= self.most:
            await HTMLResponse(FULL, 503, {**HEADERS, "Retry-After": "30"})(scope, receive, send)
            return
        found = VERSIONED.match(path)
        if found:
            scope = {**scope, "path": path.replace(found[0], "/static/public/", 1)}
            scope["raw_path"] = scope["path"].encode()

        async def told(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if found and found[1] == self.stamp and message["status"] == 200:
                    headers["Cache-Control"] = "public, max-age=31536000, immutable"
                elif path.startswith("/static/public/"):
                    headers["Cache-Control"] = "no-cache"
            await send(message)

        await self.app(scope, receive, told)

    def _one_too_many(self, path: str) -> bool:
        """Whether a socket would bring a user for whom there is no place; one who is in can always come back."""
        known = KERNEL.match(path)
        return len(kernel_context.contexts) >= self.most and not (known and known[1] in kernel_context.contexts)

    def _named_right(self, scope: Scope) -> bool:
        """Whether it is asked for under a name of its own: anybody's DNS can let a name lead to this machine."""
        host = Headers(scope=scope).get("host", "")
        return not self.names or (urlsplit(f"//{host}").hostname or "") in self.names


def _same_site(scope: Scope) -> bool:
    """Whether a socket is opened by a page of ours: a browser always says where its page came from."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("x-forwarded-host", headers.get("host", ""))
