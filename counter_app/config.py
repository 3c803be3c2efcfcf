"""Settings of a desk (`settings.toml`) and dated rules of its site (`resources/rules/<site>.toml`).

The window reads its settings before its first paint: what the rules need is imported when rules are read.
"""

import re
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Literal, get_args
from unicodedata import category

import tomli_w

from counter_app.domain.email_address import is_address
from counter_app.domain.french import typeset
from counter_app.wording.shipped import shipped

if TYPE_CHECKING:
    from counter_app.domain.calendar import Calendar
    from counter_app.domain.rules import SiteRules
    from counter_app.domain.tax_stamps import Tariff

FILE = "settings.toml"
THEMES = ("system", "light", "dark", "contrast")
SCALES = (100, 125, 150, 200)
LANGUAGES = ("fr", "en")
NEAREST, FARTHEST = 1, 20
"""Metres from which the public display may be read."""
HandoverPaper = Literal["A4", "A5", "80mm"]
MailSecurity = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a desk may change for itself. Empty desk or agent: the first run has still to ask."""

    desk: str = ""
    agent: str = ""
    ticket_letter: str = ""
    theme: str = "system"
    scale: int = 100
    language: str = "fr"
    ticket_printer: str = ""
    """A queue of the system; empty: the papers folder of the home."""
    page_printer: str = ""
    handover_paper: HandoverPaper = "A4"
    """Paper of the handover receipt: both copies on one A4 sheet to cut, two A5 pages, or two of 80 mm."""
    document_numbers: bool = False
    """Whether the service's copy of a handover receipt shows the end of the number of the document shown."""
    paper_language: str = ""
    """Second language of papers; empty: the site's."""
    services: str = ""
    """Services whose people this desk calls, by their keys: `accueil, remise`; empty: all those of the site."""
    closures: str = ""
    """Days that the prefect's order closes, beyond those of the site's rules: 2026-12-24, 31/12/2026."""
    mail_server: str = ""
    """Server that takes e-mails, with its port when it is not the usual one; empty: e-mails are written as files."""
    mail_security: MailSecurity = "starttls"
    """Encrypted after a word, from the first byte, or not at all (a safe network alone)."""
    mail_sender: str = ""
    mail_user: str = ""
    """Account of the server; its password is never here (see `keys`)."""
    mail_authority: str = ""
    """File (PEM) of the authority that vouches for the server; empty: those that the system trusts."""
    volume: int = 60
    auto_print: bool = True
    reduce_motion: bool = False
    hall_display: bool = False
    """Whether the public display is open."""
    hall_voice: bool = False
    hall_distance: int = 5
    """Metres from which the public display is read."""

    @property
    def complete(self) -> bool:
        """Whether the first run was answered."""
        return bool(self.desk and self.agent)

    @property
    def letter(self) -> str:
        """Letter of this desk's tickets and receipts: chosen, else from the number in its name, else A."""
        digits = "".join(character for character in self.desk if character.isdigit())
        numbered = chr(64 + int(digits)) if digits and 1 <= int(digits) <= 26 else "A"
        return self.ticket_letter.upper() or numbered


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Settings as read, and a French sentence for each value that could not be kept."""

    settings: Settings
    problems: tuple[str, ...] = ()


CHOICES: dict[str, tuple[object, ...]] = {
    "theme": THEMES,
    "scale": SCALES,
    "language": LANGUAGES,
    "handover_paper": get_args(HandoverPaper),
    "mail_security": get_args(MailSecurity),
}

WORDED = frozenset(CHOICES) - {"scale"}
"""Settings whose values are words."""

BOUNDS = {"volume": (0, 100), "hall_distance": (NEAREST, FARTHEST)}
"""Least and greatest value of a setting that is a number."""


def read_settings(home: Path) -> ReadSettings:
    """Settings of a home; a bad value is told and replaced by the usual one, the others are kept."""
    path = home / FILE
    if not path.exists():
        return ReadSettings(Settings())
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        line = re.search(r"line (\d+)", str(error))
        where = f", ligne {line[1]}," if line else ""
        told = f"« {path} »{where} ne se lit pas. Les réglages usuels sont pris ; le fichier n’a pas été changé."
        return ReadSettings(Settings(), (typeset(told),))
    known = {field.name for field in fields(Settings)}
    problems = [f"Réglage « {name} » inconnu : il est laissé de côté." for name in values if name not in known]
    settings = Settings()
    for field in fields(Settings):
        if field.name in values:
            problem = problem_with(field.name, values[field.name])
            if problem:
                usual = getattr(settings, field.name)
                problems.append(f"{problem} La valeur usuelle ({usual}) est prise.")
            else:
                settings = replace(settings, **{field.name: values[field.name]})
    return ReadSettings(settings, tuple(map(typeset, problems)))


LONGEST_NAME, LONGEST_LINE = 40, 120
"""Signs of a desk's or an agent's name, and of a line typed about somebody: the same at the window and the command."""
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def problem_with(name: str, value: object) -> str | None:
    """Why a setting cannot take a value, in a sentence; None when it can."""
    usual, allowed, bounds = getattr(Settings(), name), CHOICES.get(name), BOUNDS.get(name)
    fits = type(value) is type(usual)
    if allowed and not (fits and value in allowed):
        return f"Réglage « {name} » : « {value} » n’est pas prévu. Écrivez {_listed(name, allowed)}."
    if bounds and not (fits and bounds[0] <= int(str(value)) <= bounds[1]):
        return f"Réglage « {name} » : « {value} » ne convient pas : écrivez un nombre de {bounds[0]} à {bounds[1]}."
    if not fits:
        yes_or_no = "oui ou non (true ou false dans settings.toml)"
        wanted = yes_or_no if isinstance(usual, bool) else "un texte entre guillemets"
        return f"Réglage « {name} » : « {value} » ne convient pas : écrivez {wanted}."
    if name == "closures" and value and (word := _no_day(str(value))):
        return f"Réglage « closures » : « {word} » n’est pas une date : écrivez 2026-12-24, séparées par des virgules."
    if name == "ticket_letter" and value and (len(str(value)) > 1 or str(value).upper() not in ascii_uppercase):
        return f"Réglage « ticket_letter » : « {value} » n’est pas une lettre."
    if name == "mail_server" and value and server_and_port(str(value)) is None:
        return f"Réglage « mail_server » : « {value} » ne se lit pas : écrivez smtp.exemple.fr ou smtp.exemple.fr:587."
    if name == "mail_sender" and value and not is_address(str(value)):
        return f"Réglage « mail_sender » : « {value} » n’est pas une adresse : écrivez remise@exemple.fr."
    return None


def _listed(name: str, values: tuple[object, ...]) -> str:
    """Values of a setting, each with its word: the catalogue is not read before a value is wrong."""
    from counter_app.wording.choices import listed, worded

    told = tuple(map(str, values))
    return listed(worded(f"choices.{name}", told).items()) if name in WORDED else ", ".join(told)


_SERVER = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::([0-9]{1,5}))?")


def server_and_port(text: str) -> tuple[str, int] | None:
    """The name and the port of a server, 0 for the usual one; None when it is none."""
    read = _SERVER.fullmatch(text)
    port = int(read[2] or 0) if read else 0
    return (read[1], port) if read and port <= 65535 else None


def name_problem(value: str, longest: int) -> str:
    """What is wrong with a name that somebody typed: too long, or with signs that nobody sees; empty when nothing."""
    if len(value) > longest:
        return f"trop long\u00a0: {longest} signes au plus."
    hidden = any(category(sign) in _UNSEEN for sign in value)
    return "il contient des signes invisibles\u00a0: tapez-le au clavier." if hidden else ""


def _no_day(text: str) -> str:
    """The word that is no day; empty when all are."""
    from counter_app.domain.calendar import read_days

    try:
        read_days(text)
    except ValueError as error:
        return str(error)
    return ""


def rules_with(site: str, settings: Settings) -> "SiteRules":
    """Dated rules of a site, with the days that its desk closes by hand."""
    from counter_app.domain.calendar import read_days

    return load_rules(site).closing(read_days(settings.closures))


def services_in(rules: "SiteRules", text: str) -> tuple[tuple[str, ...], str]:
    """Keys of the services that a setting names, and what is wrong with it in a sentence, empty when nothing: with a
    word that the site does not know the desk calls for all of them, so that nobody is out of sight."""
    try:
        return rules.queue.named(text), ""
    except ValueError as word:
        from counter_app.wording.choices import listed

        known = listed(rules.queue.names)
        return (), f"Réglage « services » : « {word} » n’est pas un service de ce site. Écrivez {known}."


def write_settings(home: Path, settings: Settings) -> None:
    """Write the settings whole or not at all."""
    draft = home / f"{FILE}.new"
    draft.write_text(tomli_w.dumps(asdict(settings)), encoding="utf-8")
    draft.replace(home / FILE)


def sites() -> tuple[str, ...]:
    """Sites whose rules ship with the application."""
    return tuple(sorted(path.stem for path in shipped("rules").glob("*.toml")))


@cache
def load_rules(site: str) -> "SiteRules":
    """Dated rules of a site. Raises KeyError or ValueError when the shipped file is wrong: a test reads them all."""
    from counter_app.domain.rules import read_site_rules

    values = tomllib.loads(shipped("rules", f"{site}.toml").read_text(encoding="utf-8"))
    return read_site_rules(site, values, load_calendar(), load_tariff())


@cache
def load_calendar() -> "Calendar":
    """Public holidays of the country and of its departments."""
    from counter_app.domain.calendar import read_calendar

    return read_calendar(_shipped_values("calendar.toml"))


@cache
def load_tariff() -> "Tariff":
    """Amounts of tax stamps by case and date."""
    from counter_app.domain.tax_stamps import read_tariff

    return read_tariff(_shipped_values("tax_stamps.toml"))


def _shipped_values(name: str) -> dict[str, Any]:
    return tomllib.loads(shipped(name).read_text(encoding="utf-8"))
