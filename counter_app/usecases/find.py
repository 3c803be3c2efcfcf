"""Find a person: the day's list in memory first, then everybody ever listed."""

import re
from datetime import date, datetime, timedelta

from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.store import convocation_rows, search_index
from counter_app.usecases.answers import ArrivalAnswer, Hit
from counter_app.usecases.day_names import Rank
from counter_app.usecases.desk import Desk
from counter_app.usecases.present import unknown_person
from counter_app.usecases.today import PeopleOfDay

SHORTEST = 2
LONGEST = 200
"""Letters of a text that are searched: no name is longer, and a whole page pasted must not hold up the desk."""
_HOUR = re.compile(r"(\d{1,2})\s*(?:h|:)\s*(\d{2})?", re.IGNORECASE)


def day(desk: Desk, when: date) -> list[Convocation]:
    """Everybody convened on a day, by hour then name."""
    with desk.looking() as connection:
        if when == desk.now().date():
            return list(desk.today.people(connection, when).people)
        return convocation_rows.by_day(connection, when)


def search(desk: Desk, text: str, limit: int = 20) -> list[Hit]:
    """People that a text can mean, most likely first: today near this hour, today, then other days.

    Name in any order, without accents, from two letters; four last digits of a number; an hour such as « 9h30 ».
    """
    text = text.strip()[:LONGEST]
    if len(text) < SHORTEST:
        return []
    at = desk.now()
    with desk.looking() as connection:
        today = desk.today.people(connection, at.date())
        found = _of_today(today, text, at)
        if len(found) < limit:
            known = {one.id for one, _reason in found}
            hits = [hit for hit in search_index.find_subjects(connection, text, limit) if hit.subject_id not in known]
            others = convocation_rows.by_ids(connection, [hit.subject_id for hit in hits])
            found += [(others[hit.subject_id], hit.reason.value) for hit in hits if hit.subject_id in others]
    return [Hit(one, reason, one.slot.date() == at.date(), today.homonyms(one.name)) for one, reason in found[:limit]]


def nobody(desk: Desk, text: str) -> ArrivalAnswer:
    """The answer to typed words that match nobody: unknown, or unknown here when the day's list is old."""
    with desk.looking() as connection:
        return unknown_person(desk, connection, text[:LONGEST])


def _of_today(today: PeopleOfDay, text: str, at: datetime) -> list[tuple[Convocation, str]]:
    close = [(rank, today.people[place]) for place, rank in _ranks(today, text).items()]
    close.sort(key=lambda pair: (pair[0][0], *_nearness(pair[1], at), pair[1].name))
    return [(one, rank[1]) for rank, one in close]


def _ranks(today: PeopleOfDay, text: str) -> dict[int, Rank]:
    """Rank and reason of everybody the text can mean, by their place in the day."""
    hour = _HOUR.fullmatch(text.strip())
    if hour:
        wanted = f"{int(hour[1]):02d}:{hour[2] or ''}"
        return {at: (0, "hour") for at, one in enumerate(today.people) if one.listing.slot[11:].startswith(wanted)}
    digits = "".join(character for character in text if character.isdigit())
    if digits and digits == text.replace(" ", ""):
        ranked = ((place, _by_digits(one, digits)) for place, one in enumerate(today.people))
        return {place: rank for place, rank in ranked if rank}
    return today.ranks(text)


def _by_digits(convocation: Convocation, digits: str) -> Rank | None:
    known = (convocation.foreign_number, convocation.best("number_as_read"), convocation.best("reference"))
    if any(value and value == digits for value in known):
        return (0, "exact")
    return (1, "digits") if len(digits) >= 4 and any(value and value.endswith(digits) for value in known) else None


def _nearness(convocation: Convocation, at: datetime) -> tuple[bool, bool, timedelta]:
    """Still expected and within the hour first, then by distance from now."""
    away = abs(convocation.slot.astimezone(at.tzinfo) - at)
    expected = convocation.status is ConvocationStatus.EXPECTED
    return (not (expected and away <= timedelta(hours=1)), not expected, away)
