"""Recoveries of files of which nothing is left, recoveries cut short, several at once: the home stays consistent."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from counter_app import keys
from counter_app.app import recover_home
from counter_app.domain.refusal import StoreRefused
from counter_app.home import only_window, read_home
from counter_app.recovery import recover
from counter_app.store.backup import backups_of
from counter_app.ui.screens import settings_work
from counter_app.usecases.audit import verify
from counter_app.wording.catalogue import Words
from tests.cli.cli import COMMAND, Door
from tests.homes import Clock, opened
from tests.store.test_recovery import HEADER, arrived, damage, work

KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from counter_app.home import read_home
from counter_app.recovery import recover
recover(read_home(Path(sys.argv[1])), lambda: datetime.now(UTC), lambda *_: os.kill(os.getpid(), signal.SIGKILL))
"""
"""A process killed while the new file is made: the damaged one is set aside, none has its name."""


def without_tables(file: Path) -> None:
    home = read_home(file.parent)
    secrets = keys.fetch(home.path, home.identity.id, home.identity.keys)
    file.unlink()
    with closing(dbapi2.connect(str(file))) as empty:
        empty.execute(f"PRAGMA key = \"x'{secrets.store.hex()}'\"")
        empty.execute("CREATE TABLE autre (x)")


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


HURT: dict[str, Callable[[Path], object]] = {
    "emptied": lambda file: file.write_bytes(b""),
    "cut within the first page": lambda file: file.write_bytes(file.read_bytes()[:1000]),
    "cut to two pages": lambda file: file.write_bytes(file.read_bytes()[:8192]),
    "other bytes": lambda file: file.write_bytes(bytes(range(256)) * 400),
    "without tables": without_tables,
    "gone": lambda file: file.unlink(),
    "a folder": a_folder,
}


@pytest.mark.parametrize("how", HURT)
def test_a_file_of_which_nothing_is_left_is_taken_up_from_the_copy(
    door: Door, home: Path, clock: Clock, tmp_path: Path, how: str
) -> None:
    codes = work(home, clock, tmp_path / "listes", 4)
    assert door("backup").code == 0
    HURT[how](home / "guichet.db")
    said = door("recover")
    assert said.code == 0
    assert (said.json["end_unknown"], said.json["lost"]) == (True, 0)
    assert Path(said.json["backup"]).parent == home / "sauvegardes"
    assert arrived(home, clock) == len(codes)


@pytest.mark.parametrize("how", HURT)
def test_without_any_copy_the_file_is_made_anew_and_that_is_said(
    door: Door, home: Path, clock: Clock, tmp_path: Path, how: str
) -> None:
    work(home, clock, tmp_path / "listes", 4)
    shutil.rmtree(home / "sauvegardes")
    HURT[how](home / "guichet.db")
    said = door.bare("--home", home, "recover")
    assert said.code == 0
    assert "Aucune sauvegarde saine" in said.out
    assert "D’autres actes ont pu suivre" in said.out
    with closing(opened(home, clock)) as office:
        assert verify(office.desk).ok
        assert office.desk.training


def test_what_a_recovery_without_any_copy_lost_is_told_by_verify_for_ever(
    door: Door, home: Path, clock: Clock, tmp_path: Path
) -> None:
    work(home, clock, tmp_path / "listes", 130)
    written = door("verify").json["acts"]
    shutil.rmtree(home / "sauvegardes")
    os.truncate(home / "guichet.db", 100_000)
    done = door("recover").json
    assert (done["acts"], done["lost"]) == (0, written)
    proof = door("verify").json
    assert (proof["ok"], proof["lost"], proof["end_unknown"]) == (True, done["lost"], done["end_unknown"])
    with closing(opened(home, clock)) as office:
        told = settings_work.verify(office.desk, Words("fr")).sentence
    assert f"{written} actes sont perdus" in told
    shutil.rmtree(home / "sauvegardes")
    damage(home / "guichet.db", HEADER)
    assert (door("recover").json["backup"], door("verify").json["lost"]) == (None, written)


def test_verify_says_that_nobody_knows_where_a_journal_ended(
    door: Door, home: Path, clock: Clock, tmp_path: Path
) -> None:
    work(home, clock, tmp_path / "listes", 4)
    shutil.rmtree(home / "sauvegardes")
    (home / "guichet.db").write_bytes(b"")
    assert door("recover").json["end_unknown"]
    assert door("verify").json["end_unknown"]
    assert "D’autres actes ont pu suivre" in door.bare("--home", home, "verify").out
    with closing(opened(home, clock)) as office:
        assert "D’autres actes ont pu suivre" in settings_work.verify(office.desk, Words("fr")).sentence


def test_a_recovery_killed_half_way_is_taken_up_by_the_next_one(home: Path, clock: Clock, tmp_path: Path) -> None:
    codes = work(home, clock, tmp_path / "listes", 8)
    damage(home / "guichet.db", 0)
    for _again in range(2):
        killed = subprocess.run([sys.executable, "-c", KILLED, str(home)], check=False)
        assert killed.returncode == -signal.SIGKILL
        with pytest.raises(StoreRefused) as refused:
            opened(home, clock)
        assert refused.value.code == "store_gone"
    done = recover_home(home, clock)
    assert done.salvaged > 0
    assert not done.end_unknown
    assert arrived(home, clock) == len(codes)
    assert not (home / "reprise").exists()


def test_a_recovery_that_cannot_be_brought_to_its_end_puts_the_file_back(
    home: Path, clock: Clock, tmp_path: Path
) -> None:
    codes = work(home, clock, tmp_path / "listes", 4)
    before = (home / "guichet.db").read_bytes()

    def no_room(*_told: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreRefused) as refused:
        recover(read_home(home), clock, no_room)
    assert "le disque est plein" in refused.value.sentence
    assert (home / "guichet.db").read_bytes() == before
    assert list((home / "mis-de-cote").iterdir()) == []
    assert arrived(home, clock) == len(codes)


def test_a_recovery_waits_for_no_window_and_no_other_recovery(door: Door, home: Path) -> None:
    with only_window(home):
        said = door("recover")
    assert said.json["error"] == "already_open"
    assert "récupération" in said.json["message"]
    assert not (home / "mis-de-cote").exists()


def test_recoveries_and_openings_at_once_leave_a_sound_home(home: Path, clock: Clock, tmp_path: Path) -> None:
    codes = work(home, clock, tmp_path / "listes", 4)
    with closing(opened(home, clock)):
        pass
    verbs = ["recover", "recent", "recover", "verify", "recover", "recent"]
    running = [
        subprocess.Popen(
            [COMMAND, "--home", str(home), verb], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        for verb in verbs
    ]
    said = [one.communicate() for one in running]
    assert not any("panne inattendue" in out + err for out, err in said), said
    assert backups_of(home / "sauvegardes")
    assert arrived(home, clock) == len(codes)
    with closing(opened(home, clock)) as office:
        assert verify(office.desk).ok
