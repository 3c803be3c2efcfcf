"""Rows of permits: found by the code of the sleeve, the card, the foreign number, the tray, the day."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

import sqlalchemy as sa

from counter_app.domain.acts import Json
from counter_app.domain.codes import CodeKind, make_code
from counter_app.domain.custody import Custody, desk_key
from counter_app.domain.other_items import used_up
from counter_app.domain.permit import OUT, Permit, PermitState
from counter_app.domain.permit_fold import apply, from_json, to_json
from counter_app.domain.permit_listing import plain_card_number
from counter_app.domain.permit_marks import Mark
from counter_app.domain.person_names import same_person_key
from counter_app.domain.told_apart import holders_apart
from counter_app.domain.work_items import WorkItemKind
from counter_app.store.convocation_rows import nine_digits
from counter_app.store.statements import batches, first, marks, rows, write

__all__ = ["apply", "columns", "dump", "load", "written"]

dump = to_json


def load(subject_id: str, state: Mapping[str, Json]) -> Permit:
    """A permit as its row keeps it."""
    return from_json(subject_id, state)


def columns(permit: Permit) -> tuple[object, ...]:
    """card, number, name, key, status, tray, rank, custody, day, slot, summoned_on, received_on, lot."""
    place, slot = permit.place, permit.slot
    return (
        plain_card_number(permit.card_number) or None,
        permit.foreign_number or nine_digits(permit.best("number_as_read")),
        permit.name or None,
        same_person_key(permit.name) if permit.name else None,
        permit.state.value,
        place.tray if place else None,
        place.rank if place else None,
        permit.custody.holder,
        slot.date().isoformat() if slot else None,
        slot.isoformat() if slot else None,
        permit.summoned_on,
        permit.received_on,
        permit.best("lot"),
    )


_NO_OFFER = "DELETE FROM custody_offer WHERE permit_id = ?"
_OFFER = "INSERT INTO custody_offer VALUES (?, ?)"
_NO_STAMP = "DELETE FROM stamp_use WHERE permit_id = ?"
_STAMP = "INSERT INTO stamp_use VALUES (?, ?)"
_SPENT = "SELECT digest, permit_id FROM stamp_use WHERE digest IN ({})"


def written(connection: sa.Connection, changes: Sequence[tuple[Permit | None, Permit]]) -> None:
    """Keep what was used up in step with the departures that stand, and the offers with the custody."""
    note_offers(connection, changes)
    note_used(connection, changes)


def note_used(connection: sa.Connection, changes: Sequence[tuple[Permit | None, Permit]]) -> None:
    """Keep the stamps and the tracking numbers in step with the departures that stand."""
    told = [(after.id, old, new) for before, after in changes if (old := _used(before)) != (new := _used(after))]
    write(connection, _NO_STAMP, [(permit_id,) for permit_id, old, _new in told if old])
    write(connection, _STAMP, [(used, permit_id) for permit_id, _old, new in told for used in new])


def _used(permit: Permit | None) -> tuple[str, ...]:
    """What every departure that stands used up, contested ones too."""
    used = (one for mark in permit.departures for one in used_up(mark)) if permit else ()
    return tuple(sorted(set(used)))


def note_offers(connection: sa.Connection, changes: Sequence[tuple[Permit | None, Permit]]) -> None:
    """Keep what waits for each desk in step with the custody of permits."""
    told = [(after.id, old, new) for before, after in changes if (old := _offers(before)) != (new := _offers(after))]
    write(connection, _NO_OFFER, [(permit_id,) for permit_id, old, _new in told if old])
    write(connection, _OFFER, [(desk, permit_id) for permit_id, _old, new in told for desk in new])


def _offers(permit: Permit | None) -> tuple[str, ...]:
    """Desks, or the safe, that may take the card: nobody once it is out, or while it is asked which desk has it."""
    custody = permit.custody if permit and permit.in_stock else Custody()
    return tuple(sorted({desk_key(offer.to) for offer in custody.offers if custody.offered_to(offer.to)}))


def offered_to(connection: sa.Connection, desk: str) -> list[Permit]:
    """Permits that wait to be taken by a desk, or put in the safe."""
    return _read(connection, _OFFERED, (desk_key(desk),))


def spent(
    connection: sa.Connection, digests: Sequence[str], known: Mapping[str, Permit] = MappingProxyType({})
) -> list[tuple[str, Permit]]:
    """Among these stamps, those spent already, each with the permit it paid; `known`: permits at hand, not read."""
    found = rows(connection, _SPENT.format(marks(digests)), digests)
    others = [permit_id for _digest, permit_id in found if permit_id not in known]
    permits = {**by_ids(connection, others), **known}
    return [(digest, permits[permit_id]) for digest, permit_id in found if permit_id in permits]


def code_of(permit: Permit) -> str:
    """The printed code of the sleeve: 32 bits of the identity, so that every desk prints the same."""
    return make_code(CodeKind.HANDOVER, int(permit.code, 16))


_KNOWN = "SELECT id, state FROM permit WHERE card_number IS NOT NULL"
"""Permits that a source named: of others this desk only knows that something was done."""
_BY_ID = "SELECT id, state FROM permit WHERE id = ?"
_BY_CODE = f"{_KNOWN} AND id >= ? AND id < ?"
_BY_CARD = f"{_KNOWN} AND card_number = ?"
_BY_PERSON = f"{_KNOWN} AND person_key = ? ORDER BY slot, id"
_BY_DAY = f"{_KNOWN} AND day = ? ORDER BY slot, name, id"
_NAMING_DAY = f"{_KNOWN} AND summoned_on IS NOT NULL AND state LIKE ?"
_EVERY = f"{_KNOWN} ORDER BY tray IS NULL, tray, CAST(rank AS INTEGER), rank, name, id"
_OF_STATE = f"{_KNOWN} AND status = ? ORDER BY tray IS NULL, tray, CAST(rank AS INTEGER), rank, name, id"
_OF_TRAY = f"{_KNOWN} AND tray = ? ORDER BY CAST(rank AS INTEGER), rank, name, id"
_OFFERED = f"{_KNOWN} AND id IN (SELECT permit_id FROM custody_offer WHERE desk = ?) ORDER BY received_on, name, id"
_COUNTS = "SELECT status, count(*) FROM permit WHERE card_number IS NOT NULL GROUP BY status"
_TRAYS = "SELECT tray, count(*) FROM permit WHERE tray IS NOT NULL GROUP BY tray ORDER BY tray"


_DOUBTED = f"SELECT subject_id FROM work_item WHERE kind = '{WorkItemKind.DOUBLE_HOLDER}'"


def by_id(connection: sa.Connection, permit_id: str) -> Permit | None:
    """The permit of an identity."""
    return next(iter(_read(connection, _BY_ID, (permit_id,))), None)


def by_ids(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Permit]:
    """Permits by identity; unknown ones are left out."""
    found: dict[str, Permit] = {}
    for some in batches(ids):
        question = f"SELECT id, state FROM permit WHERE id IN ({marks(some)})"
        found.update({one.id: one for one in _read(connection, question, some)})
    return found


def by_code(connection: sa.Connection, value: int) -> list[Permit]:
    """Permits whose sleeve carries these 32 bits: nearly always one, never guessed when there are two."""
    return _read(connection, _BY_CODE, (f"{value:08x}", f"{value:08x}g"))


def by_card(connection: sa.Connection, card_number: str) -> list[Permit]:
    """The permit of a card number, however it is typed."""
    return _read(connection, _BY_CARD, (plain_card_number(card_number),))


def by_numbers(connection: sa.Connection, numbers: Sequence[str]) -> list[Permit]:
    """Permits of the holders of any of these foreign numbers; a card that desks read differently is found by each."""
    question = f"{_KNOWN} AND (foreign_number IN ({marks(numbers)}) OR id IN ({_DOUBTED})) ORDER BY received_on, id"
    found = _read(connection, question, tuple(numbers))
    return [one for one in found if not (read := holders_apart(one)) or _read_on(read) & {*numbers}]


def _read_on(receptions: Iterable[Mark]) -> set[str | None]:
    """The foreign numbers that desks read on one card, as rows keep them."""
    return {one.text("foreign_number") or nine_digits(one.text("number_as_read")) for one in receptions}


def by_person(connection: sa.Connection, name: str) -> list[Permit]:
    """Permits in a name, whatever the order of its words and their accents."""
    return _read(connection, _BY_PERSON, (same_person_key(name),))


def by_words(connection: sa.Connection, words: Sequence[str], limit: int) -> list[Permit]:
    """Permits in a name of which these folded words are beginnings, in any order; by hour then name."""
    begins = " AND ".join(["' ' || person_key LIKE ?"] * len(words))
    question = f"{_KNOWN} AND {begins} ORDER BY slot IS NULL, slot, name, id LIMIT ?"
    return _read(connection, question, (*(f"% {word}%" for word in words), limit)) if words else []


def by_day(connection: sa.Connection, day: date) -> list[Permit]:
    """Permits whose holders are convened on a day, by hour then name."""
    return _read(connection, _BY_DAY, (day.isoformat(),))


def naming_day(connection: sa.Connection, day: date) -> list[Permit]:
    """Permits whose holders were told an hour, and of which any word names a day: among them, those told one of it."""
    return _read(connection, _NAMING_DAY, (f"%{day.isoformat()}%",))


def every(connection: sa.Connection, state: str | None = None) -> list[Permit]:
    """Every permit ever received, or those of a state, by tray and rank."""
    return _read(connection, _OF_STATE, (state,)) if state else _read(connection, _EVERY, ())


def of_tray(connection: sa.Connection, tray: str) -> list[Permit]:
    """What a tray should hold, by rank."""
    return _read(connection, _OF_TRAY, (tray,))


def counts(connection: sa.Connection) -> dict[str, int]:
    """How many permits are in each state."""
    return {str(state): int(count) for state, count in rows(connection, _COUNTS)}


def trays(connection: sa.Connection) -> dict[str, int]:
    """Trays in use and how many permits each should hold."""
    return {str(tray): int(count) for tray, count in rows(connection, _TRAYS)}


def in_stock(connection: sa.Connection) -> list[Permit]:
    """Permits that should be found on the premises."""
    out = sorted(OUT)
    question = f"{_KNOWN} AND status NOT IN ({marks(out)}) ORDER BY received_on, name, id"
    return _read(connection, question, tuple(out))


def announceable(connection: sa.Connection, states: Sequence[str], now: datetime) -> list[Permit]:
    """Permits in these states whose holders nobody told, or whose hour has passed."""
    question = (
        f"{_KNOWN} AND status IN ({marks(states)}) AND (summoned_on IS NULL OR day <= ?) ORDER BY received_on, name, id"
    )
    return _read(connection, question, (*states, now.date().isoformat()))


def with_slot(connection: sa.Connection, *, since: date | None = None, until: date | None = None) -> list[Permit]:
    """Permits of the stock whose hour is on these days, both included."""
    out = sorted(OUT)
    days = (since.isoformat() if since else "", until.isoformat() if until else "9999")
    question = f"{_KNOWN} AND day >= ? AND day <= ? AND status NOT IN ({marks(out)}) ORDER BY received_on, name, id"
    return _read(connection, question, (*days, *out))


def gone(connection: sa.Connection, limit: int) -> list[Permit]:
    """Permits that left, those of the newest day first, as many as asked for; disputes are not among them."""
    left = sorted(OUT - {PermitState.DISPUTED})
    question = f"{_KNOWN} AND status IN ({marks(left)}) ORDER BY coalesce(day, received_on) DESC, slot DESC, id LIMIT ?"
    return _read(connection, question, (*left, limit))


_NEXT_SLIP = "SELECT coalesce(max(ordinal), 0) + 1 FROM bordereau WHERE series = ?"
_SLIP = "SELECT state FROM bordereau WHERE number = ? OR id = ?"
_TRACKED = (
    "SELECT number, json_extract(line.value, '$.tracking') AS told FROM bordereau, json_each(state, '$.lines') AS line "
    "WHERE json_extract(state, '$.voided_at') IS NULL AND told <> ''"
)
_LOTS = "SELECT state FROM lot ORDER BY received_at DESC, id"


def next_ordinal(connection: sa.Connection, series: str) -> int:
    """Next number of a series of bordereaux; the writer's seat is held, so no two gestures get the same."""
    found = first(connection, _NEXT_SLIP, (series,))
    assert found is not None, "an aggregate always answers"
    return int(found[0])


def bordereau(connection: sa.Connection, text: str) -> dict[str, Json] | None:
    """A bordereau by its number or identity."""
    found = first(connection, _SLIP, (text.strip().upper(), text.strip().lower()))
    return json.loads(found[0]) if found else None


def posted_under(connection: sa.Connection, trackings: Iterable[str]) -> dict[str, str]:
    """Of these tracking numbers, however they were typed, those that a bordereau that stands bears, with its number."""
    wanted = {one: plain_card_number(one) for one in trackings}
    told = [(str(number), plain_card_number(one)) for number, one in rows(connection, _TRACKED)] if wanted else []
    borne = {plain: number for number, plain in reversed(told)}
    return {one: borne[plain] for one, plain in wanted.items() if plain in borne}


def lots(connection: sa.Connection) -> list[dict[str, Json]]:
    """Files received here, the newest first."""
    return [json.loads(state) for (state,) in rows(connection, _LOTS)]


def _read(connection: sa.Connection, query: str, values: Sequence[object]) -> list[Permit]:
    return [from_json(row[0], json.loads(row[1])) for row in rows(connection, query, values)]
