"""A day and an hour typed in a box, as people write them."""

from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo

from counter_app.domain.keyboard import plain_digits
from counter_app.imports.days import read_day
from counter_app.imports.hours import read_hour
from counter_app.ui.screens.fields_box import Asked
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import hour, short_date


def slot_fields(words: Words, slot: datetime | None, zone: tzinfo) -> list[Asked]:
    """Both fields, with the hour given or proposed, when there is one."""
    here = slot.astimezone(zone) if slot else None
    return [
        Asked("day", words("summons_desk.day"), text=short_date(here.date()) if here else ""),
        Asked("hour", words("summons_desk.hour"), text=hour(here, "fr") if here else ""),
    ]


def check_slot(words: Words, typed: Mapping[str, str]) -> tuple[str, str] | None:
    """The field to correct and what to do about it; None when both can be read."""
    if _day_of(typed) is None:
        return "day", words("fields.date")
    return None if _hour_of(typed) is not None else ("hour", words("fields.hour"))


def slot_of(typed: Mapping[str, str], zone: tzinfo) -> datetime:
    """The moment typed, once it was checked."""
    day, moment = _day_of(typed), _hour_of(typed)
    assert day and moment is not None, "the box checked them"
    return datetime.combine(day, moment, zone)


def _day_of(typed: Mapping[str, str]) -> date | None:
    day = read_day(plain_digits(typed["day"]))
    return day if isinstance(day, date) else None


def _hour_of(typed: Mapping[str, str]) -> time | None:
    moment = read_hour(plain_digits(typed["hour"]))
    return moment if isinstance(moment, time) else None
