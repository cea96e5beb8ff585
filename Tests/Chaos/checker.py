"""Judges a run by its evidence alone: receipts, the queue's and the register's rows, what the mail server took.

It shares no code with Greffier. Each finding is a sentence; no finding means that nothing was lost and nothing doubled.
"""
import collections
import dataclasses
import email
import email.policy
import json
import pathlib
import re
import sqlite3

ENDS = {"registered", "refused", "held", "dropped"}


@dataclasses.dataclass
class Evidence:
    """What a run left: the documents that were to be pushed, the ids of receipts, rows, and mails."""

    documents: list
    receipts: set
    queue: list  # (id, state)
    registered: list  # id
    acts: list  # (number, introduced by)
    deadlines: list  # (act number, scope key)
    alerts: list  # (subject, kind, version, step, recipient, state, message id)
    mails: list  # (message id, recipient, text)

    @classmethod
    def read(cls, documents, folder):
        """Reads the evidence of a run whose programs have ended."""
        folder = pathlib.Path(folder)
        queue = _rows(folder / "data/queue/queue.sqlite", "SELECT lower(hex(id)), state FROM documents")
        register = folder / "data/register/register.sqlite"
        return cls(
            documents=documents, receipts=_receipts(folder / "receipts"), queue=queue,
            registered=[row[0] for row in _rows(register, "SELECT lower(hex(id)) FROM documents")],
            acts=_rows(register, "SELECT number, lower(hex(introduced_by)) FROM acts WHERE state = 'live'"),
            deadlines=_rows(
                register, "SELECT a.number, d.scope_key FROM deadlines d JOIN acts a ON a.id = d.act"
                " WHERE d.state <> 'superseded' AND d.scope IS NULL"),
            alerts=_rows(
                register, "SELECT subject, kind, version, step, recipient, state, message_id FROM alerts"),
            mails=_mails(folder / "mails.jsonl"))


@dataclasses.dataclass
class Verdict:
    """What is wrong, and what is right but worth counting."""

    findings: list
    resent: int = 0
    counts: dict = dataclasses.field(default_factory=dict)


def judge(evidence):
    """Everything that is wrong with a run."""
    verdict = Verdict([])
    for check in (_acceptance, _registration, _acts, _deadlines, _alerts, _mails_sent):
        verdict.findings += check(evidence, verdict)
    verdict.counts = {
        "documents": len(evidence.documents), "receipts": len(evidence.receipts),
        "registered": len(evidence.registered), "deadlines": len(evidence.deadlines),
        "mails": len({mail[0] for mail in evidence.mails}), "resent": verdict.resent,
    }
    return verdict


def _acceptance(evidence, _):
    """Whatever was accepted is in the queue once, at the end that it must have."""
    states = collections.defaultdict(list)
    for document, state in evidence.queue:
        states[document].append(state)
    for document in evidence.documents:
        found = states.get(document.id, [])
        if document.id not in evidence.receipts:
            yield f"{document.name}: no receipt"
        if not found:
            yield f"{document.name}: LOST, accepted and not in the queue"
        elif len(found) > 1:
            yield f"{document.name}: {len(found)} rows in the queue"
        elif found[0] not in ENDS:
            yield f"{document.name}: still {found[0]}"
        elif found[0] != document.end:
            yield f"{document.name}: {found[0]}, not {document.end}"
    for stranger in states.keys() - {document.id for document in evidence.documents}:
        yield f"{stranger}: in the queue, and nobody pushed it"


def _registration(evidence, _):
    """The register has what must be registered, once, and nothing else."""
    expected = {document.id: document.name for document in evidence.documents if document.number}
    counted = collections.Counter(evidence.registered)
    for document, name in expected.items():
        if counted[document] != 1:
            yield f"{name}: registered {counted[document]} times"
    for stranger in counted.keys() - expected.keys():
        yield f"{stranger}: registered, and must not be"


def _acts(evidence, _):
    """Each document has its act, which it brought itself."""
    acts = collections.defaultdict(list)
    for number, document in evidence.acts:
        acts[number].append(document)
    expected = {document.number: document for document in evidence.documents if document.number}
    for number, document in expected.items():
        if acts[number] != [document.id]:
            yield f"act {number}: {len(acts[number])} live acts, or not of {document.name}"
    for number in acts.keys() - expected.keys():
        yield f"act {number}: nobody pushed it"


def _deadlines(evidence, _):
    """All documents are of one wording, so each act has the same deadlines, each once."""
    counted = collections.Counter(evidence.deadlines)
    for (number, key), count in counted.items():
        if count > 1:
            yield f"act {number}: deadline {key} stands {count} times"
    amounts = collections.Counter(number for number, _ in counted)
    usual = collections.Counter(amounts.values()).most_common(1)
    for document in evidence.documents:
        if document.number and usual and amounts[document.number] != usual[0][0]:
            yield f"act {document.number}: {amounts[document.number]} deadlines, others have {usual[0][0]}"


def _alerts(evidence, _):
    """The ledger has each occasion once for each recipient, and all have left."""
    once = collections.Counter(alert[:5] for alert in evidence.alerts)
    for occasion, count in once.items():
        if count > 1:
            yield f"alert {occasion}: {count} rows"
    for *occasion, state, _ in evidence.alerts:
        if state not in ("sent", "cancelled"):
            yield f"alert {tuple(occasion)}: {state}"


def _mails_sent(evidence, verdict):
    """Each act of today is announced in one mail; the same Message-ID twice is a resend and counted."""
    taken = collections.Counter((mail[0], mail[1]) for mail in evidence.mails)
    verdict.resent = sum(count - 1 for count in taken.values())
    ledger = {alert[6] for alert in evidence.alerts if alert[5] == "sent"}
    for message in ledger - {mail[0] for mail in evidence.mails}:
        yield f"mail {message}: the ledger says sent, the server never took it"
    for message in {mail[0] for mail in evidence.mails} - {alert[6] for alert in evidence.alerts}:
        yield f"mail {message}: taken by the server and unknown to the ledger"
    announced = collections.defaultdict(set)
    for message, recipient, text in evidence.mails:
        if "Nouvelle délibération" in text:
            for number in set(re.findall(r"2025-\d{4,}", text)):
                announced[number, recipient].add(message)
    for document in evidence.documents:
        messages = [found for (number, _), found in announced.items() if number == document.number]
        wanted = 1 if document.number and not document.archive else 0
        if sum(len(found) for found in messages) != wanted:
            yield f"{document.name}: announced by {sum(len(found) for found in messages)} mails, not {wanted}"


def _rows(path, query):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def _receipts(folder):
    found = set()
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text().splitlines():
            try:
                said = json.loads(line)
            except ValueError:
                continue  # the pusher was killed while it wrote
            if said.get("outcome") in ("accepted", "known", "refused"):
                found.add(said["id"])
    return found


def _mails(path):
    mails = []
    for line in path.read_text().splitlines() if path.exists() else []:
        taken = json.loads(line)
        message = email.message_from_string(taken["content"], policy=email.policy.default)
        body = message.get_body(("plain",))
        text = f"{message['subject']}\n{body.get_content() if body else ''}"
        for recipient in taken["recipients"]:
            mails.append((str(message["message-id"]).strip("<>"), recipient, text))
    return mails
