"""`comity dashboard`: the page in a browser, on this machine alone unless a host says otherwise."""

from __future__ import annotations

import importlib
import importlib.util
import socket
import sys
from pathlib import Path
from types import ModuleType
from typing import Final
from urllib.parse import urlsplit

import click

from comity.cli import options
from comity.cli.verbs import Verb
from comity.cli.words import advise, result

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
EVERYWHERE: Final = ("0.0.0.0", "::", "")
PORT: Final = 8765
INSTALL: Final = 'pip install "comity[dashboard]"'


@click.command("dashboard", cls=Verb)
@click.argument("scenario", default="eu")
@click.option("--host", default=LOOPBACK[0], show_default=True, help="The address to serve on.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535), help="The port to serve on.")
@click.option("--classroom", is_flag=True, help="For a class: roles, a teacher's page, a board of everybody's runs.")
@click.option("--behind", multiple=True, metavar="NAME", help="A host name under which a proxy in front serves it.")
@click.option("--store", type=click.Path(path_type=Path, dir_okay=False), help="The file that the class is kept in.")
@click.option("--token", help="The teacher's token; without it a new one is made at each start.")
@click.option("--address", help="What students type, where this machine cannot know it: http://school.example:8765.")
@click.option(
    "--nginx", "processes", type=click.IntRange(1, 64), help="So many processes behind nginx: for 100 students."
)
@click.option("--worker", is_flag=True, hidden=True)
def verb(
    scenario: str, host: str, port: int, classroom: bool, behind: tuple[str, ...], store: Path | None,
    token: str | None, address: str | None, processes: int | None, worker: bool,
) -> None:  # fmt: skip
    """Open the page for a shipped scenario, or several joined by +."""
    whole = options.loaded(scenario)
    whole.require_region()
    if not classroom and (store or token or address or processes or worker):
        message = "--store, --token, --address and --nginx are for --classroom"
        raise click.UsageError(message, click.get_current_context())
    from comity import engine

    serve = _page()
    _free(host, port)
    engine.ready(say=advise)
    if not classroom:
        _told(host, port)
        serve.serve(host, port, scenario, classroom, behind)
        return
    from comity.cli import classroom as of_class

    if not worker and host not in LOOPBACK:
        _told(host, port)
    shown = addresses()[0] if host in EVERYWHERE else host
    place = address or f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    names = (*behind, urlsplit(place).hostname or "")
    alone = host in LOOPBACK and address is None
    file = of_class.open_class(scenario, 4 * int(whole.value("run.years")), store, token, place, alone, worker)
    of_class.stop_on_signals()
    try:
        if processes:
            known = [host] if host in LOOPBACK else [*addresses(), socket.gethostname(), host]
            of_class.serve_many(host, port, processes, scenario, file, place, [*known, *names])
        else:
            serve.serve(host, port, scenario, classroom, names)
    except KeyboardInterrupt:
        advise("Stopped. The class is kept: the same command goes on with it.")
    finally:
        of_class.close_class()


def folder() -> Path:
    """The folder of the page: inside the package in a wheel, beside `model` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    wheel = package / "_dashboard"
    return wheel if wheel.is_dir() else package.parents[1] / "dashboard"


def _page() -> ModuleType:
    """What serves the page, fetched from its folder under the name `dashboard`; UsageError if a part is missing."""
    if importlib.util.find_spec("solara") is None:
        raise click.UsageError(f"the page needs Solara: {INSTALL}", click.get_current_context())
    where = folder()
    spec = importlib.util.spec_from_file_location(
        "dashboard", where / "__init__.py", submodule_search_locations=[str(where)]
    )
    if spec is None or spec.loader is None or not (where / "__init__.py").is_file():
        raise click.UsageError(f"there is no page in {where}", click.get_current_context())
    if "dashboard" not in sys.modules:
        package = importlib.util.module_from_spec(spec)
        sys.modules["dashboard"] = package
        spec.loader.exec_module(package)
    return importlib.import_module("dashboard.serve")


def _free(host: str, port: int) -> None:
    """Before anything heavy is imported: can the port be had?"""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            message = f"{host}, port {port}, cannot be served: {error.strerror or error}; take another with --port"
            raise click.UsageError(message, click.get_current_context()) from None


def _told(host: str, port: int) -> None:
    """Where the page is, on stdout; on stderr who can reach it, if that is not this machine alone."""
    shown = "localhost" if host in LOOPBACK or host in EVERYWHERE else host
    result(f"http://{shown}:{port}/")
    if host not in LOOPBACK:
        advise(f"Anybody who reaches this machine under one of these addresses can now use the page, port {port}:")
        for address in addresses() if host in EVERYWHERE else [host]:
            advise(f"  http://{f'[{address}]' if ':' in address else address}:{port}/")
        advise("It asks for no password and is not encrypted. Use it in a network that you trust.")
    advise("Ctrl-C ends it.")


def addresses() -> list[str]:
    """The addresses of this machine, as far as it knows them itself."""
    found: list[str] = []
    for family, target in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        # a datagram socket that is connected sends nothing, but knows which address it would send from
        with socket.socket(family, socket.SOCK_DGRAM) as tried:
            try:
                tried.connect((target, 9))
                found.append(str(tried.getsockname()[0]))
            except OSError:
                pass
    try:
        told = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        told = set()
    return [*dict.fromkeys([*found, *sorted(told - {"127.0.0.1", "::1"})])] or [socket.gethostname()]
