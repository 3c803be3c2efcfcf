"""The training day: made once, quick to make, somebody for each answer, and nothing that could be taken for real."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from counter_app import demo, demo_stock
from counter_app.app import open_office
from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.domain.permit import PermitState
from counter_app.domain.verdict import Verdict
from counter_app.office import Office
from counter_app.store import convocation_rows, permit_rows
from counter_app.usecases import find, undo
from counter_app.usecases.check_in import note_provisional_arrival
from counter_app.usecases.present import choose, preview
from counter_app.usecases.receipts import owed
from counter_app.usecases.stock import stock

QUICK = 10
"""Seconds that a trainee may wait the first time."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    began = monotonic()
    path, _moment = demo.demo_home(str(tmp_path_factory.mktemp("demo") / "poste"))
    assert monotonic() - began < QUICK
    return path


@pytest.fixture(scope="module")
def office(made: Path) -> Iterator[Office]:
    with closing(open_office(made, at=demo.NOW)) as opened:
        yield opened


@pytest.fixture(scope="module")
def everybody(office: Office) -> list[Convocation]:
    with office.desk.looking() as connection:
        return list(convocation_rows.every(connection))


def named(everybody: list[Convocation], name: str) -> Convocation:
    return next(one for one in everybody if one.name == name)


def test_it_is_a_training_home_with_a_name_and_an_agent(office: Office) -> None:
    assert office.desk.training
    assert (office.settings.desk, office.settings.agent) == ("Poste 2", "M. Démo")
    assert office.settings.complete


def test_every_row_of_the_list_was_taken(everybody: list[Convocation]) -> None:
    assert len(everybody) == demo.PEOPLE


def test_some_have_arrived_some_are_late_nobody_arrives_later_than_now(
    office: Office, everybody: list[Convocation]
) -> None:
    arrivals = [one.arrival.moment for one in everybody if one.arrival]
    assert len(arrivals) >= 8
    assert max(arrivals) <= demo.NOW
    due = [one for one in find.day(office.desk, demo.DAY) if one.slot < demo.NOW - timedelta(minutes=10)]
    assert any(one.status is ConvocationStatus.EXPECTED for one in due)


def test_hours_are_those_of_the_office(office: Office) -> None:
    slots = [one.slot for one in find.day(office.desk, demo.DAY)]
    assert (min(slots).hour, max(slots).hour, max(slots).minute) == (9, 16, 0)
    assert {slot.minute % 10 for slot in slots} == {0}


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("SOW Aïssata", Verdict.LATE),
        ("FERREIRA Inês", Verdict.CANCELLED),
        ("HAILE Selam", Verdict.CANCELLED_BY_OFFICE),
        ("VASQUEZ Lucía", Verdict.MINOR_NEEDS_GUARDIAN),
        ("WANG Xiu", Verdict.EXPIRED),
        ("MUSTAFAEVA Leyla", Verdict.EARLY),
        ("CAMARA Kadiatou", Verdict.OTHER_DAY),
        ("JANSEN Pieter", Verdict.MISSED),
        ("BENALI Karim", Verdict.ALREADY_CHECKED_IN),
    ],
)
def test_there_is_somebody_for_each_answer(
    office: Office, everybody: list[Convocation], name: str, verdict: Verdict
) -> None:
    assert choose(office.desk, named(everybody, name).id).verdict is verdict


def test_two_people_have_one_name_and_nobody_else_does(everybody: list[Convocation]) -> None:
    doubles = [name for name, count in Counter(one.name for one in everybody).items() if count > 1]
    assert doubles == ["DIALLO Mariama"]


def test_nine_digits_are_found_on_the_list_or_proposed(office: Office) -> None:
    on_the_list = preview(office.desk, "200012345")
    assert on_the_list.convocation is not None
    assert on_the_list.convocation.name == "YILMAZ Emre"
    proposed = preview(office.desk, "200054321")
    assert proposed.verdict is Verdict.NUMBER_LEGACY
    assert [one.name for one in proposed.matches] == ["BANGOURA Ousmane"]


def test_no_number_could_be_somebody_s(everybody: list[Convocation]) -> None:
    allowed = {"", "200012345", "2000054321"}
    told = {one.foreign_number or one.best("number_as_read") or "" for one in everybody}
    assert all(number in allowed or number.startswith("00") for number in told)


def test_the_stock_has_permits_in_every_state_and_their_numbers_are_nobody_s(office: Office) -> None:
    permits = stock(office.desk)
    assert len(permits) == demo_stock.PERMITS
    assert {one.state for one in permits} == set(PermitState)
    assert all(one.foreign_number and one.foreign_number.startswith("00") for one in permits)
    assert all(one.phone and one.phone.startswith("+3363998") for one in permits)


def test_people_convened_for_a_permit_this_morning_have_one_in_the_stock(office: Office) -> None:
    convened = [
        one for one in find.day(office.desk, demo.DAY) if one.purpose == demo.PURPOSES[2] and one.slot.hour < 12
    ]
    with office.desk.looking() as connection:
        known = permit_rows.by_numbers(connection, [one.foreign_number or "" for one in convened])
    assert len({one.foreign_number for one in known}) > 10


def test_some_left_with_their_permit_and_nobody_later_than_now(office: Office) -> None:
    handed = [one for one in stock(office.desk, PermitState.HANDED_OVER) if one.departure]
    assert len(handed) == demo_stock.HANDED - 1
    assert all(one.departure is not None and one.departure.moment <= demo.NOW for one in handed)


def test_the_last_gestures_of_the_morning_are_told_in_the_order_of_their_hours(office: Office) -> None:
    hours = [one.at for one in undo.recent(office.desk)]
    assert hours == sorted(hours, reverse=True)


def test_a_day_already_made_is_kept_with_what_was_done_in_it(made: Path, office: Office) -> None:
    before = (made / "home.json").read_bytes()
    assert demo.demo_home(str(made)) == (made, demo.NOW)
    assert (made / "home.json").read_bytes() == before


def test_papers_of_the_morning_came_out_already(office: Office) -> None:
    assert owed(office.desk, every=True) == []


def test_a_training_day_already_begun_goes_on_after_its_last_act(tmp_path: Path) -> None:
    path, began = demo.demo_home(str(tmp_path / "poste"))
    later = began + timedelta(minutes=12)
    with closing(open_office(path, at=later)) as office:
        note_provisional_arrival(office.desk, "", "SOW Awa")
    assert demo.demo_home(str(path)) == (path, later)
