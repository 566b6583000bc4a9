"""The file that a class is kept in: what it holds, how it is opened, and how one writes to it.

Each call opens the file, does one short transaction and closes it again, so that a process may die at any moment and a
phone that vanished holds nothing.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import sys
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCHEMA = 1
NAME_LENGTH = 24
MOST_STUDENTS = 500  # a door that a script can find needs a bound
STATES = ("lobby", "predict", "running", "paused", "revealed")
WAIT_SECONDS = 10.0  # for other processes' transactions, which take milliseconds
PRIMARY = 0xFF  # the part of SQLite's error codes that says what kind it is

TABLES = """
CREATE TABLE class (
    one INTEGER PRIMARY KEY CHECK (one = 1), revision INTEGER NOT NULL, token TEXT NOT NULL,
    round INTEGER NOT NULL, state TEXT NOT NULL, resumes TEXT NOT NULL,
    scenario TEXT NOT NULL, seed INTEGER NOT NULL, luck TEXT NOT NULL,
    quarter INTEGER NOT NULL, quarters INTEGER NOT NULL
);
CREATE TABLE teachers (browser TEXT PRIMARY KEY);
CREATE TABLE students (
    student INTEGER PRIMARY KEY AUTOINCREMENT, browser TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    spelling TEXT NOT NULL UNIQUE, role TEXT NOT NULL
);
CREATE TABLE predictions (
    round INTEGER, student INTEGER REFERENCES students ON DELETE CASCADE, answers TEXT NOT NULL,
    PRIMARY KEY (round, student)
);
CREATE TABLE policies (
    round INTEGER, student INTEGER REFERENCES students ON DELETE CASCADE, moves TEXT NOT NULL, spent REAL NOT NULL,
    PRIMARY KEY (round, student)
);
CREATE TABLE results (
    round INTEGER, student INTEGER REFERENCES students ON DELETE CASCADE, digest TEXT NOT NULL, result TEXT NOT NULL,
    PRIMARY KEY (round, student)
);
"""

Move = tuple[int, str, Any]
"""A quarter counted from 0, a dotted path, a value."""


class ClassError(Exception):
    """What was asked cannot be done now; the text is for the person who asked."""


class NotTheTeacher(ClassError):
    """A teacher's action, asked for by somebody who did not show the token."""


@dataclass(frozen=True)
class Student:
    """Somebody in the class."""

    student: int
    name: str
    role: str


@dataclass(frozen=True)
class Seat(Student):
    """A student as the teacher sees him or her: who has handed in what, never what it says."""

    predicted: bool
    moves: int
    spent: float


@dataclass(frozen=True)
class Snapshot:
    """The class at one revision. `quarter` is the number of quarters that are open to all."""

    revision: int
    round: int
    state: str
    scenario: str
    seed: int
    luck: str
    quarter: int
    quarters: int
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Work:
    """What one student handed in in a round; `result` only once it is revealed."""

    answers: Mapping[str, float]
    moves: tuple[Move, ...]
    spent: float
    result: Mapping[str, Any] | None


@dataclass(frozen=True)
class Result:
    """One student's round, once it is revealed."""

    student: Student
    moves: tuple[Move, ...]
    answers: Mapping[str, float]
    result: Mapping[str, Any]


def default_path() -> Path:
    """The class file in the user's state folder."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or home / ".local" / "state")
    return base / "comity" / "class.sqlite"


def hashed(secret: str) -> str:
    """One-way: who reads the file can neither take a seat nor open the teacher's page."""
    return hashlib.sha256(secret.encode()).hexdigest()


def plain_name(text: str) -> str:
    """A name as it will be shown: one line, no control characters. Raises ClassError if nothing or too much is left."""
    letters = (c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] != "C" or c.isspace())
    name = " ".join("".join(letters).split())
    if not name:
        raise ClassError("Please choose a name: any word that your class will know you by.")
    if len(name) > NAME_LENGTH:
        raise ClassError(f"That name has {len(name)} characters; {NAME_LENGTH} fit. Please choose a shorter one.")
    return name


class ClassFile:
    """A class file. Any number of threads and processes may hold the same one."""

    def __init__(self, path: Path | str):
        """Opens the file or makes it. Raises ClassError where it is no class file or one of a later version."""
        self.path = Path(path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            if not self.path.exists():
                self.path.touch(mode=0o600)
            self._keep_a_log()
            self._make_tables()
        except (sqlite3.DatabaseError, OSError) as error:
            raise ClassError(f"{self.path}: this is no class file ({error}); name another with --store FILE") from error

    def _keep_a_log(self) -> None:
        """Readers and a writer side by side. SQLite does not wait for others at this step, as it does elsewhere."""
        end = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                with self.connected() as file:
                    file.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
            time.sleep(0.01)

    def _make_tables(self) -> None:
        with self.connected() as file:
            if file.execute("PRAGMA user_version").fetchone()[0] == SCHEMA:
                return
        with self.writing() as file:
            version = file.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, SCHEMA):
                raise ClassError(
                    f"{self.path}: written by a comity whose class files have version {version}, this one reads"
                    f" {SCHEMA}; name another file with --store FILE"
                )
            if version == 0:
                for statement in TABLES.split(";"):
                    file.execute(statement)
                file.execute(
                    "INSERT INTO class VALUES (1, 0, ?, 1, 'lobby', 'lobby', 'eu', 1, 'same', 0, 80)",
                    (hashed(secrets.token_urlsafe()),),
                )
                file.execute(f"PRAGMA user_version = {SCHEMA}")

    @contextmanager
    def connected(self) -> Iterator[sqlite3.Connection]:
        """A connection, closed at the end; waits for others' writes."""
        file = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            file.row_factory = sqlite3.Row
            file.execute("PRAGMA foreign_keys = ON")
            yield file
        finally:
            file.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that holds the write lock from its start: what it reads stays true until it is done."""
        with self.connected() as file:
            file.execute("BEGIN IMMEDIATE")
            try:
                yield file
                file.execute("UPDATE class SET revision = revision + 1")
                file.execute("COMMIT")
            except BaseException:
                if file.in_transaction:
                    file.execute("ROLLBACK")
                raise
