"""The dashboard is a guest: public names only, no mathematics, nothing of others' pages; and its door is guarded."""

from __future__ import annotations

import ast
import asyncio
import pkgutil
import socket
from pathlib import Path
from typing import Any

import pytest
from shells import Shell

import comity
from comity import film
from comity.cli import dashboard as verb

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "dashboard"
SOURCES = sorted(FOLDER.rglob("*.py"))
MATHEMATICS = ("numpy", "pandas", "scipy", "math", "cmath", "statistics", "random", "decimal", "fractions", "pyarrow")
MODULES = {each.name for each in pkgutil.iter_modules(film.__path__) if not each.name.startswith("_")}
OURS = {"comity": set(comity.__all__), "film": {*film.__all__, *MODULES}}
SHARED = {"class_room.py": "the one locked store is what the sessions of a class share"}

solara = pytest.importorskip("solara", reason="solara is not installed")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_file_of_the_page_uses_public_names_only_and_does_no_mathematics(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            assert not {name.split(".")[0] for name in names} & set(MATHEMATICS), f"{path.name}:{node.lineno}"
            assert not any(name.startswith("comity.") for name in names), f"{path.name}:{node.lineno}"
        if isinstance(node, ast.ImportFrom):
            top = (node.module or "").split(".")[0]
            assert top not in MATHEMATICS, f"{path.name}:{node.lineno}"
            if top == "comity":
                known = {"comity": {*OURS["comity"], "film"}, "comity.film": OURS["film"]}.get(str(node.module), set())
                assert {alias.name for alias in node.names} <= known, f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in OURS:
            assert node.attr in OURS[node.value.id], f"{path.name}:{node.lineno}: {node.value.id}.{node.attr}"


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name not in SHARED], ids=lambda path: path.name)
def test_nothing_that_changes_stands_at_module_level(path: Path) -> None:
    for node in ast.parse(path.read_text("utf-8")).body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        named = isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation).startswith("Final")
        assert not isinstance(value, ast.List | ast.Set | ast.ListComp | ast.Dict) or named, (
            f"{path.name}:{node.lineno}"
        )


def test_no_page_loads_anything_from_elsewhere() -> None:
    for path in (*FOLDER.rglob("*.vue"), *FOLDER.rglob("*.js"), *FOLDER.rglob("*.css"), *FOLDER.rglob("*.j2")):
        text = path.read_text("utf-8").replace("http://www.w3.org/", "").replace("https://github.com/", "")
        assert "http://" not in text and "https://" not in text, path.name


def test_the_verb_says_what_is_wrong_with_what_was_typed(shell: Shell) -> None:
    assert shell("dashboard", "atlantis") == 1
    assert "no scenario" in shell.err
    assert shell("dashboard", "respectful") == 1
    assert "no region to run" in shell.err
    assert shell("dashboard", "--port", "99999") == 2
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert shell("dashboard", "--port", str(taken.getsockname()[1])) == 2
        assert "take another with --port" in shell.err


def test_loopback_is_silent_and_another_host_says_who_can_come_in(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import dashboard.serve

    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr(dashboard.serve, "serve", lambda *said: asked.append(said))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert shell("dashboard", "mercosur", "--port", str(port)) == 0
    assert shell.out == f"http://localhost:{port}/\n"
    assert "Anybody" not in shell.err
    assert shell("dashboard", "mercosur", "--port", str(port), "--host", "0.0.0.0") == 0
    assert "Anybody who reaches this machine" in shell.err
    assert any(f"http://{address}:{port}/" in shell.err for address in verb.addresses())
    assert [said[:3] for said in asked] == [("127.0.0.1", port, "mercosur"), ("0.0.0.0", port, "mercosur")]


class Asked:
    """What an application behind the gate was asked, and what it answers."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.paths.append(scope["path"])
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"page"})


def asked_at_the_gate(path: str, kind: str = "http", names: tuple[str, ...] = (), most: int = 9, **headers: str) -> Any:
    from dashboard.gate import Gate

    behind, sent = Asked(), []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "path": path, "headers": told, "method": "GET", "query_string": b""}
    asyncio.run(Gate(behind, "0123456789ab", most, names)(scope, receive, send))
    return behind, sent


def test_a_strange_site_can_neither_open_a_socket_nor_use_a_name_of_its_own() -> None:
    ours = {"host": "localhost:8765", "origin": "http://localhost:8765"}
    behind, _ = asked_at_the_gate("/jupyter/api/kernels/x/channels", "websocket", **ours)
    assert behind.paths
    behind, sent = asked_at_the_gate("/jupyter/x", "websocket", host="localhost:8765", origin="http://evil.example")
    assert not behind.paths
    assert sent == [{"type": "websocket.close", "code": 1008}]
    behind, sent = asked_at_the_gate("/", names=("localhost",), host="evil.example:8765")
    assert not behind.paths
    assert sent[0]["status"] == 421


def test_a_full_house_is_told_politely_and_files_still_come() -> None:
    behind, sent = asked_at_the_gate("/", most=0)
    assert sent[0]["status"] == 503
    assert b"The house is full" in sent[1]["body"]
    assert not behind.paths
    assert asked_at_the_gate("/static/public/board.css", most=0)[0].paths


def test_a_file_named_with_its_stamp_is_kept_for_good_and_another_is_asked_for_again() -> None:
    for stamp, kept in (("0123456789ab", b"immutable"), ("ffffffffffff", b"no-cache")):
        behind, sent = asked_at_the_gate(f"/static/public/v-{stamp}/stage.js")
        assert behind.paths == ["/static/public/stage.js"]
        headers = dict(sent[0]["headers"])
        assert kept in headers[b"cache-control"]
        assert b"default-src 'self'" in headers[b"content-security-policy"]
