"""A real SMTP server for the tests: what it answers is chosen by the recipient's local part.

Events are JSON lines on stdout. Ends when stdin closes, so that it never outlives the test.
"""
import argparse
import asyncio
import json
import ssl
import sys

try:
    from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
except ImportError:
    print(json.dumps({"event": "missing", "module": "aiosmtpd"}), flush=True)
    sys.exit(1)


def tell(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        tell("greeted", name=hostname, tls=session.ssl is not None)
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("sender451"):
            return "451 4.3.0 sender put off"
        if address.startswith("sender550"):
            return "550 5.7.1 sender refused"
        if address.startswith("sender552"):
            return "552 5.3.4 message too big"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        mode = address.split("@")[0]
        if mode == "rcpt-hang":
            await asyncio.sleep(3600)
        if mode == "rcpt-drop":
            server.transport.abort()
            await asyncio.sleep(3600)
        replies = {
            "rcpt-550": "550 5.1.1 no such mailbox",
            "rcpt-451": "451 4.7.1 greylisted",
            "rcpt-421": "421 4.3.2 shutting down",
            "rcpt-552": "552 5.2.2 mailbox full",
        }
        if mode in replies:
            return replies[mode]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mode = envelope.rcpt_tos[0].split("@")[0]
        if mode == "data-drop":
            server.transport.abort()
            await asyncio.sleep(3600)
        if mode == "data-hang":
            await asyncio.sleep(3600)
        if mode == "data-552":
            return "552 5.3.4 message too big"
        if mode == "data-451":
            return "451 4.3.0 disk full"
        content = envelope.original_content
        tell(
            "message",
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            peer=session.peer[1],
            login=session.authenticated,
            content=content.decode("latin-1"),
        )
        if mode == "then-close":
            asyncio.get_running_loop().call_soon(server.transport.close)
        return "250 2.0.0 queued as 4Xq7"


class Refusal(asyncio.Protocol):
    """Greets with a refusal and hangs up."""

    def __init__(self, greeting):
        self.greeting = greeting

    def connection_made(self, transport):
        transport.write(f"{self.greeting}\r\n".encode())
        transport.close()


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and data.login == b"greffier" and data.password == "s\u00e9same 1".encode()
    return AuthResult(success=good, handled=False)


async def main():
    options = argparse.ArgumentParser()
    options.add_argument("--tls", choices=["none", "starttls", "implicit"], default="none")
    options.add_argument("--certificate")
    options.add_argument("--key")
    options.add_argument("--auth", action="store_true")
    options.add_argument("--mechanisms", default="")
    options.add_argument("--greeting", help="refuse every connection with this line")
    options = options.parse_args()
    context = None
    if options.tls != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)
    loop = asyncio.get_running_loop()
    excluded = [name for name in ("PLAIN", "LOGIN") if options.mechanisms and name != options.mechanisms]

    def session():
        tell("connected")
        return SMTP(
            Handler(),
            loop=loop,
            hostname="relay.example",
            tls_context=context if options.tls == "starttls" else None,
            require_starttls=options.tls == "starttls",
            authenticator=authenticate,
            auth_required=options.auth,
            auth_require_tls=False,
            auth_exclude_mechanism=excluded,
        )

    listener = await loop.create_server(
        session if options.greeting is None else lambda: Refusal(options.greeting), "127.0.0.1", 0, ssl=context if options.tls == "implicit" else None
    )
    tell("ready", port=listener.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
