"""One window with every widget of the house, for the tests that look at all of them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from counter_app.ui.theme import Theme
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.banner import Banner, Notice
from counter_app.ui.widgets.choices import RadioChoice, TickBox
from counter_app.ui.widgets.digits import DigitsField, DigitsLabel
from counter_app.ui.widgets.focus_ring import FocusRing
from counter_app.ui.widgets.form import FormRow, ScanField
from counter_app.ui.widgets.help_pane import HelpPane
from counter_app.ui.widgets.people_table import STATUS_LOOKS, Column, PeopleTable, PersonRow
from counter_app.ui.widgets.rail import Rail, RailEntry
from counter_app.ui.widgets.recent import GestureLine, RecentGestures
from counter_app.ui.widgets.status_bar import Cell, StatusBar
from counter_app.ui.widgets.verdict_panel import Chip, VerdictPanel
from counter_app.ui.widgets.where_to_read import WhereToRead
from counter_app.wording.catalogue import Words
from counter_app.wording.help import help_page
from counter_app.wording.verdicts import verdict_text

ENTRIES = (("accueil", "scan-barcode", "F2"), ("numero", "id-card", "F8"), ("import", "file-input", ""))
COLUMNS = (Column("Heure", 7), Column("Nom", 24), Column("Motif", 14), Column("État", 18))


def rows(names: Sequence[str] = ("BENALI Karim", "DIALLO Mariama", "DIALLO Moussa")) -> list[PersonRow]:
    """Some people of the day."""
    icon, token = STATUS_LOOKS["expected"]
    return [
        PersonRow(str(place), ("9 h 30", name, "Dépôt", "attendu"), f"9 h 30, {name}, dépôt, attendu", icon, token)
        for place, name in enumerate(names)
    ]


class Showcase(QWidget):
    """A small desk."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self.setWindowTitle("Guichet")
        self.theme, self.words = theme, words
        self.banner = Banner(theme, words("banners.region"))
        self.banner.show_notices([Notice("training", words("banners.training"), hatched=True)])
        self.rail = Rail(
            theme, words, [RailEntry(name, words(f"rail.{name}"), icon, key) for name, icon, key in ENTRIES]
        )
        self.rail.select("accueil")
        self.rail.set_badge("import", 3)
        self.status = StatusBar(theme, "État")
        self.status.show_cells(
            [Cell("sync", "circle-check", "À jour 9 h 23 · 0 en attente", "À jour"), Cell("desk", "monitor", "Poste 2")]
        )
        middle = QHBoxLayout()
        middle.addWidget(self.rail)
        middle.addLayout(self._content(), 1)
        middle.addWidget(self._side())
        column = QVBoxLayout(self)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.ring = FocusRing(self, theme)

    def _content(self) -> QVBoxLayout:
        self.scan = ScanField(self.theme, self.words)
        self.panel = VerdictPanel(self.theme, self.words)
        verdict = verdict_text("late", self.words.lang, {"n": 25, "limit": 30}, ("homonyms",))
        self.panel.show_verdict(verdict, "DIALLO Mariama", [Chip("mineur")])
        self.bar = ActionBar(self.words("verdict.actions"))
        self.bar.show_actions([verdict.enter_action, *verdict.other_actions])
        self.people = PeopleTable(self.theme, "Attendus", COLUMNS)
        self.people.show_rows(rows(), preselect=True)
        column = QVBoxLayout()
        for widget in (self.scan, self.panel, self.bar, self.people):
            column.addWidget(widget)
        return column

    def _side(self) -> QScrollArea:
        self.recent = RecentGestures(self.theme, self.words)
        self.recent.show_lines([GestureLine("1", "9 h 21", "BENALI", "arrivé", "ok", "circle-check")])
        self.help = HelpPane(self.words)
        self.help.show_page(help_page("C04", self.words.lang))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addWidget(self.recent)
        column.addWidget(self.help)
        for widget in self._form():
            column.addWidget(widget)
        self.side = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName("Suite")
        area.setMinimumWidth(420)
        area.setWidget(inside)
        return area

    def _form(self) -> list[QWidget]:
        self.digits, self.label = DigitsField(self.theme), DigitsLabel(self.theme, self.words)
        self.digits.setText("2008006503")
        self.label.show_number("2008006503", 2)
        printer = QComboBox()
        printer.addItems(["Ticket", "A5"])
        self.date = FormRow(self.theme, "&Date de validité", QLineEdit("24-11-26"), "Imprimée sur le titre")
        self.date.complain(self.words("fields.date"))
        return [
            FormRow(self.theme, "N° &étranger", self.digits),
            self.label,
            self.date,
            FormRow(self.theme, "&Imprimante", printer),
            FormRow(self.theme, "&Copies", QSpinBox()),
            TickBox(self.theme, "&Moins d’animations"),
            RadioChoice(self.theme, "C&lair"),
            WhereToRead(self.theme, self.words),
        ]
