"""A class in the page: its file, the token of its teacher, and several processes behind nginx for a large one."""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import click

from comity import film
from comity.cli.words import advise, result

NGINX: Final = ("nginx", "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx")
MAIN: Final = "from comity.cli import main; main()"
PATIENCE: Final = 180.0
"""Seconds that a process has to come up."""

CONFIGURATION: Final = """# Made by comity dashboard --classroom --nginx {count}: one door, {count} processes, one file.
worker_processes 1;
pid nginx.pid;
error_log error.log warn;
events {{ worker_connections 4096; }}
http {{
  access_log off;  # addresses can hold the teacher's token
  server_tokens off;
  client_max_body_size 2m;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  proxy_cache_path kept keys_zone=kept:2m max_size=64m;
  map $http_upgrade $upgraded {{ default upgrade; "" ""; }}
  # a browser stays with the process that holds its page: by the cookie that it has from its first visit on
  map $http_cookie $browser {{
    default $remote_addr$http_user_agent;
    "~solara-session-id(?:-lax)?=(?<id>[^;]+)" $id;
  }}
  upstream processes {{
    hash $browser consistent;
{servers}
    keepalive 32;
  }}
  server {{
    listen {listen};
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $upgraded;
    proxy_read_timeout 1d;
    proxy_send_timeout 1d;
    location / {{ proxy_pass http://processes; proxy_buffering off; }}
    # what is the same for all is fetched once
    location ~ ^/(static|_solara)/ {{
      proxy_pass http://processes;
      proxy_cache kept;
      proxy_cache_key $request_uri$http_accept_encoding;
      proxy_cache_valid 200 1h;
      proxy_cache_lock on;
    }}
  }}
}}
"""


def configuration(host: str, port: int, ports: Sequence[int]) -> str:
    """What nginx is told: one address outside, a process on each of the ports inside."""
    listen = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    servers = "\n".join(f"    server 127.0.0.1:{each} max_fails=2 fail_timeout=5s;" for each in ports)
    return CONFIGURATION.format(count=len(ports), servers=servers, listen=listen)


def open_class(
    scenario: str, quarters: int, store: Path | None, token: str | None, address: str, alone: bool, worker: bool
) -> Path:
    """Opens the class of this process, and says once how to enter it; returns its file. UsageError for a bad file."""
    room_of: Any = importlib.import_module("dashboard.class_room")
    files: Any = importlib.import_module("dashboard.class_file")
    reach = ""
    if alone:
        reach = "Only this machine can open the class now. For others: comity dashboard --classroom --host 0.0.0.0"
    try:
        room = room_of.open_room(store or files.default_path(), address, reach)
        if worker:
            return Path(room.store.path)
        room.store.begin(scenario, quarters)
        made = room.store.new_token(token)
    except files.ClassError as error:
        close_class()
        raise click.UsageError(str(error), click.get_current_context()) from None
    result(f"Students: {address}/join")
    result(f"Teacher:  {address}/teacher?token={made}")
    advise("The teacher's address is shown this once; whoever has it can steer the class.")
    if reach:
        advise(reach)
    seats = len(room.store.snapshot().seats)
    kept = f", with {seats} in it from last time" if seats else ""
    advise(f"The class is kept in {room.store.path}{kept}.")
    guide = Path(str(files.__file__)).with_name("TEACHING.md")
    advise(f"Three lessons, minute by minute: {guide}")
    return Path(room.store.path)


def close_class() -> None:
    """Ends what `open_class` began; the file stays."""
    room_of: Any = importlib.import_module("dashboard.class_room")
    room_of.close_room()


def nginx() -> str:
    """The nginx of this machine. UsageError if there is none."""
    for name in NGINX:
        found = shutil.which(name)
        if found:
            return found
    raise click.UsageError(
        "there is no nginx here: install it (Debian: apt install nginx-light; macOS: brew install nginx), or leave out"
        " --nginx; one process serves 30 students",
        click.get_current_context(),
    )


def serve_many(
    host: str, port: int, count: int, scenario: str, store: Path, address: str, names: Sequence[str]
) -> None:
    """`count` processes on the ports after `port`, nginx in front of them, until stopped; what dies is started anew.

    `names` are the host names under which browsers may ask, beside that of `address`.
    """
    program = nginx()
    # the rules are compiled here, once, and not by every process at the same time
    film.film(scenario, until=0)
    folder = store.with_name(store.name + ".nginx")
    folder.mkdir(exist_ok=True)
    ports = [port + k for k in range(1, count + 1)]
    (folder / "nginx.conf").write_text(configuration(host, port, ports), encoding="utf-8")
    advise(f"nginx and {count} processes, ports {ports[0]} to {ports[-1]}; configuration in {folder}")
    known = dict.fromkeys([urlsplit(address).hostname or host, *names])
    behind = [word for name in known for word in ("--behind", name)]
    commands = [
        [
            *(sys.executable, "-c", MAIN, "dashboard", scenario, "--classroom", "--worker"),
            *("--port", str(each), "--store", str(store), "--address", address, *behind),
        ]
        for each in ports
    ]
    commands.append([program, "-p", str(folder), "-c", "nginx.conf", "-g", "daemon off;", "-e", "error.log"])
    running = [_started(command) for command in commands]
    try:
        _wait_for(ports)
        advise("Ready. Ctrl-C ends it.")
        while True:
            time.sleep(0.5)
            for k, process in enumerate(running):
                if process.poll() is not None:
                    advise(f"{Path(commands[k][0]).name} ended ({process.returncode}); it is started again")
                    running[k] = _started(commands[k])
    except KeyboardInterrupt:
        pass
    finally:
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(5.0)
            except subprocess.TimeoutExpired:
                process.kill()


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    """A process that Ctrl-C in the terminal does not reach: it is ended by us."""
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, env=dict(os.environ))


def _wait_for(ports: Sequence[int]) -> None:
    """Waits until every process answers. ClickException if one does not come up."""
    import urllib.error
    import urllib.request

    end = time.monotonic() + PATIENCE
    for port in ports:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2).close()
                break
            except (urllib.error.URLError, OSError):
                if time.monotonic() > end:
                    raise click.ClickException(f"the process on port {port} did not come up") from None
                time.sleep(0.2)


def stop_on_signals() -> None:
    """A termination ends a class as Ctrl-C does, its processes too."""
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
