"""What catalogues read of comity says one thing in every file."""

from __future__ import annotations

import json
import runpy
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CITATION: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text())
CODEMETA: dict[str, Any] = json.loads((ROOT / "codemeta.json").read_text())
ZENODO: dict[str, Any] = json.loads((ROOT / ".zenodo.json").read_text())


def test_the_version_is_one() -> None:
    assert {str(each["version"]) for each in (PROJECT, CITATION, CODEMETA, ZENODO)} == {PROJECT["version"]}


def test_the_license_is_one() -> None:
    assert PROJECT["license"] == CITATION["license"] == ZENODO["license"] == CODEMETA["license"].rpartition("/")[2]


def test_titles_and_authors_are_the_same() -> None:
    assert (
        CITATION["title"]
        == ZENODO["title"]
        == f"comity: {CODEMETA['description'][0].lower()}{CODEMETA['description'][1:]}"
    )
    names = [author["name"] for author in PROJECT["authors"]]
    assert names == [a["name"] for a in CITATION["authors"]] == [a["name"] for a in CODEMETA["author"]]
    assert names == [creator["name"] for creator in ZENODO["creators"]]


def test_keywords_are_those_of_the_citation() -> None:
    assert CITATION["keywords"] == ZENODO["keywords"] == CODEMETA["keywords"]


def test_the_citation_has_what_its_format_asks_for() -> None:
    assert {"cff-version", "message", "title", "authors"} <= CITATION.keys() and CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] in {"software", "dataset"}
    assert all({"name"} <= author.keys() or {"family-names"} <= author.keys() for author in CITATION["authors"])


def test_a_model_library_gets_one_zip_with_all_it_asks_for(tmp_path: Path) -> None:
    main = runpy.run_path(str(ROOT / "release" / "archive.py"))["main"]
    with zipfile.ZipFile(main(tmp_path)) as packed:
        names = {name.partition("/")[2] for name in packed.namelist()}
    assert {"code/pyproject.toml", "code/model/comity/__init__.py", "code/scenarios/regions/eu.yaml"} <= names
    assert {"docs/ODD.md", "docs/README.md", "codemeta.json", "CITATION.cff", "LICENSE"} <= names
    assert {"results/outcomes.csv", "results/manifest.json", "results/ro-crate-metadata.json"} <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith("code/.venv")]
