"""The public display: read from the seats, told by a gong, honest about what it does not know."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import floor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.hall.door import HallDoor
from counter_app.ui.hall.row import LEAST, Piece, row_of
from counter_app.ui.hall.sizes import DIGIT, LEAST_MM, ROOM, SHARE, hall_sizes
from counter_app.ui.hall.voice import Speech, Voice
from counter_app.ui.hall.window import FLASHES, HALF_FLASH, HallWindow
from counter_app.ui.theme import Choice, Theme
from counter_app.ui.workbench import Workbench
from counter_app.usecases.calling import call_next
from counter_app.usecases.hall import Hall, HallCall
from counter_app.usecases.let_in import let_in
from counter_app.usecases.orient import Demand
from counter_app.wording.catalogue import Words
from tests.ui.workbenches import NOW, Asked, bench_on, open_desk

NOTICES = ("Préparez votre pièce d’identité.", "Have your identity document ready.", "جهّز وثيقة الهوية.")


def calls(*numbers: str) -> tuple[HallCall, ...]:
    return tuple(
        HallCall(number, f"Guichet {place + 1}", NOW - timedelta(minutes=place)) for place, number in enumerate(numbers)
    )


@pytest.fixture
def shown(theme: Theme, words: Words, qtbot: QtBot) -> Iterator[HallWindow]:
    window = HallWindow(theme, words, NOTICES)
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    yield window


@given(st.integers(400, 4320), st.floats(150, 2000), st.integers(1, 20))
def test_digits_are_three_per_cent_of_the_distance_or_as_large_as_the_screen(
    height: int, millimetres: float, metres: int
) -> None:
    sizes = hall_sizes(height, millimetres, metres)
    digit = sizes.digit * millimetres / height
    slack = millimetres / height
    assert digit + slack >= max(SHARE * metres * 1000, LEAST_MM) or sizes.rows == 1
    assert sizes.rows * sizes.digit <= height
    assert 1 <= sizes.rows <= 4


def test_a_screen_of_55_inches_shows_three_calls_read_at_five_metres() -> None:
    sizes = hall_sizes(1080, 685, 5)
    assert sizes.rows == 3
    assert sizes.readable >= 5
    assert sizes.digit * 685 / 1080 >= 150
    assert sizes.font == round(sizes.digit / 0.714)


def test_what_is_shown_is_numbers_desks_the_hour_and_three_languages(shown: HallWindow) -> None:
    shown.distance = 1.0
    shown.show_hall(Hall(NOW, calls("A 042", "R 011")))
    assert shown.texts() == ["A 042 → Guichet 1", "R 011 → Guichet 2", "9\u00a0h\u00a020", *NOTICES]
    assert shown.accessibleName().startswith("A 042 → Guichet 1")


def test_a_hall_where_nobody_is_called_says_so(shown: HallWindow) -> None:
    shown.show_hall(Hall(NOW, ()))
    assert shown.texts() == ["Aucun numéro appelé pour l’instant", "9\u00a0h\u00a020", *NOTICES]


def test_once_cut_off_the_last_state_is_shown_with_its_hour(shown: HallWindow) -> None:
    shown.show_hall(Hall(NOW, calls("A 042"), NOW - timedelta(minutes=12)))
    assert shown.clock() == "Dernier état à 9\u00a0h\u00a008"


def test_a_new_call_flashes_twice_at_most_once_a_second_then_is_steady(shown: HallWindow, qtbot: QtBot) -> None:
    shown.show_hall(Hall(NOW, ()))
    assert shown.show_hall(Hall(NOW, calls("A 042")))
    looks = [shown.inverted]
    for _ in range(FLASHES):
        shown._blink()
        looks.append(shown.inverted)
    assert looks == [False, True, False, True, False]
    assert 1000 / (2 * HALF_FLASH) <= 3


def test_calls_that_have_no_room_take_turns_and_a_new_one_comes_first(shown: HallWindow) -> None:
    five = calls("A 042", "R 011", "A 043", "S 001", "R 012")
    shown.distance = 8.0
    assert shown.sizes.rows == 1, "read from eight metres, this screen holds one call"
    shown.show_hall(Hall(NOW, five, awaited=3))
    seen = [shown.shown[0].number]
    for _ in range(3):
        shown._turn()
        seen.append(shown.shown[0].number)
    assert seen == ["A 042", "R 011", "A 043", "A 042"], "all who are awaited, in turn; who came needs no turn"
    shown._turn()
    assert shown.clock().endswith(" · 2/3")
    new = HallCall("B 001", "Guichet 9", NOW + timedelta(minutes=1))
    shown.show_hall(Hall(NOW, (new, *five), awaited=4))
    assert shown.shown == (new,)
    assert shown._turns.isActive()
    shown.show_hall(Hall(NOW, (new, *five[3:]), awaited=1))
    assert not shown._turns.isActive()
    assert shown.shown == (new,)
    assert "/" not in shown.clock()


def test_nothing_flashes_where_motion_is_reduced(shown: HallWindow) -> None:
    shown.still = True
    shown.show_hall(Hall(NOW, ()))
    shown.show_hall(Hall(NOW, calls("A 042")))
    assert not shown._flash.isActive()


def test_the_same_calls_again_are_not_new(shown: HallWindow) -> None:
    shown.show_hall(Hall(NOW, ()))
    assert shown.show_hall(Hall(NOW, calls("A 042")))
    assert not shown.show_hall(Hall(NOW + timedelta(minutes=1), calls("A 042")))
    assert not shown.show_hall(Hall(NOW, ()))


def test_a_call_that_comes_late_or_from_a_clock_behind_is_new_all_the_same(shown: HallWindow) -> None:
    ahead = HallCall("A 042", "Guichet 1", NOW + timedelta(minutes=10))
    assert shown.show_hall(Hall(NOW, (ahead,))) == ()
    late = HallCall("R 011", "Guichet 5", NOW)
    assert shown.show_hall(Hall(NOW, (ahead, late))) == (late,)
    assert shown.flashing == {late}
    again = HallCall("R 011", "Guichet 5", NOW + timedelta(minutes=1))
    assert shown.show_hall(Hall(NOW, (ahead, again))) == (again,)
    assert shown.show_hall(Hall(NOW, (again,))) == (), "who is done with leaves no gong behind"


def test_what_was_called_before_the_display_opened_is_shown_in_silence(shown: HallWindow) -> None:
    assert shown.show_hall(Hall(NOW, calls("A 042", "R 011"))) == ()
    assert shown.flashing == frozenset()


@pytest.mark.parametrize("look", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST])
def test_the_digits_are_painted_as_high_as_they_are_reckoned(shown: HallWindow, theme: Theme, look: Choice) -> None:
    theme.choose(look)
    shown.still = True
    shown.show_hall(Hall(NOW, calls("1")))
    picture, row = shown.grab().toImage(), shown.height() * 0.84 / shown.sizes.rows
    ground = theme.color("bg").rgb()
    left = range(40, 400)
    inked = [y for y in range(int(row)) if any(picture.pixel(x, y) != ground for x in left)]
    assert abs((inked[-1] - inked[0] + 1) - shown.sizes.digit) <= max(3, shown.sizes.digit * 0.05)


SCREENS = {"55 inches, 1080p": (1920, 1080, 685), "55 inches, 4:3": (1600, 1200, 838)}
NAMES = {
    "Guichet 1": 50,
    "Guichet 12": 50,
    "Guichet 12 – Remise": 50,
    "Accueil des étrangers, rez-de-chaussée 2": 25,
    "Salle d’attente du bâtiment B, guichet 4": 25,
    "Guichetdesremisesdestitresdeséjournº1": 25,
}
"""Names of desks, the longest of 40 letters, and the millimetres that their digits have at least, read from 5 m."""


def laid_out(theme: Theme, width: float, height: float, size: int, number: str, desk: str) -> tuple[Piece, ...]:
    def font(pixels: int) -> QFont:
        told = theme.font(weight=QFont.Weight.Bold)
        told.setPixelSize(pixels)
        return told

    return row_of(number, desk, QRectF(0, 0, width, height), size, font)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", NAMES)
def test_a_number_and_the_name_of_its_desk_are_read_at_five_metres(theme: Theme, screen: str, name: str) -> None:
    width, height, millimetres = SCREENS[screen]
    sizes = hall_sizes(height, millimetres, 5)
    row = height * ROOM / sizes.rows
    number, arrow, *lines = laid_out(theme, width * 0.94, row, sizes.font, "A 042", name)
    tall = [round(piece.size * DIGIT * millimetres / height) for piece in (number, arrow, *lines)]
    assert sizes.rows == 3
    assert tall[0] >= 150, "3 % of the distance"
    assert min(tall[1:]) >= NAMES[name]
    assert "".join(piece.text for piece in lines).replace(" ", "") == name.replace(" ", ""), "nothing of it is lost"


@given(
    st.text("ÀÉgjyAB012 –’", min_size=1, max_size=40).filter(str.strip),
    st.sampled_from(["A 042", "RC 001", "A 042 / R 011"]),
    st.integers(400, 3840),
    st.integers(100, 900),
)
def test_whatever_a_desk_is_called_its_row_holds_it(name: str, number: str, width: int, height: int) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    font = QFont(app.font())

    def of_size(pixels: int) -> QFont:
        font.setPixelSize(pixels)
        return QFont(font)

    pieces = row_of(number, name, QRectF(0, 0, width, height), 2 * height, of_size)
    assert sorted("".join(one.text for one in pieces[2:]).replace(" ", "")) == sorted(name.replace(" ", ""))
    for one in pieces:
        ends = one.at.x() + QFontMetricsF(of_size(one.size)).horizontalAdvance(one.text)
        assert one.size == LEAST or ends <= width + len(one.text), "hinted letters may each be a pixel wider"
        assert one.size == LEAST or 0 <= one.at.y() - one.size * DIGIT <= one.at.y() <= height


def test_the_name_of_a_desk_is_painted_as_high_as_it_is_reckoned(shown: HallWindow, theme: Theme) -> None:
    shown.still = True
    call = HallCall("A 042", "1", NOW)
    shown.show_hall(Hall(NOW, (call,)))
    picture, row = shown.grab().toImage(), shown.height() * ROOM / shown.sizes.rows
    desk = shown._pieces(call, QRectF(0, 0, shown.width(), row), shown.sizes)[-1]
    ground, right = theme.color("bg").rgb(), range(round(desk.at.x()), shown.width())
    around = range(round(desk.at.y() - desk.size * 0.85), round(desk.at.y() + desk.size * 0.1))
    inked = [y for y in around if any(picture.pixel(x, y) != ground for x in right)]
    assert abs((inked[-1] - inked[0] + 1) - desk.size * DIGIT) <= max(3, desk.size * 0.05)


@pytest.mark.parametrize("cut_off", [None, NOW - timedelta(minutes=12)])
def test_what_to_prepare_is_as_high_as_the_least_of_the_rule_in_each_language(
    shown: HallWindow, theme: Theme, cut_off: datetime | None
) -> None:
    longest = "Préparez votre pièce d’identité et votre convocation."
    shown._notices = (longest, "Have your identity document and your summons ready.", NOTICES[2])
    shown.show_hall(Hall(NOW, (), cut_off))
    digit = 1080 * LEAST_MM / 498
    assert shown.sizes.note >= floor(digit) - 1, "on a screen of 40 inches"
    assert [round(font.pixelSize() * DIGIT) >= shown.sizes.note * 0.9 for font in shown.note_fonts()] == [True] * 3


def test_what_is_written_from_the_right_begins_at_the_right(shown: HallWindow, theme: Theme) -> None:
    shown._notices = ("A.", "B.", "جهّز.")
    shown.show_hall(Hall(NOW, ()))
    picture, ground = shown.grab().toImage(), theme.color("bg").rgb()
    top = shown.height() * 0.84 + 4
    line = (shown.height() - top) / 3
    begins, ends = round(shown.width() * 0.22), round(shown.width() * 0.98)
    sides = []
    for place in range(3):
        rows = range(int(top + place * line) + 2, int(top + (place + 1) * line) - 2)
        inked = [x for x in range(begins, ends) if any(picture.pixel(x, y) != ground for y in rows)]
        sides.append("right" if inked[0] > shown.width() / 2 else "left")
    assert sides == ["left", "left", "right"]


class Speaker:
    """Stands for a voice: remembers what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str, /) -> None:
        self.said.append(text)


@pytest.fixture
def bench(tmp_path: Path, theme: Theme, qapp: QApplication) -> Iterator[tuple[Workbench, Asked]]:
    with bench_on(open_desk(tmp_path, "nord"), theme, qapp) as made:
        yield made


def quiet(bench: Workbench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.lanes.busy)


def test_a_call_opens_with_a_gong_and_the_voice_that_the_desk_chose(
    bench: tuple[Workbench, Asked], qtbot: QtBot
) -> None:
    bench_, asked = bench
    owner, speaker = QWidget(), Speaker()
    qtbot.addWidget(owner)

    def speech(_owner: QObject) -> Speech | None:
        return speaker

    door = HallDoor(bench_, owner, Voice(speech))
    door.toggle()
    quiet(bench_, qtbot)
    bench_.change_settings(hall_voice=True)
    quiet(bench_, qtbot)
    assert "gong" not in asked.sounds
    for _ in range(2):
        let_in(bench_.desk, Demand())
        call_next(bench_.desk)
    bench_.acted.emit()
    quiet(bench_, qtbot)
    assert asked.sounds.count("gong") == 1
    assert speaker.said == ["Numéro B 001, Poste 2. Numéro B 002, Poste 2"]
    assert door.window is not None
    door.toggle()
    quiet(bench_, qtbot)
    assert door.window is None


@pytest.fixture
def opened(bench: tuple[Workbench, Asked], qtbot: QtBot) -> tuple[HallDoor, QWidget]:
    """The display of a desk whose window is shown."""
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    door = HallDoor(bench[0], owner)
    door.toggle()
    quiet(bench[0], qtbot)
    return door, owner


def test_the_display_neither_goes_with_a_minimised_window_nor_covers_it(opened: tuple[HallDoor, QWidget]) -> None:
    door, owner = opened
    assert door.window is not None
    handle = door.window.windowHandle()
    assert handle.transientParent() is None, "a window owned by another one stays above it, and is minimised with it"
    assert not door.window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    owner.showMinimized()
    assert door.window.isVisible()


def test_where_there_is_one_screen_the_display_is_a_window_within_it(opened: tuple[HallDoor, QWidget]) -> None:
    door, owner = opened
    assert door.window is not None
    assert not door.window.isFullScreen()
    assert owner.screen().availableGeometry().contains(door.window.geometry())


def test_a_display_closed_by_its_cross_is_closed_and_opens_at_the_next_word(
    opened: tuple[HallDoor, QWidget], bench: tuple[Workbench, Asked], qtbot: QtBot
) -> None:
    door, _owner = opened
    assert door.window is not None
    door.window.close()
    quiet(bench[0], qtbot)
    states = [(door.window is not None, bench[0].settings.hall_display)]
    door.toggle()
    quiet(bench[0], qtbot)
    states.append((door.window is not None, bench[0].settings.hall_display))
    assert states == [(False, False), (True, True)]


def test_the_display_goes_with_the_window_of_the_desk_and_comes_back_with_it(
    opened: tuple[HallDoor, QWidget], bench: tuple[Workbench, Asked]
) -> None:
    door, owner = opened
    shown = door.window
    assert shown is not None
    owner.close()
    assert not shown.isVisible()
    assert bench[0].settings.hall_display, "the next window opens it again"


def test_a_desk_without_a_voice_is_silent_and_says_so(theme: Theme, words: Words, qtbot: QtBot) -> None:
    from counter_app.ui.screens.settings.hall import HallCard

    voice = Voice(lambda _owner: None)
    card = HallCard(theme, words, voice)
    qtbot.addWidget(card)
    voice.say("Numéro A 042, guichet 3")
    assert not voice.available
    assert not card._mute.isHidden()


def test_a_call_that_a_command_made_in_the_same_home_is_soon_on_the_display(
    bench: tuple[Workbench, Asked], opened: tuple[HallDoor, QWidget], qtbot: QtBot
) -> None:
    door, _owner = opened

    def shown() -> bool:
        return door.window is not None and door.window.state is not None and bool(door.window.state.calls)

    let_in(bench[0].desk, Demand())
    call_next(bench[0].desk)
    qtbot.waitUntil(shown, timeout=4000)
