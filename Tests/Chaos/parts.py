"""What a run is made of: programs that are started again whenever they end, a relay before the broker, a mail server."""
import asyncio
import json
import os
import pathlib
import signal
import subprocess

from aiosmtpd.smtp import SMTP


class Program:
    """One program of the cluster, kept running; what it writes lands in a log of its own."""

    def __init__(self, run, label, name, configuration):
        self.run, self.label, self.name, self.configuration = run, label, name, configuration
        self.child = None
        self.starts = 0
        self.wanted = True

    async def keep(self):
        """Starts it again a moment after each end."""
        while self.wanted:
            self.starts += 1
            with open(self.run.folder / f"{self.label}.log", "ab") as log:
                self.child = await asyncio.create_subprocess_exec(
                    str(self.run.programs / self.name), "--config", str(self.configuration), "--now", self.run.now(),
                    stdout=log, stderr=log)
            await self.child.wait()
            if self.wanted:
                await asyncio.sleep(self.run.chance.uniform(0.02, 0.3))

    def signal(self, number):
        """Sends a signal, if it runs."""
        if self.child and self.child.returncode is None:
            try:
                self.child.send_signal(number)
            except ProcessLookupError:
                pass

    async def stop(self):
        """Ends it for good."""
        self.wanted = False
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.child.wait(), 30)
        except asyncio.TimeoutError:
            self.signal(signal.SIGKILL)
            raise RuntimeError(f"{self.label} does not end within 30 s of SIGTERM")


class Relay:
    """A relay between the workers and the broker that can be cut or held up."""

    def __init__(self, port, target):
        self.port, self.target = port, target
        self.writers = set()
        self.open = asyncio.Event()
        self.open.set()
        self.refuses = False

    async def start(self):
        self.server = await asyncio.start_server(self._connect, "127.0.0.1", self.port)

    def cut(self):
        """Ends every connection in the middle of whatever it carries."""
        for writer in list(self.writers):
            writer.transport.abort()

    async def _connect(self, reader, writer):
        if self.refuses:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        self.writers |= {writer, back}
        await asyncio.gather(self._pass(reader, back), self._pass(there, writer))
        for one in (writer, back):
            one.transport.abort()
            self.writers.discard(one)

    async def _pass(self, reader, writer):
        try:
            while data := await reader.read(65_536):
                await self.open.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.transport.abort()


class MailServer:
    """Writes down each mail that it takes before it says so; can be away, refuse for a while, or forget to answer."""

    def __init__(self, port, path):
        self.port, self.path = port, path
        self.mode = "takes"
        self.server = None

    async def start(self):
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(
            lambda: SMTP(self, loop=loop, hostname="relay.example"), "127.0.0.1", self.port)

    async def stop(self):
        self.server.close()
        await self.server.wait_closed()

    async def handle_DATA(self, server, session, envelope):
        if self.mode == "refuses":
            return "451 4.3.0 try again later"
        with open(self.path, "a") as mails:
            taken = {"recipients": envelope.rcpt_tos, "content": envelope.original_content.decode()}
            mails.write(json.dumps(taken) + "\n")
            mails.flush()
            os.fsync(mails.fileno())
        if self.mode == "forgets":
            server.transport.abort()
        return "250 2.0.0 kept"


class Pusher:
    """`greffier push` over a folder of files, started again until everything has its receipt."""

    def __init__(self, run, number, files):
        self.run, self.number, self.files = run, number, files
        self.child = None
        self.starts = 0

    async def push(self):
        receipts = self.run.folder / "receipts"
        for start in range(0, len(self.files), 40):
            chunk = self.files[start:start + 40]
            for archive in (False, True):
                paths = [str(path) for path, is_archive in chunk if is_archive == archive]
                while paths and not await self._once(paths, archive, receipts / f"{self.number}-{self.starts}.jsonl"):
                    await asyncio.sleep(0.1)

    async def _once(self, paths, archive, receipts):
        self.starts += 1
        with open(receipts, "wb") as output, open(self.run.folder / f"pusher-{self.number}.log", "ab") as log:
            self.child = await asyncio.create_subprocess_exec(
                str(self.run.programs / "greffier"), "push", "--json", "--config", str(self.run.worker_configuration),
                "--source", f"source-{self.number}", *(["--archive"] if archive else []), *paths,
                stdout=output, stderr=log)
            return await self.child.wait() == 0

    def signal(self, number):
        if self.child and self.child.returncode is None:
            try:
                self.child.send_signal(number)
            except ProcessLookupError:
                pass


def free_ports(count):
    """Ports that nobody listens on at the moment."""
    import socket
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def build_folder(programs):
    """Where the built programs lie, or an error that says how to build them."""
    folder = pathlib.Path(programs)
    missing = [name for name in ("greffier", "greffier-broker", "greffier-ingest", "greffier-validate", "greffier-notify")
               if not os.access(folder / name, os.X_OK)]
    if missing:
        raise SystemExit(f"{folder} has no {missing[0]}: run `swift build` first, or give --programs FOLDER")
    return folder.resolve()


def version(programs):
    """What the programs call themselves."""
    return subprocess.run([programs / "greffier", "--version"], capture_output=True, text=True).stdout.strip()
