"""How the file is opened: as usual, else so that it still reads on a disk that is full or lets nothing be written."""

import errno
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

from sqlcipher3 import dbapi2

from counter_app.domain.refusal import StoreRefused
from counter_app.store.safety import hindrance

QUIET = "PRAGMA cipher_log_level = NONE"
"""SQLCipher would write its own English lines on standard error: breakages are told in words, see `faults`."""
PRAGMAS = (
    "PRAGMA cipher_memory_security = OFF",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -65536",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 4000",
)
FOR_ITSELF = "PRAGMA locking_mode = EXCLUSIVE"
"""SQLite then keeps the index of its log in memory instead of beside the file, and other programs are told to wait."""
FULL = 2
_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")
"""What SQLite says when it cannot write what it keeps beside a file, even to read it."""
NOT_DURABLE = (
    "Le fichier local n’accepte pas l’écriture sûre (synchronous = FULL). Un acte pourrait être perdu "
    "à une coupure de courant. Prévenez le service informatique avant de continuer."
)


def open_file(path: Path, key: bytes, *, alone: bool) -> dbapi2.Connection:
    """A connection ready for work. `alone`: no other thread of this program needs one.

    Raises what SQLite says; `StoreRefused` (`not_durable`) for a file that cannot be written safely.
    """
    try:
        return _ready(dbapi2.connect(str(path)), key)
    except dbapi2.Error as error:
        if not alone or not getattr(error, "sqlite_errorname", "").startswith(_NO_ROOM):
            raise
        try:
            return _without_room(path, key)
        except dbapi2.Error:
            raise error from None


def _without_room(path: Path, key: bytes) -> dbapi2.Connection:
    """The file on a disk where nothing can be put beside it: by its lock, nobody else is at work there."""
    if not _frozen(path):
        return _ready(dbapi2.connect(str(path)), key, FOR_ITSELF)
    return _ready(dbapi2.connect(f"file:{quote(str(path))}?immutable=1", uri=True), key)


def _frozen(path: Path) -> bool:
    """Whether nobody can write on this disk, and no log holds anything that the file lacks."""
    log = path.with_name(f"{path.name}-wal")
    read_only = getattr(hindrance(path.parent), "errno", None) == errno.EROFS
    return read_only and (not log.exists() or not log.stat().st_size)


def _ready(connection: dbapi2.Connection, key: bytes, *first: str) -> dbapi2.Connection:
    with ExitStack() as otherwise:
        otherwise.callback(connection.close)
        connection.isolation_level = None
        connection.execute(QUIET)
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in (*first, *PRAGMAS):
            connection.execute(pragma).fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        if connection.execute("PRAGMA synchronous").fetchone()[0] != FULL:
            raise StoreRefused("not_durable", NOT_DURABLE)
        otherwise.pop_all()
    return connection
