"""Every figure counted again from the journal, one act after the other, the slow way: what the quick way must tell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median
from typing import TypeVar

from counter_app.domain import convocation_fold, permit_fold, receipt, visit_fold
from counter_app.domain.acts import Act, ActKind, Json, SubjectType
from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.domain.corrected import resembles
from counter_app.domain.day_figures import NOT_MEASURED, parts_of, wait_of
from counter_app.domain.handover_attempts import counted_as
from counter_app.domain.handover_record import HandoverRecord, record_in
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import Mark
from counter_app.domain.receipt import Receipt
from counter_app.domain.recorded_arrival import Arrival
from counter_app.domain.rules import SiteRules
from counter_app.domain.visit import Visit
from counter_app.domain.visit_story import Stage

ENDINGS = ("received", "absent", "left", "rescheduled", "cancelled", "open")
OF_A_LIST = {
    "served": "received",
    "missed": "absent",
    "cancelled": "cancelled",
    "cancelled_by_office": "cancelled",
    "rescheduled": "rescheduled",
    "checked_in": "open",
    "absent_from_list": "open",
}
OF_A_DESK = {"received": "received", "redirected": "received", "rescheduled": "rescheduled", "left": "left"}
CAME = (ConvocationStatus.CHECKED_IN, ConvocationStatus.SERVED)
"""A desk let the person in, or a list says that somebody received them."""
LEFT: Mapping[str, str] = {
    ActKind.PERMIT_HANDED_OVER: "handed_over",
    ActKind.PERMIT_SENT_BACK: "returned",
    ActKind.PERMIT_POSTED: "returned",
}
TAKEN_BACK = (ActKind.HANDOVER_UNDONE, ActKind.BORDEREAU_VOIDED)
"""What these name never took place."""
T = TypeVar("T")


class Recount:
    """Some days of a journal, counted figure by figure."""

    def __init__(self, acts: Sequence[Act], rules: SiteRules, now: datetime, first: date, last: date) -> None:
        self.acts, self.rules, self.now, self.first, self.last = acts, rules, now, first, last
        listed = [one for one in self._of(SubjectType.CONVOCATION, convocation_fold.fold) if one.listings]
        self._purposes = {one.id: one.purpose for one in listed}
        self.people = [one for one in listed if self._within(one.slot.date())]
        visits = self._of(SubjectType.VISIT, visit_fold.fold)
        self._passed = [one for one in visits if one.day and one.stage is not Stage.VOID]
        self.visits = [one for one in self._passed if one.day and self._within(one.day)]
        self.permits = [one for one in self._of(SubjectType.PERMIT, permit_fold.fold) if one.card_number]
        self.papers = self._of(SubjectType.RECEIPT, _paper)

    def _of(self, kind: SubjectType, fold: Callable[[Iterable[Act]], T | None]) -> list[T]:
        mine: dict[str, list[Act]] = {}
        for act in self.acts:
            if act.subject.type == kind:
                mine.setdefault(act.subject.id, []).append(act)
        return [found for one in mine.values() if (found := fold(one)) is not None]

    def _within(self, day: date) -> bool:
        return self.first <= day <= self.last

    def _acts(self, *kinds: str) -> list[Act]:
        return [act for act in self.acts if act.kind in kinds and self._within(act.at.date())]

    # People

    def visit_of(self, person: Convocation) -> Visit | None:
        """That of the day of the appointment; of somebody let in on another day, the last one."""
        mine = sorted(
            (one for one in self._passed if one.convocation == person.id), key=lambda one: one.day or date.min
        )
        that_day = next((one for one in mine if one.day == person.slot.date()), None)
        return that_day or (mine[-1] if mine and person.status in CAME else None)

    def _handed(self) -> list[tuple[Permit, list[Mark]]]:
        """Cards whose first handover that stands is of these days, with all those that stand: disputed ones too."""
        gone = [(one, [mark for mark in one.departures if mark.kind == "permit_handed_over"]) for one in self.permits]
        return [
            (one, marks) for one, marks in gone if marks and self._within(min(mark.moment for mark in marks).date())
        ]

    def _collected(self, person: Convocation) -> bool:
        """A permit of this number was handed over that day; of several appointments, the first for a handover."""
        mine = [marks for one, marks in self._handed() if one.foreign_number == person.foreign_number]
        days = {min(mark.moment for mark in marks).date() for marks in mine}
        if not person.foreign_number or person.slot.date() not in days:
            return False
        same = [one for one in self.people if one.foreign_number == person.foreign_number]
        that_day = sorted((one for one in same if one.slot.date() == person.slot.date()), key=lambda one: one.slot)
        meant = (
            that_day
            if len(that_day) == 1
            else [one for one in that_day if self._service(one, None) == "Remise des titres"]
        )
        return bool(meant) and meant[0].id == person.id

    def _service(self, person: Convocation, visit: Visit | None) -> str:
        queue = self.rules.queue
        service = queue.service(visit.service) if visit else None
        return (service or queue.service_for(person.purpose, person.best("service"))).name

    def _ending(self, person: Convocation) -> str:
        visit = self.visit_of(person)
        if self._collected(person):
            return "received"
        if visit:
            return _of_visit(visit)
        late = timedelta(minutes=self.rules.limits_on(person.slot.date()).late)
        missing = self.now > person.slot + late and not self._perhaps_received(person)
        return OF_A_LIST.get(person.status.value, "absent" if missing else "open")

    def _perhaps_received(self, person: Convocation) -> bool:
        """Somebody came who is in no list any more and resembles this person, and no list ever named both."""

        def lists(one: Convocation) -> set[str]:
            return {told.list_id for told in one.told or one.listings if told.list_id}

        came = [one for one in self.people if one.status in CAME and one.id != person.id]
        gone = [one for one in came if not any(listing.present for listing in one.listings)]
        return any(
            resembles(old, new) and not lists(one) & lists(person)
            for one in gone
            for old in one.listings
            for new in person.listings
            if old.source == new.source
        )

    def balance_of(self, people: Sequence[Convocation]) -> dict[str, Json]:
        return _balance([self._ending(one) for one in people])

    def _waits(self, people: Sequence[Convocation]) -> dict[str, Json]:
        waits: list[tuple[float, bool]] = []
        for one in people:
            visit = self.visit_of(one)
            waited = wait_of(visit) if visit else None
            if waited == NOT_MEASURED:
                waits.append((waited, False))
            elif waited is not None:
                target = self.rules.queue.limits_on(one.slot.date()).target
                waits.append((waited, waited <= target.total_seconds()))
        measured = [within for waited, within in waits if waited != NOT_MEASURED]
        share = sum(measured) / len(measured) if measured else None
        return _times([waited for waited, _within in waits], share)

    def _groups(self, name_of: Callable[[Convocation], str], given: list[tuple[str, float]]) -> list[Json]:
        """`given`: each service that ended, with the name of its group."""
        names = sorted({name_of(one) for one in self.people} | {name for name, _seconds in given})
        some = [(name, [one for one in self.people if name_of(one) == name]) for name in names]
        return [
            {
                "name": name,
                **self.balance_of(mine),
                "waits": self._waits(mine),
                "service_times": _times([seconds for group, seconds in given if group == name], None),
            }
            for name, mine in some
        ]

    def given(self, visit: Visit) -> list[tuple[str, float]]:
        """Each service that was given in a passage and ended: its name, and how long it took."""
        known = {one.key: one.name for one in self.rules.queue.services}
        return [(known[one.service], one.seconds) for one in parts_of(visit)]

    # Figures, by their names in JSON

    def balance(self) -> Json:
        return self.balance_of(self.people)

    def walk_ins(self) -> Json:
        return _balance([_of_visit(one) for one in self.visits if one.convocation is None])

    def arrivals(self) -> Json:
        at = [one.arrived_at.astimezone(self.rules.zone) for one in self.visits if one.arrived_at]
        halves = [one.hour * 2 + one.minute // 30 for one in at]
        between = range(min(halves), max(halves) + 1) if halves else ()
        return {f"{half // 2:02}:{half % 2 * 30:02}": halves.count(half) for half in between}

    def waits(self) -> Json:
        return self._waits(self.people)

    def walk_in_waits(self) -> Json:
        let_in = [(one.day, wait_of(one)) for one in self.visits if one.convocation is None and one.day]
        waits = [(waited, self.rules.queue.limits_on(day).target) for day, waited in let_in if waited is not None]
        measured = [waited <= target.total_seconds() for waited, target in waits if waited != NOT_MEASURED]
        share = sum(measured) / len(measured) if measured else None
        return _times([waited for waited, _target in waits], share)

    def service_times(self) -> Json:
        return _times([one.seconds for visit in self.visits for one in parts_of(visit)], None)

    def service_times_at(self, desk: str) -> Json:
        """Those of the services that one desk began, wherever the person was called afterwards."""
        given = [
            part
            for visit in self.visits
            for begun, part in zip((one for one in visit.services if one.ended_at), parts_of(visit), strict=True)
            if begun.desk == desk
        ]
        return _times([one.seconds for one in given], None)

    def by_service(self) -> Json:
        given = [part for visit in self.visits for part in self.given(visit)]
        return self._groups(lambda one: self._service(one, self.visit_of(one)), given)

    def by_purpose(self) -> Json:
        came = [(self._purposes[one.convocation], one) for one in self.visits if one.convocation]
        given = [(purpose, seconds) for purpose, visit in came for _service, seconds in self.given(visit)]
        return self._groups(lambda one: one.purpose, given)

    def without_appointment(self) -> Json:
        undone = {act.details["act"] for act in self.acts if act.kind == ActKind.ORIENTATION_UNDONE}
        told = [str(act.details["channel"]) for act in self._acts(ActKind.ORIENTED) if act.act_id not in undone]
        told += [one.told("channel") or "unknown" for one in self.visits if one.convocation is None]
        return {name: told.count(name) for name in told}

    def stopped(self) -> Json:
        told = [counted_as(str(act.details["verdict"]), act.details) for act in self._attempts()]
        return {name: told.count(name) for name in told}

    def _attempts(self) -> list[Act]:
        return self._acts(ActKind.ARRIVAL_ATTEMPTED, ActKind.HANDOVER_ATTEMPTED)

    def handover(self) -> Json:
        """Each card, each day: in stock in the morning, in the evening, or on its way."""
        counted = dict.fromkeys(("received", "handed_over", "returned", "morning", "evening"), 0)
        for permit in self.permits:
            ways = self._ways(permit.id)
            counted["morning"] += sum(move for day, move, _how in ways if day < self.first)
            counted["evening"] += sum(move for day, move, _how in ways if day <= self.last)
            for day, _move, how in ways:
                counted[how] += self._within(day)
        return {**counted, "wrong_sleeves": sum(act.details.get("near_miss") is True for act in self._attempts())}

    def _ways(self, permit: str) -> list[tuple[date, int, str]]:
        """Each way in and out of a card, act after act: the day, one more or one less, under which figure."""
        acts = sorted((act for act in self.acts if act.subject.id == permit), key=lambda act: act.order)
        void = {str(one) for act in acts if act.kind in TAKEN_BACK for one in _acts_named(act)}
        left = [act.order for act in acts if act.kind in LEFT and act.act_id not in void]
        lots = [act for act in acts if act.kind == ActKind.PERMIT_RECEIVED]
        before = [act for act in lots if not left or act.order < left[0]] or lots[:1]
        out: dict[str, tuple[date, str]] = {}
        ways = [(date.fromisoformat(str(before[-1].details["received_on"])), 1, "received")]
        for act in acts:
            if act.kind in LEFT and act.act_id not in void:
                out[act.act_id] = (act.at.date(), LEFT[act.kind])
            elif act.kind == ActKind.PERMIT_BACK_IN_STOCK and (mine := out.keys() & {*_acts_named(act)}):
                gone = max(ways[-1][0], min(out.pop(one)[0] for one in mine))
                ways += [(gone, -1, "returned"), (max(gone, act.at.date()), 1, "received")]
        if out:
            how = min(how for _day, how in out.values())
            ways.append((max(ways[-1][0], min(day for day, _how in out.values())), -1, how))
        return ways

    def agreements(self) -> Json:
        return len(self._agreed_arrivals()) + sum(bool(one.agreed) for one in self._records())

    def _agreed_arrivals(self) -> list[Arrival]:
        """Of each day on which somebody came, the first arrival, when a supervisor agreed to it."""
        came = [(person.id, one.moment.date(), one) for person in self.people for one in person.standing_arrivals]
        first = [
            min((one.moment, one.act_id) for who, on, one in came if (who, on) == (mine, day)) for mine, day, _ in came
        ]
        return [one for (_, _, one), (_, act) in zip(came, first, strict=True) if one.act_id == act and one.approved_by]

    def _records(self) -> list[HandoverRecord]:
        return [record for _one, marks in self._handed() for mark in marks if (record := record_in(mark))]

    def reprints(self) -> Json:
        mine = [one for one in self.papers if self._within(datetime.fromisoformat(one.issued_at).date())]
        return sum(max(0, one.copies - 1) for one in mine)

    def offline(self) -> Json:
        return sum(one.offline for one in self._records())

    def arrivals_taken_back(self) -> Json:
        return len(self._acts(ActKind.ARRIVAL_UNDONE))

    def gestures_at(self, desk: str) -> dict[str, Json]:
        """Those of one desk: who signed decides, and of people let in who called them last."""
        undone = {act.details["act"] for act in self.acts if act.kind == ActKind.ORIENTATION_UNDONE}
        told = [one for one in self._acts(ActKind.ORIENTED) if one.act_id not in undone and one.author.desk == desk]
        channels = [str(one.details["channel"]) for one in told]
        let_in = (one for one in self.visits if one.convocation is None and one.call and one.call.desk == desk)
        channels += [one.told("channel") or "unknown" for one in let_in]
        theirs = [one for one in self._attempts() if one.author.desk == desk]
        stopped = [counted_as(str(one.details["verdict"]), one.details) for one in theirs]
        arrivals = self._agreed_arrivals()
        marks = [mark for _permit, marks in self._handed() for mark in marks if mark.desk == desk]
        records = [record_in(mark) for mark in marks]
        days = [datetime.fromisoformat(one.issued_at).date() for one in self.papers]
        papers = [one for one, day in zip(self.papers, days, strict=True) if self._within(day) and one.desk == desk]
        return {
            "without_appointment": {name: channels.count(name) for name in channels},
            "stopped": {name: stopped.count(name) for name in stopped},
            "agreements": sum(one.desk == desk for one in arrivals) + sum(bool(one and one.agreed) for one in records),
            "reprints": sum(max(0, one.copies - 1) for one in papers),
            "offline": sum(bool(one and one.offline) for one in records),
            "arrivals_taken_back": sum(one.author.desk == desk for one in self._acts(ActKind.ARRIVAL_UNDONE)),
        }


FIGURES = (
    *("balance", "walk_ins", "arrivals", "waits", "walk_in_waits", "service_times", "by_service", "by_purpose"),
    *("without_appointment", "stopped", "handover", "agreements", "reprints", "offline", "arrivals_taken_back"),
)
"""Every figure that the journal alone tells."""


def _of_visit(visit: Visit) -> str:
    if visit.stage in (Stage.LEFT, Stage.ABSENT):
        return "left"
    return OF_A_DESK[visit.outcome or "received"] if visit.stage is Stage.FINISHED else "open"


def _balance(endings: Sequence[str]) -> dict[str, Json]:
    return {"convened": len(endings), **{name: endings.count(name) for name in ENDINGS}}


def _times(seconds: Sequence[float], share: float | None) -> dict[str, Json]:
    ordered = sorted(one for one in seconds if one != NOT_MEASURED)
    untold = len(seconds) - len(ordered)
    if not ordered:
        nothing = dict.fromkeys(("median", "p90", "longest", "within_target"))
        return {"count": 0, **nothing, "not_measured": untold}
    told = (median(ordered), ordered[ceil(0.9 * len(ordered)) - 1], ordered[-1])
    minutes = dict(zip(("median", "p90", "longest"), (f"{round(one / 60, 1):g}" for one in told), strict=True))
    within = None if share is None else f"{round(share, 4):g}"
    return {"count": len(ordered), **minutes, "within_target": within, "not_measured": untold}


def _acts_named(act: Act) -> list[str]:
    named = act.details["acts"]
    assert isinstance(named, list)
    return [str(one) for one in named]


def _paper(acts: Iterable[Act]) -> Receipt | None:
    state: Receipt | None = None
    for act in sorted(acts, key=lambda act: act.order):
        state = receipt.apply(state, act)
    return state
