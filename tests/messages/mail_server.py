"""A mail server for tests: real SMTP on a port of this machine, with TLS and accounts, that can say no and hang up."""

import asyncio
import base64
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"


@dataclass(slots=True)
class Mailbox:
    """What the server took, and how it behaves."""

    port: int = 0
    turned_away: frozenset[str] = frozenset()
    """Addresses that it does not take."""
    cuts_at: str = ""
    """Address whose message it hangs up in the middle of."""
    cuts_after: str = ""
    """Address whose message it takes whole, and hangs up before answering."""
    silent_after: str = ""
    """Address whose message it takes whole, and answers with what is no answer."""
    refuses_senders: bool = False
    account: tuple[str, str] | None = None
    """User and password that it asks for, once the link is encrypted."""
    tls: ssl.SSLContext | None = None
    mechanism: str = "PLAIN"
    """How it asks for the account: PLAIN or LOGIN."""
    implicit: bool = False
    """Encrypted from the first byte, else after STARTTLS."""
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    """Whether each message came through an encrypted link."""


class _Conversation:
    """One connection, in the commands that a client uses."""

    def __init__(self, box: Mailbox, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.box, self.reader, self.writer = box, reader, writer
        self.secret, self.known, self.to, self.over = box.implicit, box.account is None, "", False

    async def run(self) -> None:
        await self._say("220 essai")
        while not self.over and (line := await self.reader.readline()):
            await self._answer(line.decode().strip())
        self.writer.close()

    async def _answer(self, command: str) -> None:
        verb = command.upper().partition(" ")[0].partition(":")[0]
        if verb in ("EHLO", "HELO"):
            await self._say(*self._offered())
        elif verb == "STARTTLS" and self.box.tls:
            await self._say("220 go on")
            await self.writer.start_tls(self.box.tls)
            self.secret = True
        elif verb == "AUTH":
            await self._login(command)
        elif verb in ("MAIL", "RCPT"):
            await self._envelope(verb, command)
        elif verb == "DATA":
            await self._data()
        elif verb == "QUIT":
            self.over = True
            await self._say("221 bye")
        else:
            await self._say("502 unknown" if verb == "STARTTLS" else "250 ok")

    def _offered(self) -> list[str]:
        more = ["STARTTLS"] if self.box.tls and not self.secret else []
        more += [f"AUTH {self.box.mechanism}"] if self.box.account and self.secret else []
        told = ["essai", *more]
        return [f"250{'-' if place < len(told) - 1 else ' '}{word}" for place, word in enumerate(told)]

    async def _login(self, command: str) -> None:
        told = base64.b64decode(command.split()[2]).decode()
        if self.box.mechanism == "LOGIN":
            await self._say("334 UGFzc3dvcmQ6")
            user, password = told, base64.b64decode(await self.reader.readline()).decode()
        else:
            _empty, user, password = told.split("\0")
        self.known = (user, password) == self.box.account
        await self._say("235 welcome" if self.known else "535 who are you")

    async def _envelope(self, verb: str, command: str) -> None:
        address = command.partition("<")[2].partition(">")[0]
        if not self.known:
            await self._say("530 log in first")
        elif verb == "MAIL":
            await self._say("553 not from you" if self.box.refuses_senders else "250 ok")
        else:
            self.to = address
            await self._say("550 no such mailbox" if address in self.box.turned_away else "250 ok")

    async def _data(self) -> None:
        await self._say("354 go on")
        lines: list[bytes] = []
        while (line := await self.reader.readline()) not in (b".\r\n", b""):
            if self.to == self.box.cuts_at:
                self.over = True
                self.writer.transport.abort()
                return
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.box.taken.append((self.to, b"".join(lines)))
        self.box.encrypted.append(self.secret)
        if self.to == self.box.cuts_after:
            self.over = True
            self.writer.transport.abort()
            return
        if self.to == self.box.silent_after:
            await self._say("??")
            return
        await self._say("250 taken")

    async def _say(self, *lines: str) -> None:
        self.writer.write("".join(f"{line}\r\n" for line in lines).encode())
        await self.writer.drain()


async def _served(box: Mailbox, ready: threading.Event, stop: asyncio.Event) -> None:
    """Listen until told to stop."""

    async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _Conversation(box, reader, writer).run()
        except (OSError, asyncio.IncompleteReadError):
            writer.close()

    server = await asyncio.start_server(met, HOST, 0, ssl=box.tls if box.implicit else None)
    box.port = server.sockets[0].getsockname()[1]
    ready.set()
    await stop.wait()
    server.close()


@contextmanager
def serving(box: Mailbox) -> Iterator[Mailbox]:
    """A server that listens until the block ends."""
    loop, ready, stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    listening = threading.Thread(target=lambda: loop.run_until_complete(_served(box, ready, stop)))
    listening.start()
    ready.wait()
    try:
        yield box
    finally:
        loop.call_soon_threadsafe(stop.set)
        listening.join()
        loop.run_until_complete(_left(loop))
        loop.close()


async def _left(loop: asyncio.AbstractEventLoop) -> None:
    """Conversations that a client left in the middle end here."""
    others = [task for task in asyncio.all_tasks(loop) if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def mail_server(*turned_away: str) -> Iterator[Mailbox]:
    """A server without encryption nor accounts."""
    with serving(Mailbox(turned_away=frozenset(turned_away))) as box:
        yield box


def certified(folder: Path, at: datetime) -> tuple[ssl.SSLContext, Path]:
    """What a server shows, signed by itself, and the same as an authority to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "essai")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    authority, secret = folder / "autorite.pem", folder / "serveur.pem"
    authority.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    secret.write_bytes(private + authority.read_bytes())
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(secret)
    return context, authority
