"""What each line of the handover page says, and the summary that is read before the act."""

from dataclasses import replace
from datetime import datetime

from counter_app.domain.handover import LEFT
from counter_app.domain.handover_draft import (
    BY_HAND,
    Collector,
    HandoverDraft,
    IdentityResult,
    Line,
    last_characters,
    same_sleeve,
)
from counter_app.domain.permit import Permit
from counter_app.domain.rules import SiteRules
from counter_app.domain.told_apart import hour_today
from counter_app.domain.verdict import FAMILY, Family, Verdict
from counter_app.telling.handover import handover_text, missing_line
from counter_app.telling.numbers import paper_lines
from counter_app.ui.screens.handover.state import HandoverState
from counter_app.ui.widgets.people_table import Column, PersonRow
from counter_app.usecases.handover_answers import HandoverAnswer
from counter_app.wording.catalogue import Words, catalogue
from counter_app.wording.dates import birth_date_words, hour, short_date
from counter_app.wording.numbers import masked
from counter_app.wording.verdicts import VerdictText, family_word

_TAKEN_OUT = (Family.OK, Family.WARN, Family.TECH)
"""Families of answers after which the sleeve is taken out of its tray."""
OPEN_VERDICTS = (Verdict.PERMIT_READY, Verdict.HANDOVER_CLOSING_SOON, Verdict.OFFLINE_HANDOVER)


def due(answer: HandoverAnswer) -> int | None:
    """Euros due, as the page stands."""
    return answer.figures.get("amount")


def line_told(line: Line, state: HandoverState, rules: SiteRules, words: Words) -> str:
    """What was found on a line, or what is expected."""
    answer, draft = state.answer, state.draft
    if answer is None or answer.permit is None:
        return ""
    permit = answer.permit
    match line:
        case Line.SLEEVE:
            return _sleeve(permit, draft, words)
        case Line.IDENTITY:
            return identity(state, words)
        case Line.SUMMONS:
            told = _summons(permit, answer.at, rules, words)
            return words("handover_page.other_day", told=told) if state.stands_against(line) else told
        case Line.OLD_DOCUMENT:
            return _old(draft, words)
        case Line.STAMP:
            return _stamp(draft, due(answer), words)
        case Line.SIGNATURE:
            return _signature(draft, words)
        case _:
            return ""


def _sleeve(permit: Permit, draft: HandoverDraft, words: Words) -> str:
    if draft.sleeve == BY_HAND:
        return words("handover_page.sleeve_by_hand")
    if not draft.sleeve:
        return words("handover_page.sleeve_todo")
    same = same_sleeve(permit, draft.sleeve)
    return words("handover_page.sleeve_scanned" if same else "handover_page.sleeve_other", code=draft.sleeve)


def identity(state: HandoverState, words: Words) -> str:
    """The document shown, told truly: verified, not matching, or read and still to be compared."""
    draft = state.draft
    document = words(f"handover.documents.{draft.identity_document}") if draft.identity_document else ""
    if draft.identity_result is not None:
        read = words(f"handover_page.read_by.{draft.identity_read_by}")
        kept = last_characters(draft.identity_number)
        last = f"…{kept}" if kept else ""
        result = words(f"handover_page.identity_{draft.identity_result.value}")
        return " · ".join(part for part in (document, last, result, read, _ended(state, words)) if part)
    if state.paper and state.answer:
        lines = paper_lines(state.paper, state.answer.at.date(), words.lang)
        return words("handover_page.identity_compare", paper=" · ".join(lines))
    return ""


def _ended(state: HandoverState, words: Words) -> str:
    """That the document scanned is past its date, which stops nobody and is told."""
    expiry = state.paper.identity.expiry if state.paper else None
    past = expiry is not None and state.answer is not None and expiry < state.answer.at.date()
    return words("paper.ended", date=short_date(expiry)) if past and expiry else ""


def _summons(permit: Permit, at: datetime, rules: SiteRules, words: Words) -> str:
    """The hour of today that a message gave, else the one that stands."""
    slot = hour_today(permit, at.astimezone(rules.zone)) or permit.slot
    if slot is None or permit.summoned_on is None:
        return words("handover_page.not_summoned")
    slot = slot.astimezone(rules.zone)
    return f"{short_date(slot.date())}, {hour(slot, words.lang)}"


def _old(draft: HandoverDraft, words: Words) -> str:
    old = draft.old_document
    if old is None or not old.told:
        return ""
    if not old.surrendered:
        return words("handover_page.old_missing", reason=old.reason)
    key = f"handover_page.old.{old.what}"
    return words("handover_page.old_surrendered", what=catalogue(words.lang).get(key, old.what))


def _stamp(draft: HandoverDraft, amount: int | None, words: Words) -> str:
    if draft.exempt:
        return words("handover_page.stamp_exempt", reason=draft.exempt)
    expected = words("handover_page.stamp_unknown")
    if amount is not None:
        expected = words("handover_page.stamp_due" if amount else "handover_page.stamp_nothing", amount=amount)
    shown = ", ".join(_one_stamp(one.last, one.amount) for one in draft.distinct_stamps)
    return f"{shown} · {expected}" if shown else expected


def _one_stamp(last: str, amount: int | None) -> str:
    return f"…{last}" if amount is None else f"…{last} ({amount}\u00a0€)"


def _signature(draft: HandoverDraft, words: Words) -> str:
    if draft.signature is None:
        return ""
    return words(f"handover.signatures.{draft.signature.value}")


def collector_told(draft: HandoverDraft, words: Words) -> str:
    """Who takes the permit away."""
    who = words(f"handover.collectors.{draft.collector.value}")
    parts = [who, draft.collector_name, draft.collector_relation]
    if draft.collector is Collector.PROXY and draft.medical_certificate:
        parts.append(words("handover_page.certificate_shown"))
    return " · ".join(part for part in parts if part)


def person_words(permit: Permit) -> str:
    """« DIALLO Mariama · 04/07/1991 · n° 59•••••821 »."""
    number = masked(permit.foreign_number) if permit.foreign_number else ""
    born = birth_date_words(permit.best("birth_date"))
    return " · ".join(part for part in (permit.name, born, f"n°\u00a0{number}" if number else "") if part)


def place_words(answer: HandoverAnswer, words: Words) -> str:
    """« BAC 14 · POCHETTE 037 »: the largest text of the page; empty when nothing is to be taken out."""
    place = answer.permit.place if answer.permit else None
    opened = answer.family in _TAKEN_OUT or answer.verdict is Verdict.WRONG_SLEEVE
    if place is None or not opened or answer.held_elsewhere:
        return ""
    rank = words("handover_page.sleeve", rank=place.rank) if place.rank else ""
    return " · ".join(part for part in (words("handover_page.tray", tray=place.tray), rank) if part)


def verdict_words(state: HandoverState, rules: SiteRules, words: Words) -> VerdictText:
    """The verdict on show; during the review, what is about to be recorded."""
    assert state.answer is not None, "an answer is on show"
    text = handover_text(state.answer, rules, words.lang)
    if state.reviewing:
        return _review(state, text, rules, words)
    if state.doubted and tells_doubt(state):
        return _doubt(state.doubted, text, state.why_doubted(words), words)
    permit = state.answer.permit
    if state.answer.verdict is Verdict.PERMIT_READY and permit and permit.slot and permit.place:
        slot = permit.slot.astimezone(rules.zone)
        return replace(text, detail=words("handover_page.called", hour=hour(slot, words.lang)))
    return text


def tells_doubt(state: HandoverState) -> bool:
    """Whether the answer on show is about what a scan spoke against; nothing graver is true."""
    return state.doubted is not None and state.answer is not None and state.answer.verdict in OPEN_VERDICTS


_DOUBTS = {
    Line.SLEEVE: ("package-search", "handover_page.sleeve_title"),
    Line.IDENTITY: ("user-search", "handover_page.compare_title"),
}
"""Icon and title of what a scan left to be done by the agent."""


def _doubt(line: Line, text: VerdictText, detail: str, words: Words) -> VerdictText:
    """The same answer, about what the agent has to look at first."""
    (icon, title), family = _DOUBTS[line], FAMILY[Verdict.OLD_DOCUMENT_MISSING].value
    word = family_word(family, words.lang)
    return replace(text, family=family, family_word=word, icon=icon, title=words(title), detail=detail)


def _review(state: HandoverState, text: VerdictText, rules: SiteRules, words: Words) -> VerdictText:
    assert state.answer is not None, "an answer is reviewed"
    lines = [
        f"{words(f'handover.lines.{one.line.value}')}\u00a0: {line_told(one.line, state, rules, words)}"
        for one in state.answer.lines
        if one.done and line_told(one.line, state, rules, words)
    ]
    lines.append(f"{words('handover_page.collector')}\u00a0: {collector_told(state.draft, words)}")
    if state.draft.read_through:
        lines.append(words("handover.lines.read_through"))
    if state.agreed:
        lines.append(words("handover_page.agreed", who=state.agreed.approved_by or "", why=state.agreed.reason))
    true = state.answer.verdict in OPEN_VERDICTS and state.draft.identity_result is IdentityResult.MATCH
    family = FAMILY[Verdict.PERMIT_READY] if true and not state.agreed else FAMILY[Verdict.OLD_DOCUMENT_MISSING]
    return replace(
        text,
        family=family.value,
        family_word=family_word(family.value, words.lang),
        icon="list-checks",
        title=words("handover_page.review_title"),
        detail=words("handover_page.review_detail"),
        notes=tuple(lines),
    )


def missing_words(state: HandoverState, words: Words) -> str:
    """« Il manque : identité, timbre. », or that all is there and may be done; nothing of a card that left."""
    if state.answer is None or not state.settled or state.answer.verdict in LEFT:
        return ""
    complete = words("handover_page.nothing_missing") if state.answer.may_commit or state.agreed else ""
    return missing_line(state.answer, words.lang) or complete


def columns(words: Words) -> tuple[Column, ...]:
    """Hour, name, birth date, kind and number of the card, place, state."""
    return (
        Column(words("reception.column_hour"), 14),
        Column(words("reception.column_name"), 22),
        Column(words("reception.column_birth"), 10),
        Column(words("handover_page.column_permit"), 24),
        Column(words("handover_page.column_place"), 12),
        Column(words("reception.column_status"), 18),
    )


def permit_row(permit: Permit, rules: SiteRules, words: Words, *, hidden: bool) -> PersonRow:
    """One permit in one row."""
    slot = permit.slot.astimezone(rules.zone) if permit.slot else None
    when = f"{slot:%d/%m} {hour(slot, words.lang)}" if slot else "—"
    name = words("reception.hidden") if hidden else permit.name
    born = "" if hidden else birth_date_words(permit.best("birth_date"))
    place = f"{permit.place.tray} {permit.place.rank or ''}".strip() if permit.place else "—"
    state = words(f"handover.states.{permit.state.value}")
    icon, token = ("package-check", "ok-text") if permit.in_stock else ("package-x", "text-2")
    kind = " · ".join(part for part in (permit.best("kind") or "", permit.card_number) if part)
    cells = (when, name, born, kind, place, state)
    return PersonRow(permit.id, cells, ", ".join(cell for cell in cells if cell), icon, token, strong=2)
