"""Verbs of the waiting room: who waits, who is called, what became of them."""

import argparse
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date

from counter_app.cli import shapes
from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.online import OnlineLock
from counter_app.cli.opening import at_the_desk
from counter_app.cli.orient import not_understood
from counter_app.domain.acts import Json
from counter_app.domain.orientation_search import find, named
from counter_app.domain.visit import Outcome, Priority
from counter_app.domain.visit_story import LIVE, Stage
from counter_app.office import Office
from counter_app.telling.queue import (
    done_told,
    load_told,
    not_done,
    numbers_told,
    passed_told,
    refusal_told,
    state_told,
    unheard_told,
)
from counter_app.telling.verdicts import unsure_told
from counter_app.usecases import calling
from counter_app.usecases import let_in as letting_in
from counter_app.usecases import queue as looking
from counter_app.usecases.answers import Certainty
from counter_app.usecases.desk import Desk
from counter_app.usecases.freshness import certainty, others_now
from counter_app.usecases.orient import Demand
from counter_app.usecases.queue_answers import Load, QueueAnswer, QueueLine, QueueRefusal, WhichDay
from counter_app.wording.catalogue import text
from counter_app.wording.choices import listed
from counter_app.wording.dates import hour

Shape = dict[str, Json]


@at_the_desk
def queue(office: Office, options: argparse.Namespace) -> Answer:
    """The waiting room now."""
    day = looking.queue(office.desk, options.service)
    if isinstance(day, QueueRefusal):
        return _refused(day, [listed(office.desk.rules.queue.names)])
    known, doubt = _known(office.desk)
    lists = ("waiting", "called", "serving", "absent", "finished", "mine")
    shape: Shape = {
        "at": day.at.isoformat(),
        "service": options.service or None,
        **known,
        "load": _load(day.load),
        **{name: [_line(one) for one in getattr(day, name)] for name in lists},
    }
    told = (_told(office.desk, line) for line in (*day.called, *day.serving, *day.waiting))
    return Answer(DONE, shape, "\n".join((load_told(day.load), *told)), warnings=doubt)


def _known(desk: Desk) -> tuple[Shape, tuple[str, ...]]:
    """How far what other desks did is known, as `check-in` says it; and what is said beside when it is not."""
    others = others_now(desk)
    at, sure = others.verified_at, certainty(desk, others)
    doubt = (unsure_told(at, desk.now(), desk.rules),) if sure is Certainty.UNSURE else ()
    return {"verified_at": at.isoformat() if at else None, "certainty": sure.value}, doubt


@at_the_desk
def call_next(office: Office, options: argparse.Namespace) -> Answer:
    """The next person, or one of them out of turn."""
    lock = OnlineLock(office)
    if not options.call:
        return _called(office, calling.call_next(office.desk, options.service, lock), lock)
    found = _meant(office.desk, options.call, options.day)
    if isinstance(found, Answer):
        return found
    if found.day_over and found.earlier:
        return of_refusal("day_over", _DAY_OVER.format(day=found.earlier))
    return _called(office, calling.call(office.desk, found.visit.id, options.reason, lock), lock)


def _called(office: Office, answer: QueueAnswer, lock: OnlineLock) -> Answer:
    said = _said(office, answer, "called")
    called = answer.line.visit.id if answer.done and answer.line else ""
    return replace(said, once_sent=lambda: lock.free(called)) if called else said


Gesture = Callable[[Desk, str, argparse.Namespace], QueueAnswer]
_GESTURES: dict[str, tuple[str, Gesture]] = {
    "recall": ("recalled", lambda desk, one, _options: calling.recall(desk, one)),
    "present": ("present", lambda desk, one, _options: calling.present(desk, one)),
    "absent": ("absent", lambda desk, one, _options: calling.absent(desk, one)),
    "park": ("parked", lambda desk, one, options: calling.park(desk, one, options.reason)),
    "back": ("back", lambda desk, one, _options: calling.take_back(desk, one)),
    "left": ("left", lambda desk, one, options: calling.leave(desk, one, options.reason)),
    "finish": (
        "finished",
        lambda desk, one, options: calling.finish(desk, one, Outcome(options.outcome), options.reason),
    ),
    "transfer": (
        "transferred",
        lambda desk, one, options: calling.transfer(desk, one, options.service, options.to, options.reason),
    ),
    "begin": ("begun", lambda desk, one, options: calling.begin(desk, one, options.service)),
    "priority": ("prioritised", lambda desk, one, options: calling.prioritise(desk, one, _priority(options.priority))),
}


_FROM: dict[str, Collection[Stage]] = {
    **dict.fromkeys(("recall", "present", "absent"), (Stage.CALLED,)),
    "finish": (Stage.SERVING,),
    "begin": (Stage.SERVING, Stage.FINISHED),
    "back": (Stage.PARKED, Stage.ABSENT, Stage.LEFT),
    "transfer": (*looking.OPEN, Stage.FINISHED),
}
"""Where somebody stands whom a gesture can be about; any other gesture: whoever may still be received."""
OF_ANOTHER_DAY: dict[str, frozenset[Stage]] = {
    "finish": frozenset({Stage.SERVING, Stage.PARKED}),
    "left": LIVE,
    "present": frozenset({Stage.CALLED}),
}
"""What can be said of a passage of another day, and where somebody stands whom a desk had called by then."""
_DAY_OVER = (
    "La journée du {day:%d/%m/%Y} est passée : d’une visite restée ouverte, seuls se notent encore left (parti sans "
    "être reçu), et, au poste qui avait appelé la personne, present (présent au guichet) de qui n’avait pas répondu, "
    "finish (terminer la visite) de qui était au guichet ou mis de côté depuis. Pour recevoir la personne aujourd’hui, "
    "enregistrez son arrivée."
)


@at_the_desk
def visit(office: Office, options: argparse.Namespace) -> Answer:
    """Something done with one person."""
    found = _meant(office.desk, options.number, options.day, options.gesture)
    if isinstance(found, Answer):
        return found
    if found.day_over and found.earlier and not _ends(office.desk, found, options.gesture):
        return of_refusal("day_over", _DAY_OVER.format(day=found.earlier))
    slug, gesture = _GESTURES[options.gesture]
    return _said(office, gesture(office.desk, found.visit.id, options), slug)


def _ends(desk: Desk, line: QueueLine, gesture: str) -> bool:
    """Whether a gesture can say how somebody's visit of a day that is over ended."""
    stage = line.visit.stage
    if gesture == "finish":
        waited = stage in (Stage.WAITING, Stage.PARKED, Stage.ABSENT)
        return not waited or looking.put_aside_here(desk, line.visit)
    return gesture == "left" or (gesture == "present" and stage is Stage.CALLED)


def _meant(desk: Desk, number: str, day: date | None, gesture: str = "") -> QueueLine | Answer:
    """Whose number it is; or why nobody can tell."""
    today = desk.now().date()
    if day:
        found = looking.find_visit(desk, number, day)
        if found is None and day != today:
            told = f"Ce numéro n’est pas dans la file du {day:%d/%m/%Y}. Vérifiez-le sur le ticket."
            return of_refusal(QueueRefusal.UNKNOWN_NUMBER.value, told)
        return found or _refused(QueueRefusal.UNKNOWN_NUMBER, ())
    answer = looking.find_now(desk, number, _FROM.get(gesture, looking.OPEN), OF_ANOTHER_DAY.get(gesture, ()))
    if isinstance(answer, WhichDay):
        return of_refusal("which_day", _which_day(answer, today))
    return answer or _refused(QueueRefusal.UNKNOWN_NUMBER, ())


def _which_day(answer: WhichDay, today: date) -> str:
    """Which days the number can be of, and how to say the one that is meant."""
    told = [f"{day:%d/%m/%Y}" if day != today else f"{day:%d/%m/%Y} (aujourd’hui)" for day in answer.days]
    several = "Plusieurs passages portent ce numéro : ceux du {}. Dites duquel il s’agit"
    one = (
        "Ce numéro n’est pas dans la file d’aujourd’hui : un passage du {}, resté ouvert, le porte. S’il s’agit de lui"
    )
    head = (several if len(told) > 1 else one).format(" et du ".join(told))
    options = " ou ".join(f"--day {day.isoformat()}" for day in answer.days)
    return f"{head}, ajoutez {options}. Rien n’a été enregistré."


@at_the_desk
def let_in(office: Office, options: argparse.Namespace) -> Answer:
    """Somebody without an appointment, with a number."""
    desk = office.desk
    if options.service and desk.rules.queue.service(options.service) is None:
        return _refused(QueueRefusal.UNKNOWN_SERVICE, [listed(desk.rules.queue.names)])
    motives = desk.directory().motives.values()
    motive = named(motives, options.motive) if options.motive else None
    if options.motive and motive is None:
        return of_refusal("unknown_motive", not_understood(find(motives, options.motive)))
    demand = Demand(motive.slug if motive else "")
    done = letting_in.let_in(desk, demand, _priority(options.priority), options.service)
    found = looking.find_visit(desk, done.ticket.ticket)
    assert found is not None, "somebody just let in is in the queue"
    shape: Shape = {"visit": _line(found), "receipt": shapes.receipt(done.ticket)}
    return Answer(DONE, shape, done_told("let_in", found, desk.rules.queue))


def _priority(told: str | None) -> Priority | None:
    return Priority(told) if told and told != "none" else None


def _said(office: Office, answer: QueueAnswer, slug: str) -> Answer:
    told = not_done(answer, office.desk.rules.queue.limits_on(office.desk.now().date()))
    done = done_told(slug, answer.line, office.desk.rules.queue) if answer.done and answer.line else ""
    warning = " ".join(filter(None, (unheard_told(answer), passed_told(answer))))
    known, doubt = _known(office.desk)
    shape: Shape = {
        "done": answer.done,
        "refusal": answer.refusal.value if answer.refusal else None,
        "message": told or done,
        "warning": warning or None,
        "wait_seconds": int(answer.wait.total_seconds()),
        "visit": _line(answer.line) if answer.line else None,
        **known,
    }
    return Answer(DONE if answer.done else NO, shape, "\n".join(filter(None, (told or done, warning))), doubt)


def _refused(refusal: QueueRefusal, others: Iterable[str]) -> Answer:
    return of_refusal(refusal.value, refusal_told(refusal, tuple(others)))


def _load(load: Load) -> Shape:
    return {"waiting": load.waiting, "word": load.word, "least_minutes": load.least, "most_minutes": load.most}


def _line(line: QueueLine) -> Shape:
    visit, call = line.visit, line.visit.call
    return {
        "ticket": visit.number,
        "tickets": list(visit.numbers),
        "name": line.name or None,
        "day": visit.day.isoformat() if visit.day else None,
        "stage": visit.stage.value,
        "service": visit.service,
        "slot": visit.slot.isoformat() if visit.slot else None,
        "arrived_at": visit.arrived_at.isoformat() if visit.arrived_at else None,
        "waited_minutes": int(line.waited.total_seconds() // 60),
        "priority": visit.priority,
        "desk": call.desk if call else None,
        "called_at": call.called.moment.isoformat() if call else None,
        "calls": len(call.announced) if call else 0,
        "awaited_by": visit.awaited_by,
        "outcome": visit.outcome,
        "called_twice": [one.desk for one in line.contradictory],
    }


def _told(desk: Desk, line: QueueLine) -> str:
    at = line.visit.slot
    slot = (
        text("queue.slot", "fr", hour=hour(at.astimezone(desk.rules.zone), "fr")) if at else text("queue.no_slot", "fr")
    )
    waited = text("queue.wait", "fr", n=int(line.waited.total_seconds() // 60))
    return " · ".join(filter(None, (numbers_told(line), slot, line.name, state_told(line), waited)))
