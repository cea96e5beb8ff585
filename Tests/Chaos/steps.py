"""Kills each program at every call by which it changes what others see: writes, syncs, renames, sends.

The programs are the ones that people run. strace kills a program as it begins the N-th call of a kind that one of its threads
makes, for N = 1, 2, ... until the program starts, does a document's work and ends before it comes to so many. After each kill it
starts again, and in the end checker.py judges what is left.
"""
from __future__ import annotations

import argparse
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import checker
from chaos import UNFINISHED, UNSENT, Failed, Run, judged, put_away
from documents import kind_of
from plan import WORKERS

CALLS = ["pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "rename", "sendto", "sendmsg", "write"]
TARGETS = ["broker", "ingest-0", "validate", "notify"]
SKIPPED = 77


def tracer(call: str, number: int) -> list[str]:
    """What a program is started by to die as one of its threads begins its N-th call."""
    return [
        "strace", "-D", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e",
        f"inject={call}:signal=KILL:when={number}"]


def obstacle() -> str | None:
    """Why nothing can be killed by strace here."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    command = ["strace", "-f", "-o", "/dev/null", "-e", "trace=write", "-e", "inject=write:signal=KILL:when=1", "echo"]
    code = subprocess.run(command, capture_output=True, timeout=60, check=False).returncode
    return None if code in (-signal.SIGKILL, 128 + signal.SIGKILL) else "strace may not trace processes here"


class Steps(Run):
    """A run whose faults are the steps of its programs."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        super().__init__(options, folder)
        self.allowed, self.kills, self.dead = 0, Counter[str](), set[str]()
        self.resting = set[str]()
        self.still, self.mails = 0, ([(0,)], 0)

    def run(self) -> None:
        for name in ["broker", *WORKERS, "pusher-0"]:
            self.cluster.start(name)
        poison = threading.Thread(target=self.poison)
        poison.start()
        try:
            for target in self.options.target or TARGETS:
                self.rest("ingest-1", target == "ingest-0")
                for call in CALLS:
                    self.walk(target, call)
            self.step = "drain"
            self.drain_mails()
        finally:
            self.is_over.set()
            poison.join()
            self.cluster.stop()

    @property
    def documents(self) -> int:
        return self.allowed

    def shortcomings(self) -> list[str]:
        return [] if self.kills else ["nothing was killed"]

    def rest(self, name: str, is_resting: bool) -> None:
        """Ends a program so that its like gets every document, or starts it again."""
        if is_resting:
            self.cluster.end(name, signal.SIGTERM)
            self.resting = {name}
        elif self.resting:
            self.cluster.start(name)
            self.resting = set()

    def walk(self, target: str, call: str) -> None:
        """Every N, or a sample of them, until two documents in a row are done before there are N calls."""
        number, spared = 1, 0
        while spared < 2 and number <= self.options.most and self.allowed < self.options.documents:
            self.step = f"{target}: {call} {number}"
            if self.try_step(target, call, number):
                self.kills[f"{target} {call}"] += 1
                spared = 0
            else:
                spared += 1
            number += self.options.every if spared == 0 else 0

    def try_step(self, target: str, call: str, number: int) -> bool:
        """Whether the program died at this step; afterwards it runs as ever and its document is done."""
        self.cluster.end(target, signal.SIGTERM)
        self.cluster.prefixes[target] = tracer(call, number)
        self.cluster.start(target)
        del self.cluster.prefixes[target]
        self.dead = {target}
        self.push_one()
        self.wait("the program died or the document was done", lambda: self.has_died(target) or self.is_at_rest(), 60)
        if not self.has_died(target):
            self.cluster.running[target].send_signal(signal.SIGTERM)
        code = self.cluster.running[target].wait(60)
        if code not in (0, -signal.SIGKILL):
            raise Failed(f"{target} ended with {code}")
        if code == -signal.SIGKILL:
            kind = f"kill {target.partition('-')[0]}"
            with open(self.folder / "faults.jsonl", "a", encoding="utf-8") as journal:
                journal.write(json.dumps({"step": self.step, "kind": kind, "at": time.time()}) + "\n")
        self.cluster.start(target)
        self.dead = set()
        self.wait("the document was done", self.is_at_rest, 60)
        return code == -signal.SIGKILL

    def has_died(self, target: str) -> bool:
        return self.cluster.running[target].poll() is not None

    def push_one(self) -> None:
        """Lets the pusher go on by a document that the workers get; the file is replaced whole, for it reads it meanwhile."""
        while kind_of(self.options.seed, self.allowed, 1) == "empty":
            self.allowed += 1
        partial = self.folder / "allowed.partial"
        partial.write_text(str(self.allowed))
        partial.rename(self.folder / "allowed")
        self.allowed += 1

    def is_at_rest(self) -> bool:
        """Whether all that was let go has its receipt and is worked off, and mails have come to a standstill."""
        answered = {line["index"] for line in checker.lines(self.folder / "receipts-0.jsonl")}
        if len(answered) < self.allowed or self.cluster.look("queue", UNFINISHED) != [(0,)]:
            self.still = 0
            return False
        mails = (self.cluster.look("register", UNSENT), len(checker.lines(self.folder / "mails.jsonl")))
        # A claim that a kill left ends by the clock, in the drain: what does not move is waited for no longer.
        self.still, self.mails = (self.still + 1 if mails == self.mails else 0), mails
        return self.still >= (10 if self.step.startswith("notify") else 1)

    def expect_alive(self) -> None:
        """The program whose step it is may be dead, and what poison killed starts again; nothing else may have ended."""
        for sentence in self.cluster.died():
            name = sentence.split(" ")[0]
            if name in self.dead | self.resting:
                continue
            if not (name.startswith("ingest-") and sentence.endswith("-9")):
                raise Failed(sentence)
            self.cluster.start(name)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="deploy/steps", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--programs", type=Path, required=True, help="the folder of Greffier's programs")
    parser.add_argument("--target", action="append", choices=TARGETS, help="only this program; may be given again")
    parser.add_argument("--every", type=int, default=1, metavar="K", help="only every K-th call")
    parser.add_argument("--most", type=int, default=500, help="no call beyond this many of a kind")
    parser.add_argument("--documents", type=int, default=4_000, help="no more documents, hence steps, than this")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the evidence of a run that is right, too")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = parser.parse_args()
    given.pushers, given.faults = 1, 0
    return given


def main() -> int:
    given = options()
    if (reason := obstacle()) is not None:
        print(f"not done: {reason}")
        return SKIPPED
    began, run = time.monotonic(), Steps(given, Path(tempfile.mkdtemp(prefix="greffier-steps-")))
    if (evidence := judged(run)) is None:
        return 1
    seconds = round(time.monotonic() - began, 1)
    if given.json:
        print(json.dumps({"seed": given.seed, "seconds": seconds, "kills": run.kills, "counts": checker.counted(evidence)}))
    else:
        print("".join(f"  {count:6} {name}\n" for name, count in run.kills.items()), end="")
        print(f"{run.kills.total()} kills, {run.allowed} documents, {seconds} s; nothing lost, nothing doubled")
    put_away(run)
    return 0


if __name__ == "__main__":
    sys.exit(main())
