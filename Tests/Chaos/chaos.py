#!/usr/bin/env python3
"""Runs a cluster under a seeded plan of faults and judges what is left.

Documents are pushed by several pushers that write down every receipt; processes are killed, stopped and paused, lines are
cut, the mail server goes away. Then everything heals, the queue runs empty, and checker.py reads the evidence.
"""
from __future__ import annotations

import argparse
import json
import shutil
import signal
import statistics
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Callable

import checker
from cluster import Cluster
from documents import document
from plan import PROGRAMS, Fault, plan

UNFINISHED = "SELECT count(*) FROM documents WHERE state IN ('waiting', 'leased', 'delayed')"
WORKED = "SELECT rowid FROM history WHERE what = 'done' AND (? = '' OR stage = ?) ORDER BY rowid DESC LIMIT 1"
STAGES = ("ingest", "validate", "notify")
UNSENT = "SELECT count(*) FROM alerts WHERE state IN ('pending', 'claimed', 'uncertain')"


class Failed(Exception):
    """What ended a run early."""


class Run:
    """One run: its cluster, its plan, what it measured."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options, self.folder = options, folder
        share = [str(options.seed), str(options.documents), str(options.pushers)]
        (folder / "allowed").write_text("-1")
        self.cluster = Cluster(folder, options.programs, share)
        self.faults = plan(options.seed, options.faults, options.pushers)
        self.recoveries: list[tuple[str, float]] = []
        self.step, self.is_over = "start", threading.Event()
        self.poisons = [
            made.id for index in range(options.documents)
            if (made := document(options.seed, index, options.pushers)).kind == "poison"]

    def run(self) -> None:
        pushers = [f"pusher-{number}" for number in range(self.options.pushers)]
        for name in PROGRAMS + pushers:
            self.cluster.start(name)
        poison = threading.Thread(target=self.poison)
        poison.start()
        try:
            for fault in self.faults:
                self.step = f"step {fault.step}: {fault.kind}"
                self.allow((fault.step + 0.5) / len(self.faults))
                self.measure(fault)
            self.step = "drain"
            self.allow(2)
            self.wait("the pushers end", lambda: all(self.cluster.running[name].poll() == 0 for name in pushers), 900)
            self.wait("the queue is empty", lambda: self.cluster.look("queue", UNFINISHED) == [(0,)], 900)
            self.drain_mails()
        finally:
            self.is_over.set()
            poison.join()
            self.cluster.stop()

    @property
    def documents(self) -> int:
        """How many documents the pushers may push."""
        return self.options.documents

    def shortcomings(self) -> list[str]:
        """What the run itself did not do, beside what the checker finds."""
        return []

    def allow(self, share: float) -> None:
        """Lets the pushers go on up to a share of the documents; they read the file, so it is replaced whole."""
        partial = self.folder / "allowed.partial"
        partial.write_text(str(int(share * self.options.documents)))
        partial.rename(self.folder / "allowed")

    def measure(self, fault: Fault) -> None:
        """Does a fault and measures from its end until the cluster works again."""
        line = {"step": fault.step, "kind": fault.kind, "at": time.time()}
        with open(self.folder / "faults.jsonl", "a", encoding="utf-8") as journal:
            journal.write(json.dumps(line) + "\n")
        self.do(fault)
        healed = time.monotonic()
        # A worker has recovered when its stage has done a job again; the others when any has.
        stage = fault.kind.partition(" ")[2].split("-")[0]
        stage = stage if stage in STAGES else ""
        before = self.cluster.look("queue", WORKED, stage, stage)
        self.allow((fault.step + 1) / len(self.faults))
        idle = 0
        while (now := self.cluster.look("queue", WORKED, stage, stage)) == before or not now:
            # Nothing to do is no failure to do it: the pushers may wait for the next step.
            idle = idle + 1 if self.cluster.look("queue", UNFINISHED) == [(0,)] else 0
            if idle > 50:
                return
            self.expect_alive()
            if time.monotonic() - healed > 60:
                raise Failed("no progress for 60 s after the fault had ended")
            time.sleep(0.02)
        self.recoveries.append((fault.kind.split(" ")[0], time.monotonic() - healed))

    def do(self, fault: Fault) -> None:
        kind, _, name = fault.kind.partition(" ")
        cluster, network = self.cluster, self.cluster.network
        if kind in ("kill", "term"):
            if cluster.running[name].poll() is not None:
                return
            cluster.end(name, signal.SIGKILL if kind == "kill" else signal.SIGTERM)
            time.sleep(fault.seconds / 2)
            cluster.start(name)
        elif kind == "pause":
            cluster.running[name].send_signal(signal.SIGSTOP)
            time.sleep(fault.seconds)
            cluster.running[name].send_signal(signal.SIGCONT)
        elif kind == "clock":
            cluster.jumped += timedelta(minutes=20)
            for name in ("broker", "notify"):
                cluster.restart(name)
        elif kind == "relay-cut":
            network.cut()
        elif kind == "mail-down":
            network.mail_down()
            time.sleep(fault.seconds)
            network.mail_up()
        else:
            switch = network.relay if kind.startswith("relay-") else network.mail
            former, switch.mode = switch.mode, kind.partition("-")[2]
            if kind == "relay-half-open":
                network.cut()
            time.sleep(fault.seconds)
            switch.mode = former

    def poison(self) -> None:
        """Kills the ingest workers whenever one has a poison document, as such a document would."""
        marks = ",".join("?" * len(self.poisons))
        query = f"SELECT worker FROM documents WHERE state = 'leased' AND stage = 'ingest' AND id IN ({marks})"
        while self.poisons and not self.is_over.wait(0.02):
            for (worker,) in self.cluster.look("queue", query, *map(bytes.fromhex, self.poisons)):
                for name in ("ingest-0", "ingest-1"):
                    process = self.cluster.running[name]
                    if process.poll() is None and str(process.pid) in str(worker):
                        process.kill()

    def expect_alive(self) -> None:
        """Starts again what poison killed; anything else that ended by itself fails the run."""
        for sentence in self.cluster.died():
            if not (sentence.startswith("ingest-") and sentence.endswith("-9")):
                raise Failed(sentence)
            self.cluster.start(sentence.split(" ")[0])

    def wait(self, what: str, is_true: Callable[[], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        while not is_true():
            self.expect_alive()
            if time.monotonic() > end:
                raise Failed(f"it never came that {what}")
            time.sleep(0.1)

    def drain_mails(self) -> None:
        """Past the ends of claims and the pauses between attempts, by day and on the next ones, until every alert has left."""
        for hour in range(24):
            self.cluster.jumped += timedelta(hours=1 if hour % 8 else 16)
            self.cluster.restart("notify")
            left, still = None, 0
            while still < 30:
                now = self.cluster.look("register", UNSENT)
                still, left = (still + 1 if now == left else 0), now
                self.expect_alive()
                time.sleep(0.1)
            if left == [(0,)]:
                return


def judged(run: Run) -> checker.Evidence | None:
    """Lets a run happen and judges what is left; nothing where something is wrong, which is told."""
    wrong: list[str] = []
    try:
        run.run()
        run.step = "judgement"
    except Failed as failure:
        wrong.append(str(failure))
    evidence = checker.Evidence(run.folder, run.options.seed, run.documents, run.options.pushers)
    wrong += checker.check(evidence) + run.shortcomings()
    if not wrong:
        return evidence
    print(f"FAILED with seed {run.options.seed} at {run.step}; the evidence lies in {run.folder}", file=sys.stderr)
    print("\n".join(wrong[:40]), file=sys.stderr)
    return None


def put_away(run: Run) -> None:
    """Removes the evidence of a run that was right, unless it is to be kept."""
    if run.options.keep:
        print(f"the evidence lies in {run.folder}", file=sys.stderr)
    else:
        shutil.rmtree(run.folder)


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def figures(run: Run) -> dict[str, dict[str, float]]:
    """Seconds until the cluster worked again, by the kind of fault."""
    kinds: dict[str, list[float]] = {"all": []}
    for kind, seconds in run.recoveries:
        kinds["all"].append(seconds)
        kinds.setdefault(kind, []).append(seconds)
    return {
        kind: {"faults": len(values), "p50": statistics.median(values), "p99": percentile(values, 0.99), "max": max(values)}
        for kind, values in kinds.items() if values}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="deploy/chaos", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--faults", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pushers", type=int, default=4)
    parser.add_argument("--programs", type=Path, required=True, help="the folder of Greffier's programs")
    parser.add_argument("--keep", action="store_true", help="keep the evidence of a run that is right, too")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--plan", action="store_true", help="print the plan and end")
    return parser.parse_args()


def main() -> int:
    given = options()
    if given.plan:
        print("\n".join(f"{one.step:5} {one.kind:18} {one.seconds:.2f} s" for one in plan(given.seed, given.faults, given.pushers)))
        return 0
    began, run = time.monotonic(), Run(given, Path(tempfile.mkdtemp(prefix="greffier-chaos-")))
    if (evidence := judged(run)) is None:
        return 1
    result = {
        "seed": given.seed, "faults": len(run.faults), "seconds": round(time.monotonic() - began, 1),
        "counts": checker.counted(evidence), "recovery": figures(run)}
    if given.json:
        print(json.dumps(result))
    else:
        print(f"seed {given.seed}: {len(run.faults)} faults in {result['seconds']} s; nothing lost, nothing doubled")
        print("".join(f"  {count:8} {name}\n" for name, count in result["counts"].items()), end="")
        print("seconds until the cluster works again   faults     p50     p99     max")
        for kind, row in result["recovery"].items():
            print(f"  {kind:36} {row['faults']:7} {row['p50']:7.2f} {row['p99']:7.2f} {row['max']:7.2f}")
    put_away(run)
    return 0


if __name__ == "__main__":
    sys.exit(main())
