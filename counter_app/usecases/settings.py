"""What the journal remembers of the home itself."""

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.store import journal
from counter_app.usecases.desk import Desk


def open_home(desk: Desk, version: str) -> None:
    """The first act of a home: where it stands, and whether it is for training, for ever."""
    with desk.gesture() as gesture:
        details: dict[str, Json] = {"site": desk.rules.site, "training": desk.training, "version": version}
        gesture.record(ActKind.HOME_OPENED, Subject(SubjectType.HOME, "home"), details)


def training_of(desk: Desk) -> bool:
    """Whether the journal's first act marks the home as a training one."""
    with desk.looking() as connection:
        acts = journal.acts_of(connection, Subject(SubjectType.HOME, "home"))
    return any(act.details.get("training") is True for act in acts)


def record_setting(desk: Desk, name: str, value: str) -> None:
    """Note a change of the desk's name, agent or printers: papers and reports depend on them."""
    with desk.gesture() as gesture:
        gesture.record(ActKind.SETTING_CHANGED, Subject(SubjectType.SETTING, name), {"value": value})
