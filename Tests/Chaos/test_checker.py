"""The checker finds what is wrong: each test spoils sound evidence in one place."""
import dataclasses

import pytest

import checker
from documents import documents

RECIPIENT = "assemblees@valdaubrelle.example"


@pytest.fixture
def evidence():
    """What a sound run of forty documents leaves."""
    pushed = documents(40, 7)
    acts = [document for document in pushed if document.number]
    announced = [document for document in acts if not document.archive]
    return checker.Evidence(
        documents=pushed, receipts={document.id for document in pushed},
        queue=[(document.id, document.end) for document in pushed], registered=[document.id for document in acts],
        acts=[(document.number, document.id) for document in acts],
        deadlines=[(document.number, key) for document in acts for key in ("a", "b")],
        alerts=[(f"document/{one.id}", "new-acts", 1, "", RECIPIENT, "sent", f"m{one.number}") for one in announced],
        mails=[(f"m{one.number}", RECIPIENT, f"Nouvelle délibération n° {one.number}\n") for one in announced])


def test_a_sound_run_has_no_findings(evidence):
    assert any(document.number is None for document in evidence.documents)
    assert any(document.archive for document in evidence.documents)
    verdict = checker.judge(evidence)
    assert verdict.findings == [] and verdict.resent == 0


def test_a_resend_under_its_message_id_is_counted_and_no_finding(evidence):
    evidence.mails.append(evidence.mails[0])
    verdict = checker.judge(evidence)
    assert verdict.findings == [] and verdict.resent == 1


def lost(evidence):
    del evidence.queue[3]


def doubled_row(evidence):
    evidence.queue.append(evidence.queue[3])


def forgotten(evidence):
    evidence.queue[3] = (evidence.queue[3][0], "waiting")


def wrong_end(evidence):
    evidence.queue[3] = (evidence.queue[3][0], "held")


def stranger(evidence):
    evidence.queue.append(("00" * 32, "registered"))


def no_receipt(evidence):
    evidence.receipts.pop()


def unregistered(evidence):
    del evidence.registered[0]


def registered_stranger(evidence):
    evidence.registered.append("00" * 32)


def lost_act(evidence):
    del evidence.acts[0]


def doubled_act(evidence):
    evidence.acts.append(evidence.acts[0])


def lost_deadline(evidence):
    del evidence.deadlines[0]


def doubled_deadline(evidence):
    evidence.deadlines.append(evidence.deadlines[0])


def alert_never_left(evidence):
    evidence.alerts[0] = (*evidence.alerts[0][:5], "pending", evidence.alerts[0][6])


def alert_twice(evidence):
    evidence.alerts.append((*evidence.alerts[0][:6], "other"))


def mail_that_never_arrived(evidence):
    del evidence.mails[0]


def mail_under_another_id(evidence):
    evidence.mails.append(("other", *evidence.mails[0][1:]))


def mail_about_an_archive(evidence):
    archive = next(document for document in evidence.documents if document.archive)
    evidence.mails.append((evidence.mails[0][0], RECIPIENT, f"Nouvelle délibération n° {archive.number}"))


SPOILS = [
    lost, doubled_row, forgotten, wrong_end, stranger, no_receipt, unregistered, registered_stranger, lost_act,
    doubled_act, lost_deadline, doubled_deadline, alert_never_left, alert_twice, mail_that_never_arrived,
    mail_under_another_id, mail_about_an_archive,
]


@pytest.mark.parametrize("spoil", SPOILS, ids=lambda spoil: spoil.__name__)
def test_what_is_wrong_is_found(evidence, spoil):
    spoil(evidence)
    assert checker.judge(evidence).findings


def test_two_runs_of_a_seed_have_the_same_documents():
    assert documents(20, 3) == documents(20, 3) != documents(20, 4)
    assert len({document.id for document in documents(500, 1)}) == 500
    assert dataclasses.asdict(documents(1, 1)[0])["name"]
