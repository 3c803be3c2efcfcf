"""Papers through Qt's print support and a real CUPS: the bars come out whole."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter_app.documents.arrival_ticket import arrival_ticket
from counter_app.documents.print_answers import Printed, Reason, Waiting
from counter_app.ui.qt_printing import qt_print, qt_queues
from tests.documents.conftest import cups
from tests.documents.cups import CupsServer
from tests.documents.papers import TICKET
from tests.documents.reading import codes_on, picture_of_postscript

__all__ = ["cups"]
pytestmark = pytest.mark.xdist_group("cups")


@pytest.fixture
def desk(cups: CupsServer, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> CupsServer:
    """The server, as this desk's own print service."""
    monkeypatch.setenv("CUPS_SERVER", cups.address)
    return cups


def test_both_codes_are_read_back_from_a_page_drawn_by_qt(desk: CupsServer, tmp_path: Path) -> None:
    desk.add("qt-laser", "folder:/", "drv:///sample.drv/generic.ppd")
    assert "qt-laser" in [queue.name for queue in qt_queues()]
    answer = qt_print(arrival_ticket(TICKET), "ticket.pdf", "qt-laser")
    assert isinstance(answer, Printed), answer
    page = picture_of_postscript(desk.printed("qt-laser-1"), tmp_path)
    assert codes_on(page) == {"QR Code": TICKET.code, "Code 128": TICKET.code}


def test_a_printer_that_does_not_exist_keeps_the_ticket_at_the_desk(desk: CupsServer) -> None:
    answer = qt_print(arrival_ticket(TICKET), "ticket.pdf", "nulle-part")
    assert isinstance(answer, Waiting)
    assert answer.reason is Reason.UNKNOWN_QUEUE
