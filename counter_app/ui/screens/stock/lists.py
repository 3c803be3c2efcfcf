"""Lists of the stock and the search in them, worked out once for each look at it, away from the keyboard. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.person_names import fold
from counter_app.usecases.look_at_stock import StockLook


class Tab(StrEnum):
    """Lists of the stock, in the order of a permit's life."""

    HERE = "here"
    ARRIVALS = "arrivals"
    SHELVE = "shelve"
    LOCATE = "locate"
    BLOCKED = "blocked"
    BACK = "back"
    OUT = "out"


_OF_TAB: dict[Tab, Callable[[Permit], bool]] = {
    Tab.HERE: lambda one: one.in_stock,
    Tab.ARRIVALS: lambda _one: False,
    Tab.SHELVE: lambda one: one.in_stock and one.whereabouts is PermitState.RECEIVED,
    Tab.LOCATE: lambda one: one.in_stock and one.whereabouts is PermitState.TO_LOCATE,
    Tab.BLOCKED: lambda one: one.state in (PermitState.ON_HOLD, PermitState.FAULTY, PermitState.DISPUTED),
    Tab.BACK: lambda one: one.state is PermitState.TO_SEND_BACK,
    Tab.OUT: lambda _one: False,
}


@dataclass(frozen=True, slots=True)
class Sought:
    """What a permit is found by."""

    permit: Permit
    names: tuple[str, ...]
    card: str
    number: str
    tray: str

    def answers(self, words: Sequence[str]) -> bool:
        """Whether each word begins a name or the card number, or ends the foreign number."""
        return all(self._begins(word) or self.card.startswith(word) or self.number.endswith(word) for word in words)

    def _begins(self, word: str) -> bool:
        return any(name.startswith(word) for name in self.names)


@dataclass(frozen=True, slots=True)
class Shelves:
    """The stock, sorted under its tabs and ready to be searched."""

    look: StockLook
    lists: Mapping[Tab, tuple[Permit, ...]]
    sought: tuple[Sought, ...]

    def search(self, text: str) -> tuple[Permit, ...]:
        """Permits that answer to what was typed: words, or « bac A »."""
        if is_tray_label(text):
            tray, _rank = tray_and_rank(text)
            return tuple(one.permit for one in self.sought if one.tray == tray)
        words = fold(text).split()
        return tuple(one.permit for one in self.sought if one.answers(words))

    def counts(self) -> dict[str, int]:
        """How many stand under each tab."""
        counts = {tab.value: len(self.lists[tab]) for tab in Tab}
        return {**counts, Tab.ARRIVALS.value: len(self.look.files), Tab.OUT.value: self.look.left}


def shelves_of(look: StockLook) -> Shelves:
    """Sort a stock under its tabs."""
    known = (*look.here, *look.gone)
    return Shelves(look, {tab: of_tab(look, tab) for tab in Tab}, tuple(_sought(one) for one in known))


def _sought(permit: Permit) -> Sought:
    tray = permit.place.tray if permit.place else ""
    return Sought(permit, tuple(fold(permit.name).split()), fold(permit.card_number), permit.foreign_number or "", tray)


def is_old(permit: Permit, look: StockLook) -> bool:
    """Whether a permit stayed longer than the delay, when one is set."""
    days = permit.age_on(look.on) if look.delay is not None and permit.in_stock else None
    return days is not None and look.delay is not None and days > look.delay


def of_tab(look: StockLook, tab: Tab) -> tuple[Permit, ...]:
    """Permits under a tab; those to send back come with those that stayed too long."""
    if tab is Tab.OUT:
        return look.gone
    mine = _OF_TAB[tab]
    old = tab is Tab.BACK
    return tuple(one for one in look.here if mine(one) or (old and is_old(one, look)))


_BAC = re.compile(r"(?:BAC|TRAY)[\s:_-]+(?=\S)")


def is_tray_label(text: str) -> bool:
    """Whether a text says that it names a tray: « bac A »."""
    return _BAC.match(text.strip().upper()) is not None


def tray_and_rank(text: str) -> tuple[str, str]:
    """« bac a/12 » is tray A, rank 12: what labels of trays and agents write."""
    tray, _slash, rank = " ".join(text.upper().split()).partition("/")
    return _BAC.sub("", tray.strip(), count=1), rank.strip()
