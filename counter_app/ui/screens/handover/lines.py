"""The lines of the handover page: each ticks itself by a scan, or by the one button that Enter presses."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.handover_draft import (
    BY_EYE,
    BY_HAND,
    NOTHING_DONE,
    HandoverDraft,
    IdentityResult,
    Line,
    OldDocument,
    Signature,
)
from counter_app.domain.rules import SiteRules
from counter_app.ui.screens.handover.state import HandoverState
from counter_app.ui.screens.handover.words import collector_told, line_told
from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.check_line import SOMEBODY_ELSE, CheckLine, LineWords, line_button, name_button
from counter_app.ui.widgets.choices import TickBox
from counter_app.ui.widgets.flow import Flow
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import enter_key

DOCUMENTS = ("passport", "permit", "other")
NO_DOCUMENT = "none"
_NUMBER_WIDTH = 230
_DOCUMENT_NUMBER_WIDTH = 150
EYE_KEY = "Alt+V"
"""Says that the eye verified the document, whatever a reader read of it."""
NO_ICONS = {Line.SUMMONS: "calendar-x"}
"""Of lines that say no of something else than of who stands there."""
TICKED = (Line.CHIP, Line.READ_THROUGH)
"""Lines that are a box to tick."""


class HandoverLines(QWidget):
    """Shows the page of one person; what the agent does to it goes out as another page."""

    ticked = Signal(object)
    """The HandoverDraft after the agent did a line."""
    asked = Signal(str)
    """A question that a box asks: `not_surrendered`, `exempt`, `amounts`, `sign`, `no_signature`, `collector`."""
    failed = Signal(object)
    """The Line that cannot be done: no document, no stamp."""
    stamped = Signal(str)
    """Sixteen digits, as typed."""
    held_back = Signal()
    """Enter where a scan left the identity in doubt."""
    left_above = Signal()
    """↑ on the first line."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._draft = NOTHING_DONE
        self._told = LineWords(
            *(words(f"handover_page.{key}") for key in ("done", "against", "missing", "optional", "change"))
        )
        self.document = self._combo()
        self.number, self.stamp = QLineEdit(), QLineEdit()
        by_eye = partial(self._identify, IdentityResult.MATCH)
        self.verify = line_button(words("handover_page.verified"), by_eye, enter_key(words.lang))
        self.by_hand = line_button(words("handover_page.by_hand"), self._by_hand, enter_key(words.lang))
        self.ticks = {line: TickBox(theme, words(f"handover.lines.{line.value}")) for line in TICKED}
        self.lines: dict[Line, CheckLine] = {}
        asking = [line_button(words("handover_page.collector_change"), partial(self.asked.emit, "collector"))]
        self.collector = CheckLine(theme, words("handover_page.collector"), self._told, asking)
        self._make_lines()
        self._lay_out()
        self._connect()
        theme.changed.connect(self._dress)
        self._dress()

    def _make_lines(self) -> None:
        enter, word = enter_key(self._words.lang), self._word
        made: dict[Line, tuple[list[QWidget], int]] = {
            Line.SLEEVE: ([self.by_hand], 0),
            Line.IDENTITY: (
                [
                    self.document,
                    self.number,
                    self.verify,
                    line_button(word("mismatch"), partial(self._identify, IdentityResult.MISMATCH)),
                ],
                2,
            ),
            Line.SUMMONS: ([], 0),
            Line.OLD_DOCUMENT: (
                [
                    line_button(word("old_recepisse"), partial(self._surrender, "recepisse"), enter),
                    line_button(word("old_permit"), partial(self._surrender, "permit")),
                    line_button(word("old_not"), partial(self.asked.emit, "not_surrendered")),
                ],
                0,
            ),
            Line.STAMP: (
                [
                    self.stamp,
                    line_button(word("exempt"), partial(self.asked.emit, "exempt")),
                    line_button(word("no_stamp"), partial(self.failed.emit, Line.STAMP)),
                ],
                0,
            ),
            Line.SIGNATURE: (
                [
                    line_button(word("sign_paper"), self._on_paper, enter),
                    line_button(word("sign_screen"), partial(self.asked.emit, "sign")),
                    line_button(word("no_signature"), partial(self.asked.emit, "no_signature")),
                ],
                0,
            ),
        }
        after = {Line.STAMP: [line_button(word("amounts"), partial(self.asked.emit, "amounts"))]}
        for line, (controls, main) in made.items():
            title = self._words(f"handover.lines.{line.value}")
            no = NO_ICONS.get(line, SOMEBODY_ELSE)
            self.lines[line] = CheckLine(self._theme, title, self._told, controls, main, after.get(line, ()), no)

    def _word(self, key: str) -> str:
        return self._words(f"handover_page.{key}")

    def _combo(self) -> QComboBox:
        box = QComboBox()
        for kind in DOCUMENTS:
            box.addItem(self._words(f"handover.documents.{kind}"), kind)
        box.addItem(self._words("handover_page.no_document"), NO_DOCUMENT)
        box.setAccessibleName(self._words("handover_page.document"))
        return box

    def _lay_out(self) -> None:
        for field, key in ((self.stamp, "stamp_field"), (self.number, "document_number")):
            mark(field, role="field")
            field.setAccessibleName(self._word(key))
            field.setPlaceholderText(self._word(key))
        self.tick_row = Flow(spacing=16)
        self.tick_row.replace(self.ticks.values())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for one in (*self.lines.values(), self.collector, self.tick_row):
            column.addWidget(one)

    def _connect(self) -> None:
        self.stamp.returnPressed.connect(lambda: self.stamped.emit(self.stamp.text()))
        self.document.activated.connect(self._on_document)
        self.lines[Line.IDENTITY].held_back.connect(self.held_back)
        for line, one in self.lines.items():
            one.again.connect(partial(self._again, line))
            one.moved.connect(partial(self._move, one))
        self.collector.again.connect(lambda: self.asked.emit("collector"))
        self.collector.moved.connect(partial(self._move, self.collector))
        for line, box in self.ticks.items():
            box.setAccessibleName(self._words(f"handover.lines.{line.value}"))
            box.clicked.connect(partial(self._tick, line))

    def show_state(self, state: HandoverState, rules: SiteRules) -> None:
        """Show the page of a permit of the stock."""
        assert state.answer is not None, "a page belongs to somebody"
        self._draft = state.draft
        states = {one.line: one for one in state.answer.lines}
        self._show_doubt(state.identity_in_doubt)
        sure = state.doubted is not Line.SLEEVE
        name_button(self.by_hand, self._word("by_hand"), enter_key(self._words.lang) if sure else "")
        for line, one in self.lines.items():
            known = states.get(line)
            one.setVisible(known is not None)
            if known:
                told, against = line_told(line, state, rules, self._words), state.stands_against(line)
                one.show_line(told, done=known.done, required=known.required, against=against)
        for line, box in self.ticks.items():
            box.setVisible(line in states)
            box.setChecked(state.draft.read_through if line is Line.READ_THROUGH else state.draft.chip_checked)
        self.tick_row.setVisible(any(line in states for line in TICKED))
        self.tick_row.updateGeometry()
        self.collector.show_line(collector_told(state.draft, self._words), done=True, required=True)

    def _show_doubt(self, in_doubt: bool) -> None:
        """The key that verifies is not Enter as long as a scan spoke against it."""
        self.lines[Line.IDENTITY].in_doubt = in_doubt
        key = EYE_KEY if in_doubt else enter_key(self._words.lang)
        name_button(self.verify, self._word("verified_by_eye" if in_doubt else "verified"), key)

    def begin(self, draft: HandoverDraft) -> None:
        """Somebody else's page: nothing typed, the document as it was."""
        self.stamp.clear()
        self.number.clear()
        self.document.setCurrentIndex(max(self.document.findData(draft.identity_document), 0))

    def show_document(self, kind: str) -> None:
        """The kind of document that a scan told."""
        self.document.setCurrentIndex(max(self.document.findData(kind), 0))

    def focus(self, line: Line) -> None:
        """Go to a line, where Enter does it."""
        if line in self.ticks:
            self.ticks[line].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.lines[line].focus()

    def do(self, line: Line) -> None:
        """What Enter does on a line: press its button, or wait in its field."""
        self.focus(line)
        focused = self.window().focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()

    def by_eye(self) -> None:
        """Alt+V: the agent compared the document and the person."""
        if self.verify.isVisible():
            self.verify.click()

    def _move(self, one: CheckLine, step: int) -> None:
        """↓ and ↑: the next line that has something to do or to change."""
        shown = [line for line in (*self.lines.values(), self.collector) if line.isVisible() and line.can_focus]
        place = shown.index(one) + step
        if place < 0:
            self.left_above.emit()
        elif place < len(shown):
            shown[place].focus()

    def _by_hand(self) -> None:
        self.ticked.emit(replace(self._draft, sleeve=BY_HAND))

    def _on_document(self) -> None:
        if self.document.currentData() == NO_DOCUMENT:
            self.document.setCurrentIndex(0)
            self.failed.emit(Line.IDENTITY)

    def _identify(self, result: IdentityResult) -> None:
        """What the agent says, document and face before the eyes, whatever a reader read of it."""
        kind, number = str(self.document.currentData()), self.number.text() or self._draft.identity_number
        self.number.clear()
        told = replace(self._draft, identity_document=kind, identity_result=result, identity_number=number)
        self.ticked.emit(replace(told, identity_read_by=BY_EYE))

    def _surrender(self, what: str) -> None:
        self.ticked.emit(replace(self._draft, old_document=OldDocument(surrendered=True, what=what)))

    def _on_paper(self) -> None:
        self.ticked.emit(replace(self._draft, signature=Signature.PAPER, signature_ink=""))

    def _tick(self, line: Line, checked: bool) -> None:
        name = "read_through" if line is Line.READ_THROUGH else "chip_checked"
        self.ticked.emit(replace(self._draft, **{name: checked}))  # type: ignore[arg-type]

    def _again(self, line: Line) -> None:
        self.ticked.emit(self._draft.without(line))

    def _dress(self) -> None:
        for field, width in ((self.stamp, _NUMBER_WIDTH), (self.number, _DOCUMENT_NUMBER_WIDTH)):
            self._theme.wear_numbers(field, "body")
            field.setFixedWidth(self._theme.px(width))
