"""A file deleted, moved or replaced under an open desk: noticed before an act is said recorded, and nothing is lost."""

import shutil
import threading
import timeit
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from counter_app.app import recover_home
from counter_app.domain.acts import Subject, SubjectType
from counter_app.domain.refusal import StoreRefused
from counter_app.office import Office
from counter_app.store import journal
from counter_app.store.backup import backups_of
from counter_app.store.standing import Standing
from counter_app.usecases.audit import verify
from counter_app.usecases.check_in import check_in
from tests.homes import AtDesk, Clock, opened, person

DISPLACED: dict[str, Callable[[Path], object]] = {
    "deleted": lambda file: file.unlink(),
    "moved": lambda file: file.rename(file.with_name("ailleurs.db")),
    "replaced": lambda file: shutil.copyfile(file, file.with_suffix(".x")).replace(file),
    "folder moved": lambda file: file.parent.rename(file.parent.with_name("loin")),
}


@pytest.fixture
def codes(here: AtDesk) -> list[str]:
    """A morning with somebody in and somebody to come."""
    here.expects(person("SOW Aïssata", rdv_id="1"), person("BA Awa", "5900000002", rdv_id="2"))
    here.clock.at("9:05")
    codes = [here.code("SOW"), here.code("BA")]
    assert here.scan(codes[0]).recorded
    return codes


@pytest.mark.parametrize("how", DISPLACED)
def test_an_arrival_is_not_acknowledged_once_the_file_lost_its_name(
    here: AtDesk, office: Office, codes: list[str], how: str
) -> None:
    DISPLACED[how](office.home.store)
    for _twice in range(2):
        with pytest.raises(StoreRefused) as refused:
            here.scan(codes[1])
    assert refused.value.code == "store_gone"
    assert "n’est pas enregistré" in refused.value.sentence
    assert "counter-app recover" in refused.value.sentence


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_what_was_recorded_before_comes_back(
    here: AtDesk, office: Office, clock: Clock, codes: list[str], how: str
) -> None:
    DISPLACED[how](office.home.store)
    with pytest.raises(StoreRefused):
        here.scan(codes[1])
    office.close()
    assert backups_of(office.home.backups)[0].name.startswith("retrouve-")
    recover_home(office.home.path, clock)
    with closing(opened(office.home.path, clock)) as again:
        assert not check_in(again.desk, codes[0]).recorded
        assert check_in(again.desk, codes[1]).recorded


def test_a_gesture_told_as_not_recorded_is_in_no_copy(office: Office, clock: Clock) -> None:
    with pytest.raises(StoreRefused), office.desk.gesture() as gesture:
        gesture.record("scan_unknown", Subject(SubjectType.SCAN, "perdu"), {"length": 7})
        office.home.store.unlink()
    office.close()
    recover_home(office.home.path, clock)
    with closing(opened(office.home.path, clock)) as again, again.desk.looking() as connection:
        assert not journal.acts_of(connection, Subject(SubjectType.SCAN, "perdu"))


def test_a_file_put_back_in_its_place_goes_on(here: AtDesk, office: Office, codes: list[str]) -> None:
    away = office.home.store.rename(office.home.store.with_name("ailleurs.db"))
    with pytest.raises(StoreRefused):
        here.scan(codes[1])
    away.rename(office.home.store)
    assert here.scan(codes[1]).recorded
    assert len([one for one in here.everybody() if one.arrival]) == 2


@pytest.mark.parametrize("part", ["-wal", "-shm"])
def test_a_log_deleted_beside_the_file_is_noticed_and_made_again_once_all_have_let_go(
    here: AtDesk, office: Office, codes: list[str], part: str
) -> None:
    office.home.store.with_name(f"{office.home.store.name}{part}").unlink()
    with pytest.raises(StoreRefused) as refused:
        here.scan(codes[1])
    assert refused.value.code == "store_gone"
    assert here.scan(codes[1]).recorded
    office.close()
    with closing(opened(office.home.path, here.clock)) as again:
        assert not check_in(again.desk, codes[1]).recorded
        assert verify(again.desk).ok


def test_no_thread_opens_another_log_than_the_others(here: AtDesk, office: Office, codes: list[str]) -> None:
    office.home.store.with_name("guichet.db-wal").unlink()
    told: list[str] = []

    def look() -> None:
        try:
            here.everybody()
        except StoreRefused as refused:
            told.append(refused.code)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert told == ["store_gone"]


def test_every_thread_notices_and_none_makes_a_new_file(here: AtDesk, office: Office, codes: list[str]) -> None:
    office.home.store.unlink()
    told: list[str] = []

    def scan() -> None:
        try:
            check_in(office.desk, codes[1])
        except StoreRefused as refused:
            told.append(refused.code)

    thread = threading.Thread(target=scan)
    thread.start()
    thread.join()
    assert told == ["store_gone"]
    assert not office.home.store.exists()


def test_looking_costs_a_few_microseconds(office: Office) -> None:
    standing = Standing(office.home.store)
    assert min(timeit.repeat(standing.holds, number=200, repeat=5)) / 200 < 50e-6
