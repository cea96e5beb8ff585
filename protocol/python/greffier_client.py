#!/usr/bin/env python3
"""Push documents to a Greffier broker, in the protocol of ../README.md (GREFFIER/1). Needs pyzmq, and nothing else.

    python3 greffier_client.py --endpoint ipc:///var/lib/greffier/broker.ipc push FILE… --wait
    python3 greffier_client.py --endpoint tcp://broker.exemple.fr:5555 --key scripts.key --broker-key '…' push FILE…

Exit codes: 0 all accepted or known, 2 usage, 3 some refused (or held or dropped, with --wait), 4 nobody answers,
5 still busy when --deadline was over. One JSON line for each document on standard output.
"""
from __future__ import annotations

import argparse
import getpass
import hashlib
import ipaddress
import json
import random
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zmq
import zmq.auth

TAG = b"GREFFIER/1"
ENDED = {"registered", "refused", "dropped", "held"}
OK, USAGE, REFUSED, UNREACHABLE, BUSY = 0, 2, 3, 4, 5
Header = dict[str, Any]


def encode(verb: str, header: Header, *payload: bytes) -> list[bytes]:
    """The frames of a message: tag, verb, header as compact JSON in UTF-8, then the payload as it is."""
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":"))
    return [TAG, verb.encode("ascii"), text.encode("utf-8"), *payload]


def decode(frames: list[bytes]) -> tuple[str, Header, list[bytes]]:
    """The verb, header and payload of a message; ValueError if it is none of this protocol."""
    if len(frames) < 3 or frames[0] != TAG:
        raise ValueError(f"no message of {TAG.decode()}: {frames[:1]!r}")
    return frames[1].decode("ascii"), json.loads(frames[2].decode("utf-8")), frames[3:]


def submit_header(document: bytes, name: str, source: str, **options: Any) -> Header:
    """The header of a SUBMIT; options that are None or False are left out."""
    header = {"id": hashlib.sha256(document).hexdigest(), "name": name, "source": source, "size": len(document)}
    return header | {key: value for key, value in options.items() if value}


@dataclass(frozen=True)
class Keys:
    """What encrypts a connection: the pusher's own pair, which the broker has on its list, and the broker's public key."""

    public: bytes
    secret: bytes = field(repr=False)
    broker: bytes

    @classmethod
    def read(cls, path: Path, broker: str) -> Keys:
        """The pair in a file of `greffier keygen`; PermissionError if others may read it, ValueError if it is none."""
        if path.stat().st_mode & 0o077:
            raise PermissionError(f"others may read the secret key in {path}: run `chmod 600 {path}`")
        public, secret = zmq.auth.load_certificate(path)
        if secret is None or len(broker) != 40:
            raise ValueError(f"{path} holds no pair of keys, or the broker's key has not 40 characters")
        return cls(public, secret, broker.encode("ascii"))


@dataclass
class Pusher:
    """Pushes one document at a time and says what became of it."""

    endpoint: str
    """Where the broker listens; several that share a store are separated by commas."""
    answer_seconds: float = 5.0
    """How long to wait for an answer before asking again on a new connection."""
    unreachable_seconds: float = 10.0
    """How long nobody may answer before it is given up."""
    deadline: float | None = None
    """How many seconds the broker may say that it is busy; None is for ever."""
    keys: Keys | None = None
    """What encrypts the connection; it must be there unless the endpoint is of this host."""
    requests: int = field(default=0, init=False)
    turns: int = field(default=0, init=False)
    dealer: zmq.Socket[bytes] | None = field(default=None, init=False)

    def push(self, document: bytes, header: Header, wait: bool = False) -> tuple[int, Header]:
        """Submits until there is an answer, then waits for the end if asked; the exit code and what the broker said."""
        question = {"ids": [header["id"]], "waitMilliseconds": int(self.answer_seconds * 500)}
        busy_since: float | None = None
        is_accepted = False
        hasty, soon = 0, min(0.5, self.answer_seconds / 4)
        while True:
            asked = time.monotonic()
            verb, answer = self.ask("OUTCOME", question) if is_accepted else self.ask("SUBMIT", header, document)
            if answer.get("code") == "store-failing":  # says nothing about the document
                verb, answer = "BUSY", {"reason": answer["message"], "retryAfterMilliseconds": 1000}
            if verb == "BUSY":
                now = time.monotonic()
                busy_since = busy_since or now
                pause = max(10, answer["retryAfterMilliseconds"]) / 1000
                pause += random.uniform(0, pause)  # so that those who were refused together do not come back together
                if self.deadline is not None and now + pause - busy_since > self.deadline:
                    return BUSY, {"outcome": "busy", **answer}
                time.sleep(pause)
                continue
            busy_since = None
            is_accepted = is_accepted or verb in ("ACCEPTED", "KNOWN")
            if not wait or verb not in ("ACCEPTED", "KNOWN", "OUTCOME") or answer.get("state") in ENDED:
                break
            # An answer that comes at once was not waited with: the broker has no room for one more who waits.
            hasty = hasty + 1 if verb == "OUTCOME" and time.monotonic() - asked < soon else 0
            if hasty:
                pause = min(2 ** (hasty - 1), 30)
                time.sleep(pause + random.uniform(0, pause))
        code = UNREACHABLE if not verb else REFUSED if verb == "REFUSED" else OK
        if wait and answer.get("state") in ENDED - {"registered"}:
            code = REFUSED
        return code, {"outcome": verb.lower() or "unreachable", **answer}

    def ask(self, verb: str, header: Header, *payload: bytes) -> tuple[str, Header]:
        """Asks, again and again, until somebody answers: the answer's verb and header; both empty if nobody does."""
        self.requests += 1
        frames = encode(verb, {**header, "request": self.requests}, *payload)
        end = time.monotonic() + self.unreachable_seconds
        while (now := time.monotonic()) < end:
            self.dealer = self.dealer or self.connect()
            several = len(self.endpoint.split(",")) > 1
            try:
                self.dealer.send_multipart(frames, zmq.DONTWAIT)
            except zmq.Again:
                pass  # the broker is away: the wait below passes, and the next connection may find it
            again = min(end, now + (min(1.0, self.answer_seconds) if several else self.answer_seconds))
            while (rest := again - time.monotonic()) > 0 and self.dealer.poll(int(rest * 1000) + 1):
                said, answer, _ = decode(self.dealer.recv_multipart())
                if answer.get("request") == self.requests:
                    return said, {key: value for key, value in answer.items() if key != "request"}
                if said == "REFUSED" and "request" not in answer:
                    return said, answer
            self.close()
            self.turns += 1
        return "", {"message": f"no broker answers at {self.endpoint}: is greffier-broker running?"}

    def connect(self) -> zmq.Socket[bytes]:
        """A new dealer, without a routing id."""
        dealer: zmq.Socket[bytes] = zmq.Context.instance().socket(zmq.DEALER)
        dealer.linger = 0
        if self.keys is not None:
            dealer.curve_publickey, dealer.curve_secretkey = self.keys.public, self.keys.secret
            dealer.curve_serverkey = self.keys.broker
        elif not is_local(self.endpoint):
            raise ValueError(f"{self.endpoint} can be reached from other hosts: give the keys that encrypt it")
        endpoints = self.endpoint.split(",")
        dealer.connect(endpoints[self.turns % len(endpoints)])
        return dealer

    def close(self) -> None:
        """Drops the connection."""
        if self.dealer is not None:
            self.dealer.close()
            self.dealer = None


def is_local(endpoint: str) -> bool:
    """Whether nobody beyond this host can be at the other end, or at one of several."""
    if "," in endpoint:
        return all(is_local(one) for one in endpoint.split(","))
    host = endpoint.removeprefix("tcp://").rsplit(":", 1)[0]
    if endpoint.startswith("ipc://") or host in ("localhost", "[::1]"):
        return True
    try:
        return endpoint.startswith("tcp://") and ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return False


def parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--endpoint", required=True, help="where the broker listens: ipc://… or tcp://…; several with commas")
    parser.add_argument("--key", type=Path, metavar="FILE", help="this pusher's pair of keys, of `greffier keygen`")
    parser.add_argument("--broker-key", metavar="KEY", help="the broker's public key, 40 characters")
    push = parser.add_subparsers(dest="command", required=True).add_parser("push", help="hand documents over")
    push.add_argument("files", nargs="+", type=Path, metavar="FILE")
    push.add_argument("--wait", action="store_true", help="wait until each is registered, refused, held or dropped")
    push.add_argument("--source", default=f"{getpass.getuser()}@{socket.gethostname()}", help="who pushes")
    push.add_argument("--replaces", metavar="ID", help="the document that this one corrects")
    push.add_argument("--archive", action="store_true", help="register without mailing what is past")
    push.add_argument("--again", action="store_true", help="start refused, held and dropped documents again")
    push.add_argument("--deadline", type=float, metavar="SECONDS", help="how long the broker may be busy")
    push.add_argument("--unreachable", type=float, default=10, metavar="SECONDS", help="how long nobody may answer")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Pushes the files of the command line; the exit code."""
    options = parser().parse_args(arguments)
    unreadable = [str(path) for path in options.files if not path.is_file()]
    if unreadable:
        print(f"no such file: {', '.join(unreadable)}", file=sys.stderr)
        return USAGE
    try:
        keys = Keys.read(options.key, options.broker_key or "") if options.key else None
        if keys is None and not is_local(options.endpoint):
            raise ValueError(f"{options.endpoint} can be reached from other hosts: give --key and --broker-key")
    except (OSError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return USAGE
    pusher = Pusher(options.endpoint, min(5.0, options.unreachable), options.unreachable, options.deadline, keys)
    codes = [OK]
    for path in options.files:
        document = path.read_bytes()
        header = submit_header(
            document, path.name, options.source,
            replaces=options.replaces, archive=options.archive, again=options.again)
        code, said = pusher.push(document, header, options.wait)
        print(json.dumps({"name": path.name, "id": header["id"], **said}, ensure_ascii=False), flush=True)
        codes.append(code)
        if code in (UNREACHABLE, BUSY):
            break
    pusher.close()
    return next((code for code in (UNREACHABLE, BUSY, REFUSED) if code in codes), OK)


if __name__ == "__main__":
    sys.exit(main())
