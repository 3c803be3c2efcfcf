"""Conflicts to look at: a double arrival, a permit handed over twice, lists that disagree, and the question asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt

from counter_app.domain.acts import ActKind, Details, Subject, SubjectType
from counter_app.domain.permit_listing import permit_id
from counter_app.ui.screens.conflicts.page import ConflictsScreen
from counter_app.usecases.check_in import admit
from counter_app.usecases.desk import Desk
from counter_app.usecases.find import day
from counter_app.usecases.work_items import open_items
from tests.journeys.studio import Studio


def fill_conflicts(desk: Desk) -> None:
    """What another desk recorded while it was apart."""
    now = desk.now()
    away = replace(desk, stream="poste3:a", name="Poste 3", agent="Mme Roux", clock=lambda: now + timedelta(minutes=8))
    people = {one.name.split()[0]: one.id for one in day(desk, now.date())}
    admit(desk, people["ANCIEN"])
    arrived: Details = {"verdict": "admitted", "minutes": 2}
    _tell(away, ActKind.CHECKED_IN, Subject(SubjectType.CONVOCATION, people["ANCIEN"]), arrived)
    card = Subject(SubjectType.PERMIT, permit_id(desk.rules.site, "ZZ99ZZ99Z"))
    listed: Details = {
        "source": "list",
        "exported_at": "2026-11-20T08:00:00+00:00",
        "card_number": "ZZ99ZZ99Z",
        "name": "LI Wei",
    }
    _tell(desk, ActKind.PERMIT_RECEIVED, card, listed)
    _tell(desk, ActKind.PERMIT_HANDED_OVER, card, {})
    _tell(away, ActKind.PERMIT_HANDED_OVER, card, {})


def _tell(desk: Desk, kind: ActKind, subject: Subject, details: Details) -> None:
    with desk.gesture() as gesture:
        gesture.record(kind, subject, details)


def _open(kind: str, then: Callable[[Studio], object] = Studio.settle) -> Callable[[Studio], None]:
    def scene(made: Studio) -> None:
        if kind not in {one.kind for one in open_items(made.bench.desk)}:
            fill_conflicts(made.bench.desk)
        made.open("conflicts")
        screen = made.window.front
        assert isinstance(screen, ConflictsScreen)
        kinds = [one.kind for one in screen.inbox.flow.state.conflicts]
        screen.inbox.flow.open(kinds.index(kind))
        made.settle()
        then(made)

    return scene


CONFLICT_SCENES = {
    "conflict": _open("double_check_in"),
    "conflict_handover": _open("double_handover"),
    "conflict_asked": _open("double_check_in", lambda made: made.press(Qt.Key.Key_Right)),
}
