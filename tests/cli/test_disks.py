"""Disks that are full, do not let themselves be written, or do not answer: said with the place and what to do."""

import errno
import logging
import shutil
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlcipher3 import dbapi2

from counter_app.domain.refusal import StoreRefused
from counter_app.home import only_window, read_home
from counter_app.keys import fetch
from counter_app.store.faults import refusal_of
from counter_app.store.opened import open_file
from counter_app.store.safety import not_done
from tests.cli.cli import Door
from tests.homes import Clock, opened


class Usage(NamedTuple):
    """What the system says of a disk."""

    total: int
    used: int
    free: int


def test_a_log_folder_that_is_a_file_stops_nobody_and_is_told(door: Door, home: Path) -> None:
    shutil.rmtree(home / "journaux", ignore_errors=True)
    (home / "journaux").write_text("un fichier", encoding="utf-8")
    said = door("provisional", "SOW Awa")
    assert said.code == 0
    assert "journal technique" in said.err
    assert "un fichier porte" in said.err
    assert str(home / "journaux") in said.err


def test_a_log_that_is_full_says_nothing_in_english(
    door: Door, home: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(home / "journaux", ignore_errors=True)
    (home / "journaux").mkdir()
    (home / "journaux" / "guichet.log").symlink_to("/dev/full")
    with closing(opened(home, clock)):
        logging.getLogger("guichet").error("une panne")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", ["SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_CANTOPEN"])
def test_what_sqlite_does_not_say_the_disk_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    file = tmp_path / "poste" / "guichet.db"
    file.parent.mkdir()
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(10, 10, 0))
    refused = refusal_of(name, file)
    assert refused is not None
    assert refused.code == "disk_full"
    assert str(file.parent) in refused.sentence
    assert "Libérez de la place" in refused.sentence
    monkeypatch.undo()
    refused = refusal_of("SQLITE_IOERR_WRITE", file)
    assert refused is not None
    assert (refused.code, str(file.parent) in refused.sentence) == ("disk_error", True)


def test_a_file_that_the_system_does_not_let_us_write_is_told_by_its_folder(door: Door, home: Path) -> None:
    (home / "settings.toml.new").mkdir()
    said = door("settings", "--set", "volume=10")
    assert (said.code, said.json["error"]) == (1, "disk_error")
    assert f"« {home} »".replace(" ", "\N{NO-BREAK SPACE}") in said.json["message"].replace(" ", "\N{NO-BREAK SPACE}")
    assert "c’est un dossier" in said.json["message"]


def test_the_name_of_a_file_is_never_told() -> None:
    refused = not_done(OSError(errno.ENOSPC, "No space left on device", "/listes/SOW Awa.csv"))
    assert "SOW" not in refused.sentence
    assert "/listes" in refused.sentence
    assert "le disque est plein" in refused.sentence
    assert "le système a répondu" in not_done(OSError()).sentence


def test_a_home_that_could_not_be_made_leaves_nothing_and_can_be_made_again(door: Door, tmp_path: Path) -> None:
    path = tmp_path / "neuf"
    (path / "home.json.init").mkdir(parents=True)
    said = door.bare("--home", path, "init", "--site", "nord", "--json")
    assert (said.code, said.json["error"]) == (2, "not_writable")
    assert [one.name for one in path.iterdir()] == ["home.json.init"]
    (path / "home.json.init").rmdir()
    assert door.bare("--home", path, "init", "--site", "nord", "--json").code == 0


def test_a_home_that_holds_a_folder_in_place_of_its_lock_is_told(home: Path) -> None:
    (home / "window.lock").mkdir()
    with pytest.raises(StoreRefused) as refused, only_window(home):
        pass
    assert "c’est un dossier" in refused.value.sentence


def test_settings_that_are_a_folder_are_told_and_the_usual_ones_taken(door: Door, home: Path) -> None:
    (home / "settings.toml").unlink()
    (home / "settings.toml").mkdir()
    said = door("provisional", "SOW Awa")
    assert said.code == 0
    assert "settings.toml" in said.err


def test_a_home_behind_a_link_is_worked_in_like_any_other(door: Door, home: Path, tmp_path: Path) -> None:
    link = tmp_path / "lien"
    link.symlink_to(home)
    assert door.bare("--home", link, "provisional", "SOW Awa", "--json").code == 0
    assert door("verify").json["ok"]
    assert door.bare("--home", link, "recover", "--json").json["lost"] == 0


def test_the_day_list_still_reads_where_nothing_can_be_put_beside_the_file(door: Door, home: Path) -> None:
    """As on a full disk: SQLite cannot make the index of its log there."""
    assert door("provisional", "SOW Awa").code == 0
    (home / "guichet.db-shm").symlink_to("guichet.db-shm")
    for verb in (("convocations",), ("search", "SOW"), ("verify",)):
        assert door(*verb).code == 0
    assert door("verify").json["ok"]


def test_readers_are_told_of_no_gesture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(10, 10, 0))
    for name in ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR"):
        read = refusal_of(name, tmp_path / "guichet.db", writing=False)
        written = refusal_of(name, tmp_path / "guichet.db")
        assert read is not None and written is not None
        assert "geste" not in read.sentence
        assert "n’est perdu" in read.sentence
        assert "le dernier geste n’a pas été enregistré" in written.sentence


def test_a_window_holds_the_file_for_itself_at_no_time(home: Path, clock: Clock) -> None:
    """Its threads have a connection each: they would wait for one another."""
    (home / "guichet.db-shm").symlink_to("guichet.db-shm")
    with pytest.raises(StoreRefused) as refused:
        opened(home, clock)
    assert refused.value.code in ("store_not_writable", "disk_error")
    assert "geste" not in refused.value.sentence


def test_a_file_read_for_itself_makes_another_program_wait_and_not_read_something_else(home: Path) -> None:
    """What is read alone is locked: nobody writes meanwhile."""
    read = read_home(home)
    key = fetch(home, read.identity.id, read.identity.keys).store
    (home / "guichet.db-shm").symlink_to("guichet.db-shm")
    with closing(open_file(read.store, key, alone=True)) as first:
        assert first.execute("SELECT count(*) FROM act").fetchone() == (1,)
        (home / "guichet.db-shm").unlink()
        with closing(dbapi2.connect(str(read.store), timeout=0)) as second, pytest.raises(dbapi2.OperationalError):
            second.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            second.execute("SELECT count(*) FROM act")
