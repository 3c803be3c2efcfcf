"""What the handover page asks beside `look` and `hand_over`: a person found by name or by paper, a line that fails."""

from dataclasses import dataclass, replace

from counter_app.domain.handover import OF_LINE, RESTRICTION
from counter_app.domain.handover_draft import BY_HAND, HandoverDraft, IdentityResult, Line
from counter_app.domain.identity_paper import IdentityPaper, compare
from counter_app.domain.permit import Permit
from counter_app.domain.permit_listing import plain_card_number
from counter_app.domain.person_names import glued
from counter_app.domain.sealed_document import SealStatus
from counter_app.domain.verdict import Verdict
from counter_app.store import permit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.desk import Desk
from counter_app.usecases.handover_answers import HandoverAnswer
from counter_app.usecases.handover_look import NOT_BEGUN, Begun, judge, look, note_attempt, present
from counter_app.usecases.scanned_paper import ScannedPaper, read_paper, spellings

MOST = 20
"""People shown of a name."""
SHORTEST = 2
KEPT_AS_ATTEMPT = frozenset({Line.IDENTITY, Line.STAMP})
"""Lines whose lack ends the visit; for the others the agent says why, and goes on."""


@dataclass(frozen=True, slots=True)
class Met:
    """Who was met at the window, and the paper that told it, when one did."""

    answer: HandoverAnswer
    paper: ScannedPaper | None = None


def search(desk: Desk, text: str, limit: int = MOST) -> list[Permit]:
    """Permits in a name of which words were typed, in any order and without accents; none under two letters."""
    words = glued(text)
    if sum(map(len, words)) < SHORTEST:
        return []
    with desk.looking() as connection:
        return permit_rows.by_words(connection, words, limit)


def meet(desk: Desk, raw: str, begun: Begun = NOT_BEGUN) -> Met:
    """Who was scanned or typed: a sleeve, a convocation, a number, or a paper by its zone or seal. `begun`: the pages
    that were left half-way."""
    paper = read_paper(desk, raw)
    if paper is None:
        return Met(present(desk, raw, begun))
    return Met(_of_paper(desk, raw, paper, begun), paper)


def _of_paper(desk: Desk, raw: str, paper: ScannedPaper, begun: Begun) -> HandoverAnswer:
    shown = paper.identity.name or raw
    if paper.fault or paper.status is SealStatus.SPECIMEN:
        verdict = paper.verdict or Verdict.UNREADABLE_CODE
        return HandoverAnswer(verdict, desk.now(), shown, notes=paper.notes)
    with desk.looking() as connection:
        found = permits_of(connection, paper.identity)
    if len(found) == 1:
        return look(desk, found[0].id, begun=begun)
    if found:
        return HandoverAnswer(
            Verdict.SEVERAL_MATCHES, desk.now(), shown, matches=tuple(found), figures={"n": len(found)}
        )
    return HandoverAnswer(Verdict.PERMIT_NOT_RECEIVED, desk.now(), shown)


def permits_of(connection: Connection, identity: IdentityPaper) -> list[Permit]:
    """Permits in stock of the holder of a paper: by the number it carries, else by name and day of birth."""
    number = identity.foreign_number or ""
    by_number = permit_rows.by_numbers(connection, spellings(number)) if number.isdigit() else []
    by_card = permit_rows.by_card(connection, identity.document_number) if identity.document_number else []
    by_name = permit_rows.by_words(connection, glued(identity.surname), MOST)
    same = [one for one in (*by_card, *by_number, *by_name) if agrees(identity, one)]
    here = list({one.id: one for one in same if one.in_stock}.values())
    return here or list({one.id: one for one in same}.values())[-1:]


def agrees(identity: IdentityPaper, permit: Permit) -> bool:
    """Whether name and day of birth of a paper are those of a permit: both known, nothing differs."""
    return compare(identity, permit.name, permit.best("birth_date")).agrees


def is_card_itself(paper: ScannedPaper, permit: Permit) -> bool:
    """Whether the paper is the very card in the sleeve: it shows nobody's identity."""
    number = plain_card_number(paper.identity.document_number or "")
    return bool(number) and number == plain_card_number(permit.card_number)


def fails(desk: Desk, permit_id: str, draft: HandoverDraft, line: Line) -> HandoverAnswer:
    """The verdict when a line cannot be done: no document, no stamp, nothing given back, no signature.

    What ends the visit is recorded as an attempt; of two things that stand against the handover, the graver speaks.
    """
    answer = judge(desk, permit_id, draft)
    verdict = OF_LINE[line]
    if RESTRICTION.index(answer.verdict) < RESTRICTION.index(verdict):
        return replace(answer, chips=tuple(dict.fromkeys((*answer.chips, verdict))))
    told = replace(answer, verdict=verdict, chips=_others(answer), may_commit=False)
    if line in KEPT_AS_ATTEMPT:
        note_attempt(desk, permit_id, draft, verdict=verdict)
    return told


def _others(answer: HandoverAnswer) -> tuple[Verdict, ...]:
    told = () if answer.verdict is Verdict.PERMIT_READY else (answer.verdict,)
    return tuple(dict.fromkeys((*told, *answer.chips)))


def told_no(answer: HandoverAnswer, before: HandoverAnswer | None) -> bool:
    """Whether a line just done is a no to keep: another sleeve, or a stamp that was spent already. That the eye is no
    way round a sleeve is part of a no that was kept."""
    kept = (Verdict.WRONG_SLEEVE, Verdict.STAMP_ALREADY_USED)
    if answer.verdict is Verdict.WRONG_SLEEVE and answer.draft.sleeve == BY_HAND:
        return False
    return answer.verdict in kept and (before is None or before.verdict is not answer.verdict)


def document_of(paper: ScannedPaper) -> str:
    """`passport`, `permit` or `other`, by the code of the zone (ICAO 9303: P passport, I A C cards) or the seal."""
    code = paper.zone.document_code[:1] if paper.zone else ""
    if code == "P":
        return "passport"
    return "permit" if code in ("I", "A", "C") else "other"


def with_identity(draft: HandoverDraft, paper: ScannedPaper, permit: Permit) -> HandoverDraft:
    """The identity line as a paper tells it: done when nothing differs and no seal is in doubt."""
    sure = agrees(paper.identity, permit) and paper.status in (None, SealStatus.GENUINE)
    return replace(
        draft,
        identity_document=document_of(paper),
        identity_result=IdentityResult.MATCH if sure else None,
        identity_number=paper.identity.document_number or "",
        identity_read_by="seal" if paper.seal else "mrz",
    )
