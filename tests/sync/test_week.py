"""A week of thirty desks comes at once to desks that were off; `python -m tests.bench --only backlog-week` times it."""

import pytest

from counter_app.sync import desk_ledger, exchange
from counter_app.sync.wire import Push, PushAnswer, PushStatus
from tests.bench.people import people
from tests.bench.week_acts import EARLY, OF_ONE, Writer, in_one_week, pages, week_of
from tests.homes import person
from tests.sync.invariants import held_at_desk
from tests.sync.site import Site

DESKS, EACH = 30, 24


@pytest.fixture
def a_week(site: Site) -> Site:
    """The site, whose central holds what thirty other desks recorded in a week."""
    writers = [Writer(f"Guichet {place}") for place in range(10, 10 + DESKS)]
    convened = in_one_week(people(DESKS * EACH // OF_ONE), DESKS * EACH // OF_ONE)
    for writer, acts in zip(writers, week_of(writers, convened, EARLY), strict=True):
        site.central.enrol(writer.device, writer.name, writer.keys.public)
        for page in pages(acts):
            answer = site.central.answer(writer.device, Push(page))
            assert isinstance(answer, PushAnswer)
            assert {run.status for run in answer.runs} == {PushStatus.ACCEPTED}
    return site


def test_desks_that_take_a_week_each_in_its_own_way_show_the_same(
    a_week: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    working, slow, idle = a_week.desks
    working.expects(*(person(f"SOW {place:03d}", f"59{place:08d}", rdv_id=str(place)) for place in range(4)))
    working.clock.at("9:05")
    assert a_week.sync(idle).pulled >= DESKS * EACH
    for cut, place in ((2, 0), (3, 1), (4, 2)):
        a_week.questions(working, cut)
        working.scan(working.code(f"{place:03d}"))
    monkeypatch.setattr(desk_ledger, "FEW", 7)
    monkeypatch.setattr(desk_ledger, "MANY", 11)
    monkeypatch.setattr(exchange, "BACKLOG", 60)
    a_week.sync(slow)

    a_week.quiet()

    assert len(held_at_desk(idle.desk)) >= DESKS * EACH


def test_people_of_a_week_are_found_at_every_desk_as_they_were_left(a_week: Site) -> None:
    a_week.quiet()

    for here in a_week.desks:
        with here.desk.looking() as connection:
            told = connection.exec_driver_sql("SELECT status, count(*) FROM convocation GROUP BY status").all()
            served = connection.exec_driver_sql("SELECT stage, count(*) FROM visit GROUP BY stage").all()
            items = connection.exec_driver_sql("SELECT kind FROM work_item").all()
        assert told == [("checked_in", DESKS * EACH // OF_ONE)]
        assert served == [("finished", DESKS * EACH // OF_ONE)]
        assert items == []
