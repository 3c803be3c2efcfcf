"""A mail server for tests: it speaks SMTP on a port of this machine, keeps what it takes, and can say no."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Mailbox:
    """What the server took."""

    port: int = 0
    turned_away: frozenset[str] = frozenset()
    """Addresses that it does not take."""
    taken: list[tuple[str, bytes]] = field(default_factory=list)


class _Conversation(socketserver.StreamRequestHandler):
    """One connection, in the few commands that a client uses."""

    server: "_Server"

    def handle(self) -> None:
        self._say("220 essai")
        to = ""
        while line := self.rfile.readline():
            command = line.decode().strip()
            verb = command.upper().partition(" ")[0].partition(":")[0]
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "RCPT":
                to = command.partition("<")[2].partition(">")[0]
                self._say("550 no such mailbox" if to in self.server.mailbox.turned_away else "250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                self.server.mailbox.taken.append((to, self._body()))
                self._say("250 taken")
            else:
                self._say("502 unknown" if verb == "STARTTLS" else "250 ok")

    def _body(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        super().__init__(("127.0.0.1", 0), _Conversation)


@contextmanager
def mail_server(*turned_away: str) -> Iterator[Mailbox]:
    """A server that listens until the block ends."""
    mailbox = Mailbox(turned_away=frozenset(turned_away))
    with _Server(mailbox) as server:
        mailbox.port = server.server_address[1]
        listening = threading.Thread(target=server.serve_forever, daemon=True)
        listening.start()
        yield mailbox
        server.shutdown()
        listening.join()
