"""Settings of sounds: how loud, silent or not, and the five sounds to hear."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from counter_app.config import Settings
from counter_app.ui.screens.page_parts import Card, Result, TickRow, button, side_by_side
from counter_app.ui.theme import Theme
from counter_app.ui.tokens import FAMILIES
from counter_app.ui.widgets.form import FormRow
from counter_app.wording.catalogue import Words

USUAL = 60
STEP = 10
WIDEST = 240


class SoundCard(Card):
    """How verdicts sound."""

    changed = Signal(dict)
    """Settings by name, as the agent chose them."""
    heard = Signal(str)
    """The agent asks to hear the sound of a family."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words("settings.sounds"), parent)
        scope = words("settings.this_desk")
        self.volume = QSpinBox()
        self.volume.setRange(0, 100)
        self.volume.setSingleStep(STEP)
        self.volume.setSuffix("\u00a0%")
        self.volume.setKeyboardTracking(False)
        self.mute = TickRow(theme, words("settings.mute"), scope)
        self.result = Result(theme)
        tests = [button(words(f"settings.hear_{family}"), partial(self.heard.emit, family)) for family in FAMILIES]
        row = FormRow(theme, words("settings.volume"), self.volume, scope)
        row.setMaximumWidth(theme.px(WIDEST))
        self.volume.lineEdit().setAccessibleDescription(scope)
        self.add(row, self.mute, side_by_side(tests), self.result)
        self._loud = USUAL
        self.volume.valueChanged.connect(self._on_volume)
        self.mute.box.clicked.connect(self._on_mute)

    def show_settings(self, settings: Settings) -> None:
        """Show what holds."""
        self._show(settings.volume)

    def _show(self, volume: int) -> None:
        self._loud = volume or self._loud
        self.volume.blockSignals(True)
        self.volume.setValue(volume)
        self.volume.blockSignals(False)
        self.mute.box.setChecked(volume == 0)

    def _on_volume(self, volume: int) -> None:
        self._show(volume)
        self.changed.emit({"volume": volume})

    def _on_mute(self, ticked: bool) -> None:
        self._on_volume(0 if ticked else self._loud)
