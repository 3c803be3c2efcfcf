"""The day closes with figures that are true: who was not served is open, and what comes late makes another version."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from counter_app.documents.day_report import Signed, day_report
from counter_app.documents.report_groups import GroupLine
from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.day_balance import Balance, WhyOpen
from counter_app.domain.visit import Outcome
from counter_app.store import sync_rows
from counter_app.telling.gestures import gesture_word
from counter_app.usecases import calling
from counter_app.usecases.answers import Override
from counter_app.usecases.check_in import check_in
from counter_app.usecases.close_day import LONGEST_REMARK, Closed, Closing, DayRefusal, close_day, closings, digest_of
from counter_app.usecases.day_facts import day_figures
from counter_app.usecases.day_papers import day_page, figures_file, open_list, page_facts, sheet
from counter_app.usecases.desk import Desk
from counter_app.usecases.figures_told import lines, told
from counter_app.usecases.let_in import let_in
from counter_app.usecases.orient import Demand
from counter_app.usecases.period_papers import day_files
from counter_app.usecases.queue import queue
from counter_app.usecases.queue_answers import QueueDay
from counter_app.usecases.undo import recent
from counter_app.wording.catalogue import Words
from tests.documents.reading import words
from tests.homes import MONDAY, AtDesk, another_desk, closed_day, moment, person

PEOPLE = (
    person("BENALI Karim", "5900000011", "09h00"),
    person("TRAORÉ Fatou", "5900000012", "09h10"),
    person("ROSSI Giulia", "5900000013", "09h20"),
    person("PETROV Ivan", "5900000014", "09h30", statut="Annulé par l’usager"),
    person("CHEN Li", "5900000015", "16h00"),
)


@pytest.fixture
def morning(here: AtDesk) -> AtDesk:
    """Three people came: one was received, one left, one still waits."""
    here.expects(*PEOPLE)
    for hour, number in (("08:55", "5900000011"), ("09:05", "5900000012"), ("09:15", "5900000013")):
        here.clock.at(hour)
        assert here.scan(number).recorded
    here.clock.at("09:20")
    first = calling.call_next(here.desk)
    assert first.line is not None
    calling.present(here.desk, first.line.visit.id)
    here.clock.at("09:35")
    calling.finish(here.desk, first.line.visit.id, Outcome.RECEIVED)
    second = calling.call_next(here.desk)
    assert second.line is not None
    calling.leave(here.desk, second.line.visit.id)
    here.clock.at("10:30")
    return here


def test_somebody_who_arrived_and_was_not_served_is_open_never_received(morning: AtDesk) -> None:
    figures = day_figures(morning.desk, MONDAY)
    assert figures.balance == Balance(received=1, left=1, cancelled=1, open=2)
    assert [(one.case.convocation.name[:5], one.why) for one in figures.open_cases] == [
        ("ROSSI", WhyOpen.WAITING),
        ("CHEN ", WhyOpen.EXPECTED),
    ]


def test_who_has_not_come_is_absent_once_nobody_waits_for_them_any_more(morning: AtDesk) -> None:
    morning.clock.at("18:00")
    assert day_figures(morning.desk, MONDAY).balance == Balance(received=1, left=1, absent=1, cancelled=1, open=1)


def test_the_last_acts_say_how_a_service_ended(here: AtDesk) -> None:
    here.expects(*PEOPLE)
    here.clock.at("08:55")
    assert here.scan("5900000011").recorded
    called = calling.call_next(here.desk).line
    assert called is not None
    calling.present(here.desk, called.visit.id)
    calling.finish(here.desk, called.visit.id, Outcome.REDIRECTED)
    told = recent(here.desk)[0]
    assert (told.outcome, gesture_word(told, Words("fr"))) == ("redirected", "service terminé (réorienté)")


def test_waits_run_from_the_real_arrival_to_the_first_desk(morning: AtDesk) -> None:
    waits = day_figures(morning.desk, MONDAY).waits
    assert (waits.count, waits.median, waits.within_target) == (1, 25.0, 0.0)


def test_figures_that_did_not_change_are_not_signed_twice(morning: AtDesk) -> None:
    first, again = closed_day(morning.desk, MONDAY), closed_day(morning.desk, MONDAY)
    assert (first.new, again.new) == (True, False)
    assert [one.version for one in closings(morning.desk, MONDAY)] == [1]
    assert again.closing == first.closing


def test_a_late_act_makes_a_second_version_that_says_what_changed(morning: AtDesk) -> None:
    closed_day(morning.desk, MONDAY)
    found = queue(morning.desk)
    assert isinstance(found, QueueDay)
    late = found.waiting[0]
    calling.leave(morning.desk, late.visit.id)
    second = closed_day(morning.desk, MONDAY).closing
    assert second.version == 2
    assert {str(one["figure"]): (one["before"], one["after"]) for one in second.changed}["balance.left"] == (1, 2)
    assert [one.version for one in closings(morning.desk, MONDAY)] == [1, 2]


def test_the_page_and_the_files_carry_no_name_but_the_list_of_open_cases(morning: AtDesk, tmp_path: Path) -> None:
    closed = closed_day(morning.desk, MONDAY, "Fermeture à midi")
    signed, table = figures_file(closed.figures, closed.closing), sheet(closed.figures, closed.closing)
    assert hashlib.sha256(signed.content).hexdigest() == closed.closing.digest
    assert b"ROSSI" not in signed.content + table.content
    assert "ROSSI" in open_list(closed.figures).content.decode("utf-8-sig")
    page = day_page(morning.desk, closed.figures, closed.closing)
    assert page.file_name == "bilan-2026-11-23-v1.pdf"
    told = words(page.pdf).replace("\u00a0", " ")
    assert "8 h 30" in told
    assert "08:30" not in told


def test_the_sheet_tells_every_figure_that_is_signed(morning: AtDesk) -> None:
    figures = day_figures(morning.desk, MONDAY)
    named = dict(lines(told(figures)))
    assert named["balance.convened"] == 5
    assert len(named) == len(list(lines(json.loads(json.dumps(told(figures))))))


def test_the_sheet_says_in_french_what_each_figure_is(morning: AtDesk) -> None:
    told_by = {
        key: plain
        for key, _value, plain in csv.reader(
            io.StringIO(sheet(day_figures(morning.desk, MONDAY)).content.decode("utf-8-sig")), delimiter=";"
        )
    }
    assert told_by["balance.convened"] == "Convoqués"
    assert told_by["handover.morning"] == "Titres le matin"
    assert told_by["by_service.1.received"].endswith("· Reçus")
    unsaid = {key for key, plain in told_by.items() if plain == key and key != "chiffre"}
    assert unsaid == set()


def test_somebody_let_in_on_another_day_and_received_is_received_on_the_day_of_their_hour(here: AtDesk) -> None:
    here.expects(person("BENALI Karim", "5900000011", "09h00", **{"date rdv": "24/11/2026"}))
    here.clock.at("09:00")
    agreed = Override("Reçu la veille", "M. Roux")
    assert check_in(here.desk, "5900000011", agreed).recorded
    here.clock.at("09:10")
    tuesday = MONDAY + timedelta(days=1)
    assert day_figures(here.desk, tuesday).balance == Balance(open=1)
    called = calling.call_next(here.desk)
    assert called.line is not None
    calling.present(here.desk, called.line.visit.id)
    calling.finish(here.desk, called.line.visit.id, Outcome.RECEIVED)
    figures = day_figures(here.desk, tuesday)
    assert (figures.balance, figures.waits.count) == (Balance(received=1), 1)
    assert day_figures(here.desk, MONDAY).balance == Balance()


def test_somebody_who_waits_since_another_day_is_open_whatever_a_list_says(here: AtDesk) -> None:
    tuesday = {"date rdv": "24/11/2026"}
    here.expects(person("BENALI Karim", "5900000011", "09h00", **tuesday))
    here.clock.at("09:00")
    assert check_in(here.desk, "5900000011", Override("Venu la veille", "M. Roux")).recorded
    here.clock.at("18:00", MONDAY + timedelta(days=1))
    here.expects(person("BENALI Karim", "5900000011", "09h00", statut="Rendez-vous honoré", **tuesday))
    assert day_figures(here.desk, MONDAY + timedelta(days=1)).balance == Balance(open=1)


def test_a_clock_that_goes_back_during_a_service_makes_it_last_nothing_rather_than_less(here: AtDesk) -> None:
    here.expects(PEOPLE[0])
    here.clock.at("08:55")
    here.scan("5900000011")
    here.clock.at("09:10")
    called = calling.call_next(here.desk)
    assert called.line is not None
    calling.present(here.desk, called.line.visit.id)
    here.clock.at("09:01")
    calling.finish(here.desk, called.line.visit.id, Outcome.RECEIVED)
    services = day_figures(here.desk, MONDAY).services
    assert (services.count, services.longest) == (1, 0.0)


def test_a_word_of_a_list_does_not_command_the_spreadsheet_that_opens_it(morning: AtDesk) -> None:
    figures = day_figures(morning.desk, MONDAY)
    named = replace(figures, by_purpose=(replace(figures.by_purpose[0], name="=1+1"),))
    assert ";'=1+1;" in sheet(named).content.decode("utf-8-sig")


def test_a_day_without_anything_balances_at_nothing(here: AtDesk) -> None:
    assert day_figures(here.desk, moment("8:00").date()).balance == Balance()


@pytest.mark.parametrize(
    ("day", "remarks", "code"),
    [
        (MONDAY, "a" * (LONGEST_REMARK + 1), "long_remarks"),
        (MONDAY, "fermé\u200bà midi", "hidden_remarks"),
        (MONDAY + timedelta(days=1), "", "day_to_come"),
        (MONDAY - timedelta(days=1), "", "before_first_day"),
        (date.min, "", "bad_day"),
        (date.max, "", "bad_day"),
    ],
)
def test_what_cannot_be_signed_leaves_no_version(morning: AtDesk, day: date, remarks: str, code: str) -> None:
    told = close_day(morning.desk, day, remarks)
    assert isinstance(told, DayRefusal)
    assert told.code == code
    assert closings(morning.desk, day) == []


def test_a_list_of_before_the_first_act_can_be_closed(here: AtDesk) -> None:
    here.expects(person("BENALI Karim", "5900000011", "09h00", **{"date rdv": "20/11/2026"}))
    assert closed_day(here.desk, MONDAY - timedelta(days=3)).closing.version == 1
    assert isinstance(close_day(here.desk, MONDAY - timedelta(days=4)), DayRefusal)


def test_today_can_be_closed_before_anything_happened(here: AtDesk) -> None:
    assert closed_day(here.desk, MONDAY).closing.version == 1


def test_a_name_of_a_list_is_no_formula_of_the_list_of_open_cases(here: AtDesk) -> None:
    here.expects(person("=1+1", "5912345678"), person("+33 SOW", "5998765432", motif="-2"))
    here.clock.at("8:30")
    told = open_list(day_figures(here.desk, MONDAY)).content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(told), delimiter=";") for cell in row]
    assert {"'=1+1", "'+33 SOW", "son heure n’est pas passée"} <= {*cells}
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("wrong", [{"version": "x"}, {"version": None}, {"digest": None}, {"figures": 3}])
def test_a_version_that_cannot_be_read_is_passed_over_and_the_next_one_follows_the_last_that_can(
    morning: AtDesk, wrong: dict[str, Json]
) -> None:
    first = closed_day(morning.desk, MONDAY).closing
    told: dict[str, Json] = {"version": 2, "digest": "d", "figures": {}, **wrong}
    with another_desk(morning.desk).gesture() as gesture:
        gesture.record(ActKind.DAY_CLOSED, Subject(SubjectType.DAY, MONDAY.isoformat()), told)
    assert closings(morning.desk, MONDAY) == [first]
    assert closed_day(morning.desk, MONDAY, "revu").closing.version == 2


def test_words_of_other_desks_that_are_no_words_are_counted_all_the_same(here: AtDesk) -> None:
    other = another_desk(here.desk)
    words: tuple[Json, ...] = (3, "post", None)
    with other.gesture() as gesture:
        for place, channel in enumerate(words):
            told: dict[str, Json] = {"motive": "other", "channel": channel}
            gesture.record(ActKind.ORIENTED, Subject(SubjectType.ORIENTATION, str(place)), told)
    assert day_figures(here.desk, MONDAY).gestures.oriented == {"3": 1, "post": 1, "unknown": 1}


def test_a_service_forgotten_in_the_evening_and_ended_the_next_day_is_counted_and_not_measured(here: AtDesk) -> None:
    here.expects(PEOPLE[4])
    here.clock.at("15:55")
    here.scan("5900000015")
    here.clock.at("16:26")
    called = calling.call_next(here.desk)
    assert called.line is not None
    calling.present(here.desk, called.line.visit.id)
    here.clock.at("09:01", MONDAY + timedelta(days=1))
    calling.finish(here.desk, called.line.visit.id, Outcome.RECEIVED)
    figures = day_figures(here.desk, MONDAY)
    assert (figures.balance, figures.waits.count, figures.waits.not_measured) == (Balance(received=1), 1, 0)
    assert (figures.services.count, figures.services.longest, figures.services.not_measured) == (0, None, 1)


def test_somebody_called_in_the_evening_and_said_present_the_next_day_waited_a_time_that_nobody_knows(
    morning: AtDesk,
) -> None:
    third = calling.call_next(morning.desk)
    assert third.line is not None
    before = day_figures(morning.desk, MONDAY).waits
    morning.clock.at("09:05", MONDAY + timedelta(days=1))
    calling.present(morning.desk, third.line.visit.id)
    calling.finish(morning.desk, third.line.visit.id, Outcome.RECEIVED)
    waits = day_figures(morning.desk, MONDAY).waits
    assert waits == replace(before, not_measured=1)
    closed = closed_day(morning.desk, MONDAY)
    page = words(day_page(morning.desk, closed.figures, closed.closing).pdf).replace("\u00a0", " ")
    assert "Non mesurés, car notés un autre jour : attentes 1 · passages au guichet 0" in page


def test_a_visit_that_goes_on_over_midnight_is_measured(here: AtDesk) -> None:
    tuesday = MONDAY + timedelta(days=1)
    here.expects(person("BENALI Karim", "5900000011", "00h10", **{"date rdv": "24/11/2026"}))
    here.clock.at("23:20")
    assert check_in(here.desk, "5900000011", Override("Venu la veille", "M. Roux")).recorded
    here.clock.at("0:10", tuesday)
    called = calling.call_next(here.desk)
    assert called.line is not None
    calling.present(here.desk, called.line.visit.id)
    here.clock.at("0:25", tuesday)
    calling.finish(here.desk, called.line.visit.id, Outcome.RECEIVED)
    assert day_figures(here.desk, tuesday).waits.longest == 50.0
    assert day_figures(here.desk, MONDAY).services.longest == 15.0


def _signed_apart(desk: Desk) -> tuple[Closing, ...]:
    """A desk that had not met this one signs a version 1 of other figures; every version, then."""
    figures: dict[str, Json] = {**closings(desk, MONDAY)[-1].figures, "reprints": 7}
    told: dict[str, Json] = {"version": 1, "digest": digest_of(figures), "figures": figures, "changed": []}
    with another_desk(desk).gesture() as gesture:
        gesture.record(ActKind.DAY_CLOSED, Subject(SubjectType.DAY, MONDAY.isoformat()), told)
    return tuple(closings(desk, MONDAY))


def test_after_two_versions_signed_apart_the_next_says_what_changed_from_each(morning: AtDesk) -> None:
    closed_day(morning.desk, MONDAY)
    mine, theirs = _signed_apart(morning.desk)
    found = queue(morning.desk)
    assert isinstance(found, QueueDay)
    calling.leave(morning.desk, found.waiting[0].visit.id)
    closed = closed_day(morning.desk, MONDAY)
    second = closed.closing
    assert (second.version, [one.desk for one in second.since]) == (2, [mine.desk, theirs.desk])
    changed = [{str(one["figure"]): (one["before"], one["after"]) for one in it.changed} for it in second.since]
    assert [one.get("balance.left") for one in changed] == [(1, 2), (1, 2)]
    assert [one.get("reprints") for one in changed] == [None, (7, 0)]
    assert second.changed == second.since[-1].changed
    page = words(day_page(morning.desk, closed.figures, second).pdf).replace("\u00a0", " ")
    for one in (mine, theirs):
        assert f"Changé depuis la version 1 de {one.desk}, signée à 10 h 30" in page


def test_two_versions_signed_apart_are_settled_even_when_the_newest_tells_the_figures(morning: AtDesk) -> None:
    closed_day(morning.desk, MONDAY)
    _signed_apart(morning.desk)
    settled = closed_day(morning.desk, MONDAY)
    assert (settled.new, settled.closing.version) == (True, 2)
    assert not closed_day(morning.desk, MONDAY).new


def test_a_version_signed_apart_of_a_lower_number_does_not_take_a_number_again(morning: AtDesk) -> None:
    closed_day(morning.desk, MONDAY)
    closed_day(morning.desk, MONDAY, "revu")
    _signed_apart(morning.desk)
    assert closed_day(morning.desk, MONDAY).closing.version == 3


def test_other_observations_are_another_fingerprint_and_the_same_ones_sign_nothing(morning: AtDesk) -> None:
    first = closed_day(morning.desk, MONDAY).closing
    noted = closed_day(morning.desk, MONDAY, "Fermeture à midi")
    assert (noted.new, noted.closing.version) == (True, 2)
    assert noted.closing.digest != first.digest
    again = closed_day(morning.desk, MONDAY, " Fermeture à midi ")
    assert (again.new, again.closing) == (False, noted.closing)
    assert not closed_day(morning.desk, MONDAY).new
    other = closed_day(morning.desk, MONDAY, "Fermeture à 13 h").closing
    assert len({first.digest, noted.closing.digest, other.digest}) == 3
    for one in (first, noted.closing, other):
        assert hashlib.sha256(figures_file(noted.figures, one).content).hexdigest() == one.digest


def test_a_day_signed_before_with_observations_verifies_as_before(morning: AtDesk) -> None:
    figures = closed_day(morning.desk, MONDAY).closing.figures
    told: dict[str, Json] = {"version": 2, "digest": digest_of(figures), "figures": figures, "remarks": "vu"}
    with morning.desk.gesture() as gesture:
        gesture.record(ActKind.DAY_CLOSED, Subject(SubjectType.DAY, MONDAY.isoformat()), told)
    before = closings(morning.desk, MONDAY)[-1]
    written = figures_file(day_figures(morning.desk, MONDAY), before).content
    assert hashlib.sha256(written).hexdigest() == before.digest


def signed_before(desk: Desk) -> dict[str, Json]:
    """A version of a desk that timed no service one by one, and told no wait without an appointment."""
    shape = told(day_figures(desk, MONDAY))
    del shape["walk_in_waits"]
    for place in ("by_service", "by_purpose"):
        groups = shape[place]
        assert isinstance(groups, list)
        shape[place] = [
            {name: value for name, value in one.items() if name != "service_times"}
            for one in groups
            if isinstance(one, dict)
        ]
    signed: dict[str, Json] = {"version": 1, "digest": digest_of(shape), "figures": shape, "remarks": ""}
    with desk.gesture() as gesture:
        gesture.record(ActKind.DAY_CLOSED, Subject(SubjectType.DAY, MONDAY.isoformat()), signed)
    return shape


def test_a_day_signed_before_services_were_timed_one_by_one_is_not_signed_again_for_that(morning: AtDesk) -> None:
    signed_before(morning.desk)
    again = closed_day(morning.desk, MONDAY)
    assert (again.new, again.closing.version) == (False, 1)


def test_a_version_signed_of_nobody_is_followed_by_one_that_names_the_service_times_too(here: AtDesk) -> None:
    closed_day(here.desk, MONDAY)
    here.expects(person("SOW Aïssata", "5900000010", "09h00"))
    here.clock.at("9:00")
    assert here.scan("5900000010").recorded
    visit = calling.call_next(here.desk).line
    assert visit is not None
    assert calling.present(here.desk, visit.visit.id).done
    here.clock.later(6)
    assert calling.finish(here.desk, visit.visit.id, Outcome.RECEIVED).done
    named = {str(one["figure"]) for one in closed_day(here.desk, MONDAY).closing.changed}
    assert {one.partition(".")[0] for one in named if one.endswith(".service_times.median")} == {
        "by_service",
        "by_purpose",
    }


def test_the_files_of_a_version_tell_nothing_that_it_did_not_sign(morning: AtDesk) -> None:
    shape = signed_before(morning.desk)
    again = closed_day(morning.desk, MONDAY)
    assert not again.new
    rows = list(csv.reader(io.StringIO(sheet(again.figures, again.closing).content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][0] == "day"
    signed = {key: "" if value is None else str(value) for key, value in lines(shape)}
    assert {key: value for key, value, _words in rows[1:]} == signed
    (_annex, book) = day_files(morning.desk, again.figures, closings(morning.desk, MONDAY), again.closing)
    cells = [str(cell.value) for page in load_workbook(io.BytesIO(book.content)) for row in page for cell in row]
    assert not [one for one in cells if one.startswith("walk_in_waits")]
    assert not any(one.services.count for one in (*again.figures.by_service, *again.figures.by_purpose))
    assert "waits.median" in cells


def test_the_page_says_of_how_many_desks_it_tells_and_why_people_were_stopped(morning: AtDesk) -> None:
    page = words(day_page(morning.desk, day_figures(morning.desk, MONDAY)).pdf).replace("\u00a0", " ")
    assert f"{morning.desk.rules.name}, 1 poste" in page
    assert "Réponses bloquantes" not in page, "nobody was"
    for number in ("5900000014", "5900000015"):
        assert not morning.scan(number).recorded
    page = words(day_page(morning.desk, day_figures(morning.desk, MONDAY)).pdf).replace("\u00a0", " ")
    assert "Réponses bloquantes : 2" in page


def test_a_conflict_that_opens_since_is_no_change_of_a_signed_day(morning: AtDesk) -> None:
    shape = {**told(day_figures(morning.desk, MONDAY)), "open_conflicts": 3}
    signed: dict[str, Json] = {"version": 1, "digest": digest_of(shape), "figures": shape, "remarks": ""}
    with morning.desk.gesture() as gesture:
        gesture.record(ActKind.DAY_CLOSED, Subject(SubjectType.DAY, MONDAY.isoformat()), signed)
    again = closed_day(morning.desk, MONDAY)
    assert not again.new
    page = words(day_page(morning.desk, again.figures, again.closing).pdf).replace("\u00a0", " ")
    assert "conflits ouverts 3" in page, "the page bears the digest of what was signed"
    assert "open_conflicts;3;" in sheet(again.figures, again.closing).content.decode()


def test_time_put_aside_is_no_service_and_each_time_at_the_desk_is_one(here: AtDesk) -> None:
    here.clock.at("09:00")
    visit = let_in(here.desk, Demand(), None, "accueil").visit_id
    for begun, ended, end in (
        ("09:00", "09:06", calling.park),
        ("09:40", "09:44", lambda desk, one: calling.finish(desk, one, Outcome.RECEIVED)),
    ):
        here.clock.at(begun)
        calling.take_back(here.desk, visit)
        assert calling.call_next(here.desk).done
        assert calling.present(here.desk, visit).done
        here.clock.at(ended)
        assert end(here.desk, visit).done
    services = day_figures(here.desk, MONDAY).services
    assert (services.count, services.longest, services.median) == (2, 6.0, 5.0)


def test_a_day_signed_just_after_the_central_stopped_answering_is_provisional_and_the_page_says_why(
    morning: AtDesk,
) -> None:
    desk = morning.desk
    desk.shared = True
    with desk.store.writing() as connection:
        sync_rows.note(connection, "verified_at", desk.clock().isoformat())
        sync_rows.note(connection, "error", "La base centrale ne répond pas.")
    signed = closed_day(desk, MONDAY)
    assert signed.closing.provisional
    page = words(day_page(desk, signed.figures, signed.closing).pdf).replace("\u00a0", " ")
    assert "PROVISOIRE : ce poste ne connaît les autres que jusqu’au" in page


@pytest.mark.parametrize("heard", [True, False])
def test_a_day_signed_without_an_answer_of_the_others_in_time_is_provisional(morning: AtDesk, heard: bool) -> None:
    signed = close_day(morning.desk, MONDAY, heard=heard)
    assert isinstance(signed, Closed)
    assert signed.closing.provisional is not heard


def test_figures_signed_provisional_are_signed_again_once_the_others_answered(morning: AtDesk) -> None:
    for heard, new, version, provisional in (
        (False, True, 1, True),
        (False, False, 1, True),
        (True, True, 2, False),
        (True, False, 2, False),
        (False, False, 2, False),
    ):
        signed = close_day(morning.desk, MONDAY, heard=heard)
        assert isinstance(signed, Closed)
        assert (signed.new, signed.closing.version, signed.closing.provisional) == (new, version, provisional)
        page = words(day_page(morning.desk, signed.figures, signed.closing).pdf)
        assert ("Signé provisoire" in page) is provisional


def test_every_file_of_a_version_tells_its_observations_and_none_as_a_formula(morning: AtDesk) -> None:
    closed = closed_day(morning.desk, MONDAY, "=1+1 panne à 10 h")
    rows = sheet(closed.figures, closed.closing).content.decode("utf-8-sig").splitlines()
    assert rows[-1] == "remarks;'=1+1 panne à 10 h;Observations"
    book = day_files(morning.desk, closed.figures, [closed.closing], closed.closing)[1]
    last = list(load_workbook(io.BytesIO(book.content))["Chiffres"].iter_rows())[-1]
    assert [cell.value for cell in last] == ["Observations", "=1+1 panne à 10 h", None, "remarks"]
    assert last[1].data_type == "s"


def test_a_version_says_that_observations_were_added_replaced_or_not_carried_on(morning: AtDesk) -> None:
    found = queue(morning.desk)
    assert isinstance(found, QueueDay)
    closed_day(morning.desk, MONDAY)
    said = []
    for remarks in ("Panne", "Grève", ""):
        if not remarks:
            calling.leave(morning.desk, found.waiting[0].visit.id)
        closed = closed_day(morning.desk, MONDAY, remarks)
        page = words(day_page(morning.desk, closed.figures, closed.closing).pdf).replace("\u00a0", " ")
        said.append((closed.closing.remarks_before, closed.closing.remarks_moved, page))
    assert [(before, moved) for before, moved, _page in said] == [("", True), ("Panne", True), ("Grève", True)]
    assert "Observations ajoutées" in said[0][2]
    assert "remplacées : « Panne »" in said[1][2]
    assert "non reprises : « Grève »" in said[2][2]
    versions = closings(morning.desk, MONDAY)
    annex = words(day_files(morning.desk, closed.figures, versions, versions[-1])[0].content).replace("\u00a0", " ")
    assert "non reprises : « Grève »" in annex
    assert closed_day(morning.desk, MONDAY).new is False


def test_waits_without_an_appointment_are_told_apart_from_those_of_people_convened(here: AtDesk) -> None:
    """The page said « personne n’a encore été reçu » of a day on which somebody let in was received after two hours."""
    here.clock.at("09:00")
    let_in(here.desk, Demand("anef"))
    here.clock.at("11:00")
    called = calling.call_next(here.desk).line
    assert called is not None
    calling.present(here.desk, called.visit.id)
    figures = day_figures(here.desk, MONDAY)
    assert (figures.waits.count, figures.walk_in_waits.median, figures.walk_in_waits.within_target) == (0, 120.0, 0.0)
    page = words(day_page(here.desk, figures).pdf).replace("\u00a0", " ")
    assert "Attente des convoqués depuis l’arrivée : aucun n’a encore été reçu" in page
    assert "Attente sans rendez-vous depuis l’arrivée : médiane 120 min" in page
    assert "unknown" not in words(
        day_page(here.desk, replace(figures, gestures=replace(figures.gestures, oriented={"unknown": 1}))).pdf
    )


def test_agreements_of_a_period_are_told_with_their_day_those_of_a_day_without(morning: AtDesk) -> None:
    at = morning.clock.now.replace(hour=10, minute=5)
    agreed = [(at, "Guichet 3", "Certificat présenté", "Mme Leroy")]
    facts = replace(page_facts(morning.desk, day_figures(morning.desk, MONDAY), MONDAY, None), agreements=agreed)
    for last, expected in (
        (None, "10 h 05 · Guichet 3"),
        (MONDAY + timedelta(days=4), "23/11/2026 10 h 05 · Guichet 3"),
    ):
        page = words(day_report(replace(facts, last=last))).replace("\u00a0", " ")
        assert expected in page
        assert ("2026 10 h 05" in page) is (last is not None)


def test_the_page_of_the_fullest_day_is_one_sheet(morning: AtDesk) -> None:
    at, counts = morning.clock.now, {"convened": 120, "received": 100, "absent": 20}
    signed = Signed(
        3, at, "Guichet 1", "M. Durand", "a" * 64, 4, "Panne du lecteur. " * 100, True, remarks_before="Grève. " * 99
    )
    groups = [GroupLine(f"Renouvellement, motif {place}", counts, "14.5", "32", "9.5") for place in range(14)]
    facts = replace(
        page_facts(morning.desk, day_figures(morning.desk, MONDAY), MONDAY, None),
        arrivals={f"{8 + half // 2} h {half % 2 * 30:02}": 23 for half in range(20)},
        channels={f"Voie {place}": place for place in range(12)},
        stopped={f"RENDEZ-VOUS AILLEURS {place}": place for place in range(14)},
        by_service=groups[:6],
        by_purpose=groups,
        agreements=[(at, "Guichet 3", "Certificat de l’employeur présenté", "Mme Leroy")] * 12,
        provisional=["PROVISOIRE : Guichet 2 et Guichet 3 n’ont pas tout envoyé"] * 2,
        signed=signed,
    )
    document = PdfDocument(day_report(facts))
    assert len(document) == 1
    assert "en entier à l’annexe" in document[0].get_textpage().get_text_range().replace("\r\n", " ")


def test_the_page_of_a_version_signed_in_doubt_says_so_whenever_it_is_printed(morning: AtDesk) -> None:
    closed = closed_day(morning.desk, MONDAY)
    assert "Signé provisoire" not in words(day_page(morning.desk, closed.figures, closed.closing).pdf)
    doubted = replace(closed.closing, provisional=True)
    assert "Signé provisoire" in words(day_page(morning.desk, closed.figures, doubted).pdf)


def test_nine_in_ten_is_said_as_a_limit_that_is_reached(morning: AtDesk) -> None:
    page = words(day_page(morning.desk, day_figures(morning.desk, MONDAY)).pdf).replace("\u00a0", " ")
    assert "9 sur 10 en 25 min au plus" in page
