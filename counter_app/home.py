"""A desk's home folder: its identity, its file, settings, papers, logs, backups. One desk, one folder, one window."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from counter_app.domain.refusal import StoreRefused
from counter_app.paths import own_folder
from counter_app.store.lock import locked
from counter_app.store.safety import check_local_disk, not_done, why_not_written

IDENTITY = "home.json"
STORE = "guichet.db"
WIPED = "efface.json"
"""Says that the desk of this home was revoked, and wiped what it held (`wiping`)."""
BEGUN = f"{IDENTITY}.init"
"""Stands in a home from the first moment of its making, and becomes its identity at the last."""


@dataclass(frozen=True, slots=True)
class HomeIdentity:
    """What a home is, written once."""

    id: str
    site: str
    training: bool
    device: str
    incarnation: str
    keys: str
    """`keyring` or `file`."""
    public_key: str
    format: int = 1

    @property
    def stream(self) -> str:
        """Stream of acts of this installation: a new one after each restore."""
        return f"{self.device}:{self.incarnation}"


@dataclass(frozen=True, slots=True)
class Home:
    """A folder and who it is."""

    path: Path
    identity: HomeIdentity

    @property
    def store(self) -> Path:
        return self.path / STORE

    @property
    def papers(self) -> Path:
        """Where papers go when no printer is chosen."""
        return self.path / "papiers"

    @property
    def backups(self) -> Path:
        return self.path / "sauvegardes"

    @property
    def set_aside(self) -> Path:
        """Damaged files, kept."""
        return self.path / "mis-de-cote"

    @property
    def certificates(self) -> Path:
        """Certificates of sealed documents to practise with: read in a training home alone."""
        return self.path / "certificats"

    @property
    def logs(self) -> Path:
        return self.path / "journaux"


def exists(path: Path) -> bool:
    """Whether a home was made there."""
    try:
        return (path / IDENTITY).is_file()
    except OSError:
        return False


def _leftovers(path: Path) -> list[str]:
    """What a home without identity still holds: making a new one there would overwrite the key of its file."""
    return [name for name in (STORE, "key.json", "sauvegardes") if (path / name).exists()]


def new_identity(site: str, training: bool) -> HomeIdentity:
    """A home not yet written; its keys are kept next."""
    return HomeIdentity(str(uuid4()), site, training, uuid4().hex[:12], uuid4().hex[:12], "file", "")


def prepare_folder(path: Path) -> None:
    """Make the folder, for this account only. Refuses a home already there, a network share, a place not writable."""
    check_local_disk(path / STORE)
    if exists(path):
        raise StoreRefused(
            "home_exists",
            f"Le dossier « {path} » est déjà celui d’un poste. Rien n’a été changé. "
            "Pour un autre poste, donnez un autre dossier (option --home).",
        )
    if _leftovers(path) and (path / BEGUN).exists():
        raise StoreRefused(
            "home_exists",
            f"La création d’un poste dans « {path} » a été coupée avant sa fin, ou elle est en cours : aucun acte n’y "
            "est enregistré. Si aucune création n’est en cours, supprimez ce dossier, puis recommencez.",
        )
    if _leftovers(path):
        raise StoreRefused(
            "home_exists",
            f"Le dossier « {path} » garde des fichiers d’un poste ({', '.join(_leftovers(path))}) sans son fichier "
            f"« {IDENTITY} ». Rien n’a été changé. Remettez ce fichier, ou donnez un autre dossier (option --home).",
        )
    make_folder(path)


@contextmanager
def made_whole(path: Path) -> Iterator[None]:
    """A home is made whole or not at all: what a full disk cut short goes, so that it can be made again.

    Nothing else was there (`prepare_folder`), and no act of anybody is in it before its identity is written.
    """
    with ExitStack() as otherwise:
        otherwise.callback(_unmake, path)
        try:
            (path / BEGUN).touch(mode=0o600)
            yield
        except OSError as error:
            raise StoreRefused(
                "not_writable",
                f"Le poste ne peut pas être créé dans « {path} » : {why_not_written(error)}. Rien n’y est gardé. "
                "Libérez de la place, ou choisissez un autre dossier (option --home).",
            ) from error
        otherwise.pop_all()


def _unmake(path: Path) -> None:
    for name in (BEGUN, "key.json", STORE, f"{STORE}-wal", f"{STORE}-shm"):
        with suppress(OSError):
            (path / name).unlink()


def make_folder(path: Path) -> None:
    """Make the folder, for this account only, where acts may lie. Refuses a network share, a place not writable."""
    check_local_disk(path / STORE)
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
    except OSError as error:
        what = "servir" if path.is_dir() else "être créé"
        raise StoreRefused(
            "not_writable",
            f"Le dossier « {path} » ne peut pas {what} : {why_not_written(error)}. "
            "Choisissez-en un autre (option --home).",
        ) from error


def write_identity(path: Path, identity: HomeIdentity, draft_name: str = f"{IDENTITY}.new") -> Home:
    """Write who the home is, whole or not at all."""
    draft = path / draft_name
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(identity), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path / IDENTITY)
    return Home(path, identity)


def check_is_there(path: Path) -> None:
    """Refuse a home on a drive that is away: its desk is on it, and must not be begun again beside it."""
    if path.parent.is_dir() or path == own_folder():
        return
    raise StoreRefused(
        "no_home",
        f"Le dossier « {path.parent} » n’est pas là : son disque est sans doute débranché. Branchez-le. "
        f"Rien n’a été créé. Pour un nouveau poste à cet endroit : counter-app --home « {path} » init --site nord "
        "(ou loiret, puy-de-dome).",
    )


def read_home(path: Path) -> Home:
    """The home of a folder, or a refusal that says what to do."""
    if not exists(path) and (at := wiped_at(path)):
        raise StoreRefused(
            "wiped",
            f"Ce poste a été révoqué par la base centrale : il lui a envoyé tout ce qu’il gardait, puis il a effacé "
            f"ses données le {at:%d/%m/%Y à %H:%M} (UTC). Aucun acte n’est perdu. Pour travailler sur cette machine, "
            f"créez un autre poste : counter-app --home « {path} » init --site nord (ou loiret, puy-de-dome).",
        )
    check_is_there(path)
    if not exists(path):
        raise StoreRefused(
            "no_home",
            f"Aucun poste dans « {path} ». Créez-le : counter-app --home « {path} » init --site nord "
            "(ou loiret, puy-de-dome ; --training pour s’exercer).",
        )
    try:
        return Home(path, _identity((path / IDENTITY).read_text(encoding="utf-8")))
    except (ValueError, TypeError, OSError) as error:
        raise StoreRefused(
            "home_unreadable",
            f"Le fichier « {path / IDENTITY} » est abîmé. Rien n’a été changé : "
            "reprenez-le d’une sauvegarde du dossier.",
        ) from error


def wiped_at(path: Path) -> datetime | None:
    """When a home was wiped; None when it was not."""
    try:
        told = json.loads((path / WIPED).read_text(encoding="utf-8"))
        return datetime.fromisoformat(told["at"]).astimezone(UTC)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _identity(text: str) -> HomeIdentity:
    """Read an identity; ValueError or TypeError when a value is missing or is not of its kind."""
    identity = HomeIdentity(**json.loads(text))
    wrong = [field.name for field in fields(identity) if type(getattr(identity, field.name)) is not field.type]
    if wrong or identity.keys not in ("keyring", "file"):
        raise ValueError("an identity holds values of another kind")
    return identity


@contextmanager
def only_window(home: Path) -> Iterator[None]:
    """Hold the home for one window; a second one is refused, and a crash leaves nothing behind."""
    make_folder(home)
    try:
        held = (home / "window.lock").open("a+b")
    except OSError as error:
        raise not_done(error) from error
    with held as file:
        if not locked(file.fileno()):
            raise StoreRefused(
                "already_open",
                "Une fenêtre de Guichet est déjà ouverte sur ce poste, ou une récupération y est en cours. Reprenez la "
                "fenêtre dans la barre des tâches ; si elle ne répond plus, fermez la session et rouvrez.",
            )
        yield
