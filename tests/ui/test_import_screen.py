"""The import wizard: choosing, naming columns, checking, correcting, writing, and what waits afterwards."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from counter_app.imports.targets import Target
from counter_app.ui.screens.lists.page import ImportScreen
from counter_app.ui.screens.lists.problems import RIGHT
from counter_app.ui.screens.lists.rows import ProblemTable
from counter_app.ui.screens.lists.steps import Step
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.reason import ReasonBox
from counter_app.ui.widgets.row_dialog import RowDialog
from counter_app.ui.workbench import Workbench
from counter_app.usecases import find
from counter_app.usecases.import_list import import_list
from counter_app.usecases.repair_row import open_rows
from tests.ui.workbenches import NOW, PEOPLE, Asked, bench_on, list_file, open_desk

NO_HOUR = "KOVAL;Olena;01/06/1988;;24/11/2026;;Remise de titre;;"
BAD_DAY = "ROSSI;Anna;03/03/1990;;le 24;9h;Dépôt;;"


@pytest.fixture
def desk(tmp_path: Path, theme: Theme, qapp: QApplication) -> Iterator[tuple[Workbench, Asked]]:
    with bench_on(open_desk(tmp_path), theme, qapp) as bench:
        yield bench


@pytest.fixture
def screen(desk: tuple[Workbench, Asked], qtbot: QtBot) -> ImportScreen:
    made = ImportScreen(desk[0])
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activated()
    return made


def reach(screen: ImportScreen, step: Step, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: screen.flow.state.step is step and screen.flow.idle)


def opened(screen: ImportScreen, path: Path, qtbot: QtBot) -> None:
    screen.activated(str(path))
    reach(screen, Step.COLUMNS, qtbot)


def checked(screen: ImportScreen, path: Path, qtbot: QtBot) -> None:
    opened(screen, path, qtbot)
    QTest.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    reach(screen, Step.CONTROL, qtbot)
    qtbot.waitUntil(lambda: screen.focusWidget() is screen.bar.button("import"))


def imported(screen: ImportScreen, path: Path, qtbot: QtBot) -> None:
    checked(screen, path, qtbot)
    QTest.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    reach(screen, Step.REPORT, qtbot)
    qtbot.waitUntil(lambda: screen.focusWidget() is screen.bar.button("another"))


def button(screen: ImportScreen, slug: str) -> QPushButton:
    found = screen.bar.button(slug)
    assert found is not None
    return found


def people(screen: ImportScreen) -> list[str]:
    return [one.name for one in find.day(screen.bench.desk, NOW.date())]


def write(table: ProblemTable, row: int, text: str, qtbot: QtBot) -> None:
    """What an agent does in the last cell: Enter, the right value, Enter."""
    table.setCurrentIndex(table.model().index(row, RIGHT))
    QTest.keyClick(table, Qt.Key.Key_Return)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    editor.insert(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.findChild(QLineEdit) is None)


def test_a_list_is_imported_with_four_keys(
    screen: ImportScreen, desk: tuple[Workbench, Asked], tmp_path: Path, qtbot: QtBot
) -> None:
    imported(screen, list_file(tmp_path, *PEOPLE), qtbot)
    assert people(screen) == ["DIALLO Mariama", "BENALI Karim", "PETROV Ivan"]
    assert "3 nouvelles" in screen.report.counts.accessibleName()
    assert desk[1].acts


def test_nothing_is_written_before_the_last_step(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    checked(screen, list_file(tmp_path, *PEOPLE), qtbot)
    assert "3 nouvelles" in screen.control.counts.accessibleName()
    assert people(screen) == []
    assert screen.step_back()
    assert screen.flow.state.step is Step.COLUMNS


def test_alt_right_never_writes(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    checked(screen, list_file(tmp_path, *PEOPLE), qtbot)
    QTest.keyClick(screen, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert screen.flow.idle
    assert screen.flow.state.step is Step.CONTROL


def test_the_page_says_what_the_file_is(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    opened(screen, list_file(tmp_path, *PEOPLE), qtbot)
    assert "liste.csv · CSV UTF-8, séparateur point-virgule · 3" in screen.columns.about.text()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "vide"), (b"\x00\x01\x02\xff" * 400, "tableau"), (b"%PDF-1.7\n%abc\n", "n’est pas")],
)
def test_a_file_that_is_no_list_is_told_in_the_page(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot, content: bytes, said: str
) -> None:
    path = tmp_path / "liste.xls"
    path.write_bytes(content)
    screen.activated(str(path))
    qtbot.waitUntil(lambda: bool(screen.file.message.text))
    assert said in screen.file.message.text
    assert screen.flow.state.step is Step.FILE


def test_a_file_that_is_gone_is_told(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    screen.activated(str(tmp_path / "absente.csv"))
    qtbot.waitUntil(lambda: "n’existe plus" in screen.file.message.text)


def test_a_missing_column_is_asked_for_on_the_columns_page(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    path = list_file(tmp_path, "A;x;1", "B;y;2", headings="Colonne A;Colonne B;Colonne C")
    opened(screen, path, qtbot)
    screen.bar.trigger_main()
    qtbot.waitUntil(lambda: "Colonne introuvable" in screen.columns.message.text)
    assert screen.flow.state.step is Step.COLUMNS


def test_any_column_can_be_named_as_the_foreign_number(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    path = list_file(
        tmp_path, "DIALLO Mariama;24/11/2026;9h30;5903120821", headings="Nom et prénom;Date;Heure;Champ libre 7"
    )
    opened(screen, path, qtbot)
    box = screen.columns.boxes[3]
    assert box.target == ""
    box.choose(Target.foreign_number.value)
    assert "59\u00a003\u00a0120\u00a0821" in box.accessibleDescription()
    screen.bar.trigger_main()
    reach(screen, Step.CONTROL, qtbot)
    screen.bar.trigger_main()
    reach(screen, Step.REPORT, qtbot)
    assert find.day(screen.bench.desk, NOW.date())[0].foreign_number == "5903120821"


def test_named_columns_are_remembered_for_the_next_list(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    headings = "Nom et prénom;Date;Heure;Champ libre 7"
    opened(screen, list_file(tmp_path, "DIALLO Mariama;24/11/2026;9h30;5903120821", headings=headings), qtbot)
    screen.columns.boxes[3].choose(Target.foreign_number.value)
    screen.bar.trigger_main()
    reach(screen, Step.CONTROL, qtbot)
    screen.bar.trigger_main()
    reach(screen, Step.REPORT, qtbot)
    qtbot.waitUntil(lambda: any(screen.flow.memory.glob("*.toml")))
    screen.bar.trigger_main()
    second = list_file(tmp_path, "PETROV Ivan;25/11/2026;10h;", headings=headings, name="demain.csv")
    opened(screen, second, qtbot)
    assert screen.columns.boxes[3].target == Target.foreign_number.value
    assert "retrouvées" in screen.columns.about.text()


def test_a_remembered_file_that_cannot_be_read_is_told_and_left(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    path = list_file(tmp_path, *PEOPLE)
    imported(screen, path, qtbot)
    screen.flow.memory.mkdir(exist_ok=True)
    opened(screen, path, qtbot) if screen.flow.state.step is Step.COLUMNS else None
    screen.bar.trigger_main()
    opened(screen, path, qtbot)
    screen.columns.boxes[6].choose("")
    screen.bar.trigger_main()
    reach(screen, Step.CONTROL, qtbot)
    screen.bar.trigger_main()
    reach(screen, Step.REPORT, qtbot)
    qtbot.waitUntil(lambda: any(screen.flow.memory.glob("*.toml")))
    kept = next(iter(screen.flow.memory.glob("*.toml")))
    kept.write_text("= pas du TOML", encoding="utf-8")
    screen.bar.trigger_main()
    opened(screen, path, qtbot)
    assert kept.name in screen.columns.message.text
    assert kept.read_text(encoding="utf-8") == "= pas du TOML"


def test_a_row_is_corrected_in_place_before_the_import(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    checked(screen, list_file(tmp_path, *PEOPLE, NO_HOUR), qtbot)
    row = screen.control.table.rows()[0]
    assert (row.line, row.column, row.value) == (5, "Heure", "")
    assert row.problem.startswith("Heure absente")
    write(screen.control.table, 0, "9h15", qtbot)
    assert screen.control.table.rows()[0].solved
    assert screen.bar.actions_shown[0].label == "Importer 4 lignes"
    screen.bar.trigger_main()
    reach(screen, Step.REPORT, qtbot)
    assert "KOVAL Olena" in people(screen)
    assert open_rows(screen.bench.desk) == []


def test_a_correction_that_is_not_enough_says_what_is_still_wrong(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    checked(screen, list_file(tmp_path, *PEOPLE, NO_HOUR), qtbot)
    write(screen.control.table, 0, "midi", qtbot)
    row = screen.control.table.rows()[0]
    assert not row.solved
    assert row.right == "midi"
    assert screen.bar.actions_shown[0].label == "Importer 3 lignes"


def test_ctrl_down_goes_from_problem_to_problem(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    checked(screen, list_file(tmp_path, *PEOPLE, NO_HOUR, BAD_DAY), qtbot)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(screen, Qt.Key.Key_Down, control)
    assert screen.control.table.current_id() == "5"
    QTest.keyClick(screen.control.table, Qt.Key.Key_Down, control)
    assert screen.control.table.current_id() == "6"
    QTest.keyClick(screen.control.table, Qt.Key.Key_Down, control)
    assert screen.control.table.current_id() == "5"


def test_rows_left_wrong_wait_and_can_be_corrected_later(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    imported(screen, list_file(tmp_path, *PEOPLE, NO_HOUR, BAD_DAY), qtbot)
    qtbot.waitUntil(lambda: len(screen.waiting.table.rows()) == 2)
    assert "KOVAL Olena" not in people(screen)
    write(screen.waiting.table, 0, "9h15", qtbot)
    qtbot.waitUntil(lambda: len(screen.waiting.table.rows()) == 1)
    assert "KOVAL Olena" in people(screen)
    write(screen.waiting.table, 0, "demain", qtbot)
    qtbot.waitUntil(lambda: "Ligne 6" in screen.waiting.result.text)
    assert len(open_rows(screen.bench.desk)) == 1


def test_a_row_can_be_opened_whole_and_corrected(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    imported(screen, list_file(tmp_path, *PEOPLE, BAD_DAY), qtbot)
    qtbot.waitUntil(lambda: len(screen.waiting.table.rows()) == 1)
    screen.waiting.see.click()
    dialog = screen.findChild(RowDialog)
    assert dialog is not None
    dialog.fields["Date du rendez-vous"].setText("24/11/2026")
    QTest.keyClick(dialog.fields["Heure"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not screen.waiting.table.rows())
    assert "ROSSI Anna" in people(screen)


def test_a_row_that_is_no_appointment_is_put_away_with_a_reason(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    imported(screen, list_file(tmp_path, *PEOPLE, BAD_DAY), qtbot)
    qtbot.waitUntil(lambda: len(screen.waiting.table.rows()) == 1)
    screen.waiting.put_away.click()
    box = screen.findChild(ReasonBox)
    assert box is not None
    box.free.setText("Ligne de total")
    QTest.keyClick(box.free, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "rangée" in screen.waiting.result.text)
    assert open_rows(screen.bench.desk) == []


def test_the_same_file_twice_is_said_to_bring_nothing(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    path = list_file(tmp_path, *PEOPLE)
    imported(screen, path, qtbot)
    screen.bar.trigger_main()
    checked(screen, path, qtbot)
    assert "Rien de nouveau" in screen.control.counts.told.text()


def test_an_older_file_is_said_to_change_nothing(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    import os

    newer = list_file(tmp_path, *PEOPLE, name="neuve.csv")
    older = list_file(tmp_path, *PEOPLE[:2], name="ancienne.csv")
    os.utime(older, (1_700_000_000, 1_700_000_000))
    imported(screen, newer, qtbot)
    screen.bar.trigger_main()
    checked(screen, older, qtbot)
    assert "plus récente" in screen.control.counts.told.text()
    assert "absente" not in screen.control.counts.told.text()


def test_people_no_longer_listed_are_said_to_be_kept(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    import os

    first = list_file(tmp_path, *PEOPLE, name="matin.csv")
    os.utime(first, (1_700_000_000, 1_700_000_000))
    import_list(screen.bench.desk, first)
    checked(screen, list_file(tmp_path, *PEOPLE[:2], name="midi.csv"), qtbot)
    assert "probablement annulée" in screen.control.counts.told.text()


def test_the_control_can_be_stopped_and_nothing_is_written(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    rows = [f"NOM{n};Prénom;;;24/11/2026;9h30;Dépôt;;" for n in range(4000)]
    opened(screen, list_file(tmp_path, *rows), qtbot)
    screen.bar.trigger_main()
    assert screen.bar.actions_shown[0].slug == "stop"
    assert screen.step_back()
    reach(screen, Step.COLUMNS, qtbot)
    assert "Rien n’a été écrit" in screen.result.text
    assert people(screen) == []


def test_an_import_under_way_is_finished_before_another(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    rows = [f"NOM{n};Prénom;;;24/11/2026;9h30;Dépôt;;" for n in range(1200)]
    checked(screen, list_file(tmp_path, *rows), qtbot)
    screen.bar.trigger_main()
    screen.flow.open(tmp_path / "autre.csv")
    assert "Un import est en cours" in screen.result.text
    reach(screen, Step.REPORT, qtbot)
    assert "1200 nouvelles" in screen.report.counts.accessibleName()


def test_the_report_tells_line_column_cause_value_and_correction(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    checked(screen, list_file(tmp_path, *PEOPLE, NO_HOUR, BAD_DAY), qtbot)
    write(screen.control.table, 0, "9h15", qtbot)
    path = tmp_path / "rapport.csv"
    screen.flow.save_report(path)
    qtbot.waitUntil(lambda: "Rapport enregistré" in screen.result.text)
    text = path.read_text(encoding="utf-8-sig")
    assert text.startswith("Ligne;Colonne;Problème;Valeur lue;Corriger")
    assert ";9h15" in text
    assert "6;Date du rendez-vous;" in text


def test_a_report_that_cannot_be_written_is_told(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    checked(screen, list_file(tmp_path, *PEOPLE), qtbot)
    screen.flow.save_report(tmp_path / "absent" / "rapport.csv")
    qtbot.waitUntil(lambda: "n’a pas pu être écrit" in screen.result.text)


def test_a_file_can_be_dropped_on_the_page(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(list_file(tmp_path, *PEOPLE)))])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    screen.file.dropEvent(QDropEvent(QPointF(5, 5), actions, dropped, buttons, keys))
    reach(screen, Step.COLUMNS, qtbot)


def test_ctrl_o_opens_the_list_of_files_where_the_last_one_was(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "Exports"
    folder.mkdir()
    imported(screen, list_file(folder, *PEOPLE), qtbot)
    qtbot.waitUntil((screen.flow.memory / "dernier-dossier.txt").is_file)
    screen.flow.start_over()
    QTest.keyClick(screen, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = screen.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.directory().absolutePath()) == folder
    dialog.reject()


def test_every_box_and_field_has_a_name(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    opened(screen, list_file(tmp_path, *PEOPLE), qtbot)
    assert screen.columns.boxes[0].accessibleName() == "Nom, devient"
    assert all(button.accessibleName() for button in screen.findChildren(QPushButton) if button.isVisible())


def test_no_page_is_wider_than_a_small_window_with_large_text(
    screen: ImportScreen, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    theme.choose(theme.choice, 200)
    screen.resize(880, 420)
    checked(screen, list_file(tmp_path, *PEOPLE, NO_HOUR), qtbot)
    assert not screen.page.overflows()
    screen.flow.back()
    assert not screen.page.overflows()


def test_a_list_replaced_after_the_control_is_checked_again_and_nothing_is_written(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    checked(screen, list_file(tmp_path, PEOPLE[0]), qtbot)
    before = screen.flow.state.rehearsed
    list_file(tmp_path, *PEOPLE[1:])
    QTest.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.flow.idle and screen.flow.state.rehearsed not in (None, before))
    assert screen.flow.state.step is Step.CONTROL
    assert "Le fichier a changé depuis le contrôle" in screen.result.text
    assert (people(screen), screen.flow.state.taken) == ([], 2)
    qtbot.waitUntil(lambda: screen.focusWidget() is screen.bar.button("import"))
    QTest.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    reach(screen, Step.REPORT, qtbot)
    assert people(screen) == ["BENALI Karim", "PETROV Ivan"]


def test_an_older_list_is_taken_as_the_newest_only_by_a_gesture_of_its_own(
    screen: ImportScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    older = list_file(tmp_path, PEOPLE[0], name="avant.csv")
    newer = list_file(tmp_path, PEOPLE[0].replace("9h30", "10h30"), name="après.csv")
    for path, minutes in ((older, 0), (newer, 10)):
        os.utime(path, (NOW.timestamp() - 7200 + 60 * minutes,) * 2)
        import_list(screen.bench.desk, path)
    checked(screen, older, qtbot)
    assert "Prendre acte" in button(screen, "import").text()
    button(screen, "as_newest").click()
    qtbot.waitUntil(lambda: screen.flow.idle and not screen.flow.state.superseded)
    assert "Importer 1 ligne" in button(screen, "import").text()
    qtbot.waitUntil(lambda: screen.focusWidget() is screen.bar.button("import"))
    QTest.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    reach(screen, Step.REPORT, qtbot)
    (one,) = find.day(screen.bench.desk, NOW.date())
    assert f"{one.slot:%H:%M}" == "09:30"
