"""Pictures of the window in every state an agent can meet, to be looked at: `python -m tests.journeys.pictures DIR`.

Run by hand, from the real widgets on a real training home; nothing here is compared by a machine.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app import app
from counter_app.demo import demo_home
from counter_app.seals import seal_check
from counter_app.ui.opening import start_qt
from counter_app.ui.screens.number import NumberScreen
from counter_app.ui.theme import Choice, Theme
from counter_app.usecases.check_in import admit, identity_differs, instruct
from counter_app.usecases.find import day
from counter_app.usecases.import_list import import_list
from counter_app.usecases.present import choose
from tests.journeys.conflict_scenes import CONFLICT_SCENES
from tests.journeys.handover_scenes import HANDOVER_SCENES, fill
from tests.journeys.report_scenes import REPORT_SCENES
from tests.journeys.stock_scenes import STOCK_SCENES, fill_stock
from tests.journeys.studio import Studio, studio
from tests.sealed import practice_folder, sealed
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
MORE = (
    "PRÊTE;Anne;08/08/1988;5955555551;24/11/2026;9h20;Remise de titre;Rendez-vous honoré;;",
    "CONSIGNE;Guy;08/08/1978;5955555552;24/11/2026;9h20;Dépôt de dossier;;;",
    "VENUE;Lou;08/08/1958;5955555554;24/11/2026;9h20;Dépôt de dossier;;;",
)
RUBBED_OUT = "RAYÉE;Sue;08/08/1968;5955555553;24/11/2026;9h20;Dépôt de dossier;;;"
"""On the first list, not on the second."""
ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down

Scene = Callable[[Studio], None]


def person(name: str, *keys: Qt.Key) -> Scene:
    def scene(made: Studio) -> None:
        made.meet(name)
        made.press(*keys)

    return scene


def scan(text: str, days: float = 0) -> Scene:
    def scene(made: Studio) -> None:
        made.later(days)
        made.open("reception", text)

    return scene


def typed(text: str, *keys: Qt.Key, days: float = 0) -> Scene:
    def scene(made: Studio) -> None:
        made.later(days)
        made.type(text)
        made.press(*keys)

    return scene


def on(screen: str, text: str = "", then: Callable[[Studio], object] = Studio.settle) -> Scene:
    def scene(made: Studio) -> None:
        made.open(screen, text)
        then(made)

    return scene


def seal(name: str, printed: str = "", read: str = "") -> Scene:
    """A sealed paper read at the number screen, with one word of it altered."""

    def scene(made: Studio) -> None:
        made.bench.desk.check_seal = seal_check(practice_folder(made.bench.office.home.path))
        made.open("number", sealed(name).replace(printed, read))

    return scene


def dated(number: str, expiry: str) -> Scene:
    """A validity date beside what the list says."""

    def scene(made: Studio) -> None:
        made.open("number", number)
        screen = made.window.front
        assert isinstance(screen, NumberScreen)
        screen.fields.expiry.setText(expiry)
        made.press(ENTER)

    return scene


def mismatch(made: Studio) -> None:
    """The document shown is somebody else's."""
    identity_differs(made.bench.desk, made.person("PETROV").id, "passport")
    made.meet("PETROV")
    made.press(Qt.Key.Key_I, ctrl=True)
    made.press(Qt.Key.Key_1, ENTER)


def wrong_clock(made: Studio) -> None:
    """The clock of a real desk went back by half an hour; a training desk plays its days again."""
    made.bench.desk.training = False
    made.later(-1 / 48)
    made.meet("DIALLO")
    made.bench.desk.training = True


def of_a_relative(made: Studio) -> None:
    """Booked with somebody else's number, noted from the palette."""
    made.meet("PETROV")
    made.window.front.gesture("number_of_relative")


def asked_instruction(made: Studio) -> None:
    """The supervisor's instruction about somebody, from the palette."""
    made.meet("DIALLO")
    made.window.front.gesture("instruct")


SCENES: dict[str, Scene] = {
    "ready": Studio.settle,
    "reading": lambda made: made.window.front.reading(),
    "admitted": person("DIALLO"),
    "admitted_homonyms": person("KEITA"),
    "early": person("MATIN"),
    "too_early": person("SOIR"),
    "late": person("LENTE"),
    "too_late": person("TARDIF"),
    "other_day": person("DEMAIN"),
    "missed": person("HIER"),
    "other_site": person("AILLEURS"),
    "already_checked_in": person("VENUE"),
    "already_served": person("PRÊTE"),
    "cancelled": person("PARTI"),
    "cancelled_by_office": person("FERMÉ"),
    "replaced": person("DÉPLACÉ"),
    "unknown": scan("5999999999"),
    "unknown_stale_data": scan("5999999998", days=6),
    "unreadable_code": scan("PGCBBBBBBBBB"),
    "several_matches": scan("5944444444"),
    "identity_mismatch": mismatch,
    "expired": person("EXPIRÉ"),
    "closed": scan("5903120821", days=-0.125),
    "conflict_pending": person("RAYÉE"),
    "see_supervisor": person("CONSIGNE"),
    "minor_needs_guardian": person("MINEUR"),
    "arrival_number_legacy": scan("770804321"),
    "arrival_number_length": scan("59031208219"),
    "arrival_number_other_kind": scan("DUPONT2020XY"),
    "clock_skew": wrong_clock,
    "number_of_another_person": of_a_relative,
    "search": typed("di"),
    "search_nobody": typed("zzyx"),
    "search_homonyms": typed("kei", ENTER),
    "recorded": person("ANCIEN", ENTER),
    "instruction": asked_instruction,
    "reason": person("TARDIF", ENTER),
    "name": typed("nouvelle", ENTER, ENTER, days=6),
    "covered": on("reception", then=lambda made: made.window.idle.cover()),
    "help": on("reception", then=lambda made: made.window.toggle_help()),
    "palette": on("reception", then=lambda made: made.window.open_palette()),
    "orient": on("orient"),
    "number": on("number"),
    "number_ok": on("number", "5903120821"),
    "number_unknown_here": on("number", "5906543217"),
    "number_legacy": on("number", "770804321"),
    "number_length": on("number", "59031208219"),
    "number_other_kind": on("number", "DUPONT2020XY"),
    "import": on("import"),
    "settings": on("settings"),
    "first_run": on("first_run"),
    **HANDOVER_SCENES,
    **STOCK_SCENES,
    **CONFLICT_SCENES,
    **REPORT_SCENES,
}

LONG_ANSWERS: dict[str, Scene] = {
    "number_unusual_prefix": on("number", "9600123456"),
    "number_expiry_differs": dated("5933333332", "01/02/2031"),
    "seal_genuine": seal("syn-13-2"),
    "seal_broken": seal("syn-13-2", "TESTEUR", "TESTEUX"),
    "seal_specimen": seal("ants-13-etranger"),
}
"""Answers of many lines: with text at 200 % in a low window, their action is reached by scrolling."""


def prepared(folder: Path) -> Path:
    """A home where somebody stands for each answer."""
    home = make_home(folder, listed=False)
    with closing(app.open_office(home, at=NOW)) as office:
        for hours, rows in ((2, (*PEOPLE, *MORE, RUBBED_OUT)), (1, (*PEOPLE, *MORE))):
            listing = list_file(folder, *rows, headings=HEADINGS)
            exported = (NOW - timedelta(hours=hours)).timestamp()
            os.utime(listing, (exported, exported))
            import_list(office.desk, listing)
        by_name = {one.name.split()[0]: one.id for one in day(office.desk, NOW.date())}
        instruct(office.desk, by_name["CONSIGNE"], "Pièce à revoir")
        admit(office.desk, by_name["VENUE"])
        fill(office.desk)
        fill_stock(office.desk, folder)
    return home


def take(application: QApplication, made_home: Path, folder: Path) -> None:
    """Every scene in every look; the main ones where only room counts."""
    for look, (choice, scale, size) in LOOKS.items():
        theme = Theme(application)
        theme.choose(choice, scale)
        home = Path(shutil.copytree(made_home, made_home.with_name(f"poste-{look}")))
        with studio(home, theme, application, size) as made:
            for name, scene in {**SCENES, **LONG_ANSWERS}.items():
                if size == (1366, 768) or name in MAIN:
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
    if len(sys.argv) != 2:
        print("usage: python -m tests.journeys.pictures DIR")
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    application = start_qt(sys.argv[:1])
    with tempfile.TemporaryDirectory() as place:
        demo_day(application, Path(place), folder)
        take(application, prepared(Path(place)), folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
