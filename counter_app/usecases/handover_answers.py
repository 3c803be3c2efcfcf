"""What the handover window answers: frozen values that cross threads. A no is an answer, never an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from counter_app.domain.convocation import Convocation
from counter_app.domain.handover_attempts import CUSTODY_ELSEWHERE, Attempt
from counter_app.domain.handover_checklist import LineState
from counter_app.domain.handover_draft import NOTHING_DONE, HandoverDraft, Line
from counter_app.domain.handover_obstacles import UsedStamp
from counter_app.domain.handover_record import HandoverRecord, record_in
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import Mark
from counter_app.domain.verdict import FAMILY, Family, Verdict
from counter_app.usecases.answers import IssuedReceipt

NOBODY_KNOWN = "nobody_known"
"""Note: neither a permit nor a convocation of this desk bears what was read, so nothing is promised of it."""


@dataclass(frozen=True, slots=True)
class HandoverAnswer:
    """Answer to what was scanned or typed at the handover window, or to a handover asked for."""

    verdict: Verdict
    at: datetime
    raw: str = ""
    """What was read, only for showing it back."""
    permit: Permit | None = None
    draft: HandoverDraft = NOTHING_DONE
    """The page that was judged."""
    matches: tuple[Permit, ...] = ()
    """The permits it could be, when there are several."""
    convocation: Convocation | None = None
    """The appointment scanned, when the way led through it: handing over changes nothing of it."""
    chips: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = ()
    """`disputed`, `custody_elsewhere`, `identity_mismatch`, `slot_passed`, `held`, `to_send_back`, `amount_unknown`,
    `amount_unusual`, `validity_over`, `layout_repaired`, `several_permits`, `stamp_twice`, `stamp_and_exemption`,
    `stamp_not_due`, `exemption_unexplained`, `exemption_unagreed`, `amount_lowered`, `collector_unnamed`,
    `proxy_for_minor`, `sleeve_by_hand`, `appointment_cancelled`, `mismatch_today`, `finishing`, `nobody_known`,
    `own_agreement`, `two_holders`."""
    lines: tuple[LineState, ...] = ()
    missing: tuple[Line, ...] = ()
    """Required lines not done yet, in the order of the page."""
    lifted: tuple[Verdict, ...] = ()
    may_commit: bool = False
    figures: Mapping[str, int] = field(default_factory=dict)
    used: UsedStamp | None = None
    """Where a stamp shown was spent already."""
    unmatched: Attempt | None = None
    """The last document shown today that did not match, at any desk."""
    cancelled: datetime | None = None
    """The hour of the appointment to collect this permit that a list says cancelled."""
    departure: Mark | None = None
    """How and when the card left, when it did: the newest of them when they contradict each other."""
    receipt: IssuedReceipt | None = None
    """The receipt of this handover, or of the one that stands."""
    recorded: bool = False
    """True when this answer handed the permit over."""
    undo_until: datetime | None = None
    """Until when the agent may take it back alone."""
    next_opening: datetime | None = None
    closes_at: datetime | None = None
    """When today's window closes."""

    @property
    def family(self) -> Family:
        """Family of the verdict: colour, shape, word, sound."""
        return FAMILY[self.verdict]

    @property
    def held_elsewhere(self) -> bool:
        """Whether the answer is that another desk, or the safe, has the card: its tray is not one to open here."""
        return self.verdict is Verdict.PERMIT_TO_LOCATE and CUSTODY_ELSEWHERE in self.notes

    @property
    def record(self) -> HandoverRecord | None:
        """What the handover was, told truly; None when there is none, or retention erased it."""
        return record_in(self.departure)


@dataclass(frozen=True, slots=True)
class HandoverUndone:
    """What an undo, a contest or a settlement did; nothing is erased from the journal."""

    done: bool
    permit: Permit | None
    reason: str = ""
    """Why nothing was done: `unknown_permit`, `not_handed_over`, `needs_supervisor`, `reason_needed`, `not_disputed`,
    `unknown_act`, `own_agreement`."""
