"""The large answer: four channels, said once, never the previous person during a new scan."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.theme import Choice, Theme
from counter_app.ui.tokens import FAMILIES
from counter_app.ui.widgets.verdict_panel import Chip, State, VerdictPanel
from counter_app.wording.catalogue import Words
from counter_app.wording.shipped import shipped
from counter_app.wording.verdicts import VerdictText, verdict_rows, verdict_text

ONE_OF_EACH = {"ok": "admitted", "warn": "late", "stop": "cancelled", "go": "missed", "tech": "unknown"}


class Heard:
    """What a screen reader was told."""

    def __init__(self) -> None:
        self.sentences: list[tuple[str, bool]] = []

    def __call__(self, _widget: QWidget, sentence: str, assertive: bool) -> None:
        self.sentences.append((sentence, assertive))


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, words: Words, heard: Heard) -> Iterator[VerdictPanel]:
    window = QWidget()
    made = VerdictPanel(theme, words, say=heard)
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch(1)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    QApplication.processEvents()
    yield made


def late() -> VerdictText:
    return verdict_text("late", "fr", {"n": 25, "limit": 30}, ("homonyms",))


def written(panel: VerdictPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel) and label.text()]


def test_ready_says_what_to_do_and_announces_nothing(panel: VerdictPanel, heard: Heard) -> None:
    assert panel.state is State.READY
    assert written(panel)[0] == "Scannez une convocation"
    assert heard.sentences == []


def test_a_verdict_shows_word_title_name_detail_notes_and_chips(panel: VerdictPanel) -> None:
    panel.show_verdict(late(), "DIALLO Mariama · née le 04/07/1991", [Chip("mineur"), Chip("document expiré")])
    assert written(panel) == [
        "ATTENTION",
        "EN RETARD DE 25\u00a0MIN",
        "DIALLO Mariama · née le 04/07/1991",
        "Retard accepté jusqu’à 30\u00a0min.",
        "Plusieurs personnes portent ce nom aujourd’hui. Vérifiez la date de naissance.",
        "mineur",
        "document expiré",
    ]


def test_a_new_scan_blanks_the_previous_person_at_once(panel: VerdictPanel) -> None:
    panel.show_verdict(late(), "DIALLO Mariama", [Chip("mineur")])
    panel.show_reading()
    assert written(panel) == ["Lecture…"]
    assert "DIALLO" not in panel.accessibleName()
    assert panel.verdict is None


def test_each_verdict_is_said_exactly_once_in_full(panel: VerdictPanel, heard: Heard) -> None:
    panel.show_reading()
    panel.show_verdict(late(), "DIALLO Mariama", [Chip("mineur")])
    assert len(heard.sentences) == 1
    sentence, _ = heard.sentences[0]
    assert sentence == panel.accessibleName()
    for part in ("ATTENTION.", "EN RETARD DE 25\u00a0MIN.", "DIALLO Mariama.", "30\u00a0min.", "mineur."):
        assert part in sentence


def test_changing_the_looks_says_nothing_again(panel: VerdictPanel, heard: Heard, theme: Theme) -> None:
    panel.show_verdict(late())
    theme.choose(Choice.DARK, 150)
    panel.window().resize(1000, 500)
    QApplication.processEvents()
    assert len(heard.sentences) == 1


@pytest.mark.parametrize("family", FAMILIES)
def test_only_stop_interrupts_the_screen_reader(panel: VerdictPanel, heard: Heard, family: str) -> None:
    panel.show_verdict(verdict_text(ONE_OF_EACH[family], "fr"))
    assert heard.sentences[0][1] is (family == "stop")


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST])
@pytest.mark.parametrize("family", FAMILIES)
def test_the_fill_the_words_and_the_outline_have_the_colours_of_the_family(
    panel: VerdictPanel, theme: Theme, family: str, choice: Choice
) -> None:
    theme.choose(choice)
    panel.show_verdict(verdict_text(ONE_OF_EACH[family], "fr", {"n": 1}))
    QApplication.processEvents()
    image = panel.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, panel.width(), 2) for y in range(0, panel.height(), 2)}
    assert image.pixelColor(panel.width() - 20, panel.height() // 2).name() == theme.color(family).name()
    assert image.pixelColor(panel.width() // 2, 1).name() == theme.color("border").name()
    assert theme.color(f"on-{family}").name() in colours


@pytest.mark.parametrize("size", [(1366, 768), (960, 540), (1920, 1080)])
def test_the_panel_takes_a_quarter_of_the_window_or_more(panel: VerdictPanel, size: tuple[int, int]) -> None:
    panel.window().resize(*size)
    panel.show_verdict(late(), "DIALLO Mariama")
    QApplication.processEvents()
    assert panel.height() >= size[1] / 4


def test_title_and_icon_are_smaller_in_a_small_window(panel: VerdictPanel) -> None:
    panel.show_verdict(late())
    title = next(label for label in panel.findChildren(QLabel) if label.text().startswith("EN RETARD"))
    assert title.font().pointSizeF() == pytest.approx(26)
    panel.window().resize(960, 540)
    QApplication.processEvents()
    assert title.font().pointSizeF() == pytest.approx(18)
    assert panel.compact


def test_a_name_is_shown_as_it_is_never_as_markup(panel: VerdictPanel) -> None:
    panel.show_verdict(late(), "<b>DIALLO</b> & Fils")
    assert "<b>DIALLO</b> & Fils" in written(panel)
    name = next(label for label in panel.findChildren(QLabel) if "DIALLO" in label.text())
    assert name.textFormat().name == "PlainText"


def test_what_was_recorded_is_said_once_and_is_no_answer(panel: VerdictPanel, heard: Heard) -> None:
    panel.show_verdict(late(), "ROSSI Giulia")
    panel.show_done("Arrivée enregistrée · ticket B 013", "ROSSI Giulia", "Le ticket s’imprime.")
    assert (panel.state, panel.verdict) == (State.DONE, None)
    assert written(panel)[:2] == ["Arrivée enregistrée · ticket B 013", "ROSSI Giulia"]
    assert [assertive for _sentence, assertive in heard.sentences] == [False, False]


def test_the_panel_keeps_its_height_from_one_answer_to_the_next(panel: VerdictPanel) -> None:
    heights = []
    for name in ("ROSSI Giulia", ""):
        panel.show_verdict(late(), name) if name else panel.show_reading()
        QApplication.processEvents()
        heights.append(panel.height())
    assert heights == [192, 192]


@pytest.mark.parametrize("slug", list(verdict_rows()))
def test_each_verdict_speaks_by_colour_shape_word_and_sound(panel: VerdictPanel, theme: Theme, slug: str) -> None:
    text = verdict_text(slug)
    panel.show_verdict(text)
    assert theme.color(text.family).isValid()
    assert shipped("icons", f"{text.icon}.svg").is_file()
    assert text.family_word in panel.accessibleName()
    assert text.title in panel.accessibleName()
    assert shipped("sounds", f"{text.family}.wav").is_file()
