"""Acts that have no effect: received and set aside here, or sent and set aside at the central. Counted by cause."""

from collections import Counter
from dataclasses import dataclass

from counter_app.domain.acts import Json, device_of
from counter_app.store import sync_rows
from counter_app.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class Aside:
    """Acts of one desk, set aside for one cause. They are kept, and hold nothing else up."""

    reason: str
    """See `sync_rows.SetAside` and `wire.Pushed`; `there` when the central set aside what this desk sent."""
    desk: str
    """Name of the desk that wrote them, or its device when its name is not known."""
    count: int


def set_aside(desk: Desk) -> tuple[Aside, ...]:
    """What is set aside, the most numerous first."""
    with desk.looking() as connection:
        names = {str(told["device"]): str(told["desk"]) for told in sync_rows.peers(connection)}
        found = Counter((one.reason, device_of(one.stream)) for one in sync_rows.set_aside(connection))
        there = sync_rows.noted(connection, "set_aside_there")
    for run in there if isinstance(there, list) else []:
        found[("there", device_of(desk.stream))] += _length(run)
    return tuple(Aside(reason, names.get(device, device), count) for (reason, device), count in found.most_common())


def _length(run: Json) -> int:
    return int(str(run["last"])) - int(str(run["first"])) + 1 if isinstance(run, dict) else 0
