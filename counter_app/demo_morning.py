"""The first half hour of the training day at its desk: arrivals, calls, people without an appointment, one agreement.

What the day's report counts when the day is opened; deeds happen in the order of their hours.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.domain.visit import Outcome
from counter_app.office import Office
from counter_app.usecases.answers import Override
from counter_app.usecases.calling import call_next, finish, present
from counter_app.usecases.check_in import admit
from counter_app.usecases.desk import Desk
from counter_app.usecases.let_in import let_in
from counter_app.usecases.orient import Demand, orient
from counter_app.usecases.present import choose

Deed = Callable[[], object]
SERVICE = "accueil"
OPENS = 25
"""Minutes before now at which the desk calls for the first time."""
SERVED = ((0, 1, 6), (8, 2, 6), (16, 1, 5))
"""Minutes of a call after the first one, then to the presence, then to the end."""
SENT = ((3, "permit_renewal"), (9, "phone_changed"), (14, "duplicate"), (20, "permit_renewal"))
CAME_IN = ((5, "resident_card_renewal"), (18, "change_of_situation"))
"""Minutes after the first call, and what the person asked for."""
AGREED = 12
SUPERVISOR, REASON = "Mme Cheffe", "Annulé par erreur, la personne est là"


def live(office: Office, now: datetime, due: Sequence[Convocation], handovers: Iterable[tuple[datetime, Deed]]) -> None:
    """Play the beginning of the morning. `due`: those whose hour has come; one in five of them is late."""
    opens = now - timedelta(minutes=OPENS)
    deeds = [
        *_arrivals(office.desk, due),
        *_at_the_door(office.desk, opens),
        *_at_the_desk(office.desk, opens),
        *handovers,
    ]
    agreed = next(one for one in due if one.status is ConvocationStatus.CANCELLED)
    for place, override in enumerate((None, Override(REASON, SUPERVISOR))):
        deeds.append((opens + timedelta(minutes=AGREED + place), partial(admit, office.desk, agreed.id, override)))
    for moment, deed in sorted(deeds, key=lambda one: one[0]):
        office.desk.clock = partial(_at, moment)
        deed()


def _arrivals(desk: Desk, due: Sequence[Convocation]) -> Iterator[tuple[datetime, Deed]]:
    for place, one in enumerate(due):
        if place % 5 != 4:
            yield one.slot - timedelta(minutes=7 - place % 4), partial(_arrive, desk, one.id)


def _arrive(desk: Desk, convocation_id: str) -> None:
    if choose(desk, convocation_id).would_record:
        admit(desk, convocation_id)


def _at_the_door(desk: Desk, opens: datetime) -> Iterator[tuple[datetime, Deed]]:
    for minutes, motive in SENT:
        yield opens + timedelta(minutes=minutes, seconds=20), partial(orient, desk, Demand(motive))
    for minutes, motive in CAME_IN:
        yield opens + timedelta(minutes=minutes, seconds=40), partial(let_in, desk, Demand(motive))


def _at_the_desk(desk: Desk, opens: datetime) -> Iterator[tuple[datetime, Deed]]:
    """Each person is called, comes, and is received to the end: whoever is called is the one of the queue's order."""
    for minutes, comes, lasts in SERVED:
        called: list[str] = []
        at = opens + timedelta(minutes=minutes)
        yield at, partial(_call, desk, called)
        yield at + timedelta(minutes=comes), partial(_with, called, partial(present, desk))
        end = partial(finish, desk, outcome=Outcome.RECEIVED)
        yield at + timedelta(minutes=comes + lasts), partial(_with, called, end)


def _call(desk: Desk, called: list[str]) -> None:
    answer = call_next(desk, SERVICE)
    assert answer.line, "somebody waits"
    called.append(answer.line.visit.id)


def _with(called: Sequence[str], deed: Callable[[str], object]) -> None:
    deed(called[0])


def _at(moment: datetime) -> datetime:
    return moment
