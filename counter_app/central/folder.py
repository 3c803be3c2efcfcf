"""Where a central keeps its certificates: beside its file, or in this account's own folder for a server's store."""

import re
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from counter_app.central.authority import open_authority
from counter_app.central.backup import backup, restore
from counter_app.central.faults import bad_url
from counter_app.domain.refusal import StoreRefused
from counter_app.store.safety import not_done

COPY = "centrale.db"
"""Name of the store in a copy."""
CERTIFICATES = "certificats"
"""Name of the certificates' folder in a copy."""
_OTHER = re.compile(r"[^A-Za-z0-9.-]+")


def authority_folder(url: str, own: Path) -> Path:
    """The usual folder of a store's certificates; `own`: this account's folder. Refuses what is no address."""
    try:
        address = sa.make_url(url.strip())
    except (sa.exc.ArgumentError, ValueError):
        raise bad_url() from None
    if address.drivername == "sqlite" and address.database:
        path = Path(address.database).expanduser().absolute()
        return path.with_name(f"{path.name}.{CERTIFICATES}")
    if not address.drivername.startswith("postgres"):
        raise bad_url()
    name = "-".join((address.host or "local", str(address.port or 5432), address.database or ""))
    return own / "centrale" / _OTHER.sub("_", name)


def back_up(engine: sa.Engine, certificates: Path, target: Path) -> None:
    """Copy the store and its certificates into a folder that is made for it. Refuses one that holds anything.

    Raises `OSError` when the folder cannot be made or written.
    """
    if target.exists() and any(target.iterdir()):
        raise StoreRefused(
            "backup_exists", f"« {target} » contient déjà des fichiers : rien n’a été écrit. Donnez un autre nom."
        )
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.chmod(0o700)
    _copy(open_authority(certificates).folder, target / CERTIFICATES)
    backup(engine, target / COPY)


def take_back(source: Path, url: str, certificates: Path, at: datetime) -> dict[str, str]:
    """Fill an empty store with a copy, and a folder of certificates that is empty; see `backup.restore`.

    Certificates of the same roots stay as they are: those of the server may have been renewed since the copy.
    """
    if not (source / COPY).is_file():
        raise StoreRefused(
            "no_file",
            f"« {source} » n’est pas une copie de base centrale : il y manque « {COPY} ». Donnez le dossier qu’a écrit "
            "« counter-app central backup ».",
        )
    held = open_authority(source / CERTIFICATES)
    there = certificates.exists() and any(certificates.iterdir())
    if there and open_authority(certificates).roots != held.roots:
        raise StoreRefused(
            "not_empty",
            f"Le dossier « {certificates} » contient les certificats d’une autre base centrale : rien n’a été changé. "
            "Donnez-en un autre (option --folder).",
        )
    generations = restore(source / COPY, url, at)
    try:
        if not there:
            _copy(held.folder, certificates)
    except OSError as error:
        raise not_done(error) from error
    return generations


def _copy(source: Path, target: Path) -> None:
    """Private keys stay files of this account alone."""
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in source.glob("*.pem"):
        copied = target / path.name
        copied.touch(mode=0o600)
        copied.chmod(0o600)
        copied.write_bytes(path.read_bytes())
