"""What the number screen shows, as one frozen value, and what the agent may do next. Pure."""

from dataclasses import dataclass, replace

from counter_app.domain.convocation import Convocation
from counter_app.domain.foreign_number import LENGTH, NumberStatus, grouped_candidates
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.verdict import Verdict
from counter_app.telling.numbers import number_text
from counter_app.ui.screens.number.look import Asked, Looked
from counter_app.usecases.scanned_paper import ScannedPaper
from counter_app.usecases.verify_number import NumberAnswer
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import NBSP
from counter_app.wording.verdicts import VerdictAction, VerdictText, enter_key, key_name

HINTED = (Verdict.NUMBER_OK, Verdict.NUMBER_UNUSUAL_PREFIX)
"""Verdicts whose sentence leaves something out that the reading knows, such as « début 991 »."""


@dataclass(frozen=True, slots=True)
class NumberState:
    """One answer on show, or none."""

    asked: Asked | None = None
    """What the lists were asked last; None when nothing on screen was asked yet."""
    looked: Looked | None = None
    chosen: int = 0
    """Which candidate Enter accepts."""
    added: int | None = None
    """Place of the zero that the agent agreed to add."""
    told: str = ""
    """What was just done, such as a copy."""

    @property
    def candidate(self) -> str | None:
        """The candidate that Enter accepts."""
        found = self.looked.answer.reading.candidates if self.looked else ()
        return found[self.chosen] if self.chosen < len(found) else None

    @property
    def paper(self) -> ScannedPaper | None:
        """The paper that was scanned, if it was one."""
        return self.looked.answer.paper if self.looked else None

    @property
    def number(self) -> str | None:
        """Ten digits that can be used as they are."""
        reading = self.looked.answer.reading if self.looked else None
        if reading and reading.number_class is not NumberClass.AGDREF:
            return None
        settled = reading and reading.status in (NumberStatus.VALID, NumberStatus.WARN_UNKNOWN_PREFIX)
        number = reading.normalized if reading and settled else None
        return number if number and len(number) == LENGTH and number.isdigit() else None


def number_on(answer: NumberAnswer) -> str:
    """The foreign number as the paper carries it; empty when it carries none, or one that is only proposed."""
    identity = answer.paper.identity if answer.paper else None
    return identity.foreign_number or "" if identity and not identity.number_is_proposed else ""


def verdict_of(looked: Looked, words: Words, *, hidden: bool = False) -> VerdictText:
    """The verdict in words, with what else the reading knows (told in French only). `hidden` covers the holder."""
    text = number_text(looked.answer, words.lang)
    if hidden and looked.answer.paper:
        text = replace(text, notes=())
    reading = looked.answer.reading
    unread = reading.status is NumberStatus.INVALID_CHARS
    hint = (
        reading.hint
        if words.lang == "fr" and (unread or looked.answer.paper or looked.answer.verdict in HINTED)
        else ""
    )
    return replace(text, notes=(*text.notes, hint)) if hint else text


def actions_of(state: NumberState, current: Convocation | None, words: Words) -> tuple[VerdictAction, ...]:
    """What the agent may do, the likeliest first. `current` is the person chosen in the list."""
    if state.looked is None:
        return (_act("verify", words("number.verify"), enter_key(words.lang)),)
    offers = _offers(state, current, words)
    main = VerdictAction(offers[0].slug, offers[0].label, enter_key(words.lang))
    return (main, *offers[1:])


def _offers(state: NumberState, current: Convocation | None, words: Words) -> list[VerdictAction]:
    assert state.looked is not None
    verdict, waiting = state.looked.answer.verdict, state.looked.waiting
    record = [_act("record", words("number.record"))] if current and state.number else []
    copy = [_act("copy", words("number.copy"), "Ctrl+C")] if state.number else []
    confirm = [_act("confirm", words("number.confirm", name=waiting.name))] if waiting else []
    match verdict:
        case Verdict.SEAL_GENUINE | Verdict.SEAL_SPECIMEN | Verdict.SEAL_BROKEN | Verdict.UNREADABLE_CODE:
            return _of_paper(state, words)
        case Verdict.NUMBER_LEGACY:
            return [*_accept(state, words), _act("correct", words("actions.correct"))]
        case Verdict.NUMBER_LENGTH:
            return [_act("correct", words("actions.correct")), _act("search", words("actions.search_by_name"))]
        case Verdict.NUMBER_OTHER_KIND:
            show = _act("show_where", words("actions.show_where"))
            return [show, *_accept(state, words), _act("correct", words("actions.correct"))]
        case Verdict.NUMBER_EXPIRY_DIFFERS:
            return [_act("read_date_again", words("actions.read_date_again")), *record, *copy]
        case Verdict.NUMBER_POSTCODE_DIFFERS:
            return [_act("read_postcode_again", words("actions.read_postcode_again")), *record, *copy]
        case _:
            correct = _act("correct", words("actions.correct"))
            return [*confirm, *record, *copy, correct]


def _of_paper(state: NumberState, words: Words) -> list[VerdictAction]:
    """A specimen is closed, a broken seal is told; else what the paper carries may be used, seal by seal."""
    assert state.looked is not None
    again = _act("scan_again", words("actions.scan_again"))
    if state.looked.answer.verdict is Verdict.SEAL_SPECIMEN:
        return [_act("close", words("actions.close"))]
    if state.looked.answer.verdict is Verdict.SEAL_BROKEN:
        return [_act("tell_supervisor", words("actions.tell_supervisor")), again]
    use = [_act("use_values", words("actions.use_values"))] if number_on(state.looked.answer) else []
    search = _act("search", words("actions.search_by_name"))
    return [*use, again, search]


def _accept(state: NumberState, words: Words) -> list[VerdictAction]:
    assert state.looked is not None
    candidates = grouped_candidates(state.looked.answer.reading)
    if state.candidate is None:
        return []
    accept = _act("accept", words("number.accept_number", number=candidates[state.chosen].replace(" ", NBSP)))
    other = _act("other", words("actions.other_reading"), key_name("↓", words.lang))
    return [accept, other] if len(candidates) > 1 else [accept]


def _act(slug: str, label: str, key: str = "") -> VerdictAction:
    return VerdictAction(slug, label, key)
