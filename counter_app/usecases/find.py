"""Find a person: the day's list in memory first, then everybody ever listed."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from rapidfuzz import fuzz

from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.domain.person_names import fold, same_person_key, sounds_like, tokens
from counter_app.store import convocation_rows, search_index
from counter_app.usecases.answers import ArrivalAnswer, Hit
from counter_app.usecases.desk import Desk
from counter_app.usecases.present import unknown_person

SHORTEST = 2
_HOUR = re.compile(r"(\d{1,2})\s*(?:h|:)\s*(\d{2})?", re.IGNORECASE)
_ALIKE = 50
"""Least likeness, of 100, of two spellings that sound the same."""
_CLOSE = 78
"""Least likeness, of 100, at which a typed name still means somebody."""


def day(desk: Desk, when: date) -> list[Convocation]:
    """Everybody convened on a day, by hour then name."""
    with desk.looking() as connection:
        return convocation_rows.by_day(connection, when)


def search(desk: Desk, text: str, limit: int = 20) -> list[Hit]:
    """People that a text can mean, most likely first: today near this hour, today, then other days.

    Name in any order, without accents, from two letters; four last digits of a number; an hour such as « 9h30 ».
    """
    if len(text.strip()) < SHORTEST:
        return []
    at = desk.now()
    with desk.looking() as connection:
        today = convocation_rows.by_day(connection, at.date())
        found = _of_today(today, text, at)
        if len(found) < limit:
            known = {one.id for one, _reason in found}
            hits = [hit for hit in search_index.find_subjects(connection, text, limit) if hit.subject_id not in known]
            others = convocation_rows.by_ids(connection, [hit.subject_id for hit in hits])
            found += [(others[hit.subject_id], hit.reason.value) for hit in hits if hit.subject_id in others]
    same = Counter(same_person_key(one.name) for one in today)
    return [
        Hit(one, reason, one.slot.date() == at.date(), max(0, same[same_person_key(one.name)] - 1))
        for one, reason in found[:limit]
    ]


def nobody(desk: Desk, text: str) -> ArrivalAnswer:
    """The answer to typed words that match nobody: unknown, or unknown here when the day's list is old."""
    with desk.looking() as connection:
        return unknown_person(desk, connection, text)


def _of_today(today: Sequence[Convocation], text: str, at: datetime) -> list[tuple[Convocation, str]]:
    ranked = [(_likeness(one, text), one) for one in today]
    close = [(rank, one) for rank, one in ranked if rank]
    close.sort(key=lambda pair: (pair[0][0], *_nearness(pair[1], at), pair[1].name))
    return [(one, rank[1]) for rank, one in close]


def _likeness(convocation: Convocation, text: str) -> tuple[int, str] | None:
    """Rank (0 best) and reason, None when the text cannot mean this person."""
    typed = fold(text)
    hour = _HOUR.fullmatch(text.strip())
    if hour:
        wanted = f"{int(hour[1]):02d}:{hour[2] or ''}"
        return (0, "hour") if convocation.listing.slot[11:].startswith(wanted) else None
    digits = "".join(character for character in text if character.isdigit())
    if digits and digits == text.replace(" ", ""):
        return _by_digits(convocation, digits)
    return rank_of_name(convocation.name, typed)


def _by_digits(convocation: Convocation, digits: str) -> tuple[int, str] | None:
    known = (convocation.foreign_number, convocation.best("number_as_read"), convocation.best("reference"))
    if any(value and value == digits for value in known):
        return (0, "exact")
    return (1, "digits") if len(digits) >= 4 and any(value and value.endswith(digits) for value in known) else None


def rank_of_name(name: str, typed: str) -> tuple[int, str] | None:
    """Rank (0 best) and reason for which typed words can mean a name; None when they cannot."""
    words, wanted = tokens(name), typed.split()
    if sorted(words) == sorted(wanted):
        return (0, "exact")
    if wanted and all(any(word.startswith(part) for word in words) for part in wanted):
        return (1, "prefix")
    joined, glued = "".join(words), "".join(wanted)
    if len(glued) >= 3 and glued in joined:
        return (2, "prefix")
    if len(glued) < 4:
        return None
    if fuzz.token_sort_ratio(" ".join(wanted), " ".join(words)) >= _CLOSE or _each_close(wanted, words):
        return (3, "typo")
    return (4, "sound") if all(_heard(part, words) for part in wanted) else None


def _heard(part: str, words: Sequence[str]) -> bool:
    """Sounds like one of the words and is spelt nearly so: a phonetic key alone takes Diallo for Giulia."""
    return any(sounds_like(part) == sounds_like(word) and fuzz.ratio(part, word) >= _ALIKE for word in words)


def _each_close(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(max((fuzz.ratio(part, word[: len(part) + 1]) for word in words), default=0) >= _CLOSE for part in wanted)


def _nearness(convocation: Convocation, at: datetime) -> tuple[bool, bool, timedelta]:
    """Still expected and within the hour first, then by distance from now."""
    away = abs(convocation.slot.astimezone(at.tzinfo) - at)
    expected = convocation.status is ConvocationStatus.EXPECTED
    return (not (expected and away <= timedelta(hours=1)), not expected, away)
