"""An open home at work: what the window and the command line share."""

from dataclasses import dataclass, replace

from counter_app import config
from counter_app.home import Home
from counter_app.usecases.desk import Desk
from counter_app.usecases.settings import record_setting

UNNAMED = "sans nom"
"""How acts name a desk or an agent before the first run was answered."""
JOURNALED = ("desk", "agent", "ticket_letter", "ticket_printer", "page_printer", "handover_paper", "closures")


@dataclass(slots=True)
class Office:
    """An open home: its desk, its settings, and what had to be said about them."""

    home: Home
    desk: Desk
    settings: config.Settings
    problems: tuple[str, ...] = ()

    def change(self, **values: object) -> None:
        """Change settings: written at once, and the desk follows."""
        self.settings = replace(self.settings, **values)  # type: ignore[arg-type]
        config.write_settings(self.home.path, self.settings)
        self.desk.name = self.settings.desk or UNNAMED
        self.desk.agent = self.settings.agent or UNNAMED
        self.desk.ticket_letter = self.settings.letter
        self.desk.paper_language = self.settings.paper_language
        self.desk.handover_paper = self.settings.handover_paper
        self.desk.document_numbers = self.settings.document_numbers
        if "closures" in values:
            self.desk.rules = config.rules_with(self.desk.rules.site, self.settings)
        for name in JOURNALED:
            if name in values:
                record_setting(self.desk, name, str(values[name]))

    def close(self) -> None:
        """Let go of the file."""
        self.desk.store.close()
