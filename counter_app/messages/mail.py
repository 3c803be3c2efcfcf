"""The mail server of a site: encrypted from the start or after a word, with an account, and plain words when it fails.

SMTP as RFC 5321, STARTTLS as RFC 3207, encrypted from the first byte as RFC 8314.
"""

import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from counter_app.domain.french import typeset
from counter_app.messages.outbox import EMAIL, Carried, Outgoing, as_email

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Security = Literal["starttls", "tls", "none"]
USUAL_PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
SECONDS = 20.0
"""How long a mail server may keep the desk waiting."""
SMTP = "smtp"
LOGGED_IN = 235
"""Answer of a server that knows the account."""
NOTHING_NOTED = "Rien n’est noté comme envoyé."
MAYBE_LEFT = (
    "n’a pas répondu, ou a coupé la liaison, une fois tout le message donné : il est peut-être déjà parti. "
    "Demandez à la personne si elle l’a reçu ; il ne repart pas sans vous."
)
_END_OF_MESSAGE = b"\r\n.\r\n"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mails are given, and how."""

    host: str
    sender: str
    port: int = 0
    """0: the usual one of this encryption."""
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    authority: Path | None = None
    """Certificate (PEM) of the authority that vouches for the server; None: those that the system trusts."""


@dataclass(frozen=True, slots=True)
class SmtpCarrier:
    """Sends e-mails through the site's mail server. SMS are not for it: they leave through the national tool."""

    server: MailServer

    def carry(self, messages: Sequence[Outgoing], at: datetime) -> Iterator[Carried]:
        """One connection for all, each message told as soon as it left; when it breaks, those left behind say why."""
        left = list(messages)
        try:
            with self._connected() as smtp:
                while left:
                    outcome = self._sent(smtp, left[0], at)
                    del left[0]
                    yield outcome
        except OSError as error:  # smtplib's own errors, those of TLS and of the network are all of these
            yield from [Carried(message, False, why(error, self.server)) for message in left]

    def problem(self) -> str:
        """Why nothing would leave: a French sentence, empty when the server lets this desk in. Nothing is sent."""
        try:
            with self._connected() as smtp:
                smtp.noop()
        except OSError as error:
            return why(error, self.server).removesuffix(NOTHING_NOTED).strip()
        return ""

    def _connected(self) -> "_Link":
        server, port = self.server, self.server.port or USUAL_PORTS[self.server.security]
        if server.security == "tls":
            smtp: _Link = _SecretLink(server.host, port, timeout=SECONDS, context=self._trusted())
        else:
            smtp = _Link(server.host, port, timeout=SECONDS)
        try:
            if server.security == "starttls":
                smtp.starttls(context=self._trusted())
            if server.user:
                _log_in(smtp, server.user, server.password)
        except OSError:
            smtp.close()
            raise
        return smtp

    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.server.authority)

    def _sent(self, smtp: "_Link", message: Outgoing, at: datetime) -> Carried:
        if message.channel != EMAIL:
            told = "Un SMS part par l’outil national, pas par le serveur de messagerie."
            return Carried(message, False, told)
        try:
            mail = as_email(message, self.server.sender, at)
            smtp.send_message(mail)
        except smtplib.SMTPDataError as error:
            return Carried(message, False, why(error, self.server)) if _is_a_no(error) else self._doubtful(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
            return Carried(message, False, why(error, self.server))
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException):
            if not smtp.given:
                raise
            smtp.given = False  # of this message alone: the next one never began
            return self._doubtful(message)
        except ValueError:
            return Carried(message, False, f"Cette adresse ne peut pas être écrite dans un e-mail. {NOTHING_NOTED}")
        return Carried(message, True, where=str(mail["Message-ID"]), carrier=SMTP)

    def _doubtful(self, message: Outgoing) -> Carried:
        """Neither sent nor not sent: a person has to find out."""
        return Carried(message, False, typeset(f"{_name(self.server)} {MAYBE_LEFT}"), carrier=SMTP, maybe=True)


class _Link(smtplib.SMTP):
    """A link that knows whether the server was given a whole message and has not answered (RFC 5321, 4.2.5 and 6.1):
    cut there, nobody on this side can tell whether the message leaves."""

    given = False

    def send(self, s: "ReadableBuffer | str") -> None:
        """As smtplib, remembering what ends a message."""
        super().send(s)
        self.given = not isinstance(s, str) and bytes(s).endswith(_END_OF_MESSAGE)


class _SecretLink(_Link, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


def _is_a_no(error: smtplib.SMTPDataError) -> bool:
    """Whether a server that had the message said that it does not take it: 4yz or 5yz (RFC 5321, 4.2.1)."""
    return 400 <= error.smtp_code <= 599


def _log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """Log in with an account in any letters: smtplib writes passwords in ASCII alone (AUTH PLAIN: RFC 4616)."""
    smtp.ehlo_or_helo_if_needed()
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        code, told = smtp.docmd("AUTH", f"PLAIN {_base64(chr(0).join(('', user, password)))}")
    elif "LOGIN" in offered:
        smtp.docmd("AUTH", f"LOGIN {_base64(user)}")
        code, told = smtp.docmd(_base64(password))
    else:
        raise smtplib.SMTPNotSupportedError("no account is asked for in a way that this desk knows")
    if code != LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, told)


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


def why(error: OSError, server: MailServer) -> str:
    """What keeps a message from leaving, and what to do: a French sentence for an agent."""
    return typeset(f"{_cause(error, server)} {NOTHING_NOTED}")


def _cause(error: OSError, server: MailServer) -> str:
    name = _name(server)
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"{name} ne reconnaît pas le compte « {server.user} » ou son mot de passe. Corrigez-les (Réglages)."
        case smtplib.SMTPNotSupportedError():
            return f"{name} ne propose pas ce chiffrement ou ce compte. Changez le chiffrement (Réglages)."
        case smtplib.SMTPRecipientsRefused(recipients=told):
            codes = ", ".join(sorted({str(code) for code, _words in told.values()}))
            return f"{name} n’a pas pris l’adresse de la personne (réponse {codes}). Vérifiez-la avec elle."
        case smtplib.SMTPSenderRefused(smtp_code=code):
            return (
                f"{name} n’accepte pas l’adresse d’envoi « {server.sender} » (réponse {code}). Corrigez-la (Réglages)."
            )
        case smtplib.SMTPResponseException(smtp_code=code):
            return f"{name} n’a pas pris le message (réponse {code}). Réessayez plus tard, ou exportez la liste."
        case smtplib.SMTPServerDisconnected():
            return f"{name} a coupé la liaison avant d’avoir pris le message. Réessayez."
    return _of_the_link(error, name)


def _name(server: MailServer) -> str:
    return f"Le serveur de messagerie « {server.host} »"


def _of_the_link(error: OSError, name: str) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return (
                f"{name} montre un certificat que ce poste ne reconnaît pas : ni le mot de passe ni un message ne lui "
                "ont été donnés. Demandez au service informatique le certificat de son autorité (Réglages)."
            )
        case ssl.SSLError():
            return f"{name} ne parle pas ce chiffrement à ce port. Changez le chiffrement ou le port (Réglages)."
        case TimeoutError():
            return f"{name} ne répond pas à temps. Vérifiez son port et le réseau, puis réessayez."
        case socket.gaierror():
            return f"{name} est introuvable. Vérifiez son nom et le réseau (Réglages)."
        case FileNotFoundError() | PermissionError():
            return "Le certificat de l’autorité ne peut pas être lu. Choisissez-le de nouveau (Réglages)."
        case ConnectionResetError() | BrokenPipeError():
            return f"{name} a coupé la liaison avant d’avoir pris le message. Réessayez."
    return f"{name} ne répond pas. Vérifiez son nom, son port et le réseau (Réglages)."
