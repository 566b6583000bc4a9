"""The wheel works in an empty environment, anywhere, on each Python that is promised, and with the oldest libraries."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UV = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
CLEAN = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "COMITY_CACHE", "VIRTUAL_ENV")}

pytestmark = [pytest.mark.long, pytest.mark.skipif(UV is None, reason="uv makes the environments")]


def run(*typed: object, folder: Path, **more: str) -> str:
    done = subprocess.run(
        [str(each) for each in typed], cwd=folder, capture_output=True, text=True, timeout=900, env={**CLEAN, **more}
    )
    assert done.returncode == 0, f"{typed}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that the source distribution makes, as a packager would."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-d", folder, folder=ROOT)
    (made,) = folder.glob("*.whl")
    assert list(folder.glob("*.tar.gz"))
    return made


def interpreter(python: str) -> str:
    """A Python of that version which starts; the test is skipped where there is none."""
    homes = sorted(Path.home().glob(f".pyenv/versions/{python}.*/bin/python"))
    for found in (shutil.which(f"python{python}"), sys.executable, *map(str, homes)):
        said = subprocess.run([found, "--version"], capture_output=True, text=True).stdout if found else ""
        if said.startswith(f"Python {python}."):
            return str(found)
    pytest.skip(f"there is no Python {python} here")


def environment(folder: Path, python: str, wanted: str, *how: str) -> Path:
    run(UV, "venv", "--quiet", "--python", interpreter(python), folder / "venv", folder=folder)
    run(UV, "pip", "install", "--quiet", "--python", folder / "venv", *how, wanted, folder=folder)
    return folder / "venv" / "bin"


@pytest.mark.parametrize("python", ["3.11", "3.12"])
def test_the_wheel_demonstrates_itself_anywhere(wheel: Path, tmp_path: Path, python: str) -> None:
    programs = environment(tmp_path, python, str(wheel), "--constraint", str(ROOT / "constraints.txt"))
    told = run(programs / "comity", "demo", folder=tmp_path)
    assert "Integration ends" in told and list((tmp_path / "comity-out").glob("*.png"))
    document = json.loads(
        run(programs / "comity", "run", "mercosur", "--runs", "2", "--years", "2", "--json", folder=tmp_path)
    )
    assert document["outcomes"]["integration"]["mean"] > 0.0
    assert (next((tmp_path / "venv").glob("lib/python*/site-packages/comity")) / "py.typed").exists()


def test_what_an_extra_brings_is_named_where_it_is_missing(wheel: Path, tmp_path: Path) -> None:
    programs = environment(tmp_path, "3.11", str(wheel), "--constraint", str(ROOT / "constraints.txt"))
    for typed, extra in {
        ("dashboard",): "comity[dashboard]",
        ("search", "mercosur", "--goal", "integration", "--runs", "2", "--trials", "4"): "comity[analysis]",
    }.items():
        done = subprocess.run(
            [str(programs / "comity"), *typed], cwd=tmp_path, capture_output=True, text=True, timeout=300, env=CLEAN
        )
        assert done.returncode != 0 and extra in done.stderr and "Traceback" not in done.stderr, done.stderr


def test_the_oldest_libraries_that_are_promised_do(wheel: Path, tmp_path: Path) -> None:
    programs = environment(tmp_path, "3.11", f"{wheel}[analysis,excel]", "--resolution", "lowest-direct")
    here = json.loads(
        run(programs / "comity", "run", "mercosur", "--runs", "2", "--years", "2", "--json", folder=tmp_path)
    )
    newest = [sys.executable, "-c", "from comity.cli import main; main()"]
    typed = ("run", "mercosur", "--runs", "2", "--years", "2", "--json")
    there = json.loads(run(*newest, *typed, folder=ROOT, PYTHONPATH=str(ROOT / "model")))
    assert here["digest"] == there["digest"]
