"""Calling people in: nothing is promised before it is accepted, nothing is said to have left that did not."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter_app.domain.acts import ActKind
from counter_app.messages.mail import MailServer, SmtpCarrier
from counter_app.ui.screens.fields_box import FieldsBox
from counter_app.ui.screens.summons.page import SummonsScreen
from counter_app.ui.screens.summons.state import Tab
from counter_app.ui.theme import Theme
from counter_app.usecases.receive_permits import receive_permits
from counter_app.usecases.send_summons import send
from counter_app.usecases.stock import hold
from counter_app.usecases.summon import change_phone, waiting
from counter_app.usecases.summons_messages import summons_messages
from counter_app.usecases.undo import undo
from tests.imports.permit_lists import permit
from tests.messages.mail_server import HOST, Mailbox, mail_server, serving
from tests.ui.stock_desk import DIOP, EL, LI, NOT_CONVENED, SOW, StockHand, at_the_stock, lot_file
from tests.ui.workbenches import NOW, bench_on, open_desk
from tests.usecases.permits_at_hand import mark

K = Qt.Key


@pytest.fixture
def hand(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[StockHand]:
    with (
        bench_on(open_desk(tmp_path, "nord"), theme, qapp) as (bench, asked),
        at_the_stock(SummonsScreen(bench), bench, asked, qtbot, tmp_path) as made,
    ):
        yield made


def screen_of(hand: StockHand) -> SummonsScreen:
    assert isinstance(hand.screen, SummonsScreen)
    return hand.screen


def told(hand: StockHand) -> str:
    return screen_of(hand).result.text


def shown(hand: StockHand) -> list[str]:
    return [row.cells[0] for row in screen_of(hand).table.rows()]


def message(hand: StockHand) -> str:
    return screen_of(hand).view.text.text()


def slots(hand: StockHand) -> list[datetime | None]:
    state = screen_of(hand).flow.state
    return [state.slot_of(one) for one in state.permits]


def row(hand: StockHand, name: str) -> str:
    """What is said at the end of somebody's row."""
    return screen_of(hand).table.rows()[shown(hand).index(name)].cells[-1]


def choose(hand: StockHand, name: str) -> None:
    screen_of(hand).table.choose(shown(hand).index(name))
    hand.quiet()


def counts(hand: StockHand) -> dict[str, int]:
    texts = {tab: button.text() for tab, button in screen_of(hand).view.tabs.buttons.items()}
    return {tab: int(text.rpartition("(")[2].rstrip(")")) for tab, text in texts.items()}


def open_tab(hand: StockHand, tab: Tab) -> None:
    screen_of(hand).view.tabs.buttons[tab.value].click()
    hand.quiet()


def exported(folder: Path) -> list[list[str]]:
    (place,) = folder.glob("convocations-*/sms.csv")
    with place.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))[1:]


def test_hours_are_proposed_about_a_week_ahead_and_nothing_is_recorded(hand: StockHand) -> None:
    assert sorted(shown(hand)) == ["DIOP Awa", "LI Wei", "ÉL Amrani"]
    assert all(slot and timedelta(days=6) <= slot - NOW <= timedelta(days=10) for slot in slots(hand))
    assert counts(hand) == {"waiting": 3, "to_send": 0, "missed": 2, "not_absent": 0}
    assert hand.card(LI).slot is None
    assert len(waiting(hand.bench.desk)) == 3


def test_a_message_that_will_speak_of_no_stamp_because_nobody_said_its_amount_is_told(
    hand: StockHand, tmp_path: Path
) -> None:
    unsaid = permit("2KD02MNB4", "KEÏTA Fanta", **{**NOT_CONVENED, "timbre à acquitter (€)": ""})
    free = permit("3KD02MNB4", "KONÉ Ali", **{**NOT_CONVENED, "timbre à acquitter (€)": "0"})
    receive_permits(hand.bench.desk, lot_file(tmp_path, unsaid, free, name="autre.csv"))
    hand.bench.acted.emit()
    hand.quiet()
    assert row(hand, "KEÏTA Fanta") == "Français · timbre inconnu"
    assert row(hand, "KONÉ Ali") == row(hand, "LI Wei") == "Français"


def test_enter_accepts_the_hour_of_one_person_after_the_message_was_read(hand: StockHand) -> None:
    choose(hand, "LI Wei")
    assert message(hand).startswith("Votre titre de séjour est disponible.")
    hand.press(K.Key_Return)
    assert hand.card(LI).slot is not None
    assert hand.card(LI).summoned_on is None
    assert counts(hand)["to_send"] == 1
    assert hand.card(EL).slot is None


def test_all_are_accepted_then_exported_once_and_noted_as_sent(hand: StockHand, tmp_path: Path) -> None:
    hand.ctrl(K.Key_Return)
    assert told(hand) == "3 personnes convoquées. Les messages sont à envoyer."
    open_tab(hand, Tab.TO_SEND)
    assert shown(hand)[-1] == "DIOP Awa"
    assert "1 personne ne peut recevoir de SMS" in screen_of(hand).view.hint.text()
    screen_of(hand).send_to(tmp_path)
    hand.quiet()
    assert {row[0] for row in exported(tmp_path)} == {"+33612340001"}
    assert len(exported(tmp_path)) == 2
    assert hand.card(LI).summoned_on == "2026-11-24"
    assert hand.card(DIOP).summoned_on is None
    screen_of(hand).send_to(tmp_path)
    hand.quiet()
    assert told(hand) == "Aucun message n’attend de partir."


def test_an_hour_that_desks_apart_filled_is_told_above_the_list(hand: StockHand, tmp_path: Path) -> None:
    places = [permit(f"CARD0000{place}", f"KONÉ Ali {place}", **NOT_CONVENED) for place in range(5)]
    slot = datetime.fromisoformat("2026-12-10T10:00+01:00")
    receive_permits(hand.bench.desk, lot_file(tmp_path, *places, name="autre.csv"))
    for place in range(5):
        mark(hand.bench.desk, hand.card(f"CARD0000{place}").id, ActKind.PERMIT_SUMMONED, slot=slot.isoformat())
    hand.bench.acted.emit()
    hand.quiet()
    assert "5 convoqués pour 4 places." in screen_of(hand).view.hint.text()


def test_who_was_told_at_a_number_that_changed_since_is_to_be_told_again(hand: StockHand, tmp_path: Path) -> None:
    hand.ctrl(K.Key_Return)
    open_tab(hand, Tab.TO_SEND)
    screen_of(hand).send_to(tmp_path)
    hand.quiet()
    assert "LI Wei" not in shown(hand)
    assert change_phone(hand.bench.desk, hand.card(LI).id, "+33699887766").done
    hand.bench.acted.emit()
    hand.quiet()
    assert "LI Wei" in shown(hand)


def test_a_folder_that_cannot_be_written_leaves_everything_to_send(hand: StockHand, tmp_path: Path) -> None:
    hand.ctrl(K.Key_Return)
    blocked = tmp_path / "fichier"
    blocked.write_text("", encoding="utf-8")
    screen_of(hand).send_to(blocked)
    hand.quiet()
    assert "ne peut pas être écrit" in told(hand)
    assert counts(hand)["to_send"] == 3


def test_the_message_is_shown_in_the_language_that_helps_the_person(hand: StockHand) -> None:
    choose(hand, "LI Wei")
    french = message(hand)
    hand.ctrl(K.Key_L)
    assert message(hand) != french
    assert message(hand).startswith("Votre titre de séjour est disponible.")
    choose(hand, "ÉL Amrani")
    assert screen_of(hand).flow.state.language_of(hand.card(EL)) == "fr"
    choose(hand, "LI Wei")
    hand.press(K.Key_Return)
    assert hand.card(LI).standing[-1].details["language"] != "fr"


def test_another_hour_is_kept_on_the_page_and_judged_when_it_is_accepted(hand: StockHand) -> None:
    choose(hand, "LI Wei")
    hand.ctrl(K.Key_R)
    box = hand.box(FieldsBox)
    box.line("day").setText("le 40")
    hand.press(K.Key_Return)
    assert box.rows["day"].message.text == "Écrivez la date comme 27/3/2026"
    hand.answer("5/12/2026", "9h")
    saturday = datetime(2026, 12, 5, 9, tzinfo=NOW.tzinfo)
    assert saturday in slots(hand)
    assert hand.card(LI).slot is None
    choose(hand, "LI Wei")
    hand.press(K.Key_Return)
    assert "hors de la fenêtre de remise" in told(hand)
    hand.ctrl(K.Key_R)
    hand.answer("4/12/2026", "9 h 20")
    choose(hand, "LI Wei")
    hand.press(K.Key_Return)
    assert hand.card(LI).slot == datetime(2026, 12, 4, 9, 20, tzinfo=NOW.tzinfo)


def test_an_hour_already_given_is_moved_with_a_reason(hand: StockHand) -> None:
    hand.ctrl(K.Key_Return)
    open_tab(hand, Tab.TO_SEND)
    choose(hand, "LI Wei")
    hand.ctrl(K.Key_R)
    hand.answer("4/12/2026", "9h20", "Personne absente ce jour-là")
    assert hand.card(LI).slot == datetime(2026, 12, 4, 9, 20, tzinfo=NOW.tzinfo)
    assert hand.card(LI).standing[-1].details["reason"] == "Personne absente ce jour-là"


def test_a_new_telephone_makes_a_person_reachable(hand: StockHand) -> None:
    choose(hand, "DIOP Awa")
    assert "courrier" in message(hand)
    hand.ctrl(K.Key_T)
    box = hand.box(FieldsBox)
    box.line("phone").setText("12")
    hand.press(K.Key_Return)
    assert box.rows["phone"].message.text.startswith("Écrivez le téléphone")
    hand.answer("06 12 34 00 09")
    assert hand.card(DIOP).phone == "+33612340009"
    choose(hand, "DIOP Awa")
    assert message(hand).startswith("Votre titre de séjour est disponible.")


def test_who_takes_no_sms_is_told_by_an_email_whose_address_is_kept_nowhere(hand: StockHand, tmp_path: Path) -> None:
    hand.ctrl(K.Key_Return)
    open_tab(hand, Tab.TO_SEND)
    choose(hand, "DIOP Awa")
    hand.ctrl(K.Key_M)
    hand.answer("awa@exemple.fr")
    screen_of(hand).send_to(tmp_path)
    hand.quiet()
    (mail,) = tmp_path.glob("convocations-*/*.eml")
    assert b"awa@exemple.fr" in mail.read_bytes()
    assert hand.card(DIOP).summoned_on == "2026-11-24"
    assert "exemple.fr" not in str(hand.card(DIOP).standing)


def test_an_e_mail_that_may_have_left_is_said_so_and_leaves_again_only_with_its_address_given_anew(
    hand: StockHand, tmp_path: Path
) -> None:
    hand.ctrl(K.Key_Return)
    open_tab(hand, Tab.TO_SEND)
    choose(hand, "DIOP Awa")
    hand.ctrl(K.Key_M)
    hand.answer("awa@exemple.fr")
    with serving(Mailbox(cuts_after="awa@exemple.fr")) as box:
        server = f"{HOST}:{box.port}"
        hand.bench.office.change(mail_server=server, mail_security="none", mail_sender="remise@exemple.fr")
        screen_of(hand).send_to(tmp_path)
        hand.quiet()
        assert "1 message est peut-être déjà parti" in told(hand)
        choose(hand, "DIOP Awa")
        assert "peut-être déjà parti" in message(hand)
        assert "e-mail du 24/11/2026 peut-être parti" in row(hand, "DIOP Awa")
        box.cuts_after = ""
        screen_of(hand).send_to(tmp_path)
        hand.quiet()
        assert len(box.taken) == 1
        hand.ctrl(K.Key_M)
        hand.answer("awa@exemple.fr")
        screen_of(hand).send_to(tmp_path)
        hand.quiet()
    assert len(box.taken) == 2
    assert len({message_from_bytes(raw)["Message-ID"] for _address, raw in box.taken}) == 1
    assert hand.card(DIOP).summoned_on == "2026-11-24"


def test_somebody_who_has_the_e_mail_is_told_by_one_key(hand: StockHand) -> None:
    hand.ctrl(K.Key_Return)
    diop = hand.card(DIOP)
    ready = summons_messages(hand.bench.desk, [diop], {diop.id: "awa@exemple.fr"})
    with serving(Mailbox(cuts_after="awa@exemple.fr")) as box:
        send(hand.bench.desk, ready, SmtpCarrier(MailServer(HOST, "remise@exemple.fr", box.port, "none")))
    open_tab(hand, Tab.TO_SEND)
    screen_of(hand).flow.refresh()
    hand.quiet()
    choose(hand, "DIOP Awa")
    hand.ctrl(K.Key_E)
    assert told(hand) == "DIOP Awa : noté, a reçu l’e-mail."
    assert hand.card(DIOP).summoned_on == "2026-11-24"


def test_a_missed_hour_tells_what_the_notice_prescribes_and_is_noted_once(hand: StockHand) -> None:
    open_tab(hand, Tab.MISSED)
    assert set(shown(hand)) >= {"SOW Aïssata"}
    assert "pref-titres-etrangers@nord.gouv.fr" in screen_of(hand).view.hint.text()
    choose(hand, "SOW Aïssata")
    assert "est passé" in message(hand)
    hand.ctrl(K.Key_Return)
    assert hand.card(SOW).missed_slots
    assert told(hand) == "2 absences notées."
    assert len(hand.card(SOW).missed_slots) == 1


def test_whoever_came_and_left_without_the_permit_is_in_a_list_of_their_own_and_gets_another_hour(
    hand: StockHand,
) -> None:
    permit = hand.card(SOW)
    assert permit.slot is not None
    hold(hand.bench.desk, permit.id, "Contrôle")
    screen_of(hand).activated()
    hand.quiet()
    assert counts(hand) == {"waiting": 3, "to_send": 0, "missed": 1, "not_absent": 1}
    open_tab(hand, Tab.NOT_ABSENT)
    assert shown(hand) == ["SOW Aïssata"]
    choose(hand, "SOW Aïssata")
    assert "aucun message" in message(hand)
    assert offered(hand) == ["move", "phone"]


def test_a_sleeve_goes_to_the_row_of_its_person_in_whichever_list(hand: StockHand) -> None:
    hand.scan(hand.sleeve(EL))
    assert screen_of(hand).flow.state.chosen == hand.card(EL).id
    hold(hand.bench.desk, hand.card(LI).id, "Contrôle")
    screen_of(hand).activated()
    hand.quiet()
    hand.scan(hand.sleeve(LI))
    assert told(hand).startswith("LI Wei n’est dans aucune de ces listes")
    hand.scan("PGRBBBBBBBBB")
    assert "mal lu" in told(hand)


def test_everything_that_takes_focus_has_a_name(hand: StockHand) -> None:
    for tab in Tab:
        open_tab(hand, tab)
        nameless = [
            type(one).__name__
            for one in screen_of(hand).findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not one.accessibleName()
        ]
        assert nameless == []


def test_escape_goes_back_to_those_who_wait_then_leaves(hand: StockHand) -> None:
    open_tab(hand, Tab.MISSED)
    assert screen_of(hand).step_back()
    assert screen_of(hand).flow.state.tab is Tab.WAITING
    assert not screen_of(hand).step_back()


def test_the_sign_sheet_of_the_day_is_printed_from_any_list(hand: StockHand) -> None:
    for tab in Tab:
        open_tab(hand, tab)
        hand.ctrl(K.Key_P)
    assert len(hand.asked.pages) == len(Tab)


def offered(hand: StockHand) -> list[str]:
    return [action.slug for action in screen_of(hand).bar.actions_shown]


def test_somebody_told_by_letter_or_by_phone_leaves_the_list_by_one_key(hand: StockHand) -> None:
    hand.ctrl(K.Key_Return)
    open_tab(hand, Tab.TO_SEND)
    assert screen_of(hand).view.hint.text().startswith("2 messages prêts, facturés 6 SMS.")
    choose(hand, "DIOP Awa")
    hand.ctrl(K.Key_L)
    assert told(hand) == "DIOP Awa\u00a0: noté, prévenu par courrier."
    assert hand.card(DIOP).summoned_on == "2026-11-24"
    choose(hand, "LI Wei")
    hand.ctrl(K.Key_D)
    assert (told(hand), counts(hand)["to_send"]) == ("LI Wei\u00a0: noté, prévenu par téléphone.", 1)


def test_a_list_opened_by_its_name_has_its_first_row_chosen(hand: StockHand) -> None:
    hand.ctrl(K.Key_Return)
    screen_of(hand).activated(Tab.TO_SEND.value)
    hand.quiet()
    hand.ctrl(K.Key_D)
    assert counts(hand)["to_send"] == 2


def test_a_list_opened_again_still_says_whom_its_keys_are_about(hand: StockHand) -> None:
    hand.ctrl(K.Key_Return)
    for _time in range(2):
        screen_of(hand).activated(Tab.TO_SEND.value)
        hand.quiet()
    assert "by_phone" in offered(hand)
    assert message(hand)
    hand.ctrl(K.Key_D)
    assert counts(hand)["to_send"] == 2


def test_absences_noted_are_told_by_the_same_way_and_once(hand: StockHand, tmp_path: Path) -> None:
    open_tab(hand, Tab.MISSED)
    assert offered(hand)[0] == "note_missed"
    hand.ctrl(K.Key_Return)
    assert offered(hand)[0] == "send_missed"
    screen_of(hand).send_to(tmp_path)
    hand.quiet()
    (place,) = tmp_path.glob("absences-*/sms.csv")
    assert "est passé" in place.read_text("utf-8-sig")
    assert "send_missed" not in offered(hand)
    assert any("prévenu le 24/11/2026" in row.cells[-1] for row in screen_of(hand).table.rows())


def test_what_was_said_is_put_away_once_it_is_taken_back(hand: StockHand, tmp_path: Path) -> None:
    hand.ctrl(K.Key_Return)
    open_tab(hand, Tab.TO_SEND)
    screen_of(hand).send_to(tmp_path)
    hand.quiet()
    assert "noté" in told(hand)
    assert offered(hand)[0] != "send"
    done = undo(hand.bench.desk)
    assert done.gesture is not None
    screen_of(hand).undone(done.gesture.subject_id)
    hand.quiet()
    assert screen_of(hand).result.isHidden()
    assert offered(hand)[0] == "send"


def test_e_mails_alone_leave_by_the_server_without_asking_for_a_folder(hand: StockHand) -> None:
    choose(hand, "DIOP Awa")
    hand.press(K.Key_Return)
    open_tab(hand, Tab.TO_SEND)
    with mail_server() as box:
        values = {"mail_server": f"127.0.0.1:{box.port}", "mail_security": "none", "mail_sender": "remise@exemple.fr"}
        hand.bench.change_settings(**values)
        hand.quiet()
        choose(hand, "DIOP Awa")
        hand.ctrl(K.Key_M)
        hand.answer("awa@exemple.fr")
        hand.ctrl(K.Key_Return)
        hand.qtbot.waitUntil(lambda: told(hand) == "1 e-mail est parti.")
    assert [to for to, _raw in box.taken] == ["awa@exemple.fr"]
    assert hand.card(DIOP).summoned_on == "2026-11-24"


def test_a_server_that_is_not_there_is_told_and_everything_waits(hand: StockHand) -> None:
    choose(hand, "DIOP Awa")
    hand.press(K.Key_Return)
    open_tab(hand, Tab.TO_SEND)
    with mail_server() as box:
        port = box.port
    hand.bench.change_settings(mail_server=f"127.0.0.1:{port}", mail_security="none")
    hand.quiet()
    choose(hand, "DIOP Awa")
    hand.ctrl(K.Key_M)
    hand.answer("awa@exemple.fr")
    hand.ctrl(K.Key_Return)
    hand.qtbot.waitUntil(lambda: told(hand).startswith("1 message n’est pas parti."))
    assert "ne répond pas" in told(hand)
    assert counts(hand)["to_send"] == 1
