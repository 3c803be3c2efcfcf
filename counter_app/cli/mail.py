"""The verb of the mail server: its password, kept out of the settings, and a try that sends nothing."""

import argparse
import os

from counter_app.cli.answer import DONE, NO, Answer
from counter_app.cli.opening import at_the_desk
from counter_app.cli.summons_sending import PASSWORD
from counter_app.domain.acts import Json
from counter_app.messages.mail import SmtpCarrier
from counter_app.office import Office
from counter_app.wording.choices import worded

KEPT, FORGOTTEN = "Mot de passe gardé.", f"Mot de passe oublié : {PASSWORD} est vide."


@at_the_desk
def mail(office: Office, options: argparse.Namespace) -> Answer:
    """Show the mail server, after keeping its password; `--try` opens the door and sends nothing."""
    if options.password:
        office.keep_mail_password(os.environ.get(PASSWORD, ""))
    server, problem = office.mail(), ""
    if server is None:
        problem = "Aucun serveur de messagerie : les e-mails sont écrits comme fichiers (settings --set mail_server=…)."
    elif options.try_it:
        problem = SmtpCarrier(server).problem()
    tried = options.try_it and server is not None
    shape: dict[str, Json] = {
        "server": office.settings.mail_server or None,
        "security": office.settings.mail_security,
        "sender": office.settings.mail_sender or None,
        "user": office.settings.mail_user or None,
        "password_kept": office.keeps_mail_password,
        "works": (not problem) if tried else None,
        "problem": problem or None,
    }
    security = office.settings.mail_security
    where = f"{office.settings.mail_server} ({worded('choices.mail_security', (security,))[security]})"
    told = problem or (f"{where} répond et laisse entrer ce poste." if tried else f"Serveur : {where}.")
    if options.password:
        told = f"{KEPT if office.keeps_mail_password else FORGOTTEN} {told}"
    return Answer(NO if options.try_it and problem else DONE, shape, told)
