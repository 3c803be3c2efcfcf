"""Pictures of the window in every state an agent can meet: `python -m tests.journeys.pictures DIR [SCENE…]`.

Run by hand, to be looked at, from the real widgets on a real training home; nothing here is compared by a machine.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Collection
from contextlib import closing
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

from PySide6.QtWidgets import QApplication

from counter_app import app
from counter_app.demo import demo_home
from counter_app.ui.opening import start_qt
from counter_app.ui.theme import Choice, Theme
from counter_app.usecases.check_in import admit, instruct
from counter_app.usecases.find import day
from counter_app.usecases.import_list import import_list
from counter_app.usecases.present import choose
from tests.journeys.arrival_scenes import ARRIVAL_SCENES, MORE, RUBBED_OUT, Scene
from tests.journeys.conflict_scenes import CONFLICT_SCENES
from tests.journeys.handover_scenes import HANDOVER_SCENES, fill
from tests.journeys.number_scenes import LONG_ANSWERS, NUMBER_SCENES
from tests.journeys.report_scenes import REPORT_SCENES
from tests.journeys.stock_scenes import STOCK_SCENES, fill_stock
from tests.journeys.studio import studio
from tests.ui.reception_desk import HEADINGS, NOW, PEOPLE, make_home
from tests.ui.workbenches import list_file

LOOKS = {
    "light": (Choice.LIGHT, 100, (1366, 768)),
    "dark": (Choice.DARK, 100, (1366, 768)),
    "contrast": (Choice.CONTRAST, 100, (1366, 768)),
    "small": (Choice.LIGHT, 100, (960, 540)),
    "small200": (Choice.LIGHT, 200, (960, 540)),
    "large200": (Choice.DARK, 200, (1920, 1080)),
}
MAIN = ("admitted", "too_late", "several_matches", "search", "recorded", "number_ok", "reason", "ready", "unknown")
"""Enough for the sizes where what counts is room."""
POSTCODE = "59000"
"""Where everybody of the list lives."""

SCENES: dict[str, Scene] = {
    **ARRIVAL_SCENES,
    **NUMBER_SCENES,
    **HANDOVER_SCENES,
    **STOCK_SCENES,
    **CONFLICT_SCENES,
    **REPORT_SCENES,
}


def prepared(folder: Path) -> Path:
    """A home where somebody stands for each answer."""
    home = make_home(folder, listed=False)
    with closing(app.open_office(home, at=NOW)) as office:
        for hours, rows in ((2, (*PEOPLE, *MORE, RUBBED_OUT)), (1, (*PEOPLE, *MORE))):
            listing = list_file(folder, *(f"{row};{POSTCODE}" for row in rows), headings=f"{HEADINGS};Code postal")
            exported = (NOW - timedelta(hours=hours)).timestamp()
            os.utime(listing, (exported, exported))
            import_list(office.desk, listing)
        by_name = {one.name.split()[0]: one.id for one in day(office.desk, NOW.date())}
        instruct(office.desk, by_name["CONSIGNE"], "Pièce à revoir")
        admit(office.desk, by_name["VENUE"])
        fill(office.desk)
        fill_stock(office.desk, folder)
    return home


def take(application: QApplication, made_home: Path, folder: Path, wanted: Collection[str] = ()) -> None:
    """Every scene in every look, or those wanted; the main ones where only room counts."""
    for look, (choice, scale, size) in LOOKS.items():
        theme = Theme(application)
        theme.choose(choice, scale)
        home = Path(shutil.copytree(made_home, made_home.with_name(f"poste-{look}")))
        with studio(home, theme, application, size) as made:
            for name, scene in {**SCENES, **LONG_ANSWERS}.items():
                if name in wanted if wanted else size == (1366, 768) or name in MAIN:
                    made.at_rest()
                    scene(made)
                    made.shoot(folder / f"{look}-{name}.png")


def demo_day(application: QApplication, place: Path, folder: Path) -> None:
    """The picture of the README: the demo day, somebody on time."""
    home, now = demo_home(str(place / "demo"))
    theme = Theme(application)
    theme.choose(Choice.LIGHT)
    with studio(home, theme, application, (1366, 768), now) as made:
        on_time = (
            one for one in day(made.bench.desk, now.date()) if choose(made.bench.desk, one.id).verdict == "admitted"
        )
        made.meet(next(on_time).name)
        made.shoot(folder / "accueil.png")


def main() -> int:
    """Make the pictures in a folder."""
    if len(sys.argv) < 2:
        print("usage: python -m tests.journeys.pictures DIR [SCENE…]")
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    application = start_qt(sys.argv[:1])
    with tempfile.TemporaryDirectory() as place:
        demo_day(application, Path(place), folder)
        take(application, prepared(Path(place)), folder, sys.argv[2:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
