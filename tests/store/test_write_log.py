"""A log of writes left by a crash and damaged since: what SQLite would drop unsaid is noticed, and comes back."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from counter_app import keys
from counter_app.app import open_office, recover_home
from counter_app.domain.acts import ActKind, Subject, SubjectType
from counter_app.domain.refusal import StoreRefused
from counter_app.store.convocation_rows import code_of
from counter_app.store.engine import Store
from counter_app.store.pages import FRAME_HEAD, LOG_HEAD, PAGE, commits
from counter_app.store.write_log import UNSURE, check_log
from counter_app.usecases.audit import verify
from tests.homes import AtDesk, Clock, Lists, opened, person
from tests.store.test_recovery import arrived
from tests.store.test_salvage import spoil

FRAME = FRAME_HEAD + PAGE
PEOPLE = 5


@pytest.fixture
def crashed(home: Path, clock: Clock, tmp_path: Path) -> Path:
    """A home as a crash leaves it after some arrivals: all that was done since the opening stands in the log."""
    with closing(opened(home, clock)) as office:
        here = AtDesk(office, clock, Lists(tmp_path / "listes", clock))
        here.expects(*(person(f"SOW {place}", f"59{place:08d}", rdv_id=str(place)) for place in range(PEOPLE)))
        clock.at("9:05")
        for one in here.everybody():
            here.scan(code_of(one))
        return Path(shutil.copytree(home, tmp_path / "crashed"))


def log_of(home: Path) -> Path:
    return home / "guichet.db-wal"


def test_a_sound_log_is_taken_up_unsaid(crashed: Path, clock: Clock) -> None:
    with closing(opened(crashed, clock)) as office:
        assert office.problems == ()
        assert verify(office.desk).ok
    assert arrived(crashed, clock) == PEOPLE
    assert not list(crashed.glob("*.garde"))


@pytest.mark.parametrize("part", ["head", "first frame", "middle", "head of a frame"])
def test_acts_that_stand_after_the_damage_are_not_dropped(crashed: Path, clock: Clock, part: str) -> None:
    ends = commits(log_of(crashed)).ends
    place = {
        "head": 20,
        "first frame": LOG_HEAD + FRAME_HEAD + 100,
        "middle": LOG_HEAD + ends[-3] * FRAME + FRAME_HEAD + 100,
        "head of a frame": LOG_HEAD + ends[-3] * FRAME + 9,
    }[part]
    spoil(log_of(crashed), place)
    for _again in range(2):
        with pytest.raises(StoreRefused) as refused:
            opened(crashed, clock)
        assert refused.value.code == "damaged"
    recover_home(crashed, clock)
    assert arrived(crashed, clock) >= PEOPLE - 1
    with closing(opened(crashed, clock)) as office:
        assert verify(office.desk).ok


def test_a_last_gesture_cut_short_by_the_crash_is_told(crashed: Path, clock: Clock) -> None:
    ends = commits(log_of(crashed)).ends
    spoil(log_of(crashed), LOG_HEAD + ends[-2] * FRAME + FRAME_HEAD + 100)
    with closing(opened(crashed, clock)) as office:
        assert office.problems == (UNSURE,)
    assert arrived(crashed, clock) == PEOPLE - 1


def test_a_second_program_opens_the_file_while_the_first_one_writes(home: Path, clock: Clock, tmp_path: Path) -> None:
    with closing(opened(home, clock)) as office:
        here = AtDesk(office, clock, Lists(tmp_path / "listes", clock))
        for place in range(4):
            here.expects(person(f"SOW {place}", f"59{place:08d}", rdv_id=str(place)))
            with closing(open_office(home, clock=clock)) as other:
                assert other.problems == ()


@dataclass
class Overtaken(Store):
    """A file that another program lets go of just before it is opened here."""

    path: Path
    key: bytes
    leave: Callable[[], None]

    def __post_init__(self) -> None:
        super().__init__(self.path, self.key)

    def frames(self) -> int:
        self.leave()
        return super().frames()


def test_a_program_that_closes_while_another_one_opens_damages_nothing(home: Path, clock: Clock) -> None:
    first = opened(home, clock)
    for place in range(4):
        with first.desk.gesture() as gesture:
            gesture.record(ActKind.SETTING_CHANGED, Subject(SubjectType.SETTING, "essai"), {"value": place})
    key = keys.fetch(home, first.home.identity.id, first.home.identity.keys).store
    with closing(Overtaken(first.home.store, key, first.close)) as second:
        assert check_log(second) == ()
    with closing(opened(home, clock)) as office:
        assert verify(office.desk).ok


@pytest.mark.parametrize(("before", "after"), [(5, 5), (5, 30)])
def test_an_older_file_put_back_beside_the_log_of_a_newer_one_is_not_opened(
    home: Path, clock: Clock, tmp_path: Path, before: int, after: int
) -> None:
    lists = Lists(tmp_path / "listes", clock)
    with closing(opened(home, clock)) as office:
        here = AtDesk(office, clock, lists)
        here.expects(*(person(f"SOW {place}", f"59{place:08d}", rdv_id=str(place)) for place in range(before + after)))
        clock.at("9:05")
        codes = [code_of(one) for one in here.everybody()]
    older = shutil.copy(home / "guichet.db", tmp_path / "copie.db")
    with closing(opened(home, clock)) as office:
        for code in codes[:before]:
            AtDesk(office, clock, lists).scan(code)
    with closing(opened(home, clock)) as office:
        for code in codes[before:]:
            AtDesk(office, clock, lists).scan(code)
        crashed = Path(shutil.copytree(home, tmp_path / "crashed"))
    shutil.copy(older, crashed / "guichet.db")
    log = log_of(crashed).read_bytes()
    with pytest.raises(StoreRefused, match="abîmé"):
        opened(crashed, clock)
    assert log_of(crashed).read_bytes() == log
    recover_home(crashed, clock)
    with closing(opened(crashed, clock)) as office:
        assert verify(office.desk).ok
