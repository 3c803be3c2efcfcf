"""Rows of a list that may tell otherwise somebody whom an older list of the same source told.

They wait until every row was read: only then is it known who is no longer in the list. Somebody whose own row left it,
and to whom one such row surely belongs, keeps the convocation, arrived or not; the others are people of their own, and
a row that looks like somebody who was received already is told.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from counter_app.domain.convocation import Convocation
from counter_app.domain.corrected import corrects, resembles
from counter_app.domain.listing import Listing
from counter_app.domain.person_names import fold, tokens
from counter_app.store import convocation_rows
from counter_app.store.connection import Connection
from counter_app.usecases.import_run import Later, Run


class Decided(NamedTuple):
    """What became of the rows that waited."""

    rows: list[Later]
    """Each with the convocation of which it speaks."""
    unsure: list[int]
    """Rows that look like somebody who was received, and may be somebody else."""


class _Alike(NamedTuple):
    """Somebody whom an older list told, and how."""

    convocation: Convocation
    told: Listing


def wait(run: Run, connection: Connection, rows: Sequence[Later]) -> set[str]:
    """Keys of the rows, of people unknown so far, that somebody of an older list resembles whom no row named yet."""
    covered = {day for day, _organisation in run.newest}
    asked = [one for one in rows if one.listing.slot[:10] in covered]
    alike = _alike(run, connection, asked) if asked else {}
    run.later += [one for one in asked if alike[one.row.source_key]]
    return {key for key, some in alike.items() if some}


def decide(run: Run, connection: Connection) -> Decided:
    """Whose rows those that waited are, once the list was read. Nothing is guessed between two."""
    left = {
        key: [one for one in some if _left(run, connection, one)]
        for key, some in _alike(run, connection, run.later).items()
    }
    sure = {one.row.source_key: _sure(one.listing, left[one.row.source_key]) for one in run.later}
    times = Counter(one for some in sure.values() for one in some)
    rows, unsure = list[Later](), list[int]()
    for one in run.later:
        mine = sure[one.row.source_key]
        if len(mine) == 1 and times[mine[0]] == 1 and run.claimed.claim(mine[0], one.row.source_key):
            rows.append(one._replace(convocation_id=mine[0]))
        else:
            rows.append(one)
            received = any(it.convocation.arrival for it in left[one.row.source_key])
            unsure += [one.row.row] if received else []
    return Decided(rows, unsure)


def _sure(row: Listing, some: Iterable[_Alike]) -> list[str]:
    """Convocations that the row surely corrects; those of its own reference first."""
    found = [one for one in some if corrects(one.told, row)]
    same = [one for one in found if row.reference and one.told.reference == row.reference]
    return [one.convocation.id for one in same or found]


def _alike(run: Run, connection: Connection, rows: Sequence[Later]) -> dict[str, list[_Alike]]:
    """By source key, people of an older list of this source whom the row resembles and whom no row names yet."""
    slots = sorted({(one.listing.slot[:10], one.listing.slot) for one in rows})
    references = sorted({one.listing.reference for one in rows if one.listing.reference})
    met = convocation_rows.by_slots(connection, slots) + convocation_rows.by_references(connection, references)
    told = [
        _Alike(one, listing)
        for one in {one.id: one for one in met}.values()
        for listing in one.listings
        if listing.source == run.source and listing.present and listing.exported_at < run.exported_at
        if one.id not in run.claimed
    ]
    by_day: dict[str, list[_Alike]] = {}
    for each in told:
        by_day.setdefault(each.told.slot[:10], []).append(each)
    return {one.row.source_key: _resembling(one.listing, by_day) for one in rows}


def _resembling(row: Listing, by_day: dict[str, list[_Alike]]) -> list[_Alike]:
    return [one for one in by_day.get(row.slot[:10], ()) if resembles(one.told, row) or corrects(one.told, row)]


def _left(run: Run, connection: Connection, one: _Alike) -> bool:
    """Whether the list covers what an older one told of this person, and names them no more."""
    scope = (one.told.slot[:10], one.told.organisation or "")
    newest = run.exported_at >= run.newest.get(scope, "")
    return scope in run.scopes and newest and not perhaps_rejected(run, connection, one.convocation.id)


def perhaps_rejected(run: Run, connection: Connection, convocation_id: str) -> bool:
    """A person whose row could not be read has not vanished from the list: known by name, reference or number."""
    convocation = convocation_rows.by_id(connection, convocation_id) if run.rejected_words else None
    if convocation is None:
        return False
    name = set(tokens(convocation.name))
    signs = {fold(sign) for sign in (convocation.best("reference"), convocation.foreign_number) if sign}
    return any(name <= words or signs & words for words in run.rejected_words)
