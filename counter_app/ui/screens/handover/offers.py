"""What the verdict on show offers, the main action first. An action that this desk cannot do is not offered."""

from collections.abc import Callable, Container

from counter_app.domain.handover import SUPERVISOR_MAY_LIFT
from counter_app.domain.handover_draft import Line
from counter_app.domain.verdict import Verdict
from counter_app.telling.handover import handover_text
from counter_app.ui.screens.handover.state import HandoverState
from counter_app.ui.workbench import Workbench
from counter_app.usecases.handover_answers import HandoverAnswer
from counter_app.usecases.handover_slip import hour_passed
from counter_app.wording.verdicts import VerdictAction, enter_key

AGREE = ("hand_over_today", "exceptional_handover", "special_case", "tell_supervisor", "ask_approval")
"""Actions that ask a supervisor."""
UNDO_LATE = "undo_with_supervisor"
NEVER_AGREED = frozenset({"stamp_and_exemption", "stamp_not_due", "exemption_unexplained"})
"""Notes of a stamp that the agent puts right, and nobody agrees to."""
SEE_CUSTODY = "see_custody"
GO_ON = ("start_handover", "continue")

_NEEDS: dict[str, Callable[[HandoverAnswer], bool]] = {
    "reprint": lambda answer: answer.receipt is not None,
    "see_slip": lambda answer: answer.departure is not None and bool(answer.departure.text("bordereau")),
    "add_stamp": lambda answer: "stamp_not_due" not in answer.notes,
    "undo": lambda answer: "undo_over" not in answer.notes,
    "print_reminder": lambda answer: not hour_passed(answer),
    "not_found": lambda answer: answer.permit is not None and not answer.held_elsewhere,
    "found_scan_sleeve": lambda answer: not answer.held_elsewhere,
    **dict.fromkeys(("report_error", "contest", UNDO_LATE), lambda answer: answer.permit is not None),
}
"""What some actions need of an answer."""


def offers(bench: Workbench, state: HandoverState, known: Container[str]) -> tuple[VerdictAction, ...]:
    """Actions of the state on show, among those known."""
    answer, words = state.answer, bench.words
    if answer is None:
        return ()
    if state.reviewing:
        return (
            VerdictAction("commit", words("handover_page.confirm"), words("handover_page.commit_key")),
            VerdictAction("correct", words("handover_page.correct"), words("keys.escape")),
        )
    text = handover_text(answer, bench.desk.rules, bench.lang)
    if text.enter_action.slug in GO_ON and state.working:
        return ()
    main = text.enter_action if _fits(text.enter_action, answer, known) else _instead(bench, answer)
    own = _own(bench, state, answer, (text.enter_action, *text.other_actions))
    others = [one for one in (*text.other_actions, *own) if _fits(one, answer, known)]
    return (main, *{one.slug: one for one in others if one.slug != main.slug}.values())


def _fits(action: VerdictAction, answer: HandoverAnswer, known: Container[str]) -> bool:
    return action.slug in known and (action.slug not in _NEEDS or _NEEDS[action.slug](answer))


def _instead(bench: Workbench, answer: HandoverAnswer) -> VerdictAction:
    """On Enter, when the verdict's own action does not fit: a card of another desk in hand wants an agreement, else
    that desk is asked for it; who missed their day is told what to do, a stamp that pays nothing is taken off; else
    nothing."""
    if answer.held_elsewhere:
        slug = SEE_CUSTODY if Line.SLEEVE in answer.missing else "ask_approval"
    elif "stamp_not_due" in answer.notes:
        slug = "stamp_off"
    else:
        slug = "print_slip" if hour_passed(answer) else "close"
    return VerdictAction(slug, bench.words(f"actions.{slug}"), enter_key(bench.lang))


def may_be_agreed(answer: HandoverAnswer) -> bool:
    """Whether a supervisor may go beyond what stands against the handover, in this very case."""
    seen_wrong = answer.verdict is Verdict.WRONG_SLEEVE and "sleeve_by_hand" not in answer.notes
    return answer.verdict in SUPERVISOR_MAY_LIFT and not seen_wrong and not NEVER_AGREED & set(answer.notes)


def _own(
    bench: Workbench, state: HandoverState, answer: HandoverAnswer, told: tuple[VerdictAction, ...]
) -> list[VerdictAction]:
    """Actions that no verdict names by itself."""
    words, own = bench.words, []
    asks = any(one.slug in AGREE for one in told)
    if state.working and may_be_agreed(answer) and not asks:
        own.append(VerdictAction("ask_approval", words("actions.ask_approval"), ""))
    if answer.held_elsewhere:
        own.append(VerdictAction(SEE_CUSTODY, words(f"actions.{SEE_CUSTODY}"), ""))
    if answer.verdict is Verdict.ALREADY_HANDED_OVER or "undo_over" in answer.notes:
        own.append(VerdictAction(UNDO_LATE, words("handover_page.undo_late"), ""))
    if state.draft.fault:
        own.append(VerdictAction("no_fault", words("handover_page.no_fault"), ""))
    return own
