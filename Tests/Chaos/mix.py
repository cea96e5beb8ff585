"""Runs programs of two releases beside each other, in every mix, and moves a store from the older to the newer.

mix.py OLDER NEWER: two folders of programs. Of each mix all documents end registered and announced once, or what does not fit
together says so by a sentence that names both versions. The older release never opens what the newer has brought up to date.
"""
from __future__ import annotations

import itertools
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cluster import Cluster
from documents import extract

ROLES = ["broker", "ingest", "validate", "notify"]
DOCUMENTS = 12
REFUSAL = re.compile(r"GREFFIER/\d+.*GREFFIER/\d+|schema version \d+.*\d+", re.DOTALL)


class Mix:
    """A cluster whose programs come from two folders."""

    def __init__(self, folder: Path, older: Path, newer: Path) -> None:
        self.folders = {"older": older, "newer": newer}
        self.cluster = Cluster(folder, newer, [])
        self.folder = folder

    def start(self, role: str, release: str) -> None:
        self.cluster.programs = self.folders[release]
        self.cluster.start(role)

    def push(self, release: str, first: int, wait: bool) -> int:
        paths = []
        for index in range(first, first + DOCUMENTS):
            path = self.folder / f"extrait-{index}.txt"
            path.write_text(extract(7, index, 3_200), "utf-8")
            paths.append(str(path))
        options = ["--config", str(self.folder / "greffier.yaml"), "--endpoint", self.cluster.endpoint(), "--deadline", "60"]
        program = str(self.folders[release] / "greffier")
        command = [program, "push", *(["--wait"] if wait else []), *options, *paths]
        return subprocess.run(command, capture_output=True, timeout=120, check=False).returncode

    def said(self, role: str) -> str:
        log = self.folder / f"{role}.log"
        return log.read_text("utf-8") if log.exists() else ""

    def outcome(self, documents: int) -> str:
        """What is wrong with the end; empty if nothing is."""
        end = time.monotonic() + 60
        unsent = "SELECT count(*) FROM alerts WHERE state <> 'sent' AND kind = 'new-acts'"
        announced = "SELECT count(*) FROM alerts WHERE state = 'sent' AND kind = 'new-acts'"
        while time.monotonic() < end:
            counts = [self.cluster.look("register", query) for query in ("SELECT count(*) FROM documents", announced, unsent)]
            if counts == [[(documents,)], [(documents,)], [(0,)]]:
                return ""
            time.sleep(0.1)
        return f"documents, announced, unsent: {counts}"

    def refusal(self) -> str:
        """The sentence by which a program said that releases do not fit together."""
        for role in ROLES:
            if self.cluster.running[role].poll() is not None and (found := REFUSAL.search(self.said(role)[-2_000:])):
                return f"{role}: {found.group()[:160]}"
        return ""


def try_mix(older: Path, newer: Path, releases: tuple[str, ...]) -> tuple[bool, str]:
    with tempfile.TemporaryDirectory(prefix="greffier-mix-") as name:
        mix = Mix(Path(name), older, newer)
        try:
            for role, release in zip(ROLES, releases):
                mix.start(role, release)
                time.sleep(0.3 if role == "broker" else 0)
            codes = [mix.push("older", 0, True), mix.push("newer", DOCUMENTS, True)]
            if refusal := mix.refusal():
                return True, f"refused by a sentence: {refusal}"
            wrong = mix.outcome(2 * DOCUMENTS) if codes == [0, 0] else f"push ended with {codes}"
            return not wrong, wrong or "registered and announced"
        finally:
            mix.cluster.stop()


def schema(mix: Mix, store: str) -> int:
    """The version of a store's tables."""
    return int(str(mix.cluster.look(store, "SELECT version FROM schema_version")[0][0]))


def try_move(older: Path, newer: Path) -> tuple[bool, str]:
    """Half the work by the older release, the rest by the newer; the older does not open what the newer changed."""
    with tempfile.TemporaryDirectory(prefix="greffier-mix-") as name:
        mix = Mix(Path(name), older, newer)
        try:
            for role in ROLES:
                mix.start(role, "older")
            mix.push("older", 0, True)
            mix.cluster.end("validate", signal.SIGTERM)
            mix.push("older", DOCUMENTS, False)
            for role in ("notify", "ingest", "broker"):
                mix.cluster.end(role, signal.SIGTERM)
            before = {store: schema(mix, store) for store in ("queue", "register")}
            for role in ROLES:
                mix.start(role, "newer")
            if wrong := mix.outcome(2 * DOCUMENTS):
                return False, wrong
            mix.cluster.stop()
            sentences = [go_back(mix, role, store, before[store]) for role, store in (("broker", "queue"), ("notify", "register"))]
            return all(is_right for is_right, _ in sentences), "; ".join(sentence for _, sentence in sentences)
        finally:
            mix.cluster.stop()


def go_back(mix: Mix, role: str, store: str, before: int) -> tuple[bool, str]:
    """Starts a program of the older release on what the newer has left: where the schema is another, it must refuse."""
    now, spoken = schema(mix, store), len(mix.said(role))
    if now == before:
        return True, f"{store}: schema {now} in both"
    mix.start(role, "older")
    try:
        mix.cluster.running[role].wait(20)
    except subprocess.TimeoutExpired:
        return False, f"{store}: the older {role} works on schema {now}, it knows {before}"
    said = REFUSAL.search(mix.said(role)[spoken:])
    is_right = said is not None and schema(mix, store) == now
    return is_right, f"{store}: {said.group() if said else 'ended without a sentence'}"


def main() -> int:
    older, newer = (Path(argument).resolve() for argument in sys.argv[1:3])
    failed = 0
    for releases in itertools.product(("older", "newer"), repeat=len(ROLES)):
        is_right, sentence = try_mix(older, newer, releases)
        failed += not is_right
        named = ", ".join(f"{role} {release}" for role, release in zip(ROLES, releases))
        print(f"{'ok' if is_right else 'WRONG'}: {named}: {sentence}", flush=True)
    is_right, sentence = try_move(older, newer)
    print(f"{'ok' if is_right else 'WRONG'}: the store moves to the newer release: {sentence}")
    return 1 if failed or not is_right else 0


if __name__ == "__main__":
    sys.exit(main())
