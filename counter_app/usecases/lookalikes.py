"""People expected who may be somebody that a desk received under other words, when desks apart read the two lists.

Whom one list names beside the other is somebody else for sure. Nobody is merged: they are told, and are not absent.
"""

from datetime import date

from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.domain.corrected import resembles
from counter_app.store import convocation_rows, counted_days, list_names_rows
from counter_app.store.connection import Connection


def lookalikes(connection: Connection, first: date, last: date) -> frozenset[str]:
    """People of these days who are expected and look like somebody received: who is in no list any more, or whose row
    of a list speaks of both."""
    received = convocation_rows.by_ids(connection, counted_days.came_and_left_lists(connection, first, last))
    one_row = counted_days.of_one_row(connection, first, last)
    gone = [one for one in received.values() if _gone(one)]
    if not gone:
        return frozenset(one_row)
    met = convocation_rows.by_slots(connection, sorted({(one.listing.slot[:10], one.listing.slot) for one in gone}))
    references = sorted({told for one in gone if (told := one.best("reference"))})
    met += convocation_rows.by_references(connection, references)
    expected = [one for one in met if one.status is ConvocationStatus.EXPECTED]
    found = (one.id for one in expected if any(_perhaps(connection, former, one) for former in gone))
    return frozenset((*found, *one_row))


def seems_received(connection: Connection, one: Convocation) -> bool:
    """Whether somebody expected looks like a person whom a desk received under other words."""
    days = [date.fromisoformat(told.slot[:10]) for told in one.listings]
    if one.status is not ConvocationStatus.EXPECTED or not days:
        return False
    span = min(days), max(days)
    former = convocation_rows.by_ids(connection, counted_days.came_and_left_lists(connection, *span)).values()
    alike = (who for who in former if who.id != one.id and _gone(who) and _perhaps(connection, who, one))
    return any(alike) or one.id in counted_days.of_one_row(connection, *span)


def _gone(former: Convocation) -> bool:
    return not any(listing.present for listing in former.listings)


def _perhaps(connection: Connection, former: Convocation, one: Convocation) -> bool:
    pairs = ((old, new) for old in former.listings for new in one.listings if old.source == new.source)
    return any(resembles(old, new) for old, new in pairs) and not _named_together(connection, former, one)


def _named_together(connection: Connection, former: Convocation, one: Convocation) -> bool:
    """Whether a list names both, in two rows: it knows them for two people."""
    mine, theirs = ({told.list_id: told.source_key for told in who.told or who.listings} for who in (former, one))
    if any(mine[list_id] != theirs[list_id] for list_id in mine.keys() & theirs.keys() - {None}):
        return True
    lists = sorted(list_id for list_id in {*mine, *theirs} if list_id)
    known = list_names_rows.by_ids(connection, lists).values()
    return any(names.export_of(former.id) is not None and names.export_of(one.id) is not None for names in known)
