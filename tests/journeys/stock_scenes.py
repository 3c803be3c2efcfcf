"""Pictures of the stock and of the people to call in: each list, each question, and what a scan brings."""

from collections.abc import Callable
from pathlib import Path

from counter_app.store import permit_rows
from counter_app.ui.screens.stock.lists import Tab
from counter_app.ui.screens.stock.page import StockScreen
from counter_app.ui.screens.summons.page import SummonsScreen
from counter_app.ui.screens.summons.state import Tab as Called
from counter_app.usecases.desk import Desk
from counter_app.usecases.receive_permits import receive_permits
from counter_app.usecases.stock import faulty, hold, to_locate, to_send_back
from tests.imports.permit_lists import permit
from tests.journeys.studio import Studio
from tests.ui.stock_desk import BA, EL, LI, LOT, SOW, lot_file

Scene = Callable[[Studio], None]
LONG = "Contrôle du dossier en cours par le service de l’éloignement"
HELD, FAULTY, LOST = "6QX71ABC2", "6QX71ABC3", "6QX71ABC4"


def fill_stock(desk: Desk, folder: Path) -> None:
    """Receive a lot, then block, lose and send back one permit each."""
    more = (
        permit(HELD, "VAN DER MEER Anne", "5900000011", bac="ARMOIRE 2", rang="112"),
        permit(FAULTY, "FAUTE Léa", "5900000012", bac="B", rang="2"),
        permit(LOST, "PERDUE Zoé", "5900000013", bac="B", rang="3"),
    )
    receive_permits(desk, lot_file(folder, *LOT, *more))
    hold(desk, HELD, LONG)
    faulty(desk, FAULTY, "date de naissance")
    to_locate(desk, LOST)
    to_send_back(desk, SOW, "Titre jamais retiré")


def stock(made: Studio) -> StockScreen:
    """The stock, in front and as it opens."""
    made.open("stock")
    front = made.window.front
    assert isinstance(front, StockScreen)
    while front.step_back():
        made.settle()
    front.flow.open_tab(Tab.HERE.value)
    made.settle()
    return front


def summons(made: Studio, tab: Called = Called.WAITING) -> SummonsScreen:
    """The people to call, in front."""
    made.open("summons", tab.value)
    front = made.window.front
    assert isinstance(front, SummonsScreen)
    made.settle()
    return front


def sleeve(made: Studio, card: str) -> str:
    with made.bench.desk.looking() as connection:
        (one,) = permit_rows.by_card(connection, card)
    return permit_rows.code_of(one)


def tab(name: Tab) -> Scene:
    def scene(made: Studio) -> None:
        stock(made).flow.open_tab(name.value)
        made.settle()

    return scene


def scanned(name: Tab, *cards: str, tray: str = "") -> Scene:
    """Sleeves scanned in a list, then a tray."""

    def scene(made: Studio) -> None:
        front = stock(made)
        front.flow.open_tab(name.value)
        for text in (*(sleeve(made, card) for card in cards), *([tray] if tray else [])):
            front.scanned(text)
            made.settle()

    return scene


def asks(slug: str, card: str = BA) -> Scene:
    """A question about a permit."""

    def scene(made: Studio) -> None:
        scanned(Tab.HERE, card)(made)
        front = made.window.front
        assert isinstance(front, StockScreen)
        front.bar.triggered.emit(slug)
        made.settle()

    return scene


def chosen(made: Studio) -> None:
    """A row chosen with the arrows."""
    stock(made).view.table.choose(1)
    made.settle()


def searched(made: Studio) -> None:
    stock(made)
    made.type("di")


def nobody(made: Studio) -> None:
    stock(made)
    made.type("zzyx")


def counted(made: Studio) -> None:
    """A tray being counted, with each kind of difference."""
    front = stock(made)
    front.bar.triggered.emit("count")
    for text in ("BAC A", sleeve(made, BA), sleeve(made, FAULTY), sleeve(made, LI), "PGRBBBBBBBBB", "8ZZ00TT11"):
        front.scanned(text)
        made.settle()


def count_begun(made: Studio) -> None:
    stock(made).bar.triggered.emit("count")
    made.settle()


def file_open(made: Studio) -> None:
    """A file looked at before it is received, with rows to correct."""
    rows = [
        permit("5NEW00001", "NEUVE Lou"),
        permit("5NEW00002", "ROSSI Anna", valable_du="31/02/2026"),
        permit("", "SANS Carte"),
    ]
    path = lot_file(made.bench.office.home.path.parent, *rows, name="titres-reçus-du-24-novembre.csv")
    stock(made).flow.files.open(path)
    made.settle()


def rows_to_correct(made: Studio) -> None:
    """The same file once it was received: its rows, the first of them opened."""
    file_open(made)
    front = made.window.front
    assert isinstance(front, StockScreen)
    front.bar.triggered.emit("receive")
    made.settle()
    front.flow.files.open_received(
        next(row.id for row in front.view.files.rows() if any(word in row.cells[3] for word in ("corriger", "correct")))
    )
    made.settle()


def row_opened(made: Studio) -> None:
    """A row of a lot, every cell of it."""
    front = stock(made)
    front.flow.open_tab(Tab.ARRIVALS.value)
    front.flow.files.open_received(
        next(row.id for row in front.view.files.rows() if any(word in row.cells[3] for word in ("corriger", "correct")))
    )
    made.settle()
    front.bar.triggered.emit("repair_row")
    made.settle()


def called(slug: str, name: Called = Called.WAITING) -> Scene:
    def scene(made: Studio) -> None:
        front = summons(made, name)
        front.table.choose(0)
        made.settle()
        if slug:
            front.bar.triggered.emit(slug)
            made.settle()

    return scene


def summons_sent(made: Studio) -> None:
    """Messages written in a folder, and noted as sent."""
    summons(made, Called.TO_SEND).send_to(made.bench.office.home.path.parent / "messages")
    made.settle()


def summons_unsent(made: Studio) -> None:
    """Ctrl+Z takes the sending back, with what to do about the file."""
    summons(made, Called.TO_SEND)
    made.bench.undo_wanted.emit()
    made.settle()


STOCK_SCENES: dict[str, Scene] = {
    **{f"stock_{name.value}": tab(name) for name in Tab},
    "stock_chosen": chosen,
    "stock_found": scanned(Tab.HERE, BA),
    "stock_held": scanned(Tab.SHELVE, LI),
    "stock_on_hold": scanned(Tab.HERE, HELD),
    "stock_new_tray": scanned(Tab.SHELVE, LI, tray="ARMOIRE 12"),
    "stock_two_sleeves": scanned(Tab.SHELVE, LI, EL),
    "stock_unread": scanned(Tab.HERE, tray="PGRBBBBBBBBB"),
    "stock_search": searched,
    "stock_nobody": nobody,
    "stock_count_begun": count_begun,
    "stock_count": counted,
    "stock_file": file_open,
    "stock_rows": rows_to_correct,
    "stock_row": row_opened,
    "stock_ask_trays": asks("tray_labels"),
    "stock_ask_hold": asks("hold"),
    "stock_ask_faulty": asks("faulty"),
    "stock_ask_offer": asks("offer"),
    "stock_ask_slip": asks("slip"),
    "stock_ask_card": asks("receive_card"),
    "summons": called(""),
    "summons_language": called("language"),
    "summons_move": called("move"),
    "summons_phone": called("phone"),
    "summons_missed": called("", Called.MISSED),
    "summons_apart": called("", Called.NOT_ABSENT),
    "summons_accepted": called("accept_all"),
    "summons_to_send": called("", Called.TO_SEND),
    "summons_told": called("by_letter", Called.TO_SEND),
    "summons_noted": called("note_missed", Called.MISSED),
    "summons_sent": summons_sent,
    "summons_unsent": summons_unsent,
}
"""The last ones give hours and tell people: they come last."""
