"""What the screen of people without an appointment shows, as one frozen value, and what the agent may do. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from counter_app.domain.orientation import NEEDS_NETWORK, Advice, Directory
from counter_app.domain.questions import FIRST_QUESTION, Question
from counter_app.telling.channels import orientation_lines, orientation_text
from counter_app.usecases.orient import Demand, Oriented
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictAction, VerdictText, enter_key, key_name

CANNOT_ONLINE = "cannot_online"
BACK_KEY = "Alt+←"
CANNOT_ONLINE_KEY, TO_FILE_KEY, LET_IN_KEY = "Ctrl+D", "Ctrl+R", "Ctrl+Entrée"


@dataclass(frozen=True, slots=True)
class OrientState:
    """One person: what was asked, the answer, and the slip once it is given."""

    demand: Demand
    wanted: str = ""
    """What was typed."""
    found: tuple[Advice, ...] = ()
    """Motives that it can mean."""
    path: tuple[str, ...] = (FIRST_QUESTION,)
    """Questions asked so far; the last one is on screen."""
    advice: Advice | None = None
    done: Oriented | None = None
    undone: bool = False
    """The slip on screen was taken back."""

    def stepped_back(self) -> "OrientState | None":
        """The state before: the search again, then the question before, then nothing typed; None from the start."""
        demand = Demand(language=self.demand.language)
        if self.advice:
            return replace(self, advice=None, demand=demand)
        if len(self.path) > 1:
            return replace(self, path=self.path[:-1])
        return OrientState(demand) if self.wanted else None


def question_of(state: OrientState, directory: Directory) -> Question:
    """The question on screen."""
    return directory.questions[state.path[-1]]


def words_of(advice: Advice, directory: Directory, words: Words, short: bool = False) -> VerdictText:
    """The answer in words, with the notice that it comes from unless room is short: the lines under it tell it too."""
    text = orientation_text(advice, directory, words.lang)
    source = words("orientation.rule", prefecture=directory.prefecture, source=advice.rule.source.name)
    return text if short else replace(text, notes=(*text.notes, source))


def lines_of(state: OrientState, directory: Directory, day: date, words: Words) -> tuple[str, ...]:
    """What the slip adds for this person, then what the rule says."""
    demand = state.demand
    if state.advice is None:
        return ()
    added = (
        words("orientation.cannot_online_set", text=directory.digital_help) if demand.cannot_online else "",
        words("orientation.wants_to_file_set") if demand.wants_to_file else "",
    )
    return (*filter(None, added), *orientation_lines(state.advice, directory, day, words.lang))


def actions_of(state: OrientState, words: Words) -> tuple[VerdictAction, ...]:
    """What the agent may do, the likeliest first."""
    if state.done:
        return (
            VerdictAction("next", words("actions.next"), enter_key(words.lang)),
            VerdictAction("reprint", words("actions.reprint"), "F9"),
        )
    if state.advice is None:
        return ()
    online = "can_online" if state.demand.cannot_online else "cannot_online"
    to_file = "not_to_file" if state.demand.wants_to_file else "wants_to_file"
    helped = VerdictAction(CANNOT_ONLINE, words(f"orientation.{online}"), key_name(CANNOT_ONLINE_KEY, words.lang))
    return (
        VerdictAction("print_slip", words("actions.print_slip"), enter_key(words.lang)),
        VerdictAction("let_in", words("queue.actions.let_in"), key_name(LET_IN_KEY, words.lang)),
        *([helped] if state.advice.channel in NEEDS_NETWORK else []),
        VerdictAction("wants_to_file", words(f"orientation.{to_file}"), key_name(TO_FILE_KEY, words.lang)),
        VerdictAction("back", words("orientation.back_to_search"), words("keys.escape")),
    )
