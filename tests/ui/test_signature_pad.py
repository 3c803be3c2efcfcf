"""A place to sign: strokes inside their box, nothing without a hand."""

import re

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from counter_app.ui.theme import Theme
from counter_app.ui.widgets.signature_pad import BOX, SignaturePad

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def draw(pad: SignaturePad, *places: tuple[int, int]) -> None:
    first, *rest = (QPoint(*place) for place in places)
    QTest.mousePress(pad, LEFT, NONE, first)
    for place in rest:
        QTest.mouseMove(pad, place)
    QTest.mouseRelease(pad, LEFT, NONE)


def pad_on(theme: Theme, qtbot: QtBot) -> SignaturePad:
    pad = SignaturePad(theme, "Signature", "Signez ici")
    qtbot.addWidget(pad)
    pad.resize(300, 100)
    pad.show()
    return pad


def test_nothing_drawn_is_no_signature(theme: Theme, qtbot: QtBot) -> None:
    pad = pad_on(theme, qtbot)
    assert not pad.signed
    assert pad.path() == ""


def test_a_touch_is_no_signature(theme: Theme, qtbot: QtBot) -> None:
    pad = pad_on(theme, qtbot)
    draw(pad, (10, 10))
    assert not pad.signed
    assert pad.path() == ""


def test_strokes_are_kept_in_units_of_their_box_whatever_the_size(theme: Theme, qtbot: QtBot) -> None:
    pad = pad_on(theme, qtbot)
    draw(pad, *((10 * step, 5 * step) for step in range(1, 15)))
    assert pad.signed
    assert pad.path().startswith("M20 10L40 20")


def test_what_leaves_the_box_stays_at_its_edge(theme: Theme, qtbot: QtBot) -> None:
    pad = pad_on(theme, qtbot)
    draw(pad, (10, 10), (500, 500), (-50, -50), *((20 * step, 50) for step in range(12)))
    numbers = [int(number) for number in re.findall(r"-?\d+", pad.path())]
    assert all(0 <= x <= BOX[0] for x in numbers[::2])
    assert all(0 <= y <= BOX[1] for y in numbers[1::2])


def test_it_is_wiped(theme: Theme, qtbot: QtBot) -> None:
    pad = pad_on(theme, qtbot)
    draw(pad, *((10 * step, 5 * step) for step in range(1, 15)))
    pad.clear()
    assert pad.path() == ""


def test_a_finger_signs_as_a_mouse_does(theme: Theme, qtbot: QtBot) -> None:
    pad = SignaturePad(theme, "Signature", "Signez ici")
    qtbot.addWidget(pad)
    pad.resize(400, 200)
    pad.show()
    finger = QTest.createTouchDevice()
    QTest.touchEvent(pad, finger).press(0, QPoint(50, 50), pad).commit()
    for x in range(60, 300, 20):
        QTest.touchEvent(pad, finger).move(0, QPoint(x, 50 + x // 4), pad).commit()
    QTest.touchEvent(pad, finger).release(0, QPoint(300, 120), pad).commit()
    assert pad.signed
