"""Dates, hours and moments as people and spreadsheets write them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.imports.cells import Unclear
from counter_app.imports.fields import read_birth_date, read_day, read_hour, read_moment, read_slot
from tests.imports.lists import PARIS

THE_DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    "text",
    [
        *("03/11/2026", "3/11/2026", " 03 / 11 / 2026 ", "03-11-2026", "03.11.2026", "03 11 2026", "2026-11-03"),
        *(
            "2026/11/03",
            "20261103",
            "3 novembre 2026",
            "mardi 3 novembre 2026",
            "Mardi 03 Novembre 2026",
            "3 nov. 2026",
        ),
        *("03-nov-2026", "3 NOVEMBRE 2026", "2026-11-03 00:00:00", "03/11/2026 00:00:00", "\u00a003/11/2026\u202f"),
        *("46329", "46329.0", "46329,00", "03/11/2026\u200e", "\u202a03/11/2026\u202c"),
        *("٠٣/١١/٢٠٢٦", "０３/１１/２０２６", '="03/11/2026"', "'03/11/2026"),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == THE_DAY


@pytest.mark.parametrize("text", ["1er décembre 2026", "1ER DÉCEMBRE 2026", "1er décembre 2026"])
def test_the_first_of_a_month_is_read(text: str) -> None:
    assert read_day(text) == date(2026, 12, 1)


MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"


@pytest.mark.parametrize(("month", "name"), list(enumerate(MONTHS.split(), start=1)))
def test_every_french_month_is_read(month: int, name: str) -> None:
    assert read_day(f"5 {name} 2026") == date(2026, month, 5)


@pytest.mark.parametrize("text", ["24-11-26", "03/11/26", "01/02/03", "3-nov-26"])
def test_two_digits_of_year_that_could_be_a_day_are_not_guessed(text: str) -> None:
    answer = read_day(text)
    assert isinstance(answer, Unclear)
    assert "quatre chiffres" in answer.reason


def test_two_digits_of_year_that_can_only_be_a_year_are_read() -> None:
    assert read_day("29/12/45") == date(2045, 12, 29)


@pytest.mark.parametrize("text", ["31/02/2026", "29/02/2027", "00/11/2026", "11/23/2026", "32/01/2026", "03/11/0026"])
def test_a_day_that_no_calendar_has_is_named(text: str) -> None:
    answer = read_day(text)
    assert isinstance(answer, Unclear)
    assert answer.reason_code == "date_unreadable"
    assert text in answer.reason


@pytest.mark.parametrize("text", ["demain", "463490", "9999", "46349,5", "novembre 2026", "3/11", "x" * 300])
def test_what_is_no_day_says_how_to_write_one(text: str) -> None:
    answer = read_day(text)
    assert isinstance(answer, Unclear)
    assert "27/3/2026" in answer.reason


@given(st.dates(date(1880, 1, 1), date(2199, 12, 31)))
def test_french_and_iso_days_come_back_the_same(day: date) -> None:
    assert (
        read_day(f"{day:%d/%m/%Y}") == read_day(day.isoformat()) == read_day(f"{day.day}.{day.month}.{day.year}") == day
    )
    assert read_birth_date(f"{day:%d/%m/%Y}") == day.isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("21/03/1980", "1980-03-21"),
        ("00/00/1980", "1980-00-00"),
        ("1980", "1980-00-00"),
        ("00/03/1980", "1980-03-00"),
        ("03/1980", "1980-03-00"),
        ("1980-03", "1980-03-00"),
        ("1980-00-00", "1980-00-00"),
        ("1980-03-21 00:00:00", "1980-03-21"),
    ],
)
def test_a_birth_date_may_be_known_in_part(text: str, expected: str) -> None:
    assert read_birth_date(text) == expected


@pytest.mark.parametrize("text", ["21/03/80", "31/02/1980", "12/00/1980", "1780", "inconnue", "13/1980"])
def test_a_birth_date_that_is_not_sure_is_not_guessed(text: str) -> None:
    assert isinstance(read_birth_date(text), Unclear)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "9h30",
            "09h30",
            " 9h30",
            "9 h 30",
            "9\u202fh\u00a030",
            "9:30",
            "09:30",
            "09:30:00",
            "09:30:00.000",
            "0930",
            "930",
        ),
        *("9H30", "9.30", "9h30min", "9 heures 30", "9h30-10h", "9h30 - 10h00", "9h30 à 10h", "de 9h30 à 10h00"),
        *("09:30 – 10:00", "1899-12-31 09:30:00", "９h３０"),
    ],
)
def test_an_hour_is_read_however_it_is_written(text: str) -> None:
    assert read_hour(text) == time(9, 30)


def test_a_whole_hour_needs_no_minutes() -> None:
    assert read_hour("9h") == read_hour("9 heures") == time(9)


@pytest.mark.parametrize("text", ["24h00", "9h75", "9", "0.39", "0,30", "midi", "matin", "-9h30", "9h3"])
def test_what_is_no_hour_says_how_to_write_one(text: str) -> None:
    answer = read_hour(text)
    assert isinstance(answer, Unclear)
    assert answer.reason_code == "time_unreadable"
    assert "9h30" in answer.reason


@given(st.times().map(lambda hour: hour.replace(second=0, microsecond=0)))
def test_hours_come_back_the_same(hour: time) -> None:
    assert read_hour(f"{hour:%Hh%M}") == read_hour(f"{hour:%H:%M:%S}") == read_hour(f"{hour.hour:2}h{hour:%M}") == hour


@pytest.mark.parametrize(
    ("slot", "day", "hour"),
    [
        ("2026-11-23 09:10", "", ""),
        ("2026-11-23T09:10", "", ""),
        ("2026-11-23T09:10:00+01:00", "", ""),
        ("2026-11-23T08:10:00Z", "", ""),
        ("2026-11-23 08:10:00 UTC", "", ""),
        ("23/11/2026 09h10", "", ""),
        ("23/11/2026 à 9h10", "", ""),
        ("23/11/2026, 09:10", "", ""),
        ("23/11/2026 - 9h10", "", ""),
        ("23/11/2026 0910", "", ""),
        ("lundi 23 novembre 2026 à 9 h 10", "", ""),
        ("23/11/2026 9h10 - 9h40", "", ""),
        ("9h10 - 9h40", "23/11/2026", ""),
        ("", "23/11/2026", "9h10"),
        ("", "2026-11-23 00:00:00", "09:10:00"),
        ("", "23/11/2026 09:10", ""),
        ("", "23/11/2026", "23/11/2026 09:10"),
        ("23/11/2026", "", "9h10"),
        ("23/11/2026 08:00", "", "9h10"),
    ],
)
def test_a_slot_is_read_from_one_cell_or_two(slot: str, day: str, hour: str) -> None:
    assert read_slot(slot, day, hour, PARIS) == datetime(2026, 11, 23, 9, 10, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("slot", "day", "hour", "reason_code"),
    [
        ("", "", "", "slot_missing"),
        ("", "", "9h30", "date_missing"),
        ("", "23/11/2026", "", "time_missing"),
        ("2026-11-23 00:00:00", "", "", "time_missing"),
        ("", "23/11/2026", "bientôt", "time_unreadable"),
        ("", "24-11-26", "9h30", "date_unreadable"),
        ("24-11-26 9h30", "", "", "date_unreadable"),
        ("23/11/2026 25h00", "", "", "time_unreadable"),
        ("2026-13-45 09:00", "", "", "date_unreadable"),
        ("0001-01-01T00:00:00+14:00", "", "", "date_unreadable"),
        ("9999-12-31T23:59:59-12:00", "", "", "date_unreadable"),
    ],
)
def test_a_slot_that_is_not_whole_says_what_is_missing(slot: str, day: str, hour: str, reason_code: str) -> None:
    answer = read_slot(slot, day, hour, PARIS)
    assert isinstance(answer, Unclear)
    assert answer.reason_code == reason_code


def test_an_hour_skipped_by_summer_time_is_unclear() -> None:
    answer = read_slot("", "29/03/2026", "2h30", PARIS)
    assert isinstance(answer, Unclear)
    assert "heure d’été" in answer.reason


def test_an_hour_lived_twice_is_the_first_unless_the_offset_is_written() -> None:
    first = read_slot("", "25/10/2026", "2h30", PARIS)
    second = read_slot("2026-10-25T02:30:00+01:00", "", "", PARIS)
    assert isinstance(first, datetime)
    assert isinstance(second, datetime)
    assert first.isoformat() == "2026-10-25T02:30:00+02:00"
    assert second.isoformat() == "2026-10-25T02:30:00+01:00"


def test_a_slot_is_in_the_zone_of_the_site() -> None:
    slot = read_slot("2026-11-23T09:10:00+01:00", "", "", ZoneInfo("Indian/Reunion"))
    assert isinstance(slot, datetime)
    assert slot.isoformat() == "2026-11-23T12:10:00+04:00"


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_no_text_makes_the_readers_stumble(slot: str, day: str, hour: str) -> None:
    assert isinstance(read_slot(slot, day, hour, PARIS), datetime | Unclear)
    assert isinstance(read_moment(slot, PARIS), tuple | Unclear)
    assert isinstance(read_birth_date(slot), str | Unclear)


@given(st.text("0123456789/-. h:TZ+éûàjanvmi", max_size=25))
def test_nearly_right_texts_do_not_make_the_readers_stumble(text: str) -> None:
    assert isinstance(read_slot(text, "", "", PARIS), datetime | Unclear)
    assert isinstance(read_birth_date(text), str | Unclear)
    assert isinstance(read_hour(text), time | Unclear)
