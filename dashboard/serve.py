"""One process serves the pages: on this machine alone unless told otherwise, users counted, uploads bounded."""

from __future__ import annotations

import hashlib
import os
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).resolve().parent
MOST_KERNELS: Final = 200
CULL_AFTER: Final = "10m"
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
LARGEST_MESSAGE: Final = 1 << 20
"""Bytes of one message from a browser: an upload of 256 KiB, escaped, fits."""

ENVIRONMENT: Final = {
    "SOLARA_APP": "dashboard.app",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_MODE": "production",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_TITLE": "comity",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_KERNEL_CULL_TIMEOUT": CULL_AFTER,
    "SOLARA_KERNEL_MAX_COUNT": str(MOST_KERNELS),
    "SOLARA_SESSION_HTTP_ONLY": "True",
}
"""What Solara reads when it is imported; what the user's own environment says goes first."""


@dataclass
class Settings:
    """What was said at the start. Set once, before anybody looks, and read only."""

    scenario: str = "eu"
    classroom: bool = False
    more: dict[str, Any] = field(default_factory=dict)


SETTINGS: Final = Settings()


def version() -> str:
    """A name for the files of the page as they are now: an address that holds it never serves others."""
    found = hashlib.sha256()
    for path in sorted((FOLDER / "public").rglob("*")):
        if path.is_file():
            found.update(path.relative_to(FOLDER).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:12]


def application(names: tuple[str, ...] = ()) -> Any:
    """The ASGI application: Solara's, behind the gate. With `names` it answers to those host names alone."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    # it warns of a cookie's flags at each new visitor who comes without https
    warnings.filterwarnings("ignore", message="(?s)Cookies with samesite=none")
    import solara.server.starlette as starlette
    from solara.server import app, server

    from dashboard.gate import Gate

    app.ensure_apps_initialized()
    # Solara looks for public/ and templates/ beside the folder of an app; here they lie beside the app
    app.apps["__default__"].directory = FOLDER / "app"
    stamp = version()
    modules = sorted(path.relative_to(FOLDER / "public").as_posix() for path in (FOLDER / "public").rglob("*.js"))
    server.get_jinja_env(app_name="__default__").globals |= {
        "board_files": f"/static/public/v-{stamp}",
        "board_modules": [name for name in modules if name.startswith("class/") == SETTINGS.classroom],
        "classroom": SETTINGS.classroom,
    }
    most = int(os.environ["SOLARA_KERNEL_MAX_COUNT"])
    return Gate(starlette.app, stamp, most, names)


def serve(
    host: str, port: int, scenario: str = "eu", classroom: bool = False, behind: tuple[str, ...] = (), **more: Any
) -> None:
    """Serve until stopped; `behind` are the names under which a proxy in front serves it. OSError if the port is taken.

    On loopback the page answers to loopback's own names and to those of `behind` alone, so that no strange site whose
    name leads here can look in.
    """
    import uvicorn

    _spare_memory()
    SETTINGS.scenario, SETTINGS.classroom, SETTINGS.more = scenario, classroom, more
    _warm(scenario)
    config = uvicorn.Config(
        application((*LOOPBACK, *behind) if host in LOOPBACK else ()),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        ws_max_size=LARGEST_MESSAGE,
        # squeezing a film costs more time than it saves on any line that a class shares
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    uvicorn.Server(config).run()


def _spare_memory() -> None:
    """Each thread keeps memory of its own in glibc, eight times as many parcels as there are cores; two will do, and a
    further user costs half."""
    import ctypes

    try:
        ctypes.CDLL(None).mallopt(-8, 2)  # M_ARENA_MAX
    except (AttributeError, OSError, TypeError):
        return  # another system's library


def _warm(scenario: str) -> None:
    """Play one run before anybody looks: rules and libraries are fetched once, by one thread, and nobody waits."""
    from dashboard.session import Session

    Session("", scenario).films["film_a"].table("series")
