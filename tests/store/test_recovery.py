"""A damaged file: noticed, set aside, taken up from the last sound backup and from every act that still reads."""

import os
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app import keys
from counter_app.app import backup_now, care_if_due, copy_at_closing, recover_home
from counter_app.care import NOTE, care, due
from counter_app.domain.refusal import StoreRefused
from counter_app.home import read_home
from counter_app.recovery import Recovered
from counter_app.store.backup import backups_of
from counter_app.usecases.audit import rebuild, verify
from counter_app.usecases.check_in import check_in
from counter_app.usecases.undo import recent, undo
from tests.homes import AtDesk, Clock, Lists, another_desk, opened, person

PAGE = 4096
HEADER = 0


def work(home: Path, clock: Clock, lists: Path, people: int = 60) -> list[str]:
    """A morning: a list, everybody in; answers the codes."""
    with closing(opened(home, clock)) as office:
        here = AtDesk(office, clock, Lists(lists, clock))
        rows = [person(f"SOW {place:03d}", f"59{place:08d}", rdv_id=str(place)) for place in range(people)]
        here.expects(*rows)
        clock.at("9:05")
        codes = [here.code(f"{place:03d}") for place in range(people)]
        for code in codes:
            assert here.scan(code).recorded
        return codes


def damage(file: Path, *pages: int) -> None:
    """Flip a byte in each of these pages, as a failing disk does."""
    raw = bytearray(file.read_bytes())
    for page in pages:
        raw[page * PAGE + 100] ^= 0xFF
    file.write_bytes(raw)


def recovered(home: Path, clock: Clock) -> Recovered:
    done = recover_home(home, clock)
    with closing(opened(home, clock)) as office:
        outcome = verify(office.desk)
        assert outcome.ok, outcome.faults
        rebuild(office.desk)
        assert rebuild(office.desk).same
    return done


def arrived(home: Path, clock: Clock) -> int:
    with closing(opened(home, clock)) as office:
        people = AtDesk(office, clock, Lists(home, clock)).everybody()
        return sum(one.arrival is not None for one in people)


def pages_of(file: Path) -> int:
    return file.stat().st_size // PAGE


@pytest.fixture
def file(home: Path) -> Path:
    return home / "guichet.db"


@pytest.mark.parametrize("part", ["header", "middle", "end", "cut", "zeroed", "text"])
def test_a_damaged_file_is_noticed_when_it_is_opened_the_next_day(
    home: Path, file: Path, clock: Clock, tmp_path: Path, part: str
) -> None:
    work(home, clock, tmp_path / "listes", 10)
    raw = file.read_bytes()
    spoilt = {
        "header": b"\0" * 100 + raw[100:],
        "middle": raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 1]) + raw[len(raw) // 2 + 1 :],
        "end": raw[:-1] + bytes([raw[-1] ^ 1]),
        "cut": raw[: len(raw) // 2],
        "zeroed": b"",
        "text": b"Bonjour",
    }[part]
    file.write_bytes(spoilt)
    clock.now += timedelta(days=1)
    with pytest.raises(StoreRefused) as refused:
        opened(home, clock)
    assert refused.value.code == "damaged"
    assert "Rien n’a été effacé" in refused.value.sentence
    assert file.read_bytes() == spoilt or part == "zeroed"


def test_a_damaged_middle_keeps_the_backup_and_every_act_that_still_reads(
    home: Path, file: Path, clock: Clock, tmp_path: Path
) -> None:
    codes = work(home, clock, tmp_path / "listes")
    with closing(opened(home, clock)) as office:
        backup_now(office)
        here = AtDesk(office, clock, Lists(tmp_path / "plus", clock))
        here.expects(*(person(f"BA {place:03d}", f"69{place:08d}", rdv_id=f"b{place}") for place in range(300)))
    before = acts_in(home, clock)
    damage(file, *range(10, pages_of(file), 37))
    done = recovered(home, clock)
    assert arrived(home, clock) == len(codes)
    assert done.salvaged > 0
    lost = sum(last - first + 1 for _stream, first, last in done.lost)
    assert done.acts + lost == before
    assert (done.set_aside.parent.parent, done.set_aside.name) == (home / "mis-de-cote", "guichet.db")


def acts_in(home: Path, clock: Clock) -> int:
    with closing(opened(home, clock)) as office:
        return verify(office.desk).acts


def test_a_damaged_header_goes_back_to_the_backup(home: Path, file: Path, clock: Clock, tmp_path: Path) -> None:
    codes = work(home, clock, tmp_path / "listes", 10)
    with closing(opened(home, clock)) as office:
        backup_now(office)
    damage(file, HEADER)
    done = recovered(home, clock)
    assert (arrived(home, clock), done.salvaged) == (len(codes), 0)
    with closing(opened(home, clock)) as office:
        assert office.desk.training


def test_without_any_backup_what_reads_is_taken_and_the_home_stays_what_it_was(
    home: Path, file: Path, clock: Clock, tmp_path: Path
) -> None:
    work(home, clock, tmp_path / "listes", 30)
    for copy in backups_of(home / "sauvegardes"):
        copy.unlink()
    damage(file, HEADER, pages_of(file) // 2)
    done = recovered(home, clock)
    assert done.acts == done.salvaged > 90
    assert done.backup is None
    file.write_bytes(b"")
    for copy in backups_of(home / "sauvegardes"):
        copy.unlink()
    done = recovered(home, clock)
    assert (done.acts, done.end_unknown) == (0, True)
    with closing(opened(home, clock)) as office:
        assert office.desk.training


def test_a_damaged_backup_is_passed_over_for_an_older_sound_one(
    home: Path, file: Path, clock: Clock, tmp_path: Path
) -> None:
    codes = work(home, clock, tmp_path / "listes", 10)
    with closing(opened(home, clock)) as office:
        backup_now(office)
        clock.later()
        damage(backup_now(office), 5)
    damage(file, HEADER)
    recovered(home, clock)
    assert arrived(home, clock) == len(codes)


def test_a_recovery_goes_on_in_a_new_incarnation_and_the_journal_says_so(
    home: Path, file: Path, clock: Clock, tmp_path: Path
) -> None:
    work(home, clock, tmp_path / "listes", 5)
    before = read_home(home).identity
    damage(file, pages_of(file) - 1)
    recovered(home, clock)
    after = read_home(home).identity
    assert (after.device, after.site, after.training) == (before.device, before.site, before.training)
    assert after.incarnation != before.incarnation
    with closing(opened(home, clock)) as office, office.desk.looking() as connection:
        kinds = connection.exec_driver_sql("SELECT kind FROM act WHERE stream = ?", (after.stream,)).scalars().all()
    assert kinds[-1] == "home_recovered"


def test_tickets_go_on_after_the_last_one_that_is_known(home: Path, file: Path, clock: Clock, tmp_path: Path) -> None:
    work(home, clock, tmp_path / "listes", 5)
    with closing(opened(home, clock)) as office:
        backup_now(office)
    damage(file, HEADER)
    recover_home(home, clock)
    with closing(opened(home, clock)) as office:
        here = AtDesk(office, clock, Lists(tmp_path / "plus", clock))
        here.expects(person("BA Awa", "6900000001", rdv_id="b"))
        receipt = here.scan(here.code("BA")).receipt
    assert receipt is not None
    assert receipt.number == "T-59-C-261123-006"


def test_a_file_that_is_gone_is_taken_up_from_the_backup(home: Path, file: Path, clock: Clock, tmp_path: Path) -> None:
    codes = work(home, clock, tmp_path / "listes", 5)
    with closing(opened(home, clock)) as office:
        backup_now(office)
    file.unlink()
    with pytest.raises(StoreRefused) as refused:
        opened(home, clock)
    assert refused.value.code == "store_gone"
    recovered(home, clock)
    assert arrived(home, clock) == len(codes)


def test_recovering_a_sound_file_loses_nothing(home: Path, clock: Clock, tmp_path: Path) -> None:
    codes = work(home, clock, tmp_path / "listes", 5)
    before = acts_in(home, clock)
    done = recovered(home, clock)
    assert (done.acts, done.lost) == (before, ())
    assert arrived(home, clock) == len(codes)


def test_what_was_set_aside_is_left_as_it_was_found(home: Path, file: Path, clock: Clock, tmp_path: Path) -> None:
    work(home, clock, tmp_path / "listes", 5)
    damage(file, 3, pages_of(file) - 1)
    found = file.read_bytes()
    done = recover_home(home, clock)
    assert done.set_aside.read_bytes() == found
    assert [path.name for path in done.set_aside.parent.iterdir()] == ["guichet.db"]


def test_the_key_of_another_desk_recovers_nothing_and_changes_nothing(
    home: Path, file: Path, clock: Clock, tmp_path: Path
) -> None:
    work(home, clock, tmp_path / "listes", 5)
    (home / "key.json").write_text(keys.DeskKeys.new().text(), encoding="ascii")
    before = file.read_bytes()
    with pytest.raises(StoreRefused) as refused:
        recover_home(home, clock)
    assert refused.value.code == "key_missing"
    assert file.read_bytes() == before
    assert not (home / "mis-de-cote").exists()


def test_care_is_taken_at_the_first_opening_of_a_day_and_once(home: Path, clock: Clock) -> None:
    opened(home, clock).close()
    (first,) = backups_of(home / "sauvegardes")
    clock.later()
    opened(home, clock).close()
    assert backups_of(home / "sauvegardes") == [first]
    clock.now += timedelta(days=1)
    opened(home, clock).close()
    assert len(backups_of(home / "sauvegardes")) == 2


def written(home: Path, seconds: float) -> None:
    """As if the newest copy had been made so long ago."""
    newest = backups_of(home / "sauvegardes")[0]
    past = newest.stat().st_mtime - seconds
    os.utime(newest, (past, past))


def test_work_without_a_copy_is_copied_by_and_by(here: AtDesk, home: Path, clock: Clock) -> None:
    for minutes, copies in ((5, 1), (15, 2), (5, 2), (15, 3)):
        clock.later(minutes)
        written(home, minutes * 60)
        here.expects(person("BA Awa", f"69000000{minutes:02d}", rdv_id=str(minutes)))
        assert care_if_due(here.office, clock) == ()
        assert len(backups_of(home / "sauvegardes")) == copies


def test_a_desk_without_work_is_not_copied_again_and_closing_copies_the_last_of_it(
    here: AtDesk, home: Path, clock: Clock
) -> None:
    clock.later(300)
    assert care_if_due(here.office, clock) == ()
    copy_at_closing(here.office, clock)
    assert len(backups_of(home / "sauvegardes")) == 1
    written(home, 1)
    here.expects(person("BA Awa", rdv_id="b"))
    clock.later()
    copy_at_closing(here.office, clock)
    assert len(backups_of(home / "sauvegardes")) == 2


def test_commands_copy_by_and_by_too(home: Path, clock: Clock, tmp_path: Path) -> None:
    work(home, clock, tmp_path / "listes", 1)
    written(home, 3600)
    clock.later()
    opened(home, clock).close()
    assert len(backups_of(home / "sauvegardes")) == 2


def test_a_copy_that_cannot_be_made_is_told_and_stops_nobody(home: Path, clock: Clock) -> None:
    (home / "sauvegardes").write_text("un fichier à la place du dossier", encoding="utf-8")
    with closing(opened(home, clock)) as office:
        (told,) = office.problems
        assert "sauvegarde du jour" in told
        assert due(read_home(home), clock())
        assert care(read_home(home), office.desk.store, clock()) == (told,)
    assert not (home / NOTE).exists()


def test_what_was_done_before_a_recovery_is_still_shown_and_can_be_undone(
    home: Path, file: Path, clock: Clock, tmp_path: Path
) -> None:
    work(home, clock, tmp_path / "listes", 3)
    damage(file, HEADER)
    recovered(home, clock)
    with closing(opened(home, clock)) as office:
        here = AtDesk(office, clock, Lists(tmp_path / "plus", clock))
        here.expects(person("BA Awa", "6900000001", rdv_id="b"))
        assert here.scan(here.code("BA")).recorded
        lines = recent(office.desk)
        names = [line.name for line in lines if line.undoable and line.kind == "checked_in"]
        assert (names[0], len(names)) == ("BA Awa", 4)
        assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
        done = undo(office.desk, next(line.act_id for line in lines if "SOW" in line.name))
        assert done.done
        assert verify(office.desk).ok
    assert arrived(home, clock) == 3


def test_what_another_device_did_is_not_among_the_last_gestures_here(here: AtDesk) -> None:
    here.expects(person("BA Awa", rdv_id="b"))
    check_in(another_desk(here.desk), here.code("BA"))
    assert [line.kind for line in recent(here.desk)] == ["list_imported"]
