"""The large answer of the desk: colour, icon, word and title, readable from two metres, said once to screen readers."""

from collections.abc import Mapping, Sequence
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
BESIDE_FROM = 700
"""Logical pixels of the panel's width, at 100 %, from which who it is about is told beside the place."""
NARROW_BELOW = 1000
"""The same, under which the place has smaller letters: it stays on one line there."""
SHARE = 0.25
"""Least part of the window's height."""
ABOUT = ("name", "detail", "notes")
"""Lines about the person, and why."""
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

    def __init__(
        self,
        theme: Theme,
        words: Words,
        parent: QWidget | None = None,
        say: Announce = announce,
        share: float = SHARE,
    ) -> None:
        super().__init__(parent)
        self._theme, self._words, self._say, self._part = theme, words, say, share
        self.state = State.READY
        self.verdict: VerdictText | None = None
        self._icon = IconLabel(theme)
        self._lines = {role: _line(role) for role in ("word", "title", "place", "name", "detail", "notes")}
        self._chips = Flow(spacing=8)
        self._share = QSpacerItem(0, 0, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._watched: QWidget | None = None
        self.said: object = None
        """What is on show, to be compared."""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._lay_out()
        theme.changed.connect(self._dress)
        self.show_ready()

    def _lay_out(self) -> None:
        self._texts, self._beside = QVBoxLayout(), QVBoxLayout()
        self._about = [*(self._lines[role] for role in ABOUT), self._chips]
        for line in (*self._lines.values(), self._chips):
            self._texts.addWidget(line)
        for column in (self._texts, self._beside):
            column.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(24)
        whole.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(self._texts, 3)
        whole.addLayout(self._beside, 0)
        whole.addItem(self._share)

    def show_ready(self, title: str | None = None, detail: str | None = None) -> None:
        """Nobody is being answered: what to do to begin."""
        title, detail = title or self._words("verdict.ready_title"), detail or self._words("verdict.ready_detail")
        self._show(State.READY, None, {"title": title, "detail": detail})

    def show_reading(self) -> None:
        """A scan is coming in: the previous answer is gone at once."""
        self._show(State.READING, None, {"title": self._words("verdict.reading")})

    def show_done(self, title: str, name: str, detail: str) -> None:
        """Something was recorded: quieter than an answer, so that nobody takes it for the next person's."""
        self._show(State.DONE, None, {"title": title, "name": name, "detail": detail})
        self._say(self, self.accessibleName(), False)

    def show_verdict(
        self, verdict: VerdictText, name: str = "", chips: Sequence[Chip] = (), place: str = "", *, quiet: bool = False
    ) -> None:
        """Answer: the verdict, the person it is about, and what else is true. Says it once to screen readers.

        `place`: where the thing to hand over lies, in the largest letters of the window. `quiet`: the same answer, a
        second later, is not said again.
        """
        texts = {"word": verdict.family_word, "title": verdict.title, "place": place, "name": name}
        texts["detail"] = verdict.detail
        self._show(State.VERDICT, verdict, {**texts, "notes": "\n".join(verdict.notes)}, chips)
        parts = (*texts.values(), *verdict.notes, *(chip.text for chip in chips))
        self.setAccessibleName(_sentence(parts))
        if not quiet:
            self._say(self, self.accessibleName(), verdict.family == "stop")

    def _show(
        self, state: State, verdict: VerdictText | None, texts: Mapping[str, str], chips: Sequence[Chip] = ()
    ) -> None:
        """What is on show already is left alone: dressing and laying out words takes milliseconds."""
        said = (state, verdict, texts, tuple(chips))
        if said == self.said:
            return
        self.said = said
        self.state, self.verdict = state, verdict
        for role, line in self._lines.items():
            line.setText(texts.get(role, ""))
            line.setVisible(role in texts and bool(texts[role]))
        self._chips.replace([_chip(chip) for chip in chips])
        self._chips.setVisible(bool(chips))
        self.setAccessibleName(_sentence([text for role, text in texts.items() if role != "notes"]))
        self._dress()

    def _dress(self) -> None:
        """Colours, icon and sizes of the state, again after a change of theme or width."""
        family = self.verdict.family if self.verdict else ""
        tiny, narrow = self._lower_than(TINY_BELOW), self.low or self.width() < self._theme.px(NARROW_BELOW)
        for line in self._lines.values():
            if line.text():
                mark(line, verdict=family)
        icon, token = (self.verdict.icon, f"on-{family}") if self.verdict else _QUIET_ICONS[self.state]
        self._icon.show_icon(icon, token, 40 if self.low else 56 if self.compact else 96)
        self.setContentsMargins(*(12, 4, 12, 4) if self.low else (16, 8, 16, 8) if self.compact else (24, 16, 24, 16))
        for column in (self._texts, self._beside):
            column.setSpacing(0 if self.low else 4)
        mark(self._lines["title"], role=f"verdict-title{'-tiny' if tiny else '-compact' if self.compact else ''}")
        mark(self._lines["place"], role=f"place{'-tiny' if tiny else '-compact' if narrow else ''}")
        mark(self._lines["name"], role="strong" if tiny else "verdict-name")
        self._place_about()
        self._keep_share()
        self.update()

    def _place_about(self) -> None:
        """Who it is about and why: under the answer, or beside a place told where there is width enough."""
        beside = bool(self._lines["place"].text()) and self.width() >= self._theme.px(BESIDE_FROM)
        column, other = (self._beside, self._texts) if beside else (self._texts, self._beside)
        if column.indexOf(self._chips) >= 0:
            return
        for one in self._about:
            other.removeWidget(one)
            column.insertWidget(column.count() - 1, one)
        whole = self.layout()
        assert isinstance(whole, QHBoxLayout)
        whole.setStretchFactor(self._beside, 2 if beside else 0)

    @property
    def compact(self) -> bool:
        """Whether the panel is too narrow, or the window too low, for the largest title; or has no share to fill."""
        return self.low or not self._part or self.width() < self._theme.px(COMPACT_BELOW)

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
        share = 0 if self.low else ceil(self._watched.height() * self._part) - margins.top() - margins.bottom()
        self._share.changeSize(0, share, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        layout.invalidate()
        self.updateGeometry()


def _line(role: str) -> QLabel:
    line = QLabel()
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setWordWrap(True)
    mark(line, role={"place": "place", "notes": "strong"}.get(role, f"verdict-{role}"))
    return line


def _chip(chip: Chip) -> QLabel:
    label = QLabel(chip.text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    mark(label, role="chip")
    return label


def _sentence(parts: Sequence[str]) -> str:
    return " ".join(part if part[-1] in ".?!…" else f"{part}." for part in parts if part)
