"""The question of the handover window: this permit, this person, now: may the card change hands?

`decide` answers with one verdict of R01–R21 (the most restrictive), the others as chips, and the lines still missing;
it records nothing. Order of restriction, by design of the verdicts 4.1 and 4.6: a card that already left, or is
contested, comes first, since nothing else matters then; then what was *seen* to be wrong (sleeve, identity), what the
service blocked, where the card is, the window, the convocation, the person, the papers. A line not yet filled speaks
only once the handover is asked for, and only when nothing worse is true.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from counter_app.domain.age import age_on
from counter_app.domain.handover_attempts import last_mismatch
from counter_app.domain.handover_checklist import LineState, amount_due, checklist
from counter_app.domain.handover_draft import HandoverDraft, Line
from counter_app.domain.handover_obstacles import Situation, inside_since, listed_above, obstacles
from counter_app.domain.handover_window import finishing, minutes_left
from counter_app.domain.permit import Permit
from counter_app.domain.rules import SiteRules
from counter_app.domain.told_apart import hour_today, other_hours
from counter_app.domain.verdict import Verdict

UNDO_ALONE = timedelta(seconds=60)
"""How long an agent may take a handover back without a supervisor."""


def may_undo_alone(handed_at: datetime, at: datetime) -> bool:
    """Whether an agent may still take a handover back alone: a clock that went back gives no more time."""
    return abs(at - handed_at) <= UNDO_ALONE


RESTRICTION = (
    Verdict.ALREADY_HANDED_OVER,
    Verdict.PERMIT_OUT_OF_STOCK,
    Verdict.PERMIT_NOT_RECEIVED,
    Verdict.WRONG_SLEEVE,
    Verdict.IDENTITY_NOT_VERIFIED,
    Verdict.HANDOVER_ON_HOLD,
    Verdict.PERMIT_ERROR,
    Verdict.PERMIT_TO_LOCATE,
    Verdict.HANDOVER_CLOSED,
    Verdict.PERMIT_NOT_SUMMONED,
    Verdict.PERMIT_OTHER_DAY,
    Verdict.IN_PERSON_ONLY,
    Verdict.MINOR_WITH_GUARDIAN,
    Verdict.STAMP_ALREADY_USED,
    Verdict.STAMP_TOO_LOW,
    Verdict.OLD_DOCUMENT_MISSING,
    Verdict.STAMP_MISSING,
    Verdict.SIGNATURE_MISSING,
    Verdict.HANDOVER_CLOSING_SOON,
    Verdict.OFFLINE_HANDOVER,
    Verdict.PERMIT_READY,
)
"""Most restrictive first."""

SUPERVISOR_MAY_LIFT = frozenset(
    {
        Verdict.WRONG_SLEEVE,
        Verdict.IDENTITY_NOT_VERIFIED,
        Verdict.HANDOVER_ON_HOLD,
        Verdict.PERMIT_ERROR,
        Verdict.PERMIT_TO_LOCATE,
        Verdict.HANDOVER_CLOSED,
        Verdict.PERMIT_NOT_SUMMONED,
        Verdict.PERMIT_OTHER_DAY,
        Verdict.IN_PERSON_ONLY,
        Verdict.STAMP_TOO_LOW,
        Verdict.STAMP_ALREADY_USED,
    }
)
"""What a supervisor may go beyond, with a reason; some only in the case that `Obstacle.liftable` tells."""

OF_LINE = {
    Line.IDENTITY: Verdict.IDENTITY_NOT_VERIFIED,
    Line.OLD_DOCUMENT: Verdict.OLD_DOCUMENT_MISSING,
    Line.STAMP: Verdict.STAMP_MISSING,
    Line.SIGNATURE: Verdict.SIGNATURE_MISSING,
}
"""The verdict of a line that is missing when the handover is asked for; the others only take the focus."""


LEFT = (Verdict.ALREADY_HANDED_OVER, Verdict.PERMIT_OUT_OF_STOCK)
"""Verdicts of a card that is no longer in the stock."""


@dataclass(frozen=True, slots=True)
class HandoverDecision:
    """One verdict, what else is true, what is missing, and the figures of the sentence."""

    verdict: Verdict
    chips: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = ()
    lines: tuple[LineState, ...] = ()
    lifted: tuple[Verdict, ...] = ()
    """Obstacles that an override went beyond: the journal and the service's copy name each."""
    beyond: tuple[str, ...] = ()
    """What kept the card here, among them: the slug of the verdict alone does not tell."""
    may_commit: bool = False
    """Whether the permit may change hands now."""
    figures: Mapping[str, int] = field(default_factory=dict)
    """`n` minutes before closing (0 once closed), `minutes` after the slot (negative: before), `age` in years,
    `amount` due, `listed` when that was lowered, `shown` and `missing` in euros."""

    @property
    def missing(self) -> tuple[Line, ...]:
        """Required lines not done yet, in the order of the page; of a card that left, nothing more is asked."""
        if self.verdict in LEFT:
            return ()
        return tuple(one.line for one in self.lines if one.required and not one.done)


def decide(
    permit: Permit | None,
    draft: HandoverDraft,
    rules: SiteRules,
    situation: Situation,
    *,
    asked: bool = False,
    lifted: frozenset[Verdict] = frozenset(),
) -> HandoverDecision:
    """The verdict of a handover. `asked`: the agent pressed « remettre »; `lifted`: what a supervisor agreed to."""
    if permit is None:
        return HandoverDecision(Verdict.PERMIT_NOT_RECEIVED)
    here = situation.now.astimezone(rules.zone)
    against = sorted(obstacles(permit, draft, rules, situation), key=lambda one: RESTRICTION.index(one.verdict))
    over = [one for one in against if one.liftable and one.verdict in lifted & SUPERVISOR_MAY_LIFT]
    left = [one for one in against if one not in over]
    lines = checklist(permit, draft, rules, here.date())
    said = [one.verdict for one in left] + _unfilled(lines, asked=asked and not left)
    hints = _hints(draft, rules, situation) if permit.in_stock else []
    ordered = [*dict.fromkeys(said), *hints, Verdict.PERMIT_READY]
    return HandoverDecision(
        verdict=ordered[0],
        chips=(*ordered[1:-1], *(_beside(permit, rules, situation) if permit.in_stock else ())),
        notes=(*dict.fromkeys(one.note for one in against if one.note), *_doubts(permit, draft, rules, situation)),
        lines=lines,
        lifted=tuple(dict.fromkeys(one.verdict for one in over)),
        beyond=tuple(one.note for one in over if one.note and one.verdict is Verdict.HANDOVER_ON_HOLD),
        may_commit=not left and not any(one.required and not one.done for one in lines),
        figures=_figures(permit, draft, rules, here),
    )


def _unfilled(lines: tuple[LineState, ...], *, asked: bool) -> list[Verdict]:
    missing = (one.line for one in lines if one.required and not one.done) if asked else ()
    return [OF_LINE[line] for line in missing if line in OF_LINE]


def _hints(draft: HandoverDraft, rules: SiteRules, now: Situation) -> list[Verdict]:
    """What is told and stops nobody: the window closes, the desk is offline."""
    here = now.now.astimezone(rules.zone)
    left = minutes_left(rules, here)
    soon = left is not None and left <= rules.handover_rules.limits_on(here.date()).closing_warning
    hints = [Verdict.HANDOVER_CLOSING_SOON] if soon or _finishes(draft, rules, now) else []
    return [*hints, *([Verdict.OFFLINE_HANDOVER] if now.offline and not now.asking else [])]


def _finishes(draft: HandoverDraft, rules: SiteRules, now: Situation) -> bool:
    return finishing(rules, now.now.astimezone(rules.zone), inside_since(draft, now))


def _beside(permit: Permit, rules: SiteRules, now: Situation) -> tuple[Verdict, ...]:
    """What is told beside the verdict, and left to the agent."""
    cancelled = (Verdict.CANCELLED,) if now.cancelled else ()
    return (*_punctuality(permit, rules, now.now.astimezone(rules.zone)), *cancelled)


def _punctuality(permit: Permit, rules: SiteRules, here: datetime) -> tuple[Verdict, ...]:
    """Early or late people of the day: told, and handed over all the same."""
    minutes = minutes_late(permit, rules, here)
    limits = rules.handover_rules.limits_on(here.date())
    if minutes is None or -limits.early <= minutes <= limits.late:
        return ()
    return (Verdict.EARLY if minutes < 0 else Verdict.LATE,)


def minutes_late(permit: Permit, rules: SiteRules, here: datetime) -> int | None:
    """Whole minutes after the hour of the day that the person was told, the nearest one (negative: before); None when
    they were told none of today."""
    slot = hour_today(permit, here.astimezone(rules.zone))
    return int((here - slot).total_seconds() / 60) if slot else None


def _doubts(permit: Permit, draft: HandoverDraft, rules: SiteRules, now: Situation) -> tuple[str, ...]:
    """What is said and stops nothing: an hour that a list or a message tells otherwise, that is cancelled or given
    without a message, a window closed on somebody inside, a document that did not match today, and the stamps."""
    if not permit.in_stock:
        return ()
    day = now.now.astimezone(rules.zone).date()
    listed = permit.listed_slot
    otherwise = listed is not None and listed.astimezone(rules.zone).date() >= day
    told = {
        "listed_otherwise": otherwise,
        "told_otherwise": any(hour.astimezone(rules.zone).date() >= day for hour in other_hours(permit)),
        "appointment_cancelled": now.cancelled is not None,
        "slot_untold": permit.slot is not None and permit.summoned_on is None,
        "finishing": _finishes(draft, rules, now),
        "mismatch_today": last_mismatch(now.attempts, now.now) is not None,
    }
    return (*(note for note, true in told.items() if true), *_stamp_doubts(permit, draft, rules, day))


def _stamp_doubts(permit: Permit, draft: HandoverDraft, rules: SiteRules, day: date) -> tuple[str, ...]:
    """One stamp scanned twice, an amount that nobody told, or that no case costs that day."""
    due = amount_due(permit, draft)
    twice = ("stamp_twice",) if len(draft.distinct_stamps) < len(draft.stamps) else ()
    if draft.exempt or due == 0:
        return twice
    if due is None:
        return (*twice, "amount_unknown")
    return twice if due in rules.tariff.known_totals(day) else (*twice, "amount_unusual")


def _figures(permit: Permit, draft: HandoverDraft, rules: SiteRules, here: datetime) -> dict[str, int]:
    due, paid, left = amount_due(permit, draft), draft.paid, minutes_left(rules, here)
    age = age_on(permit.best("birth_date"), here.date())
    missing = due - paid if due is not None and paid is not None and paid < due else None
    late = minutes_late(permit, rules, here)
    of_stamp = {"amount": due, "listed": listed_above(permit, draft), "shown": paid, "missing": missing}
    found = {**of_stamp, "n": left or 0, "age": age, "minutes": late}
    return {name: value for name, value in found.items() if value is not None}
