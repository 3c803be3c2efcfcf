"""What stands against a handover: the card, the window, the convocation, the person, the stamp. Nothing is recorded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from counter_app.domain.age import under_age
from counter_app.domain.handover_attempts import CUSTODY_ELSEWHERE, Attempt, first_inside, gone_astray
from counter_app.domain.handover_checklist import amount_due
from counter_app.domain.handover_draft import (
    BY_HAND,
    Collector,
    HandoverDraft,
    IdentityResult,
    is_reason,
    same_sleeve,
)
from counter_app.domain.handover_window import finishing, window_open
from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.rules import SiteRules
from counter_app.domain.told_apart import holders_apart, hour_today
from counter_app.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class UsedStamp:
    """A stamp already spent at a handover that stands."""

    permit_id: str
    at: datetime
    receipt: str
    desk: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What is true around the window at the moment of the question."""

    now: datetime
    desk: str
    offline: bool = False
    inside_since: datetime | None = None
    """When the person was first seen today: checked in, or given the ticket that this desk called."""
    used: Mapping[str, UsedStamp] = field(default_factory=dict)
    """Stamps spent elsewhere, by digest, among those shown."""
    stream: str = ""
    """The desk's own stream: it keeps what it holds under another name."""
    attempts: tuple[Attempt, ...] = ()
    """What was asked of this permit already, on whatever day."""
    cancelled: datetime | None = None
    """The hour of the appointment to collect it that a list says cancelled."""
    asking: bool = False
    """The central is being asked for the first time: `offline` is what was so before, and not told yet."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands against the handover."""

    verdict: Verdict
    liftable: bool = True
    """Whether a supervisor may go beyond it in this very case."""
    note: str = ""


def obstacles(permit: Permit, draft: HandoverDraft, rules: SiteRules, now: Situation) -> Iterator[Obstacle]:
    """Everything that stands against it, in no order; of a card that left, nothing else matters."""
    yield from _departed(permit)
    if not permit.in_stock:
        return
    yield from _blocked(permit, draft, now.now.astimezone(rules.zone).date())
    yield from _not_here(permit, draft, now)
    yield from _of_the_hour(permit, draft, rules, now)
    yield from _of_the_person(permit, draft, now.now.astimezone(rules.zone).date())
    yield from _of_the_stamp(permit, draft, now)


def _departed(permit: Permit) -> Iterator[Obstacle]:
    """A card that left is never handed over again, whoever agrees: it comes back in stock first, or is settled."""
    match permit.state:
        case PermitState.DISPUTED:
            yield Obstacle(Verdict.ALREADY_HANDED_OVER, False, "disputed")
        case PermitState.HANDED_OVER:
            yield Obstacle(Verdict.ALREADY_HANDED_OVER, False)
        case PermitState.SENT_BACK | PermitState.POSTED | PermitState.DESTROYED:
            yield Obstacle(Verdict.PERMIT_OUT_OF_STOCK, False)


def _blocked(permit: Permit, draft: HandoverDraft, today: date) -> Iterator[Obstacle]:
    """What keeps the card here; one that is valid no more gives no right, and what the service said is told first."""
    over = permit.is_over(today)
    if holders_apart(permit):
        yield Obstacle(Verdict.HANDOVER_ON_HOLD, False, "two_holders")
    if permit.hold is not None:
        yield Obstacle(Verdict.HANDOVER_ON_HOLD, note="held" if over else "")
    if permit.state is PermitState.TO_SEND_BACK:
        yield Obstacle(Verdict.HANDOVER_ON_HOLD, note="to_send_back")
    if over:
        yield Obstacle(Verdict.HANDOVER_ON_HOLD, note="validity_over")
    if permit.fault is not None or draft.fault:
        yield Obstacle(Verdict.PERMIT_ERROR)


def _not_here(permit: Permit, draft: HandoverDraft, situation: Situation) -> Iterator[Obstacle]:
    if draft.sleeve and draft.sleeve != BY_HAND and not same_sleeve(permit, draft.sleeve):
        yield Obstacle(Verdict.WRONG_SLEEVE, False)
    elif permit.whereabouts is not PermitState.SHELVED and not sleeve_scanned(permit, draft):
        yield Obstacle(Verdict.PERMIT_TO_LOCATE, False)
    if draft.sleeve == BY_HAND and (draft.astray or gone_astray(situation.attempts)):
        yield Obstacle(Verdict.WRONG_SLEEVE, note="sleeve_by_hand")
    if not permit.custody.held_by(situation.desk, situation.stream):
        yield Obstacle(Verdict.PERMIT_TO_LOCATE, note=CUSTODY_ELSEWHERE)


def sleeve_scanned(permit: Permit, draft: HandoverDraft) -> bool:
    """Whether the reader saw this very sleeve: then the card is found, wherever it was said to be."""
    return same_sleeve(permit, draft.sleeve)


def _of_the_hour(permit: Permit, draft: HandoverDraft, rules: SiteRules, now: Situation) -> Iterator[Obstacle]:
    here = now.now.astimezone(rules.zone)
    if not window_open(rules, here) and not finishing(rules, here, inside_since(draft, now)):
        yield Obstacle(Verdict.HANDOVER_CLOSED)
    # Nobody is sent away from an hour that a message of ours gave, were it not the one that stands.
    # A slot that nobody was told of convenes nobody: people come when the SMS has left (notice of Loiret).
    if permit.summoned_on is None:
        yield Obstacle(Verdict.PERMIT_NOT_SUMMONED)
    elif permit.slot is not None and hour_today(permit, here) is None:
        passed = permit.slot.astimezone(rules.zone).date() < here.date()
        yield Obstacle(Verdict.PERMIT_OTHER_DAY, note="slot_passed" if passed else "")


def _of_the_person(permit: Permit, draft: HandoverDraft, today: date) -> Iterator[Obstacle]:
    """A permit given to somebody else than its holder is given to somebody with a name: the record has to tell it.

    The parent comes with the child (Val-de-Marne, DCEM): the exception of a medical certificate is for holders who
    could have come alone, and gives nobody else the permit of a minor.
    """
    if draft.identity_result is IdentityResult.MISMATCH:
        yield Obstacle(Verdict.IDENTITY_NOT_VERIFIED, note="identity_mismatch")
    minor, named = is_minor(permit, today), bool(draft.collector_name.strip())
    unnamed = "" if named or draft.collector is Collector.HOLDER else "collector_unnamed"
    if minor and draft.collector is Collector.PROXY:
        yield Obstacle(Verdict.MINOR_WITH_GUARDIAN, False, "proxy_for_minor")
    elif minor and not (draft.collector is Collector.GUARDIAN and named):
        yield Obstacle(Verdict.MINOR_WITH_GUARDIAN, False, unnamed)
    elif draft.collector is Collector.PROXY:
        yield Obstacle(Verdict.IN_PERSON_ONLY, draft.medical_certificate and named, unnamed)
    elif draft.collector is Collector.GUARDIAN and not minor:
        yield Obstacle(Verdict.IN_PERSON_ONLY, named, unnamed)


def _of_the_stamp(permit: Permit, draft: HandoverDraft, now: Situation) -> Iterator[Obstacle]:
    if any(stamp.digest in now.used for stamp in draft.stamps):
        yield Obstacle(Verdict.STAMP_ALREADY_USED)
    due, paid = amount_due(permit, draft), draft.paid
    if not draft.exempt and due is not None and paid is not None and paid < due:
        yield Obstacle(Verdict.STAMP_TOO_LOW)
    if draft.exempt and draft.stamps:
        yield Obstacle(Verdict.STAMP_TOO_LOW, False, "stamp_and_exemption")
    elif draft.stamps and due == 0:
        yield Obstacle(Verdict.STAMP_TOO_LOW, False, "stamp_not_due")
    elif _waived(permit, draft) and not is_reason(draft.exempt or draft.amount_reason):
        yield Obstacle(Verdict.STAMP_TOO_LOW, False, "exemption_unexplained")
    elif _waived(permit, draft) and permit.stamp_amount:
        yield Obstacle(Verdict.STAMP_TOO_LOW, note="exemption_unagreed")
    elif listed_above(permit, draft):
        yield Obstacle(Verdict.STAMP_TOO_LOW, note="amount_lowered")


def listed_above(permit: Permit, draft: HandoverDraft) -> int | None:
    """The euros that the list says when the agent expects fewer; None when nobody lowered them."""
    listed, corrected = permit.stamp_amount, draft.amount_due
    return listed if listed is not None and corrected is not None and corrected < listed else None


def _waived(permit: Permit, draft: HandoverDraft) -> bool:
    """Whether the agent says that nothing is due, where the list does not say it itself."""
    return permit.stamp_amount != 0 and (bool(draft.exempt) or draft.amount_due == 0)


def inside_since(draft: HandoverDraft, now: Situation) -> datetime | None:
    """When the person came in: checked in, their page begun, or told at this desk what lacked, whichever was first."""
    came = (draft.started_at, now.inside_since, first_inside(now.attempts, now.now))
    return min((at for at in came if at), default=None)


def is_minor(permit: Permit, day: date) -> bool:
    """Whether the holder is a minor, as far as the birth date tells."""
    return under_age(permit.best("birth_date"), day)
