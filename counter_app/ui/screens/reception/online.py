"""The other desks, asked about the person in front while this desk's own answer is on show already.

What they say within the time of a blink takes the place of that answer: nobody can have decided anything yet. What
comes later is marked beside it, and Enter reads it first: an answer never changes under the hand that accepts it.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.domain.acts import SubjectType
from counter_app.sync.state import Phase
from counter_app.sync.wire import Opened
from counter_app.ui.outward import LIMIT, STILL_HERE, Check, Elsewhere
from counter_app.ui.workbench import Workbench
from counter_app.usecases.answers import ArrivalAnswer, Certainty, OpenElsewhere
from counter_app.usecases.present import choose, opened_elsewhere

CHANGED, UNANSWERED, ALSO_OPEN = "changed", "unanswered", "also_open"


class Online(QObject):
    """Follows one person at a time."""

    overruled = Signal(object)
    """An ArrivalAnswer that takes the place of the one just painted."""
    marked = Signal(object)
    """Words that belong beside the answer on show: a tuple."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._answer: ArrivalAnswer | None = None
        self._check: Check | None = None
        self.elsewhere: OpenElsewhere | None = None
        """Who has the file open at another desk, as far as it is known."""
        self._marks: dict[str, str] = {}
        self._late, self._here = QTimer(self, singleShot=True, interval=int(LIMIT * 1000)), QTimer(self)
        self._late.timeout.connect(self._on_late)
        self._here.timeout.connect(self._say_again)
        self._here.setInterval(STILL_HERE)
        bench.exchanges.received.connect(self._on_received)

    @property
    def changed(self) -> bool:
        """Whether another desk changed what is on show, and nobody has read it yet."""
        return CHANGED in self._marks

    @property
    def asking(self) -> bool:
        """Whether the other desks were asked about the person in front, and did not answer yet."""
        return self._check is not None and not self._check.opened.done()

    def meet(self, answer: ArrivalAnswer) -> None:
        """Somebody is in front of the agent, by this answer."""
        if answer.convocation is None or answer.recorded:
            self.leave()
            return
        same = self._answer is not None and self._answer.convocation is not None
        if same and self._about(answer) == self._id:
            self._answer = answer
            self._mark({})
            return
        self.leave()
        self._answer = answer
        self._ask()

    def leave(self) -> None:
        """Nobody is in front of the agent any more, or their arrival is recorded."""
        if self._id:
            self._bench.presence.leave(SubjectType.CONVOCATION, self._id)
        self._answer = self._check = self.elsewhere = None
        self._marks = {}
        self._late.stop()
        self._here.stop()

    def before_the_act(self) -> Callable[[], OpenElsewhere | None]:
        """What the act calls on the desk's lane: it waits for the other desks, never for long."""
        check, known = self._check, self.elsewhere
        return lambda: known or (_first(check.wait()) if check else None)

    @property
    def _id(self) -> str:
        return self._about(self._answer) if self._answer else ""

    def _about(self, answer: ArrivalAnswer) -> str:
        return answer.convocation.id if answer.convocation else ""

    def _ask(self) -> None:
        check = self._check = self._bench.presence.check(SubjectType.CONVOCATION, self._id)
        if check is None:
            # Alone, or not asked yet since the start: the answer says itself until when the others are known.
            if self._bench.exchanges.state.phase not in (Phase.ALONE, Phase.WAITING):
                self._on_late()
            return
        self._late.start()
        self._here.start()
        check.opened.add_done_callback(lambda found: self._tell(check, found))

    def _tell(self, check: Check, found: "Future[Elsewhere]") -> None:
        """On the lane: the answer goes to the window."""
        self._bench.lanes.tell(lambda: self._on_opened(check, found.result()))

    def _on_opened(self, check: Check, opened: Elsewhere) -> None:
        if check is not self._check or self._answer is None:
            return
        self._late.stop()
        self.elsewhere = _first(opened)
        if opened is None:
            self._on_late()
        elif self.elsewhere and check.in_time:
            self.overruled.emit(opened_elsewhere(self._answer, self.elsewhere))
        elif self.elsewhere:
            self._mark({CHANGED: self._open_words(self.elsewhere)})
        else:
            self._mark({})

    def _on_late(self) -> None:
        """No answer: the doubt is shown, unless the answer itself says until when the other desks are known."""
        if self._answer is not None and self._answer.certainty is not Certainty.UNSURE:
            self._mark({UNANSWERED: self._bench.words("confidence.unanswered")})

    def _on_received(self, about: frozenset[tuple[str, str]]) -> None:
        # A list may say something else of anybody, whom no act names.
        mine = (SubjectType.CONVOCATION, self._id) in about or any(kind == SubjectType.LIST for kind, _one in about)
        if self._answer is None or not mine:
            return
        desk, chosen, before = self._bench.desk, self._id, self._answer
        self._bench.look("changed elsewhere", lambda: choose(desk, chosen), lambda now: self._on_judged(before, now))

    def _on_judged(self, before: ArrivalAnswer, now: ArrivalAnswer) -> None:
        """The person was judged again after news from another desk."""
        if before is not self._answer or (now.verdict, now.chips) == (before.verdict, before.chips):
            return
        if self._check is not None and self._check.in_time:
            self.overruled.emit(replace(now, raw=before.raw, paper=before.paper))
        else:
            self._mark({CHANGED: self._bench.words("confidence.changed")})

    def _say_again(self) -> None:
        """The file is still open; somebody who opened it after us is told beside the answer."""
        lanes, check = self._bench.lanes, self._check

        def told(opened: Elsewhere) -> None:
            lanes.tell(lambda: self._on_still(check, opened))

        self._bench.presence.look(SubjectType.CONVOCATION, self._id, told)

    def _on_still(self, check: Check | None, opened: Elsewhere) -> None:
        other = _first(opened)
        if check is self._check and self._answer is not None and other and not self.elsewhere:
            self._mark({ALSO_OPEN: self._bench.words("confidence.also_open", desk=other.desk)})

    def _open_words(self, one: OpenElsewhere) -> str:
        words = self._bench.words
        return f"{words('confidence.open', desk=one.desk, agent=one.agent)} · {words('confidence.changed')}"

    def _mark(self, marks: dict[str, str]) -> None:
        if marks != self._marks:
            self._marks = marks
            self.marked.emit(tuple(marks.values()))


def _first(opened: tuple[Opened, ...] | None) -> OpenElsewhere | None:
    """Who opened it first."""
    one = opened[0] if opened else None
    return OpenElsewhere(one.desk, one.agent, datetime.fromisoformat(one.since)) if one else None
