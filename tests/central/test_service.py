"""The service on the open network: whatever is sent is answered in words, harms nobody, and writes nothing."""

import gzip
import json
import random
import socket
import ssl
import string
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

import httpx
import pytest
import sqlalchemy as sa

from counter_app.central import serving as serving_module
from counter_app.central.bodies import SHORT
from counter_app.central.entrance import MOST_MISSES
from counter_app.central.ledger import Ledger
from counter_app.central.sites import init, open_central
from counter_app.central.tables import act, set_aside
from counter_app.central.tokens import revoke
from counter_app.sync.codec import encode
from counter_app.sync.enrolment import Enrol, Renew, proof
from counter_app.sync.https import HttpsCentral
from counter_app.sync.outcomes import TOLD_BEFORE, endings
from counter_app.sync.transport import Trouble, TroubleKind
from counter_app.sync.wire import (
    MOST_BYTES,
    Hello,
    HelloAnswer,
    Look,
    Pull,
    PullAnswer,
    Push,
    PushAnswer,
    PushStatus,
    Wait,
    WaitAnswer,
)
from tests.central.desks import EIGHT, Desk, enrolled
from tests.central.live import Live, live
from tests.homes import Clock

AT_ONCE = 50
"""Connections that speak side by side."""
ASKED = ("hello", "push", "pull", "probe", "look", "wait")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One service for hostile peers: none of them may harm it for the next."""
    folder = tmp_path_factory.mktemp("centrale")
    url = f"sqlite:///{folder / 'centrale.db'}"
    init(url, "nord", training=False, clock=Clock(EIGHT))
    with closing_engine(url) as engine, live(engine, folder / "autorite", Clock(EIGHT)) as service:
        yield service


class closing_engine:  # noqa: N801 - reads as `closing`
    def __init__(self, url: str) -> None:
        self.engine = open_central(url)

    def __enter__(self) -> sa.Engine:
        return self.engine

    def __exit__(self, *_error: object) -> None:
        self.engine.dispose()


@pytest.fixture
def anybody(service: Live) -> Iterator[httpx.Client]:
    with service.raw() as client:
        yield client


@pytest.fixture(scope="module")
def desk(service: Live) -> Desk:
    desk = Desk("Guichet 1")
    enrolled(service.engine, desk)
    return desk


@pytest.fixture
def token(service: Live, desk: Desk) -> dict[str, str]:
    return {"Authorization": f"Bearer {service.token(desk.session)}", "Content-Type": "application/json"}


def turned_down(answer: httpx.Response, status: int, code: str) -> None:
    """Answered in words: a status, a stable word, a French sentence, and nothing of what was sent."""
    assert answer.status_code == status, answer.text
    told = answer.json()
    assert set(told) == {"code", "sentence"}
    assert told["code"] == code
    assert told["sentence"].endswith(".")


def healthy(service: Live) -> bool:
    with service.raw() as client:
        return bool(client.get("/health").status_code == 200)


def rows(service: Live) -> tuple[int, int]:
    with service.engine.connect() as connection:
        counts = (sa.select(sa.func.count()).select_from(table) for table in (act, set_aside))
        kept, apart = (connection.execute(count).scalar_one() for count in counts)
        return kept, apart


@pytest.mark.parametrize("path", ASKED)
@pytest.mark.parametrize(
    "shown",
    [
        *("", "Bearer", "Basic bm9yZDpub3Jk", "Bearer nord.x.y", "Bearer ..", "Bearer nord.000000000000.a"),
        *("Bearer " + "a" * 2_000, "Bearer nord.\x7f.z", "Bearer nord'--.x.y"),
    ],
)
def test_a_desk_without_a_good_token_is_not_answered(anybody: httpx.Client, path: str, shown: str) -> None:
    turned_down(anybody.post(f"/v1/{path}", headers={"Authorization": shown}), 401, "token")


def test_a_token_that_has_expired_is_not_answered(service: Live, desk: Desk, anybody: httpx.Client) -> None:
    held = {"Authorization": f"Bearer {service.token(desk.session)}"}
    assert isinstance(service.clock, Clock)
    service.clock.now = EIGHT + timedelta(days=91)
    try:
        turned_down(anybody.post("/v1/hello", headers=held), 401, "token")
    finally:
        service.clock.now = EIGHT


def test_a_token_used_by_another_desk_opens_nothing(desk: Desk, token: dict[str, str], anybody: httpx.Client) -> None:
    hello = encode(Hello("0123456789ab", "0123456789ab:1", {}, ""))
    turned_down(anybody.post("/v1/hello", headers=token, content=hello), 403, "device")


def test_a_token_given_anew_puts_an_end_to_the_one_before(service: Live, desk: Desk, anybody: httpx.Client) -> None:
    stolen = {"Authorization": f"Bearer {service.token(desk.session)}"}
    service.token(desk.session)
    turned_down(anybody.post("/v1/pull", headers=stolen), 401, "token")


def test_a_stolen_token_renews_nothing_without_the_key(service: Live, desk: Desk, token: dict[str, str]) -> None:
    thief = Desk("Voleur")
    held = token["Authorization"].removeprefix("Bearer ")
    with closing(HttpsCentral(service.url, service.authority.roots, lambda: 0.0, held)) as way:
        found = way.renew(Renew(desk.device, thief.keys.sign(proof(held, desk.device))))
        assert isinstance(found, Trouble)
        assert (found.kind, found.word) == (TroubleKind.LATER, "signature")
        again = way.renew(Renew(desk.device, desk.keys.sign(proof(held, desk.device))))
        assert not isinstance(again, Trouble)
        assert isinstance(way.ask(Wait(-1, 0)), WaitAnswer)


def test_acts_with_a_wrong_signature_or_of_another_site_are_kept_apart(service: Live, desk: Desk) -> None:
    forger, stranger = Desk("Faussaire"), Desk("Guichet 1", site="loiret")
    enrolled(service.engine, forger)
    before = rows(service)
    forged = [one._replace(stream=desk.stream) for one in forger.write(2)]
    with closing(service.client(desk.session)) as way:
        for acts, reason in ((forged, ("signature", "chain")), (stranger.write(2), ("site",))):
            answer = way.ask(Push(tuple(acts)))
            assert isinstance(answer, PushAnswer)
            assert {run.status for run in answer.runs} == {PushStatus.SET_ASIDE}
            assert {run.reason for run in answer.runs} <= set(reason)
    assert rows(service)[0] == before[0]


def test_a_revoked_desk_sends_what_it_holds_and_is_told_nothing(service: Live) -> None:
    lost, other = Desk("Guichet 7"), Desk("Guichet 8")
    for one in (lost, other):
        enrolled(service.engine, one)
    with closing(service.client(other.session)) as way:
        way.ask(Push(tuple(other.write(2))))
    with closing(service.client(lost.session)) as way:
        revoke(service.engine, "nord", lost.device, EIGHT)
        answer = way.ask(Push(tuple(lost.write(3))))
        assert isinstance(answer, PushAnswer)
        assert [run.status for run in answer.runs] == [PushStatus.ACCEPTED]
        told = way.ask(Hello(lost.device, lost.stream, {}, ""))
        assert isinstance(told, HelloAnswer)
        assert (told.revoked, told.peers) == (True, ())
        assert way.ask(Pull({other.stream: 0})) == PullAnswer(())
        found = way.renew(Renew(lost.device, "00"))
        assert isinstance(found, Trouble)


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"{}", {}, 400, "form"),
        (b"", {}, 400, "json"),
        (b"\xff", {}, 400, "utf8"),
        (b"[" * 50_000, {}, 400, "json"),
        (b"<html></html>", {}, 400, "json"),
        (b"{}", {"Content-Type": "text/html"}, 415, "content_type"),
        (b"{}", {"Content-Type": ""}, 415, "content_type"),
        (b"{}", {"Content-Encoding": "br"}, 400, "encoding"),
        (b"{}", {"Content-Encoding": "gzip"}, 400, "encoding"),
        (gzip.compress(b" " * (MOST_BYTES + 1)), {"Content-Encoding": "gzip"}, 400, "too_large"),
    ],
)
def test_a_body_that_is_no_message_is_told_and_changes_nothing(
    service: Live,
    anybody: httpx.Client,
    token: dict[str, str],
    body: bytes,
    headers: dict[str, str],
    status: int,
    code: str,
) -> None:
    before = rows(service)
    for path in ("push", "pull"):
        turned_down(anybody.post(f"/v1/{path}", headers={**token, **headers}, content=body), status, code)
    assert rows(service) == before


def test_a_body_that_is_announced_too_long_is_turned_down_before_it_is_read(
    service: Live, token: dict[str, str]
) -> None:
    with closing(service.connected()) as stream:
        head = {**token, "Host": "x", "Content-Length": str(MOST_BYTES + 1)}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        stream.sendall(f"POST /v1/push HTTP/1.1\r\n{lines}\r\n".encode())
        assert answered(stream, bytearray()) == 413


def test_a_body_without_an_end_is_cut_at_the_limit(anybody: httpx.Client, token: dict[str, str]) -> None:
    piece = b" " * (1 << 20)

    def endless() -> Iterator[bytes]:
        for _ in range(MOST_BYTES // len(piece) + 2):
            yield piece

    turned_down(anybody.post("/v1/push", headers=token, content=endless()), 413, "too_large")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/hello", 405, "method"),
        ("DELETE", "/v1/push", 405, "method"),
        ("GET", "/", 404, "not_found"),
        ("GET", "/docs", 404, "not_found"),
        ("GET", "/v1/../../etc/passwd", 404, "not_found"),
        ("POST", "/v1/hello/", 404, "not_found"),
    ],
)
def test_another_address_is_told(anybody: httpx.Client, method: str, path: str, status: int, code: str) -> None:
    turned_down(anybody.request(method, path), status, code)


def test_a_breakage_leaves_no_traceback(service: Live, anybody: httpx.Client, token: dict[str, str]) -> None:
    with service.engine.connect() as connection:
        connection.execute(sa.text("ALTER TABLE presence RENAME TO absent"))
        connection.commit()
    try:
        look = encode(Look("row", "DIALLO", "Guichet 1", "A. Petit"))
        answer = anybody.post("/v1/look", headers=token, content=look)
        turned_down(answer, 500, "breakage")
        assert "DIALLO" not in answer.text
    finally:
        with service.engine.connect() as connection:
            connection.execute(sa.text("ALTER TABLE absent RENAME TO presence"))
            connection.commit()
    assert anybody.post("/v1/look", headers=token, content=look).status_code == 200


def random_requests(chance: random.Random, token: str) -> Iterator[bytes]:
    """Requests that anybody may write, the good and the absurd mixed."""
    paths = [*(f"/v1/{one}" for one in (*ASKED, "enrol", "renew", "roots", "x")), "/health", "/metrics", "/%00", "//"]
    bodies = [b"{}", b"[]", b"null", encode(Pull({"a:b": 0})), encode(Wait(-2, 0)), encode(Push(())), b"\x00" * 40]
    while True:
        body = bytearray(chance.choice(bodies))
        for _ in range(chance.randrange(3)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        shown = chance.choice((token, token[:-1], "".join(chance.choices(string.ascii_letters, k=20)), ""))
        head = (
            f"{chance.choice(('POST', 'POST', 'POST', 'GET', 'PUT', 'BREW'))} {chance.choice(paths)} HTTP/1.1\r\n"
            f"Host: x\r\nAuthorization: Bearer {shown}\r\n"
            f"Content-Type: {chance.choice(('application/json', 'application/json', 'text/plain', '*'))}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        yield head.encode("latin-1") + bytes(body)


@dataclass(slots=True)
class Talk:
    """Requests on one connection, on another one once it was closed."""

    service: Live
    stream: ssl.SSLSocket | None = None
    held: bytearray = field(default_factory=bytearray)

    def say(self, request: bytes) -> None:
        if self.stream is None:
            self.stream = self.service.connected()
        self.stream.sendall(request)

    def hear(self) -> int:
        assert self.stream is not None, "something was said"
        status = answered(self.stream, self.held)
        if not status:
            self.close()
        return status

    def close(self) -> None:
        if self.stream is not None:
            self.stream.close()
        self.stream = None
        self.held.clear()


def answered(stream: ssl.SSLSocket, held: bytearray) -> int:
    """The status of the next answer on a connection; 0 when it was closed."""
    while b"\r\n\r\n" not in held:
        piece = stream.recv(65_536)
        if not piece:
            return 0
        held += piece
    head, _, _rest = bytes(held).partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    while len(held) < len(head) + 4 + length:
        held += stream.recv(65_536)
    body = bytes(held[len(head) + 4 : len(head) + 4 + length])
    del held[: len(head) + 4 + length]
    status = int(head.split()[1])
    assert status == 200 or set(json.loads(body)) == {"code", "sentence"}
    return status


def test_ten_thousand_random_requests_are_answered_in_words_and_write_nothing(service: Live, desk: Desk) -> None:
    before, statuses = rows(service), set[int]()
    requests = random_requests(random.Random(4), service.token(desk.session))
    lines = [Talk(service) for _ in range(AT_ONCE)]
    for _round in range(10_000 // AT_ONCE):
        for line in lines:
            line.say(next(requests))
        statuses |= {line.hear() for line in lines}
    for line in lines:
        line.close()
    assert statuses >= {200, 400, 401, 404, 405, 415}
    assert 500 not in statuses
    assert rows(service) == before
    assert healthy(service)


@pytest.mark.parametrize("sent", [b"", b"GET ", b"POST /v1/push HTTP/1.1\r\nHost: x\r\nA", b"\x00" * 100])
def test_who_speaks_a_letter_a_minute_is_left_and_delays_nobody(
    service: Live, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving_module, "HEADERS_WITHIN", 0.2)
    slow = [service.connected() for _ in range(20)]
    for stream in slow:
        stream.sendall(sent)
    assert healthy(service)
    for stream in slow:
        stream.settimeout(10)
        assert b"HTTP/1.1 200" not in received(stream)
        stream.close()


def received(stream: ssl.SSLSocket) -> bytes:
    """All that a connection says until it is closed."""
    found = b""
    try:
        while piece := stream.recv(65_536):
            found += piece
    except (ConnectionError, ssl.SSLError):
        pass
    return found


def test_what_is_no_http_is_told_in_words(service: Live) -> None:
    with closing(service.connected()) as stream:
        stream.sendall(b"EHLO guichet\r\n\r\n")
        answer = received(stream)
    assert answer.startswith(b"HTTP/1.1 400")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "http"


def test_only_tls_1_3_is_spoken(service: Live) -> None:
    older = service.tls()
    older.minimum_version, older.maximum_version = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2
    with socket.create_connection(("127.0.0.1", service.port)) as plain, pytest.raises(ssl.SSLError):
        older.wrap_socket(plain, server_hostname="localhost")
    with socket.create_connection(("127.0.0.1", service.port)) as plain:
        plain.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200" not in plain.recv(100)


def test_too_many_at_once_are_asked_to_come_back(service: Live, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counter_app.central.service.IN_LINE", 0)
    with closing(service.client(desk.session)) as way:
        found = way.ask(Wait(0, 0))
    assert isinstance(found, Trouble)
    assert (found.kind, found.word, found.retry_after) == (TroubleKind.LATER, "busy", 2)


def test_the_bell_rings_for_a_push_of_this_service_and_of_another_process(service: Live, desk: Desk) -> None:
    with closing(service.client(desk.session)) as way:
        known = way.ask(Wait(-1, 0))
        assert isinstance(known, WaitAnswer)
        assert way.ask(Wait(known.mark, 1)) == known
        other = Desk("Guichet 5")
        enrolled(service.engine, other)
        ringing = service.later(
            0.3, lambda: Ledger(service.engine, Clock(EIGHT)).answer(other.session, Push(tuple(other.write())))
        )
        with ringing:
            rung = way.ask(Wait(known.mark, 30))
        assert rung == WaitAnswer(known.mark + 1)
        here = service.client(other.session)
        with closing(here), service.later(0.3, lambda: here.ask(Push(tuple(other.write())))):
            assert way.ask(Wait(known.mark + 1, 30)) == WaitAnswer(known.mark + 2)


def test_a_stop_answers_those_who_wait(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'centrale.db'}"
    init(url, "nord", training=False, clock=Clock(EIGHT))
    desk = Desk("Guichet 1")
    with closing_engine(url) as engine:
        enrolled(engine, desk)
        with live(engine, tmp_path / "autorite", Clock(EIGHT)) as service, closing(service.client(desk.session)) as way:

            def stop() -> None:
                service.server.should_exit = True

            with service.later(0.3, stop):
                assert way.ask(Wait(0, 50)) == WaitAnswer(0)


def test_a_stop_does_not_wait_for_a_desk_that_asks_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'centrale.db'}"
    init(url, "nord", training=False, clock=Clock(EIGHT))
    desk = Desk("Guichet 1")
    with closing_engine(url) as engine, ExitStack() as until_the_end:
        enrolled(engine, desk)
        with live(engine, tmp_path / "autorite", Clock(EIGHT)) as service:
            way = until_the_end.enter_context(closing(service.client(desk.session)))
            assert way.ask(Wait(-1, 0)) == WaitAnswer(0)
            asked = monotonic()
        assert monotonic() - asked < serving_module.STOP_WITHIN / 2


def test_who_waits_is_woken_when_the_window_closes(service: Live, desk: Desk) -> None:
    way = service.client(desk.session)
    known = way.ask(Wait(-1, 0))
    assert isinstance(known, WaitAnswer)
    with service.later(0.3, way.close):
        found = way.ask(Wait(known.mark, 50))
    assert isinstance(found, Trouble)
    assert found.kind is TroubleKind.CLOSED


def test_the_document_says_what_the_codec_reads(anybody: httpx.Client) -> None:
    document = anybody.get("/v1/openapi.json").json()
    assert {f"/v1/{one}" for one in (*ASKED, "enrol", "renew", "roots")} <= set(document["paths"])
    schemas = document["components"]["schemas"]
    for path in ASKED:
        told = document["paths"][f"/v1/{path}"]["post"]
        (name,) = {told["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]}
        assert name.lower() == path
        assert schemas[name]["additionalProperties"] is False
        assert set(schemas[name]["required"]) == set(schemas[name]["properties"])
        assert told["security"] == [{"token": []}]
    assert len(schemas["WireAct"]["prefixItems"]) == 18
    named = [ref for ref in refs(document) if ref.rpartition("/")[2] not in schemas]
    assert named == []


def refs(value: object) -> Iterator[str]:
    """Every reference of a document."""
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if key == "$ref":
            yield str(one)
        else:
            yield from refs(one)


def test_figures_tell_no_desk_and_no_person(service: Live, desk: Desk, anybody: httpx.Client) -> None:
    with closing(service.client(desk.session)) as way:
        way.ask(Look("convocation", "SUBJECT", desk.name, "A. Petit"))
    anybody.get("/v1/SUBJECT")
    text = anybody.get("/metrics").text
    assert 'guichet_requests_total{route="/v1/look",status="200"}' in text
    assert not any(word in text for word in ("SUBJECT", desk.device, desk.name, "Petit", "127.0.0.1"))


def test_figures_tell_when_certificates_end(service: Live, anybody: httpx.Client) -> None:
    (line,) = [one for one in anybody.get("/metrics").text.splitlines() if 'certificate="server"' in one]
    assert float(line.split()[-1]) == service.authority.server.not_valid_after_utc.timestamp()


def test_who_tries_codes_is_soon_asked_to_wait(tmp_path: Path) -> None:
    url, clock, thief = f"sqlite:///{tmp_path / 'centrale.db'}", Clock(EIGHT), Desk("Voleur")
    init(url, "nord", training=False, clock=clock)
    asked = Enrol("BBBBBBBBBBB", thief.device, thief.keys.public, "Guichet 9", "Z", "nord", False, "")
    with closing_engine(url) as engine, live(engine, tmp_path / "autorite", clock) as service, service.raw() as anybody:

        def tried() -> str:
            signed = replace(asked, signature=thief.keys.sign(proof(asked.code, thief.device)))
            answer = anybody.post("/v1/enrol", content=encode(signed), headers={"Content-Type": "application/json"})
            return str(answer.json()["code"])

        assert [tried() for _ in range(MOST_MISSES)] == ["wrong"] * MOST_MISSES
        assert tried() == "busy"
        clock.later(2)
        assert tried() == "wrong"


def test_the_end_of_a_token_or_of_a_certificate_is_told_ahead(service: Live, desk: Desk) -> None:
    with closing(service.client(desk.session)) as way:
        told = way.ask(Hello(desk.device, desk.stream, {}, ""))
        assert isinstance(told, HelloAnswer)
        known = way.endings()
    assert {what for what, _at in known} == {"certificate", "root"}
    certificate = next(at for what, at in known if what == "certificate")
    assert endings(known, certificate - TOLD_BEFORE - timedelta(days=1)) == ()
    (ending,) = endings(known, certificate - timedelta(days=29))
    assert (ending.what, ending.days) == ("certificate", 29)
    assert ending.sentence.startswith("Le certificat de la base centrale prend fin le ")
    (over,) = endings([("token", EIGHT)], EIGHT + timedelta(hours=30))
    assert over.days == -2
    assert "a pris fin" in over.sentence
    assert replace(over, days=0).sentence.startswith("L’inscription de ce poste prend fin")


def test_bodies_of_those_who_have_no_token_hold_up_nobody(
    service: Live, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counter_app.central.bodies.MOST_AT_ONCE", 3 * MOST_BYTES)
    token = service.token(desk.session)
    begun = [service.connected() for _ in range(8)]
    try:
        for place, stream in enumerate(begun):
            path, length = ("enrol", SHORT) if place < 6 else ("push", MOST_BYTES)
            head = f"POST /v1/{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
            stream.sendall(f"{head}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{{".encode())
        with closing(HttpsCentral(service.url, service.authority.roots, lambda: 0.0, token)) as way:
            assert isinstance(way.ask(Pull({})), PullAnswer)
    finally:
        for stream in begun:
            stream.close()


def test_too_many_long_bodies_at_once_are_asked_to_come_back(
    service: Live, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counter_app.central.bodies.MOST_AT_ONCE", 10)
    with closing(service.client(desk.session)) as way:
        found = way.ask(Pull({}))
    assert isinstance(found, Trouble)
    assert (found.kind, found.word) == (TroubleKind.LATER, "busy")
