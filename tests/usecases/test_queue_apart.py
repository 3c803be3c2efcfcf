"""Two desks, two files: while they do not see each other both may call one person, and nothing of it is lost."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.domain.acts import Act
from counter_app.domain.visit import Outcome, Visit, contradictory_calls
from counter_app.domain.visit_story import Stage
from counter_app.store import journal, projections, visit_rows
from counter_app.store.projections import rebuild
from counter_app.store.tables import act as act_table
from counter_app.usecases.calling import absent, call_next, finish, present, recall
from counter_app.usecases.check_in import check_in
from counter_app.usecases.desk import Desk
from counter_app.usecases.hall import hall
from counter_app.usecases.import_list import import_list
from counter_app.usecases.let_in import let_in
from counter_app.usecases.orient import Demand
from counter_app.usecases.queue import queue
from counter_app.usecases.queue_answers import QueueDay, QueueRefusal
from tests.homes import Clock, Lists, opened, person


def told_by(desk: Desk) -> list[Act]:
    """Everything that a desk wrote, in its order."""
    with desk.looking() as connection:
        mine = sa.select(act_table).where(act_table.c.stream == desk.stream).order_by(act_table.c.seq)
        return [journal.read_act(row) for row in connection.execute(mine)]


def hears(desk: Desk, acts: list[Act]) -> None:
    """Receive what is not here yet, as an exchange does."""
    with desk.store.writing() as connection:
        known = set(connection.execute(sa.select(act_table.c.act_id)).scalars())
        new = [act for act in acts if act.act_id not in known]
        if new:
            journal.append(connection, new, lambda digest: digest)
            projections.project(connection, new)


@dataclass
class Apart:
    """Two desks of one site, and what each of them knows."""

    one: Desk
    two: Desk
    clock: Clock

    def meet(self) -> None:
        ones, twos = told_by(self.one), told_by(self.two)
        hears(self.one, twos)
        hears(self.two, ones)

    def of(self, desk: Desk, visit_id: str) -> Visit:
        with desk.looking() as connection:
            found = visit_rows.by_id(connection, visit_id)
        assert found is not None
        return found

    def same(self) -> None:
        """Both files hold the same rows, and these are what the journal tells."""
        told = []
        for desk in (self.one, self.two):
            with desk.store.writing() as connection:
                assert rebuild(connection).same
                told.append(connection.exec_driver_sql("SELECT * FROM visit ORDER BY id").fetchall())
        assert told[0] == told[1]


@pytest.fixture
def apart(home: Path, real_home: Path) -> Iterator[Apart]:
    clock = Clock()
    with closing(opened(home, clock)) as one, closing(opened(real_home, clock)) as two:
        two.desk.name, two.desk.ticket_letter = "Guichet 9", "Z"
        yield Apart(one.desk, two.desk, clock)


def test_both_calls_of_desks_apart_are_kept_and_shown_as_one_contradiction(apart: Apart) -> None:
    visit = let_in(apart.one, Demand()).visit_id
    apart.meet()
    assert call_next(apart.one).done
    assert call_next(apart.two).done
    apart.meet()
    apart.same()
    for desk in (apart.one, apart.two):
        told = apart.of(desk, visit)
        assert sorted(call.desk for call in contradictory_calls(told)) == ["Guichet 3", "Guichet 9"]
        day = queue(desk)
        assert isinstance(day, QueueDay)
        assert [line.visit.id for line in day.called_twice] == [visit]
        assert [line.visit.id for line in day.mine] == [visit]
        assert {call.desk for call in hall(desk).calls} == {"Guichet 3", "Guichet 9"}


def test_whoever_received_the_person_is_believed_at_both_desks(apart: Apart) -> None:
    visit = let_in(apart.one, Demand()).visit_id
    apart.meet()
    call_next(apart.one)
    call_next(apart.two)
    present(apart.two, visit)
    finish(apart.two, visit, Outcome.RECEIVED)
    for gesture in (recall, recall, absent):
        apart.clock.later()
        assert gesture(apart.one, visit).done
    apart.meet()
    apart.same()
    told = apart.of(apart.one, visit)
    assert (told.stage, told.outcome, len(contradictory_calls(told))) == (Stage.FINISHED, "received", 2)


def test_desks_that_see_each_other_never_call_one_person(apart: Apart) -> None:
    let_in(apart.one, Demand())
    apart.meet()
    assert call_next(apart.one).done
    apart.meet()
    assert call_next(apart.two).refusal is QueueRefusal.NOBODY_WAITS


def test_one_person_checked_in_at_two_desks_apart_is_one_visit_with_two_numbers(apart: Apart, tmp_path: Path) -> None:
    liste = Lists(tmp_path / "listes", apart.clock).participations(person("SOW Aïssata"))
    for desk in (apart.one, apart.two):
        import_list(desk, liste)
    apart.clock.at("9:05")
    assert check_in(apart.one, "5912345678").recorded
    apart.clock.later()
    assert check_in(apart.two, "5912345678").recorded
    apart.meet()
    apart.same()
    day = queue(apart.two)
    assert isinstance(day, QueueDay)
    (line,) = day.waiting
    assert line.visit.numbers == ("C 001", "Z 001")
