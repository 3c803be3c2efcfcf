"""What the screen of the waiting room shows, as one frozen value, and what the agent may do next. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.visit import Outcome
from counter_app.domain.visit_story import LIVE, Stage
from counter_app.usecases.queue_answers import QueueDay, QueueLine
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictAction, enter_key, key_name


class Tab(StrEnum):
    """From the chair to the door."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ABSENT = "absent"
    FINISHED = "finished"


KEYS = {
    "call_next": "F5",
    "present": "F5",
    "finish": "F5",
    "recall": "Suppr",
    "absent": "Suppr",
    "outcome": "Ctrl+O",
    "begin": "Ctrl+N",
    "park": "Ctrl+D",
    "transfer": "Ctrl+T",
    "priority": "Ctrl+L",
    "take_back": "Entrée",
    "call_this": "Entrée",
    "another": "Entrée",
    "left": "",
    "settle": "F5",
    "settle_row": "Entrée",
}
"""Keys as French keyboards name them: F5 is always the next sensible thing, Enter that of the current row."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """One moment of the screen."""

    day: QueueDay | None = None
    tab: Tab = Tab.WAITING
    chosen: str = ""
    """The visit of the current row."""
    calls: int = 3
    """Calls before somebody may be noted absent."""
    sure: str = ""
    """The visit whose absence waits for the same key once more."""

    @property
    def lines(self) -> tuple[QueueLine, ...]:
        """People under the tab."""
        found: tuple[QueueLine, ...] = getattr(self.day, self.tab.value) if self.day else ()
        return found

    @property
    def line(self) -> QueueLine | None:
        """The person of the current row."""
        return next((one for one in self.lines if one.visit.id == self.chosen), None)

    @property
    def mine(self) -> QueueLine | None:
        """Whom this desk called last and has not done with."""
        return self.day.mine[0] if self.day and self.day.mine else None

    @property
    def ours(self) -> frozenset[str]:
        """Visits of those whom this desk called and has not done with."""
        return frozenset(one.visit.id for one in self.day.mine) if self.day else frozenset()

    @property
    def last_call(self) -> bool:
        """Whether that person was called as often as the site asks before an absence."""
        call = self.mine.visit.call if self.mine else None
        return call is not None and len(call.announced) >= self.calls

    @property
    def stage(self) -> Stage | None:
        """Where that person is, for this desk."""
        return self.mine.visit.stage if self.mine else None


def counts_of(state: QueueState) -> dict[str, int]:
    """How many people stand under each tab."""
    if state.day is None:
        return dict.fromkeys(Tab, 0)
    told = {tab.value: len(getattr(state.day, tab.value)) for tab in Tab}
    return {**told, Tab.FINISHED.value: state.day.finished_count}


def actions_of(state: QueueState, words: Words) -> tuple[VerdictAction, ...]:
    """What may be done with the person of this desk, the next sensible thing first."""
    slugs: tuple[str, ...] = ("call_next",)
    if state.mine and state.mine.day_over:
        # What became of somebody of another day is said, never taken for granted by a key that calls every morning.
        return (_action("settle", words), VerdictAction("call_next", words("queue.actions.call_next"), ""))
    if state.stage is Stage.CALLED:
        slugs = ("present", "absent" if state.last_call else "recall", "park", "transfer")
    elif state.stage is Stage.SERVING:
        slugs = ("finish", "outcome", "begin", "park", "transfer")
    return tuple(_action(slug, words) for slug in slugs)


def row_actions_of(state: QueueState, words: Words) -> tuple[VerdictAction, ...]:
    """What may be done with the person of the current row."""
    line = state.line
    if line is None:
        return ()
    if line.day_over:
        return (_action("settle_row", words),)
    if line.visit.stage is Stage.FINISHED:
        return (_action("another", words),)
    if line.visit.stage in (Stage.ABSENT, Stage.PARKED):
        return tuple(_action(slug, words) for slug in ("take_back", "left"))
    if line.visit.stage is Stage.LEFT:
        return (_action("take_back", words),)
    call = _action("call_this", words)
    if line.visit.stage in LIVE and line.visit.id not in state.ours:
        return (call,)
    if line.visit.stage is Stage.WAITING:
        return (call, *(_action(slug, words) for slug in ("priority", "left")))
    return ()


def endings_of(line: QueueLine) -> tuple[str, ...]:
    """What can be said of somebody of another day whom this desk called: of who came, how it ended."""
    if line.visit.stage is Stage.CALLED:
        return ("present", "left")
    return tuple(one.value for one in Outcome)


def _action(slug: str, words: Words) -> VerdictAction:
    key = KEYS[slug]
    shown = enter_key(words.lang) if key == "Entrée" else key_name(key, words.lang)
    return VerdictAction(slug, words(f"queue.actions.{slug}"), shown)
