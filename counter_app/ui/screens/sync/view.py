"""What the screen « Synchronisation » looks like: this desk, the others, what is set aside, conflicts."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.sync.aside import Aside
from counter_app.sync.state import PeerState, Phase, SyncState
from counter_app.sync.wire import VERSION
from counter_app.telling.desks import letter_line
from counter_app.ui.screens.conflicts.inbox import ConflictInbox
from counter_app.ui.screens.page_parts import Card, Page, Result, button, line_of, side_by_side
from counter_app.ui.screens.sync.joining import JoinCard
from counter_app.ui.shell.sync import moment_words, sync_cell
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.ui.widgets.icon_label import IconLabel
from counter_app.ui.workbench import Workbench
from counter_app.usecases.freshness import OLD
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import short_date

KNOWN = frozenset({"newer", "fold", "there", "loose", "loose_here"})
"""Causes that an agent can do something about; of the others, only that the acts are damaged or not genuine."""


class SyncView(Page):
    """Plain sentences: ages, queues, errors."""

    wanted = Signal()
    """An exchange now."""
    copy_wanted = Signal()
    """A copy on a key."""

    def __init__(self, bench: Workbench) -> None:
        words, theme = bench.words, bench.theme
        super().__init__(words("sync.title"))
        self._bench, self._words = bench, words
        self.state = IconLine(bench)
        self.figures = line_of("", "soft")
        self.error = line_of("", "body")
        self.button = button(label_with_key(words("sync.now"), "Ctrl+Maj+S"), self.wanted.emit)
        self.copy = button(words("sync.copy"), self.copy_wanted.emit)
        self.result = Result(theme)
        self.here = Card(words("sync.this_desk"))
        self.here.add(self.state, self.figures, self.error, side_by_side([self.button, self.copy]), self.result)
        self.join = JoinCard(bench)
        self.join.hide()
        self.peers = Lines(bench, words("sync.desks"))
        self.aside = Lines(bench, words("sync.aside_title"))
        self.inbox = ConflictInbox(bench)
        self.conflicts = Card(words("conflicts.title"))
        self.conflicts.add(self.inbox)
        self.add(self.here, self.join, self.peers, self.aside, self.conflicts)
        self.column.addStretch()

    def show_state(self, state: SyncState, aside: Sequence[Aside], at: datetime) -> None:
        """Show all of it as it stands."""
        words, zone = self._words, self._bench.desk.rules.zone
        cell = sync_cell(state, 0, at, zone, words)
        self.state.show_line(cell.icon, cell.words, cell.token)
        self.figures.setText(words("sync.figures", waiting=state.waiting, held=state.held))
        self.figures.setVisible(state.phase is not Phase.ALONE)
        self.join.setVisible(state.phase is Phase.ALONE)
        self.error.setText(self._error(state, at))
        self.error.setVisible(bool(self.error.text()))
        self.peers.show_lines([self._peer(one, state, at) for one in state.peers])
        self.aside.show_lines([("file-warning", aside_words(one, words), "warn-text") for one in aside])

    def hide_people(self, hidden: bool) -> None:
        """Conflicts bear names."""
        self.conflicts.setVisible(not hidden)

    def _error(self, state: SyncState, at: datetime) -> str:
        if state.phase is Phase.ALONE:
            return self._words("sync.alone_told")
        if not state.error:
            return ""
        told = self._words("sync.last_error", error=state.error)
        if state.next_try is None or state.next_try <= at:
            return told
        when = moment_words(state.next_try, at, self._bench.desk.rules.zone, self._words)
        return f"{told} {self._words('sync.next_try', when=when)}"

    def _peer(self, one: PeerState, state: SyncState, at: datetime) -> tuple[str, str, str]:
        """One desk: an icon, a sentence, a colour."""
        words, zone = self._words, self._bench.desk.rules.zone
        name = words("sync.own", desk=one.desk) if one.own else one.desk
        if one.revoked:
            return "shield-x", f"{name} · {words('sync.peer_revoked')}", "warn-text"
        same = self._same_letter(one, state)
        if one.seen_at is None:
            told = [name, words("sync.peer_never"), *same]
            return "triangle-alert" if same else "hourglass", " · ".join(told), "warn-text" if same else "text-2"
        late = at - one.seen_at > OLD
        told = [name, words("sync.peer_seen", when=moment_words(one.seen_at, at, zone, words))]
        if one.own:
            # What waits here, and what went wrong, is told above as this desk knows it now.
            return "cloud-off" if late else "circle-check", " · ".join(told), "warn-text" if late else "text"
        told += [words("sync.peer_waiting", n=one.waiting)] if one.waiting else []
        told += [one.error] if one.error else []
        if skewed := one.version != VERSION:
            told.append(words("sync.peer_newer" if one.version > VERSION else "sync.peer_older"))
        told += same
        wrong = one.error or skewed or same
        icon = "cloud-off" if late else "triangle-alert" if wrong else "circle-check"
        return icon, " · ".join(told), "warn-text" if late or wrong else "text"

    def _same_letter(self, one: PeerState, state: SyncState) -> list[str]:
        """What to do about another desk whose tickets have the letter of this one's."""
        letter = self._bench.desk.ticket_letter
        if one not in state.same_letter(letter):
            return []
        return [letter_line(one.desk, letter, state.free_letter(letter), self._words)]


def aside_words(one: Aside, words: Words) -> str:
    """What is set aside, why, and what to do."""
    cause = one.reason if one.reason in KNOWN else "damaged"
    told = f"{words.counted('sync.aside', one.count, desk=one.desk)} {words(f'sync.aside_{cause}')}"
    return f"{told} {words('sync.aside_since', date=short_date(one.since.date()))}" if one.since else told


class IconLine(QWidget):
    """A sentence behind an icon."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._icon, self.text = IconLabel(bench.theme), line_of("", "body")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.text, 1)

    def show_line(self, icon: str, words: str, token: str) -> None:
        """Show it; its name says the same to screen readers."""
        self._icon.show_icon(icon, token, 20)
        self.text.setText(words)
        self.setAccessibleName(words)


class Lines(Card):
    """Sentences under a title; the card goes when there is none."""

    def __init__(self, bench: Workbench, title: str) -> None:
        super().__init__(title)
        self._bench = bench
        self.lines: list[IconLine] = []
        self.hide()

    def show_lines(self, told: Sequence[tuple[str, str, str]]) -> None:
        """An icon, a sentence and a colour for each; lines that stay are only written again."""
        while len(self.lines) < len(told):
            self.lines.append(IconLine(self._bench))
            self.add(self.lines[-1])
        for line, (icon, words, token) in zip(self.lines, told, strict=False):
            line.show_line(icon, words, token)
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(told))
        self.setVisible(bool(told))
