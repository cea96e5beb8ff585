"""Judges a year by the mails that arrived: an implementation of its own of when reminders are to leave."""
from __future__ import annotations

import email
import email.policy
import json
import re
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
EPOCH = date(1970, 1, 1)
# Days before the date, and every how many days a reminder leaves once the date is past, from the day after it on.
PROFILES: dict[str, tuple[list[int], int | None]] = {
    "long": ([60, 30, 15, 7, 1, 0], 7), "mid": ([30, 15, 7, 1, 0], 7), "short": ([7, 3, 1, 0], 2), "flash": ([2, 1, 0], 1),
    "keep": ([365, 90, 30, 0], None), "info": ([0], None), "none": ([], None),
}


def seconds(local: datetime) -> int:
    """Seconds since 1970 of a time in Paris."""
    return int(local.replace(tzinfo=PARIS).timestamp())


def easter(year: int) -> date:
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + l - 7 * ((a + 11 * h + 22 * l) // 451) + 114, 31)
    return date(year, month, day + 1)


def is_worked(day: date) -> bool:
    moving = {easter(day.year) + timedelta(days=days) for days in (1, 39, 50)}
    fixed = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    return day.weekday() < 5 and day not in moving and (day.month, day.day) not in fixed


def worked(day: date, step: int) -> date:
    while not is_worked(day):
        day += timedelta(days=step)
    return day


@dataclass(frozen=True)
class Deadline:
    """A deadline as the register keeps it at the end."""

    id: int
    due: date | None
    """None while its start is unknown."""
    profile: str
    direction: str


@dataclass
class Mail:
    """A mail that arrived."""

    id: str
    at: datetime
    subject: str
    told: set[int]
    """The deadlines that it reminds of: those that its buttons answer."""
    is_cut: bool = False

    @property
    def is_reminder(self) -> bool:
        return "Nouvelle délibération" not in self.subject and "nouvelles délibérations" not in self.subject


@dataclass
class Evidence:
    """What a year left behind."""

    deadlines: list[Deadline]
    mails: list[Mail]
    done: dict[int, date]
    first: date
    last: date
    closed_days: set[date] = field(default_factory=set)
    """Days on which no mail could leave."""
    owed: dict[str, date] = field(default_factory=dict)
    """By act, the day that its document states."""
    stated: dict[str, list[date]] = field(default_factory=dict)
    """By act, the days that the register has for it."""
    crashes: int = 0

    @staticmethod
    def read(folder: Path, register: sqlite3.Connection, owed: dict[str, date]) -> Evidence:
        journal = json.loads((folder / "journal.json").read_text("utf-8"))
        day = lambda number: EPOCH + timedelta(days=number)  # noqa: E731
        deadlines = [
            Deadline(key, None if due is None else day(due), profile, direction) for key, due, profile, direction in register.execute(
                "SELECT id, due, reminders, direction FROM deadlines WHERE state NOT IN ('superseded', 'cancelled')")]
        stated = defaultdict(list)
        for number, due in register.execute(
                "SELECT a.number, d.due FROM deadlines d JOIN acts a ON a.id = d.act WHERE d.due IS NOT NULL"):
            stated[number].append(day(due))
        closed = {date.fromisoformat(text) for text in journal["away"] + journal["refusing"]}
        return Evidence(
            deadlines, sorted(map(read_mail, (folder / "mails").glob("*.eml")), key=lambda mail: mail.at),
            {int(key): date.fromisoformat(text) for key, text in journal["done"].items()},
            date.fromisoformat(journal["first"]), date.fromisoformat(journal["last"]), closed, owed, dict(stated),
            journal["crashes"])


def read_mail(path: Path) -> Mail:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    html = next(part.get_content() for part in message.walk() if part.get_content_type() == "text/html")
    told = {int(number) for number in re.findall(r"\[(\d+)-[a-z2-7]{26}\]", unquote(html))}
    at = parsedate_to_datetime(message["date"]).astimezone(timezone.utc).astimezone(PARIS)
    return Mail(str(message["message-id"]), at, str(message["subject"]), told, path.stem.endswith("cut"))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    end = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, end))


def planned(deadline: Deadline, first: date, last: date) -> set[date]:
    """The days on which reminders of a deadline leave if nothing happens, up to a day."""
    before, every = PROFILES[deadline.profile]
    if deadline.due is None:
        # That its start is missing, after 30 days and then every month.
        asked = [months_later(first + timedelta(days=30), number) for number in range((last - first).days // 28)]
        return {worked(day, 1) for day in asked if deadline.profile != "none"}
    if deadline.profile == "info" and deadline.direction == "finalAfter":
        return {worked(deadline.due + timedelta(days=1), 1)}
    days = {worked(deadline.due - timedelta(days=number), -1) for number in before}
    if every and deadline.direction == "actBefore":
        late = deadline.due + timedelta(days=1)
        while late <= last:
            days.add(worked(late, 1))
            late += timedelta(days=every)
    return days


def expected(evidence: Evidence, deadline: Deadline) -> set[date]:
    """The days on which a mail is owed: one of a day on which none could leave comes on the next."""
    end = evidence.done.get(deadline.id, evidence.last)
    days = set()
    for day in planned(deadline, evidence.first, evidence.last):
        while day in evidence.closed_days or (day > evidence.first and not is_worked(day)):
            day += timedelta(days=1)
        if evidence.first < day <= end:
            days.add(day)
    return days


def check(evidence: Evidence) -> list[str]:
    """All that is wrong."""
    wrong = [
        f"date: act {number} reports by {day}, the register has {evidence.stated.get(number)}"
        for number, day in evidence.owed.items() if day not in evidence.stated.get(number, [])]
    told: dict[int, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mail in evidence.mails:
        if not mail.is_reminder:
            continue
        if not (8 <= mail.at.hour < 19 and is_worked(mail.at.date())):
            wrong.append(f"hours: {mail.id} left at {mail.at}")
        for key in mail.told:
            told[key][mail.at.date()].add(mail.id)
    for deadline in evidence.deadlines:
        days, owed = told.pop(deadline.id, {}), expected(evidence, deadline)
        name = f"deadline {deadline.id} ({deadline.profile}, {deadline.due})"
        wrong += [f"missing: {name} on {day}" for day in sorted(owed - days.keys())]
        wrong += [f"unexpected: {name} on {day}" for day in sorted(days.keys() - owed)]
        wrong += [f"twice: {name} on {day} in {sorted(ids)}" for day, ids in days.items() if len(ids) > 1]
    return wrong + [f"stranger: deadline {key} has mails and is in no register" for key in told]


def counted(evidence: Evidence) -> dict[str, int]:
    """How much was judged."""
    copies = len(evidence.mails) - len({mail.id for mail in evidence.mails})
    return {
        "deadlines with a date": len(evidence.deadlines), "reminders owed": sum(len(expected(evidence, one)) for one in evidence.deadlines),
        "mails": len(evidence.mails) - copies, "mails again, in the SMTP window": copies, "crashes": evidence.crashes,
        "deadlines done": len(evidence.done), "days on which no mail could leave": len(evidence.closed_days)}
