"""The checklist of a handover: the lines that a site asks for a kind of permit, and which are done."""

from dataclasses import dataclass
from datetime import date

from counter_app.domain.handover_draft import BY_HAND, HandoverDraft, Line, same_sleeve
from counter_app.domain.permit import Permit
from counter_app.domain.rules import SiteRules


@dataclass(frozen=True, slots=True)
class LineState:
    """One line of the checklist as it stands."""

    line: Line
    required: bool
    done: bool


def amount_due(permit: Permit, draft: HandoverDraft) -> int | None:
    """Euros due: as corrected by the agent, else as the list or SMS says; None when nobody said."""
    return draft.amount_due if draft.amount_due is not None else permit.stamp_amount


def checklist(permit: Permit, draft: HandoverDraft, rules: SiteRules, day: date) -> tuple[LineState, ...]:
    """Every line asked for this kind of permit at this site, done or not, in the order of the page."""
    asked = rules.handover_rules.checklist(permit.best("kind"), day)
    wanted = {**dict.fromkeys(asked.optional, False), **dict.fromkeys(asked.required, True)}
    return tuple(_line(line, wanted[line], _done(line, permit, draft)) for line in Line if line in wanted)


def _line(line: Line, required: bool, done: bool) -> LineState:
    # Nobody fills the line of the summons at the desk: a message that never left is R03's to say, and to be lifted.
    return LineState(line, required and (done or line is not Line.SUMMONS), done)


def _done(line: Line, permit: Permit, draft: HandoverDraft) -> bool:
    match line:
        case Line.SLEEVE:
            return draft.sleeve == BY_HAND or same_sleeve(permit, draft.sleeve)
        case Line.IDENTITY:
            return bool(draft.identity_document) and draft.identity_result is not None
        case Line.SUMMONS:
            return permit.summoned_on is not None
        case Line.OLD_DOCUMENT:
            return draft.old_document is not None and draft.old_document.told
        case Line.STAMP:
            return amount_due(permit, draft) == 0 or bool(draft.exempt.strip()) or bool(draft.stamps)
        case Line.CHIP:
            return draft.chip_checked
        case Line.SIGNATURE:
            return draft.signature is not None
        case Line.READ_THROUGH:
            return draft.read_through
