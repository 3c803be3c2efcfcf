"""Whom a list names: what lets every desk find who is no longer in it, whichever lists its importer held.

A list read at a desk that does not hold an older one of its source cannot note who vanished from it, and one that
repeats what its desk knows tells nothing again. So each list says whom it names; what that changes of a convocation is
worked out here, from all that is known of both, in the order of the exports (see docs/decisions/list-names.md).
"""

import re
import sys
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from counter_app.domain.acts import UNREADABLE, Json
from counter_app.domain.convocation import Convocation
from counter_app.domain.instants import read_instant
from counter_app.domain.listing import Listing, Vanishing
from counter_app.domain.person_names import fold, tokens

MOST_NAMED = 200_000
"""A longer list says nothing of whom it names: its act would weigh more than all the others of a day."""
MOST_UNREAD = 200
"""Nor does one with so many rows that could not be read: nobody's absence follows from it."""
_IDENTITY, _EXPORT = "Q", "H"
"""Eight bytes of an identity, and two for the place of the export whose words are repeated of it."""
_HEXADECIMAL = re.compile("[0-9a-f]{16}")


@dataclass(slots=True)
class Naming:
    """The people that a list names, as it is read."""

    exports: dict[str, int] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)

    def name(self, convocation_id: str, export: str) -> None:
        """Note a person, and the export of the words that the list repeats: its own when it tells them; none (empty)
        when a newer list spoke already."""
        start = _start(convocation_id)
        if start is not None and len(self.people) <= MOST_NAMED:
            self.people[start] = self.exports.setdefault(export, len(self.exports))

    def to_json(
        self, list_id: str, source: str, exported_at: str, scopes: list[Json], unread: Sequence[Iterable[str]]
    ) -> dict[str, Json]:
        """What the act of the list bears; nothing when it cannot say for sure whom it names."""
        if len(self.people) > MOST_NAMED or len(unread) > MOST_UNREAD or not scopes:
            return {}
        words: list[Json] = [[*sorted({_print(list_id, word) for word in row})] for row in unread]
        people = sorted(self.people.items())
        packed = {
            "people": _packed(_IDENTITY, (start for start, _place in people)),
            "repeats": _packed(_EXPORT, (place for _start, place in people)),
        }
        told: dict[str, Json] = {"source": source, "exported_at": exported_at, "scopes": scopes}
        return {"names": {**told, **packed, "exports": [*self.exports], "unread": words}}


@dataclass(frozen=True, slots=True)
class ListNames:
    """Whom a list names, of which days and organisations."""

    list_id: str
    source: str
    exported_at: str
    scopes: frozenset[tuple[str, str]]
    first_day: str
    last_day: str
    exports: tuple[str, ...]
    people: "array[int]" = field(repr=False)
    """Beginnings of the identities that it names, sorted."""
    repeats: "array[int]" = field(repr=False)
    """For each, the place in `exports` of the one whose words it repeats."""
    unread: tuple[frozenset[str], ...]
    """Prints of the words of each row that could not be read."""

    @staticmethod
    def read(list_id: str, names: Json) -> "ListNames | None":
        """Read what `Naming.to_json` wrote; None when there is nothing that can be read."""
        try:
            return _read(list_id, names)
        except UNREADABLE:
            return None

    def export_of(self, convocation_id: str) -> str | None:
        """The export whose words the list repeats of a person; empty when not known, None when it names them not."""
        start = _start(convocation_id)
        if start is None:
            return ""
        place = bisect_left(self.people, start)
        return self._export(place) if place < len(self.people) and self.people[place] == start else None

    def _export(self, place: int) -> str:
        return self.exports[self.repeats[place]]

    def repeated(self) -> Iterable[tuple[str, str]]:
        """Beginnings of the identities of which it repeats what an older list told, each with that export."""
        for place, start in enumerate(self.people):
            if (export := self._export(place)) not in ("", self.exported_at):
                yield f"{start:016x}", export

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


def covered(convocation: Convocation, lists: Mapping[str, Sequence[ListNames]]) -> tuple[Listing, ...]:
    """What speaks of a person by source, where the lists that name people make it otherwise than what the acts about
    this person tell. `lists`: by source, in the order of (exported_at, list_id)."""
    told, found = convocation.told or convocation.listings, list[Listing]()
    for source in sorted({one.source for one in told} & lists.keys()):
        mine = [one for one in told if one.source == source]
        gone = [one for one in convocation.vanished if _speaks(one, source, convocation.withdrawn)]
        own = standing(mine, gone, convocation.withdrawn).get(source)
        now = standing(mine, (), convocation.withdrawn).get(source) if gone else own
        later = lists[source][bisect_right(lists[source], now.exported_at if now else "", key=_exported) :]
        days = {one.slot[:10] for one in mine}
        words: list[Vanishing | ListNames] = [*gone]
        words += [one for one in later if any(one.first_day <= day <= one.last_day for day in days)]
        for word in sorted(words, key=_order) if gone else words:
            if now is None or now.exported_at < word.exported_at:
                now = _after(convocation.id, now, mine, word)
        if now is not None and now != own:
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


def _exported(names: ListNames) -> str:
    return names.exported_at


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
    if now and now.present and now.exported_at == export:
        return now
    repeated = next(iter(standing([one for one in told if one.exported_at == export], (), ()).values()), None)
    if repeated is None or (now and _undated(now) == _undated(repeated)):
        return now
    return replace(repeated, exported_at=later.exported_at, list_id=later.list_id)


def _gone(listing: Listing, exported_at: str, replaced_by: str | None = None) -> Listing:
    return replace(listing, present=False, exported_at=exported_at, replaced_by=replaced_by)


def _undated(listing: Listing) -> Listing:
    return replace(listing, exported_at="", list_id=None)


def _read(list_id: str, names: Json) -> ListNames | None:
    if not isinstance(names, dict):
        return None
    scopes = frozenset((str(day), str(organisation)) for day, organisation in map(_values, _values(names["scopes"])))
    exports = tuple(map(str, _values(names["exports"])))
    people, repeats = _unpacked(_IDENTITY, names["people"]), _unpacked(_EXPORT, names["repeats"])
    if len(people) != len(repeats) or max(repeats, default=-1) >= len(exports):
        raise ValueError("of each person named, the export is told")
    read_instant(str(names["exported_at"]))
    return ListNames(
        list_id,
        str(names["source"]),
        str(names["exported_at"]),
        scopes,
        min(day for day, _organisation in scopes),
        max(day for day, _organisation in scopes),
        exports,
        people,
        repeats,
        tuple(frozenset(map(str, _values(row))) for row in _values(names["unread"])),
    )


def _packed(kind: str, numbers: Iterable[int]) -> str:
    """Whole numbers as text, the highest byte of each first."""
    packed = array(kind, numbers)
    if sys.byteorder == "little":
        packed.byteswap()
    return b64encode(packed.tobytes()).decode()


def _unpacked(kind: str, text: Json) -> "array[int]":
    unpacked = array(kind, b64decode(str(text), validate=True))
    if sys.byteorder == "little":
        unpacked.byteswap()
    return unpacked


def _values(values: Json) -> list[Json]:
    if not isinstance(values, list):
        raise TypeError("whom a list names is told in lists")
    return values


def _start(convocation_id: str) -> int | None:
    """The beginning of an identity; None of what is none, whatever a desk wrote."""
    return int(convocation_id[:16], 16) if _HEXADECIMAL.match(convocation_id) else None


def _print(list_id: str, word: str) -> str:
    """A word of somebody's row, not to be read again: retention erases the row itself sooner."""
    return sha256(f"{list_id}\n{word}".encode()).hexdigest()[:12]
