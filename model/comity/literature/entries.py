"""What is cited is written down once: a work with its full reference, a fact with what it says and whose it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

ARTICLE: Final = "article"
BOOK: Final = "book"
CHAPTER: Final = "chapter"
DATA: Final = "data"
DOCUMENT: Final = "document"

KEPT_APART: Final = "figure kept apart"
"""The status of a fact whose figure the authors have not seen, so that a model can be examined on it."""

_BIBTEX: Final = {ARTICLE: "article", BOOK: "book", CHAPTER: "incollection", DATA: "misc", DOCUMENT: "misc"}
_PLACE: Final = {ARTICLE: "journal", BOOK: "publisher", CHAPTER: "booktitle", DATA: "howpublished",
                 DOCUMENT: "howpublished"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """A study, book, data set or legal text. `key` is how docstrings name it: "Putnam 1988".

    `where` is a journal, a publisher, the volume a chapter stands in, or who issued it; `also` are other names for it
    in docstrings. `unchecked` says that the reference was written from general knowledge and compared with no library.
    """

    kind: str
    key: str
    authors: str
    title: str
    where: str
    number: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    also: tuple[str, ...] = ()
    unchecked: bool = False

    @property
    def year(self) -> str:
        """The year of publication, as the key ends on it; empty for what has none."""
        found = re.search(r"(\d{4})[a-z]?$", self.key)
        return found.group(1) if found else ""

    @property
    def reference(self) -> str:
        """The full reference, on one line."""
        head = f"{self.authors} ({self.year})" if self.year else self.authors
        place = " ".join(part for part in (self.where, self.number) if part)
        place += f", {self.pages}" if self.pages else ""
        link = f"https://doi.org/{self.doi}" if self.doi else self.url
        parts = [f"{head}: {self.title}", place, link]
        text = ". ".join(part for part in parts if part).replace("?.", "?") + ("" if link else ".")
        return f"{text} [reference unchecked]" if self.unchecked else text

    @property
    def bibtex(self) -> str:
        """The same as a BibTeX entry."""
        volume, _, issue = self.number.partition("(")
        fields = {
            "author": " and ".join(self.authors.split("; ")),
            "title": f"{{{self.title}}}",
            _PLACE[self.kind]: self.where,
            "volume": volume,
            "number": issue.rstrip(")"),
            "pages": self.pages.replace("-", "--"),
            "year": self.year,
            "doi": self.doi,
            "url": self.url,
            "note": "reference unchecked" if self.unchecked else "",
        }
        lines = [f"  {name} = {{{_escaped(text, name)}}}," for name, text in fields.items() if text]
        return "\n".join([f"@{_BIBTEX[self.kind]}{{{self.label},", *lines, "}"])

    @property
    def label(self) -> str:
        """The key in letters and figures that BibTeX takes."""
        plain = unicodedata.normalize("NFKD", self.key).encode("ascii", "ignore").decode()
        return re.sub(r"[^A-Za-z0-9]", "", plain)


def _escaped(text: str, name: str) -> str:
    return text if name in ("doi", "url") else re.sub(r"([&%#_])", r"\\\1", text)


@dataclass(frozen=True, slots=True)
class Fact:
    """A stylized fact by its number: what it says, how it was come by, and the keys of the works it is taken from.

    A fact with status `KEPT_APART` tells its topic and source alone.
    """

    key: str
    topic: str
    status: str
    works: tuple[str, ...]
    says: str


def article(
    key: str, authors: str, title: str, journal: str, number: str = "", pages: str = "", doi: str = "",
    also: tuple[str, ...] = (),
) -> Work:  # fmt: skip
    return Work(ARTICLE, key, authors, title, journal, number, pages, doi, also=also)


def book(
    key: str, authors: str, title: str, publisher: str, doi: str = "", also: tuple[str, ...] = (), url: str = ""
) -> Work:
    return Work(BOOK, key, authors, title, publisher, doi=doi, also=also, url=url)


def chapter(key: str, authors: str, title: str, volume: str, also: tuple[str, ...] = (), url: str = "") -> Work:
    return Work(CHAPTER, key, authors, title, volume, also=also, url=url)


def document(key: str, authors: str, title: str, where: str = "", url: str = "", also: tuple[str, ...] = ()) -> Work:
    return Work(DOCUMENT, key, authors, title, where, url=url, also=also)


def data(key: str, authors: str, title: str, where: str = "", doi: str = "", also: tuple[str, ...] = ()) -> Work:
    return Work(DATA, key, authors, title, where, doi=doi, also=also)
