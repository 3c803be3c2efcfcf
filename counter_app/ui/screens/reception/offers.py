"""What the desk offers about an answer, the main action first. An action that this version cannot do is not offered."""

from collections.abc import Container

from counter_app.domain.codes import CodeKind, make_code
from counter_app.domain.foreign_number import read_number
from counter_app.domain.orientation import Directory
from counter_app.domain.person_names import fold
from counter_app.domain.rules import SiteRules
from counter_app.domain.verdict import Verdict
from counter_app.domain.work_items import of_convocation
from counter_app.telling.verdicts import arrival_text
from counter_app.usecases.answers import ArrivalAnswer
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictAction, enter_key

CLOSE, ORIENT, PROOF, HAND_OVER = "close", "orient", "proof", "hand_over"
COLLECTING = "remise"
"""Word of the purpose of those who come to collect a permit."""
SENT_ON = frozenset(
    {Verdict.MISSED, Verdict.OTHER_SITE, Verdict.CANCELLED, Verdict.CANCELLED_BY_OFFICE, Verdict.CLOSED}
)
"""Verdicts of people who leave with a paper; « Sans rendez-vous » makes it in their language."""


def offers_of(answer: ArrivalAnswer, able: Container[str], rules: SiteRules, words: Words) -> list[VerdictAction]:
    """What a verdict offers and this desk is able to do: at least to close it."""
    if answer.recorded:
        return _after_recording(answer, words)
    text = arrival_text(answer, rules, words.lang)
    offered = [action for action in text.other_actions if action.slug in able and _fits(action.slug, answer)]
    if answer.first is not None:
        offered.append(VerdictAction(PROOF, words("reception.proof"), "Ctrl+P"))
    if text.enter_action.slug in able:
        closing = VerdictAction(CLOSE, words("actions.close"), words("keys.escape"))
        return [text.enter_action, *offered, *([closing] if answer.verdict in SENT_ON else [])]
    return [_on_enter(CLOSE, "actions.close", words), *(action for action in offered if action.slug != CLOSE)]


def _after_recording(answer: ArrivalAnswer, words: Words) -> list[VerdictAction]:
    """An arrival was recorded: go on to the next person, print again, or attest."""
    hand_over = VerdictAction(HAND_OVER, words("handover_page.hand_over"), "F4")
    return [
        _on_enter(CLOSE, "actions.next", words),
        *([hand_over] if collecting(answer) else []),
        VerdictAction("reprint", words("actions.reprint"), "F9"),
        VerdictAction(PROOF, words("reception.proof"), "Ctrl+P"),
    ]


def collecting(answer: ArrivalAnswer | None) -> str:
    """The code of the person in front, when they come to collect a permit; empty otherwise."""
    one = answer.convocation if answer else None
    return make_code(CodeKind.CONVOCATION, int(one.code, 16)) if one and _collects(one.purpose) else ""


def motive_of(answer: ArrivalAnswer, directory: Directory, words: Words) -> str:
    """What somebody who is sent on asks for, by its name; empty when only they can say."""
    asked = answer.verdict in (Verdict.MISSED, Verdict.CANCELLED, Verdict.CANCELLED_BY_OFFICE)
    return directory.motives[slip_motive(answer)].names[words.lang] if asked else ""


def slip_motive(answer: ArrivalAnswer) -> str:
    """The motive of the slip of somebody whose appointment is lost, late, or not good."""
    if answer.verdict is Verdict.CANCELLED_BY_OFFICE:
        return "cancelled_appointment"
    return "missed_handover" if collecting(answer) else "new_appointment"


def _collects(purpose: str) -> bool:
    return COLLECTING in fold(purpose).split()


def _fits(slug: str, answer: ArrivalAnswer) -> bool:
    if slug == "reprint":
        return answer.receipt is not None
    if slug == "see_both_facts":
        return bool(of_convocation(answer.convocation))
    if slug == "other_reading":
        return len(read_number(answer.raw).candidates) > 1
    return True


def _on_enter(slug: str, label: str, words: Words) -> VerdictAction:
    return VerdictAction(slug, words(label), enter_key(words.lang))
