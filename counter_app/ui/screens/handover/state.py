"""Everything the handover page shows, as one frozen value."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from counter_app.domain.handover import SUPERVISOR_MAY_LIFT
from counter_app.domain.handover_draft import BY_HAND, NOTHING_DONE, HandoverDraft, IdentityResult, Line, same_sleeve
from counter_app.domain.permit import Permit
from counter_app.domain.verdict import Verdict
from counter_app.usecases.answers import Override
from counter_app.usecases.handover_answers import HandoverAnswer
from counter_app.usecases.scanned_paper import ScannedPaper
from counter_app.wording.catalogue import Words


class Showing(StrEnum):
    """What the middle of the page says."""

    READY = "ready"
    READING = "reading"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class HandoverState:
    """The person at the window, if any, and their page."""

    showing: Showing = Showing.READY
    answer: HandoverAnswer | None = None
    draft: HandoverDraft = NOTHING_DONE
    """The page as the agent has it; the answer may still be that of the page before."""
    paper: ScannedPaper | None = None
    """The document scanned for the identity, to be compared when it does not agree by itself."""
    doubt: str = ""
    """Why the document scanned last shows nobody's identity: Enter says it again, and never « vérifiée »."""
    agreed: Override | None = None
    """What a supervisor agreed to, for this person."""
    agreed_to: frozenset[Verdict] = frozenset()
    """What stood against the handover when they agreed: something else asks them again."""
    reviewing: bool = False
    """The summary is on show: the next Ctrl+Enter commits."""
    typed: str = ""
    hits: tuple[Permit, ...] = ()
    searched: str = ""
    told: str = ""
    marks: tuple[str, ...] = ()
    """What the other desks say beside the answer, in words."""
    hidden: bool = False
    left: HandoverAnswer | None = None
    """The answer that the first letters of a scan took off the page."""

    @property
    def permit(self) -> Permit | None:
        return self.answer.permit if self.answer else None

    @property
    def recorded(self) -> bool:
        """The permit was handed over just now."""
        return self.answer is not None and self.answer.recorded

    @property
    def working(self) -> bool:
        """A permit of the stock is in front of the agent: its lines can be done."""
        permit = self.permit
        return permit is not None and permit.in_stock and not self.recorded

    @property
    def choosing(self) -> bool:
        """Several permits answer: one has to be chosen."""
        return self.answer is not None and self.answer.verdict is Verdict.SEVERAL_MATCHES

    @property
    def settled(self) -> bool:
        """The answer is about the page as it stands."""
        return self.answer is not None and self.answer.draft == self.draft

    @property
    def missing(self) -> tuple[Line, ...]:
        return self.answer.missing if self.answer else ()

    @property
    def doubted(self) -> Line | None:
        """The line that comes next, when a scan spoke against it: only the agent's own gesture does it. After somebody
        else's sleeve, Enter asks for the right one, and never says that it was read by eye."""
        next_one = self.missing[0] if self.missing else None
        if next_one is Line.IDENTITY and self.identity_in_doubt:
            return next_one
        return next_one if next_one is Line.SLEEVE and self.draft.astray else None

    @property
    def identity_in_doubt(self) -> bool:
        """A document was scanned and verified nobody: only the key that says « à l’œil » does."""
        return self.draft.identity_result is None and (self.draft.to_compare or bool(self.doubt))

    def why_doubted(self, words: Words) -> str:
        """What Enter says of it."""
        if self.doubted is Line.SLEEVE:
            return words("handover_page.sleeve_wanted")
        return self.doubt or words("handover_page.paper_differs")

    def stands_against(self, line: Line) -> bool:
        """Whether what was found on a line speaks against the handover: it is done, and is no tick."""
        told = {self.answer.verdict, *self.answer.chips} if self.answer and self.agreed is None else set()
        return {
            Line.IDENTITY: self.draft.identity_result is IdentityResult.MISMATCH,
            Line.SUMMONS: Verdict.PERMIT_OTHER_DAY in told,
            Line.SLEEVE: self.draft.sleeve == BY_HAND and Verdict.WRONG_SLEEVE in told,
            Line.STAMP: bool(self.draft.stamps) and Verdict.STAMP_ALREADY_USED in told,
        }.get(line, False)

    @property
    def liftable(self) -> frozenset[Verdict]:
        """What stands against the handover and a supervisor may go beyond."""
        told = (self.answer.verdict, *self.answer.chips) if self.answer else ()
        return frozenset(told) & SUPERVISOR_MAY_LIFT

    def ticked(self, draft: HandoverDraft) -> "HandoverState":
        """The page after a line; what a scan left in doubt ends with another word about it, and so does an agreement on
        other euros, or on another sleeve."""
        same = identity_of(draft) == identity_of(self.draft)
        covered = Verdict.STAMP_TOO_LOW not in self.agreed_to or euros_of(draft) == euros_of(self.draft)
        covered &= Verdict.WRONG_SLEEVE not in self.agreed_to or draft.sleeve == self.draft.sleeve
        scanned = draft.sleeve not in ("", BY_HAND)
        astray = not (self.permit and same_sleeve(self.permit, draft.sleeve)) if scanned else draft.astray
        agreed, doubt = self.agreed if covered else None, self.doubt if same else ""
        now = replace(draft, astray=astray)
        return replace(self, draft=now, agreed=agreed, reviewing=False, told="", doubt=doubt)

    def judged(self, answer: HandoverAnswer) -> "HandoverState":
        """The same page, judged again; an agreement does not cover what came after it."""
        now = replace(self, answer=answer)
        return replace(now, agreed=None) if now.liftable - self.agreed_to else now

    def nobody(self, showing: Showing = Showing.READY) -> "HandoverState":
        """Nobody at the window."""
        return HandoverState(showing, hidden=self.hidden, left=self.answer or self.left)

    def telling(self, answer: HandoverAnswer) -> "HandoverState":
        """An answer is on show; the page it judged is the page."""
        return replace(
            self, showing=Showing.ANSWER, answer=answer, draft=answer.draft, typed="", hits=(), searched="", told=""
        )


def identity_of(draft: HandoverDraft) -> tuple[str, IdentityResult | None, str, str]:
    """What the page says of the document shown."""
    return draft.identity_document, draft.identity_result, draft.identity_number, draft.identity_read_by


def euros_of(draft: HandoverDraft) -> tuple[int | None, int | None, str]:
    """What the page says of the money: expected, shown, or why nothing is due."""
    return draft.amount_due, draft.paid, draft.exempt


class Kept:
    """Pages begun and left, by permit: somebody who comes back the same day finds theirs as it was, doubts too."""

    def __init__(self) -> None:
        self._drafts: dict[str, tuple[HandoverDraft, str]] = {}

    @property
    def begun(self) -> dict[str, datetime]:
        """When each page was begun."""
        return {permit: draft.started_at for permit, (draft, _doubt) in self._drafts.items() if draft.started_at}

    def keep(self, state: HandoverState) -> None:
        """A page begun is not lost because somebody else comes first."""
        if state.working and state.permit:
            self.put(state.permit.id, state.draft, state.doubt)

    def put(self, permit_id: str, draft: HandoverDraft, doubt: str = "") -> None:
        """The page of a permit."""
        self._drafts[permit_id] = draft, doubt

    def take(self, permit_id: str, at: datetime) -> tuple[HandoverDraft | None, str]:
        """The page of a permit as it was left, if that was on the day of `at`, and what was in doubt."""
        draft, doubt = self._drafts.pop(permit_id, (None, ""))
        same_day = draft and draft.started_at and draft.started_at.date() == at.date()
        return (draft, doubt) if same_day else (None, "")

    def drop(self, permit_id: str) -> None:
        """Nothing of a page is kept."""
        self._drafts.pop(permit_id, None)
