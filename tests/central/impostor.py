"""Servers that are no central: a proxy, a portal, somebody in its place. Each says its bytes, whatever it is asked."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def impostor(said: bytes, context: ssl.SSLContext | None = None, *, hold: float = 0) -> Iterator[str]:
    """The address of a server that says these bytes to every request; `hold`: seconds before it closes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        stop = threading.Event()
        thread = threading.Thread(target=_serve, args=(listening, said, context, stop, hold))
        thread.start()
        try:
            yield f"https://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            stop.set()
            thread.join(20)


def _serve(
    listening: socket.socket, said: bytes, context: ssl.SSLContext | None, stop: threading.Event, hold: float
) -> None:
    while not stop.is_set():
        try:
            plain, _address = listening.accept()
        except TimeoutError:
            continue
        plain.settimeout(1)
        with suppress(OSError), plain:
            stream = context.wrap_socket(plain, server_side=True) if context else plain
            with stream:
                _asked(stream)
                stream.sendall(said)
                if hold:
                    stop.wait(hold)
                if isinstance(stream, ssl.SSLSocket):
                    stream.unwrap()


def _asked(stream: socket.socket) -> None:
    """Read a request to its end: closing on unread bytes would reset what was said."""
    held = b""
    while b"\r\n\r\n" not in held:
        piece = stream.recv(65_536)
        if not piece:
            return
        held += piece
    head, _, body = held.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += stream.recv(65_536)


def page(status: str, body: bytes, kind: str = "text/html", *more: str) -> bytes:
    """An HTTP answer."""
    head = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", *more)
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body
