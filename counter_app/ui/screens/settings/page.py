"""« Réglages »: everything applies at once, and every line says that it counts for this desk."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from counter_app.documents.print_answers import Printed, Waiting
from counter_app.documents.print_queue import follow
from counter_app.domain.codes import CodeKind, OwnCode, read_code
from counter_app.ui.hall.voice import Voice
from counter_app.ui.screens import settings_work as work
from counter_app.ui.screens.file_dialogs import folder_dialog
from counter_app.ui.screens.page_parts import Page
from counter_app.ui.screens.screen import Screen
from counter_app.ui.screens.settings.desk import DeskCard
from counter_app.ui.screens.settings.display import DisplayCard
from counter_app.ui.screens.settings.hall import HallCard
from counter_app.ui.screens.settings.mail import MailCard
from counter_app.ui.screens.settings.printers import PrintersCard
from counter_app.ui.screens.settings.reader import ReaderCard
from counter_app.ui.screens.settings.services import ServicesCard
from counter_app.ui.screens.settings.sound import SoundCard
from counter_app.ui.screens.settings.store import StoreCard
from counter_app.ui.tasks import Breakage
from counter_app.ui.theme import Choice
from counter_app.ui.workbench import Workbench
from counter_app.usecases.answers import Paper

LOOK_AGAIN = 3000
"""Milliseconds before asking how a test print goes: printers tell « no paper » late."""


class SettingsScreen(Screen):
    """Cards, one under the other; Tab goes through them in order."""

    name: ClassVar[str] = "settings"
    topic: ClassVar[str] = "screen.reglages"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        words, theme = bench.words, bench.theme
        self._pending = 0
        self.display = DisplayCard(theme, words)
        self.sounds = SoundCard(theme, words)
        self.hall = HallCard(theme, words, Voice(parent=self))
        self.desk_card = DeskCard(theme, words)
        self.services = ServicesCard(theme, words, bench.desk.rules.queue.services)
        self.reader = ReaderCard(theme, words)
        self.printers = PrintersCard(theme, words, work.paper_languages())
        self.mail = MailCard(theme, words)
        self.store = StoreCard(theme, words)
        self._cards = (self.display, self.sounds, self.hall, self.desk_card, self.services, self.printers, self.mail)
        self.page = Page(words("settings.title"))
        self.page.add(self.display, self.sounds, self.hall, self.desk_card, self.services, self.reader)
        self.page.add(self.printers, self.mail, self.store)
        self.page.column.addStretch(1)
        self.holds(self.page)
        self._connect()
        self._show_settings()

    def _connect(self) -> None:
        for card in self._cards:
            card.changed.connect(self._change)
        self.sounds.heard.connect(self._play)
        self.reader.sheet_wanted.connect(self._print_sheet)
        self.printers.test_wanted.connect(self._print_test)
        self.printers.refresh_wanted.connect(self._find_printers)
        self.printers.day_list_wanted.connect(lambda: self._print_page(lambda: work.day_page(self.bench.desk)))
        self.mail.password_given.connect(self._keep_password)
        self.mail.try_wanted.connect(self._try_mail)
        self.store.wanted.connect(self._on_store)
        self.bench.settings_changed.connect(self._on_settings)

    # what the shell asks

    def activated(self, text: str = "") -> None:
        """Show what holds, look for printers, watch the reader; `text` may name a card to go to."""
        self._show_settings()
        self.reader.keys.watch(True)
        self._find_printers()
        cards: dict[str, QWidget] = {
            **{"sounds": self.sounds, "hall": self.hall, "reader": self.reader, "printers": self.printers},
            **{"desk": self.desk_card, "services": self.services, "mail": self.mail, "store": self.store},
        }
        if text in cards:
            self._go_to(cards[text])
        else:
            self.display.theme.buttons[self.bench.settings.theme].setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, card: QWidget) -> None:
        """Show a card from its title on, the focus in its first control."""
        controls = (one for one in card.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        first = next((one for one in controls if one.isVisibleTo(card)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.verticalScrollBar().setValue(card.y())

    def reading(self) -> None:
        """A scan is coming in: nothing on this page belongs to anybody."""

    def scanned(self, raw: str) -> None:
        """Whatever is scanned here tries the reader, but for the app's own papers: they go to the reception desk."""
        read = read_code(raw.strip())
        if isinstance(read, OwnCode) and read.kind is not CodeKind.COMMAND:
            super().scanned(raw)

    def hideEvent(self, _event: QHideEvent) -> None:
        """Another screen is in front: the reader is no longer watched."""
        self.reader.keys.watch(False)

    # what the agent does

    def _change(self, values: dict[str, object]) -> None:
        """Apply at once, then keep."""
        settings = self.bench.settings
        if "theme" in values or "scale" in values:
            scale = values.get("scale", settings.scale)
            assert isinstance(scale, int)
            self.bench.theme.choose(Choice(str(values.get("theme", settings.theme))), scale)
        if "volume" in values:
            self.bench.sounds.volume = int(str(values["volume"])) / 100
        if "language" in values:
            self.display.say_later()
        self._pending += 1
        self.bench.change_settings(**values)

    def _on_settings(self) -> None:
        """What was kept; while other changes of ours are on their way, what is shown is newer than what was kept."""
        self._pending = max(self._pending - 1, 0)
        if not self._pending:
            self._show_settings()

    def _play(self, family: str) -> None:
        words, sounds = self.bench.words, self.bench.sounds
        sounds.prepare()
        if not sounds.available:
            self.sounds.result.show_result(words("settings.sound_missing"), good=False)
        elif not sounds.volume:
            self.sounds.result.show_result(words("settings.sound_muted"), good=False)
        else:
            sounds.play(family)
            self.sounds.result.show_result(words("settings.sound_played", word=words(f"families.{family}")))

    def _print_sheet(self, sheet: str) -> None:
        desk, words = self.bench.desk, self.bench.words
        make: dict[str, Callable[[], Paper]] = {
            "setup_sheet": lambda: work.setup_page(desk),
            "command_card": lambda: work.command_page(desk, words),
        }
        self._print_page(make[sheet])

    def _print_page(self, make: Callable[[], Paper]) -> None:
        """Draw it off the window's thread; the shell prints it, and keeps it waiting when the printer cannot."""
        self.bench.behind(make, self.bench.page_wanted.emit)

    def _print_test(self, kind: str) -> None:
        desk, words, settings = self.bench.desk, self.bench.words, self.bench.settings
        folder = self.bench.office.home.papers
        queue = settings.ticket_printer if kind == "ticket" else settings.page_printer
        self.printers.result.show_result(words("settings.printing"), good=None)

        def print_it() -> Printed | Waiting:
            paper = work.trial_ticket(desk, words) if kind == "ticket" else work.setup_page(desk)
            return work.print_test(paper, queue, folder)

        self.bench.behind(print_it, self._printed, self._not_printed)

    def _printed(self, answer: Printed | Waiting) -> None:
        self.printers.show_printed(answer)
        if isinstance(answer, Printed) and not answer.finished:
            QTimer.singleShot(LOOK_AGAIN, self, lambda: self._follow(answer))

    def _follow(self, job: Printed) -> None:
        if not self.bench.lanes.closing:
            self.bench.behind(partial(follow, job), self.printers.show_printed, self._not_printed)

    def _not_printed(self, broken: Breakage) -> None:
        self.printers.result.show_result(broken.sentence, good=False)

    def _find_printers(self) -> None:
        self.bench.behind(work.printers, self.printers.show_queues)

    def _keep_password(self, password: str) -> None:
        office, told = self.bench.office, self.bench.words("settings.mail_password_kept")
        self.bench.do(lambda: office.keep_mail_password(password), lambda _kept: self.mail.result.show_result(told))

    def _try_mail(self) -> None:
        """Once what was written is kept: open the link, log in, send nothing."""
        office, words = self.bench.office, self.bench.words
        self.mail.result.show_result(words("settings.under_way"), good=None)
        trial = partial(work.try_mail, office, words)
        self.bench.do(
            lambda: None,
            lambda _none: self.bench.behind(
                trial,
                lambda done: self.mail.result.show_result(done.sentence, good=done.good),
                lambda broken: self.mail.result.show_result(broken.sentence, good=False),
            ),
        )

    def _on_store(self, gesture: str) -> None:
        if gesture == "export":
            self._choose_export()
            return
        office, words = self.bench.office, self.bench.words
        make: dict[str, Callable[[], work.Outcome]] = {
            "verify": lambda: work.verify(office.desk, words),
            "rebuild": lambda: work.rebuild(office.desk, words),
            "backup": lambda: work.back_up(office, words),
        }
        self._prove(gesture, make[gesture])

    def _choose_export(self) -> None:
        dialog = folder_dialog(self, self.bench.words, Path.home())
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.open()

    def export_to(self, folder: Path) -> None:
        """Write the export in a folder."""
        desk, words = self.bench.desk, self.bench.words
        self._prove("export", lambda: work.export(desk, folder, words))

    def _prove(self, gesture: str, make: Callable[[], work.Outcome]) -> None:
        self.store.show_under_way(gesture)
        self.bench.behind(
            make,
            lambda done: self._proved(gesture, done),
            lambda broken: self.store.show_result(gesture, broken.sentence, good=False),
        )

    def _proved(self, gesture: str, done: work.Outcome) -> None:
        self.store.show_result(gesture, done.sentence, done.good)
        if gesture == "rebuild":
            self.bench.acted.emit()

    def _show_settings(self) -> None:
        settings = self.bench.settings
        for card in self._cards:
            card.show_settings(settings)
