"""A desk joins by its code: it believes only the root that the code names, and a refusal leaves its home as it was."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
import sqlalchemy as sa

from counter_app import membership
from counter_app.app import init_home, open_office, wipe_if_revoked
from counter_app.central.authority import make_authority, turn
from counter_app.central.codes import make_code
from counter_app.central.ledger import Ledger
from counter_app.central.sites import init, open_central
from counter_app.central.tables import device
from counter_app.central.tokens import revoke
from counter_app.config import Settings, write_settings
from counter_app.domain.enrolment_code import grouped, make_enrolment_code
from counter_app.domain.refusal import StoreRefused
from counter_app.home import Home
from counter_app.launch import forget_if_revoked
from counter_app.membership import MemberCentral, Membership
from counter_app.sync.transport import Trouble, TroubleKind
from counter_app.sync.wire import HelloAnswer, Pull, PullAnswer
from tests.central.impostor import impostor, page
from tests.central.live import Live, live
from tests.homes import Clock

HTML = page("200 OK", b"<html>Portail</html>")


@pytest.fixture(scope="module")
def now() -> Clock:
    return Clock(datetime.now(UTC))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, now: Clock) -> Iterator[Live]:
    """A training central of the Nord."""
    folder = tmp_path_factory.mktemp("centrale")
    url = f"sqlite:///{folder / 'centrale.db'}"
    init(url, "nord", training=True, clock=now)
    engine = open_central(url)
    with live(engine, folder / "autorite", now) as service:
        yield service
    engine.dispose()


@pytest.fixture
def desk(tmp_path: Path, service: Live) -> Iterator[Home]:
    """A training home of its own; the central forgets it afterwards."""
    yield made(tmp_path / "poste", "Guichet 12")
    with service.engine.begin() as connection:
        connection.execute(sa.delete(device))


def made(path: Path, name: str) -> Home:
    home = init_home(path, "nord", training=True, clock=Clock())
    write_settings(path, Settings(desk=name, agent="A. Petit"))
    return home


def code(service: Live, hours: float = 24) -> str:
    secret = make_code(service.engine, "nord", service.clock(), timedelta(hours=hours))
    return grouped(make_enrolment_code(secret, service.authority.root_der))


def join(home: Home, typed: str, url: str) -> Membership:
    return membership.enrol(home, typed, url, monotonic)


def refused(home: Home, typed: str, url: str) -> str:
    """The word of a refusal that left the home as it was."""
    before = {path.name: path.read_bytes() for path in home.path.iterdir() if path.is_file()}
    with pytest.raises(StoreRefused) as found:
        join(home, typed, url)
    assert {path.name: path.read_bytes() for path in home.path.iterdir() if path.is_file()} == before
    assert found.value.sentence.endswith(".")
    return found.value.code


def test_a_desk_that_joined_keeps_whom_to_trust_and_asks_as_itself(service: Live, desk: Home) -> None:
    joined = join(desk, code(service), service.url)
    assert membership.read(desk) == joined
    assert joined.roots == service.authority.roots
    assert {path.stat().st_mode & 0o777 for path in desk.path.glob("central.*")} == {0o600}
    assert joined.token not in (desk.path / "central.json").read_text()
    with closing(open_office(desk.path)) as office:
        assert office.sync is not None
        assert isinstance(office.sync.central.ask(office.sync.ledger.hello(None)), HelloAnswer)
        assert office.desk.stamp_key == bytes.fromhex(joined.site_key)


def test_a_code_serves_once_and_one_that_a_refusal_met_stays_good(service: Live, desk: Home) -> None:
    typed = code(service)
    write_settings(desk.path, Settings())
    assert refused(desk, typed, service.url) == "no_desk_name"
    write_settings(desk.path, Settings(desk="Guichet 12", agent="A. Petit"))
    join(desk, typed, service.url)
    membership.forget(desk)
    assert refused(desk, typed, service.url) == "enrol_used"


def test_an_unknown_an_old_and_a_misread_code_are_told(service: Live, desk: Home) -> None:
    assert refused(desk, code(service, 0), service.url) == "enrol_expired"
    unknown = make_enrolment_code("BBBBBBBBBBB", service.authority.root_der)
    assert refused(desk, unknown, service.url) == "enrol_wrong"
    typed = code(service)
    assert refused(desk, typed[:-1] + ("B" if typed[-1] != "B" else "C"), service.url) == "bad_code"


def test_another_site_and_a_mix_of_training_and_real_work_are_told(service: Live, desk: Home, tmp_path: Path) -> None:
    for changed, word in (({"site": "loiret"}, "enrol_site"), ({"training": False}, "enrol_real")):
        other = Home(desk.path, replace(desk.identity, **changed))
        assert refused(other, code(service), service.url) == word


def test_a_name_or_a_letter_that_is_taken_is_told(service: Live, desk: Home, tmp_path: Path) -> None:
    join(desk, code(service), service.url)
    other = made(tmp_path / "second", "guichet 12 ")
    assert refused(other, code(service), service.url) == "enrol_desk"
    write_settings(other.path, Settings(desk="Poste L", agent="B", ticket_letter="L"))
    assert refused(other, code(service), service.url) == "enrol_letter"


def test_a_copy_of_a_home_with_another_key_is_told(service: Live, desk: Home) -> None:
    join(desk, code(service), service.url)
    membership.forget(desk)
    with service.engine.begin() as connection:
        connection.execute(sa.update(device).values(public_key="00" * 32))
    assert refused(desk, code(service), service.url) == "enrol_key"


def test_a_central_of_another_certificate_is_not_believed(service: Live, desk: Home, tmp_path: Path) -> None:
    other = make_authority(tmp_path / "autre", "nord", (), datetime.now(UTC))
    with impostor(page("200 OK", other.roots.encode(), "application/x-pem-file"), other.context()) as url:
        assert refused(desk, code(service), url) == "other_central"


def test_who_shows_the_roots_of_the_central_without_its_key_is_told_nothing(
    service: Live, desk: Home, tmp_path: Path
) -> None:
    """Roots are public: anybody may show them. The secret of the code is said to nobody else."""
    other = make_authority(tmp_path / "autre", "nord", (), datetime.now(UTC))
    typed = code(service)
    shown = page("200 OK", service.authority.roots.encode(), "application/x-pem-file")
    with impostor(shown, other.context()) as url:
        assert refused(desk, typed, url) == "enrol_certificate"
    join(desk, typed, service.url)


def test_a_second_root_slipped_in_on_the_way_is_not_kept(service: Live, desk: Home, tmp_path: Path) -> None:
    """The roots to keep are those said over the verified connection, whatever was shown before."""
    joined = join(desk, code(service), service.url)
    assert joined.roots.count("BEGIN CERTIFICATE") == 2
    assert joined.roots == service.authority.roots


@pytest.mark.parametrize("said", [HTML, page("404 Not Found", b"{}", "application/json"), b"", page("200 OK", b"")])
def test_what_is_no_central_is_told(service: Live, desk: Home, tmp_path: Path, said: bytes) -> None:
    other = make_authority(tmp_path / "autre", "nord", (), datetime.now(UTC))
    with impostor(said, other.context()) as url:
        assert refused(desk, code(service), url) == ("not_guichet" if said else "central_unreachable")


def test_a_central_out_of_reach_is_told(service: Live, desk: Home) -> None:
    with impostor(HTML) as url:
        assert refused(desk, code(service), url) == "central_unreachable"
    assert refused(desk, code(service), "https://127.0.0.1:9") == "central_unreachable"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8443",
        "http://localhost",
        "https://",
        "https://a b",
        "https://x/y",
        "https://u:p@x",
        "https://x:99999",
    ],
)
def test_what_is_no_address_is_told(service: Live, desk: Home, url: str) -> None:
    assert refused(desk, code(service), url) == "bad_url"


def test_a_token_is_renewed_long_before_its_end_with_the_roots_of_the_day(
    service: Live, desk: Home, now: Clock
) -> None:
    joined = join(desk, code(service), service.url)
    turned = turn(service.authority, "nord", now.now)
    service.server._certificates.follow()
    service.authority = turned
    old = now.now
    now.now = old + timedelta(days=40)
    central = MemberCentral(desk, joined, monotonic, now)
    try:
        with closing(central), closing(open_office(desk.path)) as office:
            assert office.sync is not None
            assert isinstance(central.ask(office.sync.ledger.hello(None)), HelloAnswer)
            kept = membership.read(desk)
            assert kept is not None
            assert kept == central.joined != joined
            assert (kept.roots, kept.site_key) == (turned.roots, joined.site_key)
            assert isinstance(central.ask(Pull({})), PullAnswer)
            former = MemberCentral(desk, joined, monotonic, now)
            with closing(former):
                assert isinstance(former.ask(Pull({})), PullAnswer), "until the new one was seen to have arrived"
            now.now = old + timedelta(days=91)
            with closing(MemberCentral(desk, joined, monotonic, now)) as expired:
                found = expired.ask(Pull({}))
                assert isinstance(found, Trouble)
                assert found.kind is TroubleKind.UNAUTHORISED
            assert isinstance(central.ask(Pull({})), PullAnswer)
    finally:
        now.now = old


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("central.json", "{"),
        ("central.json", "{}"),
        ("central.key", ""),
        ("central.key", '{"token": 1, "site_key": "00"}'),
        ("central.key", '{"token": "x", "site_key": "00"}'),
    ],
)
def test_a_damaged_place_stops_the_exchanges_in_words_and_no_work(
    service: Live, desk: Home, file: str, text: str
) -> None:
    join(desk, code(service), service.url)
    (desk.path / file).write_text(text)
    with closing(open_office(desk.path)) as office:
        assert office.sync is None
        assert any("inscription de ce poste" in told for told in office.problems)


def test_a_revoked_desk_sends_what_it_holds_then_wipes_itself(service: Live, desk: Home) -> None:
    join(desk, code(service), service.url)
    assert not wipe_if_revoked(desk.path)
    with closing(open_office(desk.path)) as office:
        office.change(volume=40)
        held = office.sync.ledger.hello(None).tips if office.sync else {}
    revoke(service.engine, "nord", desk.identity.device, service.clock())
    assert wipe_if_revoked(desk.path)
    assert [path.name for path in desk.path.iterdir()] == ["efface.json"]
    heads = Ledger(service.engine, service.clock).mark("nord")
    assert heads == sum(tip.seq for tip in held.values())


def test_a_revoked_desk_that_its_central_does_not_hear_wipes_nothing(
    service: Live, desk: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined = join(desk, code(service), service.url)
    revoke(service.engine, "nord", desk.identity.device, service.clock())
    membership.keep(desk, replace(joined, url="https://127.0.0.1:9"))
    assert not wipe_if_revoked(desk.path)
    assert (desk.path / "guichet.db").is_file()


def test_a_window_that_was_taken_out_says_that_it_wiped_or_why_it_could_not(service: Live, desk: Home) -> None:
    joined = join(desk, code(service), service.url)
    forget_if_revoked(desk.path, [])
    revoke(service.engine, "nord", desk.identity.device, service.clock())
    membership.keep(desk, replace(joined, url="https://127.0.0.1:9"))
    with pytest.raises(StoreRefused, match="Rien n’est effacé") as kept:
        forget_if_revoked(desk.path, [desk.path])
    assert (kept.value.code, (desk.path / "guichet.db").is_file()) == ("revoked", True)
    membership.keep(desk, joined)
    with pytest.raises(StoreRefused, match="Aucun acte n’est perdu") as wiped:
        forget_if_revoked(desk.path, [desk.path])
    assert (wiped.value.code, (desk.path / "guichet.db").exists()) == ("wiped", False)
