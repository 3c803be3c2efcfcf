"""The stock at the desk: scan first, each gesture one act, nothing written before it is asked for."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QWidget
from pytestqt.qtbot import QtBot

from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.permit_listing import LIST, PermitListing
from counter_app.ui.screens.fields_box import FieldsBox
from counter_app.ui.screens.stock.lists import Tab, of_tab, tray_and_rank
from counter_app.ui.screens.stock.page import StockScreen
from counter_app.ui.screens.stock.rows import count_columns, permit_columns
from counter_app.ui.screens.stock.slip import FIELDS
from counter_app.ui.screens.stock.state import custody_deed
from counter_app.ui.theme import Choice, Theme
from counter_app.ui.widgets.reason import ReasonBox
from counter_app.ui.widgets.row_dialog import RowDialog
from counter_app.usecases import custody, stock
from counter_app.usecases.answers import Paper
from counter_app.usecases.look_at_stock import StockLook
from counter_app.usecases.stock_answers import SlipKind
from counter_app.usecases.undo import undo
from tests.ui.stock_desk import BA, DIOP, EL, LI, LOT, SOW, StockHand, at_the_stock, lot_file
from tests.ui.workbenches import bench_on, open_desk

K = Qt.Key


@pytest.fixture
def hand(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[StockHand]:
    with (
        bench_on(open_desk(tmp_path, "nord"), theme, qapp) as (bench, asked),
        at_the_stock(StockScreen(bench), bench, asked, qtbot, tmp_path) as made,
    ):
        yield made


def screen_of(hand: StockHand) -> StockScreen:
    assert isinstance(hand.screen, StockScreen)
    return hand.screen


def open_tab(hand: StockHand, tab: Tab) -> None:
    screen_of(hand).view.tabs.buttons[tab.value].click()
    hand.quiet()


def told(hand: StockHand) -> str:
    return screen_of(hand).result.text


def shown(hand: StockHand) -> list[str]:
    return [row.cells[0] for row in screen_of(hand).view.table.rows()]


def offered(hand: StockHand) -> list[str]:
    return [action.slug for action in screen_of(hand).bar.actions_shown]


def counts(hand: StockHand) -> dict[str, int]:
    texts = {tab: button.text() for tab, button in screen_of(hand).view.tabs.buttons.items()}
    return {tab: int(text.rpartition("(")[2].rstrip(")")) for tab, text in texts.items()}


def test_a_sleeve_then_its_tray_shelve_a_permit_with_two_scans_and_no_key(hand: StockHand) -> None:
    open_tab(hand, Tab.SHELVE)
    assert shown(hand) == ["LI Wei"]
    hand.scan(hand.sleeve(LI))
    assert "LI Wei" in screen_of(hand).view.row.label.text()
    hand.scan("BAC A")
    place = hand.card(LI).place
    assert place is not None
    assert (place.tray, place.scanned) == ("A", True)
    assert told(hand) == "LI Wei · 3L93J8829\u00a0: rangé au bac A."
    assert shown(hand) == []
    assert hand.asked.sounds == ["tick", "tick"]
    assert counts(hand)["shelve"] == 0


def test_a_tray_that_nobody_used_waits_for_a_human_enter(hand: StockHand) -> None:
    open_tab(hand, Tab.SHELVE)
    hand.scan(hand.sleeve(LI))
    hand.scan("BAC Z9")
    assert hand.card(LI).place is None
    assert "Z9" in told(hand)
    hand.press(K.Key_Return)
    place = hand.card(LI).place
    assert place is not None
    assert place.tray == "Z9"


def test_a_card_that_nobody_received_is_not_taken_for_a_tray(hand: StockHand) -> None:
    open_tab(hand, Tab.SHELVE)
    hand.scan(hand.sleeve(LI))
    hand.scan("8ZZ00TT11")
    assert hand.card(LI).place is None
    assert not screen_of(hand).view.result.isHidden()


def test_confirming_the_tray_of_the_list_keeps_the_rank_and_a_slash_tells_another(hand: StockHand) -> None:
    open_tab(hand, Tab.SHELVE)
    hand.scan(hand.sleeve(BA))
    hand.types("a\r")
    place = hand.card(BA).place
    assert place is not None
    assert (place.tray, place.rank, place.scanned) == ("A", "12", True)
    hand.scan(hand.sleeve(LI))
    hand.types("bac d/3\r")
    other = hand.card(LI).place
    assert other is not None
    assert (other.tray, other.rank) == ("D", "3")


def test_another_sleeve_before_the_tray_says_that_the_first_was_not_shelved(hand: StockHand) -> None:
    open_tab(hand, Tab.SHELVE)
    hand.scan(hand.sleeve(LI))
    hand.scan(hand.sleeve(BA))
    assert told(hand).startswith("LI Wei n’a pas été rangé")
    hand.scan("BAC D ")
    assert hand.card(LI).place is None
    assert hand.card(BA).place is not None


def test_elsewhere_a_scan_shows_the_permit_with_its_place_and_changes_nothing(hand: StockHand) -> None:
    hand.scan(hand.sleeve(BA))
    card = screen_of(hand).view.card
    assert card.isVisible()
    assert card.place.text() == "Bac A · 12"
    assert shown(hand) == ["BA Awa"]
    assert offered(hand)[0] == "shelve"
    hand.press(K.Key_Escape)
    assert not hand.card(BA).marks


def test_a_name_is_found_from_its_beginning_without_accents_and_a_tray_by_its_word(hand: StockHand) -> None:
    hand.types("el")
    assert shown(hand) == ["ÉL Amrani"]
    screen_of(hand).step_back()
    hand.types("bac a")
    assert shown(hand) == ["BA Awa", "ÉL Amrani", "DIOP Awa"]
    screen_of(hand).step_back()
    hand.types("zzz")
    assert shown(hand) == []
    assert screen_of(hand).view.hint.text() == "Aucun titre de ce stock ne répond à ce texte."


def test_what_is_not_there_is_looked_for_until_its_sleeve_is_scanned(hand: StockHand) -> None:
    hand.scan(hand.sleeve(BA))
    hand.ctrl(K.Key_L)
    assert hand.card(BA).state is PermitState.TO_LOCATE
    assert counts(hand)["locate"] == 1
    open_tab(hand, Tab.LOCATE)
    hand.scan(hand.sleeve(BA))
    hand.scan("BAC D")
    assert hand.card(BA).state is PermitState.SHELVED
    assert counts(hand)["locate"] == 0


def test_a_hold_asks_why_and_is_lifted_by_the_same_key(hand: StockHand) -> None:
    hand.scan(hand.sleeve(BA))
    hand.ctrl(K.Key_H)
    hand.box(ReasonBox)
    hand.answer("Contrôle en cours")
    assert hand.card(BA).hold == "Contrôle en cours"
    assert "Contrôle en cours" in screen_of(hand).view.card.about.text()
    hand.ctrl(K.Key_H)
    assert hand.card(BA).hold is None


def test_a_fault_is_named_and_the_permit_leaves_under_a_bordereau(hand: StockHand) -> None:
    hand.scan(hand.sleeve(BA))
    hand.ctrl(K.Key_M)
    hand.answer("prénom")
    hand.ctrl(K.Key_R)
    hand.answer("Prénom inexact")
    open_tab(hand, Tab.BACK)
    assert shown(hand) == ["BA Awa"]
    assert "Aucun délai" in screen_of(hand).view.hint.text()
    hand.ctrl(K.Key_D)
    hand.box(FieldsBox)
    hand.answer("Prénom inexact")
    assert hand.card(BA).state is PermitState.SENT_BACK
    assert told(hand).startswith("Bordereau BR-59-")
    assert counts(hand)["out"] == 1
    open_tab(hand, Tab.OUT)
    assert shown(hand) == ["BA Awa"]
    screen_of(hand).view.table.choose(0)
    hand.quiet()
    assert offered(hand) == ["restock"]


def test_a_parcel_needs_its_number_and_several_permits_are_never_one_parcel(hand: StockHand) -> None:
    hand.scan(hand.sleeve(BA))
    hand.ctrl(K.Key_D)
    box = hand.box(FieldsBox)
    assert box.choice is not None
    assert list(box.choice.buttons) == [kind.value for kind in FIELDS]
    box.choice.buttons[SlipKind.POST.value].click()
    assert not box.rows["reason"].isVisible()
    box.line("tracking").setFocus()
    hand.press(K.Key_Return)
    assert "Numéro de suivi" in box.rows["tracking"].message.text
    box.line("tracking").setText("1A 000 000 0001 7")
    hand.press(K.Key_Return)
    hand.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    hand.quiet()
    assert hand.card(BA).state is PermitState.POSTED
    screen_of(hand).papers.slip.ask([hand.card(LI), hand.card(EL)])
    both = hand.box(FieldsBox)
    assert both.choice is not None
    assert SlipKind.POST.value not in both.choice.buttons
    both.reject()


def test_a_file_is_looked_at_first_and_received_by_ctrl_enter_alone(hand: StockHand, tmp_path: Path) -> None:
    rows = (*LOT, dict(LOT[0], **{"numéro de titre": "5NEW00001", "nom": "NEUF"}))
    broken = dict(LOT[0], **{"numéro de titre": "5NEW00002", "valable du": "31/02/2026"})
    flow = screen_of(hand).flow
    flow.files.open(lot_file(tmp_path, *rows, broken, name="suite.csv"))
    hand.quiet()
    card = screen_of(hand).view.lot
    assert card.isVisible()
    assert [row.cells[0] for row in card.table.rows()] == ["8"]
    assert len(stock.stock(hand.bench.desk)) == len(LOT)
    hand.scan(hand.sleeve(BA))
    assert flow.state.held is None
    assert "fichier est ouvert" in told(hand)
    hand.ctrl(K.Key_Return)
    assert len(stock.stock(hand.bench.desk)) == len(LOT) + 1
    assert told(hand).startswith("Lot reçu. Ajoutés\u00a0: 1")
    assert counts(hand)["arrivals"] == 2
    to_correct = next(row for row in screen_of(hand).view.files.rows() if row.cells[3] == "1 ligne à corriger")
    flow.files.open_received(to_correct.id)
    assert [row.cells[0] for row in card.table.rows()] == ["8"]
    hand.quiet()
    assert offered(hand) == ["repair_row", "set_down_row", "close_lot"]
    assert screen_of(hand).step_back()
    assert not card.isVisible()


def test_a_row_of_a_lot_is_corrected_with_the_keyboard_and_its_permit_is_there(hand: StockHand, tmp_path: Path) -> None:
    broken = [dict(LOT[0], **{"numéro de titre": f"5NEW0000{place}", "valable du": "31/02/2026"}) for place in (2, 3)]
    flow, card = screen_of(hand).flow, screen_of(hand).view.lot
    flow.files.open(lot_file(tmp_path, *LOT, *broken, name="suite.csv"))
    hand.quiet()
    hand.ctrl(K.Key_Return)
    lot = next(row for row in screen_of(hand).view.files.rows() if row.cells[3] == "2 lignes à corriger")
    flow.files.open_received(lot.id)
    hand.quiet()
    assert card.table.hasFocus()
    hand.press(K.Key_Return)
    dialog = hand.box(RowDialog)
    assert dialog.fields["valable du"].hasFocus()
    dialog.fields["valable du"].setText("28/02/2026")
    hand.press(K.Key_Return)
    screen_of(hand).activateWindow()
    assert hand.card("5NEW00002").custody.holder == hand.bench.desk.name
    assert "corrigée" in told(hand)
    assert [row.cells[0] for row in card.table.rows()] == ["8"]
    hand.qtbot.waitUntil(card.table.hasFocus)
    hand.ctrl(K.Key_D)
    hand.box(ReasonBox)
    hand.press(K.Key_2)
    hand.press(K.Key_Return)
    assert [row.cells[0] for row in card.table.rows()] == []
    assert offered(hand) == ["close_lot"]


def test_a_file_that_is_no_list_of_permits_is_told_and_nothing_is_recorded(hand: StockHand, tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("bonjour\n", encoding="utf-8")
    screen_of(hand).flow.files.open(path)
    hand.quiet()
    assert told(hand)
    assert screen_of(hand).flow.state.lot is None
    assert counts(hand)["arrivals"] == 1


def test_a_card_in_hand_is_received_by_its_number_and_name(hand: StockHand) -> None:
    hand.ctrl(K.Key_N)
    box = hand.box(FieldsBox)
    box.line("card").setFocus()
    hand.press(K.Key_Return)
    assert "Numéro imprimé" in box.rows["card"].message.text
    hand.answer("1CARD2222", "NEUF Lou", "", "bac d/4")
    place = hand.card("1CARD2222").place
    assert place is not None
    assert (place.tray, place.rank) == ("D", "4")


def counting(hand: StockHand, tray: str, *cards: str) -> None:
    hand.ctrl(K.Key_I)
    hand.scan(f"BAC {tray} ")
    for number in cards:
        hand.scan(hand.sleeve(number))


def test_a_count_explains_each_difference_then_corrects_it(hand: StockHand) -> None:
    counting(hand, "A", BA, EL, SOW)
    rows = {row.cells[0]: row.cells[2] for row in screen_of(hand).view.differences.rows()}
    assert rows == {
        "BA Awa": "à sa place",
        "ÉL Amrani": "à sa place",
        "SOW Aïssata": "en trop\u00a0: sa place est au bac D",
        "DIOP Awa": "attendu, pas encore scanné",
    }
    assert hand.asked.sounds[-1] == "warn"
    assert hand.card(DIOP).state is PermitState.SHELVED
    hand.ctrl(K.Key_Return)
    assert hand.card(DIOP).state is PermitState.TO_LOCATE
    moved = hand.card(SOW).place
    assert moved is not None
    assert moved.tray == "A"


def test_a_count_recorded_only_moves_nothing_and_ctrl_z_takes_back_the_last_scan(hand: StockHand) -> None:
    counting(hand, "A", BA, SOW)
    hand.ctrl(K.Key_Z)
    count = screen_of(hand).flow.state.count
    assert count is not None
    assert (len(count.present), len(count.unexpected)) == (1, 0)
    hand.ctrl(K.Key_S)
    assert "Rien n’a été déplacé" in told(hand)
    assert hand.card(EL).state is PermitState.SHELVED


def test_an_empty_count_is_asked_twice(hand: StockHand) -> None:
    counting(hand, "A")
    hand.ctrl(K.Key_Return)
    assert "Aucune pochette scannée" in told(hand)
    assert hand.card(BA).state is PermitState.SHELVED
    hand.ctrl(K.Key_Return)
    assert hand.card(BA).state is PermitState.TO_LOCATE


def test_a_sleeve_cannot_name_the_tray_to_count(hand: StockHand) -> None:
    hand.ctrl(K.Key_I)
    hand.scan(hand.sleeve(BA))
    assert screen_of(hand).flow.state.tray == ""
    assert told(hand) == "Scannez d’abord le bac, ou tapez son nom."


def test_custody_is_offered_and_the_offer_to_this_desk_is_taken_by_one_key(hand: StockHand) -> None:
    hand.scan(hand.sleeve(BA))
    hand.ctrl(K.Key_G)
    hand.answer("coffre")
    assert hand.card(BA).custody.offered_to("safe")
    hand.ctrl(K.Key_T)
    assert hand.card(BA).custody.holder == "safe"
    custody.offer(hand.bench.desk, [hand.card(BA).id], "Poste 2")
    screen_of(hand).step_back()
    screen_of(hand).activated()
    hand.quiet()
    assert "proposé à ce poste" in screen_of(hand).view.hint.text()
    hand.ctrl(K.Key_T)
    assert hand.card(BA).custody.holder == "Poste 2"


def test_what_nobody_offered_needs_a_supervisor_and_a_reason(hand: StockHand) -> None:
    custody.offer(hand.bench.desk, [hand.card(BA).id], "safe")
    custody.take(hand.bench.desk, [hand.card(BA).id], into_safe=True)
    screen_of(hand).flow.deeds.run("take", hand.card(BA))
    box = hand.box(ReasonBox)
    box.free.setText("En main ici")
    hand.press(K.Key_Return)
    assert box.isVisible()
    box.supervisor.setText("Mme Roux")
    hand.press(K.Key_Return)
    hand.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    hand.quiet()
    assert hand.card(BA).custody.holder == "Poste 2"
    assert hand.card(BA).standing[-1].details["approved_by"] == "Mme Roux"


@pytest.mark.parametrize(("holder", "deed"), [("Poste 2", "offer"), ("safe", "offer"), ("Poste 3", "take")])
def test_custody_is_offered_by_who_holds_it_and_taken_by_others(holder: str, deed: str) -> None:
    assert custody_deed(Permit("x", received_by=holder), "Poste 2") == deed


def test_an_undo_is_seen_at_once(hand: StockHand) -> None:
    hand.scan(hand.sleeve(BA))
    hand.ctrl(K.Key_L)
    assert undo(hand.bench.desk).done
    screen_of(hand).undone(hand.card(BA).id)
    hand.quiet()
    assert counts(hand)["locate"] == 0


def test_a_permit_that_left_is_told_and_offers_nothing_that_cannot_be_done(hand: StockHand) -> None:
    hand.scan(hand.sleeve(BA))
    hand.ctrl(K.Key_D)
    hand.answer("Erreur d’état civil")
    hand.scan(hand.sleeve(BA))
    assert "n’est plus dans le stock" in told(hand)
    assert offered(hand) == ["restock"]
    hand.ctrl(K.Key_R)
    hand.answer("Pli revenu")
    assert hand.card(BA).in_stock


def test_labels_are_printed_for_all_those_to_shelve_or_for_the_one_chosen(hand: StockHand) -> None:
    open_tab(hand, Tab.SHELVE)
    assert offered(hand) == ["labels"]
    hand.ctrl(K.Key_P)
    open_tab(hand, Tab.BACK)
    hand.ctrl(K.Key_P)
    assert told(hand).startswith("Choisissez d’abord un titre")
    open_tab(hand, Tab.HERE)
    hand.scan(hand.sleeve(BA))
    hand.ctrl(K.Key_P)
    assert len(hand.asked.pages) == 2


def test_a_key_without_a_permit_says_what_to_choose(hand: StockHand) -> None:
    hand.ctrl(K.Key_H)
    assert told(hand).startswith("Choisissez d’abord un titre")


def test_every_tab_is_reached_by_keys_and_says_what_is_in_it(hand: StockHand) -> None:
    met = []
    for _tab in Tab:
        hand.ctrl(K.Key_PageDown)
        met.append(screen_of(hand).flow.state.tab)
        assert screen_of(hand).view.hint.text()
    assert met == [*list(Tab)[1:], Tab.HERE]


def test_everything_that_takes_focus_has_a_name_and_rows_are_sentences(hand: StockHand) -> None:
    nameless = [
        type(one).__name__
        for one in screen_of(hand).findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not one.accessibleName()
    ]
    assert nameless == []
    first = screen_of(hand).view.table.rows()[0]
    assert first.sentence.startswith(f"Nom {first.cells[0]}, Titre n° ")


def test_no_two_actions_on_offer_have_one_key(hand: StockHand) -> None:
    for number in (SOW, BA, LI):
        hand.scan(hand.sleeve(number))
        keys = [action.key for action in screen_of(hand).bar.actions_shown]
        assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_personal_data_are_covered(hand: StockHand) -> None:
    hand.screen.hide_people(True)
    assert not screen_of(hand).view.isVisible()
    hand.screen.hide_people(False)
    assert screen_of(hand).view.isVisible()


def test_only_permits_older_than_the_delay_join_those_to_send_back() -> None:
    old, new = (
        Permit(number, (PermitListing(LIST, "2026-11-01", number, received_on=day),), "Poste 2")
        for number, day in (("OLD000001", "2026-08-01"), ("NEW000001", "2026-11-20"))
    )
    look = StockLook(date(2026, 11, 24), here=(old, new), delay=90)
    assert of_tab(look, Tab.BACK) == (old,)
    assert of_tab(StockLook(date(2026, 11, 24), here=(old, new)), Tab.BACK) == ()


@given(st.text(max_size=40))
def test_any_text_is_read_as_a_tray_and_a_rank_in_capitals(text: str) -> None:
    tray, rank = tray_and_rank(text)
    for part in (tray, rank):
        assert part == part.strip()
        assert part == " ".join(part.upper().split())


def test_the_first_letters_of_a_scan_are_no_search(hand: StockHand) -> None:
    hand.scan("8ZZ00TT11X")
    assert screen_of(hand).flow.state.wanted == ""
    assert len(shown(hand)) == len(LOT)


@pytest.mark.parametrize(
    ("text", "read"),
    [("bac a", ("A", "")), ("BAC-14/37", ("14", "37")), ("b/2", ("B", "2")), ("Bac", ("BAC", "")), ("", ("", ""))],
)
def test_labels_of_trays_are_read_with_or_without_their_word(text: str, read: tuple[str, str]) -> None:
    assert tray_and_rank(text) == read


def test_the_field_keeps_the_focus_after_each_gesture(hand: StockHand) -> None:
    hand.scan(hand.sleeve(BA))
    hand.ctrl(K.Key_L)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert focused is screen_of(hand).field


def test_the_label_of_a_tray_shows_what_it_holds_and_shelves_what_is_in_hand(hand: StockHand) -> None:
    hand.scan("BAC A")
    assert shown(hand)
    assert {hand.card(row.cells[1]).place.tray for row in screen_of(hand).view.table.rows()} == {"A"}  # type: ignore[union-attr]
    open_tab(hand, Tab.SHELVE)
    hand.scan(hand.sleeve(LI))
    hand.scan("BAC A")
    place = hand.card(LI).place
    assert place is not None
    assert (place.tray, place.scanned) == ("A", True)


def test_labels_of_trays_are_printed_for_those_in_use_and_new_ones(hand: StockHand) -> None:
    hand.ctrl(K.Key_P)
    box = hand.box(FieldsBox)
    assert "A" in box.line("trays").text().split(", ")
    hand.answer("A, Z 9")
    (page,) = hand.asked.pages
    assert isinstance(page, Paper)
    assert page.file_name.startswith("etiquettes-bacs-")


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_a_card_number_of_wide_letters_is_whole_in_every_list(hand: StockHand, theme: Theme, scale: int) -> None:
    theme.choose(Choice.LIGHT, scale)
    hand.screen.resize(1250, 600)
    view = screen_of(hand).view
    for table, columns in ((view.table, permit_columns), (view.differences, count_columns)):
        place = [column.title for column in columns(hand.bench.words)].index("Titre n°")
        margin = 2 * (table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
        assert table.columnWidth(place) >= table.fontMetrics().horizontalAdvance("5MW7WM2Y9") + margin
    theme.choose(Choice.LIGHT, 100)
