"""People sent to one desk: a desk that somebody knows, and never once their visit is over."""

import pytest

from counter_app.domain.acts import Json
from counter_app.domain.visit import Outcome
from counter_app.store import sync_rows
from counter_app.telling.queue import not_done, unheard_told
from counter_app.usecases.calling import call_next, finish, leave, present, transfer
from counter_app.usecases.let_in import let_in
from counter_app.usecases.orient import Demand
from counter_app.usecases.queue import find_visit
from counter_app.usecases.queue_answers import QueueRefusal
from tests.homes import AtDesk


@pytest.fixture
def walk_in(here: AtDesk) -> str:
    """Somebody without an appointment waits; it is 9:25."""
    here.clock.at("9:25")
    return let_in(here.desk, Demand()).visit_id


@pytest.fixture
def site(here: AtDesk) -> None:
    """The central told of two other desks, one of which was taken out."""
    shown: list[dict[str, Json]] = [{"desk": "Guichet 7", "revoked": False}, {"desk": "Guichet 8", "revoked": True}]
    told = [(str(one["desk"]), str(one["desk"]), f"key {one['desk']}", one) for one in shown]
    with here.desk.store.writing() as connection:
        sync_rows.set_peers(connection, told)


@pytest.mark.parametrize("to", ["Guichet 42", "Guichet 8"])
def test_a_desk_that_the_site_does_not_know_is_told_with_those_it_does(
    here: AtDesk, walk_in: str, site: None, to: str
) -> None:
    answer = transfer(here.desk, walk_in, to=to)
    assert (answer.done, answer.refusal) == (False, QueueRefusal.UNKNOWN_DESK)
    assert answer.others == ("Guichet 7",)
    assert "Guichet 7" in not_done(answer, here.desk.rules.queue.limits_on(here.desk.now().date()))
    assert call_next(here.desk).done


def test_a_desk_written_another_way_is_the_desk_that_calls(here: AtDesk, walk_in: str, site: None) -> None:
    answer = transfer(here.desk, walk_in, to="  guichet  7 ")
    assert answer.done
    assert answer.line is not None
    assert (answer.line.visit.awaited_by, unheard_told(answer)) == ("Guichet 7", "")
    back = transfer(here.desk, walk_in, to=here.desk.name.upper())
    assert back.line is not None
    assert back.line.visit.awaited_by == here.desk.name


def test_a_lone_home_warns_that_it_knows_no_such_desk(here: AtDesk, walk_in: str) -> None:
    answer = transfer(here.desk, walk_in, to="Guichet 42")
    assert answer.done
    assert "Guichet 42" in unheard_told(answer)
    assert unheard_told(transfer(here.desk, walk_in, to=here.desk.name)) == ""
    assert unheard_told(transfer(here.desk, walk_in, "remise")) == ""


@pytest.mark.parametrize("ended", ["finished", "left"])
def test_nobody_whose_visit_is_over_waits_for_a_desk(here: AtDesk, walk_in: str, ended: str) -> None:
    if ended == "left":
        leave(here.desk, walk_in)
    else:
        for gesture in (call_next(here.desk), present(here.desk, walk_in)):
            assert gesture.done
        assert finish(here.desk, walk_in, Outcome.RECEIVED).done
    before = find_visit(here.desk, "C 001")
    for to in ("Guichet 42", here.desk.name):
        answer = transfer(here.desk, walk_in, to=to)
        assert (answer.done, answer.refusal) == (False, QueueRefusal.ALREADY_OVER)
    assert find_visit(here.desk, "C 001") == before
