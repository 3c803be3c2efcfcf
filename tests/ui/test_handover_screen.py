"""« Remise »: each scan ticks its line, nothing is handed over before a second Ctrl+Enter, and once only."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from counter_app.domain.acts import SubjectType
from counter_app.domain.handover_draft import BY_HAND, Collector, IdentityResult, Line, Signature
from counter_app.domain.handover_record import record_in
from counter_app.domain.permit import PermitState
from counter_app.ui.screens.commands import COMMANDS
from counter_app.ui.screens.handover.questions import AmountBox, CollectorBox, PhoneBox, SignatureBox
from counter_app.ui.screens.handover.state import Showing
from counter_app.ui.screens.reception.page import Reception
from counter_app.ui.screens.stock.page import StockScreen
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.reason import ReasonBox
from counter_app.ui.widgets.signature_pad import SignaturePad
from counter_app.usecases.answers import Override
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.typed import LONGEST_TOLD
from tests.ui.handover_desk import ALT, ENTER, HandoverDesk, handover_desk, make_handover_home
from tests.ui.reception_desk import NOW
from tests.ui.test_signature_pad import sign_with_a_mouse, sign_with_a_pen
from tests.usecases.permits_at_hand import OTHER_STAMP, STAMP, full_draft, receive

FOCUS = Qt.FocusPolicy.TabFocus
ESCAPE, CTRL = Qt.Key.Key_Escape, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_handover_home(tmp_path_factory.mktemp("made"))


@pytest.fixture
def desk(made: Path, tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[HandoverDesk]:
    home = Path(shutil.copytree(made, tmp_path / "poste"))
    with handover_desk(home, theme, qapp, qtbot) as opened:
        yield opened


def check(text: str) -> str:
    """Check digit of a zone (ICAO 9303: weights 7, 3, 1)."""
    value = {**{str(n): n for n in range(10)}, "<": 0, **{chr(65 + n): 10 + n for n in range(26)}}
    return str(sum(value[sign] * (7, 3, 1)[place % 3] for place, sign in enumerate(text)) % 10)


def zone(surname: str, given: str, born: str = "910704", number: str = "12AB34567") -> str:
    """The zone of an invented passport."""
    expiry, rest = "310101", "<" * 14
    dated = f"{born}{check(born)}", f"{expiry}{check(expiry)}"
    composite = check(f"{number}{check(number)}{dated[0]}{dated[1]}{rest}{check(rest)}")
    first = f"P<FRA{surname}<<{given}".ljust(44, "<")
    return f"{first}\r{number}{check(number)}FRA{dated[0]}F{dated[1]}{rest}{check(rest)}{composite}"


def card_zone(surname: str, given: str, born: str = "910704", number: str = "77CARD001") -> str:
    """The zone of an invented residence permit, three lines."""
    expiry = "270101"
    first = f"IRFRA{number}{check(number)}".ljust(30, "<")
    dated = f"{born}{check(born)}F{expiry}{check(expiry)}"
    optional = "<" * 11
    composite = check(f"{first[5:]}{born}{check(born)}{expiry}{check(expiry)}{optional}")
    return f"{first}\r{dated}MAR{optional}{composite}\r{surname}<<{given}".ljust(30, "<").ljust(30 * 3 + 2, "<")


def all_by_keys(desk: HandoverDesk, name: str = "PRÊT Anne") -> None:
    """Every line done with one key each, but the stamp, which is scanned."""
    desk.meet(name)
    desk.enter()
    desk.enter()
    desk.scan(STAMP)
    desk.enter()


def test_answers_that_come_at_the_end_of_a_test_find_its_window(desk: HandoverDesk) -> None:
    """Widgets that went before them made other tests fail now and then, at their end."""

    def asked(left: int) -> None:
        desk.page.view.show_window()
        if left:
            desk.bench.do(lambda: None, lambda _none: asked(left - 1))

    asked(50)


# the way through


def test_two_scans_without_waiting_both_tick_their_line(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.scanned(zone("PRET", "ANNE"))
    desk.page.scanned(STAMP)
    desk.quiet()
    draft = desk.page.state.draft
    assert (draft.identity_document, [stamp.last for stamp in draft.stamps]) == ("passport", [STAMP[-4:]])


def test_four_keys_hand_a_permit_over_when_all_is_scanned(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    assert desk.slug == "permit_ready"
    desk.scan(zone("PRET", "ANNE"))
    desk.scan(STAMP)
    desk.enter()
    desk.enter()
    assert desk.permit("PRÊT Anne").state is PermitState.SHELVED
    desk.commit()
    desk.commit()
    assert desk.slug == "handed_over"
    assert desk.keys == 4
    record = record_in(desk.permit("PRÊT Anne").departure)
    assert record is not None
    assert (record.sleeve, record.identity_document, record.identity_read_by) == ("scanned", "passport", "mrz")
    assert record.verified
    assert record.signature is Signature.PAPER
    assert record.stamps[0].last == STAMP[-4:]


def test_no_more_than_twenty_six_keys_when_nothing_is_scanned(desk: HandoverDesk) -> None:
    desk.types("prêt")
    desk.enter()
    assert desk.slug == "permit_ready"
    desk.enter()  # the sleeve, read by eye
    desk.enter()  # the identity
    desk.enter()  # the récépissé
    desk.types(STAMP)
    desk.enter()
    desk.enter()  # on paper
    desk.commit()
    desk.commit()
    assert desk.slug == "handed_over"
    assert desk.keys <= 4 + 1 + 3 + 16 + 2 + 2
    record = record_in(desk.permit("PRÊT Anne").departure)
    assert record is not None
    assert record.sleeve == BY_HAND


def test_the_place_of_the_permit_is_the_largest_text(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    lines = desk.page.view.panel._lines
    assert lines["place"].text() == "BAC D · POCHETTE 10"
    assert lines["place"].font().pointSizeF() > lines["title"].font().pointSizeF()


def test_the_first_ctrl_enter_shows_the_summary_and_records_nothing(desk: HandoverDesk) -> None:
    all_by_keys(desk)
    before = desk.acts()
    desk.commit()
    assert desk.page.state.reviewing
    assert desk.actions == ["commit", "correct"]
    assert desk.page.view.panel.verdict is not None
    assert "Identité\u00a0: Passeport · vérifiée · à l’œil" in desk.page.view.panel.verdict.notes
    assert not desk.page.view.lines.isVisible()
    assert desk.acts() == before


@pytest.mark.parametrize("by_button", [False, True])
def test_one_goes_from_the_summary_back_to_the_page(desk: HandoverDesk, by_button: bool) -> None:
    all_by_keys(desk)
    desk.commit()
    if by_button:
        desk.page.view.offers.triggered.emit("correct")
    else:
        desk.press(ESCAPE)
    assert not desk.page.state.reviewing
    assert desk.page.view.lines.isVisible()


def test_enter_alone_never_hands_over(desk: HandoverDesk) -> None:
    all_by_keys(desk)
    desk.enter()
    assert desk.page.view.missing.text == "Une remise se confirme par Ctrl+Entrée."
    desk.commit()
    desk.enter()
    assert desk.permit("PRÊT Anne").in_stock


def test_pressed_too_early_the_focus_goes_to_the_line_that_lacks_and_it_is_said(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.view.scan.line.setFocus()
    desk.commit()
    assert desk.page.view.missing.text == "Il manque\u00a0: identité, ancien document, timbre, signature."
    assert "Il manque\u00a0: identité, ancien document, timbre, signature." in desk.said
    assert desk.focused == "Vérifiée, Entrée"
    assert desk.permit("PRÊT Anne").attempts == 0


def test_each_scan_ticks_its_line_wherever_the_focus_is(desk: HandoverDesk) -> None:
    desk.scan("5977777700")
    assert not desk.page.view.lines.lines[Line.SLEEVE].done
    desk.page.view.commit.setFocus()
    desk.scan(STAMP)
    assert desk.page.view.lines.lines[Line.STAMP].done
    desk.page.view.commit.setFocus()
    desk.scan(desk.sleeve("PRÊT Anne"))
    assert desk.page.view.lines.lines[Line.SLEEVE].done
    assert desk.permit("PRÊT Anne").in_stock


def test_a_receipt_is_printed_and_the_next_person_begins_on_an_empty_page(desk: HandoverDesk) -> None:
    all_by_keys(desk)
    desk.commit()
    desk.commit()
    assert len(desk.papers) == 1
    desk.enter()
    assert desk.page.state.showing is Showing.READY
    desk.meet("TIMBRE Vu")
    assert desk.page.state.draft.identity_result is None
    assert desk.page.state.draft.stamps == ()


def test_the_undo_of_the_desk_takes_it_back_within_a_minute_and_the_page_begins_again(desk: HandoverDesk) -> None:
    all_by_keys(desk)
    desk.commit()
    desk.commit()
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.permit("PRÊT Anne").in_stock
    for _again in range(2):
        draft = desk.page.state.draft
        done = (draft.identity_result, draft.old_document, draft.signature, draft.stamps)
        assert (desk.slug, done) == ("permit_ready", (None, None, None, ()))
        assert desk.page.view.missing.text != "Page reprise là où elle était."
        desk.press(ESCAPE)
        desk.meet("PRÊT Anne")


def test_after_the_minute_the_supervisor_takes_it_back_with_a_reason(desk: HandoverDesk) -> None:
    all_by_keys(desk)
    desk.commit()
    desk.commit()
    desk.clock(NOW + timedelta(minutes=2))
    desk.press(Qt.Key.Key_Z, CTRL)
    assert not desk.permit("PRÊT Anne").in_stock
    desk.press(ESCAPE)
    desk.meet("PRÊT Anne")
    assert desk.slug == "already_handed_over"
    desk.page.deeds.run("undo_with_supervisor")
    box = desk.dialog(ReasonBox)
    box.ready.choose(2)
    box.supervisor.setText("Mme Roux")
    desk.press(ENTER)
    desk.answered()
    assert desk.permit("PRÊT Anne").in_stock


def test_the_minute_counts_down_unsaid_and_then_the_supervisor_alone_takes_it_back(desk: HandoverDesk) -> None:
    all_by_keys(desk)
    desk.commit()
    desk.commit()
    said, panel = list(desk.said), desk.page.view.panel
    desk.clock(NOW + timedelta(seconds=10))
    desk.qtbot.waitUntil(lambda: "Annulable 50" in panel.accessibleName())
    assert desk.said == said
    assert "undo" in desk.actions
    desk.clock(NOW + timedelta(seconds=75))
    desk.qtbot.waitUntil(lambda: "responsable" in panel.accessibleName())
    assert "Annulable" not in panel.accessibleName()
    assert "undo" not in desk.actions
    assert "undo_with_supervisor" in desk.actions


# what stops


def test_the_sleeve_of_another_person_stops_and_is_kept_as_a_near_miss(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(desk.sleeve("TIMBRE Vu"))
    assert desk.slug == "wrong_sleeve"
    assert desk.acts()[0] == ("handover_attempted", "wrong_sleeve")
    assert "stop" in desk.sounds
    desk.commit()
    assert desk.slug == "wrong_sleeve"
    desk.scan(desk.sleeve("PRÊT Anne"))
    assert desk.slug == "permit_ready"
    assert desk.acts()[0] == ("handover_attempted", "wrong_sleeve")


def test_after_a_wrong_sleeve_enter_never_says_that_it_was_read_by_eye(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(desk.sleeve("TIMBRE Vu"))
    for _ in range(4):
        desk.enter()
        assert desk.page.state.draft.sleeve != BY_HAND
    assert desk.page.view.missing.text == "Scannez la pochette de cette personne."
    verdict = desk.page.view.panel.verdict
    assert verdict is not None
    assert (verdict.family, verdict.title) == ("warn", "SCANNEZ LA BONNE POCHETTE")
    desk.commit()
    desk.enter()
    desk.scan(COMMANDS["confirm"])
    assert desk.page.state.draft.sleeve == ""
    desk.scan(desk.sleeve("PRÊT Anne"))
    assert desk.page.view.lines.lines[Line.SLEEVE].done
    assert desk.focused == "Vérifiée, Entrée"


def test_after_a_wrong_sleeve_the_eye_alone_is_no_way_round(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(desk.sleeve("TIMBRE Vu"))
    assert "ask_approval" not in desk.actions
    desk.enter()
    desk.press(Qt.Key.Key_Down)
    assert desk.focused == "Lue à l’œil", "Enter is no more what is proposed"
    desk.enter()
    assert desk.page.state.draft.sleeve == BY_HAND
    assert desk.page.view.lines.lines[Line.SLEEVE].look[1] == "stop-text", "no green tick under a STOP"
    verdict = desk.page.view.panel.verdict
    assert verdict is not None
    assert (verdict.slug, verdict.family, verdict.title) == ("wrong_sleeve", "stop", "SCANNEZ LA BONNE POCHETTE")
    assert desk.actions == ["scan_right_sleeve", "ask_approval"]
    desk.press(ESCAPE)
    desk.scan(desk.permit("PRÊT Anne").foreign_number or "")
    assert desk.slug == "wrong_sleeve", "the page kept knows of it"
    assert [verdict for kind, verdict in desk.acts() if kind == "handover_attempted"].count("wrong_sleeve") == 1
    desk.scan(desk.sleeve("PRÊT Anne"))
    assert (desk.slug, desk.page.state.draft.astray) == ("permit_ready", False)


def test_a_sleeve_read_by_eye_after_a_wrong_one_is_agreed_by_a_supervisor_and_recorded_so(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(desk.sleeve("TIMBRE Vu"))
    desk.page.deeds.run("scan_right_sleeve")
    for line in (Line.SLEEVE, Line.IDENTITY, Line.OLD_DOCUMENT, Line.SIGNATURE):
        desk.page.view.lines.focus(line)
        desk.press(ENTER)
    desk.scan(STAMP)
    desk.commit()
    box = desk.dialog(ReasonBox)
    box.ready.choose(1)
    box.supervisor.setText("Mme Roux")
    desk.press(ENTER)
    desk.answered()
    desk.commit()
    desk.commit()
    assert desk.slug == "handed_over"
    record = record_in(desk.permit("PRÊT Anne").departure)
    assert record is not None
    assert record.agreed is not None
    assert (record.sleeve, record.agreed.lifted) == ("by_hand", ("wrong_sleeve",))


def test_enter_on_a_permit_to_locate_asks_for_its_sleeve(desk: HandoverDesk) -> None:
    desk.scan("5977777703")
    desk.enter()
    assert desk.page.view.missing.text == "Scannez la pochette de cette personne."
    assert desk.page.view.scan.line.hasFocus()


def test_a_permit_of_another_desk_shows_no_tray_to_open_here_and_enter_asks_for_the_agreement(
    desk: HandoverDesk,
) -> None:
    desk.scan("5977777710")
    verdict = desk.page.view.panel.verdict
    assert verdict is not None
    assert (verdict.title, "Garde\u00a0: Poste 7" in verdict.detail) == ("TITRE CONFIÉ À UN AUTRE POSTE", True)
    assert "BAC" not in desk.page.view.panel.accessibleName()
    assert desk.actions == ["see_custody", "ask_approval"]
    desk.scan(desk.sleeve("AILLEURS Zoé"))
    assert desk.actions == ["ask_approval", "see_custody"]
    desk.page.deeds.run("see_custody")
    desk.quiet()
    assert isinstance(desk.window.front, StockScreen)
    assert [one.name for one in desk.window.front.flow.state.found] == ["AILLEURS Zoé"]


def test_a_document_of_somebody_else_is_never_ticked_by_itself(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(zone("AUTRE", "PERSONNE"))
    line = desk.page.view.lines.lines[Line.IDENTITY]
    assert not line.done
    assert "AUTRE PERSONNE" in line.accessibleName()
    assert desk.page.state.draft.identity_document == "passport"
    assert desk.page.state.draft.identity_result is None


def result(desk: HandoverDesk) -> IdentityResult | None:
    """What the page says of the identity."""
    return desk.page.state.draft.identity_result


def test_enter_after_a_document_that_does_not_agree_verifies_nobody(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(zone("AUTRE", "PERSONNE"))
    assert desk.page.view.scan.line.hasFocus()
    verdict = desk.page.view.panel.verdict
    assert verdict is not None
    assert (verdict.family, verdict.title) == ("warn", "COMPAREZ LE DOCUMENT")
    assert sum("Le document lu n’est pas sûrement celui du titulaire" in sentence for sentence in desk.said) == 1
    for _ in range(3):
        desk.enter()
        assert result(desk) is None
        assert desk.page.view.missing.text.startswith("Le document lu n’est pas sûrement celui du titulaire")
    desk.commit()
    desk.enter()
    desk.scan(COMMANDS["confirm"])
    desk.scan(STAMP)
    desk.enter()
    assert result(desk) is None
    desk.press(Qt.Key.Key_Down)
    assert desk.focused == "Vérifiée à l’œil, Alt+V"
    desk.enter()
    assert result(desk) is None
    desk.press(Qt.Key.Key_V, ALT)
    assert result(desk) is IdentityResult.MATCH
    assert desk.focused == "Récépissé rendu, Entrée"


def test_enter_after_a_zone_that_cannot_be_read_verifies_nobody(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    broken = zone("PRET", "ANNE").replace("12AB34567", "12AB34568")
    desk.scan(broken)
    assert desk.page.view.scan.line.hasFocus()
    verdict = desk.page.view.panel.verdict
    assert verdict is not None
    assert verdict.detail.startswith("Bande du document (MRZ) mal lue")
    for _ in range(3):
        desk.enter()
        assert result(desk) is None
        assert desk.page.view.missing.text == verdict.detail


MISREAD = ("P<FRAPRET<<AN", "12AB34567?FRA91O7", "PRFAPRETANNE", "PRET ANNE 12AB", "<<<>>>???", "12AB34567\r<<<<")
"""Zones of which so little was read that nothing tells them from any other text."""


@pytest.mark.parametrize("misread", MISREAD)
def test_enter_after_a_scan_that_nothing_understands_verifies_nobody(desk: HandoverDesk, misread: str) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(misread)
    assert desk.page.view.scan.line.hasFocus()
    for _ in range(3):
        desk.enter()
        assert result(desk) is None
        assert desk.page.view.missing.text.startswith("Ce scan n’a pas été compris")
    desk.commit()
    desk.enter()
    desk.scan(COMMANDS["confirm"])
    desk.scan(STAMP)
    desk.enter()
    desk.press(Qt.Key.Key_Down)
    desk.enter()
    desk.enter()
    assert result(desk) is None


def test_a_page_left_after_a_misread_zone_comes_back_so(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(MISREAD[0])
    desk.press(ESCAPE)
    desk.meet("PRÊT Anne")
    for _ in range(3):
        desk.enter()
        assert result(desk) is None


def test_the_agent_says_by_a_key_of_its_own_that_the_eye_verified(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(MISREAD[0])
    desk.press(Qt.Key.Key_Down)
    assert desk.focused == "Vérifiée à l’œil, Alt+V"
    desk.press(Qt.Key.Key_V, ALT)
    assert (result(desk), desk.page.state.draft.identity_read_by) == (IdentityResult.MATCH, "eye")
    assert desk.focused == "Récépissé rendu, Entrée"
    desk.press(Qt.Key.Key_V, ALT)
    assert desk.page.state.draft.old_document is None


def test_the_number_of_the_document_is_typed_beside_it_and_its_end_alone_is_kept(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.view.lines.number.setFocus()
    desk.types("19 ab 74312\r")
    assert desk.focused == "Vérifiée, Entrée"
    assert result(desk) is None
    desk.enter()
    assert result(desk) is IdentityResult.MATCH
    assert "Passeport · …4312 · vérifiée · à l’œil" in desk.page.view.lines.lines[Line.IDENTITY].accessibleName()
    desk.enter()
    desk.scan(STAMP)
    desk.enter()
    desk.commit()
    desk.commit()
    record = record_in(desk.permit("PRÊT Anne").departures[-1])
    assert record is not None
    assert (record.identity_number, record.identity_read_by) == ("4312", "eye")


def test_a_number_typed_for_somebody_is_not_that_of_the_next(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.view.lines.number.setText("19AB74312")
    desk.press(ESCAPE)
    desk.meet("JOUR Autre")
    assert desk.page.view.lines.number.text() == ""


def test_a_zone_read_well_after_all_ends_the_doubt(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(MISREAD[0])
    desk.scan(zone("PRET", "ANNE"))
    assert result(desk) is IdentityResult.MATCH
    desk.press(Qt.Key.Key_Up)
    desk.enter()
    assert result(desk) is None
    assert desk.focused == "Vérifiée, Entrée"
    desk.enter()
    assert result(desk) is IdentityResult.MATCH


def test_a_code_of_the_service_that_is_misread_puts_no_document_in_doubt(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan("PGRBBBBBBBBB")
    desk.scan("123456789012345")
    desk.enter()
    assert desk.focused == "Vérifiée, Entrée"


def test_a_zone_that_cannot_be_read_is_told_when_the_answer_is_about_something_else(desk: HandoverDesk) -> None:
    broken = zone("PRET", "ANNE").replace("12AB34567", "12AB34568")
    desk.meet("PRÊT Anne")
    desk.enter()
    desk.scan(broken)
    assert desk.page.view.missing.text.startswith("Bande du document (MRZ) mal lue")
    desk.press(ESCAPE)
    desk.meet("JOUR Autre")
    desk.scan(broken)
    assert desk.slug == "permit_other_day"
    assert desk.page.view.missing.text.startswith("Bande du document (MRZ) mal lue")


def test_a_page_left_with_a_document_to_compare_comes_back_so(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(zone("AUTRE", "PERSONNE"))
    desk.press(ESCAPE)
    desk.meet("PRÊT Anne")
    desk.enter()
    assert result(desk) is None
    desk.scan(zone("PRET", "ANNE"))
    assert result(desk) is IdentityResult.MATCH
    assert desk.focused == "Récépissé rendu, Entrée"


def test_a_document_that_does_not_match_is_told_as_it_is_and_noted(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.click("Ne correspond pas")
    assert desk.slug == "identity_not_verified"
    assert desk.page.state.draft.identity_result is IdentityResult.MISMATCH
    desk.enter()
    assert desk.page.state.showing is Showing.READY
    assert desk.acts()[0] == ("handover_attempted", "identity_not_verified")
    desk.meet("PRÊT Anne")
    assert desk.slug == "permit_ready", "the holder comes later, and begins a new page"
    verdict = desk.page.view.panel.verdict
    assert verdict is not None
    assert verdict.notes[0].startswith("Un document ne correspondait pas à 9\u00a0h\u00a020, Poste 2"), (
        "and is looked at"
    )


def test_a_line_that_says_no_never_bears_the_tick_of_a_line_that_is_done(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    line = desk.page.view.lines.lines[Line.IDENTITY]
    desk.click("Ne correspond pas")
    assert line.look == ("user-x", "stop-text")
    assert line.accessibleName().startswith("Identité, non. Passeport · ne correspond pas")
    line.change.click()
    desk.page.view.lines.verify.click()
    desk.quiet()
    assert line.look == ("circle-check", "ok-text")
    assert line.accessibleName().startswith("Identité, fait.")


def test_a_message_for_another_day_is_no_tick_before_a_supervisor_agrees(desk: HandoverDesk) -> None:
    line = desk.page.view.lines.lines[Line.SUMMONS]
    desk.meet("JOUR Autre")
    assert desk.slug == "permit_other_day"
    assert line.look == ("calendar-x", "stop-text")
    assert line.accessibleName() == "Convocation SMS, non. pas aujourd’hui\u00a0: 25/11/2026, 9\u00a0h\u00a020"
    desk.page.agree(Override("Départ imminent", "Mme Roux"))
    desk.quiet()
    assert line.look == ("circle-check", "ok-text")
    desk.page.leave()
    desk.meet("PRÊT Anne")
    assert line.look == ("circle-check", "ok-text")
    assert "pas aujourd’hui" not in line.accessibleName()


def test_the_new_card_itself_is_the_sleeve_and_nobody_s_identity(desk: HandoverDesk) -> None:
    desk.scan("5977777700")
    desk.types(desk.permit("PRÊT Anne").card_number)
    desk.enter()
    assert desk.page.view.lines.lines[Line.SLEEVE].done
    assert desk.page.state.draft.identity_result is None


def test_a_stamp_used_before_stops_and_another_one_goes_on(desk: HandoverDesk) -> None:
    desk.meet("TIMBRE Vu")
    desk.scan(OTHER_STAMP)
    assert desk.slug == "stamp_already_used"
    assert desk.acts()[0] == ("handover_attempted", "stamp_already_used")
    desk.page.view.offers.trigger_main()
    desk.quiet()
    desk.scan(STAMP)
    assert desk.slug == "permit_ready"


def test_a_stamp_spent_while_the_summary_is_read_is_no_tick_and_not_all_is_there(desk: HandoverDesk) -> None:
    all_by_keys(desk)
    desk.commit()
    other = receive(desk.bench.desk, "77OTHER01", name="AUTRE Luc", foreign_number="5977777799", slot=NOW.isoformat())
    assert hand_over(desk.bench.desk, other, full_draft(desk.bench.desk, BY_HAND)).recorded
    desk.commit()
    assert desk.slug == "stamp_already_used"
    assert desk.page.view.lines.lines[Line.STAMP].look[1] == "stop-text"
    assert "Rien ne manque" not in desk.page.view.missing.text or desk.page.view.missing.isHidden()


def test_a_stamp_too_low_is_told_with_what_lacks_and_a_second_one_pays(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(STAMP)
    desk.page.deeds.ask("amounts")
    box = desk.dialog(AmountBox)
    box.shown.setText("200")
    desk.press(ENTER)
    desk.answered()
    assert desk.slug == "stamp_too_low"
    assert desk.page.view.panel.verdict is not None
    assert "Manque 50" in desk.page.view.panel.verdict.detail.replace("\u00a0", " ")


def test_a_reason_of_an_amount_that_is_too_long_stays_in_its_field(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.deeds.ask("amounts")
    box = desk.dialog(AmountBox)
    box.expected.setText("7")
    box.reason.setText("a" * (LONGEST_TOLD + 2))
    desk.press(ENTER)
    assert box.isVisible()
    assert "2 de trop" in box._rows["reason"].message.text
    assert len(box.reason.text()) == LONGEST_TOLD + 2
    box.reason.setText("tarif")
    desk.press(ENTER)
    desk.answered()


def test_a_stamp_is_taken_off_and_given_back_when_nothing_is_due(desk: HandoverDesk) -> None:
    free = receive(
        desk.bench.desk,
        "PZ99RY2WJ",
        name="LIBRE Zoé",
        foreign_number="5977777790",
        stamp_amount=0,
        slot=NOW.isoformat(),
    )
    assert free
    desk.meet("LIBRE Zoé")
    desk.scan(STAMP)
    verdict = desk.page.view.panel.verdict
    assert verdict is not None
    assert (verdict.slug, verdict.title) == ("stamp_too_low", "RIEN N’EST À PAYER")
    assert desk.actions == ["stamp_off", "corrected_amount"]
    desk.enter()
    assert (desk.slug, desk.page.state.draft.stamps) == ("permit_ready", ())
    assert desk.page.view.lines.lines[Line.STAMP].done


def test_an_exemption_against_the_list_waits_for_the_supervisor(desk: HandoverDesk) -> None:
    all_by_keys(desk)
    desk.page.tick(replace(desk.page.state.draft, stamps=()))
    desk.page.deeds.ask("exempt")
    desk.dialog(ReasonBox).ready.choose(1)
    desk.press(ENTER)
    desk.answered()
    verdict = desk.page.view.panel.verdict
    assert verdict is not None
    assert (desk.slug, verdict.title) == ("stamp_too_low", "EXONÉRATION À FAIRE ACCORDER")
    desk.page.agree(Override("Titre de réfugié vu", "Mme Roux"))
    desk.commit()
    desk.commit()
    record = desk.permit("PRÊT Anne").departures[-1].details
    assert record["override"] == {
        "reason": "Titre de réfugié vu",
        "approved_by": "Mme Roux",
        "lifted": ["stamp_too_low"],
    }


def expect(desk: HandoverDesk, euros: str) -> None:
    """The agent expects another amount than the listed one."""
    desk.page.deeds.ask("amounts")
    box = desk.dialog(AmountBox)
    box.expected.setText(euros)
    box.reason.setText("Carte d’étudiant")
    desk.press(ENTER)
    desk.answered()


def test_an_amount_lowered_under_the_listed_one_waits_for_the_supervisor(desk: HandoverDesk) -> None:
    all_by_keys(desk)
    expect(desk, "100")
    verdict = desk.page.view.panel.verdict
    assert verdict is not None
    assert (desk.slug, verdict.title) == ("stamp_too_low", "MONTANT BAISSÉ\u00a0: ACCORD À DEMANDER")
    assert "La liste dit 250\u00a0€" in verdict.detail
    assert "ask_approval" in desk.actions
    desk.commit()
    assert desk.permit("PRÊT Anne").in_stock
    box = desk.dialog(ReasonBox)
    box.ready.choose(0)
    box.supervisor.setText("Mme Roux")
    desk.press(ENTER)
    desk.answered()
    desk.commit()
    desk.commit()
    record = record_in(desk.permit("PRÊT Anne").departure)
    assert record is not None and record.agreed is not None
    assert (record.amount_due, record.agreed.approved_by) == (100, "Mme Roux")


def test_an_agreement_on_an_amount_does_not_cover_a_lower_one(desk: HandoverDesk) -> None:
    all_by_keys(desk)
    expect(desk, "200")
    desk.page.agree(Override("Carte d’étudiant vue", "Mme Roux"))
    expect(desk, "20")
    assert (desk.page.state.agreed, desk.slug) == (None, "stamp_too_low")


def test_an_amount_raised_above_the_listed_one_asks_nobody(desk: HandoverDesk) -> None:
    all_by_keys(desk)
    expect(desk, "350")
    desk.commit()
    desk.commit()
    assert not desk.permit("PRÊT Anne").in_stock


def test_one_stamp_scanned_twice_is_told_on_the_page(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(STAMP)
    desk.scan(STAMP)
    verdict = desk.page.view.panel.verdict
    assert verdict is not None
    assert any("compté une seule fois" in note for note in verdict.notes)


def test_an_amount_is_corrected_with_a_reason_only(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.deeds.ask("amounts")
    box = desk.dialog(AmountBox)
    box.expected.setText("75")
    desk.press(ENTER)
    assert box.isVisible()
    box.reason.setText("Carte d’étudiant")
    desk.press(ENTER)
    desk.answered()
    assert desk.page.state.draft.amount_due == 75
    assert desk.page.state.draft.amount_reason == "Carte d’étudiant"


def choose_case(box: AmountBox, start: str) -> None:
    """As an agent does: Down until the line, which Qt tells as a choice."""
    place = next(place for place in range(box.case.count()) if box.case.itemText(place).startswith(start))
    box.case.setCurrentIndex(place)
    box.case.activated.emit(place)


def test_the_amount_of_a_case_is_proposed_by_date_and_its_name_is_the_reason(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.deeds.ask("amounts")
    box = desk.dialog(AmountBox)
    assert (box.case.currentIndex(), box.expected.text()) == (0, "250")
    choose_case(box, "Première délivrance, tarif normal")
    assert (box.expected.text(), box.reason.text()) == ("350", "Première délivrance, tarif normal")
    desk.press(ENTER)
    desk.answered()
    draft = desk.page.state.draft
    assert (draft.amount_due, draft.amount_reason) == (350, "Première délivrance, tarif normal")


def test_a_case_that_no_source_confirms_proposes_no_amount_and_the_listed_one_comes_back(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.deeds.ask("amounts")
    box = desk.dialog(AmountBox)
    choose_case(box, "Demande tardive")
    assert box.expected.text() == ""
    assert "lisez-le sur le SMS" in box.case.accessibleDescription()
    choose_case(box, "Autorisation provisoire")
    assert box.expected.text() == "100"
    assert "comparer avec le SMS" in box.case.accessibleDescription()
    choose_case(box, "Celui du SMS")
    assert (box.expected.text(), box.reason.text()) == ("250", "")


def test_a_case_is_chosen_by_keys_alone(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.deeds.ask("amounts")
    box = desk.dialog(AmountBox)
    QTest.keyClick(box.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is box.case
    QTest.keyClick(box.case, Qt.Key.Key_Down)
    assert (box.expected.text(), box.reason.text()) == ("350", "Première délivrance, tarif normal")
    QTest.keyClick(box.case, Qt.Key.Key_Return)
    desk.answered()
    assert desk.page.state.draft.amount_due == 350


def test_a_corrected_amount_goes_back_to_the_listed_one_without_a_reason(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.tick(replace(desk.page.state.draft, amount_due=75, amount_reason="Carte d’étudiant"))
    desk.page.deeds.ask("amounts")
    box = desk.dialog(AmountBox)
    assert (box.expected.text(), box.reason.text()) == ("75", "Carte d’étudiant")
    choose_case(box, "Première délivrance, tarif normal")
    choose_case(box, "Celui du SMS")
    assert (box.expected.text(), box.reason.text()) == ("250", "")
    desk.press(ENTER)
    desk.answered()
    draft = desk.page.state.draft
    assert (draft.amount_due, draft.amount_reason) == (None, "")


@pytest.mark.parametrize(
    ("typed", "told"),
    [("1234", "Le timbre a 16 chiffres\u00a0: 4 lus"), ("12345678901234AB", "Le timbre n’a que des chiffres")],
)
def test_what_is_no_stamp_is_told_and_stays_in_the_field(desk: HandoverDesk, typed: str, told: str) -> None:
    desk.meet("PRÊT Anne")
    desk.page.view.lines.focus(Line.STAMP)
    desk.types(typed)
    desk.enter()
    assert desk.page.view.missing.text.startswith(told)
    assert desk.page.view.lines.stamp.text() == typed


@pytest.mark.parametrize(
    ("line", "slug"),
    [(Line.IDENTITY, "identity_not_verified"), (Line.STAMP, "stamp_missing")],
)
def test_a_line_that_cannot_be_done_ends_the_visit_and_is_kept(desk: HandoverDesk, line: Line, slug: str) -> None:
    desk.meet("PRÊT Anne")
    desk.page.deeds.fail(line)
    desk.quiet()
    assert desk.slug == slug
    assert desk.acts()[0] == ("handover_attempted", slug)


def test_an_old_document_that_is_not_given_back_needs_a_reason(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.deeds.ask("not_surrendered")
    box = desk.dialog(ReasonBox)
    assert desk.slug == "old_document_missing"
    box.ready.choose(0)
    desk.press(ENTER)
    desk.answered()
    old = desk.page.state.draft.old_document
    assert old is not None
    assert (old.surrendered, old.reason) == (False, "Perdu")
    assert desk.slug == "permit_ready"


def test_no_signature_needs_one_of_three_answers(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.deeds.ask("no_signature")
    box = desk.dialog(ReasonBox)
    assert desk.slug == "signature_missing"
    assert not box.free.isVisible()
    box.ready.choose(1)
    desk.press(ENTER)
    desk.answered()
    assert desk.page.state.draft.signature is Signature.UNABLE


def test_a_minor_comes_with_the_guardian_whose_name_is_written(desk: HandoverDesk) -> None:
    desk.meet("ENFANT Tom")
    assert desk.slug == "minor_with_guardian"
    desk.enter()
    box = desk.dialog(CollectorBox)
    desk.press(ENTER)
    assert box.isVisible(), "a guardian has a name"
    box.name.setText("ENFANT Rose")
    desk.press(ENTER)
    desk.answered()
    assert desk.page.state.draft.collector is Collector.GUARDIAN
    assert desk.slug == "permit_ready"


def test_an_error_on_the_permit_sends_it_back_instead_of_handing_it_over(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.deeds.ask("fault")
    desk.dialog(ReasonBox).ready.choose(2)
    desk.press(ENTER)
    desk.answered()
    assert desk.slug == "permit_error"
    desk.enter()
    assert desk.permit("PRÊT Anne").state is PermitState.FAULTY
    assert "photo" in desk.window.message.text()


def test_an_error_said_stands_on_the_page_until_it_is_reported_and_escape_keeps_it(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.deeds.ask("fault")
    box = desk.dialog(ReasonBox)
    labels = [button.text() for button in box.findChildren(QPushButton)]
    assert any(label.startswith("Noter sur la page") for label in labels)
    assert not any("Enregistrer" in label for label in labels), "nothing is recorded yet"
    box.ready.choose(2)
    desk.press(ENTER)
    desk.answered()
    desk.press(ESCAPE)
    assert desk.page.state.showing is Showing.READY
    desk.meet("PRÊT Anne")
    assert (desk.slug, desk.page.state.draft.fault) == ("permit_error", "photo")
    assert desk.permit("PRÊT Anne").state is PermitState.SHELVED


def test_an_error_said_by_mistake_is_taken_off_by_a_button_of_its_own(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.deeds.ask("fault")
    desk.dialog(ReasonBox).ready.choose(2)
    desk.press(ENTER)
    desk.answered()
    (button,) = [one for one in desk.page.view.offers.actions_shown if one.slug == "no_fault"]
    assert button.key == ""
    desk.click(button.label)
    assert desk.slug == "permit_ready"
    assert desk.permit("PRÊT Anne").state is PermitState.SHELVED


def test_a_supervisor_goes_beyond_the_day_with_a_reason_that_the_record_keeps(desk: HandoverDesk) -> None:
    desk.meet("JOUR Autre")
    assert desk.slug == "permit_other_day"
    for line in (Line.IDENTITY, Line.OLD_DOCUMENT, Line.SIGNATURE):
        desk.page.view.lines.focus(line)
        desk.press(ENTER)
    desk.scan(STAMP)
    desk.commit()
    box = desk.dialog(ReasonBox)
    box.ready.choose(1)
    box.supervisor.setText("Mme Roux")
    desk.press(ENTER)
    desk.answered()
    desk.commit()
    assert desk.page.state.reviewing
    desk.commit()
    assert desk.slug == "handed_over"
    record = record_in(desk.permit("JOUR Autre").departure)
    assert record is not None
    assert record.agreed is not None
    assert (record.agreed.approved_by, record.agreed.lifted) == ("Mme Roux", ("permit_other_day",))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("SANS Message", "permit_not_summoned"),
        ("DÉJÀ Remis", "already_handed_over"),
        ("RENVOYÉ Paul", "permit_out_of_stock"),
        ("SUSPENDU Guy", "handover_on_hold"),
    ],
)
def test_a_no_is_told_with_its_next_step(desk: HandoverDesk, name: str, slug: str) -> None:
    desk.meet(name)
    assert desk.slug == slug
    assert desk.actions
    assert desk.acts()[0] == ("handover_attempted", slug)


def test_a_permit_to_locate_is_found_by_scanning_its_sleeve(desk: HandoverDesk) -> None:
    desk.scan("5977777703")
    assert desk.slug == "permit_to_locate"
    desk.scan(desk.sleeve("PERDU Luc"))
    assert desk.slug == "permit_ready"


def test_somebody_without_a_permit_here_is_told_to_wait_for_the_message(desk: HandoverDesk) -> None:
    desk.scan("5999999999")
    assert desk.slug == "permit_not_received"
    assert not desk.page.view.lines.isVisible()


# several people


def test_two_permits_of_one_person_are_chosen_by_their_card(desk: HandoverDesk) -> None:
    desk.scan("5977777709")
    assert desk.slug == "several_matches"
    rows = desk.page.view.table.rows()
    assert len({row.cells[3] for row in rows}) == 2
    desk.press(Qt.Key.Key_Down)
    desk.press(ENTER)
    assert desk.slug == "permit_ready"


def test_a_name_is_found_without_its_accents_in_any_order(desk: HandoverDesk) -> None:
    desk.types("anne pre")
    desk.enter()
    assert desk.page.state.permit is not None
    assert desk.page.state.permit.name == "PRÊT Anne"


def test_a_name_that_nobody_bears_is_said_and_stays_in_the_field(desk: HandoverDesk) -> None:
    desk.types("zzyx")
    assert "Aucun titre au nom de" in desk.page.view.panel.accessibleName()
    assert desk.page.view.scan.text == "zzyx"


def test_escape_leaves_the_person_and_keeps_their_page(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.enter()
    desk.scan(STAMP)
    desk.press(ESCAPE)
    assert desk.page.state.showing is Showing.READY
    desk.meet("TIMBRE Vu")
    other = desk.page.state.draft
    desk.press(ESCAPE)
    desk.meet("PRÊT Anne")
    assert (other.identity_document, desk.page.state.draft.identity_document) == ("", "passport")
    assert len(desk.page.state.draft.stamps) == 1
    assert desk.page.view.missing.text == "Page reprise là où elle était."


def test_what_was_done_stays_on_the_page_when_another_desk_notes_something_of_the_permit(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.enter()
    desk.scan(STAMP)
    before = desk.page.state.draft
    desk.bench.exchanges.received.emit(frozenset({(SubjectType.PERMIT.value, desk.permit("PRÊT Anne").id)}))
    desk.quiet()
    assert desk.page.state.draft == before
    assert (before.identity_document, len(before.stamps)) == ("passport", 1)


def test_a_card_that_another_desk_handed_over_meanwhile_is_told_and_no_attempt_is_kept(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.enter()
    told: list[str] = []
    desk.bench.told.connect(told.append)
    permit = desk.permit("PRÊT Anne")
    hand_over(desk.bench.desk, permit.id, full_draft(desk.bench.desk, desk.sleeve("PRÊT Anne")))
    before = desk.acts()
    desk.bench.exchanges.received.emit(frozenset({(SubjectType.PERMIT.value, permit.id)}))
    desk.quiet()
    assert desk.slug == "already_handed_over"
    assert desk.acts() == before, "nobody presented anything"
    assert told == [], "nothing of the page is left to be done"


def test_the_page_of_yesterday_is_not_that_of_today(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.enter()
    desk.press(ESCAPE)
    desk.clock(NOW + timedelta(days=1))
    desk.meet("PRÊT Anne")
    assert desk.page.state.draft.identity_result is None


def test_a_convocation_of_somebody_else_opens_their_page(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan("5977777708")
    assert desk.page.state.permit is not None
    assert desk.page.state.permit.name == "TIMBRE Vu"


def test_people_already_at_the_window_are_finished_after_it_closed(desk: HandoverDesk) -> None:
    desk.clock(NOW.replace(hour=11, minute=58))
    desk.meet("PRÊT Anne")
    assert desk.slug == "handover_closing_soon"
    desk.clock(NOW.replace(hour=12, minute=4))
    desk.enter()
    desk.enter()
    desk.scan(STAMP)
    desk.enter()
    desk.commit()
    desk.commit()
    assert desk.slug == "handed_over"


def test_the_page_its_answer_and_the_status_bar_count_down_together(desk: HandoverDesk) -> None:
    desk.clock(NOW.replace(hour=11, minute=55))
    desk.meet("PRÊT Anne")
    panel, view = desk.page.view.panel, desk.page.view

    def told() -> tuple[str, list[str]]:
        assert panel.verdict is not None
        shown = [one.accessibleName() for one in desk.window.findChildren(QWidget) if one.isVisible()]
        return panel.verdict.title, [name for name in shown if name.startswith(("Remise\u00a0:", "Remise fermée"))]

    assert told() == ("FERME DANS 5\u00a0MIN", ["Remise\u00a0: ferme dans 5\u00a0min"] * 2)
    said = list(desk.said)
    desk.clock(NOW.replace(hour=11, minute=56, second=1))
    desk.bench.minutes.turned.emit()
    assert told() == ("FERME DANS 3\u00a0MIN", ["Remise\u00a0: ferme dans 3\u00a0min"] * 2)
    assert (desk.said, desk.page.state.settled, view.scan.line.hasFocus()) == (said, True, False)
    desk.clock(NOW.replace(hour=12, minute=1))
    desk.bench.minutes.turned.emit()
    assert told()[0] == "FERMÉ\u00a0: REMISE À TERMINER"


def test_a_page_begun_before_closing_is_met_again_without_a_word_of_closing_kept(desk: HandoverDesk) -> None:
    desk.clock(NOW.replace(hour=11, minute=58))
    desk.meet("PRÊT Anne")
    desk.clock(NOW.replace(hour=12, minute=4))
    for _again in range(2):
        desk.press(ESCAPE)
        desk.meet("PRÊT Anne")
        verdict = desk.page.view.panel.verdict
        assert verdict is not None
        assert (verdict.slug, verdict.title) == ("handover_closing_soon", "FERMÉ\u00a0: REMISE À TERMINER")
    assert "handover_closed" not in [verdict for _kind, verdict in desk.acts()]


def test_nobody_begins_after_the_window_closed(desk: HandoverDesk) -> None:
    desk.clock(NOW.replace(hour=12, minute=4))
    desk.meet("PRÊT Anne")
    assert desk.slug == "handover_closed"


@pytest.mark.parametrize("sign", [sign_with_a_mouse, sign_with_a_pen])
def test_signing_on_the_screen_keeps_strokes(desk: HandoverDesk, sign: Callable[[SignaturePad], None]) -> None:
    desk.meet("PRÊT Anne")
    desk.page.deeds.ask("sign")
    box = desk.dialog(SignatureBox)
    desk.press(ENTER)
    assert box.isVisible(), "nothing is signed yet"
    sign(box.pad)
    desk.press(ENTER)
    desk.answered()
    assert desk.page.state.draft.signature is Signature.SCREEN
    assert desk.page.state.draft.signature_ink.startswith("M")


# the rest of the window


def test_f4_opens_the_page_and_a_sleeve_scanned_elsewhere_opens_its_permit(desk: HandoverDesk) -> None:
    desk.window.open("reception")
    desk.press(Qt.Key.Key_F4)
    assert desk.window.front.name == "handover"
    desk.window.open("number")
    desk.scan(desk.sleeve("PRÊT Anne"))
    assert desk.page.state.permit is not None
    assert desk.slug == "permit_ready"


def test_what_is_covered_shows_neither_name_nor_lines(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.hide_people(True)
    assert not desk.page.view.lines.isVisible()
    assert "PRÊT" not in desk.page.view.panel.accessibleName()
    desk.page.hide_people(False)
    assert desk.page.view.lines.isVisible()


def test_the_next_sleeve_after_a_covered_page_is_no_mistake_and_keeps_that_page(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.say("Il manque la signature.", good=False)
    desk.page.hide_people(True)
    assert "commencée" in desk.page.view.panel.accessibleName()
    assert not desk.page.view.missing.isVisible(), "nothing of a page that nobody sees"
    desk.page.hide_people(False)
    desk.scan(desk.sleeve("TIMBRE Vu"))
    assert desk.page.state.permit is not None
    assert (desk.page.state.permit.name, desk.slug) == ("TIMBRE Vu", "permit_ready")
    assert not [kind for kind, verdict in desk.acts() if verdict == "wrong_sleeve"]
    desk.scan(desk.sleeve("PRÊT Anne"))
    assert desk.slug == "wrong_sleeve", "in front of the agent's eyes it is one"


def test_help_tells_the_page_while_lines_are_done_and_the_verdict_when_it_stops(desk: HandoverDesk) -> None:
    assert desk.page.help_topic == "screen.remise"
    desk.meet("PRÊT Anne")
    assert desk.page.help_topic == "screen.remise"
    desk.press(ESCAPE)
    desk.meet("DÉJÀ Remis")
    assert desk.page.help_topic == "R08"
    desk.press(Qt.Key.Key_F1)
    assert desk.window.work.help.isVisible()


def test_one_verdict_is_said_once(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    said = [sentence for sentence in desk.said if "TITRE PRÊT À REMETTRE" in sentence]
    assert len(said) == 1
    assert "BAC D · POCHETTE 10" in said[0]


def test_who_was_checked_in_to_collect_a_permit_is_handed_to_the_page_by_f4(desk: HandoverDesk) -> None:
    desk.window.open("reception")
    desk.scan("5911111112")
    desk.enter()
    front = desk.window.front
    assert isinstance(front, Reception)
    assert [action.slug for action in front.view.offers.actions_shown][:2] == ["close", "hand_over"]
    desk.press(Qt.Key.Key_F4)
    assert desk.slug == "permit_not_received"


def test_nobody_else_is_handed_to_the_page(desk: HandoverDesk) -> None:
    desk.window.open("reception")
    desk.scan("5903120821")
    desk.enter()
    assert desk.window.front.hands_to("handover") == ""


def test_every_control_of_the_page_has_a_name_and_room_for_a_finger(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    controls = [one for one in desk.page.findChildren(QWidget) if one.isVisible() and one.focusPolicy() & FOCUS]
    assert [one for one in controls if not one.accessibleName()] == []
    small = [one.accessibleName() for one in controls if min(one.width(), one.height()) < 24]
    assert small == []


def test_arrows_go_from_line_to_line_and_back_to_the_field(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.page.view.lines.focus(Line.SLEEVE)
    desk.press(Qt.Key.Key_Down)
    assert desk.focused == "Vérifiée, Entrée"
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Up)
    assert desk.page.view.scan.line.hasFocus()
    desk.press(Qt.Key.Key_Down)
    assert desk.focused == "Vérifiée, Entrée"


def test_the_summary_never_says_verified_when_it_was_not(desk: HandoverDesk) -> None:
    all_by_keys(desk)
    desk.page.tick(replace(desk.page.state.draft, identity_result=IdentityResult.MISMATCH))
    desk.quiet()
    desk.page.agree(Override("Erreur de notre service", "Mme Roux"))
    desk.commit()
    verdict = desk.page.view.panel.verdict
    assert verdict is not None
    told = " ".join(verdict.notes)
    assert "ne correspond pas" in told
    assert "vérifiée" not in told
    assert "Mme Roux" in told
    assert verdict.family == "warn"


def test_an_agreement_does_not_cover_what_came_after_it(desk: HandoverDesk) -> None:
    desk.meet("JOUR Autre")
    desk.page.agree(Override("Personne venue de loin", "Mme Roux"))
    assert desk.page.state.agreed is not None
    desk.click("Ne correspond pas")
    assert desk.slug == "identity_not_verified"
    assert "accord de Mme Roux" not in desk.page.view.panel.accessibleName()
    desk.scan(STAMP)
    desk.page.tick(replace(desk.page.state.draft, signature=Signature.PAPER))
    desk.quiet()
    desk.page.view.lines.focus(Line.OLD_DOCUMENT)
    desk.press(ENTER)
    desk.commit()
    desk.dialog(ReasonBox).reject()
    assert desk.permit("JOUR Autre").in_stock


def test_a_document_said_not_to_match_is_not_verified_by_its_zone(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.click("Ne correspond pas")
    desk.scan(zone("PRET", "ANNE"))
    assert desk.page.state.draft.identity_result is IdentityResult.MISMATCH
    assert desk.page.view.missing.text.startswith("Vous avez dit que ce document ne correspond pas")


def test_what_the_eye_verified_is_told_as_seen_by_eye(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(zone("PRET", "ANNIE"))
    assert desk.page.state.draft.identity_read_by == "mrz"
    desk.click("Vérifiée à l’œil, Alt+V")
    assert (desk.page.state.draft.identity_document, desk.page.state.draft.identity_read_by) == ("passport", "eye")


def test_no_document_at_all_is_told_and_kept(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    box = desk.page.view.lines.document
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.count() - 1)
    desk.quiet()
    assert desk.slug == "identity_not_verified"
    assert desk.acts()[0] == ("handover_attempted", "identity_not_verified")
    assert box.currentData() == "passport"


def test_the_card_that_confirms_does_the_line_and_never_the_act(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    for _ in range(2):
        desk.scan(COMMANDS["confirm"])
    desk.scan(STAMP)
    for _ in range(4):
        desk.scan(COMMANDS["confirm"])
    assert desk.page.state.missing == ()
    assert desk.permit("PRÊT Anne").in_stock


def test_the_old_document_is_ticked_by_its_own_zone_and_a_passport_never_is(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.scan(zone("PRET", "ANNE"))
    desk.scan(zone("PRET", "ANNE", number="98XY76543"))
    before = desk.page.state.draft
    desk.scan(card_zone("PRET", "ANNE"))
    assert before.old_document is None
    old = desk.page.state.draft.old_document
    assert old is not None
    assert (old.surrendered, old.what) == (True, "permit")


def test_a_document_verified_by_eye_then_scanned_is_not_given_back(desk: HandoverDesk) -> None:
    desk.meet("PRÊT Anne")
    desk.click("Vérifiée, Entrée")
    desk.scan(card_zone("PRET", "ANNE"))
    assert desk.page.state.draft.old_document is None
    assert (desk.page.state.draft.identity_document, desk.page.state.draft.identity_read_by) == ("permit", "mrz")


def test_somebody_not_convened_gives_another_telephone(desk: HandoverDesk) -> None:
    desk.meet("SANS Message")
    assert "phone_changed" in desk.actions
    desk.page.deeds.run("phone_changed")
    box = desk.dialog(PhoneBox)
    box.phone.setText("12")
    desk.press(ENTER)
    assert box.isVisible()
    assert box.phone.text() == "12", "what was typed stays"
    box.phone.setText("06 39 98 00 77")
    desk.press(ENTER)
    desk.answered()
    assert (desk.permit("SANS Message").phone or "").endswith("639980077")
    assert desk.slug == "permit_not_summoned"
