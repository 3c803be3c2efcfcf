"""« Conflits »: what desks recorded and that cannot all be true, for a person to settle."""

from typing import ClassVar

from counter_app.ui.screens.conflicts.inbox import ConflictInbox
from counter_app.ui.screens.page_parts import Page
from counter_app.ui.screens.screen import Screen
from counter_app.ui.workbench import Workbench


class ConflictsScreen(Screen):
    """The inbox on a page of its own."""

    name: ClassVar[str] = "conflicts"
    topic: ClassVar[str] = "screen.conflits"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.inbox = ConflictInbox(bench)
        self.page = Page(bench.words("conflicts.title"))
        self.page.add(self.inbox)
        self.page.column.addStretch(1)
        self.holds(self.page)

    def activated(self, text: str = "") -> None:
        """Come to the front: what waits is looked for again; `text` is somebody's identity, or nothing."""
        self.inbox.refresh(text)

    def undone(self, convocation_id: str) -> None:
        """A gesture was taken back: what contradicts may be something else."""
        self.inbox.flow.refresh()

    def hide_people(self, hidden: bool) -> None:
        """Conflicts name people: the whole page is covered."""
        self.page.setVisible(not hidden)
