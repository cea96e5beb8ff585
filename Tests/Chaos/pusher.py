"""Pushes its share of a run's documents and writes each receipt to its journal before it goes on.

pusher.py ENDPOINT FOLDER SEED DOCUMENTS PUSHERS NUMBER: killed and started again, it goes on behind its journal.
"""
from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "protocol" / "python"))
import greffier_client as client  # noqa: E402
from documents import Document, document  # noqa: E402


def own_share(seed: int, documents: int, pushers: int, number: int) -> list[tuple[str, Document]]:
    """What this pusher pushes, each with a name for its journal: its own, and its neighbour's that come twice."""
    share: list[tuple[str, Document]] = []
    for index in range(documents):
        made = index % pushers
        if made == number:
            share.append((f"{index}", document(seed, index, pushers)))
        elif made == (number + 1) % pushers and (twice := document(seed, index, pushers)).is_twice:
            share.append((f"{index}-again", twice))
    return share


def main() -> None:
    endpoint, folder = sys.argv[1], Path(sys.argv[2])
    seed, documents, pushers, number = map(int, sys.argv[3:])
    path = folder / f"receipts-{number}.jsonl"
    lines = path.read_text("utf-8").splitlines(True) if path.exists() else []
    done = {json.loads(line)["push"] for line in lines if line.endswith("\n")}
    pusher = client.Pusher(endpoint, answer_seconds=2, unreachable_seconds=600)
    with open(path, "a", encoding="utf-8") as journal:
        if lines and not lines[-1].endswith("\n"):
            journal.write("\n")
        for push, made in own_share(seed, documents, pushers, number):
            if push in done:
                continue
            while int((folder / "allowed").read_text() or 0) < made.index:
                time.sleep(0.05)
            # Whose push it is says the source: equal bytes of two pushers are one document all the same.
            header = client.submit_header(
                made.body, f"extrait-{made.index}.txt", f"source-{number}", replaces=made.replaces,
                archive=made.kind == "archive")
            _, said = pusher.push(made.body, header)
            receipt = {"push": push, "index": made.index, "document": made.id, "outcome": said["outcome"], "at": time.time()}
            journal.write(json.dumps(receipt) + "\n")
            journal.flush()
            os.fsync(journal.fileno())


main()
