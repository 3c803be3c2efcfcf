"""What the screen of the stock shows, as one frozen value, and what the agent may do next. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from counter_app.domain.custody import SAFE
from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.person_names import fold
from counter_app.usecases.look_at_stock import StockLook
from counter_app.usecases.stock_answers import LotFile, Received, TrayCount
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictAction, enter_key, key_name


class Tab(StrEnum):
    """Lists of the stock, in the order of a permit's life."""

    HERE = "here"
    ARRIVALS = "arrivals"
    SHELVE = "shelve"
    LOCATE = "locate"
    BLOCKED = "blocked"
    BACK = "back"
    OUT = "out"


KEYS = {
    "receive_lot": "Ctrl+O",
    "receive_card": "Ctrl+N",
    "count": "Ctrl+I",
    "locate": "Ctrl+L",
    "found": "Ctrl+L",
    "hold": "Ctrl+H",
    "release": "Ctrl+H",
    "faulty": "Ctrl+M",
    "send_back": "Ctrl+R",
    "restock": "Ctrl+R",
    "offer": "Ctrl+G",
    "take": "Ctrl+T",
    "slip": "Ctrl+D",
    "receive": "Ctrl+Entrée",
    "settle": "Ctrl+Entrée",
    "record_count": "Ctrl+S",
}
"""Keys of the actions, as French keyboards name them; two actions share one when they are never both on offer."""

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
class PendingLot:
    """A file read and not received yet, or one received before: what is in it."""

    outcome: Received
    path: Path | None = None
    """None for a file that was received before: its rows to correct are shown again."""


@dataclass(frozen=True, slots=True)
class StockState:
    """One moment of the screen."""

    look: StockLook | None = None
    tab: Tab = Tab.HERE
    wanted: str = ""
    """What was typed: searched in the list, or the tray while a sleeve waits for one."""
    chosen: str = ""
    """Identity of the permit of the current row."""
    found: tuple[Permit, ...] = ()
    """What a scan means: shown alone until something else is asked."""
    held: Permit | None = None
    """The permit whose sleeve was scanned and that waits for its tray."""
    new_tray: str = ""
    """A tray that nobody used before, and that a person has to confirm."""
    lot: PendingLot | None = None
    counting: bool = False
    tray: str = ""
    scans: tuple[str, ...] = ()
    count: TrayCount | None = None
    busy: bool = False
    """A file is being read or received."""

    @property
    def permit(self) -> Permit | None:
        """The permit of the current row."""
        return next((one for one in permits_of(self) if one.id == self.chosen), None)


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


def tray_and_rank(text: str) -> tuple[str, str]:
    """« bac a/12 » is tray A, rank 12: what labels of trays and agents write."""
    tray, _slash, rank = " ".join(text.upper().split()).partition("/")
    return _BAC.sub("", tray.strip(), count=1), rank.strip()


def permits_of(state: StockState) -> tuple[Permit, ...]:
    """Rows of the list: those of the tab, or everything that answers to what was typed."""
    if state.look is None:
        return ()
    if state.found:
        return state.found
    words = fold(state.wanted).split()
    if not words or state.held:
        return of_tab(state.look, state.tab)
    known = (*state.look.here, *state.look.gone)
    if _BAC.match(state.wanted.upper()):
        tray, _rank = tray_and_rank(state.wanted)
        return tuple(one for one in known if one.place and one.place.tray == tray)
    return tuple(one for one in known if _answers(one, words))


def _answers(permit: Permit, words: list[str]) -> bool:
    name, card = fold(permit.name).split(), fold(permit.card_number)
    number = permit.foreign_number or ""
    return all(
        any(part.startswith(word) for part in name) or card.startswith(word) or number.endswith(word) for word in words
    )


def counts_of(look: StockLook | None) -> dict[str, int]:
    """How many stand under each tab."""
    if look is None:
        return dict.fromkeys(Tab, 0)
    counts = {tab.value: len(of_tab(look, tab)) for tab in Tab}
    return {**counts, Tab.ARRIVALS.value: len(look.files), Tab.OUT.value: look.left}


def actions_of(state: StockState, desk: str, words: Words) -> tuple[VerdictAction, ...]:
    """What the agent may do now, the likeliest first."""
    if state.busy:
        return ()
    if state.lot:
        return _of_lot(state.lot, words)
    if state.counting:
        stop = _action("stop_count", words, words("keys.escape"))
        done = ("settle", "record_count") if state.tray else ()
        return (*(_action(slug, words) for slug in done), stop)
    if state.held:
        enter = _action("shelve_here", words, enter_key(words.lang))
        found = ("found",) if state.held.whereabouts is PermitState.TO_LOCATE else ()
        return (enter, *(_action(slug, words) for slug in found), _action("let_go", words, words("keys.escape")))
    if state.permit:
        return _of_permit(state.permit, desk, words)
    return _of_tab(state, words)


def _of_lot(lot: PendingLot, words: Words) -> tuple[VerdictAction, ...]:
    close = _action("close_lot", words, words("keys.escape"))
    return (close,) if lot.path is None else (_action("receive", words), close)


def _of_permit(permit: Permit, desk: str, words: Words) -> tuple[VerdictAction, ...]:
    if permit.disputed:
        return (_action("settle_dispute", words, key_name("Ctrl+T", words.lang)),)
    if not permit.in_stock:
        sent = permit.state is not PermitState.HANDED_OVER
        return (_action("restock", words),) if sent else ()
    lost, offered = permit.whereabouts is PermitState.TO_LOCATE, custody_deed(permit, desk)
    slugs = [
        "found" if lost else "locate",
        "hold" if permit.hold is None else "release",
        *(("faulty",) if permit.fault is None else ()),
        *(("send_back",) if permit.state is not PermitState.TO_SEND_BACK else ()),
        offered,
        *(("slip",) if offered == "offer" else ()),
    ]
    return (_action("shelve", words, enter_key(words.lang)), *(_action(slug, words) for slug in slugs))


def custody_deed(permit: Permit, desk: str) -> str:
    """`take` what is offered here, or what another desk holds; `offer` what this desk or the safe holds."""
    custody = permit.custody
    if custody.offered_to(desk) or (custody.offered_to(SAFE) and not custody.held_by(SAFE)):
        return "take"
    return "offer" if custody.held_by(desk) or custody.held_by(SAFE) else "take"


def _of_tab(state: StockState, words: Words) -> tuple[VerdictAction, ...]:
    if state.tab is Tab.ARRIVALS:
        return tuple(_action(slug, words) for slug in ("receive_lot", "receive_card"))
    if state.tab is Tab.BACK and state.look and of_tab(state.look, Tab.BACK):
        return (_action("slip", words),)
    take = ("take",) if state.look and state.look.offered else ()
    here = ("receive_lot", "count") if state.tab is Tab.HERE else ()
    return tuple(_action(slug, words) for slug in (*take, *here))


def _action(slug: str, words: Words, key: str = "") -> VerdictAction:
    return VerdictAction(slug, words(f"stock_desk.actions.{slug}"), key or key_name(KEYS[slug], words.lang))


def lot_again(file: LotFile) -> PendingLot:
    """A file received before, to see its rows to correct again."""
    outcome = Received(file.id, file.rows, 0, 0, 0, file.rejected, file.lots)
    return PendingLot(outcome)
