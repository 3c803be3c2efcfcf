"""The people of the day kept in memory are those of the file, whatever happened between two looks."""

from datetime import date, timedelta

from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.store import convocation_rows, journal
from counter_app.usecases.find import search
from counter_app.usecases.undo import undo
from tests.homes import MONDAY, AtDesk, person

SOW = person("SOW Aïssata", rdv_id="1")
DIALLO = person("DIALLO Mariama", "5987654321", hour="09h20", rdv_id="2")


def kept(here: AtDesk, day: date = MONDAY) -> tuple[Convocation, ...]:
    """What memory holds, once compared with the file."""
    with here.desk.looking() as connection:
        people = here.desk.today.people(connection, day).people
        assert list(people) == convocation_rows.by_day(connection, day)
        return people


def test_nobody_is_read_again_when_nothing_happened(here: AtDesk) -> None:
    here.expects(SOW, DIALLO)
    before = kept(here)
    assert [one.name for one in before] == ["SOW Aïssata", "DIALLO Mariama"]
    assert all(one is other for one, other in zip(before, kept(here), strict=True))


def test_an_arrival_and_its_undo_are_seen_at_once_and_the_others_are_not_read_again(here: AtDesk) -> None:
    here.expects(SOW, DIALLO)
    before = kept(here)
    here.clock.at("9:05")
    here.scan(here.code("SOW"))
    after = kept(here)
    assert [one.status for one in after] == [ConvocationStatus.CHECKED_IN, ConvocationStatus.EXPECTED]
    assert after[1] is before[1]
    undo(here.desk)
    assert kept(here)[0].status is ConvocationStatus.EXPECTED


def test_who_is_moved_to_another_day_leaves_and_who_is_added_comes(here: AtDesk) -> None:
    here.expects(SOW, DIALLO)
    assert len(kept(here)) == 2
    here.expects({**SOW, "date rdv": "24/11/2026"}, DIALLO, person("KONÉ Ali", "5900000001", rdv_id="3"))
    assert [one.name for one in kept(here)] == ["KONÉ Ali", "DIALLO Mariama"]
    assert [one.name for one in kept(here, MONDAY + timedelta(days=1))] == ["SOW Aïssata"]
    assert [hit.convocation.name for hit in search(here.desk, "kone")] == ["KONÉ Ali"]


def test_after_a_long_list_the_whole_day_is_read_again(here: AtDesk) -> None:
    here.expects(SOW)
    assert len(kept(here)) == 1
    many = (person(f"KONÉ Ali {place}", f"59{place:08d}", rdv_id=str(place + 10)) for place in range(journal.MANY + 1))
    here.expects(SOW, *many)
    assert len(kept(here)) == journal.MANY + 2


def test_homonyms_of_the_day_are_counted_whatever_the_order_of_their_words(here: AtDesk) -> None:
    here.expects(SOW, person("Aissata SOW", "5987654321", hour="10h00", rdv_id="2"))
    assert [hit.homonyms for hit in search(here.desk, "sow")] == [1, 1]
