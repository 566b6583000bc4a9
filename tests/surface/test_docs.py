"""The documentation builds without a warning, and what it says to type can be typed."""

from __future__ import annotations

import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from shells import Shell

import comity

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
IDS = [page.relative_to(ROOT / "docs").as_posix() for page in PAGES]


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def lines(page: Path) -> list[str]:
    return [line.partition("  #")[0].strip() for block in blocks(page, "sh") for line in block.splitlines() if line]


def test_the_site_builds_offline_without_a_warning(tmp_path: Path) -> None:
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "NO_MKDOCS_2_WARNING": "1"}
    paths = os.pathsep.join([str(ROOT / "model"), os.environ.get("PYTHONPATH", "")])
    typed = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(
        typed, cwd=ROOT, capture_output=True, text=True, timeout=300, env={**os.environ, **nowhere, "PYTHONPATH": paths}
    )
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stderr
    for page in ("index", "reference/levers", "reference/commands", "explanation/odd", "teaching", "gallery"):
        assert (tmp_path / f"{page}.html").stat().st_size > 5_000, page
    for page in ("index", "reference/levers"):
        made = (tmp_path / f"{page}.html").read_text(encoding="utf-8")
        assert not re.findall(r'<(?:script|img|iframe)[^>]* src="?https?:[^>]*>', made)
        assert not re.findall(r'<link[^>]* href="?https?:[^>]*(?:stylesheet|preconnect|font)[^>]*>', made)
        folder = re.findall(r'<script src="([^"]*folder\.js)">', made)
        assert len(folder) == 1 and (tmp_path / page).parent.joinpath(folder[0]).is_file()
    assert "no-run" not in (tmp_path / "how-to" / "class.html").read_text(encoding="utf-8")


def test_every_lever_outcome_and_command_has_its_place(tmp_path: Path) -> None:
    hooks = runpy.run_path(str(ROOT / "docs" / "hooks.py"))
    for kind in ("levers", "forces", "outcomes"):
        text = hooks["mechanisms"](kind)
        assert all(f"## {each['name']}\n" in text for each in comity.catalogue(kind))
    from comity.cli.verbs import VERBS

    assert all(f"## comity {verb}\n" in hooks["commands"]() for verb in VERBS)


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_what_a_page_says_to_type_can_be_typed(
    page: Path, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named = re.search(r"Saved as `([^`]+)`", page.read_text(encoding="utf-8"))
    for number, block in enumerate(blocks(page, "yaml")):
        file = tmp_path / (named.group(1) if named else f"block-{number}.yaml")
        file.write_text(block, encoding="utf-8")
        assert comity.check([file]) == []
    for line in lines(page):
        program, *typed = shlex.split(line)
        assert program == "comity"
        assert shell(*typed) == 0, f"{line}\n{shell.err}"


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=lambda page: page.stem)
def test_python_on_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number, block in enumerate(blocks(page, "python")):
        file = tmp_path / f"block_{number}.py"
        file.write_text(block, encoding="utf-8")
        runpy.run_path(str(file))


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_commands_that_are_not_run_at_least_exist(page: Path) -> None:
    from comity.cli.verbs import VERBS

    text = page.read_text(encoding="utf-8")
    for verb in re.findall(
        r"^comity ([a-z]+)", "\n".join(re.findall(r"```sh.*?\n(.*?)```", text, re.DOTALL)), re.MULTILINE
    ):
        assert verb in VERBS, verb
