"""A place to sign: strokes inside their box, nothing without a hand."""

import re

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
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


def sign_with_a_mouse(pad: SignaturePad) -> None:
    draw(pad, *((60 + 6 * step, 40 + step % 3) for step in range(12)))


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


def pen_does(pad: SignaturePad, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, held: Qt.MouseButton) -> bool:
    """What a tablet's pen sends to the window, as its driver brings it; whether somebody took it."""
    window = pad.window().windowHandle()
    place = QPointF(pad.mapTo(pad.window(), at.toPoint())) + at - QPointF(at.toPoint())
    event = QTabletEvent(kind, PEN, place, window.mapToGlobal(place), 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, NONE, button, held)
    QCoreApplication.sendEvent(window, event)
    return event.isAccepted()


PEN = QPointingDevice(
    "pen of a tablet",
    1,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Pen,
    QInputDevice.Capability.Position | QInputDevice.Capability.Pressure | QInputDevice.Capability.Hover,
    1,
    2,
)
DOWN, MOVED, UP = QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease
NO_BUTTON = Qt.MouseButton.NoButton


def sign_with_a_pen(pad: SignaturePad) -> None:
    pen_does(pad, DOWN, QPointF(20, 30), LEFT, LEFT)
    for step in range(20):
        pen_does(pad, MOVED, QPointF(20 + 6.5 * step, 30 + step % 3), NO_BUTTON, LEFT)
    pen_does(pad, UP, QPointF(150, 32), LEFT, NO_BUTTON)


def test_the_pen_of_a_tablet_signs_finer_than_pixels(theme: Theme, qtbot: QtBot) -> None:
    pad = pad_on(theme, qtbot)
    assert pen_does(pad, DOWN, QPointF(10, 10), LEFT, LEFT)
    for step in range(20):
        assert pen_does(pad, MOVED, QPointF(10.5 + step / 2, 20), NO_BUTTON, LEFT)
    assert pen_does(pad, UP, QPointF(20, 20), LEFT, NO_BUTTON)
    assert pad.signed
    assert pad.path().startswith("M20 20L21 40L22 40L23 40"), "300 pixels are 600 units: half a pixel counts"


def test_a_pen_that_hovers_draws_nothing(theme: Theme, qtbot: QtBot) -> None:
    pad = pad_on(theme, qtbot)
    for step in range(20):
        pen_does(pad, MOVED, QPointF(10 + 5 * step, 20), NO_BUTTON, NO_BUTTON)
    assert pad.path() == ""
    pen_does(pad, DOWN, QPointF(10, 10), LEFT, LEFT)
    pen_does(pad, UP, QPointF(10, 10), LEFT, NO_BUTTON)
    for step in range(20):
        pen_does(pad, MOVED, QPointF(10 + 5 * step, 20), NO_BUTTON, NO_BUTTON)
    assert not pad.signed


def test_a_stroke_of_a_pen_comes_once_and_not_again_as_a_mouse(theme: Theme, qtbot: QtBot) -> None:
    pad = pad_on(theme, qtbot)
    for turn in range(2):
        pen_does(pad, DOWN, QPointF(10, 10 + 10 * turn), LEFT, LEFT)
        pen_does(pad, MOVED, QPointF(90, 20 + 10 * turn), NO_BUTTON, LEFT)
        pen_does(pad, UP, QPointF(90, 20 + 10 * turn), LEFT, NO_BUTTON)
    assert pad.path() == "M20 20L180 40 M20 40L180 60"
