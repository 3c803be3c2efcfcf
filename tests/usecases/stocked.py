"""A stock to work on in tests: a lot as offices keep it, received at the desk."""

import os
from datetime import timedelta
from pathlib import Path

from counter_app.domain.permit import Permit
from counter_app.store import permit_rows
from counter_app.usecases.receive_permits import receive_permits
from counter_app.usecases.stock_answers import Received
from tests.homes import AtDesk
from tests.imports.lists import write_csv
from tests.imports.permit_lists import permit, permits_table

SOW, BA, LI = "F5V9RY2WJ", "4YC73SY7N", "3L93J8829"
THREE = (
    permit(SOW),
    permit(BA, "BA Awa", "5900000002", bac="A", rang="12", créneau_de_remise="23/11/2026 10:00"),
    permit(LI, "LI Wei", "5900000003", bac="", rang="", créneau_de_remise="", SMS_envoyé_le=""),
)
"""Two on the shelves, as the list says, and one that nobody placed."""


def lot_file(here: AtDesk, *rows: dict[str, str], minutes: int = 0, name: str = "titres.csv") -> Path:
    """A lot written so many minutes after seven."""
    folder = here.lists.folder
    folder.mkdir(exist_ok=True)
    path = write_csv(folder / name, permits_table(*(rows or THREE)))
    at = (here.clock() - timedelta(hours=1) + timedelta(minutes=minutes)).timestamp()
    os.utime(path, (at, at))
    return path


def receive(here: AtDesk, *rows: dict[str, str], minutes: int = 0) -> Received:
    """The lot, received."""
    return receive_permits(here.desk, lot_file(here, *rows, minutes=minutes))


def card(here: AtDesk, number: str) -> Permit:
    """A permit as it is now."""
    with here.desk.looking() as connection:
        (one,) = permit_rows.by_card(connection, number)
    return one
