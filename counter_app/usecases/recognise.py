"""Whose row is this? The convocation that each row of a list speaks of, the same from one list to the next.

The key of its source when it was met before; else the identity that name, birth date, hour and purpose give; else the
one convocation of the same person at the same hour that another list words otherwise, or without the birth date.
"""

from collections.abc import Sequence
from hashlib import sha256

from counter_app.domain.convocation import Convocation, identity
from counter_app.domain.person_names import fold, same_person_key
from counter_app.imports.listed import ListedAppointment
from counter_app.store import convocation_rows, list_rows
from counter_app.store.connection import Connection
from counter_app.usecases.claims import Claims


def identities(
    connection: Connection, site: str, source: str, rows: Sequence[ListedAppointment], claimed: Claims
) -> dict[str, str]:
    """Convocation of each row, by source key. Rows met before choose first: they keep what is theirs."""
    known = list_rows.known_keys(connection, source, [row.source_key for row in rows])
    ids = {row.source_key: _claim(known[row.source_key], row, claimed) for row in rows if row.source_key in known}
    unknown = [row for row in rows if row.source_key not in ids]
    held = _held(connection, unknown)
    for row in unknown:
        chosen = _same_appointment(row, identity_of(site, row), held, claimed)
        ids[row.source_key] = _claim(chosen, row, claimed)
    return ids


def identity_of(site: str, row: ListedAppointment) -> str:
    """Identity of a convocation that no list named before."""
    return identity(site, same_person_key(row.name), row.birth_date, row.slot, fold(row.purpose))


def apart(chosen: str, source_key: str) -> str:
    """Identity of a second row of one list about the same person and hour."""
    return sha256(f"{chosen}\n{source_key}".encode()).hexdigest()[:32]


def _claim(chosen: str, row: ListedAppointment, claimed: Claims) -> str:
    if claimed.claim(chosen, row.source_key):
        return chosen
    # Booked twice for the same hour under two references: two rows of the list, two convocations.
    second = apart(chosen, row.source_key)
    claimed.claim(second, row.source_key)
    return second


Person = tuple[str, str]
"""Day and name of somebody, whatever the order of the words."""


def _person(row: ListedAppointment) -> Person:
    return row.slot.date().isoformat(), same_person_key(row.name)


def _held(connection: Connection, rows: Sequence[ListedAppointment]) -> dict[Person, list[Convocation]]:
    held: dict[Person, list[Convocation]] = {}
    for one in convocation_rows.by_people(connection, sorted({_person(row) for row in rows})):
        held.setdefault((one.listing.slot[:10], same_person_key(one.name)), []).append(one)
    return held


def _same_appointment(
    row: ListedAppointment, exact: str, held: dict[Person, list[Convocation]], claimed: Claims
) -> str:
    """The exact identity when it is held or nothing is alike; else the only one alike. Two alike are never guessed."""
    people = held.get(_person(row), ()) if held else ()
    alike = [one.id for one in people if _alike(one, row) and one.id not in claimed]
    return alike[0] if len(alike) == 1 else exact


def _alike(one: Convocation, row: ListedAppointment) -> bool:
    births = {one.best("birth_date"), row.birth_date} - {None}
    return one.slot == row.slot and len(births) < 2
