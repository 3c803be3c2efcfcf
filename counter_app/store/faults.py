"""Breakages of the local file, in words: what SQLite says becomes a refusal that tells the agent what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from counter_app.domain.refusal import StoreRefused
from counter_app.store.safety import hindrance

_TOLD = {
    "SQLITE_FULL": (
        "disk_full",
        "Le disque de ce poste est plein : {fate}. Libérez de la place sur le disque de « {place} », puis recommencez.",
    ),
    "SQLITE_BUSY": (
        "busy",
        "Un autre programme tient le fichier local depuis plus de dix secondes : rien n’a été enregistré. "
        "Attendez la fin de l’import ou de la sauvegarde en cours, puis recommencez.",
    ),
    "SQLITE_CANTOPEN": (
        "store_not_writable",
        "Le fichier local ne peut pas être ouvert dans « {place} » : rien n’a été enregistré. Vérifiez que ce dossier "
        "existe et que ce compte peut y écrire, puis recommencez.",
    ),
    "SQLITE_READONLY": (
        "store_not_writable",
        "Rien ne peut être écrit dans « {place} » (le droit d’écriture manque, ou le disque ne se laisse pas écrire) : "
        "{fate}. Rétablissez l’écriture, puis recommencez.",
    ),
    "SQLITE_IOERR": (
        "disk_error",
        "Le disque de « {place} » n’a pas répondu : {fate}. "
        "Recommencez ; si cela se répète, changez de poste et prévenez le service informatique.",
    ),
}
_LAST_GESTURE = "le dernier geste n’a pas été enregistré, les précédents le sont"
_NOTHING_TRIED = "rien n’a été enregistré à l’instant, et rien de ce qui l’était n’est perdu"
"""Where nobody made a gesture, none is told of: it would be made twice."""
_NOT_READ = "le fichier local ne peut pas être lu sans écrire à côté de lui. Rien n’est perdu"
_VAGUE = ("SQLITE_IOERR", "SQLITE_CANTOPEN")
"""What SQLite says of whatever the system did not let it do: the disk itself is asked why."""
_CAUSES: dict[int | None, str] = {
    errno.ENOSPC: "SQLITE_FULL",
    errno.EROFS: "SQLITE_READONLY",
    errno.EACCES: "SQLITE_READONLY",
}
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


@contextmanager
def in_words(path: Path, *, writing: bool) -> Iterator[None]:
    """Raise `StoreRefused` in place of what SQLite says of a file that cannot be read or written (`writing`)."""
    try:
        yield
    except (sa.exc.DBAPIError, dbapi2.Error) as error:
        refused = refusal_of(getattr(getattr(error, "orig", error), "sqlite_errorname", ""), path, writing=writing)
        if refused is None:
            raise
        raise refused from error


def refusal_of(name: str, path: Path, *, writing: bool = True) -> StoreRefused | None:
    """The refusal for SQLite's name of an error (extended names begin with the plain one); None for a fault of ours."""
    if name.startswith(_DAMAGED):
        return damaged(path)
    known = next((known for known in _TOLD if name.startswith(known)), "")
    if known in _VAGUE:
        known = _CAUSES.get(getattr(hindrance(path.parent), "errno", None), known)
    told = _TOLD.get(known)
    unharmed = _NOT_READ if known == "SQLITE_READONLY" else _NOTHING_TRIED
    fate = _LAST_GESTURE if writing else unharmed
    return StoreRefused(told[0], told[1].format(place=path.parent, fate=fate)) if told else None


def damaged(path: Path) -> StoreRefused:
    """The file cannot be read with this desk's key."""
    return StoreRefused(
        "damaged",
        f"Le fichier local {path.name} ne se lit pas : il est abîmé, ou sa clé n’est pas celle de ce poste. "
        "Rien n’a été effacé. Lancez « counter-app recover » : le fichier est mis de côté, "
        "la dernière sauvegarde saine est reprise et les actes encore lisibles sont récupérés.",
    )


def gone(path: Path, saved: Path | None = None, *, unsure: bool = False) -> StoreRefused:
    """The file that was opened no longer bears its name: deleted, moved, or another one took its place."""
    place = f"« {path.name} »", f"« {path.parent} »"
    if path.is_file():
        what = f"Le fichier local {place[0]} de {place[1]} a été remplacé par un autre pendant le travail."
    else:
        what = f"Le fichier local {place[0]} n’est plus dans {place[1]}."
    kept = f"Les actes d’avant sont copiés dans « {saved.parent} »." if saved else "Rien n’a été recréé."
    gesture = "n’est peut-être pas" if unsure else "n’est pas"
    return StoreRefused(
        "store_gone",
        f"{what} {kept} Le geste en cours {gesture} enregistré. Remettez le fichier en place, ou fermez Guichet et "
        "lancez « counter-app recover » pour reprendre la dernière sauvegarde.",
    )
