"""The people of one day kept in memory between two looks: of what the journal told since, only they are read again."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from counter_app.domain.convocation import Convocation
from counter_app.domain.person_names import same_person_key
from counter_app.store import convocation_rows, journal
from counter_app.store.connection import Connection


class _Names:
    """What is made of the names of a day: made again only when one of them changed."""

    def __init__(self, told: tuple[str, ...]) -> None:
        from counter_app.usecases.day_names import DayNames

        self.told = told
        self.index = DayNames(told)
        self.bearers = Counter(map(same_person_key, told))


class PeopleOfDay:
    """Everybody convened on a day as one look at the file found them, by hour then name. Never changed once made."""

    def __init__(self, day: date, mark: int, people: Iterable[Convocation], last: "PeopleOfDay | None" = None) -> None:
        self.day, self.mark = day, mark
        """`mark`: where the journal stood."""
        self.people = tuple(sorted(people, key=lambda one: (one.listing.slot, one.name)))
        told = tuple(one.name for one in self.people)
        self._names: _Names = last._names if last and last._names.told == told else _Names(told)

    def ranks(self, text: str) -> dict[int, tuple[int, str]]:
        """Whom typed words can mean, by their place among the people: see `DayNames`."""
        return self._names.index.ranks(text)

    def homonyms(self, name: str) -> int:
        """How many others of the day bear the name, whatever the order of its words."""
        return max(0, self._names.bearers[same_person_key(name)] - 1)


class Today:
    """The last day looked at."""

    def __init__(self) -> None:
        self._last: PeopleOfDay | None = None

    def people(self, connection: Connection, day: date) -> PeopleOfDay:
        """The people of a day, as the file tells them now."""
        last = self._last
        mark = journal.mark(connection)
        if last is None or last.day != day:
            people: Iterable[Convocation] = convocation_rows.by_day(connection, day)
        elif last.mark == mark:
            return last
        else:
            people = _after(connection, last)
        # One assignment: another thread finds either look, each true of its own mark.
        self._last = PeopleOfDay(day, mark, people, last)
        return self._last


def _after(connection: Connection, last: PeopleOfDay) -> Iterable[Convocation]:
    changed = journal.subjects_since(connection, last.mark)
    if changed is None:
        return convocation_rows.by_day(connection, last.day)
    read = convocation_rows.by_ids(connection, changed).values()
    moved = {one.id for one in read}
    today = last.day.isoformat()
    return [
        *(one for one in last.people if one.id not in moved),
        *(one for one in read if one.listings and one.listing.slot[:10] == today),
    ]
