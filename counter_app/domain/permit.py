"""A permit and its life, from the lot it came in to the hand that took it: what is derived of the acts about it.

It keeps what sources say and the marks that desks made (see `permit_fold`); everything else is derived from these. A
card exists once: two departures that both stand are a dispute, never « first wins ».
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from counter_app.domain.acts import ActKind, device_of
from counter_app.domain.custody import Custody, custody_after
from counter_app.domain.permit_listing import PermitListing
from counter_app.domain.permit_marks import DEPARTURES, RESETS, SUMMONS, Mark, in_doubt, standing
from counter_app.domain.phone import read_phone


class PermitState(StrEnum):
    """Where a permit stands, as shown and as written in JSON."""

    RECEIVED = "received"
    SHELVED = "shelved"
    TO_LOCATE = "to_locate"
    ON_HOLD = "on_hold"
    FAULTY = "faulty"
    TO_SEND_BACK = "to_send_back"
    SENT_BACK = "sent_back"
    POSTED = "posted"
    DESTROYED = "destroyed"
    HANDED_OVER = "handed_over"
    DISPUTED = "disputed"


OUT = frozenset(
    {
        *(PermitState.SENT_BACK, PermitState.POSTED, PermitState.DESTROYED),
        *(PermitState.HANDED_OVER, PermitState.DISPUTED),
    }
)
"""States of a permit that is no longer in the stock: received = in the stock + out, to the unit."""

_STATE_OF = {
    ActKind.PERMIT_HANDED_OVER: PermitState.HANDED_OVER,
    ActKind.PERMIT_SENT_BACK: PermitState.SENT_BACK,
    ActKind.PERMIT_POSTED: PermitState.POSTED,
    ActKind.PERMIT_DESTROYED: PermitState.DESTROYED,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A tray and the rank in it. `scanned`: a desk put the card there itself; else a list says so."""

    tray: str
    rank: str | None
    scanned: bool


@dataclass(frozen=True)
class Permit:
    """One card as this desk knows it. What is asked of it many times in one gesture is derived once (no slots)."""

    id: str
    listings: tuple[PermitListing, ...] = ()
    """One per source, the newest export of each, in the order of (exported_at, source)."""
    received_by: str | None = None
    """The desk that received the card first: it holds the card until custody moves."""
    received_device: str | None = None
    """The device that stood at that desk."""
    listed_by: Mark | None = None
    """The reception that brought what lists tell of the holder, without its details; None of an older version's."""
    marks: tuple[Mark, ...] = ()
    """What desks did with the card, in the order of acts; those that were taken back too."""
    attempts: int = 0
    """Handovers asked for and answered no."""
    came_on: str | None = None
    """ISO day of the lot that it first came in, once it has left and a list tells another: it came in another lot."""

    @property
    def code(self) -> str:
        """32 bits of the identity: what the printed code of the sleeve carries."""
        return self.id[:8]

    def best(self, field: str) -> str | None:
        """Newest known value of a text field over all sources: what one lacks another may hold."""
        return next((str(value) for one in reversed(self._believed) if (value := getattr(one, field))), None)

    @cached_property
    def _believed(self) -> tuple[PermitListing, ...]:
        """What sources say; of desks that each received the card under another name, of the one that was kept."""
        kept = self._kept_reading
        if kept is None:
            return self.listings
        read = PermitListing.read(kept.details)
        told = (read if one.source == read.source and one.of_another(read) else one for one in self.listings)
        return tuple(one for one in told if not one.of_another(read))

    @cached_property
    def _kept_reading(self) -> Mark | None:
        """The reception that a supervisor said is that of this card; None when nobody was asked."""
        return self._last(ActKind.PERMIT_RECEIVED, since_reset=False) if self._has(ActKind.HOLDER_SETTLED) else None

    @property
    def name(self) -> str:
        return self.best("name") or ""

    @property
    def card_number(self) -> str:
        return self.best("card_number") or ""

    @property
    def foreign_number(self) -> str | None:
        return self.best("foreign_number")

    @property
    def stamp_amount(self) -> int | None:
        """Euros due; 0 when nothing is, None when no source says."""
        return next((one.stamp_amount for one in reversed(self._believed) if one.stamp_amount is not None), None)

    @cached_property
    def standing(self) -> tuple[Mark, ...]:
        """Marks that no later act took back, in order."""
        return standing(self.marks)

    @cached_property
    def departures(self) -> tuple[Mark, ...]:
        """Handovers, returns, postings and destructions that stand: one card, one at most, else a dispute."""
        return tuple(mark for mark in self.standing if mark.kind in DEPARTURES)

    @property
    def handovers(self) -> tuple[Mark, ...]:
        """Handovers that stand. A dispute makes no card come back: until it is settled, the card was handed over."""
        return tuple(mark for mark in self.departures if mark.kind == ActKind.PERMIT_HANDED_OVER)

    @property
    def departure(self) -> Mark | None:
        """How the card left, when nobody contradicts it."""
        return self.departures[0] if self.departures and not self.disputed else None

    @cached_property
    def disputed(self) -> bool:
        """Two departures stand, or somebody contests one: only a supervisor settles it."""
        return len(self.departures) > 1 or self._has(ActKind.HANDOVER_CONTESTED)

    @property
    def hold(self) -> str | None:
        """Why the service blocks this handover; None when it does not."""
        return self._told(ActKind.PERMIT_HELD, "reason")

    @property
    def fault(self) -> str | None:
        """The field of the card that is wrong."""
        return self._told(ActKind.PERMIT_FAULTY, "field", since_reset=True)

    @cached_property
    def state(self) -> PermitState:
        """Departures first, then what blocks the card, then where it is."""
        if self.disputed:
            return PermitState.DISPUTED
        if self.departures:
            return _STATE_OF[ActKind(self.departures[0].kind)]
        if self._has(ActKind.PERMIT_TO_SEND_BACK, since_reset=True):
            return PermitState.TO_SEND_BACK
        if self.fault is not None:
            return PermitState.FAULTY
        if self.hold is not None:
            return PermitState.ON_HOLD
        return self.whereabouts

    @property
    def in_stock(self) -> bool:
        """Whether the card should be found on the premises."""
        return not self.departures and not self.disputed

    @cached_property
    def whereabouts(self) -> PermitState:
        """`received` (nobody shelved it), `shelved` or `to_locate`, whatever else is true."""
        last = self._last(*_PLACING)
        if last and last.kind in (ActKind.PERMIT_TO_LOCATE, ActKind.DISPUTE_SETTLED):
            return PermitState.TO_LOCATE
        return PermitState.SHELVED if self._known_place else PermitState.RECEIVED

    @property
    def place(self) -> Place | None:
        """The tray where the card is, or was last known to be when it is to locate; None once it is out."""
        return self._known_place if self.in_stock else None

    @property
    def _known_place(self) -> Place | None:
        last = self._last(ActKind.PERMIT_SHELVED, ActKind.PERMIT_FOUND)
        if last is not None:
            tray = last.text("tray")
            return Place(tray, last.text("rank"), scanned=True) if tray else None
        listing = next((one for one in reversed(self._believed) if one.tray), None)
        if listing is None or self._has(*RESETS):
            return None
        return Place(str(listing.tray), listing.rank, scanned=False)

    @property
    def custody(self) -> Custody:
        """Who holds the card; nobody once it is out."""
        kept = self._kept_reading
        first = Custody(kept.desk, device_of(kept.stream)) if kept else Custody(self.received_by, self.received_device)
        return custody_after(first, self.standing) if self.in_stock else Custody()

    @property
    def moved_to(self) -> str | None:
        """Who took the card since it was last put in a tray: it is with them, not there. None when nobody did, or when
        nobody knows which desk has it."""
        last = self._last(*_PLACING, ActKind.CUSTODY_TAKEN, ActKind.CUSTODY_OVERRIDDEN)
        return self.custody.holder if last and last.kind not in _PLACING and not self.custody.contested else None

    @cached_property
    def slot(self) -> datetime | None:
        """When the person is convened to collect the card: what a desk set, else what the lists say."""
        told = self._last(*SUMMONS, since_reset=False)
        found = told.text("slot") if told else self.best("slot")
        return datetime.fromisoformat(found) if found else None

    @property
    def listed_slot(self) -> datetime | None:
        """When the lists say that the person is convened, if not at the hour that a desk gave: the desk's counts, and
        the other is shown, as somebody may have been told of it."""
        listed = self.best("slot")
        found = datetime.fromisoformat(listed) if listed else None
        return found if found != self.slot else None

    @property
    def summoned_on(self) -> str | None:
        """ISO day on which the message left; None while nobody was told to come."""
        sent = self._last(ActKind.SUMMONS_SENT, since_reset=False)
        return sent.at[:10] if sent else self.best("summoned_on")

    @property
    def missed_slots(self) -> tuple[str, ...]:
        """Hours at which the person did not come, ISO 8601."""
        return tuple(m.text("slot") or "" for m in self.standing if m.kind == ActKind.SLOT_MISSED)

    def missed_told(self, slot: datetime) -> Mark | None:
        """The mark of somebody told that they missed this hour; None while nobody told them, where they are."""
        marks = (mark for mark in self.standing if mark.kind == ActKind.MISSED_TOLD and self.reached_by(mark))
        return next((one for one in marks if datetime.fromisoformat(str(one.text("slot"))) == slot), None)

    def maybe_told(self, kind: ActKind) -> Mark | None:
        """The mark of a message about this hour (`SUMMONS_SENT` or `MISSED_TOLD`) that may have left, when nothing said
        since that one did."""
        doubt = in_doubt(self.standing, kind)
        return doubt if doubt and datetime.fromisoformat(str(doubt.text("slot"))) == self.slot else None

    @property
    def phone(self) -> str | None:
        """The number that messages go to: what a desk noted, else what the lists say."""
        changed = self._last(ActKind.PHONE_CHANGED, since_reset=False)
        return changed.text("phone") if changed else self.best("phone")

    def reached_by(self, told: Mark) -> bool:
        """Whether a message reached the person where they are now: not one to a number that is theirs no more."""
        return told.text("phone") in (None, read_phone(self.phone or ""))

    @property
    def received_on(self) -> str | None:
        """ISO day of the lot."""
        return self.best("received_on")

    def is_over(self, day: date) -> bool:
        """Whether the last day printed on the card is past; one that nobody told is not."""
        return (self.best("valid_to") or "9999") < day.isoformat()

    def age_on(self, day: date) -> int | None:
        """Days since the card came, or came back; None when nobody said when it came."""
        back = self._last(*RESETS)
        came = back.at[:10] if back else self.received_on
        return (day - date.fromisoformat(came)).days if came else None

    def _since_reset(self) -> tuple[Mark, ...]:
        """Marks of this stay in the stock: a card that came back is placed anew."""
        marks = self.standing
        resets = [place for place, mark in enumerate(marks) if mark.kind in RESETS]
        return marks[resets[-1] :] if resets else marks

    def _last(self, *kinds: str, since_reset: bool = True) -> Mark | None:
        marks = self._since_reset() if since_reset else self.standing
        return next((mark for mark in reversed(marks) if mark.kind in kinds), None)

    def _has(self, *kinds: str, since_reset: bool = False) -> bool:
        return self._last(*kinds, since_reset=since_reset) is not None

    def _told(self, kind: str, field: str, *, since_reset: bool = False) -> str | None:
        last = self._last(kind, since_reset=since_reset)
        return (last.text(field) or "") if last else None


_PLACING = (
    *(ActKind.PERMIT_SHELVED, ActKind.PERMIT_FOUND, ActKind.PERMIT_TO_LOCATE),
    *(ActKind.PERMIT_BACK_IN_STOCK, ActKind.DISPUTE_SETTLED),
)
