"""Pages of the desk: which facts go on which paper."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, TypedDict

from counter_app.domain.convocation import Convocation
from counter_app.usecases.answers import IssuedReceipt, Paper
from counter_app.usecases.desk import Desk
from counter_app.usecases.ticket_place import TicketPlace
from counter_app.wording.dates import birth_date_words

if TYPE_CHECKING:
    from counter_app.documents.facts import DayListRow

# The page makers are imported when the first page is made: they cost as much as the whole window to load.


def ticket_page(desk: Desk, receipt: IssuedReceipt, place: TicketPlace, printed_at: datetime) -> bytes:
    """The page of a waiting ticket, as PDF."""
    from counter_app.documents.arrival_ticket import arrival_ticket
    from counter_app.documents.facts import TicketFacts

    facts = TicketFacts(
        **of_receipt(desk, receipt, printed_at),
        ticket=receipt.ticket,
        arrived_at=receipt.issued_at,
        slot=place.slot,
        purpose=place.purpose,
        place=place.place,
        wait=place.wait,
    )
    return arrival_ticket(facts, languages(desk))


def proof_page(desk: Desk, receipt: IssuedReceipt, convocation: Convocation, printed_at: datetime) -> bytes:
    """The page of a proof of presence, as PDF."""
    from counter_app.documents.facts import ProofFacts
    from counter_app.documents.proof_of_presence import proof_of_presence

    arrival = next((one for one in convocation.arrivals if one.act_id == receipt.arrival), None)
    facts = ProofFacts(
        **of_receipt(desk, receipt, printed_at),
        name=convocation.name,
        foreign_number=convocation.foreign_number or "",
        came_at=arrival.moment if arrival else receipt.issued_at,
        slot=convocation.slot,
        purpose=convocation.purpose,
        agent=receipt.agent,
    )
    return proof_of_presence(facts, languages(desk))


class _OfReceipt(TypedDict):
    """What every paper of a receipt carries."""

    site: str
    address: str
    desk: str
    receipt_number: str
    code: str
    printed_at: datetime
    copy: int
    training: bool
    undone: bool


def of_receipt(desk: Desk, receipt: IssuedReceipt, printed_at: datetime) -> _OfReceipt:
    """The facts that every paper of a receipt carries."""
    return {
        "site": desk.rules.name,
        "address": desk.rules.address,
        "desk": receipt.desk,
        "receipt_number": receipt.number,
        "code": receipt.code,
        "printed_at": printed_at,
        "copy": receipt.copies,
        "training": desk.training,
        "undone": receipt.undone,
    }


REMINDED: dict[str, Literal["early", "too_early", "other_day", "replaced", "other_site"]] = {
    "early": "early",
    "too_early": "too_early",
    "other_day": "other_day",
    "replaced": "replaced",
    "other_site": "other_site",
}


def reminder_page(desk: Desk, convocation: Convocation, verdict: str) -> Paper:
    """The appointment reminder of somebody who came at another hour, day or place than theirs."""
    from counter_app.documents.facts import ReminderFacts
    from counter_app.documents.reminder import reminder
    from counter_app.store.convocation_rows import code_of

    code = code_of(convocation)
    there = desk.rules.elsewhere_of(convocation.best("place"), convocation.best("organisation"))
    facts = ReminderFacts(
        site=desk.rules.name,
        address=desk.rules.address,
        desk=desk.name,
        receipt_number="",
        code=code,
        printed_at=desk.now(),
        training=desk.training,
        verdict=REMINDED.get(verdict, "other_day"),
        slot=convocation.slot,
        return_at=convocation.slot - timedelta(minutes=desk.rules.limits_on(convocation.slot.date()).early),
        purpose=convocation.listing.desk or "",
        place=there.place if there else "",
        address_there=there.address if there else "",
    )
    return Paper(reminder(facts, languages(desk)), f"rappel-{code}.pdf")


def day_list_page(desk: Desk, day: date, people: list[Convocation]) -> Paper:
    """« 1 jour = 1 page »: the day on paper, for a power cut."""
    from counter_app.documents.day_list import day_list
    from counter_app.documents.facts import DayListFacts

    facts: DayListFacts = DayListFacts(
        site=desk.rules.name,
        day=day,
        rows=tuple(_day_row(one) for one in people),
        printed_at=desk.now(),
        training=desk.training,
    )
    return Paper(day_list(facts), f"liste-{day.isoformat()}.pdf")


def _day_row(convocation: Convocation) -> "DayListRow":
    from counter_app.documents.facts import DayListRow
    from counter_app.store.convocation_rows import code_of

    arrival = convocation.arrival
    return DayListRow(
        slot=convocation.slot,
        name=convocation.name,
        birth_date=birth_date_words(convocation.best("birth_date")),
        foreign_number=convocation.foreign_number or "",
        purpose=convocation.purpose,
        desk=convocation.best("desk") or "",
        code=code_of(convocation),
        arrived_at=arrival.moment if arrival else None,
    )


def languages(desk: Desk, chosen: str = "") -> tuple[str, str]:
    """French and the language chosen for a person, else the desk's, else the site's."""
    return ("fr", chosen or desk.paper_language or desk.rules.second_language)
