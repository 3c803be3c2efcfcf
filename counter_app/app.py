"""Composition root: the only place that builds things and reads the clock."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from counter_app import config, keys
from counter_app.home import Home, new_identity, prepare_folder, read_home, write_identity
from counter_app.log import start_log
from counter_app.office import UNNAMED, Office
from counter_app.paths import migrations
from counter_app.recovery import Recovered, recover
from counter_app.store.backup import backup
from counter_app.store.engine import Store
from counter_app.store.migrate import bring_up_to_date
from counter_app.store.safety import StoreRefused
from counter_app.usecases.desk import Desk
from counter_app.usecases.settings import open_home, training_of

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Aware UTC time of this machine."""
    return datetime.now(UTC)


def init_home(path: Path, site: str, *, training: bool, clock: Clock = wall_clock, version: str = "") -> Home:
    """Make a home: folder, keys, encrypted file, first act. Refuses in French when the place is not fit."""
    if site not in config.sites():
        known = ", ".join(config.sites())
        raise StoreRefused("unknown_site", f"Le site « {site} » n’est pas connu de cette version. Sites : {known}.")
    prepare_folder(path)
    identity = new_identity(site, training)
    secrets = keys.DeskKeys.new()
    place = keys.keep(secrets, path, identity.id)
    identity = replace(identity, keys=place, public_key=secrets.public)
    home = Home(path, identity)
    store = Store(home.store, secrets.store)
    try:
        bring_up_to_date(store, migrations(), home.backups, clock)
        open_home(_desk(home, store, secrets, config.Settings(), clock), version)
    finally:
        store.close()
    return write_identity(path, identity)


def open_office(path: Path, *, at: datetime | None = None, clock: Clock = wall_clock) -> Office:
    """Open a home for work. `at` sets the clock, in a training home only."""
    home = read_home(path)
    if at is not None and not home.identity.training:
        raise StoreRefused(
            "clock_not_settable",
            "L’heure ne se choisit (--at) que dans un poste d’entraînement : ici les actes sont vrais.",
        )
    start_log(home.logs)
    secrets = keys.fetch(path, home.identity.id, home.identity.keys)
    if not home.store.is_file():
        raise _file_gone(home)
    store = Store(home.store, secrets.store)
    bring_up_to_date(store, migrations(), home.backups, clock)
    read = config.read_settings(path)
    desk = _desk(home, store, secrets, read.settings, (lambda: at) if at is not None else clock)
    _check_training(home, desk)
    return Office(home, desk, read.settings, read.problems)


def _file_gone(home: Home) -> StoreRefused:
    return StoreRefused(
        "store_gone",
        f"Le fichier local « {home.store.name} » n’est plus dans « {home.path} ». Rien n’a été recréé. "
        "Remettez-le en place, ou lancez « counter-app recover » pour reprendre la dernière sauvegarde.",
    )


def _check_training(home: Home, desk: Desk) -> None:
    """The journal remembers for ever whether a home is for training; a changed identity file convinces nobody."""
    if training_of(desk) != home.identity.training:
        raise StoreRefused(
            "training_mark",
            "La marque d’entraînement de ce dossier ne correspond pas à celle du journal. "
            "Un poste d’entraînement ne devient jamais un vrai poste : créez-en un autre.",
        )


def _desk(home: Home, store: Store, secrets: keys.DeskKeys, settings: config.Settings, clock: Clock) -> Desk:
    identity = home.identity
    return Desk(
        store=store,
        rules=config.load_rules(identity.site),
        stream=identity.stream,
        name=settings.desk or UNNAMED,
        agent=settings.agent or UNNAMED,
        ticket_letter=settings.letter,
        training=identity.training,
        clock=clock,
        sign=secrets.sign,
        check=lambda digest, signature: keys.signed_by(secrets.public, digest, signature),
    )


def recover_home(path: Path, clock: Clock = wall_clock) -> Recovered:
    """Set a damaged file aside and go on from what can be read. Refused while a window works on the home."""
    home = read_home(path)
    with only_window(home):
        return recover(home, clock)


def backup_now(office: Office) -> Path:
    """An encrypted copy of the file, beside the others of the home."""
    return backup(office.desk.store, office.home.backups / f"poste-{office.desk.clock():%Y%m%d-%H%M%S}.db")


@contextmanager
def only_window(home: Home) -> Iterator[None]:
    """Hold the home for one window; a second one is refused, and a crash leaves nothing behind."""
    path = home.path / "window.lock"
    with path.open("a+b") as file:
        if not _lock(file.fileno()):
            raise StoreRefused(
                "already_open",
                "Une fenêtre de Guichet est déjà ouverte sur ce poste. Reprenez-la dans la barre des tâches ; "
                "si elle ne répond plus, fermez la session et rouvrez.",
            )
        yield


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
