"""The desk's side of the network: whatever answers, an answer is an answer and anything else a trouble in words."""

import gzip
import select
import socket
import ssl
import struct
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import httpcore
import pytest

from counter_app.central.authority import Authority, make_authority, renew
from counter_app.sync import names
from counter_app.sync.codec import encode
from counter_app.sync.enrolment import Turned
from counter_app.sync.https import HttpsCentral, certificate_end
from counter_app.sync.transport import Trouble, TroubleKind
from counter_app.sync.wire import MOST_BYTES, Pull, PullAnswer, Wait, WaitAnswer
from tests.central.impostor import impostor, page

JSON = "application/json"
ANSWER = encode(PullAnswer(()))
HTML = b"<html><title>Acces</title></html>"
TURNED = encode(Turned("token", "Ce poste n’est pas reconnu."))


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("autorite"), "nord", (), datetime.now(UTC))


def asked(url: str, authority: Authority, patience: float = 10) -> object:
    """What comes of a question."""
    with closing(HttpsCentral(url, authority.roots, monotonic, "jeton")) as central:
        return central.ask(Pull({}), patience)


def trouble(found: object) -> Trouble:
    assert isinstance(found, Trouble), found
    assert found.sentence.endswith((".", "!", "?"))
    return found


def test_an_answer_is_an_answer(authority: Authority) -> None:
    with impostor(page("200 OK", ANSWER, JSON), authority.context()) as url:
        assert asked(url, authority) == PullAnswer(())


@pytest.mark.parametrize(
    ("said", "kind", "word", "retry_after"),
    [
        (page("200 OK", HTML), TroubleKind.LATER, "json", None),
        (page("404 Not Found", HTML), TroubleKind.LATER, "json", None),
        (page("400 Bad Request", b"bad"), TroubleKind.LATER, "json", None),
        (page("401 Unauthorized", HTML), TroubleKind.LATER, "json", None),
        (page("403 Forbidden", HTML), TroubleKind.LATER, "json", None),
        (page("407 Proxy Authentication Required", HTML), TroubleKind.LATER, "json", None),
        (page("302 Found", b"", "text/html", "Location: https://portail.example/"), TroubleKind.LATER, "json", None),
        (page("200 OK", b"{}", JSON), TroubleKind.LATER, "form", None),
        (page("200 OK", ANSWER[:-1], JSON), TroubleKind.LATER, "json", None),
        (
            page("200 OK", gzip.compress(ANSWER)[:-4], JSON, "Content-Encoding: gzip"),
            TroubleKind.LATER,
            "encoding",
            None,
        ),
        (page("200 OK", ANSWER, JSON, "Content-Encoding: br"), TroubleKind.LATER, "encoding", None),
        (
            page("200 OK", gzip.compress(b" " * (MOST_BYTES + 1)), JSON, "Content-Encoding: gzip"),
            *(TroubleKind.LATER, "too_large", None),
        ),
        (page("503 Busy", HTML, "text/html", "Retry-After: 30"), TroubleKind.LATER, "json", 30),
        (page("503 Busy", HTML, "text/html", "Retry-After: Fri, 31 Dec 2027"), TroubleKind.LATER, "json", None),
        (page("401 Unauthorized", TURNED, JSON), TroubleKind.UNAUTHORISED, "token", None),
        (page("200 OK", TURNED, JSON), TroubleKind.LATER, "form", None),
        (page("503 Busy", TURNED, JSON), TroubleKind.LATER, "token", None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", TroubleKind.UNREACHABLE, "cut", None),
        (b"", TroubleKind.UNREACHABLE, "cut", None),
        (b"SSH-2.0-OpenSSH\r\n", TroubleKind.UNREACHABLE, "cut", None),
    ],
)
def test_anything_else_is_a_trouble_in_words(
    authority: Authority, said: bytes, kind: TroubleKind, word: str, retry_after: float | None
) -> None:
    with impostor(said, authority.context()) as url:
        found = trouble(asked(url, authority))
    assert (found.kind, found.word, found.retry_after) == (kind, word, retry_after)


def test_a_body_without_end_is_left(authority: Authority) -> None:
    said = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b" " * (MOST_BYTES + 1)
    with impostor(said, authority.context()) as url:
        found = trouble(asked(url, authority))
    assert (found.kind, found.word) == (TroubleKind.LATER, "too long")


def test_an_answer_that_drips_is_left_in_the_end(authority: Authority) -> None:
    with impostor(page("200 OK", ANSWER, JSON), authority.context()) as url:
        moments = iter((0.0, *(1_000.0,) * 10))
        with closing(HttpsCentral(url, authority.roots, lambda: next(moments), "jeton")) as central:
            found = trouble(central.ask(Pull({})))
    assert (found.kind, found.word) == (TroubleKind.LATER, "too long")


def test_silence_is_given_up(authority: Authority) -> None:
    with impostor(b"", authority.context(), hold=5) as url:
        found = trouble(asked(url, authority, 0.2))
    assert (found.kind, found.word) == (TroubleKind.UNREACHABLE, "timeout")


def test_a_name_whose_look_up_hangs_is_given_up(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "LOOK_UP", ("tail", "-f", "/dev/null"))
    began = monotonic()
    found = trouble(asked("https://localhost:9", authority, 0.2))
    assert (found.kind, found.word) == (TroubleKind.UNREACHABLE, "timeout")
    assert monotonic() - began < 20


@pytest.mark.parametrize("program", [("getent", "ahosts"), ("no-such-program",)])
def test_a_name_that_is_found_is_asked(
    authority: Authority, program: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "LOOK_UP", program)
    assert trouble(asked("https://localhost:9", authority, 5)).word == "refused"


def test_somebody_in_the_place_of_the_central_is_told_nothing(authority: Authority, tmp_path: Path) -> None:
    other = make_authority(tmp_path / "autre", "nord", (), datetime.now(UTC))
    with impostor(page("200 OK", ANSWER, JSON), other.context()) as url:
        found = trouble(asked(url, authority))
    assert (found.kind, found.word) == (TroubleKind.UNREACHABLE, "certificate")
    assert "Rien ne lui a été envoyé" in found.sentence


def test_a_certificate_that_has_ended_is_told_with_the_clock(tmp_path: Path) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    authority = make_authority(tmp_path / "autorite", "nord", (), long_ago)
    with impostor(page("200 OK", ANSWER, JSON), authority.context()) as url:
        found = trouble(asked(url, authority))
        assert found.word == "certificate_dates"
        assert "horloge" in found.sentence
    renewed = renew(authority, (), datetime.now(UTC))
    with impostor(page("200 OK", ANSWER, JSON), renewed.context()) as url:
        assert asked(url, authority) == PullAnswer(())


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("https://127.0.0.1:9", "refused"),
        ("https://central.invalid", "name"),
        ("http://[::1", "address"),
        ("ftp://127.0.0.1", "address"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(authority: Authority, url: str, word: str) -> None:
    found = trouble(asked(url, authority, 2))
    assert found.kind is TroubleKind.UNREACHABLE
    assert found.word == word


def test_what_does_not_speak_tls_is_told(authority: Authority) -> None:
    with impostor(page("400 Bad Request", HTML)) as url:
        assert trouble(asked(url, authority)).word == "tls"


def test_a_name_that_is_not_in_the_certificate_is_told(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    found = socket.getaddrinfo

    def lead(host: str, *more: object, **named: object) -> object:
        return found("127.0.0.1" if host == "ailleurs.example" else host, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", lead)
    with impostor(page("200 OK", ANSWER, JSON), authority.context()) as url:
        elsewhere = url.replace("127.0.0.1", "ailleurs.example")
        assert trouble(asked(elsewhere, authority)).word == "certificate_name"


def test_a_closed_way_answers_nothing_more(authority: Authority) -> None:
    central = HttpsCentral("https://127.0.0.1:9", authority.roots, monotonic)
    central.close()
    found = trouble_kind(central.ask(Wait(0)))
    assert found is TroubleKind.CLOSED


def trouble_kind(found: object) -> TroubleKind:
    assert isinstance(found, Trouble)
    return found.kind


def test_a_connection_that_the_server_let_go_is_opened_anew(authority: Authority) -> None:
    said = encode(WaitAnswer(1))
    with (
        impostor(page("200 OK", said, JSON).replace(b"Connection: close\r\n", b""), authority.context()) as url,
        closing(HttpsCentral(url, authority.roots, monotonic)) as central,
    ):
        assert [central.ask(Wait(0, 0)) for _ in range(3)] == [WaitAnswer(1)] * 3


def test_damaged_roots_are_a_breakage_at_once() -> None:
    with pytest.raises(ssl.SSLError):
        HttpsCentral("https://127.0.0.1", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", monotonic)


class Held(httpcore.NetworkStream):
    """What httpcore holds of a line."""

    def __init__(self, line: ssl.SSLSocket) -> None:
        self.line = line

    def close(self) -> None:
        self.line.close()


def test_a_line_reset_before_it_is_secured_is_closed_and_not_left_to_the_collector() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = socket.create_connection(server.getsockname())
        there, _address = server.accept()
        there.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        there.close()
        waiting = select.poll()
        waiting.register(line, select.POLLERR | select.POLLHUP)
        assert waiting.poll(5_000), "the reset has come"
        line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        secured = ssl.create_default_context().wrap_socket(line, server_hostname="localhost")
        with pytest.raises(OSError, match="not connected"):
            certificate_end(Held(secured), secured)
        assert secured.fileno() == -1
