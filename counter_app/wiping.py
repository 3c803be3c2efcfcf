"""A revoked desk forgets what it held: the key of its file first, so that a wipe cut short has wiped all the same.

Without its key the encrypted file, its copies and what was set aside are noise. Papers and logs, which are not
encrypted, go next; a note says what happened, for whoever starts the desk again.
"""

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from shutil import rmtree

from counter_app import keys, membership
from counter_app.home import IDENTITY, WIPED, Home, read_home

_OTHERS = (("mail.key", "mail"),)
"""Other secrets of a home: their file, and what ends their name in the keyring."""


def wipe(home: Home, at: datetime) -> None:
    """Wipe a home, its keys first. Nobody may have its file open. Done again, it goes on where it was cut.

    The caller has seen that the central holds every act (`sync.device.may_wipe`): nothing here looks again.
    """
    _note(home, at)
    own = home.identity
    keys.destroy(home.path / keys.FILE, own.id)
    for file, name in _OTHERS:
        keys.destroy(home.path / file, f"{own.id} {name}")
    membership.forget(home)
    for path in sorted(home.path.iterdir()):
        if path.name not in (WIPED, IDENTITY):
            _remove(path)
    # Last: until then the next start knows that it has to go on.
    (home.path / IDENTITY).unlink()


def go_on(path: Path) -> None:
    """Finish a wipe that was cut short; nothing when there is none."""
    note = path / WIPED
    if not note.is_file() or not (path / IDENTITY).is_file():
        return
    home = read_home(path)
    with suppress(ValueError, TypeError, KeyError):
        told = json.loads(note.read_text(encoding="utf-8"))
        if told["home"] == home.identity.id:
            wipe(home, datetime.fromisoformat(told["at"]))


def _note(home: Home, at: datetime) -> None:
    """Say first what is about to happen: from here on the home is no desk any more."""
    text = json.dumps({"home": home.identity.id, "device": home.identity.device, "at": at.isoformat()})
    draft = home.path / f"{WIPED}.new"
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(home.path / WIPED)


def _remove(path: Path) -> None:
    """A file of another program may stand there for a while: what stays is told by nobody, and holds no key."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            rmtree(path)
        else:
            path.unlink()
