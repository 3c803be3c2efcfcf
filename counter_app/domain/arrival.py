"""The question of the reception desk: this person, now, here: what should happen?

`decide` answers with one verdict (the most restrictive) and the others as chips; it records nothing.
Order of restriction and limits: design of the verdicts, sections 4.1 and 4.6; limits come from the site's dated rules.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from counter_app.domain.age import age_on, under_age
from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.domain.extension import DocumentType, extension
from counter_app.domain.rules import ArrivalLimits, SiteRules
from counter_app.domain.verdict import RECORDS_ARRIVAL, Verdict
from counter_app.domain.visit import goes_on

IDENTITY_DOCUMENTS = ("passport", "permit", "other")
"""What a person can show to prove who they are."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict, what else is true, and the figures its sentence needs."""

    verdict: Verdict
    chips: tuple[Verdict, ...] = ()
    figures: dict[str, int] = field(default_factory=dict)
    """Minutes and limits: `n`, `limit`, `age`."""


RESTRICTION = (
    Verdict.ALREADY_SERVED,
    Verdict.ALREADY_CHECKED_IN,
    Verdict.CANCELLED,
    Verdict.CANCELLED_BY_OFFICE,
    Verdict.REPLACED,
    Verdict.OTHER_SITE,
    Verdict.MISSED,
    Verdict.OTHER_DAY,
    Verdict.CLOSED,
    Verdict.TOO_LATE,
    Verdict.TOO_EARLY,
    Verdict.SEE_SUPERVISOR,
    Verdict.MINOR_NEEDS_GUARDIAN,
    Verdict.LATE,
    Verdict.EXPIRED,
    Verdict.CONFLICT_PENDING,
    Verdict.EXPIRED_BUT_EXTENDED,
    Verdict.EARLY,
    Verdict.ADMITTED,
)
"""Most restrictive first. A person already inside stays inside: what is done comes before what would be allowed."""


def decide(convocation: Convocation, at: datetime, rules: SiteRules) -> Decision:
    """Verdict for a known convocation at a local moment of the site."""
    here = at.astimezone(rules.zone)
    minutes, limits = _minutes_late(convocation, here), rules.limits_on(here.date())
    age = age_on(convocation.best("birth_date"), here.date())
    true = {*_of_status(convocation, here), *_of_day(convocation, here, rules), *_of_person(convocation, here.date())}
    if true.isdisjoint(WHEN) and true.isdisjoint(SETTLED):
        true.add(_of_hour(minutes, limits))
    ordered = sorted(true, key=RESTRICTION.index)
    figures = {"n": abs(minutes), "limit": limits.late}
    return Decision(ordered[0], _chips(ordered), figures if age is None else {**figures, "age": age})


BY_THE_CLOCK = frozenset(
    {
        *(Verdict.ADMITTED, Verdict.EARLY, Verdict.TOO_EARLY, Verdict.LATE, Verdict.TOO_LATE),
        *(Verdict.OTHER_DAY, Verdict.MISSED, Verdict.CLOSED),
    }
)
"""Verdicts that are worth what the clock of the desk is worth."""


def doubted(decision: Decision, otherwise: Decision, minutes: int) -> Decision:
    """What a clock `minutes` behind leaves of a decision; `otherwise` is the same at the hour of the last act.

    Unknown is not no: somebody whom one of the two hours lets in is received, and the arrival bears the doubt.
    """
    both = {decision.verdict, otherwise.verdict}
    if decision.verdict not in BY_THE_CLOCK or both.isdisjoint(RECORDS_ARRIVAL):
        return decision
    chips = tuple(chip for chip in decision.chips if chip not in BY_THE_CLOCK)
    return Decision(Verdict.CLOCK_SKEW, chips, {**decision.figures, "n": minutes})


CANCELLED = {Verdict.CANCELLED, Verdict.CANCELLED_BY_OFFICE}
SETTLED = {Verdict.ALREADY_SERVED, Verdict.ALREADY_CHECKED_IN}
WHEN = {Verdict.OTHER_DAY, Verdict.MISSED}
UNTOLD = {Verdict.ADMITTED, Verdict.EARLY}
NOT_COME = (ConvocationStatus.EXPECTED, ConvocationStatus.MISSED, ConvocationStatus.ABSENT_FROM_LIST)
"""Who did not come on a past day missed it; who came, or was cancelled, did not."""


def _chips(ordered: list[Verdict]) -> tuple[Verdict, ...]:
    return tuple(verdict for verdict in ordered[1:] if verdict not in UNTOLD)


OF_STATUS = {
    ConvocationStatus.SERVED: Verdict.ALREADY_SERVED,
    ConvocationStatus.CHECKED_IN: Verdict.ALREADY_CHECKED_IN,
    ConvocationStatus.CANCELLED: Verdict.CANCELLED,
    ConvocationStatus.CANCELLED_BY_OFFICE: Verdict.CANCELLED_BY_OFFICE,
    ConvocationStatus.MISSED: Verdict.MISSED,
    ConvocationStatus.RESCHEDULED: Verdict.REPLACED,
    ConvocationStatus.ABSENT_FROM_LIST: Verdict.CONFLICT_PENDING,
}


def _of_status(convocation: Convocation, here: datetime) -> set[Verdict]:
    told = OF_STATUS.get(_standing(convocation, here))
    if told in {*CANCELLED, Verdict.REPLACED} and convocation.sources_disagree:
        # One list cancels what another expects: unknown is not no, a person has to look.
        told = Verdict.CONFLICT_PENDING
    found = {told} if told else set()
    return found | {Verdict.CONFLICT_PENDING} if convocation.contested else found


def _standing(convocation: Convocation, here: datetime) -> ConvocationStatus:
    """Where the convocation stands for the day that goes on: an arrival of an earlier day keeps nobody out."""
    came = any(goes_on(one.moment, here) for one in convocation.standing_arrivals)
    if came or convocation.status is not ConvocationStatus.CHECKED_IN:
        return convocation.status
    missed = convocation.listed_as is ConvocationStatus.MISSED
    return ConvocationStatus.EXPECTED if missed else convocation.listed_as


def _of_day(convocation: Convocation, here: datetime, rules: SiteRules) -> set[Verdict]:
    found = set()
    day = convocation.slot.astimezone(rules.zone).date()
    if day != here.date():
        found.add(Verdict.MISSED if day < here.date() and convocation.status in NOT_COME else Verdict.OTHER_DAY)
    if not rules.is_open(here):
        found.add(Verdict.CLOSED)
    if rules.elsewhere_of(convocation.best("place"), convocation.best("organisation")):
        found.add(Verdict.OTHER_SITE)
    return found


def _of_person(convocation: Convocation, today: date) -> set[Verdict]:
    found = set()
    if convocation.minor or under_age(convocation.best("birth_date"), today):
        found.add(Verdict.MINOR_NEEDS_GUARDIAN)
    if convocation.instruction:
        found.add(Verdict.SEE_SUPERVISOR)
    return found | _of_document(convocation, today)


def _of_document(convocation: Convocation, today: date) -> set[Verdict]:
    """A document past its date never keeps anybody out; the historical extensions of 2020 are told as such."""
    expiry = convocation.document_expiry
    if expiry is None or expiry >= today:
        return set()
    extended = extension(DocumentType.PERMIT, expiry, today)
    return {Verdict.EXPIRED_BUT_EXTENDED if extended.until >= today else Verdict.EXPIRED}


def _of_hour(minutes: int, limits: ArrivalLimits) -> Verdict:
    if minutes < -limits.very_early:
        return Verdict.TOO_EARLY
    if minutes < -limits.early:
        return Verdict.EARLY
    if minutes <= limits.on_time:
        return Verdict.ADMITTED
    return Verdict.LATE if minutes <= limits.late else Verdict.TOO_LATE


def _minutes_late(convocation: Convocation, here: datetime) -> int:
    """Whole minutes after the hour (negative: before). Seconds are dropped towards the person's advantage."""
    seconds = (here - convocation.slot).total_seconds()
    return int(seconds // 60) if seconds >= 0 else -int(-seconds // 60)
