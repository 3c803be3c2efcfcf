"""What a scan does to a page that is open: which line it ticks, or that it is somebody else's."""

from dataclasses import dataclass, replace

from counter_app.domain.codes import BrokenCode, CodeKind, OwnCode, read_code
from counter_app.domain.handover_draft import HandoverDraft, IdentityResult, OldDocument, same_sleeve
from counter_app.domain.permit import Permit
from counter_app.domain.sealed_document import SealStatus
from counter_app.telling.handover import handover_text
from counter_app.usecases.desk import Desk
from counter_app.usecases.hand_over import stamp_shown
from counter_app.usecases.handover_look import look
from counter_app.usecases.handover_page import agrees, document_of, is_card_itself, with_identity
from counter_app.usecases.scanned_paper import ScannedPaper, read_paper
from counter_app.wording.catalogue import text
from counter_app.wording.dates import Language


@dataclass(frozen=True, slots=True)
class Ticked:
    """The page after a scan; or who else was scanned; or why nothing was ticked."""

    draft: HandoverDraft
    other: str = ""
    sentence: str = ""
    doubt: str = ""
    """Why a document that was scanned shows nobody's identity by itself."""
    paper: ScannedPaper | None = None


_PROVES_NOTHING = (SealStatus.SPECIMEN, SealStatus.BROKEN)


def tick_of(desk: Desk, raw: str, permit: Permit, draft: HandoverDraft, lang: Language = "fr") -> Ticked:
    """Which line a scan ticks: the sleeve, a stamp, a document; else whose it is."""
    typed = raw.strip()
    code = read_code(typed)
    if (isinstance(code, OwnCode) and code.kind is CodeKind.HANDOVER) or same_sleeve(permit, typed):
        return Ticked(replace(draft, sleeve=code.text if isinstance(code, OwnCode) else typed))
    _reading, stamp = stamp_shown(desk, typed) if code is None else (None, None)
    if stamp:
        return Ticked(replace(draft, stamps=(*draft.stamps, stamp), exempt=""))
    paper = read_paper(desk, raw) if code is None else None
    if paper:
        return _of_paper(paper, permit, draft, lang)
    return _of_somebody(desk, raw, permit, draft, lang, broken=isinstance(code, BrokenCode))


def _of_paper(paper: ScannedPaper, permit: Permit, draft: HandoverDraft, lang: Language) -> Ticked:
    """The card itself is the sleeve; a first document is the identity; another one of the holder is given back."""
    if paper.fault or paper.status in _PROVES_NOTHING:
        return Ticked(draft, doubt=doubt_of(paper, lang))
    if is_card_itself(paper, permit):
        return Ticked(replace(draft, sleeve=permit.card_number))
    if draft.identity_result is IdentityResult.MISMATCH:
        return Ticked(draft, sentence=text("handover_page.mismatch_stays", lang))
    if _is_given_back(paper, permit, draft):
        what = "permit" if document_of(paper) == "permit" else "recepisse"
        return Ticked(replace(draft, old_document=OldDocument(surrendered=True, what=what)))
    ticked = with_identity(draft, paper, permit)
    return Ticked(ticked, paper=paper, doubt=doubt_of(paper, lang) if ticked.to_compare else "")


def doubt_of(paper: ScannedPaper, lang: Language) -> str:
    """Why a document shows nobody's identity by itself."""
    if paper.fault:
        return paper.fault.sentence
    status = paper.status
    return text(f"handover_page.paper_{status.value if status in _PROVES_NOTHING and status else 'differs'}", lang)


def _is_given_back(paper: ScannedPaper, permit: Permit, draft: HandoverDraft) -> bool:
    """A second document of the holder, another than the one that told who they are; a passport is never given back."""
    number = paper.identity.document_number or ""
    another = draft.identity_result is not None and draft.identity_number not in ("", number)
    return another and document_of(paper) != "passport" and agrees(paper.identity, permit)


def _of_somebody(desk: Desk, raw: str, permit: Permit, draft: HandoverDraft, lang: Language, *, broken: bool) -> Ticked:
    """A convocation, ticket or number: of this person it changes nothing, of another it opens their page.

    What means nothing may be a zone misread beyond being one: as long as nobody is verified, it leaves a doubt. Digits
    alone, and a damaged code of the service, are no document.
    """
    answer = look(desk, raw)
    if answer.permit and answer.permit.id == permit.id:
        return Ticked(draft, sentence="")
    if answer.permit and answer.draft.sleeve:
        return Ticked(replace(draft, sleeve=raw.strip()))
    if broken or not (answer.permit or answer.matches):
        if not broken and draft.identity_result is None and not "".join(raw.split()).isdigit():
            return Ticked(draft, doubt=text("handover_page.unread", lang))
        told = handover_text(answer, desk.rules, lang)
        return Ticked(draft, sentence=f"{told.title}. {told.detail}")
    if any(one.id == permit.id for one in answer.matches):
        return Ticked(draft)
    return Ticked(draft, other=raw)
