"""What is named is known: every author and year, and every fact, that the package names is in the bibliography."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import comity
from comity.literature import FACTS, KEPT_APART, WORKS, Work, facts_named, is_study, works_named
from comity.quarter import RULEBOOK

PACKAGE = Path(comity.__file__).parent
FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if "literature" not in path.parts]
NAME = r"(?:(?:von|van|de) )?[A-ZÄÖÜ][\w’'-]+(?: et al\.)?"
AUTHOR_YEAR = re.compile(rf"(?:{NAME}(?:, | and | & ))*{NAME} \(?(?:19|20)\d\d\b")
NOT_AUTHORS = re.compile(
    r"(January|February|March|April|May|June|July|August|September|October|November|December|EU|EU of|Africa|WGI) \d{4}"
)
"""Dates, and organizations in a year."""
KNOWN = sorted((name for work in WORKS.values() for name in (work.key, *work.also)), key=len, reverse=True)


def texts(path: Path) -> Iterator[str]:
    """Every string of a file, docstrings included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield " ".join(node.value.split())


def unknown_authors(text: str) -> list[str]:
    """Authors with a year that the bibliography does not know."""
    for name in KNOWN:
        text = text.replace(name, "-")
    found = [match[0] for match in AUTHOR_YEAR.finditer(text)]
    return [each for each in found if not NOT_AUTHORS.search(each)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_author_and_year_that_is_named_is_in_the_bibliography(path: Path) -> None:
    assert [each for text in texts(path) for each in unknown_authors(text)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_fact_that_is_named_is_in_the_bibliography(path: Path) -> None:
    assert [key for text in texts(path) for key in facts_named(text) if key not in FACTS] == []


def test_an_author_who_is_not_in_the_bibliography_is_found_out() -> None:
    assert unknown_authors("two-level games (Putnam 1988), and Nobody and Noone 1999") == ["Nobody and Noone 1999"]
    assert facts_named("C99 and R9-R11, not SC11") == ("C99", "R9", "R10", "R11")


@pytest.mark.parametrize("work", WORKS.values(), ids=lambda work: work.key)
def test_a_work_has_authors_a_title_and_a_place(work: Work) -> None:
    assert work.authors and work.title
    assert work.where or work.url or work.unchecked or not is_study(work.key) or work.kind == "data"
    assert not work.doi or re.fullmatch(r"10\.\d{4,}/\S+", work.doi)


def test_works_have_names_and_labels_of_their_own() -> None:
    names = [name for work in WORKS.values() for name in (work.key, *work.also)]
    assert len(set(names)) == len(names)
    assert len({work.label for work in WORKS.values()}) == len(WORKS)


@pytest.mark.parametrize("key", FACTS)
def test_a_fact_says_something_and_names_its_sources(key: str) -> None:
    fact = FACTS[key]
    assert bool(fact.says) != (fact.status == KEPT_APART)
    assert [work for work in fact.works if work not in WORKS] == []
    assert fact.works or "computed" in fact.status or fact.status == KEPT_APART


@pytest.mark.parametrize("mechanism", [*RULEBOOK.forces.values(), *RULEBOOK.levers.values()], ids=lambda m: m.name())
def test_what_is_quoted_from_memory_is_marked_as_unchecked(mechanism: type) -> None:
    for number in mechanism.parameters().values():  # type: ignore[attr-defined]
        source = number.parameter.source
        if "(memory)" in source:
            assert all(WORKS[key].unchecked for key in works_named(source)), source
