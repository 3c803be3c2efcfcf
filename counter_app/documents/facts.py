"""What each paper says, as plain values. Moments are aware and in the site's own time zone: papers never convert."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from counter_app.domain.handover_record import HandoverRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What every paper given to a person carries."""

    site: str
    """The service and its place: « Service des étrangers – Lille »."""
    address: str = ""
    desk: str
    """« Poste 2 »."""
    receipt_number: str
    """« B2-26-000042 », one per receipt; a reprint keeps the number of its original."""
    code: str
    """The own code of 12 letters printed as QR and Code 128."""
    printed_at: datetime
    copy: int = 1
    """1 for the original, 2 for the first DUPLICATA…"""
    training: bool = False
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFacts(PaperFacts):
    """The arrival ticket: it has no field for a name, a birth date or a foreign number."""

    ticket: str
    """The waiting number: « A 042 »."""
    arrived_at: datetime
    slot: datetime | None = None
    purpose: str
    """In neutral words: « Dépôt de dossier », or only « Guichet 3 » where the purpose says too much."""
    place: str = ""
    """« Salle d’attente 1 · guichets 3 à 5 »; empty when not known."""
    wait: tuple[int, int] | None = None
    """The least and the most waiting time expected, in minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFacts(PaperFacts):
    """The proof of presence: the only paper of the reception desk that names the person."""

    name: str
    foreign_number: str = ""
    """Normal form; printed masked (59•••••821). Empty when not known."""
    came_at: datetime
    slot: datetime | None = None
    purpose: str
    agent: str
    """« M. Durand » or « agent n° 14 », as the site chose (CRPA L.111-2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFacts(PaperFacts):
    """The orientation slip: what to do next, for somebody whom nobody asked a name."""

    motive: str
    """In plain French: « Renouvellement de récépissé »."""
    how: str
    """What to do, one of the `slip_…` texts of the papers: `online`, `post`, `phone`…"""
    link: str = ""
    send_to: str = ""
    """Postal address that the demand is sent to."""
    email: str = ""
    phone: str = ""
    hours: str = ""
    question: str = ""
    """Whom to ask about this demand."""
    timing: Literal["", "from", "before", "now"] = ""
    timing_day: date | None = None
    """Day of `from` and `before`."""
    documents: tuple[str, ...] = ()
    documents_usual: bool = False
    """True when the notice does not name them: the paper says so."""
    advice: str = ""
    digital_help: str = ""
    """Where help is and the right to another way; empty when the person can use the network."""
    wants_to_file: bool = False
    slot: datetime | None = None
    """When the person is convened, and `return_at` when to be at the desk: said instead of `how`."""
    return_at: datetime | None = None
    prefecture: str
    source: str
    checked_on: date
    came_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderFacts(PaperFacts):
    """The appointment reminder: nameless, the person keeps it."""

    verdict: Literal["early", "too_early", "other_day", "replaced", "other_site"]
    slot: datetime
    return_at: datetime
    """When to be at the desk: a few minutes before the slot, as the site decides."""
    purpose: str
    place: str = ""
    """Where somebody of `other_site` is expected."""
    address_there: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverFacts(PaperFacts):
    """The handover receipt: what the journal says of one handover, for both copies."""

    name: str
    birth_date: str = ""
    """ISO, `00` for a month or day that is not known."""
    foreign_number: str = ""
    """Normal form; printed masked."""
    kind: str = ""
    card_number: str
    """Printed with its last characters only."""
    valid_to: date | None = None
    handed_at: datetime
    agent: str
    record: HandoverRecord | None
    """None once retention erased the details: the paper says so."""
    sleeve: str
    """Own code of the sleeve (PGR…): on the service's copy."""
    tray: str = ""
    rank: str = ""
    document_numbers: bool = False
    """Whether the service's copy shows the last characters of the document's number."""
    contested: bool = False
    undoing: tuple[str, ...] = ()
    """When, by whom and why it was taken back; empty while it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BordereauRow:
    """One permit of a bordereau."""

    card_number: str
    name: str
    foreign_number: str = ""
    """Printed masked."""
    kind: str = ""
    note: str = ""
    """Why it leaves; by post, its tracking number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BordereauFacts:
    """Permits that leave together, under one number and two signatures."""

    site: str
    address: str = ""
    number: str
    kind: Literal["send_back", "post", "destroy", "transfer"]
    made_at: datetime
    desk: str
    agent: str
    reason: str = ""
    recipient: str = ""
    voided: str = ""
    """When, by whom and why it was voided; empty while it stands."""
    rows: tuple[BordereauRow, ...]
    printed_at: datetime
    training: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignSheetRow:
    """One person convened to collect a permit; what is not done yet is left to be written by hand."""

    slot: datetime
    name: str
    also: tuple[datetime, ...] = ()
    """Other hours that the person was given: they come at one of them."""
    foreign_number: str = ""
    """Printed masked."""
    record: HandoverRecord | None = None
    """What was shown and taken back, once the permit is handed over."""
    handed_at: datetime | None = None
    amount_due: int | None = None
    """Euros, as the list says; None when it does not."""
    contested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignSheetFacts:
    """The handovers convened on one day, each with room for a signature. Rows are printed in the order given."""

    site: str
    day: date
    rows: tuple[SignSheetRow, ...]
    document_numbers: bool = False
    """Whether the last characters of the documents shown are printed."""
    printed_at: datetime
    training: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SleeveLabel:
    """One sleeve: its code (PGR…), whose permit it holds and where it lies."""

    code: str
    name: str
    card_number: str
    """Printed with its last characters only."""
    lot: str = ""
    tray: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayListRow:
    """One appointment of the day list."""

    slot: datetime
    name: str
    birth_date: str
    """As written on screen: 04/07/1991, or only a year; empty when not known."""
    foreign_number: str = ""
    purpose: str
    desk: str = ""
    """Where the list says that the person is expected, such as « Guichet 3 »; empty when it does not."""
    code: str = ""
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayListFacts:
    """The appointments of one day, to go on by hand when the power fails. Rows are printed in the order given."""

    site: str
    day: date
    rows: tuple[DayListRow, ...]
    printed_at: datetime
    training: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandCardFacts:
    """The laminated card of commands to scan: up to 8 (label, own code PGX…) pairs."""

    site: str
    commands: tuple[tuple[str, str], ...]
    printed_at: datetime
    training: bool = False
