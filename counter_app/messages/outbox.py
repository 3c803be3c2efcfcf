"""What leaves the desk, and what carries it: a folder by default, a mail server where the site has one."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from counter_app.documents.paper_texts import FRENCH
from counter_app.domain.spreadsheet import harmless
from counter_app.messages.summons_texts import segments

SMS, EMAIL, LETTER, PHONE = "sms", "email", "letter", "phone"
"""How a person is told; nothing carries the last two but people."""
FOLDER = "folder"
MOST_FILES = 1000
"""Of one name in a folder; a fuller one is told as not writable."""
SMS_COLUMNS = ("téléphone", "message", "référence", "langue", "segments", "traduction relue")


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
    """SMS that the network bills for all of it."""
    apart: tuple[str, ...] = ()
    """The SMS it is sent as, French first, when several cost less than one in two alphabets; empty: the body is one."""
    checked: bool = True
    """Whether the translation in it was read over; true for French alone."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one message."""

    message: Outgoing
    sent: bool
    reason: str = ""
    """French: why it did not leave, or why nobody knows."""
    where: str = ""
    """File, or identity of the message on the server."""
    carrier: str = ""
    """Word that the journal keeps of how it left."""
    maybe: bool = False
    """Not known to have left, and perhaps it did: the server was given all of it and its answer was lost."""


class Carrier(Protocol):
    """Anything that takes messages away."""

    def carry(self, messages: Sequence[Outgoing], at: datetime) -> Iterable[Carried]:
        """Take each message, telling of each as it goes; one that cannot leave does not stop the others."""
        ...


@dataclass(frozen=True, slots=True)
class FolderCarrier:
    """Writes each message in a folder, as the default: nothing leaves the machine, another tool sends it."""

    folder: Path

    def carry(self, messages: Sequence[Outgoing], at: datetime) -> list[Carried]:
        """One file for each e-mail, one list for all SMS; a file already there stays as it is.

        Raises OSError when the folder cannot be written.
        """
        if messages:
            self.folder.mkdir(parents=True, exist_ok=True)
        texts = [message for message in messages if message.channel == SMS]
        listed = _written(self.folder / "sms.csv", sms_list(texts)) if texts else self.folder
        places = (listed if message.channel == SMS else self._mail(message, at) for message in messages)
        return [
            Carried(message, True, where=str(place), carrier=FOLDER)
            for message, place in zip(messages, places, strict=True)
        ]

    def _mail(self, message: Outgoing, at: datetime) -> Path:
        mail = as_email(message, "guichet@localhost.invalid", at)
        return _written(self.folder / f"{message.reference}.eml", bytes(mail))


def _written(path: Path, content: bytes) -> Path:
    """Write a new file: under this name, or the first of its series that is free."""
    names = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, MOST_FILES)))
    place = next((one for one in names if not one.exists()), path)
    with place.open("xb") as file:
        file.write(content)
    return place


@dataclass(frozen=True, slots=True)
class RoutedCarrier:
    """E-mails go one way, everything else another: the folder first, since what it cannot write stops everything."""

    texts: Carrier
    mails: Carrier

    def carry(self, messages: Sequence[Outgoing], at: datetime) -> Iterator[Carried]:
        """Each message by its own way, those that are no e-mails before the others."""
        yield from self.texts.carry([one for one in messages if one.channel != EMAIL], at)
        yield from self.mails.carry([one for one in messages if one.channel == EMAIL], at)


def as_email(message: Outgoing, sender: str, at: datetime) -> EmailMessage:
    """The message as mail servers read it. Raises ValueError when an address or a subject holds a line break.

    Its Message-ID is made of what it says and to whom: the same message given twice is one message to whoever receives
    it (RFC 5322, 3.6.4), and another hour or another word is another one.
    """
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, message.to, message.subject
    mail["Date"] = format_datetime(at)
    told = "\0".join((message.reference, message.to, message.subject, message.body))
    mail["Message-ID"] = f"<{message.reference}.{sha256(told.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"
    mail.set_content(message.body)
    return mail


def sms_list(messages: Sequence[Outgoing]) -> bytes:
    """The list for the national SMS tool, a row for each SMS: CSV with semicolons, UTF-8 with its mark, telephones as
    text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(SMS_COLUMNS)
    for one in messages:
        for place, text in enumerate(one.apart or (one.body,)):
            french = bool(one.apart) and place == 0
            read_over = "oui" if one.checked or french else "non"
            language = FRENCH if french else one.language
            writer.writerow([one.to, harmless(text), one.reference, language, segments(text), read_over])
    return out.getvalue().encode("utf-8-sig")
