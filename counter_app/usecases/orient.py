"""Orient: send somebody without an appointment to the right channel, count it, and give a numbered slip."""

from dataclasses import dataclass, replace

from counter_app.domain.acts import ActKind, Subject, SubjectType
from counter_app.domain.orientation import Advice, Held, decide
from counter_app.domain.orientation_search import find
from counter_app.domain.receipt import ReceiptKind
from counter_app.store.journal import new_act_id
from counter_app.usecases.answers import IssuedReceipt
from counter_app.usecases.desk import Desk
from counter_app.usecases.receipts import issue
from counter_app.usecases.slips import Demand, advise, details_of

__all__ = ["Demand", "Oriented", "advice", "likely", "orient"]


@dataclass(frozen=True, slots=True)
class Oriented:
    """An orientation recorded."""

    demand: Demand
    advice: Advice
    act_id: str
    slip: IssuedReceipt


def advice(desk: Desk, demand: Demand) -> Advice:
    """Where the person goes, today. Records nothing: looking is not an act."""
    return advise(desk, demand, desk.now().date())


def likely(desk: Desk, text: str, held: Held | None = None) -> tuple[Advice, ...]:
    """What a text of three letters can mean, the likeliest first, each with where it leads today."""
    directory, day = desk.directory(), desk.now().date()
    return tuple(decide(directory, motive, day) for motive in find(directory.motives.values(), text, held))


def orient(desk: Desk, demand: Demand) -> Oriented:
    """Record where a person was sent, with a numbered slip, in one transaction. No identity is asked."""
    demand = replace(demand, language=demand.language or desk.paper_language or desk.rules.second_language)
    with desk.gesture() as gesture:
        told = advise(desk, demand, gesture.at.date())
        subject = Subject(SubjectType.ORIENTATION, new_act_id(gesture.at))
        act = gesture.record(ActKind.ORIENTED, subject, details_of(demand, told))
        slip = issue(desk, gesture, ReceiptKind.ORIENTATION_SLIP, "", subject.id)
    return Oriented(demand, told, act.act_id, slip)
