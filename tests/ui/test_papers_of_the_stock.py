"""Papers that the window sends by itself: a bordereau as soon as it is made, a receipt where its paper belongs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.documents.print_answers import Destination, Folder, Queue
from counter_app.ui.printing_desk import PrintingDesk
from counter_app.ui.screens.fields_box import FieldsBox
from counter_app.ui.screens.stock.page import StockScreen
from counter_app.ui.theme import Theme
from counter_app.usecases.answers import Paper
from tests.documents.reading import words
from tests.ui.stock_desk import BA, StockHand, at_the_stock
from tests.ui.workbenches import bench_on, open_desk


@pytest.fixture
def hand(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[StockHand]:
    with (
        bench_on(open_desk(tmp_path, "nord"), theme, qapp) as (bench, asked),
        at_the_stock(StockScreen(bench), bench, asked, qtbot, tmp_path) as made,
    ):
        yield made


def test_a_bordereau_made_in_the_window_is_sent_to_the_printer(hand: StockHand) -> None:
    hand.scan(hand.sleeve(BA))
    hand.ctrl(Qt.Key.Key_D)
    hand.box(FieldsBox).line("reason").setText("non réclamé")
    hand.press(Qt.Key.Key_Return)
    hand.qtbot.waitUntil(lambda: bool(hand.asked.pages))
    (paper,) = hand.asked.pages
    assert isinstance(paper, Paper)
    said = words(paper.pdf)
    assert BA in said
    assert "non réclamé" in said
    assert paper.file_name.startswith("bordereau-BR-59-")


@pytest.mark.parametrize(
    ("roll", "expected"), [(True, Queue("tickets")), (False, Queue("pages"))], ids=["80 mm", "sheets"]
)
def test_a_paper_goes_to_the_printer_of_its_width(hand: StockHand, roll: bool, expected: Destination) -> None:
    printing = PrintingDesk(hand.bench)
    assert isinstance(printing._destination(Paper(b"", "x.pdf", roll=roll)), Folder)
    hand.bench.change_settings(ticket_printer="tickets", page_printer="pages")
    hand.quiet()
    assert printing._destination(Paper(b"", "x.pdf", roll=roll)) == expected
