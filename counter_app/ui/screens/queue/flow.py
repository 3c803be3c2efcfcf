"""The screen of the waiting room without its looks: one state, and the work it gives to the lanes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from counter_app.domain.visit import Outcome, Priority
from counter_app.domain.visit_story import Stage
from counter_app.telling.queue import done_told, not_done, numbers_told, passed_told
from counter_app.ui.screens.queue.lock import QueueLock
from counter_app.ui.screens.queue.state import KEYS, QueueState, Tab
from counter_app.ui.tasks import Breakage
from counter_app.ui.workbench import Workbench
from counter_app.usecases import calling
from counter_app.usecases.desk import Desk
from counter_app.usecases.queue import queue
from counter_app.usecases.queue_answers import QueueAnswer, QueueDay, QueueLine, QueueRefusal
from counter_app.wording.verdicts import key_name

LOOK = "queue"
FINISHED = 60
"""Those done with whom the list shows: the newest."""
Deed = Callable[[Desk, str], QueueAnswer]


class QueueFlow(QObject):
    """Calls, follows the person of this desk, and tells what could not be done."""

    changed = Signal()
    told = Signal(str, bool)

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self.state = QueueState()
        self._recording = False
        self._lock, self._held = QueueLock(bench), ""

    def refresh(self) -> None:
        """Look at the room again."""
        desk = self._bench.desk
        self._bench.look(LOOK, lambda: queue(desk, finished=FINISHED), self._looked)

    def _looked(self, day: QueueDay | QueueRefusal) -> None:
        assert isinstance(day, QueueDay), "all the services of a site are known"
        mine = day.mine[0].visit.id if day.mine else ""
        calls = self._bench.desk.rules.queue.limits_on(day.at.date()).calls
        sure = self.state.sure if self.state.sure == mine else ""
        if self._held and self._held not in {line.visit.id for line in day.mine}:
            self._lock.free(self._held)
            self._held = ""
        self._become(replace(self.state, day=day, calls=calls, sure=sure))

    def open_tab(self, tab: str) -> None:
        """Another list."""
        self._become(replace(self.state, tab=Tab(tab), chosen=""))

    def choose(self, visit_id: str) -> None:
        """Another row is current."""
        if visit_id != self.state.chosen:
            self._become(replace(self.state, chosen=visit_id))

    # gestures

    def call_next(self) -> None:
        """The next person of the queue."""
        self._do("called", lambda desk, _id: calling.call_next(desk, lock=self._lock), "")

    def call_this(self, visit_id: str, reason: str = "") -> None:
        """One person, out of turn with a reason."""
        self._do("called", lambda desk, one: calling.call(desk, one, reason, self._lock), visit_id)

    def present(self) -> None:
        """The person of this desk came."""
        self._with_mine("present", calling.present)

    def recall(self) -> None:
        """Call the number again."""
        self._with_mine("recalled", calling.recall)

    def absent(self) -> None:
        """Nobody at the last call: noted absent by the same key twice."""
        mine, words = self.state.mine, self._bench.words
        if mine is None:
            return
        if self.state.sure == mine.visit.id:
            self._with_mine("absent", calling.absent)
        else:
            self._become(replace(self.state, sure=mine.visit.id))
            key = key_name(KEYS["absent"], words.lang)
            self.told.emit(words("queue.absent_sure", number=numbers_told(mine), again=key), False)

    def finish(self, outcome: Outcome = Outcome.RECEIVED) -> None:
        """The service of the person of this desk ends."""
        self._with_mine("finished", lambda desk, one: calling.finish(desk, one, outcome))

    def settle(self, line: QueueLine, said: str) -> None:
        """What became of somebody of another day: one of `endings_of`."""
        if said == "present":
            self._do("present", calling.present, line.visit.id)
        elif line.visit.stage is Stage.CALLED:
            self.leave(line.visit.id)
        else:
            self._do("finished", lambda desk, one: calling.finish(desk, one, Outcome(said)), line.visit.id)

    def park(self, reason: str) -> None:
        """The person of this desk is put aside."""
        self._with_mine("parked", lambda desk, one: calling.park(desk, one, reason))

    def transfer(self, service: str = "", to: str = "") -> None:
        """The person of this desk goes to another service or desk."""
        self._with_mine("transferred", lambda desk, one: calling.transfer(desk, one, service, to))

    def begin(self, service: str) -> None:
        """Another service for the person of this desk, here: the one that goes on ends as received."""
        self._with_mine("begun", lambda desk, one: calling.begin(desk, one, service))

    def another(self, visit_id: str, service: str) -> None:
        """Somebody who was received waits for another service."""
        self._do("transferred", lambda desk, one: calling.transfer(desk, one, service), visit_id)

    def take_back(self, visit_id: str) -> None:
        """Somebody is here again."""
        self._do("back", calling.take_back, visit_id)

    def leave(self, visit_id: str) -> None:
        """Somebody went away."""
        self._do("left", calling.leave, visit_id)

    def prioritise(self, visit_id: str, priority: Priority | None) -> None:
        """Why somebody passes first."""
        self._do("prioritised", lambda desk, one: calling.prioritise(desk, one, priority), visit_id)

    def _with_mine(self, slug: str, deed: Deed) -> None:
        mine = self.state.mine
        if mine:
            self._do(slug, deed, mine.visit.id)

    def _do(self, slug: str, deed: Deed, visit_id: str) -> None:
        """Once: a key pressed twice is one gesture."""
        if self._recording:
            return
        self._recording, desk = True, self._bench.desk
        self._bench.do(lambda: deed(desk, visit_id), partial(self._done, slug), self._broke)

    def _done(self, slug: str, answer: QueueAnswer) -> None:
        self._free()
        lang, desk = self._bench.lang, self._bench.desk
        if answer.done and answer.line:
            self._held = answer.line.visit.id if slug == "called" else self._held
            self._bench.sounds.play("warn" if answer.passed else "tick")
            told = (done_told(slug, answer.line, desk.rules.queue, lang), passed_told(answer, lang))
            self.told.emit(" ".join(filter(None, told)), True)
            self._bench.acted.emit()
            return
        self._bench.sounds.play("warn")
        self.told.emit(not_done(answer, desk.rules.queue.limits_on(desk.now().date()), lang), False)
        self.refresh()

    def _broke(self, broken: Breakage) -> None:
        """Nothing was recorded: ready for the next key, and the window says why."""
        self._free()
        self._bench.lanes.broke.emit(broken)

    def _free(self) -> None:
        self._recording = False

    def _become(self, state: QueueState) -> None:
        self.state = state
        self.changed.emit()
