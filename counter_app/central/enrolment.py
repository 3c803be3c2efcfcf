"""A desk is enrolled by a one-time code: the central learns its key, the desk its token and what its site is."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase

import sqlalchemy as sa

from counter_app.central.codes import MOST_ATTEMPTS, NAME, digest_of, plain
from counter_app.central.engine import writing
from counter_app.central.moments import text_of
from counter_app.central.sites import SiteFacts, read_facts
from counter_app.central.tables import device as devices
from counter_app.central.tables import enrolment_code as codes
from counter_app.central.tables import site as sites
from counter_app.central.tokens import Token, new_token
from counter_app.central.vouching import well_formed
from counter_app.domain.french import typeset


@dataclass(frozen=True, slots=True)
class Applicant:
    """A desk that asks to be enrolled."""

    device: str
    public_key: str
    """Ed25519, 32 bytes in hexadecimal."""
    desk: str
    """Its name, such as « Guichet 3 »."""
    letter: str
    """The letter of its tickets."""
    site: str
    training: bool


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The desk is known from now on."""

    token: Token
    facts: SiteFacts


@dataclass(frozen=True, slots=True)
class NotEnrolled:
    """Why a desk was not enrolled: a stable word, and a French sentence."""

    code: str
    sentence: str


def enrol(engine: sa.Engine, secret: str, applicant: Applicant, at: datetime) -> Enrolled | NotEnrolled:
    """Enrol a desk by a code, once. A code that did not serve, because the desk has to be changed, stays good."""
    one = applicant
    if not well_formed(one.site, one.device, one.desk, one.letter, one.public_key):
        return _told("form")
    with writing(engine) as connection:
        code = _code(connection, plain(secret), text_of(at))
        if isinstance(code, NotEnrolled):
            return code
        site, digest = code
        facts = read_facts(connection, site)
        hindered = _hindrance(connection, facts, applicant)
        if hindered is not None:
            return hindered
        spent = {"used_at": text_of(at), "used_by": applicant.device}
        connection.execute(sa.update(codes).where(codes.c.site == site, codes.c.digest == digest).values(spent))
        return Enrolled(_write(connection, facts.site, applicant, at), facts)


def _code(connection: sa.Connection, secret: str, now: str) -> tuple[str, str] | NotEnrolled:
    """The code that a secret opens: its site and its digest."""
    named = connection.execute(sa.select(codes).where(codes.c.name == secret[:NAME]).with_for_update()).fetchall()
    for row in named:
        if not hmac.compare_digest(row.digest, digest_of(secret)):
            continue
        if row.used_at is not None:
            return _told("used")
        if row.attempts >= MOST_ATTEMPTS:
            return _told("spent")
        return (row.site, row.digest) if now < row.expires_at else _told("expired")
    for row in named:
        here = (codes.c.site == row.site, codes.c.digest == row.digest)
        connection.execute(sa.update(codes).where(*here).values(attempts=row.attempts + 1))
    return _told("wrong")


def _hindrance(connection: sa.Connection, facts: SiteFacts, one: Applicant) -> NotEnrolled | None:
    if one.site != facts.site:
        return _told("site", site=facts.site, other=one.site)
    if one.training != facts.training:
        return _told("training" if one.training else "real")
    # One desk of a site after the other: two at once could take one letter.
    connection.execute(sa.select(sites.c.site).where(sites.c.site == facts.site).with_for_update())
    known = connection.execute(sa.select(devices).where(devices.c.site == facts.site)).fetchall()
    for row in known:
        if row.device == one.device:
            if row.revoked_at is not None:
                return _told("revoked")
            if row.public_key != one.public_key and row.token_digest is not None:
                return _told("key")
        elif row.revoked_at is None:
            if row.desk.strip().casefold() == one.desk.strip().casefold():
                return _told("desk", desk=row.desk)
            if row.letter.strip().casefold() == one.letter.strip().casefold():
                free = _free(other.letter for other in known if other.revoked_at is None)
                return _told("letter", letter=row.letter, desk=row.desk, free=free)
    return None


def _free(letters: Iterable[str]) -> str:
    """The first letter that no desk of the site has; when all are taken, that of a desk to be taken out."""
    taken = {letter.strip().upper() for letter in letters}
    return next((letter for letter in ascii_uppercase if letter not in taken), "d’un poste à révoquer")


def _write(connection: sa.Connection, site: str, one: Applicant, at: datetime) -> Token:
    token = new_token(site, one.device, at)
    known = {"desk": one.desk.strip(), "letter": one.letter.strip(), "public_key": one.public_key, **token.kept()}
    here = (devices.c.site == site, devices.c.device == one.device)
    again = sa.update(devices).where(*here).values(**known, former_digest=None, former_expires_at=None)
    if not connection.execute(again).rowcount:
        names = {"site": site, "device": one.device, "enrolled_at": text_of(at)}
        connection.execute(sa.insert(devices).values(**names, **known, waiting=0, version=1))
    return token


def _told(code: str, **names: str) -> NotEnrolled:
    return NotEnrolled(code, typeset(_SENTENCES[code].format(**names)))


_SENTENCES = {
    "form": "La demande de ce poste ne se lit pas (nom, lettre ou clé) : il n’est pas inscrit. "
    "Vérifiez le nom et la lettre du guichet, puis recommencez.",
    "wrong": "Ce code d’inscription n’est pas connu. Vérifiez chaque lettre, ou demandez un nouveau code.",
    "used": "Ce code d’inscription a déjà servi : chaque code inscrit un seul poste. Demandez un nouveau code.",
    "expired": "Ce code d’inscription n’est plus valable : son délai est passé. Demandez un nouveau code.",
    "spent": "Ce code d’inscription a été essayé trop de fois avec des fautes : il ne sert plus. Demandez-en un autre.",
    "site": "Ce code est celui du site « {site} » et ce poste est du site « {other} ». Demandez un code de votre site.",
    "training": "Ce poste est un poste d’entraînement et cette base centrale est réelle : rien n’a été envoyé. "
    "Un poste d’entraînement s’inscrit auprès d’une base d’entraînement (central init --training).",
    "real": "Ce poste est réel et cette base centrale est une base d’entraînement : rien n’a été envoyé. "
    "Un poste réel s’inscrit auprès de la base centrale réelle du site.",
    "desk": "Un poste du site s’appelle déjà « {desk} ». Donnez un autre nom à ce guichet (Réglages, ou counter-app "
    "settings --set desk=NOM), ou révoquez l’ancien poste, puis recommencez avec le même code.",
    "letter": "La lettre « {letter} » est déjà celle du poste « {desk} » : deux tickets porteraient le même numéro. "
    "La première lettre libre est {free}. Changez celle de ce poste (Réglages, ou counter-app settings --set "
    "ticket_letter=LETTRE), puis recommencez avec le même code.",
    "key": "Un poste de même identité est connu avec une autre clé : ce dossier est une copie, ou un autre a pris son "
    "nom. Créez un poste neuf, ou prévenez le service informatique.",
    "revoked": "Ce poste a été révoqué : il ne s’inscrit plus. Créez un poste neuf (counter-app init), puis "
    "inscrivez-le.",
}
