"""Settings of the looks: theme, size of text, motion, language. They apply as soon as they are chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.config import LANGUAGES, SCALES, THEMES, Settings
from counter_app.ui.screens.choice_row import ChoiceRow
from counter_app.ui.screens.page_parts import Card, TickRow, line_of
from counter_app.ui.theme import Theme
from counter_app.wording.catalogue import Words

OWN_NAMES = {"fr": "Français", "en": "English"}
"""Each language in its own words, so that it can be found again by somebody lost in the other one."""


class DisplayCard(Card):
    """What the window looks like."""

    changed = Signal(dict)
    """Settings by name, as the agent chose them."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words("settings.display"), parent)
        scope = words("settings.this_desk")
        self.theme = ChoiceRow(
            theme, words("settings.theme"), [(name, words(f"themes.{name}")) for name in THEMES], scope
        )
        sizes = [(str(scale), f"{scale}\u00a0%") for scale in SCALES]
        self.scale = ChoiceRow(theme, words("settings.scale"), sizes, scope)
        self.motion = TickRow(theme, words("settings.reduce_motion"), scope)
        self.language = ChoiceRow(
            theme, words("settings.language"), [(code, OWN_NAMES[code]) for code in LANGUAGES], scope
        )
        self._later = line_of(words("settings.language_later"), "soft")
        self._later.hide()
        self.add(self.theme, self.scale, self.motion, self.language, self._later)
        self.theme.chosen.connect(lambda value: self.changed.emit({"theme": value}))
        self.scale.chosen.connect(lambda value: self.changed.emit({"scale": int(value)}))
        self.motion.box.clicked.connect(lambda ticked: self.changed.emit({"reduce_motion": ticked}))
        self.language.chosen.connect(lambda value: self.changed.emit({"language": value}))

    def say_later(self) -> None:
        """The language of an open window does not change: say when it will."""
        self._later.show()

    def show_settings(self, settings: Settings) -> None:
        """Show what holds."""
        self.theme.show_value(settings.theme)
        self.scale.show_value(str(settings.scale))
        self.motion.box.setChecked(settings.reduce_motion)
        self.language.show_value(settings.language)
