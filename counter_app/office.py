"""An open home at work: what the window and the command line share."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app import config, keys
from counter_app.domain.refusal import StoreRefused
from counter_app.home import Home
from counter_app.store.faults import damaged
from counter_app.sync.desk_sync import DeskSync
from counter_app.usecases.desk import Desk
from counter_app.usecases.settings import mark_of, record_setting

UNNAMED_DESK, UNNAMED_AGENT = "poste sans nom", "agent sans nom"
"""How acts name a desk or an agent before the first run was answered: as they stand in a sentence after « par »."""
if TYPE_CHECKING:
    from counter_app.messages.mail import MailServer
    from counter_app.messages.outbox import Carrier

MAIL_SECRET = "mail.key"
"""File of the mail server's password, where there is no keyring."""
NO_REPLY = "ne-pas-repondre@localhost.localdomain"
"""Sender of e-mails while the settings name none."""
JOURNALED = (
    *("desk", "agent", "ticket_letter", "ticket_printer", "page_printer", "handover_paper", "closures"),
    *("mail_server", "mail_security", "mail_sender", "services"),
)


@dataclass(slots=True)
class Office:
    """An open home: its desk, its settings, and what had to be said about them."""

    home: Home
    desk: Desk
    settings: config.Settings
    problems: tuple[str, ...] = ()
    sync: DeskSync | None = None
    """Its exchanges with the central; None where it is enrolled nowhere."""
    connect: Callable[[], DeskSync | None] = lambda: None
    """Makes its exchanges with the central that its home has joined; None when it joined none."""

    def change(self, **values: object) -> None:
        """Change settings: written at once, and the desk follows."""
        self.settings = replace(self.settings, **values)  # type: ignore[arg-type]
        config.write_settings(self.home.path, self.settings)
        self.desk.name = self.settings.desk or UNNAMED_DESK
        self.desk.agent = self.settings.agent or UNNAMED_AGENT
        self.desk.ticket_letter = self.settings.letter
        self.desk.paper_language = self.settings.paper_language
        self.desk.handover_paper = self.settings.handover_paper
        self.desk.document_numbers = self.settings.document_numbers
        self.desk.services = config.services_in(self.desk.rules, self.settings.services)[0]
        if "closures" in values:
            self.desk.rules = config.rules_with(self.desk.rules.site, self.settings)
        for name in JOURNALED:
            if name in values:
                record_setting(self.desk, name, str(values[name]))

    def joined(self) -> DeskSync | None:
        """The home has joined a central while it was open: its exchanges can begin. Call it where gestures are made."""
        self.sync = self.connect()
        return self.sync

    def mail(self) -> "MailServer | None":
        """The mail server of the settings, with its password; None when e-mails are written as files."""
        from counter_app.messages.mail import MailServer

        settings, place = self.settings, config.server_and_port(self.settings.mail_server)
        if place is None:
            return None
        return MailServer(
            host=place[0],
            port=place[1],
            sender=settings.mail_sender or NO_REPLY,
            security=settings.mail_security,
            user=settings.mail_user,
            password=self._mail_password() if settings.mail_user else "",
            authority=Path(settings.mail_authority) if settings.mail_authority else None,
        )

    def outlet(self, folder: Path) -> "Carrier":
        """What carries messages: the folder; e-mails through the mail server when there is one."""
        from counter_app.messages.mail import SmtpCarrier
        from counter_app.messages.outbox import FolderCarrier, RoutedCarrier

        texts, server = FolderCarrier(folder), self.mail()
        return RoutedCarrier(texts, SmtpCarrier(server)) if server else texts

    def keep_mail_password(self, password: str) -> bool:
        """Keep the password of the mail server out of the settings; an empty one is forgotten. Whether one is kept."""
        path, name = self._mail_secret()
        if password:
            keys.keep_secret(path, name, password)
        else:
            keys.forget_secret(path, name)
        return bool(password)

    @property
    def keeps_mail_password(self) -> bool:
        """Whether a password of the mail server is kept."""
        return bool(self._mail_password())

    def _mail_password(self) -> str:
        return keys.secret(*self._mail_secret())

    def _mail_secret(self) -> tuple[Path, str]:
        return self.home.path / MAIL_SECRET, f"{self.home.identity.id} mail"

    def close(self) -> None:
        """Let go of the file, and of the central."""
        if self.sync is not None:
            self.sync.central.close()
        self.desk.store.close()


def check_mark(home: Home, desk: Desk) -> None:
    """The journal remembers for ever what a home is; a changed identity file convinces nobody."""
    mark = mark_of(desk)
    if mark is None:
        raise damaged(home.store)
    if mark.training != home.identity.training:
        raise StoreRefused(
            "training_mark",
            "La marque d’entraînement de ce dossier ne correspond pas à celle du journal. "
            "Un poste d’entraînement ne devient jamais un vrai poste : créez-en un autre.",
        )
    if mark.site != home.identity.site:
        raise StoreRefused(
            "site_mark",
            f"Ce dossier se dit du site « {home.identity.site} », son journal est du site « {mark.site} ». "
            "Un poste ne change pas de site : remettez le fichier home.json d’origine, ou créez un autre poste.",
        )
