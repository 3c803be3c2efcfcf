"""Pictures of the reception desk: somebody for each verdict about arrivals, and what the agent meets beside them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Qt

from counter_app.ui.screens.reception.page import Reception
from counter_app.usecases.answers import OpenElsewhere
from counter_app.usecases.check_in import identity_differs
from counter_app.usecases.present import opened_elsewhere
from tests.journeys.studio import Studio
from tests.ui.workbenches import NOW

Scene = Callable[[Studio], None]
ENTER = Qt.Key.Key_Return
IN_SPRING_2020 = (datetime(2020, 5, 19, 9, 20, tzinfo=NOW.tzinfo) - NOW).days
"""Days to the only weeks when a document past its date was extended."""
MORE = (
    "PRÊTE;Anne;08/08/1988;5955555551;24/11/2026;9h20;Remise de titre;Rendez-vous honoré;;",
    "CONSIGNE;Guy;08/08/1978;5955555552;24/11/2026;9h20;Dépôt de dossier;;;",
    "VENUE;Lou;08/08/1958;5955555554;24/11/2026;9h20;Dépôt de dossier;;;",
    "PROLONGÉ;Mia;08/08/1948;5955555555;19/05/2020;9h30;Dépôt de dossier;;;20/03/2020",
    "DEUX;Eva;08/08/1938;5955555556;24/11/2026;9h40;Dépôt de dossier;;;",
    "DEUX;Eva;08/08/1938;7755555557;20/10/2026;9h40;Dépôt de dossier;;;",
)
RUBBED_OUT = "RAYÉE;Sue;08/08/1968;5955555553;24/11/2026;9h20;Dépôt de dossier;;;"
"""On the first list, not on the second."""


def person(name: str, *keys: Qt.Key, days: float = 0) -> Scene:
    """Somebody of the list, by the code of their convocation."""

    def scene(made: Studio) -> None:
        made.later(days)
        made.meet(name)
        made.press(*keys)

    return scene


def scan(text: str, days: float = 0) -> Scene:
    """Something that a reader reads."""

    def scene(made: Studio) -> None:
        made.later(days)
        made.open("reception", text)

    return scene


def typed(text: str, *keys: Qt.Key, days: float = 0) -> Scene:
    """Letters, as an agent types them."""

    def scene(made: Studio) -> None:
        made.later(days)
        made.type(text)
        made.press(*keys)

    return scene


def on(screen: str, text: str = "", then: Callable[[Studio], object] = Studio.settle) -> Scene:
    """A screen, as it opens."""

    def scene(made: Studio) -> None:
        made.open(screen, text)
        then(made)

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


def open_elsewhere(made: Studio) -> None:
    """Another desk says in time that it has the same file open."""
    made.meet("DIALLO")
    front = made.window.front
    assert isinstance(front, Reception)
    answer = front.state.answer
    assert answer is not None
    other = OpenElsewhere("Poste 3", "Mme Roux", made.now - timedelta(minutes=4))
    front.online.overruled.emit(opened_elsewhere(replace(answer, at=made.now), other))


def of_a_relative(made: Studio) -> None:
    """Booked with somebody else's number, noted from the palette."""
    made.meet("PETROV")
    made.window.front.gesture("number_of_relative")


def asked_instruction(made: Studio) -> None:
    """The supervisor's instruction about somebody, from the palette."""
    made.meet("DIALLO")
    made.window.front.gesture("instruct")


ARRIVAL_SCENES: dict[str, Scene] = {
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
    "open_elsewhere": open_elsewhere,
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
    "import": on("import"),
    "settings": on("settings"),
    "first_run": on("first_run"),
}
