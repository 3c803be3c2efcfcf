"""The central's certificates: desks trust two roots, and nothing else, for twenty years."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from counter_app.central.authority import (
    RENEWED_BEFORE,
    ROOT_LIFE,
    SERVER_LIFE,
    Authority,
    make_authority,
    open_authority,
    renew,
    turn,
)
from counter_app.domain.refusal import StoreRefused

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return make_authority(tmp_path / "autorite", "nord", ("central.nord.example",), NOW)


def shake_hands(server: ssl.SSLContext, roots: str, name: str) -> str | None:
    """A handshake without a network; answers the version of TLS."""
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.verify_flags |= ssl.VERIFY_X509_STRICT
    trusting.load_verify_locations(cadata=roots)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting.wrap_bio(to_client, to_server, server_hostname=name)
    serving = server.wrap_bio(to_server, to_client, server_side=True)
    for side in (client, serving, client, serving):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
    return client.version()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1", "central.nord.example"])
def test_a_desk_verifies_the_server_by_its_roots_under_each_name(authority: Authority, name: str) -> None:
    assert shake_hands(authority.context(), authority.roots, name) == "TLSv1.3"


def test_another_name_or_another_authority_does_not_pass(authority: Authority, tmp_path: Path) -> None:
    other = make_authority(tmp_path / "autre", "nord", (), NOW)
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        shake_hands(authority.context(), authority.roots, "autre.example")
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(authority.context(), other.roots, "localhost")


def test_private_keys_are_for_this_account_alone(authority: Authority) -> None:
    assert {path.stat().st_mode & 0o777 for path in authority.folder.iterdir()} == {0o600}
    assert authority.folder.stat().st_mode & 0o777 == 0o700


def test_the_server_certificate_is_renewed_without_touching_desks(authority: Authority) -> None:
    assert not authority.due(NOW)
    later = NOW + SERVER_LIFE - RENEWED_BEFORE + timedelta(days=1)
    assert authority.due(later)
    context = authority.context()
    renewed = renew(authority, ("nouveau.nord.example",), NOW)
    assert (renewed.roots, renewed.server == authority.server) == (authority.roots, False)
    renewed.load_into(context)
    assert shake_hands(context, authority.roots, "nouveau.nord.example") == "TLSv1.3"
    assert shake_hands(context, authority.roots, "central.nord.example") == "TLSv1.3"


def test_the_next_root_takes_over_and_desks_that_know_two_roots_follow(authority: Authority) -> None:
    turned = turn(authority, "nord", NOW)
    assert turned.root == authority.next_root
    assert turned.next_root not in (authority.root, authority.next_root)
    assert shake_hands(turned.context(), authority.roots, "localhost") == "TLSv1.3"
    assert open_authority(authority.folder) == turned


def test_the_end_of_a_root_is_told_a_year_ahead(authority: Authority) -> None:
    assert authority.told(NOW) == ()
    assert len(authority.told(NOW + ROOT_LIFE - timedelta(days=300))) == 2


def test_what_a_folder_holds_already_is_kept(authority: Authority) -> None:
    assert make_authority(authority.folder, "nord", (), NOW) == authority


@pytest.mark.parametrize("name", ["root", "next-root", "server"])
@pytest.mark.parametrize("harm", ["gone", "cut", "another"])
def test_missing_or_damaged_files_are_refused_in_words(
    authority: Authority, tmp_path: Path, name: str, harm: str
) -> None:
    path = authority.folder / f"{name}.pem"
    match harm:
        case "gone":
            path.unlink()
        case "cut":
            path.write_bytes(path.read_bytes()[:100])
        case _:
            other = make_authority(tmp_path / "autre", "nord", (), NOW).folder / f"{name}.pem"
            halves = path.read_bytes().partition(b"-----BEGIN CERTIFICATE"), other.read_bytes()
            path.write_bytes(halves[0][0] + b"".join(halves[1].partition(b"-----BEGIN CERTIFICATE")[1:]))
    with pytest.raises(StoreRefused) as refused:
        open_authority(authority.folder)
    assert refused.value.code == "authority_unreadable"


def test_a_place_or_a_name_that_cannot_be_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(StoreRefused) as refused:
        make_authority(tmp_path / "fichier" / "autorite", "nord", (), NOW)
    assert refused.value.code == "not_writable"
    with pytest.raises(StoreRefused) as refused:
        make_authority(tmp_path / "autorite", "nord", ("préfecture",), NOW)
    assert refused.value.code == "bad_server_name"


def without_key(path: Path) -> None:
    """The certificate alone stays in the file."""
    path.write_bytes(b"".join(path.read_bytes().partition(b"-----BEGIN CERTIFICATE-----")[1:]))


def test_the_keys_of_the_roots_may_be_kept_in_a_safe(authority: Authority) -> None:
    for name in ("root", "next-root"):
        without_key(authority.folder / f"{name}.pem")
    found = open_authority(authority.folder)
    assert not found.renewable
    assert shake_hands(found.context(), authority.roots, "localhost") == "TLSv1.3"
    late = NOW + SERVER_LIFE - timedelta(days=20)
    assert not found.due(late)
    assert found.told(NOW) == ()
    assert "server.pem" in found.told(late)[0]
    with pytest.raises(StoreRefused, match=r"root\.pem"):
        renew(found, (), NOW)
    with pytest.raises(StoreRefused, match=r"next-root\.pem"):
        turn(found, "nord", NOW)
    assert open_authority(authority.folder) == found


def test_a_server_without_its_key_is_refused(authority: Authority) -> None:
    without_key(authority.folder / "server.pem")
    with pytest.raises(StoreRefused) as refused:
        open_authority(authority.folder)
    assert refused.value.code == "authority_unreadable"
