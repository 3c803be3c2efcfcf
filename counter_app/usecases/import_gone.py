"""People whom an older list of a source held and that its new list no longer does: absent from it, or moved in it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.domain.person_names import fold, same_person_key
from counter_app.store import convocation_rows, list_rows
from counter_app.store.connection import Connection
from counter_app.usecases.corrections import perhaps_rejected
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.import_rows import record
from counter_app.usecases.import_run import Run

MANY = 3
"""Fewer people gone from a day are no sign of a wrong list."""
SHARE = 5
"""More than one in so many of a day: is this the right list?"""


class Gone(NamedTuple):
    """A convocation that the list no longer holds, and its day."""

    convocation_id: str
    day: str


class DayGone(NamedTuple):
    """A day, and how many people its newest list names no more."""

    day: date
    gone: int


def gone_from(run: Run, connection: Connection) -> list[Gone]:
    """People of the same days and organisations that this source no longer names."""
    return [
        Gone(key.convocation_id, day)
        for day in run.days
        for key in list_rows.older_keys(connection, run.source, day, run.exported_at)
        if key.convocation_id not in run.claimed
        and (day, key.organisation) in run.scopes
        and run.exported_at >= run.newest.get((day, key.organisation), "")
        and not perhaps_rejected(run, connection, key.convocation_id)
    ]


def too_many(run: Run, gone: Sequence[Gone]) -> bool:
    """So many of a day are gone that this may be another list than it seems: said before and after, never decided."""
    by_day = Counter(one.day for one in gone)
    return any(_many(n, n + run.listed[day]) for day, n in by_day.items())


def _many(gone: int, held: int) -> bool:
    return gone >= MANY and gone * SHARE > held


def days_with_many_gone(desk: Desk) -> tuple[DayGone, ...]:
    """Days from today on of which so many people are gone from the newest list, wherever the lists met: two partial
    lists imported by two desks that did not hold each other's do so, and nobody was warned at either import."""
    with desk.looking() as connection:
        told = list_rows.days_told(connection, desk.now().date().isoformat())
    return tuple(DayGone(date.fromisoformat(one.day), one.gone) for one in told if _many(one.gone, one.held))


def record_gone(run: Run, gesture: Gesture, gone: Sequence[Gone]) -> None:
    """Tell who is no longer on the list; who is there at another hour is told with the new appointment."""
    moved = _replacements(run, gesture.connection, gone)
    for one in gone:
        details: dict[str, Json] = {
            "source": run.source,
            "exported_at": run.exported_at,
            "list_id": run.list_id,
        }
        if one.convocation_id in moved:
            details["replaced_by"] = moved[one.convocation_id]
        subject = Subject(SubjectType.CONVOCATION, one.convocation_id)
        record(run, gesture, ActKind.CONVOCATION_VANISHED, subject, details)


def _replacements(run: Run, connection: Connection, gone: Sequence[Gone]) -> dict[str, str]:
    """For each one gone, the only appointment of the same person and purpose that this list brings. None is guessed."""
    moved: dict[str, str] = {}
    for former in convocation_rows.by_ids(connection, [one.convocation_id for one in gone]).values():
        key = same_person_key(former.name)
        others = convocation_rows.by_people(connection, [(day, key) for day in run.days])
        found = [one.id for one in others if _stands_in(run, former, one)]
        if len(found) == 1:
            moved[former.id] = found[0]
    times = Counter(moved.values())
    return {former: new for former, new in moved.items() if times[new] == 1}


def _stands_in(run: Run, former: Convocation, other: Convocation) -> bool:
    mine = [listing for listing in other.told or other.listings if listing.source == run.source]
    brought = len(mine) == 1 and mine[0].list_id == run.list_id and other.id in run.claimed
    return brought and other.slot != former.slot and _same_person(former, other) and _same_purpose(former, other)


def _same_person(former: Convocation, other: Convocation) -> bool:
    births = {former.best("birth_date"), other.best("birth_date")}
    numbers = {convocation_rows.number_of(former), convocation_rows.number_of(other)}
    agree = [len(known) == 1 and known != {None} for known in (births, numbers)]
    differ = [len(known - {None}) == 2 for known in (births, numbers)]
    return any(agree) and not any(differ)


def _same_purpose(former: Convocation, other: Convocation) -> bool:
    return fold(former.purpose) == fold(other.purpose)
