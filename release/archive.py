"""One zip for a model library (CoMSES Net): code, documentation, an example of results, and what catalogues read."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ("model/ODD.md", "model/TABLES.md", "README.md", "CHANGELOG.md", "dashboard/TEACHING.md")
METADATA = ("CITATION.cff", "codemeta.json", "LICENSE")
EXAMPLE = ("run", "mercosur", "--runs", "20", "--seed", "1")
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip, so that the same tree makes the same bytes."""


def main(folder: Path) -> Path:
    """Write `comity-VERSION.zip` into the folder: code/, docs/, results/, and metadata beside them."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    with tempfile.TemporaryDirectory() as held:
        top = Path(held) / f"comity-{version}"
        _code(top / "code", Path(held))
        for name in DOCS:
            (top / "docs").mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, top / "docs")
        for name in METADATA:
            shutil.copy(ROOT / name, top)
        comity = [sys.executable, "-c", "from comity.cli import main; main()"]
        subprocess.run([*comity, *EXAMPLE, "--out", str(top / "results")], check=True, capture_output=True)
        subprocess.run([*comity, "export", str(top / "results"), "--csv", "--crate"], check=True, capture_output=True)
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"comity-{version}.zip"
        _zip(top, target)
    return target


def _code(target: Path, held: Path) -> None:
    """The source distribution, unpacked."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(held / "dist")],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (packed,) = (held / "dist").glob("*.tar.gz")
    with tarfile.open(packed) as tar:
        tar.extractall(held / "unpacked", filter="data")
    (inner,) = (held / "unpacked").iterdir()
    target.parent.mkdir(parents=True)
    inner.rename(target)


def _zip(top: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(top.rglob("*")):
            if path.is_file():
                told = zipfile.ZipInfo(path.relative_to(top.parent).as_posix(), EPOCH)
                told.compress_type, told.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                packed.writestr(told, path.read_bytes())


if __name__ == "__main__":
    print(main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist")))
