"""Acts that have no effect: received and set aside here, or sent and set aside at the central. Counted by cause."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from counter_app.domain.acts import Json, device_of
from counter_app.store import lines, sync_rows
from counter_app.store.connection import Connection
from counter_app.sync.wire import WireAct
from counter_app.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class Aside:
    """Acts of one desk, set aside for one cause. They are kept, and hold nothing else up."""

    reason: str
    """See `sync_rows.SetAside` and `wire.Pushed`; `there` when the central set aside what this desk sent. `loose`: what
    comes before them is nowhere; the central keeps them apart. `loose_here`: the same, and nobody else has them."""
    desk: str
    """Name of the desk that wrote them, or its device when its name is not known."""
    count: int
    since: datetime | None = None
    """When the oldest was recorded, of those that are loose."""


def set_aside(desk: Desk) -> tuple[Aside, ...]:
    """What is set aside, the most numerous first."""
    with desk.looking() as connection:
        names = {str(told["device"]): str(told["desk"]) for told in sync_rows.peers(connection)}
        found = Counter((one.reason, device_of(one.stream)) for one in sync_rows.set_aside(connection))
        there = sync_rows.noted(connection, "set_aside_there")
        for run in there if isinstance(there, list) else []:
            found[("there", device_of(desk.stream))] += _length(run)
        loose = _loose(desk, connection)
    told = [Aside(reason, names.get(device, device), count) for (reason, device), count in found.most_common()]
    return (*told, *(replace(one, desk=names.get(one.desk, one.desk)) for one in loose))


def _loose(desk: Desk, connection: Connection) -> list[Aside]:
    """Acts whose predecessors are nowhere: only an exchange that went to its end tells this of an enrolled desk."""
    acts = lines.loose(connection)
    kept = sync_rows.noted(connection, "loose")
    there = isinstance(kept, list) and kept[1:] == [lines.loose_mark(connection)]
    if not acts or (desk.shared and not there):
        return []
    by_device: dict[str, list[datetime]] = {}
    for act in map(WireAct._make, acts):
        by_device.setdefault(device_of(act.stream), []).append(datetime.fromisoformat(act.at))
    reason = "loose" if there else "loose_here"
    return [Aside(reason, device, len(found), min(found)) for device, found in sorted(by_device.items())]


def _length(run: Json) -> int:
    return int(str(run["last"])) - int(str(run["first"])) + 1 if isinstance(run, dict) else 0
