"""The one field of the handover page: codes and numbers on Enter, names letter by letter, arrows into the lines."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt

from counter_app.domain.handover_draft import Line
from counter_app.domain.permit import Permit
from counter_app.ui.screens.handover.parts import TOPIC, Page
from counter_app.ui.screens.handover.state import HandoverState, Showing
from counter_app.ui.screens.typed_text import is_words
from counter_app.usecases.handover_page import SHORTEST, search


class Typing(QObject):
    """Hands on the keyboard."""

    def __init__(self, page: Page) -> None:
        view = page.view
        super().__init__(view)
        self._bench, self._view, self._page = page.bench, view, page
        self._opening = False
        """Enter was pressed before the search had answered."""
        view.scan.typed.connect(self._on_typed)
        view.scan.submitted.connect(self._on_submitted)
        view.scan.moved.connect(self._on_moved)

    @property
    def _state(self) -> HandoverState:
        return self._page.state

    def enter(self) -> None:
        """What Enter in the field would do."""
        self._on_submitted(self._view.scan.text.strip())

    def next_part(self) -> bool:
        """From the lines to the actions of the verdict, else to the field; from there to the line that comes next."""
        state, view, focused = self._state, self._view, self._view.window().focusWidget()
        if not state.working or state.reviewing or state.hidden or focused is None or not view.isAncestorOf(focused):
            return False
        if not view.lines.isAncestorOf(focused):
            view.lines.focus(state.missing[0] if state.missing else Line.IDENTITY)
        elif main := view.offers.main:
            main.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._page.focus_field()
        view.reveal()
        return True

    def _on_typed(self, text: str) -> None:
        """Letters look for a name; while a page is open, nothing moves before Enter."""
        self._opening = False
        if self._state.working:
            return
        if self._state.showing is Showing.ANSWER:
            self._page.nobody()
        wanted = text.strip()
        self._page.show_state(replace(self._state, typed=wanted, hits=self._state.hits if wanted else ()))
        desk = self._bench.desk
        if len(wanted) >= SHORTEST and is_words(wanted):
            self._bench.look(TOPIC, lambda: (wanted, search(desk, wanted)), self._found)

    def _found(self, seen: tuple[str, list[Permit]]) -> None:
        wanted, hits = seen
        if wanted != self._state.typed:
            return
        self._page.show_state(replace(self._state, hits=tuple(hits), searched=wanted))
        if self._opening:
            self._open_chosen()

    def _on_submitted(self, text: str) -> None:
        """Enter in the field: the code, number or name typed; in an empty field, the main action."""
        if not text:
            self._on_empty()
        elif not is_words(text):
            self._view.scan.line.clear()
            self._page.scanned(text)
        elif self._state.working:
            self._page.leave()
            self._view.scan.line.setText(text)
            self._on_typed(text)
        elif self._state.searched == text:
            self._open_chosen()
        else:
            self._opening = True

    def _open_chosen(self) -> None:
        self._opening = False
        if chosen := self._view.table.current_id():
            self._page.meet(chosen)

    def _on_empty(self) -> None:
        if self._state.choosing and self._view.table.current_id():
            self._page.meet(self._view.table.current_id())
        elif self._view.offers.actions_shown and not self._state.reviewing:
            self._view.offers.trigger_main()
        elif self._state.working:
            self._enter_on_page()
        elif self._state.showing is Showing.READY:
            self._view.scan.complain(self._bench.words("fields.empty_scan"))

    def _enter_on_page(self) -> None:
        """Enter never hands over: it goes to the line that lacks, or names the key that does."""
        if self._state.doubted:
            self._page.say(self._state.why_doubted(self._bench.words), good=False)
        elif self._state.missing:
            self._page.go_on()
        else:
            self._page.say(self._bench.words("handover_page.needs_ctrl"))

    def _on_moved(self, rows: int) -> None:
        """↓ and ↑: among people found, down the summary, else into the lines."""
        if self._view.table.isVisible():
            self._view.table.move_by(rows)
        elif self._state.reviewing:
            self._view.scroll_by(rows)
        elif self._state.working and rows > 0:
            self._view.lines.focus(self._state.missing[0] if self._state.missing else Line.IDENTITY)
