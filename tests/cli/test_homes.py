"""Homes that must not be opened, and why: each refusal is a sentence that says what to do, and changes nothing."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_app import config
from counter_app.app import init_home, open_office
from counter_app.config import Settings, read_settings, write_settings
from counter_app.demo import demo_home
from counter_app.domain.french import typeset
from counter_app.domain.refusal import StoreRefused
from counter_app.home import only_window
from counter_app.keys import DeskKeys, fetch, keep, signed_by
from counter_app.paths import named_folder
from counter_app.store.safety import check_local_disk, file_system_of
from counter_app.usecases.settings import mark_of
from tests.cli.cli import Door
from tests.homes import Clock, moment, opened


def refused(home: Path, clock: Clock) -> StoreRefused:
    with pytest.raises(StoreRefused) as refusal:
        opened(home, clock)
    assert refusal.value.sentence.endswith((".", ")"))
    return refusal.value


def whole(folder: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and "journaux" not in str(path)
    }


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    table = tmp_path / "mounts"
    monkeypatch.setenv("COUNTER_APP_MOUNTS", str(table))
    return table


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse"]
)
def test_a_network_share_is_refused(door: Door, home: Path, mounts: Path, kind: str) -> None:
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserveur:/partage {home.parent} {kind} rw 0 0\n", encoding="utf-8")
    for said in (door("verify"), door.bare("init", "--site", "nord", "--home", home.parent / "neuf", "--json")):
        assert (said.code, said.json["error"]) == (2, "network_share")
        assert kind in said.json["message"]
        assert "disque de ce poste" in said.json["message"]
    assert not (home.parent / "neuf").exists()


@pytest.mark.parametrize(
    "named", [r"\\serveur\partage\g", "//serveur/partage/g", "smb://serveur/partage", "SFTP://srv/x", r"/\srv\x"]
)
@pytest.mark.parametrize("verb", [("init", "--site", "nord"), ("settings",), ("recover",), ()])
def test_a_share_by_its_name_is_refused_at_every_door_and_makes_no_folder(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, verb: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    said = door.bare("--home", named, *verb, "--json")
    assert (said.code, said.json["error"]) == (2, "network_share")
    assert "dossier d’un disque de ce poste" in said.json["message"]
    monkeypatch.setenv("COUNTER_APP_HOME", named)
    assert door.bare(*verb, "--json").json["error"] == "network_share"
    assert sorted(tmp_path.iterdir()) == before
    assert not Path("/serveur").exists()


def test_a_share_by_its_name_is_refused_for_the_ready_day_and_for_a_home_of_the_window(tmp_path: Path) -> None:
    for refuse in (lambda: demo_home("smb://srv/x"), lambda: init_home(Path("//serveur/g"), "nord", training=True)):
        with pytest.raises(StoreRefused) as told:
            refuse()
        assert told.value.code == "network_share"
    assert named_folder(f"//{tmp_path}") == tmp_path


def test_a_link_to_a_network_share_is_refused_too(tmp_path: Path, mounts: Path) -> None:
    (tmp_path / "partage").mkdir()
    (tmp_path / "local").symlink_to(tmp_path / "partage")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserveur:/x {tmp_path / 'partage'} nfs4 rw 0 0\n", encoding="utf-8")
    with pytest.raises(StoreRefused):
        check_local_disk(tmp_path / "local" / "guichet.db")


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/srv/poste/guichet.db", "ext4"),
        ("/srv/partage/guichet.db", "cifs"),
        ("/srv/partage/local/guichet.db", "ext4"),
        ("/srv/partage-autre/guichet.db", "ext4"),
        ("/mnt/deux/guichet.db", "nfs"),
        ("/srv/avec espace/guichet.db", "nfs4"),
    ],
)
def test_the_deepest_and_last_mount_above_a_file_holds_it(place: str, kind: str) -> None:
    table = [
        *(("/", "ext4"), ("/srv/partage", "cifs"), ("/srv/partage/local", "ext4")),
        *(("/mnt/deux", "autofs"), ("/mnt/deux", "nfs"), ("/srv/avec espace", "nfs4")),
    ]
    assert file_system_of(Path(place), table) == kind


@pytest.mark.parametrize("name", ["OneDrive - Préfecture", "Dropbox", "Nextcloud", "Google Drive", "iCloudDrive"])
def test_a_folder_copied_online_is_refused(door: Door, tmp_path: Path, name: str) -> None:
    said = door.bare("init", "--site", "nord", "--home", tmp_path / name / "poste", "--json")
    assert (said.code, said.json["error"]) == (2, "synced_folder")
    assert name in said.json["message"]
    assert not (tmp_path / name).exists()


def test_an_unknown_site_is_refused_with_the_sites_known(door: Door, tmp_path: Path) -> None:
    said = door.bare("init", "--site", "paris", "--home", tmp_path / "neuf", "--json")
    assert (said.code, said.json["error"]) == (2, "unknown_site")
    assert "loiret, nord, puy-de-dome" in said.json["message"]
    assert not (tmp_path / "neuf").exists()


def test_a_second_home_is_never_made_over_the_first(door: Door, home: Path) -> None:
    before = whole(home)
    said = door("init", "--site", "loiret")
    assert (said.code, said.json["error"]) == (2, "home_exists")
    assert whole(home) == before


@pytest.mark.parametrize("left", ["guichet.db", "key.json", "sauvegardes"])
def test_a_home_that_lost_its_identity_keeps_its_key_and_its_file(door: Door, home: Path, left: str) -> None:
    for path in home.iterdir():
        if path.name != left and path.is_file():
            path.unlink()
    (home / "sauvegardes").mkdir(exist_ok=True)
    before = whole(home)
    said = door("init", "--site", "nord")
    assert (said.code, said.json["error"]) == (2, "home_exists")
    assert left in said.json["message"]
    assert whole(home) == before


def test_a_home_that_is_not_there_says_how_to_make_one(door: Door, tmp_path: Path) -> None:
    said = door.bare("rows", "--home", tmp_path / "rien", "--json")
    assert (said.code, said.json["error"]) == (2, "no_home")
    assert "init --site" in said.json["message"]


def test_a_home_on_a_drive_that_is_away_is_not_said_to_be_a_new_desk(door: Door, tmp_path: Path) -> None:
    away = tmp_path / "clé" / "poste"
    said = door.bare("rows", "--home", away, "--json")
    assert (said.code, said.json["error"]) == (2, "no_home")
    assert "Branchez-le" in said.json["message"]
    assert not away.parent.exists()


def test_a_place_that_is_a_file_is_refused(door: Door, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    for place in (tmp_path / "fichier", tmp_path / "fichier" / "poste"):
        said = door.bare("init", "--site", "nord", "--home", place, "--json")
        assert (said.code, said.json["error"]) == (2, "not_writable")


@pytest.mark.parametrize(
    "identity",
    [
        "",
        "{",
        "[]",
        "null",
        '{"id": "x"}',
        '{"training": "non"}',
        '{"training": 1}',
        '{"keys": "poche"}',
        '{"incarnation": null}',
        '{"format": "1"}',
        '{"inconnu": 1}',
    ],
)
def test_a_broken_identity_is_refused_and_left_as_it_is(home: Path, clock: Clock, identity: str) -> None:
    path = home / "home.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    change = json.loads(identity) if identity.startswith('{"') and identity != '{"id": "x"}' else None
    path.write_text(json.dumps({**values, **change}) if change else identity, encoding="utf-8")
    before = whole(home)
    assert refused(home, clock).code == "home_unreadable"
    assert whole(home) == before


@pytest.mark.parametrize("training", [True, False])
def test_a_training_mark_changed_by_hand_convinces_nobody(
    home: Path, real_home: Path, clock: Clock, training: bool
) -> None:
    tampered = home if training else real_home
    path = tampered / "home.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**values, "training": not training}), encoding="utf-8")
    assert refused(tampered, clock).code == "training_mark"


def test_a_site_changed_by_hand_convinces_nobody(home: Path, clock: Clock) -> None:
    path = home / "home.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**values, "site": "loiret"}), encoding="utf-8")
    assert refused(home, clock).code == "site_mark"
    path.write_text(json.dumps({**values, "site": "../nord"}), encoding="utf-8")
    assert refused(home, clock).code == "unknown_site"


@pytest.mark.parametrize("spoil", ["", "{}", "x", '{"store": "zz", "device": "00"}', None])
def test_a_missing_or_broken_key_is_refused_and_nothing_is_changed(home: Path, clock: Clock, spoil: str | None) -> None:
    if spoil is None:
        (home / "key.json").unlink()
    else:
        (home / "key.json").write_text(spoil, encoding="utf-8")
    before = whole(home)
    refusal = refused(home, clock)
    assert refusal.code == "key_missing"
    assert "key.json" in refusal.sentence
    assert whole(home) == before


def test_the_clock_is_set_only_where_acts_are_not_true(real_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = Door(real_home, capsys)("recent", "--at", "2026-11-23T09:00")
    assert (said.code, said.json["error"]) == (2, "clock_not_settable")
    assert Door(real_home, capsys)("recent").code == 0


def test_a_training_clock_stands_where_it_is_set(home: Path) -> None:
    with closing(open_office(home, at=moment("9:10"))) as office:
        assert office.desk.now() == moment("9:10")


def test_one_window_at_a_time_holds_a_home(home: Path, door: Door) -> None:
    with only_window(home):
        with pytest.raises(StoreRefused) as refusal, only_window(home):
            pass
        assert refusal.value.code == "already_open"
        assert "barre des tâches" in refusal.value.sentence
        assert door("rows").code == 0, "commands work beside the window"
        assert door("recover").json["error"] == "already_open"
    with only_window(home):
        pass


def test_a_home_of_real_work_is_marked_so_and_a_training_one_for_ever(home: Path, real_home: Path) -> None:
    for path, training in ((home, True), (real_home, False)):
        with closing(opened(path, Clock())) as office:
            mark = mark_of(office.desk)
            assert mark is not None
            assert (mark.site, mark.training, office.desk.training) == ("nord", training, training)


@pytest.mark.parametrize("site", config.sites())
def test_a_home_can_be_made_for_each_site(door: Door, tmp_path: Path, site: str) -> None:
    said = door.bare(
        "init", "--site", site, "--desk", "Guichet 2", "--agent", "A. Petit", "--home", tmp_path / site, "--json"
    )
    assert (said.code, said.json["keys"]) == (0, "file")
    assert "key.json" in said.err
    assert "chiffrez le disque" in said.err
    assert read_settings(tmp_path / site).settings == Settings(desk="Guichet 2", agent="A. Petit")


@pytest.fixture
def keyring_here() -> Iterator[dict[tuple[str, str], str]]:
    """A keyring of its own, as the system would have one."""
    import keyring
    from keyring.backend import KeyringBackend

    kept: dict[tuple[str, str], str] = {}

    class Pocket(KeyringBackend):
        priority = 9.0

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

    before = keyring.get_keyring()
    keyring.set_keyring(Pocket())  # type: ignore[no-untyped-call]
    yield kept
    keyring.set_keyring(before)


def test_keys_live_in_the_systems_keyring_when_it_has_one(
    tmp_path: Path, keyring_here: dict[tuple[str, str], str], clock: Clock
) -> None:
    home = init_home(tmp_path / "poste", "nord", training=True, clock=clock)
    assert home.identity.keys == "keyring"
    assert not (home.path / "key.json").exists()
    assert len(keyring_here) == 1
    opened(home.path, clock).close()
    keyring_here.clear()
    assert refused(home.path, clock).code == "key_missing"


def test_a_signature_is_of_one_key_and_one_text(tmp_path: Path) -> None:
    ours, others = DeskKeys.new(), DeskKeys.new()
    assert keep(ours, tmp_path, "x") == "file"
    assert fetch(tmp_path, "x", "file") == ours
    signature = ours.sign("abc")
    assert signed_by(ours.public, "abc", signature)
    assert not signed_by(others.public, "abc", signature)
    assert not signed_by(ours.public, "abd", signature)
    assert not signed_by(ours.public, "abc", "")


BAD = """
desk = "Guichet 3"
theme = "rose"
scale = 110
volume = 900
ticket_letter = "AB"
language = "de"
auto_print = "oui"
agent = 12
couleur = "bleu"
reduce_motion = true
"""


def test_each_bad_setting_is_told_and_the_others_are_kept(home: Path, clock: Clock) -> None:
    (home / "settings.toml").write_text(BAD, encoding="utf-8")
    with closing(opened(home, clock)) as office:
        settings = office.settings
        assert (settings.desk, settings.reduce_motion) == ("Guichet 3", True)
        assert (settings.theme, settings.scale, settings.volume, settings.agent) == ("system", 100, 60, "")
        for name in ("theme", "scale", "volume", "ticket_letter", "language", "auto_print", "agent", "couleur"):
            assert sum(typeset(f"« {name} »") in problem for problem in office.problems) == 1, name
        assert len(office.problems) == 8


@pytest.mark.parametrize("text", [b"desk = ", b"\xff\xfe", b"= 3", b"desk = 'a'\ndesk = 'b'"])
def test_settings_that_do_not_read_are_told_and_left_as_they_are(home: Path, clock: Clock, text: bytes) -> None:
    (home / "settings.toml").write_bytes(text)
    with closing(opened(home, clock)) as office:
        assert office.settings == Settings()
        (problem,) = office.problems
        assert "settings.toml" in problem
    assert (home / "settings.toml").read_bytes() == text


@pytest.mark.parametrize(
    ("desk", "chosen", "letter"),
    [("", "", "A"), ("Guichet 1", "", "A"), ("Guichet 12", "", "L"), ("Guichet 99", "", "A"), ("Accueil", "k", "K")],
)
def test_the_letter_of_tickets_comes_from_the_desk_unless_chosen(desk: str, chosen: str, letter: str) -> None:
    assert Settings(desk=desk, ticket_letter=chosen).letter == letter


def test_changed_settings_are_written_whole_and_noted_in_the_journal(home: Path, clock: Clock) -> None:
    with closing(opened(home, clock)) as office:
        office.change(desk="Guichet 7", volume=10)
        assert (office.desk.name, office.desk.ticket_letter) == ("Guichet 7", "G")
        with office.desk.looking() as connection:
            noted = connection.exec_driver_sql("SELECT id, value FROM setting").fetchall()
    assert [tuple(row) for row in noted] == [("desk", "Guichet 7")]
    assert read_settings(home).settings.volume == 10
    assert not list(home.glob("*.new"))
    write_settings(home, Settings(desk="é « »"))
    assert read_settings(home).settings.desk == "é « »"


def test_a_window_leaves_nothing_on_a_place_that_no_home_may_have(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused) as refusal, only_window(tmp_path / "Dropbox" / "poste"):
        pass
    assert refusal.value.code == "synced_folder"
    assert not (tmp_path / "Dropbox").exists()


def test_no_paper_is_ever_written_over_the_files_of_a_home(door: Door) -> None:
    before = (door.home / "key.json").read_bytes()
    answer = door("convocations", "--out", door.home / "key.json")
    assert answer.code == 2
    assert answer.json["error"] == "out_in_home"
    assert (door.home / "key.json").read_bytes() == before


KILLED = """
import os, signal, sys
from pathlib import Path
from counter_app.app import init_home
init_home(Path(sys.argv[1]), "nord", training=True, clock=lambda: os.kill(os.getpid(), signal.SIGKILL))
"""


def test_a_home_whose_making_was_killed_says_how_to_begin_again(door: Door, tmp_path: Path) -> None:
    place = tmp_path / "neuf"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(place)], check=False)
    assert killed.returncode == -signal.SIGKILL
    said = door.bare("init", "--site", "nord", "--home", place, "--json")
    assert (said.code, said.json["error"]) == (2, "home_exists")
    assert "aucun acte" in said.json["message"]
    assert "supprimez ce dossier" in said.json["message"]
    shutil.rmtree(place)
    assert door.bare("init", "--site", "nord", "--home", place, "--json").code == 0
    assert not (place / "home.json.init").exists()


def test_a_desk_made_without_names_is_told_how_its_acts_are_signed(door: Door, tmp_path: Path) -> None:
    named = ("--desk", "Poste 2", "--agent", "M. Durand")
    nameless = door.bare("init", "--site", "nord", "--home", tmp_path / "neuf", "--json")
    half = door.bare("init", "--site", "nord", "--home", tmp_path / "demi", "--json", *named[:2])
    whole = door.bare("init", "--site", "nord", "--home", tmp_path / "nommé", "--json", *named)
    assert "sans nom" in nameless.err
    assert "sans nom" in half.err
    assert "sans nom" not in whole.err


def test_a_name_taken_away_is_told_and_sentences_still_read(tmp_path: Path, door: Door) -> None:
    place = ("--home", tmp_path / "poste", "--json")
    door.bare("init", "--site", "nord", "--training", "--desk", "Guichet 3", "--agent", "Mme Petit", *place)
    assert "sans nom" not in door.bare("settings", *place).err
    for empty in ("desk=", "desk=  "):
        said = door.bare("settings", "--set", empty, *place)
        assert (said.code, said.json["settings"]["desk"]) == (0, "")
        assert "poste sans nom" in said.err
    assert "sans nom" not in door.bare("settings", "--set", "desk=Guichet 4", *place).err


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("document_numbers=1", "écrivez oui ou non"),
        ("hall_display=vrai", "écrivez oui ou non"),
        ("hall_distance=abc", "écrivez un nombre de 1 à 20"),
        ("hall_distance=21", "écrivez un nombre de 1 à 20"),
        ("volume=-1", "écrivez un nombre de 0 à 100"),
        ("volume=101", "écrivez un nombre de 0 à 100"),
        ("scale=abc", "100, 125, 150, 200"),
        ("scale=110", "100, 125, 150, 200"),
    ],
)
def test_a_setting_that_cannot_be_is_told_with_what_to_write(home: Path, door: Door, typed: str, words: str) -> None:
    said = door.bare("--home", home, "settings", "--set", typed, "--json")
    assert (said.code, said.json["error"]) == (2, "bad_setting")
    assert words in said.json["message"]
    assert "genre" not in said.json["message"]
