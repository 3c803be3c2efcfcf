"""The number of whom this window calls is locked, for the other desks, until the call is over."""

from counter_app.domain.acts import SubjectType
from counter_app.ui.workbench import Workbench


class QueueLock:
    """Asked and let go of from the desk's lane."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    def taken(self, visit_id: str) -> str:
        """The desk that said first that it calls them; empty when none did, or nobody answered in time."""
        opened = self._bench.presence.opened_by(SubjectType.VISIT, visit_id)
        return opened[0].desk if opened else ""

    def free(self, visit_id: str) -> None:
        """This desk does not call them, or has done with them."""
        self._bench.lanes.tell(lambda: self._bench.presence.leave(SubjectType.VISIT, visit_id))
