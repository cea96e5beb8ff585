"""Lets a cluster live through a year and judges by its mails alone whether each reminder left, once, on its day.

Documents are pushed on the first day. Then greffier-notify is started on each day by that day's clock; it is killed again and
again while it sends, the mail server cuts lines and goes away for days, people say that deadlines are done. Every mail that
arrived is read: its Date, its Message-ID, and the deadlines that its buttons answer.
"""
from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import year_checker
from cluster import Cluster
from documents import extract

FIRST = date(2025, 3, 19)
WORDS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
WAITING = """SELECT count(*) FROM alerts WHERE state IN ('pending', 'claimed', 'uncertain') AND wake_at <= ?"""
NEXT = "SELECT min(wake_at) FROM alerts WHERE state IN ('pending', 'claimed', 'uncertain')"
DUE = "SELECT count(*) FROM deadlines WHERE next_at <= ?"
ANNOUNCED = "SELECT count(*) FROM documents WHERE announce_at IS NOT NULL"


def due_of(index: int) -> date:
    """The day by which the association of a document reports: all over the year."""
    return date(2025, 4, 24) + timedelta(days=index * 37 % 330)


def document(seed: int, index: int) -> str:
    day = due_of(index)
    words = f"{'1er' if day.day == 1 else day.day} {WORDS[day.month - 1]} {day.year}"
    return extract(seed, index, 3_200).replace("31 mars 2026", words)


class Year:
    """One run."""

    def __init__(self, given: argparse.Namespace, folder: Path) -> None:
        self.given, self.folder = given, folder
        self.cluster = Cluster(folder, given.programs, [])
        self.cluster.keep_whole_mails(folder / "mails")
        self.draw = random.Random(f"{given.seed}/year")
        self.journal = {"crashes": 0, "away": [], "refusing": [], "done": {}, "first": FIRST.isoformat(), "last": ""}
        self.program = given.programs / "greffier"

    def clock(self, day: date, minutes: int) -> datetime:
        return datetime(day.year, day.month, day.day, 8, 5) + timedelta(minutes=minutes)

    def command(self, *arguments: str) -> None:
        options = ["--config", str(self.folder / "greffier.yaml"), "--data", str(self.folder / "data")]
        subprocess.run([str(self.program), *arguments, *options], check=True, stdout=subprocess.DEVNULL)

    def run(self) -> None:
        self.fill()
        draw = self.draw
        away = {FIRST + timedelta(days=draw.randrange(20, self.given.days - 20)) for _ in range(3)}
        refusing = {FIRST + timedelta(days=draw.randrange(20, self.given.days - 20)) for _ in range(3)}
        pause = 0
        for number in range(1, self.given.days + 1):
            day = FIRST + timedelta(days=number)
            if day in away:
                pause = draw.randrange(2, 9)
            if pause > 0:
                pause -= 1
                self.journal["away"].append(day.isoformat())
                continue
            self.live(day, refuses=day in refusing)
            self.act(day)
            self.journal["last"] = day.isoformat()
        self.cluster.stop()

    def fill(self) -> None:
        """Has the documents registered and announced on the first day."""
        folder = self.folder / "documents"
        folder.mkdir()
        for index in range(self.given.documents):
            (folder / f"extrait-{index}.txt").write_text(document(self.given.seed, index), "utf-8")
        for name in ("broker", "ingest-0", "validate", "notify"):
            self.cluster.start(name, now=self.clock(FIRST, 0))
        self.command("push", "--wait", "--endpoint", self.cluster.endpoint(), str(folder))
        self.settle(self.clock(FIRST, 600))
        for name in ("broker", "ingest-0", "validate", "notify"):
            self.cluster.end(name, signal.SIGTERM)

    def live(self, day: date, refuses: bool) -> None:
        """One day of greffier-notify; where it is killed, it is started again after its claims have ended."""
        mail = self.cluster.network.mail
        mail.mode = "refusing" if refuses else "up"
        if refuses:
            self.journal["refusing"].append(day.isoformat())
        minutes = 0
        for _ in range(4):
            if not self.is_due(self.clock(day, minutes)) or self.draw.random() > 0.4:
                break
            self.cluster.start("notify", now=self.clock(day, minutes))
            if self.draw.random() < 0.3 and not refuses:
                mail.mode = "cutting"
            time.sleep(self.draw.uniform(0.02, 0.6))
            self.cluster.end("notify", signal.SIGKILL)
            mail.mode = "refusing" if refuses else "up"
            self.journal["crashes"] += 1
            minutes += 60
        if self.is_due(self.clock(day, minutes)) or day.day == 1:
            self.cluster.start("notify", now=self.clock(day, minutes))
            if refuses:
                time.sleep(1)
            else:
                self.settle(self.clock(day, minutes))
            self.cluster.end("notify", signal.SIGTERM)
        if not refuses:
            self.go_on(day, minutes)

    def go_on(self, day: date, minutes: int) -> None:
        """The rest of a day: attempts that were put off, after a line that was cut for instance, come later on it."""
        first = year_checker.seconds(self.clock(day, 0))
        for _ in range(12):
            ((wake,),) = self.rows(NEXT) or ((None,),)
            if wake is None or int(str(wake)) > first + 9 * 3_600:
                return
            minutes = max(minutes + 1, (int(str(wake)) - first) // 60 + 1)
            self.cluster.start("notify", now=self.clock(day, minutes))
            self.settle(self.clock(day, minutes))
            self.cluster.end("notify", signal.SIGTERM)

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        return self.cluster.look("register", query, *values)

    def is_due(self, now: datetime) -> bool:
        moment = year_checker.seconds(now) + 3_600
        return any(self.rows(query, moment) != [(0,)] for query in (WAITING, DUE)) or self.rows(ANNOUNCED) != [(0,)]

    def settle(self, now: datetime) -> None:
        """Waits until all has left that is due at this hour."""
        end = time.monotonic() + 240
        moment = year_checker.seconds(now)
        while any(self.rows(query, moment) != [(0,)] for query in (WAITING, DUE)) or self.rows(ANNOUNCED) != [(0,)]:
            if time.monotonic() > end or self.cluster.running["notify"].poll() is not None:
                raise SystemExit(f"not all left at {now}; the evidence lies in {self.folder}")
            time.sleep(0.05)

    def act(self, day: date) -> None:
        """People do what is overdue, most of it within days."""
        number = (day - date(1970, 1, 1)).days
        rows = self.rows("SELECT id, due FROM deadlines WHERE state = 'scheduled' AND due < ? AND direction = 'actBefore'", number)
        for key, due in rows:
            late = number - int(str(due))
            if random.Random(f"{self.given.seed}/done/{key}").randrange(1, 40) <= late and str(key) not in self.journal["done"]:
                self.command("deadlines", "done", str(key), "--by", "Agnès Roche", "--now", f"{day}T17:00")
                self.journal["done"][str(key)] = day.isoformat()


def main() -> int:
    parser = argparse.ArgumentParser(prog="deploy/year", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--keep", action="store_true", help="keep the evidence of a run that is right, too")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="greffier-year-"))
    began, year = time.monotonic(), Year(given, folder)
    try:
        year.run()
    finally:
        (folder / "journal.json").write_text(json.dumps(year.journal), "utf-8")
        year.cluster.stop()
    register = sqlite3.connect(f"file:{folder}/data/register/register.sqlite?mode=ro", uri=True)
    evidence = year_checker.Evidence.read(folder, register, {f"2025-{1000 + i}": due_of(i) for i in range(given.documents)})
    wrong = year_checker.check(evidence)
    counts = Counter(year_checker.counted(evidence))
    print(f"{given.documents} documents, {given.days} days, seed {given.seed}, {round(time.monotonic() - began)} s")
    print("".join(f"  {count:8} {name}\n" for name, count in counts.items()), end="")
    if wrong:
        print(f"WRONG, {len(wrong)} times; the evidence lies in {folder}\n" + "\n".join(wrong[:40]))
        return 1
    print("every reminder left, on its day, once")
    if not given.keep:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
