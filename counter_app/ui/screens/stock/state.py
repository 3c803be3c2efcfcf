"""What the screen of the stock shows, as one frozen value, and what the agent may do next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from counter_app.domain.custody import SAFE
from counter_app.domain.permit import Permit, PermitState
from counter_app.ui.screens.stock.lists import Shelves, Tab
from counter_app.usecases.answers import OpenRow
from counter_app.usecases.look_at_stock import StockLook
from counter_app.usecases.stock_answers import LotFile, Received, TrayCount
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictAction, enter_key, key_name

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
    "labels": "Ctrl+P",
    "tray_labels": "Ctrl+P",
    "receive": "Ctrl+Entrée",
    "set_down_row": "Ctrl+D",
    "settle": "Ctrl+Entrée",
    "record_count": "Ctrl+S",
}
"""Keys of the actions, as French keyboards name them; two actions share one when they are never both on offer."""


@dataclass(frozen=True, slots=True)
class PendingLot:
    """A file read and not received yet, or one received before: what is in it."""

    outcome: Received
    path: Path | None = None
    """None for a file that was received before: its rows to correct are shown again."""
    rows: tuple[OpenRow, ...] = ()
    """Of a file received before: the rows that wait, with all their cells."""


@dataclass(frozen=True, slots=True)
class StockState:
    """One moment of the screen."""

    shelves: Shelves | None = None
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
    shown: tuple[Permit, ...] = ()
    """Rows of the list; see `with_rows`."""

    @property
    def look(self) -> StockLook | None:
        """The stock as it was looked at last."""
        return self.shelves.look if self.shelves else None

    @property
    def permit(self) -> Permit | None:
        """The permit of the current row."""
        return next((one for one in self.shown if one.id == self.chosen), None) if self.chosen else None


def with_rows(state: StockState, before: StockState) -> StockState:
    """The state with the rows of its list: those before, when nothing that they depend on changed."""
    if all(getattr(state, name) is getattr(before, name) for name in ("shelves", "tab", "wanted", "found", "held")):
        return state
    return replace(state, shown=_rows(state))


def _rows(state: StockState) -> tuple[Permit, ...]:
    """What was scanned, what answers to what was typed, else the list of the tab."""
    if state.found or state.shelves is None:
        return state.found
    if state.wanted.strip() and not state.held:
        return state.shelves.search(state.wanted)
    return state.shelves.lists[state.tab]


def actions_of(state: StockState, words: Words, desk: str, stream: str = "") -> tuple[VerdictAction, ...]:
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
        return _of_permit(state.permit, words, custody_deed(state.permit, desk, stream))
    return _of_tab(state, words)


def _of_lot(lot: PendingLot, words: Words) -> tuple[VerdictAction, ...]:
    close = _action("close_lot", words, words("keys.escape"))
    rows = (_action("repair_row", words, enter_key(words.lang)), _action("set_down_row", words)) if lot.rows else ()
    return (*rows, close) if lot.path is None else (_action("receive", words), close)


def _of_permit(permit: Permit, words: Words, custody: str) -> tuple[VerdictAction, ...]:
    if permit.disputed:
        return (_action("settle_dispute", words, key_name("Ctrl+T", words.lang)),)
    if not permit.in_stock:
        sent = permit.state is not PermitState.HANDED_OVER
        return (_action("restock", words),) if sent else ()
    lost = permit.whereabouts is PermitState.TO_LOCATE
    slugs = [
        "found" if lost else "locate",
        "hold" if permit.hold is None else "release",
        *(("faulty",) if permit.fault is None else ()),
        *(("send_back",) if permit.state is not PermitState.TO_SEND_BACK else ()),
        custody,
        *(("slip",) if custody == "offer" else ()),
    ]
    return (_action("shelve", words, enter_key(words.lang)), *(_action(slug, words) for slug in slugs))


def custody_deed(permit: Permit, desk: str, stream: str = "") -> str:
    """`take` what is offered here, or what another desk holds; `offer` what this desk or the safe holds."""
    custody = permit.custody
    if custody.offered_to(desk) or (custody.offered_to(SAFE) and not custody.held_by(SAFE)):
        return "take"
    return "offer" if custody.held_by(desk, stream) or custody.held_by(SAFE) else "take"


def _of_tab(state: StockState, words: Words) -> tuple[VerdictAction, ...]:
    if state.tab is Tab.ARRIVALS:
        return tuple(_action(slug, words) for slug in ("receive_lot", "receive_card"))
    if state.tab is Tab.SHELVE and state.shown:
        return (_action("labels", words),)
    if state.tab is Tab.BACK and state.shelves and state.shelves.lists[Tab.BACK]:
        return (_action("slip", words),)
    take = ("take",) if state.look and state.look.offered else ()
    here = ("receive_lot", "count", "tray_labels") if state.tab is Tab.HERE else ()
    return tuple(_action(slug, words) for slug in (*take, *here))


def _action(slug: str, words: Words, key: str = "") -> VerdictAction:
    return VerdictAction(slug, words(f"stock_desk.actions.{slug}"), key or key_name(KEYS[slug], words.lang))


def lot_again(file: LotFile, rows: Sequence[OpenRow]) -> PendingLot:
    """A file received before, to see its rows to correct again."""
    problems = tuple(row.problem for row in rows)
    return PendingLot(Received(file.id, file.rows, 0, 0, 0, problems, file.lots), rows=tuple(rows))
