"""Settings of the public display: open or not, spoken or not, from how far it is read."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from counter_app.config import FARTHEST, NEAREST, Settings
from counter_app.ui.hall.voice import Voice
from counter_app.ui.screens.page_parts import Card, TickRow, line_of
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.form import FormRow
from counter_app.wording.catalogue import Words

WIDEST = 240


class HallCard(Card):
    """What the hall sees and hears."""

    changed = Signal(dict)
    """Settings by name, as the agent chose them."""

    def __init__(self, theme: Theme, words: Words, voice: Voice, parent: QWidget | None = None) -> None:
        super().__init__(words("hall.settings"), parent)
        scope = words("settings.this_desk")
        self.display = TickRow(theme, words("hall.open"), scope)
        self.voice = TickRow(theme, words("hall.voice"), scope)
        self._mute = line_of(words("hall.no_voice"), "soft")
        self.distance = QSpinBox()
        self.distance.setRange(NEAREST, FARTHEST)
        self.distance.setSuffix("\u00a0m")
        self.distance.setKeyboardTracking(False)
        row = FormRow(theme, words("hall.distance"), self.distance, words("hall.distance_hint"))
        row.setMaximumWidth(theme.px(WIDEST) * 2)
        self.distance.lineEdit().setAccessibleDescription(words("hall.distance_hint"))
        self.add(self.display, self.voice, self._mute, row)
        self._mute.setVisible(not voice.available)
        self.display.box.clicked.connect(lambda ticked: self.changed.emit({"hall_display": ticked}))
        self.voice.box.clicked.connect(lambda ticked: self.changed.emit({"hall_voice": ticked}))
        self.distance.valueChanged.connect(lambda metres: self.changed.emit({"hall_distance": metres}))

    def show_settings(self, settings: Settings) -> None:
        """Show what holds."""
        self.display.box.setChecked(settings.hall_display)
        self.voice.box.setChecked(settings.hall_voice)
        self.distance.blockSignals(True)
        self.distance.setValue(settings.hall_distance)
        self.distance.blockSignals(False)
