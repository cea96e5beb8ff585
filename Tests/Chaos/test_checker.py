"""The checker must find what is wrong with evidence that was tampered with, and nothing wrong with what was not."""
from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import checker
from documents import document
from plan import WEIGHTS, plan

SEED, DOCUMENTS, PUSHERS = 7, 80, 2


class Stage:
    """Evidence of a run in which all went well, made by hand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for store in ("queue", "register"):
            (folder / "data" / store).mkdir(parents=True)
        self.queue = sqlite3.connect(folder / "data" / "queue" / "queue.sqlite")
        self.register = sqlite3.connect(folder / "data" / "register" / "register.sqlite")
        self.queue.execute("CREATE TABLE documents (id BLOB, state TEXT)")
        self.register.executescript(
            """CREATE TABLE documents (id BLOB); CREATE TABLE acts (id INTEGER PRIMARY KEY, number TEXT, state TEXT);
            CREATE TABLE deadlines (id INTEGER PRIMARY KEY, act INTEGER, scope TEXT, scope_key TEXT, due INTEGER, state TEXT);
            CREATE TABLE alerts (message_id TEXT, state TEXT, kind TEXT, subject TEXT, recipient TEXT, mail TEXT,
                wake_at INTEGER, doubts INTEGER)""")
        self.receipts, self.mails, self.faults = [], [], []
        self.act = 0
        for index in range(DOCUMENTS):
            self.add(index)

    def add(self, index: int) -> None:
        made = document(SEED, index, PUSHERS)
        outcome = "refused" if made.kind == "empty" else "accepted"
        self.receipts.append({"push": str(index), "index": index, "document": made.id, "outcome": outcome, "at": 1.0})
        if made.kind == "empty":
            return
        end = checker.ENDS[made.kind]
        self.queue.execute("INSERT INTO documents VALUES (?, ?)", (bytes.fromhex(made.id), end))
        if end != "registered":
            return
        self.register.execute("INSERT INTO documents VALUES (?)", (bytes.fromhex(made.id),))
        if made.kind == "correction":
            return
        self.act += 1
        self.register.execute("INSERT INTO acts VALUES (?, ?, 'live')", (self.act, made.number))
        self.register.execute(
            "INSERT INTO deadlines VALUES (?, ?, NULL, 'report', ?, 'scheduled')", (self.act, self.act, checker.DUE))
        if made.kind == "ordinary":
            self.announce(made.number, f"<{index}@x>")

    def announce(self, number: str, key: str) -> None:
        self.register.execute("INSERT INTO alerts VALUES (?, 'sent', 'new-acts', ?, 'a@b', NULL, NULL, 0)", (key, number))
        self.mail(number, key)

    def mail(self, number: str, key: str, at: float = 2.0, is_cut: bool = False) -> None:
        subject = f"Nouvelle délibération {number} : Culture"
        self.mails.append({"at": at, "id": key, "to": ["a@b"], "subject": subject, "isCut": is_cut})

    def judge(self) -> list[str]:
        self.queue.commit()
        self.register.commit()
        for name, lines in (("receipts-0", self.receipts), ("mails", self.mails), ("faults", self.faults)):
            (self.folder / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        return checker.check(checker.Evidence(self.folder, SEED, DOCUMENTS, PUSHERS))


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def first(kind: str) -> bytes:
    """The id of the first document of a kind."""
    made = (document(SEED, index, PUSHERS) for index in range(DOCUMENTS))
    return bytes.fromhex(next(one.id for one in made if one.kind == kind))


def stranger() -> bytes:
    return hashlib.sha256(b"nobody pushed this").digest()


def test_what_is_right_passes(stage: Stage) -> None:
    assert stage.judge() == []


def test_a_mail_again_is_right_in_the_window_only(stage: Stage) -> None:
    stage.mails[0]["isCut"] = True
    stage.mails.append({**stage.mails[0], "at": 3.0, "isCut": False})
    stage.mails.append({**stage.mails[1], "at": 900.0})
    stage.faults.append({"step": 1, "kind": "kill notify", "at": 5.0})
    assert stage.judge() == []


def test_a_drained_sender_explains_no_second_mail(stage: Stage) -> None:
    stage.mails.append({**stage.mails[1], "at": 900.0})
    stage.faults.append({"step": 1, "kind": "term notify", "at": 5.0})
    assert any("doubled mail" in found for found in stage.judge())


TAMPERINGS: dict[str, tuple[str, Callable[[Stage], object]]] = {
    "a lost document": ("lost", lambda s: s.queue.execute("DELETE FROM documents WHERE id = ?", (first("ordinary"),))),
    "a document that never ended": (
        "end", lambda s: s.queue.execute("UPDATE documents SET state = 'leased' WHERE id = ?", (first("ordinary"),))),
    "a refused document that is registered": (
        "end", lambda s: s.queue.execute("UPDATE documents SET state = 'registered' WHERE id = ?", (first("other"),))),
    "a document in two states": (
        "stands 2 times", lambda s: s.queue.execute("INSERT INTO documents VALUES (?, 'refused')", (first("ordinary"),))),
    "a document that nobody pushed": (
        "unexpected", lambda s: s.queue.execute("INSERT INTO documents VALUES (?, 'registered')", (stranger(),))),
    "an orphan in the register": ("orphan", lambda s: s.register.execute("INSERT INTO documents VALUES (?)", (stranger(),))),
    "a document that the register forgot": (
        "forgotten", lambda s: s.register.execute("DELETE FROM documents WHERE id = ?", (first("archive"),))),
    "a doubled row": ("doubled", lambda s: s.register.execute("INSERT INTO documents VALUES (?)", (first("ordinary"),))),
    "a doubled act": ("has 2 acts", lambda s: s.register.execute("INSERT INTO acts SELECT 999, number, 'live' FROM acts WHERE id = 1")),
    "a lost act": ("act: number", lambda s: s.register.execute("DELETE FROM acts WHERE id = 1")),
    "a lost deadline": ("deadline", lambda s: s.register.execute("DELETE FROM deadlines WHERE id = 1")),
    "a doubled deadline": (
        "has 2", lambda s: s.register.execute("INSERT INTO deadlines SELECT 999, act, scope, 'b', due, state FROM deadlines WHERE id = 1")),
    "a deadline without its act": ("no act", lambda s: s.register.execute("INSERT INTO deadlines VALUES (999, 999, NULL, 'a', 1, 'open')")),
    "a missing mail": ("missing mail", lambda s: s.mails.pop()),
    "a doubled mail": ("doubled mail", lambda s: s.mails.append({**s.mails[0], "at": 90.0})),
    "an announcement of two ids": ("has 2", lambda s: s.announce(s.mails[0]["subject"].split()[2], "<again@x>")),
    "a mail of no alert": ("stranger's mail", lambda s: s.mail("x", "<nobody@x>")),
    "a mail given up after two doubts": (
        "unsent alert", lambda s: s.register.execute("UPDATE alerts SET state = 'failed', doubts = 2 WHERE rowid = 1")),
    "a mail that waits after three doubts": (
        "unsent alert", lambda s: s.register.execute("UPDATE alerts SET state = 'pending', doubts = 3 WHERE rowid = 1")),
    "an alert that never left": ("unsent alert", lambda s: s.register.execute("UPDATE alerts SET state = 'claimed' WHERE rowid = 1")),
    "an act that nobody was told of": (
        "has none", lambda s: (s.register.execute("DELETE FROM alerts WHERE rowid = 1"), s.mails.pop(0))),
    "a push without a receipt": ("has none", lambda s: s.receipts.pop(0)),
    "a good document that was refused": ("receipt", lambda s: s.receipts[0].update(outcome="refused")),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_what_is_wrong_is_found(stage: Stage, name: str) -> None:
    sentence, tamper = TAMPERINGS[name]
    tamper(stage)
    assert any(sentence in found for found in stage.judge())


def test_a_seed_makes_one_plan() -> None:
    assert plan(3, 100, 4) == plan(3, 100, 4) != plan(4, 100, 4)
    assert {one.kind.split(" ")[0] for one in plan(3, 30, 4)} == set(WEIGHTS)
    assert [document(3, index, 4).id for index in range(50)] == [document(3, index, 4).id for index in range(50)]
