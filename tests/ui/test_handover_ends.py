"""« Remise »: who leaves without their permit is told on paper, and what was found out is a fact of the stock."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.domain.permit import PermitState
from counter_app.ui.screens.fields_box import FieldsBox
from counter_app.ui.screens.handover.state import Showing
from counter_app.ui.theme import Theme
from counter_app.usecases.answers import Paper
from counter_app.usecases.bordereaux import Leaving, remove
from counter_app.usecases.receipts import find_receipt
from counter_app.usecases.stock_answers import SlipKind
from counter_app.wording.verdicts import verdict_rows
from tests.documents.reading import words
from tests.ui.handover_desk import ENTER, HandoverDesk, handover_desk, make_handover_home


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_handover_home(tmp_path_factory.mktemp("made"))


@pytest.fixture
def desk(made: Path, tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[HandoverDesk]:
    home = Path(shutil.copytree(made, tmp_path / "poste"))
    with handover_desk(home, theme, qapp, qtbot) as opened:
        yield opened


@pytest.fixture
def pages(desk: HandoverDesk) -> list[Paper]:
    """Papers that are no receipts, as they are sent to a printer."""
    sent: list[Paper] = []
    desk.bench.page_wanted.connect(sent.append)
    return sent


def motive_of(desk: HandoverDesk) -> str:
    """The motive of the slip printed last."""
    receipt = find_receipt(desk.bench.desk, desk.papers[-1])
    assert receipt is not None
    desk.qtbot.waitUntil(lambda: any(desk.bench.office.home.papers.glob(f"{receipt.number}*.pdf")))
    (paper,) = desk.bench.office.home.papers.glob(f"{receipt.number}*.pdf")
    return words(paper.read_bytes())


def test_enter_prints_the_reminder_of_who_is_called_another_day(desk: HandoverDesk, pages: list[Paper]) -> None:
    desk.meet("JOUR Autre")
    assert desk.actions == ["print_reminder", "hand_over_today"]
    desk.enter()
    (paper,) = pages
    assert "mercredi 25 novembre" in words(paper.pdf).lower()
    assert desk.page.view.missing.text == "Rappel du rendez-vous envoyé à l’impression."
    assert desk.slug == "permit_other_day", "the person may still be served today"
    desk.window.printing.waiting.clear()
    desk.press(Qt.Key.Key_F9)
    assert len(pages) == 2


def test_who_missed_their_day_gets_the_slip_that_says_how_to_ask_for_another(desk: HandoverDesk) -> None:
    desk.clock(desk.bench.desk.now().replace(day=26))
    desk.meet("PRÊT Anne")
    assert desk.slug == "permit_other_day"
    assert desk.actions == ["print_slip", "hand_over_today"]
    desk.enter()
    assert "Rendez-vous de remise manqué" in motive_of(desk)


@pytest.mark.parametrize(
    ("raw", "slug", "motive"),
    [
        ("SANS Message", "permit_not_summoned", "Retrait d’un titre fabriqué"),
        ("5999999999", "permit_not_received", "Autre demande"),
    ],
)
def test_enter_prints_the_slip_once_and_frees_the_page(desk: HandoverDesk, raw: str, slug: str, motive: str) -> None:
    desk.scan(raw) if raw.isdigit() else desk.meet(raw)
    assert desk.slug == slug
    assert desk.actions[0] == "print_slip"
    desk.enter()
    assert desk.page.state.showing is Showing.READY
    assert desk.window.front.name == "handover"
    assert motive in motive_of(desk)
    assert desk.window.message.text().startswith("Fiche F-59-")
    desk.enter()
    assert [kind for kind, _verdict in desk.acts()].count("oriented") == 1
    assert len(desk.papers) == 1


def test_a_page_begun_is_kept_when_the_slip_is_printed(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.enter()
    desk.page.deeds.fail(desk.page.state.missing[1])
    desk.quiet()
    assert desk.slug == "stamp_missing"
    desk.enter()
    assert "Retrait d’un titre fabriqué" in motive_of(desk)
    desk.meet("PRÊT Anne")
    assert desk.page.state.draft.identity_document == "passport"


def test_a_permit_not_found_is_to_locate_in_the_stock(desk: HandoverDesk) -> None:
    desk.scan("5977777703")
    assert desk.actions == ["found_scan_sleeve", "not_found", "ask_approval"]
    desk.page.view.offers.triggered.emit("not_found")
    desk.quiet()
    assert desk.permit("PERDU Luc").state is PermitState.TO_LOCATE
    assert desk.page.state.showing is Showing.READY
    assert desk.window.message.text().startswith("PERDU Luc\u00a0: titre noté introuvable")
    desk.scan("5977777703")
    desk.page.view.offers.triggered.emit("not_found")
    desk.quiet()
    assert [kind for kind, _verdict in desk.acts()].count("permit_to_locate") == 1


def test_enter_prints_the_bordereau_under_which_a_permit_left(desk: HandoverDesk, pages: list[Paper]) -> None:
    sleeve = desk.sleeve("TIMBRE Vu")
    slip = remove(desk.bench.desk, SlipKind.SEND_BACK, [Leaving(sleeve)], "mention inexacte").bordereau
    assert slip is not None
    desk.scan(sleeve)
    assert desk.slug == "permit_out_of_stock"
    assert desk.actions == ["see_slip", "print_slip"]
    desk.enter()
    (paper,) = pages
    assert paper.file_name == f"bordereau-{slip.number}.pdf"
    assert desk.page.view.missing.text == "Bordereau envoyé à l’impression."


def test_a_bordereau_made_elsewhere_is_asked_for_there(desk: HandoverDesk, pages: list[Paper]) -> None:
    desk.meet("RENVOYÉ Paul")
    desk.enter()
    assert pages == []
    assert desk.page.view.missing.text.startswith("Ce bordereau n’est pas sur ce poste")


def test_a_child_alone_is_given_another_hour_with_a_reminder(desk: HandoverDesk, pages: list[Paper]) -> None:
    desk.meet("ENFANT Tom")
    assert desk.actions == ["both_present", "reschedule"]
    desk.page.view.offers.triggered.emit("reschedule")
    box = desk.dialog(FieldsBox)
    assert (box.line("day").text(), box.line("hour").text()) == ("01/12/2026", "9\u00a0h")
    box.line("day").setText("2 décembre 2026")
    box.line("hour").setText("10h20")
    desk.press(ENTER)
    desk.answered()
    slot = desk.permit("ENFANT Tom").slot
    assert slot is not None
    assert (slot.day, slot.hour, slot.minute) == (2, 10, 20)
    assert desk.slug == "permit_other_day"
    desk.enter()
    assert "mercredi 2 décembre" in words(pages[0].pdf).lower()
    assert ("handover_attempted", "permit_other_day") not in desk.acts()


def test_an_hour_outside_the_window_is_told_and_nothing_moves(desk: HandoverDesk) -> None:
    desk.meet("ENFANT Tom")
    before = desk.permit("ENFANT Tom").slot
    desk.page.view.offers.triggered.emit("reschedule")
    box = desk.dialog(FieldsBox)
    box.line("hour").setText("15h")
    desk.press(ENTER)
    desk.answered()
    assert desk.page.view.missing.text.startswith("Le mardi 1er décembre 2026, la remise des titres va de 9")
    assert desk.permit("ENFANT Tom").slot == before


def test_every_action_of_the_verdicts_of_the_window_can_be_done(desk: HandoverDesk) -> None:
    rows = [row for row in verdict_rows().values() if row.moment == "handover"]
    named = {slug for row in rows for slug in (row.enter_action, *row.other_actions.split())}
    assert named - set(desk.page.deeds._actions) == set()
