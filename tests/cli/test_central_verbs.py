"""The central by its verbs: a real service in a process of its own, a desk that joins it, copies, a desk taken out."""

import json
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from counter_app.central.sites import init as make_store
from counter_app.wording.catalogue import text
from tests.central.desks import EIGHT
from tests.cli.cli import COMMAND, Door, Said
from tests.cli.test_contract import check, keys_of, section
from tests.documents.reading import LASER, codes_on, pictures, words


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'centrale.db'}"


@pytest.fixture
def central(door: Door, store: str) -> Door:
    """A door beside a training central of the Nord."""
    said = door.bare("central", "init", "--store", store, "--site", "nord", "--training", "--json")
    assert said.code == 0, said.err
    check(keys_of(section("central init")), said.json, "central init")
    return door


@contextmanager
def served(store: str, *options: str) -> Iterator[dict[str, Any]]:
    """The service as the installed command runs it, stopped as a system stops it."""
    command = [COMMAND, "central", "serve", "--store", store, "--port", "0", "--json", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert process.stdout is not None
        told = b"".join(iter(process.stdout.readline, b"}\n")) + b"}"
        yield json.loads(told)
    finally:
        process.send_signal(signal.SIGTERM)
        _out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert b"Traceback" not in err


def code(door: Door, store: str) -> str:
    said = door.bare("central", "enrol-code", "--store", store, "--json")
    check(keys_of(section("central enrol-code")), said.json, "central enrol-code")
    return str(said.json["code"])


def test_a_desk_joins_a_served_central_by_its_code(central: Door, store: str, tmp_path: Path) -> None:
    with served(store) as told:
        check(keys_of(section("central serve")), told, "central serve")
        url = f"https://localhost:{told['port']}"
        typed = code(central, store)
        joined = central("enrol", typed.lower().replace(" ", "-"), "--url", url)
        assert joined.code == 0, joined.out
        check(keys_of(section("enrol")), joined.json, "enrol")
        again = central("enrol", typed, "--url", url)
        assert (again.code, again.json["error"]) == (3, "enrol_used")
        assert {path.name for path in central.home.glob("central.*")} == {"central.json", "central.key"}
        assert {path.stat().st_mode & 0o777 for path in central.home.glob("central.*")} == {0o600}
        renamed = central("enrol", code(central, store), "--url", url)
        assert renamed.code == 0, "a desk joins anew with another code"
        status = central.bare("central", "status", "--store", store, "--json")
        check(keys_of(section("central status")), status.json, "central status")
        (site,) = status.json["sites"]
        assert [(desk["desk"], desk["letter"]) for desk in site["desks"]] == [("Guichet 3", "C")]
    noted = (tmp_path / "centrale.db.certificats" / "journaux" / "guichet.log").read_text("utf-8")
    assert re.search(r"/v1/enrol 200", noted)
    assert typed.replace(" ", "")[:11] not in noted


@pytest.mark.parametrize(
    ("typed", "url", "exit_code", "error"),
    [
        ("BCDF", "https://localhost:1", 2, "bad_code"),
        ("B" * 32, "http://localhost", 2, "bad_url"),
    ],
)
def test_what_cannot_be_a_code_or_an_address_is_told_before_anything(
    central: Door, store: str, typed: str, url: str, exit_code: int, error: str
) -> None:
    whole = typed if error == "bad_code" else code(central, store)
    said = central("enrol", whole, "--url", url)
    assert (said.code, said.json["error"]) == (exit_code, error)
    assert list(central.home.glob("central.*")) == []


def test_a_central_that_does_not_answer_is_told_and_nothing_is_written(central: Door, store: str) -> None:
    said = central("enrol", code(central, store), "--url", "https://127.0.0.1:9")
    assert (said.code, said.json["error"]) == (3, "central_unreachable")
    assert list(central.home.glob("central.*")) == []


def test_a_desk_is_taken_out_by_its_name_and_an_unknown_one_is_told(central: Door, store: str) -> None:
    with served(store) as told:
        assert central("enrol", code(central, store), "--url", f"https://localhost:{told['port']}").code == 0
    said = central.bare("central", "revoke", "guichet 3", "--store", store, "--json")
    check(keys_of(section("central revoke")), said.json, "central revoke")
    (site,) = central.bare("central", "status", "--store", store, "--json").json["sites"]
    assert [desk["revoked"] for desk in site["desks"]] == [True]
    again = central.bare("central", "revoke", "Guichet 3", "--store", store, "--json")
    assert (again.code, again.json["error"]) == (3, "already_revoked")
    assert re.search(r"depuis le \d\d/\d\d/\d{4} à \d\d:\d\d", again.json["message"])
    unknown = central.bare("central", "revoke", "Guichet 9", "--store", store, "--json")
    assert (unknown.code, unknown.json["error"]) == (3, "unknown_desk")


def test_a_copy_of_the_central_is_taken_up_elsewhere_with_its_certificates(
    central: Door, store: str, tmp_path: Path
) -> None:
    copy, elsewhere = tmp_path / "copie", f"sqlite:///{tmp_path / 'autre.db'}"
    said = central.bare("central", "backup", "--store", store, "--out", copy, "--json")
    check(keys_of(section("central backup")), said.json, "central backup")
    again = central.bare("central", "backup", "--store", store, "--out", copy, "--json")
    assert (again.code, again.json["error"]) == (2, "backup_exists")
    restored = central.bare("central", "restore", copy, "--store", elsewhere, "--json")
    check(keys_of(section("central restore")), restored.json, "central restore")
    before, after = (central.bare("central", "status", "--store", url, "--json").json for url in (store, elsewhere))
    assert before["root_ends"] == after["root_ends"]
    assert before["sites"][0]["generation"] != after["sites"][0]["generation"]
    for one in ("root", "next-root", "server"):
        held = [tmp_path / f"{base}.db.certificats" / f"{one}.pem" for base in ("centrale", "autre")]
        assert held[0].read_bytes() == held[1].read_bytes()
        assert held[1].stat().st_mode & 0o777 == 0o600
    full = central.bare("central", "restore", copy, "--store", elsewhere, "--json")
    assert (full.code, full.json["error"]) == (2, "not_empty")


def test_a_copy_goes_back_beside_the_certificates_of_its_own_central_and_of_no_other(
    central: Door, store: str, tmp_path: Path
) -> None:
    copy, own, other = tmp_path / "copie", tmp_path / "centrale.db.certificats", tmp_path / "autre.db"
    assert central.bare("central", "backup", "--store", store, "--out", copy, "--json").code == 0
    made = central.bare("central", "init", "--store", f"sqlite:///{other}", "--site", "nord", "--training", "--json")
    assert made.code == 0
    stranger = ("--folder", f"{other}.certificats")
    refused = central.bare(
        "central", "restore", copy, "--store", f"sqlite:///{tmp_path / 'neuve.db'}", *stranger, "--json"
    )
    assert (refused.code, refused.json["error"]) == (2, "not_empty")
    certificates = {path.name: path.read_bytes() for path in own.iterdir() if path.is_file()}
    back = central.bare(
        "central", "restore", copy, "--store", f"sqlite:///{tmp_path / 'neuve.db'}", "--folder", own, "--json"
    )
    assert back.code == 0, back.out
    assert {path.name: path.read_bytes() for path in own.iterdir() if path.is_file()} == certificates


def test_the_next_root_is_put_into_service(central: Door, store: str) -> None:
    said = central.bare("central", "turn-root", "--store", store, "--json")
    check(keys_of(section("central turn-root")), said.json, "central turn-root")


def test_a_sheet_carries_the_code(central: Door, store: str, tmp_path: Path) -> None:
    out = tmp_path / "feuille.pdf"
    said = central.bare(
        *("central", "enrol-code", "--store", store, "--out", out, "--url", "https://central.nord.example", "--json"),
    )
    (page,) = pictures(out.read_bytes(), LASER)
    assert list(codes_on(page).values()) == [said.json["code"].replace(" ", "")]
    told = words(out.read_bytes())
    assert "https://central.nord.example" in told
    assert all(f"« {text(key, 'fr')} »" in told for key in ("sync.title", "sync.join_title")), (
        "as the window calls them"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (("status", "--store", "mysql://x/y"), 2, "bad_store_url"),
        (("init", "--store", "STORE", "--site", "nord"), 2, "site_exists"),
        (("init", "--store", "STORE", "--site", "mars"), 2, "unknown_site"),
        (("restore", "/absent", "--store", "STORE"), 2, "no_file"),
        (("serve", "--store", "STORE", "--port", "0", "--host", "192.0.2.1"), 2, "port_taken"),
        (("status", "--store", "STORE", "--folder", "/absent"), 1, "authority_unreadable"),
        (("enrol-code", "--store", "STORE", "--site", "loiret"), 2, "no_site"),
    ],
)
def test_a_refusal_of_the_central_is_a_word_and_a_french_sentence(
    central: Door, store: str, arguments: tuple[str, ...], code: int, error: str
) -> None:
    said: Said = central.bare("central", *(store if one == "STORE" else one for one in arguments), "--json")
    assert (said.code, said.json["error"]) == (code, error)
    assert said.json["message"].endswith(".")


@pytest.mark.parametrize("hours", ["0", "337", "9999", "un"])
def test_a_code_lasts_no_longer_than_it_may_and_the_bounds_are_told(central: Door, store: str, hours: str) -> None:
    said = central.bare("central", "enrol-code", "--store", store, "--hours", hours, "--json")
    assert (said.code, said.out) == (2, "")
    assert "de 1 à 336" in said.err


def test_only_the_last_folder_of_a_store_is_made(door: Door, tmp_path: Path) -> None:
    far, near = tmp_path / "absent" / "x" / "c.db", tmp_path / "nouveau" / "c.db"
    said = door.bare("central", "init", "--store", f"sqlite:///{far}", "--site", "nord", "--training", "--json")
    assert (said.code, said.json["error"]) == (2, "no_folder")
    assert str(tmp_path / "absent") in said.json["message"]
    assert not (tmp_path / "absent").exists()
    made = door.bare("central", "init", "--store", f"sqlite:///{near}", "--site", "nord", "--training", "--json")
    assert made.code == 0, made.out


def test_a_store_that_is_not_there_is_told_before_its_certificates(door: Door, tmp_path: Path) -> None:
    absent = tmp_path / "none.db"
    for verb in ("status", "serve", "enrol-code", "turn-root"):
        said = door.bare("central", verb, "--store", f"sqlite:///{absent}", "--json")
        assert (said.code, said.json["error"]) == (2, "no_central"), verb
        assert "central init" in said.json["message"]
    assert list(tmp_path.glob("none*")) == []


@pytest.mark.parametrize("verb", [("status",), ("serve",), ("init", "--site", "nord")])
@pytest.mark.parametrize(
    "held", [b"", b"nom;prenom\nMARTIN;Anne\n" * 400, b"SQLite format 3\0" + bytes(4080), bytes(8192), None]
)
def test_a_file_that_is_no_central_is_told_so_and_left_as_it_is(
    door: Door, tmp_path: Path, held: bytes | None, verb: tuple[str, ...]
) -> None:
    path = tmp_path / "liste.db"
    path.mkdir() if held is None else path.write_bytes(held)
    said = door.bare("central", *verb, "--store", f"sqlite:///{path}", "--json")
    assert (said.code, said.json["error"]) == (3, "not_a_central")
    assert "n’est pas une base centrale" in said.json["message"]
    assert held is None or path.read_bytes() == held
    assert [one.name for one in tmp_path.glob("liste*")] == ["liste.db"]


def test_real_sites_and_training_sites_never_share_a_store(central: Door, store: str, tmp_path: Path) -> None:
    mixed = central.bare("central", "init", "--store", store, "--site", "puy-de-dome", "--json")
    assert (mixed.code, mixed.json["error"]) == (3, "training_mixed")
    assert "d’entraînement (nord)" in mixed.json["message"]
    same = central.bare("central", "init", "--store", store, "--site", "nord", "--json")
    assert (same.code, same.json["error"]) == (2, "site_exists")
    assert "d’entraînement" in same.json["message"]
    real = f"sqlite:///{tmp_path / 'vraie.db'}"
    assert central.bare("central", "init", "--store", real, "--site", "nord", "--json").code == 0
    mixed = central.bare("central", "init", "--store", real, "--site", "loiret", "--training", "--json")
    assert (mixed.code, mixed.json["error"]) == (3, "training_mixed")
    assert "réelle (nord)" in mixed.json["message"]
    again = central.bare("central", "init", "--store", real, "--site", "nord", "--json")
    assert "d’entraînement" not in again.json["message"]
    for url, count in ((store, 1), (real, 1)):
        assert len(central.bare("central", "status", "--store", url, "--json").json["sites"]) == count


def test_an_init_that_was_stopped_before_its_certificates_is_done_to_its_end_by_the_next(
    door: Door, store: str, tmp_path: Path
) -> None:
    made = make_store(store, "nord", training=True, clock=lambda: EIGHT)
    order = ("central", "init", "--store", store, "--site", "nord", "--json")
    other = door.bare(*order)
    assert (other.code, other.json["error"]) == (2, "site_exists"), "a training site does not become a real one"
    ended = door.bare(*order, "--training")
    assert (ended.code, ended.json["generation"]) == (0, made.generation), ended.err
    assert len(code(door, store).replace(" ", "")) == 32
    again = door.bare(*order, "--training")
    assert (again.code, again.json["error"]) == (2, "site_exists")


def test_a_copy_that_cannot_be_written_is_told_as_any_output_is(central: Door, store: str) -> None:
    said = central.bare("central", "backup", "--store", store, "--out", "/proc/x", "--json")
    assert (said.code, said.json["error"]) == (2, "out_not_writable")
    assert "/proc/x" in said.json["message"]
    home = central.bare("central", "backup", "--store", store, "--out", central.home / "copie", "--json")
    assert (home.code, home.json["error"]) == (2, "out_in_home")
