"""How the verbs of the summons send: by the server named, by that of the settings, by a folder, or not at all."""

import argparse
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from counter_app.cli.outputs import told_when_not_written
from counter_app.messages.mail import MailServer, SmtpCarrier
from counter_app.messages.outbox import EMAIL, Carried, Carrier, FolderCarrier, RoutedCarrier
from counter_app.office import NO_REPLY, Office
from counter_app.usecases.desk import Desk
from counter_app.usecases.handover_look import look
from counter_app.usecases.summons_messages import Ready

PASSWORD = "COUNTER_APP_SMTP_PASSWORD"
"""Variable that holds the password of the mail server: an option would show it to everybody on the machine."""
Send = Callable[[Desk, Ready, Carrier], list[Carried]]


def addresses(office: Office, pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Addresses by permit; a code that means no permit has none."""
    found = ((look(office.desk, raw).permit, address) for raw, address in pairs)
    return {one.id: address for one, address in found if one}


def carried(office: Office, options: argparse.Namespace, ready: Ready, send: Send) -> list[Carried]:
    """Each message by its own way: e-mails by the mail server when there is one, everything else by the folder."""
    server = _named(office, options) if options.smtp is not None else None
    if options.out is None:
        only = replace(ready, messages=tuple(pair for pair in ready.messages if pair[1].channel == EMAIL))
        return send(office.desk, only, SmtpCarrier(server)) if server else []
    folder = Path(options.out)
    carrier = RoutedCarrier(FolderCarrier(folder), SmtpCarrier(server)) if server else office.outlet(folder)
    with told_when_not_written(options.out):
        return send(office.desk, ready, carrier)


def _named(office: Office, options: argparse.Namespace) -> MailServer:
    """The server of the command; its authority is that of the settings."""
    host, port = options.smtp
    authority = office.settings.mail_authority
    return MailServer(
        host=host,
        port=port,
        sender=options.sender or office.settings.mail_sender or NO_REPLY,
        security="none" if options.no_tls else "starttls",
        user=options.user,
        password=os.environ.get(PASSWORD, ""),
        authority=Path(authority) if authority else None,
    )
