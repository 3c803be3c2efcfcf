"""Opening the window. Nothing heavy is imported before its first paint: the composition root comes after it."""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app import config
from counter_app.domain.refusal import StoreRefused
from counter_app.home import exists, only_window

if TYPE_CHECKING:
    from counter_app.office import Office


def open_window(path: Path, at: datetime | None = None) -> int:
    """Open the window; comes back when it is closed. `at` sets a clock that goes on, for training only."""
    from PySide6.QtWidgets import QApplication

    from counter_app.ui.opening import Doors, Opening, start_qt

    doors = Doors(
        exists=lambda: exists(path),
        sites=lambda: [(site, config.load_rules(site).name) for site in config.sites()],
        make=partial(_make_home, path),
        open=lambda: _open_office(path, at),
    )
    with only_window(path):
        opening = Opening(start_qt(sys.argv[:1]), path, doors)
        code = QApplication.exec()
        opening.lanes.close()
    return code


def _open_office(path: Path, at: datetime | None) -> "Office":
    from counter_app import app

    return app.open_office(path) if at is None else app.open_office(path, clock=app.ticking(at), training_clock=True)


def _make_home(path: Path, site: str, training: bool) -> str:
    """Make the home that the window asked for; the refusal in words, empty when it is made."""
    from counter_app import app

    try:
        app.init_home(path, site, training=training)
    except StoreRefused as refused:
        return refused.sentence
    return ""
