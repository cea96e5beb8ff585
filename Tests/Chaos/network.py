"""The faults of the network and of the mail server: a TCP relay that cuts, stalls and says nothing; an SMTP server."""
from __future__ import annotations

import asyncio
import contextlib
import email
import email.policy
import json
import threading
import time
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class Relay:
    """Hands bytes on between a port and the broker's, until told otherwise."""

    def __init__(self, target: int) -> None:
        self.target, self.mode = target, "open"
        self.writers: set[asyncio.StreamWriter] = set()

    async def serve(self) -> int:
        """Begins to listen; the port."""
        self.server = await asyncio.start_server(self.connected, "127.0.0.1", 0)
        return int(self.server.sockets[0].getsockname()[1])

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.add(writer)
        far: asyncio.StreamWriter | None = None
        with contextlib.suppress(OSError):
            if self.mode == "half-open":
                while self.mode == "half-open":
                    await asyncio.sleep(0.05)
            else:
                back, far = await asyncio.open_connection("127.0.0.1", self.target)
                self.writers.add(far)
                await asyncio.gather(self.pump(reader, far), self.pump(back, writer))
        for one in (writer, far):
            if one is not None:
                self.writers.discard(one)
                one.close()

    async def pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65_536):
                while self.mode == "stall":
                    await asyncio.sleep(0.02)
                writer.write(data)
                await writer.drain()
        writer.close()

    def cut(self) -> None:
        """Ends every connection at once, in the middle of whatever it says."""
        for writer in list(self.writers):
            writer.transport.abort()


class MailServer:
    """Writes down each mail that it takes, before it answers; may refuse for now, or cut the line instead of answering."""

    def __init__(self, journal: Path) -> None:
        self.journal, self.mode = journal, "up"
        self.folder: Path | None = None
        self.count = 0

    async def serve(self, port: int = 0) -> int:
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(lambda: SMTP(self, loop=loop, hostname="relay.example"), "127.0.0.1", port)
        return int(self.server.sockets[0].getsockname()[1])

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if self.mode == "refusing":
            return "451 4.3.0 come back later"
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        is_cut = self.mode == "cutting"
        if self.folder is not None:
            self.count += 1
            (self.folder / f"{self.count}{'-cut' if is_cut else ''}.eml").write_bytes(envelope.original_content)
        line = {
            "at": time.time(), "id": message["message-id"], "to": envelope.rcpt_tos, "subject": message["subject"],
            "isCut": is_cut,
        }
        with open(self.journal, "a", encoding="utf-8") as journal:
            journal.write(json.dumps(line) + "\n")
        if is_cut:
            server.transport.abort()
        return "250 2.0.0 kept"


class Network:
    """Both, on a thread of their own."""

    def __init__(self, broker: int, journal: Path) -> None:
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.relay, self.mail = Relay(broker), MailServer(journal)
        self.relay_port = self.run(self.relay.serve())
        self.mail_port = self.run(self.mail.serve())

    def run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    def cut(self) -> None:
        self.loop.call_soon_threadsafe(self.relay.cut)

    def mail_down(self) -> None:
        self.loop.call_soon_threadsafe(self.mail.server.close)

    def mail_up(self) -> None:
        self.run(self.mail.serve(self.mail_port))
