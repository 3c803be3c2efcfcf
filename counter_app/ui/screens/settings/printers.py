"""Settings of the printers: which one takes tickets, which one takes pages, how each is, and a paper to try it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from counter_app.config import CHOICES, Settings
from counter_app.documents.print_answers import Printed, QueueState, Waiting
from counter_app.ui.screens.page_parts import Card, Result, TickRow, button, side_by_side
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.form import FormRow
from counter_app.wording.catalogue import Words

FOLDER = ""
"""No printer: papers go to the folder of the home."""
KINDS = ("ticket", "page")
WIDEST = 420


class PrintersCard(Card):
    """Where papers come out."""

    changed = Signal(dict)
    """Settings by name, as the agent chose them."""
    test_wanted = Signal(str)
    """`ticket` or `page`: the agent wants to see a paper come out."""
    refresh_wanted = Signal()
    day_list_wanted = Signal()

    def __init__(
        self, theme: Theme, words: Words, languages: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(words("settings.printers"), parent)
        self._words = words
        self.language, self.handover = QComboBox(), QComboBox()
        self._states: dict[str, QueueState] = {}
        self.boxes = {kind: QComboBox() for kind in KINDS}
        self.states = {kind: Result(theme) for kind in KINDS}
        self.result = Result(theme)
        for kind, box in self.boxes.items():
            _size(box)
            box.addItem(words("settings.papers_folder"), FOLDER)
            row = _narrow(FormRow(theme, words(f"settings.{kind}_printer"), box, words("settings.this_desk")), theme)
            test = button(words(f"settings.test_{kind}"), partial(self.test_wanted.emit, kind))
            self.add(row, self.states[kind], side_by_side([test]))
            box.activated.connect(partial(self._on_chosen, kind))
        self._offer_languages(theme, languages)
        self._offer_handover_papers(theme)
        refresh = button(words("settings.refresh"), self.refresh_wanted.emit)
        day_list = button(words("settings.print_day_list"), self.day_list_wanted.emit)
        self.add(side_by_side([refresh, day_list]), self.result)

    def _offer_languages(self, theme: Theme, languages: Sequence[tuple[str, str]]) -> None:
        _size(self.language)
        self.language.addItem(self._words("settings.paper_language_site"), "")
        for code, name in languages:
            self.language.addItem(name, code)
        self.add(
            FormRow(theme, self._words("settings.paper_language"), self.language, self._words("settings.this_desk"))
        )
        self.language.activated.connect(
            lambda _index: self.changed.emit({"paper_language": str(self.language.currentData())})
        )

    def _offer_handover_papers(self, theme: Theme) -> None:
        _size(self.handover)
        for size in CHOICES["handover_paper"]:
            self.handover.addItem(self._words(f"settings.handover_paper_{str(size).lower()}"), size)
        scope = self._words("settings.this_desk")
        self.numbers = TickRow(theme, self._words("settings.document_numbers"), scope)
        self.add(FormRow(theme, self._words("settings.handover_paper"), self.handover, scope), self.numbers)
        self.handover.activated.connect(
            lambda _index: self.changed.emit({"handover_paper": str(self.handover.currentData())})
        )
        self.numbers.box.clicked.connect(lambda ticked: self.changed.emit({"document_numbers": ticked}))

    def show_settings(self, settings: Settings) -> None:
        """Show which printers and papers are chosen."""
        chosen = {"ticket": settings.ticket_printer, "page": settings.page_printer}
        for kind, name in chosen.items():
            self._choose(self.boxes[kind], name)
            self._show_state(kind)
        self._choose(self.language, settings.paper_language)
        self._choose(self.handover, settings.handover_paper)
        self.numbers.box.setChecked(settings.document_numbers)

    def show_queues(self, queues: Sequence[QueueState]) -> None:
        """Show the printers of this computer; one that is chosen and gone stays in the list, and is told."""
        self._states = {queue.name: queue for queue in queues}
        for kind, box in self.boxes.items():
            chosen = str(box.currentData() or FOLDER)
            box.clear()
            box.addItem(self._words("settings.papers_folder"), FOLDER)
            for queue in queues:
                box.addItem(queue.name, queue.name)
            self._choose(box, chosen)
            self._show_state(kind)

    def show_printed(self, answer: Printed | Waiting) -> None:
        """Say where a paper went, or why it waits."""
        if isinstance(answer, Printed):
            self.result.show_result(self._words("settings.printed", where=answer.where))
        else:
            self.result.show_result(answer.sentence, good=False)

    def _choose(self, box: QComboBox, name: str) -> None:
        if box.findData(name) < 0:
            box.addItem(name, name)
        box.setCurrentIndex(box.findData(name))

    def _on_chosen(self, kind: str, _index: int) -> None:
        self._show_state(kind)
        self.changed.emit({f"{kind}_printer": str(self.boxes[kind].currentData())})

    def _show_state(self, kind: str) -> None:
        name = str(self.boxes[kind].currentData() or FOLDER)
        if name == FOLDER:
            self.states[kind].show_quietly(self._words("settings.to_folder"), good=True)
        elif name not in self._states:
            self.states[kind].show_quietly(self._words("settings.printer_gone", name=name), good=False)
        else:
            blocked = self._states[name].blocked
            sentence = blocked.sentence if blocked else self._words("settings.printer_ready", name=name)
            self.states[kind].show_quietly(sentence, good=blocked is None)


def _size(box: QComboBox) -> None:
    """Long names of printers are cut rather than make the page wider than the window."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(16)
    box.setMinimumHeight(36)


def _narrow(row: FormRow, theme: Theme) -> FormRow:
    """Wide enough to read, no wider."""
    row.setMaximumWidth(theme.px(WIDEST))
    return row
