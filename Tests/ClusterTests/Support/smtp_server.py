"""A real SMTP server on a given port, with STARTTLS and AUTH, that keeps each message as a file; ends at SIGTERM.

smtp_server.py PORT FOLDER CERTIFICATE KEY USER PASSWORD REFUSED
"""
import asyncio
import pathlib
import signal
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

port, folder, certificate, key, user, password, refused = sys.argv[1:]


class Handler:
    """Keeps what it is given, whole, under a name of its own."""

    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if not session.ssl or not session.authenticated:
            return "530 5.7.0 encryption and a login are required"
        Handler.count += 1
        partial = pathlib.Path(folder, f"{port}-{Handler.count}.partial")
        partial.write_bytes(envelope.original_content)
        partial.rename(partial.with_suffix(".eml"))
        return "250 2.0.0 kept"


def authenticate(server, session, envelope, mechanism, data):
    expected = (user.encode(), password.encode())
    good = isinstance(data, LoginPassword) and (data.login, data.password) == expected
    return AuthResult(success=good, handled=False)


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()

    def session():
        return SMTP(
            Handler(), loop=loop, hostname="relay.example", tls_context=context, require_starttls=True,
            authenticator=authenticate, auth_required=True)

    await loop.create_server(session, "127.0.0.1", int(port))
    print("listening")
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()


asyncio.run(main())
