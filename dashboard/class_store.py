"""All that the pages of a class share is one SQLite file, which several server processes may use at once.

Nothing is known of a student but the name that he or she chose: browsers and the teacher's token are kept as hashes.
Who may do what is decided here, inside the transaction that does it, and nowhere else.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from dashboard.class_file import (
    MOST_STUDENTS,
    ClassError,
    ClassFile,
    Move,
    NotTheTeacher,
    Result,
    Seat,
    Snapshot,
    Student,
    Work,
    hashed,
    plain_name,
)


def policy_digest(moves: Sequence[Move]) -> str:
    """A name for a policy: equal for equal moves."""
    return hashed(json.dumps([list(move) for move in moves]))[:16]


class Store(ClassFile):
    """What the teacher and the students of a class can do."""

    # the teacher

    def new_token(self, token: str | None = None) -> str:
        """Makes (or takes) the teacher's token; whoever showed an older one must show this one."""
        if token is not None and len(token) < 8:
            raise ClassError("--token: 8 characters at least, or students will guess it; leave it out to have one made")
        token = token or secrets.token_urlsafe(16)
        with self.writing() as file:
            file.execute("UPDATE class SET token = ?", (hashed(token),))
            file.execute("DELETE FROM teachers")
        return token

    def seat_teacher(self, browser: str, token: str) -> bool:
        """Whether the token is right; if so, this browser is the teacher's from now on."""
        with self.connected() as file:
            kept = file.execute("SELECT token FROM class").fetchone()["token"]
        if not secrets.compare_digest(kept, hashed(token)):
            return False
        with self.writing() as file:
            file.execute("INSERT OR IGNORE INTO teachers VALUES (?)", (hashed(browser),))
        return True

    def is_teacher(self, browser: str) -> bool:
        """Whether this browser has shown the token that is valid now."""
        with self.connected() as file:
            return self._is_teacher(file, browser)

    @staticmethod
    def _is_teacher(file: sqlite3.Connection, browser: str) -> bool:
        return file.execute("SELECT 1 FROM teachers WHERE browser = ?", (hashed(browser),)).fetchone() is not None

    @contextmanager
    def _teaching(self, browser: str, *states: str) -> Iterator[tuple[sqlite3.Connection, sqlite3.Row]]:
        """A transaction of the teacher's, in one of the states named (any, if none is)."""
        with self.writing() as file:
            if not self._is_teacher(file, browser):
                raise NotTheTeacher("Only the teacher may do this: open the address that was printed at the start.")
            row = file.execute("SELECT * FROM class").fetchone()
            if states and row["state"] not in states:
                raise ClassError(f"The class is in state “{row['state']}”; this is possible in: {', '.join(states)}.")
            yield file, row

    def set_up(self, browser: str, scenario: str, seed: int, luck: str, quarters: int) -> None:
        """Chooses what all play; drops what was handed in in this round. `luck`: "same" for all or each "own"."""
        if luck not in ("same", "own"):
            raise ClassError("luck is “same” for all or each “own”")
        with self._teaching(browser, "lobby", "predict", "revealed") as (file, row):
            self._drop_round(file, row["round"])
            file.execute(
                "UPDATE class SET scenario = ?, seed = ?, luck = ?, quarters = ?, quarter = 0, state = 'lobby'",
                (scenario, seed, luck, quarters),
            )

    def begin(self, scenario: str, quarters: int) -> None:
        """At the start of the program, before anybody is in: the class plays this. Later it is the teacher's to say."""
        with self.writing() as file:
            file.execute(
                "UPDATE class SET scenario = ?, quarters = ?"
                " WHERE state = 'lobby' AND NOT EXISTS (SELECT 1 FROM students)",
                (scenario, quarters),
            )

    def open_round(self, browser: str) -> None:
        """Students may predict and plan; after a reveal, in a new round."""
        with self._teaching(browser, "lobby", "revealed") as (file, row):
            number = row["round"] + (row["state"] == "revealed")
            file.execute("UPDATE class SET state = 'predict', quarter = 0, round = ?", (number,))

    def advance(self, browser: str, quarters: int) -> None:
        """Opens that many more quarters to all; predictions can no longer be changed."""
        with self._teaching(browser, "predict", "running") as (file, row):
            if quarters < 1:
                raise ClassError("Time only runs forward: open one quarter or more.")
            reached = min(row["quarter"] + quarters, row["quarters"])
            file.execute("UPDATE class SET state = 'running', quarter = ?", (reached,))

    def pause(self, browser: str) -> None:
        """Nothing can be handed in until the class goes on."""
        with self._teaching(browser, "predict", "running") as (file, row):
            file.execute("UPDATE class SET state = 'paused', resumes = ?", (row["state"],))

    def resume(self, browser: str) -> None:
        """Goes on where the class was paused."""
        with self._teaching(browser, "paused") as (file, _):
            file.execute("UPDATE class SET state = resumes")

    def reveal(self, browser: str) -> None:
        """Opens every quarter and all results."""
        with self._teaching(browser, "predict", "running", "paused") as (file, _):
            file.execute("UPDATE class SET state = 'revealed', quarter = quarters")

    def reset(self, browser: str, everybody: bool = False) -> None:
        """Back to the lobby: this round's work is dropped; with `everybody`, so are all students and all rounds."""
        with self._teaching(browser) as (file, row):
            self._drop_round(file, row["round"])
            if everybody:
                file.execute("DELETE FROM students")
            number = 1 if everybody else row["round"]
            file.execute("UPDATE class SET state = 'lobby', quarter = 0, round = ?", (number,))

    def remove(self, browser: str, student: int) -> None:
        """Takes a student and all that he or she handed in out of the file; the browser may join again."""
        with self._teaching(browser) as (file, _):
            file.execute("DELETE FROM students WHERE student = ?", (student,))

    @staticmethod
    def _drop_round(file: sqlite3.Connection, number: int) -> None:
        for table in ("predictions", "policies", "results"):
            file.execute(f"DELETE FROM {table} WHERE round = ?", (number,))

    # students

    def join(self, browser: str, name: str, roles: Sequence[str]) -> Student:
        """Takes a seat (or changes the name of the one taken); the role is the one that fewest have."""
        name = plain_name(name)
        with self.writing() as file:
            spelling = name.casefold()
            own = self._student(file, browser)
            holder = file.execute("SELECT student FROM students WHERE spelling = ?", (spelling,)).fetchone()
            if holder is not None and (own is None or holder["student"] != own.student):
                raise ClassError(f"Somebody is already called “{name}”. Please choose another name.")
            if own is not None:
                file.execute(
                    "UPDATE students SET name = ?, spelling = ? WHERE student = ?", (name, spelling, own.student)
                )
                return Student(own.student, name, own.role)
            taken = [row["role"] for row in file.execute("SELECT role FROM students")]
            if len(taken) >= MOST_STUDENTS:
                raise ClassError("The class is full.")
            role = min(roles, key=taken.count)
            cursor = file.execute(
                "INSERT INTO students (browser, name, spelling, role) VALUES (?, ?, ?, ?)",
                (hashed(browser), name, spelling, role),
            )
            return Student(int(cursor.lastrowid or 0), name, role)

    def student(self, browser: str) -> Student | None:
        """Who sits at this browser, if anybody."""
        with self.connected() as file:
            return self._student(file, browser)

    @staticmethod
    def _student(file: sqlite3.Connection, browser: str) -> Student | None:
        row = file.execute("SELECT student, name, role FROM students WHERE browser = ?", (hashed(browser),)).fetchone()
        return None if row is None else Student(**row)

    @contextmanager
    def _learning(self, browser: str, *states: str) -> Iterator[tuple[sqlite3.Connection, sqlite3.Row, int]]:
        with self.writing() as file:
            own = self._student(file, browser)
            if own is None:
                raise ClassError("You are not in the class any more. Please join again.")
            row = file.execute("SELECT * FROM class").fetchone()
            if row["state"] not in states:
                paused = row["state"] == "paused"
                raise ClassError("The class is paused." if paused else "It is too late, or too early, for this.")
            yield file, row, own.student

    def predict(self, browser: str, answers: Mapping[str, float]) -> None:
        """Hands in a prediction, as often as one likes until the first quarter is opened."""
        with self._learning(browser, "predict") as (file, row, student):
            file.execute(
                "INSERT OR REPLACE INTO predictions VALUES (?, ?, ?)",
                (row["round"], student, json.dumps(dict(answers))),
            )

    def play(self, browser: str, moves: Sequence[Move], spent: float) -> None:
        """Hands in a policy: all moves of this round. What lies in quarters that are open already must not differ."""
        with self._learning(browser, "predict", "running") as (file, row, student):
            key = (row["round"], student)
            kept = file.execute("SELECT moves FROM policies WHERE round = ? AND student = ?", key).fetchone()
            old = [] if kept is None else json.loads(kept["moves"])
            new = [list(move) for move in moves]
            if [m for m in old if m[0] < row["quarter"]] != [m for m in new if m[0] < row["quarter"]]:
                raise ClassError("That quarter has passed. Move the lever from now on.")
            if any(m[0] >= row["quarters"] for m in new):
                raise ClassError("The years are over; a lever can no longer be moved.")
            file.execute("INSERT OR REPLACE INTO policies VALUES (?, ?, ?, ?)", (*key, json.dumps(new), spent))
            file.execute("DELETE FROM results WHERE round = ? AND student = ?", key)

    # results

    def put_result(self, number: int, student: int, digest: str, result: Mapping[str, Any]) -> None:
        """Keeps what a student's policy led to, if it is still the policy that `digest` names and the student is in."""
        with self.writing() as file:
            if file.execute("SELECT 1 FROM students WHERE student = ?", (student,)).fetchone() is None:
                return
            if policy_digest(self._moves(file, number, student)) != digest:
                return
            file.execute(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)",
                (number, student, digest, json.dumps(dict(result))),
            )

    @staticmethod
    def _moves(file: sqlite3.Connection, number: int, student: int) -> tuple[Move, ...]:
        row = file.execute("SELECT moves FROM policies WHERE round = ? AND student = ?", (number, student)).fetchone()
        return () if row is None else tuple((q, path, value) for q, path, value in json.loads(row["moves"]))

    def without_result(self) -> tuple[tuple[Student, tuple[Move, ...]], ...]:
        """Students of the round with their policies whose runs nobody has played yet."""
        with self.connected() as file:
            rows = file.execute(
                "SELECT students.student, name, role, class.round AS number FROM students, class WHERE NOT EXISTS"
                " (SELECT 1 FROM results WHERE results.round = class.round AND results.student = students.student)"
                " ORDER BY students.student"
            ).fetchall()
            return tuple(
                (Student(r["student"], r["name"], r["role"]), self._moves(file, r["number"], r["student"]))
                for r in rows
            )

    def results(self) -> tuple[Result, ...]:
        """Every result of the round, in the order of seats; empty until it is revealed."""
        with self.connected() as file:
            rows = file.execute(
                "SELECT r.student, name, role, result, r.round, coalesce(answers, '{}') AS answers FROM results r"
                " JOIN students USING (student) LEFT JOIN predictions p ON p.round = r.round AND p.student = r.student"
                " WHERE r.round = (SELECT round FROM class WHERE state = 'revealed') ORDER BY r.student"
            ).fetchall()
            return tuple(
                Result(
                    Student(r["student"], r["name"], r["role"]),
                    self._moves(file, r["round"], r["student"]),
                    json.loads(r["answers"]),
                    json.loads(r["result"]),
                )
                for r in rows
            )

    # reading

    def snapshot(self) -> Snapshot:
        """The class as it is now."""
        with self.connected() as file:
            return self.read(file)

    @staticmethod
    def read(file: sqlite3.Connection) -> Snapshot:
        """The class through a connection that is open already: one consistent look."""
        file.execute("BEGIN")
        try:
            row = file.execute("SELECT * FROM class").fetchone()
            seats = file.execute(
                "SELECT s.student, name, role, p.round IS NOT NULL AS predicted,"
                " coalesce(json_array_length(moves), 0) AS moves, coalesce(spent, 0.0) AS spent FROM students s"
                " LEFT JOIN predictions p ON p.student = s.student AND p.round = :round"
                " LEFT JOIN policies q ON q.student = s.student AND q.round = :round ORDER BY s.student",
                {"round": row["round"]},
            ).fetchall()
        finally:
            file.execute("COMMIT")
        kept = {name: row[name] for name in Snapshot.__dataclass_fields__ if name != "seats"}
        return Snapshot(
            **kept,
            seats=tuple(
                Seat(s["student"], s["name"], s["role"], bool(s["predicted"]), s["moves"], s["spent"]) for s in seats
            ),
        )

    def work(self, browser: str) -> Work:
        """What this browser's student handed in in this round, and what came of it once that is revealed."""
        with self.connected() as file:
            own = self._student(file, browser)
            row = file.execute("SELECT round, state FROM class").fetchone()
            if own is None:
                return Work({}, (), 0.0, None)
            key = (row["round"], own.student)
            answers = file.execute("SELECT answers FROM predictions WHERE round = ? AND student = ?", key).fetchone()
            policy = file.execute("SELECT spent FROM policies WHERE round = ? AND student = ?", key).fetchone()
            result = file.execute("SELECT result FROM results WHERE round = ? AND student = ?", key).fetchone()
            revealed = row["state"] == "revealed" and result is not None
            return Work(
                {} if answers is None else json.loads(answers["answers"]),
                self._moves(file, *key),
                0.0 if policy is None else policy["spent"],
                json.loads(result["result"]) if revealed else None,
            )
