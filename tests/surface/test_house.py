"""The house keeps its own rules: one test command, pinned versions, small files, floors, style, types, one luck."""

from __future__ import annotations

import ast
import linecache
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "model" / "comity"
FOLDERS = ("model", "tests", "dashboard", "benchmarks", "scenarios")
LINES_PER_FILE = 400
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

LUCK = ("random", "secrets", "numpy.random", "uuid")
CLOCKS = ("time", "datetime", "os")
SLOW = ("mesa", "numba", "pandas", "matplotlib", "pyarrow", "scipy", "networkx")

RULE_FILES = ("forces/*.py", "levers/*.py", "outcomes/*.py", "chance.py", "arithmetic.py", "world.py", "quarter.py")
RULES = [path for pattern in RULE_FILES for path in sorted(PACKAGE.glob(pattern))]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def told(*command: str, cwd: Path = ROOT) -> str:
    """What a tool of this environment said if it failed, else nothing."""
    tool = Path(sys.executable).with_name(command[0])
    done = subprocess.run([tool, *command[1:]], cwd=cwd, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, anywhere in it, with the line; `from a import b` gives `a` and `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def belongs(module: str, names: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def draws(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every way to luck that is not ours: an import of a generator, or a call through `np.random`."""
    yield from ((module, line) for module, line in imports(tree) if belongs(module, LUCK))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and re.match(r"(np|numpy)\.random\.", ast.unparse(node.func)):
            yield ast.unparse(node.func), node.lineno


def test_the_checks_run_the_test_command_of_the_readme() -> None:
    command = text(".ci/run").rstrip().splitlines()[-1]
    assert command == "make test"
    assert f"```sh\n{command}\n```" in text("README.md")


def test_the_readme_names_only_commands_that_the_makefile_knows() -> None:
    known = set(re.findall(r"^([a-z]+):", text("Makefile"), flags=re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)", text(name), flags=re.MULTILINE))
        assert {first or second for first, second in named} <= known, name


def block(language: str) -> str:
    """The README's code in a language, all blocks of it."""
    return "\n".join(re.findall(rf"```{language}\n(.*?)```", text("README.md"), flags=re.DOTALL))


def test_the_scenario_of_the_readme_has_no_fault(tmp_path: Path) -> None:
    from comity import scenario

    files = re.findall(r"```yaml\n(.*?)```", text("README.md"), flags=re.DOTALL)
    assert files
    for number, file in enumerate(files):
        mine = tmp_path / f"mine{number}.yaml"
        mine.write_text(file, encoding="utf-8")
        assert scenario.check([mine]) == []


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    code, cell = block("python"), "<readme>"
    linecache.cache[cell] = (len(code), None, code.splitlines(keepends=True), cell)
    exec(compile(code, cell, "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out


def test_constraints_hold_versions_and_nothing_else() -> None:
    condition = r"[a-z_]+ [<>=!]+ '[^']+'"
    line = re.compile(rf"[a-z0-9-]+==[0-9][0-9a-z.]*( ; {condition}( (and|or) {condition})*)?")
    odd = [each for each in text("constraints.txt").splitlines() if not line.fullmatch(each)]
    assert odd == []


def test_every_dependency_is_pinned() -> None:
    pinned = {line.split("==")[0] for line in text("constraints.txt").splitlines()}
    asked = [*PROJECT["dependencies"], *chain.from_iterable(PROJECT["optional-dependencies"].values())]
    names = {re.split(r"[^A-Za-z0-9-]", each)[0].lower() for each in asked}
    assert names - {"comity"} <= pinned


def test_no_file_names_a_package_host_or_a_folder_of_one_machine() -> None:
    hosts = re.compile(r"pypi\.|pythonhosted|--(extra-)?index-url|--find-links|/(home|root|Users|work)/")
    names = ("pyproject.toml", "constraints.txt", "Makefile", ".ci/run", "README.md", "CONTRIBUTING.md")
    assert [name for name in names if hosts.search(text(name))] == []


def test_the_citation_can_be_used() -> None:
    found = yaml.safe_load(text("CITATION.cff"))
    assert {"cff-version", "message", "title", "authors", "type", "license", "version"} <= found.keys()
    assert found["version"] == PROJECT["version"]
    assert found["license"] == PROJECT["license"]
    assert all(author["name"] for author in found["authors"])


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_small_and_opens_with_its_claim(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= LINES_PER_FILE, "split it by what sits together"
    claim = (ast.get_docstring(ast.parse(source)) or "").split("\n")[0]
    assert claim.endswith((".", "?", "!")), f"the first line is one sentence, not {claim!r}"


def test_luck_comes_from_chance_alone() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in PACKAGE.rglob("*.py")
        if path != PACKAGE / "chance.py"
        for name, line in draws(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set()


@pytest.mark.parametrize(
    "line",
    ["import random", "from numpy import random", "import numpy.random as r", "x = np.random.default_rng(1)"],
)
def test_a_stranger_generator_is_seen(line: str) -> None:
    assert list(draws(ast.parse(line)))


def test_no_rule_knows_the_clock_or_the_machine() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in RULES
        for name, line in imports(ast.parse(path.read_text(encoding="utf-8")))
        if belongs(name, CLOCKS)
    }
    assert RULES
    assert found == set()


def test_the_command_line_starts_without_the_slow_libraries() -> None:
    ask = f"import sys; from comity.cli import main; print(*sorted(set({SLOW!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


def test_the_floors_hold() -> None:
    assert told("lint-imports", "--no-cache") == ""


def test_the_style_holds() -> None:
    assert told("ruff", "check", "--no-cache", ".") == ""


def test_the_format_holds() -> None:
    assert told("ruff", "format", "--no-cache", "--check", ".") == ""


def test_the_types_hold() -> None:
    assert told("mypy") == ""


def test_a_wheel_made_from_the_source_archive_holds_package_scenarios_and_dashboard(tmp_path: Path) -> None:
    assert told("hatchling", "build", "-t", "sdist", "-d", str(tmp_path)) == ""
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extraction_filter = lambda member, _: member  # our own archive; newer Pythons want to be told
        packed.extractall(tmp_path)
    unpacked = tmp_path / archive.name.removesuffix(".tar.gz")
    assert told("hatchling", "build", "-t", "wheel", "-d", str(tmp_path), cwd=unpacked) == ""
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    assert "comity/py.typed" in held
    assert expected("model/comity", "comity") | expected("scenarios", "comity/_scenarios") <= held
    assert expected("dashboard", "comity/_dashboard") <= held


def expected(folder: str, inside: str) -> set[str]:
    """The names in a wheel of what a folder of the checkout holds."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {f"{inside}/{path.relative_to(ROOT / folder).as_posix()}" for path in files}


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")
@pytest.mark.parametrize("target", ["demo", "test", "dev", "check", "bench", "long", "pins", "clean", "help"])
def test_the_makefile_can_be_read(target: str) -> None:
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
