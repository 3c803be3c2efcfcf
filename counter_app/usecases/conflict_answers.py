"""What is answered about work items: frozen values that cross threads."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.acts import Details, Subject
from counter_app.domain.settlement import Settlement


@dataclass(frozen=True, slots=True)
class Fact:
    """One side of a contradiction: an act, who made it, where and when."""

    act_id: str
    kind: str
    desk: str
    agent: str
    at: datetime
    """Local time of the site."""
    name: str = ""
    """Whom the act is about, where the sides are about several people."""
    ticket: str = ""
    """The waiting number given with an arrival."""
    minutes: int = 0
    """By how much the hour of the act is wrong; negative when it is behind."""
    details: Details = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CardNow:
    """Where the card that a work item is about is when the item is shown: an answer cannot change that."""

    holder: str | None
    """The desk that holds it, or the safe; None once it is out."""
    state: str
    left_at: datetime | None = None
    """When it left the stock, local time of the site; None while it is here."""
    told: tuple[datetime, ...] = ()
    """Hours at which our messages say that its holder is expected."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A work item as it is shown."""

    id: str
    kind: str
    subject: Subject
    name: str
    """The person, the letter of tickets, or the desk that it is about."""
    facts: tuple[Fact, ...]
    choices: tuple[str, ...]
    """What may be answered: identities of acts, `both`, `none`, `supervisor`."""
    opened_at: datetime
    today: date
    """The day at the site of who looks at it."""
    settlement: Settlement | None = None
    papers: int = 0
    """How many printed numbers two desks of one letter both gave that day."""
    card: CardNow | None = None
    """What it is about, of an item about a card."""

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        return self.settlement is None or self.settlement.settled is None


class SettleRefusal(StrEnum):
    """Why an answer was not recorded."""

    UNKNOWN_ITEM = "unknown_item"
    ALREADY_SETTLED = "already_settled"
    NOT_A_CHOICE = "not_a_choice"
    REASON_MISSING = "reason_missing"
    APPROVAL_MISSING = "approval_missing"
    OWN_AGREEMENT = "own_agreement"


@dataclass(frozen=True, slots=True)
class Settled:
    """What `settle` did: the item as it is now, or why nothing was recorded."""

    conflict: Conflict | None
    refusal: SettleRefusal | None = None
    act_id: str | None = None
