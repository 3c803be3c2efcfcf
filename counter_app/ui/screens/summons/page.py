"""« Convoquer »: who is told to come, when, in which words; who was not told yet; who did not come."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt

from counter_app.domain.email_address import is_address
from counter_app.domain.permit import Permit
from counter_app.domain.phone import read_phone
from counter_app.messages.outbox import EMAIL, LETTER, PHONE
from counter_app.ui.screens.fields_box import Asked, Check, FieldsBox
from counter_app.ui.screens.file_dialogs import folder_dialog
from counter_app.ui.screens.screen import Screen, on_key
from counter_app.ui.screens.slot_fields import check_slot, slot_fields, slot_of
from counter_app.ui.screens.summons.flow import SummonsFlow
from counter_app.ui.screens.summons.state import KEYS, Tab, actions_of
from counter_app.ui.screens.summons.view import SummonsView
from counter_app.ui.workbench import Workbench
from counter_app.usecases.stock_papers import sign_sheet_page

_QT_KEYS = {"Ctrl+Entrée": ("Ctrl+Return", "Ctrl+Enter")}


class SummonsScreen(Screen):
    """Three lists: to call, to tell, missed."""

    name: ClassVar[str] = "summons"
    topic: ClassVar[str] = "screen.convoquer"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.view = SummonsView(bench)
        self.bar, self.result, self.table = self.view.bar, self.view.result, self.view.table
        self.flow = SummonsFlow(bench, self)
        self._waits_for_rows = False
        self._deeds: dict[str, Callable[[], object]] = {
            "accept": lambda: self.flow.accept(self.flow.state.chosen),
            "accept_all": self.flow.accept,
            "send": self._send,
            "send_missed": self._send,
            "by_letter": partial(self._note_told, LETTER),
            "by_phone": partial(self._note_told, PHONE),
            "got_email": partial(self._note_told, EMAIL),
            "note_missed": self.flow.note_missed,
            "language": self.flow.next_language,
            "move": self._ask_hour,
            "phone": self._ask_phone,
            "email": self._ask_email,
            "sign_sheet": self._print_sign_sheet,
        }
        self.holds(self.view)
        self._connect()
        self._render()

    def _connect(self) -> None:
        self.flow.changed.connect(self._render)
        self.flow.told.connect(self.result.show_result)
        self.flow.row_wanted.connect(self._go_to)
        self.view.tabs.chosen.connect(self._open_tab)
        self.table.moved_to.connect(self.flow.choose)
        self.table.opened.connect(lambda _id: self.confirm())
        self.bar.triggered.connect(self._do)
        self.bench.acted.connect(self._acted)
        for key in dict.fromkeys(filter(None, KEYS.values())):
            slugs = tuple(slug for slug, mine in KEYS.items() if mine == key)
            for sequence in _QT_KEYS.get(key, (key,)):
                on_key(self, sequence, partial(self._do_first, slugs))
        self.view.tabs.turned_from(self)

    # what the shell asks

    @property
    def help_keys(self) -> str | None:
        """What is on offer now."""
        return self.bar.keys() or None

    def activated(self, text: str = "") -> None:
        """Come to the front: what is shown is looked at again."""
        if text in list(Tab):
            self._open_tab(text)
        self.flow.refresh()
        self._focus()

    def scanned(self, raw: str) -> None:
        """A sleeve: the row of its person."""
        self.result.hide()
        self.flow.scanned(raw)

    def confirm(self) -> None:
        """Enter, or the command card: accept the hour of the person chosen. What concerns everybody needs Ctrl."""
        if self.flow.state.tab is Tab.WAITING and self.flow.state.permit:
            self._do("accept")

    def step_back(self) -> bool:
        """Escape: back to the first list."""
        if self.flow.state.tab is Tab.WAITING:
            return False
        self._open_tab(Tab.WAITING.value)
        return True

    def undone(self, convocation_id: str) -> None:
        """A gesture was taken back: who waits may be others, and what was said no longer holds."""
        self.result.hide()
        self.flow.refresh()

    def hide_people(self, hidden: bool) -> None:
        """Lists name people: the whole page is covered."""
        self.view.setVisible(not hidden)

    # what the agent does

    def _open_tab(self, tab: str) -> None:
        self.result.hide()
        self.table.choose_none()
        self.flow.open_tab(tab)
        self._focus()

    def _go_to(self, permit_id: str) -> None:
        places = [place for place, one in enumerate(self.flow.state.permits) if one.id == permit_id]
        self.table.choose(places[0])
        self._focus()

    def _do_first(self, slugs: Sequence[str]) -> None:
        offered = [action.slug for action in self.bar.actions_shown]
        slug = next((slug for slug in slugs if slug in offered or slug == "sign_sheet"), "")
        if slug:
            self._do(slug)

    def _do(self, slug: str) -> None:
        self.result.hide()
        self._deeds[slug]()

    def _ask_hour(self) -> None:
        """Another day and hour; of somebody already convened, why."""
        permit, words = self.flow.state.permit, self.bench.words
        if permit is None:
            return
        fields = slot_fields(words, self.flow.state.slot_of(permit), self.bench.desk.rules.zone)
        if self.flow.state.tab is not Tab.WAITING:
            fields.append(Asked("reason", words("summons_desk.reason")))
        self._ask("move", permit, fields, lambda typed: self._give_hour(permit, typed), partial(check_slot, words))

    def _give_hour(self, permit: Permit, typed: Mapping[str, str]) -> None:
        slot = slot_of(typed, self.bench.desk.rules.zone)
        self.flow.give_hour(permit, slot, typed.get("reason", ""))

    def _ask_phone(self) -> None:
        permit, words = self.flow.state.permit, self.bench.words
        if permit:
            field = Asked("phone", words("summons_desk.phone"), words("summons_desk.phone_hint"))
            self._ask(
                "phone",
                permit,
                [field],
                lambda typed: self.flow.change_phone(permit, typed["phone"]),
                lambda typed: None if read_phone(typed["phone"]) else ("phone", words("summons_desk.why.not_a_phone")),
            )

    def _ask_email(self) -> None:
        permit, words = self.flow.state.permit, self.bench.words
        if permit:
            field = Asked("email", words("summons_desk.email"), words("summons_desk.email_hint"))
            self._ask(
                "email",
                permit,
                [field],
                lambda typed: self.flow.give_address(permit, typed["email"]),
                lambda typed: None if is_address(typed["email"]) else ("email", words("summons_desk.not_an_address")),
            )

    def _ask(
        self,
        slug: str,
        permit: Permit,
        fields: Sequence[Asked],
        then: Callable[[dict[str, str]], None],
        check: Check,
    ) -> None:
        words = self.bench.words
        title = words(f"summons_desk.titles.{slug}", name=permit.name)
        box = FieldsBox(self.bench.theme, words, title, fields, self.window(), check=check)
        box.name_within()
        box.answered.connect(then)
        box.open()

    def _print_sign_sheet(self) -> None:
        """The sheet that people convened today sign."""
        desk = self.bench.desk
        self.bench.behind(lambda: sign_sheet_page(desk, desk.now().date()), self.bench.page_wanted.emit)

    def _note_told(self, channel: str) -> None:
        permit = self.flow.state.permit
        if permit:
            self.flow.sending.note(permit, channel)

    def _send(self) -> None:
        """Messages leave; a folder is asked for when something has to be written in it."""
        state = self.flow.state
        if not self.flow.sending.needs_folder(state.look, state.tab):
            self.send_to(Path.home())
            return
        dialog = folder_dialog(self, self.bench.words, Path.home())
        dialog.fileSelected.connect(lambda name: self.send_to(Path(name)))
        dialog.open()

    def send_to(self, folder: Path) -> None:
        """Send what is ready under the list on show."""
        self.flow.sending.send(self.flow.state.look, self.flow.state.tab, folder)

    def _acted(self) -> None:
        if self.isVisible():
            self.flow.refresh()

    # showing

    def _render(self) -> None:
        state = self.flow.state
        self.view.show_state(state, actions_of(state, self.bench.words))
        if self._waits_for_rows and state.permits:
            self._focus()

    def _focus(self) -> None:
        """The list has the keyboard, as soon as there is one."""
        self._waits_for_rows = not self.flow.state.permits
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
