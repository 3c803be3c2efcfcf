"""Whom a list names: what lets every desk find who is no longer in it, whichever lists its importer held.

A list read at a desk that does not hold an older one of its source cannot note who vanished from it, and one that
repeats what its desk knows tells nothing again. So each list says whom it names; what that changes of a convocation is
worked out here, from all that is known of both, in the order of the exports (see docs/decisions/list-names.md).
"""

from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from counter_app.domain.acts import UNREADABLE, Json
from counter_app.domain.convocation import Convocation
from counter_app.domain.listing import Listing, Vanishing
from counter_app.domain.person_names import fold, tokens

MOST_NAMED = 50_000
"""A longer list says nothing of whom it names: its act would weigh more than all the others of a day."""
MOST_UNREAD = 200
"""Nor does one with so many rows that could not be read: nobody's absence follows from it."""
_IDENTITY, _EXPORT = 8, 2
_RECORD = _IDENTITY + _EXPORT
"""Bytes of one person named: the beginning of the identity, then the place of the export whose words are repeated."""


@dataclass(slots=True)
class Naming:
    """The people that a list names, as it is read: ten bytes each."""

    exports: dict[str, int] = field(default_factory=dict)
    records: set[bytes] = field(default_factory=set)

    def name(self, convocation_id: str, export: str) -> None:
        """Note a person, and the export of the words that the list repeats: its own when it tells them; none (empty)
        when a newer list spoke already."""
        if len(self.records) <= MOST_NAMED:
            place = self.exports.setdefault(export, len(self.exports))
            self.records.add(_start(convocation_id) + place.to_bytes(_EXPORT, "big"))

    def to_json(
        self, list_id: str, exported_at: str, scopes: list[Json], unread: Sequence[Iterable[str]]
    ) -> dict[str, Json]:
        """What the act of the list bears; nothing when it cannot say for sure whom it names."""
        if len(self.records) > MOST_NAMED or len(unread) > MOST_UNREAD or not scopes:
            return {}
        words: list[Json] = [[*sorted({_print(list_id, word) for word in row})] for row in unread]
        named = b64encode(b"".join(sorted(self.records))).decode()
        told: dict[str, Json] = {"exported_at": exported_at, "scopes": scopes, "exports": [*self.exports]}
        return {"names": {**told, "named": named, "unread": words}}


@dataclass(frozen=True, slots=True)
class ListNames:
    """Whom a list names, of which days and organisations."""

    list_id: str
    source: str
    exported_at: str
    scopes: frozenset[tuple[str, str]]
    exports: tuple[str, ...]
    named: bytes = field(repr=False)
    unread: tuple[frozenset[str], ...]
    """Prints of the words of each row that could not be read."""

    @staticmethod
    def read(list_id: str, source: Json, names: Json) -> "ListNames | None":
        """Read what `Naming.to_json` wrote; None when there is nothing that can be read."""
        try:
            return _read(list_id, source, names)
        except UNREADABLE:
            return None

    @property
    def days(self) -> tuple[str, str]:
        """First and last day that it covers."""
        days = [day for day, _organisation in self.scopes]
        return min(days), max(days)

    def export_of(self, convocation_id: str) -> str | None:
        """The export whose words the list repeats of a person; empty when not known, None when it names them not."""
        start = _start(convocation_id)
        place = bisect_left(range(len(self.named) // _RECORD), start, key=lambda one: self._record(one)[:_IDENTITY])
        found = self._record(place)
        return self._export(found) if start and found[:_IDENTITY] == start else None

    def _record(self, place: int) -> bytes:
        return self.named[place * _RECORD : (place + 1) * _RECORD]

    def _export(self, record: bytes) -> str:
        place = int.from_bytes(record[_IDENTITY:], "big")
        return self.exports[place] if place < len(self.exports) else ""

    def repeated(self) -> Iterable[tuple[str, str]]:
        """Beginnings of the identities of which it repeats what an older list told, each with that export."""
        for place in range(len(self.named) // _RECORD):
            record = self._record(place)
            export = self._export(record)
            if export not in ("", self.exported_at):
                yield record[:_IDENTITY].hex(), export

    def covers(self, listing: Listing) -> bool:
        """Whether it would hold what a listing says, were it still so."""
        return (listing.slot[:10], listing.organisation or "") in self.scopes

    def perhaps_unread(self, listing: Listing) -> bool:
        """Whether a row that could not be read may be this person's: by name, reference or number."""
        if not self.unread:
            return False
        name = {_print(self.list_id, word) for word in tokens(listing.name)}
        signs = {_print(self.list_id, fold(one)) for one in (listing.reference, listing.foreign_number) if one}
        return any(name <= words or signs & words for words in self.unread)


def covered(convocation: Convocation, lists: Sequence[ListNames]) -> tuple[Listing, ...]:
    """What speaks of a person by source, where the lists that name people make it otherwise than what the acts about
    this person tell."""
    told = convocation.told or convocation.listings
    own = standing(told, convocation.vanished, convocation.withdrawn)
    found: list[Listing] = []
    for source in sorted({one.source for one in told}) if lists else ():
        mine = [one for one in told if one.source == source]
        gone = [one for one in convocation.vanished if _speaks(one, source, convocation.withdrawn)]
        now = standing(mine, (), convocation.withdrawn).get(source)
        words: list[Vanishing | ListNames] = [*gone, *(one for one in lists if one.source == source)]
        for later in sorted(words, key=_order):
            if now is None or now.exported_at < later.exported_at:
                now = _after(convocation.id, now, mine, later)
        if now is not None and now != own.get(source):
            found.append(now)
    return tuple(found)


def standing(
    told: Iterable[Listing], vanished: Iterable[Vanishing], withdrawn: Collection[str | None]
) -> dict[str, Listing]:
    """The newest listing of each source, as the undone imports and the newer lists leave it."""
    found: dict[str, Listing] = {}
    for listing in told:
        held = found.get(listing.source)
        newer = held is None or (held.exported_at, held.source_key) <= (listing.exported_at, listing.source_key)
        if newer and listing.list_id not in withdrawn:
            found[listing.source] = listing
    for vanishing in vanished:
        held = found.get(vanishing.source)
        if held and held.exported_at < vanishing.exported_at and vanishing.list_id not in withdrawn:
            found[held.source] = _gone(held, vanishing.exported_at, vanishing.replaced_by)
    return found


def _speaks(vanishing: Vanishing, source: str, withdrawn: Collection[str | None]) -> bool:
    return vanishing.source == source and vanishing.list_id not in withdrawn


def _order(one: Vanishing | ListNames) -> tuple[str, bool, str]:
    """What a desk noted goes first: it may know what took the place of an appointment."""
    return (one.exported_at, isinstance(one, ListNames), one.list_id or "")


def _after(
    convocation_id: str, now: Listing | None, told: Sequence[Listing], later: Vanishing | ListNames
) -> Listing | None:
    """A listing once a later list has spoken: gone from it, or repeated as an older one told it."""
    if isinstance(later, Vanishing):
        return now and _gone(now, later.exported_at, later.replaced_by)
    export = later.export_of(convocation_id)
    if export is None:
        gone = now is not None and now.present and later.covers(now) and not later.perhaps_unread(now)
        return _gone(now, later.exported_at) if now and gone else now
    repeated = next(iter(standing([one for one in told if one.exported_at == export], (), ()).values()), None)
    if repeated is None or (now and _undated(now) == _undated(repeated)):
        return now
    return replace(repeated, exported_at=later.exported_at, list_id=later.list_id)


def _gone(listing: Listing, exported_at: str, replaced_by: str | None = None) -> Listing:
    return replace(listing, present=False, exported_at=exported_at, replaced_by=replaced_by)


def _undated(listing: Listing) -> Listing:
    return replace(listing, exported_at="", list_id=None)


def _read(list_id: str, source: Json, names: Json) -> ListNames | None:
    if not isinstance(names, dict):
        return None
    scopes, exports, unread = names["scopes"], names["exports"], names["unread"]
    if not (scopes and isinstance(scopes, list) and isinstance(exports, list) and isinstance(unread, list)):
        raise TypeError("a list that names people tells of which days")
    return ListNames(
        list_id,
        str(source),
        str(names["exported_at"]),
        frozenset((str(day), str(organisation)) for day, organisation in map(_texts, scopes)),
        tuple(map(str, exports)),
        b64decode(str(names["named"]), validate=True),
        tuple(frozenset(map(str, _texts(row))) for row in unread),
    )


def _texts(values: Json) -> list[Json]:
    if not isinstance(values, list):
        raise TypeError("a row of words is a list")
    return values


def _start(convocation_id: str) -> bytes:
    """The beginning of an identity; of one that is none, what no list names."""
    try:
        return bytes.fromhex(convocation_id[: 2 * _IDENTITY])
    except ValueError:
        return b""


def _print(list_id: str, word: str) -> str:
    """A word of somebody's row, not to be read again: retention erases the row itself sooner."""
    return sha256(f"{list_id}\n{word}".encode()).hexdigest()[:12]
