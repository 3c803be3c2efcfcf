"""What leaves the desk, and what carries it: a folder by default, a mail server where the site has one."""

import csv
import io
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from secrets import token_hex
from typing import ClassVar, Protocol

SMS, EMAIL = "sms", "email"
SECONDS = 20.0
"""How long a mail server may keep the desk waiting."""
SMS_COLUMNS = ("téléphone", "message", "référence", "langue", "segments", "traduction relue")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready to leave."""

    reference: str
    """What the desk knows it by: the code of the permit's sleeve, never a name."""
    channel: str
    to: str
    """Telephone in international form, or e-mail address."""
    body: str
    subject: str = ""
    language: str = "fr"
    segments: int = 1
    checked: bool = True
    """Whether the translation in it was read over; true for French alone."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one message."""

    message: Outgoing
    sent: bool
    reason: str = ""
    """French: why it did not leave."""
    where: str = ""
    """File, or identity of the message on the server."""


class Carrier(Protocol):
    """Anything that takes messages away."""

    name: ClassVar[str]
    """Word that the journal keeps of how a message left."""

    def carry(self, messages: Sequence[Outgoing], at: datetime) -> list[Carried]:
        """Take each message, in order; one that cannot leave does not stop the others."""
        ...


@dataclass(frozen=True, slots=True)
class FolderCarrier:
    """Writes each message in a folder, as the default: nothing leaves the machine, another tool sends it."""

    name: ClassVar[str] = "folder"
    folder: Path

    def carry(self, messages: Sequence[Outgoing], at: datetime) -> list[Carried]:
        """One file for each e-mail, one list for all SMS. Raises OSError when the folder cannot be written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        texts = [message for message in messages if message.channel == SMS]
        if texts:
            (self.folder / "sms.csv").write_bytes(sms_list(texts))
        return [Carried(message, True, where=str(self._place(message, at))) for message in messages]

    def _place(self, message: Outgoing, at: datetime) -> Path:
        if message.channel == SMS:
            return self.folder / "sms.csv"
        path = self.folder / f"{message.reference}.eml"
        path.write_bytes(bytes(as_email(message, "guichet@localhost.invalid", at)))
        return path


@dataclass(frozen=True, slots=True)
class SmtpCarrier:
    """Sends e-mails through the site's mail server. SMS are not for it: they leave through the national tool."""

    name: ClassVar[str] = "smtp"
    host: str
    sender: str
    port: int = 25
    starttls: bool = True
    user: str = ""
    password: str = ""

    def carry(self, messages: Sequence[Outgoing], at: datetime) -> list[Carried]:
        """One connection for all; a server that cannot be reached, or says no, is told for each message."""
        try:
            with smtplib.SMTP(self.host, self.port, timeout=SECONDS) as server:
                self._open(server)
                return [self._sent(server, message, at) for message in messages]
        except (OSError, smtplib.SMTPException) as error:
            return [Carried(message, False, _why(error)) for message in messages]

    def _open(self, server: smtplib.SMTP) -> None:
        if self.starttls:
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)

    def _sent(self, server: smtplib.SMTP, message: Outgoing, at: datetime) -> Carried:
        if message.channel != EMAIL:
            return Carried(message, False, "Un SMS part par l’outil national, pas par le serveur de messagerie.")
        mail = as_email(message, self.sender, at)
        try:
            server.send_message(mail)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
            return Carried(message, False, _why(error))
        return Carried(message, True, where=str(mail["Message-ID"]))


def _why(error: Exception) -> str:
    return (
        "Le serveur de messagerie n’a pas pris le message "
        f"({type(error).__name__}). Rien n’est noté comme envoyé : réessayez, ou exportez la liste."
    )


def as_email(message: Outgoing, sender: str, at: datetime) -> EmailMessage:
    """The message as mail servers read it. Raises ValueError when an address or a subject holds a line break."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, message.to, message.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message.reference}.{token_hex(8)}@{sender.rpartition('@')[2]}>"
    mail.set_content(message.body)
    return mail


def sms_list(messages: Sequence[Outgoing]) -> bytes:
    """The list for the national SMS tool: CSV with semicolons, UTF-8 with its mark, telephones as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(SMS_COLUMNS)
    for one in messages:
        read_over = "oui" if one.checked else "non"
        writer.writerow([one.to, _harmless(one.body), one.reference, one.language, one.segments, read_over])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """A text that a spreadsheet would take for a formula stays a text."""
    return f"'{text}" if text.startswith(_FORMULA) else text
