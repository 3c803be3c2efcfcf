"""Papers for somebody who leaves without their permit: the slip that says what to do, the reminder of their hour."""

from datetime import timedelta

from counter_app.domain.handover_draft import Line
from counter_app.domain.handover_obstacles import is_minor
from counter_app.domain.orientation import OTHER
from counter_app.domain.permit import Permit
from counter_app.domain.verdict import Verdict
from counter_app.usecases.answers import Paper
from counter_app.usecases.desk import Desk
from counter_app.usecases.handover_answers import NOBODY_KNOWN, HandoverAnswer
from counter_app.usecases.orient import Demand, Oriented, orient
from counter_app.usecases.papers import languages

COLLECTING, MISSED, OVER = "permit_ready", "missed_handover", "permit_renewal"
"""Motives of the directory: somebody collects a permit; they come after the hour they were given; the permit is valid
no more, and they apply again."""


def slip_demand(answer: HandoverAnswer) -> Demand:
    """What the slip of an answer says: whoever was told an hour is never sent to wait for the message that gave
    it, nor is anybody of whom nothing is known here: they are told where to ask."""
    permit = answer.permit
    if NOBODY_KNOWN in answer.notes:
        return Demand(motive=OTHER)
    if "validity_over" in answer.notes and "held" not in answer.notes:
        return Demand(motive=OVER)
    if hour_passed(answer):
        return Demand(motive=MISSED)
    if permit is None or not permit.in_stock or permit.summoned_on is None:
        return Demand(motive=COLLECTING)
    slot = permit.slot.astimezone(answer.at.tzinfo) if permit.slot else None
    if slot is None:
        return Demand(motive=COLLECTING, opening=answer.next_opening)
    if slot > answer.at:
        return Demand(motive=COLLECTING, slot=slot)
    return Demand(motive=COLLECTING, closing=answer.closes_at)


def hour_passed(answer: HandoverAnswer) -> bool:
    """Whether the person comes on a day after theirs, or after their hour once the window is closed: nothing reminds
    them of an hour that is past, and no message will give it again."""
    permit = answer.permit
    if permit is None or permit.slot is None or permit.summoned_on is None:
        return False
    if answer.verdict is Verdict.HANDOVER_CLOSED:
        return permit.slot <= answer.at
    return answer.verdict is Verdict.PERMIT_OTHER_DAY and "slot_passed" in answer.notes


def give_slip(desk: Desk, answer: HandoverAnswer) -> Oriented:
    """Record where the person was sent, with a numbered slip. It names nobody, as every slip."""
    return orient(desk, slip_demand(answer))


def reminder_of(desk: Desk, permit: Permit) -> Paper | None:
    """The reminder of the hour given to a permit's holder; None when none was given, or it is past."""
    from counter_app.documents.handover_reminder import HandoverReminderFacts, handover_reminder

    slot = permit.slot.astimezone(desk.rules.zone) if permit.slot else None
    if slot is None or slot <= desk.now():
        return None
    day = slot.date()
    stamped = Line.STAMP in desk.rules.handover_rules.checklist(permit.best("kind"), day).required
    facts = HandoverReminderFacts(
        site=desk.rules.name,
        address=desk.rules.address,
        desk=desk.name,
        receipt_number="",
        code="",
        printed_at=desk.now(),
        training=desk.training,
        slot=slot,
        return_at=slot - timedelta(minutes=desk.rules.limits_on(day).early),
        stamp_amount=permit.stamp_amount if stamped else None,
        minor=is_minor(permit, day),
    )
    return Paper(handover_reminder(facts, languages(desk)), f"rappel-remise-{day.isoformat()}.pdf")
