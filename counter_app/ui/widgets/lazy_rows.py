"""Rows of people made when they are first looked at."""

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

from counter_app.ui.widgets.people_table import PersonRow

P = TypeVar("P")


class LazyRows(Sequence[PersonRow]):
    """Rows made when they are first looked at: a screen shows ten of them."""

    def __init__(self, people: Sequence[P], make: Callable[[P], PersonRow]) -> None:
        self._count = len(people)
        self._make: Callable[[int], PersonRow] = lambda place: make(people[place])
        self._made: dict[int, PersonRow] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> PersonRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[PersonRow]: ...
    def __getitem__(self, place: int | slice) -> PersonRow | Sequence[PersonRow]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        at = range(self._count)[place]
        if at not in self._made:
            self._made[at] = self._make(at)
        return self._made[at]
