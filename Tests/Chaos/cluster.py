"""A cluster of real processes on a folder of its own, and what is done to it."""
from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from network import Network
from plan import PROGRAMS

CONFIGURATION = """\
lease:
  heartbeat: 500 ms
  expiry: 4 s
retry:
  first: 200 ms
  longest: 2 s
mail:
  transport: smtp
  from: Greffier <greffier@val.example>
  recipients: [greffe@val.example]
  smtp:
    host: 127.0.0.1
    port: {port}
    security: none
routes:
  digest: never
answers:
  address: echeances@val.example
"""


class Cluster:
    """Broker, workers and pushers; every worker and pusher reaches the broker through the relay."""

    def __init__(self, folder: Path, programs: Path, share: list[str]) -> None:
        self.folder, self.programs, self.share = folder, programs, share
        self.began, self.jumped = time.time(), timedelta()
        with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
            self.port = server.getsockname()[1]
        self.network = Network(self.port, folder / "mails.jsonl")
        (folder / "greffier.yaml").write_text(CONFIGURATION.format(port=self.network.mail_port))
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.prefixes: dict[str, list[str]] = {}

    @property
    def now(self) -> str:
        """The clock of what starts now: a working day, later by what the run took and jumped."""
        elapsed = timedelta(seconds=time.time() - self.began) + self.jumped
        return (datetime(2025, 3, 19, 9, 0) + elapsed).strftime("%Y-%m-%dT%H:%M")

    def keep_whole_mails(self, folder: Path) -> None:
        """From here on each mail that arrives becomes a file, too."""
        folder.mkdir()
        self.network.mail.folder = folder

    def start(self, name: str, now: datetime | None = None) -> None:
        if name.startswith("pusher-"):
            pusher = Path(__file__).with_name("pusher.py")
            command = [sys.executable, str(pusher), self.endpoint(), str(self.folder), *self.share, name[7:]]
        else:
            program = "greffier-" + name.split("-")[0]
            command = [
                str(self.programs / program), "--config", str(self.folder / "greffier.yaml"), "--data",
                str(self.folder / "data"), "--now", now.strftime("%Y-%m-%dT%H:%M") if now else self.now, "--log-level", "notice", "--endpoint",
                f"tcp://127.0.0.1:{self.port}" if name == "broker" else self.endpoint()]
        # The programs take every variable of this prefix for a key of their configuration.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GREFFIER_")}
        with open(self.folder / f"{name}.log", "ab") as log:
            self.running[name] = subprocess.Popen([*self.prefixes.get(name, []), *command], stdout=log, stderr=log, env=environment)

    def endpoint(self) -> str:
        return f"tcp://127.0.0.1:{self.network.relay_port}"

    def end(self, name: str, how: signal.Signals) -> None:
        """Sends a signal that ends a process and waits for the end."""
        self.running[name].send_signal(how)
        self.running[name].wait(60)

    def restart(self, name: str, how: signal.Signals = signal.SIGTERM) -> None:
        self.end(name, how)
        self.start(name)

    def died(self) -> list[str]:
        """The programs that ended by themselves; pushers end when all is pushed."""
        return [
            f"{name} ended by itself with {code}" for name, process in self.running.items()
            if (code := process.poll()) is not None and not (name.startswith("pusher-") and code == 0)]

    def stop(self) -> None:
        """Ends everything, workers first."""
        for name in [*(name for name in self.running if name not in PROGRAMS), *reversed(PROGRAMS)]:
            process = self.running.get(name)
            if process is None or process.poll() is not None:
                continue
            process.send_signal(signal.SIGCONT)
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            if process.poll() is None:
                process.kill()
                process.wait()

    def look(self, store: str, query: str, *values: object) -> list[tuple[object, ...]]:
        """Rows of the queue or the register by plain SQL; none while it cannot be read."""
        try:
            path = self.folder / "data" / store / f"{store}.sqlite"
            with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as connection:
                return connection.execute(query, values).fetchall()
        except sqlite3.Error:
            return []
