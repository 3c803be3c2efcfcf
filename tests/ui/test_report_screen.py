"""The day's report on screen: it balances, names who is open, follows what happens, and is signed once it was read."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from counter_app.domain.day_figures import Figures
from counter_app.domain.period_figures import EVERYBODY, Only, PeriodFigures
from counter_app.domain.visit import Outcome
from counter_app.store import sync_rows
from counter_app.store.convocation_rows import code_of
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens.fields_box import FieldsBox
from counter_app.ui.screens.registry import SCREENS
from counter_app.ui.screens.report.asked import Asked, Span
from counter_app.ui.screens.report.files import file_of, page_of
from counter_app.ui.screens.report.page import ReportScreen
from counter_app.ui.screens.report.state import FILES
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.chart import BarChart
from counter_app.ui.widgets.chart_table import FigureTable
from counter_app.ui.widgets.choice_box import ChoiceBox
from counter_app.ui.workbench import Workbench
from counter_app.usecases import calling
from counter_app.usecases.check_in import admit
from counter_app.usecases.close_day import LONGEST_REMARK, closings
from counter_app.usecases.day_papers import DayFile
from counter_app.usecases.find import day as people_of
from counter_app.usecases.import_list import import_list
from tests.journeys.room import cut_words
from tests.ui.workbenches import NOW, PEOPLE, bench_on, list_file, open_desk
from tests.ui.workbenches import Asked as Wanted
from tests.usecases.test_period_papers import sheets_of

K = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
DAY = NOW.date()
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


@dataclass
class Evening:
    """A person at the screen of the report; three people are convened that day."""

    screen: ReportScreen
    bench: Workbench
    asked: Wanted
    qtbot: QtBot
    folder: Path

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.screen, key, held)
        self.quiet()

    def quiet(self) -> None:
        """Until all is done, and the page has made room for it."""
        self.qtbot.waitUntil(lambda: not self.bench.lanes.busy)
        QApplication.processEvents()

    def at(self, hour: int, minute: int = 0, day: date = DAY) -> None:
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=NOW.tzinfo)
        self.bench.desk.clock = lambda: moment

    def person(self, name: str) -> str:
        return next(one.id for one in people_of(self.bench.desk, DAY) if one.name.startswith(name))

    def comes(self, name: str) -> None:
        """Somebody arrives, here."""
        assert admit(self.bench.desk, self.person(name)).recorded
        self.bench.acted.emit()
        self.quiet()

    def served(self) -> None:
        """The next person is received from beginning to end."""
        called = calling.call_next(self.bench.desk).line
        assert called
        calling.present(self.bench.desk, called.visit.id)
        calling.finish(self.bench.desk, called.visit.id, Outcome.RECEIVED)
        self.bench.acted.emit()
        self.quiet()

    def open_names(self) -> list[str]:
        return [row.cells[1].split()[0] for row in self.screen.table.rows()]

    @property
    def balance(self) -> str:
        return self.screen.view.balance.text().replace("\u00a0", " ")

    @property
    def told(self) -> str:
        return self.screen.result.text.replace("\u00a0", " ")

    @property
    def signed(self) -> list[int]:
        return [one.version for one in closings(self.bench.desk, DAY)]


def period(figures: Figures) -> PeriodFigures:
    """The same figures, as those of a week."""
    same = {one.name: getattr(figures, one.name) for one in fields(Figures)}
    return PeriodFigures(first=DAY, last=DAY + timedelta(days=6), only=EVERYBODY, days=(), **same)


@pytest.fixture
def evening(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[Evening]:
    with bench_on(open_desk(tmp_path, "nord"), theme, qapp) as (bench, asked):
        import_list(bench.desk, list_file(tmp_path, *PEOPLE))
        screen = ReportScreen(bench)
        qtbot.addWidget(screen)
        screen.resize(1000, 700)
        screen.show()
        qtbot.waitExposed(screen)
        screen.activateWindow()
        screen.activated()
        made = Evening(screen, bench, asked, qtbot, tmp_path)
        made.quiet()
        yield made


def test_the_equation_is_told_with_all_its_terms(evening: Evening) -> None:
    assert evening.balance == ("Convoqués 3 = reçus 0 + absents 0 + partis 0 + reportés 0 + annulés 0 + NON CLÔTURÉS 3")


def test_everybody_who_is_open_is_named_and_those_who_are_here_come_first(evening: Evening) -> None:
    assert evening.open_names() == ["DIALLO", "BENALI", "PETROV"]
    evening.at(9, 30)
    evening.comes("PETROV")
    assert evening.open_names() == ["PETROV", "DIALLO", "BENALI"]


def test_the_figures_follow_the_acts_of_the_day(evening: Evening) -> None:
    evening.comes("DIALLO")
    evening.at(9, 40)
    evening.served()
    assert "reçus 1" in evening.balance
    assert "NON CLÔTURÉS 2" in evening.balance
    assert evening.screen.view.charts["arrivals"].chart.bars[0].told == "1"
    assert "20\u00a0min" in {bar.told for bar in evening.screen.view.charts["waits"].chart.bars}
    services = evening.screen.view.groups["by_service"].figures
    told = dict(zip(services.names, services.rows[0], strict=True))
    assert told["Attente médiane (min)"] == "20"
    evening.screen.resize(829, 700)
    evening.quiet()
    assert not services.stacked, "still a table beside the last acts, on the screens of desks"


def test_who_has_not_come_is_absent_once_the_hour_is_past(evening: Evening) -> None:
    evening.at(18)
    evening.screen.activated()
    evening.quiet()
    assert "absents 3" in evening.balance
    assert evening.screen.view.rule.text() == "Personne n’est en suspens."


def test_counting_never_takes_the_lane_of_gestures(evening: Evening) -> None:
    worked: list[str] = []
    evening.bench.lanes.busy_changed.connect(lambda lane, _busy: worked.append(lane))
    evening.screen.flow.refresh()
    evening.quiet()
    assert set(worked) == {"background"}


def test_enter_on_an_open_case_opens_the_person(evening: Evening) -> None:
    evening.press(K.Key_Down)
    evening.press(K.Key_Return)
    benali = next(one for one in people_of(evening.bench.desk, DAY) if one.name.startswith("BENALI"))
    assert evening.asked.screens == [("reception", code_of(benali))]


def test_nobody_open_is_said_not_opened(evening: Evening) -> None:
    evening.at(18)
    evening.screen.activated()
    evening.quiet()
    evening.screen.confirm()
    assert evening.told.startswith("Personne n’est en suspens")
    assert evening.asked.screens == []


def test_ctrl_enter_shows_what_will_be_signed_and_signs_the_second_time_only(evening: Evening) -> None:
    evening.press(K.Key_Return, CTRL)
    review = evening.screen.view.review
    assert review.isVisible()
    assert "NON\u00a0CLÔTURÉS\u00a03" in review.about.text()
    assert evening.signed == []
    evening.press(K.Key_Return, CTRL)
    assert evening.signed == [1]
    assert not review.isVisible()
    assert evening.screen.table.hasFocus()
    assert evening.told.startswith("Version 1 du bilan signée")
    assert "M. Durand" in evening.screen.view.lines["versions"].text()


def test_what_was_said_of_a_day_goes_away_with_it(evening: Evening) -> None:
    evening.at(9, day=DAY + timedelta(days=1))
    evening.screen.flow.show_day(DAY)
    evening.quiet()
    for _ in range(2):
        evening.press(K.Key_Return, CTRL)
    assert evening.told.startswith("Version 1 du bilan signée")
    assert evening.screen.result.isVisible()
    assert evening.screen.step_back()
    evening.quiet()
    assert evening.screen.flow.days[0] == DAY + timedelta(days=1)
    assert not evening.screen.result.isVisible()


def test_what_was_written_beside_the_figures_is_kept(evening: Evening) -> None:
    evening.press(K.Key_Return, CTRL)
    evening.screen.view.review.remarks.setText("Panne de courant à 11 h")
    evening.press(K.Key_Return)
    assert evening.signed == []
    evening.press(K.Key_Return, CTRL)
    assert closings(evening.bench.desk, DAY)[0].remarks == "Panne de courant à 11 h"


def test_remarks_that_are_too_long_stay_and_nothing_is_signed(evening: Evening) -> None:
    evening.press(K.Key_Return, CTRL)
    review = evening.screen.view.review
    review.remarks.setText("a" * (LONGEST_REMARK + 3))
    evening.press(K.Key_Return, CTRL)
    assert (evening.signed, review.isVisible(), len(review.remarks.text())) == ([], True, LONGEST_REMARK + 3)
    assert "3 de trop" in review.row.message.text


def test_escape_leaves_the_review_and_nothing_is_signed(evening: Evening) -> None:
    evening.press(K.Key_Return, CTRL)
    assert evening.screen.step_back()
    assert not evening.screen.view.review.isVisible()
    assert not evening.screen.step_back()
    assert evening.signed == []


def test_nothing_else_is_shown_while_a_report_is_read_to_be_signed(evening: Evening) -> None:
    evening.press(K.Key_Return, CTRL)
    evening.screen.view.review.remarks.setText("Fermeture à midi")
    for key, held in ((K.Key_Left, ALT), (K.Key_PageDown, CTRL), (K.Key_L, CTRL), (K.Key_R, CTRL)):
        evening.press(key, held)
        assert "signez-le" in evening.told
    assert evening.screen.view.moves.spans[Span.DAY].isChecked()
    evening.press(K.Key_Return, CTRL)
    assert closings(evening.bench.desk, DAY)[0].remarks == "Fermeture à midi"


def test_the_same_figures_are_not_signed_twice_and_it_is_said(evening: Evening) -> None:
    for _ in range(4):
        evening.press(K.Key_Return, CTRL)
    assert evening.signed == [1]
    assert "elle vaut toujours" in evening.told


def test_a_version_signed_another_day_is_told_with_its_day(evening: Evening) -> None:
    evening.at(23, 50)
    evening.screen.flow.refresh()
    evening.quiet()
    for _ in range(2):
        evening.press(K.Key_Return, CTRL)
    assert evening.told.endswith("signée à 23 h 50.")
    evening.at(8, 0, DAY + timedelta(days=1))
    evening.press(K.Key_Left, ALT)
    for _ in range(2):
        evening.press(K.Key_Return, CTRL)
    assert "signée à 23 h 50 le 24/11 : elle vaut toujours" in evening.told


def test_a_late_act_makes_a_second_version_that_says_what_changed(evening: Evening) -> None:
    for _ in range(2):
        evening.press(K.Key_Return, CTRL)
    evening.at(9, 31)
    evening.comes("DIALLO")
    evening.served()
    assert "Convoqués · reçus\u00a0: 0 → 1" in evening.screen.view.signed.text()
    for _ in range(2):
        evening.press(K.Key_Return, CTRL)
    assert evening.signed == [1, 2]
    versions = evening.screen.view.lines["versions"].text()
    assert versions.index("Version 2") < versions.index("Convoqués · reçus\u00a0: 0 → 1") < versions.index("Version 1")


def test_what_came_between_the_reading_and_the_signature_is_said(evening: Evening) -> None:
    evening.press(K.Key_Return, CTRL)
    admit(evening.bench.desk, evening.person("DIALLO"))
    evening.press(K.Key_Return, CTRL)
    assert "Entre votre lecture et la signature" in evening.told
    assert "Arrivées · 9 h : – → 1" in evening.told


def test_a_day_before_all_that_is_known_is_not_signed_and_it_is_said(evening: Evening) -> None:
    evening.press(K.Key_Left, ALT)
    evening.press(K.Key_Return, CTRL)
    evening.press(K.Key_Return, CTRL)
    assert closings(evening.bench.desk, DAY - timedelta(days=1)) == []
    assert evening.told.startswith("Il n’y a rien à clore avant le")
    assert not evening.screen.view.review.isVisible()


def test_a_day_to_come_has_nothing_to_close(evening: Evening) -> None:
    evening.press(K.Key_Right, ALT)
    evening.press(K.Key_Return, CTRL)
    assert "n’est pas encore venu" in evening.told
    assert not evening.screen.view.review.isVisible()


def test_days_are_chosen_by_keyboard_and_alt_home_comes_back(evening: Evening) -> None:
    evening.press(K.Key_Left, ALT)
    assert evening.screen.flow.days == (DAY - timedelta(days=1), DAY - timedelta(days=1))
    assert evening.screen.view.balance.text() == "Personne n’est convoqué."
    evening.press(K.Key_Home, ALT)
    assert evening.screen.flow.state.asked.day is None
    assert "Convoqués 3" in evening.balance


def test_today_follows_the_calendar_and_a_chosen_day_does_not(evening: Evening) -> None:
    tomorrow = DAY + timedelta(days=1)
    evening.at(0, 5, tomorrow)
    evening.screen.activated()
    evening.quiet()
    look = evening.screen.flow.state.look
    assert look
    assert look.figures.day == tomorrow
    evening.press(K.Key_Left, ALT)
    evening.press(K.Key_Return, CTRL)
    evening.press(K.Key_Return, CTRL)
    assert evening.signed == [1]


def test_midnight_does_not_change_what_is_being_signed(evening: Evening) -> None:
    evening.press(K.Key_Return, CTRL)
    evening.at(0, 5, DAY + timedelta(days=1))
    evening.bench.acted.emit()
    evening.quiet()
    evening.press(K.Key_Return, CTRL)
    assert evening.signed == [1]
    assert closings(evening.bench.desk, DAY + timedelta(days=1)) == []


def test_desks_that_have_not_sent_everything_make_it_provisional_in_words(evening: Evening) -> None:
    with evening.bench.desk.store.writing() as connection:
        sync_rows.set_peers(
            connection, [("poste3", "Poste 3", "", {"desk": "Poste 3", "waiting": 4, "revoked": False})]
        )
    evening.screen.flow.refresh()
    evening.quiet()
    assert evening.screen.view.provisional.isVisible()
    assert "2\u00a0postes" in evening.screen.view.counted.text()
    assert "1\u00a0poste sur\u00a02 n’a pas tout envoyé (Poste 3)" in evening.screen.view.provisional.text
    for _ in range(2):
        evening.press(K.Key_Return, CTRL)
    assert closings(evening.bench.desk, DAY)[0].provisional
    assert "provisoire" in evening.screen.view.lines["versions"].text()


def test_a_desk_that_is_cut_off_says_until_when_the_others_are_known(evening: Evening) -> None:
    evening.bench.desk.shared = True
    evening.screen.flow.refresh()
    evening.quiet()
    assert "n’a encore rien vérifié" in evening.screen.view.provisional.text
    with evening.bench.desk.store.writing() as connection:
        sync_rows.note(connection, "verified_at", (NOW - timedelta(hours=1)).isoformat())
    evening.screen.flow.refresh()
    evening.quiet()
    assert "8\u00a0h\u00a020" in evening.screen.view.provisional.text
    evening.press(K.Key_Return, CTRL)
    assert "8\u00a0h\u00a020" in evening.screen.view.review.about.text()
    evening.press(K.Key_Return, CTRL)
    assert closings(evening.bench.desk, DAY)[0].provisional


def test_a_desk_alone_says_that_nothing_is_missing_only_as_far_as_it_knows(evening: Evening) -> None:
    assert not evening.screen.view.provisional.isVisible()
    evening.press(K.Key_Return, CTRL)
    assert "à la connaissance de ce poste" in evening.screen.view.review.about.text()


def test_ctrl_t_shows_tables_with_the_same_figures(evening: Evening) -> None:
    box = evening.screen.view.charts["endings"]
    evening.press(K.Key_T, CTRL)
    assert box.table.isVisible()
    assert box.table.figures.rows == tuple((bar.label, bar.told) for bar in box.chart.bars)
    assert evening.screen.view.moves.buttons["tables"].isChecked()
    evening.press(K.Key_T, CTRL)
    assert box.chart.isVisible()


def test_the_endings_of_the_chart_add_up_to_the_equation(evening: Evening) -> None:
    evening.comes("DIALLO")
    bars = evening.screen.view.charts["endings"].chart.bars
    assert sum(bar.length for bar in bars) == 3


def test_ctrl_p_prints_the_page_of_the_day(evening: Evening) -> None:
    evening.press(K.Key_P, CTRL)
    assert len(evening.asked.pages) == 1


def test_the_figures_of_a_version_are_written_to_the_letter(evening: Evening, tmp_path: Path) -> None:
    for _ in range(2):
        evening.press(K.Key_Return, CTRL)
    made = file_of(evening.bench.desk, "json", evening.screen.flow.state)
    evening.screen.files.write(tmp_path / made.name, made)
    evening.quiet()
    written = (tmp_path / made.name).read_bytes()
    assert hashlib.sha256(written).hexdigest() == closings(evening.bench.desk, DAY)[0].digest
    assert made.name in evening.told.replace("\u200b", "")


def test_files_of_a_version_tell_the_conflicts_that_it_signed(evening: Evening) -> None:
    for _ in range(2):
        evening.press(K.Key_Return, CTRL)
    state = evening.screen.flow.state
    assert state.look
    since = replace(state, look=replace(state.look, figures=replace(state.look.figures, open_conflicts=9)))
    assert page_of(evening.bench.desk, since).pdf == page_of(evening.bench.desk, state).pdf
    for slug in ("csv", "xlsx"):
        then, now = (figures_in(file_of(evening.bench.desk, slug, one)) for one in (state, since))
        assert then == now, slug


def figures_in(made: DayFile) -> object:
    """What a file of figures says, whenever it was made."""
    return sheets_of(made.content)["Chiffres"] if made.name.endswith(".xlsx") else made.content


def test_unsigned_figures_have_no_signed_file_and_other_files_say_provisional(evening: Evening) -> None:
    state = evening.screen.flow.state
    evening.screen.files.keep("json", state)
    assert "ne sont pas signés" in evening.told
    for slug in ("pdf", "annex", "xlsx", "csv"):
        assert "provisoire" in file_of(evening.bench.desk, slug, state).name


def test_each_button_of_a_file_makes_its_kind_for_a_day_and_for_a_period(evening: Evening) -> None:
    for _ in range(2):
        evening.press(K.Key_Return, CTRL)
    kinds = {"pdf": ".pdf", "annex": ".pdf", "xlsx": ".xlsx", "csv": ".csv", "json": ".json"}
    for _ in range(2):
        made = {slug: file_of(evening.bench.desk, slug, evening.screen.flow.state) for slug in FILES}
        assert {slug: Path(one.name).suffix for slug, one in made.items()} == kinds
        assert [slug for slug, one in made.items() if one.name.startswith("annexe")] == ["annex"]
        evening.press(K.Key_PageDown, CTRL)


def test_only_the_annex_names_anybody(evening: Evening) -> None:
    state = evening.screen.flow.state
    for slug in ("csv", "xlsx"):
        assert b"DIALLO" not in file_of(evening.bench.desk, slug, state).content


def test_a_file_is_offered_under_its_own_name_and_written_where_it_is_said(evening: Evening) -> None:
    evening.press(K.Key_E, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "bilan-2026-11-24-provisoire.csv"
    dialog.fileSelected.emit(str(evening.folder / "bilan.csv"))
    dialog.reject()
    evening.quiet()
    assert (evening.folder / "bilan.csv").read_bytes()
    assert "Fichier écrit" in evening.told


def test_a_file_that_cannot_be_written_is_said(evening: Evening, tmp_path: Path) -> None:
    made = file_of(evening.bench.desk, "csv", evening.screen.flow.state)
    evening.screen.files.write(tmp_path / "absent" / "bilan.csv", made)
    evening.quiet()
    assert "n’a pas pu être écrit" in evening.told


def test_a_period_prints_its_own_page(evening: Evening) -> None:
    evening.press(K.Key_PageDown, CTRL)
    evening.press(K.Key_P, CTRL)
    assert len(evening.asked.pages) == 1


def test_the_keys_of_the_review_are_those_that_f1_tells(evening: Evening) -> None:
    assert "Traiter" in (evening.screen.help_keys or "")
    evening.press(K.Key_Return, CTRL)
    assert evening.screen.help_keys == "Ctrl+Entrée Signer et clore · Échap Revenir"


def test_people_are_covered_and_figures_stay(evening: Evening) -> None:
    evening.screen.hide_people(True)
    evening.at(9, 30)
    evening.comes("PETROV")
    view = evening.screen.view
    for name in ("cases", "agreements", "versions"):
        assert not view.cards[name].isVisible(), name
    assert view.balance.isVisible()
    assert view.charts["endings"].isVisible()
    evening.screen.hide_people(False)
    evening.qtbot.waitUntil(evening.screen.table.hasFocus)
    assert view.cards["agreements"].isVisible()


@pytest.mark.parametrize("leave", ["another screen", "covered"])
def test_a_review_that_was_left_is_read_again_and_its_remark_is_still_there(evening: Evening, leave: str) -> None:
    window = MainWindow(evening.bench, SCREENS)
    evening.qtbot.addWidget(window)
    window.show()
    evening.qtbot.waitExposed(window)
    window.activateWindow()
    window.open("report")
    evening.quiet()
    screen = window.front
    assert isinstance(screen, ReportScreen)
    evening.press(K.Key_Return, CTRL)
    review = screen.view.review
    assert review.isVisible()
    review.remarks.setText("Panne de courant à 11 h")
    if leave == "covered":
        window.idle.cover()
        window.idle.wake()
    else:
        window.open("queue")
        window.open("report")
    evening.quiet()
    assert not review.isVisible()
    evening.press(K.Key_Return, CTRL)
    assert (evening.signed, review.isVisible()) == ([], True)
    assert review.remarks.text() == "Panne de courant à 11 h"
    evening.press(K.Key_Return, CTRL)
    assert closings(evening.bench.desk, DAY)[0].remarks == "Panne de courant à 11 h"
    evening.press(K.Key_Return, CTRL)
    assert review.remarks.text() == "", "what is signed is not said again"


def test_a_remark_is_not_said_of_another_day(evening: Evening) -> None:
    evening.press(K.Key_Return, CTRL)
    evening.screen.view.review.remarks.setText("Panne de courant à 11 h")
    evening.press(K.Key_Escape)
    evening.screen.step_back()
    evening.press(K.Key_Left, ALT)
    evening.press(K.Key_Return, CTRL)
    assert evening.screen.view.review.remarks.text() == ""


# week, month, any period


def test_ctrl_page_down_goes_from_the_day_to_the_week_and_the_month(evening: Evening) -> None:
    shown = []
    for _ in range(3):
        evening.press(K.Key_PageDown, CTRL)
        shown.append((evening.screen.flow.state.asked.span, evening.balance.split(" =")[0]))
    assert shown == [(Span.WEEK, "Convoqués 3"), (Span.MONTH, "Convoqués 3"), (Span.DAY, "Convoqués 3")]


def test_a_week_names_its_days_and_enter_opens_one_with_its_people(evening: Evening) -> None:
    evening.press(K.Key_PageDown, CTRL)
    assert [row.cells[0] for row in evening.screen.view.days.rows()] == ["24/11/2026"]
    assert evening.screen.view.days.rows()[0].cells[1:] == ("3", "0", "0", "0", "0", "0", "3")
    assert not evening.screen.table.isVisible()
    evening.press(K.Key_Return)
    assert evening.screen.flow.state.asked == Asked()
    assert evening.open_names() == ["DIALLO", "BENALI", "PETROV"]


def test_a_period_is_not_signed_and_it_is_said_what_is(evening: Evening) -> None:
    evening.press(K.Key_PageDown, CTRL)
    evening.press(K.Key_Return, CTRL)
    assert "ouvrez le jour" in evening.told
    assert evening.signed == []


def test_nothing_is_shown_of_other_days_while_those_asked_for_are_counted(evening: Evening) -> None:
    evening.screen.flow.move(-1)
    assert not evening.screen.view.balance.isVisible()
    assert not evening.screen.view.cards["cases"].isVisible()
    assert "se compte" in evening.screen.view.counted.text()
    evening.quiet()
    assert evening.screen.view.balance.isVisible()


def test_a_free_period_is_typed_and_reversed_days_are_asked_again(evening: Evening) -> None:
    evening.screen.view.moves.spans[Span.FREE].click()
    box = QApplication.activeModalWidget()
    assert isinstance(box, FieldsBox)
    box.line("first").setText("20/11/2026")
    box.line("last").setText("19/11/2026")
    box._confirm()
    assert "échangez-les" in box.rows["last"].message.text
    box.line("last").setText("26/11/2026")
    box._confirm()
    evening.quiet()
    assert evening.screen.flow.days == (date(2026, 11, 20), date(2026, 11, 26))
    assert "du 20/11/2026 au 26/11/2026" in evening.screen.view._title.text()
    assert "Convoqués 3" in evening.balance


def test_a_period_given_up_leaves_the_day_where_it_was(evening: Evening) -> None:
    evening.screen.view.moves.spans[Span.FREE].click()
    box = QApplication.activeModalWidget()
    assert isinstance(box, FieldsBox)
    box.reject()
    assert evening.screen.view.moves.spans[Span.DAY].isChecked()


def test_a_period_too_long_says_why_and_shows_no_figure(evening: Evening) -> None:
    evening.screen.flow.ask(Asked(Span.FREE, free=(date(2020, 1, 1), date(2026, 1, 1))))
    evening.quiet()
    assert "plus courte" in evening.screen.view.counted.text()
    assert not evening.screen.view.balance.isVisible()


def test_a_day_of_nobody_before_is_not_compared_with_zero(evening: Evening) -> None:
    evening.press(K.Key_R, CTRL)
    assert "rien n’est comparé à zéro" in evening.screen.view.against.text()
    assert "mardi 17 novembre 2026" in evening.screen.view.against.text()
    assert not evening.screen.view.differences.isVisible()


def test_a_week_is_compared_figure_by_figure_with_the_one_before(evening: Evening) -> None:
    evening.at(9, 20, DAY + timedelta(days=7))
    rows = (row.replace("24/11/2026", "01/12/2026") for row in PEOPLE[:2])
    import_list(evening.bench.desk, list_file(evening.folder, *PEOPLE, *rows, name="suite.csv"))
    evening.press(K.Key_PageDown, CTRL)
    evening.press(K.Key_R, CTRL)
    told = {row[0]: row[1:] for row in evening.screen.view.differences.figures.rows}
    assert told["Convoqués · en tout"][:2] == ("3", "2")
    assert told["Convoqués · en tout"][2].startswith("\u22121")
    bars = {bar.label: (bar.told, bar.before_told) for bar in evening.screen.view.charts["endings"].chart.bars}
    assert bars["absents"] == ("0", "3 avant")
    assert evening.screen.view.differences.hasFocus()
    evening.press(K.Key_R, CTRL)
    view = evening.screen.view

    def begun() -> None:
        """In the list when its row is in sight, wherever the page has scrolled to; else on what to do next."""
        focused, place = QApplication.focusWidget(), view.verticalScrollBar().value()
        next_one = view.bar.main or view.moves.buttons["previous"]
        assert focused in (view.days, next_one), (focused, place)
        assert view.in_sight(view.days) if focused is view.days else seen(evening, next_one), (focused, place)

    evening.qtbot.waitUntil(begun)


def test_a_page_read_further_down_begins_again_in_its_list_at_the_top(evening: Evening) -> None:
    view = evening.screen.view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.begin()
    assert evening.screen.table.hasFocus()
    assert view.in_sight(evening.screen.table)


def test_one_service_alone_tells_whose_figures_they_are_and_counts_no_papers(evening: Evening) -> None:
    evening.press(K.Key_L, CTRL)
    box = QApplication.activeModalWidget()
    assert isinstance(box, ChoiceBox)
    assert box.ready.chosen() == "Tout le monde", "whose figures are on show"
    QTest.keyClick(box.ready.first(), K.Key_2)
    box._confirm()
    evening.quiet()
    service = evening.bench.desk.rules.queue.services[0]
    assert evening.screen.flow.state.asked.only == Only(service=service.key)
    assert service.name in evening.screen.view.counted.text()
    assert "Le stock est celui du site" in evening.screen.view.lines["handover"].text()
    for name in ("gestures", "agreements"):
        assert "pas leur service" in evening.screen.view.lines[name].text()
    assert "pas leur service" in evening.screen.view.charts["stopped"].note.text()
    assert evening.screen.step_back()
    evening.quiet()
    assert evening.screen.flow.state.asked == Asked()


def test_escape_goes_from_any_period_back_to_today(evening: Evening) -> None:
    evening.press(K.Key_PageDown, CTRL)
    evening.press(K.Key_Left, ALT)
    assert evening.screen.step_back()
    evening.quiet()
    assert evening.screen.flow.days == (DAY, DAY)
    assert not evening.screen.step_back()


def test_the_keyboard_stays_on_the_page_while_other_days_are_counted(evening: Evening) -> None:
    assert evening.screen.table.hasFocus()
    evening.screen.open_span(Span.WEEK)
    focused = QApplication.focusWidget()
    assert focused
    assert evening.screen.isAncestorOf(focused)
    evening.qtbot.waitUntil(evening.screen.view.days.hasFocus)
    button = evening.screen.view.moves.buttons["compare"]
    button.setFocus()
    button.click()
    evening.quiet()
    assert button.hasFocus()


# people who do not see the page, or have no mouse


def stops(screen: ReportScreen) -> list[QWidget]:
    """Everything that Tab can reach."""
    found = screen.findChildren(QWidget)
    return [one for one in found if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(screen)]


def test_everything_that_takes_the_keyboard_and_every_picture_has_a_name(evening: Evening) -> None:
    evening.press(K.Key_Return, CTRL)
    evening.press(K.Key_T, CTRL)
    assert [type(one).__name__ for one in stops(evening.screen) if not one.accessibleName()] == []
    assert [one for one in evening.screen.findChildren(BarChart) if not one.accessibleName()] == []


def test_tab_reaches_every_table_of_figures_once_and_the_page_follows(evening: Evening) -> None:
    evening.press(K.Key_T, CTRL)
    tables = [one for one in stops(evening.screen) if isinstance(one, FigureTable)]
    assert len(tables) == 3
    assert tables[0].hasFocus()
    reached: list[QWidget] = [tables[0]]
    for _ in range(2 * len(stops(evening.screen))):
        QTest.keyClick(QApplication.focusWidget() or evening.screen, K.Key_Tab)
        focused = QApplication.focusWidget()
        if isinstance(focused, FigureTable):
            reached.append(focused)
            place = focused.visibleRegion().boundingRect()
            assert place.height() > 0
        if focused is evening.screen.table:
            break
    assert reached == tables


def test_no_key_of_the_report_is_one_of_the_window(evening: Evening, qtbot: QtBot) -> None:
    window = MainWindow(evening.bench, SCREENS)
    qtbot.addWidget(window)
    taken = {one.key().toString() for one in window.findChildren(QShortcut, options=DIRECT)}
    mine = [one.key().toString() for one in evening.screen.findChildren(QShortcut)]
    assert len(set(mine)) == len(mine)
    assert not taken & set(mine)


def test_the_report_is_in_the_rail_and_in_the_palette(evening: Evening, qtbot: QtBot) -> None:
    window = MainWindow(evening.bench, SCREENS)
    qtbot.addWidget(window)
    window.show()
    window.open("report")
    evening.quiet()
    assert isinstance(window.front, ReportScreen)
    assert window.front.help_topic == "screen.bilan"
    assert "Bilan du jour" in {evening.bench.words(one.text) for one in window._commands()}


@pytest.mark.parametrize("asks", ["ask_whose", "ask_days"])
def test_a_box_about_figures_says_that_it_shows_them_and_records_nothing(evening: Evening, asks: str) -> None:
    getattr(evening.screen.questions, asks)()
    box = QApplication.activeModalWidget()
    assert box is not None
    labels = [button.text() for button in box.findChildren(QPushButton)]
    assert any("Afficher ces chiffres" in label for label in labels), labels
    box.close()


def test_tab_goes_from_what_to_do_next_to_the_moves_and_the_list(evening: Evening) -> None:
    following: QWidget | None = evening.screen.view.bar.button("treat")
    reached: list[QWidget] = []
    while following and following is not evening.screen.table:
        if following.focusPolicy() & Qt.FocusPolicy.TabFocus and following.isVisible():
            reached.append(following)
        following = following.nextInFocusChain()
    bar, moves = evening.screen.view.bar, evening.screen.view.moves
    assert reached == [*bar._buttons, *moves.spans.values(), *moves.buttons.values()]


def seen(evening: Evening, widget: QWidget) -> bool:
    """Whether all of a widget is in sight on the page."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def test_in_a_low_window_what_was_signed_comes_into_sight(evening: Evening) -> None:
    evening.screen.resize(700, 300)
    for _ in range(2):
        evening.press(K.Key_Return, CTRL)
    assert evening.signed == [1]
    evening.qtbot.waitUntil(lambda: seen(evening, evening.screen.result))


def test_in_a_low_window_the_row_where_the_arrows_go_comes_into_sight(evening: Evening) -> None:
    table = evening.screen.table
    evening.screen.resize(700, 300)
    evening.qtbot.waitUntil(lambda: not evening.screen.view._title.isVisible())
    for _ in range(4):
        QApplication.processEvents()
    evening.screen.view.verticalScrollBar().setValue(0)
    evening.press(K.Key_Down)
    row = table.visualRect(table.currentIndex())
    assert table.currentIndex().row() == 1
    assert table.viewport().visibleRegion().boundingRect().contains(row.center())


def low(evening: Evening) -> None:
    """A low window, as one with twice the size of letters: the list is out of sight when the report is opened."""
    evening.screen.resize(700, 300)
    evening.screen.activated()
    evening.quiet()
    evening.qtbot.waitUntil(lambda: not evening.screen.view._title.isVisible())
    evening.screen.view.verticalScrollBar().setValue(0)


def test_in_a_low_window_the_keyboard_begins_where_it_is_seen_and_f6_goes_to_the_list(evening: Evening) -> None:
    low(evening)
    evening.screen.activated()
    evening.quiet()
    treat = evening.screen.view.bar.button("treat")
    assert treat
    evening.qtbot.waitUntil(treat.hasFocus)
    assert seen(evening, treat)
    assert evening.screen.main_list is evening.screen.table
    evening.screen.main_list.setFocus(Qt.FocusReason.OtherFocusReason)
    row = evening.screen.table.visualRect(evening.screen.table.currentIndex())
    visible = evening.screen.table.viewport().visibleRegion().boundingRect()
    evening.qtbot.waitUntil(lambda: visible.contains(row.center()))


def test_in_a_low_window_the_comparison_asked_for_comes_into_sight(evening: Evening) -> None:
    low(evening)
    evening.press(K.Key_R, CTRL)
    evening.qtbot.waitUntil(
        lambda: evening.screen.view.cards["compared"].title.visibleRegion().boundingRect().height() > 0
    )


def test_tables_asked_for_come_into_sight_with_the_keyboard_and_charts_come_back_in_their_place(
    evening: Evening,
) -> None:
    evening.comes("DIALLO")
    low(evening)
    first = evening.screen.view.charts["arrivals"]
    evening.press(K.Key_T, CTRL)
    evening.qtbot.waitUntil(lambda: seen(evening, first.title))
    assert first.table.hasFocus()
    evening.press(K.Key_T, CTRL)
    evening.qtbot.waitUntil(lambda: seen(evening, first.chart))
    focused = QApplication.focusWidget()
    assert focused
    assert evening.screen.isAncestorOf(focused)


@pytest.mark.parametrize("width", [1900, 1000, 850])
def test_the_purpose_of_an_open_case_is_not_cut(evening: Evening, width: int) -> None:
    long = PEOPLE[0].replace("Dépôt de dossier", "Renouvellement de titre de séjour")
    assert long != PEOPLE[0]
    import_list(evening.bench.desk, list_file(evening.folder, long, *PEOPLE[1:], name="longue.csv"))
    evening.bench.acted.emit()
    evening.quiet()
    evening.screen.resize(width, 700)
    evening.qtbot.waitUntil(lambda: "Renouvellement" in evening.screen.table.rows()[0].cells[2])
    for _ in range(4):
        QApplication.processEvents()
    assert cut_words(evening.screen) == []


def test_today_follows_what_a_command_records_in_the_same_home_without_being_opened_again(evening: Evening) -> None:
    evening.at(9, 30)
    assert admit(evening.bench.desk, evening.person("PETROV")).recorded
    evening.qtbot.waitUntil(lambda: evening.open_names()[:1] == ["PETROV"], timeout=5000)
