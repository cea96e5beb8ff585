"""A cluster of real processes through very many faults, then judged by what it left.

Every choice comes from the seed: the documents, which fault strikes when, whom, and for how long. The processes' own
timing does not, so that a run with a seed is the same plan and not the same microseconds.
"""
import argparse
import asyncio
import datetime
import json
import pathlib
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time

import checker
from documents import documents
from parts import MailServer, Program, Pusher, Relay, build_folder, free_ports, version

BASE = datetime.datetime(2025, 3, 19, 9, 0)
LEASE = 4.0

CONFIGURATION = """data: {data}
endpoint: tcp://127.0.0.1:{port}
lease: {{heartbeat: 500 ms, expiry: 4 s}}
retry: {{attempts: 50, first: 200 ms, longest: 2 s}}
limits: {{freeDisk: 1 MiB}}
mail:
  transport: smtp
  from: Greffier <greffier@valdaubrelle.example>
  recipients: [assemblees@valdaubrelle.example]
  watch: never
  silence: off
  hours: {{from: 0, until: 24}}
  smtp: {{host: 127.0.0.1, port: {mail}, security: none, timeout: 5 s}}
log: {{format: json, level: notice}}
"""


class Run:
    """One run: its programs, its faults, and how long the cluster took to go on after each."""

    def __init__(self, options):
        self.options = options
        self.chance = random.Random(f"faults {options.seed}")
        self.programs = build_folder(options.programs)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="greffier-chaos-"))
        self.started = time.monotonic()
        self.struck = []
        self.recoveries = []
        self.busy = set()
        broker, relay, mail = free_ports(3)
        self.broker_configuration = self._configure("broker.yaml", broker, mail)
        self.worker_configuration = self._configure("workers.yaml", relay, mail)
        self.relay = Relay(relay, broker)
        self.mail = MailServer(mail, self.folder / "mails.jsonl")
        self.broker = Program(self, "broker", "greffier-broker", self.broker_configuration)
        self.workers = [
            Program(self, f"{stage}-{number}", f"greffier-{stage}", self.worker_configuration)
            for stage in ("ingest", "validate", "notify") for number in (1, 2)]
        self.documents = documents(options.documents, options.seed)
        self.pushers = [Pusher(self, number, files) for number, files in enumerate(self._files())]

    def now(self):
        """The moment at which a program's clock begins: it goes on from start to start."""
        moment = BASE + datetime.timedelta(seconds=time.monotonic() - self.started)
        return moment.strftime("%Y-%m-%dT%H:%M")

    def _configure(self, name, port, mail):
        path = self.folder / name
        path.write_text(CONFIGURATION.format(data=self.folder / "data", port=port, mail=mail))
        return path

    def _files(self):
        """The files of three pushers; one document in twenty is pushed by two of them."""
        (self.folder / "receipts").mkdir()
        (self.folder / "documents").mkdir()
        files = [[], [], []]
        for document in self.documents:
            path = self.folder / "documents" / document.name
            path.write_bytes(document.body)
            first = self.chance.randrange(3)
            files[first].append((path, document.archive))
            if self.chance.random() < 0.05 and not document.archive:
                files[(first + 1) % 3].append((path, document.archive))
        return files

    async def execute(self):
        """Runs it all; answers the checker's verdict."""
        await self.relay.start()
        await self.mail.start()
        keepers = [asyncio.create_task(program.keep()) for program in [self.broker, *self.workers]]
        pushing = asyncio.gather(*(pusher.push() for pusher in self.pushers))
        striking = asyncio.create_task(self._strike(pushing))
        watching = asyncio.create_task(self._watch(pushing))
        await pushing
        await striking
        await self._settle()
        watching.cancel()
        for program in [*self.workers, self.broker]:
            await program.stop()
        await asyncio.gather(*keepers)
        return checker.judge(checker.Evidence.read(self.documents, self.folder))

    async def _strike(self, pushing):
        """One fault after another, several at a time, spread over the time that the documents take."""
        tasks = []
        for number in range(self.options.faults):
            fault = self.chance.choices(*zip(*FAULTS))[0]
            pause = self.chance.expovariate(1 / self.options.pause)
            await asyncio.sleep(min(pause, 5 * self.options.pause))
            self.struck.append((fault.__name__.strip("_"), time.monotonic()))
            tasks.append(asyncio.create_task(fault(self, self.chance)))
            self._show(f"fault {number + 1} of {self.options.faults}: {fault.__name__.strip('_')}")
        await asyncio.gather(*tasks)

    async def _watch(self, pushing):
        """Notes for each fault how long it took until another document came to its end."""
        seen, waiting = self._ended(), []
        known = 0
        while True:
            await asyncio.sleep(0.05)
            waiting += self.struck[known:]
            known = len(self.struck)
            ended = self._ended()
            if ended > seen:
                now = time.monotonic()
                self.recoveries += [now - moment for _, moment in waiting]
                waiting = []
            seen = ended

    def _ended(self):
        try:
            database = sqlite3.connect(f"file:{self.folder}/data/queue/queue.sqlite?mode=ro", uri=True)
            try:
                return database.execute(
                    "SELECT COALESCE(SUM(amount), 0) FROM tallies WHERE state IN ('registered', 'refused')").fetchone()[0]
            finally:
                database.close()
        except sqlite3.Error:
            return 0

    async def _settle(self):
        """Waits until every document has ended and every mail has left."""
        end = time.monotonic() + self.options.patience
        while time.monotonic() < end:
            await asyncio.sleep(0.5)
            if self._ended() >= len(self.documents) and self._unsent() == 0:
                return
        self._show("the cluster did not come to rest\n")

    def _unsent(self):
        try:
            database = sqlite3.connect(f"file:{self.folder}/data/register/register.sqlite?mode=ro", uri=True)
            try:
                return database.execute(
                    "SELECT (SELECT COUNT(*) FROM alerts WHERE state NOT IN ('sent', 'cancelled'))"
                    " + (SELECT COUNT(*) FROM documents WHERE announce_at IS NOT NULL)").fetchone()[0]
            finally:
                database.close()
        except sqlite3.Error:
            return 1

    def _show(self, text):
        if sys.stderr.isatty():
            print(f"\r\x1b[K{self._ended()} of {len(self.documents)} ended; {text}", end="", file=sys.stderr, flush=True)


async def _kill_broker(run, chance):
    run.broker.signal(signal.SIGKILL)


async def _kill_worker(run, chance):
    chance.choice(run.workers).signal(signal.SIGKILL)


async def _kill_pusher(run, chance):
    chance.choice(run.pushers).signal(signal.SIGKILL)


async def _end_program(run, chance):
    chance.choice([run.broker, *run.workers]).signal(signal.SIGTERM)


async def _freeze_worker(run, chance):
    await _freeze(run, chance.choice(run.workers), chance.uniform(LEASE + 0.5, LEASE + 4))


async def _freeze_broker(run, chance):
    await _freeze(run, run.broker, chance.uniform(0.3, 3))


async def _freeze(run, program, seconds):
    child = program.child
    program.signal(signal.SIGSTOP)
    await asyncio.sleep(seconds)
    if program.child is child:
        program.signal(signal.SIGCONT)


async def _cut_connections(run, chance):
    run.relay.cut()


async def _hold_up(run, chance):
    await _alone(run, "relay", _held_up(run, chance.uniform(0.5, 6)))


async def _held_up(run, seconds):
    run.relay.open.clear()
    await asyncio.sleep(seconds)
    run.relay.open.set()


async def _partition(run, chance):
    await _alone(run, "relay", _partitioned(run, chance.uniform(0.5, 6)))


async def _partitioned(run, seconds):
    run.relay.refuses = True
    run.relay.cut()
    await asyncio.sleep(seconds)
    run.relay.refuses = False


async def _mail_away(run, chance):
    await _alone(run, "mail", _away(run, chance.uniform(0.5, 4)))


async def _away(run, seconds):
    await run.mail.stop()
    await asyncio.sleep(seconds)
    await run.mail.start()


async def _mail_refuses(run, chance):
    await _alone(run, "mail", _in_mode(run, "refuses", chance.uniform(0.5, 4)))


async def _mail_forgets(run, chance):
    await _alone(run, "mail", _in_mode(run, "forgets", chance.uniform(0.1, 0.5)))


async def _in_mode(run, mode, seconds):
    run.mail.mode = mode
    await asyncio.sleep(seconds)
    run.mail.mode = "takes"


async def _alone(run, what, fault):
    """Not two faults of one thing at a time: the end of the first would end the second."""
    while what in run.busy:
        await asyncio.sleep(0.05)
    run.busy.add(what)
    try:
        await fault
    finally:
        run.busy.discard(what)


FAULTS = [
    (_kill_broker, 10), (_kill_worker, 25), (_kill_pusher, 10), (_end_program, 10), (_freeze_worker, 6),
    (_freeze_broker, 6), (_cut_connections, 12), (_hold_up, 4), (_partition, 4), (_mail_away, 4), (_mail_refuses, 4),
    (_mail_forgets, 5),
]


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--faults", type=int, default=1_000)
    parser.add_argument("--pause", type=float, default=0.25, help="seconds between two faults, on average")
    parser.add_argument("--patience", type=float, default=600, help="seconds until everything must be at rest")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programs", default=".build/debug", help="the folder of the built programs")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", action="store_true", help="keep the evidence of a sound run too")
    return parser.parse_args()


def main():
    chosen = options()
    run = Run(chosen)
    start = time.monotonic()
    verdict = asyncio.run(run.execute())
    figures = {
        "version": version(run.programs), "seed": chosen.seed, "faults": len(run.struck),
        "seconds": round(time.monotonic() - start, 1), **verdict.counts,
        "recovery_p50": round(percentile(run.recoveries, 0.5), 2),
        "recovery_p99": round(percentile(run.recoveries, 0.99), 2), "findings": verdict.findings[:100],
    }
    if chosen.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        for name, value in figures.items():
            if name != "findings":
                print(f"{name.replace('_', ' ')}: {value}")
        print("\n".join(verdict.findings[:100]) or "nothing lost, nothing doubled")
    if verdict.findings:
        raise SystemExit(f"{len(verdict.findings)} findings with seed {chosen.seed}; the evidence is in {run.folder}")
    if not chosen.keep:
        shutil.rmtree(run.folder)


if __name__ == "__main__":
    main()
