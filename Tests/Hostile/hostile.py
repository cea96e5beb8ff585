"""Measures what honest pushers keep of their throughput while hostile peers do what they can.

Everybody is a process of its own. Attackers would be on hosts of their own: here they run at nice 19, with what processor the
broker and the honest pusher leave. The measured time begins when they do, so that what the broker does against them counts.
"""
from __future__ import annotations

import argparse
import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from attacks import KINDS, client, zmq  # noqa: E402

TEXT = b"une deliberation fictive du conseil municipal, " * 600


@dataclass
class Measured:
    """What came of one attack."""

    attack: str
    quiet: float
    disturbed: float
    ratio: float
    peakMebibytes: int
    sentAway: int
    cut: int


class Secure:
    """A broker that listens encrypted on a port of this host, and the keys of those who connect to it."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.broker_key = self.keygen("broker", "--name", "broker")
        lines = [self.keygen("honest", "--role", "push", "--name", "honest"),
                 self.keygen("hostile", "--role", "push,work:ingest", "--name", "hostile")]
        (folder / "keys.list").write_text("\n".join(lines) + "\n")
        public = zmq.auth.load_certificate(folder / "broker.key")[0].decode()
        hostile = [key.decode() for key in zmq.auth.load_certificate(folder / "hostile.key") if key]
        (folder / "keys.json").write_text(json.dumps({"broker": public, "hostile": hostile}))
        self.keys = client.Keys.read(folder / "honest.key", public)
        (folder / "greffier.yaml").write_text(
            f"data: data\nlisten: ['tcp://127.0.0.1:{self.port}']\nkeys: {{brokerPair: broker.key, list: keys.list}}\n"
            "limits: {memory: 192 MiB, connections: 400, connectionsPerAddress: 200}\n")

    def keygen(self, name: str, *options: str) -> str:
        command = [self.programs / "greffier", "keygen", "--out", self.folder / f"{name}.key", *options]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    @contextmanager
    def broker(self) -> Iterator[subprocess.Popen[bytes]]:
        with open(self.folder / "broker.log", "wb") as log:
            command = [self.programs / "greffier-broker", "--config", self.folder / "greffier.yaml"]
            process = subprocess.Popen(command, stderr=log, stdout=log)
            try:
                yield process
                if process.poll() is not None:
                    raise SystemExit(f"the broker ended: {self.log()[-2_000:]}")
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait()

    def log(self) -> str:
        return (self.folder / "broker.log").read_text("utf-8", "replace")

    def pusher(self) -> zmq.Socket[bytes]:
        dealer: zmq.Socket[bytes] = zmq.Context.instance().socket(zmq.DEALER)
        dealer.linger = 0
        dealer.curve_serverkey = self.keys.broker
        dealer.curve_publickey, dealer.curve_secretkey = self.keys.public, self.keys.secret
        dealer.connect(f"tcp://127.0.0.1:{self.port}")
        return dealer


def push(secure: Secure, prefix: str, seconds: float) -> float:
    """Pushes documents, 16 under way, each again after three seconds without an answer; how many a second were accepted."""
    dealer = secure.pusher()
    under_way: dict[str, tuple[float, list[bytes]]] = {}
    accepted = made = 0
    start = time.monotonic()
    while (now := time.monotonic()) < start + seconds:
        for name, (due, message) in under_way.items():
            if due <= now and dealer.poll(0, zmq.POLLOUT):
                under_way[name] = (now + 3, message)
                dealer.send_multipart(message)
        while len(under_way) < 16 and dealer.poll(0, zmq.POLLOUT):
            made += 1
            document = f"{prefix} {made} ".encode() + TEXT
            header = client.submit_header(document, "a", "s")
            under_way[header["id"]] = (now + 3, client.encode("SUBMIT", header, document))
            dealer.send_multipart(under_way[header["id"]][1])
        while dealer.poll(50 if len(under_way) == 16 else 0):
            verb, answer, _ = client.decode(dealer.recv_multipart())
            if verb == "BUSY" and answer.get("id") in under_way:
                pause = answer["retryAfterMilliseconds"] / 1000
                under_way[answer["id"]] = (time.monotonic() + pause, under_way[answer["id"]][1])
            elif verb in ("ACCEPTED", "KNOWN") and under_way.pop(answer["id"], None):
                accepted += 1
            if len(under_way) < 16:
                break
    dealer.close()
    return accepted / (time.monotonic() - start)


def peak(process: subprocess.Popen[bytes]) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) >> 10


def measure(programs: Path, attack: str, seconds: float, attackers: int) -> Measured:
    with tempfile.TemporaryDirectory(prefix="greffier-hostile-") as name:
        secure = Secure(programs, Path(name))
        with secure.broker() as broker:
            push(secure, "warm", 1)
            before = push(secure, "before", seconds / 2)
            script = str(Path(__file__).resolve().parent / "attacks.py")
            command = [sys.executable, script, attack, str(secure.port), name]
            hostile = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(attackers)]
            try:
                disturbed = push(secure, "disturbed", seconds)
            finally:
                for process in hostile:
                    process.kill()
                    process.wait()
            log = secure.log()
            # Half of the quiet time comes before and half after, as the machine may have other work meanwhile.
            quiet = (before + push(secure, "after", seconds / 2)) / 2
            return Measured(
                attack, round(quiet, 1), round(disturbed, 1), round(disturbed / max(quiet, 0.01), 2), peak(broker),
                log.count("a peer went on against refusals"), log.count("a connection was cut"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=20, help="how long each of the two measurements takes")
    parser.add_argument("--attackers", type=int, default=2, help="hostile processes")
    parser.add_argument("--least", type=float, default=0.5, help="the share that honest pushers must keep")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("attacks", nargs="*", default=KINDS, metavar="ATTACK", help=", ".join(KINDS))
    options = parser.parse_args()
    heads = ("ATTACK", "QUIET/S", "DISTURBED/S", "RATIO", "PEAK MIB", "SENT AWAY", "CUT")
    if not options.json:
        print("{:16}{:>9}{:>13}{:>7}{:>10}{:>11}{:>5}".format(*heads))
    failed = False
    for attack in options.attacks:
        measured = measure(options.programs, attack, options.seconds, options.attackers)
        failed |= measured.ratio < options.least
        row = asdict(measured)
        print(json.dumps(row) if options.json else "{:16}{:>9}{:>13}{:>7}{:>10}{:>11}{:>5}".format(*row.values()), flush=True)
    if failed:
        print(f"honest pushers keep less than {options.least} of their throughput", file=sys.stderr)
    return 1 if failed else 0


sys.exit(main())
