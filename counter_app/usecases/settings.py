"""What the journal remembers of the home itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.store import journal
from counter_app.usecases.desk import Desk


def open_home(desk: Desk, version: str) -> None:
    """The first act of a home: where it stands, and whether it is for training, for ever."""
    with desk.gesture() as gesture:
        details: dict[str, Json] = {"site": desk.rules.site, "training": desk.training, "version": version}
        gesture.record(ActKind.HOME_OPENED, Subject(SubjectType.HOME, "home"), details)


@dataclass(frozen=True, slots=True)
class HomeMark:
    """What the journal's first act says of the home, for ever."""

    site: str
    training: bool


def mark_of(desk: Desk) -> HomeMark | None:
    """The mark of the home; None when the journal lost its first act. Once for training, always for training."""
    with desk.looking() as connection:
        acts = journal.acts_of(connection, Subject(SubjectType.HOME, "home"))
    opened = [act for act in acts if act.kind == ActKind.HOME_OPENED]
    if not opened:
        return None
    training = any(act.details.get("training") is True for act in opened)
    return HomeMark(opened[0].author.site, training)


def note_recovery(desk: Desk, set_aside: str, salvaged: int, lost: Sequence[tuple[str, int, int]]) -> None:
    """The first act after a recovery: what was taken from the damaged file, and which places are lost for ever."""
    with desk.gesture() as gesture:
        places: list[Json] = [list(gap) for gap in lost]
        details: dict[str, Json] = {"set_aside": set_aside, "salvaged": salvaged, "lost": places}
        gesture.record(ActKind.HOME_RECOVERED, Subject(SubjectType.HOME, "home"), details)


def record_setting(desk: Desk, name: str, value: str) -> None:
    """Note a change of the desk's name, agent or printers: papers and reports depend on them."""
    with desk.gesture() as gesture:
        gesture.record(ActKind.SETTING_CHANGED, Subject(SubjectType.SETTING, name), {"value": value})
