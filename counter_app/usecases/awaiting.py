"""« Arrivées à confirmer »: people who came while this desk did not know them, and whom no list has named since."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.acts import ActKind, Subject, SubjectType
from counter_app.domain.person_names import same_person_key
from counter_app.store import convocation_rows, journal
from counter_app.store.connection import Connection
from counter_app.usecases.desk import Desk

LOOKED_AT = 1000
"""Last unknown scans among which the notes are looked for."""


class Outcome(StrEnum):
    """What became of somebody noted: found under another name or another list, or nothing to go on with."""

    CONFIRMED = "confirmed"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Somebody noted by name at the desk."""

    note: str
    name: str
    at: datetime
    agent: str


def awaiting(desk: Desk) -> list[Awaiting]:
    """Arrivals to confirm, the newest first; one is settled when somebody of that name has arrived the same day, or
    when an agent said what became of it (`settle`)."""
    with desk.looking() as connection:
        acts = journal.latest(connection, desk.stream, (ActKind.SCAN_UNKNOWN,), LOOKED_AT)
        told = journal.latest(connection, desk.stream, (ActKind.NOTE_SETTLED,), LOOKED_AT)
        settled = {act.subject.id for act in told}
        named = [(act, str(act.details["name"])) for act in acts if act.details.get("name")]
        named = [(act, name) for act, name in named if act.subject.id not in settled]
        zone = desk.rules.zone
        noted = [Awaiting(act.subject.id, name, act.at.astimezone(zone), act.author.agent) for act, name in named]
        arrived = {day: _arrived(connection, day) for day in {one.at.date() for one in noted}}
        return [one for one in noted if same_person_key(one.name) not in arrived[one.at.date()]]


def settle(desk: Desk, note: str, outcome: Outcome) -> Awaiting | None:
    """Say what became of somebody noted, by an act: nobody awaits for ever. None when the note does not await."""
    one = next((one for one in awaiting(desk) if one.note == note), None)
    if one is not None:
        with desk.gesture() as gesture:
            gesture.record(ActKind.NOTE_SETTLED, Subject(SubjectType.SCAN, note), {"outcome": outcome.value})
    return one


def _arrived(connection: Connection, day: date) -> set[str]:
    people = convocation_rows.by_day(connection, day)
    return {same_person_key(one.name) for one in people if one.arrival is not None}
