"""What makes a place fit to hold acts: a local disk, a sound SQLite, a file that can be read."""

import errno
import os
import re
import shutil
import sys
from pathlib import Path

from counter_app.domain.refusal import StoreRefused

LEAST_ROOM = 256 << 10
"""Bytes: with less free, SQLite cannot keep its log of writes and what goes with it."""
SOUND_SQLITE = (3, 51, 3)
NETWORK_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre", "beegfs", "davfs"}
)
NETWORK_FUSE = (
    "fuse.sshfs",
    "fuse.davfs",
    "fuse.rclone",
    "fuse.glusterfs",
    "fuse.ceph",
    "fuse.s3fs",
    "fuse.gvfsd-fuse",
)
SYNCED_FOLDERS = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "nextcloud",
    "owncloud",
    "icloud",
    "seafile",
)
_SHARE = re.compile(r"\s*([\\/]{2}(?!/)|[a-z][a-z0-9+.-]+://)", re.IGNORECASE)
"""A share by its name (two slashes of either kind) or by an address (smb://server/share): no folder of this disk."""


def check_name(named: str) -> None:
    """Refuse the name of a share where a folder is meant: taken for one, it would be made somewhere else, unsaid."""
    if _SHARE.match(named):
        raise StoreRefused(
            "network_share",
            f"« {named} » est le nom d’un partage réseau, non d’un dossier de ce poste. Les actes pourraient s’y "
            "perdre : rien n’a été créé. Donnez un dossier d’un disque de ce poste (option --home).",
        )


def check_local_disk(path: Path) -> None:
    """Refuse a network share or a synced folder: there, SQLite's locks do not hold and acts are lost."""
    check_name(str(path))
    path = path.resolve()
    system, where = file_system_of(path, _mounts()), path.parent
    shared = system in NETWORK_SYSTEMS or system.startswith(NETWORK_FUSE)
    if shared or _is_network_drive(path):
        raise StoreRefused(
            "network_share",
            f"Le dossier « {where} » est sur un partage réseau ({system or 'UNC'}). Les actes pourraient s’y perdre. "
            "Choisissez un dossier d’un disque de ce poste (option --home).",
        )
    synced = next((part for part in where.parts if part.casefold().startswith(SYNCED_FOLDERS)), None)
    if synced:
        raise StoreRefused(
            "synced_folder",
            f"Le dossier « {where} » est recopié en ligne par « {synced} ». Deux copies du fichier local se "
            "contrediraient. Choisissez un dossier qui n’est pas synchronisé (option --home).",
        )


_WHY = {
    errno.EACCES: "ce compte n’en a pas le droit",
    errno.EPERM: "ce compte n’en a pas le droit",
    errno.EROFS: "ce disque ne se laisse pas écrire",
    errno.ENOSPC: "le disque est plein",
    errno.EISDIR: "c’est un dossier",
    errno.ENOTDIR: "un fichier porte le nom d’un des dossiers",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.ENOENT: "un des dossiers n’existe pas",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.EDQUOT: "ce compte n’a plus de place sur ce disque",
    errno.EIO: "le disque ne répond pas",
    errno.ENODEV: "le disque n’est plus là",
    errno.ENXIO: "le disque n’est plus là",
}


def why_not_written(error: OSError) -> str:
    """Why the system did not let us write, in French, for the middle of a sentence."""
    return _WHY.get(error.errno or 0, f"le système a répondu {errno.errorcode.get(error.errno or 0, 'une erreur')}")


def hindrance(folder: Path) -> OSError | None:
    """What keeps anybody from writing in a folder, as the system tells without trying; None when nothing does."""
    try:
        disk = shutil.disk_usage(folder)
    except OSError as error:
        return error
    if sys.platform != "win32" and os.statvfs(folder).f_flag & os.ST_RDONLY:
        return OSError(errno.EROFS, "read-only")
    if disk.free < LEAST_ROOM:
        return OSError(errno.ENOSPC, "full")
    return None if os.access(folder, os.W_OK) else OSError(errno.EACCES, "no right")


def not_done(error: OSError) -> StoreRefused:
    """What the system did not let us do, where: the folder alone is named, a file may bear the name of a person."""
    place = Path(os.fsdecode(error.filename)).parent if error.filename else None
    where = f" dans « {place} »" if place else ""
    return StoreRefused(
        "disk_error",
        f"Un fichier n’a pas pu être lu ou écrit{where} : {why_not_written(error)}. Ce qui était enregistré le reste ; "
        "ce geste ne l’est pas. Rétablissez l’accès ou libérez de la place, puis recommencez.",
    )


def file_system_of(path: Path, mounts: list[tuple[str, str]]) -> str:
    """Type of the file system that holds a path, by the longest mount point above it; empty when unknown."""
    place = str(path.absolute())
    holding = [(point, kind) for point, kind in mounts if place == point or place.startswith(point.rstrip("/") + "/")]
    # Last mounted first: of two on one point, it hides the other.
    return max(reversed(holding), key=lambda mount: len(mount[0]), default=("", ""))[1]


def _is_network_drive(path: Path) -> bool:
    """Whether a Windows drive letter stands for a share (DRIVE_REMOTE is 4)."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == 4)
    return False


def _mounts() -> list[tuple[str, str]]:
    if sys.platform == "win32":
        return []
    table = Path(os.environ.get("COUNTER_APP_MOUNTS", "/proc/mounts"))
    if not table.exists():
        return []
    lines = (line.split() for line in table.read_text(errors="replace").splitlines())
    return [(fields[1].replace("\\040", " "), fields[2]) for fields in lines if len(fields) >= 3]
