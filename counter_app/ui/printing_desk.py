"""Papers on their way to a printer: sent behind the desk's back, kept waiting when it cannot take them, never lost."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.documents.print_answers import Destination, Folder, Printed, Queue, Waiting
from counter_app.documents.print_queue import follow
from counter_app.documents.printing import send
from counter_app.ui.tasks import Breakage
from counter_app.ui.workbench import Workbench
from counter_app.usecases import receipts
from counter_app.usecases.answers import IssuedReceipt, Paper

LOOK_AGAIN = 3000
"""Milliseconds before asking how a job goes: printers tell « no paper » late."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A paper and what became of it."""

    paper: Paper
    answer: Printed | Waiting


class PrintingDesk(QObject):
    """Takes papers from the screens, one after the other, on the lane of papers."""

    changed = Signal()
    """Something waits, or no longer does."""
    said = Signal(str)
    """A sentence for the agent about a printer."""
    unsaid = Signal(str)
    """That sentence is no longer true: everything came out."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.waiting: list[Paper | IssuedReceipt] = []
        """What F9 sends: papers that a printer could not take, receipts of today whose paper never came out."""
        self.trouble = self._told = ""
        self.last_receipt = ""
        bench.paper_wanted.connect(self.print_receipt)
        bench.page_wanted.connect(self.print_page)

    def print_receipt(self, receipt_id: str) -> None:
        """One paper of a receipt, original or DUPLICATA, drawn and counted on the desk's lane."""
        self.last_receipt = receipt_id
        desk = self._bench.desk
        self._bench.do(lambda: receipts.print_receipt(desk, receipt_id), self._drawn)

    def print_page(self, paper: object) -> None:
        """A page that is no receipt."""
        assert isinstance(paper, Paper)
        self._send(paper)

    def retry(self) -> bool:
        """F9: papers that wait go first; False when none does."""
        papers, self.waiting = self.waiting, []
        for paper in papers:
            receipt = paper if isinstance(paper, IssuedReceipt) else paper.receipt
            self.print_receipt(receipt.id) if receipt else self._send(cast(Paper, paper))
        return bool(papers)

    def remember(self) -> None:
        """At opening: papers of today that a printer, or a power cut, kept from coming out are offered again."""
        desk, every = self._bench.desk, self._bench.settings.auto_print
        self._bench.do(lambda: receipts.owed(desk, every=every), self._owe)

    def _owe(self, owed: list[IssuedReceipt]) -> None:
        self.waiting.extend(owed)
        if owed:
            self.changed.emit()

    def _drawn(self, paper: Paper | None) -> None:
        if paper is not None:
            self._send(paper)

    def _send(self, paper: Paper) -> None:
        destination = self._destination(paper)
        self._bench.print_behind(
            lambda: Sent(paper, _sent(paper, destination)), self._settled, lambda broken: self._kept(paper, broken)
        )

    def _destination(self, paper: Paper) -> Destination:
        settings = self._bench.settings
        queue = settings.ticket_printer if paper.roll else settings.page_printer
        return Queue(queue) if queue else Folder(self._bench.office.home.papers)

    def _settled(self, sent: Sent) -> None:
        if isinstance(sent.answer, Waiting):
            self._keep(sent.paper, sent.answer.sentence)
        elif not sent.answer.finished:
            QTimer.singleShot(LOOK_AGAIN, self, lambda: self._follow(sent))
        else:
            self._came_out(sent.paper)
        self.changed.emit()

    def _came_out(self, paper: Paper) -> None:
        """What was told of the printer goes with the last paper that waited; a copy says which one it is."""
        self.trouble = ""
        if not self.waiting:
            self.unsaid.emit(self._told)
        if paper.receipt and paper.receipt.copies > 1:
            words, number = self._bench.words, paper.receipt.ticket or paper.receipt.number
            self.said.emit(words("shell.reprinted", number=number, copy=paper.receipt.copies))

    def _kept(self, paper: Paper, broken: Breakage) -> None:
        """Whatever broke on the way, the paper is still here."""
        self._keep(paper, broken.sentence)
        self.changed.emit()

    def _keep(self, paper: Paper, trouble: str) -> None:
        desk, receipt = self._bench.desk, paper.receipt
        if receipt is not None:
            self._bench.do(lambda: receipts.hold(desk, receipt.id, receipt.copies), lambda _none: None)
        self.waiting.append(paper)
        self.trouble = trouble
        # A receipt is in the journal, and offered again at the next opening; a page holds names that stay nowhere else.
        self._told = trouble if receipt else f"{trouble} {self._bench.words('shell.page_kept')}"
        self.said.emit(self._told)

    def _follow(self, sent: Sent) -> None:
        assert isinstance(sent.answer, Printed)
        job = sent.answer
        if not self._bench.lanes.closing:
            self._bench.print_behind(lambda: Sent(sent.paper, follow(job)), self._settled)


def _sent(paper: Paper, destination: Destination) -> Printed | Waiting:
    if isinstance(destination, Folder):
        with suppress(OSError):  # a folder that cannot be made is told by `send`, with what to do
            destination.path.mkdir(parents=True, exist_ok=True, mode=0o700)
    elif shutil.which("lp") is None:
        from counter_app.ui.qt_printing import qt_print

        return qt_print(paper.pdf, paper.file_name, destination.name)
    return send(paper.pdf, paper.file_name, destination)
