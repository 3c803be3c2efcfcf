"""Breakages of the central store, in words: never with the address whole, which may hold a password."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from counter_app.domain.refusal import StoreRefused
from counter_app.store.faults import refusal_of

_BUSY = ("central_busy", "Le serveur « {host} » est très occupé")
_STATES = {
    "40": _BUSY,
    "55": _BUSY,
    "28": ("central_password", "Le serveur « {host} » n’accepte pas ce nom ou ce mot de passe"),
    "3D": ("central_no_base", "Le serveur « {host} » n’a pas de base « {base} »"),
    "53": ("central_full", "Le serveur « {host} » manque de place ou de connexions"),
    "57": ("central_stopped", "Le serveur « {host} » s’arrête ou démarre"),
    "58": ("central_disk", "Le disque du serveur « {host} » ne répond pas"),
    "42501": ("central_rights", "Sur le serveur « {host} », ce compte n’a pas les droits sur la base « {base} »"),
    "25006": ("central_rights", "Le serveur « {host} » ne se laisse pas écrire (serveur de secours ?)"),
}
"""By the beginning of the state that PostgreSQL names (its manual, appendix A)."""
_HINTS = (
    ("password authentication failed", "28"),
    ("no password supplied", "28"),
    ("no pg_hba.conf entry", "28"),
    ("authentification", "28"),
    ("does not exist", "3D"),
    ("n'existe pas", "3D"),
    ("too many", "53"),
    ("is starting up", "57"),
    ("is shutting down", "57"),
)
"""A connection that is turned away carries no state, only the words of the server, which may speak French."""
_OPTION = re.compile(r"invalid (connection option|[a-z_ ]*value|port)")
"""What the driver says of an address that it does not read."""


@contextmanager
def in_words(engine: sa.Engine) -> Iterator[None]:
    """Raise `StoreRefused` in place of what the driver says of a store that does not answer."""
    try:
        yield
    except sa.exc.TimeoutError:
        raise _told(engine.url, _BUSY) from None
    except (sa.exc.DBAPIError, engine.dialect.loaded_dbapi.Error) as error:
        refused = _refusal(engine.url, getattr(error, "orig", None) or error)
        if refused is None:
            raise
        raise refused from None


def _refusal(url: sa.URL, error: BaseException) -> StoreRefused | None:
    if url.drivername.startswith("sqlite"):
        return of_file(Path(url.database or ""), str(getattr(error, "sqlite_errorname", "")))
    state = str(getattr(error, "sqlstate", None) or "")
    told = next((told for known, told in _STATES.items() if state.startswith(known)), None)
    words = str(error)
    if not state and _OPTION.search(words):
        return bad_url()
    if told is None and not state:
        told = next((_STATES[known] for hint, known in _HINTS if hint in words), _UNREACHABLE)
    if told is None:
        return None
    return _told(url, told)


def _told(url: sa.URL, told: tuple[str, str]) -> StoreRefused:
    sentence = told[1].format(host=_host(url), base=url.database)
    return StoreRefused(
        told[0],
        f"{sentence}. Rien n’est perdu : ce qui n’y est pas arrivé sera renvoyé. Prévenez qui s’occupe du "
        "serveur ; si c’est vous, vérifiez-le, ainsi que l’adresse de la base centrale (option --store).",
    )


_UNREACHABLE = ("central_unreachable", "Le serveur « {host} » de la base centrale ne répond pas")


def _host(url: sa.URL) -> str:
    host = url.host or str(url.query.get("host", "")) or "local"
    return f"{host}:{url.port}" if url.port else host


_OF_FILE = {
    "disk_full": "Le disque de la base centrale « {path} » est plein",
    "busy": "Un autre programme tient la base centrale « {path} » depuis plus de dix secondes",
    "store_not_writable": "La base centrale « {path} » ne se laisse ni ouvrir ni écrire (un droit manque, ou le disque "
    "est en lecture seule)",
    "disk_error": "Le disque de la base centrale « {path} » n’a pas répondu",
    "damaged": "La base centrale « {path} » ne se lit pas : elle est abîmée, ou sa clé ({path}.key) n’est pas la "
    "sienne",
}
_NEXT = {"damaged": "Rien n’a été effacé. Reprenez une sauvegarde : counter-app central restore."}
_LATER = (
    "Rien n’est perdu : ce qui n’y est pas arrivé sera renvoyé. Prévenez qui s’occupe du serveur : c’est là qu’il faut "
    "y remédier, puis recommencer."
)


def of_file(path: Path, name: str) -> StoreRefused | None:
    """What SQLite says of the file of a central, in words that a desk may read too: none is about that desk."""
    known = refusal_of(name, path)
    if known is None:
        return None
    what = _OF_FILE[known.code].format(path=path.name)
    return StoreRefused(known.code, f"{what}. {_NEXT.get(known.code, _LATER)}")


def bad_url() -> StoreRefused:
    """Not an address of ours; it is not repeated, a password may be in it."""
    return StoreRefused(
        "bad_store_url",
        "L’adresse de la base centrale ne se lit pas. Deux formes existent : sqlite:////dossier/centrale.db pour un "
        "fichier de ce poste, postgresql+psycopg://compte:motdepasse@serveur:5432/base pour un serveur PostgreSQL "
        "(dans le mot de passe, écrivez % suivi du code pour @, : et /).",
    )


def no_folder(folder: Path) -> StoreRefused:
    """The folder of a file to make, and the one above it, are not there."""
    return StoreRefused(
        "no_folder",
        f"Le dossier « {folder.parent} » n’existe pas : rien n’a été créé. Vérifiez l’adresse de la base centrale "
        "(option --store), ou créez ce dossier d’abord ; seul le dernier dossier est créé.",
    )


def not_a_central(path: Path) -> StoreRefused:
    """What lies at the address was never a file of ours: a list, another program's base, a folder."""
    return StoreRefused(
        "not_a_central",
        f"« {path} » n’est pas une base centrale de Guichet : rien n’y a été changé. Vérifiez l’adresse (option "
        "--store) ; pour en créer une, donnez un nom de fichier qui ne sert pas encore : counter-app central init.",
    )


def key_missing(place: Path) -> StoreRefused:
    """The file cannot be read without its key, and a new key would make another file of it."""
    return StoreRefused(
        "key_missing",
        f"La clé de la base centrale est absente ou abîmée (« {place} »). Sans elle, les données ne se lisent pas. "
        "Rien n’a été changé : remettez ce fichier en place.",
    )


def server_too_old(found: str) -> StoreRefused:
    """Versions of PostgreSQL that are not maintained any more."""
    return StoreRefused(
        "server_too_old",
        f"Ce serveur est un PostgreSQL {found}. Il faut la version 15 ou une plus récente : rien n’a été changé.",
    )
