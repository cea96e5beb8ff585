"""The client against a real broker: GREFFIER_BROKER=/path/to/greffier-broker pytest test_client.py"""
from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zmq

import greffier_client as client
from test_vectors import frames, load

BROKER = os.environ.get("GREFFIER_BROKER")
HERE = Path(__file__).resolve().parent
needs_broker = pytest.mark.skipif(
    not BROKER, reason="GREFFIER_BROKER is not set: give the path of a greffier-broker to test against")


@contextlib.contextmanager
def running(folder: Path, endpoint: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A broker on a folder, until the block ends."""
    # The broker takes every variable of this prefix for a key of its configuration.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GREFFIER_")}
    command = [str(BROKER), "--data", str(folder / "data"), "--endpoint", endpoint, *options]
    with open(folder / "broker.log", "ab") as log:
        broker = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        yield broker
    finally:
        assert broker.poll() is None, (folder / "broker.log").read_text("utf-8")
        broker.send_signal(signal.SIGTERM)
        try:
            broker.wait(20)
        except subprocess.TimeoutExpired:
            broker.kill()
            broker.wait()


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder with a path short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="greffier") as path:
        yield Path(path)


@pytest.fixture
def endpoint(folder: Path) -> str:
    """An endpoint that nobody listens at."""
    return f"ipc://{folder}/b.ipc"


@pytest.fixture
def broker(folder: Path, endpoint: str) -> Iterator[str]:
    """The endpoint of a broker that runs."""
    with running(folder, endpoint):
        yield endpoint


@needs_broker
def test_encrypted(folder: Path) -> None:
    """Over TCP with keys: who is on the list is served, who is not or speaks in clear is not."""
    import zmq.auth
    for name in ("broker", "own", "stranger"):
        zmq.auth.create_certificates(folder, name)
        (folder / f"{name}.key_secret").chmod(0o600)
    key = {name: zmq.auth.load_certificate(folder / f"{name}.key")[0].decode() for name in ("broker", "own")}
    (folder / "keys.list").write_text(f"scripts push {key['own']}\n")
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    endpoint = f"tcp://127.0.0.1:{port}"
    (folder / "greffier.yaml").write_text(
        "keys:\n  brokerPair: broker.key_secret\n  list: keys.list\n")
    document = folder / "a.txt"
    document.write_text("Délibération")

    def push(*options: str) -> int:
        return client.main(["--endpoint", endpoint, *options, "push", "--unreachable", "3", str(document)])

    def own(name: str) -> list[str]:
        return ["--key", str(folder / f"{name}.key_secret"), "--broker-key", key["broker"]]

    with running(folder, endpoint, "--config", str(folder / "greffier.yaml")):
        assert push(*own("own")) == client.OK
        assert push(*own("stranger")) == client.UNREACHABLE
        assert push() == client.UNREACHABLE
    (folder / "own.key_secret").chmod(0o644)
    assert push(*own("own")) == client.USAGE
    assert client.main(["--endpoint", "tcp://192.0.2.1:5555", "push", str(document)]) == client.USAGE


class Peer:
    """A raw peer: sends frames, receives messages."""

    def __init__(self, endpoint: str) -> None:
        self.dealer: zmq.Socket[bytes] = zmq.Context.instance().socket(zmq.DEALER)
        self.dealer.linger = 0
        self.dealer.connect(endpoint)

    def say(self, verb: str, header: client.Header, *payload: bytes) -> None:
        self.dealer.send_multipart(client.encode(verb, header, *payload))

    def hear(self, *verbs: str) -> tuple[str, client.Header, list[bytes]]:
        """The next message of one of these verbs, within a bounded time."""
        while self.dealer.poll(20_000):
            said = client.decode(self.dealer.recv_multipart())
            if said[0] in verbs:
                return said
        raise AssertionError(f"none of {verbs} was said")

    def ask(self, verb: str, header: client.Header, *payload: bytes) -> tuple[str, client.Header]:
        self.say(verb, header, *payload)
        answer = self.hear("ACCEPTED", "KNOWN", "BUSY", "REFUSED", "OUTCOME", "STATUS", "LIST", "SHOW")
        return answer[0], answer[1]


def work(endpoint: str, stage: str, refuse: bool = False) -> None:
    """Does one job of a stage, as a worker that knows nothing."""
    peer = Peer(endpoint)
    ready = {"stage": stage, "credit": 1, "program": "test", "version": "1", "host": "here", "process": hash(stage) % 9999}
    peer.say("READY", ready | ({"register": "r"} if stage == "notify" else {}))
    _, job, payload = peer.hear("JOB")
    assert (job["stage"], len(payload)) == (stage, {"ingest": 1, "validate": 2, "notify": 3}[stage])
    if refuse:
        peer.say("FAILED", {"token": job["token"], "code": "not-a-deliberation", "message": "no vote", "retry": False})
    else:
        peer.say("DONE", {"token": job["token"]}, *{"ingest": [b"{}", b"text"], "validate": [b"{}"], "notify": []}[stage])
    peer.say("BYE", {})
    assert peer.ask("STATUS", {})[0] == "STATUS"  # so that all was heard before the connection goes


def push(endpoint: str, *arguments: str, timeout: float = 60) -> tuple[int, list[dict[str, Any]]]:
    """Runs the client's command line; its exit code and lines."""
    command = [sys.executable, str(HERE / "greffier_client.py"), "--endpoint", endpoint, "push", *arguments]
    ended = subprocess.run(command, capture_output=True, timeout=timeout, check=False)
    return ended.returncode, [json.loads(line) for line in ended.stdout.splitlines()]


def test_nobody_answers(endpoint: str) -> None:
    code, lines = push(endpoint, "--unreachable", "0.5", str(HERE / "test_client.py"))
    assert code == client.UNREACHABLE
    assert lines[0]["outcome"] == "unreachable"


def test_bad_usage(endpoint: str) -> None:
    assert push(endpoint, "/no/such/file")[0] == client.USAGE
    assert push(endpoint, "--no-such-option")[0] == client.USAGE


class FakeBroker(threading.Thread):
    """A ROUTER that gives the answers of a script: None is silence, a pair is a verb and more members."""

    def __init__(self, endpoint: str, script: list[tuple[str, client.Header] | None]) -> None:
        super().__init__(daemon=True)
        self.router: zmq.Socket[bytes] = zmq.Context.instance().socket(zmq.ROUTER)
        self.router.linger = 1000
        self.router.bind(endpoint)
        self.script, self.heard = script, []

    def run(self) -> None:
        for answer in self.script:
            if not self.router.poll(20_000):
                break
            peer, *message = self.router.recv_multipart()
            verb, header, _ = client.decode(message)
            self.heard.append(verb)
            if answer:
                more = {"request": header["request"], "id": header.get("id") or header["ids"][0]}
                self.router.send_multipart([peer, *client.encode(answer[0], answer[1] | more)])
        self.router.close()


def test_no_answer_is_asked_again_busy_is_obeyed_and_the_outcome_is_waited_for(endpoint: str) -> None:
    ended = {"state": "registered", "stage": "notify", "generation": 1, "since": 1}
    broker = FakeBroker(endpoint, [
        None, ("BUSY", {"reason": "full", "retryAfterMilliseconds": 10}),
        ("REFUSED", {"code": "store-failing", "message": "the disk does not answer"}), ("ACCEPTED", {"generation": 1}),
        ("OUTCOME", ended | {"state": "leased"}), ("BUSY", {"reason": "questions", "retryAfterMilliseconds": 10}),
        ("OUTCOME", ended)])
    broker.start()
    pusher = client.Pusher(endpoint, answer_seconds=0.5)
    code, said = pusher.push(b"x", client.submit_header(b"x", "x.txt", "test"), wait=True)
    pusher.close()
    broker.join(20)
    assert (code, said["state"]) == (client.OK, "registered")
    assert broker.heard == ["SUBMIT"] * 4 + ["OUTCOME"] * 3


def test_busy_past_the_deadline(endpoint: str, folder: Path) -> None:
    broker = FakeBroker(endpoint, [("BUSY", {"reason": "full", "retryAfterMilliseconds": 60_000})])
    broker.start()
    (folder / "x").write_bytes(b"x")
    code, lines = push(endpoint, "--deadline", "1", str(folder / "x"))
    broker.join(20)
    assert (code, lines[0]["outcome"]) == (client.BUSY, "busy")


@needs_broker
def test_a_document_is_accepted_once_and_known_after_a_restart(folder: Path, endpoint: str) -> None:
    (folder / "a.txt").write_text("Extrait fictif", "utf-8")
    with running(folder, endpoint):
        assert push(endpoint, str(folder / "a.txt"))[1][0]["outcome"] == "accepted"
    with running(folder, endpoint):
        code, lines = push(endpoint, str(folder / "a.txt"))
    assert code == client.OK
    assert (lines[0]["outcome"], lines[0]["state"]) == ("known", "waiting")
    assert lines[0]["id"] == hashlib.sha256("Extrait fictif".encode()).hexdigest()


@needs_broker
def test_of_several_brokers_one_that_lives_is_found(broker: str, folder: Path) -> None:
    document = folder / "document.txt"
    document.write_bytes(b"of several brokers")
    code, lines = push(f"ipc://{folder}/nobody.ipc,{broker}", str(document))
    assert (code, [line["outcome"] for line in lines]) == (client.OK, ["accepted"])


@needs_broker
def test_a_document_is_followed_through_three_stages_to_its_end(broker: str, folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"one")
    workers = [threading.Thread(target=work, args=(broker, stage)) for stage in ("ingest", "validate", "notify")]
    for worker in workers:
        worker.start()
    code, lines = push(broker, "--wait", str(folder / "a.txt"))
    for worker in workers:
        worker.join(30)
    assert (code, lines[0]["state"]) == (client.OK, "registered")
    _, history = Peer(broker).ask("SHOW", {"id": lines[0]["id"], "request": 1})
    assert history["document"]["state"] == "registered"
    assert [entry["what"] for entry in history["history"]] == ["accepted", "done", "done", "done"]


@needs_broker
def test_a_refused_document_is_exit_code_3_and_starts_again_when_asked(broker: str, folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"two")
    worker = threading.Thread(target=work, args=(broker, "ingest", True))
    worker.start()
    code, lines = push(broker, "--wait", str(folder / "a.txt"))
    worker.join(30)
    assert (code, lines[0]["state"], lines[0]["code"]) == (client.REFUSED, "refused", "not-a-deliberation")
    assert push(broker, str(folder / "a.txt"))[1][0]["outcome"] == "known"
    code, lines = push(broker, "--again", str(folder / "a.txt"))
    assert (code, lines[0]["outcome"], lines[0]["generation"]) == (client.OK, "accepted", 2)


@needs_broker
def test_what_is_not_the_document_that_the_header_says_is_refused(broker: str, folder: Path) -> None:
    (folder / "empty").write_bytes(b"")
    code, lines = push(broker, str(folder / "empty"))
    assert (code, lines[0]["code"]) == (client.REFUSED, "empty")
    header = client.submit_header(b"abc", "a", "s")
    peer = Peer(broker)
    assert peer.ask("SUBMIT", header, b"abcd")[1]["code"] == "wrong-size"
    assert peer.ask("SUBMIT", header, b"abd")[1]["code"] == "wrong-digest"
    assert peer.ask("SHOW", {"id": header["id"]})[1]["code"] == "unknown-document"
    assert peer.ask("DONE", {"token": 1})[1]["code"] == "stale-token"
    assert peer.ask("HEARTBEAT", {})[1]["code"] == "not-ready"


@needs_broker
def test_operators_hold_release_and_drop(broker: str) -> None:
    header, peer = client.submit_header(b"three", "a", "s"), Peer(broker)
    assert peer.ask("SUBMIT", header, b"three")[0] == "ACCEPTED"
    act = {"id": header["id"], "by": "test"}
    for verb, state in [("HOLD", "held"), ("RELEASE", "waiting"), ("DROP", "dropped"), ("RETRY", "waiting")]:
        assert peer.ask(verb, act)[1]["state"] == state
    assert peer.ask("RELEASE", act)[1]["code"] == "wrong-state"
    assert peer.ask("PAUSE", {"stage": "ingest", "by": "test"})[1]["paused"] == ["ingest"]
    assert peer.ask("RESUME", {"stage": "ingest", "by": "test"})[1]["paused"] == []
    assert [d["id"] for d in peer.ask("LIST", {"state": "waiting"})[1]["documents"]] == [header["id"]]


@needs_broker
def test_the_broker_refuses_every_invalid_vector_under_its_code_and_lives_on(broker: str) -> None:
    peer = Peer(broker)
    for case in (parameter.values[0] for parameter in load("invalid")):
        if case["to"] != "broker" or not case["frames"]:
            continue
        peer.dealer.send_multipart(frames(case))
        assert (case["name"], peer.hear("REFUSED")[1]["code"]) == (case["name"], case["code"])
    assert peer.ask("STATUS", {"request": 9})[1]["request"] == 9
