"""Settings of the waiting room: whose people this desk calls."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.config import Settings
from counter_app.domain.queue_rules import Service
from counter_app.ui.screens.page_parts import Card, TickRow, line_of
from counter_app.ui.theme import Theme
from counter_app.wording.catalogue import Words


class ServicesCard(Card):
    """One box a service. All of them, or none, is all: nobody goes out of sight by a box."""

    changed = Signal(dict)
    """Settings by name, as the agent chose them."""

    def __init__(self, theme: Theme, words: Words, services: Sequence[Service], parent: QWidget | None = None) -> None:
        super().__init__(words("settings.services_title"), parent)
        self.rows = {one.key: TickRow(theme, one.name, words("settings.this_desk")) for one in services}
        self.add(line_of(words("settings.services_about"), "soft"), *self.rows.values())
        for row in self.rows.values():
            row.box.clicked.connect(self._on_clicked)

    def show_settings(self, settings: Settings) -> None:
        """Show what holds."""
        named = {word.strip().lower() for word in settings.services.split(",")}
        chosen = named & self.rows.keys() if named - {""} <= self.rows.keys() else set()
        for key, row in self.rows.items():
            row.box.setChecked(not chosen or key in chosen)

    def _on_clicked(self) -> None:
        ticked = [key for key, row in self.rows.items() if row.box.isChecked()]
        some = 0 < len(ticked) < len(self.rows)
        self.changed.emit({"services": ", ".join(ticked) if some else ""})
