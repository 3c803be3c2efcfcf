"""The encrypted file itself: durable at each open, unreadable without its key, sound to copy, told in words."""

import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from counter_app.domain.refusal import StoreRefused
from counter_app.paths import migrations
from counter_app.store import opened
from counter_app.store.backup import DAYS, OF_THE_DAY, backup, backups_of
from counter_app.store.engine import Store, check_sqlite_version
from counter_app.store.faults import refusal_of
from counter_app.store.migrate import revision, upgrade
from counter_app.store.statements import driver

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "guichet.db", KEY)) as store:
        upgrade(store, migrations())
        yield store


def pragma(store: Store, name: str) -> object:
    with store.reading() as connection:
        return driver(connection).execute(f"PRAGMA {name}").fetchone()[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [("synchronous", 2), ("journal_mode", "wal"), ("busy_timeout", 10000), ("foreign_keys", 1), ("temp_store", 2)],
)
def test_each_connection_is_durable_patient_and_strict(store: Store, name: str, value: object) -> None:
    assert pragma(store, name) == value
    store.close()
    assert pragma(store, name) == value


def test_each_thread_has_its_own_connection_and_each_is_durable(store: Store) -> None:
    found: list[object] = []

    def look() -> None:
        with store.reading() as connection:
            found.extend((id(driver(connection)), driver(connection).execute("PRAGMA synchronous").fetchone()[0]))

    with store.reading() as connection:
        found.append(id(driver(connection)))
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    here, there, synchronous = found
    assert here != there
    assert synchronous == 2


def test_a_file_that_would_not_be_durable_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(opened, "PRAGMAS", ("PRAGMA synchronous = NORMAL",))
    with pytest.raises(StoreRefused) as refused, Store(tmp_path / "a.db", KEY).reading():
        pass
    assert refused.value.code == "not_durable"
    assert "coupure de courant" in refused.value.sentence


def test_nothing_in_the_file_is_readable_without_its_key(store: Store, tmp_path: Path) -> None:
    store.close()
    raw = store.path.read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    assert b"CREATE TABLE" not in raw
    assert raw.count(0) < len(raw) // 64
    with pytest.raises(dbapi2.DatabaseError):
        dbapi2.connect(str(store.path)).execute("SELECT * FROM act")


def test_another_key_is_refused_in_french_and_touches_nothing(store: Store) -> None:
    store.close()
    before = store.path.read_bytes()
    with closing(Store(store.path, bytes(32))) as other, pytest.raises(StoreRefused) as refused:
        revision(other)
    assert refused.value.code == "damaged"
    assert "sa clé n’est pas celle de ce poste" in refused.value.sentence
    assert "counter-app recover" in refused.value.sentence
    assert store.path.read_bytes() == before


def test_a_gesture_that_breaks_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO head VALUES ('a', 1, 'x', 1)")
        raise RuntimeError
    assert pragma(store, "synchronous") == 2
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM head").scalar_one() == 0


def test_reading_sees_one_state_while_another_writes(store: Store) -> None:
    with store.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM head").scalar_one()
        thread = threading.Thread(target=_write_head, args=(store,))
        thread.start()
        thread.join()
        assert connection.exec_driver_sql("SELECT count(*) FROM head").scalar_one() == before
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM head").scalar_one() == before + 1


def _write_head(store: Store) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO head VALUES ('a', 1, 'x', 1)")
    store.close()


@pytest.mark.parametrize("name", ["été ?", "a#b", "100 %41", "o'brien; DROP", "file:x", "guillemets « »"])
def test_a_folder_of_any_name_holds_a_file(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    with closing(Store(folder / "guichet.db", KEY)) as store:
        upgrade(store, migrations())
        assert revision(store) is not None
    assert (folder / "guichet.db").is_file()


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 51, 2)])
def test_an_sqlite_that_can_damage_a_shared_file_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(StoreRefused) as refused:
        check_sqlite_version(version)
    assert refused.value.code == "sqlite_too_old"
    assert ".".join(map(str, version)) in refused.value.sentence
    assert "3.51.3" in refused.value.sentence


def answer_to(version: tuple[int, ...]) -> str:
    """Why a version is not taken; empty when it is."""
    try:
        check_sqlite_version(version)
    except StoreRefused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 0), (4, 0, 0), dbapi2.sqlite_version_info])
def test_a_sound_sqlite_is_taken(version: tuple[int, ...]) -> None:
    assert answer_to(version) == ""


def test_a_full_disk_is_told_and_what_was_written_stays(store: Store) -> None:
    with store.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.exec_driver_sql("INSERT INTO head VALUES ('a', 1, 'x', 1)")
    with pytest.raises(StoreRefused) as refused, store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO head VALUES ('b', 1, ?, 1)", ("x" * 500_000,))
    assert refused.value.code == "disk_full"
    assert "Libérez de la place" in refused.value.sentence
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT stream FROM head").scalars().all() == ["a"]


def test_a_file_held_by_another_program_is_told_as_busy(store: Store) -> None:
    with closing(Store(store.path, KEY)) as other, other.writing():
        with store.reading() as connection:
            driver(connection).execute("PRAGMA busy_timeout = 1").fetchall()
        with pytest.raises(StoreRefused) as refused, store.writing():
            pass
    assert refused.value.code == "busy"


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused) as refused, Store(tmp_path / "absent" / "guichet.db", KEY).reading():
        pass
    assert refused.value.code == "store_not_writable"
    assert str(tmp_path / "absent") in refused.value.sentence


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_CORRUPT", "damaged"),
        ("SQLITE_CORRUPT_VTAB", "damaged"),
        ("SQLITE_NOTADB", "damaged"),
        ("SQLITE_IOERR_SHORT_READ", "disk_error"),
        ("SQLITE_READONLY_DIRECTORY", "store_not_writable"),
        ("SQLITE_CONSTRAINT", None),
        ("", None),
    ],
)
def test_what_sqlite_says_has_its_sentence_and_a_fault_of_ours_does_not(name: str, code: str | None) -> None:
    refused = refusal_of(name, Path("/poste/guichet.db"))
    assert (refused.code if refused else None) == code


def test_a_backup_is_encrypted_with_the_same_key_private_and_whole(store: Store, tmp_path: Path) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO head VALUES ('a', 1, 'x', 1)")
    copy = backup(store, tmp_path / "sauvegardes" / "poste-1.db")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    with closing(Store(copy, KEY)) as copied:
        assert copied.damaged_pages() == 0
        with copied.reading() as connection:
            assert connection.exec_driver_sql("SELECT stream FROM head").scalars().all() == ["a"]


def test_a_backup_cut_short_is_never_taken_for_one(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "sauvegardes"
    backup(store, folder / "poste-1.db")
    (folder / "cut.part").write_bytes(b"")
    os.utime(folder / "cut.part", (0, 0))
    assert [copy.name for copy in backups_of(folder)] == ["poste-1.db"]
    backup(store, folder / "poste-2.db")
    assert sorted(path.name for path in folder.iterdir()) == ["poste-1.db", "poste-2.db"]


def test_programs_that_copy_the_file_in_the_same_second_all_make_a_sound_copy(store: Store, tmp_path: Path) -> None:
    target, line = tmp_path / "sauvegardes" / "poste-1.db", threading.Barrier(4)

    def copy() -> Path:
        line.wait()
        with closing(Store(store.path, KEY)) as mine:
            return backup(mine, target)

    with ThreadPoolExecutor(4) as desks:
        made = [one.result() for one in [desks.submit(copy) for _desk in range(4)]]
    assert made == [target] * 4
    assert [path.name for path in target.parent.iterdir()] == ["poste-1.db"]
    with closing(Store(target, KEY)) as copied:
        assert copied.damaged_pages() == 0


def test_several_backups_of_the_day_and_one_of_each_day_before_are_kept(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "sauvegardes"
    for day in range(10, 20):
        for hour in range(8, 14):
            backup(store, folder / f"poste-202611{day}-{hour:02d}0000.db")
    names = [copy.name for copy in backups_of(folder)]
    assert names[:OF_THE_DAY] == [f"poste-20261119-{hour:02d}0000.db" for hour in (13, 12, 11, 10)]
    assert names[OF_THE_DAY:] == [f"poste-202611{day}-130000.db" for day in range(18, 18 - DAYS, -1)]


def test_on_a_disk_without_room_older_backups_go_and_the_newest_stay(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sauvegardes"
    for day in range(10, 15):
        backup(store, folder / f"poste-202611{day}-080000.db")
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage._replace(free=1000))
    backup(store, folder / "poste-20261115-080000.db")
    assert [copy.name[6:14] for copy in backups_of(folder)] == ["20261115", "20261114", "20261113"]


def test_a_copy_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "dossier.db").mkdir()
    with pytest.raises((StoreRefused, OSError)):
        backup(store, tmp_path / "dossier.db")
