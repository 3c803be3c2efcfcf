"""« Arrivées à confirmer »: people who came while this desk did not know them, and whom no list has named since."""

from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.acts import ActKind
from counter_app.domain.person_names import same_person_key
from counter_app.store import convocation_rows, journal
from counter_app.store.connection import Connection
from counter_app.usecases.desk import Desk

LOOKED_AT = 1000
"""Last unknown scans among which the notes are looked for."""


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Somebody noted by name at the desk."""

    note: str
    name: str
    at: datetime
    agent: str


def awaiting(desk: Desk) -> list[Awaiting]:
    """Arrivals to confirm, the newest first; one is settled when somebody of that name has arrived the same day."""
    with desk.looking() as connection:
        acts = journal.latest(connection, desk.stream, (ActKind.SCAN_UNKNOWN,), LOOKED_AT)
        named = [(act, str(act.details["name"])) for act in acts if act.details.get("name")]
        zone = desk.rules.zone
        noted = [Awaiting(act.subject.id, name, act.at.astimezone(zone), act.author.agent) for act, name in named]
        arrived = {day: _arrived(connection, day) for day in {one.at.date() for one in noted}}
        return [one for one in noted if same_person_key(one.name) not in arrived[one.at.date()]]


def _arrived(connection: Connection, day: date) -> set[str]:
    people = convocation_rows.by_day(connection, day)
    return {same_person_key(one.name) for one in people if one.arrival is not None}
