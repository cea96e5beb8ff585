"""What a hostile peer does, again and again until it is killed: attacks.py KIND PORT FOLDER."""
from __future__ import annotations

import json
import os
import random
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "protocol" / "python"))
import greffier_client as client  # noqa: E402
import zmq  # noqa: E402
import zmq.auth  # noqa: E402

GREETING = b"\xff" + bytes(8) + b"\x7f\x03\x00CURVE"


def lines(port: int) -> Iterator[socket.socket]:
    """Connections from another address of this host than honest peers have, at most 300 at a time."""
    held: list[socket.socket] = []
    while True:
        if len(held) >= 300:
            for line in held:
                line.close()
            held = []
        line = socket.socket()
        line.bind(("127.0.0.2", 0))
        try:
            line.connect(("127.0.0.1", port))
        except OSError:
            time.sleep(0.02)
            continue
        held.append(line)
        yield line


def say(line: socket.socket, data: bytes) -> None:
    """Sends what can be sent; a connection that the other side ended takes nothing."""
    try:
        line.send(data, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
    except OSError:
        pass


def garbage(line: socket.socket) -> None:
    say(line, random.randbytes(random.randint(1, 4_000)))


def half_open(line: socket.socket) -> None:
    time.sleep(0.001)


def reconnecting(line: socket.socket) -> None:
    say(line, GREETING)
    line.close()


def long_handshake(line: socket.socket) -> None:
    say(line, GREETING + bytes(47) + b"\x06" + (200 << 20).to_bytes(8, "big"))
    for _ in range(200):
        say(line, b"\x01" * 65_536)


def huge_headers() -> list[list[bytes]]:
    return [[client.TAG, b"LIST", b"[" * (16 << 20)]]


def endless() -> list[list[bytes]]:
    return [[b"\x07" * (1 << 20)] * 600]


def forged_leases() -> list[list[bytes]]:
    messages = []
    for number in range(500):
        token = ((1 + number % 3) << 32) + number
        failed = {"token": token, "code": "x", "message": "x", "retry": False}
        done = client.encode("DONE", {"token": token}, b"1", b"2")
        messages.append(client.encode("FAILED", failed) if number % 2 else done)
    return messages


def replays() -> list[list[bytes]]:
    document = b"a document that comes again and again"
    header = client.submit_header(document, "a", "s")
    question = {"ids": [header["id"]]}
    return [client.encode("SUBMIT", header, document), client.encode("OUTCOME", question)] * 100


UNKNOWN: dict[str, Callable[[socket.socket], None]] = {
    "garbage": garbage, "half-open": half_open, "reconnecting": reconnecting, "long-handshake": long_handshake}
WITH_KEY: dict[str, Callable[[], list[list[bytes]]]] = {
    "tiny-messages": lambda: [[b"\x01"]] * 1_000, "huge-headers": huge_headers,
    "never-reading": lambda: [client.encode("LIST", {"limit": 500})] * 100, "endless": endless,
    "forged-leases": forged_leases, "replays": replays}
KINDS = [*UNKNOWN, *WITH_KEY]


def use_key(kind: str, port: int, folder: Path) -> None:
    keys = json.loads((folder / "keys.json").read_text())
    dealer: zmq.Socket[bytes] = zmq.Context().socket(zmq.DEALER)
    dealer.curve_serverkey = keys["broker"].encode()
    dealer.curve_publickey, dealer.curve_secretkey = (key.encode() for key in keys["hostile"])
    if kind == "endless":
        # One is more than ever leaves: a thousand of them keep this host's processors busy, which are the broker's too.
        dealer.sndhwm = 2
    dealer.connect(f"tcp://127.0.0.1:{port}")
    messages = WITH_KEY[kind]()
    while True:
        for message in messages:
            try:
                dealer.send_multipart(message, zmq.DONTWAIT, copy=False)
            except zmq.Again:
                time.sleep(0.005)
        while kind != "never-reading" and dealer.poll(0):
            dealer.recv_multipart()


def main() -> None:
    kind, port, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    # The processor of another host: what honest peers and the broker leave.
    os.nice(19)
    if kind in WITH_KEY:
        use_key(kind, port, folder)
    for line in lines(port):
        UNKNOWN[kind](line)


if __name__ == "__main__":
    main()
