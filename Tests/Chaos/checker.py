"""Judges a run by its evidence alone: receipts, mails and faults as JSON lines, queue and register by plain SQL.

checker.py FOLDER SEED DOCUMENTS PUSHERS: prints what is wrong and ends with 1, or what was counted and ends with 0.
"""
from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from documents import Document, document

# After three attempts whose end nobody saw, a person decides whether a mail leaves again: `greffier alerts list` shows it.
LEFT_TO_A_PERSON = "state IN ('failed', 'uncertain') AND wake_at IS NULL AND doubts >= 3"
DUE = (date(2026, 3, 31) - date(1970, 1, 1)).days
ENDS = {"ordinary": "registered", "archive": "registered", "correction": "registered", "other": "refused", "poison": "held"}


def lines(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a journal."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line] if path.exists() else []


class Evidence:
    """What a run left behind."""

    def __init__(self, folder: Path, seed: int, documents: int, pushers: int) -> None:
        self.made: dict[str, Document] = {}
        for index in range(documents):
            one = document(seed, index, pushers)
            self.made[one.id] = one
        self.receipts = [line for number in range(pushers) for line in lines(folder / f"receipts-{number}.jsonl")]
        self.mails = lines(folder / "mails.jsonl")
        self.faults = lines(folder / "faults.jsonl")
        self.queue = self.open(folder / "data" / "queue" / "queue.sqlite")
        self.register = self.open(folder / "data" / "register" / "register.sqlite")

    @staticmethod
    def open(path: Path) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)

    @property
    def accepted(self) -> set[str]:
        """The ids that a pusher has a receipt for."""
        return {line["document"] for line in self.receipts if line["outcome"] in ("accepted", "known")}


def check_ends(evidence: Evidence) -> list[str]:
    """Every accepted document is in the one end state that its kind has; nobody else's is there."""
    rows = [(bytes(key).hex(), state) for key, state in evidence.queue.execute("SELECT id, state FROM documents")]
    states, wrong = dict(rows), []
    wrong += [f"document {key} stands {count} times in the queue" for key, count in Counter(k for k, _ in rows).items() if count > 1]
    for key in evidence.accepted:
        made = evidence.made.get(key)
        if key not in states:
            wrong.append(f"lost: {key} was accepted and the queue does not know it")
        elif made is None:
            wrong.append(f"stranger: {key} was accepted and never made")
        elif states[key] != ENDS.get(made.kind):
            wrong.append(f"end: {key} ({made.kind}, index {made.index}) is {states[key]}, not {ENDS.get(made.kind)}")
    wrong += [f"unexpected: {key} is in the queue and was never made" for key in states if key not in evidence.made]
    wrong += [
        f"end: {key} is {state}, at the end" for key, state in rows
        if state not in ("registered", "refused", "dropped", "held") and key not in evidence.accepted]
    return wrong


def check_receipts(evidence: Evidence) -> list[str]:
    """Each push has one receipt, and it is the right one."""
    wrong = []
    for line in evidence.receipts:
        made = evidence.made.get(line["document"])
        is_right = line["outcome"] == "refused" if made and made.kind == "empty" else line["outcome"] in ("accepted", "known")
        if not is_right:
            wrong.append(f"receipt: push {line['push']} was answered {line['outcome']}")
    owed = {one.index for one in evidence.made.values() if one.kind != "empty"}
    answered = {line["index"] for line in evidence.receipts}
    return wrong + [f"receipt: the document of index {index} has none" for index in sorted(owed - answered)]


def check_register(evidence: Evidence) -> list[str]:
    """The register holds exactly the documents that the queue calls registered, and one act for each number."""
    rows = [bytes(key).hex() for (key,) in evidence.register.execute("SELECT id FROM documents")]
    registered = {bytes(key).hex() for (key,) in evidence.queue.execute("SELECT id FROM documents WHERE state = 'registered'")}
    wrong = [f"orphan: {key} is in the register and was never registered" for key in rows if key not in registered]
    wrong += [f"forgotten: {key} is registered, and the register does not know it" for key in registered - set(rows)]
    wrong += [f"doubled: {key} stands twice in the register" for key, count in Counter(rows).items() if count > 1]
    numbers = Counter(number for (number,) in evidence.register.execute("SELECT number FROM acts WHERE state = 'live'"))
    owed = {evidence.made[key].number for key in registered if key in evidence.made}
    wrong += [f"act: number {number} has {count} acts" for number, count in numbers.items() if count > 1]
    wrong += [f"act: number {number} has none" for number in owed - set(numbers)]
    return wrong + [f"act: number {number} comes from no document" for number in set(numbers) - owed]


def check_deadlines(evidence: Evidence) -> list[str]:
    """Each act has the association's deadline, on its day, once; no deadline belongs to an act that is not there."""
    query = """SELECT acts.number, count(deadlines.id) FROM acts LEFT JOIN deadlines
        ON deadlines.act = acts.id AND deadlines.scope IS NULL AND deadlines.due = ? AND deadlines.state = 'scheduled'
        WHERE acts.state = 'live' GROUP BY acts.id"""
    wrong = [f"deadline: act {number} has {count}" for number, count in evidence.register.execute(query, (DUE,)) if count != 1]
    twice = "SELECT act, scope_key, count(*) FROM deadlines WHERE scope IS NULL GROUP BY act, scope_key HAVING count(*) > 1"
    wrong += [f"deadline: {key} of act row {act} stands {count} times" for act, key, count in evidence.register.execute(twice)]
    lost = "SELECT id FROM deadlines WHERE act NOT IN (SELECT id FROM acts)"
    return wrong + [f"deadline: row {key} belongs to no act" for (key,) in evidence.register.execute(lost)]


def explained(evidence: Evidence, delivered: float) -> bool:
    """Whether the sender was killed or paused before it can have written down that a mail was delivered."""
    return any(
        delivered - 7 <= fault["at"] <= delivered + 10 for fault in evidence.faults
        if fault["kind"] in ("kill notify", "pause notify"))


def check_mails(evidence: Evidence) -> list[str]:
    """Each alert that was sent arrived, each mail is an alert's; a second one is of the same id and explained."""
    wrong, copies = [], {}
    for mail in evidence.mails:
        copies.setdefault((mail["id"], tuple(mail["to"])), []).append(mail)
    for (key, _), sent in copies.items():
        for former in sent[:-1]:
            if not former["isCut"] and not explained(evidence, former["at"]):
                wrong.append(f"doubled mail: {key} left again, and nothing had happened")
    rows = list(evidence.register.execute(
        f"SELECT COALESCE(mail, message_id), state, kind, subject, recipient, {LEFT_TO_A_PERSON} FROM alerts"))
    bare = {key.strip("<>") for key, _ in copies}
    known = {row[0].strip("<>") for row in rows}
    wrong += [f"missing mail: {row[0]} is sent, and never arrived" for row in rows if row[1] == "sent" and row[0].strip("<>") not in bare]
    wrong += [f"stranger's mail: {key} is no alert's" for key in bare - known]
    wrong += [f"unsent alert: {row[2]} of {row[3]} is {row[1]}" for row in rows if row[1] in ("pending", "claimed", "failed", "uncertain") and not row[5]]
    return wrong + check_announcements(evidence, {(key, to): sent[0] for (key, to), sent in copies.items()})


def check_announcements(evidence: Evidence, mails: dict[Any, dict[str, Any]]) -> list[str]:
    """Each act that is no archive's is announced, once: by as many ids as there are recipients."""
    kinds = {row[0].strip("<>"): row[1] for row in evidence.register.execute("SELECT COALESCE(mail, message_id), kind FROM alerts")}
    told = [mail["subject"] for (key, _), mail in mails.items() if kinds.get(key.strip("<>")) == "new-acts"]
    counts: Counter[str] = Counter()
    for subject in told:
        counts.update({word.strip(" ,:.;") for word in subject.split() if word.startswith("2025-")})
    live = {number for (number,) in evidence.register.execute("SELECT number FROM acts WHERE state = 'live'")}
    owed = {one.number for one in evidence.made.values() if one.kind == "ordinary" and one.number in live}
    left = f"SELECT subject FROM alerts WHERE kind = 'new-acts' AND {LEFT_TO_A_PERSON}"
    known = {key.removeprefix("document/") for (key,) in evidence.register.execute(left)}
    owed -= {evidence.made[key].number for key in known if key in evidence.made}
    wrong = [f"announcement: act {number} has none" for number in sorted(owed) if not counts[number]]
    return wrong + [f"announcement: act {number} has {count}" for number, count in counts.items() if count > 1]


def counted(evidence: Evidence) -> dict[str, int]:
    """How much was judged."""
    states = Counter(state for (state,) in evidence.queue.execute("SELECT state FROM documents"))
    outcomes = Counter(line["outcome"] for line in evidence.receipts)
    copies = Counter((mail["id"], tuple(mail["to"])) for mail in evidence.mails)
    return {f"pushes {k}": v for k, v in outcomes.items()} | {f"documents {k}": v for k, v in states.items()} | {
        "acts": evidence.register.execute("SELECT count(*) FROM acts WHERE state = 'live'").fetchone()[0],
        "deadlines": evidence.register.execute("SELECT count(*) FROM deadlines").fetchone()[0],
        "mails left to a person": evidence.register.execute(f"SELECT count(*) FROM alerts WHERE {LEFT_TO_A_PERSON}").fetchone()[0],
        "mails": len(copies), "mails again in the SMTP window": sum(count - 1 for count in copies.values())}


def check(evidence: Evidence) -> list[str]:
    """All that is wrong."""
    checks = [check_receipts, check_ends, check_register, check_deadlines, check_mails]
    return [sentence for one in checks for sentence in one(evidence)]


if __name__ == "__main__":
    found = Evidence(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
    sentences = check(found)
    print("\n".join(sentences[:50]) or json.dumps(counted(found), indent=1))
    sys.exit(1 if sentences else 0)
