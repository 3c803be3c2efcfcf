"""The large answer of the desk: colour, icon, word and title, readable from two metres, said once to screen readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.announce import Announce, announce
from counter_app.ui.widgets.flow import Flow
from counter_app.ui.widgets.icon_label import IconLabel
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictText

COMPACT_BELOW = 760
"""Logical pixels of the panel's width, at 100 %, under which the smaller title and icon are used."""
LOW_BELOW = 600
"""The same for the height of the window."""
TINY_BELOW = 300
"""The same: under it, the least sizes that still stand out, so that the answer and its action are seen at once."""
SHARE = 0.25
"""Least part of the window's height."""
OUTLINE = 2
RADIUS = 8


class State(StrEnum):
    """Waiting for somebody, reading a scan, answering, or telling what was just recorded."""

    READY = "ready"
    READING = "reading"
    VERDICT = "verdict"
    DONE = "done"


_QUIET_ICONS = {
    State.READY: ("scan-barcode", "text-2"),
    State.READING: ("scan-line", "text-2"),
    State.DONE: ("circle-check", "ok-text"),
}
_QUIET_FILLS = {State.READY: "surface", State.READING: "surface-2", State.DONE: "ok-soft"}


@dataclass(frozen=True, slots=True)
class Chip:
    """Something else that is true, in two or three words; never another colour."""

    text: str
    icon: str = ""


class VerdictPanel(QWidget):
    """Shows one verdict until the agent acts; blank the moment a new scan comes in, never the previous person."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None, say: Announce = announce) -> None:
        super().__init__(parent)
        self._theme, self._words, self._say = theme, words, say
        self.state = State.READY
        self.verdict: VerdictText | None = None
        self._icon = IconLabel(theme)
        self._lines = {role: _line(role) for role in ("word", "title", "name", "detail", "notes")}
        self._chips = Flow(spacing=8)
        self._share = QSpacerItem(0, 0, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._watched: QWidget | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._lay_out()
        theme.changed.connect(self._dress)
        self.show_ready()

    def _lay_out(self) -> None:
        self._texts = texts = QVBoxLayout()
        for line in self._lines.values():
            texts.addWidget(line)
        texts.addWidget(self._chips)
        texts.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(24)
        whole.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(texts, 1)
        whole.addItem(self._share)

    def show_ready(self, title: str | None = None, detail: str | None = None) -> None:
        """Nobody is being answered: what to do to begin."""
        self._show(State.READY, None)
        self._write(
            title=title or self._words("verdict.ready_title"), detail=detail or self._words("verdict.ready_detail")
        )

    def show_reading(self) -> None:
        """A scan is coming in: the previous answer is gone at once."""
        self._show(State.READING, None)
        self._write(title=self._words("verdict.reading"))

    def show_done(self, title: str, name: str, detail: str) -> None:
        """Something was recorded: quieter than an answer, so that nobody takes it for the next person's."""
        self._show(State.DONE, None)
        self._write(title=title, name=name, detail=detail)
        self._say(self, self.accessibleName(), False)

    def show_verdict(self, verdict: VerdictText, name: str = "", chips: Sequence[Chip] = ()) -> None:
        """Answer: the verdict, the person it is about, and what else is true. Says it once to screen readers."""
        self._show(State.VERDICT, verdict)
        self._write(verdict.family_word, verdict.title, name, verdict.detail, "\n".join(verdict.notes), chips)
        parts = (verdict.family_word, verdict.title, name, verdict.detail, *verdict.notes, *(c.text for c in chips))
        self.setAccessibleName(_sentence(parts))
        self._say(self, self.accessibleName(), verdict.family == "stop")

    def _show(self, state: State, verdict: VerdictText | None) -> None:
        self.state, self.verdict = state, verdict
        self._dress()

    def _write(
        self,
        word: str = "",
        title: str = "",
        name: str = "",
        detail: str = "",
        notes: str = "",
        chips: Sequence[Chip] = (),
    ) -> None:
        texts = {"word": word, "title": title, "name": name, "detail": detail, "notes": notes}
        for role, text in texts.items():
            self._lines[role].setText(text)
            self._lines[role].setVisible(bool(text))
        self._chips.replace([_chip(chip) for chip in chips])
        self._chips.setVisible(bool(chips))
        self._keep_share()
        self.setAccessibleName(_sentence((word, title, name, detail)))

    def _dress(self) -> None:
        """Colours, icon and sizes of the state, again after a change of theme or width."""
        family = self.verdict.family if self.verdict else ""
        tiny = self._lower_than(TINY_BELOW)
        for line in self._lines.values():
            mark(line, verdict=family)
        icon, token = (self.verdict.icon, f"on-{family}") if self.verdict else _QUIET_ICONS[self.state]
        self._icon.show_icon(icon, token, 40 if self.low else 56 if self.compact else 96)
        self.setContentsMargins(*(12, 4, 12, 4) if self.low else (16, 8, 16, 8) if self.compact else (24, 16, 24, 16))
        self._texts.setSpacing(0 if self.low else 4)
        mark(self._lines["title"], role=f"verdict-title{'-tiny' if tiny else '-compact' if self.compact else ''}")
        mark(self._lines["name"], role="strong" if tiny else "verdict-name")
        self._keep_share()
        self.update()

    @property
    def compact(self) -> bool:
        """Whether the panel is too narrow, or the window too low, for the largest title."""
        return self.low or self.width() < self._theme.px(COMPACT_BELOW)

    @property
    def low(self) -> bool:
        """Whether the window is too low to give the answer its share."""
        return self._lower_than(LOW_BELOW)

    def _lower_than(self, pixels: int) -> bool:
        return self._watched is not None and self._watched.height() < self._theme.px(pixels)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with the colour of the family, and outline: amber on white alone would not stand out (1.8:1)."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.color(self.verdict.family if self.verdict else _QUIET_FILLS[self.state]))
        painter.setPen(QPen(self._theme.color("border"), OUTLINE))
        edge = OUTLINE / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), RADIUS, RADIUS)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the size of the title for the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._dress()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the height of the window from now on."""
        super().showEvent(event)
        if self._watched is not self.window():
            self._watched = self.window()
            self._watched.installEventFilter(self)
        self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window changed its height."""
        if event.type() == QEvent.Type.Resize and watched is self._watched:
            self._dress()
        return False

    def _keep_share(self) -> None:
        """Ask for our share of the window, whatever the words need; in a low window, for what they need."""
        layout = self.layout()
        if self._watched is None or layout is None:
            return
        margins = self.contentsMargins()
        share = 0 if self.low else ceil(self._watched.height() * SHARE) - margins.top() - margins.bottom()
        self._share.changeSize(0, share, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        layout.invalidate()
        self.updateGeometry()


def _line(role: str) -> QLabel:
    line = QLabel()
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setWordWrap(True)
    mark(line, role={"detail": "verdict-detail", "notes": "strong"}.get(role, f"verdict-{role}"))
    return line


def _chip(chip: Chip) -> QLabel:
    label = QLabel(chip.text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    mark(label, role="chip")
    return label


def _sentence(parts: Sequence[str]) -> str:
    return " ".join(part if part[-1] in ".?!…" else f"{part}." for part in parts if part)
