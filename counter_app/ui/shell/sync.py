"""How the desk stands with its central, in the words of the status bar and of the banner."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from counter_app.sync.outcomes import endings
from counter_app.sync.state import Phase, SyncState
from counter_app.ui.widgets.banner import Notice
from counter_app.ui.widgets.status_bar import Cell
from counter_app.ui.workbench import Workbench
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import hour_on

BARRED = {
    Phase.REVOKED: "shield-x",
    Phase.UNAUTHORISED: "lock",
    Phase.TOO_OLD: "triangle-alert",
}
"""What only somebody can mend, and its icon."""


def sync_cell(state: SyncState, conflicts: int, at: datetime, zone: ZoneInfo, words: Words) -> Cell:
    """The first cell: up to date, sending, receiving, out of touch, conflicts, or what somebody has to mend."""
    if state.phase is Phase.ALONE:
        return _cell("hard-drive", words("sync.alone"), words("sync.alone_short"), "text-2")
    if state.phase in BARRED:
        return _cell(BARRED[state.phase], words(f"sync.{state.phase}"), words(f"sync.{state.phase}_short"), "warn-text")
    if state.phase is Phase.EXCHANGING:
        return _under_way(state, words)
    when = verified_when(state, at, zone, words)
    if state.phase is Phase.OFFLINE:
        told = words("sync.offline" if state.verified_at else "sync.offline_never", waiting=state.waiting, when=when)
        return _cell("cloud-off", told, words("sync.offline_short", waiting=state.waiting), "warn-text")
    if state.phase is Phase.WAITING and state.verified_at is None:
        return _cell("hourglass", words("sync.starting"), words("sync.starting_short"), "text-2")
    found = words.counted("sync.conflicts", conflicts) if conflicts else ""
    if state.old(at):
        # First of all: whatever else is told may be of another hour.
        told = _verified(state, at, zone, words)
        return _cell("clock-alert", f"{found} · {told}" if found else told, when, "warn-text")
    if found:
        return _cell("git-merge-conflict", f"{found} · {when}", str(conflicts), "warn-text")
    return _cell("circle-check", words("sync.up_to_date", when=when, waiting=state.waiting), when)


def _under_way(state: SyncState, words: Words) -> Cell:
    if state.to_receive:
        told = words("sync.receiving", n=state.received, of=state.to_receive)
        return _cell("refresh-cw", told, f"{state.received}/{state.to_receive}")
    return _cell("refresh-cw", words("sync.sending", n=state.waiting), str(state.waiting))


def _cell(icon: str, words: str, short: str, token: str = "text") -> Cell:
    return Cell("sync", icon, words, short, token)


def _verified(state: SyncState, at: datetime, zone: ZoneInfo, words: Words) -> str:
    """When both were last seen to hold the same, which is too long ago, or never; and what waits."""
    slug = "sync.verified" if state.verified_at else "sync.verified_never"
    return words(slug, when=verified_when(state, at, zone, words), waiting=state.waiting)


def verified_when(state: SyncState, at: datetime, zone: ZoneInfo, words: Words) -> str:
    """When both were last seen to hold the same: the hour, with the day when it is another one."""
    if state.verified_at is None:
        return words("sync.never")
    return moment_words(state.verified_at, at, zone, words)


def moment_words(moment: datetime, at: datetime, zone: ZoneInfo, words: Words) -> str:
    """« 9 h 23 », or « 9 h 23 le 23/11 » of another day."""
    return hour_on(moment.astimezone(zone), at.astimezone(zone).date(), words.lang)


def sync_notices(state: SyncState, known: Sequence[tuple[str, datetime]], at: datetime, words: Words) -> list[Notice]:
    """What stops the exchanges, and what will: local work goes on."""
    if state.phase in BARRED:
        told = (words(f"banners.{state.phase}"), words(f"banners.{state.phase}_short"))
        return [Notice("sync", *told, BARRED[state.phase], "warn", rank=2)]
    soon = [Notice("sync", one.sentence, "", "clock-alert", "warn", rank=4) for one in endings(known, at)]
    return soon[:1]


class AskedExchange(QObject):
    """Ctrl+Maj+S: an exchange with the central now, and how it went."""

    def __init__(self, bench: Workbench, say: Callable[[str], None], window: QObject) -> None:
        super().__init__(window)
        self._bench, self._say = bench, say
        bench.exchanges.answered.connect(self._on_answered)

    def now(self) -> None:
        """Begin; a desk that belongs to no central says so."""
        enrolled = self._bench.exchanges.enrolled
        self._say(self._bench.words("sync.asking" if enrolled else "sync.alone_told"))
        self._bench.exchanges.ask()

    def _on_answered(self) -> None:
        desk = self._bench.desk
        self._say(exchange_told(self._bench.exchanges.state, desk.now(), desk.rules.zone, self._bench.words))


def exchange_told(state: SyncState, at: datetime, zone: ZoneInfo, words: Words) -> str:
    """How the exchange that somebody asked for went: up to date, or why not; nothing is lost."""
    if state.error and state.phase is not Phase.UP_TO_DATE:
        return words("sync.not_through", why=state.error)
    if state.phase is not Phase.UP_TO_DATE or state.verified_at is None:
        return _verified(state, at, zone, words)
    return words("sync.up_to_date", when=verified_when(state, at, zone, words), waiting=state.waiting)
