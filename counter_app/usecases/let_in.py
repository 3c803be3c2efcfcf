"""Let somebody in without an appointment: a number in the queue of a service. No identity is asked."""

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.receipt import ReceiptKind
from counter_app.domain.visit import Priority
from counter_app.store.journal import new_act_id
from counter_app.usecases.desk import Desk
from counter_app.usecases.orient import Demand, advice
from counter_app.usecases.queue_answers import LetIn
from counter_app.usecases.receipts import issue


def let_in(desk: Desk, demand: Demand, priority: Priority | None = None, service: str = "") -> LetIn:
    """A passage without an appointment, with its ticket, in one transaction.

    The service is the one named, else that of the motive. What the person could have done elsewhere is kept: figures
    tell how many came all the same. Without a motive nobody was sent anywhere: no channel is kept.
    """
    told = advice(desk, demand)
    motive = told.motive.names["fr"] if told.motive else ""
    queue = desk.rules.queue
    served = queue.service(service) or queue.service_for(motive)
    with desk.gesture() as gesture:
        subject = Subject(SubjectType.VISIT, new_act_id(gesture.at))
        ticket = issue(desk, gesture, ReceiptKind.ARRIVAL_TICKET, "", subject.id, served.letter)
        details: dict[str, Json] = {
            "day": gesture.at.astimezone(desk.rules.zone).date().isoformat(),
            "service": served.key,
            "number": ticket.ticket,
            "receipt": ticket.id,
            "motive": demand.motive,
            "purpose": motive,
            "wants_to_file": demand.wants_to_file,
            "after": [],
            **({"channel": told.channel.value} if told.motive else {}),
        }
        gesture.record(ActKind.VISIT_OPENED, subject, {**details, **({"priority": priority.value} if priority else {})})
    return LetIn(subject.id, ticket)
