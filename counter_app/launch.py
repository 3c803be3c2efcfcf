"""Opening the window. Nothing heavy is imported before its first paint: the composition root comes after it."""

import os
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app import config
from counter_app.display import reachable
from counter_app.domain.refusal import StoreRefused
from counter_app.home import check_is_there, exists, only_window, read_home, wiped_at

if TYPE_CHECKING:
    from counter_app.office import Office


def open_window(path: Path, at: datetime | None = None) -> int:
    """Open the window; comes back when it is closed. `at` sets a clock that goes on, for training only."""
    _check_screen()
    from PySide6.QtWidgets import QApplication

    from counter_app.ui.opening import Doors, Opening, start_qt, tell_refusal

    revoked: list[Path] = []
    doors = Doors(
        exists=lambda: exists(path) or wiped_at(path) is not None,
        sites=lambda: [(site, config.load_rules(site).name) for site in config.sites()],
        make=partial(_make_home, path),
        open=lambda: _open_office(path, at),
        care=_care,
        part=partial(_part, revoked),
    )
    application = start_qt(sys.argv[:1])
    try:
        check_is_there(path)
        with only_window(path):
            opening = Opening(application, path, doors)
            code = QApplication.exec()
            opening.close()
            forget_if_revoked(path, revoked)
    except StoreRefused as refused:
        tell_refusal(application, path, refused.sentence)
        raise
    return code


def _check_screen() -> None:
    """Without a screen Qt ends the whole process in English: say it first, in French."""
    if not reachable(os.environ):
        raise StoreRefused(
            "no_screen",
            "Aucun écran ne répond sur cette session : la fenêtre ne peut pas s’ouvrir. Ouvrez une session graphique, "
            "ou travaillez en ligne de commande (counter-app --help).",
        )


def _open_office(path: Path, at: datetime | None) -> "Office":
    from counter_app import app

    def opened() -> "Office":
        if at is None:
            return app.open_office(path)
        return app.open_office(path, clock=app.ticking(at), training_clock=True)

    office = opened()
    if office.sync is None or not office.sync.revoked:
        return office
    # Told the last time: once it has wiped itself, the home says so when it is opened.
    office.close()
    app.wipe_if_revoked(path)
    return opened()


def _care(office: "Office") -> tuple[str, ...]:
    """Care of the file and its copies, behind the window."""
    from counter_app import app

    return app.care_if_due(office)


def _part(revoked: list[Path], office: "Office") -> None:
    """What is done when the window closes; a desk that the central took out is noted, to be wiped once it is shut."""
    from counter_app import app

    if office.sync is not None and office.sync.revoked:
        revoked.append(office.home.path)
    app.copy_at_closing(office)


def forget_if_revoked(path: Path, revoked: list[Path]) -> None:
    """Wipe a desk that was taken out, once the central holds all of it. Raises the refusal that says so, or that
    nothing could be wiped yet."""
    from counter_app import app

    if not revoked:
        return
    if app.wipe_if_revoked(path):
        read_home(path)
    raise StoreRefused(
        "revoked",
        "Ce poste a été révoqué par la base centrale : la fenêtre s’est fermée, plus rien ne s’y fait. Rien n’est "
        "effacé tant que la base centrale ne confirme pas qu’elle a tout. Rouvrez la fenêtre quand le réseau répond : "
        "ce qui reste partira, puis le poste effacera ses données.",
    )


def _make_home(path: Path, site: str, training: bool) -> str:
    """Make the home that the window asked for; the refusal in words, empty when it is made."""
    from counter_app import app

    try:
        app.init_home(path, site, training=training)
    except StoreRefused as refused:
        return refused.sentence
    return ""
