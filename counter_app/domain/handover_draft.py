"""What an agent has done so far in a handover: scanned, seen, taken back, paid, signed. Nothing of it is an act yet."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from counter_app.domain.codes import CodeKind, OwnCode, read_code
from counter_app.domain.keyboard import plain_digits, without_invisible_marks
from counter_app.domain.permit import Permit
from counter_app.domain.permit_listing import plain_card_number
from counter_app.domain.tax_stamps import SHOWN

BY_HAND = "by_hand"
"""A sleeve taken from the tray and read by eye, without a reader."""
BY_EYE = "eye"
"""A document that nothing but the agent read."""


class Line(StrEnum):
    """Lines of the checklist, in the order of the page."""

    SLEEVE = "sleeve"
    IDENTITY = "identity"
    SUMMONS = "summons"
    OLD_DOCUMENT = "old_document"
    STAMP = "stamp"
    CHIP = "chip"
    SIGNATURE = "signature"
    READ_THROUGH = "read_through"


class IdentityResult(StrEnum):
    """What the agent found, document and face before the eyes."""

    MATCH = "match"
    MISMATCH = "mismatch"


class Collector(StrEnum):
    """Who takes the permit away."""

    HOLDER = "holder"
    GUARDIAN = "guardian"
    """The legal guardian, together with the minor."""
    PROXY = "proxy"
    """Somebody else: a medical certificate and a supervisor, by exception."""


class Signature(StrEnum):
    """How the person signed, or why not."""

    SCREEN = "screen"
    PAPER = "paper"
    REFUSED = "refused"
    UNABLE = "unable"
    PAD_FAILURE = "pad_failure"


SIGNED = frozenset({Signature.SCREEN, Signature.PAPER})


@dataclass(frozen=True, slots=True)
class OldDocument:
    """The former permit or the récépissé: taken back, or why not."""

    surrendered: bool
    what: str = ""
    """`permit`, `recepisse`, or what the agent wrote."""
    reason: str = ""
    """Why it is not surrendered; never empty when it is not."""

    @property
    def told(self) -> bool:
        """Whether the line is done: given back, or a reason."""
        return self.surrendered or bool(self.reason.strip())


@dataclass(frozen=True, slots=True)
class StampShown:
    """One electronic stamp shown: its last digits and its keyed digest, never its number."""

    last: str
    digest: str
    amount: int | None = None
    """Euros that the agent read on it; None: taken as what is due."""

    def __post_init__(self) -> None:
        if len(self.last) > SHOWN:
            raise ValueError("only the last digits of a stamp are kept")


@dataclass(frozen=True, slots=True)
class HandoverDraft:
    """The page of a handover as it stands. Order is free; each field is empty until its line is done."""

    sleeve: str = ""
    """What was scanned on the sleeve, or `by_hand`."""
    astray: bool = False
    """Somebody else's sleeve was read on this page, and the right one not since."""
    identity_document: str = ""
    """`passport`, `permit` or `other`."""
    identity_result: IdentityResult | None = None
    identity_number: str = ""
    """Optional, as read or typed, while the page is open; `last_characters` is all that is ever kept of it."""
    identity_read_by: str = BY_EYE
    """`eye`, `mrz` or `seal` (2D-Doc)."""
    collector: Collector = Collector.HOLDER
    collector_name: str = ""
    """Name of the guardian or proxy, as their own document says it."""
    collector_relation: str = ""
    medical_certificate: bool = False
    old_document: OldDocument | None = None
    stamps: tuple[StampShown, ...] = ()
    amount_due: int | None = None
    """Euros, when the agent corrected what the list or the tariff says; None: as listed."""
    amount_reason: str = ""
    exempt: str = ""
    """Why no stamp is due; empty when one is."""
    signature: Signature | None = None
    signature_ink: str = ""
    """The strokes drawn on the screen, as an SVG path; empty otherwise."""
    chip_checked: bool = False
    """The national reader's own check was made (« contrôle effectué »)."""
    read_through: bool = False
    """The person read name, dates and mention on the permit."""
    fault: str = ""
    """The field of the permit found wrong; empty when none was."""
    started_at: datetime | None = None
    """When this person's page was opened: who began before the window closed is finished."""

    @property
    def to_compare(self) -> bool:
        """A document was read and does not agree by itself: the agent compares, and says so."""
        return self.identity_result is None and self.identity_read_by != BY_EYE

    def without_identity(self) -> "HandoverDraft":
        """The line of the identity, begun again."""
        return replace(self, identity_document="", identity_result=None, identity_number="", identity_read_by=BY_EYE)

    def without(self, line: Line) -> "HandoverDraft":
        """One line begun again."""
        match line:
            case Line.SLEEVE:
                return replace(self, sleeve="")
            case Line.IDENTITY:
                return self.without_identity()
            case Line.OLD_DOCUMENT:
                return replace(self, old_document=None)
            case Line.STAMP:
                return replace(self, stamps=(), exempt="")
            case Line.SIGNATURE:
                return replace(self, signature=None, signature_ink="")
            case _:
                return self

    @property
    def paid(self) -> int | None:
        """Euros said to be on the stamps shown, each stamp once; None when one of them has no amount."""
        amounts = [stamp.amount for stamp in self.distinct_stamps]
        known = [amount for amount in amounts if amount is not None]
        return sum(known) if amounts and len(known) == len(amounts) else None

    @property
    def distinct_stamps(self) -> tuple[StampShown, ...]:
        """One stamp scanned twice is one stamp, with the amount told the first time."""
        first: dict[str, StampShown] = {}
        for stamp in self.stamps:
            first.setdefault(stamp.digest, stamp)
        return tuple(first.values())


NOTHING_DONE = HandoverDraft()
"""A page just opened."""
SHORTEST_REASON = 3
"""Letters: fewer tell nobody why nothing was paid."""


def is_reason(text: str) -> bool:
    """Whether a text may stand as the reason why nothing is due."""
    return sum(map(str.isalpha, text)) >= SHORTEST_REASON


LAST = 4
"""Characters of a document's number that are kept, at most."""


def last_characters(number: str) -> str:
    """What is kept, shown and printed of the number of a document (« …7431 »), and never more than half of it.

    The end lets people compare with the document itself when a handover is contested. Of a stamp a keyed digest is kept
    too, since a stamp spent once must be known when it comes back; a passport may come back as often as its holder
    does, no rule looks for one, so no digest of it is kept: nothing then tells whose document was seen elsewhere.
    """
    signs = "".join(filter(str.isalnum, plain_digits(without_invisible_marks(number)))).upper()
    return signs[len(signs) - min(LAST, len(signs) // 2) :]


def is_sleeve(scanned: str) -> bool:
    """Whether what was scanned is the own code of some sleeve."""
    code = read_code(scanned)
    return isinstance(code, OwnCode) and code.kind is CodeKind.HANDOVER


def same_sleeve(permit: Permit, scanned: str) -> bool:
    """Whether what was scanned is this permit's own code or its card number."""
    code = read_code(scanned)
    if isinstance(code, OwnCode):
        return code.kind is CodeKind.HANDOVER and code.value == int(permit.code, 16)
    number = plain_card_number(scanned)
    return bool(number) and number == plain_card_number(permit.card_number)
