"""Somebody whom nobody received comes again: an arrival of another day keeps nobody out, and stays."""

from datetime import date, timedelta

from counter_app.domain.acts import SubjectType
from counter_app.domain.day_balance import WhyOpen
from counter_app.domain.verdict import Verdict
from counter_app.domain.visit import Outcome
from counter_app.store import journal
from counter_app.telling.verdicts import arrival_text
from counter_app.usecases.answers import ArrivalAnswer, Override
from counter_app.usecases.audit import rebuild
from counter_app.usecases.calling import call_next, finish, present
from counter_app.usecases.check_in import check_in
from counter_app.usecases.day_facts import day_figures
from counter_app.usecases.desk import Desk
from counter_app.usecases.figures_told import counted
from counter_app.usecases.queue import queue
from counter_app.usecases.queue_answers import QueueDay
from counter_app.usecases.receipts import proof_of_presence
from counter_app.usecases.undo import undo
from counter_app.usecases.work_items import open_items
from tests.homes import MONDAY, AtDesk, another_desk, person
from tests.usecases.recount import FIGURES, Recount

TUESDAY = MONDAY + timedelta(days=1)
AGREED = Override("oublié hier", "Mme Chef")


def forgotten(here: AtDesk) -> None:
    """Somebody arrived on Monday at 16:10 and was never called; it is Tuesday, 9:05."""
    here.expects(person("QUATRE Ali", hour="16h30"))
    here.clock.at("16:10")
    assert here.scan().recorded
    here.clock.at("9:05", TUESDAY)


def again(here: AtDesk, desk: Desk | None = None) -> ArrivalAnswer:
    return check_in(desk or here.desk, here.code(), AGREED)


def waiting(here: AtDesk) -> list[tuple[str, date | None]]:
    found = queue(here.desk)
    assert isinstance(found, QueueDay)
    return [(line.visit.number, line.visit.day) for line in found.waiting]


def test_an_arrival_of_yesterday_asks_for_the_agreement_of_another_day_and_says_when_it_was(here: AtDesk) -> None:
    forgotten(here)
    told = here.scan()
    assert (told.verdict, told.recorded, told.first) == (Verdict.OTHER_DAY, False, here.only().arrival)
    notes = arrival_text(told, here.desk.rules).notes
    assert any("16 h 10" in one.replace("\xa0", " ") and "23/11" in one for one in notes), notes


def test_who_was_never_called_yesterday_is_received_today_and_both_arrivals_stay(here: AtDesk) -> None:
    forgotten(here)
    done = again(here)
    assert done.recorded
    assert done.receipt
    assert waiting(here) == [(done.receipt.ticket, TUESDAY)]
    assert len(here.only().standing_arrivals) == 2
    here.clock.at("9:10", TUESDAY)
    second = again(here)
    assert (second.verdict, second.recorded, second.receipt) == (Verdict.ALREADY_CHECKED_IN, False, done.receipt)
    proof = proof_of_presence(here.desk, here.only().id)
    assert proof
    assert proof.arrival == done.receipt.arrival, "proves the presence of today"
    called = call_next(here.desk).line
    assert called
    present(here.desk, called.visit.id)
    assert finish(here.desk, called.visit.id, Outcome.RECEIVED).done


def test_yesterday_stays_open_by_name_and_the_next_day_counts_its_passage_in_no_balance(here: AtDesk) -> None:
    test_who_was_never_called_yesterday_is_received_today_and_both_arrivals_stay(here)
    monday = day_figures(here.desk, MONDAY)
    assert [(one.case.convocation.name, one.why) for one in monday.open_cases] == [("QUATRE Ali", WhyOpen.WAITING)]
    assert (monday.balance.convened, monday.balance.open) == (1, 1)
    with here.desk.looking() as connection:
        acts = [act for kind in SubjectType for mine in [journal.all_by_subject(connection, kind)] for act in mine]
    for day in (MONDAY, TUESDAY):
        told, truth = day_figures(here.desk, day), Recount(acts, here.desk.rules, here.desk.now(), day, day)
        assert {name: counted(told)[name] for name in FIGURES} == {name: getattr(truth, name)() for name in FIGURES}
        assert told.balance.convened == (1 if day == MONDAY else 0)
        assert counted(told)["agreements"] == (1 if day == MONDAY else 0)
        assert told.services.count == (0 if day == MONDAY else 1)
        assert told.anything, "a day of no hour, on which somebody was received, is told in its period"
    assert rebuild(here.desk).same


def test_who_comes_again_at_another_desk_that_knows_of_the_first_time_contradicts_nothing(here: AtDesk) -> None:
    forgotten(here)
    assert again(here, another_desk(here.desk)).recorded
    assert not here.only().contested
    assert not open_items(here.desk)


def test_the_second_arrival_is_taken_back_alone(here: AtDesk) -> None:
    forgotten(here)
    first = here.only().arrival
    again(here)
    assert undo(here.desk).done
    assert here.only().standing_arrivals == (first,)
    assert waiting(here) == []
    assert again(here).recorded


def test_who_came_the_day_before_the_appointment_is_received_on_its_day(here: AtDesk) -> None:
    here.expects(person("QUATRE Ali", hour="9h10", date_rdv="24/11/2026"))
    here.clock.at("16:10")
    assert again(here).recorded
    here.clock.at("9:05", TUESDAY)
    done = here.scan()
    assert (done.verdict, done.recorded) == (Verdict.ADMITTED, True)
    assert [one.why for one in day_figures(here.desk, TUESDAY).open_cases] == [WhyOpen.WAITING]


def test_an_arrival_goes_on_over_midnight(here: AtDesk) -> None:
    here.expects(person("MINUIT Ali", hour="00h10", date_rdv="24/11/2026"))
    here.clock.at("23:52")
    assert again(here).recorded
    here.clock.at("0:12", TUESDAY)
    assert here.scan().verdict is Verdict.ALREADY_CHECKED_IN
