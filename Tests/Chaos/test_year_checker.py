"""The checker of the year must find what is wrong: each evidence here is doctored in one way."""
from __future__ import annotations

import copy
from datetime import date, datetime, timedelta
from typing import Callable

import pytest
from year_checker import PARIS, Deadline, Evidence, Mail, check, easter, expected, is_worked, months_later

FIRST = date(2025, 3, 19)


def mail(day: date, key: int, hour: int = 8, name: str = "") -> Mail:
    at = datetime(day.year, day.month, day.day, hour, 5, tzinfo=PARIS)
    return Mail(name or f"<{day}-{key}@val.example>", at, "[Val de Brume] Rappel", {key})


def right() -> Evidence:
    """Two deadlines of a spring, one done, the other open, and a holiday of the office's mail server."""
    deadlines = [
        Deadline(1, date(2025, 5, 12), "mid", "actBefore"), Deadline(2, None, "mid", "actBefore"),
        Deadline(3, date(2025, 5, 10), "info", "finalAfter")]
    evidence = Evidence(
        deadlines, [], {1: date(2025, 5, 21)}, FIRST, date(2025, 6, 30), {date(2025, 4, 18)},
        {"2025-1": date(2025, 5, 12)}, {"2025-1": [date(2025, 5, 12)]})
    for deadline in deadlines:
        evidence.mails += [mail(day, deadline.id) for day in expected(evidence, deadline)]
    return evidence


def test_what_is_right_is_right() -> None:
    assert check(right()) == []


def test_days_are_those_of_a_calendar_on_paper() -> None:
    evidence = right()
    # 12 April 2025 is a Saturday, 11 May a Sunday, 27 April too; 8 and 9 May: a holiday and a worked Friday.
    assert sorted(expected(evidence, evidence.deadlines[0])) == [
        date(2025, 4, 11), date(2025, 4, 25), date(2025, 5, 5), date(2025, 5, 9), date(2025, 5, 12), date(2025, 5, 13),
        date(2025, 5, 20)]
    # Asked 30 days after it became known, when no mail could leave: then after Easter Monday; and every month.
    assert sorted(expected(evidence, evidence.deadlines[1])) == [date(2025, 4, 22), date(2025, 5, 19), date(2025, 6, 18)]
    assert expected(evidence, evidence.deadlines[2]) == {date(2025, 5, 12)}


def test_holidays() -> None:
    assert [easter(year) for year in (2024, 2025, 2026)] == [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5)]
    assert not any(map(is_worked, [date(2025, 4, 21), date(2025, 5, 29), date(2025, 6, 9), date(2025, 7, 14)]))
    assert months_later(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert months_later(date(2025, 12, 31), 2) == date(2026, 2, 28)


def lose_one(evidence: Evidence) -> None:
    evidence.mails.pop(2)


def send_early(evidence: Evidence) -> None:
    evidence.mails.append(mail(date(2025, 4, 10), 1))


def send_after_done(evidence: Evidence) -> None:
    evidence.mails.append(mail(date(2025, 5, 27), 1))


def send_twice(evidence: Evidence) -> None:
    again = copy.copy(evidence.mails[0])
    again.id = "<another@val.example>"
    evidence.mails.append(again)


def send_at_night(evidence: Evidence) -> None:
    evidence.mails[0].at = evidence.mails[0].at.replace(hour=3)


def send_on_a_holiday(evidence: Evidence) -> None:
    evidence.mails[0].at += timedelta(days=date(2025, 4, 21).toordinal() - evidence.mails[0].at.toordinal())


def tell_of_a_stranger(evidence: Evidence) -> None:
    evidence.mails.append(mail(date(2025, 4, 25), 99))


def read_another_date(evidence: Evidence) -> None:
    evidence.stated = {"2025-1": [date(2025, 5, 13)]}


@pytest.mark.parametrize(
    "doctor", [
        lose_one, send_early, send_after_done, send_twice, send_at_night, send_on_a_holiday, tell_of_a_stranger,
        read_another_date])
def test_what_is_wrong_is_found(doctor: Callable[[Evidence], None]) -> None:
    evidence = right()
    doctor(evidence)
    assert check(evidence)


def test_a_mail_that_comes_again_under_its_id_is_one_mail() -> None:
    evidence = right()
    evidence.mails.append(copy.copy(evidence.mails[0]))
    assert check(evidence) == []
