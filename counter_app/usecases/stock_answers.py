"""What the use cases of the stock answer: frozen values that cross threads. A refusal is an answer with its word."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.permit import Permit
from counter_app.usecases.answers import RowProblem


class StockRefusal(StrEnum):
    """Why a gesture of the stock was not done; its sentence is `stock.refusals.<word>` of the catalogues."""

    NOTHING_READ = "nothing_read"
    UNKNOWN_PERMIT = "unknown_permit"
    UNREADABLE_CODE = "unreadable_code"
    OTHER_CODE = "other_code"
    SEVERAL_PERMITS = "several_permits"
    OUT_OF_STOCK = "out_of_stock"
    DISPUTED = "disputed"
    ALREADY_SO = "already_so"
    TRAY_MISSING = "tray_missing"
    TRAY_TOO_LONG = "tray_too_long"
    RANK_UNREADABLE = "rank_unreadable"
    REASON_MISSING = "reason_missing"
    FIELD_MISSING = "field_missing"
    NAME_MISSING = "name_missing"
    APPROVAL_MISSING = "approval_missing"
    OWN_AGREEMENT = "own_agreement"
    NOT_TO_POST = "not_to_post"
    TRACKING_MISSING = "tracking_missing"
    TRACKING_TAKEN = "tracking_taken"
    DESK_MISSING = "desk_missing"
    CARD_MISSING = "card_missing"
    ALREADY_RECEIVED = "already_received"
    NOT_ON_HOLD = "not_on_hold"
    NOT_REMOVED = "not_removed"
    CUSTODY_ELSEWHERE = "custody_elsewhere"
    CUSTODY_CONTESTED = "custody_contested"
    NOT_OFFERED = "not_offered"
    OFFER_STANDS = "offer_stands"
    UNKNOWN_DESK = "unknown_desk"


@dataclass(frozen=True, slots=True)
class StockAnswer:
    """One gesture on one permit: done when there is no refusal."""

    refusal: StockRefusal | None
    raw: str = ""
    """What was read, to show it back."""
    permit: Permit | None = None
    """As it is now; also when the gesture was not done and one permit was found."""
    matches: tuple[Permit, ...] = ()
    """The permits it could be, when there are several."""
    act_id: str | None = None
    """The act that was recorded: what an undo names."""
    about: str = ""
    """Of `unknown_desk`, the desks that are known; of `offer_stands`, the desk it is offered to."""
    unheard: str = ""
    """The desk it was offered to, when this desk knows no other and cannot tell whether it exists."""

    @property
    def done(self) -> bool:
        """Whether the gesture was recorded."""
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class Received:
    """What receiving a file did: every row of it is in one of the counts."""

    lot_id: str
    rows: int
    added: int
    changed: int
    unchanged: int
    rejected: tuple[RowProblem, ...]
    lots: tuple[str, ...] = ()
    """Lots that the rows name."""
    superseded: bool = False
    """True when newer lists said everything already: this file changed nothing."""
    returned: tuple[Permit, ...] = ()
    """Permits that had left the stock and that another lot brings: still out until a desk notes that they are back."""
    notes: tuple[RowProblem, ...] = ()
    """What is to be looked at in rows that were taken as they stand."""


@dataclass(frozen=True, slots=True)
class LotFile:
    """A file received here, as the journal keeps it."""

    id: str
    received_at: datetime
    lots: tuple[str, ...]
    rows: int
    rejected: tuple[RowProblem, ...]
    """Rows that still give no permit: to repair by hand, or to correct in the list, which is then received again."""


class SlipKind(StrEnum):
    """Ways out of the stock other than a handover, and the way from one desk to another."""

    SEND_BACK = "send_back"
    POST = "post"
    DESTROY = "destroy"
    TRANSFER = "transfer"
    """Custody offered: the bordereau moves nothing, the other side takes."""


@dataclass(frozen=True, slots=True)
class Bordereau:
    """A slip under which permits left, as it was made: the paper shows nothing else."""

    id: str
    number: str
    kind: SlipKind
    made_at: str
    desk: str
    agent: str
    reason: str
    recipient: str
    lines: tuple["SlipLine", ...]
    voided_at: str = ""
    """ISO 8601; empty while the bordereau stands. Its number is never given again."""
    voided_by: str = ""
    voided_reason: str = ""


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One permit of a bordereau."""

    permit_id: str
    card_number: str
    foreign_number: str
    name: str
    kind: str
    tracking: str


@dataclass(frozen=True, slots=True)
class SlipAnswer:
    """The bordereau made, or every permit that kept it from being made: then nothing was recorded."""

    bordereau: Bordereau | None
    problems: tuple[StockAnswer, ...] = ()
    convened: tuple[Permit, ...] = ()
    """Permits that left though their holders were told to come for them: they have to be told."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A permit scanned in a tray that should not hold it."""

    permit: Permit
    why: str
    """`belongs_to` another tray, `held_elsewhere` (the safe or another desk took it), `not_shelved`, `to_locate`, or
    the word of its state once it is out."""
    tray: str | None = None
    """Where it should be."""


@dataclass(frozen=True, slots=True)
class TrayCount:
    """What a tray holds against what it should hold: expected = present + missing, to the unit. `elsewhere`: cards last
    put here that the safe or another desk took since; they are with them, neither expected nor lost."""

    tray: str
    expected: int
    present: tuple[Permit, ...]
    missing: tuple[Permit, ...]
    elsewhere: tuple[Permit, ...]
    unexpected: tuple[Stray, ...]
    unread: tuple[StockAnswer, ...]
    """Scans that mean no permit, or several."""
    count_id: str | None = None
    """Identity of the count once it is recorded."""
    settled: bool = False
    """Whether missing permits were noted to locate and strays shelved here."""


@dataclass(frozen=True, slots=True)
class Aged:
    """A permit in the stock and the days since it came."""

    permit: Permit
    days: int | None
    """None when no list says when it came."""
    old: bool


@dataclass(frozen=True, slots=True)
class Ageing:
    """Permits in the stock, the oldest first. Without a delay none is told as old."""

    on: date
    delay: int | None
    """Days; a rule of the site or what was asked."""
    permits: tuple[Aged, ...]
