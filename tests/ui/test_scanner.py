"""Scans from any screen, whatever has focus; typing untouched; a scan never presses a button."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from counter_app.ui.scanner import ACCEPTS_SCANS, REPEAT, TAKES_KEYS, Scanner
from tests.domain.invented_zones import WRONG_LAYOUT
from tests.sealed import sealed
from tests.ui.keys import READER, person_types, reader_types, send_key, type_text

CODE = "PGCLKTBXNVDR"


class Desk(QWidget):
    """A small screen: the one field, a button, and other controls; and what the scanner said."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.field, self.button, self.other = QLineEdit(), QPushButton("Enregistrer"), QLineEdit("déjà là")
        self.box, self.spin, self.tick = QComboBox(), QSpinBox(), QCheckBox("Moins d’animations")
        self.box.addItems(["PDF", "Ticket", "A5"])
        column = QVBoxLayout(self)
        for widget in (self.field, self.button, self.other, self.box, self.spin, self.tick):
            column.addWidget(widget)
        self.pressed: list[bool] = []
        self.scans: list[str] = []
        self.readings: list[str] = []
        self.said: list[str] = []
        self.button.clicked.connect(lambda: self.pressed.append(True))
        self.field.returnPressed.connect(lambda: self.said.append(f"search {self.field.text()}"))
        self.scanner = Scanner(app)
        self.scanner.set_field(self.field)
        self.scanner.scanned.connect(self.scans.append)
        self.scanner.reading.connect(lambda: self.readings.append(self.field.text()))
        self.scanner.wrong_layout.connect(lambda meant: self.said.append(f"layout {meant}"))
        self.scanner.repeated.connect(lambda _: self.said.append("repeated"))
        self.scanner.refused_in_dialog.connect(lambda: self.said.append("dialog"))


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qapp)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.field.setFocus()
    yield made
    qapp.removeEventFilter(made.scanner)
    made.scanner.deleteLater()


def test_a_scan_in_the_field_is_taken_out_of_it_and_its_enter_searches_nothing(desk: Desk) -> None:
    reader_types(desk.field, CODE + "\r")
    assert desk.scans == [CODE]
    assert desk.field.text() == ""
    assert desk.said == []


def test_a_name_typed_by_a_person_and_enter_is_a_search(desk: Desk) -> None:
    person_types(desk.field, "MARTIN\r")
    assert desk.scans == []
    assert desk.said == ["search MARTIN"]


def test_what_a_person_had_typed_comes_back_after_a_scan(desk: Desk) -> None:
    at = person_types(desk.field, "dial")
    reader_types(desk.field, CODE + "\r", began=at + 400)
    assert (desk.field.text(), desk.field.cursorPosition()) == ("dial", 4)
    assert desk.scans == [CODE]


def test_a_scan_never_presses_the_button_that_has_focus(desk: Desk) -> None:
    desk.button.setFocus()
    reader_types(desk.button, CODE[:3] + " " + CODE[3:] + "\r")
    assert desk.pressed == []
    assert desk.scans == [CODE[:3] + " " + CODE[3:]]
    assert desk.field.text() == ""


def test_a_human_space_still_presses_the_button(desk: Desk) -> None:
    desk.button.setFocus()
    person_types(desk.button, " ")
    assert desk.pressed == [True]


def test_a_human_space_still_ticks_a_box(desk: Desk) -> None:
    desk.tick.setFocus()
    person_types(desk.tick, " ")
    assert desk.tick.isChecked()


def test_letters_typed_on_a_button_go_to_the_one_field(desk: Desk) -> None:
    desk.button.setFocus()
    person_types(None, "dia")
    assert desk.field.text() == "dia"
    assert desk.field.hasFocus()


def test_letters_typed_in_another_field_stay_there(desk: Desk) -> None:
    desk.other.setFocus()
    desk.other.clear()
    person_types(desk.other, "Lille")
    assert (desk.other.text(), desk.field.text()) == ("Lille", "")


def test_a_scan_gives_every_other_control_back_what_it_showed(desk: Desk) -> None:
    desk.spin.setValue(7)
    desk.box.setCurrentIndex(2)
    for place, control in enumerate((desk.other, desk.spin, desk.box)):
        control.setFocus()
        reader_types(control, f"201234567{place}\r")
    assert (desk.other.text(), desk.spin.value(), desk.box.currentIndex()) == ("déjà là", 7, 2)
    assert desk.scans == ["2012345670", "2012345671", "2012345672"]


def test_widgets_that_answer_to_digits_keep_them(desk: Desk) -> None:
    desk.tick.setProperty(TAKES_KEYS, True)
    desk.tick.setFocus()
    person_types(desk.tick, "3")
    assert desk.field.text() == ""


def test_a_reader_without_closing_key_is_done_after_a_silence(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.scanner.scanned) as answer:
        at = reader_types(desk.field, CODE)
    assert answer.args == [CODE]
    person_types(desk.field, "\r", began=at + 200)
    assert desk.said == []


def test_a_scan_held_back_by_a_busy_computer_is_one_scan(desk: Desk) -> None:
    at = reader_types(desk.field, CODE[:3])
    at = reader_types(desk.field, CODE[3:9], began=at + 180)
    reader_types(desk.field, CODE[9:] + "\r", began=at + 180)
    assert desk.scans == [CODE]
    assert desk.field.text() == ""
    assert desk.said == []


def test_a_reader_known_to_end_with_enter_may_take_its_time_for_it(desk: Desk) -> None:
    at = reader_types(desk.field, CODE + "\r")
    at = reader_types(desk.field, "PGCBCDFGHJKT", began=at + 3000)
    reader_types(desk.field, "\r", began=at + 250)
    assert desk.scans == [CODE, "PGCBCDFGHJKT"]
    assert desk.said == []


@pytest.mark.parametrize("end", ["\r", "\n", "\t", "\r\n"])
def test_return_enter_tab_or_both_end_a_scan_and_go_no_further(desk: Desk, end: str) -> None:
    reader_types(desk.field, CODE + end)
    assert desk.scans == [CODE]
    assert desk.field.hasFocus()
    assert desk.said == []


def test_the_agents_own_enter_right_after_a_scan_is_the_agents(desk: Desk) -> None:
    at = reader_types(desk.field, CODE + "\r")
    person_types(desk.field, "\r", began=at + 120)
    assert desk.said == ["search "]


def test_separators_of_a_sealed_document_survive(desk: Desk) -> None:
    document = "DC04FR0000011CBF1D2A1301FR6JAA\x1d6Q0003120521\x1d\x1fABCDEF"
    reader_types(desk.field, document + "\r")
    assert desk.scans == [document]


def test_a_long_sealed_document_from_a_slow_reader_is_one_scan(desk: Desk) -> None:
    document = "DC04FR00" + "A1" * 150
    type_text(desk.field, document + "\r", 20)
    assert desk.scans == [document]


def test_the_old_verdict_can_go_as_soon_as_a_scan_is_recognised(desk: Desk) -> None:
    reader_types(desk.field, CODE[:6])
    assert desk.readings == [""]


def test_two_quick_scans_both_answer(desk: Desk) -> None:
    at = reader_types(desk.field, CODE + "\r")
    reader_types(desk.field, "PGCBCDFGHJKT\r", began=at + 300)
    assert desk.scans == [CODE, "PGCBCDFGHJKT"]


def test_the_same_code_within_two_seconds_is_one_gesture(desk: Desk) -> None:
    at = reader_types(desk.field, CODE + "\r")
    at = reader_types(desk.field, CODE + "\r", began=at + 500)
    assert (desk.scans, desk.said) == ([CODE], ["repeated"])
    reader_types(desk.field, CODE + "\r", began=at + REPEAT)
    assert desk.scans == [CODE, CODE]


def test_after_an_undo_the_same_code_counts_at_once(desk: Desk) -> None:
    at = reader_types(desk.field, CODE + "\r")
    desk.scanner.forget_last()
    reader_types(desk.field, CODE + "\r", began=at + 500)
    assert desk.scans == [CODE, CODE]


def test_a_reader_set_for_another_keyboard_is_told_and_what_it_read_is_kept(desk: Desk) -> None:
    reader_types(desk.field, 'éàà_àà-(à"\r')
    assert desk.said == ["layout 2008006503"]
    assert desk.scans == ['éàà_àà-(à"']


def test_a_key_held_down_is_no_scan(desk: Desk) -> None:
    type_text(desk.field, "aaaaaaaaaaaa", 30, repeated=True)
    assert desk.field.text() == "a" * 12
    assert desk.scans == []


@pytest.mark.parametrize("code", ["7700804321", "1234500067"])
def test_equal_characters_in_one_millisecond_are_not_taken_for_a_key_held_down(desk: Desk, code: str) -> None:
    at = 7_000_000
    for place, character in enumerate(code):
        same = code[place - 1 : place] == character
        at += 0 if same else READER
        send_key(desk.field, character, at, same)
    reader_types(desk.field, "\r", began=at + READER)
    assert (desk.scans, desk.field.text()) == ([code], "")


def test_the_window_system_says_when_a_key_was_pressed_even_if_the_window_was_busy(desk: Desk) -> None:
    """Twelve keys delivered at once, but pressed at the pace of a person."""
    person_types(desk.field, "dialloMariam")
    assert desk.field.text() == "dialloMariam"
    assert desk.scans == []


def test_a_key_that_climbs_to_the_parents_is_counted_once(desk: Desk) -> None:
    desk.scanner.set_field(None)
    desk.button.setFocus()
    reader_types(desk.button, "11112222\r")
    assert desk.scans == ["11112222"]


def test_a_scan_during_a_dialog_is_not_taken_and_presses_nothing_there(desk: Desk, qtbot: QtBot) -> None:
    dialog, name = dialog_over(desk, qtbot)
    reader_types(name, CODE + "\r")
    assert (desk.scans, desk.said, desk.readings) == ([], ["dialog"], [])
    assert (name.text(), dialog.isVisible()) == ("", True)


def test_a_dialog_that_tests_the_reader_gets_the_scan(desk: Desk, qtbot: QtBot) -> None:
    dialog, name = dialog_over(desk, qtbot)
    dialog.setProperty(ACCEPTS_SCANS, True)
    reader_types(name, CODE + "\r")
    assert desk.scans == [CODE]


def test_typing_in_a_dialog_stays_in_the_dialog(desk: Desk, qtbot: QtBot) -> None:
    _, name = dialog_over(desk, qtbot)
    person_types(name, "Roux")
    assert (name.text(), desk.field.text()) == ("Roux", "")


def test_the_enter_of_a_scan_is_no_shortcut_either(desk: Desk) -> None:
    """Through the window, as real keys come: first offered to shortcuts, then to the widget."""
    done: list[str] = []
    QShortcut(Qt.Key.Key_Return, desk).activated.connect(lambda: done.append("enter"))
    window = desk.windowHandle()
    for character in "BCDFGHJK":
        QTest.keyClick(window, ord(character))
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert (desk.scans, done) == (["BCDFGHJK"], [])


def test_a_clock_can_be_given(qapp: QApplication, qtbot: QtBot) -> None:
    moments = iter(range(0, 100_000, 200))
    scanner = Scanner(qapp, clock=lambda _: next(moments))
    line = QLineEdit()
    qtbot.addWidget(line)
    for letter in "abcdefghij":
        QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))
    qapp.removeEventFilter(scanner)
    assert line.text() == "abcdefghij"
    scanner.deleteLater()


def dialog_over(desk: Desk, qtbot: QtBot) -> tuple[QDialog, QLineEdit]:
    dialog = QDialog(desk)
    dialog.setModal(True)
    name, confirm = QLineEdit(), QPushButton("Enregistrer")
    confirm.setDefault(True)
    confirm.clicked.connect(dialog.accept)
    column = QVBoxLayout(dialog)
    column.addWidget(name)
    column.addWidget(confirm)
    qtbot.addWidget(dialog)
    dialog.open()
    name.setFocus()
    return dialog, name


ZONE = (
    "IRFRAX4RTBPFW467503120521<<<<<",
    "7307122F2906302ARG<<<<<<<<<<<0",
    "SPECIMEN<<NATACHA<CORINNE<<<<<",
)
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t"])
@pytest.mark.parametrize("lines", [ZONE, PASSPORT], ids=["permit", "passport"])
def test_a_zone_of_several_lines_is_one_scan_whatever_ends_its_lines(
    desk: Desk, lines: tuple[str, ...], end: str
) -> None:
    reader_types(desk.field, "".join(f"{line}{end}" for line in lines))
    assert [scan.split() for scan in desk.scans] == [list(lines)]
    assert (desk.field.text(), desk.said, len(desk.readings)) == ("", [], 1)


def test_a_zone_without_fillers_from_a_reader_set_for_another_keyboard_is_one_scan(desk: Desk) -> None:
    typed = [line.rstrip("<").translate(WRONG_LAYOUT) for line in ZONE]
    reader_types(desk.field, "".join(f"{line}\r" for line in typed))
    assert [scan.split("\r") for scan in desk.scans] == [typed]


def test_a_reader_may_pause_between_the_lines_of_a_zone(desk: Desk) -> None:
    at = 5_000_000
    for line in ZONE:
        at = type_text(desk.field, line + "\r", 30, began=at + 250)
    assert len(desk.scans) == 1


def test_the_first_line_of_a_zone_alone_is_told_after_a_pause(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.scanner.scanned) as answer:
        reader_types(desk.field, ZONE[0] + "\r")
    assert answer.args == [ZONE[0]]


def test_two_papers_in_a_row_are_two_scans(desk: Desk) -> None:
    at = reader_types(desk.field, "\r".join(PASSPORT) + "\r")
    reader_types(desk.field, "\r".join(ZONE) + "\r", began=at + 400)
    assert desk.scans == ["\r".join(PASSPORT), "\r".join(ZONE)]


@pytest.mark.parametrize("gap", [3, 15, 40])
@pytest.mark.parametrize("name", ["ants-13-etranger", "syn-16-ada"])
def test_a_whole_sealed_document_is_one_scan_at_any_speed_of_a_reader(desk: Desk, name: str, gap: int) -> None:
    """Four hundred signs at 40 ms each are sixteen seconds."""
    type_text(desk.field, sealed(name) + "\r", gap)
    assert desk.scans == [sealed(name)]
    assert desk.field.text() == ""


def test_the_ctrl_of_a_separator_inside_a_scan_is_no_shortcut(desk: Desk) -> None:
    pressed: list[bool] = []
    shortcut = QShortcut("Ctrl+]", desk)
    shortcut.activated.connect(lambda: pressed.append(True))
    at = reader_types(desk.field, "DC04FR00")
    event = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier, "\x1d"
    )
    event.setTimestamp(at + 3)
    event.ignore()
    QApplication.sendEvent(desk.field, event)
    assert event.isAccepted()
    assert pressed == []


def test_a_held_line_is_not_lost_to_the_next_scan_of_a_busy_window(desk: Desk) -> None:
    at = reader_types(desk.field, ZONE[0] + "\r")
    reader_types(desk.field, CODE + "\r", began=at + 900)
    assert desk.scans == [ZONE[0], CODE]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("held", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_enter_that_repeats_is_no_shortcut_and_no_key(desk: Desk, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """A key held down decides nothing: only a press does."""
    desk.field.setFocus()
    for repeated, done in ((False, 1), (True, 1), (True, 1), (False, 2)):
        offered = QKeyEvent(QEvent.Type.ShortcutOverride, key, held, "\r", repeated)
        offered.ignore()
        QApplication.sendEvent(desk.field, offered)
        assert offered.isAccepted() is repeated
        QApplication.sendEvent(desk.field, QKeyEvent(QEvent.Type.KeyPress, key, held, "\r", repeated))
        assert len(desk.said) == done


def test_the_enter_of_a_reader_ends_a_scan_though_the_window_system_calls_it_repeated(desk: Desk) -> None:
    desk.field.setFocus()
    at = type_text(desk.field, CODE, READER)
    send_key(desk.field, "\r", at + READER, repeated=True)
    assert desk.scans == [CODE]
    assert desk.said == []
