"""The waiting room: one person is called by one desk, nobody goes out of sight, every gesture can be taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.day_balance import Balance
from counter_app.domain.period_figures import PeriodFigures
from counter_app.domain.visit import Outcome, Priority
from counter_app.domain.visit_story import Stage
from counter_app.domain.waiting import load_word
from counter_app.store import visit_rows
from counter_app.store.projections import rebuild
from counter_app.telling.queue import done_told, load_told, not_done, state_told
from counter_app.usecases.answers import Override
from counter_app.usecases.calling import (
    absent,
    begin,
    call,
    call_next,
    finish,
    leave,
    park,
    present,
    prioritise,
    recall,
    take_back,
    transfer,
)
from counter_app.usecases.check_in import check_in
from counter_app.usecases.desk import Desk
from counter_app.usecases.let_in import let_in
from counter_app.usecases.orient import Demand
from counter_app.usecases.period_report import period_figures
from counter_app.usecases.queue import find_visit, queue
from counter_app.usecases.queue_answers import Load, QueueAnswer, QueueDay, QueueRefusal
from counter_app.usecases.receipts import print_receipt
from counter_app.usecases.ticket_place import ticket_place
from counter_app.usecases.undo import recent, undo
from tests.homes import MONDAY, AtDesk, another_desk, person

TUESDAY = MONDAY + timedelta(days=1)


def other(here: AtDesk) -> Desk:
    return another_desk(here.desk)


def room(desk: Desk) -> QueueDay:
    found = queue(desk)
    assert isinstance(found, QueueDay)
    return found


def waiting(desk: Desk) -> list[str]:
    return [line.visit.number for line in room(desk).waiting]


def came(here: AtDesk, name: str, hour: str) -> str:
    """Somebody of the list arrives; their visit."""
    here.clock.at(hour)
    answer = here.scan(here.code(name))
    assert answer.receipt is not None
    return visit(here.desk, answer.receipt.ticket)


def visit(desk: Desk, number: str) -> str:
    found = find_visit(desk, number)
    assert found is not None
    return found.visit.id


def number(answer: QueueAnswer) -> str:
    assert answer.done, answer.refusal
    assert answer.line is not None
    return answer.line.visit.number


def balance_of(desk: Desk, day: date) -> Balance:
    figures = period_figures(desk, day, day)
    assert isinstance(figures, PeriodFigures)
    return figures.balance


@pytest.fixture
def three(here: AtDesk) -> list[str]:
    """Three people of the list, at 9:00, 9:10 and 9:20, who come in another order; it is 9:25."""
    here.expects(
        person("SOW Aïssata", "5912345671", "09h00"),
        person("ROSSI Marco", "5912345672", "09h10"),
        person("BENALI Karim", "5912345673", "09h20"),
    )
    ids = [came(here, "BENALI", "8:50"), came(here, "SOW", "8:55"), came(here, "ROSSI", "9:05")]
    here.clock.at("9:25")
    return ids


def test_whoever_is_checked_in_waits_with_a_number_at_the_hour_of_the_appointment(
    here: AtDesk, three: list[str]
) -> None:
    assert [line.name for line in room(here.desk).waiting] == ["SOW Aïssata", "ROSSI Marco", "BENALI Karim"]
    assert waiting(here.desk) == ["C 002", "C 003", "C 001"]


def test_next_present_finished_and_the_next_one(here: AtDesk, three: list[str]) -> None:
    assert number(call_next(here.desk)) == "C 002"
    (mine,) = room(here.desk).mine
    assert number(present(here.desk, mine.visit.id)) == "C 002"
    here.clock.later(6)
    done = finish(here.desk, mine.visit.id, Outcome.RECEIVED)
    assert done.line is not None
    assert (done.line.visit.outcome, done.line.waited) == ("received", timedelta(minutes=30))
    assert number(call_next(here.desk)) == "C 003"


def test_two_desks_on_one_file_never_call_the_same_person(here: AtDesk, three: list[str]) -> None:
    desks = (here.desk, other(here), replace(here.desk))
    assert sorted(number(call_next(desk)) for desk in desks) == ["C 001", "C 002", "C 003"]
    assert call_next(here.desk).refusal is QueueRefusal.NOBODY_WAITS


def test_somebody_called_elsewhere_is_not_called_here_without_a_reason(here: AtDesk, three: list[str]) -> None:
    call_next(other(here))
    assert call(here.desk, three[1]).refusal is QueueRefusal.CALLED_ELSEWHERE
    assert leave(here.desk, three[1]).refusal is QueueRefusal.CALLED_ELSEWHERE
    assert number(call(here.desk, three[1], "Guichet 9 fermé")) == "C 002"
    assert recall(other(here), three[1]).refusal is QueueRefusal.NOT_CALLED_HERE


def test_out_of_turn_needs_a_reason_and_the_next_one_needs_none(here: AtDesk, three: list[str]) -> None:
    assert call(here.desk, three[0]).refusal is QueueRefusal.NEEDS_REASON
    assert number(call(here.desk, three[0], "bébé qui pleure")) == "C 001"
    assert number(call(here.desk, three[1])) == "C 002"


def test_a_number_is_called_again_after_the_delay_and_absent_after_three_calls(here: AtDesk, three: list[str]) -> None:
    called = three[1]
    call_next(here.desk)
    early = recall(here.desk, called)
    assert (early.refusal, early.wait) == (QueueRefusal.TOO_SOON, timedelta(seconds=60))
    assert absent(here.desk, called).refusal is QueueRefusal.TOO_FEW_CALLS
    here.clock.later()
    assert recall(here.desk, called).done
    here.clock.later()
    assert recall(here.desk, called).done
    assert absent(here.desk, called).refusal is QueueRefusal.TOO_SOON
    here.clock.later()
    assert number(absent(here.desk, called)) == "C 002"
    assert [line.visit.number for line in room(here.desk).absent] == ["C 002"]


def test_somebody_absent_who_comes_back_waits_at_the_place_of_the_arrival(here: AtDesk, three: list[str]) -> None:
    for _ in range(3):
        call(here.desk, three[1]) if not room(here.desk).mine else recall(here.desk, three[1])
        here.clock.later()
    absent(here.desk, three[1])
    assert take_back(here.desk, three[1]).done
    assert waiting(here.desk)[0] == "C 002"
    assert take_back(here.desk, three[1]).refusal is QueueRefusal.STILL_EXPECTED


def test_somebody_put_aside_keeps_the_place_and_is_seen_meanwhile(here: AtDesk, three: list[str]) -> None:
    call_next(here.desk)
    assert park(here.desk, three[1], "photo").done
    assert ([line.visit.stage for line in room(here.desk).serving], room(here.desk).mine) == ([Stage.PARKED], ())
    assert take_back(here.desk, three[1]).done
    assert waiting(here.desk)[0] == "C 002"


def test_a_person_sent_to_another_service_waits_there(here: AtDesk, three: list[str]) -> None:
    call_next(here.desk)
    present(here.desk, three[1])
    finish(here.desk, three[1], Outcome.RECEIVED)
    assert transfer(here.desk, three[1], "remise").done
    assert number(call_next(other(here), "remise")) == "C 002"
    assert call_next(other(here), "asile").refusal is QueueRefusal.UNKNOWN_SERVICE


def test_a_person_sent_to_a_desk_is_called_by_that_desk_only(here: AtDesk, three: list[str]) -> None:
    transfer(here.desk, three[1], to="Guichet 9")
    assert number(call_next(here.desk)) == "C 003"
    assert number(call_next(other(here))) == "C 002"


def test_several_services_in_one_visit_are_each_kept(here: AtDesk, three: list[str]) -> None:
    call_next(here.desk)
    present(here.desk, three[1])
    finish(here.desk, three[1], Outcome.RECEIVED)
    assert begin(here.desk, three[1], "remise").done
    done = finish(here.desk, three[1], Outcome.REDIRECTED)
    assert done.line is not None
    told = [(one.service, one.outcome) for one in done.line.visit.services]
    assert told == [("accueil", "received"), ("remise", "redirected")]


def test_who_leaves_before_being_received_left(here: AtDesk, three: list[str]) -> None:
    assert leave(here.desk, three[0]).done
    assert [line.visit.outcome for line in room(here.desk).finished] == ["left"]
    assert leave(here.desk, three[0]).refusal is QueueRefusal.ALREADY_OVER


def test_a_priority_comes_first_as_long_as_it_is_noted(here: AtDesk, three: list[str]) -> None:
    prioritise(here.desk, three[0], Priority.PREGNANT)
    assert waiting(here.desk)[0] == "C 001"
    prioritise(here.desk, three[0], None)
    assert waiting(here.desk)[0] == "C 002"


def test_somebody_let_in_without_an_appointment_waits_after_the_hours_that_have_come(
    here: AtDesk, three: list[str]
) -> None:
    walk_in = let_in(here.desk, Demand())
    assert (walk_in.ticket.ticket, waiting(here.desk)[-1]) == ("C 004", "C 004")
    assert print_receipt(here.desk, walk_in.ticket.id) is not None
    assert find_visit(here.desk, walk_in.ticket.code) is not None


def test_each_service_has_numbers_of_its_own(here: AtDesk) -> None:
    first, second = let_in(here.desk, Demand()), let_in(here.desk, Demand(), service="remise")
    assert (first.ticket.ticket, second.ticket.ticket) == ("C 001", "RC 001")


@pytest.fixture
def two_services(here: AtDesk) -> tuple[str, str]:
    """Somebody waits for the reception, somebody else for a permit; it is 9:10."""
    here.expects(
        person("SOW Aïssata", "5912345671", "09h00", motif="Duplicata"),
        person("ROSSI Marco", "5912345672", "09h05", motif="Remise de titre"),
    )
    ids = came(here, "SOW", "8:50"), came(here, "ROSSI", "8:55")
    here.clock.at("9:10")
    return ids


def test_a_desk_calls_the_people_of_its_services_only(here: AtDesk, two_services: tuple[str, str]) -> None:
    here.office.change(services="remise")
    assert waiting(here.desk) == ["RC 001"]
    assert number(call_next(here.desk)) == "RC 001"
    assert call_next(here.desk).refusal is QueueRefusal.NOBODY_WAITS
    assert call(here.desk, two_services[0]).refusal is QueueRefusal.NEEDS_REASON
    assert call(here.desk, two_services[0], "Renfort").done


def test_those_done_with_are_listed_and_counted_of_this_desk_s_services(
    here: AtDesk, two_services: tuple[str, str]
) -> None:
    for visit_id in reversed(two_services):
        leave(here.desk, visit_id)
        here.clock.now += timedelta(minutes=1)
    here.office.change(services="remise")
    day = queue(here.desk, finished=1)
    assert isinstance(day, QueueDay)
    assert [line.visit.number for line in day.finished] == ["RC 001"], "the newest of this service"
    assert day.finished_count == 1


def test_the_load_says_of_which_services_it_tells(here: AtDesk, two_services: tuple[str, str]) -> None:
    assert room(here.desk).load.only == ()
    here.office.change(services="remise")
    load = room(here.desk).load
    assert (load.waiting, load.only) == (1, ("Remise des titres",))
    assert load_told(load).startswith("Pour Remise des titres seulement · Salle")


def test_somebody_sent_to_a_desk_is_seen_and_called_there_whatever_its_services(
    here: AtDesk, two_services: tuple[str, str]
) -> None:
    here.office.change(services="remise")
    assert transfer(other(here), two_services[0], to=here.desk.name).done
    assert waiting(here.desk) == ["C 001", "RC 001"]
    assert number(call_next(here.desk)) == "C 001"


def test_a_service_that_the_site_has_not_hides_nobody(here: AtDesk, two_services: tuple[str, str]) -> None:
    here.office.change(services="naturalisation")
    assert waiting(here.desk) == ["C 001", "RC 001"]


@pytest.mark.parametrize("typed", ["C 002", "c2", "C002", " c 2 "])
def test_a_number_is_found_however_it_is_typed(here: AtDesk, three: list[str], typed: str) -> None:
    assert visit(here.desk, typed) == three[1]


@pytest.mark.parametrize("typed", ["²", "C ²", "½", "9" * 5000, "", "C", "é&"])
def test_a_slip_of_the_hand_is_the_number_of_nobody(here: AtDesk, three: list[str], typed: str) -> None:
    assert find_visit(here.desk, typed) is None


class TestTakingBack:
    def test_each_gesture_is_taken_back_by_itself_the_last_first(self, here: AtDesk, three: list[str]) -> None:
        call_next(here.desk)
        present(here.desk, three[1])
        finish(here.desk, three[1], Outcome.RECEIVED)
        stages = []
        for _ in range(3):
            assert undo(here.desk).done
            stages.append(stage(here.desk, three[1]))
        assert stages == [Stage.SERVING, Stage.CALLED, Stage.WAITING]

    def test_what_was_followed_stands(self, here: AtDesk, three: list[str]) -> None:
        call_next(here.desk)
        called = recent(here.desk)[0]
        present(here.desk, three[1])
        assert undo(here.desk, called.act_id).reason == "moved_since"

    def test_an_arrival_taken_back_leaves_the_queue(self, here: AtDesk, three: list[str]) -> None:
        assert undo(here.desk).done
        assert waiting(here.desk) == ["C 002", "C 001"]
        assert stage(here.desk, three[2]) is Stage.VOID

    def test_an_arrival_stands_once_the_person_was_called(self, here: AtDesk, three: list[str]) -> None:
        call(here.desk, three[2], "urgence")
        arrival = next(line for line in recent(here.desk) if line.name == "ROSSI Marco")
        assert undo(here.desk, arrival.act_id).reason == "moved_since"

    def test_somebody_let_in_is_taken_back_with_the_ticket(self, here: AtDesk) -> None:
        walk_in = let_in(here.desk, Demand())
        assert undo(here.desk).done
        assert waiting(here.desk) == []
        paper = print_receipt(here.desk, walk_in.ticket.id)
        assert paper is not None
        assert paper.receipt is not None
        assert paper.receipt.undone


def stage(desk: Desk, visit_id: str) -> Stage:
    with desk.looking() as connection:
        found = visit_rows.by_id(connection, visit_id)
    assert found is not None
    return found.stage


def test_yesterday_s_people_are_not_in_today_s_queue(here: AtDesk, three: list[str]) -> None:
    here.clock.now += timedelta(days=1)
    assert waiting(here.desk) == []
    assert call_next(here.desk).refusal is QueueRefusal.NOBODY_WAITS


def test_rows_are_what_the_journal_tells(here: AtDesk, three: list[str]) -> None:
    call_next(here.desk)
    present(here.desk, three[1])
    transfer(here.desk, three[1], "remise", reason="titre prêt")
    undo(here.desk)
    with here.desk.store.writing() as connection:
        assert rebuild(connection).same


def test_a_ticket_tells_where_to_wait_and_about_how_long_once(here: AtDesk, three: list[str]) -> None:
    ticket = let_in(here.desk, Demand(), service="remise").ticket
    with here.desk.looking() as connection:
        first = ticket_place(here.desk, connection, ticket)
        again = ticket_place(here.desk, connection, replace(ticket, copies=2))
    assert (first.place, first.slot) == ("Salle d’attente · guichet de remise", None)
    assert first.wait == (0, 5)
    assert again.wait is None


def test_people_who_are_not_here_yet_do_not_fill_the_room(here: AtDesk) -> None:
    """Two hundred and forty are convened, one has come: the room is calm, and no range is made up."""
    slots = [f"{9 + place // 30:02}h{place % 30 * 2:02}" for place in range(240)]
    here.expects(*(person(f"SOW {n:03d}", f"59{n:08d}", slot, rdv_id=str(n)) for n, slot in enumerate(slots)))
    here.clock.at("9:05")
    ticket = let_in(here.desk, Demand(""), None, "accueil").ticket
    with here.desk.looking() as connection:
        assert ticket_place(here.desk, connection, ticket).wait is None
    load = room(here.desk).load
    assert (load.waiting, load.word, load.most) == (1, "normal", None)
    assert load_told(load) == "Salle normale · 1 personne attend · des rendez-vous attendus passent d’abord"


@pytest.mark.parametrize(
    ("people", "hour", "word", "most"),
    [(1, "8:50", "calm", 5), (2, "8:55", "normal", 20), (12, "8:55", "saturated", 120)],
)
def test_who_comes_before_the_hour_fills_the_room_from_that_hour_on(
    here: AtDesk, people: int, hour: str, word: str, most: int
) -> None:
    here.expects(*(person(f"SOW {n:03d}", f"59{n:08d}", "09h00", rdv_id=str(n)) for n in range(people)))
    for n in range(people):
        came(here, f"SOW {n:03d}", hour)
    load = room(here.desk).load
    assert (load.waiting, load.word, load.least, load.most) == (people, word, 0, most)


def test_the_load_is_never_less_than_the_longest_wait_so_far(here: AtDesk) -> None:
    """One person alone, two hours for a target of twenty minutes; not once put aside, nor back from it."""
    here.clock.at("9:00")
    alone = let_in(here.desk, Demand(), None, "accueil").visit_id
    for hour, word in (("9:10", "normal"), ("9:21", "busy"), ("9:40", "busy"), ("9:41", "saturated")):
        here.clock.at(hour)
        load = room(here.desk).load
        assert load.word == word, hour
        assert load.most and load_word(load.most, timedelta(minutes=20)) == word, "the range holds that wait"
    here.clock.at("11:00")
    load = room(here.desk).load
    assert (load.word, load.share) == ("saturated", 1.0)
    assert (
        load_told(load)
        == "Salle saturée · 1 personne attend · pour qui arrive sans rendez-vous, attente de 0 à 120\u00a0min"
    )
    park(here.desk, alone, "photo")
    assert room(here.desk).load.word == "calm"
    take_back(here.desk, alone)
    assert room(here.desk).load.word == "normal"


@pytest.mark.parametrize(
    ("least", "most", "told"),
    [
        (10, 25, "pour qui arrive sans rendez-vous, attente de 10 à 25\u00a0min"),
        (90, None, "pour qui arrive sans rendez-vous, attente de plus de 90\u00a0min"),
        (0, None, "des rendez-vous attendus passent d’abord"),
    ],
)
def test_a_range_that_nobody_can_use_is_not_told_as_one(least: int, most: int | None, told: str) -> None:
    assert load_told(Load(3, "busy", 0.6, least, most)) == f"Salle chargée · 3 personnes attendent · {told}"


@pytest.mark.parametrize("came_to_the_desk", [True, False])
def test_who_is_at_a_desk_at_midnight_stays_in_sight_with_the_day_until_a_gesture_ends_the_passage(
    here: AtDesk, three: list[str], came_to_the_desk: bool
) -> None:
    here.clock.at("23:55")
    called = call_next(here.desk).line
    assert called
    if came_to_the_desk:
        present(here.desk, called.visit.id)
    here.clock.at("0:05", MONDAY + timedelta(days=1))
    now = room(here.desk)
    assert [(line.visit.id, line.earlier) for line in now.mine] == [(called.visit.id, MONDAY)]
    assert now.mine == (now.serving if came_to_the_desk else now.called)
    assert room(other(here)).mine == room(other(here)).serving == ()
    assert "visite du 23/11/2026" in state_told(now.mine[0])
    if came_to_the_desk:
        ended = finish(here.desk, called.visit.id, Outcome.RECEIVED)
        assert ended.line and "visite du lundi 23 novembre 2026" in done_told(
            "finished", ended.line, here.desk.rules.queue
        )
    else:
        leave(here.desk, called.visit.id)
    assert room(here.desk).mine == ()
    monday, tuesday = (balance_of(here.desk, day) for day in (MONDAY, MONDAY + timedelta(days=1)))
    assert (monday.received, monday.left) == ((1, 0) if came_to_the_desk else (0, 1)), "on the day of the arrival"
    assert (monday.open, tuesday.convened) == (2, 0), "who waited at midnight was not served"


@pytest.fixture
def night(here: AtDesk) -> str:
    """Somebody convened at 0:10 who came at 23:52, and somebody without an appointment at 23:50; it is 0:12."""
    here.expects(person("MINUIT Ali", hour="00h10", date_rdv="24/11/2026"))
    here.clock.at("23:50")
    let_in(here.desk, Demand(""), service="accueil")
    here.clock.at("23:52")
    done = check_in(here.desk, here.code("MINUIT"), Override("nuit", "Mme Chef"))
    assert done.recorded
    here.clock.at("0:12", TUESDAY)
    return visit(here.desk, "C 002")


def test_who_waits_at_midnight_since_a_few_hours_is_called_after_it(here: AtDesk, night: str) -> None:
    assert waiting(here.desk) == ["C 002", "C 001"]
    assert room(here.desk).load.waiting == 2
    called = call_next(here.desk).line
    assert called
    assert (called.visit.id, called.earlier, called.day_over) == (night, MONDAY, False)
    present(here.desk, night)
    park(here.desk, night)
    assert [line.visit.id for line in room(here.desk).serving] == [night]
    assert number(take_back(here.desk, night)) == "C 002"
    assert number(call(here.desk, visit(here.desk, "C 002"))) == "C 002"
    present(here.desk, night)
    assert finish(here.desk, night, Outcome.RECEIVED).done
    assert balance_of(here.desk, TUESDAY).received == 1, "on the day of the appointment"


def test_who_waited_in_the_evening_is_not_called_in_the_morning(here: AtDesk, night: str) -> None:
    here.clock.at("8:00", TUESDAY)
    assert waiting(here.desk) == []
    assert call_next(here.desk).refusal is QueueRefusal.NOBODY_WAITS


def test_who_was_put_aside_and_forgotten_is_finished_the_next_day_at_the_desk_that_had_them(
    here: AtDesk, three: list[str]
) -> None:
    aside = call_next(here.desk).line
    assert aside
    present(here.desk, aside.visit.id)
    park(here.desk, aside.visit.id)
    assert finish(here.desk, aside.visit.id, Outcome.RECEIVED).refusal is QueueRefusal.NOT_AT_DESK, (
        "today they come back"
    )
    here.clock.at("9:00", TUESDAY)
    assert [(line.visit.id, line.day_over) for line in room(here.desk).serving] == [(aside.visit.id, True)]
    assert room(here.desk).mine == room(other(here)).serving == ()
    assert finish(other(here), aside.visit.id, Outcome.RECEIVED).refusal is QueueRefusal.NOT_AT_DESK
    assert finish(here.desk, aside.visit.id, Outcome.RECEIVED).done
    assert room(here.desk).serving == ()
    monday = balance_of(here.desk, MONDAY)
    assert (monday.received, monday.left, monday.open) == (1, 0, 2)


def test_who_was_put_aside_before_any_desk_had_them_is_not_finished(here: AtDesk, three: list[str]) -> None:
    park(here.desk, three[0])
    here.clock.at("9:00", TUESDAY)
    assert room(here.desk).serving == ()
    assert finish(here.desk, three[0], Outcome.RECEIVED).refusal is QueueRefusal.NOT_AT_DESK


def test_another_service_begins_at_the_desk_and_ends_the_one_that_went_on(here: AtDesk, three: list[str]) -> None:
    mine = call_next(here.desk).line
    assert mine
    early = begin(here.desk, mine.visit.id, "remise")
    assert early.refusal is QueueRefusal.NOT_AT_DESK, "called, not here yet"
    present(here.desk, mine.visit.id)
    assert begin(here.desk, mine.visit.id, mine.visit.service).refusal is QueueRefusal.ALREADY_THERE
    here.clock.later(6)
    begun = begin(here.desk, mine.visit.id, "remise").line
    assert begun
    told = [(one.service, one.outcome, one.ended_at is None) for one in begun.visit.services]
    assert told == [(mine.visit.service, "received", False), ("remise", None, True)]
    assert (begun.visit.stage, begun.visit.service) == (Stage.SERVING, "remise")


def test_another_service_begun_by_mistake_is_one_gesture_taken_back_whole(here: AtDesk, three: list[str]) -> None:
    mine = call_next(here.desk).line
    assert mine
    present(here.desk, mine.visit.id)
    before = [line.kind for line in recent(here.desk)]
    assert begin(here.desk, mine.visit.id, "remise").done
    assert [line.kind for line in recent(here.desk)] == ["service_finished", *before]
    assert undo(here.desk).done
    (back,) = room(here.desk).serving
    told = [(one.service, one.outcome, one.ended_at is None) for one in back.visit.services]
    assert (back.visit.id, told) == (mine.visit.id, [(mine.visit.service, None, True)])
    assert [line.kind for line in recent(here.desk) if not line.undone] == before


def test_another_desk_begins_nothing_for_who_is_over_here(here: AtDesk, three: list[str]) -> None:
    mine = call_next(here.desk).line
    assert mine
    present(here.desk, mine.visit.id)
    assert begin(other(here), mine.visit.id, "remise").refusal is QueueRefusal.CALLED_ELSEWHERE
    finish(here.desk, mine.visit.id, Outcome.RECEIVED)
    assert begin(other(here), mine.visit.id, "remise").refusal is QueueRefusal.ALREADY_OVER


def test_who_waits_there_already_is_sent_nowhere(here: AtDesk, three: list[str]) -> None:
    service = room(here.desk).waiting[0].visit.service
    same = transfer(here.desk, three[0], service=service)
    assert (same.done, same.refusal) == (False, QueueRefusal.ALREADY_THERE)
    assert transfer(here.desk, three[0], to="Guichet 9").done
    assert transfer(here.desk, three[0], to="Guichet 9").refusal is QueueRefusal.ALREADY_THERE
    assert transfer(here.desk, three[0], service=service).done, "every desk of the service may call again"


def test_who_is_received_in_a_service_is_not_sent_back_to_wait_for_the_same_one(here: AtDesk, three: list[str]) -> None:
    mine = call_next(here.desk).line
    assert mine
    present(here.desk, mine.visit.id)
    same = transfer(here.desk, mine.visit.id, service=mine.visit.service)
    assert (same.done, same.refusal) == (False, QueueRefusal.ALREADY_THERE)
    assert "déjà reçu dans ce service" in not_done(same, here.desk.rules.queue.limits_on(MONDAY))
    assert [line.visit.id for line in room(here.desk).serving] == [mine.visit.id], "nothing was recorded"
    assert transfer(here.desk, mine.visit.id, to=here.desk.name).refusal is QueueRefusal.ALREADY_THERE
    assert transfer(other(here), mine.visit.id, service=mine.visit.service, reason="poste en panne").done
    assert room(here.desk).serving == ()


def test_who_is_let_in_without_a_motive_was_sent_to_nobody(here: AtDesk) -> None:
    let_in(here.desk, Demand(""), service="remise")
    figures = period_figures(here.desk, MONDAY, MONDAY)
    assert isinstance(figures, PeriodFigures)
    assert figures.gestures.oriented == {"unknown": 1}
