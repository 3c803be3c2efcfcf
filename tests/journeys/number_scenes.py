"""Pictures of the screen of numbers, and of that of people without an appointment: each of their verdicts."""

from counter_app.seals import seal_check
from counter_app.ui.screens.number.page import NumberScreen
from counter_app.ui.screens.orient.page import OrientScreen
from tests.journeys.arrival_scenes import ENTER, IN_SPRING_2020, Scene, on, person
from tests.journeys.studio import Studio
from tests.sealed import practice_folder, sealed


def seal(name: str, printed: str = "", read: str = "") -> Scene:
    """A sealed paper read at the number screen, with one word of it altered."""

    def scene(made: Studio) -> None:
        made.bench.desk.check_seal = seal_check(practice_folder(made.bench.office.home.path))
        made.open("number", sealed(name).replace(printed, read))

    return scene


def beside(number: str, expiry: str = "", postcode: str = "") -> Scene:
    """A validity date, or a postcode, beside what the list says."""

    def scene(made: Studio) -> None:
        made.open("number", number)
        screen = made.window.front
        assert isinstance(screen, NumberScreen)
        screen.fields.expiry.setText(expiry)
        screen.fields.postcode.setText(postcode)
        made.press(ENTER)

    return scene


def asks_for(motive: str, expiry: str = "", *, given: bool = False) -> Scene:
    """Somebody without an appointment asks for this; then, when `given`, takes the slip."""

    def scene(made: Studio) -> None:
        made.open("orient", motive)
        made.press(ENTER)
        screen = made.window.front
        assert isinstance(screen, OrientScreen)
        if expiry:
            screen.view.expiry.line.setText(expiry)
            made.press(ENTER)
        if given:
            screen.confirm()

    return scene


NUMBER_SCENES: dict[str, Scene] = {
    "number": on("number"),
    "number_ok": on("number", "5903120821"),
    "number_unknown_here": on("number", "5906543217"),
    "number_legacy": on("number", "770804321"),
    "number_length": on("number", "59031208219"),
    "number_other_kind": on("number", "DUPONT2020XY"),
    "number_alias": on("number", "5955555556"),
    "orient": on("orient"),
    "orient_recepisse": asks_for("récépissé"),
    "orient_aps": asks_for("aps"),
    "orient_certificate": asks_for("attestation ANEF"),
    "orient_anef": asks_for("duplicata"),
    "orient_post": asks_for("changement de statut"),
    "orient_email": asks_for("première demande vie privée"),
    "orient_asylum": asks_for("asile"),
    "orient_ants": asks_for("permis de conduire"),
    "orient_given": asks_for("permis de conduire", given=True),
}

LONG_ANSWERS: dict[str, Scene] = {
    "expired_but_extended": person("PROLONGÉ", days=IN_SPRING_2020),
    "number_unusual_prefix": on("number", "9600123456"),
    "number_expiry_differs": beside("5933333332", expiry="01/02/2031"),
    "number_postcode_differs": beside("5903120821", postcode="62000"),
    "seal_genuine": seal("syn-13-2"),
    "seal_broken": seal("syn-13-2", "TESTEUR", "TESTEUX"),
    "seal_specimen": seal("ants-13-etranger"),
}
"""Answers of many lines: with text at 200 % in a low window, their action is reached by scrolling."""
